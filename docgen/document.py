"""The tree every format writes and reads: headings, guides, questions, tables, notes.

A :class:`Document` is made by :mod:`docgen.layout` from a blueprint and one partner (or, later, from the merged
plan). It holds everything in the language it is to be read in; a writer looks nothing up but its own fixed texts.
A reader gets the same Document, so that it knows what could stand in the file and what is the blueprint's own text.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from docgen.blueprint.calculation import Formula
from docgen.fields.base import Spec
from docgen.once import once
from docgen.values import Address, Value

PARTNER = "_partner"  # in the plan, the column that says whose a row is; a blueprint's own names begin with a letter
FIXED = "_row"  # in the plan, the column that holds a fixed row's label


@dataclass(frozen=True)
class Span:
    """A run of prose in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Prose:
    """One paragraph or list item of a guide (CommonMark). ``marker`` is "" for a paragraph, "•" or "1." in a list."""

    spans: tuple[Span, ...]
    marker: str = ""

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(span.text for span in self.spans)


GuideKind = Literal["intro", "think", "example", "check"]


@dataclass(frozen=True)
class Guide:
    """Guidance before (or, for a check, after) what is to be filled in. ``label`` is "" for an intro."""

    kind: GuideKind
    label: str
    prose: tuple[Prose, ...]


@dataclass(frozen=True)
class Slot:
    """One place for one answer.

    Attributes:
        address: where the answer belongs.
        place: the same as a person says it: "Delmål 2, Senast".
        label: the question.
        placeholder: what stands in an empty control: "Skriv här", "Välj", "ÅÅÅÅ-MM-DD".
        value: an answer to print beforehand; None for a blank.
        read_only: shown, not to be filled in.
        formula: how the value is calculated (Excel only); the writer caches ``value`` beside it.
    """

    address: Address
    place: str
    label: str
    spec: Spec
    hint: str = ""
    required: bool = False
    placeholder: str = ""
    value: Value | None = None
    read_only: bool = False
    formula: Formula | None = None

    @once
    def tag(self) -> str:
        """The identity of the control in a file: the address, cut with a digest at the 64 characters Word allows."""
        return short_name(str(self.address), 64)


@dataclass(frozen=True)
class Question:
    """A field outside a table. ``relevant_hint`` says who need not answer."""

    slot: Slot
    relevant_hint: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table: its key in data (``target_2027``) and its header."""

    key: str
    label: str
    spec: Spec
    hint: str = ""
    required: bool = False
    unit: str = ""
    total: bool = False
    read_only: bool = False


@dataclass(frozen=True)
class Row:
    """A printed row: its number, its own label where rows are fixed, and one slot a column."""

    number: int
    label: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Table:
    """A table with numbered rows.

    ``key`` is ``section.field``. ``cards`` lays each row out as a block of label and answer lines. ``fixed`` rows have
    labels of their own and nobody adds any. ``row_label`` is what one row is called ("Delmål"), or the header over
    the labels of fixed rows.
    """

    key: str
    label: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    row_label: str
    fixed: bool = False
    cards: bool = False
    hint: str = ""
    relevant_hint: str = ""

    def slot(self, number: int, column: str) -> Slot:
        """The slot of a row and column, for printed rows and for rows a person added after them.

        Raises:
            KeyError: no such column.
        """
        for row in self.rows:
            if row.number == number:
                for slot in row.slots:
                    if slot.address.column == column:
                        return slot
        placeholders = {slot.address.column: slot.placeholder for row in self.rows for slot in row.slots}
        for found in self.columns:
            if found.key == column:
                return Slot(
                    Address(self.key, number, column),
                    f"{self.row_label} {number}, {found.label}",
                    found.label,
                    found.spec,
                    required=found.required,
                    placeholder=placeholders.get(column, ""),
                    read_only=found.read_only,
                )
        raise KeyError(column)


@dataclass(frozen=True)
class Note:
    """A remark of the writer's own, such as how many answered."""

    prose: tuple[Prose, ...]


@dataclass(frozen=True)
class Voices:
    """What several organisations answered to one question, each under its name.

    ``entries`` pairs who said it (one organisation, or several that said the same) with the text. ``remark`` is a line
    of the plan's own, such as that the answers should agree and do not; "" for none.
    """

    label: str
    entries: tuple[tuple[str, str], ...]
    remark: str = ""


@dataclass(frozen=True)
class ChartLine:
    """Numbers that belong together: what they are called, where they stand, and what they are, one a category.

    ``against``: they stand against the other lines, as what pays stands against what it costs.
    """

    label: str
    addresses: tuple[Address, ...]
    values: tuple[Decimal, ...]
    against: bool = False


@dataclass(frozen=True)
class Chart:
    """Numbers of the table or questions before it as a picture: native in Excel, drawn elsewhere.

    ``alternative`` says in words what it shows. ``spec`` is that of the numbers: their unit and how they look.
    """

    label: str
    alternative: str
    categories: tuple[str, ...]
    lines: tuple[ChartLine, ...]
    spec: Spec


Block = Guide | Question | Table | Note | Voices | Chart


@dataclass(frozen=True)
class Section:
    """A section: its key, printed number, title and blocks in reading order."""

    key: str
    number: str
    title: str
    blocks: tuple[Block, ...]

    def slots(self) -> Iterator[Slot]:
        """Every printed slot, in reading order."""
        for block in self.blocks:
            match block:
                case Question(slot=slot):
                    yield slot
                case Table(rows=rows):
                    for row in rows:
                        yield from row.slots
                case _:
                    pass


@dataclass(frozen=True)
class Identity:
    """Which file this is. ``reference`` is what stands on paper for the day every mark in the file is lost."""

    blueprint: str
    version: str
    hash: str
    round: str
    partner: str
    document: str

    @property
    def reference(self) -> str:
        """The visible reference: ``ROUND/PARTNER/DOCUMENT``."""
        return f"{self.round}/{self.partner}/{self.document}"


@dataclass(frozen=True)
class Theme:
    """The look of a round: one colour as ``#RRGGBB``, and a logo as the bytes of a PNG or JPEG (or none)."""

    colour: str = "#0B4F5C"
    logo: bytes | None = None


@dataclass(frozen=True)
class Document:
    """What one file says and asks.

    Attributes:
        language: ``sv`` or ``en``; also the file's own language setting.
        title: the document's title ("Arbetsbok"); ``plan`` is the blueprint's ("Lokal samverkansplan").
        organisation: the partner's name.
        facts: what the cover says of the round, as pairs of label and text (may hold newlines).
        guide: how to fill this document in.
        carried: the blueprint, parameters and partners as one JSON text, kept in the file for the day it comes back
            to a machine that knows nothing of the round. Holds nothing but what this partner may see.
        coordinator_language: the blueprint's own language, in which the coordinator is told about this file.
        kind: a form to fill in, or the merged plan to read.
        protected: nothing but the answers can be changed (Word only).
        attachments: files to carry along whole, by name (PDF only).
        who: the labels of those ``facts`` that say who answered and who did not.
    """

    identity: Identity
    language: str
    title: str
    plan: str
    organisation: str
    facts: tuple[tuple[str, str], ...]
    guide: tuple[Guide, ...]
    sections: tuple[Section, ...]
    theme: Theme = Theme()
    carried: str = ""
    coordinator_language: str = "en"
    kind: Literal["form", "plan"] = "form"
    protected: bool = False
    attachments: tuple[tuple[str, bytes], ...] = ()
    who: tuple[str, ...] = ()

    def tables(self) -> Iterator[Table]:
        """Every table, in reading order."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Table):
                    yield block

    def slots(self) -> Iterator[Slot]:
        """Every printed slot, in reading order."""
        for section in self.sections:
            yield from section.slots()


def short_name(name: str, limit: int) -> str:
    """A name within a limit of characters: itself, or its start and a digest that keeps it unique."""
    if len(name) <= limit:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:12]
    return f"{name[: limit - 13]}~{digest}"
