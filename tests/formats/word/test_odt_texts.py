"""Any text comes back exactly through LibreOffice's .odt.

R1  Every printable category of Unicode, blanks at both ends of lines, tabs and empty lines, in controls of one line and
    of several: what a person typed is what is read, but for blanks at the very end of a cell, which nobody sees.
R2  What LibreOffice 7.4 writes twice is read once.
"""

from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from docgen.document import Document, Question, Section
from docgen.formats.word.reader import read
from docgen.formats.word.writer import write
from docgen.values import normalise
from tests.filler.docx import Docx
from tests.formats.samples import IDENTITY, slot, spec
from tests.formats.word import odts
from tests.formats.word.odts import pack, paragraph, workbook
from tests.judges.libreoffice import convert

_SIGNS = st.characters(exclude_categories=("Cs", "Cc", "Cn"))  # no surrogates, controls, or what is not assigned
_OFTEN = st.sampled_from([" ", "  ", "\t", "a", "å", "\u2011", "\u00ad", "\u00a0", "😀", "e\u0301", "&", "<"])
_LINE = st.lists(_SIGNS | _OFTEN, min_size=1, max_size=20).map("".join)
LINES = st.lists(_LINE | st.just(""), min_size=1, max_size=5).map("\n".join).map(normalise).filter(str.strip)
ONE_LINE = _LINE.map(normalise).filter(str.strip)


def asked(paragraphs: int, texts: int) -> Document:
    questions = [Question(slot(f"s.p{n}", spec("paragraph"), f"Fråga {n}")) for n in range(paragraphs)]
    questions += [Question(slot(f"s.t{n}", spec("text"), f"Rad {n}")) for n in range(texts)]
    return Document(
        IDENTITY, "sv", "Arbetsbok", "Planen", "Polisen", (), (), (Section("s", "1", "Frågor", tuple(questions)),)
    )


def drawn(strategy: st.SearchStrategy[str], count: int) -> list[str]:
    """As many different texts as Hypothesis makes of a strategy: they go into one file, which takes seconds to open."""
    found: dict[str, None] = {}

    @given(strategy)
    @settings(max_examples=count, deadline=None, database=None, phases=[Phase.generate])
    def collect(text: str) -> None:
        found[text] = None

    collect()
    return list(found)


def test_any_text_comes_back_exactly(tmp_path: Path) -> None:
    """R1"""
    paragraphs, texts = drawn(LINES, 200), drawn(ONE_LINE, 100)
    assert len(paragraphs) > 100
    assert len(texts) > 50
    document = asked(len(paragraphs), len(texts))
    typed = {f"s.p{n}": text for n, text in enumerate(paragraphs)} | {f"s.t{n}": text for n, text in enumerate(texts)}
    (tmp_path / "form.docx").write_bytes(write(document))
    docx = Docx(tmp_path / "form.docx")
    for tag, text in typed.items():
        docx.fill(tag, text)
    (file,) = convert([docx.save(tmp_path / "filled.docx")], "odt", tmp_path / "odt")
    reading = read(file.read_bytes(), document)
    assert {str(each.address): each.raw.text for each in reading.found} == typed
    assert (reading.unplaced, reading.problems) == ((), ())


def test_what_is_written_twice_is_read_once() -> None:
    """R2: as LibreOffice 7.4.7 writes a control of several paragraphs whose first holds two emoji."""
    field = "<text:p><text:text-input>a😀😀&#13;</text:text-input>ndra raden</text:p>"
    echoed = f"{field}<text:p>andra raden</text:p><text:p>tredje</text:p>"
    reading = read(pack(workbook({"story": echoed})), odts.ASKED)
    assert [each.raw.text for each in reading.found if not each.raw.empty] == ["a😀😀\nandra raden\ntredje"]


def test_what_is_no_repetition_stays() -> None:
    field = "<text:p><text:text-input>a😀&#13;</text:text-input>en annan rad</text:p>"
    reading = read(pack(workbook({"story": field + paragraph("andra raden")})), odts.ASKED)
    assert [each.raw.text for each in reading.found if not each.raw.empty] == ["a😀en annan rad\nandra raden"]
    plain = "<text:p><text:text-input>a😀</text:text-input>raden</text:p>"
    reading = read(pack(workbook({"story": plain + paragraph("andra raden")})), odts.ASKED)
    assert [each.raw.text for each in reading.found if not each.raw.empty] == ["a😀raden\nandra raden"]
