"""The two shipped blueprints together use every word of the blueprint language.

R1  Both are without a mistake or a gap, in both languages, and every expression in them can be judged.
R2  Every key of the grammar stands in one of them, and every fixed word.
R3  Every field type, merge word, document format, appearance and guide kind is used; so is every form of rows, of
    `each`, of references and literals, of conditions, constraints and calculations.
R4  Every form of rule is used: for a section, a field and a table, on one partner's answers and on the merged plan, with
    each helper, each severity, and everything an expression may name.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from docgen.blueprint import calculation
from docgen.blueprint.calculation import Arithmetic, Expression, Number, SumOf
from docgen.blueprint.grammar import (
    BLUEPRINT,
    FIELD_TYPE_NAMES,
    GUIDE,
    Either,
    Flag,
    Kind,
    ListOf,
    MapOf,
    OneOf,
    Record,
)
from docgen.blueprint.judge import Judge, Place
from docgen.blueprint.load import check_blueprint, load_blueprint
from docgen.blueprint.model import Blueprint, Field, Section
from docgen.fields import FIELD_TYPES
from docgen.formats import FORMATS
from docgen.locales import LANGUAGES
from tests.conftest import BLUEPRINTS, PLAN

NAMES = ("lokal-samverkansplan", "joint-application")
BOTH: tuple[Blueprint, ...] = tuple(load_blueprint(BLUEPRINTS / f"{name}.yaml") for name in NAMES)
NUMBERS = frozenset(name for name, kind in FIELD_TYPES.items() if kind.numeric)

# Keys that no shipped blueprint needs: a picture beside it, parts of a section that were called something else or
# stand in some documents only (fields and columns do that), and a Word document that is protected.
UNUSED_KEYS = frozenset(
    {"theme.logo", "document.protected", "section.was", "section.documents", "section.relevant_hint"}
)


def sections() -> Iterator[Section]:
    return (section for blueprint in BOTH for section in blueprint.sections.values())


def fields() -> Iterator[Field]:
    """Every field, tables among them, columns not."""
    return (field for section in sections() for field in section.fields.values())


def tables() -> Iterator[Field]:
    return (field for field in fields() if field.type == "table")


def columns() -> Iterator[Field]:
    return (column for table in tables() for column in table.columns.values())


def parameters() -> Iterator[Field]:
    return (parameter for blueprint in BOTH for parameter in blueprint.parameters.values())


def answers() -> Iterator[Field]:
    yield from fields()
    yield from columns()


def expressions(blueprint: Blueprint) -> Iterator[tuple[str, str, Place]]:
    """Every expression with its key and what it may name."""
    for section in blueprint.sections.values():
        if section.relevant:
            yield section.name, section.relevant, Place()
        for field in section.fields.values():
            key = f"{section.name}.{field.name}"
            yield from _of_field(key, field, Place())
            for column in field.columns.values():
                yield from _of_field(f"{key}.{column.name}", column, Place(key))
    for rule in blueprint.rules.values():
        of = blueprint.field_or_none(rule.applies_to)
        yield rule.name, rule.check, Place(rule.applies_to if of is not None and of.type == "table" else "")


def _of_field(key: str, field: Field, place: Place) -> Iterator[tuple[str, str, Place]]:
    if field.relevant:
        yield key, field.relevant, place
    if field.constraint:
        yield key, field.constraint, Place.of_value(field)


# --- R1 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_no_mistake_and_no_gap_in_either_language(name: str) -> None:
    """R1"""
    checked = check_blueprint(BLUEPRINTS / f"{name}.yaml")
    assert checked.problems == ()
    assert checked.blueprint is not None
    assert set(checked.blueprint.languages) == set(LANGUAGES)
    assert checked.blueprint.language == ("sv" if BLUEPRINTS / f"{name}.yaml" == PLAN else "en")


@pytest.mark.parametrize("blueprint", BOTH, ids=NAMES)
def test_every_expression_can_be_judged(blueprint: Blueprint) -> None:
    """R1"""
    judge = Judge(blueprint)
    wrong = {
        key: errors for key, expression, place in expressions(blueprint) if (errors := judge.errors(expression, place))
    }
    assert wrong == {}


# --- R2 ------------------------------------------------------------------------------------------------------------


def used(kind: Kind, data: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every key a blueprint uses, as ``record.key``, with the fixed word or flag that stands there, if it is one."""
    match kind:
        case Record(keys=keys) if isinstance(data, Mapping):
            for name, value in data.items():
                yield f"{path}.{name}", value if isinstance(keys[name].kind, OneOf | Flag) else None
                yield from used(keys[name].kind, value, CALLED.get(name, path if name in keys else name))
        case MapOf(value=value) if isinstance(data, Mapping):
            for each in data.values():
                yield from used(value, each, path)
        case ListOf(item=item):
            for each in data if isinstance(data, list) else [data]:
                yield from used(item, each, path)
        case Either(map=of):
            yield from used(of, data, path)
        case _:
            pass


# What a record is called, by the key it stands under. A column is a field with some keys less.
CALLED = {
    "parameters": "parameter",
    "theme": "theme",
    "steps": "step",
    "documents": "document",
    "guide": "guide",
    "sections": "section",
    "fields": "field",
    "columns": "field",
    "rules": "rule",
}


def known(kind: Kind, path: str) -> Iterator[tuple[str, Any]]:
    """Every key there is, with every fixed word that may stand there."""
    match kind:
        case Record(keys=keys):
            for name, key in keys.items():
                words: tuple[Any, ...] = key.kind.words if isinstance(key.kind, OneOf) else ()
                yield f"{path}.{name}", words or None
                yield from known(key.kind, CALLED.get(name, path))
        case MapOf(value=value):
            yield from known(value, path)
        case ListOf(item=item):
            yield from known(item, path)
        case _:
            pass


USED = {pair for blueprint in BOTH for pair in used(BLUEPRINT, blueprint.data, "blueprint")}
KNOWN = dict(known(BLUEPRINT, "blueprint"))


def test_every_key_is_used() -> None:
    """R2"""
    assert set(KNOWN) - {key for key, _ in USED} == UNUSED_KEYS


@pytest.mark.parametrize("key", [key for key, words in KNOWN.items() if words and key != "parameter.appearance"])
def test_every_fixed_word_is_used(key: str) -> None:
    """R2: what is the same if left out need not be written."""
    assert set(KNOWN[key]) - {"all", "collect"} <= {word for name, word in USED if name == key}


# --- R3 ------------------------------------------------------------------------------------------------------------


def test_every_type() -> None:
    assert {field.type for field in answers()} == {*FIELD_TYPE_NAMES, "table"}
    assert {field.type for field in columns()} == set(FIELD_TYPE_NAMES) - {"signature"}
    assert {parameter.type for parameter in parameters()} == {
        "text", "paragraph", "integer", "date", "period", "email", "phone", "select_one",
    }  # fmt: skip


def test_every_merge_word_and_format_and_guide_kind() -> None:
    assert {field.merge for field in answers()} == {"collect", "append", "agree", "sum", "tally", "latest"}
    for blueprint in BOTH:
        assert {document.format for document in blueprint.documents.values()} == set(FORMATS)
        kinds = {block.kind for section in blueprint.sections.values() for block in section.guide}
        assert isinstance(GUIDE.item, Record)
        assert kinds == set(GUIDE.item.keys)


def test_every_appearance_of_every_type() -> None:
    looks = {(field.type, field.appearance) for field in answers() if field.appearance}
    assert looks == {(name, look) for name, kind in FIELD_TYPES.items() for look in kind.appearances} | {
        ("table", "cards")
    }
    plain = {field.type for field in answers() if field.appearance is None}
    assert {"period", "boolean", "select_multiple", "money", "table"} <= plain


def test_every_form_of_rows_and_each() -> None:
    forms = {
        "repeat" if table.repeat else "own" if isinstance(table.rows, Mapping) else str(table.rows).partition(".")[0]
        for table in tables()
    }
    assert forms == {"repeat", "own", "choices", "partners"}
    for some in (columns(), (field for field in fields() if field.type != "table")):
        assert {field.each for field in some} == {"", "period.years", "quarters"}


def test_every_form_of_references_literals_choices_and_defaults() -> None:
    references = [field for field in answers() if field.type == "reference"]
    assert {(len(field.to) > 1, bool(field.literals)) for field in references} == {
        (several, literal) for several in (False, True) for literal in (False, True)
    }
    assert any(field.literals for field in answers() if field.type in NUMBERS)
    assert {field.choices == "partners" for field in answers() if field.choices} == {True, False}
    assert any(field.default is not None for field in fields())
    assert any(parameter.default is not None for parameter in parameters())
    assert any(field.read_only and not field.calculation for field in fields())


def test_whom_a_part_is_asked_of_and_shown_to() -> None:
    assert any(section.asked_of for section in sections())
    assert any(field.asked_of == ("group",) for field in fields())
    assert any(column.asked_of == ("group",) for column in columns())
    assert any(len(section.asked_of) > 1 for section in sections())
    assert any(len(field.asked_of) > 1 for field in fields())
    assert any(section.visible == "coordinator" for section in sections())
    assert any(field.visible == "coordinator" for field in fields())
    assert any(column.documents for column in columns())
    assert {len(column.documents) for column in columns()} == {0, 1, 2}


def test_every_place_of_a_condition() -> None:
    assert any(section.relevant for section in sections())
    assert any(field.relevant for field in fields() if field.type != "table")
    assert any(table.relevant for table in tables())
    assert any("row." in column.relevant for column in columns())
    assert any("plan." in column.relevant for column in columns())
    assert any(field.relevant_hint for field in answers())


def test_a_constraint_on_every_type_and_period() -> None:
    constrained = {field.type for field in answers() if field.constraint}
    assert constrained == set(FIELD_TYPE_NAMES) - {"reference", "signature"}  # those are not judged alone
    periods = {field.appearance for field in answers() if field.type == "period" and field.constraint}
    assert periods == {"year", "quarter", "week", "span"}
    named = {word for field in answers() for word in re.findall(r"\b(?:value|plan|round)\b", field.constraint)}
    assert named == {"value", "plan", "round"}
    assert any(parameter.constraint for parameter in parameters())


def parts_of(expression: Expression) -> Iterator[str]:
    """The forms a calculation is made of."""
    match expression:
        case Number():
            yield "number"
        case SumOf(name=name, filters=filters):
            yield f"sum of {len(name.parts)}"
            yield from ("row" if value is None else "choice" for _, value in filters)
        case Arithmetic(operator=operator, left=left, right=right):
            yield operator
            yield from parts_of(left)
            yield from parts_of(right)
        case calculation.Name(parts=parts):
            yield f"name of {len(parts)}"
        case _:
            raise TypeError(expression)


def test_every_form_of_calculation() -> None:
    forms = {
        form for field in answers() if field.calculation for form in parts_of(calculation.parse(field.calculation))
    }
    assert forms == {
        "+", "-", "*", "/", "number", "name of 1", "name of 2", "sum of 1", "sum of 2", "sum of 3", "choice", "row",
    }  # fmt: skip
    assert {field.type for field in answers() if field.calculation} >= {"integer", "money"}
    assert {bool(field.each) for field in answers() if field.calculation} == {True, False}


# --- R4 ------------------------------------------------------------------------------------------------------------


def test_every_form_of_rule() -> None:
    """R4"""
    rules = [(blueprint, rule) for blueprint in BOTH for rule in blueprint.rules.values()]
    forms = set()
    for blueprint, rule in rules:
        field = blueprint.field_or_none(rule.applies_to)
        forms.add(("section" if field is None else "table" if field.type == "table" else "field", rule.merged_only))
    assert forms == {(form, merged) for form in ("section", "field", "table") for merged in (False, True)}
    assert {rule.severity for _, rule in rules} == {"error", "warning", "info"}
    text = "\n".join(rule.check for _, rule in rules)
    for helper in ("sum", "monotone", "distinct", "years_in", "used_by", "has", "size"):
        assert f"{helper}(" in text, helper
    for name in (
        r"\brow\.\w+\.\w+",
        r"\brow\.no\b|\b\w\.no\b",
        r"\bplan\.\w+\.\w+",
        r"\bround\.\w+",
        r"\.exists\(",
        r"\.literal\b",
    ):
        assert re.search(name, text), name
    messages = "\n".join(rule.message for _, rule in rules)
    assert {"round", "row", "plan"} <= set(re.findall(r"\{(\w+)\.", messages))


def test_a_rule_that_follows_a_reference() -> None:
    """R4: ``row.reference.column``, in a check and in a message, in both blueprints."""
    for blueprint in BOTH:
        followed = set()
        for rule in blueprint.rules.values():
            table = blueprint.field_or_none(rule.applies_to)
            for name in re.findall(r"\brow\.(\w+)\.\w+", f"{rule.check} {rule.message}"):
                if table is not None and name in table.columns:
                    followed.add(table.columns[name].type)
        assert "reference" in followed
