"""Words in the rarer corners of a part: broken fields, formulas, word art, boxes in boxes, the margins."""

import pytest

from docgen.formats.opc import XmlElement
from docgen.formats.word.reader import read
from tests.formats.word import edits
from tests.formats.word.edits import found, snippet, type_into
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
