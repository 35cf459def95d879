"""The slim package every document starts from: made here, part by part, in the colours of its theme.

python-docx's own template brings 790 KB of styles and a root without ``w15``, which lxml cannot add later.
"""

from functools import lru_cache

from docgen.formats.opc import XmlElement, write_package
from docgen.formats.word.ooxml import (
    MARGIN_TWIPS,
    PAGE_HEIGHT_TWIPS,
    PAGE_WIDTH_TWIPS,
    REL,
    TYPE,
    root,
    to_bytes,
    w,
)
from docgen.formats.word.palette import Palette
from docgen.formats.word.styles import styles_part
from docgen.formats.word.theme import theme_part

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


@lru_cache(maxsize=8)
def base(colours: Palette, language: str) -> bytes:
    """An empty document in these colours and this language, as the bytes of a package."""
    return write_package(
        [
            ("[Content_Types].xml", _content_types().encode()),
            ("_rels/.rels", _relationships((f"{REL}/officeDocument", "word/document.xml"),
                                           (_CORE, "docProps/core.xml"))),
            ("word/_rels/document.xml.rels", _relationships(
                (f"{REL}/styles", "styles.xml"),
                (f"{REL}/settings", "settings.xml"),
                (f"{REL}/numbering", "numbering.xml"),
                (f"{REL}/fontTable", "fontTable.xml"),
                (f"{REL}/theme", "theme/theme1.xml"),
            )),
            ("word/document.xml", to_bytes(_document())),
            ("word/styles.xml", to_bytes(styles_part(colours, language))),
            ("word/settings.xml", to_bytes(_settings(language))),
            ("word/numbering.xml", to_bytes(_numbering())),
            ("word/fontTable.xml", to_bytes(_fonts())),
            ("word/theme/theme1.xml", to_bytes(theme_part(colours))),
            ("docProps/core.xml", _core().encode()),
        ]
    )  # fmt: skip


def _content_types() -> str:
    parts = {
        "/word/document.xml": f"{TYPE}.document.main+xml",
        "/word/styles.xml": f"{TYPE}.styles+xml",
        "/word/settings.xml": f"{TYPE}.settings+xml",
        "/word/numbering.xml": f"{TYPE}.numbering+xml",
        "/word/fontTable.xml": f"{TYPE}.fontTable+xml",
        "/word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{type_}"/>' for name, type_ in parts.items())
    return (
        f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(*pairs: tuple[str, str]) -> bytes:
    found = "".join(
        f'<Relationship Id="rId{number}" Type="{type_}" Target="{target}"/>'
        for number, (type_, target) in enumerate(pairs, start=1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE_RELS}">{found}</Relationships>'.encode()


def _core() -> str:
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
    )


def _document() -> XmlElement:
    page = w(
        "sectPr",
        w("pgSz", w=PAGE_WIDTH_TWIPS, h=PAGE_HEIGHT_TWIPS),
        w("pgMar", top=1191, right=MARGIN_TWIPS, bottom=1021, left=MARGIN_TWIPS, header=539, footer=454, gutter=0),
        w("cols", space=708),
        w("titlePg"),
    )
    return root("document", w("body", page))


def _settings(language: str) -> XmlElement:
    """The children of w:settings stand in the order of the schema (17.15.1.78)."""
    sign = "," if language == "sv" else "."
    office = "http://schemas.microsoft.com/office/word"
    modes = {"compatibilityMode": 15, "overrideTableStyleFontSizeAndJustification": 1, "enableOpenTypeFeatures": 1,
             "doNotFlipMirrorIndents": 1, "differentiateMultirowTableHeaders": 1}  # fmt: skip
    return w(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=709),
        w("characterSpacingControl", val="doNotCompress"),
        w("compat", *(w("compatSetting", name=name, uri=office, val=value) for name, value in modes.items())),
        w("decimalSymbol", val=sign),
        w("listSeparator", val=";" if language == "sv" else ","),
    )


def _numbering() -> XmlElement:
    """A bulleted and a numbered list; each further numbered list is a w:num of its own (17.9.15)."""

    def abstract(number: int, kind: str, sign: str, style: str) -> XmlElement:
        level = w("lvl", w("start", val=1), w("numFmt", val=kind), w("pStyle", val=style), w("lvlText", val=sign),
                  w("lvlJc", val="left"), w("pPr", w("ind", left=340, hanging=340)), ilvl=0)  # fmt: skip
        return w("abstractNum", w("multiLevelType", val="singleLevel"), level, abstractNumId=number)

    return w(
        "numbering",
        abstract(1, "bullet", "•", "ListBullet"),
        abstract(2, "decimal", "%1.", "ListNumber"),
        w("num", w("abstractNumId", val=1), numId=1),
        w("num", w("abstractNumId", val=2), numId=2),
    )


def _fonts() -> XmlElement:
    return w("fonts", w("font", w("charset", val="00"), w("family", val="swiss"), w("pitch", val="variable"),
                        name="Arial"))  # fmt: skip
