"""Merging: every answer stands somewhere, once, under its organisation; nothing depends on order.

M1  Every answer of every organisation stands once in the merged plan, workbook or signatures, as a cell, in words or
    in a count that names who, or it is for the coordinator alone; nothing for the coordinator alone stands there.
M2  The order of the submissions, and of the files each is made of, makes no difference to any byte.
M3  A reference points at the row of whoever wrote it, by its new number; one that points at nothing says so.
M4  Each merge word does what the blueprint's language says.
"""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from docgen.blueprint.load import from_data
from docgen.document import FIXED, PARTNER, Document, Row, Table, Voices
from docgen.fields import FIELD_TYPES
from docgen.fields.signatures import signed
from docgen.layout import documents_for
from docgen.locales import text as say
from docgen.merged import Merged, merge
from docgen.plan import plan_document
from docgen.report.model import Report
from docgen.response import Answer, Response, Source
from docgen.sending import Partner, Round
from docgen.submission import Submission, assemble
from docgen.values import Address, Period, Reference, Signature, Value
from tests import strategies

WORDS = ("collect", "append", "agree", "sum", "tally", "latest")
NOON = datetime.datetime(2027, 3, 1, 12, tzinfo=datetime.UTC)
FORMATS_OF_PLAN = ("word", "excel", "pdf")


# What is merged


def _parts(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for section in data["sections"].values():
        yield section
        for field in section["fields"].values():
            yield field
            yield from field.get("columns", {}).values()


@st.composite
def rounds(draw: DrawFn) -> Round:
    """A generated round whose fields are merged in every way, some for the coordinator alone."""
    data = draw(strategies.blueprints())
    for part in _parts(data):
        if "type" in part and part["type"] != "table":
            part["merge"] = draw(st.sampled_from(WORDS))
        if draw(st.integers(0, 7)) == 0:
            part["visible"] = "coordinator"
    parameters: dict[str, Value] = {strategies.YEARS: Period(2027, 2028, 0, "span")}
    return Round(from_data(data, {}), parameters, draw(strategies.partners()))


@st.composite
def answered(draw: DrawFn) -> tuple[Round, tuple[Response, ...]]:
    """A round and what came back: of each organisation some documents, of each some answers, few of them no answers."""
    round_ = draw(rounds())
    responses = []
    for partner in round_.partners:
        for document in documents_for(round_, partner):
            if draw(st.integers(0, 5)) == 0:
                continue
            answers: dict[Address, Value | str] = {}
            for slot in document.slots():
                if slot.read_only or slot.formula is not None or draw(st.booleans()):
                    continue
                unclear = draw(st.integers(0, 9)) == 0 and slot.spec.type != "signature"
                answers[slot.address] = _Unclear("oklart?") if unclear else draw(strategies.values(slot))
            name = f"{partner.id}-{document.identity.document}"
            responses.append(response(document, answers, name))
    return round_, tuple(responses)


class _Unclear(str):
    """A text that was not understood."""

    __slots__ = ()


def response(
    document: Document,
    answers: Mapping[Address, Value],
    file: str,
    modified: datetime.datetime | None = NOON,
) -> Response:
    """A file with these answers."""
    given_ = tuple(
        Answer(address, None, str(value), Source(str(address), "tag", 1.0))
        if isinstance(value, _Unclear)
        else Answer(address, value, None, Source(str(address), "tag", 1.0))
        for address, value in answers.items()
    )
    return Response(file, document, given_, modified=modified)


def plans(merged: Merged) -> dict[str, Document]:
    return {format_: plan_document(merged, format_) for format_ in FORMATS_OF_PLAN}  # type: ignore[arg-type]


# M1: what stands in the plan, as a multiset of who said what


def _names(joined: str, partners: Sequence[Partner]) -> list[str]:
    """The organisations of a list of names; their names may hold commas themselves."""
    for count in range(1, len(partners) + 1):
        for some in combinations([each.name for each in partners], count):
            if ", ".join(some) == joined:
                return list(some)
    return []


def _shown(value: Value | None, spec: Any) -> str:
    if isinstance(value, Signature):
        return signed(value, spec.language)
    return "" if value is None else FIELD_TYPES[spec.type].show(value, spec)


def said_in(document: Document, partners: Sequence[Partner]) -> Counter[tuple[str, str]]:
    """Who said what, as the document shows it."""
    found: Counter[tuple[str, str]] = Counter()
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Voices):
                for names, words in block.entries:
                    who = _names(names, partners)
                    assert who, names
                    found.update((name, words) for name in who)
            elif isinstance(block, Table):
                found.update(_in_table(block, partners))
    return found


def _in_table(table: Table, partners: Sequence[Partner]) -> Iterator[tuple[str, str]]:
    columns = {column.key for column in table.columns}
    for row in table.rows:
        cells = {str(slot.address.column): slot for slot in row.slots}
        if PARTNER in columns:
            name = str(cells[PARTNER].value)
            for key, slot in cells.items():
                if key not in {PARTNER, FIXED} and slot.value is not None and slot.formula is None:
                    yield name, _shown(slot.value, slot.spec)
        elif "who" in columns and table.key.endswith("_tally"):
            yield from _counted(row, partners)


def _counted(row: Row, partners: Sequence[Partner]) -> Iterator[tuple[str, str]]:
    cells = {str(slot.address.column): slot.value for slot in row.slots}
    who = _names(str(cells["who"]), partners) if cells["who"] else []
    assert bool(who) == bool(cells["who"])
    assert cells["count"] == len(who)
    yield from ((name, str(cells["choice"])) for name in who)


def _is_hidden(round_: Round, address: Address) -> bool:
    section, _, key = address.field.partition(".")
    spec = round_.blueprint.sections[section]
    field = spec.fields.get(key) or spec.fields[key.rpartition("_")[0]]
    parts: list[Any] = [spec, field]
    if address.column is not None:
        parts.append(field.columns.get(address.column) or field.columns[address.column.rpartition("_")[0]])
    return any(part.visible == "coordinator" for part in parts)


def _expected(merged: Merged, submission: Submission) -> Iterator[tuple[Address, str]]:
    """What each visible answer must read as, an answer of several counted choices once a choice."""
    language = merged.round.blueprint.language
    new = {(row.partner.id, key, row.printed): row.number for key, table in merged.tables.items() for row in table.rows}
    for address, given_ in submission.answers.items():
        slot = submission.slot(address)
        assert slot is not None
        value = given_.value
        if given_.raw is not None:
            yield address, say(language, "plan.not-understood", text=given_.raw)
        elif isinstance(value, Reference):
            number = new.get((submission.partner.id, value.table, value.row))
            shown = _shown(replace(value, row=number or value.row), slot.spec)
            yield address, shown if number else say(language, "plan.no-such-row", text=shown)
        elif isinstance(value, Signature):
            yield address, signed(value, language)
        elif isinstance(value, tuple) and _is_tallied(merged, address):
            for name in value:
                yield address, _shown((name,), slot.spec)
        else:
            yield address, _shown(value, slot.spec)


def _is_tallied(merged: Merged, address: Address) -> bool:
    found = merged.fields.get(address.field)
    return found is not None and found.field.merge == "tally"


@settings(suppress_health_check=list(HealthCheck), deadline=None)
@given(answered())
def test_every_answer_stands_once_and_nothing_that_is_secret(case: tuple[Round, tuple[Response, ...]]) -> None:
    """M1"""
    round_, responses = case
    submissions = assemble(round_, responses)
    merged = merge(round_, submissions)
    found: Counter[tuple[str, str]] = Counter()
    for document in plans(merged).values():
        found += said_in(document, round_.partners)
    wanted: Counter[tuple[str, str]] = Counter()
    for submission in submissions:
        wanted.update(
            (submission.partner.name, text)
            for address, text in _expected(merged, submission)
            if not _is_hidden(round_, address)
        )
    assert (found - wanted, wanted - found) == (Counter(), Counter())
    view = Report(merged, {}, (), responses, ())
    for submission in submissions:
        for address in submission.answers:
            assert view.hidden(address) == _is_hidden(round_, address)
