"""The merged plan as a PDF to read: what each organisation answered, in words; a widget only where the group decides."""

from collections.abc import Sequence
from decimal import Decimal

from docgen.document import FIXED, PARTNER, Block, Column, Row, Slot, Table, Voices
from docgen.fields import FIELD_TYPES
from docgen.fields.signatures import signed
from docgen.formats.pdf import page, trees
from docgen.formats.pdf.attachments import distinct
from docgen.formats.pdf.controls import control_of
from docgen.formats.pdf.form import FACTS_ACROSS, Form, facts
from docgen.formats.pdf.trees import Tree
from docgen.locales import text as say
from docgen.values import Signature

_OWN = {PARTNER, FIXED}  # the columns that say whose a row is and what it is called
_PLAIN = 0.82  # the share of a widget's least width that a text of its type takes
_WHOLE = 1400  # characters of a block that is not broken over two pages
_LINE = 60  # characters that a line which ends early takes the room of
_ENTRY_SPANS = (54, 130)  # characters that may stand in one and in two thirds of a block, on two lines or three
_NOTHING = "–"


class Summary(Form):
    """A plan as the tree of plain data that form.typ draws."""

    def _reference(self) -> str:
        return f"{say(self.language, 'form.reference')} {self.document.identity.reference}"

    def _facts(self) -> Sequence[tuple[str, str]]:
        return [(label, text) for label, text in self.document.facts if label not in self.document.who]

    def _more(self) -> Tree:
        document = self.document
        carried = [{"name": name, "size": self._size(data)} for name, data in distinct(document.attachments)]
        return {
            "lead": [
                {"label": label, "lines": text.split("\n"), "span": 3}
                for label, text in document.facts
                if label in document.who  # stands before everything else
            ],
            "nothing": "" if document.sections else say(self.language, "plan.nothing"),
            "attached": {
                "label": say(self.language, "pdf.attached"),
                "hint": say(self.language, "pdf.attached-how"),
                "heads": [say(self.language, "pdf.file"), say(self.language, "pdf.size")],
                "files": carried,
            },
        }

    def _size(self, data: bytes) -> str:
        return say(self.language, "pdf.kilobytes", number=max(1, round(len(data) / 1024)))

    def _other(self, block: Block) -> Tree:
        match block:
            case Voices(label=label, entries=entries, remark=remark):
                said = [{"who": who, "lines": text.split("\n")} for who, text in entries]
                return {"type": "voices", "label": label, "remark": remark, "entries": said}
            case _:
                return super()._other(block)

    def _question(self, slot: Slot, relevant_hint: str = "", *, label: str | None = None) -> Tree:
        if not self._plain(slot):
            return super()._question(slot, relevant_hint, label=label)
        label = slot.label if label is None else label
        lines = (self._words(slot) or _NOTHING).split("\n")
        return {
            "type": "answered",
            "half": False,
            "label": trees.with_unit(label, slot.spec.unit),
            "lines": lines,
            "span": 3,
        }

    def _plain(self, slot: Slot) -> bool:
        """Whether a slot is to be read, not to be filled in."""
        return slot.read_only or slot.formula is not None

    def _words(self, slot: Slot) -> str:
        """An answer as people read it, "" for none. A signature says in words whether it is one."""
        if slot.spec.type == "signature":
            return signed(slot.value if isinstance(slot.value, Signature) else None, self.language)
        return "" if slot.value is None else FIELD_TYPES[slot.spec.type].show(slot.value, slot.spec)

    # Tables

    def _table(self, table: Table) -> Tree:
        hints = [hint for hint in (table.hint, *self._signed(table)) if hint]
        head = {"label": table.label, "hints": hints}
        if self._as_grid(table):
            return {"type": "overview", **head, **self._overview(table)}
        return {"type": "entries", **head, "entries": [self._entry(table, row) for row in table.rows]}

    def _signed(self, table: Table) -> list[str]:
        """Where signatures are asked for: how many there are, and how many chose what."""
        if not any(column.spec.type == "signature" for column in table.columns):
            return []
        return [line for at, column in enumerate(table.columns) if (line := self._counted(table, at, column))]

    def _counted(self, table: Table, at: int, column: Column) -> str:
        values = [row.slots[at].value for row in table.rows]
        if column.spec.type == "signature":
            number = sum(isinstance(value, Signature) and value.present for value in values)
            return say(self.language, "pdf.signed-count", signed=number, all=len(table.rows))
        counts = [(option.label, values.count(option.name)) for option in column.spec.options]
        said = ", ".join(f"{label} {number}" for label, number in counts if number)
        return f"{column.label}{'' if column.label.endswith('?') else ':'} {said}." if said else ""

    def _as_grid(self, table: Table) -> bool:
        """Every row is to be read only, and every column has room."""
        narrow = sum(control_of(column.spec.type).narrow_pt * _PLAIN for column in table.columns)
        plain = all(self._plain(slot) for row in table.rows for slot in row.slots)
        return plain and not table.cards and narrow <= page.TEXT_WIDTH_PT

    def _named(self, table: Table) -> bool:
        """Whether rows are called by their number ("Delmål 2"), not only counted."""
        return table.row_label != say(self.language, "form.row")

    def _overview(self, table: Table) -> Tree:
        controls = [control_of(column.spec.type) for column in table.columns]
        heads = [
            {"label": trees.with_unit(column.label, column.unit or column.spec.unit), "right": self._right(column)}
            for column in table.columns
        ]
        rows = [[self._words(slot) or _NOTHING for slot in row.slots] for row in table.rows]
        if self._named(table):
            heads.insert(0, {"label": say(self.language, "form.number"), "right": False})
            rows = [[str(row.number), *cells] for row, cells in zip(table.rows, rows, strict=True)]
        widths = [{"pt": 0, "fr": control.weight} for control in controls]
        return {
            "widths": [*([{"pt": 30, "fr": 0}] if self._named(table) else []), *widths],
            "heads": heads,
            "rows": [[cell.split("\n") for cell in cells] for cells in rows],
            "sums": self._sums(table),
        }

    def _right(self, column: Column) -> bool:
        return FIELD_TYPES[column.spec.type].numeric

    def _sums(self, table: Table) -> list[str]:
        """The cells of a last row with the sums of the columns that have one; none where no column does."""
        if not any(column.total for column in table.columns):
            return []
        sums = ["" if not column.total else self._sum(table, at) for at, column in enumerate(table.columns)]
        sums = [*([""] if self._named(table) else []), *sums]
        sums[0] = sums[0] or say(self.language, "form.total")
        return sums

    def _sum(self, table: Table, at: int) -> str:
        column = table.columns[at]
        values = [row.slots[at].value for row in table.rows]
        numbers = [
            Decimal(value) for value in values if isinstance(value, int | Decimal) and not isinstance(value, bool)
        ]
        return FIELD_TYPES[column.spec.type].show(sum(numbers, Decimal(0)), column.spec)

    def _entry(self, table: Table, row: Row) -> Tree:
        """A row as a calm block: whose it is, then each answer under its question."""
        own = [self._words(slot) for slot in row.slots if slot.address.column in _OWN]
        names = [f"{table.row_label} {row.number}"] if self._named(table) or not own else []
        columns = {column.key: column for column in table.columns}
        answers: list[tuple[str, str]] = []
        open_ = []
        for slot in row.slots:
            column = columns[slot.address.column or ""]
            if column.key in _OWN:
                continue
            if not self._plain(slot):
                open_.append(self._question(slot, label=column.label))
            elif words := self._words(slot):
                answers.append((trees.with_unit(column.label, column.unit or column.spec.unit), words))
        return {
            "title": " · ".join([*names, *own]),
            "answers": _filled(facts(answers, _ENTRY_SPANS)),
            "open": open_,
            "whole": not open_ and sum(len(words) + _LINE * words.count("\n") for _, words in answers) <= _WHOLE,
        }


def _filled(cells: list[Tree]) -> list[Tree]:
    """The cells of a block, the last as wide as the room beside it."""
    if cells:
        cells[-1]["span"] += -sum(cell["span"] for cell in cells) % FACTS_ACROSS
    return cells
