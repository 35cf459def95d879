"""A Document as a Word file: python-docx holds the package, the body is built element by element."""

import datetime
import io
import zipfile
from collections.abc import Iterable
from copy import deepcopy

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Emu

from docgen.document import Document
from docgen.formats.opc import XmlElement
from docgen.formats.word import marks, template
from docgen.formats.word.cells import Block, Contents, Grid, Line, Logo
from docgen.formats.word.draw import Drawing
from docgen.formats.word.glossary import glossary
from docgen.formats.word.mould import MAX_NAME, Member, Mould, packed
from docgen.formats.word.ooxml import REL, TYPE, to_bytes, w
from docgen.formats.word.outline import Placed, around, outline
from docgen.formats.word.palette import palette
from docgen.formats.word.pen import Pen
from docgen.formats.word.styles import LANGUAGES, styles_part
from docgen.values import without_control_characters

# A file that is built tells no clock: python-docx's stamps are replaced by one fixed moment.
_MOMENT = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
_LOGO_HEIGHT_EMU = 648_000  # 1.8 cm; 360,000 EMU a centimetre (20.1.2.1)
_LOGO_WIDTH_EMU = 2_880_000  # 8 cm at most


def write(document: Document) -> bytes:
    """The Word file that asks what a document asks. The same document gives the same bytes on every run and day."""
    return packed(members(document))


def mould(document: Document) -> Mould:
    """What makes the file of a document that was laid out for a stand-in, for each partner."""
    return Mould(members(document), document.identity.partner, document.organisation)


def members(document: Document) -> list[Member]:
    """The members of a document's file, in their order."""
    colours = palette(document.theme.colour)
    word = docx.Document(io.BytesIO(template.base(colours, document.language)))
    pen = Pen(LANGUAGES[document.language])
    drawing = Drawing(pen, colours, word)
    _fill_body(word, drawing, outline(document))
    drawing.header_and_footer(around(document))
    if document.protected:
        _protect(word)
    _describe(word, document)
    _add_glossary(word, pen, styles_part(colours, document.language))
    _add_identity(word, document)
    buffer = io.BytesIO()
    word.save(buffer)
    return _in_order(buffer.getvalue())


def _fill_body(word: WordDocument, drawing: Drawing, placed: Iterable[Placed]) -> None:
    """Blocks in order; two tables in a row get a thin paragraph between them, or editors would join them."""
    body = word.element.body
    end = body.find(w("sectPr").tag)
    last: Block | None = None
    for each in placed:
        block = each.block
        if isinstance(block, Grid) and isinstance(last, Grid):
            end.addprevious(drawing.spacer())
        if isinstance(block, Grid) and block.look == "check":
            _keep_with_next(end, drawing)
        for element in _elements(block, drawing):
            end.addprevious(element)
        last = block
    if isinstance(last, Grid):
        end.addprevious(drawing.spacer())


def _keep_with_next(end: XmlElement, drawing: Drawing) -> None:
    """A check is never alone on a page: the last row or line before it comes along."""
    before = end.getprevious()
    while before is not None:
        if before.tag == w("tbl").tag:
            drawing.put([before[-1]], w("keepNext"))
            return
        drawing.put([before], w("keepNext"))
        if "".join(str(text) for text in before.itertext()).strip():
            return
        before = before.getprevious()


def _elements(block: Block, drawing: Drawing) -> list[XmlElement]:
    match block:
        case Line():
            return [drawing.line(block)]
        case Grid():
            return [drawing.grid(block)]
        case Contents():
            return drawing.contents(block)
        case Logo():
            return [_logo(block, drawing)]


def _logo(logo: Logo, drawing: Drawing) -> XmlElement:
    """The logo in a paragraph of its own, within its box, with its text alternative (20.4.2.5)."""
    added = drawing.word.add_paragraph()
    picture = added.add_run().add_picture(io.BytesIO(logo.image))
    scale = min(_LOGO_HEIGHT_EMU / picture.height, _LOGO_WIDTH_EMU / picture.width)
    picture.height, picture.width = Emu(int(picture.height * scale)), Emu(int(picture.width * scale))
    properties = picture._inline.docPr  # noqa: SLF001 - python-docx has no public way to a text alternative
    properties.set("descr", without_control_characters(logo.title))
    element: XmlElement = added._element  # noqa: SLF001 - its proxies have no other way to their element
    element.getparent().remove(element)  # type: ignore[union-attr]
    return element


def _protect(word: WordDocument) -> None:
    """Protects all but what stands in controls (17.15.1.29), without a password: it keeps from mistakes, not from harm."""
    settings = word.settings.element
    settings.find(w("defaultTabStop").tag).addprevious(w("documentProtection", edit="forms", enforcement=1))


def _describe(word: WordDocument, document: Document) -> None:
    """Title, language and the like in the core properties (part 2, 8.3)."""
    core = word.core_properties
    plan = without_control_characters(document.plan)
    core.title = without_control_characters(f"{plan}: {document.title}")[:MAX_NAME]
    core.subject = without_control_characters(document.organisation)[:MAX_NAME]
    core.author = core.last_modified_by = plan[:MAX_NAME]
    core.language = LANGUAGES[document.language]
    core.created = core.modified = _MOMENT.replace(tzinfo=None)
    core.revision = 1


def _add_glossary(word: WordDocument, pen: Pen, styles: XmlElement) -> None:
    """The placeholder texts as building blocks (17.12), with the styles they use."""
    package = word.part.package
    root = PackURI("/word/glossary/document.xml")
    part = Part(root, f"{TYPE}.document.glossary+xml", to_bytes(glossary(pen.placeholders)), package)
    style_part = Part(PackURI("/word/glossary/styles.xml"), f"{TYPE}.styles+xml", to_bytes(deepcopy(styles)), package)
    part.relate_to(style_part, f"{REL}/styles")
    word.part.relate_to(part, f"{REL}/glossaryDocument")


def _add_identity(word: WordDocument, document: Document) -> None:
    package = word.part.package
    properties = Part(
        PackURI("/docProps/custom.xml"),
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        to_bytes(marks.custom_properties(document.identity)),
        package,
    )
    package.relate_to(properties, f"{REL}/custom-properties")
    item = Part(
        PackURI("/customXml/item1.xml"),
        "application/xml",
        to_bytes(marks.custom_part(document.identity, document.carried)),
        package,
    )
    named = Part(
        PackURI("/customXml/itemProps1.xml"),
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        to_bytes(marks.custom_part_properties()),
        package,
    )
    item.relate_to(named, f"{REL}/customXmlProps")
    word.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)


def _in_order(data: bytes) -> list[Member]:
    """The members by name, but [Content_Types].xml first, as readers of streams expect."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = sorted(
            archive.namelist(), key=lambda name: (name != "[Content_Types].xml", name != "_rels/.rels", name)
        )
        return [(name, archive.read(name)) for name in names]
