"""From YAML files to a :class:`~docgen.blueprint.model.Blueprint`, with every mistake told at once.

Four stages, each of which needs the one before: the YAML itself (:mod:`yamltree`), its shape against the grammar
(:mod:`shape`), what the names in it mean (:mod:`meaning`), and what its expressions name (:mod:`expressions`).
"""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from docgen.blueprint.expressions import check_expressions
from docgen.blueprint.grammar import BLUEPRINT
from docgen.blueprint.meaning import check_meaning, check_words
from docgen.blueprint.model import Blueprint, DocumentSpec, Field, GuideBlock, Look, Rule, Section, Step
from docgen.blueprint.parts import Unsupported
from docgen.blueprint.shape import check_shape
from docgen.blueprint.translation import check_translation, translated
from docgen.blueprint.yamltree import Tree, read_yaml
from docgen.errors import BlueprintError
from docgen.locales import LANGUAGES
from docgen.problems import Problem


@dataclass(frozen=True)
class Checked:
    """A blueprint, unless an error forbids it, and everything there is to say about its files.

    ``language`` is the blueprint's, as far as even a wrong one says it; "" if not.
    """

    blueprint: Blueprint | None
    problems: tuple[Problem, ...]
    language: str = ""


def load_blueprint(path: str | Path, unsupported: Unsupported = MappingProxyType({})) -> Blueprint:
    """The blueprint in a YAML file, with the translations that lie beside it.

    Args:
        path: the file ``NAME.yaml``; ``NAME.LANG.yaml`` beside it are its translations.
        unsupported: for each document format, the field types it cannot hold and why (a key of the texts).

    Raises:
        BlueprintError: with every error of all these files.
    """
    checked = check_blueprint(path, unsupported)
    if checked.blueprint is None:
        raise BlueprintError([found for found in checked.problems if found.severity == "error"], checked.language)
    return checked.blueprint


def check_blueprint(path: str | Path, unsupported: Unsupported = MappingProxyType({})) -> Checked:
    """Like :func:`load_blueprint`, but gives every problem, warnings too, and raises nothing."""
    path = Path(path)
    try:
        tree = read_yaml(path)
    except BlueprintError as error:
        return Checked(None, error.problems)
    problems = check_shape(tree, BLUEPRINT)
    if not problems:
        problems = check_meaning(tree, path.parent, unsupported)
    translations: dict[str, Any] = {}
    spoken: list[Tree] = []
    for language in LANGUAGES:
        sibling = path.with_name(f"{path.stem}.{language}.yaml")
        if not sibling.exists() or sibling == path:
            continue
        try:
            other = read_yaml(sibling)
        except BlueprintError as error:
            problems.extend(error.problems)
            continue
        problems.extend(check_translation(other, tree, language))
        if not _wrong(problems):
            problems.extend(check_words(other, tree))
        translations[language] = other.data
        spoken.append(other)
    said = tree.data.get("language") if isinstance(tree.data, dict) else ""
    language = said if said in LANGUAGES else ""
    if _wrong(problems):
        return Checked(None, tuple(problems), language)
    blueprint = _Builder(tree.data).blueprint(tree.data, translations)
    problems.extend(check_expressions(blueprint, tree, spoken))
    return Checked(None if _wrong(problems) else blueprint, tuple(problems), language)


def _wrong(problems: Sequence[Problem]) -> bool:
    return any(found.severity == "error" for found in problems)


def from_data(data: Mapping[str, Any], translations: Mapping[str, Mapping[str, Any]]) -> Blueprint:
    """A blueprint from the copy of its data that a round and every file keeps; checked anew, as anybody may have changed it.

    Args:
        data: what the YAML file says.
        translations: what its siblings say, by language.

    Raises:
        BlueprintError: the data are no blueprint.
    """
    plain = copy.deepcopy(dict(data))
    tree = Tree(plain, "blueprint", {}, {})
    problems = check_shape(tree, BLUEPRINT) or check_meaning(tree, None, {})
    for language, words in translations.items():
        problems += check_translation(Tree(words, language, {}, {}), tree, language)
    errors = [found for found in problems if found.severity == "error"]
    if errors:
        raise BlueprintError(errors)
    return _Builder(plain).blueprint(plain, translations)


def in_language(blueprint: Blueprint, language: str) -> Blueprint:
    """The same blueprint in another of its languages; itself where there is no translation."""
    if language == blueprint.language or language not in blueprint.languages:
        return blueprint
    spoken = translated(dict(blueprint.data), blueprint.translations[language])
    return _Builder(spoken).blueprint(blueprint.data, blueprint.translations)


class _Builder:
    """Builds the frozen model from checked data."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data

    def blueprint(self, plain: Mapping[str, Any], translations: Mapping[str, Mapping[str, Any]]) -> Blueprint:
        data = self.data
        return Blueprint(
            id=data["id"],
            version=data["version"],
            language=data["language"],
            title=data["title"],
            parameters=_frozen({name: _field(name, each) for name, each in data.get("parameters", {}).items()}),
            theme=Look(**data.get("theme", {})),
            roles=_frozen(data.get("roles", {})),
            steps=_frozen(
                {
                    name: Step(name, each["title"], tuple(each["sections"]))
                    for name, each in data.get("steps", {}).items()
                }
            ),
            documents=_frozen({name: _document(name, each) for name, each in data["documents"].items()}),
            choices=_frozen({name: _frozen(each) for name, each in data.get("choices", {}).items()}),
            sections=_frozen(
                {
                    name: _section(name, each, position)
                    for position, (name, each) in enumerate(data["sections"].items(), start=1)
                }
            ),
            rules=_frozen({name: _rule(name, each) for name, each in data.get("rules", {}).items()}),
            data=_frozen(plain),
            translations=_frozen(translations),
        )


def _frozen(mapping: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(mapping))


def _names(value: Any) -> tuple[str, ...]:
    """A lone name or a list of names."""
    return (value,) if isinstance(value, str) else tuple(value or ())


def _guide(blocks: Any) -> tuple[GuideBlock, ...]:
    return tuple(GuideBlock(kind, text) for block in blocks or () for kind, text in block.items())


def _document(name: str, data: Mapping[str, Any]) -> DocumentSpec:
    guide, sections = _guide(data.get("guide")), tuple(data["sections"])
    return DocumentSpec(name, data["format"], data["title"], guide, sections, data.get("protected", False))


def _rule(name: str, data: Mapping[str, Any]) -> Rule:
    return Rule(
        name, data["for"], data["check"], data["message"], data.get("severity", "error"), data.get("when") == "merged"
    )


def _section(name: str, data: Mapping[str, Any], position: int) -> Section:
    return Section(
        name=name,
        title=data["title"],
        number=data.get("number", str(position)),
        guide=_guide(data.get("guide")),
        fields=_frozen({key: _field(key, each) for key, each in data["fields"].items()}),
        asked_of=_names(data.get("asked_of")),
        visible=data.get("visible", "all"),
        relevant=data.get("relevant", ""),
        relevant_hint=data.get("relevant_hint", ""),
        documents=_names(data.get("documents")),
        was=data.get("was", ""),
    )


def _field(name: str, data: Mapping[str, Any]) -> Field:
    plain = dict(data)
    for key in ("asked_of", "to", "documents"):
        plain[key] = _names(data.get(key))
    plain["columns"] = _frozen({key: _field(key, each) for key, each in data.get("columns", {}).items()})
    plain["literals"] = _frozen(data.get("literals", {}))
    if isinstance(data.get("rows"), dict):
        plain["rows"] = _frozen(data["rows"])
    plain.setdefault("merge", "append" if data["type"] == "table" else "collect")
    if "calculation" in data:
        plain["read_only"] = True
    return Field(name=name, **plain)
