"""Checks what the expressions of a blueprint name: its sections, fields and columns, and the types they have.

Only when the whole blueprint is known do the types exist that the engine checks names against (:mod:`messages`). So this
comes last, on a blueprint that is otherwise right.
"""

import re
from collections.abc import Iterator, Sequence

from docgen.blueprint.judge import Judge, Place
from docgen.blueprint.messages import PLAN, ROUND
from docgen.blueprint.model import Blueprint, Field, Rule
from docgen.blueprint.shape import unknown
from docgen.blueprint.yamltree import Path_, Tree
from docgen.problems import Problem, problem

_UNDEFINED = re.compile(r"undefined field '(\w+)' not found in struct '([\w.]+)'")
_FOLLOWS = "'*error*'"  # what the engine says of an expression after it has said what is wrong in it
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_NAME = re.compile(r"(?:row|plan|round)(?:\.[a-z][a-z0-9_]*)+")
_PARTNER = "partner.name"


def check_expressions(blueprint: Blueprint, tree: Tree, translations: Sequence[Tree]) -> list[Problem]:
    """Every name that is not there, and every expression that is no truth, in the order of the lines of each file."""
    judge = Judge(blueprint)
    problems = [
        found for path, text, place in _expressions(blueprint) for found in _wrong(judge, tree, path, text, place)
    ]
    for file in (tree, *translations):
        for rule in blueprint.rules.values():
            problems += _messages(judge, file, rule)
    return problems


def rule_place(blueprint: Blueprint, rule: Rule) -> Place:
    """What a rule's check may name: a row, where the rule is for a table."""
    field = blueprint.field_or_none(rule.applies_to)
    return Place(rule.applies_to if field is not None and field.type == "table" else "")


def _expressions(blueprint: Blueprint) -> Iterator[tuple[Path_, str, Place]]:
    for section in blueprint.sections.values():
        path: Path_ = ("sections", section.name)
        if section.relevant:
            yield (*path, "relevant"), section.relevant, Place()
        for field in section.fields.values():
            yield from _of_field((*path, "fields", field.name), field, Place())
            for column in field.columns.values():
                place = Place(f"{section.name}.{field.name}")
                yield from _of_field((*path, "fields", field.name, "columns", column.name), column, place)
    for rule in blueprint.rules.values():
        yield ("rules", rule.name, "check"), rule.check, rule_place(blueprint, rule)


def _of_field(path: Path_, field: Field, place: Place) -> Iterator[tuple[Path_, str, Place]]:
    if field.relevant:
        yield (*path, "relevant"), field.relevant, place
    if field.constraint:
        yield (*path, "constraint"), field.constraint, Place.of_value(field)


def _wrong(judge: Judge, tree: Tree, path: Path_, expression: str, place: Place) -> Iterator[Problem]:
    for detail in judge.errors(expression, place):
        match = _UNDEFINED.match(detail)
        if match is not None and match[2] in _KINDS:
            kind = _KINDS[match[2]]
        elif match is not None and match[2].endswith(("Row", "Section")):
            kind = "column" if match[2].endswith("Row") else "field"
        elif _FOLLOWS in detail:
            continue
        else:
            yield problem("blueprint-expression", tree.where(path), detail=detail)
            continue
        yield unknown("blueprint-unknown-name", tree.where(path), match[1], judge.messages.names(match[2]), what=kind)


_KINDS = {PLAN: "section", ROUND: "parameter"}


def _messages(judge: Judge, tree: Tree, rule: Rule) -> Iterator[Problem]:
    """Names in the braces of a rule's message that nothing stands for."""
    message = tree.data.get("rules", {}).get(rule.name, {}).get("message", "")
    place = rule_place(judge.blueprint, rule)
    for name in _PLACEHOLDER.findall(message):
        if name == _PARTNER or (_NAME.fullmatch(name) and not judge.errors(f"has({name})", place)):
            continue
        known = [f"round.{each}" for each in judge.blueprint.parameters]
        where = tree.where(("rules", rule.name, "message"))
        yield unknown(
            "blueprint-unknown-name", where, name, [*known, _PARTNER, *_own(judge, place)], what="placeholder"
        )


def _own(judge: Judge, place: Place) -> list[str]:
    """The columns that a rule's message may name."""
    return [f"row.{name}" for name in judge.blueprint.field(place.table).columns] if place.table else []
