"""Names in a workbook: of sheets, of defined names, of cells and ranges as formulas spell them."""

import hashlib
import re
from collections.abc import Iterable
from functools import cache

MAX_SHEET_NAME = 31  # characters; [MS-OI29500] 2.1.709
MAX_DEFINED_NAME = 255  # characters; ECMA-376 part 1, 18.2.5

# What a sheet's name may not hold (ECMA-376 part 1, 18.2.19 and Excel itself), and what stands there instead.
_NOT_IN_SHEET_NAME = str.maketrans(dict.fromkeys("[]*?", " ") | dict.fromkeys("/\\", "-") | {":": " –"})


class Unique:
    """Hands out names that differ by more than case, none longer than a limit."""

    def __init__(self, limit: int, taken: Iterable[str] = ()) -> None:
        self._limit = limit
        self._taken = {name.casefold() for name in taken}

    def take(self, wanted: str) -> str:
        """The name wanted, cut to the limit; with a number behind it if somebody has it already."""
        name = _cut(wanted, self._limit)
        number = 2
        while name.casefold() in self._taken:
            tail = f" ({number})" if " " in wanted or self._limit == MAX_SHEET_NAME else f"_{number}"
            name = _cut(wanted, self._limit - len(tail)) + tail
            number += 1
        self._taken.add(name.casefold())
        return name


def _cut(name: str, limit: int) -> str:
    """The name within a limit: a sheet's at a word, a defined name's with a digest of what was cut."""
    if len(name) <= limit:
        return name
    if limit > MAX_SHEET_NAME:
        return f"{name[: limit - 13]}_{hashlib.sha256(name.encode()).hexdigest()[:12]}"
    head = name[:limit]
    at_word = head.rsplit(" ", 1)[0].rstrip(" ,;-–")
    return at_word if len(at_word) >= limit // 2 else head.rstrip()


def sheet_title(title: str) -> str:
    """A title with what no sheet's name may hold replaced, and blanks and apostrophes off its ends."""
    return " ".join(title.translate(_NOT_IN_SHEET_NAME).split()).strip("' ") or "-"


def defined_name(key: str) -> str:
    """The defined name for a key: ``section.field`` is ``section_field``."""
    return re.sub(r"\W", "_", key)


def column_letters(col: int) -> str:
    """The letters of a column counted from 0."""
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    """The number, from 0, of a column's letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def a1(row: int, col: int, *, absolute: bool = False) -> str:
    """The cell's reference; row and column counted from 0."""
    mark = "$" if absolute else ""
    return f"{mark}{column_letters(col)}{mark}{row + 1}"


def quoted(sheet: str) -> str:
    """A sheet's name as a formula spells it."""
    return "'" + sheet.replace("'", "''") + "'"


def a1_range(first: tuple[int, int], last: tuple[int, int], sheet: str = "") -> str:
    """A range with ``$``, within a sheet or of the one where it stands."""
    text = a1(*first, absolute=True)
    if first != last:
        text += ":" + a1(*last, absolute=True)
    return f"{quoted(sheet)}!{text}" if sheet else text
