"""A translation: a sibling file that mirrors the blueprint's names and holds its words in another language."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from docgen.blueprint.grammar import BLUEPRINT, Anything, Either, Flag, Kind, ListOf, MapOf, OneOf, Record, Text, Whole
from docgen.blueprint.shape import unknown
from docgen.blueprint.yamltree import Path_, Tree
from docgen.problems import Problem, problem

# What a translation says of itself, beside words.
_HEAD = ("docgen", "id", "language", "version")


def translated(data: dict[str, Any], translation: Mapping[str, Any]) -> dict[str, Any]:
    """The blueprint's data with every text the translation holds in place of its own."""
    merged = copy.deepcopy(data)
    _overlay(merged, {key: value for key, value in translation.items() if key not in _HEAD})
    merged["language"] = translation["language"]
    return merged


def _overlay(into: Any, words: Any) -> None:
    for key, value in words.items() if isinstance(words, Mapping) else enumerate(words):
        if isinstance(value, Mapping | list):
            _overlay(into[key], value)
        else:
            into[key] = value


def check_translation(tree: Tree, original: Tree, language: str) -> list[Problem]:
    """What a translation lacks (warnings), and what it names that the blueprint does not (errors)."""
    data = tree.data
    if not isinstance(data, dict):
        return [problem("blueprint-kind", tree.where(()), name=tree.file, kind="map")]
    if data.get("language") != language:
        return [problem("translation-file", tree.where(("language",)), key="language", wanted=language)]
    if isinstance(original.data, dict) and data.get("id") != original.data.get("id"):
        return [problem("translation-file", tree.where(("id",)), key="id", wanted=original.data.get("id", ""))]
    body = {key: value for key, value in data.items() if key not in _HEAD}
    return list(_compare(tree, body, original.data, BLUEPRINT, ()))


def _compare(tree: Tree, words: Any, original: Any, kind: Kind, path: Path_) -> Iterator[Problem]:
    """Walks the translation along the original; the grammar says which keys hold words."""
    if isinstance(kind, Either):
        kind = kind.map if isinstance(original, dict) else kind.text
    match kind:
        case Record(keys=keys):
            wordy = {name: key.kind for name, key in keys.items() if key.words}
            yield from _compare_map(tree, words, original, wordy, path)
        case MapOf(value=value):
            named = dict.fromkeys(original if isinstance(original, dict) else (), value)
            yield from _compare_map(tree, words, original, named, path)
        case ListOf(item=item):
            yield from _compare_list(tree, words, original, item, path)
        case Text():
            if not isinstance(words, str) or not words.strip():
                yield problem("blueprint-kind", tree.where(path), name=str(path[-1]), kind="text")
        case Flag() | Whole() | Anything() | OneOf():
            yield problem("translation-unknown", tree.where(path), word=str(path[-1]), close="", known="")


def _compare_map(tree: Tree, words: Any, original: Any, kinds: Mapping[str, Kind], path: Path_) -> Iterator[Problem]:
    if not isinstance(words, dict) or not isinstance(original, dict):
        yield problem("blueprint-kind", tree.where(path), name=str(path[-1]) if path else tree.file, kind="map")
        return
    for name, value in words.items():
        if name in kinds and name in original:
            yield from _compare(tree, value, original[name], kinds[name], (*path, name))
        else:
            known = [each for each in kinds if each in original]
            yield unknown("translation-unknown", tree.where((*path, name), key=True), name, known)
    for name, kind in kinds.items():
        if name in original and name not in words and _has_words(original[name], kind):
            yield problem("translation-missing", tree.where(path, key=True), key=".".join(map(str, (*path, name))))


def _compare_list(tree: Tree, words: Any, original: Any, item: Kind, path: Path_) -> Iterator[Problem]:
    if not isinstance(words, list) or not isinstance(original, list):
        yield problem("blueprint-kind", tree.where(path), name=str(path[-1]), kind="list")
        return
    if len(words) != len(original):
        yield problem(
            "translation-length", tree.where(path, key=True), name=str(path[-1]), here=len(words), there=len(original)
        )
        return
    for at, (here, there) in enumerate(zip(words, original, strict=True)):
        yield from _compare(tree, here, there, item, (*path, at))


def _has_words(original: Any, kind: Kind) -> bool:
    """Whether a part of the blueprint holds anything to translate."""
    if isinstance(kind, Either):
        return isinstance(original, dict)
    match kind:
        case Text():
            return True
        case Record(keys=keys) if isinstance(original, dict):
            return any(
                name in original and _has_words(original[name], key.kind) for name, key in keys.items() if key.words
            )
        case MapOf(value=value) if isinstance(original, dict):
            return any(_has_words(each, value) for each in original.values())
        case ListOf(item=item) if isinstance(original, list):
            return any(_has_words(each, item) for each in original)
        case _:
            return False
