"""WordprocessingML as docgen writes it: names, units and small builders (ECMA-376 part 1, clause 17).

Knows the file format and nothing of fields or documents.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from lxml import etree

from docgen.formats.opc import XmlElement
from docgen.values import without_control_characters

NAMESPACES: Final = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
W: Final = f"{{{NAMESPACES['w']}}}"
W14: Final = f"{{{NAMESPACES['w14']}}}"
R: Final = f"{{{NAMESPACES['r']}}}"
MC: Final = f"{{{NAMESPACES['mc']}}}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MAIN: Final = {"w": NAMESPACES["w"]}
_WORD_2010: Final = {"w14": NAMESPACES["w14"]}
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

# Relationship and content types (clause 15.2 of part 1; 7.1 and 7.3 of part 2).
REL: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"

# A4 and its margins in twips, twentieths of a point (17.6.11, 17.6.13).
PAGE_WIDTH_TWIPS: Final = 11906
PAGE_HEIGHT_TWIPS: Final = 16838
MARGIN_TWIPS: Final = 1134
TEXT_WIDTH_TWIPS: Final = PAGE_WIDTH_TWIPS - 2 * MARGIN_TWIPS

MAX_TITLE_CHARACTERS: Final = 64  # of a content control: Word refuses to type more into its dialogue
MAX_BOOKMARK_CHARACTERS: Final = 40  # 17.13.6.2, as Word enforces it


def w(name: str, /, *children: XmlElement | None, **attributes: str | int) -> XmlElement:
    """An element of the main namespace; attributes go into it too, None among the children is left out."""
    return _element(f"{W}{name}", W, _MAIN, children, attributes)


def w14(name: str, /, *children: XmlElement | None, **attributes: str | int) -> XmlElement:
    """An element of Word 2010's namespace ([MS-DOCX] 2.6)."""
    return _element(f"{W14}{name}", W14, _WORD_2010, children, attributes)


def root(name: str, /, *children: XmlElement | None) -> XmlElement:
    """The root of a part that may hold what Word 2007 does not know: declared, and to be ignored there (part 3, 7.2)."""
    element = _element(f"{W}{name}", W, NAMESPACES, children, {})
    element.set(f"{MC}Ignorable", "w14 w15")
    return element


def _element(
    tag: str,
    space: str,
    spaces: dict[str, str],
    children: Iterable[XmlElement | None],
    attributes: dict[str, str | int],
) -> XmlElement:
    named = {f"{space}{key}": without_control_characters(str(value)) for key, value in attributes.items()}
    element = etree.Element(tag, named, spaces)
    element.extend([child for child in children if child is not None])
    return element


def run(text: str, *, style: str = "", bold: bool = False, italic: bool = False) -> XmlElement:
    """A run (17.3.2.25): newlines become breaks, tabs tabs; blanks are kept."""
    properties = w(
        "rPr",
        w("rStyle", val=style) if style else None,
        w("b") if bold else None,
        w("i") if italic else None,
    )
    made = w("r", properties if len(properties) else None)
    for number, line in enumerate(without_control_characters(text).split("\n")):
        if number:
            made.append(w("br"))
        for place, piece in enumerate(line.split("\t")):
            if place:
                made.append(w("tab"))
            if piece:
                words = w("t")
                words.set(SPACE, "preserve")
                words.text = piece
                made.append(words)
    return made


def paragraph(style: str, *content: XmlElement | None, properties: Iterable[XmlElement] = ()) -> XmlElement:
    """A paragraph (17.3.1.22) in a style; ``properties`` follow the style in the schema's order."""
    ppr = w("pPr", w("pStyle", val=style) if style else None, *properties)
    return w("p", ppr if len(ppr) else None, *content)


def field(instruction: str, shown: str) -> list[XmlElement]:
    """The runs of a complex field (17.16.18) with the result it shows until it is updated."""
    code = w("instrText")
    code.set(SPACE, "preserve")
    code.text = f" {instruction} "
    return [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", code),
        w("r", w("fldChar", fldCharType="separate")),
        run(shown),
        w("r", w("fldChar", fldCharType="end")),
    ]


def borders(name: str, sides: Mapping[str, tuple[str, int, str] | None], space: int = 0) -> XmlElement:
    """``w:tblBorders``, ``w:tcBorders`` or ``w:pBdr``; a side is (style, eighths of a point, colour), None for none.

    ``space`` is the distance from the words in points, for paragraphs.
    """
    order = ("top", "left", "bottom", "right", "insideH", "insideV", "between")
    made = w(name)
    for side in order:
        if side in sides:
            drawn = sides[side]
            style, size, colour = drawn or ("nil", 0, "auto")
            made.append(w(side, val=style, sz=size, space=space, color=colour) if drawn else w(side, val=style))
    return made


def shading(colour: str) -> XmlElement:
    """A plain background (17.3.5)."""
    return w("shd", val="clear", color="auto", fill=colour)


@lru_cache(maxsize=8192)
def bookmark_name(identity: str) -> str:
    """A bookmark's name for an identity: letters, digits and underscores, within 40 characters, one for each.

    The digest tells ``a.b_c`` from ``a_b.c``; the words are for the person who opens the list of bookmarks.
    """
    digest = hashlib.sha256(identity.encode()).hexdigest()[:8]
    words = re.sub("[^A-Za-z0-9]", "_", identity)
    return f"dg_{words[: MAX_BOOKMARK_CHARACTERS - 12]}_{digest}"


def control_id(identity: str, taken: set[int]) -> int:
    """A control's signed 32-bit id (17.5.2.18), the same for the same tag; steps on where one is taken."""
    number = int.from_bytes(hashlib.sha256(identity.encode()).digest()[:4], "big", signed=True)
    while number in taken or number in {0, -1}:
        number = number + 1 if number < 2**31 - 1 else -(2**31)
    taken.add(number)
    return number


def to_bytes(root: XmlElement) -> bytes:
    """A part's bytes, with the declaration Office writes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
