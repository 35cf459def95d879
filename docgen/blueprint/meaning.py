"""Checks what the names in a blueprint mean: what no schema can see, because it takes two places to judge.

Runs only on data whose shape is right. Every check is a small generator of problems; all of them run.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from docgen.blueprint import calculation, rules
from docgen.blueprint.colours import LEAST_CONTRAST, contrast, nearest_readable
from docgen.blueprint.model import GROUP, PARTNERS
from docgen.blueprint.shape import unknown
from docgen.blueprint.yamltree import Path_, Tree
from docgen.fields import FIELD_TYPES, Option, Spec, Target
from docgen.problems import Problem, problem

Unsupported = Mapping[str, Mapping[str, str]]

_TABLE_KEYS = ("columns", "repeat", "rows", "row_label")
_SELECTS = frozenset({"select_one", "select_multiple"})
_TEXT_KEYS = ("title", "label", "hint", "relevant_hint", "constraint_message", "row_label", "unit")
_QUARTERS = "quarters"


class _Blueprint:
    """The data under check, and short ways to its parts."""

    def __init__(self, tree: Tree, folder: Path, unsupported: Unsupported) -> None:
        self.tree = tree
        self.folder = folder
        self.unsupported = unsupported
        data = tree.data
        self.parameters: dict[str, Any] = data.get("parameters", {})
        self.roles: dict[str, Any] = data.get("roles", {})
        self.documents: dict[str, Any] = data["documents"]
        self.choices: dict[str, Any] = data.get("choices", {})
        self.sections: dict[str, Any] = data["sections"]
        self.rules: dict[str, Any] = data.get("rules", {})
        self.steps: dict[str, Any] = data.get("steps", {})

    def fields(self) -> Iterator[tuple[Path_, dict[str, Any]]]:
        """Every field of every section, tables included, columns not."""
        for section, body in self.sections.items():
            for name, field in body["fields"].items():
                yield ("sections", section, "fields", name), field

    def columns(self) -> Iterator[tuple[Path_, dict[str, Any], dict[str, Any]]]:
        """Every column of every table, with its table."""
        for path, field in self.fields():
            for name, column in field.get("columns", {}).items():
                yield (*path, "columns", name), column, field

    def answers(self) -> Iterator[tuple[Path_, dict[str, Any]]]:
        """Every parameter, field and column."""
        for name, parameter in self.parameters.items():
            yield ("parameters", name), parameter
        yield from self.fields()
        for path, column, _ in self.columns():
            yield path, column

    def field(self, key: str) -> dict[str, Any] | None:
        """The field ``section.field``, None if there is none."""
        section, _, name = key.partition(".")
        found = self.sections.get(section, {}).get("fields", {}).get(name)
        return found if isinstance(found, dict) else None

    def tables(self) -> list[str]:
        """The keys of all tables."""
        return [f"{path[1]}.{path[3]}" for path, field in self.fields() if field["type"] == "table"]

    def documents_of(self, section: str) -> list[str]:
        """The documents that list a section."""
        return [name for name, document in self.documents.items() if section in document["sections"]]

    def where(self, *path: str | int) -> str:
        return self.tree.where(path)

    def key(self, *path: str | int) -> str:
        return self.tree.where(path, key=True)


def check_meaning(tree: Tree, folder: Path, unsupported: Unsupported) -> list[Problem]:
    """Everything in a well-shaped blueprint that contradicts itself, in the order of its lines."""
    blueprint = _Blueprint(tree, folder, unsupported)
    problems = [found for check in _CHECKS for found in check(blueprint)]
    return sorted(problems, key=lambda found: [int(part) for part in found.where.rsplit(":", 2)[1:]])


def _theme(b: _Blueprint) -> Iterator[Problem]:
    theme = b.tree.data.get("theme", {})
    colour, logo = theme.get("colour"), theme.get("logo")
    if colour and contrast(colour, "#FFFFFF") < LEAST_CONTRAST:
        ratio = f"{contrast(colour, '#FFFFFF'):.1f}"
        where = b.where("theme", "colour")
        yield problem("blueprint-contrast", where, colour=colour, ratio=ratio, nearest=nearest_readable(colour))
    if logo and not (b.folder / logo).is_file():
        yield problem("blueprint-logo", b.where("theme", "logo"), name=logo)


def _documents(b: _Blueprint) -> Iterator[Problem]:
    for name, document in b.documents.items():
        seen: set[str] = set()
        for at, section in enumerate(document["sections"]):
            where = b.where("documents", name, "sections", at)
            if section not in b.sections:
                yield unknown("blueprint-unknown-name", where, section, b.sections, what="section")
            elif section in seen:
                yield problem("section-twice", where, name=section)
            seen.add(section)
    listed = {section for document in b.documents.values() for section in document["sections"]}
    for section in b.sections:
        if section not in listed:
            yield problem("section-unlisted", b.key("sections", section), name=section)


def _steps(b: _Blueprint) -> Iterator[Problem]:
    for name, step in b.steps.items():
        for at, section in enumerate(step["sections"]):
            if section not in b.sections:
                where = b.where("steps", name, "sections", at)
                yield unknown("blueprint-unknown-name", where, section, b.sections, what="section")


def _roles(b: _Blueprint) -> Iterator[Problem]:
    if GROUP in b.roles:
        yield problem("role-built-in", b.key("roles", GROUP), name=GROUP)
    places: list[tuple[Path_, dict[str, Any]]] = [(("sections", name), body) for name, body in b.sections.items()]
    places += list(b.answers())
    for path, body in places:
        asked = body.get("asked_of", [])
        lone = isinstance(asked, str)
        for at, role in enumerate([asked] if lone else asked):
            if role != GROUP and role not in b.roles:
                where = b.where(*path, "asked_of") if lone else b.where(*path, "asked_of", at)
                yield unknown("blueprint-unknown-name", where, role, [*b.roles, GROUP], what="role")
        yield from _document_names(b, path, body)


def _document_names(b: _Blueprint, path: Path_, body: dict[str, Any]) -> Iterator[Problem]:
    named = body.get("documents", [])
    lone = isinstance(named, str)
    for at, name in enumerate([named] if lone else named):
        if name not in b.documents or str(path[1]) not in b.documents[name]["sections"]:
            where = b.where(*path, "documents") if lone else b.where(*path, "documents", at)
            known = b.documents_of(str(path[1]))
            yield unknown("blueprint-unknown-name", where, name, known, what="document")


def _choices(b: _Blueprint) -> Iterator[Problem]:
    if PARTNERS in b.choices:
        yield problem("choices-built-in", b.key("choices", PARTNERS), name=PARTNERS)
    for path, field in b.answers():
        name = field.get("choices")
        if name is not None and field["type"] not in _SELECTS:
            yield problem("choices-without-select", b.key(*path, "choices"), name=str(path[-1]))
        elif name is None and field["type"] in _SELECTS:
            yield problem("blueprint-key-required", b.key(*path), key="choices", name=str(path[-1]))
        elif name not in (None, PARTNERS) and name not in b.choices:
            known = [*b.choices, PARTNERS]
            yield unknown("blueprint-unknown-name", b.where(*path, "choices"), name, known, what="choices")
    for name, labels in b.choices.items():
        seen: dict[str, str] = {}
        for choice, label in labels.items():
            first = seen.setdefault(" ".join(label.casefold().split()), choice)
            if first != choice:
                where = b.where("choices", name, choice)
                yield problem("label-twice", where, name=label)


def _tables(b: _Blueprint) -> Iterator[Problem]:
    for path, field in b.fields():
        name = str(path[-1])
        if field["type"] != "table":
            for key in _TABLE_KEYS:
                if key in field:
                    yield problem("table-key", b.key(*path, key), name=key)
            continue
        if "columns" not in field:
            yield problem("blueprint-key-required", b.key(*path), key="columns", name=name)
        if ("repeat" in field) == ("rows" in field):
            yield problem("repeat-or-rows", b.key(*path), name=name)
        rows = field.get("rows")
        if isinstance(rows, str) and rows != PARTNERS:
            of = rows.removeprefix("choices.")
            if of not in b.choices:
                yield unknown("blueprint-unknown-name", b.where(*path, "rows"), of, b.choices, what="choices")
        yield from _column_names(b, path, field)


def _column_names(b: _Blueprint, path: Path_, field: dict[str, Any]) -> Iterator[Problem]:
    columns = field.get("columns", {})
    for name, column in columns.items():
        if column["type"] == "signature":
            where = b.where(*path, "columns", name, "type")
            yield problem("signature-in-table", where, name=name)
        suffixed = re.compile(rf"{name}_(?:\d{{4}}|q[1-4])")
        for other in columns:
            if "each" in column and suffixed.fullmatch(other):
                where = b.key(*path, "columns", other)
                yield problem("each-collides", where, name=other)


def _answers(b: _Blueprint) -> Iterator[Problem]:
    """Keys that go with some types only."""
    for path, field in b.answers():
        kind, name = field["type"], str(path[-1])
        numeric = kind in FIELD_TYPES and FIELD_TYPES[kind].numeric
        looks = {"cards"} if kind == "table" else FIELD_TYPES[kind].appearances
        if "appearance" in field and field["appearance"] not in looks:
            where = b.where(*path, "appearance")
            yield unknown("blueprint-appearance", where, field["appearance"], looks, type=kind)
        allowed = {
            "literals": numeric or kind == "reference",
            "unit": numeric,
            "total": numeric and "columns" in path,
            "calculation": numeric,
            "to": kind == "reference",
            "each": numeric or "columns" in path,
        }
        for key, fits in allowed.items():
            if key in field and not fits:
                yield problem(f"{key}-misplaced", b.key(*path, key), name=name, type=kind)
        if kind == "reference" and "to" not in field:
            yield problem("blueprint-key-required", b.key(*path), key="to", name=name)
        if "constraint_message" in field and "constraint" not in field:
            yield problem("message-alone", b.key(*path, "constraint_message"), name=name)


def _references(b: _Blueprint) -> Iterator[Problem]:
    for path, field in b.answers():
        targets = field.get("to", [])
        lone = isinstance(targets, str)
        for at, target in enumerate([targets] if lone else targets):
            found = b.field(target)
            if found is None or found["type"] != "table":
                where = b.where(*path, "to") if lone else b.where(*path, "to", at)
                yield unknown("blueprint-unknown-name", where, target, b.tables(), what="table")


def _each(b: _Blueprint) -> Iterator[Problem]:
    for path, field in b.answers():
        each = field.get("each", _QUARTERS)
        if each == _QUARTERS:
            continue
        name = each.removesuffix(".years")
        if b.parameters.get(name, {}).get("type") != "period":
            periods = [key for key, parameter in b.parameters.items() if parameter["type"] == "period"]
            yield unknown("blueprint-unknown-name", b.where(*path, "each"), name, periods, what="period")
        elif not b.parameters[name].get("required") and "default" not in b.parameters[name]:
            yield problem("each-optional", b.where(*path, "each"), name=name)


def _formats(b: _Blueprint) -> Iterator[Problem]:
    """A type that a document's format cannot hold."""
    places = [(path, field) for path, field in b.fields()]
    places += [(path, column) for path, column, _ in b.columns()]
    for path, field in places:
        section = str(path[1])
        named = field.get("documents") or b.sections[section].get("documents") or b.documents_of(section)
        for document in [named] if isinstance(named, str) else named:
            kind = b.documents.get(document, {}).get("format", "")
            reason = b.unsupported.get(kind, {}).get(field["type"])
            if reason is not None:
                where = b.where(*path, "type")
                yield problem("blueprint-unsupported", where, type=field["type"], document=document, why=reason)
            if "calculation" in field and kind in {"word", "pdf"}:
                where = b.key(*path, "calculation")
                yield problem("calculation-outside-excel", where, name=str(path[-1]))


def _defaults(b: _Blueprint) -> Iterator[Problem]:
    for path, field in b.answers():
        if "default" not in field:
            continue
        if "columns" in path or field["type"] == "table":
            where = b.key(*path, "default")
            yield problem("default-in-table", where, name=str(path[-1]))
            continue
        labels = b.choices.get(field.get("choices", ""), {})
        spec = Spec(
            field["type"],
            appearance=field.get("appearance"),
            options=tuple(Option(name, label) for name, label in labels.items()),
            literals=tuple(Option(name, label) for name, label in field.get("literals", {}).items()),
            targets=tuple(Target(table, "", 0) for table in field.get("to", ())),
        )
        try:
            FIELD_TYPES[field["type"]].from_json(field["default"], spec)
        except (ValueError, TypeError):
            where = b.where(*path, "default")
            yield problem("blueprint-default", where, value=str(field["default"]), type=field["type"])


def _calculations(b: _Blueprint) -> Iterator[Problem]:
    for path, field in b.answers():
        if "calculation" not in field:
            continue
        where = b.where(*path, "calculation")
        try:
            tree = calculation.parse(field["calculation"])
        except ValueError as error:
            yield problem("blueprint-calculation", where, text=str(error))
            continue
        for name in calculation.names(tree):
            yield from _calculated_name(b, path, name, where)


def _calculated_name(
    b: _Blueprint, path: Path_, found: calculation.Name | calculation.SumOf, where: str
) -> Iterator[Problem]:
    filters = found.filters if isinstance(found, calculation.SumOf) else ()
    parts = found.name.parts if isinstance(found, calculation.SumOf) else found.parts
    name = ".".join(parts)
    siblings: dict[str, Any] = {}
    if "columns" in path:
        siblings = b.field(f"{path[1]}.{path[3]}")["columns"]  # type: ignore[index]
    match len(parts):
        case 1:
            target, known = siblings.get(parts[0]), list(siblings)
        case 2:
            target = b.field(name)
            known = [f"{place[1]}.{place[3]}" for place, _ in b.fields()]
        case 3:
            columns = (b.field(".".join(parts[:2])) or {}).get("columns", {})
            target = columns.get(parts[2])
            known = [f"{parts[0]}.{parts[1]}.{column}" for column in columns]
            for column, _ in filters:
                if column not in columns:
                    yield unknown("blueprint-unknown-name", where, column, columns, what="column")
        case _:
            target, known = None, []
    if target is None:
        yield unknown("blueprint-unknown-name", where, name, known, what="field")
        return
    numeric = target["type"] in FIELD_TYPES and FIELD_TYPES[target["type"]].numeric
    lone = len(parts) == 3 and not isinstance(found, calculation.SumOf)
    if lone or not numeric:
        yield problem("blueprint-calculation", where, text=name)


def _expressions(b: _Blueprint) -> Iterator[Problem]:
    """The syntax of CEL; of a parameter's constraint the names as well, as it knows only ``value``."""
    places: list[tuple[Path_, str]] = []
    for path, field in [*b.answers(), *((("sections", name), body) for name, body in b.sections.items())]:
        places += [((*path, key), field[key]) for key in ("constraint", "relevant") if key in field]
    places += [(("rules", name, "check"), rule["check"]) for name, rule in b.rules.items()]
    for path, expression in places:
        find = rules.constraint_errors if path[0] == "parameters" else rules.syntax_errors
        for detail in find(expression):
            yield problem("blueprint-expression", b.where(*path), detail=detail)


def _rules(b: _Blueprint) -> Iterator[Problem]:
    known = [*b.sections, *(f"{path[1]}.{path[3]}" for path, _ in b.fields())]
    for name, rule in b.rules.items():
        if rule["for"] not in known:
            yield unknown("blueprint-unknown-name", b.where("rules", name, "for"), rule["for"], known, what="field")


def _placeholders(b: _Blueprint) -> Iterator[Problem]:
    """``{round.x}`` and ``{partner.name}`` in texts; a rule's message has names of its own."""
    known = {f"round.{name}" for name in b.parameters} | {"partner.name"}
    for path, text in _texts(b.tree.data, ()):
        if path[0] == "rules":
            continue
        for name in re.findall(r"\{([^{}]*)\}", text):
            if name not in known:
                yield unknown("blueprint-unknown-name", b.where(*path), name, known, what="placeholder")


def _texts(data: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, (*path, key))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from _texts(value, (*path, at))
    elif isinstance(data, str) and (path[-1] in _TEXT_KEYS or "guide" in path):
        yield path, data


_CHECKS: tuple[Callable[[_Blueprint], Iterator[Problem]], ...] = (
    _theme,
    _documents,
    _steps,
    _roles,
    _choices,
    _tables,
    _answers,
    _references,
    _each,
    _formats,
    _defaults,
    _calculations,
    _expressions,
    _rules,
    _placeholders,
)
