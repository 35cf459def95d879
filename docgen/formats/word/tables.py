"""How the rows of a table stand on paper: a grid with a header, or a card for each row.

Laying out and telling a row's number stand side by side, as writing and reading do in a control.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from docgen.document import Column, Row, Table
from docgen.formats.word.cells import Answer, Cell, Fixed, Grid, GridRow, label_cell, said, title_of
from docgen.formats.word.ooxml import TEXT_WIDTH_TWIPS
from docgen.locales import LANGUAGES
from docgen.locales import text as say
from docgen.values import same_words

NUMBER_TWIPS = 700  # on a phone, half of it
CELL_MARGIN_TWIPS = 200  # left and right of a cell together
HEAD_CHARACTER_TWIPS = 112  # a bold character of 9.5 pt, on the wide side

# What each type asks for in a grid: the narrowest column it can be read in, in twips, and its share of what is left.
_NEEDS: dict[str, tuple[int, int]] = {
    "text": (1700, 4),
    "paragraph": (2400, 6),
    "integer": (1200, 1),
    "decimal": (1200, 1),
    "money": (1200, 1),
    "percent": (1200, 1),
    "date": (1560, 1),
    "period": (1800, 1),
    "select_one": (1150, 2),
    "select_multiple": (1900, 3),
    "boolean": (800, 1),
    "email": (2000, 3),
    "phone": (1500, 1),
    "organisation": (1700, 3),
    "reference": (1150, 2),
}


@dataclass(frozen=True)
class Rows:
    """How the rows of a table are written and told apart.

    ``lay_out`` gives the grids of a table in a language; ``number`` the row that a first cell's text names, or None.
    """

    lay_out: Callable[[Table, str], Iterator[Grid]]
    number: Callable[[Table, str], int | None]


def split(percent: int) -> tuple[int, int]:
    """The widths of two columns, the first so many percent of the page."""
    first = TEXT_WIDTH_TWIPS * percent // 100
    return first, TEXT_WIDTH_TWIPS - first


def as_cards(table: Table) -> bool:
    """Each row stands in a card of its own: the blueprint says so, or its columns find no room side by side."""
    return table.cards or sum(_least(column) for column in table.columns) + _first_width(table) > TEXT_WIDTH_TWIPS


def row_noun(table: Table, language: str) -> str:
    """What one row is called."""
    return table.row_label or say(language, "form.row")


def _least(column: Column) -> int:
    """The narrowest a column can be: its type's need, or the longest word of its header."""
    words = title_of(column.label, column.unit).split()
    longest = max((len(word) for word in words), default=0)
    return max(_NEEDS[column.spec.type][0], longest * HEAD_CHARACTER_TWIPS + CELL_MARGIN_TWIPS)


def _first_width(table: Table) -> int:
    return TEXT_WIDTH_TWIPS * 24 // 100 if table.fixed else NUMBER_TWIPS


def _widths(table: Table) -> tuple[int, ...]:
    """The first column as wide as it needs, the rest shared out by the types' needs; together the page."""
    first = _first_width(table)
    least = [_least(column) for column in table.columns]
    spare = max(0, TEXT_WIDTH_TWIPS - first - sum(least))
    shares = [_NEEDS[column.spec.type][1] for column in table.columns]
    widths = [need + spare * share // sum(shares) for need, share in zip(least, shares, strict=True)]
    widths[-1] += TEXT_WIDTH_TWIPS - first - sum(widths)
    return (first, *widths)


def _grid(table: Table, language: str) -> Iterator[Grid]:
    corner = row_noun(table, language) if table.fixed else say(language, "form.number")
    head: list[Cell] = [Fixed((said("ColumnHead", corner),))]
    for column in table.columns:
        label = (title_of(column.label, column.unit), column.hint, column.required)
        head.append(label_cell(label, language, style="ColumnHead"))
    rows = [GridRow(tuple(head), head=True)]
    for row in table.rows:
        first = Fixed((said("RowLabel", row.label) if table.fixed else said("RowNumber", str(row.number)),))
        rows.append(GridRow((first, *(Answer(slot) for slot in row.slots)), number=row.number))
    yield Grid("grid", tuple(rows), _widths(table), table.label, table)


def _cards(table: Table, language: str) -> Iterator[Grid]:
    for row in table.rows:
        rows = [GridRow((Fixed((said("CardHead", _card_title(table, row, language)),)),), head=True, number=row.number)]
        hints = {column.key: column.hint for column in table.columns}
        for slot in row.slots:
            label = (title_of(slot.label, slot.spec.unit), slot.hint or hints[slot.address.column or ""], slot.required)
            rows.append(GridRow((label_cell(label, language), Answer(slot)), number=row.number))
        title = f"{table.label}: {_card_title(table, row, language)}"
        yield Grid("card", tuple(rows), split(34), title, table)


def _card_title(table: Table, row: Row, language: str) -> str:
    return row.label if table.fixed and row.label else f"{row_noun(table, language)} {row.number}"


def _named_row(table: Table, text: str) -> int | None:
    """The fixed row of a label."""
    wanted = same_words(text)
    named = [row.number for row in table.rows if wanted and same_words(row.label) == wanted]
    return named[0] if len(named) == 1 else None


def _grid_number(table: Table, text: str) -> int | None:
    if table.fixed:
        return _named_row(table, text)
    match = re.fullmatch(r"\s*(\d{1,6})\s*[.)]?\s*", text)
    return int(match[1]) if match else None


def _card_number(table: Table, text: str) -> int | None:
    if table.fixed:
        return _named_row(table, text)
    nouns = {same_words(noun) for noun in (table.row_label, *(say(language, "form.row") for language in LANGUAGES))}
    match = re.fullmatch(r"(.*?)\s*(?:nr\.? ?)?(\d{1,6})\s*[.:)]?", same_words(text))
    return int(match[2]) if match and match[1] in nouns | {""} else None


def _lay_out(table: Table, language: str) -> Iterator[Grid]:
    return _cards(table, language) if as_cards(table) else _grid(table, language)


def _number(table: Table, text: str) -> int | None:
    return _card_number(table, text) if as_cards(table) else _grid_number(table, text)


ROWS = Rows(_lay_out, _number)
