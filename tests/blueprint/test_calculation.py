"""Calculations: parsed without running anything, resolved to addresses, computed in Decimal."""

from decimal import Decimal

import pytest

from docgen.blueprint.calculation import (
    Arithmetic,
    Cell,
    CellSum,
    ColumnSum,
    Formula,
    Name,
    Number,
    SumOf,
    evaluate,
    names,
    parse,
    resolve,
)
from docgen.values import Address

A, B = Name(("a",)), Name(("s", "b"))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("1", Number(Decimal(1))),
        ("0.1", Number(Decimal("0.1"))),
        ("a", A),
        (" s.b ", B),
        ("a + s.b", Arithmetic("+", A, B)),
        ("a - a * 2", Arithmetic("-", A, Arithmetic("*", A, Number(Decimal(2))))),
        ("(a - a) / 2", Arithmetic("/", Arithmetic("-", A, A), Number(Decimal(2)))),
        ("-a", Arithmetic("-", Number(Decimal(0)), A)),
        ("sum(a)", SumOf(A)),
        ("sum(s.t.c)", SumOf(Name(("s", "t", "c")))),
        ('sum(s.t.c, k == "x", r == row)', SumOf(Name(("s", "t", "c")), (("k", "x"), ("r", None)))),
    ],
)
def test_parse(text: str, tree: object) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    "text",
    [
        "", "a +", "a b", "a ** 2", "a // 2", "a % 2", "not a", "a < 2", "a if a else a", "'a'", "True", "None", "[a]",
        "f(a)", "sum()", "sum(a, b)", "sum(a, b=1)", "sum(1)", "a()", "a[0]", "a.b()", "lambda: 1", "(a := 1)",
        "__import__('os')", "1j", "a\nb", "sum(a, k != 'x')", "sum(a, k == 1)", "a" + "+a" * 5000, "(" * 3000, "\x00",
        "1e999", "9" * 10_000,
    ],
)  # fmt: skip
def test_what_is_no_calculation(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse(text)


def _resolved(text: str) -> Formula:
    def name(found: Name | SumOf) -> Formula:
        if isinstance(found, SumOf):
            return ColumnSum("s.t", ("c",)) if len(found.name.parts) == 3 else CellSum((Address("s.x"), Address("s.y")))
        return Cell(Address("s." + found.parts[-1]))

    return resolve(parse(text), name)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x + y", "0.3"),
        ("x * 3 - y", "0.1"),
        ("sum(x)", "0.3"),
        ("sum(s.t.c) / 2", "21"),
        ("1 / (x - x)", None),
        ("1 + 1 / empty", None),
        ("empty", "0"),
        ("-x", "-0.1"),
        ("10 / 4", "2.5"),
    ],
)
def test_evaluate(text: str, value: str | None) -> None:
    cells = {"s.x": Decimal("0.1"), "s.y": Decimal("0.2")}
    found = evaluate(_resolved(text), lambda at: cells.get(str(at), Decimal(0)), lambda _: Decimal(42))
    assert found == (None if value is None else Decimal(value))


def test_names_and_a_name_left_over() -> None:
    assert list(names(parse("a + sum(a) * 2 - s.b"))) == [A, SumOf(A), B]
    with pytest.raises(TypeError):
        evaluate(parse("a"), lambda _: Decimal(0), lambda _: Decimal(0))
