"""Merging: every answer stands somewhere, once, under its organisation; nothing depends on order.

M1  Every answer of every organisation stands once in the merged plan, workbook or signatures, as a cell, in words or
    in a count that names who, or it is for the coordinator alone; nothing for the coordinator alone stands there.
M2  The order of the submissions, and of the files each is made of, makes no difference to any byte.
M3  A reference points at the row of whoever wrote it, by its new number; one that points at nothing says so.
M4  Each merge word does what the blueprint's language says.
"""

import copy
import datetime
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from docgen.blueprint.load import from_data
from docgen.document import FIXED, PARTNER, Document, Row, Table, Voices
from docgen.fields import FIELD_TYPES
from docgen.fields.signatures import signed
from docgen.layout import documents_for
from docgen.locales import text as say
from docgen.merged import Merged, merge, tally
from docgen.plan import plan_document
from docgen.planchecks import check_plan
from docgen.report.model import Report
from docgen.response import Answer, Response, Source
from docgen.sending import Partner, Round
from docgen.submission import Submission, assemble
from docgen.values import Address, Literal, Period, Reference, Signature, Value
from tests import strategies

WORDS = ("collect", "append", "agree", "sum", "tally", "latest")
NOON = datetime.datetime(2027, 3, 1, 12, tzinfo=datetime.UTC)
EARLIER = NOON - datetime.timedelta(days=30)
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
                answers[slot.address] = Unclear("oklart?") if unclear else draw(strategies.values(slot))
            name = f"{partner.id}-{document.identity.document}"
            responses.append(response(document, answers, name))
    return round_, tuple(responses)


class Unclear(str):
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
        if isinstance(value, Unclear)
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


@settings(suppress_health_check=list(HealthCheck), deadline=None)
@given(answered())
def test_what_a_merge_word_leaves_is_a_value_of_the_fields_own_type(case: tuple[Round, tuple[Response, ...]]) -> None:
    """M4: as exact as any answer."""
    round_, responses = case
    submissions = assemble(round_, responses)
    merged = merge(round_, submissions)
    for key, found in merged.fields.items():
        given_ = {type(voice.value) for voice in found.voices}
        assert found.value is None or type(found.value) in given_
        if found.value is not None:
            spec = next(each.slot(Address(key)) for each in submissions if each.slot(Address(key))).spec  # type: ignore[union-attr]
            assert FIELD_TYPES[spec.type].from_json(FIELD_TYPES[spec.type].to_json(found.value, spec), spec) is not None


# M2


@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(answered(), st.randoms(use_true_random=False))
def test_order_makes_no_difference(case: tuple[Round, tuple[Response, ...]], chance: random.Random) -> None:
    """M2: older files beside the newer, then everything in another order."""
    round_, responses = case
    older = [
        replace(each, file=f"gammal {each.file}", modified=EARLIER, answers=each.answers[:1]) for each in responses
    ]
    some = [*responses, *older]
    first = merge(round_, assemble(round_, some))
    chance.shuffle(some)
    submissions = list(assemble(round_, some))
    chance.shuffle(submissions)
    again = merge(round_, submissions)
    assert again == first
    assert plans(again) == plans(first)


# M3, M4: a blueprint made by hand

PARTNERS = (Partner("kommunen", "Kommunen"), Partner("polisen", "Polisen"), Partner("hamnen", "Föreningen Hamnen"))
PLAIN: dict[str, Any] = {
    "docgen": 1,
    "id": "plain",
    "version": "1",
    "language": "sv",
    "title": "Plan",
    "documents": {
        "book": {"format": "word", "title": "Arbetsbok", "sections": ["aims", "words"]},
        "money": {"format": "excel", "title": "Budget", "sections": ["aims"]},
    },
    "choices": {"kinds": {"cash": "Pengar", "hours": "Timmar"}},
    "sections": {
        "aims": {
            "title": "Mål",
            "fields": {
                "list": {
                    "type": "table",
                    "label": "Delmål",
                    "row_label": "Delmål",
                    "repeat": 3,
                    "columns": {"what": {"type": "text", "label": "Vad"}},
                },
                "work": {
                    "type": "table",
                    "label": "Aktiviteter",
                    "row_label": "Aktivitet",
                    "repeat": 3,
                    "columns": {"aim": {"type": "reference", "label": "Till", "to": "aims.list"}},
                },
            },
        },
        "words": {
            "title": "Ord",
            "fields": {
                "areas": {
                    "type": "table",
                    "label": "Områden",
                    "rows": "choices.kinds",
                    "columns": {
                        "now": {"type": "text", "label": "I dag"},
                        "first": {"type": "integer", "label": "Ordning", "asked_of": "group", "merge": "agree"},
                    },
                },
                "collect": {"type": "text", "label": "A", "merge": "collect"},
                "agree": {"type": "integer", "label": "B", "merge": "agree"},
                "sum": {"type": "decimal", "label": "C", "merge": "sum", "literals": {"none": "Räknas inte"}},
                "tally": {"type": "select_multiple", "label": "D", "merge": "tally", "choices": "kinds"},
                "latest": {"type": "text", "label": "E", "merge": "latest"},
            },
        },
    },
}


def plain(
    answers: Mapping[str, Mapping[str, Value]],
    saved: Mapping[str, datetime.datetime] | None = None,
    data: Mapping[str, Any] = PLAIN,
) -> Merged:
    """The plan of what each organisation answered in its workbook."""
    round_ = Round(from_data(data, {}), {}, PARTNERS)
    times = saved or {}
    responses = [
        response(
            documents_for(round_, round_.partner(partner))[0],
            {Address.parse(key): value for key, value in given_.items()},
            f"{partner}.docx",
            times.get(partner, NOON),
        )
        for partner, given_ in answers.items()
    ]
    return merge(round_, assemble(round_, responses))


def test_references_point_at_their_owners_rows() -> None:
    """M3"""
    merged = plain(
        {
            "kommunen": {"aims.list[1].what": "Ett", "aims.list[3].what": "Tre"},
            "polisen": {
                "aims.list[2].what": "Polisens",
                "aims.work[1].aim": Reference("aims.list", 2),
                "aims.work[2].aim": Reference("aims.list", 1),
            },
            "hamnen": {"aims.list[2].what": "Hamnens", "aims.work[1].aim": Reference("aims.list", 2)},
        }
    )
    rows = [(row.number, row.partner.id, row.printed) for row in merged.tables["aims.list"].rows]
    assert rows == [(1, "kommunen", 1), (2, "kommunen", 3), (3, "polisen", 2), (4, "hamnen", 2)]
    pointed = [row.answers["aim"].value for row in merged.tables["aims.work"].rows]
    assert pointed == [Reference("aims.list", 3), None, Reference("aims.list", 4)]
    found = said_in(plans(merged)["word"], PARTNERS)
    assert found["Polisen", "Delmål 3"] == 1
    assert found["Föreningen Hamnen", "Delmål 4"] == 1
    assert found["Polisen", say("sv", "plan.no-such-row", text="Delmål 1")] == 1


def _of(merged: Merged, key: str) -> tuple[Value | None, bool]:
    return merged.fields[key].value, merged.fields[key].agreed


@pytest.mark.parametrize(
    ("word", "given_", "value", "agreed"),
    [
        ("collect", ["x", "x", "y"], None, True),
        ("agree", [3, 3, 3], 3, True),
        ("agree", [3], 3, True),
        ("agree", [0, 3, 3], None, False),
        ("sum", [Decimal("1.5"), Decimal(-2), Literal("none")], Decimal("-0.5"), True),
        ("sum", [Literal("none")], None, True),
        ("tally", [("cash",), ("cash", "hours"), ("hours",)], None, True),
    ],
)
def test_what_a_merge_word_leaves(word: str, given_: list[Value], value: Value | None, *, agreed: bool) -> None:
    """M4"""
    names = [partner.id for partner in PARTNERS]
    merged = plain({name: {f"words.{word}": each} for name, each in zip(names, given_, strict=False)})
    assert _of(merged, f"words.{word}") == (value, agreed)
    assert [voice.partner.id for voice in merged.fields[f"words.{word}"].voices] == names[: len(given_)]


@pytest.mark.parametrize(
    ("type_", "word", "given_", "value", "limit"),
    [
        ("integer", "sum", [3, 4], 7, "> 7"),
        ("decimal", "sum", [Decimal("0.1"), Decimal("0.2")], Decimal("0.3"), "> 0.3"),
        ("money", "sum", [Decimal(10), Decimal(-3)], Decimal(7), "> 7.0"),
        ("percent", "sum", [Decimal("0.5"), Decimal("0.25")], Decimal("0.75"), "> 0.75"),
        ("integer", "agree", [3, 3], 3, "> 3"),
        ("integer", "latest", [3, 4], 4, "> 4"),
    ],
)
def test_rules_are_judged_on_what_a_merge_word_leaves(
    type_: str, word: str, given_: list[Value], value: Value, limit: str
) -> None:
    """M4"""
    data = copy.deepcopy(PLAIN)
    data["sections"]["words"]["fields"]["number"] = {"type": type_, "label": "Tal", "merge": word}
    check = f"plan.words.number {limit}"
    data["rules"] = {"more": {"for": "words", "when": "merged", "check": check, "message": "För lite"}}
    names = [partner.id for partner in PARTNERS]
    merged = plain({name: {"words.number": each} for name, each in zip(names, given_, strict=False)}, data=data)
    assert merged.fields["words.number"].value == value
    assert [found.code for found in check_plan(merged, tuple(plans(merged).values()))] == ["rule"]


def test_an_answer_that_was_not_understood_agrees_with_none() -> None:
    """M4"""
    merged = plain({"kommunen": {"words.agree": 3}, "polisen": {"words.agree": Unclear("tre")}})
    assert _of(merged, "words.agree") == (None, False)
    assert say("sv", "plan.not-understood", text="tre") in {
        text for _, text in said_in(plans(merged)["word"], PARTNERS)
    }


def test_answers_that_should_be_one_and_differ_are_told() -> None:
    """M4: of a field and of a printed row, with who said what; not where one alone was not understood."""
    data = copy.deepcopy(PLAIN)
    data["sections"]["words"]["fields"]["areas"]["columns"]["state"] = {
        "type": "text",
        "label": "Läge",
        "merge": "agree",
    }
    merged = plain(
        {
            "kommunen": {"words.agree": 3, "words.areas[1].state": "Bra", "words.areas[2].state": "Bra"},
            "polisen": {"words.agree": Unclear("tre"), "words.areas[1].state": "Illa"},
            "hamnen": {"words.areas[1].state": "Bra", "words.areas[2].state": "Bra"},
        },
        data=data,
    )
    found = check_plan(merged, tuple(plans(merged).values()))
    assert [(each.code, each.where, each.args["said"]) for each in found] == [
        ("agree-differs", "B", "Kommunen: 3; Polisen: tre"),
        ("agree-differs", "Pengar, Läge", "Kommunen: Bra; Polisen: Illa; Föreningen Hamnen: Bra"),
    ]
    alone = plain({"polisen": {"words.agree": Unclear("tre")}})
    assert check_plan(alone, tuple(plans(alone).values())) == ()


def test_the_latest_is_that_of_the_newest_file() -> None:
    """M4: the partner list settles what the files do not."""
    answers = {"kommunen": {"words.latest": "k"}, "polisen": {"words.latest": "p"}, "hamnen": {"words.latest": "h"}}
    assert _of(plain(answers), "words.latest") == ("h", True)
    late = {"polisen": NOON + datetime.timedelta(days=1)}
    assert _of(plain(answers, late), "words.latest") == ("p", True)


def test_a_tally_says_who() -> None:
    """M4"""
    merged = plain({"kommunen": {"words.tally": ("cash",)}, "polisen": {"words.tally": ("cash", "hours")}})
    assert {name: [each.id for each in who] for name, who in tally(merged.fields["words.tally"].voices).items()} == {
        "cash": ["kommunen", "polisen"],
        "hours": ["polisen"],
    }
    table = next(each for each in plans(merged)["word"].tables() if each.key == "words.tally_tally")
    assert [[str(slot.value) for slot in row.slots] for row in table.rows] == [
        ["Pengar", "2", "Kommunen, Polisen"],
        ["Timmar", "1", "Polisen"],
    ]


@pytest.mark.parametrize(
    "answers",
    [
        {"kommunen": {"words.collect": "Annat"}},
        {"kommunen": {"words.areas[1].now": "Bra"}},
        {"kommunen": {"words.areas[1].now": "Bra"}, "polisen": {"words.areas[1].now": "Illa"}},
    ],
)
def test_the_group_decides_once_for_each_printed_row(answers: Mapping[str, Mapping[str, Value]]) -> None:
    """M4: however many answered to a row, and if nobody did."""
    tables = plans(plain(answers))["word"].tables()
    asked = [
        (row.label, slot.label) for table in tables for row in table.rows for slot in row.slots if not slot.read_only
    ]
    assert asked == [("Pengar", "Ordning"), ("Timmar", "Ordning")]
