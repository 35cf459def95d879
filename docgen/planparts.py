"""What every part of the merged plan is made of: what stands in it, and answers as people read them."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from docgen import plansums
from docgen.blueprint.model import GROUP, Blueprint, DocumentSpec, Field, Format
from docgen.blueprint.model import Section as SectionSpec
from docgen.document import Column, Slot
from docgen.fields import FIELD_TYPES, Spec
from docgen.fields.signatures import signed
from docgen.layout import Layout
from docgen.locales import text as say
from docgen.merged import Merged, Voice
from docgen.sending import Partner, Round
from docgen.submission import Submission, shown
from docgen.values import Address, Reference, Signature, Value

SCORE = {"word": "plan", "excel": "workbook", "pdf": "signatures"}


class Parts(Layout):
    """Lays the merged plan out for one format.

    ``everything``: with what stands in the documents of the other formats too, and what others do not see; so that
    all can be counted.
    """

    def __init__(self, merged: Merged, format_: Format, *, everything: bool = False) -> None:
        round_ = merged.round
        title = say(round_.blueprint.language, f"plan.{SCORE[format_]}")
        self.round: Round = round_
        self.partner = Partner(GROUP, "", language=round_.blueprint.language, roles=(GROUP,))
        self.blueprint: Blueprint = round_.blueprint
        self.language = round_.blueprint.language
        self.merged = merged
        self.format = format_
        self.everything = everything
        self._specs: dict[int, tuple[Field, Spec]] = {}  # with the field, lest another gets its id
        sections = dict.fromkeys(
            section
            for spec in self.blueprint.documents.values()
            if everything or spec.format == format_
            for section in spec.sections
        )
        self.spec = DocumentSpec(SCORE[format_], format_, title, (), tuple(sections))

    # What stands here

    def shows(self, section: SectionSpec, field: Field, column: Field | None = None) -> bool:
        """Whether a field or column stands in this document: it is for all to see, and this is its first document."""
        if self.everything:
            return True
        if (section.name, field.name, column.name if column is not None else "") in self._hidden:
            return False
        parts: list[SectionSpec | Field] = [section, field, *([column] if column is not None else [])]
        names = [name for name, spec in self.blueprint.documents.items() if section.name in spec.sections]
        for part in parts:
            names = [name for name in names if not part.documents or name in part.documents]
        return bool(names) and self.blueprint.documents[names[0]].format == self.format

    @cached_property
    def _hidden(self) -> frozenset[plansums.Parts]:
        return plansums.hidden(self.blueprint)

    @cached_property
    def uses(self) -> dict[plansums.Parts, frozenset[plansums.Parts]]:
        """What each calculation draws on."""
        return plansums.uses(self.blueprint)

    @cached_property
    def used(self) -> frozenset[plansums.Parts]:
        """Every field and column that some calculation draws on."""
        return frozenset(part for parts in self.uses.values() for part in parts)

    def field_spec(self, field: Field) -> Spec:
        """What a field type needs to know; one for all rows, of which there may be thousands."""
        if id(field) not in self._specs:
            self._specs[id(field)] = field, super().field_spec(field)
        return self._specs[id(field)][1]

    def includes(self, part: SectionSpec | Field) -> bool:  # noqa: ARG002 - `shows` has decided before
        """Whether a column of a table that is laid out whole stands in it."""
        return True

    def decides(self, section: SectionSpec, field: Field) -> bool:
        """Whether a field is the group's to decide."""
        return GROUP in (field.asked_of or section.asked_of)

    def is_given(self, field: Field) -> bool:
        """Whether a field stands filled in from the start and nobody may change it."""
        return field.read_only and field.default is not None and not field.calculation

    # Answers

    @cached_property
    def _submissions(self) -> dict[str, Submission]:
        return {submission.partner.id: submission for submission in self.merged.submissions}

    def words(self, voice: Voice, address: Address) -> str:
        """An answer as people read it; what was not understood stands as it was typed, and says so."""
        submission = self._submissions[voice.partner.id]
        if voice.given.raw is not None:
            return say(self.language, "plan.not-understood", text=voice.given.raw)
        if isinstance(voice.given.value, Reference) and voice.value is None:
            lost = shown(submission, address, voice.given)
            return say(self.language, "plan.no-such-row", text=lost)
        if isinstance(voice.value, Signature):
            return signed(voice.value, self.language)
        return shown(submission, address, replace(voice.given, value=voice.value))

    def column_of(self, key: str, label: str, spec: Spec) -> Column:
        """A column of the plan's own."""
        return Column(key, label, spec, read_only=True)

    def printed(self, address: Address, text: str) -> Slot:
        """Words of the plan's own in a cell."""
        return Slot(address, text, "", Spec("text", self.language), value=text or None, read_only=True)

    def counted(self, address: Address, number: int) -> Slot:
        """A count of the plan's own in a cell."""
        return Slot(address, "", "", Spec("integer", self.language), value=number, read_only=True)

    def answer(self, address: Address, field: Field, label: str, voice: Voice | None, printed: Address) -> Slot:
        """An answer to read: as its own type where it was understood, else as words."""
        spec = self.field_spec(field)
        blank = Slot(address, label, label, spec, read_only=True)
        if voice is None:
            return blank
        if voice.given.raw is None and voice.value is not None and not self._too_long(voice.value):
            return replace(blank, value=voice.value)
        return replace(blank, spec=Spec("text", self.language), value=self.words(voice, printed))

    def _too_long(self, value: Value) -> bool:
        """A number of more digits than a cell holds exactly stands as text, and is in no sum."""
        number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        return number and self.format == "excel" and Decimal(repr(float(value))) != value  # type: ignore[arg-type]

    def is_number(self, field: Field) -> bool:
        """Whether a field is answered with a number."""
        return field.type in FIELD_TYPES and FIELD_TYPES[field.type].numeric

    def choices_of(self, field: Field) -> list[tuple[str, str]]:
        """Name and label of what can be chosen."""
        if field.type == "boolean":
            return [("true", say(self.language, "form.yes")), ("false", say(self.language, "form.no"))]
        return [(option.name, option.label) for option in self.options(field)]

    def who(self, voices: Sequence[Voice]) -> str:
        """The names of those who said something."""
        return ", ".join(dict.fromkeys(voice.partner.name for voice in voices))
