"""What the calculations of a document draw on: whether it is known, and whether it is any number at all."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from docgen.blueprint.calculation import Arithmetic, Cell, CellSum, ColumnSum
from docgen.document import Document, Slot
from docgen.values import Address


class Drawing:
    """Follows calculations to the answers they come from, each once.

    Args:
        document: with all that its calculations draw on.
        unknown: answers that nobody knows, with why.
    """

    def __init__(self, document: Document, unknown: Mapping[Address, str]) -> None:
        self._slots: dict[Address, Slot] = {slot.address: slot for slot in document.slots()}
        self._rows = {table.key: [row.number for row in table.rows] for table in document.tables()}
        self._unknown = dict(unknown)
        self._numbers: dict[Address, bool] = {}

    def unknown(self, address: Address) -> str:
        """Why nobody knows what stands at an address, "" where it is known."""
        if address not in self._unknown:
            self._unknown[address] = ""  # what leads back to itself says nothing more
            self._unknown[address] = next((why for each in self._drawn_on(address) if (why := self.unknown(each))), "")
        return self._unknown[address]

    def number(self, address: Address) -> bool:
        """Whether a number stands at an address, or a calculation that draws on one."""
        if address not in self._numbers:
            slot = self._slots.get(address)
            self._numbers[address] = False
            self._numbers[address] = slot is not None and (
                any(self.number(each) for each in self._drawn_on(address))
                if slot.formula is not None
                else isinstance(slot.value, int | Decimal) and not isinstance(slot.value, bool)
            )
        return self._numbers[address]

    def _drawn_on(self, address: Address) -> Iterator[Address]:
        slot = self._slots.get(address)
        return self._cells(slot.formula) if slot is not None else iter(())

    def _cells(self, formula: object) -> Iterator[Address]:
        match formula:
            case Cell(address=address):
                yield address
            case CellSum(addresses=addresses):
                yield from addresses
            case ColumnSum(table=table, columns=columns):
                for row in self._rows.get(table, ()):
                    if self._admits(formula, row):
                        yield from (Address(table, row, column) for column in columns)
            case Arithmetic(left=left, right=right):
                yield from self._cells(left)
                yield from self._cells(right)
            case _:
                pass

    def _admits(self, wanted: ColumnSum, row: int) -> bool:
        cells = [(self._slots.get(Address(wanted.table, row, key)), name) for key, name, _ in wanted.filters]
        return all(slot is not None and slot.value == name for slot, name in cells)
