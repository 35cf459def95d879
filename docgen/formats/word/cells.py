"""The pieces of an outline: words, lines, cells, rows and grids."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from docgen.document import Slot, Table
from docgen.locales import text as say
from docgen.once import once
from docgen.values import same_words, without_control_characters

FormLook = Literal["facts", "think", "example", "check", "form", "stack", "grid", "card"]
PlanLook = Literal["brief", "deciding", "report", "tally", "entry"]
Look = FormLook | PlanLook


@dataclass(frozen=True)
class Words:
    """A run of words in one style; ``style`` is a character style's id, or ""."""

    text: str
    bold: bool = False
    italic: bool = False
    style: str = ""


@dataclass(frozen=True)
class Line:
    """A paragraph of the blueprint's own words.

    Attributes:
        style: the paragraph style's id.
        words: what it says.
        first_of_list: a numbered list counts from 1 here.
        anchor: the identity that a bookmark gets around it, or "".
        link: the anchor it leads to, or "".
        new_page: it begins a page.
    """

    style: str
    words: tuple[Words, ...]
    first_of_list: bool = False
    anchor: str = ""
    link: str = ""
    new_page: bool = False

    @once
    def text(self) -> str:
        """What the paragraph says in a file, without the marker its list style prints."""
        return without_control_characters("".join(each.text for each in self.words))

    @once
    def key(self) -> str:
        """The words it is known by."""
        return same_words(self.text)


@dataclass(frozen=True)
class Fixed:
    """A cell of the blueprint's own words, or of what a plan says. ``align`` is "" for the left."""

    lines: tuple[Line, ...]
    align: Literal["", "center", "right"] = ""

    @once
    def text(self) -> str:
        """All it says, a newline between lines."""
        return "\n".join(line.text for line in self.lines)

    @once
    def key(self) -> str:
        """The words it is known by."""
        return same_words(self.text)

    @once
    def label(self) -> str:
        """The label alone of a question's cell, without what says that it is required and the hint, likewise."""
        return same_words(self.lines[0].words[0].text) if self.lines and self.lines[0].words else ""


@dataclass(frozen=True)
class Answer:
    """A cell to be filled in."""

    slot: Slot


Cell = Fixed | Answer


@dataclass(frozen=True)
class GridRow:
    """A row of cells.

    Attributes:
        cells: from left to right.
        head: it is repeated on each page and stays with what follows.
        number: of the blueprint's row it belongs to.
        keep: in a plan, it stays on the page of the next row.
        shaded: it has a background, so that the eye stays in a long row.
        opens: a stronger rule above sets it apart: another's rows begin.
        whole: it does not break over two pages.
        spans: how many columns each cell takes; where it is empty, one each, and the last those that are left.
    """

    cells: tuple[Cell, ...]
    head: bool = False
    number: int | None = None
    keep: bool = False
    shaded: bool = False
    opens: bool = False
    whole: bool = True
    spans: tuple[int, ...] = ()

    def columns(self, count: int) -> tuple[tuple[int, int], ...]:
        """For each cell the column it begins in and how many it takes, of a table with so many."""
        spans = self.spans or (*(1 for _ in self.cells[1:]), count - len(self.cells) + 1)
        return tuple((sum(spans[:place]), span) for place, span in enumerate(spans))


@dataclass(frozen=True)
class Grid:
    """A table of the file.

    Attributes:
        look: how it is drawn.
        rows: from top to bottom; a row of fewer cells than there are widths stretches its last cell.
        widths: of its columns, in twips.
        title: its text alternative.
        table: the blueprint's table it holds rows of, None for anything else.
    """

    look: Look
    rows: tuple[GridRow, ...]
    widths: tuple[int, ...]
    title: str = ""
    table: Table | None = None

    @property
    def lines(self) -> Iterator[Line]:
        """Every line of the blueprint's own words in it."""
        for row in self.rows:
            for cell in row.cells:
                if isinstance(cell, Fixed):
                    yield from cell.lines


@dataclass(frozen=True)
class Logo:
    """The round's logo; ``title`` is its text alternative."""

    image: bytes
    title: str


@dataclass(frozen=True)
class Contents:
    """The table of contents, filled in."""

    lines: tuple[Line, ...]


Block = Line | Grid | Logo | Contents


def said(style: str, text: str) -> Line:
    """A line that says one thing in one style."""
    return Line(style, (Words(text),))


def title_of(label: str, unit: str) -> str:
    """A label with its unit, where it has one and does not say it itself."""
    return f"{label} ({unit})" if unit and f"({unit})" not in label else label


def label_cell(
    label: tuple[str, str, bool], language: str, *, relevant_hint: str = "", style: str = "Question"
) -> Fixed:
    """The cell of a question: its label, whether it must be answered, who need not, and its hint.

    Args:
        label: the label's text, the hint, and whether an answer is required.
        language: of the document.
        relevant_hint: who need answer only.
        style: the paragraph style of the label.
    """
    text, hint, required = label
    words = [Words(text)]
    if required:
        words.append(Words(f" ({say(language, 'form.required')})", style="Required"))
    lines = [Line(style, tuple(words))]
    if relevant_hint:
        lines.append(said("Relevant", relevant_hint))
    if hint:
        lines.append(said("Hint", hint))
    return Fixed(tuple(lines))
