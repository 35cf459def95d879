"""Answers that stand beside a label somewhere in their section: in a table or a line that a person made."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from docgen.document import Slot
from docgen.formats.word.added import loose_cell
from docgen.formats.word.blocks import FileTable, Paragraph, TableCell
from docgen.formats.word.content import Content, Piece
from docgen.formats.word.findings import Findings
from docgen.locales import text as say
from docgen.values import same_words

LABEL = 90.0  # of 100: a label, and
AHEAD = 10.0  # so much better than the next
_IN_BRACKETS = re.compile(r"\s*\(([^)]*)\)\s*$")


def loose_table(block: FileTable, slots: Sequence[Slot], findings: Findings, where: str) -> None:
    """A table that is none of ours any more: cells by their marks, or by the label beside or above them."""
    above: TableCell | None = None
    for row in block.rows:
        *others, last = row.cells or [TableCell()]
        label = others[0] if others else above
        slot, sure = by_label(label.text if label else "", slots, findings)
        waits = not others and _only_label(last, slots, findings)
        if slot and label and _is_answer(last, slots, findings):
            findings.label(last.content, slot, where, sure)
            findings.stray(beyond_label(label.text, slot), where)
            others = others[1:]
        else:
            others = row.cells
        for cell in others:
            if not _only_label(cell, slots, findings):
                loose_cell(cell, findings, where)
        above = last if waits else None


def _is_answer(cell: TableCell, slots: Sequence[Slot], findings: Findings) -> bool:
    """Words without a key of their own, that do not begin with a label."""
    lines = [line for line in cell.text.split("\n") if line.strip()]
    return bool(lines) and not cell.content.marks and not any(by_label(line, slots, findings)[0] for line in lines)


def _only_label(cell: TableCell, slots: Sequence[Slot], findings: Findings) -> bool:
    slot, _ = by_label(cell.text, slots, findings)
    return slot is not None and not cell.content.marks and not beyond_label(cell.text, slot)


def loose_paragraphs(group: Sequence[Paragraph], slots: Sequence[Slot], findings: Findings, where: str) -> None:
    """Paragraphs that were not recognised: by their marks, as "Label: answer", or without a place."""
    content = Content(tuple(tuple(paragraph.pieces) for paragraph in group))
    if findings.cell(content, (), where):
        return
    label, colon, answer = content.text.partition(":")
    slot, sure = by_label(label, slots, findings)
    if colon and slot and answer.strip():
        findings.label(Content(((Piece(answer.strip()),),)), slot, where, sure)
        findings.stray(beyond_label(label, slot), where)
    elif content.text.strip():
        findings.stray(content.text, where)


def by_label(text: str, slots: Sequence[Slot], findings: Findings) -> tuple[Slot | None, float]:
    """The one slot of a section, not found yet, whose label these words are; and how sure that is."""
    words = same_words(_IN_BRACKETS.sub("", text.split("\n", maxsplit=1)[0].rstrip(" :")))
    if not words:
        return None, 0.0
    scored = [(max(fuzz.ratio(words, name) for name in _names(slot)), slot) for slot in slots if not slot.read_only]
    scored.sort(key=lambda pair: -pair[0])
    if not scored or scored[0][0] < LABEL or (len(scored) > 1 and scored[0][0] - scored[1][0] < AHEAD):
        return None, 0.0
    sure, slot = scored[0]
    if slot.address in findings.found and not findings.found[slot.address].raw.empty:
        return None, 0.0
    return slot, round(sure / 100 * 0.9, 2)


def _names(slot: Slot) -> frozenset[str]:
    return _same(slot.label, slot.place)


@lru_cache(maxsize=4096)
def _same(*names: str) -> frozenset[str]:
    return frozenset(same_words(name) for name in names)


def beyond_label(text: str, slot: Slot) -> str:
    """What a label's words say besides the label as it was printed; all of it where the label was edited."""
    first, *more = text.split("\n")
    brackets: list[str] = []
    first = first.rstrip(" :")
    while same_words(first) not in _names(slot) and (match := _IN_BRACKETS.search(first)):
        brackets.insert(0, match[1])
        first = first[: match.start()]
    if same_words(first) not in _names(slot):
        return text
    printed = {same_words(each) for each in (say(slot.spec.language, "form.required"), slot.spec.unit, slot.hint)}
    return "\n".join(each for each in (*brackets, *more) if each.strip() and same_words(each) not in printed)
