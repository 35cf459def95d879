"""A table's columns and rows on its sheet: which there are, how wide, how many to spare."""

import math
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from docgen.blueprint.calculation import moved
from docgen.document import FIXED, PARTNER, Slot, Table
from docgen.fields import FIELD_TYPES, Spec
from docgen.formats.excel import widths
from docgen.formats.excel.controls import control
from docgen.formats.excel.names import Unique, defined_name
from docgen.formats.excel.places import COL_FIRST, ID_HEADER, ColumnPlace, RowPlace, added
from docgen.values import Value

_LABEL_MIN, _LABEL_MAX = 16.0, 38.0  # characters
_LEAST, _READ_MAX, _PROSE = 9.0, 30.0, 46.0  # of a column to read: the least, one of short answers, one of prose
_HEADER_LINES = 3


def columns(table: Table, names: Unique, number_header: str) -> Iterator[ColumnPlace]:
    """The columns, each under a name of its own and a header unlike the others'."""
    first = COL_FIRST + (1 if table.fixed else 0)
    headers = Unique(255, [number_header, table.row_label, ID_HEADER])
    for at, column in enumerate(table.columns):
        name = names.take(defined_name(f"{table.key}_{column.key}"))
        yield ColumnPlace(column, first + at, name, headers.take(_header(column.label, column.unit)))


def is_merged(table: Table) -> bool:
    """Whether its rows are those of several organisations."""
    return any(column.key == PARTNER for column in table.columns)


def is_printed(table: Table) -> bool:
    """Whether its rows stand there to be read, as in a merged plan: those of organisations, or what nobody fills in."""
    return is_merged(table) or all(
        slot.read_only or slot.formula is not None for row in table.rows for slot in row.slots
    )


def rows(table: Table, header_row: int, *, spare: bool) -> Iterator[RowPlace]:
    """The rows that are printed, and spare ones under them: a table on a protected sheet does not grow by itself."""
    for at, row in enumerate(table.rows, start=1):
        yield RowPlace(row.number, row.label, header_row + at, row.slots, printed=True)
    if not spare or not table.rows:
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
    return replace(slot, read_only=True, formula=moved(pattern.formula, (table.key, old), (table.key, new)))


def _header(label: str, unit: str) -> str:
    """A column's header on one line, for Excel's own table repeats it letter by letter."""
    text = " ".join(label.split())
    return f"{text} ({unit})" if unit else text


def column_widths(table: Table) -> Iterator[tuple[int, float]]:
    """The width each column of a table wants, by its place on the sheet."""
    first = COL_FIRST
    if table.fixed:
        longest = max((widths.measure(row.label) for row in table.rows), default=0.0)
        yield COL_FIRST, min(max(longest + 4, _LABEL_MIN), _LABEL_MAX)
        first += 1
    button = 3.0 if is_merged(table) else 0.0  # the arrow of a filter
    for at, column in enumerate(table.columns):
        header = _header(column.label, column.unit)
        yield (
            first + at,
            max(
                _content_width(table, at) if is_printed(table) else control(column.spec).width(column.spec),
                widths.longest_word(header, bold=True) + 2.5 + button,
                widths.measure(header, bold=True) / _HEADER_LINES + 4 + button,
            ),
        )


def _content_width(table: Table, at: int) -> float:
    """The width of a column that is read: as wide as what stands in it, up to some lines of it."""
    column = table.columns[at]
    shown = [
        FIELD_TYPES[slot.spec.type].show(slot.value, slot.spec)
        for slot in (row.slots[at] for row in table.rows)
        if slot.value is not None and slot.formula is None
    ]
    longest = max((widths.measure(line) for text in shown for line in text.split("\n")), default=0.0) + 3
    if column.key in {PARTNER, FIXED}:
        return min(max(longest, _LABEL_MIN), _LABEL_MAX)
    least = _LEAST
    if FIELD_TYPES[column.spec.type].numeric:
        values = [row.slots[at].value for row in table.rows]
        least = max(width_of_number(column.spec, value) for value in (*values, added(values)))
    return max(least, min(longest, _READ_MAX) if longest <= 2 * _READ_MAX else _PROSE)


def width_of_number(spec: Spec, value: Value | None) -> float:
    """The width in which a number is seen whole, in bold type too."""
    usual = control(spec).width(spec)
    if spec.appearance == "thousands" or not isinstance(value, int | Decimal) or isinstance(value, bool):
        return usual
    return max(usual, widths.measure(f"{value:,.2f}", bold=True) + 3)
