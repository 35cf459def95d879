"""What judging says of answers, on a small blueprint of its own.

R1  A missing answer is not judged; one that is asked for with has() may be missing; what was not understood is missing.
R2  A rule that cannot be judged is named, and shows no answer.
R3  Answers to questions that do not apply are told once a section or table, and judged by no rule.
R4  Numbers of any size, spans, multiple choices and rows that refer to rows are judged as they stand.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from docgen.blueprint.judge import Judge
from docgen.blueprint.load import from_data
from docgen.checks import check
from docgen.layout import documents_for
from docgen.problems import Problem
from docgen.sending import Partner, Round
from docgen.submission import Given, Submission
from docgen.values import Address, Literal, Period, Reference, Value

PARTNER = Partner("hamnen", "Föreningen Hamnen")
SPAN = Period(2027, 2028, 0, "span")


def field(type_: str, **more: Any) -> dict[str, Any]:
    return {"type": type_, "label": more.pop("label", type_), **more}


SECTIONS = {
    "start": {
        "title": "Start",
        "fields": {
            "joins": field("boolean", label="Joins"),
            "kind": field("select_one", choices="kinds"),
            "kinds": field("select_multiple", choices="kinds"),
            "number": field("integer", label="Number", literals={"none": "None"}),
            "length": field("integer", label="Length"),
            "name": field("text", label="Name"),
        },
    },
    "more": {
        "title": "More",
        "relevant": "plan.start.joins == true",
        "fields": {
            "aims": field(
                "table",
                label="Aims",
                row_label="Aim",
                repeat=2,
                columns={
                    "text": field("text", label="Text"),
                    "goal": field("decimal", label="Goal", each="period.years"),
                },
            ),
            "acts": field(
                "table",
                label="Acts",
                row_label="Act",
                repeat=2,
                relevant='plan.start.name != "none"',
                columns={
                    "aim": field("reference", label="Aim", to="more.aims"),
                    "years": field("period", label="Years", appearance="span", constraint="value.years <= 2"),
                    "why": field("text", label="Why", required=True, relevant="row.years.years > 1"),
                },
            ),
        },
    },
}


def judged(answers: Mapping[str, Value | None], raw: Mapping[str, str] | None = None, /, **rule: str) -> list[Problem]:
    """What is found in answers by one rule, or by a constraint on the number (``constraint=...``)."""
    data: dict[str, Any] = {
        "docgen": 1,
        "id": "small",
        "version": "1",
        "language": "en",
        "title": "Small",
        "parameters": {"period": field("period", appearance="span", required=True)},
        "documents": {"book": {"format": "word", "title": "Book", "sections": list(SECTIONS)}},
        "choices": {"kinds": {"a": "A", "b": "B"}},
        "sections": SECTIONS,
    }
    if "check" in rule:
        data["rules"] = {"rule": {"for": rule.pop("on", "start"), "message": "Broken.", **rule}}
    if "constraint" in rule:
        fields = SECTIONS["start"]["fields"] | {"number": SECTIONS["start"]["fields"]["number"] | rule}  # type: ignore[index, operator]
        data["sections"] = SECTIONS | {"start": {"title": "Start", "fields": fields}}
    round_ = Round(from_data(data, {}), {"period": SPAN}, (PARTNER,))
    documents = documents_for(round_, PARTNER)
    given = {Address.parse(key): Given(value, None, "a.docx", key) for key, value in answers.items()}
    given |= {Address.parse(key): Given(None, text, "a.docx", key) for key, text in (raw or {}).items()}
    submission = Submission(PARTNER, documents, frozenset({"book"}), ("a.docx",), given)
    return [found for found in check(round_, submission, Judge(round_.blueprint)) if found.code != "required-missing"]


def codes(answers: Mapping[str, Value | None], raw: Mapping[str, str] | None = None, /, **rule: str) -> list[str]:
    return [found.code for found in judged(answers, raw, **rule)]


AIM, ACT = "more.aims[1]", "more.acts[1]"
TWO_YEARS: dict[str, Value | None] = {f"{AIM}.goal_2027": Decimal("0.1"), f"{AIM}.goal_2028": Decimal("0.2")}


@pytest.mark.parametrize(
    ("check", "answers", "told"),
    [
        # equality with what is missing is no verdict
        ('plan.start.kind == "a"', {"start.name": "x"}, False),
        ('plan.start.kind == "a"', {"start.kind": "b"}, True),
        ('"a" in plan.start.kinds', {"start.name": "x"}, False),
        ('"a" in plan.start.kinds', {"start.kinds": ("b",)}, True),
        ("plan.start.joins == true", {"start.name": "x"}, False),
        ("plan.start.number > 3", {"start.number": Literal("none")}, False),
        # unless it is asked for
        ('has(plan.start.kind) && plan.start.kind == "a"', {"start.name": "x"}, True),
        ("has(plan.start.kind)", {"start.name": "x"}, True),
        ("plan.start.length < 90 * (has(plan.start.number) ? plan.start.number : 1)", {"start.length": 91}, True),
        ("plan.start.length < 90 * (has(plan.start.number) ? plan.start.number : 1)", {"start.length": 89}, False),
        # another name that is missing beside it still counts
        ('has(plan.start.kind) || plan.start.name == "y"', {"start.number": 1}, False),
        ("size(plan.more.aims) > 0", {"start.name": "x"}, True),
    ],
)
def test_what_is_missing(check: str, answers: dict[str, Value], told: bool) -> None:
    """R1"""
    assert codes(answers, check=check) == (["rule"] if told else [])


@pytest.mark.parametrize("check", ["has(plan.start.number)", "plan.start.number > 3", "!has(plan.start.number)"])
def test_what_was_not_understood_is_not_judged(check: str) -> None:
    """R1"""
    assert codes({"start.name": "x"}, {"start.number": "a few"}, check=check) == []


@pytest.mark.parametrize(
    ("check", "answers", "told"),
    [
        ("sum(row.goal.map(g, g.value)) > 9.0", TWO_YEARS, True),
        ("sum(row.goal.map(g, g.value)) == 0.3", TWO_YEARS, False),
        ("sum(row.goal.map(g, g.value)) > 9.0", {f"{AIM}.goal_2027": Decimal(1)}, False),
        ("monotone(row.goal.map(g, g.value))", {f"{AIM}.goal_2028": Decimal(1)}, False),
        ("distinct(row.goal.map(g, g.value))", {f"{AIM}.text": "x"}, False),
        ("distinct(row.goal.map(g, g.value))", {f"{AIM}.goal_2027": Decimal(1), f"{AIM}.goal_2028": Decimal(1)}, True),
        ("size(years_in(row.text)) == 1", {f"{AIM}.text": "1899, 2027, 3.2028 and 20301"}, False),
        ("years_in(row.text).all(y, y > 2026)", {f"{AIM}.goal_2027": Decimal(1)}, False),
        ("used_by(row) > 0", {f"{AIM}.text": "x"}, True),
        ("used_by(row) > 0", {f"{AIM}.text": "x", f"{ACT}.aim": Reference("more.aims", 1)}, False),
        ("used_by(row) > 0", {f"{AIM}.text": "x", f"{ACT}.aim": Reference("more.aims", 2)}, True),
    ],
)
def test_helpers(check: str, answers: dict[str, Value], told: bool) -> None:
    """R1, R4"""
    found = [each for each in codes(answers, on="more.aims", check=check) if each.startswith("rule")]
    assert found == (["rule"] if told else [])


def test_a_rule_follows_a_reference_to_its_row() -> None:
    """R4"""
    answers: dict[str, Value | None] = {
        f"{AIM}.text": "first",
        "more.aims[2].text": "second",
        f"{ACT}.aim": Reference("more.aims", 2),
    }
    (found,) = judged(answers, on="more.acts", check='row.aim.text == "first"', message="It is {row.aim.text}.")
    assert (found.where, found.message("en")) == ("Act 1", "It is second.")


@pytest.mark.parametrize(
    "check", ["1 / plan.start.number == 1", "plan.start.name.matches('(')", "plan.start.name == plan.start.name + 1"]
)
def test_a_rule_that_cannot_be_judged_is_named_and_shows_no_answer(check: str) -> None:
    """R2"""
    (found,) = judged({"start.number": 0, "start.name": "secret"}, check=check)
    assert found.code == "rule-fault"
    assert "rule" in found.message("en")
    assert "secret" not in found.line("en")


def test_too_many_steps_are_a_fault() -> None:
    """R2"""
    answers = {f"more.aims[{row}].text": "x" for row in range(1, 120)}
    check = "plan.more.aims.all(a, plan.more.aims.all(b, a.no + b.no > 0))"
    assert codes(answers, on="more", check=check) == ["rule-fault"]


def test_answers_that_do_not_apply_are_told_once_and_not_judged() -> None:
    """R3"""
    answers: dict[str, Value | None] = {"start.joins": False, **TWO_YEARS, f"{AIM}.text": "x"}
    (found,) = judged(answers, on="more.aims", check="used_by(row) > 0")
    assert (found.code, found.where) == ("not-relevant", "More")
    answers = {"start.name": "none", f"{ACT}.why": "x", f"{ACT}.years": SPAN}
    (found,) = judged(answers, on="more.acts", check="has(row.aim)")
    assert (found.code, found.where) == ("not-relevant", "Acts")
    answers = {f"{ACT}.why": "x", f"{ACT}.years": Period(2027, 2027, 0, "span")}
    (found,) = judged(answers)
    assert (found.code, found.where) == ("not-relevant", "Act 1, Why")


def test_what_an_unanswered_question_decides_applies() -> None:
    """R3"""
    assert codes({f"{AIM}.text": "x"}, on="more.aims", check="used_by(row) > 0") == ["rule"]


@pytest.mark.parametrize(
    ("constraint", "number", "code"),
    [
        ("value <= 9", 9, []),
        ("value <= 9", 10, ["constraint-failed"]),
        ("value <= 9", 10**30, ["number-too-great"]),
        ("value <= 9", -(10**30), ["number-too-great"]),
        ("value <= 9", Literal("none"), []),
        ("value == plan.start.length", 10, []),  # the other answer is missing
        ("value <= round.period.first", 2028, ["constraint-failed"]),
        ("1 / (value - 1) > 0", 1, ["rule-fault"]),
    ],
)
def test_constraints_on_numbers(constraint: str, number: Value, code: list[str]) -> None:
    """R1, R2, R4"""
    assert codes({"start.number": number}, constraint=constraint) == code


def test_a_number_beyond_all_bounds_can_stand_in_a_rule() -> None:
    """R4"""
    assert codes({"start.number": 10**30, "start.length": 1}, check="plan.start.number < plan.start.length") == [
        "number-too-great"
    ]
    answers = {"start.number": 10**30, "start.length": 10**30}
    assert codes(answers, check="sum([plan.start.number, plan.start.length]) < 0.0") == ["number-too-great"] * 2


def test_a_span_has_years_in_its_constraint() -> None:
    """R4"""
    assert codes({f"{ACT}.years": SPAN, f"{ACT}.why": "x"}) == []
    (found,) = judged({f"{ACT}.years": Period(2027, 2029, 0, "span"), f"{ACT}.why": "x"})
    assert (found.code, found.where) == ("constraint-failed", "Act 1, Years")
