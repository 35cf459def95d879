"""The PDF filler, on a form written here object by object and read back with pikepdf."""

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.filler.package import FillError
from tests.filler.pdf import Pdf


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A page with a field of each kind, and a second page with one more."""
    pdf = pikepdf.new()
    first, second = pdf.add_blank_page(page_size=(400, 600)), pdf.add_blank_page(page_size=(400, 600))
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    fields: list[pikepdf.Object] = []

    def widget(page: pikepdf.Page, y: int, **more: Any) -> pikepdf.Object:
        made = pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=Array([50, y, 250, y + 20]), F=4, **more)
        )
        page.obj.Annots = Array([*page.obj.get("/Annots", []), made])
        return made

    def states(on: str) -> Dictionary:
        marks = {on: pdf.make_stream(b"0 0 20 20 re f"), "/Off": pdf.make_stream(b"")}
        for mark in marks.values():
            mark.Subtype, mark.BBox = Name.Form, Array([0, 0, 20, 20])
        return Dictionary(N=Dictionary(marks))

    text = {"FT": Name.Tx, "DA": String("/Helv 10 Tf 0 g")}
    choice = {"FT": Name.Ch, "DA": String("/Helv 10 Tf 0 g")}
    pairs = Array([Array([String("yes"), String("Ja då")]), Array([String("no"), String("Nej")])])
    fields.append(widget(first, 550, T=String("one"), TU=String("Ett svar"), **text))
    fields.append(widget(first, 500, T=String("many"), Ff=1 << 12, V=String("förut"), **text))
    fields.append(widget(first, 450, T=String("combo"), Ff=1 << 17, Opt=pairs, **choice))
    fields.append(widget(first, 400, T=String("free"), Ff=(1 << 17) + (1 << 18), Opt=pairs, **choice))
    fields.append(widget(first, 350, T=String("list"), Ff=1 << 21, Opt=pairs, **choice))
    fields.append(widget(first, 300, T=String("box"), FT=Name.Btn, AS=Name.Off, V=Name.Off, AP=states("/Yes")))
    group = pdf.make_indirect(Dictionary(FT=Name.Btn, T=String("radio"), Ff=1 << 15, V=Name.Off))
    group.Kids = Array(
        [
            widget(first, y, Parent=group, AS=Name.Off, AP=states(on), MK=Dictionary(CA=String("l")))
            for y, on in ((250, "/red"), (200, "/blue"))
        ]
    )
    fields.append(group)
    fields.append(widget(first, 150, T=String("locked"), Ff=1, V=String("fast"), **text))
    fields.append(widget(first, 100, T=String("sign"), FT=Name.Sig))
    fields.append(widget(second, 550, T=String("last"), **text))
    pdf.Root.AcroForm = Dictionary(Fields=Array(fields), DR=Dictionary(Font=Dictionary(Helv=font)))
    pdf.save(tmp_path / "form.pdf")
    return tmp_path / "form.pdf"


def values(file: Path) -> dict[str, object]:
    """Give /V of every field."""
    with pikepdf.open(file) as pdf:
        found: dict[str, object] = {}
        for field in pdf.Root.AcroForm.Fields:
            value = field.get("/V")
            found[str(field.T)] = [str(one) for one in value] if isinstance(value, Array) else value and str(value)
        return found


def test_lists_fields(form: Path) -> None:
    with Pdf(form) as pdf:
        fields = pdf.fields()
    assert [(field.name, field.kind, field.page) for field in fields] == [
        ("one", "text", 0),
        ("many", "text", 0),
        ("combo", "combo", 0),
        ("free", "combo", 0),
        ("list", "list", 0),
        ("box", "checkbox", 0),
        ("radio", "radio", 0),
        ("radio", "radio", 0),
        ("locked", "text", 0),
        ("sign", "signature", 0),
        ("last", "text", 1),
    ]
    assert fields[0].tooltip == "Ett svar"
    assert fields[0].box == (50, 550, 250, 570)
    assert (fields[1].value, fields[1].multiline) == ("förut", True)
    assert (fields[2].options, fields[2].editable, fields[3].editable) == (("Ja då", "Nej"), False, True)
    assert [field.options for field in fields[5:8]] == [("Yes",), ("red",), ("blue",)]
    assert fields[8].read_only


def test_fills_and_saves(form: Path, tmp_path: Path) -> None:
    with Pdf(form) as pdf:
        pdf.fill("one", "Åre – Łódź")
        pdf.fill("many", "Rad ett\nRad två")
        pdf.choose("combo", "Nej")
        pdf.fill("free", "Vet inte")
        pdf.choose("list", "Ja då", "Nej")
        pdf.tick("box")
        pdf.tick("radio", "blue")
        pdf.fill("last", "slut")
        now = {field.name: field for field in pdf.fields()}
        assert now["many"].value == "Rad ett\nRad två"
        assert now["combo"].selected == ("Nej",)
        pdf.save(tmp_path / "filled.pdf")
    found = values(tmp_path / "filled.pdf")
    assert str(found.pop("many")).replace("\r\n", "\n").replace("\r", "\n") == "Rad ett\nRad två"
    assert found == {
        "one": "Åre – Łódź",
        "combo": "no",
        "free": "Vet inte",
        "list": ["yes", "no"],
        "box": "/Yes",
        "radio": "/blue",
        "locked": "fast",
        "sign": None,
        "last": "slut",
    }


def test_empties_and_unticks(form: Path, tmp_path: Path) -> None:
    with Pdf(form) as pdf:
        pdf.tick("box")
        pdf.tick("box")
        assert pdf.field("box").checked
        pdf.tick("box", on=False)
        pdf.fill("many", "")
        pdf.save(tmp_path / "filled.pdf")
    assert (values(tmp_path / "filled.pdf")["box"], values(tmp_path / "filled.pdf")["many"]) == ("/Off", "")


def test_refuses_what_a_person_cannot_do(form: Path) -> None:
    with Pdf(form) as pdf:
        with pytest.raises(FillError, match="no line break"):
            pdf.fill("one", "a\nb")
        with pytest.raises(FillError, match="no typed text"):
            pdf.fill("combo", "Kanske")
        with pytest.raises(FillError, match="no choice"):
            pdf.choose("combo", "Kanske")
        with pytest.raises(FillError, match="read-only"):
            pdf.fill("locked", "x")
        with pytest.raises(FillError, match="no field"):
            pdf.fill("absent", "x")
        with pytest.raises(FillError, match="no box"):
            pdf.tick("radio", "green")


def test_a_file_without_a_form_has_no_fields(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(tmp_path / "plain.pdf")
    with Pdf(tmp_path / "plain.pdf") as plain:
        assert plain.fields() == ()
