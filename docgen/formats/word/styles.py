"""The styles of a document, under Word's own names where Word has one (ECMA-376 part 1, 17.7).

Sizes are half-points, distances twips; a line of text is 240.
"""

from dataclasses import dataclass, field

from lxml import etree

from docgen.formats.opc import XmlElement
from docgen.formats.word.ooxml import MARGIN_TWIPS, PAGE_WIDTH_TWIPS, borders, shading, w
from docgen.formats.word.palette import INK, OCHRE, QUIET, WHITE, Palette

FONT = "Arial"
LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}
_RIGHT_EDGE_TWIPS = PAGE_WIDTH_TWIPS - 2 * MARGIN_TWIPS


@dataclass(frozen=True)
class Style:
    """A paragraph style.

    Attributes:
        name: as Word calls it.
        size: of the type, half-points; 0 inherits.
        colour: of the type; "" inherits.
        space: before and after, twips.
        line: distance of lines, 240 a line; 0 inherits.
        keep_next: never the last thing on a page.
        outline: 0 for the first level of headings, None for text.
        extra: further paragraph properties, by the name of the element (``pBdr``, ``shd``, ``ind``, ``tabs`` ...).
    """

    name: str
    size: int = 0
    bold: bool = False
    italic: bool = False
    colour: str = ""
    space: tuple[int, int] | None = None
    line: int = 0
    based_on: str = "Normal"
    following: str = ""
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None
    extra: tuple[XmlElement, ...] = field(default=())
    quick: bool = True


def _indent(left: int, hanging: int = 0) -> XmlElement:
    return w("ind", left=left, hanging=hanging) if hanging else w("ind", left=left)


def _tabs(*stops: tuple[str, int]) -> XmlElement:
    return w("tabs", *(w("tab", val=kind, pos=position) for kind, position in stops))


def _list(number: int) -> XmlElement:
    return w("numPr", w("numId", val=number))


def paragraph_styles(colours: Palette) -> dict[str, Style]:
    """Every paragraph style by its id."""
    accent, light = colours.accent, colours.edge
    bar = borders("pBdr", {"left": ("single", 48, accent)}, 7)
    rule = borders("pBdr", {"bottom": ("single", 12, accent)}, 8)
    hair = ("single", 4, light)
    above = borders("pBdr", {"top": hair}, 5)
    return {
        "Title": Style("Title", 64, bold=True, colour=accent, space=(0, 40), line=240, following="Subtitle"),
        "Subtitle": Style(
            "Subtitle",
            24,
            bold=True,
            colour=WHITE,
            space=(0, 320),
            line=300,
            following="Normal",
            extra=(
                borders("pBdr", dict.fromkeys(("top", "left", "bottom", "right"), ("single", 12, accent)), 5),
                shading(accent),
                w("ind", left=113, right=113),
            ),
        ),
        "Heading1": Style(
            "heading 1",
            30,
            bold=True,
            colour=accent,
            space=(400, 140),
            line=300,
            following="Normal",
            keep_next=True,
            keep_lines=True,
            outline=0,
            extra=(bar, shading(colours.tint), _tabs(("left", 780)), _indent(200)),
        ),
        "Heading2": Style(
            "heading 2",
            24,
            bold=True,
            colour=accent,
            space=(260, 80),
            line=264,
            following="Normal",
            keep_next=True,
            keep_lines=True,
            outline=1,
        ),
        "Heading3": Style(
            "heading 3",
            22,
            bold=True,
            colour=INK,
            space=(200, 60),
            line=264,
            following="Normal",
            keep_next=True,
            keep_lines=True,
            outline=2,
        ),
        "Caption": Style("caption", 18, colour=QUIET, space=(60, 120)),
        "TOCHeading": Style("TOC Heading", 24, bold=True, colour=accent, space=(240, 60), keep_next=True),
        "TOC1": Style("toc 1", 21, space=(0, 30), line=264, quick=False, extra=(_tabs(("left", 580)),)),
        "TOC2": Style("toc 2", 20, space=(0, 40), quick=False, extra=(_indent(284),)),
        "Header": Style(
            "header",
            18,
            colour=QUIET,
            space=(0, 0),
            line=240,
            quick=False,
            extra=(borders("pBdr", {"bottom": hair}, 4), _tabs(("right", _RIGHT_EDGE_TWIPS))),
        ),
        "Footer": Style(
            "footer",
            18,
            colour=QUIET,
            space=(0, 0),
            line=240,
            quick=False,
            extra=(_tabs(("right", _RIGHT_EDGE_TWIPS)),),
        ),
        "ListBullet": Style("List Bullet", space=(0, 60), extra=(_list(1),)),
        "ListNumber": Style("List Number", space=(0, 60), extra=(_list(2),)),
        "ListBullet2": Style("List Bullet 2", 20, space=(0, 40), line=276, extra=(_list(1),)),
        "ListNumber2": Style("List Number 2", 20, space=(0, 40), line=276, extra=(_list(2),)),
        # our own
        "Organisation": Style("Organisation", 28, bold=True, colour=INK, space=(60, 200), extra=(rule,)),
        "HowTo": Style("How To", 24, bold=True, colour=accent, space=(260, 80), keep_next=True),
        "Notice": Style("Notice", bold=True, colour=INK, space=(0, 100)),
        "Reference": Style("Reference", 18, colour=QUIET, space=(60, 0), line=250),
        "FactLabel": Style("Fact Label", 20, colour=QUIET, space=(20, 20), line=260),
        "Fact": Style("Fact", 20, colour=INK, space=(20, 20), line=260),
        "Lead": Style("Lead", space=(0, 120), keep_next=True),
        "Guide": Style("Guide", 20, space=(0, 60), line=276),
        "GuideLabel": Style("Guide Label", 19, bold=True, colour=accent, space=(20, 40), line=264, keep_next=True),
        "FillIn": Style("Fill In", 24, bold=True, colour=INK, space=(280, 100), keep_next=True),
        "Question": Style("Question", 20, bold=True, space=(30, 10), line=257, keep_lines=True),
        "Relevant": Style("Relevant", 18, colour=OCHRE, space=(0, 10), line=250, keep_lines=True),
        "Hint": Style("Hint", 18, colour=QUIET, space=(0, 20), line=250, keep_lines=True),
        "TableHint": Style("Table Hint", 20, colour=QUIET, space=(0, 100), keep_next=True),
        "ColumnHead": Style("Column Head", 19, bold=True, colour=accent, space=(20, 10), line=245, keep_next=True),
        "RowNumber": Style("Row Number", 20, bold=True, colour=accent, space=(30, 30), line=264),
        "RowLabel": Style("Row Label", 20, bold=True, space=(30, 30), line=257),
        "CardHead": Style("Card Head", 22, bold=True, colour=accent, space=(40, 40), line=264, keep_next=True),
        "Answer": Style("Answer", 21, colour=INK, space=(30, 30), line=276),
        "MoreRows": Style("More Rows", 18, colour=QUIET, space=(60, 160)),
        # of a plan
        "Remark": Style("Remark", 20, colour=OCHRE, space=(0, 80), line=276, keep_next=True),
        "Voice": Style(
            "Voice", 19, bold=True, colour=accent, space=(140, 30), line=252, keep_next=True, extra=(above,)
        ),
        "Owner": Style("Owner", 19, bold=True, colour=accent, space=(0, 60), line=252, keep_next=True),
        "Said": Style("Said", space=(0, 100), line=288),
        "Decision": Style("Decision", 18, bold=True, colour=OCHRE, space=(20, 10), line=245, keep_next=True),
        "Cell": Style("Cell", 20, space=(20, 20), line=257),
        "CellName": Style("Cell Name", 19, bold=True, space=(20, 20), line=257),
        "CellQuiet": Style("Cell Quiet", 19, colour=QUIET, space=(20, 20), line=257),
        "Who": Style("Who", 18, bold=True, colour=QUIET, space=(20, 20), line=257),
        "EntryHead": Style(
            "Entry Head",
            21,
            bold=True,
            colour=accent,
            space=(40, 30),
            line=257,
            keep_next=True,
            extra=(_tabs(("right", _RIGHT_EDGE_TWIPS - 200)),),
        ),
        "EntryLead": Style("Entry Lead", 21, space=(20, 40), line=270),
        "EntryLabel": Style("Entry Label", 18, colour=QUIET, space=(38, 20), line=257),
        "EntryQuestion": Style("Entry Question", 19, bold=True, space=(10, 10), line=250),
        "Gap": Style("Gap", 8, space=(0, 100), line=240, quick=False),
        "Spacer": Style("Spacer", 8, space=(0, 40), line=240, quick=False),
    }


def _paragraph(key: str, style: Style) -> XmlElement:
    """One w:style; the children of w:pPr stand in the order of the schema (17.3.1.26)."""
    extra = {etree.QName(element).localname: element for element in style.extra}
    before, after = style.space or (None, None)
    distances = {"before": before, "after": after, "line": style.line or None}
    attributes: dict[str, str | int] = {name: value for name, value in distances.items() if value is not None}
    if style.line:
        attributes["lineRule"] = "auto"
    spacing = w("spacing", **attributes) if attributes else None
    ppr = w(
        "pPr",
        w("keepNext") if style.keep_next else None,
        w("keepLines") if style.keep_lines else None,
        extra.get("numPr"),
        extra.get("pBdr"),
        extra.get("shd"),
        extra.get("tabs"),
        spacing,
        extra.get("ind"),
        w("outlineLvl", val=style.outline) if style.outline is not None else None,
    )
    rpr = w(
        "rPr",
        w("b") if style.bold else None,
        w("i") if style.italic else None,
        w("color", val=style.colour) if style.colour else None,
        w("sz", val=style.size) if style.size else None,
        w("szCs", val=style.size) if style.size else None,
    )
    return w(
        "style",
        w("name", val=style.name),
        w("basedOn", val=style.based_on),
        w("next", val=style.following) if style.following else None,
        w("qFormat") if style.quick else None,
        ppr,
        rpr if len(rpr) else None,
        type="paragraph",
        styleId=key,
        **({} if style.name[0].islower() or style.name in _WORDS_OWN else {"customStyle": 1}),
    )


_WORDS_OWN = frozenset(
    {"Title", "Subtitle", "List Bullet", "List Number", "List Bullet 2", "List Number 2", "TOC Heading"}
)


def _character_styles(colours: Palette) -> list[XmlElement]:
    return [
        w("style", w("name", val="Default Paragraph Font"), w("uiPriority", val=1), w("semiHidden"),
          type="character", default=1, styleId="DefaultParagraphFont"),
        w("style", w("name", val="Placeholder Text"), w("uiPriority", val=99), w("rPr", w("color", val=QUIET)),
          type="character", styleId="PlaceholderText"),
        w("style", w("name", val="Hyperlink"), w("uiPriority", val=99), w("rPr", w("color", val=colours.accent)),
          type="character", styleId="Hyperlink"),
        w("style", w("name", val="Required"), w("rPr", w("b", val=0), w("color", val=OCHRE), w("sz", val=18)),
          type="character", customStyle=1, styleId="Required"),
        w("style", w("name", val="Whose"), w("rPr", w("b"), w("color", val=INK), w("sz", val=19)),
          type="character", customStyle=1, styleId="Whose"),
        w("style", w("name", val="Label"), w("rPr", w("color", val=QUIET), w("sz", val=18)),
          type="character", customStyle=1, styleId="Label"),
    ]  # fmt: skip


def _table_styles(colours: Palette) -> list[XmlElement]:
    line = ("single", 4, colours.edge)
    grid = borders(
        "tblBorders", {"top": line, "left": line, "bottom": line, "right": line, "insideH": line, "insideV": line}
    )
    margins = w("tblCellMar", w("top", w=0, type="dxa"), w("left", w=100, type="dxa"), w("bottom", w=0, type="dxa"),
                w("right", w=100, type="dxa"))  # fmt: skip
    return [
        w("style", w("name", val="Normal Table"), w("uiPriority", val=99), w("semiHidden"),
          w("tblPr", w("tblInd", w=0, type="dxa"), margins),
          type="table", default=1, styleId="TableNormal"),
        w("style", w("name", val="Table Grid"), w("basedOn", val="TableNormal"), w("uiPriority", val=39),
          w("tblPr", grid), type="table", styleId="TableGrid"),
        w("style", w("name", val="No List"), w("uiPriority", val=99), w("semiHidden"),
          type="numbering", default=1, styleId="NoList"),
    ]  # fmt: skip


def styles_part(colours: Palette, language: str) -> XmlElement:
    """The root of the styles part."""
    fonts = w("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT)
    defaults = w(
        "docDefaults",
        w("rPrDefault", w("rPr", fonts, w("color", val=INK), w("sz", val=22), w("szCs", val=22),
                          w("lang", val=LANGUAGES[language], eastAsia=LANGUAGES[language], bidi="ar-SA"))),
        w("pPrDefault", w("pPr", w("spacing", after=120, line=300, lineRule="auto"))),
    )  # fmt: skip
    normal = w("style", w("name", val="Normal"), w("qFormat"), type="paragraph", default=1, styleId="Normal")
    return w(
        "styles",
        defaults,
        normal,
        *(_paragraph(key, style) for key, style in paragraph_styles(colours).items()),
        *_character_styles(colours),
        *_table_styles(colours),
    )
