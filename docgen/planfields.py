"""The fields of the merged plan that stand outside tables: side by side, in words, or counted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from docgen.blueprint.model import Field
from docgen.blueprint.model import Section as SectionSpec
from docgen.document import PARTNER, Block, Question, Row, Table, Voices
from docgen.fields import Spec
from docgen.locales import text as say
from docgen.merged import MergedField, Voice
from docgen.plantables import Tables
from docgen.sending import Partner
from docgen.values import Address, Literal

_LONG = frozenset({"paragraph"})
_APART = frozenset({"collect", "append", "sum", "latest"})


class Fields(Tables):
    """Lays out the fields outside tables."""

    def runs(self, section: SectionSpec) -> Iterator[Field | tuple[Field, ...]]:
        """The fields that stand here in order, those that share a table together.

        In a workbook the sum of a field stands at its place, and what it is made of under all else.
        """
        beside: list[Field] = []
        below: list[Field] = []
        for field in section.fields.values():
            if field.type != "table" and not self.shows(section, field):
                continue
            if field.type != "table" and self.is_beside(section, field) and not self.is_summed(section, field):
                beside.append(field)
                continue
            if beside:
                yield tuple(beside)
                beside = []
            if self.is_agreed_number(section, field):
                yield (field,)
                continue
            yield field
            if self.is_summed(section, field):
                below.append(field)
        if beside:
            yield tuple(beside)
        for field in below:
            yield (field,)

    def is_beside(self, section: SectionSpec, field: Field) -> bool:
        """Whether a field is short and every organisation's answer to it stands for itself."""
        plain = field.merge in _APART and not self.is_given(field)
        return plain and field.type not in _LONG and not field.calculation and not self.decides(section, field)

    def is_summed(self, section: SectionSpec, field: Field) -> bool:
        """Whether a field's sum stands at its place, as in a workbook."""
        summed_ = self.format == "excel" and field.merge == "sum" and self.is_number(field)
        return summed_ and self.is_beside(section, field)

    def is_agreed_number(self, section: SectionSpec, field: Field) -> bool:
        """Whether a field is a number that should be one, in a workbook, where sums are made of it."""
        own = (
            field.merge == "agree"
            and not self.is_given(field)
            and not field.calculation
            and not self.decides(section, field)
        )
        return own and self.format == "excel" and self.is_number(field)

    # Fields outside tables

    def keys(self, section: SectionSpec, field: Field) -> list[tuple[str, str]]:
        """Key and label of a field, or of each of its years or quarters."""
        return [(f"{section.name}.{key}", label) for key, label in self.instances(field)]

    def answering_to(self, section: SectionSpec, fields: Sequence[Field]) -> list[Partner]:
        """Those who answered any of these fields."""
        keys = [key for field in fields for key, _ in self.keys(section, field)]
        found = {voice.partner.id for key in keys for voice in self.voices(key)}
        return [each.partner for each in self.merged.submissions if each.partner.id in found]

    @staticmethod
    def table_of(section: SectionSpec, fields: Sequence[Field]) -> str:
        """The key of the table in which these fields stand side by side."""
        return f"{section.name}.{fields[0].name}_{PARTNER.strip('_')}s"

    def beside(self, section: SectionSpec, fields: Sequence[Field]) -> Iterator[Block]:
        """Short answers as a table: an organisation a row, a question a column."""
        columns = [(key, label, field) for field in fields for key, label in self.keys(section, field)]
        answered = [each for each in columns if self.voices(each[0])]
        if not answered:
            return
        # That nobody signed is worth knowing too.
        kept = [each for each in columns if each in answered or each[2].type == "signature"]
        key = self.table_of(section, fields)
        heads = [self.column_of(PARTNER, say(self.language, "form.organisation"), Spec("text", self.language))]
        heads += [
            replace(
                self.column(field, each.partition(".")[2], label),
                read_only=True,
                total=field.merge == "sum",
                required=False,
            )
            for each, label, field in kept
        ]
        rows = []
        for number, partner in enumerate(self.answering_to(section, fields), start=1):
            slots = [self.printed(Address(key, number, PARTNER), partner.name)]
            for each, label, field in kept:
                voice = next((voice for voice in self.voices(each) if voice.partner == partner), None)
                address = Address(key, number, each.partition(".")[2])
                slots.append(self.answer(address, field, label, voice, Address(each)))
            rows.append(Row(number, partner.name, tuple(slots)))
        yield Table(
            key,
            self.label_of(section, fields),
            tuple(heads),
            tuple(rows),
            say(self.language, "form.row"),
            hint=self.disagreeing() if any(self.differs(self.merged.fields[each]) for each, _, _ in answered) else "",
        )

    def label_of(self, section: SectionSpec, fields: Sequence[Field]) -> str:
        """What the table of these fields is called."""
        if len(fields) > 1:
            return say(self.language, "plan.by-organisation")
        label = self.text(fields[0].label)
        return say(self.language, "plan.each", label=label) if self.is_summed(section, fields[0]) else label

    def disagreeing(self) -> str:
        """What is said where answers should be one and are not."""
        return say(self.language, "plan.disagree")

    def voices(self, key: str) -> tuple[Voice, ...]:
        """Everybody's answer to a question."""
        found = self.merged.fields.get(key)
        return found.voices if found is not None else ()

    def single(self, section: SectionSpec, field: Field) -> Iterator[Block]:
        """A field by itself: what the group decides, is calculated or was given, then what was answered.

        Where answers should be one and are not, what the group is to decide comes after them.
        """
        for key, label in self.keys(section, field):
            own = field.calculation or self.is_given(field) or self.decides(section, field)
            slot = self.slot(Address(key), field, label, label, key.partition(".")[2])
            if own:
                yield Question(replace(slot, required=field.required and self.decides(section, field)))
            found = self.merged.fields.get(key)
            if found is None or not found.voices:
                continue
            if field.merge == "tally":
                yield self.tallied(key, label, field, found.voices)
            else:
                yield self.said(label, found)
            if not own and self.differs(found):
                yield Question(replace(slot, value=None, read_only=False))

    def differs(self, found: MergedField) -> bool:
        """Whether answers that should be one are several."""
        return not found.agreed and self.differ(found.voices)

    def said(self, label: str, found: MergedField) -> Voices:
        """Answers in words; those that agree are one."""
        entries: dict[str, list[str]] = {}
        for voice in found.voices:
            entries.setdefault(self.words(voice, Address(found.key)), []).append(voice.partner.name)
        pairs = tuple((", ".join(names), text) for text, names in entries.items())
        return Voices(label, pairs, self.disagreeing() if self.differs(found) else "")

    def tallied(self, key: str, label: str, field: Field, voices: Sequence[Voice]) -> Table:
        """How many chose what, and who. What was not understood, or is in no list, is a line of its own."""
        labels = dict(self.choices_of(field))
        lines: dict[str, list[Voice]] = {label: [] for label in labels.values()}
        for voice in voices:
            names = voice.value if isinstance(voice.value, tuple) else (voice.value,)
            for name in names:
                known = labels.get(str(name).lower() if isinstance(name, bool) else str(name))
                literal = voice.given.raw is not None or isinstance(name, Literal) or known is None
                lines.setdefault(self.words(voice, Address(key)) if literal else str(known), []).append(voice)
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
                    self.counted(Address(table, number, "count"), len(found)),
                    self.printed(Address(table, number, "who"), self.who(found)),
                ),
            )
            for number, (text, found) in enumerate(lines.items(), start=1)
        )
        return Table(table, label, heads, rows, say(self.language, "form.row"))
