"""A table of the file laid beside the grid that was written: which cell is which, whatever was added or moved."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from docgen.document import Slot
from docgen.formats.word.added import loose_cell, new_row
from docgen.formats.word.align import SAME, align
from docgen.formats.word.blocks import FileTable, TableCell, TableRow
from docgen.formats.word.cells import Answer, Fixed, Grid, GridRow
from docgen.formats.word.columns import columns_of, name_cell
from docgen.formats.word.covered import Covered, Pair, beyond_printed, covered
from docgen.formats.word.findings import BY_ORDER, BY_PLACE, Findings
from docgen.formats.word.labels import near, nearest
from docgen.formats.word.tables import ROWS
from docgen.formats.word.untouched import is_as_printed, is_surely
from docgen.once import once
from docgen.values import Address

# What each likeness weighs. A bookmark is never copied with its row, so it tells the original from the copy.
BY_WORDS = 0.9
BY_TAGS = 0.05
BY_NAMES = 0.3
LEAST = 0.02
BEGUN = 0.85  # it begins with the printed words
WITHOUT_HEADER = 0.3


@dataclass
class Seen:
    """A table of the file and what identifies it, each worked out once."""

    table: FileTable

    @once
    def keys(self) -> frozenset[str]:
        """The words of its cells."""
        return frozenset(cell.key for cell in self.table.cells)

    @once
    def begun(self) -> frozenset[str]:
        """The words of its cells, and what the first cells begin with, to which somebody may have added."""
        return self.keys.union(*(row.cells[0].beginnings for row in self.table.rows if row.cells))

    @once
    def marks(self) -> tuple[frozenset[str], frozenset[str]]:
        """The tags of our controls in it, and the names of our bookmarks."""
        return _marks(self.table.cells)

    @once
    def widths(self) -> frozenset[int]:
        """How wide its rows are, in columns."""
        return frozenset(sum(cell.span for cell in row.cells) for row in self.table.rows)

    @once
    def firsts(self) -> frozenset[str]:
        """What the first cells say."""
        return frozenset(row.cells[0].key for row in self.table.rows if row.cells)


def _marks(cells: Iterable[TableCell]) -> tuple[frozenset[str], frozenset[str]]:
    contents = [cell.content for cell in cells]
    tags = frozenset(mark.tag for content in contents for mark in content.marks)
    return tags, frozenset(name for content in contents for name in content.bookmarks)


@dataclass
class Expected:
    """A grid that was written and what identifies it, each worked out once.

    ``untouched`` is the table of the file that :meth:`likeness` found to be it, as it was written.
    """

    grid: Grid
    untouched: FileTable | None = None

    @once
    def keys(self) -> frozenset[str]:
        """The words of its printed cells."""
        return frozenset(cell.key for row in self.grid.rows for cell in row.cells if isinstance(cell, Fixed))

    @once
    def slots(self) -> tuple[Slot, ...]:
        """What is to be filled in."""
        return tuple(cell.slot for row in self.grid.rows for cell in row.cells if isinstance(cell, Answer))

    def likeness(self, seen: Seen, findings: Findings) -> float:
        """How much a table of the file is this grid: 0 for not at all, :data:`SAME` and more for surely."""
        if is_as_printed(self.grid, seen.table) and is_surely(self.grid, seen.table, findings):
            self.untouched = seen.table
            return BY_WORDS + BY_TAGS + BY_NAMES if self.slots else SAME
        share = len(self.keys & seen.begun) / len(self.keys) if self.keys else 0.0
        if not self.slots:
            return (
                SAME
                if share == 1.0
                else max((near(one, other) for one in self.keys for other in seen.keys), default=0.0)
            )
        mine = {slot.address for slot in self.slots}
        tags = {findings.keys.tags[tag].address for tag in seen.marks[0]}
        names = {slot.address for name in seen.marks[1] if (slot := findings.keys.names.get(name))}
        score = share * BY_WORDS + BY_TAGS * len(mine & tags) / len(mine) + BY_NAMES * len(mine & names) / len(mine)
        if share >= 0.5 or mine & (tags | names):
            return score
        return WITHOUT_HEADER if self._has_rows(seen) else 0.0

    def goes_on(self, seen: Seen, other: Seen, findings: Findings) -> bool:
        """A table that is this grid lacks rows, and another as wide has some of them: somebody split it."""
        tags = {findings.keys.tags[tag].address for tag in other.marks[0] - seen.marks[0]}
        names = {slot.address for name in other.marks[1] if (slot := findings.keys.names.get(name))}
        mine = {slot.address for slot in self.slots}
        has = self.keys & (other.firsts - seen.firsts) or mine & (tags | names)
        return bool(has) and not seen.widths.isdisjoint(other.widths)

    def _has_rows(self, seen: Seen) -> bool:
        """As many columns as were written, and every row that was, by its number or label: only the header is gone."""
        numbers = {first.key for row in self.grid.rows if _answers(row) and isinstance(first := row.cells[0], Fixed)}
        same_width = seen.widths == {len(self.grid.widths)}
        return self.grid.look == "grid" and len(numbers) > 1 and numbers <= seen.firsts and same_width


def place_table(grid: Grid, table: FileTable, findings: Findings, where: str) -> None:
    """Every cell of a table that was recognised: answers, what was changed in the printed words, rows added."""
    columns = columns_of(grid, table, findings.keys)
    pairs = [
        Pair(expected, row, _number(grid, expected, name_cell(row, columns)), sure)
        for expected, row, sure in _pair_rows(grid, table, columns, findings)
    ]
    used = {pair.number for pair in pairs if pair.number is not None}
    known = {id(pair.row) for pair in pairs}
    others = [row for row in table.rows if id(row) not in known]
    if grid.table is not None and not grid.table.fixed and grid.look == "grid":
        new = [new_row(grid.table, row, columns, findings, where, used) for row in others]
        pairs += [pair for pair in new if pair is not None]
        others = []
    over = covered(grid, table, pairs, columns)
    for pair in pairs:
        for cell in pair.row.cells:
            _place_cell(cell, over[id(cell)], pair.sure, findings, where)
    for row in others:
        for cell in row.cells:
            loose_cell(cell, findings, where)


def _pair_rows(
    grid: Grid, table: FileTable, columns: Mapping[int, int], findings: Findings
) -> list[tuple[GridRow, TableRow, float]]:
    """Rows by their printed words, their marks, and at last by the gap they stand in."""
    seen = [_SeenRow(row, columns if grid.look == "grid" else {0: 0}) for row in table.rows]
    labels = [first for row in grid.rows if isinstance(first := row.cells[0], Fixed) and _answers(row)]
    labelled = {each.name: _label(labels, each) for each in seen if each.name}

    def score(expected: GridRow, place: int) -> float:
        row = seen[place]
        return _row_likeness(expected, row, labelled.get(row.name, (None, 0.0)), findings)

    found = align(grid.rows, range(len(table.rows)), score)
    left, right = {one for one, _ in found}, {other for _, other in found}
    for one, expected in enumerate(grid.rows):  # rows that were moved past others
        alike = [place for place in range(len(table.rows)) if place not in right and score(expected, place) > 0.25]
        if one not in left and len(alike) == 1:
            found.append((one, alike[0]))
            left.add(one)
            right.add(alike[0])
    pairs = [(grid.rows[one], table.rows[other], BY_PLACE) for one, other in sorted(found)]
    return pairs + list(_gaps(grid, table, sorted(found), columns))


def _answers(row: GridRow) -> set[Address]:
    return {cell.slot.address for cell in row.cells if isinstance(cell, Answer)}


class _SeenRow:
    """A row of the file and what identifies it, each worked out once; ``name`` is what it says of which one it is."""

    def __init__(self, row: TableRow, columns: Mapping[int, int]) -> None:
        self.tags, self.names = _marks(row.cells)
        self.keys = [cell.key for cell in row.cells]
        cell = name_cell(row, columns)
        self.name = cell.key if cell is not None else ""
        self.begun = cell.beginnings if cell is not None else frozenset()


def _label(labels: Sequence[Fixed], row: _SeenRow) -> tuple[Fixed | None, float]:
    """The printed label that a row bears, edited or with more after it, and how surely."""
    begun = [each for each in labels if each.key in row.begun]
    return (begun[0], BEGUN) if len(begun) == 1 else nearest(labels, row.name)


def _row_likeness(expected: GridRow, row: _SeenRow, label: tuple[Fixed | None, float], findings: Findings) -> float:
    """How much a row of the file is this row; ``label`` is the printed label it bears, and how surely."""
    printed = [cell.key for cell in expected.cells if isinstance(cell, Fixed)]
    mine = _answers(expected)
    if not mine:
        share = sum(key in row.keys for key in printed) / len(printed)
        if share > 0.5:
            return SAME if share == 1 else share * BY_WORDS
        if len(printed) > 1 or not row.keys:
            return 0.0
        return BEGUN if printed[0] in row.begun else near(printed[0], row.keys[0])
    tags = {findings.keys.tags[tag].address for tag in row.tags}
    names = {slot.address for name in row.names if (slot := findings.keys.names.get(name))}
    score = BY_TAGS * len(mine & tags) / len(mine) + BY_NAMES * len(mine & names) / len(mine)
    if not printed:
        return score + LEAST
    if row.name == printed[0]:
        return score + BY_WORDS
    return score + min(label[1], BY_WORDS) if label[0] is expected.cells[0] else score


def _gaps(
    grid: Grid, table: FileTable, found: Sequence[tuple[int, int]], columns: Mapping[int, int]
) -> Iterator[tuple[GridRow, TableRow, float]]:
    """Rows between two that are known, as many as were written there, and none of them says that it is another.

    In a table that grows, a row without number and marks is a new one, even where a printed one was deleted.
    """
    if grid.table is not None and not grid.table.fixed:
        return
    bounds = [(-1, -1), *found, (len(grid.rows), len(table.rows))]
    for (one, other), (next_one, next_other) in pairwise(bounds):
        if next_one - one != next_other - other:
            continue
        for step in range(1, next_one - one):
            expected, row = grid.rows[one + step], table.rows[other + step]
            name = name_cell(row, columns)
            if not isinstance(expected.cells[0], Fixed) or name is None or not name.text.strip():
                yield expected, row, BY_ORDER


def _number(grid: Grid, expected: GridRow, name: TableCell | None) -> int | None:
    """The number of a row: the one it says, or the one that was written there."""
    if expected.number is None or grid.table is None:
        return None
    if grid.look == "card":
        return expected.number
    said = ROWS.number(grid.table, name.text) if name is not None else None
    return expected.number if said is None else said


def card_number(grid: Grid, table: FileTable) -> int | None:
    """The row number that a card's heading says."""
    if grid.table is None or not table.rows or not table.rows[0].cells:
        return None
    return ROWS.number(grid.table, table.rows[0].cells[0].text)


def _place_cell(cell: TableCell, over: Covered, sure: float, findings: Findings, where: str) -> None:
    if over.slots and not over.printed:
        findings.cell(cell.content, over.slots, where, sure)
    elif over.slots:
        _label_and_answer(cell, over, sure, findings, where)
    elif over.printed:
        _printed_cell(over.printed, cell, findings, where)
    else:
        loose_cell(cell, findings, where)


def _label_and_answer(cell: TableCell, over: Covered, sure: float, findings: Findings, where: str) -> None:
    """A cell that somebody merged with its label: what follows the printed words is the answer."""
    answer = beyond_printed(over.printed, cell.content)
    if answer is not None:
        findings.cell(answer, over.slots, where, sure)
    elif cell.text.strip():
        _printed_cell(over.printed, cell, findings, where)


def _printed_cell(printed: Sequence[Fixed], cell: TableCell, findings: Findings, where: str) -> None:
    content = cell.content
    if content.marks:
        findings.cell(content.only(content.marks), (), where)
        content = content.only([None])
    findings.edited("\n".join(each.text for each in printed), content.text, where)
