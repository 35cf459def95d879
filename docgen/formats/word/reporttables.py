"""The tables of a merged plan: as report tables where their columns find room side by side, else row by row as entries.

What partners answered is printed; only what the group decides keeps its control. The columns :data:`PARTNER` and
:data:`FIXED` hold whose a row is, and the label of a fixed row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from docgen.document import FIXED, PARTNER, Column, Row, Table
from docgen.fields import FIELD_TYPES
from docgen.formats.word import entries, measure
from docgen.formats.word.cells import Answer, Block, Cell, Fixed, Grid, GridRow, said, title_of
from docgen.formats.word.ooxml import TEXT_WIDTH_TWIPS
from docgen.formats.word.printed import (
    by_column,
    decided,
    is_numbered,
    is_tally,
    text_in,
    words_of,
)
from docgen.formats.word.tables import NUMBER_TWIPS, row_noun
from docgen.locales import text as say

MOST_WORD_TWIPS = 2600  # a longer word (an address, a link) is broken
CONTROL_TWIPS = 1700  # what a control needs at least
SHORT_TEXT_TWIPS = 1350  # a text up to this stays on one line if there is room for it
NATURAL_TWIPS = 4200  # a text wider than this wraps
LONG_ROW_LINES = 2.5  # rows this tall on average are hard to follow across
MANY_COLUMNS = 6  # and so are rows this wide
TALL_ROW_LINES = 7  # rows this tall on average read better as entries
SHORT_TWIPS = 3000  # a table up to a fifth of a page is not torn apart
_HEAD = 19  # half-points of a header's type

_Align = Literal["", "center", "right"]


@dataclass(frozen=True)
class _Col:
    """A printed column: its key (or what the writer adds), its header, and how it is set.

    ``group`` is the column whose runs of equal cells belong together.
    """

    key: str
    head: str
    align: _Align = ""
    decides: bool = False
    group: bool = False
    column: Column | None = None


def blocks(table: Table, language: str) -> Iterator[Block]:
    """A table under its heading."""
    if table.label:
        yield said("Heading2", table.label)
    columns = _columns(table, language)
    if is_tally(table):
        yield _tally(table, columns)
        return
    owners = {text_in(row, PARTNER) for row in table.rows}
    if len(owners) == 1 and any(column.key == PARTNER for column in columns):
        narrower = [column for column in columns if column.key != PARTNER]
        widths = _fitting(table, narrower)
        if widths is not None:  # one name above says it for all rows
            yield said("Owner", owners.pop())
            yield _grid(table, narrower, widths, language)
            return
    widths = _fitting(table, columns)
    if widths is None:
        yield from entries.blocks(table, language)
    else:
        yield _grid(table, columns, widths, language)


def _columns(table: Table, language: str) -> list[_Col]:
    """The columns as printed: the row's number or label first, where it has one of its own."""
    found = []
    if table.fixed:
        found.append(_Col("label", row_noun(table, language)))
    elif is_numbered(table):
        found.append(_Col("number", say(language, "form.number")))
    leading = next((column.key for column in table.columns if column.key in {PARTNER, FIXED}), "")
    for column in table.columns:
        slots = [slot for row in table.rows if (slot := by_column(row).get(column.key)) is not None]
        numeric = FIELD_TYPES[column.spec.type].numeric
        align: _Align = "center" if numeric and is_tally(table) else "right" if numeric else ""
        decides = any(decided(slot) for slot in slots)
        head = title_of(column.label, column.unit)
        found.append(_Col(column.key, head, align, decides, column.key == leading, column))
    return found


def _text(column: _Col, row: Row) -> str:
    if column.column is None:
        return row.label if column.key == "label" else str(row.number)
    return text_in(row, column.key)


def _least(table: Table, column: _Col) -> int:
    """The narrowest a column can be: its longest word."""
    words = [measure.longest_word(_text(column, row)) for row in table.rows]
    if column.key == "number" and any(each.total for each in table.columns):  # the word for a sum may stand here alone
        words.append(measure.width(say(table.columns[0].spec.language, "form.total"), _HEAD, bold=True))
    longest = max([measure.longest_word(column.head, _HEAD, bold=True), *words])
    least = CONTROL_TWIPS if column.decides else NUMBER_TWIPS if column.key == "number" else 0
    return max(min(longest, MOST_WORD_TWIPS) + measure.MARGIN_TWIPS, least)


def _natural(table: Table, column: _Col, most: int = NATURAL_TWIPS) -> int:
    """As wide as a column is when nothing in it wraps, within reason."""
    texts = [measure.longest_line(_text(column, row), bold=column.group) for row in table.rows]
    longest = max([measure.longest_line(column.head, _HEAD, bold=True), *texts])
    return max(min(longest, most) + measure.MARGIN_TWIPS, _least(table, column))


def _unbroken(table: Table, column: _Col) -> int:
    """What a column needs so that nothing short in it (a quarter, a telephone number) wraps."""
    texts = [measure.longest_line(_text(column, row)) for row in table.rows]
    return max([each for each in texts if each <= SHORT_TEXT_TWIPS], default=0) + measure.MARGIN_TWIPS


def _fitting(table: Table, columns: Sequence[_Col]) -> list[int] | None:
    """The widths of the columns side by side; None where they find no room, or rows would be tall and narrow."""
    least = [_least(table, column) for column in columns]
    if table.cards or sum(least) > TEXT_WIDTH_TWIPS:
        return None
    natural = [_natural(table, column) for column in columns]
    unbroken = [max(need, _unbroken(table, column)) for need, column in zip(least, columns, strict=True)]
    widths = measure.shares(unbroken if sum(unbroken) <= TEXT_WIDTH_TWIPS else least, natural)
    return None if _mean_lines(table, columns, widths) > TALL_ROW_LINES else widths


def _lines(row: Row, columns: Sequence[_Col], widths: Sequence[int]) -> int:
    rooms = [width - measure.MARGIN_TWIPS for width in widths]
    return max(measure.lines(_text(column, row), room) for column, room in zip(columns, rooms, strict=True))


def _mean_lines(table: Table, columns: Sequence[_Col], widths: Sequence[int]) -> float:
    return sum(_lines(row, columns, widths) for row in table.rows) / max(1, len(table.rows))


def _grid(table: Table, columns: Sequence[_Col], widths: Sequence[int], language: str) -> Grid:
    """A report table: a header that repeats, light rules, a name in bold where its rows begin."""
    lines = [_lines(row, columns, widths) for row in table.rows]
    long = _mean_lines(table, columns, widths) > LONG_ROW_LINES or len(columns) >= MANY_COLUMNS
    zebra = long and len(table.rows) > 3
    leading = next((column for column in columns if column.group), None)
    groups = [_text(leading, row) if leading else str(row.number) for row in table.rows]
    grouped = len(set(groups)) < len(groups)
    short = sum(lines) * measure.LINE_TWIPS + len(lines) * 100 <= SHORT_TWIPS
    rows = [_head(columns, language)]
    for place, row in enumerate(table.rows):
        again = place > 0 and groups[place] == groups[place - 1]
        cells = tuple(_cell(column, row, again=again) for column in columns)
        rows.append(
            GridRow(
                cells,
                keep=short,
                shaded=zebra and place % 2 == 1,
                opens=grouped and not again and place > 0,
                whole=lines[place] <= entries.SPLIT_LINES,
            )
        )
    total = _total(table, columns, language)
    if total is not None:
        rows[-1] = replace(rows[-1], keep=True)
        rows.append(total)
    rows[-1] = replace(rows[-1], keep=False)
    return Grid("report", tuple(rows), tuple(widths), title=table.label)


def _head(columns: Sequence[_Col], language: str) -> GridRow:
    cells = []
    for column in columns:
        above = (said("Decision", say(language, "word.decision")),) if column.decides else ()
        cells.append(Fixed((*above, said("ColumnHead", column.head)), column.align))
    return GridRow(tuple(cells), head=True, keep=True)


def _cell(column: _Col, row: Row, *, again: bool) -> Cell:
    slot = by_column(row).get(column.key)
    if slot is not None and decided(slot):
        return Answer(slot)
    text = _text(column, row)
    if column.group:
        return Fixed(words_of(text, "CellQuiet" if again else "CellName"))
    if column.column is None or column.key == PARTNER:
        return Fixed((said("CellQuiet" if column.key == "number" else "CellName", text),))
    # What was not understood as a number is words, and stands as words do.
    is_words = slot is not None and not FIELD_TYPES[slot.spec.type].numeric
    return Fixed(words_of(text, "Cell"), "" if is_words and column.align == "right" else column.align)


def _total(table: Table, columns: Sequence[_Col], language: str) -> GridRow | None:
    """The sums of what stands above, where the blueprint wants them; the word stands before the first of them."""
    summed = [place for place, each in enumerate(columns) if each.column is not None and each.column.total]
    if not summed or len(table.rows) < 2:
        return None
    first = max(summed[0], 1)
    cells = [Fixed((said("CellName", say(language, "form.total")),))]
    cells += [Fixed((said("CellName", _sum(table, each)),), each.align) for each in columns[first:]]
    return GridRow(tuple(cells), opens=True, spans=(first, *(1 for _ in columns[first:])))


def _sum(table: Table, column: _Col) -> str:
    if column.column is None or not column.column.total:
        return ""
    values = [slot.value for row in table.rows if (slot := by_column(row).get(column.key)) is not None]
    numbers = [Decimal(value) for value in values if isinstance(value, int | Decimal) and not isinstance(value, bool)]
    spec = column.column.spec
    return FIELD_TYPES[spec.type].show(sum(numbers, Decimal(0)), spec) if numbers else ""


def _tally(table: Table, columns: Sequence[_Col]) -> Grid:
    """Counts, as narrow as they are, so that the eye need not travel."""
    least = [_least(table, column) for column in columns]
    natural = [_natural(table, column, most=TEXT_WIDTH_TWIPS) for column in columns]
    widths = measure.shares(least, natural, stretch=False)
    if sum(widths) > TEXT_WIDTH_TWIPS:
        widths = [width * TEXT_WIDTH_TWIPS // sum(widths) for width in widths]
    rows = [
        GridRow(tuple(Fixed((said("ColumnHead", each.head),), each.align) for each in columns), head=True, keep=True)
    ]
    for row in table.rows:
        cells = []
        for place, column in enumerate(columns):
            text = _text(column, row)
            style = "CellQuiet" if column.align and text == "0" else "CellName" if column.align or not place else "Cell"
            cells.append(Fixed(words_of(text, style), column.align))
        rows.append(GridRow(tuple(cells), keep=len(table.rows) < 12))
    rows[-1] = replace(rows[-1], keep=False)
    return Grid("tally", tuple(rows), tuple(widths), title=table.label)
