"""Where problems are: under the document and the section, as the partner sees them (issue 4: with the place).

1. A problem stands under the document of its file, else the one that asks; missing answers name document and section.
2. What stands in a file elsewhere than its label says is told too (a cell); problems of no document come last.
3. Places and labels come in the language asked for where the blueprint has it, else in its own.
4. A row of the plan is told with its organisation and the number it has in that organisation's file.
"""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from docgen.collecting import Collected, judged
from docgen.document import Document
from docgen.layout import documents_for
from docgen.merged import merge
from docgen.problems import problem
from docgen.report.places import Spot, by_document, by_section, in_plan, spots
from docgen.response import Found, Reading, Response, understand
from docgen.rounds import Built, build
from docgen.spoken import response_in, spoken_in
from docgen.values import Address, Raw
from tests.small import SETTINGS, written


def _response(document: Document, file: str, texts: dict[Address, str], spoken: Document | None = None) -> Response:
    found = [
        Found(address, Raw(text), f"Blad!A{number}", "tag") for number, (address, text) in enumerate(texts.items())
    ]
    return understand(file, document, Reading(tuple(found)), spoken)


@pytest.fixture(scope="module")
def collected(plan_round: Built) -> Collected:
    round_ = plan_round.round
    police = round_.partner("polisen")
    word, excel, _ = documents_for(round_, police)
    files = [
        _response(word, "bok.docx", {Address("goals.goals", 2, "deadline"): "sommaren"}),
        _response(excel, "tal.xlsx", {Address("costs.costs", 1, "amount_2028"): "12.000"}),
    ]
    return judged(round_, files)


def _spots(collected: Collected) -> list[Spot]:
    (submission,) = collected.submissions
    return spots(submission, collected.responses, collected.problems[submission.partner.id])


# 1, 2


def test_problems_stand_under_document_file_and_section(collected: Collected) -> None:
    found = _spots(collected)
    assert len(found) == len(collected.problems["polisen"]) > 10
    files = [(document, file) for document, file, _ in by_document(found)]
    assert files == [("Arbetsbok", "bok.docx"), ("Budget och statistik", "tal.xlsx"), ("", "")]
    wrong = {each.problem.code: each for each in found if each.problem.code in {"not-a-date", "number-ambiguous"}}
    date, amount = wrong["not-a-date"], wrong["number-ambiguous"]
    assert (date.section, date.within("sv")) == ("3 Planen – delmål", "Delmål 2, Senast (Blad!A0)")
    assert (amount.section, amount.within("sv")) == ("10a Kostnader", "Kostnad 1, Belopp 2028 (Blad!A0)")
    assert found[-1].problem.code == "document-missing"


def test_a_missing_answer_names_document_and_section(collected: Collected) -> None:
    missing = [each for each in _spots(collected) if each.problem.code == "required-missing"]
    assert missing
    assert all(each.document and each.file and each.section and each.place for each in missing)
    sections = [section for section, _ in by_section([each for each in missing if each.document == "Arbetsbok"])]
    assert sections == sorted(set(sections), key=sections.index), "each section once"
    assert sections[0] == "0 Medverkan"


# 3


def test_places_and_messages_come_in_the_language_asked_for(collected: Collected) -> None:
    english = spoken_in(collected, "en")
    assert [found.code for found in english.problems["polisen"]] == [
        found.code for found in collected.problems["polisen"]
    ]
    date = next(each for each in _spots(english) if each.problem.code == "not-a-date")
    assert (date.document, date.section) == ("Workbook", "3 The plan – sub-goals")
    assert date.place == "Sub-goal 2, No later than"
    assert spoken_in(collected, "sv") is collected


def test_one_file_too_and_where_there_is_no_translation_its_own(collected: Collected) -> None:
    word = collected.responses[0]
    assert [found.where for found in response_in(word, "en").problems] == ["Sub-goal 2, No later than"]
    assert response_in(word, "sv") is word


def test_a_blueprint_without_that_language_keeps_its_own(tmp_path: Path) -> None:
    round_ = build(*written(tmp_path), tmp_path / "round", SETTINGS).round
    document = documents_for(round_, round_.partners[0])[0]
    response = _response(document, "a.docx", {Address("aims.list", 1, "goal_2027"): "många"})
    own = judged(round_, [response])
    assert spoken_in(own, "en") is own
    assert response_in(response, "en").problems == response.problems


# 4


def test_a_row_of_the_plan_is_told_with_whose_it_is(plan_round: Built) -> None:
    round_ = plan_round.round
    core, police = round_.partner("karngruppen"), round_.partner("polisen")
    first = _response(documents_for(round_, core)[0], "a.docx", {Address("goals.goals", 1, "text"): "Ett"})
    second = _response(documents_for(round_, police)[0], "b.docx", {Address("goals.goals", 2, "text"): "Två"})
    merged = merge(round_, judged(round_, [first, second]).submissions)
    (row,) = [each for each in merged.tables["goals.goals"].rows if each.partner == police]
    address = Address("goals.goals", row.number)
    told = problem("rule-fault", f"Delmål {row.number}", address=address, rule="x")
    assert in_plan(merged, told) == f"{police.name}, Delmål 2 (Delmål {row.number} i planen)"
    assert in_plan(merged, replace(told, address=Address("goals"))) == told.where


# numbers in sentences


@pytest.mark.parametrize(("language", "said"), [("sv", "kontrast 2,1, minst 4,5"), ("en", "2.1")])
def test_a_number_in_a_sentence_has_the_mark_of_its_language(language: str, said: str) -> None:
    found = problem("blueprint-contrast", colour="#FFE066", ratio=Decimal("2.1"), nearest="#000000")
    assert said in found.message(language)
