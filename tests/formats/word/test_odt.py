"""OpenDocument texts made by hand: every element that holds words, marks, rows or cells (ODF 1.3 part 3).

R1  White space is collapsed as 6.1.2 says; elements stand for blanks, tabs and line breaks.
R2  What is shown is read, whatever wraps it; what is not (deleted text, numbers of lists, templates) is not.
R3  Bookmarks and, where an editor keeps them, controls' tags find an answer; a table's rows and columns do without.
R4  Merged and covered cells reach placing as a Word file's do.
R5  Nothing typed beside an answer is lost: boxes, pictures, notes, comments, headers.
"""

import datetime

import pytest

from docgen.formats.word import odt
from docgen.formats.word.blocks import FileTable, Held, flat
from docgen.formats.word.findings import keys_of
from docgen.formats.word.package import open_word
from docgen.formats.word.reader import read
from docgen.response import Reading
from tests.formats.word import odts
from tests.formats.word.odts import ASKED, NAMES, pack, paragraph, row, workbook

TAB = "<text:tab/>"
BREAK = "<text:line-break/>"


def answered(reading: Reading) -> dict[str, str]:
    return {str(each.address): each.raw.text for each in reading.found if not each.raw.empty}


def unplaced(reading: Reading) -> list[tuple[str, str]]:
    return [(each.where, each.text) for each in reading.unplaced]


def read_with(answers: dict[str, str] | None = None, **around: str) -> Reading:
    return read(pack(workbook(answers, **around)), ASKED)


def held(body: str) -> Held:
    return odt.held(open_word(pack(body)), keys_of(ASKED))


def test_a_blank_workbook_is_read_as_blank() -> None:
    reading = read_with()
    assert [each.address for each in reading.found] == [slot.address for slot in ASKED.slots()]
    assert {each.by for each in reading.found} == {"place"}
    assert (answered(reading), reading.unplaced, reading.problems) == ({}, (), ())


# R1, R2


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        # white space
        ("a  b\n\tc", "a b c"),
        ("\n   a\n   ", "a"),
        ('a<text:s text:c="3"/>b<text:s/>c', "a   b c"),
        ("<text:s/>a", " a"),
        ('a <text:s text:c="2"/>b', "a   b"),
        ("a<text:span> <text:span> b</text:span></text:span> c", "a b c"),
        (f"a{TAB}b{BREAK}c", "a\tb\nc"),
        (f"a{TAB} b{BREAK} c", "a\t b\n c"),
        ("a <!-- nothing -->b<?target nothing?> c", "a b c"),
        ("e\u0301 \u00adx\u2011y\u00a0z", "é \u00adx\u2011y\u00a0z"),
        # what wraps words, and what breaks them
        ("<text:span>a<text:span>b</text:span></text:span>c", "abc"),
        ('<text:a xlink:href="mailto:a@b.se">a@b.se</text:a>', "a@b.se"),
        ("a<text:soft-page-break/>b", "ab"),
        ('a<text:reference-mark-start text:name="x"/>b<text:reference-mark-end text:name="x"/>', "ab"),
        ("<text:meta>a<text:meta-field>b</text:meta-field></text:meta>", "ab"),
        ("<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby>", "漢"),
        # fields show their result
        ("<text:date>2027-01-02</text:date>", "2027-01-02"),
        ("<text:user-field-get>a</text:user-field-get>", "a"),
        ("<text:text-input> a  b\tc</text:text-input>", " a  b\tc"),
        ('<text:text-input>a<text:s text:c="2"/>b<text:tab/>c</text:text-input>', "a  b\tc"),
        ("<text:text-input>a&#13;</text:text-input>", "a"),
        ("<text:text-input>a&#13;b&#13;</text:text-input>", "a\nb"),
        ("<text:conditional-text>a</text:conditional-text>", "a"),
        ('<text:hidden-text text:string-value="a" text:is-hidden="true"/>', "a"),
        ('<text:hidden-text text:string-value="a">a</text:hidden-text>', "a"),
        ('<text:script text:script-language="x">alert()</text:script>a', "a"),
        ('<text:drop-down><text:label text:value="x"/><text:label text:value="a" text:current-selected="true"/>a</text:drop-down>', "a"),
        # form fields of Word 97, as LibreOffice keeps them
        ('<field:fieldmark-start field:type="vnd.oasis.opendocument.field.FORMTEXT"/>a<field:fieldmark-end/>', "a"),
        ('<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMDROPDOWN"><field:param field:name="Dropdown_ListEntry" field:value="x"/><field:param field:name="Dropdown_ListEntry" field:value="a"/><field:param field:name="Dropdown_Selected" field:value="1"/></field:fieldmark>', "a"),
        ('<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMDROPDOWN"><field:param field:name="Dropdown_ListEntry" field:value="a"/></field:fieldmark>', "a"),
        # tracked changes: what was inserted is there; what was deleted lies elsewhere
        ('a<text:change-start text:change-id="1"/>b<text:change-end text:change-id="1"/><text:change text:change-id="2"/>', "ab"),
        # an editor's own controls
        ("<loext:content-control><loext:list-item loext:value='x'/>a</loext:content-control>b", "ab"),
    ],
)  # fmt: skip
def test_words_of_a_paragraph(inside: str, said: str) -> None:
    reading = read_with({"text": paragraph(inside)})
    assert answered(reading) == {"s.text": said}
    assert (reading.unplaced, reading.problems) == ((), ())


def test_a_blank_that_ends_a_line_stays_and_layout_does_not() -> None:
    reading = read_with({"story": f"{paragraph('a ')}<text:p>b\n  </text:p>{paragraph('c')}"})
    assert answered(reading) == {"s.story": "a \nb\nc"}


LIST = (
    "<text:list><text:list-header><text:p>a</text:p></text:list-header><text:list-item><text:p><text:number>1.</text:number>"
    "b</text:p><text:list><text:list-item><text:p>c</text:p></text:list-item></text:list></text:list-item></text:list>"
)
CONTENTS = (
    "<text:table-of-content><text:table-of-content-source><text:index-title-template>mall</text:index-title-template>"
    "</text:table-of-content-source><text:index-body><text:index-title><text:p>a</text:p></text:index-title>"
    "<text:p>b</text:p></text:index-body></text:table-of-content>"
)


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ("<text:p>a</text:p><text:p/><text:p>b</text:p>", "a\n\nb"),
        ("<text:h>a</text:h><text:p>b</text:p>", "a\nb"),
        (LIST, "a\nb\nc"),
        ('<text:section text:name="x"><text:p>a</text:p><text:p>b</text:p></text:section>', "a\nb"),
        ("<text:numbered-paragraph><text:p>a</text:p></text:numbered-paragraph>", "a"),
        (odts.table_of(row("<text:p>a</text:p>", "<text:p>b</text:p>")), "a\nb"),
        (CONTENTS, "a\nb"),
    ],
)
def test_blocks_of_an_answer(blocks: str, said: str) -> None:
    reading = read_with({"story": blocks})
    assert answered(reading) == {"s.story": said}
    assert (reading.unplaced, reading.problems) == ((), ())


def test_deleted_text_is_not_there_and_is_told() -> None:
    changes = (
        '<text:tracked-changes><text:changed-region text:id="1"><text:deletion><office:change-info/>'
        "<text:p>borttaget</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    )
    data = pack(workbook({"text": paragraph('kvar<text:change text:change-id="1"/>')}, before=changes))
    assert answered(read(data, ASKED)) == {"s.text": "kvar"}
    assert read(data, ASKED).unplaced == ()
    whole = odt.held(open_word(data), keys_of(ASKED))
    assert whole.tracked
    assert [each.text for each in flat(whole.body) if each.tracked] == ["kvar"]
    assert "file-tracked" in odt.marks_of(open_word(data)).remarks
    assert "file-tracked" not in odt.marks_of(open_word(pack(workbook(before="<text:tracked-changes/>")))).remarks


CONTROLS = """<office:forms><form:form>
<form:text form:id="a" form:current-value="nytt" form:value="gammalt"/>
<form:textarea xml:id="b" form:value="förval"><text:p>inte detta</text:p></form:textarea>
<form:checkbox form:id="c" form:label="Ja" form:current-state="checked"/><form:checkbox form:id="d" form:label="Ja"/>
<form:radio form:id="e" form:current-selected="true"/>
<form:listbox form:id="f"><form:option form:label="x" form:selected="true"/><form:option form:label="y" form:current-selected="true"/></form:listbox>
</form:form></office:forms>"""


@pytest.mark.parametrize(
    ("control", "said"),
    [("a", "nytt"), ("b", "förval"), ("c", "☒ Ja"), ("d", "☐ Ja"), ("e", "☒"), ("f", "y"), ("?", "")],
)
def test_form_controls_say_what_they_show(control: str, said: str) -> None:
    inside = paragraph(f'svar <draw:control draw:control="{control}"/>')
    reading = read_with({"text": inside}, before=CONTROLS)
    assert answered(reading) == {"s.text": f"svar {said}".strip()}
    assert (reading.unplaced, reading.problems) == ((), ())


# R3


def bookmarked(name: str, inside: str) -> str:
    return f'<text:bookmark-start text:name="{name}"/>{inside}<text:bookmark-end text:name="{name}"/>'


def found_by(reading: Reading, key: str) -> str:
    return next(each.by for each in reading.found if str(each.address) == key)


def test_a_bookmark_finds_an_answer_though_its_table_is_gone() -> None:
    body = f"<text:p>{bookmarked(NAMES['text'], 'a')}</text:p>"
    reading = read(pack(body), ASKED)
    assert (answered(reading), found_by(reading, "s.text")) == ({"s.text": "a"}, "bookmark")


def test_a_bookmark_goes_over_paragraphs() -> None:
    name = NAMES["story"]
    body = f'<text:p><text:bookmark-start text:name="{name}"/>a</text:p><text:p>b</text:p><text:p>c<text:bookmark-end text:name="{name}"/></text:p>'
    reading = read(pack(f"{body}<text:p>efter</text:p>"), ASKED)
    assert answered(reading) == {"s.story": "a\nb\nc"}
    assert [text for _, text in unplaced(reading)] == ["efter"]


def test_no_bookmark_reaches_out_of_its_cell() -> None:
    start = f'<text:p><text:bookmark-start text:name="{NAMES["text_1"]}"/>a</text:p>'
    end = f'<text:p>5<text:bookmark-end text:name="{NAMES["text_1"]}"/></text:p>'
    reading = read_with({"text_1": start, "integer_1": end})
    assert answered(reading) == {"s.grid[1].text": "a", "s.grid[1].integer": "5"}
    assert reading.problems == ()


def test_a_bookmark_in_anothers_cell_is_a_disagreement() -> None:
    reading = read_with({"text": paragraph(bookmarked(NAMES["date"], "2027-01-02"))})
    assert answered(reading) == {}
    assert [each.code for each in reading.problems] == ["keys-disagree"]
    assert [text for _, text in unplaced(reading)] == ["2027-01-02"]


def control(tag: str, inside: str, **said: str) -> str:
    attributes = "".join(f' loext:{name.replace("_", "-")}="{value}"' for name, value in said.items())
    return f'<loext:content-control loext:tag="{tag}"{attributes}>{inside}</loext:content-control>'


def test_a_tag_finds_an_answer() -> None:
    reading = read(pack(paragraph(control("s.text", "a"))), ASKED)
    assert (answered(reading), found_by(reading, "s.text")) == ({"s.text": "a"}, "tag")


def test_a_control_says_that_it_shows_its_placeholder() -> None:
    shown = control("s.text", "Click or tap here to enter text.", showing_place_holder="true")
    assert answered(read_with({"text": paragraph(shown)})) == {}
    typed = control("s.text", "Click or tap here to enter text.")
    assert answered(read_with({"text": paragraph(typed)})) == {"s.text": "Click or tap here to enter text."}


def test_a_date_control_keeps_its_day_beside_what_is_seen() -> None:
    shown = control("s.date", "2 januari 2027", date="true", current_date="2027-01-03T00:00:00Z")
    (answer,) = [each for each in read_with({"date": paragraph(shown)}).found if not each.raw.empty]
    assert (answer.raw.text, answer.raw.date) == ("2 januari 2027", datetime.date(2027, 1, 3))


def test_boxes_by_their_marks_and_by_their_signs() -> None:
    options = {each.name: each.label for each in ASKED.sections[0].blocks[1].slot.spec.options}  # type: ignore[union-attr]
    by_tag = "".join(
        paragraph(control(f"s.areas#{name}", "☐", checkbox="true", **({"checked": "true"} if name == "protection" else {})) + f" {label}")
        for name, label in options.items()
    )  # fmt: skip
    by_sign = "".join(paragraph(f"{'☒' if name == 'protection' else '☐'} {label}") for name, label in options.items())
    for areas in (by_tag, by_sign):
        (answer,) = [each for each in read_with({"areas": areas}).found if not each.raw.empty]
        assert (str(answer.address), answer.raw.chosen) == ("s.areas", ("protection",))


# R4


def spans(table: FileTable) -> list[list[tuple[str, int, bool]]]:
    return [[(cell.text, cell.span, cell.continues) for cell in row.cells] for row in table.rows]


def cell(words: str, **said: int) -> str:
    attributes = "".join(f' table:number-{name.replace("_", "-")}="{value}"' for name, value in said.items())
    return f"<table:table-cell{attributes}><text:p>{words}</text:p></table:table-cell>"


COVERED = "<table:covered-table-cell/>"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([cell("a", columns_spanned=2) + COVERED + cell("b")], [[("a", 2, False), ("b", 1, False)]]),
        (
            [cell("a", columns_spanned=3) + '<table:covered-table-cell table:number-columns-repeated="2"/>' + cell("b")],
            [[("a", 3, False), ("b", 1, False)]],
        ),
        (
            [cell("a") + cell("b", rows_spanned=2), cell("c") + COVERED],
            [[("a", 1, False), ("b", 1, False)], [("c", 1, False), ("", 1, True)]],
        ),
        (
            [cell("a", columns_spanned=2, rows_spanned=2) + COVERED + cell("b"), COVERED + COVERED + cell("c")],
            [[("a", 2, False), ("b", 1, False)], [("", 1, True), ("", 1, True), ("c", 1, False)]],
        ),
        (
            [cell("a", columns_spanned=2) + "<table:covered-table-cell><text:p>under</text:p></table:covered-table-cell>"],
            [[("a\nunder", 2, False)]],
        ),
        ([cell("a", columns_repeated=2) + cell("b")], [[("a", 1, False), ("a", 1, False), ("b", 1, False)]]),
        ([cell("a", columns_repeated=0)], [[("a", 1, False)]]),
        ([cell("a", columns_spanned=10**9)], [[("a", 999, False)]]),
    ],
)  # fmt: skip
def test_cells_and_what_they_span(rows: list[str], expected: list[list[tuple[str, int, bool]]]) -> None:
    body = odts.table_of(*(f"<table:table-row>{each}</table:table-row>" for each in rows))
    (table,) = held(body).body
    assert isinstance(table, FileTable)
    assert spans(table) == expected


def test_rows_in_groups_and_repeated_rows() -> None:
    inner = f'<table:table-row table:number-rows-repeated="2">{cell("b")}</table:table-row>'
    body = odts.table_of(
        f"<table:table-header-rows><text:soft-page-break/>{row(paragraph('a'))}</table:table-header-rows>",
        f"<table:table-row-group><table:table-rows>{inner}</table:table-rows>{row(paragraph('c'))}</table:table-row-group>",
    )
    (table,) = held(body).body
    assert isinstance(table, FileTable)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["a"], ["b"], ["b"], ["c"]]
    assert table.rows[1] is not table.rows[2]


def test_answers_merged_downwards_belong_to_no_row() -> None:
    merged = (
        odts.HEAD
        + f"<table:table-row>{cell('1')}{cell('a och b', rows_spanned=2)}{cell('5')}</table:table-row>"
        + f"<table:table-row>{cell('2')}{COVERED}{cell('6')}</table:table-row>"
    )
    reading = read_with(grid=merged)
    assert answered(reading) == {"s.grid[1].integer": "5", "s.grid[2].integer": "6"}
    both = "Avsnitt 1, Delmål 1, Rubrik på förslaget / Delmål 2, Rubrik på förslaget"
    assert unplaced(reading) == [(both, "a och b")]


def test_answers_merged_sideways_belong_to_no_column() -> None:
    merged = (
        odts.HEAD
        + f"<table:table-row>{cell('1')}{cell('a och 5', columns_spanned=2)}{COVERED}</table:table-row>"
        + row(paragraph("2"), paragraph("b"), paragraph("6"))
    )
    reading = read_with(grid=merged)
    assert answered(reading) == {"s.grid[2].text": "b", "s.grid[2].integer": "6"}
    both = "Avsnitt 1, Delmål 1, Rubrik på förslaget / Delmål 1, Antal möten per år"
    assert unplaced(reading) == [(both, "a och 5")]


def test_rows_that_were_added_and_deleted() -> None:
    rows = (
        odts.HEAD
        + row(paragraph("2"), paragraph("b"), paragraph("6"))
        + row("<text:p/>", paragraph("c"), paragraph("7"))
    )
    assert answered(read_with(grid=rows)) == {
        "s.grid[2].text": "b", "s.grid[2].integer": "6", "s.grid[3].text": "c", "s.grid[3].integer": "7",
    }  # fmt: skip


# R5

BOX = "<draw:frame><draw:text-box><text:p>i rutan</text:p></draw:text-box></draw:frame>"
PICTURE = '<draw:frame><draw:image xlink:href="Pictures/1.png"/><svg:desc>en karta</svg:desc></draw:frame>'
NOTE = (
    '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
    "<text:p>en not</text:p></text:note-body></text:note>"
)
COMMENT = (
    "<office:annotation><dc:creator>Anna</dc:creator><dc:date>2027-01-02</dc:date><text:p>stämmer det?</text:p>"
    "</office:annotation>"
)


@pytest.mark.parametrize(
    ("beside", "where", "words"),
    [
        (BOX, "Textruta, Avsnitt 1, Rubrik", "i rutan"),
        (f"<draw:g>{BOX}</draw:g>", "Textruta, Avsnitt 1, Rubrik", "i rutan"),
        (f"<draw:a>{BOX}</draw:a>", "Textruta, Avsnitt 1, Rubrik", "i rutan"),
        ("<draw:custom-shape><text:p>i formen</text:p></draw:custom-shape>", "Textruta, Avsnitt 1, Rubrik", "i formen"),
        (PICTURE, "Avsnitt 1, Rubrik", "[bild] en karta"),
        (PICTURE.replace("svg:desc", "svg:title"), "Avsnitt 1, Rubrik", "[bild] en karta"),
        ('<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>', "Avsnitt 1, Rubrik", "[bild]"),
        (NOTE, "Fotnot, Avsnitt 1, vid ”Rubrik”", "en not"),
        (NOTE.replace("footnote", "endnote"), "Slutnot, Avsnitt 1, vid ”Rubrik”", "en not"),
    ],
)
def test_what_is_anchored_in_an_answer_is_told_beside_it(beside: str, where: str, words: str) -> None:
    reading = read_with({"text": paragraph(f"a{beside}b")})
    assert answered(reading) == {"s.text": "ab"}
    assert unplaced(reading) == [(where, words)]


def test_a_comment_is_told_and_its_author_is_not() -> None:
    data = pack(workbook({"text": paragraph(f"a{COMMENT}b<office:annotation-end/>")}))
    reading = read(data, ASKED)
    assert answered(reading) == {"s.text": "ab"}
    assert unplaced(reading) == [("Kommentar, Avsnitt 1, vid ”Rubrik”", "stämmer det?")]
    assert "file-comments" in odt.marks_of(open_word(data)).remarks


def test_a_comment_names_the_words_it_is_about() -> None:
    named = COMMENT.replace("<office:annotation>", '<office:annotation office:name="1">')
    end = '<office:annotation-end office:name="1"/>'
    point = paragraph(f"Det är{COMMENT} så")
    within = paragraph(f"Det {named}<text:span>är</text:span> så{end} här")
    across = f"<text:p>Det är {named}så</text:p><text:p>här{end} nu</text:p>"
    for body, about in ((point, "Det är så"), (within, "är så"), (across, "så")):
        told = [each.where for each in read_with(between=body).unplaced if each.text == "stämmer det?"]
        assert told == [f"Kommentar, Avsnitt 1, vid ”{about}”"]


def test_a_box_within_a_box_and_a_note_on_a_page_are_told_once() -> None:
    nested = BOX.replace("i rutan", f"yttre{BOX}")
    reading = read_with(before=nested + COMMENT)
    assert sorted(each.text for each in reading.unplaced) == ["i rutan", "stämmer det?", "yttre"]


def test_text_between_is_unplaced_with_its_section() -> None:
    reading = read_with(before=paragraph("först"), between=paragraph("emellan"), after=paragraph("sist"))
    assert unplaced(reading) == [("Dokumentets början", "först"), ("Avsnitt 1", "emellan"), ("Avsnitt 1", "sist")]


def test_what_was_typed_in_headers_and_footers_is_told() -> None:
    printed = "<text:p>Polisen<text:tab/>Planen</text:p>"
    reference = (
        "<text:p>Referens a1b2c3d4e5/polisen/prov<text:tab/>Sida <text:page-number>1</text:page-number>"
        "<text:s/>av <text:page-count>5</text:page-count></text:p>"
    )
    master = (
        f"<style:header>{printed}</style:header><style:footer>{reference}</style:footer>"
        "<style:header-left><text:p>vänster</text:p></style:header-left>"
        f"<loext:footer-first><text:p>första{PICTURE}</text:p></loext:footer-first>"
    )
    reading = read(pack(workbook(), {"styles.xml": odts.styles(master)}), ASKED)
    assert unplaced(reading) == [("Sidhuvudet", "vänster"), ("Sidfoten", "första"), ("Sidfoten", "[bild] en karta")]
