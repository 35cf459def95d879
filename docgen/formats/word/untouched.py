"""Tables that came back as they were written, but for the answers: most of any file, and no more than a comparison a cell.

What is said here the rest of the reader would say as well, only later: see :mod:`docgen.formats.word.placing`.
"""

from itertools import repeat

from docgen.formats.word.blocks import FileTable, TableCell
from docgen.formats.word.cells import Answer, Cell, Fixed, Grid
from docgen.formats.word.findings import Findings, Keys


def is_untouched(grid: Grid, table: FileTable, keys: Keys) -> bool:
    """Whether every printed cell holds its words and nothing else, every other one its own control and bookmark."""
    return len(grid.rows) == len(table.rows) and all(
        len(expected.cells) == len(row.cells)
        and (grid.look != "grid" or all(cell.span == 1 for cell in row.cells))
        and all(map(_as_written, expected.cells, row.cells, repeat(keys)))
        for expected, row in zip(grid.rows, table.rows, strict=True)
    )


def _as_written(expected: Cell, cell: TableCell, keys: Keys) -> bool:
    content = cell.content
    if isinstance(expected, Fixed):
        return cell.text == expected.text and not content.marks and not content.bookmarks
    slot = expected.slot
    return (
        bool(content.marks and content.bookmarks)
        and all(keys.tags[mark.tag] is slot for mark in content.marks)
        and all(keys.names[name] is slot for name in content.bookmarks)
    )


def place_untouched(grid: Grid, table: FileTable, findings: Findings, where: str) -> None:
    """The answers of such a table."""
    for expected, row in zip(grid.rows, table.rows, strict=True):
        for cell, found in zip(expected.cells, row.cells, strict=True):
            if isinstance(cell, Answer):
                findings.tagged(found.content, cell.slot, where)
