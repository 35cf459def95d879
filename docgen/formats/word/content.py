"""What stands in a piece of a file, as far as an answer goes: words, and the marks of the controls they stand in."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

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


@dataclass(frozen=True)
class Piece:
    """Words in a row that stand in the same control (or none) and under the same bookmarks."""

    text: str
    mark: Mark | None = None
    bookmarks: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Content:
    """What a cell, or a stretch of paragraphs, holds: the pieces of each paragraph."""

    lines: tuple[tuple[Piece, ...], ...]

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

    @property
    def keyed(self) -> bool:
        """A control or a bookmark of ours is left in it."""
        return any(piece.mark is not None or piece.bookmarks for piece in self.pieces)

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
            first.append(replace(piece, text=cut if started else cut.lstrip()))
        return Content((tuple(first), *self.lines[1:]))

    @property
    def broken(self) -> "Content":
        """The same, where a line break begins a line as a paragraph does."""
        lines: list[list[Piece]] = []
        for line in self.lines:
            lines.append([])
            for piece in line:
                first, *more = piece.text.split("\n")
                lines[-1].append(replace(piece, text=first))
                lines += [[replace(piece, text=text)] for text in more]
        return Content(tuple(tuple(line) for line in lines))

    def only(self, marks: Iterable[Mark | None]) -> "Content":
        """What stands in these controls (None: outside any), without the paragraphs that then hold nothing."""
        wanted = set(marks)
        lines = (tuple(piece for piece in line if piece.mark in wanted) for line in self.lines)
        return Content(tuple(line for line in lines if line))
