"""Tables that came back with every printed word at its place: most of any file, and no more than a comparison a cell.

What is said here the rest of the reader would say as well, only later: see :mod:`docgen.formats.word.placing`.
"""

from docgen.formats.word.blocks import FileTable, TableCell
from docgen.formats.word.cells import Answer, Cell, Fixed, Grid
from docgen.formats.word.findings import BY_PLACE, Findings, Keys


def is_as_printed(grid: Grid, table: FileTable) -> bool:
    """Whether every printed cell holds its words and nothing else, and every other cell is where it was."""
    if len(grid.rows) != len(table.rows):
        return False
    for expected, row in zip(grid.rows, table.rows, strict=True):
        if len(expected.cells) != len(row.cells):
            return False
        for cell, found in zip(expected.cells, row.cells, strict=True):
            if found.continues or (found.span > 1 and grid.look == "grid") or not _holds(cell, found):
                return False
    return True


def _holds(expected: Cell, cell: TableCell) -> bool:
    content = cell.content
    return isinstance(expected, Answer) or (
        content.text == expected.text and not content.marks and not content.bookmarks
    )


def is_surely(grid: Grid, table: FileTable, findings: Findings) -> bool:
    """Whether such a table is the one that was written, and no copy: bookmarks are not copied, so it has its own.

    Where a file has none left, nothing tells a copy.
    """
    return not findings.bookmarked or all(
        isinstance(cell, Fixed) or (bool(found.content.bookmarks) and _is_own(cell, found, findings.keys))
        for expected, row in zip(grid.rows, table.rows, strict=True)
        for cell, found in zip(expected.cells, row.cells, strict=True)
    )


def _is_own(expected: Answer, cell: TableCell, keys: Keys) -> bool:
    """Whether every key that is left in a cell says that it is this answer's."""
    slot, content = expected.slot, cell.content
    return all(keys.tags[mark.tag] is slot for mark in content.marks) and all(
        keys.names[name] is slot for name in content.bookmarks
    )


def place_as_printed(grid: Grid, table: FileTable, findings: Findings, where: str) -> None:
    """The answers of a table that came back as it was printed."""
    for expected, row in zip(grid.rows, table.rows, strict=True):
        for cell, found in zip(expected.cells, row.cells, strict=True):
            if isinstance(cell, Fixed):
                continue
            if _is_own(cell, found, findings.keys) and not cell.slot.read_only:
                findings.own(found.content, cell.slot, where)
            else:
                findings.cell(found.content, (cell.slot,), where, BY_PLACE)
