"""Hypothesis strategies for the whole project: small valid blueprints, the partners and parameters of a round, answers.

:func:`blueprints` gives plain data, as YAML would; :func:`rounds` a :class:`~docgen.sending.Round` of such a blueprint.
Every field type and every form of table occurs; names and words are short but odd where the language lets them be.
"""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from docgen.blueprint.grammar import FIELD_TYPE_NAMES, RESERVED
from docgen.blueprint.load import from_data
from docgen.document import Slot
from docgen.fields import FIELD_TYPES
from docgen.fields.base import find_option, same_label
from docgen.sending import Partner, Round
from docgen.values import Literal, Period, Reference, Signature, Value, normalise

NUMERIC = tuple(name for name, kind in FIELD_TYPES.items() if kind.numeric)
IN_COLUMNS = tuple(name for name in FIELD_TYPE_NAMES if name != "signature")
# What each format may hold; a signature is made in PDF only (its CONTROLS say so).
HELD = {"word": IN_COLUMNS, "excel": IN_COLUMNS, "pdf": FIELD_TYPE_NAMES}
LIST = "colours"
ROLES = ("inner", "outer")
YEARS = "span"

# Drawn from pools: a blueprint has dozens of names and labels, and inventing each letter by letter takes seconds.
_LONG = "long_" * 9
_NAMES = f"""a b c d e x1 y_2 z__ aim amount answer area count deadline group_work goal_2027 in_kind is kind label name number
    partner q1 reference round rows section sum text title type value what when who years target_q1 {_LONG}name {_LONG}other"""
names = st.sampled_from(_NAMES.split()).filter(lambda name: name not in RESERVED)
_CHARACTERS = "abc åäö ÅÄÖ é ß 漢 ε 0123456789 .,:;!?-–()[]&<>\"'/%=+@"
_LABELS = """Mål|Delmål|Vem gör vad, och när?|Senast|Stöd; skydd|Ja|Nej|Summa|1|2027|=1+1|+46|-3|@namn|<b>fet</b>|&amp;|A & B|
    "Citat"|'Enkelt'|[hake]|(parentes)|100 %|a/b\\c|Å|É|ß|漢字|ε|*stjärna*|_under_|# rad|.punkt|~våg|- streck|1. punkt|
    En lång etikett som fortsätter en god stund och inte tar slut förrän här, efter mer än hundra tecken, ungefär|
    Nu|Senare|Inte nu|Delmål 1|Rad 1|x|e\N{COMBINING ACUTE ACCENT}|a\N{NO-BREAK SPACE}b|Namn:|https://exempel.se|Fråga?|
    Svar|Antal|Belopp|Var|Hur|Vad|Plan|Kommun|Region|Polis|Hotell|Förening|Stiftelse|Nämnd|Byrå|Råd|Skola"""
words = st.sampled_from([label.strip() for label in _LABELS.split("|")])
longer = st.lists(words, min_size=1, max_size=3).map("\n\n".join)
_looks = {
    "period": (None, "year", "quarter", "week", "span"),
    "boolean": (None, "checkbox"),
    "select_multiple": (None, "minimal"),
}


@st.composite
def _labels(draw: DrawFn, most: int = 4) -> dict[str, str]:
    """Names and labels that differ for a reader."""
    keys = draw(st.lists(names, min_size=1, max_size=most, unique=True))
    labels = draw(st.lists(words, min_size=len(keys), max_size=len(keys), unique_by=same_label))
    return dict(zip(keys, labels, strict=True))


@st.composite
def _answer(draw: DrawFn, type_: str, tables: list[str], *, column: bool) -> dict[str, Any]:
    """A field or column of a type."""
    field: dict[str, Any] = {"type": type_, "label": draw(words), "required": draw(st.booleans())}
    if draw(st.booleans()):
        field["hint"] = draw(words)
    if type_ in _looks:
        look = draw(st.sampled_from(_looks[type_]))
        if look:
            field["appearance"] = look
    if type_ in {"select_one", "select_multiple"}:
        field["choices"] = draw(st.sampled_from([LIST, "partners"]))
    if type_ == "reference":
        field["to"] = draw(st.lists(st.sampled_from(tables), min_size=1, max_size=2, unique=True))
    if type_ in {*NUMERIC, "reference"} and draw(st.booleans()):
        field["literals"] = draw(_labels(2))
    if type_ in NUMERIC:
        if draw(st.booleans()):
            field["unit"] = draw(st.sampled_from(["kr", "h", "st", "tkr"]))
        if draw(st.integers(0, 3)) == 0:
            field["each"] = draw(st.sampled_from([f"{YEARS}.years", "quarters"]))
        if column:
            field["total"] = draw(st.booleans())
    if not column and draw(st.integers(0, 3)) == 0:
        field["asked_of"] = draw(st.sampled_from(["group", ROLES[0], list(ROLES), [ROLES[1], "group"]]))
    return field


@st.composite
def _table(draw: DrawFn, tables: list[str]) -> dict[str, Any]:
    """A table: repeating, with fixed rows of its own or of a list or of the partners, as a grid or as cards."""
    table: dict[str, Any] = {"type": "table", "label": draw(words), "columns": {}}
    for name in draw(st.lists(names, min_size=1, max_size=3, unique=True)):
        type_ = draw(st.sampled_from([each for each in IN_COLUMNS if tables or each != "reference"]))
        table["columns"][name] = draw(_answer(type_, tables, column=True))
    rows = draw(st.sampled_from(["repeat", "own", "list", "partners"]))
    if rows == "repeat":
        table["repeat"] = draw(st.integers(1, 4))
    else:
        table["rows"] = {"list": f"choices.{LIST}", "partners": "partners"}.get(rows) or draw(_labels())
    if draw(st.booleans()):
        table["row_label"] = draw(words)
    if draw(st.booleans()):
        table["appearance"] = "cards"
    return table


def _collides(fields: dict[str, Any]) -> bool:
    """Whether a name is also one that `each` makes; the loader refuses that."""
    made = {f"{name}_" for name, field in fields.items() if "each" in field}
    return any(name.startswith(prefix) for name in fields for prefix in made)


@st.composite
def _section(draw: DrawFn, name: str, format_: str, tables: list[str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for key in draw(st.lists(names, min_size=1, max_size=4, unique=True)):
        if draw(st.integers(0, 2)) == 0:
            fields[key] = draw(_table(tables))
            tables.append(f"{name}.{key}")
        else:
            type_ = draw(st.sampled_from([each for each in HELD[format_] if tables or each != "reference"]))
            fields[key] = draw(_answer(type_, tables, column=False))
    section: dict[str, Any] = {"title": draw(words), "fields": fields}
    if draw(st.booleans()):
        kinds = draw(st.lists(st.sampled_from(["intro", "think", "example", "check"]), min_size=1, max_size=3))
        section["guide"] = [{kind: draw(longer)} for kind in kinds]
    if draw(st.integers(0, 3)) == 0:
        section["asked_of"] = draw(st.sampled_from([[ROLES[0]], ["group"]]))
    return section


@st.composite
def blueprints(draw: DrawFn) -> dict[str, Any]:
    """The data of a small valid blueprint with a document of each format."""
    tables: list[str] = []
    sections: dict[str, Any] = {}
    documents: dict[str, Any] = {}
    for format_ in draw(st.permutations(["word", "excel", "pdf"])):
        listed = []
        for name in draw(
            st.lists(names.filter(lambda name: name not in sections), min_size=1, max_size=2, unique=True)
        ):
            sections[name] = draw(_section(name, format_, tables))
            listed.append(name)
        documents[f"{format_}_file"] = {"format": format_, "title": draw(words), "sections": listed}
    answers = [field for section in sections.values() for field in section["fields"].values()]
    clashes = any(
        _collides(each) for each in ([s["fields"] for s in sections.values()] + [f.get("columns", {}) for f in answers])
    )
    if clashes:
        for each in [*answers, *(column for field in answers for column in field.get("columns", {}).values())]:
            each.pop("each", None)
    return {
        "docgen": 1,
        "id": "generated",
        "version": "1",
        "language": draw(st.sampled_from(["sv", "en"])),
        "title": draw(words),
        "parameters": {
            YEARS: {"type": "period", "appearance": "span", "label": draw(words), "required": True},
            "place": {"type": "text", "label": draw(words)},
        },
        "roles": {ROLES[0]: "Inner", ROLES[1]: "Outer"},
        "documents": documents,
        "choices": {LIST: draw(_labels())},
        "sections": sections,
    }


@st.composite
def partners(draw: DrawFn) -> tuple[Partner, ...]:
    """One to three partners with names that differ for a reader."""
    ids = draw(st.lists(st.sampled_from(["a", "b2", "the-third", "9"]), min_size=1, max_size=3, unique=True))
    called = draw(st.lists(words, min_size=len(ids), max_size=len(ids), unique_by=same_label))
    roles = st.lists(st.sampled_from(ROLES), unique=True).map(tuple)
    return tuple(Partner(id_, name, roles=draw(roles)) for id_, name in zip(ids, called, strict=True))


@st.composite
def rounds(draw: DrawFn) -> Round:
    """A round of a generated blueprint."""
    first = draw(st.integers(2025, 2035))
    parameters: dict[str, Value] = {YEARS: Period(first, first + draw(st.integers(0, 3)), 0, "span")}
    if draw(st.booleans()):
        parameters["place"] = draw(words)
    return Round(from_data(draw(blueprints()), {}), parameters, draw(partners()))


def values(slot: Slot) -> SearchStrategy[Value]:
    """What a person could answer in a slot, in the field's own kind of value."""
    return _VALUES[slot.spec.type](slot)


PRINTABLE: Final = ("L", "M", "N", "P", "S", "Zs", "Cf", "Co")
"""The categories of characters that a person may type and a file of XML may hold."""
SYMBOL_FONTS: Final = tuple(map(chr, range(0xF000, 0xF100)))
"""Where Word keeps the signs of Wingdings and its like: read as the signs they show, not as they are."""

_typed = st.characters(categories=PRINTABLE, include_characters="\t", exclude_characters=SYMBOL_FONTS)
typed_lines = st.text(_typed, max_size=60)
typed_texts = st.lists(typed_lines, min_size=1, max_size=5).map("\n".join)

_LINES = st.text(_CHARACTERS, min_size=1, max_size=40).map(normalise).filter(lambda text: bool(text.strip()))
_AMOUNTS = st.decimals(Decimal(-(10**9)), Decimal(10**9), places=2)


def _numbers(slot: Slot, of: SearchStrategy[Any]) -> SearchStrategy[Value]:
    literals: SearchStrategy[Value] = st.sampled_from(
        [Literal(each.name) for each in slot.spec.literals] or [Literal("")]
    )
    return of | literals if slot.spec.literals else of


def _periods(slot: Slot) -> SearchStrategy[Value]:
    years = st.integers(2020, 2040)
    forms: dict[str, SearchStrategy[Period]] = {
        "year": years.map(lambda year: Period(year, year)),
        "quarter": st.builds(lambda year, part: Period(year, year, part, "quarter"), years, st.integers(1, 4)),
        "week": st.builds(lambda year, part: Period(year, year, part, "week"), years, st.integers(1, 52)),
        "span": st.builds(lambda year, more: Period(year, year + more, 0, "span"), years, st.integers(0, 9)),
    }
    return forms[slot.spec.appearance] if slot.spec.appearance else st.one_of(*forms.values())


def _chosen(slot: Slot) -> SearchStrategy[Value]:
    every = [option.name for option in slot.spec.options]
    return st.sets(st.sampled_from(every), min_size=1).map(lambda some: tuple(name for name in every if name in some))


def _pointed(slot: Slot) -> SearchStrategy[Value]:
    rows = [Reference(each.table, row) for each in slot.spec.targets for row in range(1, each.rows + 1)]
    shown = [each for each in rows if _reads_back(slot, each)]
    return st.sampled_from([*shown, *(Literal(each.name) for each in slot.spec.literals)] or [Reference("", 0)])


def _reads_back(slot: Slot, value: Reference) -> bool:
    """Two tables may call their rows alike; then a row is named by neither."""
    from docgen.values import Raw

    kind = FIELD_TYPES["reference"]
    return kind.parse(Raw(kind.show(value, slot.spec)), slot.spec).value == value


def _organisations(slot: Slot) -> SearchStrategy[Value]:
    free = _LINES.map(str.strip).filter(lambda text: bool(text) and find_option(text, slot.spec.options) is None)
    return st.sampled_from([option.name for option in slot.spec.options]) | free


_VALUES: dict[str, Callable[[Slot], SearchStrategy[Value]]] = {
    "text": lambda _: _LINES,
    "paragraph": lambda _: st.lists(_LINES, min_size=1, max_size=3).map("\n".join).map(normalise),
    "integer": lambda slot: _numbers(slot, st.integers(-(10**9), 10**9)),
    "decimal": lambda slot: _numbers(slot, _AMOUNTS),
    "money": lambda slot: _numbers(slot, _AMOUNTS),
    "percent": lambda slot: _numbers(slot, _AMOUNTS),
    "date": lambda _: st.dates(datetime.date(1900, 3, 1), datetime.date(2100, 1, 1)),
    "period": _periods,
    "select_one": lambda slot: st.sampled_from([option.name for option in slot.spec.options]),
    "select_multiple": _chosen,
    "boolean": lambda slot: st.just(value=True) if slot.spec.appearance == "checkbox" else st.booleans(),
    "email": lambda _: st.integers(0, 10**6).map(lambda number: f"namn.{number}@exempel.se"),
    "phone": lambda _: st.integers(10**6, 10**9).map(lambda number: f"+46{number}"),
    "organisation": _organisations,
    "reference": _pointed,
    "signature": lambda _: st.just(Signature(present=True)),
}
