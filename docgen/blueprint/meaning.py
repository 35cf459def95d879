"""Checks what the names in a blueprint mean: what no schema can see, because it takes two places to judge.

Runs only on data whose shape is right. Every check is a small generator of problems; all of them run.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from docgen.blueprint import rules
from docgen.blueprint.arithmetic import check_calculations
from docgen.blueprint.colours import LEAST_CONTRAST, contrast, nearest_readable
from docgen.blueprint.model import GROUP, PARTNERS
from docgen.blueprint.parts import Parts, Unsupported
from docgen.blueprint.shape import unknown
from docgen.blueprint.translation import translated
from docgen.blueprint.yamltree import Path_, Tree
from docgen.fields import FIELD_TYPES, Option, Spec, Target
from docgen.fields.base import same_label
from docgen.problems import Problem, problem

_TABLE_KEYS = ("columns", "repeat", "rows", "row_label")
_SELECTS = frozenset({"select_one", "select_multiple"})
_TEXT_KEYS = ("title", "label", "hint", "relevant_hint", "constraint_message", "row_label", "unit")
_WORDY = frozenset({"guide", "choices", "roles", "literals", "rows"})  # what stands in these is words, whatever its key
_QUARTERS = "quarters"
_PERCENT = frozenset({"%", "procent", "percent", "per cent"})


def check_meaning(tree: Tree, folder: Path | None, unsupported: Unsupported) -> list[Problem]:
    """Everything in a well-shaped blueprint that contradicts itself, in the order of its lines.

    ``folder`` is where the file lies, None for a copy of which nothing lies beside.
    """
    blueprint = Parts(tree, folder, unsupported)
    problems = [found for check in _CHECKS for found in check(blueprint)]
    return sorted(problems, key=lambda found: [int(part) for part in found.where.rsplit(":", 2)[1:]])


def check_words(tree: Tree, original: Tree) -> list[Problem]:
    """What a well-shaped translation says that cannot stand: placeholders nobody fills in, labels that are the same."""
    merged = Tree(translated(original.data, tree.data), tree.file, tree.keys, tree.values)
    parts = Parts(merged, None, {})
    return [*placeholders(tree, parts.parameters), *check_labels(parts)]


def _theme(b: Parts) -> Iterator[Problem]:
    theme = b.tree.data.get("theme", {})
    colour, logo = theme.get("colour"), theme.get("logo")
    if colour and contrast(colour, "#FFFFFF") < LEAST_CONTRAST:
        ratio = Decimal(f"{contrast(colour, '#FFFFFF'):.1f}")
        where = b.where("theme", "colour")
        yield problem("blueprint-contrast", where, colour=colour, ratio=ratio, nearest=nearest_readable(colour))
    if logo and b.folder is not None and not (b.folder / logo).is_file():
        yield problem("blueprint-logo", b.where("theme", "logo"), name=logo)


def _documents(b: Parts) -> Iterator[Problem]:
    for name, document in b.documents.items():
        seen: set[str] = set()
        for at, section in enumerate(document["sections"]):
            where = b.where("documents", name, "sections", at)
            if section not in b.sections:
                yield unknown("blueprint-unknown-name", where, section, b.sections, what="section")
            elif section in seen:
                yield problem("section-twice", where, name=section)
            seen.add(section)
        if "protected" in document and document["format"] != "word":
            yield problem("protected-misplaced", b.key("documents", name, "protected"), name=name)
    listed = {section for document in b.documents.values() for section in document["sections"]}
    for section in b.sections:
        if section not in listed:
            yield problem("section-unlisted", b.key("sections", section), name=section)


def _steps(b: Parts) -> Iterator[Problem]:
    for name, step in b.steps.items():
        for at, section in enumerate(step["sections"]):
            if section not in b.sections:
                where = b.where("steps", name, "sections", at)
                yield unknown("blueprint-unknown-name", where, section, b.sections, what="section")


def _roles(b: Parts) -> Iterator[Problem]:
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


def _document_names(b: Parts, path: Path_, body: dict[str, Any]) -> Iterator[Problem]:
    named = body.get("documents", [])
    lone = isinstance(named, str)
    for at, name in enumerate([named] if lone else named):
        if name not in b.documents or str(path[1]) not in b.documents[name]["sections"]:
            where = b.where(*path, "documents") if lone else b.where(*path, "documents", at)
            known = b.documents_of(str(path[1]))
            yield unknown("blueprint-unknown-name", where, name, known, what="document")


def _choices(b: Parts) -> Iterator[Problem]:
    if PARTNERS in b.choices:
        yield problem("choices-built-in", b.key("choices", PARTNERS), name=PARTNERS)
    for path, field in b.answers():
        name = field.get("choices")
        if name is not None and field["type"] not in _SELECTS:
            yield problem("choices-without-select", b.key(*path, "choices"), name=str(path[-1]))
        elif name is None and field["type"] in _SELECTS:
            yield problem("blueprint-key-required", b.key(*path), key="choices", name=str(path[-1]))
        elif name is not None and name not in (
            known := [*b.choices, *(() if path[0] == "parameters" else (PARTNERS,))]
        ):
            yield unknown("blueprint-unknown-name", b.where(*path, "choices"), name, known, what="choices")
    yield from check_labels(b)


def check_labels(b: Parts) -> Iterator[Problem]:
    """Labels in the same list that a reader of answers could not tell apart."""
    for name in b.choices:
        yield from _same_labels(b.tree, ("choices", name))
    for path, field in b.answers():
        for key in ("literals", "rows"):
            if isinstance(field.get(key), dict):
                yield from _same_labels(b.tree, (*path, key))


def _same_labels(tree: Tree, path: Path_) -> Iterator[Problem]:
    labels = tree.data
    for part in path:
        labels = labels[part]
    seen: dict[str, str] = {}
    for name, label in labels.items():
        if seen.setdefault(same_label(label), name) != name:
            yield problem("label-twice", tree.where((*path, name)), name=label)


def _tables(b: Parts) -> Iterator[Problem]:
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


def _column_names(b: Parts, path: Path_, field: dict[str, Any]) -> Iterator[Problem]:
    columns = field.get("columns", {})
    for name, column in columns.items():
        if column["type"] == "signature":
            where = b.where(*path, "columns", name, "type")
            yield problem("signature-in-table", where, name=name)
        suffixed = re.compile(rf"{name}_(?:\d{{4}}|q[1-4])")
        for other in columns:
            if "each" in column and suffixed.fullmatch(other):
                yield problem("each-collides", b.key(*path, "columns", other), name=other)


def _answers(b: Parts) -> Iterator[Problem]:
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
        if numeric and same_label(str(field.get("unit", ""))) in _PERCENT:
            yield problem("unit-percent", b.where(*path, "unit"), name=name)
        if kind == "reference" and "to" not in field:
            yield problem("blueprint-key-required", b.key(*path), key="to", name=name)
        if "constraint_message" in field and "constraint" not in field:
            yield problem("message-alone", b.key(*path, "constraint_message"), name=name)


def _references(b: Parts) -> Iterator[Problem]:
    for path, field in b.answers():
        targets = field.get("to", [])
        lone = isinstance(targets, str)
        for at, target in enumerate([targets] if lone else targets):
            found = b.field(target)
            if found is None or found["type"] != "table":
                where = b.where(*path, "to") if lone else b.where(*path, "to", at)
                yield unknown("blueprint-unknown-name", where, target, b.tables(), what="table")


def _each(b: Parts) -> Iterator[Problem]:
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


def _formats(b: Parts) -> Iterator[Problem]:
    """A type that a document's format cannot hold."""
    places = [(path, field, field) for path, field in b.fields()]
    places += [(path, column, table) for path, column, table in b.columns() if column["type"] != "signature"]
    for path, field, around in places:
        section = str(path[1])
        stated = (each.get("documents") for each in (field, around, b.sections[section]))
        named = next((each for each in stated if each), None) or b.documents_of(section)
        for document in [named] if isinstance(named, str) else named:
            kind = b.documents.get(document, {}).get("format", "")
            reason = b.unsupported.get(kind, {}).get(field["type"])
            if reason is not None:
                where = b.where(*path, "type")
                yield problem("blueprint-unsupported", where, type=field["type"], document=document, why=reason)
            if "calculation" in field and kind in {"word", "pdf"}:
                where = b.key(*path, "calculation")
                yield problem("calculation-outside-excel", where, name=str(path[-1]))


def _defaults(b: Parts) -> Iterator[Problem]:
    for path, field in b.answers():
        if "default" not in field:
            continue
        if "columns" in path or field["type"] == "table":
            where = b.key(*path, "default")
            yield problem("default-in-table", where, name=str(path[-1]))
            continue
        labels = b.labels(field.get("choices", ""))
        targets = field.get("to", [])
        spec = Spec(
            field["type"],
            appearance=field.get("appearance"),
            options=tuple(Option(name, label) for name, label in labels.items()),
            literals=tuple(Option(name, label) for name, label in field.get("literals", {}).items()),
            targets=tuple(Target(table, "", 0) for table in ([targets] if isinstance(targets, str) else targets)),
        )
        try:
            FIELD_TYPES[field["type"]].from_json(field["default"], spec)
        except (ValueError, TypeError):
            where = b.where(*path, "default")
            yield problem("blueprint-default", where, value=str(field["default"]), type=field["type"])


def _expressions(b: Parts) -> Iterator[Problem]:
    """The syntax of CEL; of a parameter's constraint the names as well, as it knows only ``value``."""
    places: list[tuple[Path_, str]] = []
    for path, field in [*b.answers(), *((("sections", name), body) for name, body in b.sections.items())]:
        places += [((*path, key), field[key]) for key in ("constraint", "relevant") if key in field]
    places += [(("rules", name, "check"), rule["check"]) for name, rule in b.rules.items()]
    for path, expression in places:
        find = rules.constraint_errors if path[0] == "parameters" else rules.syntax_errors
        for detail in find(expression):
            yield problem("blueprint-expression", b.where(*path), detail=detail)


def _rules(b: Parts) -> Iterator[Problem]:
    known = [*b.sections, *(f"{path[1]}.{path[3]}" for path, _ in b.fields())]
    for name, rule in b.rules.items():
        if rule["for"] not in known:
            yield unknown("blueprint-unknown-name", b.where("rules", name, "for"), rule["for"], known, what="field")


def _placeholders(b: Parts) -> Iterator[Problem]:
    yield from placeholders(b.tree, b.parameters)


def placeholders(tree: Tree, parameters: Iterable[str]) -> Iterator[Problem]:
    """``{round.x}`` and ``{partner.name}`` in texts; a rule's message has names of its own."""
    known = {f"round.{name}" for name in parameters} | {"partner.name"}
    for path, text in _texts(tree.data, ()):
        for name in re.findall(r"\{([^{}]*)\}", text):
            if name not in known:
                yield unknown("blueprint-unknown-name", tree.where(path), name, known, what="placeholder")


def _texts(data: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            if path or key != "rules":
                yield from _texts(value, (*path, key))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from _texts(value, (*path, at))
    elif isinstance(data, str) and (path[-1] in _TEXT_KEYS or not _WORDY.isdisjoint(path[:-1])):
        yield path, data


_CHECKS: tuple[Callable[[Parts], Iterator[Problem]], ...] = (
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
    check_calculations,
    _expressions,
    _rules,
    _placeholders,
)
