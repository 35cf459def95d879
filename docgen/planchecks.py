"""What is wrong with the merged plan as a whole."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from docgen.blueprint.judge import Judge, scene
from docgen.checks import Case, judged
from docgen.document import Document
from docgen.merged import Merged
from docgen.problems import Problem
from docgen.sending import Partner
from docgen.submission import Given, Submission
from docgen.values import Address, Reference


def check_plan(merged: Merged, documents: Sequence[Document]) -> tuple[Problem, ...]:
    """Everything there is to say about a plan, of which ``documents`` were made."""
    return tuple(_rules(merged, documents))


def _rules(merged: Merged, documents: Sequence[Document]) -> Iterator[Problem]:
    """What the rules that are judged on the merged plan say of it."""
    round_ = merged.round
    answers: dict[Address, Given] = {}
    owners: dict[Reference, str] = {}
    for key, field in merged.fields.items():
        if field.value is not None:
            answers[Address(key)] = Given(field.value, None, "", "")
    for key, table in merged.tables.items():
        for row in table.rows:
            owners[Reference(key, row.number)] = row.partner.id
            for column, voice in row.answers.items():
                answers[Address(key, row.number, column)] = replace(voice.given, value=voice.value)
    whole = Submission(Partner("", round_.blueprint.title), tuple(documents), frozenset(), (), answers)
    judge = Judge(round_.blueprint)
    rows = {key: [row.number for row in table.rows] for key, table in merged.tables.items()}
    case = Case(round_, whole, judge, scene(judge, round_.parameters, whole.values(), rows, owners))
    for rule in round_.blueprint.rules.values():
        if rule.merged_only:
            yield from judged(case, rule)
