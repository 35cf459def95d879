"""Words in the rarer corners of a part: broken fields, formulas, word art, boxes in boxes, the margins."""

import datetime

import pytest

from docgen.formats.opc import XmlElement
from docgen.formats.word.reader import read
from docgen.response import understand
from tests.formats.word import edits
from tests.formats.word.edits import every, found, snippet, type_into
from tests.formats.word.test_reading import ASKED, BLANK, RUN, TEXT, changed, texts

FIELD = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
BEGIN, SEPARATE, END = (FIELD.format(kind) for kind in ("begin", "separate", "end"))
CODE = "<w:r><w:instrText> PAGE </w:instrText></w:r>"
MATH = "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"
CHOICES = "<w:listEntry w:val='röd'/><w:listEntry w:val='blå'/>"
ART = "<v:shape xmlns:v='urn:schemas-microsoft-com:vml'>{}</v:shape>"
BLIP = "<a:blip xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'/>"


@pytest.mark.parametrize(
    "broken",
    [
        BEGIN,
        BEGIN + CODE,
        BEGIN + CODE + SEPARATE,
        END,
        BEGIN + BEGIN + CODE + SEPARATE,
        f"{BEGIN}{SEPARATE}<w:del w:id='1' w:author='x'>{END}</w:del>{BEGIN}",
    ],
)
def test_a_field_left_open_hides_nothing(broken: str) -> None:
    def change(root: XmlElement) -> None:
        type_into(root, TEXT, RUN.format("före ") + broken + RUN.format("efter"))
        type_into(root, "sample.integer", RUN.format("7"))
        found(root, "//w:body").insert(0, snippet(f"<w:p>{broken}</w:p>"))

    assert texts(changed(change)) == {TEXT: "före efter", "sample.integer": "7"}


def test_a_field_left_open_at_the_end_hides_no_margin() -> None:
    data = edits.edit(BLANK, lambda root: found(root, "//w:body/w:p[last()]").append(snippet(BEGIN)))
    header = next(name for name, part in edits.members(data).items() if "header" in name and b"Polis" in part)
    data = edits.edit(data, lambda root: root.append(snippet(f"<w:p>{RUN.format('i huvudet')}</w:p>")), header)
    assert [each.text for each in read(data, ASKED).unplaced] == ["i huvudet"]


def test_the_code_of_a_field_is_no_words() -> None:
    inner = BEGIN + CODE + SEPARATE + RUN.format("hidden") + END
    code = BEGIN + CODE + inner + CODE + SEPARATE + RUN.format("shown") + END
    assert texts(changed(lambda root: type_into(root, TEXT, code))) == {TEXT: "shown"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f"<m:oMath {MATH}><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
        (f"<w:r><w:ruby><w:rt>{RUN.format('ru')}</w:rt><w:rubyBase>{RUN.format('bas')}</w:rubyBase></w:ruby></w:r>", "bas"),
        ("<w:r><w:t>a<!-- note -->b</w:t></w:r>", "ab"),
        ("<w:r><mc:AlternateContent><mc:Choice Requires='w14'><w:t>ny</w:t></mc:Choice></mc:AlternateContent></w:r>", "ny"),
        (
            ("<mc:AlternateContent><mc:Choice Requires='w14'/><mc:Fallback><w:r><w:t>old</w:t></w:r></mc:Fallback>"
            "</mc:AlternateContent>"),
            "old",
        ),
        (
            (f"<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/>{CHOICES}</w:ddList></w:ffData>"
            f"</w:fldChar></w:r><w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r>{END}"),
            "blå",
        ),
    ],
)  # fmt: skip
def test_words_that_are_not_in_a_plain_run(content: str, said: str) -> None:
    assert texts(changed(lambda root: type_into(root, TEXT, content))) == {TEXT: said}


def boxed(content: str) -> str:
    return f"<w:p><w:r><w:pict>{ART.format(f'<w:txbxContent>{content}</w:txbxContent>')}</w:pict></w:r></w:p>"


def test_word_art_is_words() -> None:
    shape = ART.format('<v:textpath string="konst"/>')
    art = f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>"
    reading = changed(lambda root: found(root, "//w:body").insert(0, snippet(art)))
    assert [(each.where, each.text) for each in reading.unplaced] == [("Textruta, Dokumentets början", "konst")]


def test_boxes_in_boxes_are_read_once_each() -> None:
    content = ""
    for number in range(30):
        content = f"<w:p>{RUN.format(f'ruta {number}')}</w:p>" + (boxed(content) if content else "")
    reading = changed(lambda root: found(root, "//w:body").insert(0, snippet(boxed(content))))
    assert [each.text for each in reading.unplaced] == [f"ruta {number}" for number in reversed(range(30))]


def test_boxes_and_pictures_in_the_margins_are_named() -> None:
    header = next(name for name, part in edits.members(BLANK).items() if "header" in name and b"Polis" in part)
    picture = f"<w:p><w:r><w:drawing>{BLIP}</w:drawing></w:r></w:p>"

    def change(root: XmlElement) -> None:
        root.append(snippet(boxed(f"<w:p>{RUN.format('i rutan')}</w:p>")))
        root.append(snippet(picture))

    unplaced = read(edits.edit(BLANK, change, header), ASKED).unplaced
    assert [(each.where, each.text) for each in unplaced] == [
        ("Textruta, Sidhuvudet", "i rutan"),
        ("Sidhuvudet", "[bild]"),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<w:r><w:t xml:space='preserve'>a </w:t><w:t> b</w:t></w:r>", "a  b"),
        ("<w:r><w:t>\n  a b\n  </w:t><w:t> c</w:t></w:r>", "a b c"),
        ("<w:r><w:t xml:space='preserve'>\n  a b</w:t></w:r>", "\n  a b"),
        ("<w:r xml:space='preserve'><w:t> a</w:t></w:r>", " a"),
        ("<w:r><w:t>a</w:t><w:ptab w:alignment='left' w:relativeTo='margin' w:leader='none'/><w:t>b</w:t></w:r>", "a\tb"),
        ("<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>", "☑"),
        ("<w:r><w:sym w:font='Wingdings 2' w:char='F052'/></w:r>", "☑"),
        ("<w:r><w:sym w:font='Symbol' w:char='F061'/><w:sym w:font='Symbol' w:char='F0B3'/></w:r>", "α≥"),
        ("<w:r><w:sym w:font='Wingdings' w:char='F04A'/></w:r>", "☺"),
        ("<w:r><w:rPr><w:rFonts w:ascii='Wingdings'/></w:rPr><w:t>\uf0fe</w:t></w:r>", "☑"),
        ("<w:r><w:sym w:font='Wingdings' w:char='zz'/><w:t>a</w:t></w:r>", "a"),
    ],
)  # fmt: skip
def test_blanks_and_symbols_as_word_shows_them(content: str, said: str) -> None:
    assert texts(changed(lambda root: type_into(root, TEXT, content))) == {TEXT: said}


def test_runs_without_a_paragraph_are_words() -> None:
    def change(root: XmlElement) -> None:
        type_into(root, "sample.paragraph", RUN.format("utan ") + RUN.format("stycke"))

    assert texts(changed(change)) == {"sample.paragraph": "utan stycke"}


def form_field(kind: str, code: str, result: str = "") -> str:
    """A form field of Word 97, as Word and LibreOffice write it."""
    data = f"<w:ffData><w:name w:val='x'/><w:enabled/>{kind}</w:ffData>"
    begin = f"<w:r><w:fldChar w:fldCharType='begin'>{data}</w:fldChar></w:r>"
    return f"{begin}<w:r><w:instrText> {code} </w:instrText></w:r>{SEPARATE}{result}{END}"


def box(*states: str) -> str:
    return form_field(f"<w:checkBox><w:sizeAuto/>{''.join(states)}</w:checkBox>", "FORMCHECKBOX")


def listed(*choices: str, chosen: int) -> str:
    entries = "".join(f"<w:listEntry w:val='{choice}'/>" for choice in choices)
    return form_field(f"<w:ddList><w:result w:val='{chosen}'/>{entries}</w:ddList>", "FORMDROPDOWN")


NOT_TICKED = "<w:default w:val='0'/><w:checked w:val='0'/>"


@pytest.mark.parametrize(
    ("tag", "content", "value"),
    [
        ("sample.text", form_field("<w:textInput/>", "FORMTEXT", RUN.format("Fler samtal")), "Fler samtal"),
        ("sample.text", form_field("<w:textInput/>", "FORMTEXT", RUN.format("\u2002" * 5)), None),
        (
            "sample.date",
            form_field("<w:textInput/>", "FORMTEXT", RUN.format("30 juni 2027")),
            datetime.date(2027, 6, 30),
        ),
        ("sample.select_one", listed("Välj", "Nu", "Senare", chosen=2), "later"),
        ("sample.select_one", listed("Välj", "Nu", "Senare", chosen=0), None),
        ("sample.boolean", listed("Välj", "Ja", "Nej", chosen=2), False),
        ("sample.boolean", box("<w:checked/>"), True),
        ("sample.one_box", box("<w:default w:val='1'/>"), True),
        ("sample.one_box", box("<w:default w:val='1'/><w:checked w:val='0'/>"), None),
        ("sample.one_box", box(NOT_TICKED), None),
    ],
)
@pytest.mark.parametrize("kept", ["tag", "bookmark", "place"])
def test_form_fields_of_word_97(tag: str, content: str, value: object, kept: str) -> None:
    def change(root: XmlElement) -> None:
        type_into(root, tag, content)
        if kept != "tag":
            edits.strip_controls(root)
        if kept == "place":
            edits.strip_bookmarks(root)

    response = understand("x.docx", ASKED, changed(change))
    values = {str(each.address): each.value for each in response.answers if each.value is not None}
    assert values == ({} if value is None else {tag: value})
    assert (response.problems, response.unplaced) == ((), ())


def test_boxes_of_word_97_before_each_choice() -> None:
    def change(root: XmlElement) -> None:
        for number, sdt in enumerate(every(root, "//w:sdt[contains(w:sdtPr/w:tag/@w:val, 'sample.select_multiple#')]")):
            runs = snippet(f"<w:p>{box('<w:checked/>') if number in {0, 2} else box(NOT_TICKED)}</w:p>")
            for run in runs:
                sdt.addprevious(run)
            sdt.getparent().remove(sdt)  # type: ignore[union-attr]

    response = understand("x.docx", ASKED, changed(change))
    values = {str(each.address): each.value for each in response.answers if each.value is not None}
    assert values == {"sample.select_multiple": ("prevention", "protection")}
    assert (response.problems, response.unplaced) == ((), ())


def test_what_a_form_field_shows_wins_over_what_it_stores() -> None:
    content = listed("röd", "blå", chosen=1).replace(SEPARATE, SEPARATE + RUN.format("grön"))
    assert texts(changed(lambda root: type_into(root, TEXT, content))) == {TEXT: "grön"}


@pytest.mark.parametrize(
    "around",
    [
        "<w:customXml w:element='x'>{}</w:customXml>",
        "<w:dir w:val='ltr'>{}</w:dir>",
        "<w:bdo w:val='rtl'>{}</w:bdo>",
        "<w:fldSimple w:instr=' DOCPROPERTY x '>{}</w:fldSimple>",
        "<w:hyperlink w:anchor='a'>{}</w:hyperlink>",
        "<w:ins w:id='1' w:author='x'><w:hyperlink>{}</w:hyperlink></w:ins>",
    ],
)
def test_what_stands_around_runs_is_looked_through(around: str) -> None:
    content = RUN.format("a") + around.format(RUN.format("b")) + RUN.format("c")
    assert texts(changed(lambda root: type_into(root, TEXT, content))) == {TEXT: "abc"}


def test_a_text_box_is_read_once_though_it_is_written_twice() -> None:
    """As Word writes it: a shape of its own for Word 2010, and another for those before."""
    inside = f"<w:txbxContent><w:p>{RUN.format('i rutan')}</w:p></w:txbxContent>"
    shape = f"<wps:wsp xmlns:wps='urn:x'><wps:txbx>{inside}</wps:txbx></wps:wsp>"
    both = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{shape}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{ART.format(inside)}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    reading = changed(lambda root: found(root, "//w:body").insert(0, snippet(both)))
    assert [each.text for each in reading.unplaced] == ["i rutan"]


@pytest.mark.parametrize(
    "content",
    [
        "<dgm:relIds xmlns:dgm='http://schemas.openxmlformats.org/drawingml/2006/diagram'/>",
        "<c:chart xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart'/>",
        BLIP,
    ],
)
def test_drawings_of_every_kind_are_named_where_they_stand(content: str) -> None:
    def change(root: XmlElement) -> None:
        type_into(root, "sample.grid[2].text", RUN.format("se bild") + f"<w:r><w:drawing>{content}</w:drawing></w:r>")

    reading = changed(change)
    assert texts(reading) == {"sample.grid[2].text": "se bild"}
    assert [(each.where, each.text) for each in reading.unplaced] == [
        ("Avsnitt 2, Delmål 2, Rubrik på förslaget", "[bild]")
    ]


def test_a_document_put_in_whole_is_named() -> None:
    chunk = "<w:altChunk xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' r:id='x'/>"
    reading = changed(lambda root: found(root, "//w:body").insert(0, snippet(chunk)))
    assert [(each.where, each.text) for each in reading.unplaced] == [
        ("Dokumentets början", "[infogat dokument som inte går att läsa här]")
    ]
