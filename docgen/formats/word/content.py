"""What stands in a piece of a file, as far as an answer goes: words, and the marks of the controls they stand in."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from docgen.formats.opc import XmlElement
from docgen.values import same_words

BOX_ON = "☒"
BOX_OFF = "☐"
ON = "☒☑✓✔🗹🗷"
OFF = "☐□❑❏"

# What Word itself puts into an empty control whose own placeholder it cannot find.
_DEFAULTS = frozenset(
    same_words(text)
    for text in (
        "Click or tap here to enter text.",
        "Click here to enter text.",
        "Click or tap to enter a date.",
        "Click here to enter a date.",
        "Choose an item.",
        "Klicka eller tryck här för att ange text.",
        "Klicka här för att ange text.",
        "Klicka eller tryck här för att ange datum.",
        "Klicka här för att ange datum.",
        "Välj ett objekt.",
    )
)


@dataclass(frozen=True, eq=False)
class Mark:
    """One content control of ours in a file; two copies of one control are two marks.

    Attributes:
        tag: its name.
        placeholder: it says that it shows its placeholder.
        date: the day a date control stores.
        checked: of a check box, None for anything else.
    """

    tag: str
    placeholder: bool = False
    date: datetime.date | None = None
    checked: bool | None = None


@dataclass(frozen=True)
class Piece:
    """Words in a row that stand in the same control (or none) and under the same bookmarks."""

    text: str
    mark: Mark | None = None
    bookmarks: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Content:
    """What a cell, or a stretch of paragraphs, holds: the pieces of each paragraph; ``element`` is the cell, if whole."""

    lines: tuple[tuple[Piece, ...], ...]
    element: XmlElement | None = field(default=None, compare=False)

    @property
    def pieces(self) -> Iterator[Piece]:
        """Every piece, in order."""
        for line in self.lines:
            yield from line

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The controls, in order, each once."""
        return tuple(dict.fromkeys(piece.mark for piece in self.pieces if piece.mark is not None))

    @property
    def bookmarks(self) -> frozenset[str]:
        """The names of the bookmarks that stand in it."""
        return frozenset(name for piece in self.pieces for name in piece.bookmarks)

    @property
    def text(self) -> str:
        """All words, a newline between paragraphs."""
        return "\n".join("".join(piece.text for piece in line) for line in self.lines)

    def only(self, marks: Iterable[Mark | None]) -> "Content":
        """What stands in these controls (None: outside any), without the paragraphs that then hold nothing."""
        wanted = set(marks)
        lines = (tuple(piece for piece in line if piece.mark in wanted) for line in self.lines)
        return Content(tuple(line for line in lines if line))


def words(content: Content, placeholder: str) -> str:
    """The words of an answer: all but placeholders.

    A control that says it shows its placeholder is believed where the words are ours or Word's own; anything else
    somebody typed. Without that mark, words equal to the placeholder are it (some editors lose the mark).
    """
    ours = same_words(placeholder)
    hollow = set()
    for mark in content.marks:
        shown = same_words(content.only([mark]).text)
        if shown in ({ours} | _DEFAULTS if mark.placeholder else {ours}):
            hollow.add(mark)
    if hollow:
        kept = (tuple(piece for piece in line if piece.mark not in hollow) for line in content.lines)
        content = Content(
            tuple(
                new
                for new, old in zip(kept, content.lines, strict=True)
                if "".join(piece.text for piece in new).strip() or not any(piece.mark in hollow for piece in old)
            )
        )
    text = content.text
    return "" if same_words(text) == ours else text
