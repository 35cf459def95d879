"""What is written is read: blank, filled in beforehand, filled in by a person's program, saved by LibreOffice.

Issue 3: a unique token typed into every text control, three lines in each paragraph, comes back once, under its key;
choices and dates likewise; the same after deleting one control of a table row and typing over it.
"""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from docgen.document import Document, Slot
from docgen.fields import FIELD_TYPES
from docgen.fields.references import choices
from docgen.formats.base import Unsupported
from docgen.formats.word.controls import CONTROLS, option_tag
from docgen.formats.word.reader import identify, read
from docgen.formats.word.writer import write
from docgen.response import Reading
from docgen.values import Period, Reference, Value
from tests.filler.docx import Docx
from tests.formats.samples import IDENTITY, document, with_values
from tests.formats.word import edits
from tests.judges.libreoffice import convert

TYPED = {"text", "period", "email", "phone"} | {name for name, kind in FIELD_TYPES.items() if kind.numeric}


def a_value(slot: Slot, number: int) -> Value:
    """A value of the slot's type that tells it from all others of its type, as far as the type can."""
    values: dict[str, Value] = {
        "text": f"token {number} å",
        "paragraph": f"first {number}\n second\tline \nthird {number}",
        "integer": number,
        "decimal": Decimal(number) + Decimal("0.5"),
        "money": Decimal(number * 1000),
        "percent": Decimal(number) / 1000,
        "date": datetime.date(2027, 1, 1) + datetime.timedelta(number),
        "period": Period(2000 + number, 2000 + number, 1 + number % 4, "quarter"),
        "boolean": True,
        "email": f"person{number}@exempel.se",
        "phone": f"08-{number:06}",
        "organisation": "polisen",
        "reference": Reference("sample.grid", 1 + number % 3),
    }
    if slot.spec.type == "select_one":
        return slot.spec.options[number % len(slot.spec.options)].name
    if slot.spec.type == "select_multiple":
        return tuple(option.name for option in slot.spec.options[number % 2 :: 2])
    return values[slot.spec.type]


def values_of(asked: Document) -> dict[str, Value]:
    return {str(slot.address): a_value(slot, number) for number, slot in enumerate(asked.slots(), start=1)}


def parsed(asked: Document, reading: Reading) -> dict[str, Value | None]:
    slots = {slot.address: slot for slot in asked.slots()}
    return {
        str(found.address): FIELD_TYPES[slots[found.address].spec.type]
        .parse(found.raw, slots[found.address].spec)
        .value
        for found in reading.found
    }


def fill_in(docx: Docx, asked: Document, values: dict[str, Value]) -> None:
    """What a person does with the mouse and the keyboard, control by control."""
    for slot in asked.slots():
        value = values[str(slot.address)]
        text = FIELD_TYPES[slot.spec.type].show(value, slot.spec)
        if isinstance(value, datetime.date):
            docx.set_date(slot.tag, value)
        elif isinstance(value, tuple) and slot.spec.appearance != "minimal":
            for option in slot.spec.options:
                docx.tick(option_tag(slot, option), on=option.name in value)
        elif slot.spec.type == "boolean" and slot.spec.appearance == "checkbox":
            docx.tick(slot.tag)
        elif slot.spec.type in {"select_one", "boolean", "organisation", "reference"}:
            docx.choose(slot.tag, text)
        else:
            docx.fill(slot.tag, text)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_blank_form_is_read_as_blank(language: str) -> None:
    asked = document(language)
    reading = read(write(asked), asked)
    assert [found.address for found in reading.found] == [slot.address for slot in asked.slots()]
    assert all(found.raw.empty and found.by == "tag" and found.sure == 1.0 for found in reading.found)
    assert (reading.unplaced, reading.problems) == ((), ())


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_was_filled_in_beforehand_is_read(language: str) -> None:
    asked = document(language)
    values = values_of(asked)
    reading = read(write(with_values(asked, values)), asked)
    assert parsed(asked, reading) == values
    assert (reading.unplaced, reading.problems) == ((), ())


def test_a_persons_program_fills_in_every_control(tmp_path: Path) -> None:
    asked = document()
    values = values_of(asked)
    (tmp_path / "form.docx").write_bytes(write(asked))
    docx = Docx(tmp_path / "form.docx")
    fill_in(docx, asked, values)
    reading = read(docx.save(tmp_path / "filled.docx").read_bytes(), asked)
    assert parsed(asked, reading) == values
    assert (reading.unplaced, reading.problems) == ((), ())
    dates = [found.raw for found in reading.found if found.raw.date is not None]
    assert all(raw.text == str(raw.date) for raw in dates)
    assert len(dates) == sum(slot.spec.type == "date" for slot in asked.slots())


def test_every_control_may_be_deleted_and_typed_over(tmp_path: Path) -> None:
    asked = document()
    source = tmp_path / "form.docx"
    source.write_bytes(write(asked))
    for slot in asked.slots():
        if slot.spec.type not in TYPED | {"paragraph"}:
            continue
        docx = Docx(source)
        cell = docx.delete_control(slot.tag)
        assert cell is not None
        typed = "first\nsecond\nthird" if slot.spec.type == "paragraph" else "token 7"
        docx.type_in_cell(cell, typed)
        reading = read(docx.save(tmp_path / "typed.docx").read_bytes(), asked)
        found = [each for each in reading.found if not each.raw.empty]
        assert [(each.address, each.raw.text.strip()) for each in found] == [(slot.address, typed)]
        assert found[0].by in {"bookmark", "place"}
        assert (reading.unplaced, reading.problems) == ((), ())


@pytest.mark.parametrize("marks", ["bookmarks", "nothing"])
def test_without_controls_each_answer_is_found_by_what_is_left(marks: str) -> None:
    asked = document()
    values = values_of(asked)
    data = edits.edit(write(with_values(asked, values)), edits.strip_controls)
    if marks == "nothing":
        data = edits.edit(data, edits.strip_bookmarks)
    reading = read(data, asked)
    assert parsed(asked, reading) == values
    assert {found.by for found in reading.found} == {"bookmark" if marks == "bookmarks" else "place"}
    assert (reading.unplaced, reading.problems) == ((), ())


@pytest.mark.parametrize("way", [("docx",), ("odt", "docx"), ("odt",), ("fodt",)])
def test_saved_by_libreoffice_everything_comes_back(way: tuple[str, ...], tmp_path: Path) -> None:
    asked = document()
    values = values_of(asked)
    file = tmp_path / "form.docx"
    file.write_bytes(write(with_values(asked, values)))
    blank = tmp_path / "blank.docx"
    blank.write_bytes(write(asked))
    files = [file, blank]
    for step, to in enumerate(way):
        files = convert(files, to, tmp_path / str(step))  # type: ignore[arg-type]
    reading = read(files[0].read_bytes(), asked)
    assert parsed(asked, reading) == values
    assert (reading.unplaced, reading.problems) == ((), ())
    empty = read(files[1].read_bytes(), asked)
    assert [found for found in empty.found if not found.raw.empty] == []
    assert (empty.unplaced, empty.problems) == ((), ())
    marks = identify(files[0].read_bytes())
    assert (marks.round, marks.partner, marks.document) == (IDENTITY.round, IDENTITY.partner, IDENTITY.document)
    assert marks.remarks == ("file-lost-marks",)


def test_a_file_says_which_it_is() -> None:
    asked = document()
    marks = identify(write(asked))
    assert marks.remarks == ()
    assert marks.carried == asked.carried
    for part in ("blueprint", "version", "hash", "round", "partner", "document"):
        assert getattr(marks, part) == getattr(asked.identity, part)


def test_the_visible_reference_is_enough() -> None:
    parts = edits.members(write(document()))
    bare = {name: data for name, data in parts.items() if not name.startswith(("docProps", "customXml"))}
    marks = identify(edits.pack(bare))
    assert (marks.round, marks.partner, marks.document) == (IDENTITY.round, IDENTITY.partner, IDENTITY.document)
    assert "file-lost-marks" in marks.remarks


def test_every_type_has_a_control_or_a_reason() -> None:
    assert set(CONTROLS) == {*FIELD_TYPES, "table"}
    assert [name for name, row in CONTROLS.items() if isinstance(row, Unsupported)] == ["signature"]


def test_a_reference_offers_its_rows_and_literals(tmp_path: Path) -> None:
    asked = document()
    (tmp_path / "form.docx").write_bytes(write(asked))
    offered = Docx(tmp_path / "form.docx").control("sample.reference").options
    spec = next(slot.spec for slot in asked.slots() if slot.spec.type == "reference")
    assert [option.display for option in offered] == [option.label for option in choices(spec)]
