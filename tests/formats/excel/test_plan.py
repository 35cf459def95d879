"""The merged plan as a workbook.

1. Every answer that belongs in it stands there exactly once; nothing that is for the coordinator alone does.
2. What is cached is what IronCalc and LibreOffice compute, and what a sum over the partners' own files gives.
3. It is read, not filled in: no input cell but where the group decides, no spare row, no validation; rows can be filtered.
4. Charts refer to the cells they show, and say in words what they show.
5. Validators find nothing; the same answers give the same bytes; a plan without answers says so.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from docgen.blueprint.model import Field, Section
from docgen.collecting import collect_round
from docgen.demo import run
from docgen.document import FIXED, PARTNER, Chart, Document, Table, Voices
from docgen.formats.excel import widths
from docgen.formats.excel.look import PAPER
from docgen.formats.excel.placing import place
from docgen.formats.excel.plansheet import pieces
from docgen.formats.excel.reader import identify, read
from docgen.formats.excel.writer import write
from docgen.formats.opc import open_package, write_package
from docgen.locales import text as say
from docgen.merged import Merged, merge
from docgen.parameters import parse_parameters
from docgen.partners import load_partners
from docgen.plan import plan_document
from docgen.plansums import hidden
from docgen.rounds import load_blueprint
from docgen.sending import Partner, Round
from docgen.submission import Given, Submission
from docgen.values import Address
from tests import strategies
from tests.filler.xlsx import Xlsx
from tests.formats.excel import plans
from tests.formats.excel.reckoning import Reckoning
from tests.formats.word.plans import plan as every_block
from tests.formats.word.plans import unique
from tests.judges import ooxml, require
from tests.judges.libreoffice import LIBREOFFICE, recalculate
from tests.judges.sheets import IRONCALC, ironcalc_values

BLUEPRINTS = Path(__file__).parents[3] / "blueprints"
SETTINGS = {
    "lokal-samverkansplan": {"municipality": "Exempelstad", "period": "2027/2030", "statistics_year": "2027"},
    "joint-application": {"funder": "Sample Fund", "call": "One", "period": "2027/2029"},
}
YEARS = range(2027, 2031)
Cells = dict[tuple[str, str], Any]


@cache
def round_of(name: str) -> Round:
    blueprint = load_blueprint(BLUEPRINTS / f"{name}.yaml")
    partners = load_partners(BLUEPRINTS / f"{name}.partners.csv", blueprint).partners
    return Round(blueprint, parse_parameters(blueprint, SETTINGS[name]), partners)


@cache
def plan_of(name: str, seed: int = 1) -> tuple[Merged, Document]:
    merged = plans.merged(round_of(name), seed, silent=1)
    return merged, plan_document(merged, "excel")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's round, with what came back in its inbox."""
    folder = tmp_path_factory.mktemp("demo") / "round"
    run(folder)
    return folder


@pytest.fixture(scope="module")
def demo_plan(demo: Path) -> Document:
    collected = collect_round(demo)
    return plan_document(merge(collected.round, collected.submissions), "excel")


def saved(document: Document, folder: Path, name: str = "plan.xlsx") -> Path:
    file = folder / name
    file.write_bytes(write(document))
    return file


def cells(file: Path, *, cached: bool) -> Cells:
    """Every cell of the visible sheets that holds anything."""
    book = load_workbook(file, data_only=cached)
    sheets = [sheet for sheet in book if sheet.sheet_state == "visible"]
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in sheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def totals(file: Path) -> dict[str, float]:
    """What is cached of every formula, by "Sheet!A1"."""
    book = Xlsx(file)
    formulas = [place_ for place_, value in cells(file, cached=False).items() if str(value).startswith("=")]
    found = {(sheet, ref): book.value(sheet, ref) for sheet, ref in formulas if book.formula(sheet, ref) is not None}
    return {f"{sheet}!{ref}": float(str(value)) for (sheet, ref), value in found.items()}


# 1


def belonging(merged: Merged) -> set[str]:
    """The words of all answers whose first document is a workbook that others see."""
    blueprint = merged.round.blueprint
    secret = hidden(blueprint)
    found = set()
    for _, address, answer in plans.said(merged):
        section, _, name = address.field.partition(".")
        spec, field = blueprint.sections[section], blueprint.sections[section].fields
        base = next(each for each in field if name == each or re.fullmatch(rf"{each}_(\d{{4}}|q\d)", name))
        parts: list[Section | Field] = [spec, field[base]]
        key = (section, base, "")
        if address.column is not None:
            columns = field[base].columns
            column = next(
                each
                for each in columns
                if address.column == each or re.fullmatch(rf"{each}_(\d{{4}}|q\d)", address.column)
            )
            parts.append(columns[column])
            key = (section, base, column)
        names = [each for each, document in blueprint.documents.items() if section in document.sections]
        for part in parts:
            names = [each for each in names if not part.documents or each in part.documents]
        if key not in secret and blueprint.documents[names[0]].format == "excel":
            found.update(re.findall(plans.TOKEN, f"{answer.raw} {answer.value}"))
    return found


def words(file: Path) -> Counter[str]:
    text = " ".join(str(value) for value in cells(file, cached=True).values())
    return Counter(re.findall(plans.TOKEN, text))


@pytest.mark.parametrize("name", SETTINGS)
def test_every_answer_that_belongs_in_it_stands_there_once(name: str, tmp_path: Path) -> None:
    merged, document = plan_of(name)
    wanted = belonging(merged)
    assert len(wanted) > 100
    assert words(saved(document, tmp_path)) == Counter(wanted)


@given(strategies.rounds() | plans.calculating_rounds(), st.integers(0, 99))
@settings(max_examples=25, deadline=None)
def test_so_it_is_in_any_round(tmp_path_factory: pytest.TempPathFactory, round_: Round, seed: int) -> None:
    """What is cached is what IronCalc computes, and what the answers come to."""
    merged = plans.merged(round_, seed)
    document = plan_document(merged, "excel")
    file = saved(document, tmp_path_factory.mktemp("any"))
    assert words(file) == Counter(belonging(merged))
    agree(file)
    reckon(merged, document)


def test_what_is_said_in_words_stands_under_who_said_it(tmp_path: Path) -> None:
    document = every_block()
    values = cells(saved(document, tmp_path), cached=True)
    text = "\n".join(map(str, values.values()))
    wanted = unique(document)
    assert Counter(token for token in re.findall(r"\w+", text) if token in wanted) == Counter(wanted)
    voices = next(block for block in document.sections[0].blocks if isinstance(block, Voices))
    for names, said in voices.entries:
        (spot,) = (spot for spot, value in values.items() if value == said)
        assert values[spot[0], f"B{spot[1].lstrip('ABCDEF')}"] == names


@given(st.lists(st.text("abc åäö", min_size=1, max_size=900), max_size=60).map("\n".join))
@settings(max_examples=50, deadline=None)
def test_long_words_are_cut_between_words_and_whole_again_together(text: str) -> None:
    found = list(pieces(text, 70))
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(len(piece) <= 32_767 and widths.lines(piece, 70) <= 31 for piece in found)


def test_statistics_and_all_that_draws_on_them_are_absent() -> None:
    merged, document = plan_of("lokal-samverkansplan")
    blueprint = merged.round.blueprint
    secret = {section.name for section in blueprint.sections.values() if section.visible == "coordinator"}
    assert secret
    assert not secret & {section.key for section in document.sections}
    typed = {
        word
        for _, address, answer in plans.said(merged)
        if address.field.partition(".")[0] in secret
        for word in re.findall(plans.TOKEN, f"{answer.raw} {answer.value}")
    }
    assert typed
    members = open_package(write(document)).members
    assert not [word for word in typed for part in members.values() if word.encode() in part]


def test_a_number_that_was_not_understood_stands_as_text_and_is_in_no_sum(demo_plan: Document, tmp_path: Path) -> None:
    values = cells(saved(demo_plan, tmp_path), cached=True)
    assert "”12.000” (gick inte att tolka)" in values.values()
    assert named(demo_plan, values, "summary.cash_cost_2027") == 229_300


# 2


def agree(file: Path) -> None:
    """What is cached equals what IronCalc computes, to the ninth decimal."""
    require(IRONCALC)
    computed = ironcalc_values(file)
    for place_, cached in totals(file).items():
        assert computed[place_] == pytest.approx(cached, rel=1e-9, abs=1e-6), place_


def named(document: Document, values: Mapping[tuple[str, str], Any], key: str) -> Any:
    """What stands in the cell of a question, None where nothing does."""
    spot = place(document).spots().cell(Address.parse(key))
    assert spot is not None
    return values.get((spot.sheet, f"{chr(65 + spot.col)}{spot.row + 1}"))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", SETTINGS)
def test_what_is_cached_is_what_ironcalc_computes(name: str, seed: int, tmp_path: Path) -> None:
    file = saved(plan_of(name, seed)[1], tmp_path)
    assert len(totals(file)) > 100
    agree(file)


def test_a_wrong_total_would_be_noticed(tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        agree(spoilt(saved(plan_of("joint-application")[1], tmp_path), tmp_path))


def spoilt(file: Path, folder: Path) -> Path:
    """A workbook in which every cached total is wrong."""
    members = dict(open_package(file.read_bytes()).members)
    for part, data in open_package(file.read_bytes()).members.items():
        if part.startswith("xl/worksheets/sheet"):
            members[part] = re.sub(rb"</f><v>[^<]*</v>", b"</f><v>999.25</v>", data)
    new = folder / f"fel-{file.name}"
    new.write_bytes(write_package(members.items()))
    return new


def test_what_is_cached_is_what_libreoffice_computes(demo_plan: Document, tmp_path: Path) -> None:
    """With a control: the files it is given hold nothing but wrong totals."""
    require(LIBREOFFICE)
    documents = [demo_plan, plan_of("lokal-samverkansplan")[1], plan_of("joint-application")[1]]
    files = [saved(document, tmp_path, f"{number}.xlsx") for number, document in enumerate(documents)]
    wrong = [spoilt(file, tmp_path) for file in files]
    assert {value for file in wrong for value in totals(file).values()} == {999.25}
    for file, new in zip(files, recalculate(wrong, tmp_path / "ut"), strict=True):
        values = cells(new, cached=True)
        for place_, cached in totals(file).items():
            sheet, _, ref = place_.rpartition("!")
            assert values.get((sheet, ref), 0) == pytest.approx(cached, rel=1e-9, abs=1e-6), place_


def test_the_sums_are_those_of_the_partners_own_files(demo: Path, demo_plan: Document, tmp_path: Path) -> None:
    """Added up from the files in inbox/ by a program that knows nothing of docgen."""
    books = [Xlsx(file) for file in sorted((demo / "inbox").rglob("*.xlsx"))]
    assert len(books) == 4
    values = cells(saved(demo_plan, tmp_path), cached=True)
    gaps = Decimal(0)
    for year in YEARS:
        cash = added(books, f"costs_costs_amount_{year}", "costs_costs_payment", "Kontant")
        in_kind = added(books, f"costs_costs_amount_{year}", "costs_costs_payment", "Egen insats")
        granted = added(books, f"funding_funding_granted_{year}")
        applied = added(books, f"funding_funding_applied_{year}", "funding_funding_status", "Sökt")
        frame = added(books, f"summary_own_frame_{year}")
        gaps += cash - frame - granted
        expected = {
            "cash_cost": cash,
            "in_kind": in_kind,
            "granted": granted,
            "applied": applied,
            "own_frame": frame,
            "gap": cash - frame - granted,
        }
        for field, value in expected.items():
            # A sum of nothing is shown as nothing.
            assert (named(demo_plan, values, f"summary.{field}_{year}") or 0) == float(value), (field, year)
    assert named(demo_plan, values, "summary.gap_sum") == float(gaps) > 0
    for table, column in (("by_category", "category"), ("by_bearer", "bearer")):
        found = next(each for each in demo_plan.tables() if each.key == f"summary.{table}")
        for row in found.rows:
            whole = sum(
                added(
                    books,
                    f"costs_costs_amount_{year}",
                    "costs_costs_payment",
                    "Kontant",
                    f"costs_costs_{column}",
                    row.label,
                )
                for year in YEARS
            )
            assert (named(demo_plan, values, f"summary.{table}[{row.number}].cash_sum") or 0) == float(whole), row.label


def added(books: list[Xlsx], name: str, *wanted: str) -> Decimal:
    """The sum of a named column over files, of the rows in which named columns hold these words."""
    total = Decimal(0)
    for book in books:
        names = book.names()
        if name not in names:
            continue
        columns = [column(book, each) for each in wanted[::2]]
        for at, value in enumerate(column(book, name)):
            if isinstance(value, Decimal) and all(
                found[at] == word for found, word in zip(columns, wanted[1::2], strict=True)
            ):
                total += value
    return total


def column(book: Xlsx, name: str) -> list[Any]:
    (area,) = book.names()[name]
    return [book.value(area.sheet, ref) for ref in area.cells()]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", SETTINGS)
def test_the_sums_are_those_of_the_answers(name: str, seed: int) -> None:
    merged, document = plan_of(name, seed)
    reckoned = reckon(merged, document)
    assert len(reckoned) > 15
    assert all(reckoned.values())


def reckon(merged: Merged, document: Document) -> dict[Address, Decimal]:
    """What calculations outside tables come to by the answers alone; that the plan says the same is asserted."""
    blueprint, reckoning = merged.round.blueprint, Reckoning(merged)
    found = {}
    for slot in document.slots():
        key, year = slot.address.field, ""
        if slot.address.row is None and blueprint.field_or_none(key) is None:
            key, _, year = key.rpartition("_")
        field = blueprint.field_or_none(key) if slot.address.row is None else None
        if field is not None and field.calculation:
            found[slot.address] = reckoning.value(field.calculation, f"_{year}" if year else "")
            if slot.value is None:  # nothing to add up
                assert not found[slot.address], slot.address
            elif isinstance(slot.value, str):  # somebody has to say first what holds
                assert slot.formula is None, slot.address
                assert any(each.voices and each.value is None for each in merged.fields.values()), slot.address
            else:
                assert float(str(slot.value)) == pytest.approx(float(found[slot.address])), slot.address
    return found


@pytest.mark.parametrize("seed", range(4))
def test_fixed_rows_are_summed_over_organisations(seed: int) -> None:
    merged, document = plan_of("joint-application", seed)
    tables = [table for table in document.tables() if table.key.endswith("_sum")]
    assert len(tables) == 2
    for table in tables:
        for row in table.rows:
            for slot in row.slots:
                wanted = (table.key.removesuffix("_sum"), row.number, slot.address.column)
                answers = [
                    answer.value
                    for _, address, answer in plans.said(merged)
                    if (address.field, address.row, address.column) == wanted
                ]
                numbers = [value for value in answers if isinstance(value, int)]
                if answers:  # else it is calculated
                    assert slot.value == (sum(numbers) if numbers else None), slot.address


def test_what_a_field_stands_for_in_a_calculation_follows_its_merge_word(tmp_path: Path) -> None:
    """A sum, the agreed, the latest; what stands in another document is counted too, what is hidden shows nothing."""
    blueprint = load_blueprint(Path(__file__).with_name("merges.yaml"))
    partners = (Partner("a", "A"), Partner("b", "B"))
    round_ = Round(blueprint, {}, partners)

    def submission(partner: Partner, **numbers: str) -> Submission:
        keys = {"visits": "first.visits", "days": "first.days[1].count", "secret": "inner.secret"}
        answers = {
            Address.parse(keys.get(name, f"second.{name}")): Given(Decimal(number), None, "f", name)
            for name, number in numbers.items()
        }
        return Submission(partner, (), frozenset(), ("f",), answers)

    def values(rate: str) -> dict[str, Any]:
        first = submission(partners[0], visits="3", days="1.5", rate="2.5", last="7", each="10", secret="40")
        second = submission(partners[1], visits="4", days="2", rate=rate, last="9", each="20", secret="2")
        document = plan_document(merge(round_, [first, second]), "excel")
        file = saved(document, tmp_path)
        agree(file)
        assert "Läcka" not in cells(file, cached=True).values()
        found = cells(file, cached=True)
        return {name: named(document, found, f"second.{name}") for name in ("there", "cost")}

    assert values("2.5") == {"there": 2 * 7 + 3.5, "cost": 2.5 * 30 + 9}
    why = say(blueprint.language, "plan.unknown", label=blueprint.field("second.rate").label)
    assert values("3") == {"there": 2 * 7 + 3.5, "cost": why}  # they disagree: there is no rate yet


# 3


@pytest.mark.parametrize("name", SETTINGS)
def test_it_is_to_be_read(name: str, tmp_path: Path) -> None:
    _, document = plan_of(name)
    file = saved(document, tmp_path)
    book = load_workbook(file)
    decided = {slot.address for slot in document.slots() if not slot.read_only and slot.formula is None}
    spots = place(document).spots()
    inputs = {(spot.sheet, spot.row + 1, spot.col + 1) for each in decided if (spot := spots.cell(each)) is not None}
    for sheet in book:
        if sheet.sheet_state != "visible":
            continue
        assert sheet.protection.sheet
        assert not sheet.protection.autoFilter  # 0: allowed
        for row in sheet.iter_rows():
            for cell in row:
                asked = (sheet.title, cell.row, cell.column) in inputs
                assert cell.protection.locked is not asked, (sheet.title, cell.coordinate)
                assert (cell.fill.fgColor.rgb == "FF" + PAPER[1:]) is asked
        if not inputs:
            assert not sheet.data_validations.dataValidation
    texts = set(cells(file, cached=True).values())
    unwanted = ("excel.more_rows", "excel.how", "form.required", "form.write")
    assert not {say(document.language, key) for key in unwanted} & texts


@pytest.mark.parametrize("name", SETTINGS)
def test_tables_can_be_filtered_and_keep_their_organisation_in_view(name: str, tmp_path: Path) -> None:
    _, document = plan_of(name)
    book = load_workbook(saved(document, tmp_path))
    placed = place(document)
    merged = 0
    for sheet_place in placed.sections:
        sheet = book[sheet_place.name]
        for table in sheet_place.tables:
            is_merged = any(column.column.key == PARTNER for column in table.columns)
            assert (sheet.tables[table.list_object].autoFilter is not None) is is_merged
            assert len(table.rows) == len(table.table.rows)  # no spare ones
            merged += is_merged
            for column in table.columns:
                if column.column.key in {PARTNER, FIXED}:
                    longest = max(len(str(row.slots[table.columns.index(column)].value)) for row in table.rows)
                    assert sheet_place.widths[column.col] >= min(longest * 0.85, 34)
        rows, columns = sheet_place.freeze
        assert rows
        if sum(sheet_place.widths.values()) > 140 and any(table.filtered for table in sheet_place.tables):
            assert columns > 2
            assert str(sheet.freeze_panes) >= "D"
    assert merged >= 3


def test_what_the_group_decides_is_an_input_cell(tmp_path: Path) -> None:
    _, document = plan_of("joint-application")
    section = document.sections[0]
    table = next(block for block in section.blocks if isinstance(block, Table))
    first = table.rows[0].slots[-1]
    asked = replace(first, read_only=False, value=None, formula=None)
    rows = (replace(table.rows[0], slots=(*table.rows[0].slots[:-1], asked)), *table.rows[1:])
    changed = replace(document, sections=(replace(section, blocks=(replace(table, rows=rows),)),))
    file = saved(changed, tmp_path)
    spot = place(changed).spots().cell(first.address)
    assert spot is not None
    inputs = [each for each in Xlsx(file).inputs() if each.unlocked]
    assert [(each.sheet, each.ref) for each in inputs] == [(spot.sheet, f"{chr(65 + spot.col)}{spot.row + 1}")]
    reading = read(file.read_bytes(), changed)
    assert reading.unplaced == ()
    assert identify(file.read_bytes()).partner == "group"


# 4


def test_charts_show_the_cells_and_say_what_they_show(demo_plan: Document) -> None:
    charts = [block for section in demo_plan.sections for block in section.blocks if isinstance(block, Chart)]
    assert [chart.label for chart in charts] == [
        "Kontanta kostnader, Egen ram, Beviljat (tkr)",
        "Kostnader per kategori, hela perioden (tkr)",
        "Kostnader per kostnadsbärare, hela perioden (tkr)",
    ]
    assert charts[0].alternative.startswith(
        "Kontanta kostnader, Egen ram, Beviljat (tkr). 2027: Kontanta kostnader 229, Egen ram 152, Beviljat 18. 2028:"
    )
    assert "Stöd till målgruppen" in charts[1].alternative.partition("Noll: ")[2]
    package = open_package(write(demo_plan))
    drawn = [etree.fromstring(data) for name, data in package.members.items() if "charts/chart" in name]
    assert len(drawn) == len(charts)
    ns = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    sheets = {each.name for each in place(demo_plan).sections}
    for chart, root in zip(charts, drawn, strict=True):
        for line, series in zip(chart.lines, root.iterfind(".//c:ser", ns), strict=True):
            reference = series.findtext("c:val//c:f", namespaces=ns)
            assert reference is not None
            assert reference.split("!")[0].strip("'") in sheets
            cached = [float(str(each.text)) for each in series.iterfind("c:val//c:pt/c:v", ns)]
            assert cached == [float(value) for value in line.values]
            labels = [each.text for each in series.iterfind("c:cat//c:pt/c:v", ns)]
            assert labels == list(chart.categories)
    drawings = b"".join(data for name, data in package.members.items() if "drawings/drawing" in name)
    assert all(chart.alternative.encode() in drawings for chart in charts)
    theme = demo_plan.theme.colour.lstrip("#").encode()
    assert all(theme in etree.tostring(root) for root in drawn)


# 5


def empty_plan() -> Document:
    return plan_document(merge(round_of("lokal-samverkansplan"), []), "excel")


def test_a_plan_without_answers_says_so(tmp_path: Path) -> None:
    document = empty_plan()
    assert document.sections == ()
    file = saved(document, tmp_path)
    assert say("sv", "plan.nothing") in cells(file, cached=True).values()
    assert load_workbook(file).sheetnames[0] == "Start"


def test_the_start_sheet_says_who_answered_and_what_it_comes_to(demo_plan: Document, tmp_path: Path) -> None:
    values = {
        ref: value for (sheet, ref), value in cells(saved(demo_plan, tmp_path), cached=True).items() if sheet == "Start"
    }
    assert {"Budget och statistik från 4 av 6 organisationer", "Region Exempel, Skyddsboendet Exempelhamnen"} <= set(
        values.values()
    )
    assert {814_450, 628_000, 36_000, 150_450} <= set(values.values())


def test_validators_find_nothing(demo_plan: Document, tmp_path: Path) -> None:
    documents = [
        demo_plan,
        plan_of("lokal-samverkansplan")[1],
        plan_of("joint-application")[1],
        empty_plan(),
        every_block(),
    ]
    files = [saved(document, tmp_path, f"{number}.xlsx") for number, document in enumerate(documents)]
    assert ooxml.findings(*files) == ()


def test_the_same_answers_give_the_same_bytes() -> None:
    for name in SETTINGS:
        merged, document = plan_of(name)
        again = merge(merged.round, tuple(reversed(merged.submissions)))
        assert write(document) == write(plan_document(again, "excel"))
