"""In which column of a table of the file each column that was written stands."""

from collections import Counter
from collections.abc import Mapping

from docgen.formats.word.align import align
from docgen.formats.word.blocks import FileTable, TableCell, TableRow, offsets
from docgen.formats.word.cells import Answer, Fixed, Grid
from docgen.formats.word.findings import Keys
from docgen.formats.word.labels import fixed_key
from docgen.values import same_words

HEADER_WITHIN = 3  # rows from the top: somebody may have put a title above


def columns_of(grid: Grid, table: FileTable, keys: Keys) -> dict[int, int]:
    """For each column of a grid, the grid column of the file it stands in.

    The header tells; without it the controls and bookmarks that are left; without those, as many columns are the ones
    that were written. A column that is nowhere is not in the answer.
    """
    if grid.look != "grid":
        return {place: place for place in range(len(grid.widths))}
    head = [fixed_key(cell) if isinstance(cell, Fixed) else "" for cell in grid.rows[0].cells]
    best = _by_header(head, table)
    same_width = all(sum(cell.span for cell in row.cells) == len(head) for row in table.rows)
    if len(best) <= len(head) / 2:
        best = _by_marks(grid, table, keys)
    if not best and same_width:
        return {place: place for place in range(len(head))}
    missing = [one for one in range(len(head)) if one not in best]
    if same_width and len(missing) == 1:  # one header reworded: its column is the one left over
        best[missing[0]] = next(offset for offset in range(len(head)) if offset not in best.values())
    return best


def name_cell(row: TableRow, columns: Mapping[int, int]) -> TableCell | None:
    """The cell in which a row says which one it is: that of the first column, None where that is gone."""
    return next((cell for offset, cell in offsets(row) if offset == columns.get(0)), None)


def _by_header(head: list[str], table: FileTable) -> dict[int, int]:
    best: dict[int, int] = {}
    for row in table.rows[:HEADER_WITHIN]:
        texts = {offset: same_words(cell.text) for offset, cell in offsets(row)}
        ordered = sorted(texts)
        pairs = align(head, ordered, lambda key, offset: float(key == texts[offset]))  # noqa: B023 - used at once
        here = {one: ordered[other] for one, other in pairs}
        for one, key in enumerate(head):
            left = [offset for offset in ordered if offset not in here.values() and texts[offset] == key]
            if one not in here and len(left) == 1:
                here[one] = left[0]
        if len(here) > len(best):
            best = here
    return best


def _by_marks(grid: Grid, table: FileTable, keys: Keys) -> dict[int, int]:
    """The columns that most marks in a column of the file are of; none of two that are of the same."""
    places = {
        cell.slot.address.column: place
        for row in grid.rows
        for place, cell in enumerate(row.cells)
        if isinstance(cell, Answer)
    }
    votes: dict[int, Counter[int]] = {}
    for row in table.rows:
        for offset, cell in offsets(row):
            content = cell.content
            slots = [*(keys.tags[mark.tag] for mark in content.marks), *keys.named(content.bookmarks).values()]
            mine = [places[slot.address.column] for slot in slots if slot.address.column in places]
            votes.setdefault(offset, Counter()).update(mine)
    best = {offset: count.most_common(1)[0][0] for offset, count in votes.items() if count}
    once = Counter(best.values())
    found = {place: offset for offset, place in best.items() if once[place] == 1}
    if found and min(found.values()) > 0 and 0 not in found:
        found[0] = 0  # the row's number or label, which has no marks
    return found
