"""Reading a Word file that came back: which file it is, and what was filled in.

The part is walked once into paragraphs and tables, laid beside the outline that was written, and each cell settled by
the keys that survived. Everything else that somebody typed is named with its place.
"""

from collections import Counter

from docgen.document import Document
from docgen.formats.base import Marks
from docgen.formats.word import package as parts
from docgen.formats.word.blocks import FileBlock, flat
from docgen.formats.word.doubts import doubts
from docgen.formats.word.extract import Extractor
from docgen.formats.word.findings import Findings, keys_of
from docgen.formats.word.flow import place_blocks
from docgen.formats.word.margins import place_margins
from docgen.response import Reading
from docgen.values import Address


def identify(data: bytes) -> Marks:
    """Which file this is, as far as its marks survived.

    Raises:
        UnreadableFile: damaged, encrypted, an old format, or made to exhaust who opens it.
    """
    package = parts.open_word(data)
    return parts.marks_of(package)


def read(data: bytes, document: Document) -> Reading:
    """What a file says to the questions of a document.

    Raises:
        UnreadableFile: as :func:`identify`.
    """
    package = parts.open_word(data)
    keys = keys_of(document)
    extractor = Extractor(keys.tags.__contains__, frozenset(keys.names))
    body = parts.body(package)
    blocks = extractor.blocks(body)
    findings = Findings(keys, _repeated(blocks))
    anchors = place_blocks(blocks, document, findings)
    findings.problems += doubts(package, blocks, findings, document.language, tracked=extractor.tracked)
    place_margins(package, anchors, len(blocks), document, findings, extractor)
    order = {slot.address: place for place, slot in enumerate(document.slots())}
    found = sorted(findings.found.values(), key=lambda each: _order(each.address, order))
    unplaced = tuple(each for _, each in sorted(findings.unplaced, key=lambda pair: pair[0]))
    return Reading(tuple(found), unplaced, tuple(findings.problems))


def _repeated(blocks: list[FileBlock]) -> frozenset[str]:
    """The tags that more than one control has."""
    marks = {piece.mark for paragraph in flat(blocks) for piece in paragraph.pieces if piece.mark is not None}
    return frozenset(tag for tag, count in Counter(mark.tag for mark in marks).items() if count > 1)


def _order(address: Address, order: dict[Address, int]) -> tuple[int, int]:
    """Reading order; an added row stands after the last printed one of its table."""
    if address in order:
        return order[address], 0
    last = max((place for other, place in order.items() if other.field == address.field), default=len(order))
    return last, address.row or 0
