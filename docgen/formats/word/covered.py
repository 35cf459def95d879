"""Which of the cells that were written a cell of the file covers, whatever somebody merged or split."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from docgen.document import Slot, Table
from docgen.formats.word.blocks import FileTable, TableCell, TableRow, offsets
from docgen.formats.word.cells import Answer, Cell, Fixed, Grid, GridRow
from docgen.formats.word.content import Content
from docgen.values import same_words


@dataclass(frozen=True)
class Pair:
    """A row that was written, the row of the file it is, the number it has there, and how sure that is."""

    expected: GridRow
    row: TableRow
    number: int | None
    sure: float


@dataclass
class Covered:
    """What a cell of the file covers: printed cells and answers, in the order they were written."""

    printed: list[Fixed]
    slots: list[Slot]


def covered(grid: Grid, table: FileTable, pairs: Sequence[Pair], columns: Mapping[int, int]) -> dict[int, Covered]:
    """For each cell of the rows that were recognised, by its identity, what it covers; nothing where that is not known.

    Args:
        grid: that was written.
        table: of the file.
        pairs: its rows that were recognised.
        columns: for each column that was written, the one of the file it stands in.
    """
    found: dict[int, Covered] = {}
    for pair in pairs:
        for offset, cell in offsets(pair.row):
            over = _across(grid, pair, columns, offset, cell)
            slots = [_renumbered(each.slot, grid.table, pair.number) for each in over if isinstance(each, Answer)]
            found[id(cell)] = Covered([each for each in over if isinstance(each, Fixed)], slots)
    for upper, lower in pairwise(table.rows):  # from the top: what is joined to a cell covers what that covers
        above = dict(offsets(upper))
        for offset, cell in offsets(lower):
            if cell.continues and offset in above:
                _join(found, above[offset], cell)
    return found


def _across(grid: Grid, pair: Pair, columns: Mapping[int, int], offset: int, cell: TableCell) -> list[Cell]:
    """The cells of its row that a cell covers."""
    expected, row = pair.expected, pair.row
    if grid.look == "grid":
        over = [one for one, column in columns.items() if offset <= column < offset + cell.span]
    elif sum(each.span for each in row.cells) == len(grid.widths):
        starts = expected.columns(len(grid.widths))
        over = [one for one, (start, _) in enumerate(starts) if offset <= start < offset + cell.span]
    elif len(row.cells) == len(expected.cells):
        over = [one for one, each in enumerate(row.cells) if each is cell]
    else:
        over = []
    return [expected.cells[one] for one in over if one < len(expected.cells)]


def _join(found: dict[int, Covered], upper: TableCell, lower: TableCell) -> None:
    """Two cells merged with one another cover the same; of a row that was not recognised, nobody knows what."""
    both = found.setdefault(id(upper), Covered([], []))
    own = found.get(id(lower))
    if own is not None:
        both.printed += own.printed
        both.slots += own.slots
    found[id(lower)] = both


def _renumbered(slot: Slot, table: Table | None, number: int | None) -> Slot:
    """The slot of the row that the file says it is."""
    if table is None or number is None or slot.address.row == number or slot.address.column is None:
        return slot
    return table.slot(number, slot.address.column)


def beyond_printed(printed: Sequence[Fixed], content: Content) -> Content | None:
    """What stands in a cell after all the printed words, which it begins with; None where they are not all there."""
    wanted = [key for cell in printed for line in cell.lines if (key := same_words(line.text))]
    lines = list(content.lines)
    while wanted and lines:
        words = same_words("".join(piece.text for piece in lines[0]))
        if words not in {"", wanted[0]}:
            return None
        if words:
            wanted.pop(0)
        lines.pop(0)
    return None if wanted else Content(tuple(lines))
