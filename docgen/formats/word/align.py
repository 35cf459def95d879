"""Two sequences laid side by side: the pairs that together score most, in order."""

from collections.abc import Callable, Sequence
from typing import TypeVar

L = TypeVar("L")
R = TypeVar("R")

SAME = 1.0  # a score from here on is certain: pairs at either end are taken without weighing
MAX_PAIRS = 400_000  # beyond, only the ends are compared: a file made to exhaust us is not worth more


def align(left: Sequence[L], right: Sequence[R], score: Callable[[L, R], float]) -> list[tuple[int, int]]:
    """The pairs (index in ``left``, index in ``right``), both rising, with the greatest sum of scores.

    A pair that scores 0 is no pair. What a person did not touch lies at the ends and costs one comparison each.
    """
    start = 0
    while start < min(len(left), len(right)) and score(left[start], right[start]) >= SAME:
        start += 1
    end = 0
    most = min(len(left), len(right)) - start
    while end < most and score(left[-1 - end], right[-1 - end]) >= SAME:
        end += 1
    pairs = [(place, place) for place in range(start)]
    middle = _weigh(left[start : len(left) - end], right[start : len(right) - end], score)
    pairs += [(one + start, other + start) for one, other in middle]
    pairs += [(len(left) - end + place, len(right) - end + place) for place in range(end)]
    return pairs


def _weigh(left: Sequence[L], right: Sequence[R], score: Callable[[L, R], float]) -> list[tuple[int, int]]:
    """Needleman and Wunsch's alignment without a price for gaps."""
    if not left or not right or len(left) * len(right) > MAX_PAIRS:
        return []
    scores = [[score(one, other) for other in right] for one in left]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        row, below, own = best[i], best[i + 1], scores[i]
        for j in range(len(right) - 1, -1, -1):
            paired = below[j + 1] + own[j] if own[j] > 0 else 0.0
            row[j] = max(paired, below[j], row[j + 1])
    pairs = []
    i = j = 0
    while i < len(left) and j < len(right):
        if scores[i][j] > 0 and best[i][j] == best[i + 1][j + 1] + scores[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
