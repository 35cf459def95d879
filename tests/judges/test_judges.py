"""Each judge passes a good file and fails a bad one: a judge that holds nothing against anything would prove nothing."""

import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pikepdf
import pytest
import typst
import xlsxwriter

from tests.judges import Finding, Judge, JudgeError, libreoffice, npm, ooxml, pages, require, sheets, verapdf
from tests.judges.judge import IN_CI

TYPST = """
#set document(title: "Plan")
#set text(lang: "sv")
= Mål
Vi ses i Östersund. #link("https://example.org/")[Mer]
#pagebreak()
Sida två
"""


@pytest.fixture
def good_docx(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_heading("Mål", 1)
    document.add_paragraph("Vi ses i Östersund.")
    # The stock template's styles for Word 2010 lack four that its styles.xml has; openxml-audit rightly minds.
    for key in [key for key, rel in document.part.rels.items() if rel.reltype.endswith("/stylesWithEffects")]:
        document.part.drop_rel(key)
        document.part.rels.pop(key, None)
    document.save(str(tmp_path / "good.docx"))
    return tmp_path / "good.docx"


@pytest.fixture
def good_xlsx(tmp_path: Path) -> Path:
    """Two numbers and their sum, whose cached value is wrong on purpose."""
    with xlsxwriter.Workbook(tmp_path / "good.xlsx") as book:
        sheet = book.add_worksheet("Pengar")
        sheet.write_row(0, 0, [2, 3])
        sheet.write_formula(0, 2, "=SUM(A1:B1)", None, 999)
        sheet.write_string(1, 0, "Åre")
    return tmp_path / "good.xlsx"


@pytest.fixture
def good_pdf(tmp_path: Path) -> Path:
    (tmp_path / "good.pdf").write_bytes(typst.compile(TYPST.encode(), pdf_standards=["ua-1", "a-3a"]))
    return tmp_path / "good.pdf"


def edited(file: Path, part: str, change: Callable[[str], str]) -> Path:
    """Copy an Office file with one part changed."""
    new = file.with_stem("bad")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(new, "w") as out:
        for name in old.namelist():
            data = old.read(name)
            changed = change(data.decode()).encode() if name == part else data
            assert name != part or changed != data
            out.writestr(name, changed)
    return new


def sabotaged(file: Path, name: str, change: Callable[[pikepdf.Pdf], None]) -> Path:
    """Copy a PDF with something about it changed."""
    new = file.with_stem(name)
    with pikepdf.open(file) as pdf:
        change(pdf)
        pdf.save(new)
    return new


@pytest.fixture
def bad_docx(good_docx: Path) -> Path:
    return edited(good_docx, "word/document.xml", lambda xml: xml.replace("<w:pPr>", "<w:pPr><w:b/>"))


@pytest.fixture
def bad_xlsx(good_xlsx: Path) -> Path:
    return edited(good_xlsx, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("<sheetData>", "<rows/><sheetData>"))


def test_missing_judge_skips_by_name_and_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    absent = Judge("the oracle", lambda: False, "go to Delphi")
    monkeypatch.delenv(IN_CI, raising=False)
    with pytest.raises(pytest.skip.Exception, match="the oracle is not installed: go to Delphi"):
        require(absent)
    monkeypatch.setenv(IN_CI, "1")
    with pytest.raises(pytest.fail.Exception, match="the oracle"):
        require(absent)
    require(Judge("the present", lambda: True, ""))


def test_open_xml_sdk(good_docx: Path, bad_docx: Path, good_xlsx: Path, bad_xlsx: Path) -> None:
    require(ooxml.OPEN_XML_SDK)
    found = ooxml.sdk_findings([good_docx, bad_docx, good_xlsx, bad_xlsx])
    assert {finding.file for finding in found} == {bad_docx, bad_xlsx}
    assert any("/word/document.xml" in finding.where for finding in found)


def test_open_xml_sdk_finds_what_is_no_package(tmp_path: Path) -> None:
    require(ooxml.OPEN_XML_SDK)
    (tmp_path / "torn.docx").write_bytes(b"PK\3\4")
    assert ooxml.sdk_findings([tmp_path / "torn.docx"])


def test_openxml_audit(good_docx: Path, bad_docx: Path, good_xlsx: Path, bad_xlsx: Path) -> None:
    require(ooxml.OPENXML_AUDIT)
    found = ooxml.audit_findings([good_docx, bad_docx, good_xlsx, bad_xlsx])
    assert {finding.file for finding in found} == {bad_docx, bad_xlsx}


def test_openxml_audit_leaves_out_what_is_allowed_by_name(bad_docx: Path) -> None:
    require(ooxml.OPENXML_AUDIT)
    assert ooxml.audit_findings([bad_docx], allow=["document.xml"]) == ()


def test_both_validators(good_docx: Path, bad_docx: Path) -> None:
    assert ooxml.findings(good_docx) == ()
    assert len({finding.rule for finding in ooxml.findings(bad_docx)}) > 1


def without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def without_tab_order(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Tabs


def without_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def without_description(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for link in page.get("/Annots", ()):
            del link.Contents


SABOTAGE: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "language": without_language,
    "tabs": without_tab_order,
    "tags": without_tags,
    "description": without_description,
}


def test_verapdf(good_pdf: Path) -> None:
    bad = [sabotaged(good_pdf, name, change) for name, change in SABOTAGE.items()]
    (torn := good_pdf.with_stem("torn")).write_bytes(b"%PDF-1.7\nnothing")
    found = verapdf.findings(good_pdf, *bad, torn)
    assert {finding.file for finding in found} == {*bad, torn}
    assert {finding.rule for finding in found if finding.file == bad[1]} == {"7.18.3-1"}
    assert all(finding.message for finding in found)


def test_verapdf_archive_profile(good_pdf: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.pdf"
    plain.write_bytes(typst.compile(TYPST.encode()))
    assert {finding.file for finding in verapdf.findings(good_pdf, plain, profile="3a")} == {plain}


def test_libreoffice_converts_many_in_one_run(good_docx: Path, good_xlsx: Path, tmp_path: Path) -> None:
    made = libreoffice.convert([good_docx, good_docx, good_xlsx], "pdf", tmp_path / "out")
    assert [file.name for file in made] == ["0-good.pdf", "1-good.pdf", "2-good.pdf"]
    assert "Vi ses i Östersund." in pages.text(made[0])
    assert "Åre" in pages.text(made[2])


def test_libreoffice_saves_documents(good_docx: Path, tmp_path: Path) -> None:
    (again,) = libreoffice.convert([good_docx], "docx", tmp_path / "out")
    (odt,) = libreoffice.convert([good_docx], "odt", tmp_path / "out")
    assert [paragraph.text for paragraph in docx.Document(str(again)).paragraphs] == ["Mål", "Vi ses i Östersund."]
    assert zipfile.ZipFile(odt).read("mimetype") == b"application/vnd.oasis.opendocument.text"


def test_libreoffice_says_what_it_cannot_open(tmp_path: Path) -> None:
    (tmp_path / "torn.docx").write_bytes(b"PK\3\4 torn")
    with pytest.raises(JudgeError, match=r"no \.xlsx of .*torn"):
        libreoffice.convert([tmp_path / "torn.docx"], "xlsx", tmp_path / "out")


def cached(workbook: Path, ref: str) -> object:
    """Give the value a workbook shows, without computing it."""
    import openpyxl

    with warnings.catch_warnings():
        # gnumeric writes no default style, and openpyxl warns of it.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(workbook, data_only=True)
    return book.worksheets[0][ref].value


def test_libreoffice_corrects_a_wrong_total(good_xlsx: Path, tmp_path: Path) -> None:
    assert cached(good_xlsx, "C1") == 999
    (trusting,) = libreoffice.convert([good_xlsx], "xlsx", tmp_path / "trusting")
    (computed,) = libreoffice.recalculate([good_xlsx], tmp_path / "computed")
    assert cached(trusting, "C1") == 999
    assert cached(computed, "C1") == 5


def test_ironcalc_corrects_a_wrong_total(good_xlsx: Path) -> None:
    values = sheets.ironcalc_values(good_xlsx)
    assert values["Pengar!C1"] == 5
    assert values["Pengar!A2"] == "Åre"


def test_ironcalc_refuses_what_is_no_workbook(good_docx: Path) -> None:
    with pytest.raises(JudgeError):
        sheets.ironcalc_values(good_docx)


def test_gnumeric_corrects_a_wrong_total(good_xlsx: Path, tmp_path: Path) -> None:
    (new,) = sheets.resave_with_gnumeric([good_xlsx], tmp_path / "out")
    assert cached(new, "C1") == 5


def test_exceljs_saves_and_refuses(good_xlsx: Path, tmp_path: Path) -> None:
    require(npm.EXCELJS)
    (new,) = npm.resave_with_exceljs([good_xlsx], tmp_path / "out")
    assert cached(new, "A2") == "Åre"
    (tmp_path / "torn.xlsx").write_bytes(b"PK")
    with pytest.raises(JudgeError):
        npm.resave_with_exceljs([tmp_path / "torn.xlsx"], tmp_path / "out")


def test_sheetjs_shows_the_cached_value(good_xlsx: Path) -> None:
    require(npm.SHEETJS)
    assert npm.sheetjs_values([good_xlsx])[0] == {
        "Pengar!A1": 2,
        "Pengar!B1": 3,
        "Pengar!C1": 999,
        "Pengar!A2": "Åre",
    }


def test_poppler(good_pdf: Path, tmp_path: Path) -> None:
    assert pages.page_count(good_pdf) == 2
    assert "Sida två" in pages.text(good_pdf).split("\f")[1]
    assert "H1" in pages.structure(good_pdf)
    drawn = pages.to_png(good_pdf, tmp_path / "pages[1]")
    assert [png.read_bytes()[:4] for png in drawn] == [b"\x89PNG"] * 2
    with pytest.raises(JudgeError):
        pages.page_count(tmp_path / "absent.pdf")


def test_qpdf(good_pdf: Path) -> None:
    torn = good_pdf.with_stem("torn")
    torn.write_bytes(good_pdf.read_bytes().replace(b"startxref", b"startxxxx"))
    found = pages.qpdf_findings(good_pdf, torn)
    assert {finding.file for finding in found} == {torn}
    assert isinstance(found[0], Finding)


@pytest.fixture(autouse=True)
def _nothing_left_beside() -> Iterator[None]:
    """No judge may leave anything in the folder the tests are run from."""
    before = set(Path.cwd().iterdir())
    yield
    assert set(Path.cwd().iterdir()) == before
