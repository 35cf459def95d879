"""Programs that know nothing of docgen: validators find nothing, editors lose nothing."""

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docgen.document import Document
from docgen.formats.excel.reader import identify, read
from docgen.formats.excel.writer import write
from tests.filler.xlsx import Xlsx
from tests.formats import samples
from tests.formats.excel.test_edits import texts
from tests.formats.excel.test_round_trip import answers, every_value, places
from tests.formats.excel.test_sums import document as budget
from tests.judges import Judge, npm, ooxml, require
from tests.judges.judge import has_program
from tests.judges.libreoffice import LIBREOFFICE, convert

__all__ = ["budget"]
GNUMERIC = Judge("gnumeric", lambda: has_program("ssconvert"), "apt-get install gnumeric")


def test_validators_find_nothing(tmp_path: Path, budget: Document) -> None:
    files = []
    for number, document in enumerate((samples.document(), samples.document("en"), budget)):
        for kind, given in (
            ("tom", document),
            ("fylld", samples.with_values(document, every_value(document)) if number < 2 else document),
        ):
            file = tmp_path / f"{kind}{number}.xlsx"
            file.write_bytes(write(given))
            files.append(file)
    assert ooxml.findings(*files) == ()


def test_what_no_validator_sees(tmp_path: Path, budget: Document) -> None:
    """Table headers equal their cells, names are single and lead to cells, validations refer to filled ranges."""
    for document in (samples.document(), budget):
        file = tmp_path / "bok.xlsx"
        file.write_bytes(write(document))
        book = load_workbook(file)
        names = list(book.defined_names)
        assert len({name.casefold() for name in names}) == len(names)
        assert all(len(name) <= 255 and "#REF!" not in book.defined_names[name].attr_text for name in names)
        tables = [table for sheet in book for table in sheet.tables.values()]
        assert not {table.displayName for table in tables} & set(names)
        assert len({sheet.title.casefold() for sheet in book}) == len(book.sheetnames)
        assert all(len(sheet.title) <= 31 for sheet in book)
        for sheet in book:
            for table in sheet.tables.values():
                header, *_ = sheet[table.ref]
                assert [cell.value for cell in header] == [column.name for column in table.tableColumns]
            for rule in sheet.data_validations.dataValidation:
                assert len(rule.promptTitle or "") <= 32
                assert len(rule.prompt or "") <= 255
                if rule.type == "list":
                    assert rule.formula1.startswith("'Listor'!")
                    assert all(cell.value is not None for (cell,) in book["Listor"][rule.formula1.split("!")[1]])
            assert sheet.protection.sheet
            assert not sheet.protection.formatColumns
        assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == ["Listor", "docgen"]


def _libreoffice(file: Path, out: Path) -> Path:
    require(LIBREOFFICE)
    return convert([file], "xlsx", out)[0]


def _through_ods(file: Path, out: Path) -> Path:
    require(LIBREOFFICE)
    return convert(convert([file], "ods", out), "xlsx", out / "igen")[0]


def _gnumeric(file: Path, out: Path) -> Path:
    require(GNUMERIC)
    out.mkdir(parents=True, exist_ok=True)
    new = out / "gnumeric.xlsx"
    subprocess.run(["ssconvert", "-T", "Gnumeric_Excel:xlsx2", str(file), str(new)], check=True, capture_output=True)
    return new


def _exceljs(file: Path, out: Path) -> Path:
    require(npm.EXCELJS)
    return npm.resave_with_exceljs([file], out)[0]


def _openpyxl(file: Path, out: Path) -> Path:
    out.mkdir(parents=True, exist_ok=True)
    book = load_workbook(file)
    book.save(out / "openpyxl.xlsx")
    return out / "openpyxl.xlsx"


EDITORS: dict[str, Callable[[Path, Path], Path]] = {
    "LibreOffice": _libreoffice,
    "LibreOffice through ods": _through_ods,
    "gnumeric": _gnumeric,
    "exceljs": _exceljs,
    "openpyxl": _openpyxl,
}


@pytest.mark.parametrize("editor", EDITORS)
def test_saved_elsewhere_every_answer_comes_back(editor: str, tmp_path: Path) -> None:
    document = samples.document()
    values = every_value(document)
    file = tmp_path / "fylld.xlsx"
    file.write_bytes(write(samples.with_values(document, values)))
    data = EDITORS[editor](file, tmp_path / "ut").read_bytes()
    assert answers(data, document) == values
    assert identify(data).round == document.identity.round
    assert identify(data).carried == document.carried


@pytest.mark.parametrize("editor", EDITORS)
def test_saved_elsewhere_a_budget_keeps_its_sums_and_answers(editor: str, tmp_path: Path, budget: Document) -> None:
    """Our own formulas are still known as ours, and what was typed is found."""
    file = tmp_path / "tom.xlsx"
    file.write_bytes(write(budget))
    book = Xlsx(file)
    cells = places(budget, book)
    typed = dict.fromkeys(("costs.costs[2].item", "costs.costs[6].item"), "märke")
    for key, text in typed.items():
        book.write(cells[key].sheet, cells[key].ref, text)
    data = EDITORS[editor](book.save(tmp_path / "fylld.xlsx"), tmp_path / "ut").read_bytes()
    reading = read(data, budget)
    assert texts(reading) == typed
    assert (reading.unplaced, reading.problems) == ((), ())


def test_it_becomes_pages(tmp_path: Path) -> None:
    require(LIBREOFFICE)
    file = tmp_path / "bok.xlsx"
    file.write_bytes(write(samples.document()))
    made: Sequence[Path] = convert([file], "pdf", tmp_path)
    assert made[0].stat().st_size > 10_000
