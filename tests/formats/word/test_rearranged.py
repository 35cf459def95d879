"""What editors rearrange on saving, and rows that come in place of deleted ones."""

import copy

import pytest

from docgen.formats.opc import XmlElement
from tests.formats.word import edits
from tests.formats.word.edits import W, every, found, snippet, type_into
from tests.formats.word.test_reading import BOXES, RUN, changed, clean, filled, texts


def remove(element: XmlElement) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def test_a_row_typed_in_place_of_a_deleted_one_is_new() -> None:
    def change(root: XmlElement) -> None:
        row = found(root, "//w:tr[.//w:tag/@w:val='sample.grid[2].text']")
        for cell in every(row, "w:tc"):
            cell[:] = [snippet("<w:p/>")]
        every(row, "w:tc")[1].append(snippet(f"<w:p>{RUN.format('ny')}</w:p>"))

    reading = changed(change)
    assert {key: text.strip() for key, text in texts(reading).items()} == {"sample.grid[4].text": "ny"}
    assert clean(reading)


def test_a_card_copied_where_another_was_deleted_is_new() -> None:
    def change(root: XmlElement) -> None:
        type_into(root, "tables.cards[2].text", RUN.format("andra"))
        card = found(root, "//w:tbl[.//w:tag/@w:val='tables.cards[2].text']")
        new = copy.deepcopy(card)
        edits.strip_bookmarks(new)
        type_into(new, "tables.cards[2].text", RUN.format("ny"))
        card.addprevious(new)
        card.addprevious(snippet("<w:p/>"))
        remove(found(root, "//w:tbl[.//w:tag/@w:val='tables.cards[1].text']"))

    reading = changed(change)
    assert texts(reading) == {"tables.cards[2].text": "andra", "tables.cards[3].text": "ny"}
    assert reading.unplaced == ()
    assert [each.code for each in reading.problems] == ["row-number-twice"]


def test_titles_of_tables_may_become_paragraphs() -> None:
    """pandoc prints the title of a table above it; the same words elsewhere are a person's."""

    def change(root: XmlElement) -> None:
        title = ""
        for table in every(root, "//w:tbl"):
            for caption in every(table, "w:tblPr/w:tblCaption"):
                title = caption.get(f"{W}val", "")
                table.addprevious(snippet(f"<w:p>{RUN.format(title)}</w:p>"))
        found(root, "//w:body/w:p").addnext(snippet(f"<w:p>{RUN.format(title)}</w:p>"))

    reading = changed(change)
    assert filled(reading) == {}
    assert len(reading.unplaced) == 1


def test_two_printed_lines_may_change_places() -> None:
    """pandoc puts the title before the subtitle, whatever their order was."""

    def change(root: XmlElement) -> None:
        title = found(root, "//w:p[w:pPr/w:pStyle/@w:val='Title']")
        found(root, "//w:p[w:pPr/w:pStyle/@w:val='Subtitle']").addprevious(title)

    assert clean(changed(change))


@pytest.mark.parametrize(("style", "text"), [("Normal", "svar"), ("Answer", "\nsvar")])
def test_a_paragraph_that_only_opens_a_bookmark_is_no_line(style: str, text: str) -> None:
    """AbiWord and LibreOffice make one of a bookmark that began between paragraphs; a person's has the answer's style."""

    def change(root: XmlElement) -> None:
        edits.strip_controls(root)
        cell = found(root, "//w:tc[w:bookmarkStart]")
        mark, first = found(cell, "w:bookmarkStart"), found(cell, "w:p")
        first[1:] = [snippet(RUN.format("svar"))]
        holder = snippet(f"<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:rPr/></w:r></w:p>")
        holder.insert(1, mark)
        first.addprevious(holder)

    assert list(texts(changed(change)).values()) == [text]


def test_boxes_taken_out_of_their_table_are_one_answer() -> None:
    def change(root: XmlElement) -> None:
        _tick_and_strip(root)
        table = found(root, "//w:tbl[.//w:t='☒']")
        for paragraph in every(table, ".//w:tc[.//w:t='☒']/w:p"):
            table.addprevious(paragraph)
        remove(table)

    reading = changed(change)
    assert {key: each.raw.chosen for key, each in filled(reading).items()} == {BOXES: ("prevention", "protection")}
    assert filled(reading)[BOXES].by == "bookmark"


def test_boxes_in_one_paragraph_with_breaks_are_read_line_by_line() -> None:
    def change(root: XmlElement) -> None:
        _tick_and_strip(root)
        edits.strip_bookmarks(root)
        first, *others = every(root, "//w:tc[.//w:t='☒']/w:p")
        for paragraph in others:
            first.append(snippet("<w:r><w:br/></w:r>"))
            first.extend(every(paragraph, "w:r"))
            remove(paragraph)

    reading = changed(change)
    assert {key: each.raw.chosen for key, each in filled(reading).items()} == {BOXES: ("prevention", "protection")}
    assert clean(reading)


def _tick_and_strip(root: XmlElement) -> None:
    """Ticks the first and third box; no control is left."""
    for name in ("prevention", "protection"):
        found(edits.control(root, f"{BOXES}#{name}"), ".//w:t").text = "☒"
    edits.strip_controls(root)
