"""The keys to an answer: its control's tag, its bookmark, its place in a table, its label.

1. Any one of them that is left alone finds the answer, and the answer says which it was and how sure that is.
2. Any two that disagree place nothing: the text is told without a place, in a problem that names both.
3. Cells that somebody merged give each answer what its own marks hold; what nothing divides is without a place.
4. Tables that somebody copied, split or took apart give back what they held, each answer under its own question.
"""

import copy
from collections.abc import Callable

import pytest

from docgen.formats.opc import XmlElement
from docgen.formats.word.ooxml import bookmark_name
from docgen.response import Reading
from tests.formats.word import edits
from tests.formats.word.edits import W, every, found, snippet, type_into
from tests.formats.word.test_reading import RUN, changed, clean, filled, texts

PLACE = "signing.place"  # the only question of its section, on a row with its label
ONE, TWO = "sample.grid[1].text", "sample.grid[2].text"
Change = Callable[[XmlElement], object]


def cell_of(root: XmlElement, tag: str) -> XmlElement:
    return found(root, f"//w:tc[.//w:tag/@w:val='{tag}']")


def grid_of(root: XmlElement, tag: str) -> XmlElement:
    return found(root, f"//w:tbl[.//w:tag/@w:val='{tag}']")


def answer(root: XmlElement, **said: str) -> None:
    """Type into controls; keys are the names below."""
    for name, text in said.items():
        type_into(root, {"one": ONE, "two": TWO, "ort": PLACE}[name], RUN.format(text))


def paragraph_of(root: XmlElement, tag: str) -> XmlElement:
    return found(cell_of(root, tag), "w:p")


def without(root: XmlElement, *keys: str) -> None:
    if "tag" in keys:
        edits.strip_controls(root)
    if "bookmark" in keys:
        edits.strip_bookmarks(root)


def instead_of_table(root: XmlElement, *new: XmlElement) -> None:
    """The table of the last question gives way to something else."""
    old = grid_of(root, PLACE)
    for each in new:
        old.addprevious(each)
    parent = old.getparent()
    assert parent is not None
    parent.remove(old)


def loose(*gone: str, label: str = "") -> Change:
    """The answer stands in a paragraph of its own, with only some of its keys."""

    def change(root: XmlElement) -> None:
        answer(root, ort="Näs")
        line = paragraph_of(root, PLACE)
        if label:
            line.insert(1, snippet(RUN.format(f"{label}: ")))
        instead_of_table(root, line)
        without(root, *gone)

    return change


def in_place(root: XmlElement) -> None:
    answer(root, ort="Näs")
    without(root, "tag", "bookmark")


# 1


@pytest.mark.parametrize(
    ("change", "by", "sure"),
    [
        (lambda root: answer(root, ort="Näs"), "tag", 1.0),
        (loose("bookmark"), "tag", 1.0),
        (loose("tag"), "bookmark", 0.95),
        (in_place, "place", 0.9),
        (loose("tag", "bookmark", label="Ort"), "label", 0.9),
        (loose("tag", "bookmark", label="ort"), "label", 0.9),
    ],
)
def test_one_key_is_enough(change: Change, by: str, sure: float) -> None:
    reading = changed(change)
    assert texts(reading) == {PLACE: "Näs"}
    assert (filled(reading)[PLACE].by, filled(reading)[PLACE].sure) == (by, sure)
    assert clean(reading)


def test_no_key_places_nothing() -> None:
    reading = changed(loose("tag", "bookmark"))
    assert texts(reading) == {}
    assert [(each.where, each.text) for each in reading.unplaced] == [("Avsnitt 8b", "Näs")]


# 2


def other_bookmark(root: XmlElement) -> None:
    """Around the answer stands the bookmark of another."""
    for mark in every(root, f"//w:bookmarkStart[@w:name='{bookmark_name('sample.email')}']"):
        mark.getparent().remove(mark)  # type: ignore[union-attr]
    mark = found(root, f"//w:bookmarkStart[@w:name='{bookmark_name(PLACE)}']")
    mark.set(f"{W}name", bookmark_name("sample.email"))


def tag_and_bookmark(root: XmlElement) -> None:
    answer(root, ort="Näs")
    other_bookmark(root)


def tag_and_bookmark_alone(root: XmlElement) -> None:
    loose()(root)
    other_bookmark(root)


def bookmark_and_place(root: XmlElement) -> None:
    tag_and_bookmark(root)
    without(root, "tag")


def tag_and_place(root: XmlElement) -> None:
    """The control of another answer stands in the cell."""
    type_into(root, "sample.email", RUN.format("Näs"))
    line = paragraph_of(root, "sample.email")
    cell_of(root, PLACE)[1:] = [line]
    without(root, "bookmark")


def tag_and_label(root: XmlElement) -> None:
    tag_and_place(root)
    line = paragraph_of(root, "sample.email")
    line.insert(1, snippet(RUN.format("Ort: ")))
    table = found(root, "//w:tbl[.//w:t='Ort']")
    table.addprevious(line)
    table.getparent().remove(table)  # type: ignore[union-attr]


def bookmark_and_label(root: XmlElement) -> None:
    loose("tag", label="Ort")(root)
    other_bookmark(root)


def in_a_persons_table(change: Change) -> Change:
    """The answer stands beside its label in a table that a person made."""

    def made(root: XmlElement) -> None:
        answer(root, ort="Näs")
        change(root)
        new = snippet("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Eget</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")
        row = found(root, "//w:tr[.//w:t='Ort']")
        table = row.getparent()
        assert table is not None
        new.extend([copy.deepcopy(row) for _ in range(1)])
        table.addprevious(new)
        table.getparent().remove(table)  # type: ignore[union-attr]

    return made


@pytest.mark.parametrize(
    "change",
    [
        tag_and_bookmark,
        tag_and_bookmark_alone,
        bookmark_and_place,
        tag_and_place,
        tag_and_label,
        bookmark_and_label,
    ],
)
def test_keys_that_disagree_place_nothing(change: Change) -> None:
    reading = changed(change)
    assert texts(reading) == {}
    assert [each.text.removeprefix("Ort: ") for each in reading.unplaced] == ["Näs"]
    assert [each.code for each in reading.problems] == ["keys-disagree"]
    assert set(reading.problems[0].args.values()) == {"Avsnitt 8b, Ort", "Avsnitt 1, E-post"}


@pytest.mark.parametrize("gone", [(), ("bookmark",), ("tag",)])
def test_answers_dragged_into_each_others_cells(gone: tuple[str, ...]) -> None:
    def change(root: XmlElement) -> None:
        answer(root, one="ett", two="två")
        one, two = paragraph_of(root, ONE), paragraph_of(root, TWO)
        cells = cell_of(root, ONE), cell_of(root, TWO)
        cells[0][1:], cells[1][1:] = [two], [one]
        without(root, *gone)

    reading = changed(change)
    assert texts(reading) == {}
    assert sorted(each.text for each in reading.unplaced) == ["ett", "två"]
    assert [each.code for each in reading.problems] == ["keys-disagree", "keys-disagree"]


def test_a_control_copied_to_another_row_is_that_rows_answer() -> None:
    def change(root: XmlElement) -> None:
        answer(root, one="samma")
        new = copy.deepcopy(paragraph_of(root, ONE))
        edits.strip_bookmarks(new)
        cell_of(root, TWO)[1:] = [*every(new, "self::w:p")]

    reading = changed(change)
    assert texts(reading) == {ONE: "samma", TWO: "samma"}
    assert clean(reading)


def test_a_control_copied_to_another_question_is_not_that_questions_answer() -> None:
    def change(root: XmlElement) -> None:
        answer(root, one="samma")
        cell_of(root, PLACE)[1:] = [copy.deepcopy(paragraph_of(root, ONE))]

    reading = changed(change)
    assert texts(reading) == {ONE: "samma"}
    assert [(each.where, each.text) for each in reading.unplaced] == [("Avsnitt 8b, Ort", "samma")]
    assert [each.code for each in reading.problems] == ["keys-disagree"]


# 3


def merge_across(root: XmlElement, one: str, other: str) -> XmlElement:
    """Two cells beside one another become one, as Word merges them: its paragraphs one after another."""
    left, right = cell_of(root, one), cell_of(root, other)
    span = snippet("<w:gridSpan w:val='2'/>")
    found(left, "w:tcPr").insert(1, span)
    left.extend(every(right, "*[not(self::w:tcPr)]"))
    right.getparent().remove(right)  # type: ignore[union-attr]
    return left


def merge_down(root: XmlElement, one: str, other: str) -> XmlElement:
    """Two cells above one another become one."""
    upper, lower = cell_of(root, one), cell_of(root, other)
    found(upper, "w:tcPr").append(snippet("<w:vMerge w:val='restart'/>"))
    found(lower, "w:tcPr").append(snippet("<w:vMerge/>"))
    upper.extend(every(lower, "*[not(self::w:tcPr)]"))
    lower.append(snippet("<w:p/>"))
    return upper


CHOICE = "sample.grid[1].select_one"
MERGES = [(merge_across, CHOICE), (merge_down, TWO)]
Merge = Callable[[XmlElement, str, str], XmlElement]


@pytest.mark.parametrize(("merge", "other"), MERGES)
@pytest.mark.parametrize("gone", [(), ("bookmark",), ("tag",)])
def test_merged_answers_that_keep_their_own_marks(merge: Merge, other: str, gone: tuple[str, ...]) -> None:
    def change(root: XmlElement) -> None:
        type_into(root, ONE, RUN.format("ett"))
        type_into(root, other, RUN.format("Nu"))
        merge(root, ONE, other)
        without(root, *gone)

    reading = changed(change)
    assert texts(reading) == {ONE: "ett", other: "Nu"}
    assert clean(reading)


def undivided(reading: Reading, other: str, left: list[str]) -> None:
    named = {CHOICE: "Delmål 1, Prioritering", TWO: "Delmål 2, Rubrik på förslaget"}[other]
    assert [each.text for each in reading.unplaced] == left
    assert [each.code for each in reading.problems] == ["cells-merged"]
    assert reading.problems[0].args == {"places": f"Avsnitt 2, Delmål 1, Rubrik på förslaget / Avsnitt 2, {named}"}
    assert named in reading.unplaced[0].where


@pytest.mark.parametrize(("merge", "other"), MERGES)
def test_merged_answers_of_which_one_keeps_its_mark(merge: Merge, other: str) -> None:
    """The control of the first is left; the other's text stands beside it."""

    def change(root: XmlElement) -> None:
        type_into(root, ONE, RUN.format("ett"))
        merge(root, ONE, other)
        own = found(root, f"//w:p[.//w:tag/@w:val='{other}']")
        own[:] = [snippet(RUN.format("Nu"))]
        without(root, "bookmark")

    reading = changed(change)
    assert texts(reading) == {ONE: "ett"}
    undivided(reading, other, ["Nu"])


@pytest.mark.parametrize(("merge", "other"), MERGES)
@pytest.mark.parametrize("kept", ["none", "one around both", "both around both"])
def test_merged_answers_that_nothing_divides(merge: Merge, other: str, kept: str) -> None:
    def change(root: XmlElement) -> None:
        type_into(root, ONE, RUN.format("ett"))
        type_into(root, other, RUN.format("Nu"))
        cell = merge(root, ONE, other)
        without(root, "tag", "bookmark")
        for number, tag in enumerate({"none": [], "one around both": [ONE]}.get(kept, [ONE, other])):
            start = snippet(f"<w:bookmarkStart w:id='{900 + number}' w:name='{bookmark_name(tag)}'/>")
            found(cell, "w:p").addprevious(start)
            cell.append(snippet(f"<w:bookmarkEnd w:id='{900 + number}'/>"))

    reading = changed(change)
    assert texts(reading) == {}
    if kept == "both around both":
        assert [each.code for each in reading.problems] == ["keys-disagree"]
        assert [each.text for each in reading.unplaced] == ["ett\nNu"]
    else:
        undivided(reading, other, ["ett\nNu"])


@pytest.mark.parametrize(("merge", "other"), MERGES)
def test_merged_cells_without_an_answer_are_no_problem(merge: Merge, other: str) -> None:
    def change(root: XmlElement) -> None:
        merge(root, ONE, other)
        without(root, "tag", "bookmark")

    reading = changed(change)
    assert texts(reading) == {}
    assert clean(reading)


@pytest.mark.parametrize("gone", [(), ("tag",), ("tag", "bookmark")])
def test_an_answer_merged_with_its_label(gone: tuple[str, ...]) -> None:
    def change(root: XmlElement) -> None:
        answer(root, ort="Näs")
        answer_cell = cell_of(root, PLACE)
        label = answer_cell.getprevious()
        assert label is not None
        found(label, "w:tcPr").insert(1, snippet("<w:gridSpan w:val='2'/>"))
        label.extend(every(answer_cell, "*[not(self::w:tcPr)]"))
        answer_cell.getparent().remove(answer_cell)  # type: ignore[union-attr]
        without(root, *gone)

    reading = changed(change)
    assert texts(reading) == {PLACE: "Näs"}
    assert clean(reading)


@pytest.mark.parametrize("gone", [(), ("tag",), ("tag", "bookmark")])
def test_a_long_answer_merged_with_the_label_above_it(gone: tuple[str, ...]) -> None:
    def change(root: XmlElement) -> None:
        found(edits.control(root, "sample.paragraph"), "w:sdtContent/w:p")[1:] = [snippet(RUN.format("Det är bra."))]
        lower = cell_of(root, "sample.paragraph")
        upper = found(grid_of(root, "sample.paragraph"), "w:tr[1]/w:tc[1]")
        found(upper, "w:tcPr").append(snippet("<w:vMerge w:val='restart'/>"))
        found(lower, "w:tcPr").append(snippet("<w:vMerge/>"))
        upper.extend(every(lower, "*[not(self::w:tcPr)]"))
        lower.append(snippet("<w:p/>"))
        without(root, *gone)

    reading = changed(change)
    assert texts(reading) == {"sample.paragraph": "Det är bra."}
    assert clean(reading)


# 4


def test_a_table_pasted_into_an_answer_is_the_answer() -> None:
    rows = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:p>{RUN.format(t)}</w:p></w:tc>' for t in row)}</w:tr>" for row in ("ab", "cd")
    )

    def change(root: XmlElement) -> None:
        answer(root, ort="Näs")
        cell_of(root, PLACE)[1:] = [snippet(f"<w:tbl>{rows}</w:tbl>"), snippet("<w:p/>")]

    reading = changed(change)
    assert texts(reading) == {PLACE: "a\nb\nc\nd"}
    assert clean(reading)


def test_one_of_our_tables_pasted_into_an_answer() -> None:
    """What has marks of other answers is no part of this one."""

    def change(root: XmlElement) -> None:
        answer(root, one="ett", ort="Näs")
        new = copy.deepcopy(grid_of(root, ONE))
        edits.strip_bookmarks(new)
        cell_of(root, PLACE).append(new)
        cell_of(root, PLACE).append(snippet("<w:p/>"))

    reading = changed(change)
    assert texts(reading) == {ONE: "ett", PLACE: "Näs"}
    assert "ett" in [each.text for each in reading.unplaced]
    assert {each.code for each in reading.problems} == {"keys-disagree"}


@pytest.mark.parametrize("gone", [(), ("tag", "bookmark")])
def test_a_row_copied_twice(gone: tuple[str, ...]) -> None:
    def change(root: XmlElement) -> None:
        answer(root, two="två")
        row = found(root, f"//w:tr[.//w:tag/@w:val='{TWO}']")
        for _ in range(2):
            new = copy.deepcopy(row)
            edits.strip_bookmarks(new)
            row.addnext(new)
        without(root, *gone)

    reading = changed(change)
    assert texts(reading) == {TWO: "två", "sample.grid[4].text": "två", "sample.grid[5].text": "två"}
    assert reading.unplaced == ()
    assert [each.code for each in reading.problems] == ["row-number-twice"] * 2


@pytest.mark.parametrize("gone", [(), ("tag", "bookmark")])
def test_a_question_copied_twice_has_one_answer(gone: tuple[str, ...]) -> None:
    def change(root: XmlElement) -> None:
        answer(root, ort="Näs")
        row = found(root, f"//w:tr[.//w:tag/@w:val='{PLACE}']")
        for _ in range(2):
            new = copy.deepcopy(row)
            edits.strip_bookmarks(new)
            row.addnext(new)
        without(root, *gone)

    reading = changed(change)
    assert texts(reading) == {PLACE: "Näs"}
    assert [each.text for each in reading.unplaced if each.text != "Ort"] == ["Näs", "Näs"]


@pytest.mark.parametrize("gone", [(), ("tag",), ("bookmark",), ("tag", "bookmark")])
@pytest.mark.parametrize("between", ["", "Vår egen rubrik"])
def test_a_table_split_in_two(gone: tuple[str, ...], between: str) -> None:
    def change(root: XmlElement) -> None:
        answer(root, one="ett", two="två")
        type_into(root, "sample.grid[3].date", RUN.format("2027-06-30"))
        table = grid_of(root, ONE)
        second = copy.deepcopy(table)
        for row in every(second, "w:tr[position() < 3]"):
            second.remove(row)
        for row in every(table, "w:tr[position() > 2]"):
            table.remove(row)
        table.addnext(second)
        table.addnext(snippet(f"<w:p>{RUN.format(between)}</w:p>"))
        without(root, *gone)

    reading = changed(change)
    assert texts(reading) == {ONE: "ett", TWO: "två", "sample.grid[3].date": "2027-06-30"}
    assert [each.text for each in reading.unplaced] == ([between] if between else [])
    assert reading.problems == ()


def test_a_persons_table_after_ours_is_no_part_of_it() -> None:
    def change(root: XmlElement) -> None:
        answer(root, one="ett")
        table = grid_of(root, ONE)
        second = copy.deepcopy(table)
        without(second, "tag", "bookmark")
        for row in every(second, "w:tr"):
            for run in every(row, "w:tc/w:p[not(position() = 1)] | w:tc/w:p/w:r[position() > 1]"):
                run.getparent().remove(run)  # type: ignore[union-attr]
            for text in every(row, "w:tc/w:p/w:r/w:t"):
                text.text = "eget"
        table.addnext(second)
        table.addnext(snippet("<w:p/>"))

    reading = changed(change)
    assert texts(reading) == {ONE: "ett"}
    assert {each.text for each in reading.unplaced} == {"eget"}


@pytest.mark.parametrize("gone", [(), ("tag",), ("bookmark",), ("tag", "bookmark")])
@pytest.mark.parametrize("lost", ["header", "first column", "both"])
def test_a_table_without_its_header_or_numbers(gone: tuple[str, ...], lost: str) -> None:
    def change(root: XmlElement) -> None:
        answer(root, one="ett", two="två")
        type_into(root, "sample.grid[3].integer", RUN.format("7"))
        table = grid_of(root, ONE)
        if lost != "first column":
            table.remove(every(table, "w:tr")[0])
        if lost != "header":
            for row in every(table, "w:tr"):
                row.remove(every(row, "w:tc")[0])
        without(root, *gone)

    reading = changed(change)
    if lost == "both" and gone == ("tag", "bookmark"):
        assert texts(reading) == {}
        assert [each.text for each in reading.unplaced if each.text in {"ett", "två", "7"}] == ["ett", "två", "7"]
        return
    assert texts(reading) == {ONE: "ett", TWO: "två", "sample.grid[3].integer": "7"}
    assert clean(reading)


@pytest.mark.parametrize(("gone", "by"), [((), "tag"), (("tag",), "bookmark"), (("tag", "bookmark"), "label")])
def test_questions_whose_tables_were_made_text(gone: tuple[str, ...], by: str) -> None:
    tags = ("sample.email", "sample.kind", "sample.one_line", "sample.paragraph", PLACE)

    def change(root: XmlElement) -> None:
        for tag in tags[:3]:
            type_into(root, tag, RUN.format(f"svar {tag}"))
        answer(root, ort="Näs")
        holder = found(edits.control(root, "sample.paragraph"), "w:sdtContent")
        holder[:] = [snippet(f"<w:p>{RUN.format(text)}</w:p>") for text in ("ett", "två")]
        without(root, *(("tag",) if gone else ()))
        bookmarks = [found(root, f"//w:bookmarkStart[@w:name='{bookmark_name(tag)}']") for tag in tags]
        tables = [next(mark.iterancestors(f"{W}tbl")) for mark in bookmarks]
        for table in dict.fromkeys(tables):
            for line in every(table, ".//w:tc/w:p | .//w:tc/w:sdt | .//w:tc/w:bookmarkStart | .//w:tc/w:bookmarkEnd"):
                table.addprevious(line)
            table.getparent().remove(table)  # type: ignore[union-attr]
        without(root, *gone)

    reading = changed(change)
    expected = {tag: f"svar {tag}" for tag in tags[:3]} | {"sample.paragraph": "ett\ntvå", PLACE: "Näs"}
    assert {key: text for key, text in texts(reading).items() if key in tags} == expected
    assert {filled(reading)[tag].by for tag in tags} == {by}
    assert clean(reading)


def test_under_a_label_stands_the_answer_and_after_it_a_persons_own_words() -> None:
    def change(root: XmlElement) -> None:
        answer(root, ort="Näs")
        without(root, "tag", "bookmark")
        table = found(root, "//w:tbl[.//w:t='Ort']")
        for line in (*every(table, ".//w:p"), snippet(f"<w:p>{RUN.format('Eget')}</w:p>")):
            table.addprevious(line)
        table.getparent().remove(table)  # type: ignore[union-attr]

    reading = changed(change)
    assert texts(reading) == {PLACE: "Näs"}
    assert [each.text for each in reading.unplaced] == ["Eget"]


@pytest.mark.parametrize(("kept", "placed"), [(False, True), (True, False)])
def test_a_label_before_all_sections_is_that_of_a_question_without_a_place(*, kept: bool, placed: bool) -> None:
    """Where the question stands empty in its own place, somebody who writes of it elsewhere may mean another."""

    def change(root: XmlElement) -> None:
        table = grid_of(root, PLACE)
        found(root, "//w:body").insert(0, snippet(f"<w:p>{RUN.format('Ort: Näs')}</w:p>"))
        if not kept:
            table.getparent().remove(table)  # type: ignore[union-attr]

    reading = changed(change)
    assert texts(reading) == ({PLACE: "Näs"} if placed else {})
    assert [each.text for each in reading.unplaced] == ([] if placed else ["Ort: Näs"])


def test_a_card_that_was_made_text() -> None:
    """Its labels are those of one card only; what its heading says is told, for it may be anybody's."""

    def change(root: XmlElement) -> None:
        type_into(root, "tables.cards[2].email", RUN.format("a@b.se"))
        type_into(root, "tables.cards[1].email", RUN.format("c@d.se"))
        without(root, "tag", "bookmark")
        table = found(root, "//w:tbl[.//w:t='Risk 2']")
        for line in every(table, ".//w:tc/w:p"):
            table.addprevious(line)
        table.getparent().remove(table)  # type: ignore[union-attr]

    reading = changed(change)
    assert texts(reading) == {"tables.cards[1].email": "c@d.se", "tables.cards[2].email": "a@b.se"}
    assert [each.text for each in reading.unplaced] == ["Risk 2"]
