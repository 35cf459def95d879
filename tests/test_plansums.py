"""What the plan's calculations show where something is not known.

1. What draws on answers that should agree and do not shows why it cannot be calculated, through other calculations too.
2. What draws on no number at all shows nothing: a 0 would be a claim.
3. All else is as it was: what is empty beside a number counts as nothing.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from docgen.blueprint.load import from_data
from docgen.document import Document
from docgen.layout import documents_for
from docgen.locales import text as say
from docgen.merged import merge
from docgen.plan import plan_document
from docgen.sending import Partner, Round
from docgen.submission import assemble
from docgen.values import Address, Literal, Value
from tests.test_merge import response

PARTNERS = (Partner("a", "A"), Partner("b", "B"))
_MONEY = {"type": "money", "label": "Belopp", "literals": {"none": "Räknas inte"}}
_SUM = {"type": "money", "label": "Summa"}
DATA: dict[str, Any] = {
    "docgen": 1, "id": "x", "version": "1", "language": "sv", "title": "X",
    "choices": {"kinds": {"cash": "Pengar", "hours": "Timmar"}},
    "documents": {"d": {"format": "excel", "title": "D", "sections": ["s"]}},
    "sections": {
        "s": {
            "title": "S",
            "fields": {
                "items": {
                    "type": "table", "label": "Poster", "repeat": 3,
                    "columns": {
                        "kind": {"type": "select_one", "choices": "kinds", "label": "Slag"},
                        "cost": {**_MONEY, "total": True},
                    },
                },
                "rate": {"type": "decimal", "label": "Timpris", "merge": "agree"},
                "own": {**_MONEY, "merge": "sum"},
                "whole": {**_SUM, "calculation": "sum(s.items.cost)"},
                "cash": {**_SUM, "calculation": 'sum(s.items.cost, kind == "cash")'},
                "rated": {**_SUM, "calculation": "s.whole * s.rate"},
                "twice": {**_SUM, "calculation": "s.rated * 2"},
                "both": {**_SUM, "calculation": "s.whole + s.own"},
            },
        },
    },
}  # fmt: skip


def workbook(answers: Mapping[str, Mapping[str, Value]]) -> Document:
    round_ = Round(from_data(DATA, {}), {}, PARTNERS)
    came = [
        response(
            documents_for(round_, round_.partner(partner))[0],
            {Address.parse(key): value for key, value in each.items()},
            f"{partner}.xlsx",
        )
        for partner, each in answers.items()
    ]
    return plan_document(merge(round_, assemble(round_, came)), "excel")


def shown(document: Document) -> dict[str, tuple[Value | None, bool]]:
    """What each calculation shows, and whether it is one still."""
    return {
        str(slot.address)[2:]: (slot.value, slot.formula is not None)
        for slot in document.slots()
        if slot.address.row is None
    }


WHY = say("sv", "plan.unknown", label="Timpris")
COST: dict[str, Value] = {"s.items[1].kind": "cash", "s.items[1].cost": Decimal(100)}


@pytest.mark.parametrize("other", [Decimal("0.2"), Literal("none")])
def test_what_is_not_agreed_is_not_counted_as_nothing(other: Value) -> None:
    """1, 3"""
    found = shown(workbook({"a": {**COST, "s.rate": Decimal("0.1")}, "b": {"s.rate": other}}))
    assert (found["rated"], found["twice"]) == ((WHY, False), (WHY, False))
    assert (found["whole"], found["both"]) == ((Decimal(100), True), (Decimal(100), True))


def test_what_is_agreed_is_counted() -> None:
    """1"""
    found = shown(workbook({"a": {**COST, "s.rate": Decimal("0.1")}, "b": {"s.rate": Decimal("0.1")}}))
    assert (found["rated"], found["twice"]) == ((Decimal(10), True), (Decimal(20), True))


def test_a_sum_of_nothing_is_nothing() -> None:
    """2"""
    none = Literal("none")
    document = workbook({"a": {"s.items[1].cost": none, "s.own": none}, "b": {"s.items[1].kind": "hours"}})
    found = shown(document)
    assert {key: found[key] for key in ("own", "whole", "cash", "both")} == dict.fromkeys(
        ("own", "whole", "cash", "both"), (None, False)
    )
    assert not [column for table in document.tables() for column in table.columns if column.total]


def test_a_sum_of_the_rows_that_count_is_of_them_alone() -> None:
    """2"""
    document = workbook({"a": {"s.items[1].kind": "hours", "s.items[1].cost": Decimal(5)}})
    found = shown(document)
    assert (found["whole"], found["cash"]) == ((Decimal(5), True), (None, False))
    assert [column.key for table in document.tables() for column in table.columns if column.total] == ["cost"]
