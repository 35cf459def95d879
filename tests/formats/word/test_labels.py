"""Where controls and bookmarks are gone, labels tell: one that looks like another is never taken for it."""

from dataclasses import replace

import pytest

from docgen.document import Document, Question
from docgen.formats.opc import XmlElement
from docgen.formats.word.findings import added
from docgen.formats.word.reader import read
from docgen.formats.word.writer import write
from tests.formats.samples import document, slot, spec
from tests.formats.word import edits
from tests.formats.word.edits import every, found, snippet
from tests.formats.word.test_reading import RUN, texts

LABELS = ("Start", "Status", "Antal män i planen", "Antal barn i planen")
SAID = {f"alike.c{place}": f"svar {place}" for place in range(len(LABELS))}


def alike(hint: str = "") -> Document:
    """A document of questions whose labels are alike, all of them required."""
    given = document()
    asked = tuple(
        Question(slot(f"alike.c{place}", spec("text"), label, required=True, hint=hint))
        for place, label in enumerate(LABELS)
    )
    return replace(given, sections=(replace(given.sections[0], key="alike", blocks=asked), given.sections[2]))


def answered(root: XmlElement) -> list[XmlElement]:
    """Every question answered, then controls and bookmarks taken away; the rows."""
    rows = every(root, "//w:tr[.//w:tag[starts-with(@w:val, 'alike.c')]]")
    for place, row in enumerate(rows):
        found(row, "w:tc[2]")[1:] = [snippet(f"<w:p>{RUN.format(f'svar {place}')}</w:p>")]
    edits.strip_controls(root)
    edits.strip_bookmarks(root)
    return rows


@pytest.mark.parametrize("hint", ["", "Skriv kort, en rad räcker gott."])
@pytest.mark.parametrize("order", [(3, 2, 1, 0), (1, 0, 3, 2), (2, 0, 3, 1)])
def test_rows_in_another_order_keep_their_answers(order: tuple[int, ...], hint: str) -> None:
    def change(root: XmlElement) -> None:
        rows = answered(root)
        table = rows[0].getparent()
        assert table is not None
        table.extend([rows[place] for place in order])

    asked = alike(hint)
    reading = read(edits.edit(write(asked), change), asked)
    assert texts(reading) == SAID
    assert reading.unplaced == ()


@pytest.mark.parametrize("gone", range(len(LABELS)))
def test_a_row_that_is_gone_takes_no_others_answer(gone: int) -> None:
    def change(root: XmlElement) -> None:
        rows = answered(root)
        table = rows[0].getparent()
        assert table is not None
        table.remove(rows[gone])
        table.insert(2, rows[(gone + 1) % len(rows)])

    asked = alike()
    reading = read(edits.edit(write(asked), change), asked)
    assert texts(reading) == {key: text for key, text in SAID.items() if key != f"alike.c{gone}"}


def test_an_edited_label_is_still_known() -> None:
    def change(root: XmlElement) -> None:
        answered(root)
        found(root, "//w:t[.='Antal barn i planen']").text = "Antal barnen i planen"

    asked = alike()
    assert texts(read(edits.edit(write(asked), change), asked)) == SAID


@pytest.mark.parametrize(
    ("actual", "said"),
    [("20 st 2", "20 st"), ("2 av 2", "2 av 2"), ("2: nej", ": nej"), ("ja 2 nej", "ja\nnej"), ("12", "12")],
)
def test_only_what_was_added_to_printed_words_is_told(actual: str, said: str) -> None:
    assert added("2", actual) == said


@pytest.mark.parametrize("keys", ["none", "one"])
def test_answers_merged_into_one_cell_are_nobodys(keys: str) -> None:
    """Two cells above each other made one: what no key tells apart stands under neither question."""

    def change(root: XmlElement) -> None:
        rows = every(root, "//w:tr[.//w:tag[starts-with(@w:val, 'alike.c')]]")
        if keys == "none":
            answered(root)
        else:
            edits.type_into(root, "alike.c0", RUN.format("svar 0"))
            found(rows[1], "w:tc[2]")[1:] = [snippet(f"<w:p>{RUN.format('svar 1')}</w:p>")]
        upper, lower = (found(row, "w:tc[2]") for row in rows[:2])
        upper.extend(list(lower)[1:])
        lower[1:] = [snippet("<w:p/>")]
        found(upper, "w:tcPr").append(snippet("<w:vMerge w:val='restart'/>"))
        found(lower, "w:tcPr").append(snippet("<w:vMerge/>"))

    asked = alike()
    reading = read(edits.edit(write(asked), change), asked)
    kept = {key: text for key, text in texts(reading).items() if key in {"alike.c0", "alike.c1"}}
    assert kept == ({} if keys == "none" else {"alike.c0": "svar 0"})
    assert [each.text for each in reading.unplaced] == ["svar 0\nsvar 1" if keys == "none" else "svar 1"]
