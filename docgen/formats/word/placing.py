"""A table of the file laid beside the grid that was written: which cell is which, whatever was added or moved."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from docgen.document import Slot, Table
from docgen.formats.word.added import extra_row, loose_cell, offsets
from docgen.formats.word.align import SAME, align
from docgen.formats.word.blocks import FileTable, TableCell, TableRow
from docgen.formats.word.cells import Answer, Fixed, Grid, GridRow
from docgen.formats.word.content import Content
from docgen.formats.word.findings import BY_ORDER, BY_PLACE, Findings
from docgen.formats.word.labels import fixed_key, near, nearest
from docgen.formats.word.tables import ROWS
from docgen.values import Address, same_words

# What each likeness weighs. A bookmark is never copied with its row, so it tells the original from the copy.
BY_WORDS = 0.9
BY_TAGS = 0.05
BY_NAMES = 0.3
LEAST = 0.02


@dataclass
class Seen:
    """A table of the file and what identifies it, each worked out once."""

    table: FileTable
    keys: frozenset[str] = field(init=False)
    tags: frozenset[str] = field(init=False)
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.keys = frozenset(same_words(cell.text) for cell in self.table.cells)
        self.tags, self.names = _marks(self.table.cells)


def _marks(cells: Iterable[TableCell]) -> tuple[frozenset[str], frozenset[str]]:
    pieces = [piece for cell in cells for paragraph in cell.paragraphs for piece in paragraph.pieces]
    tags = frozenset(piece.mark.tag for piece in pieces if piece.mark is not None)
    return tags, frozenset(name for piece in pieces for name in piece.bookmarks)


@dataclass
class Expected:
    """A grid that was written and what identifies it, each worked out once."""

    grid: Grid
    keys: frozenset[str] = field(init=False)
    slots: tuple[Slot, ...] = field(init=False)

    def __post_init__(self) -> None:
        cells = [cell for row in self.grid.rows for cell in row.cells]
        self.keys = frozenset(fixed_key(cell) for cell in cells if isinstance(cell, Fixed))
        self.slots = tuple(cell.slot for cell in cells if isinstance(cell, Answer))

    def likeness(self, seen: Seen, findings: Findings) -> float:
        """How much a table of the file is this grid: 0 for not at all, :data:`SAME` and more for surely."""
        share = len(self.keys & seen.keys) / len(self.keys) if self.keys else 0.0
        if not self.slots:
            return (
                SAME
                if share == 1.0
                else max((near(one, other) for one in self.keys for other in seen.keys), default=0.0)
            )
        mine = {slot.address for slot in self.slots}
        tags = {findings.keys.tags[tag].address for tag in seen.tags}
        names = {slot.address for name in seen.names if (slot := findings.keys.names.get(name))}
        score = share * BY_WORDS + BY_TAGS * len(mine & tags) / len(mine) + BY_NAMES * len(mine & names) / len(mine)
        return score if share >= 0.5 or mine & (tags | names) else 0.0


def place_table(grid: Grid, table: FileTable, findings: Findings, where: str) -> None:
    """Every cell of a table that was recognised: answers, what was changed in the printed words, rows added."""
    columns = _columns(grid, table)
    pairs = _pair_rows(grid, table, findings)
    merged = _merged(table)
    used: set[int] = set()
    for expected, row, sure in pairs:
        number = _number(grid, expected, row)
        if number is not None:
            used.add(number)
        _place_row(grid, expected, row, columns, findings, where, merged=merged, number=number, sure=sure)
    paired = {id(row) for _, row, _ in pairs}
    for row in table.rows:
        if id(row) not in paired:
            extra_row(grid, row, columns, findings, where, used)


def _pair_rows(grid: Grid, table: FileTable, findings: Findings) -> list[tuple[GridRow, TableRow, float]]:
    """Rows by their printed words, their marks, and at last by the gap they stand in."""
    marks = [_marks(row.cells) for row in table.rows]
    keys = [[same_words(cell.text) for cell in row.cells] for row in table.rows]
    labels = [first for row in grid.rows if isinstance(first := row.cells[0], Fixed) and _answers(row)]
    labelled = {key: nearest(labels, key) for key in {each[0] for each in keys if each and each[0]}}

    def score(expected: GridRow, place: int) -> float:
        label = labelled.get(keys[place][0] if keys[place] else "", (None, 0.0))
        return _row_likeness(expected, keys[place], label, marks[place], findings)

    found = align(grid.rows, range(len(table.rows)), score)
    left, right = {one for one, _ in found}, {other for _, other in found}
    for one, expected in enumerate(grid.rows):  # rows that were moved past others
        alike = [place for place in range(len(table.rows)) if place not in right and score(expected, place) > 0.25]
        if one not in left and len(alike) == 1:
            found.append((one, alike[0]))
            left.add(one)
            right.add(alike[0])
    pairs = [(grid.rows[one], table.rows[other], BY_PLACE) for one, other in sorted(found)]
    return pairs + list(_gaps(grid, table, sorted(found)))


def _answers(row: GridRow) -> set[Address]:
    return {cell.slot.address for cell in row.cells if isinstance(cell, Answer)}


def _row_likeness(
    expected: GridRow,
    keys: Sequence[str],
    label: tuple[Fixed | None, float],
    marks: tuple[frozenset[str], frozenset[str]],
    findings: Findings,
) -> float:
    """How much a row of the file is this row; ``label`` is the printed label it bears, and how surely."""
    printed = [fixed_key(cell) for cell in expected.cells if isinstance(cell, Fixed)]
    mine = _answers(expected)
    tags = {findings.keys.tags[tag].address for tag in marks[0]}
    names = {slot.address for name in marks[1] if (slot := findings.keys.names.get(name))}
    if not mine:
        share = sum(key in keys for key in printed) / len(printed)
        if share > 0.5:
            return SAME if share == 1 else share * BY_WORDS
        return near(printed[0], keys[0]) if len(printed) == 1 and keys else 0.0
    score = BY_TAGS * len(mine & tags) / len(mine) + BY_NAMES * len(mine & names) / len(mine)
    if not printed:
        return score + LEAST
    if keys and keys[0] == printed[0]:
        return score + BY_WORDS
    return score + min(label[1], BY_WORDS) if label[0] is expected.cells[0] else score


def _gaps(grid: Grid, table: FileTable, found: Sequence[tuple[int, int]]) -> Iterator[tuple[GridRow, TableRow, float]]:
    """Rows between two that are known, as many as were written there, and none of them says that it is another."""
    bounds = [(-1, -1), *found, (len(grid.rows), len(table.rows))]
    for (one, other), (next_one, next_other) in pairwise(bounds):
        if next_one - one != next_other - other:
            continue
        for step in range(1, next_one - one):
            expected, row = grid.rows[one + step], table.rows[other + step]
            named = isinstance(expected.cells[0], Fixed)
            if not named or not row.cells or not row.cells[0].text.strip():
                yield expected, row, BY_ORDER


def _columns(grid: Grid, table: FileTable) -> dict[int, int]:
    """For each column of a grid, the grid column of the file it stands in, told by the header."""
    plain = {place: place for place in range(len(grid.widths))}
    if grid.look != "grid":
        return plain
    head = [fixed_key(cell) if isinstance(cell, Fixed) else "" for cell in grid.rows[0].cells]
    best: dict[int, int] = {}
    for row in table.rows[:3]:
        cells = dict(offsets(row))
        texts = {offset: same_words(cell.text) for offset, cell in cells.items()}
        ordered = sorted(texts)
        pairs = align(head, ordered, lambda key, offset: float(key == texts[offset]))  # noqa: B023 - used at once
        here = {one: ordered[other] for one, other in pairs}
        for one, key in enumerate(head):
            left = [offset for offset in ordered if offset not in here.values() and texts[offset] == key]
            if one not in here and len(left) == 1:
                here[one] = left[0]
        if len(here) > len(best):
            best = here
    if len(best) > len(head) / 2:
        same_width = all(sum(cell.span for cell in row.cells) == len(head) for row in table.rows)
        missing = [one for one in plain if one not in best]
        if same_width and len(missing) == 1:  # one header reworded: its column is the one left over
            best[missing[0]] = next(offset for offset in range(len(head)) if offset not in best.values())
        return best
    return plain


def _number(grid: Grid, expected: GridRow, row: TableRow) -> int | None:
    """The number of a row: the one it says, or the one that was written there."""
    if expected.number is None or grid.table is None:
        return None
    if grid.look == "card":
        return expected.number
    said = ROWS.number(grid.table, row.cells[0].text) if row.cells else None
    return expected.number if said is None else said


def card_number(grid: Grid, table: FileTable) -> int | None:
    """The row number that a card's heading says."""
    if grid.table is None or not table.rows or not table.rows[0].cells:
        return None
    return ROWS.number(grid.table, table.rows[0].cells[0].text)


def _place_row(
    grid: Grid,
    expected: GridRow,
    row: TableRow,
    columns: dict[int, int],
    findings: Findings,
    where: str,
    *,
    merged: frozenset[int],
    number: int | None,
    sure: float,
) -> None:
    if grid.look != "grid" and len(row.cells) != len(expected.cells):
        for cell in row.cells:
            loose_cell(cell, findings, where)
        return
    for offset, cell in offsets(row):
        if grid.look == "grid":
            here = [one for one, column in columns.items() if offset <= column < offset + cell.span]
        else:
            here = [next(place for place, each in enumerate(row.cells) if each is cell)]
        wanted = [expected.cells[one] for one in here if one < len(expected.cells)]
        slots = [_renumbered(each.slot, grid.table, number) for each in wanted if isinstance(each, Answer)]
        printed = [each for each in wanted if isinstance(each, Fixed)]
        if slots and id(cell) in merged:
            _merged_cell(cell, findings, where)
        elif slots and not printed:
            if not findings.cell(cell.content, slots, where, sure):
                findings.stray(cell.text, where)
        elif printed and not slots and len(printed) == 1:
            _printed_cell(printed[0], cell, findings, where)
        else:
            loose_cell(cell, findings, where)


def _merged(table: FileTable) -> frozenset[int]:
    """The cells, by identity, that somebody merged with the one above or below."""
    found: set[int] = set()
    for row, below in pairwise(table.rows):
        above = dict(offsets(row))
        for offset, cell in offsets(below):
            if cell.continues:
                found |= {id(cell), id(above.get(offset))}
    return frozenset(found)


def _merged_cell(cell: TableCell, findings: Findings, where: str) -> None:
    """An answer's cell over several rows: only what a control or a bookmark holds is known to be one row's."""
    for keyed in (True, False):
        lines = (
            tuple(piece for piece in line if bool(piece.mark or piece.bookmarks) is keyed)
            for line in cell.content.lines
        )
        content = Content(tuple(line for line in lines if line))
        if not findings.cell(content, (), where):
            findings.stray(content.text, where)


def _renumbered(slot: Slot, table: Table | None, number: int | None) -> Slot:
    """The slot of the row that the file says it is."""
    if table is None or number is None or slot.address.row == number or slot.address.column is None:
        return slot
    return table.slot(number, slot.address.column)


def _printed_cell(printed: Fixed, cell: TableCell, findings: Findings, where: str) -> None:
    content = cell.content
    if content.marks:
        findings.cell(content.only(content.marks), (), where)
        content = content.only([None])
    expected = "\n".join(line.text for line in printed.lines)
    findings.edited(expected, content.text, where)
