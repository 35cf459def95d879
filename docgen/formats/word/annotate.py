"""A partner's own file with comments at the places of its answers; nothing else in it is changed.

The parts are edited as they were written, in their own namespaces: a Strict file stays Strict. What has no place in the
file stands at its title. Comments of ours from an earlier time go, unless somebody answered them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, takewhile
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
from docgen.formats.word.comments import comment_element, is_ours
from docgen.formats.word.ooxml import NAMESPACES, REL, TYPE, W14, to_bytes
from docgen.formats.word.reader import places
from docgen.values import Address, same_words

_TYPES: Final = "[Content_Types].xml"
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_STRICT_RELATIONSHIPS: Final = f"{_STRICT}officeDocument/relationships"
_NO_RELATIONSHIPS: Final = f'<Relationships xmlns="{RELATIONSHIPS}"/>'.encode()
_W15: Final = f"{{{NAMESPACES['w15']}}}"


def annotate(data: bytes, document: Document, remarks: Sequence[Remark], author: str, day: str = "") -> bytes:
    """The file with a comment for each remark, at the answer it is about.

    Raises:
        UnreadableFile: as for reading it.
    """
    package = parts.open_word(data)
    body = parts.body(package)
    main = _Main.of(package, body)
    comments = _Comments.of(package, main)
    comments.drop_ours(main)
    found = places(package, body, document)
    for remark in remarks:
        near = _nearest(found, remark.address)
        elsewhere = "" if near is not None and near == remark.address else remark.where
        text = ": ".join(words for words in (elsewhere, remark.text) if words)
        number = comments.add(author, text, day)
        if near is None:
            main.anchor(number, main.title(document))
        else:
            main.anchor(number, main.twin(found[near]), str(near))
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
class _Main:
    """The main part as it was written, beside the tree the reader walked: their elements are the same in number and order."""

    name: str
    root: XmlElement
    _twins: Mapping[int, XmlElement]
    _walked: Sequence[XmlElement]  # kept, so that an element's identity stays its own
    _last: dict[int, XmlElement] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package, body: XmlElement) -> "_Main":
        name = main_part(package)
        root = parse_as_written(package.members[name])
        walked = list(body.getroottree().iter())
        twins = {id(one): other for one, other in zip(walked, root.getroottree().iter(), strict=True)}
        return cls(name, root, twins, walked)

    @property
    def space(self) -> str:
        """The main namespace, in braces."""
        return f"{{{etree.QName(self.root).namespace}}}"

    @property
    def is_strict(self) -> bool:
        """Whether the file is Strict Office Open XML (part 1, 2.1)."""
        return self.space.startswith(f"{{{_STRICT}")

    def twin(self, element: XmlElement) -> XmlElement:
        """The element as it was written."""
        return self._twins[id(element)]

    def title(self, document: Document) -> XmlElement:
        """The paragraph of the document's title, else the first with words."""
        w = self.space
        said = [
            (each, same_words("".join(t.text or "" for t in each.iter(f"{w}t")))) for each in self.root.iter(f"{w}p")
        ]
        titles = [each for each, words in said if words == same_words(document.title)]
        worded = [each for each, words in said if words]
        return next(iter((*titles, *worded, *(each for each, _ in said))))

    def anchor(self, number: int, element: XmlElement, tag: str = "") -> None:
        """Puts a comment around the control with a tag in a cell or paragraph, else around its words (17.13.4)."""
        w = self.space
        start, end = (etree.Element(f"{w}commentRange{each}", {f"{w}id": str(number)}) for each in ("Start", "End"))
        reference = etree.Element(f"{w}r")
        etree.SubElement(reference, f"{w}commentReference", {f"{w}id": str(number)})
        control = self._inline_control(element, tag)
        if control is not None:
            control.addprevious(start)
            self._last.get(id(control), control).addnext(end)
            end.addnext(reference)
            self._last[id(control)] = reference
            return
        first, last = self._paragraphs(element)
        first.insert(0 if first.find(f"{w}pPr") is None else 1, start)
        last.extend([end, reference])

    def _inline_control(self, element: XmlElement, tag: str) -> XmlElement | None:
        """The one control with a tag that stands among the runs of a paragraph."""
        w = self.space
        controls = [
            each
            for each in element.iter(f"{w}sdt")
            if tag and any(own.get(f"{w}val") == tag for own in each.iterfind(f"{w}sdtPr/{w}tag"))
        ]
        inline = [each for each in controls if next(each.iterancestors(f"{w}p", f"{w}tc")).tag == f"{w}p"]
        return inline[0] if len(inline) == 1 else None

    def _paragraphs(self, element: XmlElement) -> tuple[XmlElement, XmlElement]:
        """The first and last paragraph of a cell; where a control spans them, the one before it: that of its label.

        Whoever types in a control throws away the placeholder it shows, and LibreOffice 7 loses the words of one with
        a comment within.
        """
        w = self.space
        inside = [each for each in element.iter(f"{w}p") if self._is_free(each)]
        if inside:
            return inside[0], inside[-1]
        own = next(element.iter(f"{w}p"))
        before = next((each for each in own.iterancestors(f"{w}tbl")), self.root)
        free = [each for each in _until(before.iter(f"{w}p"), own) if self._is_free(each)]
        label = free[-1] if free else own
        return label, label

    def _is_free(self, paragraph: XmlElement) -> bool:
        """Whether a paragraph stands in no control, and in no text box."""
        w = self.space
        around = next(paragraph.iterancestors(f"{w}sdt", f"{w}tc", f"{w}txbxContent", f"{w}body"), None)
        return around is not None and around.tag in {f"{w}tc", f"{w}body"}

    def forget(self, numbers: set[str]) -> None:
        """Takes away the anchors of comments."""
        w = self.space
        names = ("commentRangeStart", "commentRangeEnd", "commentReference")
        for each in [one for one in self.root.iter(*(f"{w}{name}" for name in names)) if one.get(f"{w}id") in numbers]:
            run = each.getparent()
            _remove(each)
            if run is not None and run.tag == f"{w}r" and all(child.tag == f"{w}rPr" for child in run):
                _remove(run)


@dataclass
class _Comments:
    """The comments part, as it was written or new, and the package it belongs to."""

    package: Package
    name: str
    root: XmlElement
    is_new: bool
    changed: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package, main: _Main) -> "_Comments":
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

    def drop_ours(self, main: _Main) -> None:
        """Takes away what we said of an earlier version of the file, but where somebody answered."""
        threads = {name: parse_as_written(self.package.members[name]) for name in self._threads()}
        answered = {each.get(f"{_W15}paraIdParent") for root in threads.values() for each in root} - {None}
        gone = [each for each in self.root if is_ours(each) and not answered & _paragraph_ids(each)]
        for each in gone:
            _remove(each)
        main.forget({each.get(f"{main.space}id", "") for each in gone})
        lost = {number for each in gone for number in _paragraph_ids(each)}
        for name, root in threads.items():
            entries = [each for each in root if lost & {str(value) for value in each.attrib.values()}]
            for each in entries:
                _remove(each)
            if entries:
                self.changed[name] = to_bytes(root)

    def _threads(self) -> Iterator[str]:
        """The parts that say which comment answers which, and number them ([MS-DOCX] 2.7.1, 2.7.3)."""
        for kind in ("commentsExtended", "commentsIds"):
            yield from (name for name, _ in parts.related(self.package, kind))

    def members(self, main: _Main) -> dict[str, bytes]:
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

    def _related(self, relationships: bytes, main: _Main) -> bytes:
        root = parse_as_written(relationships)
        taken = {each.get("Id") for each in root}
        number = next(each for each in count(1) if f"rId{each}" not in taken)
        kind = f"{_STRICT_RELATIONSHIPS if main.is_strict else REL}/comments"
        attributes = {"Id": f"rId{number}", "Type": kind, "Target": basename(self.name)}
        etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship", attributes)
        return to_bytes(root)


def _until(elements: Iterable[XmlElement], last: XmlElement) -> Iterator[XmlElement]:
    return takewhile(lambda each: each is not last, elements)


def _paragraph_ids(comment: XmlElement) -> set[str]:
    """The ids by which other parts name a comment's paragraphs ([MS-DOCX] 2.2.4)."""
    return {number for each in comment.iter() if (number := each.get(f"{W14}paraId"))}


def _remove(element: XmlElement) -> None:
    """Takes an element away; what follows it stays."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
