"""Appearance streams of widgets: what a field looks like before a viewer draws it anew (ISO 32000-1, 12.5.5, 12.7.3.3)."""

from collections.abc import Iterator

from docgen.formats.pdf.fonts import FieldFont

FONT = "/SourceSans"  # the name of the field font in every resource dictionary
INK = "0.122 0.161 0.2"  # #1F2933
LINE = "0.443 0.518 0.557"  # #71848E
SIZE_PT = 11.0
SMALLEST_PT = 6.0
LEADING = 1.25  # em from line to line
INSET_PT = 2.0  # between the edge of a widget and its text, as viewers keep it

# A circle of four Bézier curves: how far the handles stand out, in radii.
_KAPPA = 0.5523


def wrap(text: str, width_pt: float, size_pt: float, font: FieldFont) -> list[str]:
    """The lines a text fills at a width; a word that is too long alone is broken."""
    room = width_pt / size_pt * font.font.units_per_em
    return [line for paragraph in text.split("\n") for line in _lines(paragraph, room, font)]


def _lines(paragraph: str, room: float, font: FieldFont) -> Iterator[str]:
    """The lines of one paragraph, in one pass: a line ends at its last blank, or where it is full if it has none."""
    start, blank, width, since_blank = 0, -1, 0, 0
    for at, character in enumerate(paragraph):
        advance = font.advance(character)
        width += advance
        since_blank += advance
        if character == " ":
            blank, since_blank = at, 0
        elif width > room and at > start:
            if blank > start:
                yield paragraph[start:blank]
                start, width = blank + 1, since_blank
            else:
                yield paragraph[start:at]
                start, width = at, advance
            blank = -1
    yield paragraph[start:]


def lines_needed(text: str, width_pt: float, font: FieldFont) -> int:
    """How many lines of the normal size a text fills in a widget of a width."""
    return len(wrap(font.printable(text), width_pt - 2 * INSET_PT, SIZE_PT, font))


def _fit(text: str, width: float, height: float, font: FieldFont, *, multiline: bool) -> tuple[float, list[str]]:
    """The largest size, from the normal one down, at which a text fits, and its lines."""
    size = SIZE_PT
    while True:
        lines = wrap(text, width, size, font) if multiline else [text.replace("\n", " ")]
        fits = (
            len(lines) * LEADING * size <= height if multiline else font.width(lines[0], size) <= width
        ) or size <= SMALLEST_PT
        if fits:
            return size, lines
        size -= 0.5


def text(value: str, width_pt: float, height_pt: float, font: FieldFont, *, multiline: bool) -> bytes:
    """The stream of a text or choice field: the value, in a box that starts at 0 0."""
    if not value:
        return b"/Tx BMC\nEMC\n"
    value = font.printable(value)
    size, lines = _fit(
        value, width_pt - 2 * INSET_PT, height_pt - 2 * INSET_PT if multiline else height_pt, font, multiline=multiline
    )
    if multiline:
        first = height_pt - INSET_PT - size
    else:
        first = (height_pt - font.font.cap_height / font.font.units_per_em * size) / 2
    shown = [f"<{''.join(f'{glyph:04X}' for glyph in font.glyphs(line))}> Tj" if line else "" for line in lines]
    body = "\nT*\n".join(shown)
    return (
        f"/Tx BMC\nq\n0 0 {width_pt:.2f} {height_pt:.2f} re W n\nBT\n{FONT} {size:g} Tf\n{INK} rg\n"
        f"{LEADING * size:.2f} TL\n{INSET_PT:g} {first:.2f} Td\n{body}\nET\nQ\nEMC\n"
    ).encode("ascii")


def check_box(width_pt: float, height_pt: float, *, on: bool) -> bytes:
    """A square, with a tick when it is on."""
    w, h = width_pt, height_pt
    tick = (
        f"{INK} RG 1.6 w 1 J 1 j\n{0.22 * w:.2f} {0.52 * h:.2f} m {0.42 * w:.2f} {0.28 * h:.2f} l "
        f"{0.8 * w:.2f} {0.76 * h:.2f} l S\n"
    )
    square = f"{LINE} RG 1 1 1 rg 0.9 w 0.5 0.5 {w - 1:.2f} {h - 1:.2f} re B\n"
    return f"q\n{square}{tick if on else ''}Q\n".encode("ascii")


def radio_button(width_pt: float, height_pt: float, *, on: bool) -> bytes:
    """A circle, with a dot when it is on."""
    outer = min(width_pt, height_pt) / 2 - 0.5
    ring = f"{LINE} RG 1 1 1 rg 0.9 w {_circle(width_pt / 2, height_pt / 2, outer)} B\n"
    dot = f"{INK} rg {_circle(width_pt / 2, height_pt / 2, outer * 0.52)} f\n"
    return f"q\n{ring}{dot if on else ''}Q\n".encode("ascii")


def _circle(x: float, y: float, radius: float) -> str:
    r, k = radius, radius * _KAPPA
    curves = (
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    )
    return f"{x + r:.2f} {y:.2f} m " + " ".join(" ".join(f"{value:.2f}" for value in curve) + " c" for curve in curves)
