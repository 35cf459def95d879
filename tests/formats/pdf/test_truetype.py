"""The font reader agrees with fontTools, and what it makes is a font with the same outlines."""

import io
from pathlib import Path

import font_source_sans_pro
import pytest

from docgen.formats.pdf import fonts
from docgen.formats.pdf.truetype import Font

pytest.importorskip("fontTools")
from fontTools.ttLib import TTFont

FILE = Path(font_source_sans_pro.font_directory) / "SourceSansPro-Regular.ttf"
LETTERS = "Åäö Łódź Győr Čeština ș ☐ ½ ﬁ"


def test_glyphs_and_widths_are_those_of_fonttools() -> None:
    font, judge = Font.from_bytes(FILE.read_bytes()), TTFont(FILE)
    order = judge.getGlyphOrder()
    wanted = {code: judge.getGlyphID(name) for code, name in judge.getBestCmap().items() if code < 0xFFFF}
    assert font.glyphs == wanted
    assert font.widths == tuple(judge["hmtx"][name][0] for name in order)
    assert (font.units_per_em, font.cap_height) == (judge["head"].unitsPerEm, judge["OS/2"].sCapHeight)


def test_a_smaller_font_draws_the_same_letters() -> None:
    font = Font.from_bytes(FILE.read_bytes())
    glyphs = [font.glyphs[ord(letter)] for letter in LETTERS if ord(letter) in font.glyphs]
    small, whole = TTFont(io.BytesIO(font.with_only(glyphs))), TTFont(FILE)
    order = whole.getGlyphOrder()
    small.setGlyphOrder(order)
    for glyph in glyphs:
        name = order[glyph]
        assert (
            small["glyf"][name].getCoordinates(small["glyf"])[0] == whole["glyf"][name].getCoordinates(whole["glyf"])[0]
        )
    assert len(font.with_only(glyphs)) < FILE.stat().st_size / 5


def test_what_the_font_lacks_is_shown_as_a_square_and_marks_join_their_letter() -> None:
    font = fonts.for_fields()
    assert font.printable("A\u030a 中\u200b\tx\u2011y\nz") == "Å ■ x-y\nz"
