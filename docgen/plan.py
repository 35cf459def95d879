"""From a :class:`~docgen.merged.Merged` to the Documents that others see: the plan, the workbook, the signatures.

An answer stands once: a column that was asked in two documents is in the first of them. What the blueprint shows the
coordinator alone is left out here; it is in the report. What the group decides stands as a question with a control.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from docgen.blueprint.calculation import Cell, Formula, Number
from docgen.blueprint.model import Field, Format
from docgen.blueprint.model import Section as SectionSpec
from docgen.charts import with_charts
from docgen.document import Block, Document, Question, Section, Slot
from docgen.layout import documents_for
from docgen.locales import text as say
from docgen.merged import Merged
from docgen.planfields import Fields
from docgen.plansums import Contribution, settled, summed
from docgen.sending import Partner
from docgen.values import Address


def plan_document(merged: Merged, format_: Format) -> Document:
    """The merged document of a format, whatever documents of that format partners were sent; it may be empty."""
    document = _Plan(merged, format_).document()
    if any(slot.formula is not None for slot in document.slots()):
        # Formulas look the same in every format only where the layout is that of the workbook.
        everything = _Plan(merged, "excel", everything=True)
        document = settled(document, everything.document(), everything.unknown())
    else:
        document = settled(document, document, {})
    return with_charts(document) if format_ == "excel" else document


class _Plan(Fields):
    """Lays out the merged plan for one format."""

    def document(self) -> Document:
        organisation = "" if self.everything else self.answered()
        return replace(super().document(), kind="plan", organisation=organisation, who=self.who_labels)

    def answered(self) -> str:
        """What the plan is made of: "Arbetsbok från 4 av 6 organisationer"."""
        given, missing = self.answering
        asked = len(given) + len(missing)
        return say(self.language, "plan.made-of", documents=self.asked_in, given=len(given), asked=asked)

    @cached_property
    def who_labels(self) -> tuple[str, str]:
        """The labels of who answered and who did not: each document counts its own."""
        labels = ("plan.answers-from", "plan.no-answer-from")
        answered, silent = (say(self.language, label, documents=self.asked_in) for label in labels)
        return answered, silent

    @cached_property
    def asked_in(self) -> str:
        """The documents of this format that partners were sent, by their titles."""
        titles = (self.text(each.title) for each in self.blueprint.documents.values() if each.format == self.format)
        return " / ".join(titles) or say(self.language, "plan.answers")

    @cached_property
    def answering(self) -> tuple[list[Partner], list[Partner]]:
        """The partners asked in this format: those of whom a document came, and those of whom none did."""
        formats = {name: spec.format for name, spec in self.blueprint.documents.items()}
        came = {each.partner.id for each in self.merged.submissions if self.format in map(formats.get, each.returned)}
        documents = {each.partner.id: each.documents for each in self.merged.submissions}
        given, missing = [], []
        for partner in self.round.partners:
            if partner.id in came:
                given.append(partner)
                continue
            asked = documents.get(partner.id) or documents_for(self.round, partner)
            if any(formats[each.identity.document] == self.format for each in asked):
                missing.append(partner)
        return given, missing

    def facts(self) -> Iterator[tuple[str, str]]:
        if self.everything:  # nobody reads it
            return
        yield from super().facts()
        given, missing = self.answering
        answered, silent = self.who_labels
        yield answered, ", ".join(partner.name for partner in given) or "–"
        if missing:
            yield silent, ", ".join(partner.name for partner in missing)

    # What stands here

    def sections(self) -> Iterator[Section]:
        if not self.merged.submissions:
            return
        for name in self.spec.sections:
            section = self.blueprint.sections[name]
            blocks = tuple(self.blocks(section))
            if blocks:
                yield Section(name, section.number, self.text(section.title), blocks)

    def blocks(self, section: SectionSpec) -> Iterator[Block]:
        """A section's fields in order; short answers that lie side by side are one table by organisation."""
        for run in self.runs(section):
            if isinstance(run, tuple):
                yield from self.beside(section, run)
            elif run.type == "table":
                yield from self.rows(section, run)
            elif self.is_summed(section, run):
                yield from self.sum_of(section, run)
            else:
                yield from self.single(section, run)

    # Sums

    def sum_of(self, section: SectionSpec, field: Field) -> Iterator[Question]:
        """What a field comes to over all organisations, year by year where it has years."""
        keys = self.keys(section, field)
        if not any(self.voices(key) for key, _ in keys):
            return
        look = self.look_of_sum(section, field)
        for key, label in keys:
            address = Address(key)
            # What nobody answered in some year must not be a formula that names itself.
            total = summed(Cell(address), self.contributions) if self.voices(key) else Number(Decimal(0))
            yield Question(Slot(address, label, label, self.field_spec(look), read_only=True, formula=total))

    def look_of_sum(self, section: SectionSpec, field: Field) -> Field:
        """A sum stands beside what is calculated of it, so it is shown in the same unit."""
        drawn = [
            of.columns[parts[2]] if parts[2] else of
            for parts, used in self.uses.items()
            if (section.name, field.name, "") in used
            for of in [self.blueprint.field(f"{parts[0]}.{parts[1]}")]
        ]
        looks = {(each.type, each.appearance, each.unit) for each in drawn}
        if len(looks) != 1 or drawn[0].type != field.type:
            return field
        return replace(field, appearance=drawn[0].appearance, unit=drawn[0].unit)

    def formula(self, address: Address, field: Field, instance: str, row: str) -> Formula:
        """As in a partner's document, but a field that partners filled in is what their answers come to."""
        return summed(super().formula(address, field, instance, row), self.sources)

    @cached_property
    def sources(self) -> Mapping[str, Contribution]:
        """Where the answers to a field stand, if the field itself has no place."""
        placed = {
            key
            for section in self.blueprint.sections.values()
            for field in section.fields.values()
            if field.type != "table" and self.is_summed(section, field)
            for key, _ in self.keys(section, field)
        }
        return {key: found for key, found in self.contributions.items() if key not in placed}

    @cached_property
    def contributions(self) -> Mapping[str, Contribution]:
        """For each field that partners answered in a table by organisation: where, and which of them count."""
        found: dict[str, Contribution] = {}
        for name in self.spec.sections:
            section = self.blueprint.sections[name]
            for run in self.runs(section):
                if not isinstance(run, tuple):
                    continue
                partners = self.answering_to(section, run)
                for field in run:
                    for key, _ in self.keys(section, field):
                        if self.voices(key):
                            rows = self.counting(field, key, partners)
                            found[key] = Contribution(self.table_of(section, run), key.partition(".")[2], rows)
        return found

    def unknown(self) -> dict[Address, str]:
        """The answers that calculations draw on and nobody knows, with what is said of them."""
        return {
            Address(key): say(self.language, "plan.unknown", label=self.text(self.merged.fields[key].field.label))
            for key, found in self.contributions.items()
            if found.unknown
        }

    def counting(self, field: Field, key: str, partners: Sequence[Partner]) -> tuple[int, ...] | None:
        """The rows whose answer counts: all, or the one that says what was agreed or said last."""
        if field.merge not in {"agree", "latest"}:
            return None
        value = self.merged.fields[key].value
        saying = [voice.partner for voice in self.voices(key) if voice.value == value and value is not None]
        return (partners.index(saying[-1]) + 1,) if saying else ()
