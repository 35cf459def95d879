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
from tests.filler.small_docx import BOX, DAY, LIST, paragraph, prompt, run, sdt, table, waiting, write_docx
from tests.judges import ooxml, require

Make = Callable[[str], Docx]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    return lambda body: Docx(write_docx(tmp_path / "form.docx", body))


def saved(document: Docx, tmp_path: Path) -> str:
    """Save, and give the XML of the body without its frame."""
    with zipfile.ZipFile(document.save(tmp_path / "filled.docx")) as archive:
        xml = archive.read("word/document.xml").decode()
    found = re.search(r"<w:body>(.*)<w:sectPr/></w:body>", xml, re.DOTALL)
    assert found
    return found[1]


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


def test_a_row_in_the_middle_and_a_table_copied(make: Make) -> None:
    document = make(table([paragraph(run("Nr"))], [paragraph(waiting("a", "<w:text/>"))]))
    assert document.add_row(0, after=0, with_controls=False) == 1
    document.type_in_cell(Cell(0, 1, 0), "mitt i")
    document.copy_table(0)
    document.fill("a", "kopian", nth=1)
    rows = (("Nr",), ("mitt i",))
    assert document.tables() == ((*rows, ("Skriv här",)), (*rows, ("kopian",)))
    document.delete_table(0)
    assert document.tables() == ((*rows, ("kopian",)),)


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


def test_validators_accept_what_was_filled(make: Make, tmp_path: Path) -> None:
    grid = ("<w:tblGrid/>", '<w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid>')
    inputs = [
        waiting("a", ""),
        waiting("b", "<w:text/>"),
        waiting("c", LIST),
        waiting("d", DAY),
        sdt("e", BOX, run("☐")),
    ]
    document = make(
        table(*([paragraph(one).replace("0A0B0C0D", f"0A0B0C0{n}")] for n, one in enumerate(inputs))).replace(*grid)
    )
    document.fill("a", "Ett\nTvå")
    document.fill("b", " x\ty ")
    document.choose("c", "Nej")
    document.set_date("d", dt.date(2027, 6, 30))
    document.tick("e")
    document.add_row(0)
    document.add_row(0, with_controls=False)
    document.delete_control("b")
    document.type_paragraph("sist")
    require(ooxml.OPEN_XML_SDK, ooxml.OPENXML_AUDIT)
    filled = document.save(tmp_path / "filled.docx")
    assert ooxml.sdk_findings([filled]) == ()
    # The small document has no styles, settings, fonts or theme of its own.
    assert ooxml.audit_findings([filled], allow=["Sem_Missing"]) == ()
