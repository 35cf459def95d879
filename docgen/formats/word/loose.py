"""Answers that stand beside a label somewhere in their section: in a table or a line that a person made."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from rapidfuzz import fuzz

from docgen.document import Slot
from docgen.formats.word.added import loose_cell
from docgen.formats.word.blocks import FileTable, Paragraph, TableCell, TableRow
from docgen.formats.word.content import Content
from docgen.formats.word.findings import Findings
from docgen.locales import text as say
from docgen.values import same_words

LABEL = 90.0  # of 100: a label, and
AHEAD = 10.0  # so much better than the next
_MOST_SIGNS = 2  # after which an answer may begin: a label may hold one of its own
_IN_BRACKETS = re.compile(r"\s*\(([^)]*)\)\s*$")


def loose_table(block: FileTable, findings: Findings, where: str) -> None:
    """A table that is none of ours any more: cells by their marks, or by the label beside or above them."""
    above: TableCell | None = None
    for row in block.rows:
        above = loose_row(row, findings, where, above)


def loose_row(row: TableRow, findings: Findings, where: str, above: TableCell | None = None) -> TableCell | None:
    """A row that nobody knows the place of, after one that held nothing but a label; gives the cell of such a one."""
    *others, last = row.cells or [TableCell()]
    label = others[0] if others else above
    slot, sure = by_label(label.text if label else "", findings, where)
    waits = not others and _only_label(last, findings, where)
    if slot and label and _is_answer(last, slot, findings, where):
        findings.cell(last.content, [slot], where, sure, "label")
        findings.stray(beyond_label(label.text, slot), where)
        others = others[1:]
    else:
        others = row.cells
    for cell in others:
        if not _only_label(cell, findings, where):
            loose_cell(cell, findings, where)
    return last if waits else None


def _is_answer(cell: TableCell, slot: Slot, findings: Findings, where: str) -> bool:
    """Words that have keys of their own, or do not begin with a label and have nothing before them."""
    lines = [line for line in cell.text.split("\n") if line.strip()]
    if cell.content.keyed:
        return True
    return bool(lines) and findings.waits(slot) and not any(by_label(line, findings, where)[0] for line in lines)


def _only_label(cell: TableCell, findings: Findings, where: str) -> bool:
    slot, _ = by_label(cell.text, findings, where)
    return slot is not None and findings.waits(slot) and not cell.content.marks and not beyond_label(cell.text, slot)


def loose_paragraphs(group: Sequence[Paragraph], findings: Findings, where: str) -> None:
    """Paragraphs that were not recognised: as "Label: answer", by their marks, or without a place."""
    content = Content(tuple(tuple(paragraph.pieces) for paragraph in group))
    start = content.unmarked_start
    for sign in islice(re.finditer(r"[:\t]", start), _MOST_SIGNS):
        slot, sure = by_label(start[: sign.start()], findings, where)
        answer = content.after(sign.end())
        if slot and answer.text.strip() and (answer.keyed or findings.waits(slot)):
            findings.cell(answer, [slot], where, sure, "label")
            findings.stray(beyond_label(start[: sign.start()], slot), where)
            return
    if not findings.cell(content, (), where):
        findings.stray(content.text, where)


def by_label(text: str, findings: Findings, where: str) -> tuple[Slot | None, float]:
    """The one slot of a section whose label these words are; and how sure that is.

    Before all sections, or where their headings are gone, it is one of those whose own place was not found.
    """
    words = same_words(_IN_BRACKETS.sub("", text.split("\n", maxsplit=1)[0].rstrip(" :")))
    if not words:
        return None, 0.0
    asked = findings.keys.asked
    slots = [slot for slot in (asked[where] if where in asked else findings.missing()) if not slot.read_only]
    scored = [(max(fuzz.ratio(words, name) for name in _names(slot)), slot) for slot in slots]
    scored.sort(key=lambda pair: -pair[0])
    if not scored or scored[0][0] < LABEL or (len(scored) > 1 and scored[0][0] - scored[1][0] < AHEAD):
        return None, 0.0
    sure, slot = scored[0]
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
