"""What people and Word do to a file, opened by LibreOffice and saved as .odt.

Each case is a change of our Word file; all go through LibreOffice at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from docgen.errors import UnreadableFile
from docgen.formats import format_of
from docgen.formats.excel.writer import write as write_workbook
from docgen.formats.opc import XmlElement
from docgen.formats.word.reader import identify, read
from docgen.formats.word.writer import write
from docgen.response import Reading
from tests.formats.samples import document
from tests.formats.word import edits
from tests.formats.word.edits import W, control, found, snippet, type_into
from tests.formats.word.odts import ASKED
from tests.formats.word.test_margins import anchored, comment, with_part
from tests.judges.libreoffice import convert

RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
BY = "w:author='A' w:date='2027-01-01T00:00:00Z'"
TRACKED = f"{RUN.format('kvar')}<w:ins w:id='1' {BY}>{RUN.format(' nytt')}</w:ins><w:del w:id='2' {BY}><w:r><w:delText>borta</w:delText></w:r></w:del>"
BLANK = write(ASKED)


def typed(root: XmlElement, **answers: str) -> None:
    """Types into the controls of the section's questions, or of rows, as text_1 for ``s.grid[1].text``."""
    for name, text in answers.items():
        column, _, row = name.partition("_")
        type_into(root, f"s.grid[{row}].{column}" if row else f"s.{name}", RUN.format(text))


def cell_of(root: XmlElement, tag: str) -> XmlElement:
    return next(control(root, tag).iterancestors(f"{W}tc"))


def in_place_of(root: XmlElement, tag: str, content: str) -> None:
    """Puts runs in the place of a control, which is gone."""
    sdt = control(root, tag)
    for new in reversed(list(snippet(f"<w:p>{content}</w:p>"))):
        sdt.addnext(new)
    sdt.getparent().remove(sdt)  # type: ignore[union-attr]


def tracked(root: XmlElement) -> None:
    type_into(root, "s.text", TRACKED)
    edits.strip_controls(root)


def field(kind: str, data: str, result: str = "") -> str:
    begin = f"<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:name w:val='x'/><w:enabled/>{data}</w:ffData></w:fldChar></w:r>"
    code = f"<w:r><w:instrText xml:space='preserve'> {kind} </w:instrText></w:r>"
    shown = f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{RUN.format(result)}" if result else ""
    return f"{begin}{code}{shown}<w:r><w:fldChar w:fldCharType='end'/></w:r>"


def legacy_fields(root: XmlElement) -> None:
    in_place_of(root, "s.text", field("FORMTEXT", "<w:textInput/>", "skrivet"))
    entries = "<w:ddList><w:result w:val='1'/><w:listEntry w:val='ett'/><w:listEntry w:val='två'/></w:ddList>"
    in_place_of(root, "s.grid[1].text", field("FORMDROPDOWN", entries))
    box = field("FORMCHECKBOX", "<w:checkBox><w:sizeAuto/><w:default w:val='0'/><w:checked/></w:checkBox>")
    in_place_of(root, "s.grid[2].text", box)


def merged_downwards(root: XmlElement) -> None:
    typed(root, integer_1="5", integer_2="6")
    edits.strip_controls(root)
    edits.strip_bookmarks(root)
    first, second = (row.findall(f"{W}tc")[1] for row in edits.every(root, "//w:tbl[last()]/w:tr")[1:])
    found(first, "w:p/w:r").addnext(snippet(RUN.format("a och b")))
    found(first, "w:p").remove(found(first, "w:p/w:r"))
    found(first, "w:tcPr").insert(1, snippet("<w:vMerge w:val='restart'/>"))
    found(second, "w:tcPr").insert(1, snippet("<w:vMerge/>"))


def merged_sideways(root: XmlElement) -> None:
    typed(root, text_1="a", integer_1="5", text_2="b")
    left, right = cell_of(root, "s.grid[1].text"), cell_of(root, "s.grid[1].integer")
    for each in right.findall(f"{W}p"):
        left.append(each)
    right.getparent().remove(right)  # type: ignore[union-attr]
    found(left, "w:tcPr").insert(1, snippet("<w:gridSpan w:val='2'/>"))


def nested_table(root: XmlElement) -> None:
    table = (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='900'/></w:tblGrid><w:tr><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>"
    )
    control(root, "s.story").addnext(snippet("<w:p/>"))
    control(root, "s.story").addnext(snippet(table.format(RUN.format("i en tabell"))))
    type_into(root, "s.text", RUN.format("utanför"))


BOX = (
    "<w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml' style='width:100pt;height:50pt'><v:textbox>"
    f"<w:txbxContent><w:p>{RUN.format('i rutan')}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def box(root: XmlElement) -> None:
    typed(root, text="svar")
    found(root, "//w:p[.//w:t='Mål']").append(snippet(BOX))


def header(root: XmlElement) -> None:
    root.append(snippet(f"<w:p>{RUN.format('i huvudet')}</w:p>"))


def body(change: Callable[[XmlElement], None]) -> bytes:
    return edits.edit(BLANK, change)


def commented(root: XmlElement) -> None:
    typed(root, text="svar")
    anchored(found(root, "//w:r[w:t='Mål']"))


def with_header() -> bytes:
    name = next(name for name, part in edits.members(BLANK).items() if "header" in name and b"Polis" in part)
    return edits.edit(BLANK, header, name)


@dataclass(frozen=True)
class Case:
    """A file, the answers in it by key, and what has no place."""

    data: bytes
    answers: dict[str, str]
    unplaced: tuple[tuple[str, str], ...] = ()


BOTH = "Avsnitt 1, Delmål 1, Rubrik på förslaget / Delmål 2, Rubrik på förslaget"
CASES = {
    "tracked changes": Case(body(tracked), {"s.text": "kvar nytt"}),
    "legacy fields": Case(body(legacy_fields), {"s.text": "skrivet", "s.grid[1].text": "två", "s.grid[2].text": "☒"}),
    "merged downwards": Case(body(merged_downwards), {"s.grid[1].integer": "5", "s.grid[2].integer": "6"}, ((BOTH, "a och b"),)),
    "merged sideways": Case(body(merged_sideways), {"s.grid[1].text": "a", "s.grid[1].integer": "5", "s.grid[2].text": "b"}),
    "a table in an answer": Case(body(nested_table), {"s.text": "utanför", "s.story": "i en tabell"}),
    "a text box": Case(body(box), {"s.text": "svar"}, (("Textruta, Avsnitt 1", "i rutan"),)),
    "a comment": Case(
        with_part(body(commented), "comments", comment("Hinner vi?")),
        {"s.text": "svar"},
        (("Kommentar, Avsnitt 1, vid ”Mål”", "Hinner vi?"),),
    ),
    "typed in the header": Case(with_header(), {}, (("Sidhuvudet", "i huvudet"),)),
}  # fmt: skip


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("cases")
    files = []
    for number, case in enumerate(CASES.values()):
        files.append(folder / f"{number}.docx")
        files[-1].write_bytes(case.data)
    return dict(zip(CASES, convert(files, "odt", folder / "odt"), strict=True))


def answers(reading: Reading) -> dict[str, str]:
    return {str(each.address): each.raw.text.strip() for each in reading.found if not each.raw.empty}


@pytest.mark.parametrize("name", CASES)
def test_what_was_done_is_read(name: str, saved: dict[str, Path]) -> None:
    case = CASES[name]
    reading = read(saved[name].read_bytes(), ASKED)
    assert answers(reading) == case.answers
    assert tuple((each.where, each.text) for each in reading.unplaced) == case.unplaced


def test_what_is_in_the_file_is_remarked(saved: dict[str, Path]) -> None:
    assert identify(saved["tracked changes"].read_bytes()).remarks == ("file-tracked", "file-lost-marks")
    assert identify(saved["a comment"].read_bytes()).remarks == ("file-comments", "file-lost-marks")


def test_a_spreadsheet_is_named_for_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "budget.xlsx").write_bytes(write_workbook(document()))
    (file,) = convert([tmp_path / "budget.xlsx"], "ods", tmp_path / "ods")
    with pytest.raises(UnreadableFile) as refused:
        format_of(file.read_bytes(), "budget.xlsx")
    assert [each.code for each in refused.value.problems] == ["file-ods"]
