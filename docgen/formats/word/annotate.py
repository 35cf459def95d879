"""A partner's own file with comments at the places of its answers; nothing else in it is changed.

The parts are edited as they were written, in their own namespaces: a Strict file stays Strict. What has no place in the
file stands at its title. Comments of ours from an earlier time go, unless somebody answered them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from posixpath import basename, dirname, join
from typing import Final

from lxml import etree

from docgen.document import Document
from docgen.formats.base import Remark
from docgen.formats.opc import (
    CONTENT_TYPES,
    RELATIONSHIPS,
    Package,
    XmlElement,
    main_part,
    parse_as_written,
    write_package,
)
from docgen.formats.word import package as parts
from docgen.formats.word.anchors import WrittenPart, remove
from docgen.formats.word.comments import comment_element, is_ours
from docgen.formats.word.ooxml import NAMESPACES, REL, TYPE, W14, to_bytes
from docgen.formats.word.reader import places
from docgen.values import Address

_TYPES: Final = "[Content_Types].xml"
_STRICT_RELATIONSHIPS: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_NO_RELATIONSHIPS: Final = f'<Relationships xmlns="{RELATIONSHIPS}"/>'.encode()
_W15: Final = f"{{{NAMESPACES['w15']}}}"


def annotate(data: bytes, document: Document, remarks: Sequence[Remark], author: str, day: str = "") -> bytes | None:
    """The file with a comment for each remark, at the answer it is about; None for one that is no Office Open XML.

    Raises:
        UnreadableFile: as for reading it.
    """
    package = parts.open_word(data)
    if not main_part(package):
        return None
    body = parts.body(package)
    main = WrittenPart.of(package, body)
    comments = _Comments.of(package, main)
    comments.drop_ours(main)
    found = {address: main.twin(cell) for address, cell in places(package, document).items()}
    found = main.marked({slot.address: slot.tag for slot in document.slots()}) | found
    for remark in remarks:
        near = _nearest(found, remark.address)
        elsewhere = "" if near is not None and near == remark.address else remark.where
        text = ": ".join(words for words in (elsewhere, remark.text) if words)
        number = comments.add(author, text, day)
        if near is None:
            main.anchor(number, main.title(document))
        else:
            main.anchor(number, found[near], str(near))
    return write_package(comments.members(main).items())


def _nearest(found: Iterable[Address], address: Address | None) -> Address | None:
    """An answer that was found; of a row, a table or a section the first answer in it; None where there is none."""
    if address is None:
        return None
    section = address.field.partition(".")[0]
    alike = (
        lambda each: each == address,
        lambda each: (each.field, each.row) == (address.field, address.row),
        lambda each: each.field == address.field,
        lambda each: each.field.partition(".")[0] == section,
    )
    return next((each for fits in alike for each in found if fits(each)), None)


@dataclass
class _Comments:
    """The comments part, as it was written or new, and the package it belongs to."""

    package: Package
    name: str
    root: XmlElement
    is_new: bool
    changed: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package, main: WrittenPart) -> "_Comments":
        for name, _ in parts.related(package, "comments"):
            return cls(package, name, parse_as_written(package.members[name]), is_new=False)
        taken = {name.casefold() for name in package.members}
        names = ("comments.xml", *(f"comments{number}.xml" for number in range(2, 100)))
        name = next(each for each in (join(dirname(main.name), name) for name in names) if each.casefold() not in taken)
        space = main.space[1:-1]
        return cls(package, name, etree.Element(f"{{{space}}}comments", nsmap={"w": space}), is_new=True)

    def add(self, author: str, text: str, day: str) -> int:
        """Adds a comment and gives its id."""
        space = f"{{{etree.QName(self.root).namespace}}}"
        ids = [each.get(f"{space}id", "") for each in self.root]
        number = max((int(each) for each in ids if each.isdecimal()), default=-1) + 1
        self.root.append(comment_element(space, number, author, text, day))
        return number

    def drop_ours(self, main: WrittenPart) -> None:
        """Takes away what we said of an earlier version of the file, but where somebody answered."""
        threads = {name: parse_as_written(self.package.members[name]) for name in self._threads()}
        answered = {each.get(f"{_W15}paraIdParent") for root in threads.values() for each in root} - {None}
        gone = [each for each in self.root if is_ours(each) and not answered & _paragraph_ids(each)]
        for each in gone:
            remove(each)
        main.forget({each.get(f"{main.space}id", "") for each in gone})
        lost = {number for each in gone for number in _paragraph_ids(each)}
        for name, root in threads.items():
            entries = [each for each in root if lost & {str(value) for value in each.attrib.values()}]
            for each in entries:
                remove(each)
            if entries:
                self.changed[name] = to_bytes(root)

    def _threads(self) -> Iterator[str]:
        """The parts that say which comment answers which, and number them ([MS-DOCX] 2.7.1, 2.7.3)."""
        for kind in ("commentsExtended", "commentsIds"):
            yield from (name for name, _ in parts.related(self.package, kind))

    def members(self, main: WrittenPart) -> dict[str, bytes]:
        """The package's members with what is changed; a new part is named in its relationships and content types."""
        old = dict(self.package.members)
        new = {main.name: to_bytes(main.root), self.name: to_bytes(self.root), **self.changed}
        if self.is_new:
            rels = join(dirname(main.name), "_rels", f"{basename(main.name)}.rels")
            new[rels] = self._related(old.get(rels, _NO_RELATIONSHIPS), main)
            types = parse_as_written(old[_TYPES])
            attributes = {"PartName": f"/{self.name}", "ContentType": f"{TYPE}.comments+xml"}
            etree.SubElement(types, f"{{{CONTENT_TYPES}}}Override", attributes)
            new[_TYPES] = to_bytes(types)
        return old | new

    def _related(self, relationships: bytes, main: WrittenPart) -> bytes:
        root = parse_as_written(relationships)
        taken = {each.get("Id") for each in root}
        number = next(each for each in count(1) if f"rId{each}" not in taken)
        kind = f"{_STRICT_RELATIONSHIPS if main.is_strict else REL}/comments"
        attributes = {"Id": f"rId{number}", "Type": kind, "Target": basename(self.name)}
        etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship", attributes)
        return to_bytes(root)


def _paragraph_ids(comment: XmlElement) -> set[str]:
    """The ids by which other parts name a comment's paragraphs ([MS-DOCX] 2.2.4)."""
    return {number for each in comment.iter() if (number := each.get(f"{W14}paraId"))}
