"""Formulas resolved by layout and computed in Decimal, as a spreadsheet would."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from docgen.blueprint.load import from_data
from docgen.document import Document, Question, Table
from docgen.layout import lay_out
from docgen.sending import Partner, Round
from docgen.totals import calculated
from docgen.values import Address, Literal, Period, Value

_MONEY = {"type": "money", "label": "Belopp"}
_DATA: dict[str, Any] = {
    "docgen": 1, "id": "x", "version": "1", "language": "sv", "title": "X",
    "parameters": {"span": {"type": "period", "appearance": "span", "label": "År", "required": True}},
    "choices": {"kinds": {"cash": "Pengar", "hours": "Timmar"}},
    "documents": {"d": {"format": "excel", "title": "D", "sections": ["s", "t"]}},
    "sections": {
        "s": {
            "title": "S",
            "fields": {
                "items": {
                    "type": "table", "label": "Poster", "repeat": 3,
                    "columns": {
                        "kind": {"type": "select_one", "choices": "kinds", "label": "Slag"},
                        "cost": {**_MONEY, "each": "span.years", "literals": {"none": "Räknas inte"}},
                        "all": {**_MONEY, "calculation": "sum(cost)"},
                        "double": {**_MONEY, "each": "span.years", "calculation": "cost * 2"},
                    },
                },
                "whole": {**_MONEY, "calculation": "sum(s.items.cost)"},
                "yearly": {**_MONEY, "each": "span.years", "calculation": "sum(s.items.cost)"},
                "cash": {**_MONEY, "calculation": 'sum(s.items.cost, kind == "cash")'},
                "share": {"type": "decimal", "label": "Andel", "calculation": "s.cash / s.whole"},
            },
        },
        "t": {
            "title": "T",
            "fields": {
                "kinds": {
                    "type": "table", "label": "Slag", "rows": "choices.kinds",
                    "columns": {"sum": {**_MONEY, "calculation": "sum(s.items.cost, kind == row)"}},
                }
            },
        },
    },
}  # fmt: skip

ANSWERS: dict[str, Value] = {
    "s.items[1].kind": "cash", "s.items[1].cost_2027": Decimal(100), "s.items[1].cost_2028": Decimal("0.1"),
    "s.items[2].kind": "hours", "s.items[2].cost_2027": Decimal(50), "s.items[2].cost_2028": Decimal("0.2"),
    "s.items[3].cost_2027": Literal("none"),
}  # fmt: skip


def _filled(document: Document, answers: dict[str, Value]) -> Document:
    """The document with answers in it."""
    sections = []
    for section in document.sections:
        blocks: list[Any] = []
        for block in section.blocks:
            if isinstance(block, Table):
                rows = tuple(
                    replace(row, slots=tuple(replace(slot, value=answers.get(str(slot.address))) for slot in row.slots))
                    for row in block.rows
                )
                blocks.append(replace(block, rows=rows))
            else:
                blocks.append(block)
        sections.append(replace(section, blocks=tuple(blocks)))
    return calculated(replace(document, sections=tuple(sections)))


@pytest.fixture(scope="module")
def document() -> Document:
    round_ = Round(from_data(_DATA, {}), {"span": Period(2027, 2028, 0, "span")}, (Partner("a", "A"),))
    return lay_out(round_, round_.partners[0], "d")


@pytest.mark.parametrize(
    ("address", "blank", "filled"),
    [
        ("s.items[1].all", "0", "100.1"),
        ("s.items[1].double_2027", "0", "200"),
        ("s.items[3].all", "0", "0"),
        ("s.whole", "0", "150.3"),
        ("s.yearly_2027", "0", "150"),
        ("s.yearly_2028", "0", "0.3"),
        ("s.cash", "0", "100.1"),
        ("t.kinds[1].sum", "0", "100.1"),
        ("t.kinds[2].sum", "0", "50.2"),
    ],
)
def test_sums(document: Document, address: str, blank: str, filled: str) -> None:
    for of, wanted in ((document, blank), (_filled(document, ANSWERS), filled)):
        values = {str(slot.address): slot.value for slot in of.slots()}
        assert values[address] == Decimal(wanted)


def test_a_share_of_nothing_is_shown_as_nothing(document: Document) -> None:
    shares = [
        b.slot.value for s in document.sections for b in s.blocks if isinstance(b, Question) and b.slot.label == "Andel"
    ]
    assert shares == [Decimal(0)]
    values = {slot.address: slot.value for slot in _filled(document, ANSWERS).slots()}
    assert values[Address("s.share")] == Decimal("100.1") / Decimal("150.3")
