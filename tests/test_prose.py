"""CommonMark of guides into paragraphs and list items, no character lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.document import Prose, Span
from docgen.prose import prose


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("En mening.", [("", "En mening.")]),
        ("En\nmening.", [("", "En mening.")]),
        ("En  \nbruten.", [("", "En\nbruten.")]),
        ("Ett.\n\nTvå.", [("", "Ett."), ("", "Två.")]),
        ("- a\n- b\n", [("•", "a"), ("•", "b")]),
        ("3. a\n4. b\n", [("3.", "a"), ("4.", "b")]),
        ("- a\n\n  mer\n- b", [("•", "a"), (" ", "mer"), ("•", "b")]),
        ("Se <b>här</b> & där", [("", "Se <b>här</b> & där")]),
        ("[länk](https://exempel.se)", [("", "länk (https://exempel.se)")]),
        ("Kör `x = 1`", [("", "Kör x = 1")]),
        ("    indragen", [("", "indragen")]),
        ("```\nkod\n```", [("", "kod")]),
    ],
)
def test_blocks(text: str, parts: list[tuple[str, str]]) -> None:
    assert [(each.marker, each.text) for each in prose(text)] == parts


def test_emphasis() -> None:
    assert prose("a *b* **c** ***d***") == (
        Prose(
            (
                Span("a "),
                Span("b", italic=True),
                Span(" "),
                Span("c", bold=True),
                Span(" "),
                Span("d", bold=True, italic=True),
            )
        ),
    )


@given(st.lists(st.text("abcåäö", min_size=1, max_size=8), min_size=1, max_size=8))
def test_no_word_is_lost(words: list[str]) -> None:
    for joined in ("\n\n".join(words), "- " + "\n- ".join(words), " ".join(f"*{word}*" for word in words)):
        assert " ".join(each.text for each in prose(joined)).split() == words
