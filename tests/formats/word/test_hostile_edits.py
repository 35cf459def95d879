"""Several things at once that people and programs do to a file: nothing typed is lost, nothing stands under a wrong question.

Every text answer is a word of its own. After some edits, drawn by chance, each word that is still in the file stands
under its own question or is told without a place.
"""

import copy
import random
from collections.abc import Callable

import pytest

from docgen.formats.opc import XmlElement
from docgen.formats.word.reader import read
from docgen.values import Address
from tests.formats.word import edits
from tests.formats.word.edits import W, every, found, snippet, type_into
from tests.formats.word.test_reading import ASKED, BLANK, RUN

Edit = Callable[[XmlElement, random.Random], None]
KINDS = {"text", "email", "phone", "organisation", "integer", "money", "date"}
WORDS = {
    str(slot.address): f"ord{number}ord"
    for number, slot in enumerate(ASKED.slots())
    if slot.spec.type in KINDS or (slot.spec.type == "select_multiple" and slot.spec.appearance == "minimal")
}
OF_WORD = {word: Address.parse(key) for key, word in WORDS.items()}


def filled_in(root: XmlElement) -> None:
    for key, word in WORDS.items():
        type_into(root, key, RUN.format(word))


def gone(element: XmlElement) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def grids(root: XmlElement) -> list[XmlElement]:
    """Tables with answers in them that have a header and several columns."""
    return [table for table in every(root, "//w:body/w:tbl") if len(every(table, "w:tr[1]/w:tc")) > 2]


def rows(root: XmlElement, chance: random.Random) -> list[XmlElement]:
    table = chance.choice(every(root, "//w:body/w:tbl[count(w:tr) > 2]"))
    return every(table, "w:tr[position() > 1]")


# What loses marks


def some_controls(root: XmlElement, chance: random.Random) -> None:
    for sdt in every(root, "//w:sdt"):
        if chance.random() < 0.5:
            for child in list(found(sdt, "w:sdtContent")):
                sdt.addprevious(child)
            gone(sdt)


def some_bookmarks(root: XmlElement, chance: random.Random) -> None:
    for mark in every(root, "//w:bookmarkStart"):
        if chance.random() < 0.5:
            gone(mark)


def every_control(root: XmlElement, _: random.Random) -> None:
    edits.strip_controls(root)


def every_bookmark(root: XmlElement, _: random.Random) -> None:
    edits.strip_bookmarks(root)


def wrappers(root: XmlElement, chance: random.Random) -> None:
    for element in every(root, chance.choice(["//w:p/w:r", "//w:tc", "//w:tr", "//w:body/w:tbl"])):
        new = snippet("<w:sdt><w:sdtPr><w:tag w:val='goog_rdk_0'/></w:sdtPr><w:sdtContent/></w:sdt>")
        element.addprevious(new)
        new[1].append(element)


# What leaves every row and column its name


def row_moved(root: XmlElement, chance: random.Random) -> None:
    some = rows(root, chance)
    chance.choice(some).addnext(chance.choice(some))


def row_deleted(root: XmlElement, chance: random.Random) -> None:
    gone(chance.choice(rows(root, chance)))


def row_copied(root: XmlElement, chance: random.Random) -> None:
    row = chance.choice(rows(root, chance))
    new = copy.deepcopy(row)
    edits.strip_bookmarks(new)
    row.addnext(new)


def row_added(root: XmlElement, chance: random.Random) -> None:
    row = chance.choice(rows(root, chance))
    cells = "".join(f"<w:tc><w:p>{RUN.format('eget')}</w:p></w:tc>" for _ in every(row, "w:tc"))
    row.addnext(snippet(f"<w:tr>{cells}</w:tr>"))


def columns_swapped(root: XmlElement, chance: random.Random) -> None:
    table = chance.choice(grids(root))
    for row in every(table, "w:tr"):
        cells = every(row, "w:tc")
        if len(cells) > 3:
            cells[3].addnext(cells[2])


def cells_merged(root: XmlElement, chance: random.Random) -> None:
    some = rows(root, chance)
    at = chance.randrange(len(some))
    cells = every(some[at], "w:tc")
    if chance.random() < 0.5 and len(cells) > 1:
        place = chance.randrange(len(cells) - 1)
        left, right = cells[place : place + 2]
        found(left, "w:tcPr").insert(1, snippet("<w:gridSpan w:val='2'/>"))
        left.extend(every(right, "*[not(self::w:tcPr)]"))
        gone(right)
    elif at + 1 < len(some):
        below = every(some[at + 1], "w:tc")
        place = chance.randrange(min(len(cells), len(below)))
        upper, lower = cells[place], below[place]
        found(upper, "w:tcPr").append(snippet("<w:vMerge w:val='restart'/>"))
        found(lower, "w:tcPr").append(snippet("<w:vMerge/>"))
        upper.extend(every(lower, "*[not(self::w:tcPr)]"))
        lower.append(snippet("<w:p/>"))


def table_split(root: XmlElement, chance: random.Random) -> None:
    table = chance.choice(every(root, "//w:body/w:tbl[count(w:tr) > 2]"))
    at = chance.randrange(1, len(every(table, "w:tr")))
    second = copy.deepcopy(table)
    for row in every(second, f"w:tr[position() <= {at}]"):
        gone(row)
    for row in every(table, f"w:tr[position() > {at}]"):
        gone(row)
    table.addnext(second)
    table.addnext(snippet(f"<w:p>{RUN.format('eget')}</w:p>"))


def tables_moved(root: XmlElement, chance: random.Random) -> None:
    one, other = chance.sample(every(root, "//w:body/w:tbl"), 2)
    one.addnext(other)
    one.addnext(snippet("<w:p/>"))


def table_made_text(root: XmlElement, chance: random.Random) -> None:
    table = chance.choice(every(root, "//w:body/w:tbl"))
    for line in every(table, "w:tr/w:tc/*[not(self::w:tcPr)]"):
        table.addprevious(line)
    gone(table)


def words_between(root: XmlElement, chance: random.Random) -> None:
    for block in chance.sample(every(root, "//w:body/w:p | //w:body/w:tbl"), 5):
        block.addprevious(snippet(f"<w:p>{RUN.format('eget')}</w:p>"))


def printed_deleted(root: XmlElement, chance: random.Random) -> None:
    for line in chance.sample(every(root, "//w:body/w:p[not(.//w:sectPr)]"), 5):
        gone(line)


# What does not, so that nothing is to be moved as well


def header_deleted(root: XmlElement, chance: random.Random) -> None:
    gone(every(chance.choice(grids(root)), "w:tr")[0])


def names_deleted(root: XmlElement, chance: random.Random) -> None:
    for row in every(chance.choice(grids(root)), "w:tr"):
        gone(every(row, "w:tc")[0])


LOSSES: list[Edit] = [some_controls, some_bookmarks, every_control, every_bookmark, wrappers]
NAMED: list[Edit] = [
    *(row_moved, row_deleted, row_copied, row_added, columns_swapped, cells_merged, table_split, tables_moved),
    *(table_made_text, words_between, printed_deleted),
]
NAMELESS: list[Edit] = [header_deleted, names_deleted]


def drawn(chance: random.Random) -> list[Edit]:
    shapes = [chance.choice(NAMELESS)] if chance.random() < 0.2 else chance.sample(NAMED, chance.randint(1, 3))
    if table_split in shapes and columns_swapped in shapes:  # columns of a half without a header have no names
        shapes.remove(columns_swapped)
    return [*shapes, *chance.sample(LOSSES, chance.randint(0, 3))]


def changed_file(seed: int) -> tuple[bytes, list[str]]:
    chance = random.Random(seed)
    drawing = drawn(chance)

    def change(root: XmlElement) -> None:
        filled_in(root)
        for each in drawing:
            each(root, chance)

    return edits.edit(BLANK, change), [each.__name__ for each in drawing]


def faults(data: bytes) -> tuple[list[str], list[str]]:
    """The words that stand under a wrong question, and those that stand nowhere."""
    reading = read(data, ASKED)
    in_file = "".join(str(text) for text in edits.xml(data).itertext(f"{W}t"))
    wrong = []
    for each in reading.found:
        for word, home in OF_WORD.items():
            if word in each.raw.text:
                added = home.row is not None and (each.address.row or 0) > 3  # a row that was copied
                same = (each.address.field, each.address.column) == (home.field, home.column)
                if each.address != home and not (added and same):
                    wrong.append(f"{word} of {home} under {each.address}")
    told = " ".join([*(each.raw.text for each in reading.found), *(each.text for each in reading.unplaced)])
    return wrong, [word for word in WORDS.values() if word in in_file and word not in told]


@pytest.mark.parametrize("seed", range(80))
def test_nothing_is_lost_and_nothing_is_wrong(seed: int) -> None:
    data, drawing = changed_file(seed)
    assert faults(data) == ([], []), drawing
