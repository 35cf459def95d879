"""From a blueprint and one partner to the :class:`~docgen.document.Document` of one file.

Here it is decided what a partner is asked (roles, visibility, documents), in what order, in which language, and what
each row, column and place is called. Writers only set it out; readers only look for it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from docgen.addressed import Addressee, addressed, is_addressable, named, stand_in
from docgen.blueprint import calculation
from docgen.blueprint.calculation import Cell, CellSum, ColumnSum, Formula, Name, SumOf
from docgen.blueprint.load import in_language
from docgen.blueprint.model import GROUP, PARTNERS, DocumentSpec, Field, GuideBlock
from docgen.blueprint.model import Section as SectionSpec
from docgen.document import (
    Block,
    Column,
    Document,
    Guide,
    Identity,
    Prose,
    Question,
    Row,
    Section,
    Slot,
    Table,
    Theme,
)
from docgen.fields import FIELD_TYPES, Option, Spec, Target
from docgen.locales import text as say
from docgen.prose import prose
from docgen.sending import Partner, Round, parameter_spec
from docgen.totals import calculated
from docgen.values import Address, Period, Value


def documents_for(round_: Round, partner: Partner) -> tuple[Document, ...]:
    """The documents a partner gets; one that would ask nothing is left out."""
    return tuple(
        document
        for name in round_.blueprint.documents
        if (document := lay_out(round_, partner, name)).sections and any(document.slots())
    )


def lay_out(round_: Round, partner: Partner, document: str) -> Document:
    """One document for one partner, blank.

    Raises:
        KeyError: the blueprint has no such document.
    """
    anybodys = for_anybody(round_, partner, document)
    if anybodys is None:
        return Layout(round_, partner, document).document()
    return addressed(anybodys, stand_in(round_.id), Addressee(partner.id, partner.name))


def for_anybody(round_: Round, partner: Partner, document: str) -> Document | None:
    """One document for any partner with these roles and this language, made once a round.

    None where a blueprint names the partner in more than its guidance: such a document is laid out for each.
    """
    key = (document, partner.roles, partner.language)
    if key not in round_.laid_out:
        anybody = stand_in(round_.id)
        made = Layout(round_, replace(partner, id=anybody.id, name=anybody.name), document).document()
        round_.laid_out[key] = made if is_addressable(made, anybody) else None
    return round_.laid_out[key]


def asked(asked_of: tuple[str, ...], partner: Partner) -> bool:
    """Whether a partner is asked what these roles are asked. ``group`` alone is the merged plan's matter."""
    if not asked_of:
        return True
    roles = set(asked_of) - {GROUP}
    return bool(roles) and (not partner.roles or not roles.isdisjoint(partner.roles))


class Layout:
    """Lays one document out; holds what every part of it needs to know."""

    def __init__(self, round_: Round, partner: Partner, document: str) -> None:
        self.round = round_
        self.partner = partner
        self.blueprint = in_language(round_.blueprint, partner.language or round_.blueprint.language)
        self.language = self.blueprint.language
        self.spec: DocumentSpec = self.blueprint.documents[document]

    def document(self) -> Document:
        """The whole document, with its calculated values."""
        blueprint = self.round.blueprint
        identity = Identity(
            blueprint.id, blueprint.version, blueprint.hash, self.round.id, self.partner.id, self.spec.name
        )
        blank = Document(
            identity=identity,
            language=self.language,
            title=self.text(self.spec.title),
            plan=self.text(self.blueprint.title),
            organisation=self.partner.name,
            facts=tuple(self.facts()),
            guide=self.guides(self.spec.guide),
            sections=tuple(self.sections()),
            theme=Theme(self.blueprint.theme.colour),
            carried=carried(self.round, self.partner),
            coordinator_language=blueprint.language,
            protected=self.spec.protected,
        )
        return calculated(blank)

    def text(self, text: str, name: str = "") -> str:
        """A text with the round's parameters and the partner's name, or another, filled in."""
        return re.sub(r"\{([a-z_.0-9]+)\}", lambda match: self.filled_in(match[1], name or self.partner.name), text)

    def filled_in(self, word: str, name: str) -> str:
        """What stands in place of one ``{word}``."""
        return name if word == "partner.name" else self.parameter(word.removeprefix("round."))

    def prose(self, text: str) -> tuple[Prose, ...]:
        """A CommonMark text, filled in; a partner's name stands in it as it is, whatever signs it holds."""
        anybody = stand_in(self.round.id)
        return named(prose(self.text(text, anybody.name)), anybody, Addressee(self.partner.id, self.partner.name))

    def parameter(self, name: str) -> str:
        """A parameter as people read it, "" where it was not given."""
        field = self.blueprint.parameters.get(name)
        value = self.round.parameters.get(name)
        if field is None or value is None:
            return ""
        return FIELD_TYPES[field.type].show(value, parameter_spec(self.blueprint, field))

    def facts(self) -> Iterator[tuple[str, str]]:
        """The parameters that were given, as label and text."""
        for name, field in self.blueprint.parameters.items():
            shown = self.parameter(name)
            if shown:
                yield self.text(field.label), shown

    def sections(self) -> Iterator[Section]:
        """The sections this partner is asked anything in."""
        for name in self.spec.sections:
            section = self.blueprint.sections[name]
            if not self.includes(section):
                continue
            questions = tuple(self.questions(section))
            if questions:
                guides = self.guides(section.guide)
                before = tuple(guide for guide in guides if guide.kind != "check")
                after = tuple(guide for guide in guides if guide.kind == "check")
                yield Section(name, section.number, self.text(section.title), (*before, *questions, *after))

    def includes(self, part: SectionSpec | Field) -> bool:
        """Whether a section, field or column stands in this document for this partner."""
        return asked(part.asked_of, self.partner) and (not part.documents or self.spec.name in part.documents)

    def guides(self, blocks: tuple[GuideBlock, ...]) -> tuple[Guide, ...]:
        """Guidance with its labels and its texts filled in."""
        return tuple(
            Guide(
                block.kind,  # type: ignore[arg-type]  # the grammar allows no other kinds
                "" if block.kind == "intro" else say(self.language, f"form.{block.kind}"),
                self.prose(block.text),
            )
            for block in blocks
        )

    def questions(self, section: SectionSpec) -> Iterator[Block]:
        """The questions and tables of a section, in order."""
        for field in section.fields.values():
            if not self.includes(field):
                continue
            if field.type == "table":
                table = self.table(section, field)
                if table.columns:
                    yield table
                continue
            hint = self.text(field.relevant_hint or section.relevant_hint)
            for key, label in self.instances(field):
                address = Address(f"{section.name}.{key}")
                yield Question(self.slot(address, field, label, label, key), hint)

    def instances(self, field: Field) -> Iterator[tuple[str, str]]:
        """Key and label of a field or column: one, or one for each year or quarter of its ``each``."""
        label = self.text(field.label)
        for suffix, shown in self.each(field):
            yield f"{field.name}{suffix}", f"{label} {shown}" if shown else label

    def each(self, field: Field) -> Iterator[tuple[str, str]]:
        """The ending of the key and the word in the label for each year or quarter; one empty pair without ``each``."""
        if not field.each:
            yield "", ""
        elif field.each == "quarters":
            for quarter in range(1, 5):
                yield f"_q{quarter}", say(self.language, "form.quarter", number=quarter)
        else:
            period = self.round.parameters.get(field.each.removesuffix(".years"))
            for year in period.years if isinstance(period, Period) else ():
                yield f"_{year}", str(year)

    def field_spec(self, field: Field) -> Spec:
        """What a field type needs to know of a field, in this document's language."""
        return Spec(
            type=field.type,
            language=self.language,
            appearance=field.appearance,
            options=self.options(field),
            literals=tuple(Option(name, self.text(label)) for name, label in field.literals.items()),
            targets=tuple(self.target(key) for key in field.to),
            unit=self.text(field.unit),
        )

    def options(self, field: Field) -> tuple[Option, ...]:
        """What there is to choose from."""
        if field.type == "organisation" or field.choices == PARTNERS:
            return tuple(Option(partner.id, partner.name) for partner in self.round.partners)
        labels = self.blueprint.choices.get(field.choices, {})
        return tuple(Option(name, self.text(label)) for name, label in labels.items())

    def target(self, key: str) -> Target:
        """A table that a reference points into."""
        table = self.blueprint.field(key)
        return Target(key, self.row_label(table), table.repeat or len(self.fixed_rows(table)))

    def row_label(self, table: Field) -> str:
        """What one row of a table is called."""
        return self.text(table.row_label) or say(self.language, "form.row")

    def fixed_rows(self, table: Field) -> tuple[Option, ...]:
        """Name and label of each fixed row; none where rows repeat."""
        if isinstance(table.rows, Mapping):
            return tuple(Option(name, self.text(label)) for name, label in table.rows.items())
        if table.rows == PARTNERS:
            return tuple(Option(partner.id, partner.name) for partner in self.round.partners)
        labels = self.blueprint.choices[table.rows.removeprefix("choices.")] if table.rows else {}
        return tuple(Option(name, self.text(label)) for name, label in labels.items())

    def slot(self, address: Address, field: Field, label: str, place: str, instance: str, row: str = "") -> Slot:
        """One place for one answer. ``instance`` is the key with its year or quarter, ``row`` a fixed row's name."""
        spec = self.field_spec(field)
        value: Value | None = None
        if field.default is not None:
            value = FIELD_TYPES[field.type].from_json(field.default, spec)
        return Slot(
            address=address,
            place=place,
            label=label,
            spec=spec,
            hint=self.text(field.hint),
            required=field.required,
            placeholder=_placeholder(spec),
            value=value,
            read_only=field.read_only,
            formula=self.formula(address, field, instance, row) if field.calculation else None,
        )

    def table(self, section: SectionSpec, field: Field) -> Table:
        """A table with its printed rows."""
        key = f"{section.name}.{field.name}"
        row_label = self.row_label(field)
        columns = [
            (column, instance, label)
            for column in field.columns.values()
            if self.includes(column)
            for instance, label in self.instances(column)
        ]
        fixed = self.fixed_rows(field)
        numbered = fixed or tuple(Option("", "") for _ in range(field.repeat or 0))
        rows = []
        for number, option in enumerate(numbered, start=1):
            called = option.label or f"{row_label} {number}"
            slots = tuple(
                self.slot(Address(key, number, instance), column, label, f"{called}, {label}", instance, option.name)
                for column, instance, label in columns
            )
            rows.append(Row(number, option.label, slots))
        return Table(
            key=key,
            label=self.text(field.label),
            columns=tuple(self.column(column, instance, label) for column, instance, label in columns),
            rows=tuple(rows),
            row_label=row_label,
            fixed=bool(fixed),
            cards=field.appearance == "cards",
            hint=self.text(field.hint),
            relevant_hint=self.text(field.relevant_hint or section.relevant_hint),
        )

    def column(self, field: Field, instance: str, label: str) -> Column:
        """A column, or one year or quarter of it."""
        return Column(
            instance,
            label,
            self.field_spec(field),
            self.text(field.hint),
            field.required,
            self.text(field.unit),
            field.total,
            field.read_only,
        )

    def formula(self, address: Address, field: Field, instance: str, row: str) -> Formula:
        """A calculation with its names resolved to addresses (see :mod:`docgen.blueprint.calculation`)."""
        suffix = instance.removeprefix(field.name)

        def resolved(found: Name | SumOf) -> Formula:
            name = found.name if isinstance(found, SumOf) else found
            whole = isinstance(found, SumOf)
            match name.parts:
                case (column,):
                    siblings = self.blueprint.field(address.field).columns
                    keys = self.keys_of(siblings[column], suffix, whole=whole)
                    cells = tuple(Address(address.field, address.row, key) for key in keys)
                case (section, single):
                    keys = self.keys_of(self.blueprint.field(f"{section}.{single}"), suffix, whole=whole)
                    cells = tuple(Address(f"{section}.{key}") for key in keys)
                case (section, table, column):
                    of = self.blueprint.field(f"{section}.{table}")
                    # In a field with `each`, the same year; elsewhere, all years.
                    keys = self.keys_of(of.columns[column], suffix, whole=not suffix)
                    filters = found.filters if isinstance(found, SumOf) else ()
                    return ColumnSum(f"{section}.{table}", keys, tuple(self.filter(of, each, row) for each in filters))
                case _:
                    raise ValueError(name.parts)
            return CellSum(cells) if whole else Cell(cells[0])

        return calculation.resolve(calculation.parse(field.calculation), resolved)

    def keys_of(self, field: Field, suffix: str, *, whole: bool) -> tuple[str, ...]:
        """The instances of a field: all, or the one of the same year or quarter where it has one."""
        keys = tuple(key for key, _ in self.instances(field))
        same = f"{field.name}{suffix}"
        if not whole and same in keys:
            return (same,)
        return keys

    def filter(self, table: Field, condition: tuple[str, str | None], row: str) -> tuple[str, str, str]:
        """A condition of a sum: the column, the choice's name, and its label as it stands in cells."""
        column, wanted = condition
        name = row if wanted is None else wanted
        options = self.options(table.columns[column])
        label = next((option.label for option in options if option.name == name), name)
        return column, name, label


def _placeholder(spec: Spec) -> str:
    """What stands in an empty control: nothing that anybody would answer, for such an answer would be taken for it."""
    if spec.type in {"select_one", "boolean", "reference", "organisation"}:
        return say(spec.language, "form.choose")
    if spec.type == "select_multiple":
        return say(spec.language, "form.several")
    example = FIELD_TYPES[spec.type].example(spec)
    if spec.type == "date" or not example:
        return example or say(spec.language, "form.write")
    return say(spec.language, "form.such_as", example=example)


def carried(round_: Round, partner: Partner) -> str:
    """What every file carries, as JSON: enough to lay the same documents out again, and nothing this partner may not see.

    Of the other partners that is their ids and names, which stand in drop-downs anyway.
    """
    data = {
        "docgen": 1,
        "blueprint": round_.blueprint.data,
        "translations": round_.blueprint.translations,
        "parameters": round_.parameters_as_json(),
        "partners": [[each.id, each.name] for each in round_.partners],
        "partner": {"id": partner.id, "roles": list(partner.roles), "language": partner.language},
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=dict)
