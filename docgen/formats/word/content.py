"""What stands in a piece of a file, as far as an answer goes: words, and the marks of the controls they stand in."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from docgen.values import same_words

NONE: frozenset[str] = frozenset()
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
        text: all words, a newline between paragraphs.
        marks: the controls, in order, each once.
        bookmarks: the names of the bookmarks that stand in it.
    """

    lines: tuple[tuple[Piece, ...], ...]
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

    def only(self, marks: Iterable[Mark | None]) -> "Content":
        """What stands in these controls (None: outside any), without the paragraphs that then hold nothing."""
        wanted = set(marks)
        lines = (tuple(piece for piece in line if piece.mark in wanted) for line in self.lines)
        return Content(tuple(line for line in lines if line))


@lru_cache(maxsize=256)
def _known(placeholder: str) -> str:
    """A placeholder as it is known again; a form has a handful."""
    return same_words(placeholder)


def words(content: Content, placeholder: str) -> str:
    """The words of an answer: all but placeholders.

    A control that says it shows its placeholder is believed where the words are ours or Word's own; anything else
    somebody typed. Without that mark, words equal to the placeholder are it (some editors lose the mark).
    """
    if content.text == placeholder:
        return ""
    ours = _known(placeholder)
    hollow = set()
    for mark in content.marks:
        shown = same_words(content.within(mark))
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
