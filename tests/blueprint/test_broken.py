"""Broken blueprints, each refused with its exact place (issue 3: fifty, by loader and schema both).

1. The loader names one error, with its code, line and column, and suggests the word that was meant.
2. The JSON Schema refuses the same file, unless no schema could, and then the reason is written down.
3. Several errors are all told at once, in the order of their lines, in Swedish and in English.
"""

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from docgen.blueprint.grammar import json_schema
from docgen.blueprint.yamltree import read_yaml
from docgen.errors import BlueprintError
from docgen.locales import LANGUAGES
from docgen.problems import Problem
from docgen.rounds import check, load_blueprint
from tests.blueprint.broken import BROKEN, GOOD, MARK, Broken

SCHEMA = Draft202012Validator(json_schema())
BEYOND_A_SCHEMA = {each.new: each.beyond for each in BROKEN if each.beyond}


def _id(broken: Broken) -> str:
    return f"{broken.code}-{BROKEN.index(broken)}"


def _errors(text: str, folder: Path) -> list[Problem]:
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return [found for found in check(path).problems if found.severity == "error"]


def _schema_refuses(folder: Path) -> bool:
    return not SCHEMA.is_valid(read_yaml(folder / "plan.yaml").data)


def _marked(text: str) -> tuple[str, str]:
    before, _, after = text.partition(MARK)
    return before + after, f"plan.yaml:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def test_fifty_broken_and_one_good(tmp_path: Path) -> None:
    assert sum(not each.beyond for each in BROKEN) >= 50
    assert len({each.new for each in BROKEN}) >= len(BROKEN) - 4  # a few share their new piece, not their old one
    assert _errors(GOOD, tmp_path) == []
    assert not _schema_refuses(tmp_path)
    assert load_blueprint(tmp_path / "plan.yaml").id == "small-plan"


@pytest.mark.parametrize("broken", BROKEN, ids=_id)
def test_broken(broken: Broken, tmp_path: Path) -> None:
    text, place = _marked(broken.text)
    errors = _errors(text, tmp_path)
    assert [found.code for found in errors] == [broken.code]
    if MARK in broken.text:
        assert errors[0].where == place
    for language in LANGUAGES:
        assert errors[0].message(language)
        assert errors[0].remedy(language)
    if broken.suggests:
        assert errors[0].args["close"] == broken.suggests
        assert f"Menade du {broken.suggests}?" in errors[0].message("sv")
    if not broken.code.startswith("yaml-"):
        assert _schema_refuses(tmp_path) == (not broken.beyond)


def test_several_errors_are_all_told(tmp_path: Path) -> None:
    shape = GOOD.replace("language: sv", "language: ‸se").replace("hint: En dag.", "hnt: En dag.").replace('"8b"', "8")
    errors = _errors(shape.replace(MARK, ""), tmp_path)
    assert [found.code for found in errors] == ["blueprint-word", "blueprint-key-unknown", "blueprint-kind"]
    with pytest.raises(BlueprintError) as raised:
        load_blueprint(tmp_path / "plan.yaml")
    assert raised.value.problems == tuple(errors)
    meaning = GOOD.replace("to: aims.list", "to: aims.lst").replace("[core, police]", "[cor, polis]")
    errors = _errors(meaning, tmp_path)
    assert [found.code for found in errors] == ["blueprint-unknown-name"] * 3
    assert [found.args["close"] for found in errors] == ["core", "police", "aims.list"]


def test_an_error_is_told_in_both_languages(tmp_path: Path) -> None:
    found = _errors(GOOD.replace("hint: En dag.", "hnt: En dag."), tmp_path)[0]
    assert found.message("sv") == "hnt är inget ord som kan stå här. Menade du hint?"
    assert found.message("en") == "hnt is no word that can stand here. Did you mean hint?"
    assert "label" in found.remedy("sv")
