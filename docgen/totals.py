"""Computes a document's formulas in Decimal, so that a preview without a spreadsheet program shows the right sums."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache

from docgen.blueprint import calculation
from docgen.blueprint.calculation import ColumnSum, Formula
from docgen.document import Block, Document, Question, Section, Slot, Table
from docgen.values import Address, Literal, Value


def calculated(document: Document) -> Document:
    """The document with every formula's value filled in, from the values that stand in it."""
    formulas = {slot.address: slot.formula for slot in document.slots() if slot.formula is not None}
    if not formulas:
        return document
    values = {slot.address: slot.value for slot in document.slots()}
    tables = {table.key: table for table in document.tables()}
    known: dict[Address, Decimal] = {}

    def cell(address: Address) -> Decimal:
        if address not in known:
            known[address] = Decimal(0)  # a formula that leads back to itself counts as 0, as in a spreadsheet
            formula = formulas.get(address)
            known[address] = _number(values.get(address)) if formula is None else value(formula)
        return known[address]

    @cache
    def admitted(table: str, filters: tuple[tuple[str, str, str], ...]) -> tuple[int, ...]:
        rows = [row.number for row in tables[table].rows] if table in tables else []
        return tuple(
            row for row in rows if all(values.get(Address(table, row, key)) == name for key, name, _ in filters)
        )

    def column(wanted: ColumnSum) -> Decimal:
        rows = admitted(wanted.table, wanted.filters)
        return sum((cell(Address(wanted.table, row, key)) for row in rows for key in wanted.columns), Decimal(0))

    def value(formula: Formula) -> Decimal:
        return calculation.evaluate(formula, cell, column) or Decimal(0)

    def filled(slot: Slot) -> Slot:
        return slot if slot.formula is None else replace(slot, value=cell(slot.address))

    return with_slots(document, filled)


def with_slots(document: Document, change: Callable[[Slot], Slot]) -> Document:
    """A document with every slot replaced by what ``change`` makes of it."""
    return replace(document, sections=tuple(_section_with_slots(section, change) for section in document.sections))


def _section_with_slots(section: Section, change: Callable[[Slot], Slot]) -> Section:
    blocks: list[Block] = []
    for block in section.blocks:
        match block:
            case Question():
                blocks.append(replace(block, slot=change(block.slot)))
            case Table():
                rows = tuple(replace(row, slots=tuple(change(slot) for slot in row.slots)) for row in block.rows)
                blocks.append(replace(block, rows=rows))
            case _:
                blocks.append(block)
    return replace(section, blocks=tuple(blocks))


def _number(value: Value | None) -> Decimal:
    if isinstance(value, bool) or value is None or isinstance(value, Literal):
        return Decimal(0)
    return Decimal(value) if isinstance(value, int | Decimal) else Decimal(0)
