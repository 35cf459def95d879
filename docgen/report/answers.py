"""The parts of the report page that show answers: those that need a look, those for the coordinator, where each came from."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from docgen.blueprint.model import Section
from docgen.document import Column, Table
from docgen.fields import FIELD_TYPES
from docgen.fields.signatures import signed
from docgen.locales import text as say
from docgen.report.markup import Markup, element, joined
from docgen.report.model import Report, section_of
from docgen.report.tables import Head, group, heads, table, under, whole
from docgen.submission import Differing, Given, Submission, shown
from docgen.values import Address, Signature

Told = tuple[int, Markup]  # how many things, and the part itself


def words(view: Report, submission: Submission, address: Address, given: Given) -> str:
    """An answer as people read it; what was not understood as it was typed, and that it was not."""
    if given.raw is not None:
        return say(view.language, "plan.not-understood", text=given.raw)
    if isinstance(given.value, Signature):
        return signed(given.value, view.language)
    return shown(submission, address, given)


def _place(view: Report, submission: Submission, address: Address) -> Markup:
    """Which question, and in which section."""
    section = view.merged.round.blueprint.sections[section_of(address)]
    return under(submission.place(address), f"{section.number} {section.title}")


def _from(given: Given) -> str:
    return ", ".join(part for part in (given.file, given.where) if part)


# What needs a look


def unplaced(view: Report) -> Told:
    """Text that belongs to no answer."""
    language = view.language
    columns = heads(
        say(language, "form.organisation"), *(say(language, f"report.{key}") for key in ("text", "where", "file"))
    )
    rows = [
        (submission.partner.name, text.text, text.where, file)
        for submission in view.merged.submissions
        for file, text in submission.unplaced
    ]
    return len(rows), table(say(language, "report.unplaced"), columns, rows)


def not_understood(view: Report) -> Told:
    """Answers kept as they were typed."""
    language = view.language
    columns = heads(
        say(language, "form.organisation"), *(say(language, f"report.{key}") for key in ("question", "typed", "source"))
    )
    rows = [
        (submission.partner.name, _place(view, submission, address), given.raw, _from(given))
        for submission in view.merged.submissions
        for section in view.sections()
        for address, given in view.answers(submission, section.name)
        if given.raw is not None
    ]
    return len(rows), table(say(language, "report.not-understood"), columns, rows)


def differing(view: Report) -> Told:
    """Answers that stand in two documents and differ: neither counts."""
    return _two(view, "differing", ("one", "other"), [each.conflicts for each in view.merged.submissions])


def older(view: Report) -> Told:
    """Answers of older files, with what counts instead."""
    return _two(view, "older", ("older-answer", "counts"), [each.older for each in view.merged.submissions])


def _two(view: Report, name: str, keys: Sequence[str], found: Sequence[Sequence[Differing]]) -> Told:
    language = view.language
    columns = heads(
        say(language, "form.organisation"), *(say(language, f"report.{key}") for key in ("question", *keys))
    )
    rows = [
        (
            submission.partner.name,
            _place(view, submission, each.address),
            *(_side(view, submission, each.address, given) for given in (each.one, each.other)),
        )
        for submission, differences in zip(view.merged.submissions, found, strict=True)
        for each in differences
    ]
    return len(rows), table(say(language, f"report.{name}"), columns, rows)


def _side(view: Report, submission: Submission, address: Address, given: Given) -> Markup:
    answer = words(view, submission, address, given) or say(view.language, "report.empty")
    return under(answer, _from(given))


# What is for the coordinator alone


def coordinator_only(view: Report) -> Told:
    """Answers that stand in no document others see, section by section."""
    made: list[Markup] = []
    number = 0
    for section in view.sections():
        hidden = [
            (submission, address, given)
            for submission in view.merged.submissions
            for address, given in view.answers(submission, section.name)
            if view.hidden(address)
        ]
        number += len(hidden)
        if hidden:
            made.append(element("h3", f"{section.number} {section.title}"))
            made += _hidden_of(view, section, hidden)
    return number, joined(made)


def _hidden_of(view: Report, section: Section, hidden: Sequence[tuple[Submission, Address, Given]]) -> Iterator[Markup]:
    language = view.language
    single = [
        (submission.partner.name, submission.place(address), words(view, submission, address, given))
        for submission, address, given in hidden
        if address.row is None
    ]
    if single:
        columns = heads(
            say(language, "form.organisation"), *(say(language, f"report.{key}") for key in ("question", "answer"))
        )
        yield table(section.title, columns, single)
    for key in dict.fromkeys(address.field for _, address, _ in hidden if address.row is not None):
        answers = {
            (submission.partner.id, address.row, address.column): words(view, submission, address, given)
            for submission, address, given in hidden
            if address.field == key
        }
        yield _hidden_table(view, key, answers)


def _hidden_table(view: Report, key: str, answers: dict[tuple[str, int | None, str | None], str]) -> Markup:
    """A table with the rows of all organisations, and those of its columns that are hidden and answered."""
    asked = {each.partner.id: _asked(each, key) for each in view.merged.submissions}
    used = {column for _, _, column in answers}
    columns = {column.key: column for tables in asked.values() for each in tables for column in each.columns}
    kept = {name: column for name, column in columns.items() if name in used}
    label = next((each.label for tables in asked.values() for each in tables), key)
    row_label = next((each.row_label for tables in asked.values() for each in tables), "")
    columns_shown = [Head(row_label), *(_head(column) for column in kept.values())]
    bodies = []
    for submission in view.merged.submissions:
        own = submission.partner.id
        numbers = sorted({row for partner, row, _ in answers if partner == own and row is not None})
        rows = [(_called(asked[own], row), *(answers.get((own, row, name), "") for name in kept)) for row in numbers]
        if rows:
            bodies.append(group(columns_shown, submission.partner.name, rows))
    return whole(label, columns_shown, bodies)


def _head(column: Column) -> Head:
    label = f"{column.label} ({column.unit})" if column.unit else column.label
    return Head(label, FIELD_TYPES[column.spec.type].numeric)


def _asked(submission: Submission, key: str) -> list[Table]:
    return [each for document in submission.documents for each in document.tables() if each.key == key]


def _called(tables: Sequence[Table], number: int) -> str:
    """A row by its own label, else by its number."""
    labels = (row.label for each in tables for row in each.rows if row.number == number)
    return next((label for label in labels if label), str(number))


# Where every answer came from


def origins(view: Report) -> Told:
    """Every answer that counts, with its file, its place there, which key found it and how sure that is."""
    language = view.language
    columns = heads(*(say(language, f"report.{key}") for key in ("question", "answer", "where", "found-by", "sure")))
    made: list[Markup] = [_keys_used(view)]
    total = 0
    for section in view.sections():
        bodies = []
        number = 0
        for submission in view.merged.submissions:
            answers = view.answers(submission, section.name)
            number += len(answers)
            for file, own in groupby(answers, key=lambda each: each[1].file):
                rows = [_origin(view, submission, address, given) for address, given in own]
                bodies.append(group(columns, f"{submission.partner.name} – {file}", rows, labelled=False))
        title = f"{section.number} {section.title}"
        count = element("span", f" ({say(language, 'report.answers-count', number=number)})")
        made.append(element("details", element("summary", title, count), whole(title, columns, bodies, "origins")))
        total += number
    return total, joined(made)


def _origin(view: Report, submission: Submission, address: Address, given: Given) -> list[str]:
    source = view.source(given, address)
    by = say(view.language, f"report.by.{source.by}") if source is not None else ""
    sure = f"{source.sure:.0%}".replace("%", "\N{NO-BREAK SPACE}%") if source is not None else ""
    return [submission.place(address), words(view, submission, address, given), given.where, by, sure]


def _keys_used(view: Report) -> Markup:
    """How many answers each kind of key found."""
    found = Counter(
        source.by
        for submission in view.merged.submissions
        for address, given in submission.answers.items()
        if (source := view.source(given, address)) is not None
    )
    counted = ", ".join(f"{say(view.language, f'report.by.{key}')} {number}" for key, number in sorted(found.items()))
    return element("p", say(view.language, "report.keys-used", counted=counted)) if counted else joined([])
