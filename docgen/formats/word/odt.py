"""An OpenDocument text as a file that came back: what it holds, and the marks it carries.

A partner opens our Word file in LibreOffice and saves it as .odt. Bookmarks, tables and custom properties are there;
from LibreOffice 7.5 on the controls' tags too. The custom part, and the copy of the blueprint in it, is not.
"""

from collections.abc import Iterator

from docgen.errors import UnreadableFile
from docgen.formats import odf
from docgen.formats.base import Marks
from docgen.formats.odf import DRAW, LOEXT, META, OFFICE, STYLE, TABLE, TEXT, XLINK
from docgen.formats.opc import Package, XmlElement
from docgen.formats.word import marks
from docgen.formats.word.blocks import Held, Margin, all_words
from docgen.formats.word.findings import Keys
from docgen.formats.word.odtforms import controls
from docgen.formats.word.odtwalk import Walker
from docgen.formats.word.package import is_endless
from docgen.problems import problem

_EVERY_PAGE = {
    f"{namespace}{kind}{page}": kind
    for namespace in (STYLE, LOEXT)
    for kind in ("header", "footer")
    for page in ("", "-left", "-first")
}  # 16.10 to 16.13


def body(package: Package) -> XmlElement:
    """The body of a text.

    Raises:
        UnreadableFile: encrypted, damaged, no text, or made to exhaust who reads it.
    """
    found = odf.body(package)
    if found.tag != f"{OFFICE}text":
        raise UnreadableFile(problem("file-kind", kind="file.unknown"))
    if is_endless(found, f"{TEXT}p", f"{TEXT}h", f"{TABLE}table-row"):
        raise UnreadableFile(problem("file-hostile"))
    return found


def held(package: Package, keys: Keys) -> Held:
    """All that the file holds, with the marks that are of ``keys``.

    Raises:
        UnreadableFile: it has no text, or a part is damaged.
    """
    text = body(package)
    walker = Walker(keys.tags.__contains__, frozenset(keys.names), controls(text))
    blocks = walker.blocks(text)
    repeated = list(_repeated(package, walker))
    return Held(blocks, [*repeated, *walker.margins], _saved_by(package), _is_tracked(text))


def _saved_by(package: Package) -> str:
    """The program that saved the file last (4.3.2.1), as far as it says: "LibreOffice/7.4.7.2$Linux_X86_64"."""
    root = odf.part(package, odf.META_PART)
    return "" if root is None else root.findtext(f"{OFFICE}meta/{META}generator", "").strip()


def _is_tracked(text: XmlElement) -> bool:
    return text.find(f"{TEXT}tracked-changes/{TEXT}changed-region") is not None


def _repeated(package: Package, walker: Walker) -> Iterator[Margin]:
    """The headers and footers of every style of page."""
    styles = odf.part(package, odf.STYLES)
    for each in [] if styles is None else styles.iter(*_EVERY_PAGE):
        yield Margin(_EVERY_PAGE[str(each.tag)], walker.blocks(each))


def marks_of(package: Package) -> Marks:
    """The file's identity from its custom properties and the visible reference, in that order.

    Raises:
        UnreadableFile: it has no text, or a part is damaged.
    """
    text = body(package)
    meta = odf.part(package, odf.META_PART)
    properties = [] if meta is None else meta.iter(f"{META}user-defined")
    said = {each.get(f"{META}name", ""): "".join(map(str, each.itertext())) for each in properties}
    walker = Walker(frozenset[str]().__contains__, frozenset(), {})
    visible = [marks.read_reference(all_words(each.blocks)) for each in _repeated(package, walker)]
    visible.append(marks.read_reference(all_words(walker.blocks(text))))
    tagged = any(each.get(f"{LOEXT}tag") for each in text.iter(f"{LOEXT}content-control"))
    return marks.of_file([marks.read_properties(said)], visible, tuple(_remarks(package, text)), tagged=tagged)


def _remarks(package: Package, text: XmlElement) -> Iterator[str]:
    if any(name.startswith(("Basic/", "Scripts/")) for name in package.members):  # part 2, 3.15
        yield "file-macros"
    linked = text.iter(f"{TEXT}section-source", f"{DRAW}image", f"{DRAW}object", f"{DRAW}object-ole")
    if any("://" in each.get(f"{XLINK}href", "") for each in linked):
        yield "file-external"
    if _is_tracked(text):
        yield "file-tracked"
    if next(text.iter(f"{OFFICE}annotation"), None) is not None:
        yield "file-comments"
