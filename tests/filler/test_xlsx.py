"""The Excel filler, on small workbooks written here."""

import datetime as dt
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from tests.filler.package import FillError
from tests.filler.xlsx import Area, Xlsx
from tests.judges import ooxml, sheets


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A protected sheet with input cells, a sheet of choices with a quote in its name, a hidden one, a total."""
    file = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(file) as book:
        free, day = book.add_format({"locked": False}), book.add_format({"locked": False, "num_format": "yyyy-mm-dd"})
        sheet, lists, secret = book.add_worksheet("Pengar"), book.add_worksheet("Val's"), book.add_worksheet("_id")
        secret.hide()
        secret.write("A1", "x", free)
        lists.write_column("A1", ["Ja", "Nej"])
        sheet.protect()
        sheet.write_row("A1", ["Fråga", "Svar"])
        for row in range(1, 4):
            sheet.write_string(row, 0, f"Rad {row}")
            sheet.write_blank(row, 1, None, free)
        sheet.write_blank("C2", None, day)
        sheet.write_formula("B5", "=SUM(B2:B4)", None, 0)
        sheet.data_validation("B2:B3", {"validate": "list", "source": "='Val''s'!$A$1:$A$2"})
        sheet.data_validation("B4", {"validate": "list", "source": ["Av", "På"]})
        sheet.data_validation("C2", {"validate": "date", "criteria": ">", "value": dt.date(2020, 1, 1)})
        sheet.set_column("F:F", None, free)
        book.define_name("answers", "=Pengar!$B$2:$B$4")
        book.define_name("when", "=Pengar!$C$2")
        book.define_name("choices", "='Val''s'!$A$1:$A$2")
        book.define_name("constant", "=25")
    return file


def test_names_stand_for_areas(form: Path) -> None:
    names = Xlsx(form).names()
    assert names == {
        "answers": (Area("Pengar", "B2", "B4"),),
        "when": (Area("Pengar", "C2", "C2"),),
        "choices": (Area("Val's", "A1", "A2"),),
        "constant": (),
    }
    assert names["answers"][0].cells() == ("B2", "B3", "B4")
    assert Xlsx(form).find("when") == ("Pengar", "C2")
    with pytest.raises(FillError, match="no single cell"):
        Xlsx(form).find("answers")


def test_inputs_are_unlocked_or_named_on_visible_sheets(form: Path) -> None:
    book = Xlsx(form)
    assert book.sheets() == {"Pengar": "visible", "Val's": "visible", "_id": "hidden"}
    found = book.inputs()
    assert [(cell.sheet, cell.ref, cell.names, cell.unlocked, cell.validation, cell.options) for cell in found] == [
        ("Pengar", "B2", ("answers",), True, "list", ("Ja", "Nej")),
        ("Pengar", "C2", ("when",), True, "date", ()),
        ("Pengar", "B3", ("answers",), True, "list", ("Ja", "Nej")),
        ("Pengar", "B4", ("answers",), True, "list", ("Av", "På")),
        ("Val's", "A1", ("choices",), False, None, ()),
        ("Val's", "A2", ("choices",), False, None, ()),
    ]


def test_writes_every_kind_of_value_and_keeps_the_style(form: Path, tmp_path: Path) -> None:
    book = Xlsx(form)
    style = book.style("Pengar", "C2")
    book.write("Pengar", "B2", " Åre\n& <b> ")
    book.write("Pengar", "B3", "Delad", shared=True)
    book.write("Pengar", "B4", Decimal("12.50"))
    book.write("Pengar", "C2", dt.date(2027, 6, 30))
    book.write("Pengar", "D9", True)
    book.write("Pengar", "E9", dt.datetime(2027, 6, 30, 12))  # noqa: DTZ001 a cell has no zone
    again = Xlsx(book.save(tmp_path / "filled.xlsx"))
    refs = ("B2", "B3", "B4", "C2", "D9", "E9")
    assert [again.value("Pengar", ref) for ref in refs] == [
        " Åre\n& <b> ",
        "Delad",
        Decimal("12.50"),
        Decimal(46568),
        True,
        Decimal("46568.5"),
    ]
    assert again.style("Pengar", "C2") == style > 0
    again.write("Pengar", "B2", None)
    assert again.value("Pengar", "B2") is None
    assert again.value("Pengar", "A2") == "Rad 1"


def test_other_programs_read_what_was_written(form: Path, tmp_path: Path) -> None:
    book = Xlsx(form)
    book.write("Pengar", "B4", 7.25)
    book.write("Pengar", "C2", dt.date(2027, 6, 30))
    book.write("Pengar", "B20", "nedanför")
    book.write("Pengar", "AB3", "utanför")
    filled = book.save(tmp_path / "filled.xlsx")
    values = sheets.ironcalc_values(filled)
    assert {ref: values[f"Pengar!{ref}"] for ref in ("B4", "C2", "B20", "AB3", "B5")} == {
        "B4": 7.25,
        "C2": 46568,
        "B20": "nedanför",
        "AB3": "utanför",
        "B5": 7.25,
    }
    with zipfile.ZipFile(filled) as archive:
        assert b'<dimension ref="A1:AB20"/>' in archive.read("xl/worksheets/sheet1.xml")
    assert ooxml.findings(filled) == ()


def test_a_new_cell_takes_the_format_of_its_column(form: Path) -> None:
    book = Xlsx(form)
    book.write("Pengar", "F7", "ny")
    book.write("Pengar", "D7", "utan")
    assert book.style("Pengar", "F7") == book.style("Pengar", "B2")
    assert book.style("Pengar", "D7") == 0


def test_formulas(form: Path) -> None:
    book = Xlsx(form)
    assert book.formula("Pengar", "B5") == "SUM(B2:B4)"
    with pytest.raises(FillError, match="formula"):
        book.write("Pengar", "B5", 1)
    book.write_formula("Pengar", "B2", "1+2")
    assert (book.formula("Pengar", "B2"), book.value("Pengar", "B2")) == ("1+2", None)
    book.write_formula("Pengar", "B2", "1+2", "3")
    assert book.value("Pengar", "B2") == 3


def test_refuses_what_is_not_there(form: Path) -> None:
    with pytest.raises(FillError, match="no sheet"):
        Xlsx(form).write("Annat", "A1", 1)
    with pytest.raises(FillError, match="no cell"):
        Xlsx(form).write("Pengar", "A1:B2", 1)


def test_dates_of_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "old.xlsx", {"date_1904": True}) as written:
        written.add_worksheet("A").write("A1", "x")
    book = Xlsx(tmp_path / "old.xlsx")
    book.write("A", "A1", dt.date(2027, 6, 30))
    assert book.value("A", "A1") == Decimal(46568 - 1462)


def test_what_is_not_touched_stays_byte_for_byte(form: Path, tmp_path: Path) -> None:
    book = Xlsx(form)
    book.save(tmp_path / "same.xlsx")
    book.write("Pengar", "B2", "Ja")
    book.save(tmp_path / "filled.xlsx")
    with (
        zipfile.ZipFile(form) as old,
        zipfile.ZipFile(tmp_path / "same.xlsx") as same,
        zipfile.ZipFile(tmp_path / "filled.xlsx") as new,
    ):
        assert [(name, same.read(name)) for name in same.namelist()] == [
            (name, old.read(name)) for name in old.namelist()
        ]
        assert [name for name in new.namelist() if new.read(name) != old.read(name)] == ["xl/worksheets/sheet1.xml"]
