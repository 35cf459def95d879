"""Which answers the pieces of a cell say they belong to, by the controls they stand in and the bookmarks around them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from docgen.document import Slot
from docgen.formats.word.content import Content, Mark, Piece
from docgen.response import Key
from docgen.values import Address

_Owners = tuple[Address, ...]


@dataclass(frozen=True)
class Claim:
    """A part of a cell's content and the answers that its keys name: none, one, or several that disagree.

    Attributes:
        slots: named by a control first, then by bookmarks.
        by: the surest key that names them.
        content: what stands there.
    """

    slots: tuple[Slot, ...]
    by: Key
    content: Content

    @property
    def silent(self) -> bool:
        """A bookmark with nothing in it, such as deleted words leave: it says nothing of what stands beside it."""
        return self.by == "bookmark" and not self.content.text.strip()


def claims(
    content: Content,
    tagged: Callable[[Mark], Slot],
    named: Callable[[Iterable[str]], Mapping[Address, Slot]],
) -> list[Claim]:
    """The claims of a cell, in the order they begin.

    A control is one whole: a bookmark around some of it is around all. Words beside a control or a bookmark in its
    paragraph are claimed with it, where the paragraph has no other.

    Args:
        content: of the cell.
        tagged: the slot a control is for.
        named: the slots that bookmarks name.
    """
    around: dict[Mark, set[str]] = {}
    for piece in content.pieces:
        if piece.mark is not None:
            around.setdefault(piece.mark, set()).update(piece.bookmarks)
    slots: dict[Address, Slot] = {}

    def owners(piece: Piece) -> _Owners:
        by_name = named(piece.bookmarks if piece.mark is None else around[piece.mark])
        by_tag = {} if piece.mark is None else {slot.address: slot for slot in (tagged(piece.mark),)}
        both = {**by_tag, **by_name}
        slots.update(both)
        return tuple(both)

    lines = [_with_neighbours([(owners(piece), piece) for piece in line]) for line in content.lines]
    every = dict.fromkeys(owner for line in lines for owner, _ in line)
    return [_claim(owner, lines, slots) for owner in every]


def _with_neighbours(line: list[tuple[_Owners, Piece]]) -> list[tuple[_Owners, Piece]]:
    """Words that nothing claims go with the one claim of their paragraph."""
    claimed = {owner for owner, _ in line if owner}
    if len(claimed) != 1:
        return line
    (one,) = claimed
    return [(one, piece) for _, piece in line]


def _claim(owner: _Owners, lines: list[list[tuple[_Owners, Piece]]], slots: Mapping[Address, Slot]) -> Claim:
    own = [tuple(piece for each, piece in line if each == owner) for line in lines]
    content = Content(tuple(line for line in own if line))
    by: Key = "tag" if content.marks else "bookmark" if owner else "place"
    return Claim(tuple(slots[address] for address in owner), by, content)
