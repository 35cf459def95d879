"""The tables of the merged plan: the rows of all partners under one another, counts and sums of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from docgen.blueprint import calculation
from docgen.blueprint.calculation import CellSum, Formula, SumOf, moved
from docgen.blueprint.model import Field
from docgen.blueprint.model import Section as SectionSpec
from docgen.document import FIXED, PARTNER, Block, Row, Slot, Table
from docgen.fields import Spec
from docgen.locales import text as say
from docgen.merged import MergedRow, MergedTable, Voice, tally
from docgen.planparts import Parts
from docgen.values import Address

OTHER = "_other"  # in a tally, the column of answers that are none of the choices

_Columns = Sequence[tuple[Field, str, str]]  # a column, its key (with a year or quarter) and its label


class Tables(Parts):
    """Lays out the tables of the merged plan."""

    def rows(self, section: SectionSpec, field: Field) -> Iterator[Block]:
        """A table of the blueprint: counts and sums of it, then its rows; or as it is where it is calculated or the group's."""
        shown = {name: column for name, column in field.columns.items() if self.shows(section, field, column)}
        if not shown:
            return
        columns = [(column, instance, label) for column in shown.values() for instance, label in self.instances(column)]
        merged = self.read_here(section, self.merged.tables[f"{section.name}.{field.name}"], columns)
        calculated = all(column.calculation for column in shown.values())
        if calculated or (not merged.rows and self.decides(section, field)):
            yield self.table(section, replace(field, columns=shown))
            return
        if merged.rows:
            for column, instance, label in columns:
                if column.merge == "tally":
                    yield self.column_tally(merged, column, instance, label)
            yield from self.sums(merged, columns)
            table = self.merged_table(section, merged, columns)
            if not {column.key for column in table.columns} <= {FIXED, PARTNER}:
                yield table
        yield from self.decided_by_row(section, merged, shown)

    def decided_by_row(self, section: SectionSpec, merged: MergedTable, shown: Mapping[str, Field]) -> Iterator[Table]:
        """What the group decides of each printed row: once, however many organisations answered to that row.

        That is what the group is asked, and where answers should be one and are not.
        """
        field = merged.field
        odds = self.at_odds(merged, [column for column in shown.values() if not self.decides(section, column)])
        decided = {
            name: column
            for name, column in shown.items()
            if self.decides(section, column) or any(instance in odds for instance, _ in self.instances(column))
        }
        if not field.rows or not decided:
            return
        label = say(self.language, "plan.decides", label=self.text(field.label))
        table = self.table(section, replace(field, name=f"{field.name}_decided", columns=decided))
        asked = {
            instance for each in decided.values() if self.decides(section, each) for instance, _ in self.instances(each)
        }
        rows = tuple(
            replace(row, slots=tuple(
                slot if slot.address.column in asked
                else replace(slot, value=None, read_only=row.number not in odds[str(slot.address.column)])
                for slot in row.slots
            ))
            for row in table.rows
        )  # fmt: skip
        yield replace(table, label=label, hint="", cards=False, rows=rows)

    def at_odds(self, merged: MergedTable, columns: Sequence[Field]) -> dict[str, set[int]]:
        """By column the printed rows of which organisations say different things where they should agree."""
        odds: dict[str, set[int]] = {}
        for column in columns:
            for instance, _ in self.instances(column) if column.merge == "agree" else ():
                for number in {row.printed for row in merged.rows}:
                    said = [
                        row.answers[instance]
                        for row in merged.rows
                        if row.printed == number and instance in row.answers
                    ]
                    if self.differ(said):
                        odds.setdefault(instance, set()).add(number)
        return odds

    @staticmethod
    def differ(voices: Sequence[Voice]) -> bool:
        """Whether answers are several; one that was not understood is no disagreement by itself."""
        return len({(voice.value, voice.given.raw) for voice in voices}) > 1

    def read_here(self, section: SectionSpec, merged: MergedTable, columns: _Columns) -> MergedTable:
        """The rows that say anything here: a workbook has no row of which all stands in another document."""
        if self.format != "excel":
            return merged
        asked = [(column, instance) for column, instance, _ in columns]
        rows = (
            row
            for row in merged.rows
            if any(instance in row.answers or self.decides(section, column) for column, instance in asked)
        )
        return replace(merged, rows=tuple(rows))

    def column_tally(self, merged: MergedTable, column: Field, instance: str, label: str) -> Table:
        """How many chose what for each fixed row; the rows themselves say who."""
        options = self.choices_of(column)
        lines = [line.label for line in self.fixed_rows(merged.field)] or [self.text(merged.field.label)]
        fixed = bool(merged.field.rows)
        key = f"{merged.key}_{instance}_tally"
        heads = [self.column_of(FIXED, self.row_label(merged.field), Spec("text", self.language))]
        heads += [self.column_of(name, label, Spec("integer", self.language)) for name, label in options]
        known = {name for name, _ in options}
        strange = [
            row for row in merged.rows if instance in row.answers and not _chosen(row.answers[instance]) <= known
        ]
        if strange:
            heads.append(self.column_of(OTHER, say(self.language, "plan.other"), Spec("integer", self.language)))
        rows = []
        for number, line in enumerate(lines, start=1):
            voices = [
                row.answers[instance]
                for row in merged.rows
                if instance in row.answers and (row.printed == number or not fixed)
            ]
            counts = tally(voices)
            slots = [self.printed(Address(key, number, FIXED), line)]
            slots += [self.counted(Address(key, number, name), len(counts.get(name, ()))) for name, _ in options]
            if strange:
                others = sum(row.printed == number or not fixed for row in strange)
                slots.append(self.counted(Address(key, number, OTHER), others))
            rows.append(Row(number, line if fixed else "", tuple(slots)))
        return Table(key, label, tuple(heads), tuple(rows), say(self.language, "form.row"))

    def sums(self, merged: MergedTable, columns: _Columns) -> Iterator[Table]:
        """What a table with fixed rows comes to, row by row, where its numbers are to be summed."""
        fixed = self.fixed_rows(merged.field)
        summed = self.summed(merged.field, columns)
        if not fixed or not summed or self.format != "excel":
            return
        key = f"{merged.key}_sum"
        rows = []
        for number, line in enumerate(fixed, start=1):
            slots = []
            for column, instance, label in summed:
                cells = [
                    Address(merged.key, row.number, instance)
                    for row in merged.rows
                    if row.printed == number and instance in row.answers
                ]
                formula: Formula = CellSum(tuple(cells))
                if column.calculation:
                    formula = self.formula(Address(merged.key, 0, instance), column, instance, line.name)
                    formula = moved(formula, (merged.key, 0), (key, number))
                slot = Slot(Address(key, number, instance), f"{line.label}, {label}", label, self.field_spec(column))
                slots.append(replace(slot, read_only=True, formula=formula))
            rows.append(Row(number, line.label, tuple(slots)))
        label = say(self.language, "plan.sums", label=self.text(merged.field.label))
        heads = tuple(replace(self.column(*each), required=False, read_only=True) for each in summed)
        yield Table(key, label, heads, tuple(rows), self.row_label(merged.field), fixed=True)

    def summed(self, table: Field, columns: _Columns) -> list[tuple[Field, str, str]]:
        """The columns of numbers that are to be summed, and those that are calculated of nothing but them."""
        own = {each.name for each, _, _ in columns if self.is_number(each) and "sum" in {table.merge, each.merge}}
        asked = {name for name in own if not table.columns[name].calculation}
        return [
            each
            for each in columns
            if each[0].name in asked
            or (each[0].name in own and each[0].calculation and self.named_in(each[0]) <= asked)
        ]

    @staticmethod
    def named_in(column: Field) -> set[str]:
        """The names in a calculation, dots and all."""
        found = calculation.names(calculation.parse(column.calculation))
        return {".".join(name.name.parts if isinstance(name, SumOf) else name.parts) for name in found}

    def merged_table(self, section: SectionSpec, merged: MergedTable, columns: _Columns) -> Table:
        """The rows of all partners, each under its organisation."""
        field = merged.field
        fixed = self.fixed_rows(field)
        kept = [each for each in columns if self.keeps(section, merged, each[0], each[1])]
        heads = [self.column_of(FIXED, self.row_label(field), Spec("text", self.language))] if fixed else []
        heads.append(self.column_of(PARTNER, say(self.language, "form.organisation"), Spec("text", self.language)))
        heads += [
            replace(
                self.column(column, instance, label),
                required=False,
                read_only=not self.decides_row(section, merged, column),
                total=column.total or (column.merge == "sum" and self.is_number(column)),
            )
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

    def keeps(self, section: SectionSpec, merged: MergedTable, column: Field, instance: str) -> bool:
        """Whether a column says anything: somebody answered it, the group is to, or in a workbook a sum is made of it."""
        answered = any(instance in row.answers for row in merged.rows)
        table, _, name = merged.key.partition(".")
        counted = bool(column.calculation) or self.is_given(column) or (table, name, column.name) in self.used
        return answered or self.decides_row(section, merged, column) or (self.format == "excel" and counted)

    def decides_row(self, section: SectionSpec, merged: MergedTable, column: Field) -> bool:
        """Whether the group decides of each row that somebody wrote; of printed rows it decides beside them."""
        return self.decides(section, column) and not merged.field.rows

    def merged_row(self, section: SectionSpec, merged: MergedTable, row: MergedRow, columns: _Columns) -> Row:
        """One partner's row."""
        key, fixed = merged.key, self.fixed_rows(merged.field)
        slots = [self.printed(Address(key, row.number, PARTNER), row.partner.name)]
        name = ""
        if fixed:
            line = fixed[row.printed - 1] if row.printed <= len(fixed) else None
            name = line.name if line is not None else ""
            label = line.label if line is not None else str(row.printed)
            slots.insert(0, self.printed(Address(key, row.number, FIXED), label))
        called = f"{self.row_label(merged.field)} {row.number}"
        for column, instance, label in columns:
            address = Address(key, row.number, instance)
            voice = row.answers.get(instance)
            if column.calculation or (
                voice is None and (self.is_given(column) or self.decides_row(section, merged, column))
            ):
                slots.append(self.slot(address, column, label, f"{called}, {label}", instance, name))
            else:
                slots.append(self.answer(address, column, label, voice, Address(key, row.printed, instance)))
        return Row(row.number, "", tuple(slots))


def _chosen(voice: Voice) -> set[str]:
    """The names an answer chooses; what was not understood is itself."""
    if voice.given.raw is not None:
        return {voice.given.raw}
    names = voice.value if isinstance(voice.value, tuple) else (voice.value,)
    return {str(name).lower() if isinstance(name, bool) else str(name) for name in names}
