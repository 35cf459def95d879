"""Rows that were not printed: those of a table that grows, and cells whose place says nothing."""

from collections.abc import Mapping

from docgen.document import Table
from docgen.formats.word.blocks import TableCell, TableRow, offsets
from docgen.formats.word.cells import Answer, Fixed, GridRow
from docgen.formats.word.cells import said as line
from docgen.formats.word.columns import name_cell
from docgen.formats.word.controls import control
from docgen.formats.word.covered import Pair
from docgen.formats.word.findings import BY_PLACE, Findings
from docgen.formats.word.tables import ROWS
from docgen.problems import problem
from docgen.values import Address


def new_row(
    table: Table, row: TableRow, columns: Mapping[int, int], findings: Findings, where: str, used: set[int]
) -> Pair | None:
    """A row that somebody added to a table that grows, as if it had been printed; None for one without an answer."""
    keys = {columns[one]: column.key for one, column in enumerate(table.columns, start=1) if one in columns}
    name = name_cell(row, columns)
    said = name.text if name is not None else ""
    if all(offset not in keys or empty_cell(cell, table, keys[offset]) for offset, cell in offsets(row)):
        number = ROWS.number(table, said)
        numbered = number is not None and 1 <= number <= _highest(table, used) + 1
        if number is not None and numbered:
            used.add(number)
        for offset, cell in offsets(row):
            if offset not in keys and not (numbered and cell is name):
                findings.stray(cell.text, where)
        return None
    number = new_number(table, said, used, findings, where)
    first = Fixed((line("RowNumber", said if ROWS.number(table, said) is not None else ""),))
    answers = (Answer(table.slot(number, column.key)) for column in table.columns)
    return Pair(GridRow((first, *answers), number=number), row, number, BY_PLACE)


def empty_cell(cell: TableCell, table: Table, column: str) -> bool:
    """Nothing was filled in in a cell of a column."""
    slot = table.rows[0].slots[[each.key for each in table.columns].index(column)] if table.rows else None
    slot = slot or table.slot(1, column)
    return control(slot).read(cell.content, slot).empty


def _highest(table: Table, used: set[int]) -> int:
    return max([*used, *(row.number for row in table.rows)], default=0)


def new_number(table: Table, said: str, used: set[int], findings: Findings, where: str) -> int:
    """The number of an added row: the one it says if it is free, else the one after the highest."""
    number = ROWS.number(table, said)
    highest = _highest(table, used)
    if number is None or number in used or number < 1 or number > highest + 1000:
        new = highest + 1
        if number is not None and number in used:
            findings.problems.append(
                problem(
                    "row-number-twice",
                    f"{where}, {table.label}",
                    address=Address(table.key, new),
                    number=str(number),
                    new=str(new),
                )
            )
        elif number is not None:
            findings.stray(said, where)
        number = new
    used.add(number)
    return number


def loose_cell(cell: TableCell, findings: Findings, where: str) -> None:
    """A cell whose place says nothing: by its marks, or without a place."""
    if not findings.cell(cell.content, (), where):
        findings.stray(cell.text, where)
