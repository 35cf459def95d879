"""What somebody typed beside the answers is named, wherever it stands: in labels, numbers, copies and boxes."""

import copy

import pytest

from docgen.errors import UnreadableFile
from docgen.formats.opc import XmlElement
from docgen.formats.word.package import MAX_BLOCKS
from docgen.response import Reading
from tests.formats.word import edits
from tests.formats.word.edits import control, found, snippet
from tests.formats.word.test_reading import BOXES, RUN, changed, texts


def table(*rows: tuple[str, ...]) -> XmlElement:
    """A person's own table; a newline begins a paragraph."""
    lines = [
        "<w:tr>"
        + "".join(
            "<w:tc>" + "".join(f"<w:p>{RUN.format(line)}</w:p>" for line in cell.split("\n")) + "</w:tc>"
            for cell in row
        )
        + "</w:tr>"
        for row in rows
    ]
    return snippet(f"<w:tbl>{''.join(lines)}</w:tbl>")


def instead(new: XmlElement) -> Reading:
    """The last section's only question replaced by something of a person's."""

    def change(root: XmlElement) -> None:
        old = found(root, "//w:tbl[.//w:tag/@w:val='signing.place']")
        old.addnext(new)
        old.getparent().remove(old)  # type: ignore[union-attr]

    return changed(change)


@pytest.mark.parametrize(
    ("rows", "answer", "left"),
    [
        ([("Ort (egen)", "mitten", "Näs")], "Näs", ["egen", "mitten"]),
        ([("Ort (egen)", "Näs")], "Näs", ["egen"]),
        ([("Ort\negen", "Näs")], "Näs", ["egen"]),
        ([("Ort (obligatorisk)", "Näs")], "Näs", []),
        ([("", "Ort\nNäs")], None, ["Ort\nNäs"]),
        ([("Ort\negen",), ("nästa",)], None, ["Ort\negen", "nästa"]),
        ([("Ort (obligatorisk)",), ("Näs",)], "Näs", []),
    ],
)
def test_what_stands_beside_a_label_in_a_persons_table(
    rows: list[tuple[str, ...]], answer: str | None, left: list[str]
) -> None:
    reading = instead(table(*rows))
    assert texts(reading) == ({"signing.place": answer} if answer else {})
    assert [each.text for each in reading.unplaced] == left


def test_what_stands_in_a_lines_label() -> None:
    reading = instead(snippet(f"<w:p>{RUN.format('Ort (egen): Näs')}</w:p>"))
    assert texts(reading) == {"signing.place": "Näs"}
    assert [each.text for each in reading.unplaced] == ["egen"]


@pytest.mark.parametrize("place", ["heading", "label", "row"])
def test_words_in_an_empty_copy_of_a_card(place: str) -> None:
    def change(root: XmlElement) -> None:
        card = found(root, "//w:tbl[.//w:tag/@w:val='tables.cards[2].text']")
        new = copy.deepcopy(card)
        edits.strip_bookmarks(new)
        card.addnext(new)
        card.addnext(snippet("<w:p/>"))
        if place == "row":
            new.append(table(("eget", ""))[0])
        elif place == "label":
            found(new, "w:tr[2]/w:tc[1]").append(snippet(f"<w:p>{RUN.format('eget')}</w:p>"))
        else:
            found(new, ".//w:t").text = "eget"

    reading = changed(change)
    assert texts(reading) == {}
    assert len(reading.unplaced) == 1
    assert "eget" in reading.unplaced[0].text


def test_words_typed_into_a_boxs_control() -> None:
    def change(root: XmlElement) -> None:
        found(control(root, f"{BOXES}#protection"), "w:sdtContent/w:r/w:t").text = "☒ barn"

    assert texts(changed(change))[BOXES] == "barn"


@pytest.mark.parametrize(
    ("cells", "row", "left"),
    [
        (("734211", ""), None, ["734211"]),
        (("4", ""), None, []),
        (("734211", "ny"), "sample.grid[4].text", ["734211"]),
        (("", "ny", "", "", "", "", "77"), "sample.grid[4].text", ["77"]),
    ],
)
def test_numbers_in_an_added_row(cells: tuple[str, ...], row: str | None, left: list[str]) -> None:
    def change(root: XmlElement) -> None:
        grid = found(root, "//w:tbl[.//w:tag/@w:val='sample.grid[1].text']")
        grid.append(table((*cells, *[""] * (6 - len(cells))))[0])

    reading = changed(change)
    assert texts(reading) == ({row: "ny"} if row else {})
    assert [each.text for each in reading.unplaced] == left


def test_a_file_made_to_exhaust_is_refused() -> None:
    many = "<w:p/>" * (MAX_BLOCKS + 1)
    with pytest.raises(UnreadableFile) as refused:
        changed(lambda root: found(root, "//w:body").extend(list(snippet(f"<w:x>{many}</w:x>"))))
    assert [each.code for each in refused.value.problems] == ["file-hostile"]
