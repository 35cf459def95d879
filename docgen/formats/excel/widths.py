"""How much room a text needs, so that columns and rows show what they hold.

Widths are in the unit of ``col/@width`` (ECMA-376 part 1, 18.3.1.13): one digit of the workbook's default font.
"""

import math

LINE_10_PT = 13.2  # points from line to line in Arial 10 pt
TALLEST = 409.0  # points, of a row (Excel's own limit)
_NARROW = frozenset("ijlI.,:;'|!()[]ft -/r\N{NO-BREAK SPACE}")
_BROAD = frozenset("mwMWÅÄÖÆ@%—…")

# Parts of a digit's width in Arial: 278/556, 833/556, 690/556 and 530/556 units of its metrics.
_WIDTHS = {"narrow": 0.52, "broad": 1.5, "upper": 1.24, "other": 0.97}


def _width(character: str) -> float:
    if character in _NARROW:
        return _WIDTHS["narrow"]
    if character in _BROAD:
        return _WIDTHS["broad"]
    return _WIDTHS["upper"] if character.isupper() else _WIDTHS["other"]


def measure(text: str, points: float = 10, *, bold: bool = False) -> float:
    """The width of a line of text in Arial of a size, in column widths."""
    return sum(map(_width, text)) * points / 10 * (1.08 if bold else 1.0)


def lines(text: str, width: float, points: float = 10, *, bold: bool = False) -> int:
    """How many lines a text takes in a column, broken between words; a word too long for a line is broken anywhere."""
    room = max(width - 1.2, 1.0)
    return sum(_wrapped(part, room, points, bold=bold) for part in text.split("\n"))


def _wrapped(text: str, room: float, points: float, *, bold: bool) -> int:
    count, used = 1, 0.0
    blank = measure(" ", points, bold=bold)
    for word in text.split(" "):
        width = measure(word, points, bold=bold)
        if used and used + blank + width > room:
            count, used = count + 1, 0.0
        used += width + (blank if used else 0.0)
        if used > room:
            more = math.ceil(used / room) - 1
            count, used = count + more, used - more * room
    return count


def longest_word(text: str, points: float = 10, *, bold: bool = False) -> float:
    """The width of the longest word."""
    return max((measure(word, points, bold=bold) for word in text.split()), default=0.0)
