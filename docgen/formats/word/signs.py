"""The characters that the elements of a run stand for (17.3.3)."""

import re
from typing import Final

from docgen.formats.opc import XmlElement
from docgen.formats.word.ooxml import SPACE, W

SIGNS: Final = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
    f"{W}softHyphen": "\N{SOFT HYPHEN}",
}
FALSE: Final = frozenset({"0", "false", "off"})

# What the signs of a font for symbols are in Unicode; their codes stand in the private area from F000.
# fmt: off
_WINGDINGS: Final = {
    0xFE: "☑", 0xFD: "☒", 0xA8: "☐", 0x6F: "☐", 0xFC: "✓", 0xFB: "✗",
    0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0xDF: "←", 0xE0: "→", 0xE8: "→", 0xF3: "⇔",  # what Word makes of :-) and -->
}
_WINGDINGS_2: Final = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐"}
_SYMBOL: Final = {
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    0xA3: "≤", 0xA5: "∞", 0xAC: "←", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB9: "≠",
}
# fmt: on
_FONTS: Final = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_PRIVATE: Final = re.compile("[" + "".join(chr(0xF000 + code) for code in _WINGDINGS) + "]")
_BLANKS: Final = " \t\r\n"


def flag(element: XmlElement | None) -> bool:
    """An on/off property (17.17.4): there, and not switched off."""
    return element is not None and element.get(f"{W}val", "1") not in FALSE


def text_of(element: XmlElement) -> str:
    """The words of an element, whatever comment an editor put between them.

    Word drops blanks at either end that are not said to be kept (17.3.3.31), but never writes any: programs that do
    meant them. Only an indentation, which begins or ends with a new line, is none of the words.
    """
    text = str(element.xpath("string()")) if len(element) else element.text or ""
    if "\n" in text and not _keeps_blanks(element):
        text = _without_indentation(text[::-1])[::-1]
        text = _without_indentation(text)
    return _PRIVATE.sub(lambda sign: in_font(ord(sign[0]), "wingdings"), text)


def _keeps_blanks(element: XmlElement) -> bool:
    said = (each.get(SPACE) for each in (element, *element.iterancestors()))
    return next((each for each in said if each), "default") == "preserve"


def _without_indentation(text: str) -> str:
    words = text.lstrip(_BLANKS)
    return words if "\n" in text[: len(text) - len(words)] else text


def symbol(element: XmlElement) -> str:
    """The character of ``w:sym`` (17.3.3.30), "" where it says none."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    if code & 0xFF00 == 0xF000:
        return in_font(code, element.get(f"{W}font", ""))
    return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def in_font(code: int, font: str) -> str:
    """The character of a code from F000 on in a font for symbols; in one nobody knows, what the code's end says."""
    low = code & 0xFF
    return _FONTS.get(font.strip().casefold(), _WINGDINGS).get(low, chr(low) if low >= 0x20 else "")
