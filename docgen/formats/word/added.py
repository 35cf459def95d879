"""Rows that were not printed: those of a table that grows, and cells whose place says nothing."""

from collections.abc import Mapping

from docgen.document import Table
from docgen.formats.word.blocks import TableCell, TableRow, offsets
from docgen.formats.word.cells import Grid
from docgen.formats.word.columns import name_cell
from docgen.formats.word.controls import control
from docgen.formats.word.findings import Findings
from docgen.formats.word.tables import ROWS
from docgen.problems import problem


def extra_row(
    grid: Grid, row: TableRow, columns: Mapping[int, int], findings: Findings, where: str, used: set[int]
) -> None:
    """A row that was not printed: of a table that grows, a new one; elsewhere, text to be placed cell by cell."""
    if grid.table is None or grid.table.fixed or grid.look != "grid":
        for cell in row.cells:
            loose_cell(cell, findings, where)
        return
    by_offset = {column: one for one, column in columns.items()}
    table = grid.table
    keys = {one: table.columns[one - 1].key for one in columns if 0 < one <= len(table.columns)}
    answers = [(cell, keys.get(by_offset.get(offset, -1))) for offset, cell in offsets(row)]
    name = name_cell(row, columns)
    said = name.text if name is not None else ""
    if all(key is None or empty_cell(cell, table, key) for cell, key in answers):
        number = ROWS.number(table, said)
        numbered = number is not None and 1 <= number <= _highest(table, used) + 1
        if number is not None and numbered:
            used.add(number)
        for cell, key in answers:
            if key is None and not (numbered and cell is name):
                findings.stray(cell.text, where)
        return
    number = new_number(table, said, used, findings, where)
    for cell, key in answers:
        if key is not None:
            findings.cell(cell.content, [table.slot(number, key)], where)
        elif cell is not name or ROWS.number(table, said) is None:
            findings.stray(cell.text, where)


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
                problem("row-number-twice", f"{where}, {table.label}", number=str(number), new=str(new))
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
