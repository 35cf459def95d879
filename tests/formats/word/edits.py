"""Small changes to a Word file's parts, as other programs and people make them."""

import io
import zipfile
from collections.abc import Callable

from lxml import etree

from docgen.formats.opc import XmlElement

NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
W = f"{{{NS['w']}}}"
DOCUMENT = "word/document.xml"


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def xml(data: bytes, part: str = DOCUMENT) -> XmlElement:
    return etree.fromstring(members(data)[part])


def edit(data: bytes, change: Callable[[XmlElement], object], part: str = DOCUMENT) -> bytes:
    """The file with one part changed in place."""
    parts = members(data)
    root = etree.fromstring(parts[part])
    change(root)
    return pack({**parts, part: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)})


def snippet(text: str) -> XmlElement:
    """An element from its XML, with the usual prefixes."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NS.items())
    return etree.fromstring(f"<x {spaces}>{text}</x>")[0]


def control(root: XmlElement, tag: str) -> XmlElement:
    return found(root, f"//w:sdt[w:sdtPr/w:tag/@w:val='{tag}']")


def found(root: XmlElement, path: str) -> XmlElement:
    hits = root.xpath(path, namespaces=NS)
    assert isinstance(hits, list)
    first = hits[0]
    assert isinstance(first, etree._Element)  # noqa: SLF001 - lxml's own name for its public element class
    return first


def every(root: XmlElement, path: str) -> list[XmlElement]:
    hits = root.xpath(path, namespaces=NS)
    assert isinstance(hits, list)
    return [hit for hit in hits if isinstance(hit, etree._Element)]  # noqa: SLF001


def type_into(root: XmlElement, tag: str, content: str) -> None:
    """Replace what a control of one line shows by runs given as XML."""
    sdt = control(root, tag)
    for mark in every(sdt, "w:sdtPr/w:showingPlcHdr"):
        parent = mark.getparent()
        assert parent is not None
        parent.remove(mark)
    holder = found(sdt, "w:sdtContent")
    holder[:] = list(snippet(f"<w:p>{content}</w:p>"))


def strip_controls(root: XmlElement) -> None:
    """Put every control's content in its place."""
    for sdt in every(root, "//w:sdt"):
        inner = found(sdt, "w:sdtContent")
        for child in list(inner):
            sdt.addprevious(child)
        parent = sdt.getparent()
        assert parent is not None
        parent.remove(sdt)


def strip_bookmarks(root: XmlElement) -> None:
    for mark in every(root, "//w:bookmarkStart | //w:bookmarkEnd"):
        parent = mark.getparent()
        assert parent is not None
        parent.remove(mark)
