"""Charts of Excel's own: horizontal bars in the theme's colours, each with its number, and with its name where there are several.

DrawingML charts, ECMA-376 part 1, 21.2.
"""

from collections.abc import Iterator
from typing import Any

from docgen.document import Chart, ChartLine, Theme
from docgen.formats.excel.controls import control
from docgen.formats.excel.formulas import Spot, Spots
from docgen.formats.excel.look import FONT, INK, OCHRE, QUIET, tint
from docgen.formats.excel.names import a1_range
from docgen.formats.excel.places import COL_FIRST, ChartPlace, SheetPlace
from docgen.formats.excel.widths import measure

_TITLE, _TEXT = 11, 9  # points
_DIGIT = 7  # pixels of a digit
ABOVE, BELOW = 36, 8  # pixels over and under the bars
_BAR, _LONE_BAR, _BETWEEN = 17, 16, 12  # pixels: a bar among others, one by itself, what lies between groups
_LEGEND = 24  # pixels
_LABEL_TO_HEIGHT = 3.2  # LibreOffice breaks a label that is longer than a share of the chart's height


def draw(workbook: Any, sheet: Any, theme: Theme, spots: Spots, place: SheetPlace, placed: ChartPlace) -> None:
    """Puts a chart on its sheet. Its numbers are those of the cells, so that it follows them."""
    chart = workbook.add_chart({"type": "bar"})
    for line, colour in zip(placed.chart.lines, colours(placed.chart, theme), strict=True):
        found = [spot for address in line.addresses if (spot := spots.cell(address)) is not None]
        chart.add_series(_series(place, placed.chart, line, found, colour, named=has_names(placed.chart)))
    _dress(chart, placed)
    chart.set_size({"width": placed.width, "height": placed.height})
    sheet.insert_chart(
        placed.row,
        placed.col,
        chart,
        {"description": placed.chart.alternative, "object_position": 1, "x_offset": 4, "y_offset": 2},
    )


def colours(chart: Chart, theme: Theme) -> Iterator[str]:
    """A colour a line: tints of the theme's, and of ochre for those that stand against the others."""
    count = {True: 0, False: 0}
    for line in chart.lines:
        yield tint(OCHRE if line.against else theme.colour, (1.0, 0.55, 0.3)[min(count[line.against], 2)])
        count[line.against] += 1


def _series(
    place: SheetPlace, chart: Chart, line: ChartLine, spots: list[Spot], colour: str, *, named: bool
) -> dict[str, Any]:
    first, last = spots[0], spots[-1]
    values = a1_range((first.row, first.col), (last.row, last.col), first.sheet)
    return {
        "name": line.label,
        "categories": "=" + _categories(place, first, last),
        "values": "=" + values,
        "fill": {"color": colour},
        "border": {"none": True},
        "gap": 55,
        "overlap": -8,
        "data_labels": {
            "value": True,
            "series_name": named,
            "separator": " ",
            "position": "outside_end",
            "num_format": _format(chart),
            "font": _font(_TEXT),
            "custom": [None if value else {"delete": True} for value in line.values],  # nothing to label
        },
    }


def _categories(place: SheetPlace, first: Spot, last: Spot) -> str:
    """The cells that say what the numbers are of: headings over them, or the labels of their rows."""
    if first.row != last.row:
        return a1_range((first.row, COL_FIRST), (last.row, COL_FIRST), first.sheet)
    row = max(text.row for text in place.texts if text.style == "head" and text.row < first.row)
    return a1_range((row, first.col), (row, last.col), first.sheet)


def _format(chart: Chart) -> str:
    return control(chart.spec).number_format(chart.spec)


def _font(size: int, colour: str = INK, *, bold: bool = False) -> dict[str, Any]:
    return {"name": FONT, "size": size, "color": colour, "bold": bold}


def _dress(chart: Any, placed: ChartPlace) -> None:
    shown = placed.chart
    title = {"name": shown.label, "name_font": _font(_TITLE, bold=True), "overlay": True}
    chart.set_title(title | {"layout": {"x": 0.01, "y": 4 / placed.height}})
    legend = len(shown.lines) > 1 and not has_names(shown)
    chart.set_legend({"position": "bottom", "font": _font(_TEXT)} if legend else {"none": True})
    chart.set_y_axis(
        {
            "reverse": True,
            "num_font": _font(_TEXT),
            "line": {"color": QUIET},
            "major_tick_mark": "none",
            "major_gridlines": {"visible": False},
            "label_position": "low",
        }
    )
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "num_format": _format(shown)})
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": "#FFFFFF"}})
    chart.set_plotarea({"layout": _layout(placed), "fill": {"none": True}})


def _layout(placed: ChartPlace) -> dict[str, float]:
    """Where the bars are drawn, as shares of the chart: labels before them, the longest bar's number behind it."""
    longest = max(measure(category, _TEXT) for category in placed.chart.categories)
    left = min(longest * _DIGIT + 24, placed.width * 0.35)
    named = has_names(placed.chart)
    right = min(40 + _longest(placed.chart) if named else 80, placed.width * 0.4)
    below = BELOW if named or len(placed.chart.lines) == 1 else BELOW + _LEGEND
    return {
        "x": left / placed.width,
        "y": ABOVE / placed.height,
        "width": (placed.width - left - right) / placed.width,
        "height": (placed.height - ABOVE - below) / placed.height,
    }


def height_of(chart: Chart) -> int:
    """The pixels a chart needs from top to bottom."""
    least = _least(chart) + (0 if has_names(chart) else _LEGEND * (len(chart.lines) > 1))
    return round(max(least, _longest(chart) * _LABEL_TO_HEIGHT)) if has_names(chart) else least


def has_names(chart: Chart) -> bool:
    """Whether each bar says what it is. If names are too long for that, or there is one only, it does not."""
    return len(chart.lines) > 1 and _longest(chart) * _LABEL_TO_HEIGHT <= _least(chart) * 1.5


def _least(chart: Chart) -> int:
    bars = len(chart.lines) * (_BAR if len(chart.lines) > 1 else _LONE_BAR)
    return ABOVE + BELOW + len(chart.categories) * (bars + _BETWEEN)


def _longest(chart: Chart) -> float:
    """The pixels of the longest name with its number."""
    return max(measure(f"{line.label} 0 000", _TEXT) for line in chart.lines) * _DIGIT
