"""Contrast of colours (WCAG 2.2, definitions of relative luminance and contrast ratio)."""

import colorsys

LEAST_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours written ``#RRGGBB``: 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def tint(colour: str, share: float) -> str:
    """The colour mixed with white; ``share`` is the part of the colour, 0 to 1."""
    mixed = (round(255 * (1 - share * (1 - channel))) for channel in _channels(colour))
    return "#" + "".join(f"{channel:02X}" for channel in mixed)


def nearest_readable(colour: str, paper: str = "#FFFFFF") -> str:
    """The same hue, darkened just enough to be read on paper."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    while contrast(colour, paper) < LEAST_CONTRAST and lightness > 0:
        lightness = max(0.0, lightness - 0.005)
        colour = "#" + "".join(f"{round(255 * part):02X}" for part in colorsys.hls_to_rgb(hue, lightness, saturation))
    return colour
