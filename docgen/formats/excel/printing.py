"""How a sheet is laid on paper: which paper, upright or across, and where its pages end."""

import itertools
from collections.abc import Iterator

from docgen.formats.excel.places import SheetPlace

ROW_HEIGHT = 18  # points, of a row that says none
MARGINS = (0.5, 0.5, 0.7, 0.7)  # inches: left, right, top, bottom

A4, A3 = 9, 8  # paperSize, ECMA-376 part 1, 18.3.1.63
_SIDES = {A4: (595.0, 842.0), A3: (842.0, 1191.0)}  # points
_ACROSS = 118.0  # characters: a broader sheet is printed across
_BROADEST = 180.0  # characters: a broader one is printed on A3, or nobody could read it
_SAFE = 0.94  # of a page: programs differ a little in how tall they set a row


class Printing:
    """A sheet on paper."""

    def __init__(self, place: SheetPlace) -> None:
        self._place = place
        self._width = sum(place.widths.values())
        self.across = self._width > _ACROSS
        self.paper = A3 if self._width > _BROADEST else A4

    def breaks(self) -> Iterator[int]:
        """The rows before which a page ends, so that no table is cut in two that a page could hold.

        Excel keeps to them only when somebody turns off the fitting to a page's width; others always do.
        """
        room = self._page()
        starts = [*self._place.blocks, self._end()]
        used = self._height(0, starts[0]) if self._place.blocks else 0.0
        for start, end in itertools.pairwise(starts):
            height = self._height(start, end)
            if used and used + height > room and height <= room:
                yield start
                used = 0.0
            used = (used + height) % room if height > room else used + height

    def _page(self) -> float:
        """How many points of the sheet's rows a page holds, shrunk to its width."""
        short, long = _SIDES[self.paper]
        width, height = (long, short) if self.across else (short, long)
        left, right, top, bottom = (inches * 72 for inches in MARGINS)
        columns = sum((chars * 7 + 5) * 0.75 for chars in self._place.widths.values())
        scale = min(1.0, (width - left - right) / columns)
        return (height - top - bottom) / scale * _SAFE

    def _height(self, first: int, end: int) -> float:
        return sum(self._place.heights.get(row, ROW_HEIGHT) for row in range(first, end))

    def _end(self) -> int:
        rows = [text.row for text in self._place.texts]
        rows += [question.row for question in self._place.questions]
        rows += [table.last_row for table in self._place.tables]
        rows += [chart.last_row for chart in self._place.charts]
        return max(rows, default=0) + 1
