"""What stands in a piece of a file, as far as an answer goes: words, and the marks of the controls they stand in."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

from docgen.formats.opc import XmlElement

NONE: frozenset[str] = frozenset()
BOX_ON = "☒"
BOX_OFF = "☐"


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


class Piece(NamedTuple):
    """Words in a row that stand in the same control (or none) and under the same bookmarks."""

    text: str
    mark: Mark | None = None
    bookmarks: frozenset[str] = NONE


@dataclass(frozen=True)
class Content:
    """What a cell, or a stretch of paragraphs, holds: the pieces of each paragraph.

    Attributes:
        lines: the pieces of each paragraph.
        element: the cell, where it is a whole one.
        text: all words, a newline between paragraphs.
        marks: the controls, in order, each once.
        bookmarks: the names of the bookmarks that stand in it.
    """

    lines: tuple[tuple[Piece, ...], ...]
    element: XmlElement | None = field(default=None, compare=False)
    text: str = field(init=False)
    marks: tuple[Mark, ...] = field(init=False)
    bookmarks: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """One walk for all three: a file has a thousand cells, and each is asked for each."""
        marks: dict[Mark, None] = {}
        bookmarks: frozenset[str] = NONE
        words = []
        for line in self.lines:
            for text, mark, names in line:
                words.append(text)
                if mark is not None:
                    marks[mark] = None
                if names:
                    bookmarks |= names
            words.append("\n")
        object.__setattr__(self, "text", "".join(words[:-1]))
        object.__setattr__(self, "marks", tuple(marks))
        object.__setattr__(self, "bookmarks", bookmarks)

    @property
    def pieces(self) -> Iterator[Piece]:
        """Every piece, in order."""
        for line in self.lines:
            yield from line

    def within(self, mark: Mark) -> str:
        """The words in a control, a newline between paragraphs."""
        lines = ([piece.text for piece in line if piece.mark is mark] for line in self.lines)
        return "\n".join("".join(line) for line in lines if line)

    @property
    def keyed(self) -> bool:
        """A control or a bookmark of ours is left in it."""
        return bool(self.marks or self.bookmarks)

    @property
    def unmarked_start(self) -> str:
        """The words of its first paragraph before any control."""
        first = self.lines[0] if self.lines else ()
        return "".join(piece.text for piece in takewhile(lambda each: each.mark is None, first))

    def after(self, count: int) -> "Content":
        """What follows so many characters of the first paragraph, and the blanks after them."""
        first: list[Piece] = []
        for piece in self.lines[0]:
            cut, count = piece.text[count:], max(0, count - len(piece.text))
            started = any(each.text for each in first)
            first.append(piece._replace(text=cut if started else cut.lstrip()))
        return Content((tuple(first), *self.lines[1:]))

    @property
    def broken(self) -> "Content":
        """The same, where a line break begins a line as a paragraph does."""
        lines: list[list[Piece]] = []
        for line in self.lines:
            lines.append([])
            for piece in line:
                first, *more = piece.text.split("\n")
                lines[-1].append(piece._replace(text=first))
                lines += [[piece._replace(text=text)] for text in more]
        return Content(tuple(tuple(line) for line in lines))

    def only(self, marks: Iterable[Mark | None]) -> "Content":
        """What stands in these controls (None: outside any), without the paragraphs that then hold nothing."""
        wanted = set(marks)
        lines = (tuple(piece for piece in line if piece.mark in wanted) for line in self.lines)
        return Content(tuple(line for line in lines if line))
