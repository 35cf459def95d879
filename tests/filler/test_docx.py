"""The Word filler, on small documents written here as XML."""

import datetime as dt
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.filler.controls import Cell, Option
from tests.filler.docx import Docx
from tests.filler.package import FillError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

Make = Callable[[str], Docx]


def prompt(text: str = "Skriv här") -> str:
    return f'<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>{text}</w:t></w:r>'


def sdt(tag: str, kind: str, inner: str, more: str = "") -> str:
    number = sum(tag.encode())
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="Titel {tag}"/><w:tag w:val="{tag}"/><w:id w:val="{number}"/>{more}{kind}'
        f"</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    )


def waiting(tag: str, kind: str, more: str = "") -> str:
    return sdt(tag, kind, prompt(), more + "<w:showingPlcHdr/>")


def paragraph(inner: str) -> str:
    return f'<w:p w14:paraId="0A0B0C0D"><w:pPr><w:jc w:val="left"/></w:pPr>{inner}</w:p>'


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def table(*rows: list[str]) -> str:
    body = "".join("<w:tr>" + "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{body}</w:tbl>"


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write a document with a body, a header with a control in it, and a glossary with one placeholder."""

    def build(body: str) -> Docx:
        root = f'xmlns:w="{W}" xmlns:w14="{W14}"'
        parts = {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{WORD_TYPE}.document.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="h" Type="{OFFICE}/header" Target="header1.xml"/>'
            f'<Relationship Id="g" Type="{OFFICE}/glossaryDocument" Target="/word/glossary/document.xml"/>'
            "</Relationships>",
            "word/document.xml": f"<w:document {root}><w:body>{body}<w:sectPr/></w:body></w:document>",
            "word/header1.xml": f"<w:hdr {root}>{paragraph(sdt('in.header', '<w:text/>', run('Huvud')))}</w:hdr>",
            "word/glossary/document.xml": f"<w:glossaryDocument {root}><w:docParts><w:docPart>"
            f'<w:docPartPr><w:name w:val="ask"/></w:docPartPr><w:docPartBody>{paragraph(prompt("Svara nu"))}'
            "</w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>",
        }
        with zipfile.ZipFile(tmp_path / "form.docx", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, xml in parts.items():
                archive.writestr(name, xml)
        return Docx(tmp_path / "form.docx")

    return build


def saved(document: Docx, tmp_path: Path) -> str:
    """Save, and give the XML of the body without its frame."""
    with zipfile.ZipFile(document.save(tmp_path / "filled.docx")) as archive:
        xml = archive.read("word/document.xml").decode()
    found = re.search(r"<w:body>(.*)<w:sectPr/></w:body>", xml, re.DOTALL)
    assert found
    return found[1]


LIST = '<w:dropDownList><w:listItem w:displayText="Ja" w:value="yes"/><w:listItem w:value="Nej"/></w:dropDownList>'
BOX = '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2611"/></w14:checkbox>'
DAY = '<w:date><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="sv-SE"/></w:date>'


def test_lists_controls_of_every_kind_and_level(make: Make) -> None:
    document = make(
        table([paragraph(waiting("a", "<w:text/>")), sdt("b", "", paragraph(run("Ett")) + paragraph(run("Två")))])
        + sdt("c", "<w:picture/>", paragraph(run("")))
        + f"<w:tbl><w:tr>{sdt('d', '<w:richText/>', '<w:tc>' + paragraph(run('D')) + '</w:tc>')}</w:tr></w:tbl>"
        + paragraph(
            waiting("e", LIST, '<w:lock w:val="sdtLocked"/>') + sdt("a", BOX, run("☐")) + sdt("f", DAY, run("x"))
        )
    )
    found = {(control.tag, control.nth): control for control in document.controls()}
    assert [(tag, nth, found[tag, nth].kind, found[tag, nth].level) for tag, nth in found] == [
        ("a", 0, "text", "run"),
        ("b", 0, "rich", "block"),
        ("c", 0, "other", "block"),
        ("d", 0, "rich", "cell"),
        ("e", 0, "dropdown", "run"),
        ("a", 1, "checkbox", "run"),
        ("f", 0, "date", "run"),
        ("in.header", 0, "text", "run"),
    ]
    assert found["a", 0].placeholder
    assert found["a", 0].alias == "Titel a"
    assert found["b", 0].text == "Ett\nTvå"
    assert found["b", 0].cell == Cell(0, 0, 1)
    assert found["d", 0].cell == Cell(1, 0, 0)
    assert found["e", 0].options == (Option("Ja", "yes"), Option("Nej", "Nej"))
    assert found["e", 0].lock == "sdtLocked"
    assert found["a", 1].checked is False
    assert found["in.header", 0].part == "word/header1.xml"
    assert found["in.header", 0].cell is None


def test_typing_in_a_plain_control_is_one_run_without_placeholder(make: Make, tmp_path: Path) -> None:
    document = make(paragraph(waiting("a", "<w:text/>", "<w:rPr><w:b/></w:rPr>")))
    document.fill("a", " Åre & <Östersund>\t ")
    assert saved(document, tmp_path) == paragraph(
        sdt(
            "a",
            "<w:text/>",
            '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve"> Åre &amp; &lt;Östersund&gt;</w:t><w:tab/>'
            '<w:t xml:space="preserve"> </w:t></w:r>',
            "<w:rPr><w:b/></w:rPr>",
        )
    )
    assert not document.control("a").placeholder


def test_line_breaks_in_plain_controls(make: Make) -> None:
    document = make(paragraph(waiting("one", "<w:text/>") + waiting("many", '<w:text w:multiLine="1"/>')))
    with pytest.raises(FillError, match="no line break"):
        document.fill("one", "a\nb")
    assert document.control("one").placeholder
    document.fill("many", "a\nb")
    assert document.control("many").text == "a\nb"
    assert document.control("many").level == "run"


def test_lines_in_an_inline_rich_control_become_paragraphs(make: Make, tmp_path: Path) -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="m"/>', '<w:bookmarkEnd w:id="1"/>'
    document = make(table([paragraph(mark[0] + waiting("a", "") + mark[1])]))
    document.fill("a", "Ett\n\nTvå")
    control = document.control("a")
    assert (control.text, control.level, control.cell) == ("Ett\n\nTvå", "block", Cell(0, 0, 0))
    xml = saved(document, tmp_path)
    assert xml.count('<w:pPr><w:jc w:val="left"/></w:pPr>') == 3
    assert xml.index("Ett") > xml.index(mark[0])
    assert xml.index("Två") < xml.index(mark[1])
    document.fill("a", "Kort")
    assert document.control("a").text == "Kort"
    assert mark[1] in saved(document, tmp_path)


def test_lines_beside_other_text_stay_in_their_paragraph(make: Make) -> None:
    document = make(paragraph(run("Svar: ") + waiting("a", "")))
    document.fill("a", "Ett\nTvå")
    assert document.control("a").level == "run"
    assert document.control("a").text == "Ett\nTvå"


def test_a_control_around_a_cell_keeps_the_cell(make: Make) -> None:
    inner = f"<w:tc><w:tcPr/>{paragraph(prompt())}</w:tc>"
    document = make(f"<w:tbl><w:tr>{sdt('a', '', inner, '<w:showingPlcHdr/>')}</w:tr></w:tbl>")
    document.fill("a", "Ett\nTvå")
    assert document.tables() == ((("Ett\nTvå",),),)
    document.delete_control("a")
    assert document.tables() == ((("",),),)


def test_choosing(make: Make, tmp_path: Path) -> None:
    combo = LIST.replace("dropDownList", "comboBox")
    document = make(paragraph(waiting("a", LIST) + waiting("b", combo)))
    with pytest.raises(FillError, match="not a choice"):
        document.choose("a", "Kanske")
    with pytest.raises(FillError, match="no typed text"):
        document.fill("a", "Kanske")
    document.choose("a", "Ja")
    document.fill("b", "Kanske")
    assert [control.text for control in document.controls()][:2] == ["Ja", "Kanske"]
    assert '<w:dropDownList w:lastValue="yes">' in saved(document, tmp_path)


def test_a_date_is_kept_twice(make: Make) -> None:
    document = make(paragraph(waiting("a", DAY)))
    document.set_date("a", dt.date(2027, 6, 30))
    assert (document.control("a").text, document.control("a").date) == ("30 juni 2027", "2027-06-30T00:00:00Z")
    document.fill("a", "i sommar")
    assert (document.control("a").text, document.control("a").date) == ("i sommar", "2027-06-30T00:00:00Z")


def test_ticking_changes_mark_and_glyph(make: Make) -> None:
    document = make(paragraph(sdt("a", BOX, run("☐"))))
    document.tick("a")
    assert (document.control("a").checked, document.control("a").text) == (True, "☑")
    document.tick("a", on=False)
    assert (document.control("a").checked, document.control("a").text) == (False, "☐")


def test_clearing_shows_the_placeholder_again(make: Make, tmp_path: Path) -> None:
    ask = '<w:placeholder><w:docPart w:val="ask"/></w:placeholder>'
    document = make(paragraph(sdt("a", "<w:text/>", run("Svar"), ask)))
    with pytest.raises(FillError, match=r"clear\(\)"):
        document.fill("a", "")
    document.clear("a")
    assert document.control("a").placeholder
    assert document.control("a").text == "Svara nu"
    assert "</w:placeholder><w:showingPlcHdr/><w:text/>" in saved(document, tmp_path)


def test_locked_content_takes_no_typing(make: Make) -> None:
    document = make(
        paragraph(sdt("a", "<w:text/>", run("x"), '<w:lock w:val="contentLocked"/>') + waiting("b", "<w:text/>"))
    )
    with pytest.raises(FillError, match="locked"):
        document.fill("a", "y")
    with pytest.raises(FillError, match="1 controls"):
        document.fill("b", "y", nth=1)


def test_a_control_deleted_and_typed_over(make: Make, tmp_path: Path) -> None:
    document = make(table([paragraph(run("Fråga")), paragraph(waiting("a", "<w:text/>"))]))
    cell = document.delete_control("a")
    assert cell == Cell(0, 0, 1)
    document.type_in_cell(cell, "Svar\nmer")
    assert document.tables() == ((("Fråga", "Svar\nmer"),),)
    assert "sdt" not in saved(document, tmp_path)
    with pytest.raises(FillError, match="no cell"):
        document.type_in_cell(Cell(0, 0, 2), "x")


def test_a_control_removed_leaves_its_text(make: Make, tmp_path: Path) -> None:
    document = make(paragraph(sdt("a", "<w:text/>", run("Svar"))) + sdt("b", "", paragraph(run("Två"))))
    assert document.delete_control("a", keep_text=True) is None
    document.delete_control("b")
    assert saved(document, tmp_path) == paragraph(run("Svar")) + "<w:p/>"


def test_a_row_added_repeats_tags_but_no_ids(make: Make, tmp_path: Path) -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="m"/>', '<w:bookmarkEnd w:id="1"/>'
    document = make(table([paragraph(run("Nr"))], [paragraph(mark[0] + waiting("a", "<w:text/>") + mark[1])]))
    assert document.table_with("Nr") == 0
    assert document.add_row(0) == 2
    document.fill("a", "ny", nth=1)
    assert [(control.nth, control.text, control.cell) for control in document.controls()][:2] == [
        (0, "Skriv här", Cell(0, 1, 0)),
        (1, "ny", Cell(0, 2, 0)),
    ]
    assert document.add_row(0, with_controls=False) == 3
    document.type_in_cell(Cell(0, 3, 0), "utan kontroll")
    xml = saved(document, tmp_path)
    assert xml.count("<w:bookmarkStart") == 1
    ids = re.findall(r'<w:id w:val="(\d+)"', xml)
    assert len(set(ids)) == len(ids) == 2
    assert xml.count("w14:paraId") == 2
    document.delete_row(0, 1)
    assert document.tables() == ((("Nr",), ("ny",), ("utan kontroll",)),)
    with pytest.raises(FillError, match="no row 7"):
        document.delete_row(0, 7)


def test_typing_between_the_questions(make: Make, tmp_path: Path) -> None:
    document = make(paragraph(run("Ett")) + paragraph(run("Två")))
    document.type_paragraph("efter ett", after="Ett")
    document.type_paragraph("sist")
    assert re.findall(r"<w:t[^>]*>([^<]*)", saved(document, tmp_path)) == ["Ett", "efter ett", "Två", "sist"]


def test_what_is_not_touched_stays_byte_for_byte(make: Make, tmp_path: Path) -> None:
    document = make(paragraph(waiting("a", "<w:text/>")))
    document.save(tmp_path / "same.docx")
    document.fill("a", "x")
    document.save(tmp_path / "filled.docx")
    with (
        zipfile.ZipFile(tmp_path / "form.docx") as old,
        zipfile.ZipFile(tmp_path / "same.docx") as same,
        zipfile.ZipFile(tmp_path / "filled.docx") as new,
    ):
        assert [same.read(name) for name in same.namelist()] == [old.read(name) for name in old.namelist()]
        changed = [name for name in new.namelist() if new.read(name) != old.read(name)]
    assert changed == ["word/document.xml"]
