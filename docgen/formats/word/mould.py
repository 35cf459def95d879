"""Word files for many partners: drawn once for a stand-in, filled in for each with a name and an id.

A file that is filled in is, byte for byte, the one that would be drawn for that partner. That holds because a member's
pieces (see :mod:`docgen.formats.zipped`) are cut where its own words say, whoever it is for.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from docgen.formats.zipped import Piece, piece, pieces, zip_of
from docgen.values import without_control_characters

MAX_NAME = 255  # characters that stand uncut in every place of a name: python-docx takes no more for a core property

# Where the members that are long are cut, once at each mark: after the cover; around the copy of the blueprint. What
# names a partner beyond the cover is deflated with all that follows: slower, and the file is a sixth smaller for it.
_CUTS = {
    "word/document.xml": (b'<w:p><w:pPr><w:pStyle w:val="Heading1"/>',),
    "customXml/item1.xml": (b"<carried>", b',"partner":{'),
}
_ID = re.compile(r"[\w.-]+", re.ASCII)
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}  # XML 1.0, 2.4, in what is no attribute's value

Member = tuple[str, bytes]


def _cut(member: Member) -> list[bytes]:
    name, data = member
    stretches = []
    for mark in _CUTS.get(name, ()):
        before, found, after = data.partition(mark)
        stretches.append(before)
        data = found + after
    return [*stretches, data]


def packed(members: Iterable[Member]) -> bytes:
    """The file of members that were drawn for somebody."""
    return zip_of((member[0], pieces(_cut(member))) for member in members)


class Mould:
    """A file that was drawn for a stand-in: all but the pieces that name it is deflated once and for all."""

    def __init__(self, members: Iterable[Member], partner: str, name: str) -> None:
        """Takes the members, and the stand-in's id and name, which stand nowhere in them for anything else."""
        self._id, self._name = partner.encode(), name.encode()
        self._members = [(member[0], self._held(_cut(member))) for member in members]

    def _held(self, stretches: Sequence[bytes]) -> list[Piece | bytes]:
        """Each stretch that names the stand-in as it is, each other one as a piece."""
        packed = pieces(stretches)
        named = (self._id in each or self._name in each for each in stretches)
        return [each.data if has else each for each, has in zip(packed, named, strict=True)]

    def filled(self, partner: str, name: str) -> bytes | None:
        """The file for a partner; None where the id or the name cannot stand for the stand-in's in every place."""
        plain = name == without_control_characters(name) and not set(name) & set("\t\n\r")
        if not (plain and 0 < len(name) <= MAX_NAME and _ID.fullmatch(partner)):
            return None
        escaped = "".join(_ESCAPES.get(sign, sign) for sign in name)
        words = (partner.encode(), escaped.encode())
        return zip_of((member, list(self._filled(held, *words))) for member, held in self._members)

    def _filled(self, held: Sequence[Piece | bytes], partner: bytes, name: bytes) -> Iterator[Piece]:
        for number, each in enumerate(held, start=1):
            if isinstance(each, Piece):
                yield each
            else:
                filled = each.replace(self._id, partner).replace(self._name, name)
                yield piece(filled, last=number == len(held))
