"""Finding the blueprint's own text again: on which sheet, and in which cell now that rows and columns have moved.

Own text counts at its own place only. What is the same words elsewhere is somebody's, and is shown.
"""

import difflib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from docgen.formats.excel import display
from docgen.formats.excel.identity import is_identity_sheet
from docgen.formats.excel.ooxml import Sheet, Workbook
from docgen.formats.excel.places import Book, SheetPlace
from docgen.values import without_control_characters

Spot = tuple[int, int]  # row and column from 0


def words(text: str) -> str:
    """A text as it can stand in a file, with every run of blanks as one: programs differ in which they keep."""
    return " ".join(unicodedata.normalize("NFC", without_control_characters(text)).split())


@dataclass
class Home:
    """A sheet as it came back, beside where it was placed.

    ``anchors`` says where each piece of own text stands now, by where it was placed; ``ids`` where each row id stands;
    ``used`` the cells that are accounted for.
    """

    place: SheetPlace
    sheet: Sheet
    anchors: dict[Spot, Spot] = field(default_factory=dict)
    ids: dict[str, list[Spot]] = field(default_factory=dict)
    used: set[Spot] = field(default_factory=set)


def find_homes(workbook: Workbook, book: Book) -> dict[str, Home]:
    """The sheets of a book in a workbook, by the name each was given; the likest first, each the home of one at most."""
    texts = {sheet.name: _texts(sheet, book.document.language) for sheet in workbook.sheets}
    pairs = [
        (_likeness(place, sheet, workbook, texts[sheet.name]), place, sheet)
        for place in (*book.sections, book.start)
        for sheet in workbook.sheets
        if sheet.name != book.lists.sheet and not is_identity_sheet(sheet)
    ]
    homes: dict[str, Home] = {}
    taken: set[str] = set()
    for likeness, place, sheet in sorted(pairs, key=lambda pair: pair[0], reverse=True):
        if any(likeness) and place.name not in homes and sheet.name not in taken:
            taken.add(sheet.name)
            homes[place.name] = _home(place, sheet, workbook, texts[sheet.name])
    return homes


def _texts(sheet: Sheet, language: str) -> dict[Spot, str]:
    return {
        spot: words(display.shown(cell, language))
        for spot, cell in sheet.cells.items()
        if cell.formula is None and (cell.text or cell.number is not None)
    }


def _likeness(
    place: SheetPlace, sheet: Sheet, workbook: Workbook, texts: Mapping[Spot, str]
) -> tuple[int, int, int, bool, int]:
    """How much speaks for a sheet: its row ids and own text, in quarters; then names that lead there and its own name.

    Names and titles choose between sheets that hold the same; where nothing of this sheet stands they say nothing, for
    a program that renames sheets may leave them behind.
    """
    here = set(texts.values())
    ids = sum(text in here for text in place.ids.values())
    texts_of_place = [words(text) for _, text in place.own()]
    own = sum(text in here for text in texts_of_place)
    titled = sheet.name == place.name and own > 0
    if not ids and own <= len(texts_of_place) / 3 and not titled:
        return 0, 0, 0, False, 0
    led = sum(area is not None and area.sheet == sheet.name for area in map(workbook.names.get, _names(place)))
    return _quarters(ids, len(place.ids)), _quarters(own, len(texts_of_place)), led, titled, own


def _quarters(some: int, of: int) -> int:
    return -(-4 * some // of) if of else 0


def _names(place: SheetPlace) -> Iterator[str]:
    """The defined names of what is asked on a sheet."""
    yield from (question.name for question in place.questions)
    for table in place.tables:
        yield table.number_name
        yield from (column.name for column in table.columns)


def _home(place: SheetPlace, sheet: Sheet, workbook: Workbook, texts: Mapping[Spot, str]) -> Home:
    home = Home(place, sheet)
    wanted = set(place.ids.values())
    for spot, text in sorted(texts.items()):
        if text in wanted:
            home.ids.setdefault(text, []).append(spot)
            home.used.add(spot)
    named = _named(place, sheet, workbook)
    free = {spot: text for spot, text in texts.items() if spot not in named and spot not in home.used}
    home.anchors = _aligned({spot: words(text) for spot, text in place.own()}, free)
    home.used.update(home.anchors.values())
    return home


def _named(place: SheetPlace, sheet: Sheet, workbook: Workbook) -> set[Spot]:
    """The cells that names say hold answers: no own text is looked for there."""
    areas = [workbook.names.get(question.name) for question in place.questions]
    areas += [workbook.names.get(column.name) for table in place.tables for column in table.columns]
    found: set[Spot] = set()
    for area in areas:
        if area is not None and area.sheet == sheet.name:
            found.update(
                (row, col)
                for row, col in sheet.cells
                if area.top <= row <= area.bottom and area.left <= col <= area.right
            )
    return found


def _aligned(own: Mapping[Spot, str], texts: Mapping[Spot, str]) -> dict[Spot, Spot]:
    """Where each piece of own text stands now: at its place, or else in the same order, or else wherever it is alone."""
    found = {spot: spot for spot, text in own.items() if texts.get(spot) == text}
    if len(found) == len(own):
        return found
    if len(found) < 0.9 * len(own):
        found = {}  # rows or columns have moved: what matches at its old place may do so by chance
    left = {spot: text for spot, text in sorted(own.items()) if spot not in found}
    taken = set(found.values())
    known = set(left.values())
    free = {spot: text for spot, text in sorted(texts.items()) if text in known and spot not in taken}
    matcher = difflib.SequenceMatcher(None, list(left.values()), list(free.values()), autojunk=False)
    old, new = list(left), list(free)
    for block in matcher.get_matching_blocks():
        for at in range(block.size):
            found[old[block.a + at]] = new[block.b + at]
    taken = set(found.values())
    for spot, text in left.items():
        if spot not in found:
            same = [each for each, other in free.items() if other == text and each not in taken]
            if len(same) == 1:
                found[spot] = same[0]
                taken.add(same[0])
    return found
