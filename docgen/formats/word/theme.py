"""The theme part (ECMA-376 part 1, 20.1.6.9): the family's colours in Word's own colour menu, and nothing else.

Every style names its colours and its font itself; Word asks for a theme all the same.
"""

from typing import Final

from lxml import etree
from lxml.builder import ElementMaker

from docgen.formats.opc import XmlElement
from docgen.formats.word.ooxml import NAMESPACES
from docgen.formats.word.palette import INK, LINE, OCHRE, PAPER, QUIET, WHITE, Palette
from docgen.formats.word.styles import FONT

_A: Final = ElementMaker(namespace=NAMESPACES["a"], nsmap={"a": NAMESPACES["a"]})


def theme_part(colours: Palette) -> XmlElement:
    """The root of the theme part."""
    named = {
        "dk1": INK, "lt1": WHITE, "dk2": colours.accent, "lt2": colours.tint, "accent1": colours.accent,
        "accent2": OCHRE, "accent3": LINE, "accent4": QUIET, "accent5": colours.edge, "accent6": PAPER,
        "hlink": colours.accent, "folHlink": QUIET,
    }  # fmt: skip
    scheme = _A.clrScheme(*(_A(name, _A.srgbClr(val=colour)) for name, colour in named.items()), name="docgen")
    fonts = _A.fontScheme(*(_A(name, *_faces()) for name in ("majorFont", "minorFont")), name="docgen")
    return _A.theme(_A.themeElements(scheme, fonts, _format_scheme()), name="docgen")


def _faces() -> list[etree._Element]:
    return [_A.latin(typeface=FONT), _A.ea(typeface=""), _A.cs(typeface="")]


def _format_scheme() -> etree._Element:
    """The least the schema takes: three each of fills, lines, effects and backgrounds (20.1.4.1.14)."""

    def fill() -> etree._Element:
        return _A.solidFill(_A.schemeClr(val="phClr"))

    return _A.fmtScheme(
        _A.fillStyleLst(*(fill() for _ in range(3))),
        _A.lnStyleLst(*(_A.ln(fill()) for _ in range(3))),
        _A.effectStyleLst(*(_A.effectStyle(_A.effectLst()) for _ in range(3))),
        _A.bgFillStyleLst(*(fill() for _ in range(3))),
        name="docgen",
    )
