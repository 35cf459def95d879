"""Whatever a person or a program does to a workbook, each answer comes back under its key or is shown as unplaced."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from docgen.document import Document, Question, Table
from docgen.formats.excel.reader import identify, read
from docgen.formats.excel.writer import write
from docgen.response import Reading
from docgen.values import Raw
from tests.filler.xlsx import Input, Xlsx
from tests.formats import samples
from tests.formats.excel.edits import Edit
from tests.formats.excel.test_round_trip import places

QUESTIONS, TABLES = "Frågor av alla slag", "Tabeller"


@pytest.fixture(scope="module")
def document() -> Document:
    return samples.document()


@pytest.fixture(scope="module")
def blank(document: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("excel") / "tom.xlsx"
    file.write_bytes(write(document))
    return file


@pytest.fixture(scope="module")
def cells(document: Document, blank: Path) -> dict[str, Input]:
    return places(document, Xlsx(blank))


@pytest.fixture(scope="module")
def tokens(document: Document) -> dict[str, str]:
    """A token for every printed slot, alike in none."""
    return {str(slot.address): f"märke {number}: {slot.label}" for number, slot in enumerate(document.slots())}


@pytest.fixture(scope="module")
def filled(
    blank: Path, cells: dict[str, Input], tokens: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> bytes:
    book = Xlsx(blank)
    for key, token in tokens.items():
        book.write(cells[key].sheet, cells[key].ref, token)
    return book.save(tmp_path_factory.mktemp("excel") / "fylld.xlsx").read_bytes()


def texts(reading: Reading) -> dict[str, str]:
    """The answers that are not empty."""
    return {str(found.address): found.raw.text for found in reading.found if not found.raw.empty}


def row_of(cell: Input) -> int:
    return int("".join(filter(str.isdigit, cell.ref)))


def col_of(cell: Input) -> str:
    return "".join(filter(str.isalpha, cell.ref))


EDITS: dict[str, Callable[[Edit, dict[str, Input]], Edit]] = {
    "nothing": lambda edit, _: edit,
    "rows inserted at the top": lambda edit, _: edit.insert_row(QUESTIONS, 1, 3).insert_row(TABLES, 1, 3),
    "a row inserted before the second question": lambda edit, cells: edit.insert_row(
        QUESTIONS, row_of(cells["sample.paragraph"])
    ),
    "a row inserted within a table": lambda edit, cells: edit.insert_row(TABLES, row_of(cells["sample.grid[2].text"])),
    "rows inserted between tables": lambda edit, cells: edit.insert_row(
        TABLES, row_of(cells["tables.cards[1].text"]) - 3, 7
    ),
    "a column inserted at the left": lambda edit, _: edit.insert_column(QUESTIONS, "A").insert_column(TABLES, "A"),
    "a column inserted within a table": lambda edit, _: edit.insert_column(TABLES, "E"),
    "a sheet renamed": lambda edit, _: edit.rename(TABLES, "Våra mål, v. 2").rename(QUESTIONS, "Ett"),
    "sheets in another order": lambda edit, _: edit.reverse_sheets(),
    "an empty row deleted": lambda edit, cells: edit.delete_row(QUESTIONS, row_of(cells["sample.paragraph"]) - 1),
}
LOSSES: dict[str, Callable[[Edit], Edit]] = {
    "nothing": lambda edit: edit,
    "names": lambda edit: edit.drop_names(),
    "row ids": lambda edit: edit.drop_ids(),
    "names and row ids": lambda edit: edit.drop_names().drop_ids(),
}


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("what", EDITS)
def test_every_answer_is_found_again(
    what: str, loss: str, document: Document, filled: bytes, cells: dict[str, Input], tokens: dict[str, str]
) -> None:
    reading = read(LOSSES[loss](EDITS[what](Edit(filled), cells)).data(), document)
    assert texts(reading) == tokens
    assert reading.unplaced == ()
    assert reading.problems == ()


def test_a_moved_column_of_a_table(document: Document, filled: bytes, tokens: dict[str, str]) -> None:
    """Two columns change places, in all tables of the sheet; names follow, headers move along."""
    places_ = {4: 5, 5: 4}
    edit = Edit(filled).move(TABLES, lambda row, col: (row, places_.get(col, col)))
    for with_names in (True, False):
        reading = read((edit if with_names else edit.drop_names()).data(), document)
        assert texts(reading) == tokens
        assert (reading.unplaced, reading.problems) == ((), ())


def test_a_table_sorted_with_its_numbers(
    document: Document, filled: bytes, tokens: dict[str, str], cells: dict[str, Input]
) -> None:
    first = row_of(cells["sample.grid[1].text"])
    places_ = {first: first + 2, first + 1: first, first + 2: first + 1}
    edit = Edit(filled)
    names = {each.get("name"): each.text for each in edit.book.iter("{*}definedName")}
    edit.move(TABLES, lambda row, col: (places_.get(row, row), col))
    for each in edit.book.iter("{*}definedName"):  # a sort moves what cells hold, not names
        each.text = names[each.get("name")]
    reading = read(edit.data(), document)
    assert texts(reading) == tokens
    assert (reading.unplaced, reading.problems) == ((), ())


def test_rows_written_below_a_table(document: Document, blank: Path, cells: dict[str, Input], tmp_path: Path) -> None:
    """Read past the end; a row with a number keeps it, one without is numbered after the highest."""
    book = Xlsx(blank)
    spare = [key for key in cells if key.startswith("sample.grid[")]
    last = max(row_of(cells[key]) for key in spare)
    highest = max(int(key.split("[")[1].split("]")[0]) for key in spare)
    book.write(TABLES, f"C{last + 1}", "under tabellen")
    book.write(TABLES, f"G{last + 1}", "Polisen")
    book.write(TABLES, f"B{last + 2}", 41)
    book.write(TABLES, f"C{last + 2}", "med nummer")
    book.write(TABLES, f"D{last + 2}", "Nu")
    reading = read(book.save(tmp_path / "under.xlsx").read_bytes(), document)
    # the line below the table that says how to add rows is still there, in another column
    assert texts(reading) == {
        "sample.grid[42].text": "under tabellen",
        "sample.grid[42].organisation": "Polisen",
        "sample.grid[41].text": "med nummer",
        "sample.grid[41].select_one": "Nu",
    }
    assert highest < 41
    assert reading.unplaced == ()


def test_a_row_inserted_and_filled_in(
    document: Document, filled: bytes, cells: dict[str, Input], tokens: dict[str, str], tmp_path: Path
) -> None:
    at = row_of(cells["sample.grid[2].text"])
    file = tmp_path / "rad.xlsx"
    file.write_bytes(Edit(filled).insert_row(TABLES, at).data())
    book = Xlsx(file)
    book.write(TABLES, f"C{at}", "ny rad")
    reading = read(book.save(file).read_bytes(), document)
    highest = max(int(key.split("[")[1].split("]")[0]) for key in cells if key.startswith("sample.grid["))
    assert texts(reading) == tokens | {f"sample.grid[{highest + 1}].text": "ny rad"}
    assert reading.unplaced == ()


def test_a_row_copied_keeps_both(
    document: Document, filled: bytes, cells: dict[str, Input], tokens: dict[str, str], tmp_path: Path
) -> None:
    """A row number that stands twice: the later row is numbered after the highest, and that is told."""
    at = row_of(cells["sample.grid[2].text"])
    file = tmp_path / "kopia.xlsx"
    file.write_bytes(Edit(filled).insert_row(TABLES, at + 1).data())
    book = Xlsx(file)
    for col in "ABCDEFG":
        book.write(TABLES, f"{col}{at + 1}", book.value(TABLES, f"{col}{at}"))
    reading = read(book.save(file).read_bytes(), document)
    highest = max(int(key.split("[")[1].split("]")[0]) for key in cells if key.startswith("sample.grid["))
    columns = [key.rpartition(".")[2] for key in tokens if key.startswith("sample.grid[2]")]
    assert texts(reading) == tokens | {
        f"sample.grid[{highest + 1}].{column}": tokens[f"sample.grid[2].{column}"] for column in columns
    }
    assert [each.code for each in reading.problems] == ["row-number-twice"]
    assert reading.unplaced == ()


def test_numbers_that_disagree_place_nothing(
    document: Document, filled: bytes, cells: dict[str, Input], tokens: dict[str, str], tmp_path: Path
) -> None:
    """The printed number says one row, the hidden id another: the row is unplaced, and both are named."""
    file = tmp_path / "oense.xlsx"
    file.write_bytes(filled)
    book = Xlsx(file)
    at = row_of(cells["sample.grid[2].text"])
    book.write(TABLES, f"B{at}", 3)
    reading = read(book.save(file).read_bytes(), document)
    lost = {key: token for key, token in tokens.items() if key.startswith("sample.grid[2]")}
    assert texts(reading) == {key: token for key, token in tokens.items() if key not in lost}
    assert set(lost.values()) <= {each.text for each in reading.unplaced}
    (found,) = reading.problems
    assert (found.code, found.args["one"], found.args["other"]) == ("keys-disagree", "Delmål 2", "Delmål 3")


def test_what_is_typed_over_numbers_and_row_ids_is_unplaced(
    document: Document, filled: bytes, cells: dict[str, Input], tokens: dict[str, str], tmp_path: Path
) -> None:
    """The row keeps its number by the key that is left; beside a row added below the table too."""
    file = tmp_path / "nummer.xlsx"
    file.write_bytes(filled)
    book = Xlsx(file)
    first = row_of(cells["sample.grid[1].text"])
    last = max(row_of(cell) for key, cell in cells.items() if key.startswith("sample.grid["))
    typed: dict[str, str | int] = {
        f"B{first}": "abc",
        f"B{first + 1}": "7b",
        f"B{first + 2}": 123_456,
        f"A{last}": "ett id",
        f"A{last + 1}": "till vänster",
        f"B{last + 2}": "ny",
    }
    for ref, value in typed.items():
        book.write(TABLES, ref, value)
    book.write(TABLES, f"C{last + 1}", "under tabellen")
    book.write(TABLES, f"D{last + 1}", "Nu")
    book.write(TABLES, f"C{last + 2}", "ännu en")
    book.write(TABLES, f"D{last + 2}", "Nu")
    reading = read(book.save(file).read_bytes(), document)
    assert tokens.items() <= texts(reading).items()
    shown = {each.where: "".join(each.text.split("\N{NO-BREAK SPACE}")) for each in reading.unplaced}
    assert {f"{TABLES}!{ref}": str(value) for ref, value in typed.items()}.items() <= shown.items()


def test_own_text_with_what_no_file_can_carry_is_own(document: Document) -> None:
    """A control character in a parameter, a label, a list: the writer leaves it out, the reader does not miss it."""
    strange = replace(
        document,
        plan="Ex\x07empel\x0b plan",
        facts=(*document.facts, ("Kommun", "Exempel\x1bstad\ufffe")),
    )
    reading = read(write(strange), strange)
    assert (texts(reading), reading.unplaced) == ({}, ())


def test_a_name_that_leads_elsewhere_places_nothing(
    document: Document, filled: bytes, cells: dict[str, Input], tokens: dict[str, str]
) -> None:
    """A name dragged to another question's cell disagrees with label and id."""
    there = cells["sample.email"]
    edit = Edit(filled).point("sample_phone", f"'{QUESTIONS}'!$D${row_of(there)}")
    reading = read(edit.data(), document)
    assert "sample.phone" not in texts(reading)
    assert [each.code for each in reading.problems] == ["keys-disagree"]
    assert tokens["sample.phone"] in {each.text for each in reading.unplaced}


def _exchanged_titles(data: bytes) -> Edit:
    """The titles of two sheets exchanged by a program that leaves the names behind."""
    edit = Edit(data)
    for each in edit.book.iter("{*}sheet"):
        each.set("name", {QUESTIONS: TABLES, TABLES: QUESTIONS}.get(each.get("name", ""), each.get("name", "")))
    return edit


@pytest.mark.parametrize("loss", ["nothing", "row ids"])
def test_names_that_lead_to_a_strangers_sheet_place_nothing(
    loss: str, document: Document, filled: bytes, tokens: dict[str, str]
) -> None:
    """What names say against labels, headers and ids is placed under neither, and told once for each table."""
    reading = read(LOSSES[loss](_exchanged_titles(filled)).data(), document)
    kept = {key: token for key, token in tokens.items() if key.startswith("signing.")}  # a sheet of its own
    assert texts(reading) == kept
    assert {*tokens.values()} - {*kept.values()} <= {each.text for each in reading.unplaced}
    assert {each.code for each in reading.problems} == {"keys-disagree"}
    questions = sum("[" not in key and key not in kept for key in tokens)
    assert len(reading.problems) == len(list(document.tables())) + questions


def test_names_alone_place_nothing(document: Document, filled: bytes, tokens: dict[str, str]) -> None:
    """A sheet that is gone, and a stranger's in its place under its title: names that are left lead there."""
    edit = Edit(filled).drop_sheet(TABLES)
    for each in edit.book.iter("{*}definedName"):
        if TABLES in (each.text or ""):
            each.text = (each.text or "").replace(TABLES, QUESTIONS)
    reading = read(edit.data(), document)
    assert texts(reading) == {key: token for key, token in tokens.items() if "[" not in key}
    assert (reading.unplaced, reading.problems) == ((), ())


def test_what_is_typed_elsewhere_is_unplaced(
    document: Document, blank: Path, cells: dict[str, Input], tmp_path: Path
) -> None:
    book = Xlsx(blank)
    book.write("Start", "H30", "en fråga till er")
    book.write(QUESTIONS, "J4", "bredvid")
    book.write("Listor", "Z9", "gömt")
    book.write("docgen", "D3", "gömt här")
    last = max(row_of(cells[key]) for key in cells if cells[key].sheet == TABLES)
    book.write(TABLES, f"C{last + 30}", "långt nedanför")
    book.write_formula(TABLES, f"D{last + 31}", "1+2", "3")
    reading = read(book.save(tmp_path / "bredvid.xlsx").read_bytes(), document)
    assert {(each.where, each.text) for each in reading.unplaced} == {
        ("Start!H30", "en fråga till er"),
        (f"{QUESTIONS}!J4", "bredvid"),
        ("Listor!Z9", "gömt"),
        ("docgen!D3", "gömt här"),
        (f"{TABLES}!C{last + 30}", "långt nedanför"),
        (f"{TABLES}!D{last + 31}", "=1+2 (3)"),
    }
    assert texts(reading) == {}


def test_own_text_is_own_at_its_place_only(
    document: Document, blank: Path, cells: dict[str, Input], tmp_path: Path
) -> None:
    """The words of a label typed as an answer are an answer; typed elsewhere they are unplaced; edited they are shown."""
    book = Xlsx(blank)
    label = book.value(QUESTIONS, f"B{row_of(cells['sample.paragraph'])}")
    book.write(QUESTIONS, cells["sample.text"].ref, label)
    book.write(QUESTIONS, "J4", label)
    book.write(QUESTIONS, f"B{row_of(cells['sample.email'])}", "E-post till chefen")
    reading = read(book.save(tmp_path / "egen.xlsx").read_bytes(), document)
    assert texts(reading) == {"sample.text": label}
    assert {(each.where, each.text) for each in reading.unplaced} == {
        (f"{QUESTIONS}!J4", label),
        (f"{QUESTIONS}!B{row_of(cells['sample.email'])}", "E-post till chefen"),
    }


def test_formulas_and_errors_in_answers(
    document: Document, blank: Path, cells: dict[str, Input], tmp_path: Path
) -> None:
    book = Xlsx(blank)
    at = {key: (cells[key].sheet, cells[key].ref) for key in ("sample.integer", "sample.money", "sample.decimal")}
    book.write_formula(*at["sample.integer"], "3*4", "12")
    book.write_formula(*at["sample.money"], "3*5")
    book.write_formula(*at["sample.decimal"], "1/0", "#DIV/0!")
    data = book.save(tmp_path / "formler.xlsx").read_bytes()
    data = Edit(data).data().replace(b"<v>#DIV/0!</v>", b"<v>#DIV/0!</v>")
    edit = Edit(data)
    part = edit.parts[QUESTIONS]
    edit.members[part] = edit.members[part].replace(b"><f>1/0<", b' t="e"><f>1/0<')
    reading = read(edit.data(), document)
    assert texts(reading) == {"sample.integer": "12"}
    assert {(each.code, each.where) for each in reading.problems} == {
        ("formula-no-value", samples.LABELS["money"]),
        ("cell-error", samples.LABELS["decimal"]),
    }
    assert {each.text for each in reading.unplaced} == {"=3*5", "=1/0"}


def test_a_value_typed_over_what_is_printed(document: Document) -> None:
    """A read-only answer that was changed is unplaced; unchanged it is found."""

    def locked(given: Document) -> Document:
        first = given.sections[0]
        blocks = tuple(
            replace(block, slot=replace(block.slot, read_only=True))
            if isinstance(block, Question)
            and block.slot.spec.type == "text"
            and block.slot.address.field == "sample.text"
            else block
            for block in first.blocks
        )
        return replace(given, sections=(replace(first, blocks=blocks), *given.sections[1:]))

    printed = locked(samples.with_values(document, {"sample.text": "tryckt"}))
    changed = locked(samples.with_values(document, {"sample.text": "ändrat"}))
    assert texts(read(write(printed), printed)) == {"sample.text": "tryckt"}
    reading = read(write(changed), printed)
    assert texts(reading) == {}
    assert [each.text for each in reading.unplaced] == ["ändrat"]


def test_a_file_that_has_lost_its_marks_is_told_by_what_stands_on_paper(
    document: Document, filled: bytes, tokens: dict[str, str]
) -> None:
    edit = Edit(filled).drop_properties().drop_sheet("docgen")
    marks = identify(edit.data())
    assert (marks.round, marks.partner, marks.document) == ("a1b2c3d4e5", "polisen", "prov")
    assert marks.remarks == ("file-lost-marks",)
    assert texts(read(edit.data(), document)) == tokens


def test_a_sheet_that_is_gone_says_nothing(document: Document, filled: bytes) -> None:
    reading = read(Edit(filled).drop_sheet(TABLES).data(), document)
    assert not any("[" in str(found.address) for found in reading.found)
    assert all(found.raw != Raw() for found in reading.found)


def test_tables_are_in_the_sample() -> None:
    """The rows of the edits are there: a grid of numbered rows, cards, fixed rows."""
    kinds = {(table.cards, table.fixed) for table in samples.document().tables() if isinstance(table, Table)}
    assert kinds == {(False, False), (True, False), (False, True)}
