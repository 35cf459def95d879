"""What is wrong with the merged plan as a whole."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from docgen.blueprint.judge import Judge, scene
from docgen.case import Case, field_of
from docgen.checks import judged
from docgen.document import Document
from docgen.merged import Merged, Voice
from docgen.problems import Problem, problem
from docgen.sending import Partner
from docgen.submission import Given, Submission, shown
from docgen.values import Address, Reference


def check_plan(merged: Merged, documents: Sequence[Document]) -> tuple[Problem, ...]:
    """Everything there is to say about a plan, of which ``documents`` were made."""
    return (*_differing(merged), *_rules(merged, documents))


def _differing(merged: Merged) -> Iterator[Problem]:
    """Answers that should be one and are not: where, and who said what."""
    submissions = {each.partner.id: each for each in merged.submissions}
    for address, voices in _to_agree(merged):
        if len({(voice.value, voice.given.raw) for voice in voices}) < 2:
            continue
        place = submissions[voices[0].partner.id].place(address)
        said = "; ".join(
            f"{voice.partner.name}: {shown(submissions[voice.partner.id], address, voice.given)}" for voice in voices
        )
        yield problem("agree-differs", place, address=address, said=said)


def _to_agree(merged: Merged) -> Iterator[tuple[Address, Sequence[Voice]]]:
    """All answers to each question to which there should be one; in a table to each of its printed rows."""
    for key, found in merged.fields.items():
        if found.field.merge == "agree":
            yield Address(key), found.voices
    for key, table in merged.tables.items():
        if table.field.repeat is not None:
            continue
        cells: dict[tuple[int, str], list[Voice]] = {}
        for row in table.rows:
            for column, voice in row.answers.items():
                if field_of(merged.round.blueprint, Address(key, row.printed, column)).merge == "agree":
                    cells.setdefault((row.printed, column), []).append(voice)
        for (printed, column), voices in cells.items():
            yield Address(key, printed, column), voices


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
