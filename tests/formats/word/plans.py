"""Merged plans made by hand, in which every answer is a word that stands nowhere else."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

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
from docgen.fields import FIELD_TYPES
from docgen.fields.base import Spec
from docgen.formats.word.pen import shown
from docgen.formats.word.printed import decided
from docgen.values import Address, Value
from tests.formats.samples import LABELS, UNITS, document, slot, spec

PARTNERS = ("Kärngruppen", "Socialtjänsten i Näs kommun", "Polismyndigheten, lokalpolisområde Näs")
AREAS = ("Förebyggande arbete", "Lagföring")
_TEXT = Spec("text", "sv")


class Words:
    """Gives words and numbers that it never gave before; no one of them is part of another."""

    def __init__(self) -> None:
        self._next = count(1001)

    def word(self) -> str:
        return f"ord{next(self._next)}x"

    def value(self, type_: str) -> Value:
        if FIELD_TYPES[type_].numeric:
            return next(self._next)
        return f"{self.word()} och\n\n{self.word()}" if type_ == "paragraph" else self.word()


def cell(address: Address, value: Value | None, of: Spec = _TEXT, label: str = "") -> Slot:
    """A cell to be read."""
    return Slot(address, label, label, of, value=value, read_only=True)


def plan_table(
    key: str,
    types: Sequence[str],
    words: Words,
    *,
    rows: int = 3,
    partners: Sequence[str] = PARTNERS,
    fixed: bool = False,
    cards: bool = False,
    decisions: Sequence[str] = (),
    total: bool = False,
) -> Table:
    """A table of the plan: of partners' rows, with a column of each type and one for each decision of the group."""
    heads = [Column(FIXED, "Arbetsområde", _TEXT, read_only=True)] if fixed else []
    heads.append(Column(PARTNER, "Organisation", _TEXT, read_only=True))
    for place, type_ in enumerate(types):
        numeric = FIELD_TYPES[type_].numeric
        unit = UNITS.get(type_, "")
        heads.append(
            Column(f"c{place}", LABELS[type_], spec(type_), unit=unit, total=total and numeric, read_only=True)
        )
    heads += [Column(f"d{place}", f"Beslut {place}", spec(type_)) for place, type_ in enumerate(decisions)]
    made = []
    for number in range(1, rows + 1):
        slots = [cell(Address(key, number, FIXED), AREAS[(number - 1) * len(AREAS) // rows])] if fixed else []
        slots.append(cell(Address(key, number, PARTNER), partners[(number - 1) % len(partners)]))
        for place, type_ in enumerate(types):
            of = spec(type_) if FIELD_TYPES[type_].numeric or type_ == "paragraph" else _TEXT
            slots.append(cell(Address(key, number, f"c{place}"), words.value(type_), of, LABELS[type_]))
        for place, type_ in enumerate(decisions):
            slots.append(slot(f"{key}[{number}].d{place}", spec(type_), f"Beslut {place}"))
        made.append(Row(number, "", tuple(slots)))
    made.sort(key=lambda row: list(partners).index(str(row.slots[-1 - len(decisions) - len(types)].value)))
    return Table(key, f"Tabell {key}", tuple(heads), tuple(made), "Rad" if fixed else "Delmål", cards=cards)


def tally(key: str, words: Words) -> tuple[Table, Table]:
    """Who chose what; and how many chose what for each fixed row."""
    integer = Spec("integer", "sv")
    heads = (Column("choice", "Svar", _TEXT), Column("count", "Antal", integer), Column("who", "Organisationer", _TEXT))
    rows = tuple(
        Row(
            number,
            "",
            (
                cell(Address(key, number, "choice"), words.word()),
                cell(Address(key, number, "count"), number - 1, integer),
                cell(Address(key, number, "who"), words.word() if number > 1 else None),
            ),
        )
        for number in (1, 2, 3)
    )
    options = (Column(FIXED, "Område", _TEXT), *(Column(f"o{n}", f"Val {n}", integer) for n in range(3)))
    counted = tuple(
        Row(
            number,
            area,
            (
                cell(Address(f"{key}2", number, FIXED), area),
                *(cell(Address(f"{key}2", number, f"o{n}"), n, integer) for n in range(3)),
            ),
        )
        for number, area in enumerate(AREAS, start=1)
    )
    return Table(key, "Vad valde de?", heads, rows, "Rad"), Table(f"{key}2", "Prioritet", options, counted, "Rad")


def plan() -> Document:
    """A plan with everything a plan may hold."""
    words = Words()
    said = Voices("Vilka gäller det?", tuple((name, f"{words.word()}\n{words.word()}") for name in PARTNERS))
    at_odds = Voices("Möten per år", ((PARTNERS[0], words.word()), (", ".join(PARTNERS[1:]), words.word())), "Svaren skiljer sig.")  # fmt: skip
    brief = tuple(Voices(f"Kort fråga {n}", ((PARTNERS[0], words.word()),)) for n in range(3))
    reading: tuple[Block, ...] = (
        said,
        *brief,
        Question(slot("a.sum", spec("money"), "Uträknat", value=1, read_only=True)),
        Question(slot("a.nothing", spec("money"), "Aldrig svarat", read_only=True)),
        at_odds,
        Note((Prose((Span(words.word()),)),)),
        Question(slot("a.vision", spec("paragraph"), "Gemensam vision", hint="En mening.", required=True)),
        Question(slot("a.first", spec("select_one"), "Vad gör vi först?", required=True)),
        Question(slot("a.next", spec("date"), "Nästa möte")),
    )
    tables: tuple[Block, ...] = (
        plan_table("b.narrow", ("text", "integer", "money"), words, rows=7, total=True),
        plan_table("b.alone", ("text", "date", "text"), words, partners=PARTNERS[:1]),
        plan_table("b.fixed", ("text", "boolean"), words, rows=4, fixed=True),
        plan_table("b.decided", ("text",), words, decisions=("select_one", "text")),
        *tally("b.counted", words),
    )
    wide = ("text", "paragraph", "boolean", "integer", "decimal", "money", "date", "organisation", "text", "email")
    cards: tuple[Block, ...] = (
        plan_table("c.wide", wide, words, decisions=("select_one", "select_multiple", "paragraph")),
        plan_table("c.fixed", ("paragraph", "text"), words, rows=4, fixed=True, cards=True, decisions=("select_one",)),
        plan_table("c.cards", ("text",), words, cards=True),
    )
    given = replace(
        document(),
        kind="plan",
        title="Samlad plan",
        organisation="Svar från 3 av 4 organisationer",
        facts=(("Planperiod", "2027–2030"), ("Svar från", "; ".join(PARTNERS)), ("Inget svar från", "Region Näs")),
        guide=(),
    )
    sections = (
        Section("a", "1", "Röster", reading),
        Section("b", "2", "Tabeller", tables),
        Section("c", "", "Kort", cards),
    )
    return replace(given, sections=sections)


def long_plan() -> Document:
    """A plan that gets a cover page and contents; most of its sections only tell."""
    given = plan()
    more = tuple(Section(f"s{n}", str(n), f"Avsnitt nummer {n}", ()) for n in range(4, 10))
    return replace(given, sections=(*given.sections, *more))


def only_read(given: Document) -> Document:
    """The plan without anything for the group to decide."""

    def block(old: Block) -> Block | None:
        match old:
            case Question(slot=one):
                return None if decided(one) else old
            case Table():
                columns = tuple(each for each in old.columns if not each.key.startswith("d"))
                rows = tuple(
                    replace(row, slots=tuple(each for each in row.slots if not decided(each))) for row in old.rows
                )
                return replace(old, columns=columns, rows=rows)
            case _:
                return old

    sections = tuple(
        replace(section, blocks=tuple(made for each in section.blocks if (made := block(each)) is not None))
        for section in given.sections
    )
    return replace(given, sections=sections)


def texts(given: Document) -> Iterator[str]:
    """The words of every voice, note and cell; an answer of several lines gives each."""
    for section in given.sections:
        for block in section.blocks:
            match block:
                case Voices(entries=entries):
                    for _, text in entries:
                        yield from text.split()
                case Note(prose=prose):
                    for each in prose:
                        yield from each.text.split()
    for one in given.slots():
        if one.address.column not in {PARTNER, FIXED}:
            yield from shown(one).split()


def unique(given: Document) -> set[str]:
    """Those of the words that stand for one answer alone."""
    return {text for text in texts(given) if text.startswith("ord") or (text.isdecimal() and len(text) == 4)}
