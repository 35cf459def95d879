"""What a written form is: fillable, accessible, the same every day, and text never markup."""

import io
import itertools
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from docgen.document import Document, Guide, Prose, Question, Section, Span, Theme
from docgen.formats.base import Unsupported
from docgen.formats.pdf.controls import CONTROLS
from docgen.formats.pdf.form import facts as facts_of
from docgen.formats.pdf.reader import identify, read
from docgen.formats.pdf.writer import write
from docgen.values import Raw
from tests.formats import samples
from tests.judges import pages, verapdf
from tests.judges.judge import require


@pytest.fixture(scope="module")
def document() -> Document:
    return samples.document(signature=True)


@pytest.fixture(scope="module")
def data(document: Document) -> bytes:
    return write(document)


def _text(data: bytes, tmp_path: Path) -> str:
    file = tmp_path / "text.pdf"
    file.write_bytes(data)
    return " ".join(pages.text(file).split())


def test_every_type_has_a_control_and_none_is_unsupported() -> None:
    assert set(CONTROLS) == {*samples.TYPES, "signature", "table"}
    assert not [name for name, row in CONTROLS.items() if isinstance(row, Unsupported)]


def test_the_same_document_gives_the_same_bytes(data: bytes) -> None:
    assert write(samples.document(signature=True)) == data
    for told in (b"CreationDate", b"ModDate", b"CreateDate", b"ModifyDate"):
        assert told not in data


def test_what_a_viewer_needs_to_know_stands_in_the_catalogue(data: bytes) -> None:
    assert data.startswith(b"%PDF-1.7\n")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == "sv"
        assert "/NeedAppearances" not in pdf.Root.AcroForm
        assert str(pdf.docinfo["/Title"]) == "Arbetsbok – Lokal samverkansplan mot människohandel"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert all(str(page.Tabs) == "/S" for page in pdf.pages if "/Annots" in page)
    assert b"/JavaScript" not in data
    assert b"/JS" not in data


def test_every_field_has_a_name_of_this_partner_without_full_stop_and_a_tooltip(data: bytes) -> None:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        names = [str(field.T) for field in fields]
        assert len(set(names)) == len(names)
        assert all(name.startswith("a1b2c3d4e5/polisen/prov/") and "." not in name for name in names)
        assert all(str(field.TU) for field in fields)
        tooltip = next(str(field.TU) for field in fields if str(field.T).endswith("sample/date"))
    assert tooltip == "Senast (obligatorisk). ÅÅÅÅ-MM-DD"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_verapdf_and_qpdf_find_nothing(language: str, tmp_path: Path) -> None:
    require(verapdf.VERAPDF, pages.QPDF)
    blank = samples.document(language, signature=True)
    given = samples.with_values(
        blank,
        {
            "sample.text": "中文 Łódź",
            "sample.paragraph": "Rad ett\nrad två " * 40,
            "sample.select_one": "now",
            "sample.boolean": True,
            "sample.select_multiple": ("prevention",),
        },
    )
    strange = replace(
        blank,
        organisation="مركز 😀 *x* #panic() e\u0301\u202e",
        guide=(Guide("intro", "", (Prose((Span("Ελλάδα", italic=True),)),)),),
    )
    files = []
    for name, each in {"blank": blank, "given": given, "strange": strange}.items():
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(write(each))
        files.append(file)
    assert not verapdf.findings(*files)
    assert not pages.qpdf_findings(*files)


@pytest.mark.parametrize(
    "name", ['#panic("x")', "*fet* _kursiv_ $x^2$ `kod`", "<label> @ref // kommentar", '"; #set page(fill: red)', "\\#"]
)
def test_a_name_is_text_and_never_markup(document: Document, name: str, tmp_path: Path) -> None:
    require(pages.POPPLER)
    written = write(replace(document, organisation=name))
    assert name in _text(written, tmp_path)


def test_the_page_says_what_it_asks_on_paper_too(data: bytes, tmp_path: Path) -> None:
    require(pages.POPPLER)
    text = _text(data, tmp_path)
    for said in (
        "Blankett a1b2c3d4e5/polisen/prov",
        "Sida 1 av",
        "version 2027.1, kontrollsumma c0ffeec0ffee",
        "obligatorisk",
        "Svara bara om ni har valt Nu.",
        "Välj ett: Slag 1 av insats",
        "Prioritering: Nu, Senare, Inte nu.",
        "Skriv under digitalt",
        "Egen insats (kr)",
    ):
        assert said in text


def test_nothing_english_stands_in_a_swedish_form(data: bytes, tmp_path: Path) -> None:
    require(pages.POPPLER)
    words = set(_text(data, tmp_path).lower().split())
    assert not words & {"the", "page", "yes", "choose", "required", "sign", "version:"}


def test_a_table_too_wide_for_the_page_is_laid_out_as_cards(document: Document, tmp_path: Path) -> None:
    require(pages.POPPLER)
    wide = samples.table("sample.wide", samples.TYPES, rows=2)
    given = replace(document, sections=(Section("sample", "1", "Bred", (wide,)),))
    written = write(given)
    text = _text(written, tmp_path)
    assert "Delmål 1" in text
    assert "Delmål 2" in text
    assert len(read(written, given).found) == 2 * len(samples.TYPES)


def test_a_long_answer_filled_in_beforehand_makes_its_box_taller(document: Document, tmp_path: Path) -> None:
    require(pages.POPPLER)
    answer = "\n".join(f"Rad nummer {number}" for number in range(1, 31))
    given = samples.with_values(document, {"sample.paragraph": answer})
    assert "Rad nummer 30" in _text(write(given), tmp_path)


def test_identity_and_what_is_carried_come_back(document: Document, data: bytes) -> None:
    marks = identify(data)
    identity = document.identity
    assert (marks.blueprint, marks.version, marks.hash) == (identity.blueprint, identity.version, identity.hash)
    assert f"{marks.round}/{marks.partner}/{marks.document}" == identity.reference
    assert marks.carried == document.carried
    assert marks.remarks == ()


def test_an_id_with_a_full_stop_and_a_percent_sign(document: Document) -> None:
    identity = replace(document.identity, partner="a.b%2E=c", document="d.e")
    given = replace(document, identity=identity)
    written = write(given)
    assert len(read(written, given).found) == len(list(given.slots()))
    with pikepdf.open(io.BytesIO(written)) as pdf:
        del pdf.Root.Metadata
        stripped = io.BytesIO()
        pdf.save(stripped)
    marks = identify(stripped.getvalue())
    assert (marks.partner, marks.document, marks.remarks) == ("a.b%2E=c", "d.e", ("file-lost-marks",))


def _png() -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", 8, 4, 8, 2, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x0b\x4f\x5c" * 8) * 4)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def test_a_logo_and_a_colour_of_the_round(document: Document, tmp_path: Path) -> None:
    require(verapdf.VERAPDF)
    file = tmp_path / "logo.pdf"
    file.write_bytes(write(replace(document, theme=Theme("#7A1F3D", _png()))))
    assert not verapdf.findings(file)


def test_a_read_only_answer_cannot_be_typed_over(document: Document) -> None:
    slot = samples.slot("sample.fixed", samples.spec("text"), "Beslutat delmål", value="Fler anmäler", read_only=True)
    given = replace(document, sections=(Section("sample", "1", "Klart", (Question(slot),)),))
    written = write(given)
    with pikepdf.open(io.BytesIO(written)) as pdf:
        assert int(pdf.Root.AcroForm.Fields[0].Ff) & 1
    assert [found.raw for found in read(written, given).found] == [Raw("Fler anmäler")]


@pytest.mark.parametrize("lengths", list(itertools.product((5, 40, 90), repeat=5)))
def test_facts_of_any_length_stand_side_by_side_or_on_lines_of_their_own(lengths: tuple[int, ...]) -> None:
    facts = tuple((f"Fakta {number}", "x" * length) for number, length in enumerate(lengths))
    for count in range(len(facts) + 1):
        cells = facts_of(facts[:count])
        left = 3
        for cell in cells:
            assert cell["span"] <= left
            left = left - cell["span"] or 3
    if lengths[0] == 5 and len(set(lengths)) == 3:
        assert write(replace(samples.document("sv"), facts=facts)).startswith(b"%PDF")
