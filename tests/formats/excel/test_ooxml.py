"""What a workbook's parts say: dates, numbers, texts, notes, and files that are broken or made to do harm."""

import datetime
import io
import time
import zipfile
from collections.abc import Callable
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from docgen.document import Document
from docgen.errors import UnreadableFile
from docgen.formats.excel import display
from docgen.formats.excel.ooxml import Area, Cell, parse_area, read_workbook
from docgen.formats.excel.parts import unescaped
from docgen.formats.excel.reader import identify, read
from docgen.formats.excel.writer import write
from docgen.formats.opc import open_package
from docgen.values import Raw
from tests.formats import samples
from tests.formats.excel.edits import Edit


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def document() -> Document:
    return samples.document()


@pytest.fixture(scope="module")
def blank(document: Document) -> bytes:
    return write(document)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("'Vårt ''mål'''!$B$3:$D$9", Area("Vårt 'mål'", 2, 1, 8, 3)),
        ("Blad1!$AA$10", Area("Blad1", 9, 26, 9, 26)),
        ("Blad1!#REF!", None),
        ("Blad1!$A$1,Blad1!$C$3", None),
        ("42", None),
    ],
)
def test_a_name_stands_for_one_range(text: str, area: Area | None) -> None:
    assert parse_area(text) == area


@pytest.mark.parametrize(
    ("cell", "raw"),
    [
        (Cell(number=Decimal(46568), format_number=14), Raw("2027-06-30", date=datetime.date(2027, 6, 30))),
        (
            Cell(number=Decimal("46568.5"), format="yyyy\\-mm\\-dd hh:mm"),
            Raw("2027-06-30 12:00", date=datetime.date(2027, 6, 30)),
        ),
        (
            Cell(number=Decimal(45106), format_number=14, since_1904=True),
            Raw("2027-06-30", date=datetime.date(2027, 6, 30)),
        ),
        (
            Cell(number=Decimal(46568), format="[$-41D]d mmmm yyyy;@"),
            Raw("2027-06-30", date=datetime.date(2027, 6, 30)),
        ),
        (Cell(number=Decimal(-1), format_number=14), Raw("-1", number=Decimal(-1))),
        (
            Cell(number=Decimal("1234.5"), format='#,##0.00\\ "kr"'),
            Raw("1\N{NO-BREAK SPACE}234,5", number=Decimal("1234.5")),
        ),
        (Cell(number=Decimal("0.25"), format_number=9), Raw("25\N{NO-BREAK SPACE}%", number=Decimal("0.25"))),
        (Cell(number=Decimal(2027), format="[>=10000]#,##0;0"), Raw("2027", number=Decimal(2027))),
        (Cell(number=Decimal(12), format='0 "dagar"'), Raw("12", number=Decimal(12))),
        (Cell(number=Decimal("1E+28")), Raw("1" + 28 * "0", number=Decimal("1E+28"))),
        (
            Cell(number=Decimal("-1.5E+300"), format_number=10),
            Raw("-15" + 301 * "0" + "\N{NO-BREAK SPACE}%", number=Decimal("-1.5E+300")),
        ),
        (Cell(truth=True), Raw("SANT", truth=True)),
        (Cell(text=" ja "), Raw(" ja ")),
        (Cell(error="#N/A"), Raw()),
        (None, Raw()),
    ],
)
def test_a_cell_as_a_person_sees_it(cell: Cell | None, raw: Raw) -> None:
    assert display.raw(cell, "sv") == raw


def test_strings_numbers_and_notes_as_another_program_writes_them() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Blad"
    sheet["A1"] = "rad\nrad slut "
    sheet["B1"] = 0.1
    sheet["C1"] = 10**15
    sheet["D1"] = datetime.date(2027, 6, 30)
    sheet["E1"] = "=1+1"
    sheet["XFD1048576"] = "sist"
    sheet["A1"].comment = Comment("en fråga", "Åsa")
    found = read_workbook(open_package(saved(book)))
    (blad,) = found.sheets
    assert blad.cells[0, 0].text == "rad\nrad slut "
    assert blad.cells[0, 1].number == Decimal("0.1")
    assert blad.cells[0, 2].number == Decimal(10**15)
    assert display.raw(blad.cells[0, 3], "sv").date == datetime.date(2027, 6, 30)
    assert display.shown(blad.cells[0, 4], "sv") == "=1+1"
    assert blad.cells[1_048_575, 16_383].text == "sist"
    assert blad.notes == ((0, 0, "en fråga"),)


def test_characters_that_xml_cannot_carry() -> None:
    assert unescaped("a_x0009_b _x005F_x0041_ _xD83D_") == "a\tb _x0041_ _xD83D_"


def test_notes_and_a_strangers_sheet_are_unplaced(document: Document, blank: bytes) -> None:
    book = load_workbook(io.BytesIO(blank))
    book["Start"]["B3"].comment = Comment("Stämmer titeln?", "Åsa")
    book.create_sheet("Våra tankar")["C4"] = "mer att säga"
    reading = read(saved(book), document)
    assert {(each.where, each.text) for each in reading.unplaced} == {
        ("Start!B3 (kommentar)", "Stämmer titeln?"),
        ("Våra tankar!C4", "mer att säga"),
    }


def test_what_stands_beside_cells_is_unplaced(document: Document, blank: bytes) -> None:
    """The head and foot of a page, where links lead, titles of charts; a link to what is typed says nothing new."""
    book = load_workbook(io.BytesIO(blank))
    sheet = book["Till sist"]
    sheet.oddHeader.center.text = "Utkast & skiss"  # type: ignore[union-attr]
    sheet["H20"], sheet["H21"] = "vår sida", "a@b.example"
    sheet["H20"].hyperlink = "https://exempel.example/vår"
    sheet["H21"].hyperlink = "mailto:a@b.example"
    chart = BarChart()
    chart.title = "Vår utveckling"
    chart.add_data(Reference(sheet, min_col=8, min_row=20, max_row=21))
    sheet.add_chart(chart, "J4")  # type: ignore[call-arg]
    reading = read(saved(book), document)
    assert {(each.where, each.text) for each in reading.unplaced} == {
        ("Till sist!H20", "vår sida"),
        ("Till sist!H21", "a@b.example"),
        ("Till sist!H20 (länk)", "https://exempel.example/vår"),
        ("Till sist (diagrammets rubrik)", "Vår utveckling"),
        ("Till sist (sidhuvud eller sidfot)", "Utkast & skiss"),
    }


def test_two_cells_in_one_place_are_both_read(document: Document, blank: bytes) -> None:
    two = b"".join(b'<c r="C90" t="inlineStr"><is><t>%s</t></is></c>' % text for text in (b"ett", b"annat"))
    data = _changed(blank, "xl/worksheets/sheet4.xml", b"</sheetData>", b'<row r="90">' + two + b"</row></sheetData>")
    assert [each.text for each in read(data, document).unplaced] == ["annat", "ett"]


def _strict(data: bytes) -> bytes:
    """The file in the strict namespaces, as Excel's "Strict Open XML" saves it (ECMA-376 part 1, 2.1)."""
    edit = Edit(data)
    for name in edit.members:
        for old, new in (
            (
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ),
            (
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            ),
        ):
            edit.members[name] = edit.members[name].replace(old, new)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, member in edit.members.items():
            archive.writestr(name, member)
    return buffer.getvalue()


def test_a_strict_file_is_read_like_any_other(document: Document) -> None:
    data = _strict(write(samples.with_values(document, {"sample.text": "strängt"})))
    assert [found.raw.text for found in read(data, document).found if not found.raw.empty] == ["strängt"]
    assert identify(data).partner == "polisen"


def _changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    edit = Edit(data)
    assert old in edit.members[part]
    edit.data()
    edit.members[part] = edit.members[part].replace(old, new)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in edit.members.items():
            archive.writestr(name, member)
    return buffer.getvalue()


def _without(data: bytes, part: str) -> bytes:
    edit = Edit(data)
    del edit.members[part]
    return edit.data()


HOSTILE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "600 000 rows": (
        lambda data: _changed(
            data,
            "xl/worksheets/sheet2.xml",
            b"</sheetData>",
            b"".join(
                b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n * 7919 % 99991) for n in range(10_000, 610_000)
            )
            + b"</sheetData>",
        ),
        "file-hostile",
    ),
    "a row that is no number": (
        lambda data: _changed(data, "xl/worksheets/sheet2.xml", b'<row r="2"', b'<row r="tre"'),
        "file-damaged",
    ),
    "a document type": (
        lambda data: _changed(data, "xl/workbook.xml", b"<workbook ", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook '),
        "file-hostile",
    ),
    "a sheet cut short": (
        lambda data: _changed(data, "xl/worksheets/sheet2.xml", b"</worksheet>", b""),
        "file-damaged",
    ),
    "relations that are gone": (lambda data: _without(data, "xl/_rels/workbook.xml.rels"), "file-damaged"),
    "a sheet that is gone": (lambda data: _without(data, "xl/worksheets/sheet2.xml"), "file-damaged"),
    "strings that are gone": (lambda data: _without(data, "xl/sharedStrings.xml"), "file-damaged"),
    "a string beyond the last": (
        lambda data: _changed(data, "xl/worksheets/sheet2.xml", b't="s"><v>', b't="s"><v>99'),
        "file-damaged",
    ),
    "no sheets": (lambda data: _changed(data, "xl/workbook.xml", b"<sheet ", b"<x "), "file-damaged"),
    "half a file": (lambda data: data[: len(data) // 2], "file-damaged"),
    "no workbook": (lambda data: _changed(data, "_rels/.rels", b"xl/workbook.xml", b"xl/styles.xml"), "file-damaged"),
    "text": (lambda _: b"hej", "file-damaged"),
    "nothing": (lambda _: b"", "file-damaged"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_broken_and_hostile_files_get_a_named_refusal(what: str, blank: bytes, document: Document) -> None:
    make, code = HOSTILE[what]
    data = make(blank)
    start = time.perf_counter()
    for act in (identify, lambda each: read(each, document)):
        with pytest.raises(UnreadableFile) as caught:
            act(data)
        assert [found.code for found in caught.value.problems] == [code]
    assert time.perf_counter() - start < 2


def test_what_looks_large_and_is_not(blank: bytes, document: Document) -> None:
    """A whole sheet merged, a name over a whole column, a count of strings that lies, a cell in the last place."""
    edit = Edit(blank)
    part = edit.parts["Till sist"]
    edit.members[part] = edit.members[part].replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>sist</t></is></c></row></sheetData>'
    )
    edit.members["xl/sharedStrings.xml"] = edit.members["xl/sharedStrings.xml"].replace(b'count="', b'count="9999999')
    edit.point("sample_grid_text", "'Tabeller'!$C$1:$C$1048576")
    start = time.perf_counter()
    reading = read(edit.data(), document)
    assert time.perf_counter() - start < 1
    assert [(each.where, each.text) for each in reading.unplaced] == [("Till sist!XFD1048576", "sist")]
