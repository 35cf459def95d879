"""A section of the merged plan on its sheet: to be read, but for what the group decides."""

import math
from collections.abc import Iterator

from docgen.document import FIXED, PARTNER, Block, Chart, Section, Table, Voices
from docgen.formats.excel import grid, printing, widths
from docgen.formats.excel.charting import height_of
from docgen.formats.excel.ooxml import MAX_TEXT
from docgen.formats.excel.places import COL_FIRST, COL_NUMBER, ChartPlace, Run, SheetPlace
from docgen.formats.excel.sheet import Sheet
from docgen.locales import text as say
from docgen.series import Series

_SAID_WIDTH = 70.0  # characters, of what an organisation said
_CHART_WIDTH = 104.0  # characters
_MOST_LINES = 28  # of text in a row, which can be 409 points tall


class PlanSheet(Sheet):
    """Places one section of the merged plan."""

    def placed(self, section: Section) -> SheetPlace:
        """Where everything of the section stands."""
        self._lone = sum(not isinstance(block, Chart) for block in section.blocks) == 1
        return super().placed(section)

    def _block(self, block: Block | Series) -> None:
        match block:
            case Voices():
                self.place.blocks.append(self.row)
                self._voices(block)
            case Chart():
                self.place.blocks.append(self.row)
                self._chart(block)
            case _:
                super()._block(block)

    def _widths(self, blocks: list[Block | Series]) -> None:
        super()._widths(blocks)
        for questions in (block.questions for block in blocks if isinstance(block, Series)):
            for col, question in enumerate(questions, start=COL_FIRST + 1):
                needed = grid.width_of_number(question.slot.spec, question.slot.value)
                self.place.widths[col] = max(self.place.widths[col], needed)
        for table in (block for block in blocks if isinstance(block, Table)):
            header = widths.measure(self._number_header(table), bold=True) + (6 if grid.is_merged(table) else 3)
            self.place.widths[COL_NUMBER] = max(self.place.widths[COL_NUMBER], header)
        if any(isinstance(block, Voices) for block in blocks):
            wanted = self.place.widths
            wanted[COL_FIRST] = max(wanted[COL_FIRST], 24.0)
            last = max(wanted)
            if last == COL_FIRST:
                last += 1
                wanted[last] = 0.0
            wanted[last] += max(0.0, _SAID_WIDTH - self._room(COL_FIRST + 1, last))
            self.place.last_col = last
            self.guide_to = self._reach(wanted, COL_NUMBER, _SAID_WIDTH + 24)

    def _number_header(self, table: Table) -> str:
        """What a row is called elsewhere, in references to it."""
        named = grid.is_merged(table) and table.row_label != say(self.language, "form.row")
        return table.row_label if named else super()._number_header(table)

    def _freeze(self) -> None:
        """Keeps in view whose each row is, too."""
        super()._freeze()
        rows, columns = self.place.freeze
        leading = [sum(column.key in {PARTNER, FIXED} for column in table.table.columns) for table in self.place.tables]
        if columns and any(leading):
            columns = max(columns, COL_FIRST + max(leading))
        self.place.freeze = (rows, columns)

    def _above(self, table: Table) -> None:
        """A lone table needs no title under the band."""
        if not self._lone:
            super()._above(table)

    # what only the merged plan holds

    def _voices(self, voices: Voices) -> None:
        self.heads = ()
        self._put((Run(voices.label),), "title", COL_NUMBER, self.guide_to)
        self.place.heights[self.row] = max(26.0, 8 + 16 * self._lines(voices.label, self.guide_to))
        self.row += 1
        if voices.remark:
            self._put((Run(voices.remark),), "note", COL_NUMBER, self.guide_to)
            self.row += 1
        for names, text in voices.entries:
            for at, piece in enumerate(pieces(text, self._room(COL_FIRST + 1, self.guide_to))):
                if not at:
                    self._put((Run(names),), "voice-name", COL_NUMBER, COL_FIRST)
                self._put((Run(piece),), "voice", COL_FIRST + 1, self.guide_to)
                needed = max(
                    self._lines(piece, self.guide_to, COL_FIRST + 1), 0 if at else self._lines(names, COL_FIRST)
                )
                self.place.heights[self.row] = min(10 + needed * widths.LINE_10_PT, widths.TALLEST)
                self.row += 1
        self.row += 1

    def _lines(self, text: str, last: int, first: int = COL_NUMBER) -> int:
        return widths.lines(text, self._room(first, last), bold=first == COL_NUMBER)

    def _chart(self, chart: Chart) -> None:
        self.heads = ()
        first, last = COL_NUMBER, self._reach(self.place.widths, COL_NUMBER, _CHART_WIDTH)
        width = round(sum(self.place.widths[col] * 7 + 5 for col in range(first, last + 1)))
        height = height_of(chart)
        rows = math.ceil(height * 0.75 / printing.ROW_HEIGHT)
        self.place.heights[self.row] = 10
        self.row += 1
        self.place.charts.append(ChartPlace(chart, self.row, first, self.row + rows, min(width, 900), height))
        self.row += rows + 2


def pieces(text: str, room: float) -> Iterator[str]:
    """A text in pieces that a row can show and a cell can hold, cut between lines or else between words."""
    held = ""
    for word in _words(text):
        if held and (len(held) + len(word) > MAX_TEXT or widths.lines(held + word, room) > _MOST_LINES):
            yield held.rstrip("\n ")
            held = word.lstrip("\n ")
        else:
            held += word
    yield held


def _words(text: str) -> Iterator[str]:
    """The lines of a text if they are short, else its words; put together they are the text."""
    for line in text.splitlines(keepends=True):
        if len(line) <= 400:
            yield line
        else:
            parts = line.split(" ")
            yield from (part + " " for part in parts[:-1])
            yield parts[-1]
