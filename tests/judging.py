"""Judges answers made by hand by the rules of a shipped blueprint, in both its languages."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from docgen.blueprint.judge import Judge
from docgen.blueprint.load import in_language, load_blueprint
from docgen.blueprint.model import Rule
from docgen.checks import check
from docgen.layout import documents_for
from docgen.problems import Problem
from docgen.sending import Partner, Round
from docgen.submission import Given, Submission
from docgen.values import Address, Value

Answers = Mapping[str, Value]

LANGUAGES = ("sv", "en")
PARTNER = Partner("kommunen", "Exempelstads kommun")


@dataclass(frozen=True)
class Broken:
    """Answers that break a rule, answers that keep it, and where it is said to be broken, in the blueprint's language."""

    fail: Answers
    hold: Answers
    place: str


class Judging:
    """A round of a blueprint with one partner that is asked everything."""

    def __init__(self, blueprint: Path, parameters: Mapping[str, Value]) -> None:
        loaded = load_blueprint(blueprint)
        self.language = loaded.language
        self.rounds = {each: Round(in_language(loaded, each), parameters, (PARTNER,)) for each in LANGUAGES}
        self.judges = {each: Judge(round_.blueprint) for each, round_ in self.rounds.items()}
        self.documents = {
            each: documents_for(round_, Partner(PARTNER.id, PARTNER.name, language=each))
            for each, round_ in self.rounds.items()
        }
        self.rules = [rule for rule in loaded.rules.values() if not rule.merged_only]

    def problems(self, answers: Answers, language: str = "") -> tuple[Problem, ...]:
        """Everything the checks find."""
        language = language or self.language
        given = {Address.parse(key): Given(value, None, "svar.docx", key) for key, value in answers.items()}
        documents = self.documents[language]
        returned = frozenset(document.identity.document for document in documents)
        submission = Submission(PARTNER, documents, returned, ("svar.docx",), given)
        return check(self.rounds[language], submission, self.judges[language])

    def told(self, rule: Rule, answers: Answers, language: str = "") -> list[Problem]:
        """What is found of one rule, known by its message."""
        language = language or self.language
        message = self.rounds[language].blueprint.rules[rule.name].message
        wanted = re.sub(r"\\\{.*?\\\}", ".+", re.escape(message))
        return [
            found
            for found in self.problems(answers, language)
            if found.code == "rule" and re.fullmatch(wanted, found.message(language))
        ]

    def assert_told(self, rule: Rule, broken: Broken, language: str) -> None:
        """A broken rule is told once, with its severity, its place, what is wrong and what to do."""
        (found,) = self.told(rule, broken.fail, language)
        message = found.message(language)
        assert found.severity == rule.severity
        assert found.where
        assert language != self.language or found.where == broken.place
        assert not re.search(r"[{}]|–[.)]| – ", message), "a name in the message was not filled in"
        assert len(re.findall(r"[^.]\.(?:\s|$)", message)) >= 2, "what is wrong, and what to do about it"

    def assert_not_judged_when_missing(self, rule: Rule, broken: Broken) -> None:
        """Without any one of the answers that break it, the rule is not broken and can still be judged."""
        for key in broken.fail:
            rest = {other: value for other, value in broken.fail.items() if other != key}
            assert "rule-fault" not in {found.code for found in self.problems(rest)}, key
            assert self.told(rule, rest) == [], key


def day(text: str) -> datetime.date:
    """A date from its ISO form."""
    return datetime.date.fromisoformat(text)


def rows(table: str, column: str, *values: Value) -> dict[str, Value]:
    """One column of a table, from row 1 on."""
    return {f"{table}[{number}].{column}": value for number, value in enumerate(values, start=1)}
