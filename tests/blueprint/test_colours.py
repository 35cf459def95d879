"""Contrast by WCAG 2.2, with values known from elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.blueprint.colours import LEAST_CONTRAST, contrast, nearest_readable, tint

_COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#FFFFFF", 21), ("#FFFFFF", "#FFFFFF", 1), ("#777777", "#FFFFFF", 4.48), ("#0B4F5C", "#FFFFFF", 9.2)],
)
def test_known_ratios(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.05)
    assert contrast(other, one) == contrast(one, other)


@given(_COLOURS)
def test_the_nearest_readable_colour_is_readable_and_stays_if_it_was(colour: str) -> None:
    nearest = nearest_readable(colour)
    assert contrast(nearest, "#FFFFFF") >= LEAST_CONTRAST
    assert contrast(colour, "#FFFFFF") < LEAST_CONTRAST or nearest == colour


@given(_COLOURS)
def test_tints(colour: str) -> None:
    assert tint(colour, 0) == "#FFFFFF"
    assert tint(colour, 1) == colour
