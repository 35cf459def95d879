"""A table's columns and rows on its sheet: which there are, how wide, how many to spare."""

import math
from collections.abc import Iterator
from dataclasses import replace

from docgen.document import Slot, Table
from docgen.formats.excel import widths
from docgen.formats.excel.controls import control
from docgen.formats.excel.formulas import moved_to
from docgen.formats.excel.names import Unique, defined_name
from docgen.formats.excel.places import COL_FIRST, ID_HEADER, ColumnPlace, RowPlace
from docgen.locales import text as say

_LABEL_MAX = 38.0  # characters
_HEADER_LINES = 3


def columns(table: Table, names: Unique, language: str) -> Iterator[ColumnPlace]:
    """The columns, each under a name of its own and a header unlike the others'."""
    first = COL_FIRST + (1 if table.fixed else 0)
    headers = Unique(255, [say(language, "form.number"), table.row_label, ID_HEADER])
    for at, column in enumerate(table.columns):
        name = names.take(defined_name(f"{table.key}_{column.key}"))
        yield ColumnPlace(column, first + at, name, headers.take(_header(column.label, column.unit)))


def rows(table: Table, header_row: int) -> Iterator[RowPlace]:
    """The rows that are printed, and spare ones under them: a table on a protected sheet does not grow by itself."""
    for at, row in enumerate(table.rows, start=1):
        yield RowPlace(row.number, row.label, header_row + at, row.slots, printed=True)
    if table.fixed or not table.rows:
        return
    printed, last = len(table.rows), table.rows[-1]
    highest = max(row.number for row in table.rows)
    for at in range(1, max(3, math.ceil(printed / 4)) + 1):
        slots = tuple(_spare(table, slot, last.number, highest + at) for slot in last.slots)
        yield RowPlace(highest + at, "", header_row + printed + at, slots, printed=False)


def _spare(table: Table, pattern: Slot, old: int, new: int) -> Slot:
    slot = table.slot(new, pattern.address.column or "")
    if pattern.formula is None:
        return slot
    return replace(slot, read_only=True, formula=moved_to(pattern.formula, table.key, old, new))


def _header(label: str, unit: str) -> str:
    """A column's header on one line, for Excel's own table repeats it letter by letter."""
    text = " ".join(label.split())
    return f"{text} ({unit})" if unit else text


def column_widths(table: Table) -> Iterator[tuple[int, float]]:
    """The width each column of a table wants, by its place on the sheet."""
    first = COL_FIRST
    if table.fixed:
        longest = max((widths.measure(row.label) for row in table.rows), default=0.0)
        yield COL_FIRST, min(max(longest + 4, 16.0), _LABEL_MAX)
        first += 1
    for at, column in enumerate(table.columns):
        header = _header(column.label, column.unit)
        yield (
            first + at,
            max(
                control(column.spec).width(column.spec),
                widths.longest_word(header, bold=True) + 2.5,
                widths.measure(header, bold=True) / _HEADER_LINES + 4,
            ),
        )
