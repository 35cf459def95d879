"""The merged plan as a PDF: answers in words, who has not answered by name, attachments byte for byte (issue 4).

1. What each organisation answered stands under its name; a signature is told in words; no widget but where the group
   decides.
2. It is PDF/UA-1 and PDF/A-3a, also with attachments, strange names and nothing at all.
3. Attachments come back byte for byte. Same document, same bytes.
"""

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from docgen.document import (
    FIXED,
    PARTNER,
    Block,
    Column,
    Document,
    Note,
    Prose,
    Question,
    Row,
    Section,
    Slot,
    Span,
    Table,
    Voices,
)
from docgen.fields.base import Spec
from docgen.formats.pdf.reader import identify
from docgen.formats.pdf.writer import write
from docgen.locales import text as say
from docgen.values import Address, Signature, Value
from tests.formats import samples
from tests.judges import pages, verapdf
from tests.judges.judge import require

WHO = ("Bekräftelse från", "Bekräftelse saknas från")
TEXT = Spec("text", "sv")
KEY = "sample.answers"


def _table(
    rows: Sequence[Sequence[Value | None]], types: Sequence[str], *, row_label: str = "Rad", cards: bool = False
) -> Table:
    """A table of the plan: whose each row is, then an answer of each type, all to be read."""
    specs = [TEXT, *(samples.spec(type_) for type_ in types)]
    keys = [PARTNER, *types]
    labels = ["Organisation", *(samples.LABELS[type_] for type_ in types)]
    columns = tuple(
        Column(key, label, spec, unit=spec.unit, read_only=True, total=key == "money")
        for key, label, spec in zip(keys, labels, specs, strict=True)
    )
    made = tuple(
        Row(
            number,
            "",
            tuple(
                Slot(Address(KEY, number, key), label, label, _as_held(value, spec), value=value, read_only=True)
                for key, label, spec, value in zip(keys, labels, specs, row, strict=True)
            ),
        )
        for number, row in enumerate(rows, start=1)
    )
    return Table(KEY, "Svar per organisation", columns, made, row_label, cards=cards)


def _as_held(value: Value | None, spec: Spec) -> Spec:
    """What was not understood stands as words."""
    return TEXT if spec.type == "date" and isinstance(value, str) else spec


def _plan(*blocks: Block, attachments: Sequence[tuple[str, bytes]] = (), language: str = "sv") -> Document:
    identity = replace(samples.IDENTITY, partner="group", document="signatures")
    return replace(
        samples.document(language),
        identity=identity,
        title="Bekräftelser",
        organisation="Bekräftelse från 2 av 3 organisationer",
        guide=(),
        facts=(
            ("Planperiod", "2027–2030"),
            (WHO[0], "Polisen, Hotellet"),
            (WHO[1], "Kvinnojouren Ängeln"),
        ),
        sections=(Section("sample", "14", "Bekräftelsen", blocks),) if blocks else (),
        kind="plan",
        attachments=tuple(attachments),
        who=WHO,
    )


def _signatures() -> Table:
    types = ("select_one", "text", "date", "paragraph", "email", "phone", "signature")
    return _table(
        [
            (
                "Polisen",
                "now",
                "Chefen",
                "”i våras” (gick inte att tolka)",
                "Allt\nväl",
                None,
                None,
                Signature(True, "Ada A"),
            ),
            ("Hotellet", "later", None, None, None, "h@hotellet.example", None, None),
            ("Tredje", "now", None, None, None, None, "070-1", Signature(False, "Bo")),
            ("Fjärde", None, None, None, None, None, None, Signature(True)),
        ],
        types,
    )


def _text(data: bytes, tmp_path: Path) -> str:
    file = tmp_path / "text.pdf"
    file.write_bytes(data)
    return " ".join(pages.text(file).split())


# 1


def test_who_answered_what_and_who_did_not(tmp_path: Path) -> None:
    require(pages.POPPLER)
    text = _text(write(_plan(_signatures())), tmp_path)
    for said in (
        "Bekräftelser",
        "Bekräftelse från 2 av 3 organisationer",
        "Bekräftelse saknas från Kvinnojouren Ängeln",
        "Chefen",
        "”i våras” (gick inte att tolka)",
        "Prioritering: Nu 2, Senare 1.",
        "2 av 4 är digitalt underskrivna.",
        "Digitalt underskriven av Ada A",
        "Ingen digital underskrift; i fältet står Bo",
    ):
        assert said in text
    assert text.count("Ingen digital underskrift") == 2
    assert text.count("Digitalt underskriven") == 2
    assert [
        text.index(name) for name in ("Polisen Prioritering", "Hotellet Prioritering", "Tredje", "Fjärde")
    ] == sorted(text.index(name) for name in ("Polisen Prioritering", "Hotellet Prioritering", "Tredje", "Fjärde"))


def test_organisations_are_headings(tmp_path: Path) -> None:
    require(pages.POPPLER)
    file = tmp_path / "plan.pdf"
    file.write_bytes(write(_plan(_signatures())))
    structure = pages.structure(file)
    assert structure.count("H2") >= 4


def test_nothing_can_be_typed_in_what_is_to_be_read() -> None:
    with pikepdf.open(io.BytesIO(write(_plan(_signatures())))) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert not any("/Annots" in page for page in pdf.pages)


def test_what_the_group_decides_is_a_field() -> None:
    table = _signatures()
    decided = Slot(Address(KEY, 1, "text"), "Polisen, Beslut", "Beslut", TEXT)
    row = table.rows[0]
    slots = tuple(decided if slot.address.column == "text" else slot for slot in row.slots)
    table = replace(table, rows=(replace(row, slots=slots), *table.rows[1:]))
    question = Question(samples.slot("sample.text", TEXT, "Vem för protokollet?"))
    with pikepdf.open(io.BytesIO(write(_plan(question, table)))) as pdf:
        assert [str(field.TU) for field in pdf.Root.AcroForm.Fields] == ["Vem för protokollet?", "Polisen, Beslut"]


def test_voices_notes_and_single_answers(tmp_path: Path) -> None:
    require(pages.POPPLER)
    voices = Voices(
        "Vad vill ni?", (("Polisen, Hotellet", "Rad ett\nrad två"), ("Tredje", "*inte* #fet")), "De skiljer sig."
    )
    answered = Question(samples.slot("sample.money", samples.spec("money"), "Summa", value=1200, read_only=True))
    text = _text(write(_plan(voices, Note((Prose((Span("En anmärkning."),)),)), answered)), tmp_path)
    for said in ("Vad vill ni? De skiljer sig.", "Polisen, Hotellet Rad ett rad två", "*inte* #fet", "En anmärkning."):
        assert said in text
    assert "Summa (kr) 1 200" in text.replace("\N{NO-BREAK SPACE}", " ")


def test_few_narrow_columns_are_a_table_with_its_sum(tmp_path: Path) -> None:
    require(pages.POPPLER)
    table = _table([("Polisen", 1200, "now"), ("Hotellet", 300, None)], ("money", "select_one"), row_label="Delmål")
    file = tmp_path / "plan.pdf"
    file.write_bytes(write(_plan(table)))
    text = " ".join(pages.text(file).replace("\N{NO-BREAK SPACE}", " ").split())
    assert "Nr Organisation Egen insats (kr) Prioritering" in text
    assert "1 Polisen 1 200 Nu" in text
    assert "2 Hotellet 300 –" in text
    assert "Summa 1 500" in text
    assert "TH" in pages.structure(file)


def test_rows_with_a_number_are_called_by_it(tmp_path: Path) -> None:
    require(pages.POPPLER)
    table = _table([("Polisen", "Text")], ("paragraph",), row_label="Delmål", cards=True)
    assert "Delmål 1 · Polisen" in _text(write(_plan(table)), tmp_path)
    fixed = replace(table.rows[0], slots=(replace(table.rows[0].slots[0], address=Address(KEY, 1, FIXED)),))
    table = replace(table, rows=(fixed,), columns=(replace(table.columns[0], key=FIXED),), row_label="Rad")
    assert "Rad 1" not in _text(write(_plan(table)), tmp_path)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.sampled_from("abåäÖ ¤§#*_[]$@<>\\/\n"), min_size=1, max_size=300))
@example("ord¤" * 5_000)
@example("rad¤\n" * 150)
@example("ett två¤ tre " * 500)
def test_every_word_of_an_answer_is_on_the_page(answer: str) -> None:
    wide = _table([("Polisen", answer, "a@b.example", "070-1", "09-1")], ("paragraph", "email", "text", "phone"))
    narrow = _table([("Polisen", answer)], ("paragraph",))
    for block in (wide, narrow, Voices("Fråga", (("Polisen", answer),))):
        shown = _on_the_page(write(_plan(block)))
        assert [shown.count(mark) for mark in "¤§#*"] == [answer.count(mark) for mark in "¤§#*"]


def _on_the_page(data: bytes) -> str:
    """The characters that stand between the margins."""
    import pypdfium2

    shown = []
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            text = page.get_textpage()
            for at in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(at)
                if left >= 50 and right <= page.get_width() - 50 and bottom >= 20 and top <= page.get_height() - 20:
                    shown.append(text.get_text_range(at, 1))
    return "".join(shown)


# 2


@pytest.mark.parametrize("language", ["sv", "en"])
def test_verapdf_and_qpdf_find_nothing(language: str, tmp_path: Path) -> None:
    require(verapdf.VERAPDF, pages.QPDF)
    decided = Question(samples.slot("sample.text", TEXT, "Vem för protokollet?"))
    files = []
    strange = "مركز 😀 *x* #panic() e\u0301\u202e \ue001"
    for name, each in {
        "plain": _plan(_signatures(), language=language),
        "attached": _plan(_signatures(), attachments=_attachments(), language=language),
        "empty": _plan(language=language),
        "strange": _plan(
            Voices(strange, ((strange, strange),)), attachments=[(f"{strange}.pdf", b"x")], language=language
        ),
        "carried": replace(_plan(_signatures()), carried='{"a": "å"}'),
        "decided": _plan(decided, _signatures(), attachments=_attachments(), language=language),
    }.items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(write(each))
    assert not verapdf.findings(*files, profile="ua1")
    assert not verapdf.findings(*files, profile="3a")
    assert not pages.qpdf_findings(*files)


def test_an_empty_plan_says_so(tmp_path: Path) -> None:
    require(pages.POPPLER)
    assert say("sv", "plan.nothing") in _text(write(_plan()), tmp_path)


def test_it_tells_what_it_is() -> None:
    marks = identify(write(replace(_plan(_signatures()), carried="{}")))
    assert (marks.round, marks.partner, marks.document, marks.carried) == ("a1b2c3d4e5", "group", "signatures", "{}")


# 3


def _attachments() -> list[tuple[str, bytes]]:
    return [
        ("Bekräftelse Łódź.pdf", write(samples.document(signature=True))),
        ("tom.docx", b""),
        ("Socialtjänsten/Bekräftelse.pdf", bytes(range(256)) * 300),
        ("bekräftelse łódź.pdf", b"en annan"),
    ]


def test_attachments_come_back_byte_for_byte(tmp_path: Path) -> None:
    given_ = _attachments()
    data = write(_plan(_signatures(), attachments=given_))
    names = ["Bekräftelse Łódź.pdf", "tom.docx", "Socialtjänsten - Bekräftelse.pdf", "bekräftelse łódź (2).pdf"]
    wanted = dict(zip(names, (each for _, each in given_), strict=True))
    assert {name: found for name, (found,) in PdfReader(io.BytesIO(data)).attachments.items()} == wanted
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()} == wanted
        assert [str(each.AFRelationship) for each in pdf.Root.AF] == ["/Source"] * len(wanted)
        assert str(pdf.Root.AF[0].EF.F.Subtype) == "/application/pdf"
    require(pages.POPPLER)
    text = _text(data, tmp_path)
    assert all(name in text for name in names)


def test_the_same_plan_gives_the_same_bytes_and_no_date() -> None:
    plan = _plan(_signatures(), attachments=_attachments())
    data = write(plan)
    assert write(plan) == data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert set(pdf.docinfo.keys()) == {"/Title", "/Producer"}
        assert b"1980" not in pdf.Root.Metadata.read_bytes()
        assert "/ModDate" not in pdf.Root.AF[0].EF.F.Params
    other = write(replace(plan, attachments=(("tom.docx", b"x"),)))
    assert PdfReader(io.BytesIO(other)).trailer["/ID"] != PdfReader(io.BytesIO(data)).trailer["/ID"]
