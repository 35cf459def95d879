"""Whether a formula that came back is the one that was written, or one that a person put in its place."""

import re
from collections.abc import Mapping

from docgen.document import Slot
from docgen.formats.excel import display
from docgen.formats.excel.formulas import Spot, spell
from docgen.formats.excel.names import a1_range, column_letters
from docgen.formats.excel.ooxml import Cell
from docgen.formats.excel.own import Home
from docgen.formats.excel.places import Book
from docgen.formats.excel.references import normalised


class Calculated:
    """The formulas of a book.

    Programs rewrite a formula as rows, columns and sheets move: where any has, only its shape is compared.
    """

    def __init__(self, book: Book, homes: Mapping[str, Home]) -> None:
        self._spots = book.spots()
        self._moved = any(_moved(home) for home in homes.values())

    def ours(self, cell: Cell, slot: Slot, sheet: str) -> bool:
        """Whether a cell of a placed sheet holds a slot's calculation; a row somebody added has it for other cells."""
        if slot.formula is None or cell.formula is None:
            return False
        added = self._spots.cell(slot.address) is None
        return self._same(cell, spell(slot.formula, sheet, self._spots), sheet, anywhere=added)

    def repeats(self, cell: Cell, spot: Spot, sheet: str) -> bool:
        """Whether a cell of a placed sheet repeats another cell."""
        at = (spot.row, spot.col)
        return self._same(cell, a1_range(at, at, spot.sheet), sheet)

    def _same(self, cell: Cell, wanted: str, sheet: str, *, anywhere: bool = False) -> bool:
        found = cell.formula or ""
        if normalised(found, sheet) == normalised(wanted, sheet):
            return True
        loose = anywhere or self._moved
        return loose and normalised(found, sheet, shape=True) == normalised(wanted, sheet, shape=True)


def _moved(home: Home) -> bool:
    if home.sheet.name != home.place.name or any(old != new for old, new in home.anchors.items()):
        return True
    rows = {text: row for row, text in home.place.ids.items()}
    return any(row != rows.get(text) for text, spots in home.ids.items() for row, _ in spots)


def adds_up(cell: Cell | None, col: int, first: int | None = None, last: int | None = None) -> bool:
    """Whether a cell is the sum of its own column, from a first to a last row (from 0) if these are given."""
    if cell is None or cell.formula is None:
        return False
    letters = column_letters(col)
    own = re.fullmatch(rf"sum\({letters}(\d+)(?::{letters}(\d+))?\)", normalised(cell.formula, ""), re.IGNORECASE)
    if own is None or first is None or last is None:
        return own is not None
    # A table of one row is added up as one cell, without a range.
    return int(own[1]) <= first + 1 and int(own[2] or own[1]) >= last + 1


def told(cell: Cell, language: str) -> str:
    """A formula that somebody wrote, and what it gave."""
    shown = display.shown(cell, language)
    return shown if shown.startswith("=") or not cell.formula else f"={cell.formula} ({shown})"
