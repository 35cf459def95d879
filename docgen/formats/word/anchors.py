"""Where in a file a comment stands: the main part as it was written, beside the tree that the reader walked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from lxml import etree

from docgen.document import Document
from docgen.formats.opc import Package, XmlElement, main_part, parse_as_written
from docgen.formats.word.ooxml import bookmark_name
from docgen.values import Address, same_words

_STRICT: Final = "http://purl.oclc.org/ooxml/"


@dataclass
class WrittenPart:
    """The main part in its own namespaces; its elements are those of the tree the reader walked, in number and order."""

    name: str
    root: XmlElement
    _twins: Mapping[int, XmlElement]
    _walked: Sequence[XmlElement]  # kept, so that an element's identity stays its own
    _last: dict[int, XmlElement] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package, body: XmlElement) -> "WrittenPart":
        """The main part of a package whose body was read."""
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

    def marked(self, tags: Mapping[Address, str]) -> dict[Address, XmlElement]:
        """For each answer the paragraph or cell that its control or its bookmark stands in, of those that are left."""
        w = self.space
        names = {name: address for address, tag in tags.items() for name in (tag, bookmark_name(tag))}
        marks = [(each.get(f"{w}name"), each) for each in self.root.iter(f"{w}bookmarkStart")]
        marks += [(each.get(f"{w}val"), each) for each in self.root.iter(f"{w}tag")]
        found: dict[Address, XmlElement] = {}
        for name, each in marks:
            around = next(each.iterancestors(f"{w}p", f"{w}tc"), None)
            if name in names and around is not None:
                found[names[name]] = around
        return found

    def title(self, document: Document) -> XmlElement:
        """The paragraph of the document's title, else the first with words."""
        w = self.space
        said = [
            (each, same_words("".join(t.text or "" for t in each.iter(f"{w}t")))) for each in self.root.iter(f"{w}p")
        ]
        titles = [each for each, words in said if words == same_words(document.title)]
        worded = [each for each, words in said if words]
        whatever = [each for each, _ in said]
        if not whatever:  # somebody emptied the file
            whatever = [etree.Element(f"{w}p")]
            next(self.root.iter(f"{w}body")).insert(0, whatever[0])
        return [*titles, *worded, *whatever][0]

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
            remove(each)
            if run is not None and run.tag == f"{w}r" and all(child.tag == f"{w}rPr" for child in run):
                remove(run)


def _until(elements: Iterable[XmlElement], last: XmlElement) -> Iterator[XmlElement]:
    return takewhile(lambda each: each is not last, elements)


def remove(element: XmlElement) -> None:
    """Takes an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
