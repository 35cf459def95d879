"""How wide words are in Arial, to give each column of a report what its content needs.

An estimate: whoever lays the file out has the font and decides. Widths are those of the metrically equal Helvetica.
"""

import math
import re
from typing import Final

from docgen.formats.word.ooxml import TEXT_WIDTH_TWIPS

# Thousandths of the type's size, by character; anything else is as wide as a digit.
_WIDTHS: Final = {
    sign: width
    for width, signs in {
        191: "'",
        222: "ijl",
        260: "|",
        278: "ft .,:;!/\\I[]\N{NO-BREAK SPACE}",
        333: "r-()`",
        389: "*",
        500: "ckvxyzsJ",
        584: "+<=>~",
        611: "FTZ",
        667: "ABEKPSVXYÅÄ&",
        722: "CDHNRUw",
        778: "GOQÖ",
        833: "mM",
        889: "%",
        944: "W",
        1000: "—☐☒",
    }.items()
    for sign in signs
}
_DIGIT: Final = 556
_BOLD: Final = 1.07
_SLACK: Final = 1.04  # fonts that stand in for Arial are not quite equal
LINE_TWIPS: Final = 250  # of a cell's text
MARGIN_TWIPS: Final = 200  # left and right of a cell together


def width(text: str, half_points: int = 20, *, bold: bool = False) -> int:
    """How wide a line of text is, in twips, at a size in half-points."""
    thousandths = sum(_WIDTHS.get(sign, _DIGIT) for sign in text)
    return math.ceil(thousandths * half_points * 10 / 1000 * (_BOLD if bold else 1) * _SLACK)


def longest_line(text: str, half_points: int = 20, *, bold: bool = False) -> int:
    """How wide the widest line of a text is when nothing wraps, in twips."""
    return max(width(line, half_points, bold=bold) for line in text.split("\n"))


def longest_word(text: str, half_points: int = 20, *, bold: bool = False) -> int:
    """How wide the widest word of a text is, in twips; words may break after a hyphen, dates and numbers may not."""
    words = re.split(r"(?<=[^\W\d]-)(?=[^\W\d])|[ \t\n]+", text)
    return max(width(word, half_points, bold=bold) for word in words)


def lines(text: str, available: int, half_points: int = 20) -> int:
    """How many lines a text takes in so many twips."""
    return sum(max(1, math.ceil(width(line, half_points) * 1.03 / max(1, available))) for line in text.split("\n"))


def shares(least: list[int], natural: list[int], total: int = TEXT_WIDTH_TWIPS, *, stretch: bool = True) -> list[int]:
    """The widths of columns within a total.

    Each gets what it needs at least; what is left goes to those whose content would still wrap, then (``stretch``) to
    all as they are wide. Sums to the total unless there is more room than content and no stretch is wanted.
    """
    widths = list(least)
    wanted = [max(0, want - have) for want, have in zip(natural, widths, strict=True)]
    spare = total - sum(widths)
    if spare <= 0 or not widths:
        return widths
    given = min(spare, sum(wanted))
    if sum(wanted):
        # The square root gives long texts more, but not everything: rows grow as little as they can.
        weights = [math.sqrt(want) for want in wanted]
        widths = _shared(widths, natural, weights, given)
    left = total - sum(widths)
    if left > 0 and stretch:
        whole = sum(widths)
        widths = [have + left * have // whole for have in widths]
        widths[-1] += total - sum(widths)
    return widths


def _shared(widths: list[int], natural: list[int], weights: list[float], given: int) -> list[int]:
    """Room shared out by weight, none more than it wants; what one does not want goes to the others."""
    widths = list(widths)
    open_ = [place for place, want in enumerate(natural) if want > widths[place]]
    while given > len(open_) and open_:
        whole = sum(weights[place] for place in open_)
        step = {place: int(given * weights[place] / whole) for place in open_}
        used = 0
        for place, extra in step.items():
            taken = min(extra, natural[place] - widths[place])
            widths[place] += taken
            used += taken
        given -= used
        open_ = [place for place in open_ if natural[place] > widths[place]]
        if not used:
            break
    return widths
