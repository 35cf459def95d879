"""Parameters of a round: what the coordinator tells once, at build."""

from collections.abc import Mapping
from typing import Any

from docgen.blueprint import rules
from docgen.blueprint.model import Blueprint, Field
from docgen.blueprint.shape import unknown
from docgen.errors import BlueprintError
from docgen.fields import FIELD_TYPES
from docgen.problems import Problem, problem
from docgen.sending import parameter_spec
from docgen.values import Raw, Value

# What may be typed after --set NAME=, whatever the language.
_EXAMPLES = {"integer": "2027", "date": "2027-06-30", "email": "name@example.org", "phone": "08-1234567"}
_PERIODS = {"year": "2027", "quarter": "2027-Q3", "week": "2027-W26", "span": "2027/2030"}


def parse_parameters(blueprint: Blueprint, settings: Mapping[str, str]) -> dict[str, Value]:
    """The values of a round's parameters, in the blueprint's order.

    Raises:
        BlueprintError: one is missing, unknown, of the wrong form, or against its constraint.
    """
    problems: list[Problem] = [
        unknown("parameter-unknown", "", name, blueprint.parameters)
        for name in settings
        if name not in blueprint.parameters
    ]
    values: dict[str, Value] = {}
    for name, field in blueprint.parameters.items():
        value = _parameter(blueprint, field, settings.get(name, ""), problems)
        if value is not None:
            values[name] = value
    if problems:
        raise BlueprintError(problems)
    return values


def _parameter(blueprint: Blueprint, field: Field, text: str, problems: list[Problem]) -> Value | None:
    kind, spec = FIELD_TYPES[field.type], parameter_spec(blueprint, field)
    if not text.strip():
        if field.default is not None:
            return kind.from_json(field.default, spec)
        if field.required:
            problems.append(problem("parameter-required", name=field.name, label=field.label))
        return None
    value = kind.parse(Raw(text), spec).value if _encodes(text) else None
    if value is None:
        example = _EXAMPLES.get(field.type, "...") if field.type != "period" else _PERIODS[field.appearance or "year"]
        if field.choices:
            example = next(iter(blueprint.choices[field.choices]))
        problems.append(
            problem("parameter-value", name=field.name, label=field.label, value=_shown(text), example=example)
        )
    elif field.constraint and rules.holds(field.constraint, value) is False:
        message = field.constraint_message
        problems.append(problem("parameter-constraint", label=field.label, value=text, message=message))
    return value


def _encodes(text: str) -> bool:
    """Not half a character, which a terminal of another encoding may give and no file can hold."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _shown(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def values_from_json(blueprint: Blueprint, data: Mapping[str, Any]) -> dict[str, Value]:
    """Parameters from the shape of the contract.

    Raises:
        ValueError, KeyError: they are not of that shape.
    """
    fields = blueprint.parameters
    return {
        name: FIELD_TYPES[fields[name].type].from_json(value, parameter_spec(blueprint, fields[name]))
        for name, value in data.items()
    }
