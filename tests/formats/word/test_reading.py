"""What people and programs do to a file, each row of the reading rules: nothing is lost, nothing goes to a wrong place."""

import copy
import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.errors import UnreadableFile
from docgen.formats.opc import XmlElement
from docgen.formats.word.ooxml import W14
from docgen.formats.word.reader import identify, read
from docgen.formats.word.writer import write
from docgen.response import Found, Reading
from docgen.values import Address, Raw
from tests.filler.controls import Cell
from tests.filler.docx import Docx
from tests.formats.samples import document
from tests.formats.word import edits
from tests.formats.word.edits import W, control, every, found, snippet, type_into

ASKED = document()
BLANK = write(ASKED)
TEXT = "sample.text"
BOXES = "sample.select_multiple"


def changed(change: Callable[[XmlElement], object], data: bytes = BLANK) -> Reading:
    return read(edits.edit(data, change), ASKED)


def filled(reading: Reading) -> dict[str, Found]:
    return {str(each.address): each for each in reading.found if not each.raw.empty}


def texts(reading: Reading) -> dict[str, str]:
    return {key: each.raw.text for key, each in filled(reading).items()}


def clean(reading: Reading) -> bool:
    return (reading.unplaced, reading.problems) == ((), ())


RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (RUN.format("a") + "<w:proofErr w:type='spellStart'/>" + RUN.format("b"), "ab"),
        (f"<w:smartTag w:uri='u' w:element='e'>{RUN.format('a')}</w:smartTag>{RUN.format('b')}", "ab"),
        (f"<w:hyperlink>{RUN.format('a@b.se')}</w:hyperlink>", "a@b.se"),
        (f"<w:ins w:id='1' w:author='x'>{RUN.format('new')}</w:ins>", "new"),
        (
            RUN.format("kept")
            + "<w:del w:id='1' w:author='x'><w:r><w:delText>gone</w:delText></w:r></w:del>"
            + f"<w:moveFrom w:id='2' w:author='x'>{RUN.format('gone')}</w:moveFrom>",
            "kept",
        ),
        (f"<w:moveTo w:id='2' w:author='x'>{RUN.format('here')}</w:moveTo>", "here"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:cr/><w:t>d</w:t></w:r>", "a\nb\tc\nd"),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t></w:r>", "a\u2011b\u00adc"),
        ("<w:r><w:sym w:font='Symbol' w:char='20AC'/></w:r>", "€"),
        (
            ("<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>"
            "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>2027</w:t></w:r>"
            "<w:r><w:fldChar w:fldCharType='end'/></w:r>"),
            "2027",
        ),
        (
            ("<mc:AlternateContent><mc:Choice Requires='w14'><w:r><w:t>new</w:t></w:r></mc:Choice>"
            "<mc:Fallback><w:r><w:t>old</w:t></w:r></mc:Fallback></mc:AlternateContent>"),
            "new",
        ),
        (f"<w:sdt><w:sdtPr><w:tag w:val='goog_rdk_1'/></w:sdtPr><w:sdtContent>{RUN.format('x')}</w:sdtContent></w:sdt>", "x"),
        (RUN.format("  two  blanks  "), "  two  blanks"),
        (RUN.format("e\u0301"), "é"),
    ],
)  # fmt: skip
def test_words_of_a_control(content: str, said: str) -> None:
    reading = changed(lambda root: type_into(root, TEXT, content))
    assert texts(reading) == {TEXT: said}
    assert filled(reading)[TEXT].by == "tag"
    assert clean(reading)


def test_text_beside_the_control_belongs_to_the_answer() -> None:
    def change(root: XmlElement) -> None:
        type_into(root, TEXT, RUN.format("inside"))
        control(root, TEXT).addnext(snippet(RUN.format(" beside")))

    assert texts(changed(change)) == {TEXT: "inside beside"}


def test_text_beside_an_empty_control_is_the_answer() -> None:
    reading = changed(lambda root: control(root, TEXT).addnext(snippet(RUN.format("beside"))))
    assert texts(reading) == {TEXT: "beside"}


def test_a_placeholder_that_lost_its_mark_is_still_empty() -> None:
    def change(root: XmlElement) -> None:
        for mark in every(root, "//w:showingPlcHdr"):
            mark.getparent().remove(mark)  # type: ignore[union-attr]

    reading = changed(change)
    assert filled(reading) == {}
    assert clean(reading)


def test_typed_words_count_though_the_mark_says_placeholder() -> None:
    def change(root: XmlElement) -> None:
        found(control(root, TEXT), "w:sdtContent/w:r/w:t").text = "typed"

    assert texts(changed(change)) == {TEXT: "typed"}


def test_a_deleted_paragraph_mark_joins_with_the_next() -> None:
    def change(root: XmlElement) -> None:
        sdt = control(root, "sample.paragraph")
        mark = found(sdt, "w:sdtPr/w:showingPlcHdr")
        mark.getparent().remove(mark)  # type: ignore[union-attr]
        holder = found(sdt, "w:sdtContent")
        deleted = "<w:pPr><w:rPr><w:del w:id='7' w:author='x'/></w:rPr></w:pPr>"
        holder[:] = [snippet(f"<w:p>{deleted}{RUN.format('one ')}</w:p>"), snippet(f"<w:p>{RUN.format('two')}</w:p>")]

    assert texts(changed(change)) == {"sample.paragraph": "one two"}


def test_a_date_keeps_what_the_control_stores_beside_what_is_seen() -> None:
    def change(root: XmlElement) -> None:
        type_into(root, "sample.date", RUN.format("1 juli 2027"))
        found(control(root, "sample.date"), "w:sdtPr/w:date").set(f"{W}fullDate", "2027-06-30T00:00:00Z")

    assert filled(changed(change))["sample.date"].raw == Raw("1 juli 2027", date=datetime.date(2027, 6, 30))


def test_boxes_by_their_marks_and_by_their_signs() -> None:
    def tick(root: XmlElement) -> None:
        box = control(root, f"{BOXES}#protection")
        found(box, "w:sdtPr/w14:checkbox/w14:checked").set(f"{W14}val", "1")
        found(box, "w:sdtContent/w:r/w:t").text = "☒"

    def tick_and_strip(root: XmlElement) -> None:
        tick(root)
        edits.strip_controls(root)

    for change in (tick, tick_and_strip):
        reading = changed(change)
        assert {key: each.raw for key, each in filled(reading).items()} == {BOXES: Raw(chosen=("protection",))}
        assert clean(reading)


def test_text_beside_boxes_is_kept() -> None:
    def change(root: XmlElement) -> None:
        control(root, f"{BOXES}#protection").getparent().addnext(  # type: ignore[union-attr]
            snippet(f"<w:p>{RUN.format('Annat: barn')}</w:p>")
        )

    assert texts(changed(change)) == {BOXES: "Annat: barn"}


# Rows


@pytest.mark.parametrize("with_controls", [True, False])
def test_an_added_row_is_numbered_after_the_last(tmp_path: Path, *, with_controls: bool) -> None:
    docx = opened(tmp_path)
    table = docx.table_with("Nr", "Rubrik på förslaget")
    row = docx.add_row(table, with_controls=with_controls)
    docx.type_in_cell(Cell(table, row, 1), "fjärde")
    reading = read(docx.save(tmp_path / "new.docx").read_bytes(), ASKED)
    assert texts(reading) == {"sample.grid[4].text": "fjärde"}
    assert reading.unplaced == ()
    assert [each.code for each in reading.problems] == (["row-number-twice"] if with_controls else [])


def test_a_deleted_row_leaves_the_others_their_numbers(tmp_path: Path) -> None:
    docx = opened(tmp_path)
    docx.fill("sample.grid[3].text", "tredje")
    docx.delete_row(docx.table_with("Nr", "Rubrik på förslaget"), 2)
    reading = read(docx.save(tmp_path / "new.docx").read_bytes(), ASKED)
    assert texts(reading) == {"sample.grid[3].text": "tredje"}
    assert Address("sample.grid", 2, "text") not in {each.address for each in reading.found}
    assert clean(reading)


@pytest.mark.parametrize("stripped", [False, True])
def test_rows_in_another_order_keep_their_numbers(*, stripped: bool) -> None:
    def change(root: XmlElement) -> None:
        type_into(root, "sample.grid[1].text", RUN.format("första"))
        type_into(root, "sample.grid[3].text", RUN.format("tredje"))
        row = found(root, "//w:tr[.//w:tag/@w:val='sample.grid[1].text']")
        row.getparent().append(row)  # type: ignore[union-attr]
        if stripped:
            edits.strip_controls(root)
            edits.strip_bookmarks(root)

    reading = changed(change)
    assert texts(reading) == {"sample.grid[1].text": "första", "sample.grid[3].text": "tredje"}
    assert clean(reading)


@pytest.mark.parametrize("stripped", [False, True])
def test_columns_in_another_order_keep_their_names(*, stripped: bool) -> None:
    def change(root: XmlElement) -> None:
        type_into(root, "sample.grid[2].text", RUN.format("andra"))
        for row in every(root, "//w:tbl[.//w:tag/@w:val='sample.grid[1].text']/w:tr"):
            row.append(every(row, "w:tc")[1])
        if stripped:
            edits.strip_controls(root)
            edits.strip_bookmarks(root)

    reading = changed(change)
    assert texts(reading) == {"sample.grid[2].text": "andra"}
    assert clean(reading)


@pytest.mark.parametrize(("heading", "twice"), [("Risk 3", False), ("Risk 2", True)])
def test_a_copied_card_is_a_new_row(heading: str, *, twice: bool) -> None:
    def change(root: XmlElement) -> None:
        card = found(root, "//w:tbl[.//w:tag/@w:val='tables.cards[2].text']")
        new = copy.deepcopy(card)
        for mark in every(new, ".//w:bookmarkStart | .//w:bookmarkEnd"):
            mark.getparent().remove(mark)  # type: ignore[union-attr]
        card.addnext(new)
        card.addnext(snippet("<w:p/>"))
        found(new, ".//w:t").text = heading
        mark = found(new, ".//w:sdt[w:sdtPr/w:tag/@w:val='tables.cards[2].text']")
        found(mark, "w:sdtContent/w:r/w:t").text = "ny risk"

    reading = changed(change)
    assert texts(reading) == {"tables.cards[3].text": "ny risk"}
    assert reading.unplaced == ()
    assert [each.code for each in reading.problems] == (["row-number-twice"] if twice else [])


def test_keys_that_disagree_place_nothing() -> None:
    """A control dragged into another row's cell: its tag says one answer, its place another."""

    def change(root: XmlElement) -> None:
        type_into(root, "sample.grid[1].text", RUN.format("flyttad"))
        cell = found(root, "//w:tc[.//w:tag/@w:val='sample.grid[2].text']")
        cell[1:] = [copy.deepcopy(p) for p in every(root, "//w:tc[.//w:tag/@w:val='sample.grid[1].text']/w:p")]
        own = found(root, "//w:tc[.//w:tag/@w:val='sample.grid[1].text']")
        own[1:] = [snippet("<w:p/>")]

    reading = changed(change)
    assert filled(reading) == {}
    assert [each.text for each in reading.unplaced] == ["flyttad"]
    assert [each.code for each in reading.problems] == ["keys-disagree"]
    assert "Delmål 1" in str(reading.problems[0].args)
    assert "Delmål 2" in str(reading.problems[0].args)


# Outside answers


def test_text_between_is_unplaced_with_its_section() -> None:
    def change(root: XmlElement) -> None:
        table = found(root, "//w:tbl[.//w:tag/@w:val='sample.grid[1].text']")
        table.addprevious(snippet(f"<w:p>{RUN.format('mellan')}</w:p>"))

    reading = changed(change)
    assert [(each.where, each.text) for each in reading.unplaced] == [("Avsnitt 2", "mellan")]
    assert filled(reading) == {}


def test_our_own_words_elsewhere_are_a_persons() -> None:
    def change(root: XmlElement) -> None:
        heading = found(root, "//w:p[w:pPr/w:pStyle/@w:val='Heading1'][last()]")
        heading.addnext(snippet(f"<w:p>{RUN.format('Skriv så att den som är ny förstår.')}</w:p>"))

    reading = changed(change)
    assert [each.text for each in reading.unplaced] == ["Skriv så att den som är ny förstår."]


def test_edited_guidance_shows_what_was_added() -> None:
    def change(root: XmlElement) -> None:
        own = found(root, "//w:t[contains(., 'Vilka märker skillnaden')]")
        own.text = f"{own.text} De unga!"
        label = found(root, "//w:t[.='Ort']")
        label.text = "Ort: Näs"

    reading = changed(change)
    assert [each.text for each in reading.unplaced] == ["De unga!", ": Näs"]
    assert [each.where for each in reading.unplaced] == ["Avsnitt 1", "Avsnitt 8b"]


def test_what_stands_in_header_text_box_and_note_is_unplaced() -> None:
    box = (
        "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>"
        f"<w:p>{RUN.format('i rutan')}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )

    def body(root: XmlElement) -> None:
        found(root, "//w:tbl[.//w:tag/@w:val='sample.grid[1].text']").addprevious(snippet(box))

    data = edits.edit(BLANK, body)
    header = next(name for name, part in edits.members(data).items() if "header" in name and b"Polis" in part)
    data = edits.edit(data, lambda root: root.append(snippet(f"<w:p>{RUN.format('i huvudet')}</w:p>")), header)
    unplaced = {each.where: each.text for each in read(data, ASKED).unplaced}
    assert unplaced == {"Textruta, Avsnitt 2": "i rutan", "Sidhuvudet": "i huvudet"}


@pytest.mark.parametrize("level", ["run", "cell", "row", "table"])
def test_wrappers_of_other_programs_are_looked_through(level: str) -> None:
    wrapper = "<w:sdt><w:sdtPr><w:tag w:val='goog_rdk_0'/></w:sdtPr><w:sdtContent/></w:sdt>"
    paths = {"run": "//w:p/w:r", "cell": "//w:tc", "row": "//w:tr", "table": "//w:body/w:tbl"}

    def change(root: XmlElement) -> None:
        type_into(root, "sample.grid[2].text", RUN.format("andra"))
        for element in every(root, paths[level]):
            new = snippet(wrapper)
            element.addprevious(new)
            new[1].append(element)

    reading = changed(change)
    assert texts(reading) == {"sample.grid[2].text": "andra"}
    assert clean(reading)


def test_questions_taken_apart_are_found_by_their_labels() -> None:
    def change(root: XmlElement) -> None:
        table = found(root, "//w:tbl[.//w:tag/@w:val='signing.place']")
        table.addprevious(snippet(f"<w:p>{RUN.format('Ort: Näs')}</w:p>"))
        table.getparent().remove(table)  # type: ignore[union-attr]

    reading = changed(change)
    assert texts(reading) == {"signing.place": "Näs"}
    assert filled(reading)["signing.place"].by == "label"
    assert clean(reading)


# Whole files


def test_strict_files_are_read() -> None:
    strict = {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
    data = edits.edit(BLANK, lambda root: type_into(root, TEXT, RUN.format("strikt")))
    parts = edits.members(data)
    for old, new in strict.items():
        parts = {name: part.replace(old.encode(), new.encode()) for name, part in parts.items()}
    assert texts(read(edits.pack(parts), ASKED)) == {TEXT: "strikt"}


def test_macros_tracked_changes_and_outside_references_are_remarked() -> None:
    tracked = f"<w:ins w:id='1' w:author='x'>{RUN.format('a')}</w:ins>"
    data = edits.edit(BLANK, lambda root: type_into(root, TEXT, tracked))
    parts = edits.members(data)
    rels = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
        b' Target="http://evil.example/t.dotm" TargetMode="External"/></Relationships>',
    )
    data = edits.pack({**parts, "word/_rels/document.xml.rels": rels, "word/vbaProject.bin": b"x"})
    assert identify(data).remarks == ("file-macros", "file-external", "file-tracked")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (BLANK[:5000], "file-damaged"),
        (edits.pack({"a": b"b"}), "file-damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(data: bytes, code: str) -> None:
    for reads in (identify, lambda each: read(each, ASKED)):
        with pytest.raises(UnreadableFile) as refused:
            reads(data)
        assert [each.code for each in refused.value.problems] == [code]


def opened(folder: Path) -> Docx:
    (folder / "form.docx").write_bytes(BLANK)
    return Docx(folder / "form.docx")
