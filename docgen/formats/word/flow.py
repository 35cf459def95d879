"""The body of a file laid beside the outline that was written: own words, tables, and what somebody put between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docgen.document import Document, Slot, Table
from docgen.formats.word.added import empty_cell, new_number
from docgen.formats.word.align import MAX_PAIRS, SAME, align
from docgen.formats.word.blocks import FileBlock, FileTable, Paragraph, TableCell, flat
from docgen.formats.word.cells import Answer, Contents, Fixed, Grid, Line, Logo, said
from docgen.formats.word.content import Content
from docgen.formats.word.dissolved import place_dissolved
from docgen.formats.word.findings import Findings
from docgen.formats.word.halves import join_halves
from docgen.formats.word.labels import near
from docgen.formats.word.loose import loose_paragraphs, loose_table
from docgen.formats.word.margins import Anchor, Anchors, place_aside
from docgen.formats.word.outline import Placed, outline
from docgen.formats.word.placing import Expected, Seen, card_number, place_table
from docgen.formats.word.rearranged import captions, copies, swapped
from docgen.formats.word.untouched import place_as_printed
from docgen.locales import text as say
from docgen.values import same_words


@dataclass(frozen=True)
class _Line:
    """A line that was written, and the words it is known by."""

    line: Line
    key: str
    where: str


@dataclass(frozen=True)
class _Grid:
    """A grid that was written."""

    expected: Expected
    where: str


def place_blocks(blocks: Sequence[FileBlock], document: Document, findings: Findings) -> Anchors:
    """Every block of a body: answers are recorded, printed words passed over, all else named with its place.

    Gives where comments and notes are anchored.
    """
    placed = outline(document)
    wanted = list(_wanted(placed))
    present = [(place, block) for place, block in enumerate(blocks) if isinstance(block, FileTable) or block.text.strip()
               or any(piece.mark or piece.bookmarks for piece in block.pieces)]  # fmt: skip
    seen = [Seen(block) if isinstance(block, FileTable) else _Said(block) for _, block in present]
    pairs = align(wanted, seen, lambda one, other: _likeness(one, other, findings))
    pairs += _moved(wanted, seen, pairs, findings)
    pairs += swapped([_words(each) for each in wanted], [_words(each) for each in seen], pairs)
    matched = {present[other][0]: wanted[one] for one, other in pairs}
    for place in copies(list(_numbered(blocks, matched))):
        del matched[place]
    known = {place: what.expected if isinstance(what, _Grid) else None for place, what in matched.items()}
    join_halves(blocks, known, findings)
    places = list(_places(len(blocks), matched, say(document.language, "word.where.cover")))
    for place, what in sorted(matched.items()):
        findings.at = place
        block = blocks[place]
        if isinstance(what, _Grid) and isinstance(block, FileTable):
            _place_grid(what, block, findings)
        elif isinstance(what, _Line) and isinstance(block, Paragraph):
            _place_line(what, block, findings)
    titles = set(captions(blocks, [each.block.title for each in placed if isinstance(each.block, Grid)]))
    left = [(place, block) for place, block in present if place not in matched and place not in titles]
    found = {id(what) for what in matched.values()}
    missing = [(each.expected.grid, each.where) for each in wanted if isinstance(each, _Grid) and id(each) not in found]
    left = place_dissolved(left, places, missing, findings)
    _place_rest(left, places, _cards(placed), findings)
    return _place_asides(blocks, places, document, placed, findings)


@dataclass
class _Said:
    """A paragraph of the file and its words."""

    paragraph: Paragraph

    def __post_init__(self) -> None:
        self.key = same_words(self.paragraph.text)


def _wanted(placed: Sequence[Placed]) -> Iterator[_Line | _Grid]:
    for each in placed:
        match each.block:
            case Line():
                if key := each.block.key:  # an empty one is there for its height
                    yield _Line(each.block, key, each.where)
            case Grid():
                yield _Grid(Expected(each.block), each.where)
            case Contents(lines=lines):
                yield from (_Line(line, line.key, each.where) for line in lines)
            case Logo():
                pass


def _likeness(one: _Line | _Grid, other: Seen | _Said, findings: Findings) -> float:
    if isinstance(one, _Grid):
        return one.expected.likeness(other, findings) if isinstance(other, Seen) else 0.0
    if not isinstance(other, _Said) or not one.key:
        return 0.0
    if one.key == other.key:
        return SAME
    return near(one.key, other.key)


def _words(each: "_Line | _Grid | Seen | _Said") -> str | None:
    return each.key if isinstance(each, _Line | _Said) else None


def _moved(
    wanted: Sequence[_Line | _Grid], seen: Sequence[Seen | _Said], pairs: Sequence[tuple[int, int]], findings: Findings
) -> list[tuple[int, int]]:
    """Tables that were moved past others: each that is surely one that is missed, and no other."""
    paired, taken = {one for one, _ in pairs}, {other for _, other in pairs}
    left = [one for one, what in enumerate(wanted) if isinstance(what, _Grid) and one not in paired]
    over = [other for other, what in enumerate(seen) if isinstance(what, Seen) and other not in taken]
    moved: list[tuple[int, int]] = []
    if len(left) * len(over) > MAX_PAIRS:
        return moved
    for one in left:
        alike = [other for other in over if _likeness(wanted[one], seen[other], findings) >= 0.9]
        if len(alike) == 1:
            moved.append((one, alike[0]))
            over.remove(alike[0])
    return moved


def _numbered(
    blocks: Sequence[FileBlock], matched: dict[int, _Line | _Grid]
) -> Iterator[tuple[int, tuple[str, int], bool]]:
    """The cards of tables that grow: their place, the row they say they are, and whether they have bookmarks."""
    for place, what in sorted(matched.items()):
        block = blocks[place]
        if isinstance(what, _Grid) and isinstance(block, FileTable) and what.expected.grid.look == "card":
            table, number = what.expected.grid.table, card_number(what.expected.grid, block)
            if table is not None and not table.fixed and number is not None:
                yield place, (table.key, number), bool(Seen(block).marks[1])


def _places(count: int, matched: dict[int, _Line | _Grid], start: str) -> Iterator[str]:
    """The section each block of the file stands in: that of the last one recognised before it."""
    where = start
    for place in range(count):
        where = matched[place].where if place in matched else where
        yield where


def _place_grid(what: _Grid, block: FileTable, findings: Findings) -> None:
    grid = what.expected.grid
    if what.expected.untouched is block:
        place_as_printed(grid, block, findings, what.where)
        return
    number = card_number(grid, block) if grid.look == "card" else None
    printed = grid.rows[0].number
    if number is not None and grid.table is not None and number != printed:
        _place_card(grid, block, findings, what.where, number)
    else:
        place_table(grid, block, findings, what.where)


def _place_card(grid: Grid, block: FileTable, findings: Findings, where: str, number: int) -> None:
    """A card that says it is another row than the one it was printed for."""
    assert grid.table is not None  # noqa: S101 - the callers looked
    slots = {column.key: grid.table.slot(number, column.key) for column in grid.table.columns}
    heading = block.rows[0].cells[0].text if card_number(grid, block) is not None else ""
    place_table(_renumbered(grid, slots, number, heading), block, findings, where)


def _renumbered(grid: Grid, slots: dict[str, Slot], number: int, heading: str) -> Grid:
    """A card's grid for another row. A heading that names a row is no text of a person's, whichever row it names."""
    rows = []
    for row in grid.rows:
        cells = tuple(
            Answer(slots[cell.slot.address.column or ""]) if isinstance(cell, Answer) else cell for cell in row.cells
        )
        if row.head and isinstance(cells[0], Fixed) and grid.table is not None:
            cells = (Fixed((said("CardHead", heading or f"{grid.table.row_label} {number}"),)),)
        rows.append(replace(row, cells=cells, number=number))
    return replace(grid, rows=tuple(rows))


def _place_line(what: _Line, block: Paragraph, findings: Findings) -> None:
    """A printed paragraph; a control that was dragged into it is an answer all the same."""
    content = Content((tuple(block.pieces),))
    if content.marks:
        findings.cell(content.only(content.marks), (), what.where)
        content = content.only([None])
    findings.edited(what.line.text, content.text, what.where)


def _place_rest(
    left: Sequence[tuple[int, FileBlock]],
    places: Sequence[str],
    cards: Sequence["_Card"],
    findings: Findings,
) -> None:
    """What was not recognised: an added card, a table an editor took apart, a line "Label: answer", or strange text."""
    group: list[Paragraph] = []
    for index, (place, block) in enumerate(left):
        findings.at, where = place, places[place]
        if isinstance(block, FileTable):
            if not _added_card(block, cards, findings, where):
                loose_table(block, findings, where)
            continue
        group.append(block)
        follows = left[index + 1] if index + 1 < len(left) else None
        if follows and follows[0] == place + 1 and isinstance(follows[1], Paragraph) and _same_range(block, follows[1]):
            continue
        loose_paragraphs(group, findings, where)
        group = []


def _same_range(one: Paragraph, other: Paragraph) -> bool:
    """The same control or bookmark goes on in the next paragraph."""
    last = {piece.mark for piece in one.pieces[-1:] if piece.mark} | {
        n for piece in one.pieces[-1:] for n in piece.bookmarks
    }
    first = {piece.mark for piece in other.pieces[:1] if piece.mark} | {
        name for piece in other.pieces[:1] for name in piece.bookmarks
    }
    return bool(last & first)


@dataclass(frozen=True)
class _Card:
    """The first card of a table that grows, and the printed words that tell its copies."""

    grid: Grid
    table: Table
    where: str
    keys: frozenset[str]


def _cards(placed: Sequence[Placed]) -> list[_Card]:
    found = []
    for each in placed:
        grid = each.block
        if isinstance(grid, Grid) and grid.look == "card" and grid.table is not None and not grid.table.fixed:
            heading = same_words(f"{grid.table.row_label} {grid.rows[0].number}")
            found.append(_Card(grid, grid.table, each.where, Expected(grid).keys - {heading}))
    return found


def _added_card(block: FileTable, cards: Sequence[_Card], findings: Findings, where: str) -> bool:
    """A card that somebody copied to add a row."""
    labels = Seen(block).keys
    for card in cards:
        if card.where != where or not card.keys or len(card.keys & labels) < 0.6 * len(card.keys):
            continue
        grid, table = card.grid, card.table
        cells = [row.cells[-1] for row in block.rows[1:] if row.cells]
        keys = [column.key for column in table.columns]
        if all(empty_cell(cell, table, key) for cell, key in zip(cells, keys, strict=False)):
            _empty_card(block, grid, cells[: len(keys)], findings, where)
            return True
        used = {found.row for found in findings.found if found.field == table.key and found.row is not None}
        heading = block.rows[0].cells[0].text if block.rows[0].cells else ""
        _place_card(grid, block, findings, where, new_number(table, heading, used, findings, where))
        return True
    return False


def _empty_card(block: FileTable, grid: Grid, answers: Sequence[TableCell], findings: Findings, where: str) -> None:
    """A copied card without answers is no row; what else somebody typed in it is named."""
    printed = Expected(grid).keys
    skipped = {id(cell) for cell in answers}
    if card_number(grid, block) is not None:
        skipped.add(id(block.rows[0].cells[0]))
    for cell in block.cells:
        if id(cell) not in skipped and same_words(cell.text) not in printed:
            findings.stray(cell.text, where)


def _place_asides(
    blocks: Sequence[FileBlock], places: Sequence[str], document: Document, placed: Sequence[Placed], findings: Findings
) -> Anchors:
    """Text boxes and pictures, each with the place it is anchored at; the round's own logo is ours."""
    ours = {each.block.title for each in placed if isinstance(each.block, Logo)}
    anchors: Anchors = {}
    for place, block in enumerate(blocks):
        for paragraph in flat([block]):
            for aside in paragraph.asides:
                findings.at = place
                slot = findings.answer_of(paragraph.pieces)
                if aside.id:
                    about = slot.place if slot else " ".join((aside.text.strip() or paragraph.text).split())
                    anchors[aside.kind, aside.id] = Anchor(place, places[place], about)
                elif aside.kind != "picture" or aside.text not in ours:
                    where = f"{places[place]}, {slot.place}" if slot else places[place]
                    place_aside(aside, document, findings, where)
    return anchors
