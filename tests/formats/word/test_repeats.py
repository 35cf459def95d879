"""Controls and fields that LibreOffice 7 repeats are read once; what a person typed twice is kept twice."""

import pytest

from docgen.formats.opc import XmlElement
from tests.formats.word import edits
from tests.formats.word.edits import found, snippet
from tests.formats.word.test_reading import RUN, TEXT, changed, clean, texts

WHOLE = "Vi möter 你好 idag"


def control(*words: str, title: str = "Rubrik", tag: str = "") -> str:
    inside = "".join(f"<w:t xml:space='preserve'>{word}</w:t>" for word in words)
    own = f"<w:tag w:val='{tag}'/>" if tag else ""
    return f"<w:sdt><w:sdtPr><w:alias w:val='{title}'/>{own}</w:sdtPr><w:sdtContent><w:r>{inside}</w:r></w:sdtContent></w:sdt>"


def field(words: str, before: str = "", code: str = "FILLIN") -> str:
    signs = {kind: f"<w:fldChar w:fldCharType='{kind}'/>" for kind in ("begin", "separate", "end")}
    first = f"<w:t xml:space='preserve'>{before}</w:t>" if before else ""
    return (
        f'<w:r>{first}{signs["begin"]}</w:r><w:r><w:instrText> {code} ""</w:instrText></w:r>'
        f"<w:r>{signs['separate']}</w:r>{RUN.format(words)}<w:r>{signs['end']}</w:r>"
    )


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (control(WHOLE) + control("你好 ", WHOLE) + control("idag", WHOLE), WHOLE),
        (control("你好 å") + control("你好 ", "你好 å") + control("å", "你好 å") + control("你好 å"), "你好 å"),
        (control(WHOLE) + control("你好 ", WHOLE) + control("i går", WHOLE), f"{WHOLE}你好 {WHOLE}i går{WHOLE}"),
        (control("nej") + control("nej"), "nejnej"),
        (control(WHOLE) + control("idag", WHOLE, title="Annat"), f"{WHOLE}idag{WHOLE}"),
        (control(WHOLE) + control("idag", WHOLE, tag="goog_rdk_1"), f"{WHOLE}idag{WHOLE}"),
        (control(WHOLE) + RUN.format(" och ") + control("idag", WHOLE), f"{WHOLE} och idag{WHOLE}"),
        (field(WHOLE) + field(WHOLE, "你好 ") + field(WHOLE, "idag"), WHOLE),
        (field(WHOLE) + field(WHOLE, "i går"), f"{WHOLE}i går{WHOLE}"),
        (field(WHOLE) + field(WHOLE, "idag", "AUTHOR"), f"{WHOLE}idag{WHOLE}"),
        (field("😀") + RUN.format("mer"), "😀mer"),
    ],
)
def test_what_is_said_again_is_read_once(inside: str, text: str) -> None:
    reading = changed(lambda root: _replace(root, f"<w:p>{inside}</w:p>"))
    assert texts(reading) == {TEXT: text}
    assert clean(reading)


@pytest.mark.parametrize(
    ("first", "text"),
    [
        (field("😀") + RUN.format("andra"), "😀\nandra"),
        (field("😀😀") + RUN.format("ndra"), "😀😀\nandra"),
        (field("ett") + RUN.format("andra"), "ettandra\nandra"),
        (RUN.format("😀") + RUN.format("andra"), "😀andra\nandra"),
    ],
)
def test_a_line_said_behind_the_line_before_is_read_once(first: str, text: str) -> None:
    reading = changed(lambda root: _replace(root, f"<w:p>{first}</w:p>", f"<w:p>{RUN.format('andra')}</w:p>"))
    assert texts(reading) == {TEXT: text}
    assert clean(reading)


def _replace(root: XmlElement, *paragraphs: str) -> None:
    """Puts paragraphs in place of what the cell of a question holds; no mark is left."""
    cell = found(root, f"//w:tc[.//w:tag/@w:val='{TEXT}']")
    cell[1:] = [snippet(paragraph) for paragraph in paragraphs]
    edits.strip_bookmarks(root)
