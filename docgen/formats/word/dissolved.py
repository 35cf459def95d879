"""Questions whose table somebody turned into text: label and answer stand under one another, as paragraphs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from docgen.document import Slot
from docgen.formats.word.blocks import FileBlock, Paragraph
from docgen.formats.word.cells import Answer, Fixed, Grid
from docgen.formats.word.content import Content
from docgen.formats.word.findings import BY_ORDER, Findings
from docgen.values import same_words

Left = Sequence[tuple[int, FileBlock]]
"""Blocks that were not recognised, each with its place in the file."""

_LABELLED = frozenset({"form", "stack", "card"})  # how grids look in which each answer follows its label
_OF_SEVERAL_LINES = frozenset({"paragraph", "select_multiple"})


@dataclass(frozen=True)
class _Asked:
    """A question: the lines of its label, what it asks for, and the section as a person says it."""

    lines: tuple[str, ...]
    slot: Slot
    where: str


def place_dissolved(
    left: Left, places: Sequence[str], missing: Sequence[tuple[Grid, str]], findings: Findings
) -> list[tuple[int, FileBlock]]:
    """The answers under the labels of tables that are nowhere; gives the blocks that are left after that.

    Args:
        left: what was not recognised.
        places: the section each block of the file stands in.
        missing: the grids that were not found, each with its section.
        findings: of this reading.
    """
    asked = _asked(missing)
    rest: list[tuple[int, FileBlock]] = []
    at = 0
    while at < len(left):
        place, block = left[at]
        question = asked.get((places[place], _key(block)))
        end = _end(left, at + 1, places, asked) if question else at
        taken = _place(question, left[at:end], findings) if question else 0
        rest += [] if taken else [left[at]]
        at += taken or 1
    return rest


def _key(block: FileBlock) -> str:
    return same_words(block.text) if isinstance(block, Paragraph) else ""


def _asked(missing: Sequence[tuple[Grid, str]]) -> dict[tuple[str, str], _Asked]:
    """The questions by their section and the first line of their label; none of two that begin alike."""
    found = []
    for grid, where in missing:
        cells = [cell for row in grid.rows for cell in row.cells] if grid.look in _LABELLED else []
        for label, answer in pairwise(cells):
            if isinstance(label, Fixed) and isinstance(answer, Answer):
                found.append(_Asked(tuple(same_words(line.text) for line in label.lines), answer.slot, where))
    count = Counter((each.where, each.lines[0]) for each in found)
    return {(each.where, each.lines[0]): each for each in found if count[each.where, each.lines[0]] == 1}


def _end(left: Left, at: int, places: Sequence[str], asked: dict[tuple[str, str], _Asked]) -> int:
    """Where the paragraphs under a label end: at the next label, at a table, or where something was recognised."""
    while at < len(left):
        place, block = left[at]
        if place != left[at - 1][0] + 1 or not isinstance(block, Paragraph) or (places[place], _key(block)) in asked:
            break
        at += 1
    return at


def _place(question: _Asked, blocks: Left, findings: Findings) -> int:
    """How many blocks are the question's: its label and what stands under it; 0 where it is answered elsewhere."""
    taken = 0
    for words in question.lines:
        if taken < len(blocks) and _key(blocks[taken][1]) == words:
            taken += 1
    end = len(blocks) if question.slot.spec.type in _OF_SEVERAL_LINES else taken + 1
    lines = [block for _, block in blocks[taken:end] if isinstance(block, Paragraph)]
    if not findings.waits(question.slot):
        return 0
    findings.at = blocks[0][0]
    content = Content(tuple(tuple(line.pieces) for line in lines))
    findings.cell(content, [question.slot], question.where, BY_ORDER, "label")
    return taken + len(lines)
