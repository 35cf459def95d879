"""The workbooks of both blueprints come back as .odt: a partner filled them in, opened them in LibreOffice and saved.

R1  Every text of three lines, choice, date and tick, and what stands in rows that were added, is back under its key;
    rows that were deleted are gone; nothing is unplaced or misplaced, and nothing else is there.
R2  The same where LibreOffice made a .docx of the .odt.
R3  A blank workbook comes back blank.
R4  The file says which it is, and is read by ``read`` and gathered by ``validate`` and ``merge`` under any name.
"""

import shutil
from pathlib import Path
from typing import Any

import pytest

from docgen import build, merge, read, validate
from docgen.document import Table
from docgen.layout import lay_out
from docgen.rounds import Built
from tests.conftest import BLUEPRINTS
from tests.filler.controls import Control
from tests.filler.docx import Docx
from tests.judges.libreoffice import convert
from tests.test_whole_application import SETTINGS
from tests.test_whole_plan import answers_by_key, built_file, choose, names_by_label, read_one

TYPED = {"text", "rich", "combo"}


@pytest.fixture(scope="module")
def rounds(plan_round: Built, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    name = BLUEPRINTS / "joint-application"
    folder = tmp_path_factory.mktemp("application") / "round"
    application = build(name.with_suffix(".yaml"), name.with_suffix(".partners.csv"), folder, SETTINGS)
    return {"plan": plan_round, "application": application}


def fill(docx: Docx, growing: frozenset[str]) -> dict[str, Any]:
    """Fills in everything, deletes the first row of each table that grows and adds one at its end."""
    expected: dict[str, Any] = {}
    for number, control in enumerate(docx.controls()):
        if control.kind in TYPED and control.tag:
            expected[control.tag] = typed(docx, control, f"Ord {number}")
        elif control.tag:
            expected |= choose(docx, control, number)
    for key in growing:
        rows = printed_rows(docx, key)
        if len(rows) < 2 or len({place.table for place in rows.values()}) > 1:
            continue  # cards: each row is a table of its own
        first, last = min(rows), max(rows)
        added = docx.add_row(rows[last].table)
        clones = [each for each in docx.controls() if each.nth == 1 and (each.tag or "").startswith(f"{key}[{last}]")]
        assert {each.cell.row for each in clones if each.cell} == {added}
        for number, control in enumerate(clones):
            tag = control.tag or ""
            expected[tag.replace(f"[{last}]", f"[{last + 1}]")] = (
                typed(docx, control, f"Ny rad {number}") if control.kind in TYPED else expected[tag]
            )
        docx.delete_row(rows[first].table, rows[first].row)
        expected = {name: value for name, value in expected.items() if not name.startswith(f"{key}[{first}]")}
    return expected


def typed(docx: Docx, control: Control, token: str) -> str:
    """Types a token of its own, in three lines where the control takes lines."""
    text = f"{token} å–ö\n  andra raden\n\ntredje\traden" if control.kind == "rich" else f"{token} å–ö"
    docx.fill(control.tag or "", text, control.nth)
    return text


def printed_rows(docx: Docx, key: str) -> dict[int, Any]:
    """The cell that the first control of each printed row of a table stands in."""
    rows: dict[int, Any] = {}
    for control in docx.controls():
        if control.tag and control.tag.startswith(f"{key}[") and control.cell is not None:
            rows.setdefault(int(control.tag.removeprefix(f"{key}[").partition("]")[0]), control.cell)
    return rows


def growing_tables(round_: Built, partner: str) -> frozenset[str]:
    """The tables that a partner may add rows to."""
    name = next(name for name, each in round_.round.blueprint.documents.items() if each.format == "word")
    asked = lay_out(round_.round, round_.round.partner(partner), name)
    tables = [block for section in asked.sections for block in section.blocks if isinstance(block, Table)]
    return frozenset(table.key for table in tables if not table.fixed)


def differing(found: dict[str, Any], expected: dict[str, Any], labels: dict[str, set[Any]]) -> dict[str, Any]:
    """What is there and was not meant, or was meant and is not there; a choice may come back by its name."""
    return {
        key: (found.get(key), expected.get(key))
        for key in found.keys() | expected.keys()
        if found.get(key) != expected.get(key)
        and not (isinstance(expected.get(key), str) and found.get(key) in labels.get(expected[key], ()))
    }


def come_back(sent: list[tuple[Built, str]], folder: Path) -> None:
    """R1, R2, for these partners of these rounds."""
    filled, expected = [], []
    for round_, partner in sent:
        docx = Docx(built_file(round_, partner, ".docx"))
        expected.append(fill(docx, growing_tables(round_, partner)))
        filled.append(docx.save(folder / f"{partner}.docx"))
    texts = convert(filled, "odt", folder / "odt")
    again = convert(texts, "docx", folder / "docx")
    assert any("[2]" in key for each in expected for key in each)
    for files in (texts, again):
        for (round_, partner), file, answers in zip(sent, files, expected, strict=True):
            data = read_one(file, round_)
            assert differing(answers_by_key(data), answers, names_by_label(round_)) == {}, partner
            assert data["unplaced"] == []
            assert {source["by"] for source in data["sources"].values()} <= {"bookmark", "place"}
            assert data["partner"] == partner


def test_what_a_partner_filled_in_comes_back(rounds: dict[str, Built], tmp_path: Path) -> None:
    plan, application = rounds.values()
    come_back([(plan, "polisen"), (plan, "hotellet"), (application, "brightwater-archive")], tmp_path)


@pytest.mark.slow
def test_what_any_partner_filled_in_comes_back(rounds: dict[str, Built], tmp_path: Path) -> None:
    come_back([(round_, each.id) for round_ in rounds.values() for each in round_.round.partners], tmp_path)


def test_a_blank_workbook_comes_back_blank(rounds: dict[str, Built], tmp_path: Path) -> None:
    """R3"""
    sent = [(rounds["plan"], "karngruppen"), (rounds["application"], "teater-lyskraft")]
    texts = convert([built_file(*each, ".docx") for each in sent], "odt", tmp_path / "odt")
    for files in (texts, convert(texts, "docx", tmp_path / "docx")):
        for (round_, _), file in zip(sent, files, strict=True):
            data = read_one(file, round_)
            assert (answers_by_key(data), data["unplaced"]) == ({}, [])
            assert [each["code"] for each in data["problems"]] == ["file-lost-marks"]


@pytest.mark.parametrize("name", ["svar.odt", "svar.docx", "svar"])
def test_it_is_gathered_under_any_name(name: str, plan_round: Built, tmp_path: Path) -> None:
    """R4"""
    folder = tmp_path / "round"
    shutil.copytree(plan_round.folder, folder)
    docx = Docx(built_file(plan_round, "hotellet", ".docx"))
    said = fill(docx, frozenset())
    (text,) = convert([docx.save(tmp_path / "svar.docx")], "odt", tmp_path / "odt")
    shutil.copyfile(text, folder / "inbox" / name)
    (response,) = read([folder / "inbox"])
    data = response.as_json("sv")
    assert (data["partner"], len(answers_by_key(data))) == ("hotellet", len(said))
    (collected,), unread = validate([folder])
    assert ([each.partner.id for each in collected.submissions], unread) == (["hotellet"], ())
    merge(folder)
    merged = (folder / "merged" / "responses.json").read_text(encoding="utf-8")
    assert "Ord 1 å–ö" in merged
