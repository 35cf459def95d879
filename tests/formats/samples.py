"""Documents made by hand, which hold every field type in every place: what writers and readers are tried with.

They come from no blueprint, so that a format can be tested without the loader and the layout.
"""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from docgen.document import (
    Block,
    Column,
    Document,
    Guide,
    Identity,
    Note,
    Prose,
    Question,
    Row,
    Section,
    Slot,
    Span,
    Table,
)
from docgen.fields import FIELD_TYPES
from docgen.fields.base import Option, Spec, Target
from docgen.locales import text as say
from docgen.values import Address, Period, Reference, Value

# Every type a question may have, in the order they stand in the sample.
TYPES = (
    "text",
    "paragraph",
    "integer",
    "decimal",
    "money",
    "percent",
    "date",
    "period",
    "select_one",
    "select_multiple",
    "boolean",
    "email",
    "phone",
    "organisation",
    "reference",
)

LABELS = {
    "text": "Rubrik på förslaget",
    "paragraph": "Så ser det ut i dag",
    "integer": "Antal möten per år",
    "decimal": "Del av tjänst",
    "money": "Egen insats",
    "percent": "Andel som svarat",
    "date": "Senast",
    "period": "När",
    "select_one": "Prioritering",
    "select_multiple": "Arbetsområden",
    "boolean": "Söker vi medel?",
    "email": "E-post",
    "phone": "Telefon",
    "organisation": "Huvudansvarig",
    "reference": "Gäller",
    "signature": "Underskrift",
}

UNITS = {"decimal": "h", "money": "kr", "integer": "st"}

# A value of each type that may be typed.
VALUES: dict[str, Value] = {
    "text": "=1+1 blir två – åäö Łódź & <i tid>",
    "paragraph": "Första raden\nandra raden\n\n- fjärde raden, med mellanslag  i",
    "integer": 12_500,
    "decimal": Decimal("12.5"),
    "money": Decimal(150_000),
    "percent": Decimal("0.125"),
    "date": datetime.date(2027, 6, 30),
    "period": Period.from_iso("2027-Q3"),
    "select_one": "later",
    "select_multiple": ("prevention", "integration"),
    "boolean": True,
    "email": "asa.oberg@nas.example",
    "phone": "+46 70 123 45 67",
    "organisation": "kvinnojouren",
    "reference": Reference("sample.grid", 2),
}

PRIORITIES = (Option("now", "Nu"), Option("later", "Senare"), Option("not_now", "Inte nu"))
KINDS = tuple(Option(f"kind_{number}", f"Slag {number} av insats") for number in range(1, 10))
AREAS = (
    Option("prevention", "Förebyggande arbete"),
    Option("prosecution", "Lagföring"),
    Option("protection", "Skydd och stöd"),
    Option("integration", "Integrering och återvändande"),
)
PARTNERS = (
    Option("polisen", "Polismyndigheten, lokalpolisområde Näs"),
    Option("socialtjansten", "Socialtjänsten i Näs kommun"),
    Option("kvinnojouren", "Kvinnojouren Ängeln"),
)
OPTIONS = {"select_one": PRIORITIES, "select_multiple": AREAS, "organisation": PARTNERS}
TARGETS = (Target("sample.grid", "Delmål", 3),)
LITERALS = (Option("whole", "Arbetet i stort"),)

IDENTITY = Identity("exempelplan", "2027.1", "c0ffee" * 10 + "beef", "a1b2c3d4e5", "polisen", "prov")


def spec(type_: str, language: str = "sv", appearance: str | None = None, **given: object) -> Spec:
    """A spec of a type with the sample's choices."""
    made = Spec(
        type_,
        language,
        appearance,
        OPTIONS.get(type_, ()),
        LITERALS if type_ == "reference" else (),
        TARGETS if type_ == "reference" else (),
        UNITS.get(type_, ""),
    )
    return replace(made, **given)  # type: ignore[arg-type]


def placeholder(of: Spec) -> str:
    """What stands in an empty control, as the layout would say it."""
    if of.type in {"select_one", "boolean", "organisation", "reference"}:
        return say(of.language, "form.choose")
    return FIELD_TYPES[of.type].example(of) or say(of.language, "form.write")


def slot(key: str, of: Spec, label: str = "", *, place: str = "", value: Value | None = None, **given: object) -> Slot:
    """A slot for the answer a key stands for (``section.field`` or ``section.table[1].column``)."""
    label = label or LABELS[of.type]
    made = Slot(Address.parse(key), place or label, label, of, placeholder=placeholder(of), value=value)
    return replace(made, **given)  # type: ignore[arg-type]


def table(
    key: str,
    types: Sequence[str],
    *,
    rows: int = 3,
    labels: Sequence[str] = (),
    language: str = "sv",
    cards: bool = False,
    row_label: str = "Delmål",
    label: str = "",
) -> Table:
    """A table with a column of each type, of numbered rows or, with labels, fixed ones."""
    specs = {type_: spec(type_, language) for type_ in types}
    columns = tuple(
        Column(type_, LABELS[type_], specs[type_], unit=UNITS.get(type_, ""), required=type_ == "text")
        for type_ in types
    )
    made = []
    for number, name in enumerate(labels or [""] * rows, start=1):
        noun = name or f"{row_label} {number}"
        slots = tuple(
            slot(f"{key}[{number}].{type_}", specs[type_], place=f"{noun}, {LABELS[type_]}") for type_ in types
        )
        made.append(Row(number, name, slots))
    return Table(key, label or f"Tabell {key}", columns, tuple(made), row_label, fixed=bool(labels), cards=cards)


def guides() -> tuple[Guide, ...]:
    """One guide of each kind."""
    return (
        Guide(
            "intro",
            "",
            (
                Prose((Span("Här beskriver ni "), Span("kort", bold=True), Span(" hur det ska bli."))),
                Prose((Span("Skriv så att den som är ny förstår."),), "•"),
                Prose(
                    (
                        Span("Skriv "),
                        Span("inte", italic=True),
                        Span(" namn på enskilda."),
                    ),
                    "•",
                ),
            ),
        ),
        Guide("think", "Fundera på", (Prose((Span("Vilka märker skillnaden först?"),)),)),
        Guide("example", "Exempel", (Prose((Span("I vår stad vet den som utnyttjas vart hen kan vända sig."),)),)),
        Guide("check", "Stäm av", (Prose((Span("Kan alla säga ja till det här?"),)),)),
    )


def questions(language: str = "sv", section: str = "sample", types: Sequence[str] = TYPES) -> list[Block]:
    """A question of each type, and the appearances that look otherwise."""
    blocks: list[Block] = [
        Question(
            slot(f"{section}.{type_}", spec(type_, language), required=type_ in {"text", "date"}),
            "Svara bara om ni har valt Nu." if type_ == "organisation" else "",
        )
        for type_ in types
    ]
    blocks += [
        Question(slot(f"{section}.one_box", spec("boolean", language, "checkbox"), "Vi har läst planen")),
        Question(
            slot(
                f"{section}.kind",
                spec("select_one", language, options=KINDS),
                "Slag",
                hint="Välj det som ligger närmast.",
            )
        ),
        Question(slot(f"{section}.one_line", spec("select_multiple", language, "minimal"), "Områden på en rad")),
    ]
    return blocks


def document(language: str = "sv", *, signature: bool = False, document_id: str = "prov") -> Document:
    """Every field type outside tables, in a grid, in cards, in fixed rows; guides of every kind.

    Args:
        language: ``sv`` or ``en``: of the specs and the document; the sample's own words stay Swedish.
        signature: with a question for a signature, which only a PDF can hold.
        document_id: the document's id.
    """
    first = guides()
    signed: list[Block] = [Question(slot("signing.signature", spec("signature", language)))] if signature else []
    sections = (
        Section("sample", "1", "Frågor av alla slag", (*first[:3], *questions(language), first[3])),
        Section(
            "tables",
            "2",
            "Tabeller",
            (
                table("sample.grid", ("text", "select_one", "date", "integer", "organisation"), language=language),
                table("tables.cards", TYPES, rows=2, cards=True, language=language, row_label="Risk"),
                table(
                    "tables.fixed",
                    ("paragraph", "money", "boolean"),
                    labels=("Förebyggande arbete", "Lagföring", "Skydd och stöd"),
                    language=language,
                    row_label="Arbetsområde",
                ),
            ),
        ),
        Section(
            "signing",
            "8b",
            "Till sist",
            (
                Note((Prose((Span("Fyra av sex har svarat."),)),)),
                Question(slot("signing.place", spec("text", language), "Ort")),
                *signed,
            ),
        ),
    )
    return Document(
        replace(IDENTITY, document=document_id),
        language,
        "Arbetsbok",
        "Lokal samverkansplan mot människohandel",
        "Polismyndigheten, lokalpolisområde Näs",
        (("Kommun", "Näs kommun"), ("Planperiod", "2027–2030"), ("Svara senast", "2027-03-31")),
        (first[0],),
        sections,
        carried='{"docgen": 1, "id": "exempelplan", "title": "Näs \u2013 ängar"}',
    )


def with_values(given: Document, values: dict[str, Value]) -> Document:
    """The same document with answers filled in beforehand, by key."""

    def filled(old: Slot) -> Slot:
        return replace(old, value=values.get(str(old.address), old.value))

    def block(old: Block) -> Block:
        match old:
            case Question(slot=one):
                return replace(old, slot=filled(one))
            case Table(rows=rows):
                return replace(old, rows=tuple(replace(row, slots=tuple(map(filled, row.slots))) for row in rows))
            case _:
                return old

    return replace(
        given,
        sections=tuple(
            replace(section, blocks=tuple(block(each) for each in section.blocks)) for section in given.sections
        ),
    )
