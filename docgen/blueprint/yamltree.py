"""YAML into plain data that remembers where each piece stands; YAML's own errors in a person's words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen.blueprint.yamlwords import in_words
from docgen.errors import BlueprintError, reason
from docgen.problems import Problem, problem

Path_ = tuple[str | int, ...]

_MAX_NODES = 200_000  # a blueprint has a few thousand; aliases of aliases have billions
_MAX_DEPTH = 40
_MAX_LENGTH = 2**20  # characters; the plan that comes with docgen has some 60,000


@dataclass(frozen=True)
class Tree:
    """Plain data (dict, list, str, int, float, bool, None) and the place of every key and item.

    ``keys`` gives the line and column of a key, ``values`` of what stands behind it, both counted from 1. Data that
    never was a YAML file has no places.
    """

    data: Any
    file: str
    keys: Mapping[Path_, tuple[int, int]]
    values: Mapping[Path_, tuple[int, int]]

    def where(self, path: Path_, *, key: bool = False) -> str:
        """``file:line:column`` of a value, or of its key; of the nearest thing around it that has a place."""
        while True:
            found = (self.keys.get(path) if key else None) or self.values.get(path) or self.keys.get(path)
            if found is not None:
                return f"{self.file}:{found[0]}:{found[1]}"
            if not path:
                return f"{self.file}:1:1"
            path = path[:-1]


def read_yaml(path: Path) -> Tree:
    """The tree of a YAML 1.2 file.

    Raises:
        BlueprintError: there is no such file, or it is not well-formed YAML; says where and what to do.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise BlueprintError(problem("blueprint-missing", str(path), name=path.name)) from error
    except OSError as error:
        raise BlueprintError(problem("blueprint-file", str(path), reason=reason(error))) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise BlueprintError(problem("yaml-encoding", f"{path.name}:{line}:{column}")) from error
    return parse_yaml(text, path.name)


def parse_yaml(text: str, file: str) -> Tree:
    """The tree of a YAML 1.2 text.

    Raises:
        BlueprintError: not well-formed, or a key stands twice.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    if len(text) > _MAX_LENGTH or _brackets(text) > _MAX_DEPTH:
        raise BlueprintError(problem("yaml-deep", f"{file}:1:1"))
    yaml = YAML(typ="safe", pure=True)
    try:
        root = yaml.compose(text)
    except MarkedYAMLError as error:
        raise BlueprintError(in_words(error, text, file)) from error
    except YAMLError as error:
        line, column = _place_of_character(error, text)
        shown = text.splitlines()[line - 1].strip()[:80] if text.splitlines() else ""
        raise BlueprintError(problem("yaml-syntax", f"{file}:{line}:{column}", line=shown)) from error
    except RecursionError as error:
        raise BlueprintError(problem("yaml-deep", f"{file}:1:1")) from error
    if root is None:
        raise BlueprintError(problem("blueprint-empty", f"{file}:1:1"))
    return _Builder(file, text.splitlines()).tree(root)


class _Builder:
    """Turns composed nodes into data, noting places and collecting keys that stand twice."""

    def __init__(self, file: str, lines: Sequence[str]) -> None:
        self.file = file
        self.lines = lines
        self.keys: dict[Path_, tuple[int, int]] = {}
        self.values: dict[Path_, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self.nodes = 0

    def tree(self, root: Any) -> Tree:
        data = self.value(root, ())
        if self.problems:
            raise BlueprintError(self.problems)
        return Tree(data, self.file, self.keys, self.values)

    def value(self, node: Any, path: Path_) -> Any:
        from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

        self.nodes += 1
        place = (node.start_mark.line + 1, node.start_mark.column + 1)
        if self.nodes > _MAX_NODES or len(path) > _MAX_DEPTH:
            raise BlueprintError(problem("yaml-deep", f"{self.file}:{place[0]}:{place[1]}"))
        self.values.setdefault(path, place)
        match node:
            case ScalarNode():
                line = self.lines[node.start_mark.line] if node.start_mark.line < len(self.lines) else ""
                if line[node.start_mark.column :].startswith("!"):  # "! look here" is a tag and a text to YAML
                    self.refuse("yaml-start", place, line.strip()[:80])
                return _scalar(node)
            case SequenceNode():
                return [self.value(item, (*path, at)) for at, item in enumerate(node.value)]
            case MappingNode():
                return self.mapping(node, path)
            case _:
                raise TypeError(node)

    def mapping(self, node: Any, path: Path_) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if not isinstance(key_node.value, str):  # {partner.name}: a map in brackets as a key
                self.refuse("yaml-flow", place, "")
                continue
            key = key_node.value
            if key in found:
                first = self.keys[*path, key][0]
                where = f"{self.file}:{place[0]}:{place[1]}"
                self.problems.append(problem("yaml-duplicate", where, name=key, first=first))
                continue
            self.keys[*path, key] = place
            if value_node.value == "" and getattr(value_node, "style", None) is None:
                self.values[*path, key] = place  # nothing stands there: YAML would point at what comes next
            found[key] = self.value(value_node, (*path, key))
        return found

    def refuse(self, code: str, place: tuple[int, int], line: str) -> None:
        self.problems.append(problem(code, f"{self.file}:{place[0]}:{place[1]}", line=line))


def _brackets(text: str) -> int:
    """How deep brackets stand in each other, at most; those in texts count too, but close again."""
    depth = deepest = 0
    for mark in re.findall(r"[\[{\]}]", text):
        depth = depth + 1 if mark in "[{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


def _scalar(node: Any) -> Any:
    """YAML 1.2's core schema (10.3.2), but a date stays the text it is: the field's type says what it means."""
    tag = str(node.tag).rsplit(":", 1)[-1] if node.tag else "str"
    text: str = node.value
    if node.style in {"'", '"', "|", ">"}:
        return text.rstrip("\n") if node.style in {"|", ">"} else text
    try:
        match tag:
            case "int":
                return int(text.replace("_", ""), 0) if not re.fullmatch(r"[-+]?0\d+", text) else text
            case "float":
                return float(text)
            case "bool":
                return text.lower() == "true"
            case "null":
                return None
            case _:
                return text
    except ValueError:
        return text


def _place_of_character(error: Any, text: str) -> tuple[int, int]:
    at = getattr(error, "position", 0) or 0
    before = text[:at]
    return before.count("\n") + 1, at - before.rfind("\n")
