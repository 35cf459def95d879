"""The colours of a document, all from one: shares of it for backgrounds, and inks that are readable on them."""

from dataclasses import dataclass

MIN_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3
INK = "1F2933"
QUIET = "52606D"  # small print: 6.5:1 on white
PAPER = "FFFBF0"  # warm white: where people write
LINE = "71848E"  # around what is to be filled in: 3.9:1 on white (1.4.11 asks 3:1)
OCHRE = "8A5A00"
WHITE = "FFFFFF"


@dataclass(frozen=True)
class Palette:
    """Colours as ``RRGGBB``.

    ``accent`` is for headings and rules, ``tint`` behind guidance and heads, ``edge`` for light rules.
    """

    accent: str
    tint: str
    edge: str


def palette(colour: str) -> Palette:
    """The palette of a theme's ``#RRGGBB``; an accent too pale to read on its own tint is darkened until it is not."""
    accent = colour.lstrip("#").upper()
    while contrast(accent, mix(accent, WHITE, 0.1)) < MIN_CONTRAST:
        accent = mix(accent, "000000", 0.9)
    return Palette(accent, mix(accent, WHITE, 0.09), mix(accent, WHITE, 0.28))


def mix(one: str, other: str, share: float) -> str:
    """``share`` of one colour in another."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "".join(f"{round(first * share + second * (1 - share)):02X}" for first, second in pairs)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
