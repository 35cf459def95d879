"""Constraints in CEL, the Common Expression Language (github.com/google/cel-spec), evaluated by Google's own engine."""

import datetime
import re
from decimal import Decimal
from typing import Any

from docgen.values import Period, Value

_ERROR = re.compile(r"ERROR: <input>:(\d+):(\d+): (.*)")


def syntax_errors(expression: str) -> list[str]:
    """What is wrong with the syntax of an expression; names are not looked up."""
    return [error for error in _errors(expression, {}) if error.startswith("Syntax error")]


def constraint_errors(expression: str) -> list[str]:
    """What is wrong with a constraint that knows nothing but ``value``."""
    from cel_expr_python import cel

    return _errors(expression, {"value": cel.Type.DYN})


def _errors(expression: str, variables: dict[str, Any]) -> list[str]:
    from cel_expr_python import cel

    try:
        cel.NewEnv(variables=variables).compile(expression)
    except RuntimeError as error:
        return said(error)
    return []


def said(error: RuntimeError) -> list[str]:
    """Each thing the engine holds against an expression, without its drawing of the place."""
    return [match[3] for match in _ERROR.finditer(str(error))] or [str(error).splitlines()[0]]


def holds(constraint: str, value: Value) -> bool | None:
    """Whether a constraint holds for a value; None where it cannot be judged.

    A fault in evaluation is a value of type ERROR, whose truth would pass: the type is looked at first.
    """
    from cel_expr_python import cel

    expression = cel.NewEnv(variables={"value": cel.Type.DYN}).compile(constraint)
    result = expression.eval(data={"value": _as_cel(value)})
    if result.type() != cel.Type.BOOL:
        return None
    return bool(result.value())


def _as_cel(value: Value) -> Any:
    """A value in the types the engine takes: it knows neither Decimal nor date."""
    match value:
        case Period(first=first, last=last):
            return {"first": first, "last": last, "years": last - first + 1}
        case Decimal():
            return float(value)
        case datetime.date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value
