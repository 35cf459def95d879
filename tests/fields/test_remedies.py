"""What to do about an answer that was not understood fits the answer (issue 4: with place and remedy).

1. Choices are told apart by semicolons, for labels hold commas; of a long list the nearest few.
2. Several answers are asked for with semicolons between, or one of them.
3. A number that could stand there is the one in the text, else one of the field's kind.
"""

import pytest

from docgen.fields import FIELD_TYPES, Option, Spec
from docgen.problems import problem
from docgen.values import Raw

SHORT = (Option("a", "Möten, lokal, förtäring"), Option("b", "Resor"))
LONG = tuple(Option(f"o{number}", label) for number, label in enumerate(
    ("Information och trycksaker", "Köpta tjänster", "Stöd till målgruppen", "Samordning (lön inkl. PO)", "Resor",
     "Utbildning och föreläsare", "Utvärdering", "Översättning", "Övrigt", "Övrig personaltid")))  # fmt: skip


def _remedy(text: str, spec: Spec) -> tuple[str, str]:
    parsed = FIELD_TYPES[spec.type].parse(Raw(text), spec)
    assert parsed.code is not None
    assert not parsed.understood
    found = problem(parsed.code, **parsed.args)
    return parsed.code, found.remedy(spec.language)


# 1


def test_choices_with_commas_are_told_apart() -> None:
    told = "Välj bland: Möten, lokal, förtäring; Resor."
    assert _remedy("Mat", Spec("select_one", "sv", options=SHORT)) == ("not-a-choice", told)


def test_of_a_long_list_the_nearest_first() -> None:
    code, told = _remedy("utbildning", Spec("select_one", "sv", options=LONG))
    assert code == "not-a-choice"
    assert told.startswith("Välj i listan; närmast ligger: Utbildning och föreläsare; ")
    assert told.count(";") == 4


# 2


def test_several_where_one_is_asked_for() -> None:
    code, _ = _remedy("Möten, lokal, förtäring, Resor", Spec("select_one", "sv", options=SHORT))
    assert code == "choice-several"


def test_several_are_written_with_semicolons() -> None:
    code, told = _remedy("Resor och mat", Spec("select_multiple", "sv", options=SHORT))
    wanted = "Skriv ett eller flera av valen, med semikolon emellan: Möten, lokal, förtäring; Resor."
    assert (code, told) == ("not-a-choice", wanted)


# 3


@pytest.mark.parametrize(
    ("text", "type_", "language", "example"),
    [
        ("ca 8", "integer", "sv", "8"),
        ("ca 5 000 kr", "money", "sv", "5\N{NO-BREAK SPACE}000"),
        ("ungefär 2,5", "decimal", "sv", "2,5"),
        ("roughly 2.5", "decimal", "en", "2.5"),
        ("2 av 11", "integer", "sv", "12"),
        ("2 av 11", "percent", "sv", "25\N{NO-BREAK SPACE}%"),
        ("hälften", "percent", "sv", "25\N{NO-BREAK SPACE}%"),
        ("ca 40 %", "percent", "en", "40%"),
        ("many", "money", "en", "12\N{NO-BREAK SPACE}500"),
    ],
)
def test_the_number_that_could_stand_there(text: str, type_: str, language: str, example: str) -> None:
    code, told = _remedy(text, Spec(type_, language))
    assert code == "not-a-number"
    assert told.endswith(f" {example}.")
