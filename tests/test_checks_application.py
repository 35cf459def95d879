"""The rules of the shipped joint application that concern one partner's answers, with the fewest answers that break them.

R1  Every rule that is not judged on the joint application only is broken by some answers and kept by others.
R2  It is told once, with its place, its severity and what to do, in English and in Swedish.
R3  A missing answer is not judged, and no rule fails to be judged.
"""

from decimal import Decimal

import pytest

from docgen.blueprint.model import Rule
from docgen.values import Period, Reference
from tests.conftest import BLUEPRINTS
from tests.judging import LANGUAGES, Broken, Judging, day, rows

JUDGING = Judging(
    BLUEPRINTS / "joint-application.yaml",
    {
        "funder": "The Sample Fund",
        "call": "Shared Stages",
        "period": Period(2027, 2029, 0, "span"),
        "grant_limit": 400_000,
        "equipment": "no",
    },
)

AIM, PACKAGE, DELIVERABLE, COST = "aims.aims[1]", "work.packages[1]", "work.deliverables[1]", "costs.costs[1]"
YEARS = Period(2027, 2028, 0, "span")


def quarter(text: str) -> Period:
    return Period.from_iso(text)


TABLE: dict[str, Broken] = {
    "aim-has-targets": Broken(
        {f"{AIM}.text": "More pupils on stage"},
        {f"{AIM}.text": "More pupils on stage", f"{AIM}.target_2029": Decimal(40)},
        "Aim 1",
    ),
    "aim-years-near-period": Broken(
        {f"{AIM}.text": "As many visitors as in 1987"}, {f"{AIM}.text": "As many visitors as in 2026"}, "Aim 1"
    ),
    "aim-target-turns": Broken(
        {f"{AIM}.target_{year}": Decimal(number) for year, number in ((2027, 1), (2028, 3), (2029, 2))},
        {f"{AIM}.target_{year}": Decimal(number) for year, number in ((2027, 1), (2028, 2), (2029, 2))},
        "Aim 1",
    ),
    "aim-reached-in-period": Broken(
        {f"{AIM}.reached_by": quarter("2030-Q1")}, {f"{AIM}.reached_by": quarter("2029-Q4")}, "Aim 1"
    ),
    "package-start-before-end": Broken(
        {f"{PACKAGE}.starts": day("2027-05-02"), f"{PACKAGE}.ends": day("2027-05-01")},
        {f"{PACKAGE}.starts": day("2027-05-01"), f"{PACKAGE}.ends": day("2027-05-01")},
        "Work package 1",
    ),
    "package-dates-in-years": Broken(
        {f"{PACKAGE}.runs": YEARS, f"{PACKAGE}.starts": day("2027-01-01"), f"{PACKAGE}.ends": day("2029-01-01")},
        {f"{PACKAGE}.runs": YEARS, f"{PACKAGE}.starts": day("2027-01-01"), f"{PACKAGE}.ends": day("2028-12-31")},
        "Work package 1",
    ),
    "package-has-deliverable": Broken(
        {f"{PACKAGE}.title": "Sounds of the harbour"},
        {f"{PACKAGE}.title": "Sounds of the harbour", f"{DELIVERABLE}.work_package": Reference("work.packages", 1)},
        "Work package 1",
    ),
    "package-in-time-for-aim": Broken(
        {
            f"{AIM}.reached_by": quarter("2027-Q2"),
            f"{PACKAGE}.aim": Reference("aims.aims", 1),
            f"{PACKAGE}.runs": Period(2028, 2028, 0, "span"),
        },
        {
            f"{AIM}.reached_by": quarter("2027-Q2"),
            f"{PACKAGE}.aim": Reference("aims.aims", 1),
            f"{PACKAGE}.runs": YEARS,
        },
        "Work package 1",
    ),
    "deliverable-in-time": Broken(
        {
            f"{PACKAGE}.runs": YEARS,
            f"{DELIVERABLE}.work_package": Reference("work.packages", 1),
            f"{DELIVERABLE}.due": quarter("2029-Q1"),
        },
        {
            f"{PACKAGE}.runs": YEARS,
            f"{DELIVERABLE}.work_package": Reference("work.packages", 1),
            f"{DELIVERABLE}.due": quarter("2028-Q4"),
        },
        "Deliverable 1",
    ),
    "deliverables-differ": Broken(
        rows("work.deliverables", "what", "A room", "A room"),
        rows("work.deliverables", "what", "A room", "Another"),
        "Work packages",
    ),
    "risk-has-response": Broken(
        {"work.risks[1].risk": "The stage floods"},
        {"work.risks[1].risk": "The stage floods", "work.risks[1].response": "We play in the school"},
        "Risk 1",
    ),
    "agreement-in-writing": Broken(
        {"collaboration.agreement": False},
        {"collaboration.agreement": True},
        "How we work together, Is there a written agreement between the partners?",
    ),
    "approval-known": Broken(
        {"ethics.personal_data": True},
        {"ethics.personal_data": True, "ethics.approval": "applied"},
        "Ethics and data",
    ),
    "cost-has-amount": Broken(
        {f"{COST}.item": "Engineer"}, {f"{COST}.item": "Engineer", f"{COST}.amount_2029": Decimal(1)}, "Cost 1"
    ),
    "cost-agrees-with-estimate": Broken(
        {f"{COST}.quantity": Decimal(12), f"{COST}.unit_cost": Decimal(400), f"{COST}.amount_2027": Decimal(4000)},
        {f"{COST}.quantity": Decimal("0.1"), f"{COST}.unit_cost": Decimal(3), f"{COST}.amount_2027": Decimal("0.3")},
        "Cost 1",
    ),
    "costs-within-limit": Broken(
        {f"{COST}.payment": "cash", f"{COST}.amount_2027": Decimal(400_001)},
        {f"{COST}.payment": "cash", f"{COST}.amount_2027": Decimal(400_000), "costs.costs[2].payment": "cash"},
        "Costs",
    ),
    "source-has-amount": Broken(
        {"funding.sources[1].status": "granted"},
        {"funding.sources[1].status": "granted", "funding.sources[1].amount_2028": Decimal(1)},
        "Source 1",
    ),
    "participants-need-events": Broken(
        {"activity.figures[3].count_q2": 28},
        {"activity.figures[3].count_q2": 28, "activity.figures[1].count_q2": 1},
        "Activities and audiences",
    ),
    "commitment-agrees-with-budget": Broken(
        {"funding.own_2027": Decimal(10_000), "commitment.amount": Decimal(30_000)},
        {f"funding.own_{year}": Decimal(10_000) for year in (2027, 2028, 2029)}
        | {"commitment.amount": Decimal(30_000)},
        "Letter of commitment, Own money for the whole project",
    ),
    "commitment-after-decision": Broken(
        {"commitment.decided_on": day("2027-01-15"), "commitment.date": day("2027-01-14")},
        {"commitment.decided_on": day("2027-01-14"), "commitment.date": day("2027-01-14")},
        "Letter of commitment",
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


def test_whoever_declines_is_told_of_its_organisation_and_the_letter_alone() -> None:
    problems = JUDGING.problems({"applicant.taking_part": "declined", "idea.need": "A stage"})
    told = [found.where for found in problems if found.code == "not-relevant"]
    assert told == ["The project"]
    assert "What we bring" not in {found.where for found in problems}


@pytest.mark.parametrize(
    ("answers", "places"),
    [
        ({f"{PACKAGE}.runs": Period(2027, 2030, 0, "span")}, ["Work package 1, Years"]),
        ({f"{PACKAGE}.runs": Period(2027, 2029, 0, "span")}, []),
        ({f"{COST}.kind": "equipment"}, ["Cost 1, Kind"]),
        ({"applicant.contact_email": "someone@Gmail.example"}, ["E-mail"]),
        ({"applicant.contact_phone": "070-174 06 05"}, ["Telephone"]),
        ({"applicant.languages": ("english", "swedish", "finnish", "german")}, ["Languages we can work in"]),
        ({"ethics.approval": "not_needed"}, []),
        ({"ethics.approval": "not_needed", "ethics.personal_data": True}, ["Ethical approval"]),
        ({"ethics.approval": "not_needed", "ethics.personal_data": False}, []),
        ({"commitment.accepted": False}, ["Do you accept the funder's terms?"]),
        ({"shared_calendar.events[1].held": quarter("2030-W01")}, ["Event 1, Week"]),
        ({"activity.person_days_q3": Decimal("-0.5")}, ["Days worked in the project Q3"]),
    ],
)
def test_constraints(answers: dict[str, object], places: list[str]) -> None:
    found = JUDGING.problems(answers)  # type: ignore[arg-type]
    assert [each.where for each in found if each.code == "constraint-failed"] == places
    assert "rule-fault" not in {each.code for each in found}
