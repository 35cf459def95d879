"""Submissions into one plan: by the ``merge`` word of each field, every value with the organisation it came from.

Nothing is chosen here that the blueprint does not say. Answers that should be one and are not stand side by side; rows
are numbered anew, and references to them follow, so that one partner's "Delmål 2" never becomes another's.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from docgen.blueprint.model import Blueprint, Field
from docgen.sending import Partner, Round
from docgen.submission import Given, Submission
from docgen.values import Address, Literal, Reference, Value


@dataclass(frozen=True)
class Voice:
    """One partner's answer. ``value`` is the answer with references pointing at merged rows."""

    partner: Partner
    given: Given
    value: Value | None


@dataclass(frozen=True)
class MergedField:
    """A field outside tables (one year's or quarter's, where it has ``each``) with all its answers.

    ``value`` is what they come to: the agreed or latest answer, or the sum; None where the merge word keeps all apart or
    the answers disagree. ``agreed`` is False where they should agree and do not.
    """

    key: str
    field: Field
    voices: tuple[Voice, ...]
    value: Value | None = None
    agreed: bool = True


@dataclass(frozen=True)
class MergedRow:
    """A row of one partner in the merged table: its new number, and the one printed in the partner's file."""

    number: int
    partner: Partner
    printed: int
    answers: Mapping[str, Voice]


@dataclass(frozen=True)
class MergedTable:
    """A table with the rows of all partners, in the partner list's order and each partner's own."""

    key: str
    field: Field
    rows: tuple[MergedRow, ...]


@dataclass(frozen=True)
class Merged:
    """The plan: all answers with their provenance, and who has not answered."""

    round: Round
    submissions: tuple[Submission, ...]
    fields: Mapping[str, MergedField]
    tables: Mapping[str, MergedTable]

    @property
    def silent(self) -> tuple[Partner, ...]:
        """The partners of whom nothing came."""
        answered = {submission.partner.id for submission in self.submissions}
        return tuple(partner for partner in self.round.partners if partner.id not in answered)


def merge(round_: Round, submissions: Sequence[Submission]) -> Merged:
    """One plan of all submissions. Their order does not matter: partners stand in the partner list's."""
    order = {partner.id: at for at, partner in enumerate(round_.partners)}
    ordered = tuple(sorted(submissions, key=lambda each: order[each.partner.id]))
    numbers = _numbers(round_.blueprint, ordered)
    fields: dict[str, MergedField] = {}
    tables: dict[str, MergedTable] = {}
    for section in round_.blueprint.sections.values():
        for name, field in section.fields.items():
            key = f"{section.name}.{name}"
            if field.type == "table":
                tables[key] = _table(key, field, ordered, numbers)
            else:
                fields |= {each: _field(each, field, ordered, numbers) for each in _instances(key, field, ordered)}
    return Merged(round_, ordered, fields, tables)


Numbers = Mapping[tuple[str, str, int], int]  # (partner, table, printed row) to the row's number in the merged table


def _numbers(blueprint: Blueprint, submissions: Sequence[Submission]) -> dict[tuple[str, str, int], int]:
    numbers: dict[tuple[str, str, int], int] = {}
    for section in blueprint.sections.values():
        for name, field in section.fields.items():
            if field.type != "table":
                continue
            key = f"{section.name}.{name}"
            rows = [(each.partner.id, key, row) for each in submissions for row in each.rows(key)]
            if field.repeat is None:
                rows.sort(key=lambda row: row[2])  # fixed rows: all partners' first, then all their second
            numbers |= {row: number for number, row in enumerate(rows, start=1)}
    return numbers


def _instances(key: str, field: Field, submissions: Sequence[Submission]) -> Iterator[str]:
    """The keys a field stands under: its own, or one for each year or quarter anybody was asked about."""
    if not field.each:
        yield key
        return
    seen: dict[str, None] = {}
    for submission in submissions:
        for document in submission.documents:
            for slot in document.slots():
                address = slot.address.field
                if slot.address.row is None and address.startswith(f"{key}_"):
                    seen.setdefault(address)
    yield from seen


def _voice(submission: Submission, given: Given, numbers: Numbers) -> Voice:
    return Voice(submission.partner, given, _rewritten(given.value, submission.partner, numbers))


def _rewritten(value: Value | None, partner: Partner, numbers: Numbers) -> Value | None:
    """A reference to the partner's own row as one to that row of the merged table."""
    if isinstance(value, Reference):
        number = numbers.get((partner.id, value.table, value.row))
        return Reference(value.table, number) if number is not None else None
    return value


def _field(key: str, field: Field, submissions: Sequence[Submission], numbers: Numbers) -> MergedField:
    voices = tuple(
        _voice(submission, submission.answers[Address(key)], numbers)
        for submission in submissions
        if Address(key) in submission.answers
    )
    value, agreed = _COMBINE.get(field.merge, _apart)(voices)
    return MergedField(key, field, voices, value, agreed)


def _apart(voices: Sequence[Voice]) -> tuple[Value | None, bool]:  # noqa: ARG001 - the signature of every merge word
    """collect, append, tally: all of them, each under its organisation."""
    return None, True


def _agreed(voices: Sequence[Voice]) -> tuple[Value | None, bool]:
    """agree: the one value everybody gave; none where they differ or one was not understood."""
    values = [voice.value for voice in voices]
    if not values:
        return None, True
    same = all(value == values[0] and value is not None for value in values)
    return (values[0], True) if same else (None, False)


def _sum(voices: Sequence[Voice]) -> tuple[Value | None, bool]:
    """sum: the numbers added, whole ones to a whole one; what is no number ("not counted") adds nothing."""
    numbers = [
        voice.value for voice in voices if isinstance(voice.value, int | Decimal) and not isinstance(voice.value, bool)
    ]
    return (sum(numbers) if numbers else None), True


def _latest(voices: Sequence[Voice]) -> tuple[Value | None, bool]:
    """latest: of the partner whose file was saved last; of files equally new, the last in the partner list."""
    if not voices:
        return None, True
    early = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    return max(reversed(voices), key=lambda voice: voice.given.modified or early).value, True


_COMBINE = {"collect": _apart, "append": _apart, "tally": _apart, "agree": _agreed, "sum": _sum, "latest": _latest}


def _table(key: str, field: Field, submissions: Sequence[Submission], numbers: Numbers) -> MergedTable:
    rows = []
    for submission in submissions:
        for printed in submission.rows(key):
            answers = {
                address.column: _voice(submission, given, numbers)
                for address, given in submission.answers.items()
                if address.field == key and address.row == printed and address.column is not None
            }
            rows.append(MergedRow(numbers[submission.partner.id, key, printed], submission.partner, printed, answers))
    return MergedTable(key, field, tuple(sorted(rows, key=lambda row: row.number)))


def tally(voices: Sequence[Voice]) -> dict[str, tuple[Partner, ...]]:
    """Who chose what, by the choice's name; a multiple choice counts under each of its names."""
    found: dict[str, list[Partner]] = {}
    for voice in voices:
        names = voice.value if isinstance(voice.value, tuple) else (voice.value,)
        for name in names:
            if name is not None and not isinstance(name, Literal):
                found.setdefault(_name(name), []).append(voice.partner)
    return {name: tuple(partners) for name, partners in found.items()}


def _name(value: Value | str) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
