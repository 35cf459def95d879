"""What is typed into a workbook comes back once, under its key; what was filled in beforehand too."""

import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from docgen.document import Document, Question
from docgen.fields import FIELD_TYPES
from docgen.fields.base import Option
from docgen.formats.excel.reader import identify, read
from docgen.formats.excel.writer import write
from docgen.response import understand
from docgen.values import Address, Literal, Raw, Value
from tests.filler.xlsx import Input, Xlsx
from tests.formats import samples

NATIVE = {"date"} | {name for name, kind in FIELD_TYPES.items() if kind.numeric}  # what a cell holds as a number


def every_value(document: Document) -> dict[str, Value]:
    """A value for every slot."""
    values = {str(slot.address): samples.VALUES[slot.spec.type] for slot in document.slots()}
    values["sample.one_box"] = True
    values["sample.kind"] = "kind_3"
    return values


def answers(data: bytes, document: Document) -> dict[str, Value | None]:
    """What is understood of a file in which nothing is wrong."""
    response = understand("fil.xlsx", document, read(data, document))
    assert not response.problems
    assert not response.unplaced
    return {str(answer.address): answer.value for answer in response.answers}


def filled(values: dict[str, Value | None]) -> dict[str, Value]:
    """The answers that are not empty."""
    return {key: value for key, value in values.items() if value is not None}


def places(document: Document, book: Xlsx) -> dict[str, Input]:
    """The unlocked cells by the key whose name stands for them."""
    found = {}
    slots = {str(slot.address).replace(".", "_"): slot for slot in document.slots() if slot.address.row is None}
    columns = {
        f"{table.key}_{column.key}".replace(".", "_"): (table, column)
        for table in document.tables()
        for column in table.columns
    }
    first: dict[str, int] = {}
    for cell in book.inputs():
        if not cell.unlocked:
            continue
        for name in cell.names:
            if name in slots:
                found[str(slots[name].address)] = cell
            elif name in columns:
                table, column = columns[name]
                row = int("".join(filter(str.isdigit, cell.ref)))
                number = 1 + row - first.setdefault(name, row)
                found[str(Address(table.key, number, column.key))] = cell
    return found


@pytest.fixture(scope="module")
def document() -> Document:
    return samples.document()


@pytest.fixture(scope="module")
def blank(document: Document) -> bytes:
    return write(document)


def test_a_blank_form_reads_as_empty_in_every_slot(document: Document, blank: bytes) -> None:
    reading = read(blank, document)
    assert [found.address for found in reading.found] == [slot.address for slot in document.slots()]
    assert all(found.raw == Raw() for found in reading.found)
    assert {(found.by, found.sure) for found in reading.found} == {("name", 1.0)}
    assert (reading.unplaced, reading.problems) == ((), ())


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_filled_in_beforehand_reads_as_itself(language: str) -> None:
    document = samples.document(language)
    values = every_value(document)
    assert answers(write(samples.with_values(document, values)), document) == values


def test_the_same_document_gives_the_same_bytes(document: Document, blank: bytes) -> None:
    assert write(document) == blank


def test_a_file_says_which_it_is(document: Document, blank: bytes) -> None:
    marks = identify(blank)
    identity = document.identity
    assert (marks.blueprint, marks.version, marks.hash) == (identity.blueprint, identity.version, identity.hash)
    assert (marks.round, marks.partner, marks.document) == (identity.round, identity.partner, identity.document)
    assert marks.carried == document.carried
    assert marks.remarks == ()


def test_a_hundred_thousand_characters_are_carried(document: Document) -> None:
    letters = random.Random(7)
    carried = "".join(chr(letters.randrange(0x100, 0xD7FF)) for _ in range(100_000))
    assert identify(write(replace(document, carried=carried))).carried == carried


@pytest.mark.parametrize("shared", [False, True])
def test_what_a_person_types_comes_back_under_its_key(
    document: Document, blank: bytes, tmp_path: Path, *, shared: bool
) -> None:
    file = tmp_path / "tom.xlsx"
    file.write_bytes(blank)
    book = Xlsx(file)
    values = every_value(document)
    slots = {str(slot.address): slot for slot in document.slots()}
    cells = places(document, book)
    for key, value in values.items():
        spec = slots[key].spec
        typed = value if spec.type in NATIVE else FIELD_TYPES[spec.type].show(value, spec)
        book.write(cells[key].sheet, cells[key].ref, typed, shared=shared)  # type: ignore[arg-type]
    assert answers(book.save(tmp_path / "fylld.xlsx").read_bytes(), document) == values


def test_every_input_cell_brings_its_own_token_back_once(document: Document, blank: bytes, tmp_path: Path) -> None:
    file = tmp_path / "tom.xlsx"
    file.write_bytes(blank)
    book = Xlsx(file)
    cells = places(document, book)
    printed = {str(slot.address) for slot in document.slots()}
    assert printed <= set(cells)
    assert {(cell.sheet, cell.ref) for cell in book.inputs() if cell.unlocked and cell.names} == {
        (cell.sheet, cell.ref) for cell in cells.values()
    }
    tokens = {key: f"märke {number} i {key}" for number, key in enumerate(cells)}
    for key, token in tokens.items():
        book.write(cells[key].sheet, cells[key].ref, token)
    reading = read(book.save(tmp_path / "märken.xlsx").read_bytes(), document)
    assert {str(found.address): found.raw.text for found in reading.found} == tokens
    assert len(reading.found) == len(tokens)
    assert reading.unplaced == ()
    assert reading.problems == ()


def test_a_word_in_place_of_a_number(tmp_path: Path) -> None:
    words = (Option("not_counted", "Räknas inte hos oss"),)
    document = samples.document()
    spec = samples.spec("integer", literals=words)
    values: dict[str, Value] = {"sample.integer": Literal("not_counted")}
    first = document.sections[0]
    blocks = tuple(
        replace(block, slot=replace(block.slot, spec=spec))
        if isinstance(block, Question) and block.slot.address.field == "sample.integer"
        else block
        for block in first.blocks
    )
    document = replace(document, sections=(replace(first, blocks=blocks), *document.sections[1:]))
    file = tmp_path / "ord.xlsx"
    file.write_bytes(write(samples.with_values(document, values)))
    cell = places(document, Xlsx(file))["sample.integer"]
    assert cell.validation == "list"
    assert cell.options[:3] == ("Räknas inte hos oss", "0", "1")
    assert filled(answers(file.read_bytes(), document)) == values


def test_a_number_is_read_as_it_is_stored(document: Document, blank: bytes, tmp_path: Path) -> None:
    file = tmp_path / "tom.xlsx"
    file.write_bytes(blank)
    book = Xlsx(file)
    cell = places(document, book)["sample.money"]
    for typed, number, text in (
        (Decimal("1234.1"), "1234.1", "1\N{NO-BREAK SPACE}234,1"),
        (Decimal("0.30000000000000004"), "0.30000000000000004", "0,30000000000000004"),
        (Decimal(150000), "150000", "150\N{NO-BREAK SPACE}000"),
    ):
        book.write(cell.sheet, cell.ref, typed)
        (found,) = [
            each for each in read(book.save(tmp_path / "tal.xlsx").read_bytes(), document).found if not each.raw.empty
        ]
        assert found.raw == Raw(text, number=Decimal(number))


def test_truth_and_text_in_a_cell_for_yes_or_no(document: Document, blank: bytes, tmp_path: Path) -> None:
    file = tmp_path / "tom.xlsx"
    file.write_bytes(blank)
    book = Xlsx(file)
    cell = places(document, book)["sample.boolean"]
    book.write(cell.sheet, cell.ref, False)
    data = book.save(tmp_path / "falskt.xlsx").read_bytes()
    assert [each.raw for each in read(data, document).found if each.raw.truth is not None] == [
        Raw("FALSKT", truth=False)
    ]
    assert filled(answers(data, document)) == {"sample.boolean": False}
