"""What goes out: valid to validators that know nothing of us, the same bytes every time, and fit to be read by anybody."""

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from docgen.document import Document, Guide, Prose, Question, Section, Span, Theme
from docgen.fields.base import Option
from docgen.folder import replace_files
from docgen.formats.base import Remark
from docgen.formats.opc import XmlElement
from docgen.formats.word.annotate import annotate
from docgen.formats.word.palette import INK, MIN_CONTRAST, OCHRE, PAPER, QUIET, WHITE, contrast, palette
from docgen.formats.word.reader import read
from docgen.formats.word.tables import as_cards
from docgen.formats.word.writer import write
from tests.formats.samples import document, slot, spec, table, with_values
from tests.formats.word import lint
from tests.formats.word.edits import NS, W, edit, every, found, members, snippet, xml
from tests.formats.word.test_round_trip import values_of
from tests.judges import ooxml

# The smallest PNG there is: one dark pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d4944415478da6364f8ffbf1e0005000280cf5a8a1d0000000049454e44ae426082"
)


def long_document() -> Document:
    """A document with a cover, a table of contents, a logo, numbered lists and awkward texts."""
    small = document()
    steps = tuple(Prose((Span(f"Steg {number}"),), "1.") for number in range(1, 4))
    odd = replace(small.sections[2], key="odd", number="", title="Å & <ö> \u201d\x0bx")
    asked = (
        Guide("intro", "", (*steps, Prose((Span("Och nu"),)), *steps)),
        Question(slot("odd.same", spec("select_one", options=(Option("a", "Lika"), Option("b", "lika"))), "x" * 90)),
        Question(slot("odd.paragraph", spec("paragraph"), value="rad 1\n\nrad 3")),
        Question(slot("odd.read", spec("text"), "Klart", value="Sedan tidigare", read_only=True)),
    )
    sections = [*small.sections, *(replace(odd, key=f"odd{number}", blocks=()) for number in range(4))]
    return replace(small, sections=(*sections, replace(odd, blocks=asked)), theme=Theme("#C05000", PIXEL))


DOCUMENTS = {
    "sv": document(),
    "en": document("en"),
    "filled": with_values(document(), values_of(document())),
    "long": long_document(),
    "one": replace(document(), facts=(), guide=(), sections=document().sections[2:]),
}


def test_validators_find_nothing(tmp_path: Path) -> None:
    files = []
    for name, asked in DOCUMENTS.items():
        files.append(tmp_path / f"{name}.docx")
        files[-1].write_bytes(write(asked))
    assert ooxml.findings(*files) == ()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_is_read_back_clean(name: str) -> None:
    reading = read(write(DOCUMENTS[name]), DOCUMENTS[name])
    assert (reading.unplaced, reading.problems) == ((), ())
    assert [each.address for each in reading.found] == [each.address for each in DOCUMENTS[name].slots()]


def _first(path: str, change: Callable[[XmlElement, XmlElement], object]) -> Callable[[XmlElement], object]:
    """A change to the first two elements of a path."""
    return lambda root: change(*every(root, path)[:2])


def _copy(attribute: str) -> Callable[[XmlElement, XmlElement], None]:
    return lambda one, other: one.set(attribute, str(other.get(attribute)))


def _remove(one: XmlElement, _: XmlElement) -> None:
    one.getparent().remove(one)  # type: ignore[union-attr]


# The nine faults, each put into a file that has none, and words of what the lint then says.
SABOTAGE: dict[str, tuple[Callable[[XmlElement], object], str]] = {
    "order in sdtPr": (_first("//w:sdtPr", lambda one, _: one.append(one[0])), "in the order"),
    "control id twice": (_first("//w:sdtPr/w:id", _copy(f"{W}val")), "control id"),
    "not ignorable": (lambda root: root.set(f"{{{NS['mc']}}}Ignorable", "w15"), "w14 is not in mc:Ignorable"),
    "bookmark name twice": (_first("//w:bookmarkStart", _copy(f"{W}name")), "bookmark name"),
    "two types": (_first("//w:sdtPr[w:text]", lambda one, _: one.append(snippet("<w:date/>"))), "two types"),
    "list value twice": (_first("//w:dropDownList[1]/w:listItem", _copy(f"{W}value")), "a value twice"),
    "long tag": (_first("//w:sdtPr/w:tag", lambda one, _: one.set(f"{W}val", "x" * 65)), "longer than 64"),
    "no placeholder": (_first("//w:placeholder/w:docPart", lambda one, _: one.set(f"{W}val", "nowhere")), "nowhere"),
    "unclosed bookmark": (_first("//w:bookmarkEnd", _remove), "is not closed"),
}


@pytest.mark.parametrize("name", SABOTAGE)
def test_our_lint_finds_each_fault(name: str) -> None:
    """The lint is no good if it cannot fail, and no good if it finds something else."""
    change, words = SABOTAGE[name]
    (fault,) = lint.faults(edit(write(document()), change))
    assert words in fault


def test_every_word_file_that_tests_write_is_looked_at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The writer, copies with comments, and what goes into a folder."""
    good = write(document())
    bad = edit(good, SABOTAGE["unclosed bookmark"][0])
    monkeypatch.setattr(lint, "faults", lambda data: ["a fault"] if data == bad else [])
    with pytest.raises(lint.Fault):
        replace_files(tmp_path, {"partners/a/a.docx": bad})
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(lint, "faults", lambda _: ["a fault"])
    with pytest.raises(lint.Fault):
        write(document())
    assert annotate(good, document(), [Remark(None, "x")], "x") != good  # that fault it had before
    monkeypatch.setattr(lint, "faults", lambda data: [] if data == good else ["a fault"])
    with pytest.raises(lint.Fault):
        annotate(good, document(), [Remark(None, "x")], "x")


def test_a_list_holds_no_choice_without_a_name() -> None:
    """A partner whose name is nothing but what a file cannot hold."""
    options = (Option("a", "Polisen"), Option("b", "\x07"), Option("c", ""))
    asked = Question(slot("odd.list", spec("organisation", options=options), "Vem?"))
    data = write(replace(document(), sections=(Section("odd", "1", "Ett", (asked,)),)))
    names = [each.get(f"{W}displayText") for each in every(xml(data), "//w:comboBox/w:listItem")]
    assert names == ["Polisen"]


def test_the_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib; from tests.formats.samples import document; from docgen.formats.word.writer import write;"
        "print(hashlib.sha256(write(document())).hexdigest())"
    )
    runs = {subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout for _ in range(2)}
    assert len(runs) == 1


def test_the_package_is_slim() -> None:
    assert len(write(document())) < 25_000


def test_language_title_and_text_alternatives() -> None:
    data = write(long_document())
    styles = xml(data, "word/styles.xml")
    assert found(styles, "w:docDefaults//w:lang").get(f"{W}val") == "sv-SE"
    core = members(data)["docProps/core.xml"].decode()
    assert "<dc:title>Lokal samverkansplan mot människohandel: Arbetsbok</dc:title>" in core
    assert "<dc:language>sv-SE</dc:language>" in core
    root = xml(data)
    picture = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    described = [each.get("descr") for each in root.iter(picture)]
    assert described == ["Logotyp för Lokal samverkansplan mot människohandel"]
    assert len(every(root, "//w:tbl/w:tblPr/w:tblCaption")) == len(every(root, "//w:tbl"))


def test_no_english_in_a_swedish_document() -> None:
    parts = members(write(long_document()))
    shown = re.compile(r"<w:t[ >][^<]*|w:(?:alias|displayText|tblCaption) w:val=\"[^\"]*|<dc:[^<]*|descr=\"[^\"]*")
    words = " ".join(
        match for name, part in parts.items() if name.startswith(("word/", "docProps")) for match in shown.findall(part.decode(errors="ignore"))
    )  # fmt: skip
    assert not re.search(r"(?i)\b(the|and|write|here|choose|page|of|click|enter|generated|python|contents)\b", words)


def test_a_long_document_has_a_filled_table_of_contents_and_a_short_one_none() -> None:
    root = xml(write(long_document()))
    entries = [
        "".join(t.text or "" for t in p.iter(f"{W}t")) for p in every(root, "//w:p[w:pPr/w:pStyle/@w:val='TOC1']")
    ]
    assert len(entries) == len(long_document().sections)
    targets = {link.get(f"{W}anchor") for link in every(root, "//w:hyperlink")}
    assert targets <= {mark.get(f"{W}name") for mark in every(root, "//w:bookmarkStart")}
    assert every(xml(write(document())), "//w:p[w:pPr/w:pStyle/@w:val='TOC1']") == []


def test_what_to_do_in_protected_view_stands_before_the_first_question() -> None:
    text = "".join(t.text or "" for t in xml(write(document())).iter(f"{W}t"))
    assert 0 < text.index("Aktivera redigering") < text.index("Frågor av alla slag")


def test_header_rows_repeat_and_rows_are_not_split() -> None:
    root = xml(write(document()))
    for grid in every(root, "//w:tbl[w:tr/w:tc//w:p/w:pPr/w:pStyle/@w:val='ColumnHead']"):
        assert every(grid, "w:tr[1]/w:trPr/w:tblHeader")
        for row in every(grid, "w:tr[not(.//w:tag[contains(@w:val, 'paragraph')])]"):
            assert every(row, "w:trPr/w:cantSplit")


def test_columns_without_room_become_cards() -> None:
    assert as_cards(table("a.b", ("text", "organisation", "email", "period", "date", "phone")))
    assert not as_cards(table("a.b", ("text", "select_one", "date", "integer", "organisation")))


def test_numbered_lists_begin_at_one_each() -> None:
    root = xml(write(long_document()))
    numbers = [
        each.get(f"{W}val") for each in every(root, "//w:p[w:pPr/w:pStyle/@w:val='ListNumber']/w:pPr/w:numPr/w:numId")
    ]
    assert numbers == ["3"] * 3 + ["4"] * 3


@pytest.mark.parametrize("colour", ["#0B4F5C", "#FFD400", "#C05000", "#000000", "#FFFFFF", "#77AAFF"])
def test_every_ink_is_readable_on_what_it_stands_on(colour: str) -> None:
    made = palette(colour)
    pairs = [
        (made.accent, WHITE),
        (made.accent, made.tint),
        (INK, made.tint),
        (INK, PAPER),
        (QUIET, WHITE),
        (QUIET, PAPER),
    ]
    pairs += [(OCHRE, WHITE), (OCHRE, made.tint), (QUIET, made.tint)]
    assert [pair for pair in pairs if contrast(*pair) < MIN_CONTRAST] == []


def test_sections_without_questions_are_written() -> None:
    empty = replace(document(), sections=(Section("a", "1", "Tomt", ()),))
    assert every(xml(write(empty)), "//w:p[w:pPr/w:pStyle/@w:val='Heading1']")
    assert NS
