"""The merged plan as a Word file.

1. Every voice and the text of every cell stands in it exactly once.
2. It reads as a report: nothing of a form, no control but where the group decides.
3. Validators and our lint find nothing; the same plan gives the same bytes.
4. It is read back: what the group decides as an answer, anything else that somebody typed as text with its place.
"""

import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.document import PARTNER, Document, Section, Table, Voices
from docgen.formats.opc import XmlElement
from docgen.formats.word.ooxml import TEXT_WIDTH_TWIPS
from docgen.formats.word.palette import OCHRE, PAPER
from docgen.formats.word.pen import shown
from docgen.formats.word.printed import decided
from docgen.formats.word.reader import identify, read
from docgen.formats.word.writer import write
from tests.formats.samples import TYPES
from tests.formats.word import lint
from tests.formats.word.edits import W, edit, every, found, snippet, type_into, xml
from tests.formats.word.plans import PARTNERS, Words, long_plan, only_read, plan, plan_table, texts, unique
from tests.judges import libreoffice, ooxml, pages
from tests.judges.judge import require

PLANS = {
    "plan": plan(),
    "long": long_plan(),
    "read": only_read(plan()),
    "empty": replace(plan(), sections=(), facts=()),
    "en": replace(only_read(plan()), language="en"),
}


def said(data: bytes) -> str:
    """All words of the body, a line a paragraph."""
    return "\n".join(words(paragraph) for paragraph in every(xml(data), "//w:p"))


def words(element: XmlElement) -> str:
    signs = {f"{W}tab": "\t", f"{W}br": "\n"}
    return "".join(signs.get(str(each.tag), each.text or "") for each in element.iter(f"{W}t", *signs))


def counted(data: bytes, wanted: set[str]) -> Counter[str]:
    return Counter(token for token in re.findall(r"\w+", said(data)) if token in wanted)


# 1


@pytest.mark.parametrize("name", PLANS)
def test_every_voice_and_every_cell_stands_there_once(name: str) -> None:
    wanted = unique(PLANS[name])
    assert counted(write(PLANS[name]), wanted) == Counter(wanted)
    assert len(wanted) > 90 or name == "empty"
    assert set(texts(PLANS[name])) <= set(said(write(PLANS[name])).split())


def tables() -> st.SearchStrategy[Table]:
    """Tables of the plan, of any columns and rows."""
    types = st.lists(st.sampled_from(TYPES), min_size=1, max_size=9)
    decisions = st.lists(st.sampled_from(("text", "paragraph", "select_one", "select_multiple", "date")), max_size=2)
    return st.builds(
        lambda types, rows, fixed, cards, decisions, some: plan_table(
            "x.table",
            types,
            Words(),
            rows=rows,
            fixed=fixed,
            cards=cards,
            decisions=decisions,
            partners=PARTNERS[:some],
        ),
        types,
        st.integers(1, 6),
        st.booleans(),
        st.booleans(),
        decisions,
        st.integers(1, 3),
    )


@given(tables())
@settings(max_examples=60, deadline=None)
def test_any_table_is_whole_and_reads_back(table: Table) -> None:
    asked = replace(plan(), sections=(Section("x", "1", "Avsnitt", (table,)),))
    data = write(asked)
    wanted = unique(asked)
    assert counted(data, wanted) == Counter(wanted)
    assert lint.faults(data) == []
    reading = read(data, asked)
    assert (reading.unplaced, reading.problems) == ((), ())
    assert {each.address for each in reading.found} == {slot.address for slot in asked.slots() if decided(slot)}
    for partner in {shown(slot) for slot in asked.slots() if slot.address.column == PARTNER}:
        assert partner in said(data)
    for grid in every(xml(data), "//w:tbl"):
        widths = [int(each.get(f"{W}w", "0")) for each in every(grid, "w:tblGrid/w:gridCol")]
        assert sum(widths) <= TEXT_WIDTH_TWIPS
        for row in every(grid, "w:tr"):
            spans = [int(each.get(f"{W}val", "1")) for each in every(row, "w:tc/w:tcPr/w:gridSpan")]
            assert sum(spans) + len(every(row, "w:tc")) - len(spans) == len(widths)


def test_what_nobody_answered_is_left_out_of_entries() -> None:
    table = plan_table("x.table", ("text", "email"), Words(), cards=True)
    blank = tuple(replace(row, slots=(*row.slots[:-1], replace(row.slots[-1], value=None))) for row in table.rows)
    asked = replace(plan(), sections=(Section("x", "1", "Avsnitt", (replace(table, rows=blank),)),))
    text = said(write(asked))
    assert "Rubrik på förslaget" in text
    assert "E-post" not in text


# 2


def test_the_cover_says_whose_plan_it_is_and_who_did_not_answer() -> None:
    text = said(write(plan()))
    places = [text.index(each) for each in ("Samlad plan", plan().plan, "Svar från 3 av 4", "Inget svar från\nRegion")]
    assert places == sorted(places)
    assert text.count("Aktivera redigering") == 1
    assert "I avsnitten 1, 2 och Kort har gruppen något att besluta om." in text


@pytest.mark.parametrize("name", PLANS)
def test_nothing_of_a_form(name: str) -> None:
    text = said(write(PLANS[name]))
    for words_ in ("Fyll i", "fyller du i", "obligatorisk", "Behöver ni", "required", "Fill in"):
        assert words_ not in text
    if name == "read":
        assert "Aktivera redigering" not in text
        assert every(xml(write(PLANS[name])), "//w:sdt") == []
    if name == "empty":
        assert "Inget svar har kommit." in text


def test_only_what_the_group_decides_is_warm_white_and_each_is_labelled() -> None:
    data = write(plan())
    root = xml(data)
    papers = every(root, f"//w:tc[w:tcPr/w:shd/@w:fill='{PAPER}']")
    asked = [slot for slot in plan().slots() if decided(slot)]
    assert len(papers) == len(asked)
    assert all(every(cell, ".//w:sdt") for cell in papers)
    assert all(cell in papers for cell in every(root, "//w:tc[.//w:sdt]"))
    labels = every(root, "//w:p[w:pPr/w:pStyle/@w:val='Decision']")
    assert {words(each) for each in labels} == {"Gruppens beslut"}


def test_a_name_stands_in_bold_above_what_it_said_and_a_remark_with_its_word() -> None:
    root = xml(write(plan()))
    names = [words(each) for each in every(root, "//w:p[w:pPr/w:pStyle/@w:val='Voice']")]
    entries = [who for block in plan().sections[0].blocks if isinstance(block, Voices) for who, _ in block.entries]
    assert names == [*entries[: len(PARTNERS)], *entries[-2:]]  # the short ones stand in a table of their own
    styles = xml(write(plan()), "word/styles.xml")
    voice = found(styles, "w:style[@w:styleId='Voice']")
    assert every(voice, "w:rPr/w:b")
    assert every(voice, "w:pPr/w:pBdr/w:top")
    remark = found(root, "//w:p[w:pPr/w:pStyle/@w:val='Remark']")
    assert words(remark) == "Obs! Svaren skiljer sig."
    colour = found(styles, "w:style[@w:styleId='Remark']/w:rPr/w:color")
    assert colour.get(f"{W}val") == OCHRE


def grid_of(root: XmlElement, title: str) -> XmlElement:
    return found(root, f"//w:tbl[w:tblPr/w:tblCaption/@w:val='{title}']")


def test_report_tables_repeat_their_header_and_set_numbers_right_and_counts_in_the_middle() -> None:
    root = xml(write(plan()))
    narrow = grid_of(root, "Tabell b.narrow")
    assert every(narrow, "w:tr[1]/w:trPr/w:tblHeader")
    assert [words(each) for each in every(narrow, "w:tr[1]/w:tc")][:2] == ["Nr", "Organisation"]
    sums = every(narrow, "w:tr[last()]/w:tc")
    table = next(each for each in plan().tables() if each.key == "b.narrow")
    total = sum(int(str(row.slots[-1].value)) for row in table.rows)
    assert [words(sums[0]), re.sub(r"\W", "", words(sums[-1]))] == ["Summa", str(total)]
    right = every(narrow, "w:tr/w:tc[4]/w:p/w:pPr/w:jc[@w:val='right']")
    assert len(right) == len(every(narrow, "w:tr")) - 1  # the word for the sum takes three columns
    for title, columns in (("Vad valde de?", [2]), ("Prioritet", [2, 3, 4])):
        counts = grid_of(root, title)
        width = sum(int(each.get(f"{W}w", "0")) for each in every(counts, "w:tblGrid/w:gridCol"))
        assert width < TEXT_WIDTH_TWIPS / 2
        for column in columns:
            middle = every(counts, f"w:tr/w:tc[{column}]/w:p/w:pPr/w:jc[@w:val='center']")
            assert len(middle) == len(every(counts, "w:tr"))


def test_one_organisations_rows_stand_under_its_name() -> None:
    text = said(write(plan()))
    assert f"Tabell b.alone\n{PARTNERS[0]}\nNr\nRubrik" in text


def test_an_entry_is_called_by_its_name_its_number_and_its_organisation() -> None:
    text = said(write(plan()))
    assert f"Delmål 1\t{PARTNERS[0]}" in text
    assert f"Förebyggande arbete\n{PARTNERS[0]}\nSå ser det ut i dag" in text


def test_the_plan_has_its_contents_and_one_kind_of_page() -> None:
    root = xml(write(long_plan()))
    entries = [words(each) for each in every(root, "//w:p[w:pPr/w:pStyle/@w:val='TOC1']")]
    assert entries[:3] == ["1\tRöster", "2\tTabeller", "Kort"]
    assert len(every(root, "//w:sectPr")) == 1


# 3


def test_validators_find_nothing(tmp_path: Path) -> None:
    files = []
    for name, asked in PLANS.items():
        files.append(tmp_path / f"{name}.docx")
        files[-1].write_bytes(write(asked))
    assert ooxml.findings(*files) == ()


@pytest.mark.parametrize("name", PLANS)
def test_our_lint_finds_nothing(name: str) -> None:
    assert lint.faults(write(PLANS[name])) == []


def test_the_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib; from tests.formats.word.plans import plan; from docgen.formats.word.writer import write;"
        "print(hashlib.sha256(write(plan())).hexdigest())"
    )
    runs = {subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout for _ in range(2)}
    assert len(runs) == 1


def test_nothing_is_cut_off_on_paper_and_no_page_is_empty(tmp_path: Path) -> None:
    require(libreoffice.LIBREOFFICE, pages.POPPLER)
    (tmp_path / "plan.docx").write_bytes(write(long_plan()))
    (pdf,) = libreoffice.convert([tmp_path / "plan.docx"], "pdf", tmp_path)
    text = pages.text(pdf)
    assert unique(long_plan()) <= set(re.findall(r"\w+", text))
    sheets = [sheet.split() for sheet in text.split("\f")[:-1]]
    assert all(len(sheet) > 40 for sheet in sheets[:-1])


# 4


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_is_read_back_clean(name: str) -> None:
    asked: Document = PLANS[name]
    data = write(asked)
    assert identify(data).document == asked.identity.document
    reading = read(data, asked)
    assert (reading.unplaced, reading.problems) == ((), ())
    assert [each.address for each in reading.found] == [slot.address for slot in asked.slots() if decided(slot)]
    assert all(each.raw.empty for each in reading.found)


def test_what_the_group_decides_is_read_and_what_else_was_typed_is_kept() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"

    def change(root: XmlElement) -> None:
        type_into(root, "a.first", run.format("Nu"))
        type_into(root, "c.wide[2].d0", run.format("Senare"))
        type_into(root, "b.decided[3].d1", run.format("Tillsammans"))
        voice = found(root, "//w:p[w:pPr/w:pStyle/@w:val='Said']")
        voice.append(snippet(run.format(" och en sak till")))
        found(grid_of(root, "Tabell b.narrow"), "w:tr[3]/w:tc[3]/w:p").append(snippet(run.format(" Fel!")))
        found(root, "//w:p[w:pPr/w:pStyle/@w:val='Heading1']").addnext(snippet(f"<w:p>{run.format('Nytt')}</w:p>"))

    reading = read(edit(write(plan()), change), plan())
    answers = {str(each.address): each.raw.text for each in reading.found if not each.raw.empty}
    assert answers == {"a.first": "Nu", "c.wide[2].d0": "Senare", "b.decided[3].d1": "Tillsammans"}
    assert [(each.where, each.text) for each in reading.unplaced] == [
        ("Avsnitt 1", "Nytt"),
        ("Avsnitt 1", "och en sak till"),
        ("Avsnitt 2", "Fel!"),
    ]


def test_words_that_look_like_an_answer_are_put_under_nobodys_name() -> None:
    def change(root: XmlElement) -> None:
        last = every(root, "//w:body/w:p")[-1]
        last.addprevious(snippet("<w:p><w:r><w:t>Rubrik på förslaget: mitt eget</w:t></w:r></w:p>"))

    reading = read(edit(write(plan()), change), plan())
    assert all(each.raw.empty for each in reading.found)
    assert [each.text for each in reading.unplaced] == ["Rubrik på förslaget: mitt eget"]
