"""Tracked changes count as if accepted, and are told; what LibreOffice 7 is known to do to answers is a warning."""

import pytest

from docgen.formats.opc import XmlElement
from docgen.formats.word.reader import identify, read
from tests.formats.word import edits
from tests.formats.word.edits import control, every, found, snippet, type_into
from tests.formats.word.test_reading import ASKED, BLANK, RUN, TEXT, changed, clean, filled, texts

BY = "w:id='1' w:author='x'"
GONE = f"<w:del {BY}><w:r><w:delText>gammalt</w:delText></w:r></w:del>"
NEW = f"<w:ins {BY}>{RUN.format('nytt')}</w:ins>"
APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


def saved_by(data: bytes, program: str) -> bytes:
    app = f"<Properties xmlns='{APP}'><Application>{program}</Application></Properties>"
    return edits.pack({**edits.members(data), "docProps/app.xml": app.encode()})


@pytest.mark.parametrize(
    "content",
    [
        NEW + GONE,
        f"<w:moveFrom {BY}>{RUN.format('gammalt')}</w:moveFrom><w:moveTo {BY}>{RUN.format('nytt')}</w:moveTo>",
        f"<w:ins {BY}>{RUN.format('ny')}<w:del {BY}><w:r><w:delText>x</w:delText></w:r></w:del>{RUN.format('tt')}</w:ins>",
        f"<w:del {BY}><w:r><w:br/><w:delText>x</w:delText></w:r></w:del>{RUN.format('nytt')}",
    ],
)
def test_as_if_all_changes_were_accepted(content: str) -> None:
    data = edits.edit(BLANK, lambda root: type_into(root, TEXT, content))
    reading = read(data, ASKED)
    assert texts(reading) == {TEXT: "nytt"}
    assert clean(reading)
    assert identify(data).remarks == ("file-tracked",)


@pytest.mark.parametrize("change", ["del", "moveFrom"])
def test_deleted_paragraph_marks_join_several_paragraphs(change: str) -> None:
    def edit(root: XmlElement) -> None:
        sdt = control(root, "sample.paragraph")
        deleted = f"<w:pPr><w:rPr><w:{change} {BY}/></w:rPr></w:pPr>"
        texts_ = ("ett ", "två ", "tre")
        lines = [f"<w:p>{deleted if text != 'tre' else ''}{RUN.format(text)}</w:p>" for text in texts_]
        found(sdt, "w:sdtContent")[:] = [snippet(line) for line in lines]

    assert texts(changed(edit)) == {"sample.paragraph": "ett två tre"}


def test_a_row_deleted_with_changes_tracked_is_gone_and_one_inserted_is_there() -> None:
    def edit(root: XmlElement) -> None:
        for number, text in ((1, "ett"), (2, "två"), (3, "tre")):
            type_into(root, f"sample.grid[{number}].text", RUN.format(text))
        rows = every(root, "//w:tbl[.//w:tag/@w:val='sample.grid[1].text']/w:tr")
        for row, change in ((rows[2], "del"), (rows[3], "ins")):
            properties = row.find(f"{edits.W}trPr")
            if properties is None:
                properties = snippet("<w:trPr/>")
                row.insert(0, properties)
            properties.append(snippet(f"<w:{change} {BY}/>"))

    reading = changed(edit)
    assert texts(reading) == {"sample.grid[1].text": "ett", "sample.grid[3].text": "tre"}
    assert clean(reading)


@pytest.mark.parametrize("kept", ["bookmark", "place"])
def test_an_answer_in_tracked_changes_without_its_control(kept: str) -> None:
    def edit(root: XmlElement) -> None:
        type_into(root, TEXT, NEW + GONE)
        edits.strip_controls(root)
        if kept == "place":
            edits.strip_bookmarks(root)

    reading = changed(edit)
    assert texts(reading) == {TEXT: "nytt"}
    assert filled(reading)[TEXT].by == kept


LINES = "<w:r><w:br/></w:r>" + RUN.format("ettTvå")


@pytest.mark.parametrize(
    ("program", "content", "places"),
    [
        ("LibreOffice/7.4.7.2$Linux_X86_64", LINES, "Avsnitt 1, Rubrik på förslaget"),
        ("LibreOffice/7.4.7.2$Linux_X86_64", NEW, "Avsnitt 1, Rubrik på förslaget"),
        ("LibreOffice/7.4.7.2$Linux_X86_64", RUN.format("ett"), None),
        ("LibreOffice/24.8.1$Linux", LINES, None),
        ("Microsoft Office Word", LINES + NEW, None),
    ],
)
def test_what_libreoffice_7_may_have_done_to_an_answer(program: str, content: str, places: str | None) -> None:
    data = edits.edit(BLANK, lambda root: type_into(root, TEXT, content))
    problems = read(saved_by(data, program), ASKED).problems
    assert [(each.code, each.severity) for each in problems] == (
        [("saved-by-libreoffice", "warning")] if places else []
    )
    assert [each.args["places"] for each in problems] == ([places] if places else [])


def test_libreoffice_7_and_changes_outside_answers() -> None:
    data = edits.edit(BLANK, lambda root: found(root, "//w:body").insert(0, snippet(f"<w:p>{GONE}</w:p>")))
    problems = read(saved_by(data, "LibreOffice/7.6.1.2$Windows_X86_64"), ASKED).problems
    assert [each.args["places"] for each in problems] == ["hela dokumentet"]
