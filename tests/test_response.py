"""From what a reader found to typed answers, and the JSON that the contract fixes."""

import datetime
from decimal import Decimal

from docgen.document import Document
from docgen.response import Found, Reading, Response, Unplaced, understand
from docgen.values import Address, Raw
from tests.formats import samples


def _document() -> Document:
    return samples.document()


def _response(*found: Found) -> Response:
    return understand("svar.docx", _document(), Reading(found, (Unplaced("Kommentar", "hej"),)))


def _table() -> str:
    return next(table.key for table in _document().tables() if not table.fixed)


def _at(type_: str) -> Address:
    return next(slot.address for slot in _document().slots() if slot.spec.type == type_ and slot.address.row is None)


def test_answers_raw_texts_and_sources() -> None:
    date, money = _at("date"), _at("money")
    said = _response(
        Found(date, Raw("sommaren 2027"), "Avsnitt 1", "tag"),
        Found(money, Raw("2,5 mkr"), "Avsnitt 1", "place", 0.9),
    ).as_json("sv")
    assert said["answers"][str(date)] is None
    assert said["raw"] == {str(date): "sommaren 2027"}
    assert said["answers"][str(money)] == "2500000"
    assert said["sources"][str(money)] == {"where": "Avsnitt 1", "by": "place", "sure": 0.9}
    assert set(said["sources"]) == {str(date), str(money)}
    assert said["unplaced"] == [{"where": "Kommentar", "text": "hej"}]
    assert [found["code"] for found in said["problems"]] == ["not-a-date", "amount-understood"]
    assert [found["severity"] for found in said["problems"]] == ["error", "info"]


def test_every_field_asked_is_there_and_an_empty_one_is_null() -> None:
    said = _response().as_json("sv")
    outside = {str(slot.address) for slot in _document().slots() if slot.address.row is None and slot.formula is None}
    tables = {table.key for table in _document().tables()}
    assert set(said["answers"]) == outside | tables
    assert all(value in (None, []) for value in said["answers"].values())
    assert said["sources"] == {}


def test_rows_that_hold_something_are_listed_those_a_person_added_too() -> None:
    key = _table()
    table = next(table for table in _document().tables() if table.key == key)
    column = next(column for column in table.columns if column.spec.type == "date")
    said = _response(
        Found(Address(key, 2, column.key), Raw("2027-06-30", date=datetime.date(2027, 6, 30)), "x", "tag"),
        Found(Address(key, 1, column.key), Raw("  "), "x", "tag"),
        Found(Address(key, 40, column.key), Raw(number=Decimal(7)), "x", "place"),
    ).as_json("sv")
    rows = said["answers"][key]
    assert [(row["row"], row[column.key]) for row in rows] == [(2, "2027-06-30"), (40, None)]
    assert all(list(row) == ["row", *(each.key for each in table.columns if not each.read_only)] for row in rows)
    assert said["raw"] == {f"{key}[40].{column.key}": "7"}


def test_what_was_not_understood_is_never_an_empty_text() -> None:
    for raw in (
        Raw(truth=True),
        Raw(number=Decimal("0.5")),
        Raw(chosen=("a", "b")),
        Raw(date=datetime.date(2027, 1, 1)),
    ):
        said = _response(Found(_at("integer"), raw, "x", "tag"))
        [answer] = said.answers
        assert answer.value is None
        assert answer.raw
