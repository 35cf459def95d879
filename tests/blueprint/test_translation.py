"""A translation mirrors the blueprint's names: what it lacks is told, what it has too much is refused."""

from pathlib import Path

import pytest

from docgen.blueprint.load import Checked, in_language
from docgen.rounds import check
from tests.blueprint.broken import GOOD

ENGLISH = """\
docgen: 1
id: small-plan
language: en
title: Small plan
parameters:
  town: {label: Municipality}
  period: {label: Planning period, constraint_message: Five years at most.}
roles: {core: Core group, police: Police}
steps:
  first: {title: First}
documents:
  book:
    title: Workbook
    guide:
      - intro: "Fill in what you can, {partner.name}."
  money: {title: Budget}
  sign: {title: Confirmation}
choices:
  kind: {cash: Cash, hours: Hours}
sections:
  aims:
    title: "Aims of {round.town}"
    guide:
      - intro: What do you want?
      - example: More talks.
    fields:
      list:
        label: Sub-goals
        row_label: Sub-goal
        columns:
          what: {label: What}
          goal: {label: Target}
      decided: {label: Decision}
  work:
    title: Work
    fields:
      aim: {label: Sub-goal, literals: {whole: The work at large}}
      when: {label: When, hint: A day.}
  costs:
    title: Costs
    fields:
      items:
        label: Items
        columns:
          kind: {label: Kind}
          amount: {label: Amount, unit: SEK}
          double: {label: Twice}
      cash: {label: In cash}
      areas: {label: Areas, columns: {count: {label: Number}}}
  confirm:
    title: Confirmation
    fields:
      name: {label: Name}
      signed: {label: Signature}
rules:
  aim-named: {message: Say what you want.}
"""


def _check(folder: Path, english: str, swedish: str = GOOD) -> Checked:
    (folder / "plan.yaml").write_text(swedish, encoding="utf-8")
    (folder / "plan.en.yaml").write_text(english, encoding="utf-8")
    return check(folder / "plan.yaml")


def test_a_whole_translation(tmp_path: Path) -> None:
    checked = _check(tmp_path, ENGLISH)
    assert checked.problems == ()
    assert checked.blueprint is not None
    assert checked.blueprint.languages == ("sv", "en")
    english = in_language(checked.blueprint, "en")
    assert (english.title, english.language) == ("Small plan", "en")
    assert english.sections["costs"].fields["items"].columns["amount"].unit == "SEK"
    assert english.hash == checked.blueprint.hash
    assert in_language(checked.blueprint, "sv") is checked.blueprint
    assert in_language(checked.blueprint, "fi") is checked.blueprint


@pytest.mark.parametrize(
    ("old", "new", "code", "where", "severity"),
    [
        ("title: Small plan\n", "", "translation-missing", "1:1", "warning"),
        ("      - example: More talks.\n", "", "translation-length", "23:5", "error"),
        ("      - example: More talks.\n", "      - think: More talks.\n", "translation-unknown", "25:9", "error"),
        (
            "  kind: {cash: Cash, hours: Hours}",
            "  kind: {cash: Cash, ours: Hours}",
            "translation-unknown",
            "19:22",
            "error",
        ),
        ("  kind: {cash: Cash, hours: Hours}", "  kind: {cash: Cash, hours: cash}", "label-twice", "19:29", "error"),
        ("Aims of {round.town}", "Aims of {round.twn}", "blueprint-unknown-name", "22:12", "error"),
        (
            "      when: {label: When",
            "      when: {required: true, label: When",
            "translation-unknown",
            "38:14",
            "error",
        ),
        ("title: Work\n", "title: 12\n", "blueprint-kind", "35:12", "error"),
        ("id: small-plan", "id: other-plan", "translation-file", "2:5", "error"),
        ("language: en", "language: sv", "translation-file", "3:11", "error"),
        ("title: Work\n", "title: [Work\n", "yaml-flow", "35:12", "error"),
    ],
)
def test_what_is_wrong_with_one(old: str, new: str, code: str, where: str, severity: str, tmp_path: Path) -> None:
    assert ENGLISH.count(old) == 1
    checked = _check(tmp_path, ENGLISH.replace(old, new))
    assert (checked.blueprint is None) == (severity == "error")
    assert code in {found.code for found in checked.problems}
    found = next(found for found in checked.problems if found.code == code)
    assert found.severity == severity
    line, column = where.split(":")
    expected = f"plan.en.yaml:{line}:{column}"
    assert found.where == expected


def test_a_translation_of_a_broken_blueprint_does_not_stop_the_check(tmp_path: Path) -> None:
    checked = _check(tmp_path, ENGLISH, GOOD.replace("sections:\n  aims:", "sections: nej\nother:\n  aims:"))
    assert checked.blueprint is None
    assert any(found.where.startswith("plan.yaml:") for found in checked.problems)


def test_a_translation_that_is_a_list(tmp_path: Path) -> None:
    assert _check(tmp_path, "- a\n").problems[0].code == "blueprint-kind"


def test_a_message_that_names_what_is_not_there(tmp_path: Path) -> None:
    checked = _check(tmp_path, ENGLISH.replace("Say what you want.", "'Say what you want by {round.perod}.'"))
    (found,) = checked.problems
    assert (found.code, found.where) == ("blueprint-unknown-name", "plan.en.yaml:56:24")
    assert found.args["close"] == "round.period"
    assert checked.blueprint is None
