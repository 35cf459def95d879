"""What programs and people rearrange: titles of tables turned into paragraphs, lines that changed places, copied cards."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from docgen.formats.word.blocks import FileBlock, FileTable, Paragraph
from docgen.values import same_words


def captions(blocks: Sequence[FileBlock], titles: Sequence[str]) -> Iterator[int]:
    """The titles of tables (17.4.62) that an editor made paragraphs of, each right above a table."""
    keys = {same_words(title) for title in titles if title}
    for place, (block, below) in enumerate(pairwise(blocks)):
        if isinstance(block, Paragraph) and isinstance(below, FileTable) and same_words(block.text) in keys:
            yield place


def swapped(
    wanted: Sequence[str | None], present: Sequence[str | None], pairs: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Printed lines that changed places with a neighbour: pairs (index in ``wanted``, index in ``present``).

    Args:
        wanted: the words of each printed line, None for what is no line.
        present: the words of each line of the file, None for what is no line.
        pairs: those that were found in order.
    """
    found, used = dict(pairs), {other for _, other in pairs}
    moved = []
    for one, key in enumerate(wanted):
        if one in found or key is None:
            continue
        beside = [found[one + step] + step for step in (1, -1) if one + step in found]
        alike = [place for place in beside if 0 <= place < len(present) and present[place] == key and place not in used]
        if alike:
            moved.append((one, alike[0]))
            used.add(alike[0])
    return moved


def copies(cards: Sequence[tuple[int, object, bool]]) -> list[int]:
    """The cards that somebody copied without giving them a number of their own.

    Args:
        cards: of each card its place in the file, the row it says it is, and whether it has bookmarks, which are
            never copied: where two say the same row, the one with them is the printed one, else the first.
    """
    same: dict[object, list[tuple[bool, int]]] = {}
    for place, row, marked in cards:
        same.setdefault(row, []).append((not marked, place))
    return [place for each in same.values() for _, place in sorted(each)[1:]]
