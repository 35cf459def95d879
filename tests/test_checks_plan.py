"""The rules of the shipped plan that concern one partner's answers, each with the fewest answers that break it.

R1  Every rule that is not judged on the merged plan only is broken by some answers and kept by others.
R2  It is told once, with its place, its severity and what to do, in Swedish and in English.
R3  A missing answer is not judged, and no rule fails to be judged.
R4  Whoever abstains is not told that answers are missing; what was answered all the same is told once a section.
"""

from decimal import Decimal

import pytest

from docgen.blueprint.model import Rule
from docgen.values import Literal, Period, Reference, Value
from tests.conftest import PLAN
from tests.judging import LANGUAGES, Answers, Broken, Judging, day, rows

JUDGING = Judging(
    PLAN,
    {
        "municipality": "Exempelstad",
        "period": Period(2027, 2030, 0, "span"),
        "plan_date": day("2027-03-01"),
    },
)


def agenda(column: str, *minutes: int, each: int | None = None, **fields: Value) -> dict[str, Value]:
    """Items of an agenda with their minutes; ``each`` is the row whose minutes are for each participant."""
    found: dict[str, Value] = {f"meetings.{name}": value for name, value in fields.items()}
    found |= rows("meetings.agenda", column, *minutes)
    return found | ({f"meetings.agenda[{each}].per_person": True} if each else {})


GOAL, ACTIVITY, FUNDING = "goals.goals[1]", "activities.activities[1]", "funding.funding[1]"
S1_OF_THREE: Answers = {"people.s1[1].count_q1": 1, "people.s1[2].count_q3": 2}
BOXES = ("specific", "measurable", "accepted", "realistic", "timed")

TABLE: dict[str, Broken] = {
    "keywords-at-most-five": Broken(
        rows("vision.keywords", "word", *"abcdef"), rows("vision.keywords", "word", *"abcde"), "Visionen"
    ),
    "overall-at-most-three": Broken(
        rows("vision.overall", "text", *"abcd"), rows("vision.overall", "text", *"abc"), "Visionen"
    ),
    "areas-one-now": Broken(
        rows("areas.areas", "priority", "later", "not_now", "later", "later"),
        rows("areas.areas", "priority", "later", "not_now", "now", "later"),
        "Planen – arbetsområden",
    ),
    "goals-at-most-two": Broken(
        rows("goals.goals", "text", *"abc"), rows("goals.goals", "text", *"ab"), "Planen – delmål"
    ),
    "goal-deadline-in-period": Broken(
        {f"{GOAL}.deadline": day("2031-01-01")}, {f"{GOAL}.deadline": day("2030-12-31")}, "Delmål 1"
    ),
    "goal-has-number": Broken(
        {f"{GOAL}.measure": "number"},
        {f"{GOAL}.measure": "number", f"{GOAL}.target_2028": Decimal(12)},
        "Delmål 1",
    ),
    "goal-share-within-hundred": Broken(
        {f"{GOAL}.measure": "share", f"{GOAL}.target_2027": Decimal(120)},
        {f"{GOAL}.measure": "share", f"{GOAL}.target_2027": Decimal(100)},
        "Delmål 1",
    ),
    "goal-target-turns": Broken(
        {f"{GOAL}.target_2027": Decimal(1), f"{GOAL}.target_2028": Decimal(3), f"{GOAL}.target_2030": Decimal(2)},
        {f"{GOAL}.target_2027": Decimal(3), f"{GOAL}.target_2028": Decimal(3), f"{GOAL}.target_2030": Decimal(2)},
        "Delmål 1",
    ),
    "goal-years-near-period": Broken(
        {f"{GOAL}.text": "Tre boenden före 2015"}, {f"{GOAL}.text": "Tre boenden 2031, i stället för 15"}, "Delmål 1"
    ),
    "goal-indicator-years-near-period": Broken(
        {f"{GOAL}.indicator": "Enkäten från 2015"}, {f"{GOAL}.indicator": "Enkäten från 2026"}, "Delmål 1"
    ),
    "goal-smart": Broken({f"{GOAL}.text": "Fler får stöd"}, {f"{GOAL}.{box}": True for box in BOXES}, "Delmål 1"),
    "risk-described": Broken(
        {"reflect.exists": "yes"}, {"reflect.exists": "yes", "reflect.risks[1].risk": "Någon pekas ut"}, "Reflektera"
    ),
    "risk-countered": Broken(
        {"reflect.risks[1].risk": "Någon pekas ut"},
        {"reflect.risks[1].risk": "Någon pekas ut", "reflect.risks[1].counter": "Vi talar om beteenden"},
        "Risk 1",
    ),
    "activity-start-before-end": Broken(
        {f"{ACTIVITY}.start": day("2027-05-02"), f"{ACTIVITY}.ready": day("2027-05-01")},
        {f"{ACTIVITY}.start": day("2027-05-01"), f"{ACTIVITY}.ready": day("2027-05-01")},
        "Aktivitet 1",
    ),
    "activity-in-time": Broken(
        {
            f"{GOAL}.deadline": day("2028-06-30"),
            f"{ACTIVITY}.goal": Reference("goals.goals", 1),
            f"{ACTIVITY}.ready": day("2028-07-01"),
        },
        {
            f"{GOAL}.deadline": day("2028-06-30"),
            f"{ACTIVITY}.goal": Reference("goals.goals", 1),
            f"{ACTIVITY}.ready": day("2028-06-30"),
        },
        "Aktivitet 1",
    ),
    "coordination-one-person": Broken(
        {"coordination.form": "one_person", **rows("coordination.coordinators", "name", "A", "B")},
        {"coordination.form": "one_person", **rows("coordination.coordinators", "name", "A")},
        "Plattformen – samordning",
    ),
    "coordination-two-people": Broken(
        {"coordination.form": "two_people", **rows("coordination.coordinators", "name", "A")},
        {"coordination.form": "two_people", **rows("coordination.coordinators", "name", "A", "B")},
        "Plattformen – samordning",
    ),
    "coordination-group": Broken(
        {"coordination.form": "core_group", **rows("coordination.coordinators", "name", "A")},
        {"coordination.form": "core_group", **rows("coordination.coordinators", "name", "A", "B", "C")},
        "Plattformen – samordning",
    ),
    "agenda-order": Broken(
        {**agenda("minutes_from", 20), **agenda("minutes_to", 10)},
        {**agenda("minutes_from", 10), **agenda("minutes_to", 10)},
        "Punkt 1",
    ),
    "agenda-needs-headcount": Broken(
        agenda("minutes_from", each=1),
        agenda("minutes_from", each=1, headcount=12),
        "Plattformen – nätverkande",
    ),
    # Two minutes each for thirty people do not fit into ninety minutes with the rest.
    "agenda-least-fits": Broken(
        agenda("minutes_from", 2, 31, each=1, headcount=30, length=90),
        agenda("minutes_from", 2, 30, each=1, headcount=30, length=90),
        "Plattformen – nätverkande",
    ),
    "agenda-most-fits": Broken(
        agenda("minutes_to", 60, 31, length=90), agenda("minutes_to", 60, 30, length=90), "Plattformen – nätverkande"
    ),
    "cost-has-amount": Broken(
        {"costs.costs[1].item": "Föreläsare"},
        {"costs.costs[1].item": "Föreläsare", "costs.costs[1].amount_2028": Decimal(9000)},
        "Kostnad 1",
    ),
    "funding-granted-has-amount": Broken(
        {f"{FUNDING}.status": "granted"},
        {f"{FUNDING}.status": "granted", f"{FUNDING}.granted_2027": Decimal(1)},
        "Finansiering 1",
    ),
    "funding-granted-within-applied": Broken(
        {
            f"{FUNDING}.applied_2027": Decimal(2),
            f"{FUNDING}.granted_2027": Decimal("1.5"),
            f"{FUNDING}.granted_2028": Decimal(1),
        },
        {
            f"{FUNDING}.applied_2027": Decimal("0.3"),
            f"{FUNDING}.granted_2027": Decimal("0.1"),
            f"{FUNDING}.granted_2028": Decimal("0.2"),
        },
        "Finansiering 1",
    ),
    "milestone-in-period": Broken(
        {"timeline.milestones[1].date": day("2026-12-31")},
        {"timeline.milestones[1].date": day("2027-01-01")},
        "Milstolpe 1",
    ),
    "revision-near-period": Broken(
        {"evaluation.next_revision": day("2032-01-01")},
        {"evaluation.next_revision": day("2031-12-31")},
        "Utvärdering, Planen revideras nästa gång",
    ),
    "confirmation-after-decision": Broken(
        {"confirmation.decision_date": day("2027-06-15"), "confirmation.date": day("2027-06-14")},
        {"confirmation.decision_date": day("2027-06-14"), "confirmation.date": day("2027-06-14")},
        "Bekräftelsen",
    ),
    "confirmation-of-final-plan": Broken(
        {"confirmation.date": day("2027-02-28")}, {"confirmation.date": day("2027-03-01")}, "Bekräftelsen"
    ),
    "statistics-s2-equals-s1": Broken(
        {"people.s1[1].count_q1": 3, **rows("people.s2", "count", 2)},
        {**S1_OF_THREE, **rows("people.s2", "count", 1, 2, Literal("not_counted"))},
        "Personer (S1–S4)",
    ),
    "statistics-s3-equals-s1": Broken(
        {"people.s1[1].count_q1": 3, **rows("people.s3", "count", 4)},
        {**S1_OF_THREE, **rows("people.s3", "count", 2, 1, 0)},
        "Personer (S1–S4)",
    ),
    "statistics-s2-equals-s3": Broken(
        {**rows("people.s2", "count", 3), **rows("people.s3", "count", 4)},
        {**rows("people.s2", "count", 3), **rows("people.s3", "count", 1, 2)},
        "Personer (S1–S4)",
    ),
    "statistics-several-within-s1": Broken(
        {"people.s1[1].count_q1": 3, "people.s1_beside[1].count_q1": 4},
        # The second row of that table counts others, who are not in S1.
        {**S1_OF_THREE, "people.s1_beside[1].count_q1": 3, "people.s1_beside[2].count_q1": 9},
        "Personer (S1–S4)",
    ),
}


def test_every_rule_is_tried() -> None:
    """R1"""
    assert list(TABLE) == [rule.name for rule in JUDGING.rules]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", JUDGING.rules, ids=lambda rule: rule.name)
def test_a_broken_rule_is_told_once_with_place_and_remedy(rule: Rule, language: str) -> None:
    """R1, R2"""
    JUDGING.assert_told(rule, TABLE[rule.name], language)


@pytest.mark.parametrize("rule", JUDGING.rules, ids=lambda rule: rule.name)
def test_a_kept_rule_is_not_told(rule: Rule) -> None:
    """R1"""
    assert JUDGING.told(rule, TABLE[rule.name].hold) == []


@pytest.mark.parametrize("rule", JUDGING.rules, ids=lambda rule: rule.name)
def test_a_missing_answer_is_not_judged(rule: Rule) -> None:
    """R3"""
    JUDGING.assert_not_judged_when_missing(rule, TABLE[rule.name])


def test_no_answers_break_no_rule() -> None:
    """R3"""
    assert {found.code for found in JUDGING.problems({})} == {"required-missing", "required-table"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_of_all_rules_differ(language: str) -> None:
    """R2"""
    messages = [rule.message for rule in JUDGING.rounds[language].blueprint.rules.values()]
    assert len(set(messages)) == len(messages)


def test_whoever_abstains_is_told_of_the_cover_and_the_confirmation_alone() -> None:
    """R4"""
    problems = JUDGING.problems({"cover.taking_part": "abstain"})
    places = {found.where for found in problems if found.code.startswith("required")}
    assert places == {"Ifyllt av", "Finns ett beslut hos er?", "Namn", "Titel", "Ort", "Datum", "Underskrift"}


def test_answers_of_whoever_abstains_are_told_once_a_section_and_not_judged() -> None:
    """R4"""
    answers = {"cover.taking_part": "abstain", **TABLE["goal-share-within-hundred"].fail, "vision.for_whom": "Alla"}
    problems = JUDGING.problems(answers)
    assert [found.where for found in problems if found.code == "not-relevant"] == ["Planen – delmål", "Visionen"]
    assert [found for found in problems if found.code == "rule"] == []
