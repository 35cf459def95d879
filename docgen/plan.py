"""From a :class:`~docgen.merge.Merged` to the Documents that others see: the plan, the workbook, the signatures.

An answer stands once: a column that was asked in two documents is in the first of them. What the blueprint shows the
coordinator alone is left out here; it is in the report. What the group decides stands as a question with a control.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from docgen.blueprint.calculation import Cell, CellSum, ColumnSum, Formula
from docgen.blueprint.model import GROUP, Blueprint, DocumentSpec, Field, Format
from docgen.blueprint.model import Section as SectionSpec
from docgen.document import (
    FIXED,
    PARTNER,
    Block,
    Column,
    Document,
    Note,
    Prose,
    Question,
    Row,
    Section,
    Slot,
    Span,
    Table,
    Voices,
)
from docgen.fields import FIELD_TYPES, Spec
from docgen.layout import Layout
from docgen.locales import text as say
from docgen.merge import Merged, MergedField, MergedRow, MergedTable, Voice, tally
from docgen.sending import Partner, Round
from docgen.submission import shown
from docgen.totals import calculated
from docgen.values import Address, Reference, Value

_SCORE = {"word": "plan", "excel": "workbook", "pdf": "signatures"}
_LONG = frozenset({"paragraph"})


def plan_document(merged: Merged, format_: Format) -> Document:
    """The merged document of a format, whatever documents of that format partners were sent; it may be empty."""
    return _Plan(merged, format_).document()


@dataclass(frozen=True)
class _Part:
    """A section with those of its fields and columns that stand in this document."""

    spec: SectionSpec
    fields: tuple[Field, ...]


class _Plan(Layout):
    """Lays out the merged plan for one format."""

    def __init__(self, merged: Merged, format_: Format) -> None:
        round_ = merged.round
        title = say(round_.blueprint.language, f"plan.{_SCORE[format_]}")
        group = Partner(GROUP, "", language=round_.blueprint.language, roles=(GROUP,))
        self.round: Round = round_
        self.partner = group
        self.blueprint: Blueprint = round_.blueprint
        self.language = round_.blueprint.language
        self.merged = merged
        self.format = format_
        names = [spec.name for spec in self.blueprint.documents.values() if spec.format == format_]
        sections = dict.fromkeys(
            section for spec in self.blueprint.documents.values() if spec.name in names for section in spec.sections
        )
        self.spec = DocumentSpec(_SCORE[format_], format_, title, (), tuple(sections))

    def document(self) -> Document:
        return calculated(replace(super().document(), kind="plan", organisation=self.answered()))

    def answered(self) -> str:
        """Who the plan is made of: "Svar från 4 av 6 organisationer"."""
        given, asked = len(self.merged.submissions), len(self.round.partners)
        return say(self.language, "plan.answered", given=given, asked=asked)

    def facts(self) -> Iterator[tuple[str, str]]:
        yield from super().facts()
        names = [submission.partner.name for submission in self.merged.submissions]
        yield say(self.language, "plan.answers-from"), ", ".join(names) or "–"
        if self.merged.silent:
            silent = ", ".join(partner.name for partner in self.merged.silent)
            yield say(self.language, "plan.no-answer-from"), silent

    # What stands here

    def shows(self, section: SectionSpec, field: Field, column: Field | None = None) -> bool:
        """Whether a field or column stands in this document: it is for all to see, and this is its first document."""
        parts: list[SectionSpec | Field] = [section, field, *([column] if column is not None else [])]
        if any(part.visible == "coordinator" for part in parts):
            return False
        names = [name for name, spec in self.blueprint.documents.items() if section.name in spec.sections]
        for part in parts:
            names = [name for name in names if not part.documents or name in part.documents]
        return bool(names) and self.blueprint.documents[names[0]].format == self.format

    def sections(self) -> Iterator[Section]:
        for name in self.spec.sections:
            section = self.blueprint.sections[name]
            blocks = tuple(self.blocks(section))
            if blocks:
                yield Section(name, section.number, self.text(section.title), blocks)

    def blocks(self, section: SectionSpec) -> Iterator[Block]:
        """A section's fields in order; short answers that lie side by side are one table by organisation."""
        beside: list[Field] = []
        for field in section.fields.values():
            if field.type == "table":
                yield from self.beside(section, beside)
                beside = []
                yield from self.rows(section, field)
            elif self.shows(section, field):
                if self.is_beside(section, field):
                    beside.append(field)
                    continue
                yield from self.beside(section, beside)
                beside = []
                yield from self.single(section, field)
        yield from self.beside(section, beside)

    def decides(self, section: SectionSpec, field: Field) -> bool:
        """Whether a field is the group's to decide."""
        return GROUP in (field.asked_of or section.asked_of)

    def is_beside(self, section: SectionSpec, field: Field) -> bool:
        plain = field.merge in {"collect", "append", "sum", "latest"}
        return plain and field.type not in _LONG and not field.calculation and not self.decides(section, field)

    # Fields outside tables

    def keys(self, section: SectionSpec, field: Field) -> list[tuple[str, str]]:
        """Key and label of a field, or of each of its years or quarters."""
        return [(f"{section.name}.{key}", label) for key, label in self.instances(field)]

    def beside(self, section: SectionSpec, fields: Sequence[Field]) -> Iterator[Block]:
        """Short answers as a table: an organisation a row, a question a column."""
        columns = [(key, label, field) for field in fields for key, label in self.keys(section, field)]
        answered = [each for each in columns if self.voices(each[0])]
        partners = [
            submission.partner
            for submission in self.merged.submissions
            if any(voice.partner == submission.partner for key, _, _ in answered for voice in self.voices(key))
        ]
        if not answered:
            return
        key = f"{section.name}.{fields[0].name}_{PARTNER.strip('_')}s"
        heads = [self.column_of(PARTNER, say(self.language, "form.organisation"), Spec("text", self.language))]
        heads += [
            replace(
                self.column(field, each.partition(".")[2], label),
                read_only=True,
                total=field.merge == "sum",
                required=False,
            )
            for each, label, field in answered
        ]
        rows = []
        for number, partner in enumerate(partners, start=1):
            slots = [self.printed(Address(key, number, PARTNER), partner.name)]
            for each, label, field in answered:
                voice = next((voice for voice in self.voices(each) if voice.partner == partner), None)
                address = Address(key, number, each.partition(".")[2])
                slots.append(self.answer(address, field, label, voice, Address(each)))
            rows.append(Row(number, partner.name, tuple(slots)))
        label = self.text(fields[0].label) if len(fields) == 1 else say(self.language, "plan.by-organisation")
        yield Table(key, label, tuple(heads), tuple(rows), say(self.language, "form.row"))

    def voices(self, key: str) -> tuple[Voice, ...]:
        found = self.merged.fields.get(key)
        return found.voices if found is not None else ()

    def single(self, section: SectionSpec, field: Field) -> Iterator[Block]:
        for key, label in self.keys(section, field):
            address = Address(key)
            if field.calculation or self.decides(section, field):
                slot = self.slot(address, field, label, label, key.partition(".")[2])
                yield Question(replace(slot, required=field.required and not field.calculation))
                continue
            found = self.merged.fields.get(key)
            if found is None or not found.voices:
                continue
            if field.merge == "tally":
                yield self.tallied(key, label, field, found.voices)
            else:
                yield self.said(label, found)

    def said(self, label: str, found: MergedField) -> Voices:
        """Answers in words; those that agree are one."""
        entries: dict[str, list[str]] = {}
        for voice in found.voices:
            entries.setdefault(self.words(voice, Address(found.key)), []).append(voice.partner.name)
        remark = "" if found.agreed else say(self.language, "plan.disagree")
        pairs = tuple((", ".join(names), text) for text, names in entries.items())
        return Voices(label, pairs, remark)

    def words(self, voice: Voice, address: Address) -> str:
        """An answer as people read it; what was not understood stands as it was typed, and says so."""
        submission = next(each for each in self.merged.submissions if each.partner == voice.partner)
        if voice.given.raw is not None:
            return say(self.language, "plan.not-understood", text=voice.given.raw)
        if isinstance(voice.given.value, Reference) and voice.value is None:
            lost = shown(submission, address, voice.given)
            return say(self.language, "plan.no-such-row", text=lost)
        return shown(submission, address, replace(voice.given, value=voice.value))

    def tallied(self, key: str, label: str, field: Field, voices: Sequence[Voice]) -> Table:
        """How many chose what, and who."""
        counts = tally(voices)
        strange = {voice.given.raw: voice.partner for voice in voices if voice.given.raw is not None}
        options = [(option.name, option.label) for option in self.field_spec(field).options]
        if field.type == "boolean":
            options = [("true", say(self.language, "form.yes")), ("false", say(self.language, "form.no"))]
        lines = [(label_, counts.get(name, ())) for name, label_ in options]
        lines += [(say(self.language, "plan.not-understood", text=raw), (partner,)) for raw, partner in strange.items()]
        table = f"{key}_tally"
        heads = (
            self.column_of("choice", say(self.language, "plan.choice"), Spec("text", self.language)),
            self.column_of("count", say(self.language, "plan.count"), Spec("integer", self.language)),
            self.column_of("who", say(self.language, "plan.organisations"), Spec("text", self.language)),
        )
        rows = tuple(
            Row(
                number,
                text,
                (
                    self.printed(Address(table, number, "choice"), text),
                    self.counted(Address(table, number, "count"), len(partners)),
                    self.printed(Address(table, number, "who"), ", ".join(partner.name for partner in partners)),
                ),
            )
            for number, (text, partners) in enumerate(lines, start=1)
        )
        return Table(table, label, heads, rows, say(self.language, "form.row"))

    # Tables

    def rows(self, section: SectionSpec, field: Field) -> Iterator[Block]:
        key = f"{section.name}.{field.name}"
        columns = [
            (column, instance, label)
            for column in field.columns.values()
            if self.shows(section, field, column)
            for instance, label in self.instances(column)
        ]
        if not columns:
            return
        if all(column.calculation for column, _, _ in columns):
            yield replace(
                self.table(section, replace(field, columns={c.name: c for c, _, _ in columns})),
                label=self.text(field.label),
            )
            return
        merged = self.merged.tables[key]
        if merged.rows:
            for column, instance, label in columns:
                if column.merge == "tally":
                    yield self.column_tally(merged, column, instance, label)
            yield self.merged_table(section, field, merged, columns)

    def column_tally(self, merged: MergedTable, column: Field, instance: str, label: str) -> Table:
        """How many chose what for each fixed row; the rows themselves say who."""
        voices = [row.answers[instance] for row in merged.rows if instance in row.answers]
        counts = tally(voices)
        options = self.field_spec(column).options
        fixed = self.fixed_rows(merged.field)
        table = f"{merged.key}_{instance}_tally"
        heads = [self.column_of(FIXED, self.row_label(merged.field), Spec("text", self.language))]
        heads += [self.column_of(option.name, option.label, Spec("integer", self.language)) for option in options]
        rows = []
        for number, line in enumerate(fixed, start=1):
            own = tally(
                [row.answers[instance] for row in merged.rows if row.printed == number and instance in row.answers]
            )
            slots = [self.printed(Address(table, number, FIXED), line.label)]
            slots += [
                self.counted(Address(table, number, option.name), len(own.get(option.name, ()))) for option in options
            ]
            rows.append(Row(number, line.label, tuple(slots)))
        if not fixed:
            slots = [self.printed(Address(table, 1, FIXED), self.text(merged.field.label))]
            slots += [
                self.counted(Address(table, 1, option.name), len(counts.get(option.name, ()))) for option in options
            ]
            rows.append(Row(1, "", tuple(slots)))
        return Table(table, label, tuple(heads), tuple(rows), say(self.language, "form.row"))

    def merged_table(
        self, section: SectionSpec, field: Field, merged: MergedTable, columns: Sequence[tuple[Field, str, str]]
    ) -> Table:
        fixed = self.fixed_rows(field)
        # In a report a column nobody answered says nothing; in a workbook formulas may refer to it.
        kept = [
            each
            for each in columns
            if self.format == "excel"
            or self.decides(section, each[0])
            or any(each[1] in row.answers for row in merged.rows)
        ]
        heads = [self.column_of(FIXED, self.row_label(field), Spec("text", self.language))] if fixed else []
        heads.append(self.column_of(PARTNER, say(self.language, "form.organisation"), Spec("text", self.language)))
        heads += [
            replace(self.column(column, instance, label), required=False, read_only=not self.decides(section, column))
            for column, instance, label in kept
        ]
        rows = tuple(self.merged_row(section, merged, row, kept) for row in merged.rows)
        return Table(
            merged.key,
            self.text(field.label),
            tuple(heads),
            rows,
            self.row_label(field) if not fixed else say(self.language, "form.row"),
            cards=field.appearance == "cards",
        )

    def merged_row(
        self, section: SectionSpec, merged: MergedTable, row: MergedRow, columns: Sequence[tuple[Field, str, str]]
    ) -> Row:
        key, fixed = merged.key, self.fixed_rows(merged.field)
        slots = [self.printed(Address(key, row.number, PARTNER), row.partner.name)]
        name = ""
        if fixed:
            line = fixed[row.printed - 1] if row.printed <= len(fixed) else None
            name = line.name if line is not None else ""
            slots.insert(
                0, self.printed(Address(key, row.number, FIXED), line.label if line is not None else str(row.printed))
            )
        called = f"{self.row_label(merged.field)} {row.number}"
        for column, instance, label in columns:
            address = Address(key, row.number, instance)
            if column.calculation or self.decides(section, column):
                slots.append(self.slot(address, column, label, f"{called}, {label}", instance, name))
            else:
                printed = Address(key, row.printed, instance)
                slots.append(self.answer(address, column, label, row.answers.get(instance), printed))
        return Row(row.number, "", tuple(slots))

    # Slots

    def column_of(self, key: str, label: str, spec: Spec) -> Column:
        return Column(key, label, spec, read_only=True)

    def printed(self, address: Address, text: str) -> Slot:
        return Slot(address, text, "", Spec("text", self.language), value=text or None, read_only=True)

    def counted(self, address: Address, number: int) -> Slot:
        return Slot(address, "", "", Spec("integer", self.language), value=number, read_only=True)

    def answer(self, address: Address, field: Field, label: str, voice: Voice | None, printed: Address) -> Slot:
        """An answer to read: as its own type where it was understood, else as words."""
        spec = self.field_spec(field)
        blank = Slot(address, label, label, spec, read_only=True)
        if voice is None:
            return blank
        if voice.given.raw is None and voice.value is not None:
            return replace(blank, value=voice.value)
        return replace(blank, spec=Spec("text", self.language), value=self.words(voice, printed))

    # Formulas

    def formula(self, address: Address, field: Field, instance: str, row: str) -> Formula:
        """As in a partner's document, but a field that partners filled in is the sum of what they did."""
        return _summed(super().formula(address, field, instance, row), self.contributions())

    def contributions(self) -> Mapping[str, tuple[str, str]]:
        """For each field summed over organisations: the table its contributions stand in, and its column there."""
        found: dict[str, tuple[str, str]] = {}
        for name in self.spec.sections:
            section = self.blueprint.sections[name]
            for block in self.plain_tables(section):
                for column in block.columns:
                    if column.key != PARTNER:
                        found[f"{name}.{column.key}"] = (block.key, column.key)
        return found

    def plain_tables(self, section: SectionSpec) -> Iterator[Table]:
        run: list[Field] = []
        for field in [*section.fields.values(), None]:
            if (
                field is not None
                and field.type != "table"
                and self.shows(section, field)
                and self.is_beside(section, field)
            ):
                run.append(field)
            elif field is None or field.type == "table" or self.shows(section, field):
                yield from (block for block in self.beside(section, run) if isinstance(block, Table))
                run = []


def _summed(formula: Formula, contributions: Mapping[str, tuple[str, str]]) -> Formula:
    from docgen.blueprint.calculation import Arithmetic

    match formula:
        case Cell(address=address) if address.row is None and str(address) in contributions:
            table, column = contributions[str(address)]
            return ColumnSum(table, (column,))
        case CellSum(addresses=addresses) if addresses and addresses[0].row is None:
            known = [contributions[str(each)] for each in addresses if str(each) in contributions]
            if known and len({table for table, _ in known}) == 1:
                return ColumnSum(known[0][0], tuple(column for _, column in known))
            return formula
        case Arithmetic(operator=operator, left=left, right=right):
            return Arithmetic(operator, _summed(left, contributions), _summed(right, contributions))  # type: ignore[arg-type]
        case _:
            return formula


def note(text: str) -> Note:
    """A remark of the plan's own."""
    return Note((Prose((Span(text),)),))
