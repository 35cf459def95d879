"""The real plan goes out and comes back, filled in by programs that know nothing of docgen.

R1  A unique token typed into every text control, every input cell and every PDF field comes back once, under its key.
R2  Choices, dates and ticks likewise.
R3  The same after a control of a table row is deleted and typed over.
R4  Validators find no error in what is built.
R5  A partner is asked what its roles are asked; nothing of the group's, and nothing for the coordinator alone in others.
"""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from docgen import read
from docgen.rounds import Built
from tests.filler.controls import Control
from tests.filler.docx import Docx
from tests.filler.pdf import Pdf
from tests.filler.xlsx import Input, Xlsx
from tests.judges import libreoffice, ooxml, pages, verapdf

PARTNERS = ("karngruppen", "socialtjansten", "polisen", "regionen", "skyddsboendet", "hotellet")


def built_file(round_: Built, partner: str, suffix: str) -> Path:
    (path,) = (round_.folder / "partners" / partner).glob(f"*{suffix}")
    return path


def read_one(path: Path, round_: Built) -> dict[str, Any]:
    (result,) = read([path], round_.folder)
    return result.as_json("sv")


def answers_by_key(data: dict[str, Any]) -> dict[str, Any]:
    """Every answer of a file by its full key, understood or raw."""
    found: dict[str, Any] = {}
    for key, value in data["answers"].items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for row in value:
                found |= {f"{key}[{row['row']}].{name}": each for name, each in row.items() if name != "row"}
        else:
            found[key] = value
    found |= data["raw"]
    return {key: value for key, value in found.items() if value is not None and value != []}


# --- Word ----------------------------------------------------------------------------------------------------------


def fill_texts(docx: Docx) -> dict[str, str]:
    """Types a token of its own into every control that takes text; three lines where it takes lines."""
    typed: dict[str, str] = {}
    for number, control in enumerate(docx.controls()):
        if control.kind in {"text", "rich", "combo"} and control.tag is not None:
            token = f"Ord{number:04d} å–ö"
            lines = f"{token}\n  andra raden\ntredje raden" if control.kind == "rich" else token
            docx.fill(control.tag, lines, control.nth)
            typed[control.tag] = lines
    return typed


@pytest.mark.parametrize("partner", PARTNERS)
def test_every_text_control_of_the_workbook_comes_back_under_its_key(
    partner: str, plan_round: Built, tmp_path: Path
) -> None:
    """R1"""
    docx = Docx(built_file(plan_round, partner, ".docx"))
    typed = fill_texts(docx)
    data = read_one(docx.save(tmp_path / "svar.docx"), plan_round)
    assert len(typed) > 15
    assert answers_by_key(data) == typed
    assert data["unplaced"] == []
    assert {source["by"] for source in data["sources"].values()} == {"tag"}


@pytest.mark.parametrize("partner", PARTNERS)
def test_choices_dates_and_ticks_of_the_workbook_come_back(partner: str, plan_round: Built, tmp_path: Path) -> None:
    """R2"""
    docx = Docx(built_file(plan_round, partner, ".docx"))
    expected: dict[str, Any] = {}
    for number, control in enumerate(docx.controls()):
        if control.tag is None:
            continue
        expected |= choose(docx, control, number)
    data = read_one(docx.save(tmp_path / "svar.docx"), plan_round)
    found = answers_by_key(data)
    assert data["raw"] == {}
    assert data["unplaced"] == []
    assert found.keys() == expected.keys()
    labels = names_by_label(plan_round)
    for key, value in expected.items():
        assert found[key] == value or found[key] in labels.get(value, ()), key


def names_by_label(round_: Built) -> dict[str, set[Any]]:
    """What a label on paper may stand for in data, over all lists of choices, in both languages."""
    names: dict[str, set[Any]] = {"Ja": {True}, "Yes": {True}, "Nej": {False}, "No": {False}}
    blueprint = round_.round.blueprint
    for data in (blueprint.data, *blueprint.translations.values()):
        for labels in data["choices"].values():
            for name, label in labels.items():
                names.setdefault(label, set()).add(name)
    return names


def choose(docx: Docx, control: Control, number: int) -> dict[str, Any]:
    """Chooses, dates or ticks one control; gives the answer that must come back, by its key."""
    tag = control.tag or ""
    match control.kind:
        case "date":
            day = datetime.date(2027, 1, 1) + datetime.timedelta(days=number)
            docx.set_date(tag, day, control.nth)
            return {tag: day.isoformat()}
        case "dropdown":
            option = [each for each in control.options if each.value][number % len(control.options) - 1]
            docx.choose(tag, option.display, control.nth)
            return {tag: option.display}
        case "checkbox":
            key, _, name = tag.partition("#")
            docx.tick(tag, control.nth)
            others = [
                each.tag.partition("#")[2] for each in docx.controls() if each.tag and each.tag.startswith(f"{key}#")
            ]
            return {key: others if name else True}
        case _:
            return {}


def test_a_deleted_control_that_was_typed_over_comes_back_under_its_key(plan_round: Built, tmp_path: Path) -> None:
    """R3"""
    docx = Docx(built_file(plan_round, "polisen", ".docx"))
    typed = fill_texts(docx)
    in_rows = [each.tag for each in docx.controls() if each.tag in typed and "[2]." in (each.tag or "") and each.cell]
    assert len(in_rows) > 20
    for tag in in_rows[::3]:
        assert tag is not None
        cell = docx.delete_control(tag)
        assert cell is not None
        docx.type_in_cell(cell, f"Skrivet över {len(tag)}")
        typed[tag] = f"Skrivet över {len(tag)}"
    data = read_one(docx.save(tmp_path / "svar.docx"), plan_round)
    assert answers_by_key(data) == typed
    assert data["unplaced"] == []


# --- Excel ---------------------------------------------------------------------------------------------------------


def input_cells(xlsx: Xlsx) -> Iterator[Input]:
    return (cell for cell in xlsx.inputs() if cell.unlocked and cell.formula is None)


@pytest.mark.parametrize("partner", PARTNERS)
def test_every_input_cell_of_the_budget_comes_back_once(partner: str, plan_round: Built, tmp_path: Path) -> None:
    """R1: the key is told by the cell's defined name, which spells section, field and column."""
    xlsx = Xlsx(built_file(plan_round, partner, ".xlsx"))
    typed: dict[str, tuple[str, ...]] = {}
    for number, cell in enumerate(input_cells(xlsx)):
        token = f"Cell{number:04d} å–ö"
        xlsx.write(cell.sheet, cell.ref, token)
        typed[token] = cell.names
    data = read_one(xlsx.save(tmp_path / "svar.xlsx"), plan_round)
    found = answers_by_key(data)
    assert len(typed) > 10
    assert sorted(found.values()) == sorted(typed)
    assert data["unplaced"] == []
    for key, token in found.items():
        spelled = "_".join(part.split("[")[0] for part in key.split("."))
        assert spelled in typed[token], (key, typed[token])


def test_numbers_come_back_exactly(plan_round: Built, tmp_path: Path) -> None:
    """R2: in every cell but those of lists, and of dates, where a number is a day."""
    xlsx = Xlsx(built_file(plan_round, "socialtjansten", ".xlsx"))
    typed: list[str] = []
    for number, cell in enumerate(input_cells(xlsx)):
        if not cell.options and cell.validation != "date":
            xlsx.write(cell.sheet, cell.ref, Decimal(1000 + number))
            typed.append(str(1000 + number))
    data = read_one(xlsx.save(tmp_path / "svar.xlsx"), plan_round)
    found = [str(value) for value in answers_by_key(data).values()]
    assert sorted(found) == sorted(typed)
    assert data["unplaced"] == []


# --- PDF -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("partner", PARTNERS)
def test_every_field_of_the_confirmation_comes_back(partner: str, plan_round: Built, tmp_path: Path) -> None:
    """R1, R2"""
    expected: dict[str, Any] = {}
    with Pdf(built_file(plan_round, partner, ".pdf")) as pdf:
        for number, field in enumerate(pdf.fields()):
            key = ".".join(field.name.split("/")[3:])
            if field.kind == "text":
                expected[key] = f"Fält{number} Łódź å–ö"
                pdf.fill(field.name, expected[key])
            elif field.kind == "radio" and key not in expected:
                pdf.tick(field.name, field.options[0])
                expected[key] = field.options[0]
        pdf.save(tmp_path / "svar.pdf")
    data = read_one(tmp_path / "svar.pdf", plan_round)
    found = answers_by_key(data)
    assert len(expected) >= 8
    assert found == expected
    assert data["unplaced"] == []


# --- what goes out -------------------------------------------------------------------------------------------------


def test_office_validators_find_no_error(plan_round: Built) -> None:
    """R4"""
    files = [plan_round.folder / name for name in plan_round.files if name.endswith((".docx", ".xlsx"))]
    assert len(files) == 12
    assert ooxml.findings(*files) == ()


def test_pdfs_are_accessible(plan_round: Built) -> None:
    """R4: PDF/UA-1, on the unfilled file."""
    files = [plan_round.folder / name for name in plan_round.files if name.endswith(".pdf")]
    assert len(files) == 6
    assert verapdf.findings(*files, profile="ua1") == ()
    assert pages.qpdf_findings(*files) == ()


def test_the_hotel_gets_two_or_three_pages_and_no_file_has_an_empty_one(plan_round: Built, tmp_path: Path) -> None:
    files = [plan_round.folder / name for name in plan_round.files if name.endswith((".docx", ".xlsx"))]
    converted = dict(zip(files, libreoffice.convert(files, "pdf", tmp_path), strict=True))
    hotel = converted[built_file(plan_round, "hotellet", ".docx")]
    assert pages.page_count(hotel) in {2, 3}
    for source, pdf in converted.items():
        for number, page in enumerate(pages.text(pdf).split("\f")[:-1], start=1):
            assert len(page.split()) > 25, f"{source.name}, page {number} is nearly empty"


def test_what_partners_are_asked_follows_their_roles(plan_round: Built) -> None:
    """R5"""
    asked = {}
    for partner in PARTNERS:
        tags = [each.tag or "" for each in Docx(built_file(plan_round, partner, ".docx")).controls()]
        asked[partner] = {tag.split("[")[0].split("#")[0] for tag in tags}
    assert {key.split(".")[0] for key in asked["hotellet"]} == {"cover", "vision", "activities"}
    assert "vision.decided" not in set().union(*asked.values())
    assert asked["polisen"] < asked["karngruppen"]


@pytest.mark.parametrize("partner", PARTNERS)
def test_a_file_is_read_where_there_is_nothing_else_of_its_round(
    partner: str, plan_round: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy of the blueprint in each file lays out the same document, rows and choices in the same order."""
    monkeypatch.chdir(tmp_path)
    for suffix in (".docx", ".xlsx", ".pdf"):
        file = tmp_path / f"alone{suffix}"
        file.write_bytes(built_file(plan_round, partner, suffix).read_bytes())
        (alone,) = read([file])
        assert alone.as_json("sv") == read_one(file, plan_round)
