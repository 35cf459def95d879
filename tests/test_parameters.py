"""Parameters of a round, as a coordinator types them after ``--set``."""

import datetime

import pytest

from docgen.blueprint.load import from_data
from docgen.blueprint.model import Blueprint
from docgen.errors import BlueprintError
from docgen.parameters import parse_parameters, values_from_json
from docgen.sending import Round
from docgen.values import Period

_TYPES = {
    "place": {"type": "text", "label": "Kommun", "required": True},
    "span": {
        "type": "period",
        "appearance": "span",
        "label": "Planperiod",
        "required": True,
        "constraint": "value.years <= 5",
        "constraint_message": "Högst fem år.",
    },
    "year": {"type": "integer", "label": "År", "default": 2027},
    "reply_by": {"type": "date", "label": "Svara senast"},
    "mail": {"type": "email", "label": "E-post"},
    "phone": {"type": "phone", "label": "Telefon"},
    "kind": {"type": "select_one", "choices": "kinds", "label": "Slag"},
}


@pytest.fixture(scope="module")
def blueprint() -> Blueprint:
    section = {"title": "A", "fields": {"a": {"type": "text", "label": "A"}}}
    return from_data(
        {
            "docgen": 1, "id": "x", "version": "1", "language": "sv", "title": "X", "parameters": _TYPES,
            "choices": {"kinds": {"big": "Stor", "small": "Liten"}},
            "documents": {"d": {"format": "word", "title": "D", "sections": ["s"]}}, "sections": {"s": section},
        },
        {},
    )  # fmt: skip


GOOD = {"place": "Exempelstad", "span": "2027/2030"}


def test_values(blueprint: Blueprint) -> None:
    typed = {**GOOD, "reply_by": "30 juni 2027", "mail": "a@b.se", "kind": "liten", "phone": "112"}
    values = parse_parameters(blueprint, typed)
    assert values == {
        "place": "Exempelstad",
        "span": Period(2027, 2030, 0, "span"),
        "year": 2027,
        "reply_by": datetime.date(2027, 6, 30),
        "mail": "a@b.se",
        "phone": "112",
        "kind": "small",
    }
    assert list(values) == list(_TYPES)
    stored = Round(blueprint, values, ()).parameters_as_json()
    assert values_from_json(blueprint, stored) == values


@pytest.mark.parametrize(
    ("typed", "code", "args"),
    [
        ({"span": "2027/2030"}, "parameter-required", {"name": "place"}),
        ({**GOOD, "place": "  "}, "parameter-required", {"name": "place"}),
        ({**GOOD, "spam": "x"}, "parameter-unknown", {"close": "span"}),
        ({**GOOD, "span": "2027"}, "parameter-value", {"example": "2027/2030"}),
        ({**GOOD, "span": "2027/2040"}, "parameter-constraint", {"message": "Högst fem år."}),
        ({**GOOD, "year": "12.000"}, "parameter-value", {"example": "2027"}),
        ({**GOOD, "reply_by": "6/7/2027"}, "parameter-value", {"example": "2027-06-30"}),
        ({**GOOD, "mail": "nej"}, "parameter-value", {"example": "name@example.org"}),
        ({**GOOD, "phone": "ring Anna"}, "parameter-value", {}),
        ({**GOOD, "kind": "mellan"}, "parameter-value", {"example": "big"}),
    ],
)
def test_refused(typed: dict[str, str], code: str, args: dict[str, str], blueprint: Blueprint) -> None:
    with pytest.raises(BlueprintError) as raised:
        parse_parameters(blueprint, typed)
    [found] = raised.value.problems
    assert found.code == code
    assert args.items() <= dict(found.args).items()
    assert found.message("sv")
    assert found.remedy("en")


def test_all_at_once(blueprint: Blueprint) -> None:
    with pytest.raises(BlueprintError) as raised:
        parse_parameters(blueprint, {"x": "1", "mail": "nej"})
    codes = [found.code for found in raised.value.problems]
    assert codes == ["parameter-unknown", "parameter-required", "parameter-required", "parameter-value"]


def test_half_a_character_is_refused_by_name(blueprint: Blueprint) -> None:
    with pytest.raises(BlueprintError) as raised:
        parse_parameters(blueprint, {**GOOD, "place": "Ex\ud83dstad"})
    [found] = raised.value.problems
    assert found.code == "parameter-value"
    found.line("sv").encode()
