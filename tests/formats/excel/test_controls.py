"""Every field type has a control; names are single; what begins like a formula is text for good."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docgen.blueprint.calculation import Arithmetic, Cell, CellSum, ColumnSum, Formula, Number, moved
from docgen.fields import FIELD_TYPES
from docgen.formats.base import Unsupported
from docgen.formats.excel.controls import CONTROLS
from docgen.formats.excel.formulas import Span, Spot, Spots, spell
from docgen.formats.excel.names import Unique, a1, column_number, sheet_title
from docgen.formats.excel.reader import read
from docgen.formats.excel.writer import write
from docgen.values import Address, Value
from tests.formats import samples
from tests.formats.excel.test_edits import texts
from tests.judges import require
from tests.judges.libreoffice import LIBREOFFICE, recalculate

INJECTIONS = tuple(
    start + rest
    for start in ("=", "+", "-", "@", "\t=", "=-")
    for rest in ("1+1", 'HYPERLINK("http://x.example","y")', "cmd|' /C calc'!A0", "A1", "SUM(A1:A9)")
)


def test_every_type_has_a_control_or_says_why_not() -> None:
    assert set(CONTROLS) == {*FIELD_TYPES, "table"}
    assert [name for name, found in CONTROLS.items() if isinstance(found, Unsupported)] == ["signature"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Budget i korthet", "Budget i korthet"),
        ("Kostnader: i [år]?", "Kostnader – i år"),
        ("'Och/eller'", "Och-eller"),
        ("Plattformen: utbildning och kompetens", "Plattformen – utbildning och"),
        ("Ettordsomärlängreäntrettioettecken", "Ettordsomärlängreäntrettioettec"),
        ("???", "-"),
    ],
)
def test_a_sheets_name_from_a_title(title: str, name: str) -> None:
    assert Unique(31).take(sheet_title(title)) == name


def test_names_differ_by_more_than_case() -> None:
    names = Unique(31, ["History"])
    assert [names.take(each) for each in ("Mål", "MÅL", "mål", "history")] == [
        "Mål",
        "MÅL (2)",
        "mål (3)",
        "history (2)",
    ]
    long = Unique(255)
    first, second = long.take("a" * 300), long.take("a" * 299 + "b")
    assert first != second
    assert len(first) == len(second) == 255


@pytest.mark.parametrize("col", [0, 25, 26, 701, 702, 16_383])
def test_letters_of_columns(col: int) -> None:
    assert column_number(a1(0, col)[:-1]) == col


def _spots() -> Spots:
    """A table at C5:E8 of "Här", with words in column d."""
    cols = {"a": 2, "b": 3, "c": 4, "d": 5}

    def cell(address: Address) -> Spot | None:
        if address.field == "x.there":
            return Spot("Där, borta", 1, 1)
        return Spot("Här", 3 + (address.row or 1), cols[address.column or "a"], address.column == "d")

    return Spots(cell, lambda table, column: Span("Här", 4, 7, cols[column]) if table == "x.t" else None)


def _at(column: str, row: int = 1) -> Cell:
    return Cell(Address("x.t", row, column))


@pytest.mark.parametrize(
    ("formula", "spelled"),
    [
        (Arithmetic("*", _at("a"), Arithmetic("+", _at("b"), Number(Decimal(2)))), "=C5*(D5+2)"),
        (Arithmetic("-", Arithmetic("-", _at("a"), _at("b")), _at("c")), "=C5-D5-E5"),
        (Arithmetic("-", _at("a"), Arithmetic("-", _at("b"), _at("c"))), "=C5-(D5-E5)"),
        (Arithmetic("/", _at("a"), Arithmetic("*", _at("b"), _at("c"))), "=IFERROR(C5/(D5*E5),0)"),
        (Arithmetic("+", _at("d"), Cell(Address("x.there"))), "=N(F5)+'Där, borta'!$B$2"),
        (CellSum((Address("x.t", 1, "a"), Address("x.t", 1, "b"), Address("x.t", 2, "d"))), "=SUM(C5:D5,F6)"),
        (ColumnSum("x.t", ("a", "b")), "=SUM($C$5:$C$8,$D$5:$D$8)"),
        (
            ColumnSum("x.t", ("a", "b"), (("c", "n", 'Ja, "helt" ~?'),)),
            '=(SUMIFS($C$5:$C$8,$E$5:$E$8,"Ja, ""helt"" ~~~?")+SUMIFS($D$5:$D$8,$E$5:$E$8,"Ja, ""helt"" ~~~?"))',
        ),
        (ColumnSum("x.elsewhere", ("a",)), "=0"),
    ],
)
def test_a_calculation_as_a_formula(formula: Formula, spelled: str) -> None:
    assert spell(formula, "Här", _spots()) == spelled


def test_a_rows_formula_for_another_row() -> None:
    formula = Arithmetic("+", _at("a", 3), CellSum((Address("x.t", 3, "b"), Address("x.u", 3, "b"))))
    assert moved(formula, ("x.t", 3), ("x.t", 9)) == Arithmetic(
        "+", _at("a", 9), CellSum((Address("x.t", 9, "b"), Address("x.u", 3, "b")))
    )


@pytest.mark.parametrize("at", range(0, len(INJECTIONS), 8))
def test_what_begins_like_a_formula_is_text_for_good(at: int, tmp_path: Path) -> None:
    document = samples.document()
    keys = [str(slot.address) for slot in document.slots() if slot.spec.type in {"text", "paragraph"}]
    values: dict[str, Value] = dict(zip(keys, INJECTIONS[at : at + 8], strict=False))
    file = tmp_path / "text.xlsx"
    file.write_bytes(write(samples.with_values(document, values)))
    quoted = [
        cell for sheet in load_workbook(file) for row in sheet for cell in row if cell.value in set(values.values())
    ]
    assert len(quoted) == len(values)
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in quoted)
    assert texts(read(file.read_bytes(), document)) == values
    if at == 0:
        require(LIBREOFFICE)
        (saved,) = recalculate([file], tmp_path / "ut")
        assert texts(read(saved.read_bytes(), document)) == values
