"""How much words of a file are printed ones that somebody may have edited."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from docgen.formats.word.align import SAME
from docgen.formats.word.cells import Fixed

EDITED = 0.6  # printed words that somebody edited
MIN_EDITED = 8  # characters: shorter words stand inside others by chance
NEAR = 80.0  # of 100


def nearest(cells: Sequence[Fixed], present: str) -> tuple[Fixed | None, float]:
    """The cell whose label words surely are, though somebody edited them, and how much; no two are as near."""
    scored = [(SAME, cell) for cell in cells if present in {cell.key, cell.label}]
    if not scored:
        scored = [
            (near(each.label, present.removesuffix(each.key.removeprefix(each.label)).strip()), each) for each in cells
        ]
        scored.sort(key=lambda pair: -pair[0])
    if not scored or scored[0][0] <= 0 or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None, 0.0
    return scored[0][1], scored[0][0]


def near(printed: str, present: str) -> float:
    """How much words look like printed ones that somebody edited."""
    if len(printed) > MIN_EDITED and printed in present:
        return EDITED
    if 100 * 2 * min(len(printed), len(present)) < NEAR * (len(printed) + len(present)):
        return 0.0  # no two texts so unlike in length are so near
    if [*filter(str.isdigit, printed)] != [*filter(str.isdigit, present)]:  # "Mål 2027" is not "Mål 2028" edited
        return 0.0
    return EDITED * fuzz.ratio(printed, present, score_cutoff=NEAR) / 100
