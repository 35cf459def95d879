"""A Word file as a package: its main part, what belongs to it, and the marks it carries."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from posixpath import dirname, join, normpath

from docgen.errors import UnreadableFile
from docgen.formats.base import Marks
from docgen.formats.opc import RELATIONSHIPS, Package, XmlElement, main_part, open_package
from docgen.formats.word import marks
from docgen.formats.word.ooxml import W
from docgen.problems import problem

_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"  # part 1, 22.2
MAX_PARAGRAPHS = 50_000  # a form has some hundreds: more are made to exhaust who reads them


def open_word(data: bytes) -> Package:
    """The package of a Word file.

    Raises:
        UnreadableFile: damaged, no Word file, or made to exhaust who opens it.
    """
    package = open_package(data)
    if sum(1 for _ in islice(body(package).iter(f"{W}p"), MAX_PARAGRAPHS + 1)) > MAX_PARAGRAPHS:
        raise UnreadableFile(problem("file-hostile"))
    return package


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


def saved_by(package: Package) -> str:
    """The program that saved the file last, as far as it says: "Microsoft Office Word", "LibreOffice/7.4.7.2$Linux"."""
    root = package.xml("docProps/app.xml")
    return "" if root is None else root.findtext(f"{{{_EXTENDED}}}Application", "").strip()


def marks_of(package: Package) -> Marks:
    """The file's identity from its custom properties, our custom part and the visible reference, in that order."""
    hidden = [*_custom_properties(package), *_custom_parts(package)]
    strong = marks.together(hidden)
    visible = list(_visible(package))  # the body last, where anybody may write of another file
    whole = marks.together([strong, *visible])
    remarks = tuple(_remarks(package, lost=not strong.any))
    claims = tuple((each.round, each.partner, each.document) for each in (*hidden, *visible[:-1]))
    return replace(whole, remarks=remarks, claims=claims)


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


def _remarks(package: Package, *, lost: bool) -> Iterator[str]:
    if any(name.endswith("vbaProject.bin") for name in package.members):
        yield "file-macros"
    if any(_leads_outside(package, name) for name in package.members if name.endswith(".rels")):
        yield "file-external"
    text = body(package)
    if next(text.iter(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"), None) is not None:
        yield "file-tracked"
    if any(True for _ in related(package, "comments")):
        yield "file-comments"
    if lost or next(text.iter(f"{W}tag"), None) is None:
        yield "file-lost-marks"
