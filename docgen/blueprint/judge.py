"""Judges answers by a blueprint's expressions, in CEL (github.com/google/cel-spec) as Google's own engine evaluates it.

The engine's ways that could pass a fault for a verdict are closed here: a fault is a value of type ERROR whose truth
would pass, so the type is looked at first; a fault about null means that something was not answered, and then nothing
is judged; the text of any other fault may carry an answer and is never shown.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from docgen.blueprint.messages import PLAN, ROUND, SPAN, Message, Messages, alone, is_held, put, put_each, row_type
from docgen.blueprint.model import Blueprint, Field
from docgen.blueprint.rules import said
from docgen.fields import FIELD_TYPES
from docgen.values import Address, Period, Reference, Value

Verdict = Literal["holds", "fails", "unjudged", "fault"]

_UNANSWERED = "null"  # what the engine's own faults about a missing answer say too
_YEAR = re.compile(r"(?<![\d.,])(?:19|20|21)\d{2}(?![\d.,]?\d)")

Answers = Mapping[Address, Value]
Rows = Mapping[str, Sequence[int]]  # the numbers of a table's rows that hold anything, by its key


@dataclass(frozen=True)
class Place:
    """What an expression may name: ``row`` of a table, ``value`` of a field, and always ``plan`` and ``round``."""

    table: str = ""
    value: str = ""

    @classmethod
    def of_value(cls, field: Field) -> "Place":
        """Where a field's constraint stands."""
        span = field.type == "period" and field.appearance == "span"
        return cls(value="span" if span else field.type)


class Judge:
    """The expressions of one blueprint, compiled when first needed."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint
        self.messages = Messages(blueprint)
        self._compiled: dict[tuple[str, Place], Any] = {}
        self._environments: dict[Place, Any] = {}
        self._uses: Counter[tuple[str, str, int]] = Counter()

    def errors(self, expression: str, place: Place) -> list[str]:
        """What is wrong with an expression: syntax, names, types; empty if it gives a truth."""
        from cel_expr_python import cel

        try:
            compiled = self._environment(place).compile(expression)
        except RuntimeError as error:
            return said(error)
        if compiled.return_type() not in (cel.Type.BOOL, cel.Type.DYN):
            return [f"{compiled.return_type().name()} is no truth"]
        return []

    def verdict(self, expression: str, place: Place, scene: "Scene", **variables: Any) -> Verdict:
        """Whether an expression holds for what stands in a scene."""
        from cel_expr_python import cel

        key = (expression, place)
        self._uses = scene.uses
        data = {"plan": scene.plan, "round": scene.round, **variables}
        try:
            if key not in self._compiled:
                self._compiled[key] = self._environment(place).compile(expression)
            result = self._compiled[key].eval(data=data)
        except RuntimeError:  # a name that is not there, or more steps than the engine allows
            return "fault"
        if result.type() == cel.Type.BOOL:
            return "holds" if result.value() else "fails"
        return "unjudged" if _UNANSWERED in str(result.value()) else "fault"

    def constraint(self, field: Field, value: Value, scene: "Scene") -> Verdict:
        """Whether a field's constraint holds for an answer; what is no value of the field's own kind is not judged."""
        plain = alone(self.messages, Place.of_value(field).value, value)
        return (
            "unjudged" if plain is None else self.verdict(field.constraint, Place.of_value(field), scene, value=plain)
        )

    def _environment(self, place: Place) -> Any:
        from cel_expr_python import cel

        if place not in self._environments:
            variables = {"plan": cel.Type(PLAN), "round": cel.Type(ROUND)}
            if place.table:
                variables["row"] = cel.Type(row_type(place.table))
            if place.value:
                variables["value"] = _value_type(place.value)
            self._environments[place] = cel.NewEnv(
                descriptor_pool=self.messages.pool, variables=variables, functions=self._functions(place)
            )
        return self._environments[place]

    def _functions(self, place: Place) -> list[Any]:
        """The helpers that an expression may call.

        ``used_by`` takes rows of the place's own table: the engine hands a message over only to a parameter of its
        type, and tells no two message types apart in overloads.
        """
        from cel_expr_python import cel

        def declared(name: str, parameter: Any, result: Any, impl: Callable[[Any], Any]) -> Any:
            overload = cel.Overload(f"{name}_of", return_type=result, parameters=[parameter], impl=impl)
            return cel.FunctionDecl(name, [overload])

        listed = cel.Type.List(cel.Type.DYN)
        helpers = [
            declared("sum", listed, cel.Type.DYN, _sum),
            declared("monotone", listed, cel.Type.BOOL, _monotone),
            declared("distinct", listed, cel.Type.BOOL, _distinct),
            declared("years_in", cel.Type.STRING, cel.Type.List(cel.Type.INT), _years_in),
        ]
        if place.table:
            helpers.append(declared("used_by", cel.Type(row_type(place.table)), cel.Type.INT, self._used_by))
        return helpers

    def _used_by(self, row: Message) -> int:
        """How many references point at a row."""
        return self._uses[row.DESCRIPTOR.full_name, row.partner.value, row.no]


def _value_type(kind: str) -> Any:
    from cel_expr_python import cel

    if kind == "span":
        return cel.Type(SPAN)
    if kind == "select_multiple":
        return cel.Type.List(cel.Type.STRING)
    types = {"whole": cel.Type.INT, "number": cel.Type.DOUBLE, "truth": cel.Type.BOOL, "text": cel.Type.STRING}
    return types[FIELD_TYPES[kind].judged_as]


def _answered(values: list[Any]) -> list[Any]:
    """The values themselves.

    Raises:
        ValueError: one is missing; the engine tells no more of it than the text.
    """
    if None in values:
        raise ValueError(_UNANSWERED)
    return values


def _sum(values: list[Any]) -> float | int:
    """The exact sum of numbers: 0.1 and 0.2 are 0.3. Whole numbers stay whole."""
    if all(isinstance(value, int) for value in _answered(values)):
        total = sum(values)
        return total if is_held(total) else float(total)
    return float(sum((Decimal(repr(value)) for value in values), Decimal(0)))


def _monotone(values: list[Any]) -> bool:
    """Never turning: nowhere up and nowhere else down."""
    return _answered(values) in (sorted(values), sorted(values, reverse=True))


def _distinct(values: list[Any]) -> bool:
    return len(set(_answered(values))) == len(values)


def _years_in(text: str) -> list[int]:
    """The years written in a text, 1900 to 2199."""
    return [int(match[0]) for match in _YEAR.finditer(text)]


@dataclass(frozen=True)
class Scene:
    """Answers as expressions see them: the plan, the round, the rows by table and number, and who points at whom."""

    plan: Message
    round: Message
    rows: Mapping[Reference, Message]
    uses: Counter[tuple[str, str, int]]


def scene(
    judge: Judge, parameters: Mapping[str, Value], answers: Answers, rows: Rows, owners: Mapping[Reference, str]
) -> Scene:
    """Binds answers once, for every expression that is to be judged on them.

    Args:
        judge: of the blueprint.
        parameters: of the round.
        answers: by address; what was not understood is not among them.
        rows: the rows that hold anything.
        owners: the partner each row belongs to, in a merged plan.
    """
    messages, blueprint = judge.messages, judge.blueprint
    round_ = messages.new(ROUND)
    for name, value in parameters.items():
        put(round_, name, value, {})
    by_row: dict[tuple[str, int | None], dict[str | None, Value]] = {}
    for address, value in answers.items():
        by_row.setdefault((address.field, address.row), {})[address.column] = value
    bound: dict[Reference, Message] = {}
    uses: Counter[tuple[str, str, int]] = Counter()
    # Twice: the second time every reference finds its row already bound.
    for _ in range(2):
        done = dict(bound)
        for table, field in _tables(blueprint):
            for number in rows.get(table, ()):
                row = messages.new(row_type(table))
                row.no = number
                if owners.get(Reference(table, number)):
                    row.partner.value = owners[Reference(table, number)]
                _bind(row, field.columns, by_row.get((table, number), {}), parameters, done)
                bound[Reference(table, number)] = row
    for value in answers.values():
        if isinstance(value, Reference) and value in bound:
            uses[row_type(value.table), bound[value].partner.value, value.row] += 1
    plan = messages.new(PLAN)
    for section in blueprint.sections.values():
        part = getattr(plan, section.name)
        part.SetInParent()
        fields = {name: field for name, field in section.fields.items() if field.type != "table"}
        own = {
            address.field.partition(".")[2]: value
            for address, value in answers.items()
            if address.row is None and address.field.startswith(f"{section.name}.")
        }
        _bind(part, fields, own, parameters, bound)
        for name, field in section.fields.items():
            if field.type == "table":
                key = f"{section.name}.{name}"
                getattr(part, name).extend(bound[Reference(key, number)] for number in rows.get(key, ()))
    return Scene(plan, round_, bound, uses)


def _tables(blueprint: Blueprint) -> Iterator[tuple[str, Field]]:
    for section in blueprint.sections.values():
        for field in section.fields.values():
            if field.type == "table":
                yield f"{section.name}.{field.name}", field


def _bind(
    message: Message,
    fields: Mapping[str, Field],
    answers: Mapping[Any, Value],
    parameters: Mapping[str, Value],
    rows: Mapping[Reference, Message],
) -> None:
    """Sets every field of a message from the answers."""
    for name, field in fields.items():
        if not field.each:
            put(message, name, answers.get(name), rows)
        elif field.each == "quarters":
            put_each(message, name, "quarter", {number: answers.get(f"{name}_q{number}") for number in range(1, 5)})
        else:
            period = parameters.get(field.each.removesuffix(".years"))
            years = period.years if isinstance(period, Period) else ()
            put_each(message, name, "year", {year: answers.get(f"{name}_{year}") for year in years})
