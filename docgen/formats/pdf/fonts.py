"""The fonts a form is set in: Source Sans Pro, from the package font-source-sans-pro.

typst takes a folder and lets the order of the directory decide between .otf and .ttf of one style, so it is shown a
folder that holds each style once. The font of the fields is embedded by us, with all Latin letters, for whoever types.
"""

import atexit
import shutil
import tempfile
import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import font_source_sans_pro
import typst
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from docgen.formats.pdf.truetype import Font

FAMILY = "Source Sans Pro"
_STYLES = ("SourceSansPro-Regular", "SourceSansPro-It", "SourceSansPro-Semibold", "SourceSansPro-SemiboldIt")
_MISSING = "\N{BLACK SQUARE}"
_FOLDER = Path(font_source_sans_pro.font_directory)

# Latin with all its marks, typographic punctuation, currency and a few signs: what a viewer may need when a person types.
_TYPED = (*range(0x20, 0x250), *range(0x1E00, 0x1F00), *range(0x2000, 0x2070), *range(0x20A0, 0x20C0), 0x2116, 0x2122)


@cache
def for_layout() -> typst.Fonts:
    """The fonts typst may use, and no other."""
    folder = Path(tempfile.mkdtemp(prefix="docgen-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for style in _STYLES:
        shutil.copyfile(_FOLDER / f"{style}.ttf", folder / f"{style}.ttf")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


@cache
def for_fields() -> "FieldFont":
    """The font of what is typed into fields."""
    return FieldFont(_of("SourceSansPro-Regular"))


@cache
def _of(style: str) -> Font:
    return Font.from_bytes((_FOLDER / f"{style}.ttf").read_bytes())


def slants(text: str) -> bool:
    """The italic style has every character of a text (it has Latin letters only)."""
    return all(ord(character) in _of("SourceSansPro-It").glyphs for character in text)


@dataclass(frozen=True)
class FieldFont:
    """A font for appearances: text to glyphs, and the objects that embed it."""

    font: Font

    def has(self, character: str) -> bool:
        """The font has a glyph for a character."""
        return ord(character) in self.font.glyphs

    def printable(self, text: str) -> str:
        """A text as this font can show it: what it has no glyph for becomes a black square.

        PDF/UA allows no missing glyph on a page (ISO 14289-1, 7.21.7); the value of a field keeps every character.
        """
        return "".join(map(self._printable, unicodedata.normalize("NFC", text)))

    def _printable(self, character: str) -> str:
        if self.has(character) or character == "\n":
            return character
        if character == "\N{NON-BREAKING HYPHEN}":
            return "-"
        category = unicodedata.category(character)
        if category[0] == "Z" or character == "\t":
            return " "
        return "" if category in {"Cc", "Cf", "Mn"} else _MISSING

    def glyphs(self, text: str) -> list[int]:
        """The glyphs of a printable text."""
        return [self.font.glyphs[ord(character)] for character in text]

    def advance(self, character: str) -> int:
        """How wide a printable character is, in font units."""
        return self.font.widths[self.font.glyphs[ord(character)]]

    def width(self, text: str, size_pt: float) -> float:
        """How wide a line of text is, in points."""
        return sum(self.font.widths[glyph] for glyph in self.glyphs(text)) * size_pt / self.font.units_per_em

    def embedded(self, texts: Iterable[str]) -> tuple[DictionaryObject, tuple[StreamObject, ...]]:
        """A Type 0 font dictionary with all Latin letters and the characters of these texts (ISO 32000-1, 9.7).

        Gives it with the streams in it, which must become indirect objects.
        """
        beyond = {ord(character) for text in texts for character in text}.difference(_TYPED)
        used, length, deflated, to_unicode = _embeddable(self.font, tuple(sorted(beyond)))
        program = _deflated(deflated)
        program[NameObject("/Length1")] = NumberObject(length)
        return self._dictionary(sorted(set(used.values()))), (program, _deflated(to_unicode))

    def _dictionary(self, glyphs: list[int]) -> DictionaryObject:
        name = NameObject("/SourceSansPro-Regular")
        descriptor = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/FontDescriptor"),
                NameObject("/FontName"): name,
                NameObject("/Flags"): NumberObject(1 << 5),  # nonsymbolic (table 123)
                NameObject("/FontBBox"): ArrayObject(NumberObject(edge) for edge in self.font.box),
                NameObject("/ItalicAngle"): NumberObject(0),
                NameObject("/Ascent"): NumberObject(self.font.ascent),
                NameObject("/Descent"): NumberObject(self.font.descent),
                NameObject("/CapHeight"): NumberObject(self.font.cap_height),
                NameObject("/StemV"): NumberObject(84),
            }
        )
        widths = ArrayObject()
        for glyph in glyphs:
            widths.extend((NumberObject(glyph), ArrayObject([NumberObject(self.font.widths[glyph])])))
        descendant = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/CIDFontType2"),
                NameObject("/BaseFont"): name,
                NameObject("/CIDSystemInfo"): DictionaryObject(
                    {
                        NameObject("/Registry"): TextStringObject("Adobe"),
                        NameObject("/Ordering"): TextStringObject("Identity"),
                        NameObject("/Supplement"): NumberObject(0),
                    }
                ),
                NameObject("/FontDescriptor"): descriptor,
                NameObject("/DW"): NumberObject(self.font.widths[0]),
                NameObject("/W"): widths,
                NameObject("/CIDToGIDMap"): NameObject("/Identity"),
            }
        )
        return DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type0"),
                NameObject("/BaseFont"): name,
                NameObject("/Encoding"): NameObject("/Identity-H"),
                NameObject("/DescendantFonts"): ArrayObject([descendant]),
            }
        )


@cache
def _embeddable(font: Font, beyond: tuple[int, ...]) -> tuple[dict[int, int], int, bytes, bytes]:
    """The glyphs of all that may be typed and of characters beyond it; the length of a font of these; it and its CMap.

    The last two are deflated; nearly every form has the same.
    """
    codes = sorted({*_TYPED, *beyond})
    used = {code: font.glyphs[code] for code in codes if code in font.glyphs}
    program = font.with_only(used.values())
    return used, len(program), zlib.compress(program, 9), zlib.compress(_to_unicode(used), 9)


def _deflated(data: bytes) -> StreamObject:
    stream = StreamObject()
    stream._data = data  # noqa: SLF001 - pypdf has no public way to give a stream its encoded bytes
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    return stream


def number(value: float) -> FloatObject:
    """A real number with the two decimals that matter on paper."""
    return FloatObject(round(value, 2))


def _to_unicode(used: dict[int, int]) -> bytes:
    """The character of each glyph, for who copies or searches (ISO 32000-1, 9.10.3)."""
    by_glyph: dict[int, int] = {}
    for code, glyph in used.items():
        by_glyph.setdefault(glyph, code)
    lines = [f"<{glyph:04X}> <{code:04X}>" for glyph, code in sorted(by_glyph.items())]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode("ascii")
