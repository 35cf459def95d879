"""Checks the calculations of a blueprint: their syntax, their names, and that none leads back to itself."""

from collections.abc import Iterator
from typing import Any

from docgen.blueprint import calculation
from docgen.blueprint.calculation import Name, SumOf
from docgen.blueprint.parts import Parts
from docgen.blueprint.shape import unknown
from docgen.blueprint.yamltree import Path_
from docgen.fields import FIELD_TYPES
from docgen.problems import Problem, problem

_ROW = "row"


def check_calculations(b: Parts) -> Iterator[Problem]:
    """Every calculation that cannot be understood, names what is not there, or runs in a circle."""
    uses: dict[str, list[str]] = {}
    places: dict[str, str] = {}
    for path, field in b.answers():
        if "calculation" not in field:
            continue
        where = b.where(*path, "calculation")
        try:
            tree = calculation.parse(field["calculation"])
        except ValueError as error:
            yield problem("blueprint-calculation", where, text=str(error))
            continue
        key = ".".join(str(part) for part in path[1::2])
        places[key] = where
        uses[key] = []
        for found in calculation.names(tree):
            uses[key].append(_full_name(path, found))
            yield from _name(b, path, field, found, where)
    for key, where in places.items():
        if key in _reached(uses, key):
            yield problem("calculation-circle", where, name=key.rpartition(".")[2])


def _parts(found: Name | SumOf) -> tuple[str, ...]:
    return found.name.parts if isinstance(found, SumOf) else found.parts


def _full_name(path: Path_, found: Name | SumOf) -> str:
    parts = _parts(found)
    around = [str(path[1]), str(path[3])] if len(parts) == 1 and len(path) > 4 else []
    return ".".join([*around, *parts])


def _reached(uses: dict[str, list[str]], start: str) -> set[str]:
    """All that a calculation uses, directly or through others."""
    reached: set[str] = set()
    ahead = list(uses[start])
    while ahead:
        key = ahead.pop()
        if key not in reached:
            reached.add(key)
            ahead += uses.get(key, ())
    return reached


def _name(b: Parts, path: Path_, field: dict[str, Any], found: Name | SumOf, where: str) -> Iterator[Problem]:
    parts, name = _parts(found), ".".join(_parts(found))
    target, known = _target(b, path, parts)
    if target is None:
        yield unknown("blueprint-unknown-name", where, name, known, what="field")
        return
    numeric = target["type"] in FIELD_TYPES and FIELD_TYPES[target["type"]].numeric
    if not numeric or not _one_number(found, parts, field, target):
        yield problem("blueprint-calculation", where, text=name)
    if isinstance(found, SumOf):
        yield from _filters(b, path, found, where)


def _target(b: Parts, path: Path_, parts: tuple[str, ...]) -> tuple[dict[str, Any] | None, list[str]]:
    """The field or column a name stands for, and the names it could have been."""
    match parts:
        case (column,) if "columns" in path:
            siblings = (b.field(f"{path[1]}.{path[3]}") or {}).get("columns", {})
            return siblings.get(column), list(siblings)
        case (_, _):
            return b.field(".".join(parts)), [f"{place[1]}.{place[3]}" for place, _ in b.fields()]
        case (section, table, column):
            columns = (b.field(f"{section}.{table}") or {}).get("columns", {})
            return columns.get(column), [f"{section}.{table}.{each}" for each in columns]
        case _:
            return None, []


def _one_number(found: Name | SumOf, parts: tuple[str, ...], field: dict[str, Any], target: dict[str, Any]) -> bool:
    """Whether a name gives one number where it stands.

    A column of a table outside it does so only as a sum. A name with `each` stands for the same year or quarter, so
    whoever uses it bare must have the same `each`.
    """
    if isinstance(found, SumOf):
        return True
    return len(parts) < 3 and target.get("each") in {None, field.get("each")}


def _filters(b: Parts, path: Path_, found: SumOf, where: str) -> Iterator[Problem]:
    """``column == "choice"`` and ``column == row`` (the name of a fixed row of the table the calculation stands in)."""
    parts = found.name.parts
    if len(parts) != 3:
        if found.filters:
            yield problem("blueprint-calculation", where, text=found.filters[0][0])
        return
    columns = (b.field(".".join(parts[:2])) or {}).get("columns", {})
    for column, value in found.filters:
        if column not in columns:
            yield unknown("blueprint-unknown-name", where, column, columns, what="column")
            continue
        choices = columns[column].get("choices", "")
        fixed = (b.field(f"{path[1]}.{path[3]}") or {}).get("rows") if "columns" in path else None
        if value is None and fixed is None:
            yield problem("blueprint-calculation", where, text=_ROW)
        elif value is not None and choices in b.choices and value not in b.labels(choices):
            yield unknown("blueprint-unknown-name", where, value, b.labels(choices), what="choice")
