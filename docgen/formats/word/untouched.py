"""Tables that came back as they were written, but for the answers: most of any file, and no more than a comparison a cell.

What is said here the rest of the reader would say as well, only later: see :mod:`docgen.formats.word.placing`.
"""

from docgen.formats.word.blocks import FileTable, TableCell
from docgen.formats.word.cells import Answer, Cell, Fixed, Grid
from docgen.formats.word.findings import Findings, Keys


def is_untouched(grid: Grid, table: FileTable, keys: Keys) -> bool:
    """Whether every printed cell holds its words and nothing else, every other one its own control and bookmark."""
    if len(grid.rows) != len(table.rows):
        return False
    for expected, row in zip(grid.rows, table.rows, strict=True):
        if len(expected.cells) != len(row.cells):
            return False
        for cell, found in zip(expected.cells, row.cells, strict=True):
            if not _as_written(cell, found, keys) or (found.span > 1 and grid.look == "grid"):
                return False
    return True


def _as_written(expected: Cell, cell: TableCell, keys: Keys) -> bool:
    content = cell.content
    if isinstance(expected, Fixed):
        return content.text == expected.text and not content.marks and not content.bookmarks
    if not content.marks or not content.bookmarks:
        return False
    slots = [keys.tags[mark.tag] for mark in content.marks] + [keys.names[name] for name in content.bookmarks]
    return slots.count(expected.slot) == len(slots)


def place_untouched(grid: Grid, table: FileTable, findings: Findings, where: str) -> None:
    """The answers of such a table."""
    for expected, row in zip(grid.rows, table.rows, strict=True):
        for cell, found in zip(expected.cells, row.cells, strict=True):
            if isinstance(cell, Answer):
                findings.tagged(found.content, cell.slot, where)
