"""A form as the tree of plain data that form.typ draws, and the widgets its links stand for."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from docgen.document import Block, Column, Document, Guide, Note, Question, Row, Section, Slot, Table
from docgen.formats.pdf import appearance, fonts, page, trees
from docgen.formats.pdf.acroform import Widget
from docgen.formats.pdf.controls import CONTROLS, Drawing, TableControl, control_of
from docgen.formats.pdf.names import field_name
from docgen.formats.pdf.trees import Tree
from docgen.locales import text as say

_LINE_PT = 24.0  # the box of a single line on its own, and in a table
_CELL_LINE_PT = 21.0
_BOX_EDGE_PT = 12.0  # what a box for several lines has beyond its lines
_MOST_LINES = 44  # on a page
_SHORT_LABEL = 44  # characters that leave room beside another answer
FACTS_ACROSS = 3
_FACT_SPANS = (27, 60)  # characters that fit in one and in two thirds of the page
_ACROSS = 70  # characters of labels that stand in one line
_NUMBER_COLUMN_PT = 26.0
_ROW_LABEL_PT = 96.0
_CELL_PT = 6.0  # what a cell has beyond its box


def facts(pairs: Iterable[tuple[str, str]], spans: tuple[int, int] = _FACT_SPANS) -> list[Tree]:
    """Labels with their texts, three short ones side by side; a longer one that no longer fits starts a line.

    The one before it is widened to fill its line, for a table has no holes. ``spans`` are the characters that may
    stand in one and in two thirds of the page.
    """
    cells: list[Tree] = []
    left = FACTS_ACROSS
    for label, text in pairs:
        span = 1 + bisect_left(spans, len(text))
        if span > left:
            cells[-1]["span"] += left
            left = FACTS_ACROSS
        cells.append({"label": label, "lines": text.split("\n"), "span": span})
        left = left - span or FACTS_ACROSS
    return cells


class Form:
    """A document as the tree of plain data that form.typ draws, and the widgets its links stand for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.language = document.language
        self.widgets: list[Widget] = []

    def tree(self) -> Tree:
        """All that form.typ wants to know."""
        document = self.document
        tree: Tree = trees.printable(
            {
                "language": document.language,
                "title": f"{document.title} – {document.plan}",
                "plan": document.plan,
                "heading": document.title,
                "organisation": document.organisation,
                "running": f"{document.plan} – {document.title}",
                "colour": document.theme.colour,
                "pale": trees.pale(document.theme.colour),
                "logo": None if document.theme.logo is None else list(document.theme.logo),
                "logo_alt": say(self.language, "pdf.logo"),
                "facts": facts(self._facts()),
                "concerns": say(
                    self.language,
                    "pdf.concerns",
                    plan=document.plan,
                    version=document.identity.version,
                    hash=document.identity.hash[:12],
                ),
                "reference": self._reference(),
                "page": trees.page_pieces(self.language),
                "guide": [trees.guide(each) for each in document.guide],
                "sections": [self._section(section) for section in document.sections],
                **self._more(),
            }
        )
        return tree

    def _reference(self) -> str:
        """What stands at the foot of every page."""
        return say(self.language, "pdf.form_reference", reference=self.document.identity.reference)

    def _facts(self) -> Sequence[tuple[str, str]]:
        """What the first page says of the round."""
        return self.document.facts

    def _more(self) -> Tree:
        """What the page shows of a plan, and of no form."""
        return {"lead": [], "nothing": "", "attached": {"files": []}}

    def _section(self, section: Section) -> Tree:
        return {
            "number": section.number,
            "title": section.title,
            "blocks": list(trees.side_by_side(self._blocks(section.blocks))),
        }

    def _blocks(self, blocks: Sequence[Block]) -> Iterator[Tree]:
        """Blocks in order; of questions that follow one another, short ones stand two by two."""
        waiting: Tree | None = None
        for block in blocks:
            match block:
                case Question(slot=slot, relevant_hint=relevant_hint):
                    drawn = self._question(slot, relevant_hint)
                    if drawn["half"] and waiting is not None:
                        yield {"type": "pair", "items": [waiting, drawn]}
                        waiting = None
                        continue
                    if waiting is not None:
                        yield waiting
                    waiting = drawn if drawn["half"] else None
                    if waiting is None:
                        yield drawn
                    continue
                case _:
                    if waiting is not None:
                        yield waiting
                    waiting = None
            yield self._other(block)
        if waiting is not None:
            yield waiting

    def _other(self, block: Block) -> Tree:
        match block:
            case Guide():
                return {"type": "guide", **trees.guide(block)}
            case Note(prose=prose):
                return {"type": "note", "prose": trees.prose(prose)}
            case Table():
                return self._table(block)
            case _:
                raise TypeError(block)

    def _question(self, slot: Slot, relevant_hint: str = "", *, label: str | None = None) -> Tree:
        control = control_of(slot.spec.type)
        label = slot.label if label is None else label
        half = control.half and len(label) <= _SHORT_LABEL
        width = (page.TEXT_WIDTH_PT - page.GAP_PT) / 2 if half else page.TEXT_WIDTH_PT
        drawing = control.write(slot, field_name(self.document.identity, slot), False)
        notes = [trees.sentence(note) for note in (relevant_hint, slot.hint, drawing.note) if note]
        lone_box = drawing.shape == "buttons" and drawing.labels == (slot.label,)
        return {
            "type": "question",
            "label": "" if lone_box else trees.with_unit(label, slot.spec.unit),
            "required": self._required(slot.required),
            "notes": notes,
            "example": drawing.example,
            "half": half,
            "stretch": control.stretch,
            "drawing": self._drawing(drawing, width, _LINE_PT),
        }

    def _required(self, required: bool) -> str:
        return say(self.language, "form.required") if required else ""

    def _drawing(self, drawing: Drawing, width_pt: float, line_pt: float) -> Tree:
        first = len(self.widgets)
        self.widgets += drawing.widgets
        longest = max(map(len, drawing.labels), default=0)
        widget = drawing.widgets[0]
        lines = drawing.rows
        if widget.multiline and widget.value:
            room = width_pt - page.CELL_INSET_PT
            lines = min(max(lines, appearance.lines_needed(widget.value, room, fonts.for_fields())), _MOST_LINES)
        several = lines * appearance.LEADING * appearance.SIZE_PT + _BOX_EDGE_PT
        return {
            "shape": drawing.shape,
            "indexes": list(range(first, len(self.widgets))),
            "labels": list(drawing.labels),
            "across": longest * appearance.SIZE_PT / 2 < width_pt - 20 and sum(map(len, drawing.labels)) <= _ACROSS,
            "height": several if widget.multiline else line_pt,
            "read_only": widget.read_only,
        }

    def _table(self, table: Table) -> Tree:
        """A grid where every column has room, else a card for each row."""
        control = CONTROLS["table"]
        if not isinstance(control, TableControl):
            raise TypeError(control)
        hints = [hint for hint in (table.relevant_hint, table.hint) if hint]
        head = {"label": table.label, "hints": hints}
        first = _ROW_LABEL_PT if table.fixed else _NUMBER_COLUMN_PT
        if control.as_grid(table, page.TEXT_WIDTH_PT - first):
            return {"type": "grid", **head, **self._grid(table, first)}
        return {"type": "cards", **head, "cards": [self._card(table, row) for row in table.rows]}

    def _grid(self, table: Table, first_pt: float) -> Tree:
        controls = [control_of(column.spec.type) for column in table.columns]
        needed = [control.narrow_pt for control in controls]
        spare = page.TEXT_WIDTH_PT - first_pt - sum(needed)
        whole = sum(control.weight for control in controls)
        widths = [narrow + spare * control.weight / whole for narrow, control in zip(needed, controls, strict=True)]
        label = table.row_label if table.fixed else say(self.language, "form.number")
        return {
            "fixed": table.fixed,
            "widths": [{"pt": width, "fr": 0} for width in (first_pt, *widths)],
            "columns": [
                {"label": label, "required": "", "notes": []},
                *(self._column(column) for column in table.columns),
            ],
            "rows": [self._grid_row(table, row, widths) for row in table.rows],
            "notes": self._legend(table),
        }

    def _column(self, column: Column) -> Tree:
        return {
            "label": trees.with_unit(column.label, column.unit or column.spec.unit),
            "required": self._required(column.required),
            "notes": [column.hint] if column.hint else [],
        }

    def _grid_row(self, table: Table, row: Row, widths: Sequence[float]) -> Tree:
        cells = []
        for slot, width in zip(row.slots, widths, strict=True):
            drawing = control_of(slot.spec.type).write(slot, field_name(self.document.identity, slot), True)
            cells.append(self._drawing(drawing, width - _CELL_PT, _CELL_LINE_PT))
        return {"label": row.label if table.fixed else str(row.number), "cells": cells}

    def _legend(self, table: Table) -> list[str]:
        """What the drop-downs of a grid offer, for who fills it in on paper."""
        return [
            f"{column.label}: {', '.join(option.label for option in column.spec.options)}."
            for column in table.columns
            if column.spec.type == "select_one"
        ]

    def _card(self, table: Table, row: Row) -> Tree:
        title = row.label or f"{table.row_label} {row.number}"
        groups: list[list[Tree]] = []
        columns = {column.key: column for column in table.columns}
        for slot in row.slots:
            column = columns[slot.address.column or ""]
            drawn = self._question(slot, label=column.label)
            if drawn["half"] and groups and len(groups[-1]) == 1 and groups[-1][0]["half"]:
                groups[-1].append(drawn)
            else:
                groups.append([drawn])
        return {"title": title, "groups": groups}
