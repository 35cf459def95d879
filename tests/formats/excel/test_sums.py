"""Totals: what is cached equals what spreadsheets compute, and what they compute equals the amounts as typed here."""

import random
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from docgen.blueprint.load import load_blueprint
from docgen.document import Document
from docgen.formats.excel import display
from docgen.formats.excel.ooxml import Cell
from docgen.formats.excel.reader import read
from docgen.formats.excel.writer import write
from docgen.layout import lay_out
from docgen.response import understand
from docgen.sending import Partner, Round
from docgen.totals import calculated
from docgen.values import Literal, Period, Value
from tests.filler.xlsx import Xlsx
from tests.formats import samples
from tests.formats.excel.edits import Edit
from tests.formats.excel.test_round_trip import places
from tests.judges import Judge, require
from tests.judges.judge import has_module
from tests.judges.libreoffice import LIBREOFFICE, recalculate

IRONCALC = Judge("ironcalc", lambda: has_module("ironcalc"), "pip install ironcalc")
COSTS = "Kostnader – i år"
CASH, IN_KIND = "Kontant", 'Egen "insats" *'
TRAVEL = "=Resor & logi"
LINES: tuple[tuple[Any, ...], ...] = (  # item, category, payment, quantity, price, 2027, 2028
    ("Lön", "Personal", CASH, Decimal("2.5"), Decimal(400), Decimal("1000.10"), Decimal("2000.20")),
    ("Tåg", TRAVEL, CASH, Decimal(3), Decimal("99.90"), Decimal("0.10"), Decimal("0.20")),
    ("Tid", "Personal", IN_KIND, None, None, Decimal(500), None),
    ("Kaffe", "Övrigt", None, Decimal(1), None, Decimal(7), Decimal(70)),
    ("Buss", TRAVEL, CASH, None, None, Decimal(-40), Decimal(4_000_000)),  # in a spare row
)
COLUMNS = ("item", "category", "payment", "quantity", "price", "amount_2027", "amount_2028")


@pytest.fixture(scope="module")
def document() -> Document:
    blueprint = load_blueprint(Path(__file__).with_name("budget.yaml"))
    round_ = Round(blueprint, {"period": Period.from_iso("2027/2028")}, (Partner("a", "Å & Ö"),))
    return lay_out(round_, round_.partners[0], "budget")


@pytest.fixture(scope="module")
def filled(document: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("summor")
    file = folder / "tom.xlsx"
    file.write_bytes(write(document))
    book = Xlsx(file)
    cells = places(document, book)
    for number, line in enumerate(LINES, start=1):
        for column, value in zip(COLUMNS, line, strict=True):
            cell = cells[f"costs.costs[{number}].{column}"]
            book.write(cell.sheet, cell.ref, value)
    others: dict[str, int | str] = {
        "summary.frame_2027": 300,
        "people.new[1].count_q1": 3,
        "people.new[1].count_q2": "Räknas inte hos oss",
        "people.new[2].count_q1": 4,
        "people.new[2].count_q4": 0,
    }
    for key, value in others.items():
        book.write(cells[key].sheet, cells[key].ref, value)
    return book.save(folder / "fylld.xlsx")


def expected() -> dict[str, Decimal]:
    """Every total, from the lines as typed."""

    def total(year: int, payment: str | None = None, category: str | None = None) -> Decimal:
        return sum(
            (
                line[year - 2022] or Decimal(0)
                for line in LINES
                if payment in {None, line[2]} and category in {None, line[1]}
            ),
            Decimal(0),
        )

    found = {f"total {year}": total(year) for year in (2027, 2028)}
    found["total"] = total(2027) + total(2028)
    found["ordered"] = Decimal("2.5") * 400 + 3 * Decimal("99.90")
    for year in (2027, 2028):
        found[f"cash {year}"] = total(year, CASH)
        found[f"gap {year}"] = total(year, CASH) - (300 if year == 2027 else 0)
        for category in ("Personal", TRAVEL, "Övrigt"):
            found[f"{category} {year}"] = total(year, CASH, category)
    found["in kind Personal"] = total(2027, IN_KIND, "Personal") + total(2028, IN_KIND, "Personal")
    found["share"] = (found["cash 2027"] + found["cash 2028"]) / found["total"]
    found |= {
        "q1": Decimal(7),
        "women": Decimal(3),
        "men": Decimal(4),
        "doubled q1": Decimal(6),
        "doubled q2": Decimal(0),
    }
    return found


# Where each of them stands; the layout of the sheet is not this test's matter, so a change of it is mended here.
CELLS = {
    "total 2027": ("Kostnader – i år", "H16"),
    "total 2028": ("Kostnader – i år", "I16"),
    "total": ("Kostnader – i år", "J16"),
    "ordered": ("Kostnader – i år", "K16"),
    "cash 2027": ("I korthet", "D6"),
    "cash 2028": ("I korthet", "E6"),
    "gap 2027": ("I korthet", "D7"),
    "gap 2028": ("I korthet", "E7"),
    "share": ("I korthet", "D8"),
    "Personal 2027": ("I korthet", "D12"),
    "Personal 2028": ("I korthet", "E12"),
    f"{TRAVEL} 2027": ("I korthet", "D13"),
    f"{TRAVEL} 2028": ("I korthet", "E13"),
    "Övrigt 2027": ("I korthet", "D14"),
    "Övrigt 2028": ("I korthet", "E14"),
    "in kind Personal": ("I korthet", "F12"),
    "q1": ("Personer", "D8"),
    "women": ("Personer", "H6"),
    "men": ("Personer", "H7"),
    "doubled q1": ("Personer", "I6"),
    "doubled q2": ("Personer", "J6"),
}


def close(found: Mapping[str, object]) -> None:
    """Equal to the öre, and a share to the ninth decimal."""
    for key, value in expected().items():
        assert float(found[key]) == pytest.approx(float(value), abs=1e-9, rel=1e-12), key  # type: ignore[arg-type]


def test_ironcalc_computes_what_was_typed(filled: Path) -> None:
    require(IRONCALC)
    import ironcalc

    model = ironcalc.load_from_xlsx(str(filled), "en", "UTC", "en")
    model.evaluate()
    sheets = {
        each["name"] if isinstance(each, dict) else each.name: at
        for at, each in enumerate(model.get_worksheets_properties())
    }
    found = {}
    for key, (sheet, ref) in CELLS.items():
        col, row = ord(ref[0]) - 64, int(ref[1:])
        found[key] = model.get_cell_value(sheets[sheet], row, col)
    close(found)


def test_libreoffice_computes_what_was_typed(filled: Path, tmp_path: Path) -> None:
    """With a control: the cached values are all made wrong, and LibreOffice must correct them."""
    require(LIBREOFFICE)
    edit = Edit(filled.read_bytes())
    for part in edit.parts.values():
        edit.members[part] = edit.members[part].replace(b"</f><v>0</v>", b"</f><v>999</v>")
    wrong = tmp_path / "fel.xlsx"
    wrong.write_bytes(edit.data())
    assert Xlsx(wrong).value(*CELLS["total"]) == 999
    (file,) = recalculate([wrong], tmp_path / "ut")
    book = Xlsx(file)
    close({key: book.value(*place) for key, place in CELLS.items()})


def test_calculated_cells_are_not_answers_and_literals_are(filled: Path, document: Document) -> None:
    response = understand("fylld.xlsx", document, read(filled.read_bytes(), document))
    assert (response.unplaced, response.problems) == ((), ())
    values = {str(answer.address): answer.value for answer in response.answers}
    assert values["people.new[1].count_q2"] == Literal("not_counted")
    assert values["costs.costs[5].amount_2028"] == Decimal(4_000_000)
    assert not {key for key in values if "row_sum" in key or "cash" in key or "doubled" in key}


def test_a_value_typed_over_a_formula_is_unplaced(filled: Path, document: Document) -> None:
    edit = Edit(filled.read_bytes())
    part = edit.parts["Kostnader – i år"]
    edit.members[part] = edit.members[part].replace(b"<f>SUM(H9:H15)</f><v>0</v>", b"<v>17</v>")
    edit.members[part] = edit.members[part].replace(b"<f>SUM(H10:I10)</f><v>0</v>", b"<v>18</v>")
    reading = read(edit.data(), document)
    assert [(each.where, each.text) for each in reading.unplaced] == [
        ("Kostnader – i år!J10", "18"),
        ("Kostnader – i år!H16", "17"),
    ]


def _with_formulas(data: bytes, *changed: tuple[str, bytes, bytes]) -> bytes:
    edit = Edit(data)
    for sheet, old, new in changed:
        part = edit.parts[sheet]
        assert old in edit.members[part]
        edit.members[part] = edit.members[part].replace(old, new)
    return edit.data()


def test_a_formula_of_somebodys_own_over_a_calculated_cell_is_unplaced(filled: Path, document: Document) -> None:
    """In a row, in a spare row, in a total, in a question, on the first sheet: told with what it says and what it gave."""
    data = _with_formulas(
        filled.read_bytes(),
        (COSTS, b"<f>SUM(H10:I10)</f><v>0</v>", b"<f>H10*2</f><v>18</v>"),
        (COSTS, b"<f>SUM(H15:I15)</f><v>0</v>", b"<f>SUM(H15:H15)</f><v>3</v>"),
        (COSTS, b"<f>SUM(H9:H15)</f><v>0</v>", b"<f>SUM(H9:H12)</f><v>17</v>"),
        ("I korthet", b"<f>D6-D5</f><v>0</v>", b"<f>D6-D5-100</f><v>-100</v>"),
        ("Start", b"<f>'I korthet'!$D$8</f><v>0</v>", b"<f>42</f><v>42</v>"),
    )
    reading = read(data, document)
    assert {(each.where, each.text) for each in reading.unplaced} == {
        (f"{COSTS}!J10", "=H10*2 (18)"),
        (f"{COSTS}!J15", "=SUM(H15:H15) (3)"),
        (f"{COSTS}!H16", "=SUM(H9:H12) (17)"),
        ("I korthet!D7", f"=D6-D5-100 ({display.raw(Cell(number=Decimal(-100)), 'sv').text})"),
        ("Start!F12", "=42 (42)"),
    }


def test_a_formula_as_another_program_spells_it_is_ours(filled: Path, document: Document) -> None:
    """Blanks, $, the sheet's own name, capitals, shared formulas."""
    data = _with_formulas(
        filled.read_bytes(),
        (COSTS, b"<f>SUM(H9:I9)</f>", b'<f t="shared" ref="J9:J10" si="0">SUM(H9:I9)</f>'),
        (COSTS, b"<f>SUM(H10:I10)</f>", b'<f t="shared" si="0"/>'),
        (COSTS, b"<f>SUM(H11:I11)</f>", "<f>sum( 'Kostnader – i år'!$H11 : I$11 )</f>".encode()),
        ("I korthet", b"<f>D6-D5</f>", b"<f>+D6 - D5</f>"),
    )
    reading = read(data, document)
    assert reading.unplaced == ()


@pytest.mark.parametrize("label", ["Summa (kr)", ""], ids=["label edited", "label gone"])
def test_totals_typed_over_are_no_row(label: str, filled: Path, document: Document, tmp_path: Path) -> None:
    """Numbers in place of the formulas of a row of totals: as a row, they would count every amount twice."""
    book = Xlsx(filled)
    book.write(COSTS, "B16", label)
    typed = [
        (COSTS, b"<f>SUM(%c9:%c15)</f><v>0</v>" % (col, col), b"<v>%d</v>" % (81_234 * number))
        for number, col in enumerate(b"HIJK", start=1)
    ]
    before = read(filled.read_bytes(), document)
    reading = read(_with_formulas(book.save(tmp_path / "summor.xlsx").read_bytes(), *typed), document)
    assert [found.address for found in reading.found] == [found.address for found in before.found]
    amounts = {"".join(filter(str.isdigit, each.text)) for each in reading.unplaced}
    assert {"81234", "162468", "243702", "324936"} <= amounts


def test_what_is_cached_is_what_is_computed(tmp_path: Path, document: Document) -> None:
    """Amounts given beforehand: the cached totals equal ironcalc's, on twenty random budgets."""
    require(IRONCALC)
    import ironcalc

    rest = random.Random(1)
    for number in range(20):
        values: dict[str, Value] = {}
        for row in range(1, 5):
            for year in (2027, 2028):
                values[f"costs.costs[{row}].amount_{year}"] = Decimal(rest.randrange(-10_000, 10**9)) / 100
            values[f"costs.costs[{row}].payment"] = rest.choice(["cash", "in_kind"])
            values[f"costs.costs[{row}].category"] = rest.choice(["staff", "travel", "other"])
        given = calculated(samples.with_values(document, values))
        file = tmp_path / f"{number}.xlsx"
        file.write_bytes(write(given))
        book = Xlsx(file)
        model = ironcalc.load_from_xlsx(str(file), "en", "UTC", "en")
        model.evaluate()
        sheets = {
            each["name"] if isinstance(each, dict) else each.name: at
            for at, each in enumerate(model.get_worksheets_properties())
        }
        for key, (sheet, ref) in CELLS.items():
            cached = book.value(sheet, ref)
            computed = model.get_cell_value(sheets[sheet], int(ref[1:]), ord(ref[0]) - 64)
            assert float(cached) == pytest.approx(float(computed), rel=1e-12, abs=1e-9), key  # type: ignore[arg-type]
