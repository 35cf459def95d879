"""What a plan prints of an answer, and what it leaves to the group."""

import re
from collections.abc import Mapping

from docgen.document import FIXED, PARTNER, Row, Slot, Table
from docgen.formats.word.cells import Line, said, title_of
from docgen.formats.word.pen import shown
from docgen.locales import text as say


def decided(slot: Slot) -> bool:
    """Whether a slot is the group's to fill in: it keeps its control."""
    return not slot.read_only and slot.formula is None


def decision_label(slot: Slot, language: str, style: str) -> tuple[Line, ...]:
    """The label of what the group decides: that it does, the question in a style, and its hint."""
    lines = (said("Decision", say(language, "word.decision")), said(style, title_of(slot.label, slot.spec.unit)))
    return (*lines, said("Hint", slot.hint)) if slot.hint else lines


def words_of(text: str, style: str) -> tuple[Line, ...]:
    """Somebody's words as they were typed: an empty line begins a paragraph, a line break stays one."""
    paragraphs = re.split(r"\n(?:[^\S\n]*\n)+", text)
    return tuple(said(style, paragraph) for paragraph in paragraphs)


def by_column(row: Row) -> Mapping[str, Slot]:
    """The slots of a row by the key of their column."""
    return {slot.address.column or "": slot for slot in row.slots}


def text_in(row: Row, column: str) -> str:
    """What a row says in a column, "" where it says nothing or has no such column."""
    slot = by_column(row).get(column)
    return "" if slot is None else shown(slot)


def has(table: Table, column: str) -> bool:
    """Whether a table has a column."""
    return any(each.key == column for each in table.columns)


def is_numbered(table: Table) -> bool:
    """Rows that others refer to by number show it: partners' own rows, and those of a table that grows."""
    if has(table, FIXED) or table.fixed:
        return False
    return not any(row.label for row in table.rows) if has(table, PARTNER) else not is_tally(table)


def is_tally(table: Table) -> bool:
    """A table that counts: nobody's rows, numbers of its own."""
    if has(table, PARTNER) or table.fixed:
        return False
    slots = [slot for row in table.rows for slot in row.slots]
    return all(slot.read_only and slot.formula is None for slot in slots) and any(
        column.spec.type == "integer" for column in table.columns
    )
