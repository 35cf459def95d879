"""Checks plain data against the grammar: every finding with its place and, where a word is close, a suggestion."""

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from docgen.blueprint.grammar import (
    RESERVED,
    Anything,
    Either,
    Flag,
    Kind,
    ListOf,
    MapOf,
    OneOf,
    Record,
    Text,
    Whole,
)
from docgen.blueprint.yamltree import Path_, Tree
from docgen.problems import Problem, problem


def closest(word: str, known: Iterable[str]) -> str:
    """The known word somebody most likely meant, "" if none is close."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else ""


def unknown(code: str, where: str, word: str, known: Iterable[str], **args: Any) -> Problem:
    """A problem about a word nobody knows, with the closest known one, or all of them where none is close."""
    words = sorted(known)
    return problem(code, where, word=word, close=closest(word, words), known=", ".join(words), **args)


def check_shape(tree: Tree, kind: Kind) -> list[Problem]:
    """Everything about a tree that differs from the grammar."""
    return list(_check(tree, tree.data, kind, ()))


def _check(tree: Tree, data: Any, kind: Kind, path: Path_) -> Iterator[Problem]:
    match kind:
        case Record():
            yield from _record(tree, data, kind, path)
        case MapOf():
            yield from _map(tree, data, kind, path)
        case ListOf():
            yield from _list(tree, data, kind, path)
        case Either(text=text, map=map_kind):
            yield from _check(tree, data, map_kind if isinstance(data, dict) else text, path)
        case _:
            yield from _scalar(tree, data, kind, path)


def _wrong_kind(tree: Tree, path: Path_, kind: str) -> Problem:
    return problem("blueprint-kind", tree.where(path), name=_name(path) or tree.file, kind=kind)


def _name(path: Path_) -> str:
    return str(next((part for part in reversed(path) if isinstance(part, str)), ""))


def _record(tree: Tree, data: Any, kind: Record, path: Path_) -> Iterator[Problem]:
    if not isinstance(data, dict):
        yield _wrong_kind(tree, path, "map")
        return
    for name, value in data.items():
        key = kind.keys.get(name)
        if key is None:
            yield unknown("blueprint-key-unknown", tree.where((*path, name), key=True), name, kind.keys)
        else:
            yield from _check(tree, value, key.kind, (*path, name))
    for name, key in kind.keys.items():
        if key.required and name not in data:
            yield problem("blueprint-key-required", tree.where(path, key=True), key=name, name=_name(path) or tree.file)
    if kind.single and len(data) != 1:
        yield problem("blueprint-guide-single", tree.where(path), known=", ".join(kind.keys))


def _map(tree: Tree, data: Any, kind: MapOf, path: Path_) -> Iterator[Problem]:
    if not isinstance(data, dict) or len(data) < kind.least:
        yield _wrong_kind(tree, path, "map")
        return
    for name, value in data.items():
        if name in RESERVED:
            yield problem("blueprint-reserved", tree.where((*path, name), key=True), name=name)
        elif not re.fullmatch(kind.names, name):
            yield problem("blueprint-name", tree.where((*path, name), key=True), name=name)
        yield from _check(tree, value, kind.value, (*path, name))


def _list(tree: Tree, data: Any, kind: ListOf, path: Path_) -> Iterator[Problem]:
    if kind.lone and not isinstance(data, list):
        yield from _check(tree, data, kind.item, path)
    elif not isinstance(data, list) or len(data) < kind.least:
        yield _wrong_kind(tree, path, "list")
    else:
        for at, item in enumerate(data):
            yield from _check(tree, item, kind.item, (*path, at))


def _scalar(tree: Tree, data: Any, kind: Kind, path: Path_) -> Iterator[Problem]:
    where, name = tree.where(path), _name(path)
    match kind:
        case Text(pattern=pattern, example=example):
            if not isinstance(data, str) or not data.strip():
                yield _wrong_kind(tree, path, "number-as-text" if _is_number(data) else "text")
            elif pattern and not re.fullmatch(pattern, data):
                yield problem("blueprint-value", where, name=name, value=data, example=example or pattern)
        case Flag():
            if not isinstance(data, bool):
                yield _wrong_kind(tree, path, "flag")
        case Whole(least=least, most=most):
            if isinstance(data, bool) or not isinstance(data, int) or not least <= data <= most:
                example = str(least) if least == most else f"{least}-{most}"
                yield problem("blueprint-value", where, name=name, value=str(data), example=example)
        case OneOf(words=words):
            if data not in words:
                yield unknown("blueprint-word", where, str(data), words, name=name)
        case Anything() if data is None or isinstance(data, dict):
            yield _wrong_kind(tree, path, "text")
        case _:
            pass


def _is_number(data: Any) -> bool:
    return isinstance(data, int | float) and not isinstance(data, bool)
