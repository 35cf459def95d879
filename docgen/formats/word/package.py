"""A Word file as a package: its main part, what belongs to it, what it holds, and the marks it carries."""

from collections.abc import Iterator
from itertools import islice
from posixpath import dirname, join, normpath

from docgen.errors import UnreadableFile
from docgen.formats.base import Marks
from docgen.formats.odf import is_odf, open_office
from docgen.formats.opc import RELATIONSHIPS, Package, XmlElement, main_part
from docgen.formats.word import marks
from docgen.formats.word.blocks import Held, Margin
from docgen.formats.word.comments import is_ours
from docgen.formats.word.extract import Extractor
from docgen.formats.word.findings import Keys
from docgen.formats.word.ooxml import W
from docgen.problems import problem

# Paragraphs and rows. A form has a thousand, and a table of 2,000 rows in twelve columns is a person's: more are made to
# exhaust who reads them.
MAX_BLOCKS = 30_000
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"  # part 1, 22.2
_NOTES = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}


def open_word(data: bytes) -> Package:
    """The package of a Word file, or of an OpenDocument text.

    Raises:
        UnreadableFile: damaged, no Word file, or made to exhaust who opens it.
    """
    package = open_office(data)
    if not is_odf(package) and is_endless(body(package), f"{W}p", f"{W}tr"):
        raise UnreadableFile(problem("file-hostile"))
    return package


def is_endless(text: XmlElement, *tags: str) -> bool:
    """A text holds more paragraphs and rows, by these tags, than anybody fills in."""
    return sum(1 for _ in islice(text.iter(*tags), MAX_BLOCKS + 1)) > MAX_BLOCKS


def body(package: Package) -> XmlElement:
    """The body of the main part, found through the package's relationships.

    Raises:
        UnreadableFile: there is none.
    """
    root = package.xml(main_part(package))
    found = None if root is None else root.find(f"{W}body")
    if found is None:
        raise UnreadableFile(problem("file-damaged"))
    return found


def held(package: Package, keys: Keys) -> Held:
    """All that the file holds, with the marks that are of ``keys``.

    Raises:
        UnreadableFile: it has no body, or a part is damaged.
    """
    extractor = Extractor(keys.tags.__contains__, frozenset(keys.names))
    blocks = extractor.blocks(body(package))
    tracked = extractor.tracked
    margins = [
        Margin(kind, extractor.blocks(root)) for kind in ("header", "footer") for _, root in related(package, kind)
    ]
    for part, name in _NOTES.items():
        for _, root in related(package, part):
            notes = (
                note
                for note in root.iter(f"{W}{name}")
                if note.get(f"{W}type", "normal") == "normal" and not is_ours(note)
            )
            margins += [Margin(name, extractor.blocks(note), note.get(f"{W}id", "")) for note in notes]
    return Held(blocks, margins, _saved_by(package), tracked)


def related(package: Package, kind: str) -> Iterator[tuple[str, XmlElement]]:
    """The parts that the main part has relationships of a kind to ("header", "comments"), by name."""
    main = main_part(package)
    for target, type_ in _relationships(package, main):
        if type_.endswith(f"/{kind}"):
            root = package.xml(target)
            if root is not None:
                yield target, root


def _relationships(package: Package, part: str) -> Iterator[tuple[str, str]]:
    """Each relationship of a part to another: the part's name, and the relationship's type."""
    folder, name = dirname(part), part.rpartition("/")[2]
    root = package.xml(join(folder, "_rels", f"{name}.rels"))
    for each in [] if root is None else root.iter(f"{{{RELATIONSHIPS}}}Relationship"):
        if each.get("TargetMode") != "External":
            yield normpath(join("/", folder, each.get("Target", ""))).lstrip("/"), each.get("Type", "")


def _saved_by(package: Package) -> str:
    """The program that saved the file last, as far as it says: "Microsoft Office Word", "LibreOffice/7.4.7.2$Linux"."""
    root = package.xml("docProps/app.xml")
    return "" if root is None else root.findtext(f"{{{_EXTENDED}}}Application", "").strip()


def marks_of(package: Package) -> Marks:
    """The file's identity from its custom properties, our custom part and the visible reference, in that order."""
    hidden = [*_custom_properties(package), *_custom_parts(package)]
    tagged = next(body(package).iter(f"{W}tag"), None) is not None
    return marks.of_file(hidden, list(_visible(package)), tuple(_remarks(package)), tagged=tagged)


def _custom_properties(package: Package) -> Iterator[Marks]:
    root = package.xml("docProps/custom.xml")
    if root is not None:
        yield marks.read_custom_properties(root)


def _custom_parts(package: Package) -> Iterator[Marks]:
    for name in sorted(package.members):
        if name.startswith("customXml/item") and marks.IDENTITY.encode() in package.members[name]:
            root = package.xml(name)
            if root is not None:
                yield marks.read_custom_part(root)


def _visible(package: Package) -> Iterator[Marks]:
    """The reference as people read it: in a footer, or wherever an editor put it."""
    for _, root in [*related(package, "footer"), *related(package, "header")]:
        yield marks.read_reference(_text(root))
    yield marks.read_reference(_text(body(package)))


def _text(root: XmlElement) -> str:
    """The words of a part, a line a paragraph."""
    signs = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}p": "\n"}
    return "".join(signs.get(str(each.tag), each.text or "") for each in root.iter(f"{W}t", *signs))


def _leads_outside(package: Package, relationships: str) -> bool:
    """Something outside the file, such as a template or a picture, would be fetched by a program that opens it."""
    root = package.xml(relationships)
    each = [] if root is None else root.iter(f"{{{RELATIONSHIPS}}}Relationship")
    return any(one.get("TargetMode") == "External" and not one.get("Type", "").endswith("/hyperlink") for one in each)


def _remarks(package: Package) -> Iterator[str]:
    if any(name.endswith("vbaProject.bin") for name in package.members):
        yield "file-macros"
    if any(_leads_outside(package, name) for name in package.members if name.endswith(".rels")):
        yield "file-external"
    text = body(package)
    if next(text.iter(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"), None) is not None:
        yield "file-tracked"
    if any(not is_ours(each) for _, root in related(package, "comments") for each in root.iter(f"{W}comment")):
        yield "file-comments"
