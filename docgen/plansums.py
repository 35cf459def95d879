"""The sums of the merged plan: what a formula means there, and what it may draw on.

In a partner's file a name in a calculation is one answer; in the plan there are the answers of all partners. A field
that was asked once stands for the sum of what they said, or for the one answer that its ``merge`` word leaves.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from docgen.blueprint import calculation
from docgen.blueprint.calculation import Arithmetic, Cell, CellSum, ColumnSum, Formula, Name, Number, SumOf
from docgen.blueprint.model import Blueprint, Field, Section
from docgen.document import Column, Document, Slot, Table
from docgen.document import Section as LaidOut
from docgen.drawing import Drawing
from docgen.fields import Spec
from docgen.totals import with_slots
from docgen.values import Address

Parts = tuple[str, str, str]  # section, field, and the column or ""


@dataclass(frozen=True)
class Contribution:
    """Where what partners said to one question stands: a column of a table with a row a partner.

    ``rows`` are those that count, None for all of them. Where none does nobody knows what holds: answers that should
    agree do not, or what was said last was not understood.
    """

    table: str
    column: str
    rows: tuple[int, ...] | None = None

    @property
    def unknown(self) -> bool:
        """Whether nobody knows what holds."""
        return self.rows == ()


def summed(formula: Formula, contributions: Mapping[str, Contribution]) -> Formula:
    """A formula of one partner's file as one over what all partners said."""
    match formula:
        case Cell(address=address) if _known(address, contributions):
            return _sum([contributions[str(address)]])
        case CellSum(addresses=addresses) if any(_known(address, contributions) for address in addresses):
            known = [contributions[str(address)] for address in addresses if _known(address, contributions)]
            rest = tuple(address for address in addresses if not _known(address, contributions))
            total = _sum(known)
            return Arithmetic("+", total, CellSum(rest)) if rest else total
        case Arithmetic(operator=operator, left=left, right=right):
            return Arithmetic(operator, summed(left, contributions), summed(right, contributions))  # type: ignore[arg-type]
        case _:
            return formula


def _known(address: Address, contributions: Mapping[str, Contribution]) -> bool:
    found = contributions.get(str(address)) if address.row is None else None
    return found is not None and not found.unknown


def _sum(parts: list[Contribution]) -> Formula:
    whole = [part for part in parts if part.rows is None]
    chosen = tuple(Address(part.table, row, part.column) for part in parts for row in part.rows or ())
    sums: list[Formula] = [
        ColumnSum(table, tuple(part.column for part in whole if part.table == table))
        for table in dict.fromkeys(part.table for part in whole)
    ]
    if chosen:
        sums.append(Cell(chosen[0]) if len(chosen) == 1 else CellSum(chosen))
    total: Formula = sums[0] if sums else Number(Decimal(0))
    for each in sums[1:]:
        total = Arithmetic("+", total, each)
    return total


def settled(document: Document, whole: Document, unknown: Mapping[Address, str]) -> Document:
    """A document with each calculation's value as it is when everything is counted.

    A formula that draws on what stands in another document gives way to its value. One that draws on what nobody knows
    (``unknown``, with why) gives way to why, and one that draws on no number at all to nothing: a 0 would be a claim.
    """
    counted = {slot.address: slot for slot in whole.slots() if slot.formula is not None}
    everything, here, drawing = _places(whole), _places(document), Drawing(whole, unknown)

    def known(slot: Slot) -> Slot:
        if slot.formula is None or slot.address not in counted:
            return slot
        why = drawing.unknown(slot.address)
        if why:
            return replace(slot, formula=None, value=why, spec=Spec("text", slot.spec.language), read_only=True)
        if not drawing.number(slot.address):
            return replace(slot, formula=None, value=None, read_only=True)
        formula, value = counted[slot.address].formula, counted[slot.address].value
        if any(place in everything and place not in here for place in _drawn_on(formula)):
            return replace(slot, formula=None, value=value, read_only=True)
        return replace(slot, formula=formula, value=value)

    return _totalled(with_slots(document, known), drawing)


def _totalled(document: Document, drawing: Drawing) -> Document:
    """A document with totals only under columns of which a total can be known."""

    def told(table: Table, column: Column) -> bool:
        cells = [Address(table.key, row.number, column.key) for row in table.rows]
        return any(drawing.number(each) for each in cells) and not any(drawing.unknown(each) for each in cells)

    def sections() -> Iterator[LaidOut]:
        for section in document.sections:
            blocks = tuple(
                replace(
                    block,
                    columns=tuple(replace(each, total=each.total and told(block, each)) for each in block.columns),
                )
                if isinstance(block, Table)
                else block
                for block in section.blocks
            )
            yield replace(section, blocks=blocks)

    return replace(document, sections=tuple(sections()))


Place = Address | tuple[str, str]  # a cell; a column


def _places(document: Document) -> set[Place]:
    columns = {(table.key, column.key) for table in document.tables() for column in table.columns}
    return {slot.address for slot in document.slots()} | columns


def _drawn_on(formula: object) -> Iterator[Place]:
    match formula:
        case Cell(address=address):
            yield address
        case CellSum(addresses=addresses):
            yield from addresses
        case ColumnSum(table=table, columns=columns, filters=filters):
            yield from ((table, column) for column in columns)
            yield from ((table, column) for column, _, _ in filters)
        case Arithmetic(left=left, right=right):
            yield from _drawn_on(left)
            yield from _drawn_on(right)
        case _:
            pass


def answers(blueprint: Blueprint) -> Iterator[tuple[Parts, tuple[Section | Field, ...]]]:
    """Every field and column, with what it stands in and itself."""
    for section in blueprint.sections.values():
        for field in section.fields.values():
            yield (section.name, field.name, ""), (section, field)
            for column in field.columns.values():
                yield (section.name, field.name, column.name), (section, field, column)


def uses(blueprint: Blueprint) -> dict[Parts, frozenset[Parts]]:
    """For each calculation, the fields and columns it names; those its filters look at too."""
    found: dict[Parts, frozenset[Parts]] = {}
    for parts, around in answers(blueprint):
        field = around[-1]
        if isinstance(field, Field) and field.calculation:
            names = calculation.names(calculation.parse(field.calculation))
            found[parts] = frozenset(each for name in names for each in _named(parts, name))
    return found


def _named(within: Parts, found: Name | SumOf) -> Iterator[Parts]:
    match found.name.parts if isinstance(found, SumOf) else found.parts:
        case (column,):
            yield within[0], within[1], column
        case (section, field):
            yield section, field, ""
        case (section, table, column):
            yield section, table, column
            for name, _ in found.filters if isinstance(found, SumOf) else ():
                yield section, table, name


def hidden(blueprint: Blueprint) -> frozenset[Parts]:
    """What others do not see: what the blueprint says, and every calculation that draws on it."""
    secret = {parts for parts, around in answers(blueprint) if any(each.visible == "coordinator" for each in around)}
    drawn_on = uses(blueprint)
    while more := {parts for parts, used in drawn_on.items() if parts not in secret and used & secret}:
        secret |= more
    return frozenset(secret)
