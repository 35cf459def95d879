"""The rows of a merged table that are too wide to stand side by side: each as an entry under its name and organisation.

What nobody answered is left out; short answers stand two in a line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from docgen.document import FIXED, PARTNER, Column, Row, Slot, Table
from docgen.fields import FIELD_TYPES
from docgen.formats.word import measure
from docgen.formats.word.cells import Answer, Block, Cell, Fixed, Grid, GridRow, Line, Words, said, title_of
from docgen.formats.word.ooxml import TEXT_WIDTH_TWIPS
from docgen.formats.word.pen import shown
from docgen.formats.word.printed import by_column, decided, decision_label, has, text_in, words_of
from docgen.formats.word.tables import row_noun
from docgen.values import same_words

LABEL_HALF_POINTS = 18
LEAST_LABEL_TWIPS = 1300
MOST_LABEL_TWIPS = 2500
TOGETHER_TWIPS = 5600  # entries up to two fifths of a page are not torn apart
TINY_TWIPS = 2300
LEAST_STRIP = 3  # so many tiny answers in a row stand on one line
SPLIT_LINES = 10  # an answer longer than this may go on on the next page


@dataclass(frozen=True)
class _Item:
    """An answer of an entry: its label, and the slot."""

    label: str
    slot: Slot

    @property
    def text(self) -> str:
        return shown(self.slot)


def blocks(table: Table, language: str) -> Iterator[Block]:
    """Every row as an entry; of fixed rows, those of one label stand together under it."""
    widths = _widths(table)
    for label, rows in groupby(table.rows, key=lambda row: text_in(row, FIXED)):
        if label:
            yield said("Heading3", label)
        for row in rows:
            yield _entry(table, row, widths, language)
            yield said("Gap", "")


def _widths(table: Table) -> tuple[int, ...]:
    """Label, answer, label, answer: labels as wide as the longest needs."""
    longest = max(
        (measure.width(title_of(each.label, each.unit), LABEL_HALF_POINTS) for each in _own(table)), default=0
    )
    label = min(max(longest + measure.MARGIN_TWIPS, LEAST_LABEL_TWIPS), MOST_LABEL_TWIPS)
    half = TEXT_WIDTH_TWIPS // 2
    return label, half - label, label, TEXT_WIDTH_TWIPS - half - label


def _own(table: Table) -> list[Column]:
    return [column for column in table.columns if column.key not in {PARTNER, FIXED}]


def _entry(table: Table, row: Row, widths: tuple[int, ...], language: str) -> Grid:
    slots = by_column(row)
    items = [
        _Item(title_of(column.label, column.unit), slot)
        for column in _own(table)
        if (slot := slots.get(column.key)) is not None and (decided(slot) or shown(slot))
    ]
    name = _name(table, row, language)
    head = GridRow((Fixed((name,)),), head=True, keep=True)
    rows = [head, *_rows(items, table, widths, language)]
    if sum(_height(each, widths) for each in rows) <= TOGETHER_TWIPS:
        rows = [replace(each, keep=True) for each in rows]
    rows[-1] = replace(rows[-1], keep=False)
    return Grid("entry", tuple(rows), widths, title=f"{table.label}: {name.text}" if table.label else name.text)


def _name(table: Table, row: Row, language: str) -> Line:
    """What an entry is called ("Delmål 3") and whose it is; under the label of a fixed row, whose it is alone."""
    whose = text_in(row, PARTNER)
    if text_in(row, FIXED):
        return said("EntryHead", whose)
    name = row.label if table.fixed and row.label else f"{row_noun(table, language)} {row.number}"
    if not has(table, PARTNER):
        return said("EntryHead", name)
    return Line("EntryHead", (Words(name), Words(f"\t{whose}", style="Whose")))


def _rows(items: Sequence[_Item], table: Table, widths: tuple[int, ...], language: str) -> Iterator[GridRow]:
    """What an entry is about, then its answers in their order, and last what the group decides."""
    asked = [item for item in items if decided(item.slot)]
    lead = [item for item in items if item not in asked and same_words(item.label) == same_words(table.row_label)]
    for item in lead:
        yield GridRow((Fixed(words_of(item.text, "EntryLead")),), whole=_is_whole(item, sum(widths)))
    rest = [item for item in items if item not in asked and item not in lead]
    waiting: list[_Item] = []
    for tiny, group in groupby(rest, key=_is_tiny):
        run = list(group)
        if tiny and len(run) >= LEAST_STRIP:
            yield from _lines(waiting, widths)
            yield GridRow((_strip(run),))
            waiting = []
        else:
            waiting += run
    yield from _lines(waiting, widths)
    for item in asked:
        label = Fixed(decision_label(item.slot, language, "EntryQuestion"))
        yield GridRow((label, Answer(item.slot)), spans=(2, 2))


def _lines(items: Sequence[_Item], widths: tuple[int, ...]) -> Iterator[GridRow]:
    """A label and an answer a line; two short ones that follow one another share it."""
    waiting: _Item | None = None
    for item in items:
        if waiting is not None and _fits_half(item, widths):
            yield GridRow((*_pair(waiting), *_pair(item)))
            waiting = None
            continue
        if waiting is not None:
            yield GridRow(_pair(waiting))
            waiting = None
        if _fits_half(item, widths):
            waiting = item
        else:
            yield GridRow(_pair(item), whole=_is_whole(item, sum(widths[1:])))
    if waiting is not None:
        yield GridRow(_pair(waiting))


def _is_tiny(item: _Item) -> bool:
    """A word or a number under a short label: a handful find room on one line."""
    return (
        FIELD_TYPES[item.slot.spec.type].judged_as in {"truth", "whole", "number"}
        and measure.width(item.label, LABEL_HALF_POINTS) + measure.width(item.text) <= TINY_TWIPS
    )


def _strip(items: Sequence[_Item]) -> Fixed:
    """Tiny answers after one another, each after its label."""
    words: list[Words] = []
    for item in items:
        gap = "\N{EM SPACE}\N{EM SPACE}" if words else ""
        label = item.label.replace(" ", "\N{NO-BREAK SPACE}")
        words += [Words(f"{gap}{label}\N{NO-BREAK SPACE}", style="Label"), Words(item.text)]
    return Fixed((Line("Cell", tuple(words)),))


def _pair(item: _Item) -> tuple[Cell, ...]:
    return Fixed((said("EntryLabel", item.label),)), Fixed(words_of(item.text, "Cell"))


def _fits_half(item: _Item, widths: tuple[int, ...]) -> bool:
    """A short answer finds room on half the page's width, on one line."""
    room = widths[1] - measure.MARGIN_TWIPS
    return "\n" not in item.text and measure.width(item.text) <= room


def _is_whole(item: _Item, room: int) -> bool:
    return measure.lines(item.text, room - measure.MARGIN_TWIPS) <= SPLIT_LINES


def _height(row: GridRow, widths: tuple[int, ...]) -> int:
    """About how tall a row will be, in twips."""
    tallest = 1
    for cell, (start, span) in zip(row.cells, row.columns(len(widths)), strict=True):
        room = sum(widths[start : start + span])
        match cell:
            case Fixed(lines=lines):
                text = "\n".join(line.text for line in lines)
                count = measure.lines(text, room - measure.MARGIN_TWIPS)
            case Answer(slot=slot):
                boxes = slot.spec.type == "select_multiple" and slot.spec.appearance != "minimal"
                count = len(slot.spec.options) if boxes else 3 if slot.spec.type == "paragraph" else 1
        tallest = max(tallest, count)
    return tallest * measure.LINE_TWIPS + 110
