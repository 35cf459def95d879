"""Constraints in CEL: what is wrong with one is told, and what cannot be judged passes as neither right nor wrong."""

import datetime
from decimal import Decimal

import pytest

from docgen.blueprint.rules import constraint_errors, holds, syntax_errors
from docgen.values import Literal, Period, Reference, Signature, Value


@pytest.mark.parametrize(
    ("constraint", "value", "verdict"),
    [
        ("value.years >= 3 && value.years <= 5", Period(2027, 2030, 0, "span"), True),
        ("value.years >= 3", Period(2027, 2028, 0, "span"), False),
        ("size(value) <= 5", "hej", True),
        ("size(value) <= 5", "hejsan", False),
        ("size(value) == 3", "åäö", True),
        ("value >= 2000 && value <= 2100", 2027, True),
        ("value > 0.5", Decimal("0.25"), False),
        ("value <= '2027-12-31'", datetime.date(2027, 6, 30), True),
        ("'a' in value", ("a", "b"), True),
        ("value", True, True),
        ("value.missing > 3", Period(2027, 2028), None),
        ("value > 3", "text", None),
        ("size(value)", "hej", None),
        ("1 / value == 1", 0, None),
    ],
)
def test_holds(constraint: str, value: Value, verdict: bool | None) -> None:
    assert holds(constraint, value) is verdict


@pytest.mark.parametrize(
    "value", [Literal("whole"), Reference("a.b", 1), Signature(present=True), 10**30, Decimal("1e400")]
)
def test_a_value_the_engine_does_not_know_is_not_judged(value: Value) -> None:
    assert holds("value == 1", value) in {None, False}


def test_errors() -> None:
    assert constraint_errors("value > 3") == []
    assert "undeclared reference" in constraint_errors("other > 3")[0]
    assert len(syntax_errors("a ||")) == 1
    assert syntax_errors("row.x <= plan.y") == []
    assert syntax_errors("") != []
