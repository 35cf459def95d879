"""What comes back from other programs and other hands: every text once, under its key or unplaced with its place."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
import typst
from pikepdf import Array, Dictionary, Name, String

from docgen.document import Document
from docgen.errors import UnreadableFile
from docgen.formats.pdf import fonts
from docgen.formats.pdf.opening import MAX_CONTENT
from docgen.formats.pdf.reader import identify, read
from docgen.formats.pdf.writer import write
from docgen.response import Found, Reading, Unplaced
from docgen.values import Raw
from tests.formats import samples
from tests.judges import pages
from tests.judges.judge import require

PREFIX = "a1b2c3d4e5/polisen/prov/"


@pytest.fixture(scope="module")
def document() -> Document:
    return samples.document(signature=True)


@pytest.fixture(scope="module")
def blank(document: Document) -> bytes:
    return write(document)


def edited(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The file after a program has changed it by hand."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _field(pdf: pikepdf.Pdf, key: str) -> pikepdf.Object:
    return next(field for field in pdf.Root.AcroForm.Fields if str(field.T) == PREFIX + key)


def _set(**values: object) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in values.items():
            _field(pdf, key.replace("__", "/")).V = value

    return change


def _answer(reading: Reading, key: str) -> Found:
    return next(found for found in reading.found if str(found.address) == key)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (String("ett\r\ntvå\rtre"), "ett\ntvå\ntre"),
        (String("  inledande blanktecken  \n  "), "  inledande blanktecken"),
        (String("e\u0301tude"), "étude"),
        (String("Skriv här"), "Skriv här"),  # nothing in a PDF shows a placeholder
        (String("   "), ""),
        (String(b"\xef\xbb\xbf\xc3\xa5\xc3\xa4\xc3\xb6"), "åäö"),
        (String(b"\xfe\xff\x01\x41\x00\xf3"), "Łó"),
        (String("😀 中文 العربية"), "😀 中文 العربية"),
        (Array([String("ett"), String("två")]), "ett; två"),
        (Name("/namn"), "namn"),
    ],
)
def test_the_value_is_trusted_however_it_is_spelled(
    document: Document, blank: bytes, value: pikepdf.Object, text: str
) -> None:
    reading = read(edited(blank, _set(sample__paragraph=value)), document)
    assert _answer(reading, "sample.paragraph").raw == Raw(text)
    assert not reading.unplaced


def test_a_value_in_a_stream(document: Document, blank: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        _field(pdf, "sample/paragraph").V = pdf.make_stream("mycket text".encode("utf-16"))

    assert _answer(read(edited(blank, change), document), "sample.paragraph").raw.text == "mycket text"


def test_the_place_is_told_as_a_person_finds_it(document: Document, blank: bytes) -> None:
    reading = read(blank, document)
    assert _answer(reading, "signing.place").where == "Avsnitt 8b, Ort"
    assert _answer(reading, "sample.grid[2].date").where == "Avsnitt 2, Delmål 2, Senast"


def test_a_field_that_is_missing_is_told_and_the_rest_is_read(document: Document, blank: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        field = _field(pdf, "sample/text")
        for page in pdf.pages:
            page.Annots = Array([each for each in page.Annots if each.objgen != field.objgen])
        fields = pdf.Root.AcroForm.Fields
        pdf.Root.AcroForm.Fields = Array([each for each in fields if each.objgen != field.objgen])

    reading = read(edited(blank, change), document)
    assert [problem.code for problem in reading.problems] == ["fields-missing"]
    assert "Rubrik på förslaget" in reading.problems[0].message("sv")
    keys = {str(found.address) for found in reading.found}
    assert keys == {str(slot.address) for slot in document.slots()} - {"sample.text"}


def test_two_fields_of_one_name_are_a_problem_and_stand_unplaced(document: Document, blank: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        _field(pdf, "sample/text").V = String("den ena")
        double = Dictionary(FT=Name.Tx, T=String(PREFIX + "sample/text"), V=String("den andra"))
        pdf.Root.AcroForm.Fields.append(pdf.make_indirect(double))

    reading = read(edited(blank, change), document)
    assert [(problem.code, problem.where) for problem in reading.problems] == [
        ("fields-duplicate", "Rubrik på förslaget")
    ]
    assert {(text.where, text.text) for text in reading.unplaced} == {
        ("Avsnitt 1, Rubrik på förslaget", "den ena"),
        ("Avsnitt 1, Rubrik på förslaget", "den andra"),
    }
    assert "sample.text" not in {str(found.address) for found in reading.found}


def test_fields_of_another_file_are_unplaced(document: Document, blank: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        for name, value in {"Text1": "främmande", "Text2": ""}.items():
            field = Dictionary(FT=Name.Tx, T=String(name), V=String(value))
            pdf.Root.AcroForm.Fields.append(pdf.make_indirect(field))

    assert read(edited(blank, change), document).unplaced == (Unplaced("Sida ?, fältet Text1", "främmande"),)


def test_fields_that_a_program_put_under_a_name_of_its_own(document: Document, blank: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        _field(pdf, "sample/text").V = String("ett svar")
        form = pdf.Root.AcroForm
        parent = pdf.make_indirect(Dictionary(T=String("fil1"), Kids=form.Fields))
        for field in form.Fields:
            field.Parent = parent
        form.Fields = Array([parent])

    data = edited(blank, change)
    assert _answer(read(data, document), "sample.text").raw.text == "ett svar"
    assert identify(data).partner == "polisen"


@pytest.mark.filterwarnings("ignore::pikepdf.PageCopyWarning")
def test_widgets_that_the_form_has_forgotten_are_found_on_their_pages(document: Document, blank: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        _field(pdf, "sample/text").V = String("ett svar")
        _field(pdf, "sample/select_one").V = Name("/later")
        pdf.Root.AcroForm.Fields = Array()

    reading = read(edited(blank, change), document)
    assert len(reading.found) == len(list(document.slots()))
    assert _answer(reading, "sample.text").raw.text == "ett svar"
    assert _answer(reading, "sample.select_one").raw == Raw("Senare", chosen=("later",))


def test_what_a_person_wrote_and_drew_over_the_page_is_unplaced(document: Document, blank: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        over = [float(edge) for edge in _field(pdf, "sample/text").Rect]
        for annotation in (
            Dictionary(Subtype=Name.FreeText, Rect=over, Contents=String("skrivet ovanpå rutan")),
            Dictionary(Subtype=Name.Text, Rect=[0, 0, 20, 20], Contents=String("en lapp\rmed två rader")),
            Dictionary(Subtype=Name.Popup, Rect=[0, 0, 20, 20], Contents=String("en lapp")),
            Dictionary(Subtype=Name.Ink, Rect=[0, 0, 50, 50]),
            Dictionary(Subtype=Name.Highlight, Rect=[0, 0, 50, 50]),
            Dictionary(Subtype=Name.FreeText, Rect=[0, 0, 9, 9], RC=String("<body><p>rik</p><p>text</p></body>")),
        ):
            page.Annots.append(pdf.make_indirect(annotation))

    assert read(edited(blank, change), document).unplaced == (
        Unplaced("Sida 1, anteckning vid Rubrik på förslaget", "skrivet ovanpå rutan"),
        Unplaced("Sida 1, anteckning", "en lapp\nmed två rader"),
        Unplaced("Sida 1, anteckning", "(något ritat eller skrivet för hand)"),
        Unplaced("Sida 1, anteckning", "rik\ntext"),
    )


@pytest.mark.parametrize("name", [None, "Åsa Öberg"])
def test_a_signature_is_there_or_not(document: Document, blank: bytes, name: str | None) -> None:
    value = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=String(b"\0\0"))
    if name:
        value.Name = String(name)
    reading = read(edited(blank, _set(signing__signature=value)), document)
    assert _answer(reading, "signing.signature").raw == Raw(name or "", signed=True)
    assert _answer(read(blank, document), "signing.signature").raw == Raw()


def test_a_state_nobody_offered_is_kept_as_text(document: Document, blank: bytes) -> None:
    reading = read(edited(blank, _set(sample__select_one=Name("/gissning"))), document)
    assert _answer(reading, "sample.select_one").raw == Raw("gissning")


def test_without_metadata_the_names_of_fields_tell_the_file(document: Document, blank: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.Metadata

    data = edited(blank, change)
    marks = identify(data)
    assert (marks.round, marks.partner, marks.document) == ("a1b2c3d4e5", "polisen", "prov")
    assert marks.remarks == ("file-lost-marks",)
    assert len(read(data, document).found) == len(list(document.slots()))


def test_metadata_that_is_broken_or_a_bomb_is_ignored(blank: bytes) -> None:
    for packet in (b"<x", b"\xff\xfe", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', b""):

        def change(pdf: pikepdf.Pdf, packet: bytes = packet) -> None:
            pdf.Root.Metadata = pdf.make_stream(packet)

        assert identify(edited(blank, change)).round == "a1b2c3d4e5"


def _refused(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        identify(data)
    return caught.value.problems[0].code


@pytest.mark.parametrize("keeps_metadata", [True, False])
def test_a_form_made_flat_is_refused_by_name(blank: bytes, keeps_metadata: bool, tmp_path: Path) -> None:
    require(pages.QPDF)
    source, flat = tmp_path / "form.pdf", tmp_path / "flat.pdf"
    source.write_bytes(blank)
    subprocess.run(["qpdf", "--flatten-annotations=all", source, flat], check=True)

    def change(pdf: pikepdf.Pdf) -> None:
        if not keeps_metadata:
            del pdf.Root.Metadata

    assert _refused(edited(flat.read_bytes(), change)) == "file-flattened"


def _printed(words: str) -> bytes:
    """A PDF that holds words and no fields."""
    made = typst.compile(
        b'#set text(font: "Source Sans Pro")\n#sys.inputs.words',
        font_paths=fonts.for_layout(),
        sys_inputs={"words": words},
    )
    assert isinstance(made, bytes)
    return made


def test_a_word_form_printed_to_pdf_is_refused_by_name() -> None:
    assert _refused(_printed("Arbetsbok. Referens: a1b2c3d4e5/polisen/plan")) == "file-pdf-of-form"


def test_a_pdf_of_something_else_says_nothing_of_itself(document: Document) -> None:
    data = _printed("Protokoll från mötet")
    assert not identify(data).any
    assert read(data, document) == Reading()


def test_encrypted_files_are_refused_and_restricted_ones_read(document: Document, blank: bytes) -> None:
    for user, wanted in (("hemligt", "file-encrypted"), ("", "")):
        with pikepdf.open(io.BytesIO(blank)) as pdf:
            out = io.BytesIO()
            pdf.save(out, encryption=pikepdf.Encryption(owner="ägare", user=user, R=4, aes=False, metadata=False))
        if wanted:
            assert _refused(out.getvalue()) == wanted
        else:
            assert len(read(out.getvalue(), document).found) == len(list(document.slots()))


def test_an_xfa_form_is_refused_by_name(blank: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AcroForm.XFA = pdf.make_stream(b"<xdp/>")

    assert _refused(edited(blank, change)) == "file-xfa"


def test_forms_of_two_partners_in_one_file_keep_their_answers_apart(document: Document, blank: bytes) -> None:
    other = samples.document(signature=True, document_id="annat")

    def change(pdf: pikepdf.Pdf) -> None:
        with pikepdf.open(io.BytesIO(write(other))) as second:
            field = next(each for each in second.Root.AcroForm.Fields if str(each.T).endswith("/sample/text"))
            field.V = String("den andras")
            for each in second.Root.AcroForm.Fields:
                pdf.Root.AcroForm.Fields.append(pdf.copy_foreign(each))

    data = edited(edited(blank, _set(sample__text=String("den enas"))), change)
    reading = read(data, document)
    assert _answer(reading, "sample.text").raw.text == "den enas"
    assert [text.text for text in reading.unplaced] == ["den andras"]
    assert _answer(read(data, other), "sample.text").raw.text == "den andras"


def test_all_that_an_annotation_says_is_told(document: Document, blank: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        picture = pdf.make_stream(b"BT /F1 12 Tf (bara avbildat) Tj ET")
        picture.Resources, picture.BBox = Dictionary(Font=Dictionary(F1=font)), Array([0, 0, 9, 9])
        for annotation in (
            Dictionary(Subtype=Name("/Watermark"), Rect=[0, 0, 9, 9], Contents=String("en stämpel")),
            Dictionary(Subtype=Name.FreeText, Rect=[0, 0, 9, 9], Contents=String("kort"), RC=String("<p>långt</p>")),
            Dictionary(Subtype=Name.FreeText, Rect=[0, 0, 9, 9], AP=Dictionary(N=picture)),
        ):
            pdf.pages[0].Annots.append(pdf.make_indirect(annotation))
        pdf.attachments["bilaga.txt"] = b"mer"

    reading = read(edited(blank, change), document)
    assert [text.text for text in reading.unplaced] == ["en stämpel", "kort\nlångt", "bara avbildat"]
    assert [found.code for found in reading.problems] == ["file-attachments"]
    assert "bilaga.txt" in reading.problems[0].message("sv")


def test_text_added_to_the_page_itself_is_unplaced(document: Document, blank: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.Resources.Font.Added = pdf.make_indirect(font)
        page.contents_add(b"BT /Added 12 Tf 100 400 Td (skrivet i tomrummet) Tj ET")

    assert read(edited(blank, change), document).unplaced == (
        Unplaced("Sida 1, på själva sidan", "skrivet i tomrummet"),
    )


def test_pages_too_large_to_read_are_told(document: Document, blank: bytes) -> None:
    """What may be written on a page nobody read is not passed over in silence; the fields are read all the same."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(b" " * (MAX_CONTENT + 1))

    reading = read(edited(blank, change), document)
    assert [found.code for found in reading.problems] == ["pages-not-read"]
    assert "sida 1" in reading.problems[0].message("sv")
    assert len(reading.found) == len(read(blank, document).found)


@pytest.mark.filterwarnings("ignore::pikepdf.PageCopyWarning")
def test_values_wherever_a_program_puts_them(document: Document, blank: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        _field(pdf, "sample/text").RV = String("<body><p>bara rik</p></body>")
        _field(pdf, "sample/paragraph").V = Dictionary(A=String("i en ordbok"))
        _field(pdf, "sample/select_one").V = String("/later")
        direct = Dictionary(Subtype=Name.Widget, FT=Name.Tx, T=String("ny"), V=String("direkt"), Rect=[0, 0, 9, 9])
        pdf.pages[0].Annots.append(direct)

    reading = read(edited(blank, change), document)
    assert _answer(reading, "sample.text").raw.text == "bara rik"
    assert _answer(reading, "sample.paragraph").raw.text == "i en ordbok"
    assert _answer(reading, "sample.select_one").raw.chosen == ("later",)
    assert [text.text for text in reading.unplaced] == ["direkt"]


def test_a_value_beyond_measure_is_refused_by_name(blank: bytes) -> None:
    assert _refused(edited(blank, _set(sample__text=String("x" * 70_000)))) == "file-hostile"
