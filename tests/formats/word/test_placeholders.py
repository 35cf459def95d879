"""Placeholders that somebody typed into: the answer is what was typed, all of it, and none of the printed words."""

import pytest

from docgen.formats.opc import XmlElement
from docgen.formats.word.placeholders import typed
from tests.formats.word import edits
from tests.formats.word.edits import control, every, found
from tests.formats.word.test_reading import TEXT, changed, clean, texts

WRITE = "Skriv här"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Skriv häPolisen leder", "Polisen leder"),
        ("Skriv häpolisen leder", "polisen leder"),
        ("Skriv hPolisen leder", "Polisen leder"),
        ("Skriv h 3 av 5", "3 av 5"),
        ("SkriPolisen leder", "Polisen leder"),
        ("Skriv härPolisen leder", "Polisen leder"),
        ("Skriv härpolisen leder", "polisen leder"),
        ("Skriv här Polisen leder", "Polisen leder"),
        ("Skriv här\nPolisen leder\ntvå", "Polisen leder\ntvå"),
        ("Polisen leder\nSkriv här", "Polisen leder"),
        ("Polisen lederSkriv här", "Polisen leder"),
        ("SkrPolisen lederiv här", "Polisen leder"),
        ("Skriv Polisen leder här", "Polisen leder"),
        ("SkrivPolisen leder här", "Polisen leder"),
        ("Skriv Polisen lederhär", "Polisen leder"),
        ("Polisen leder.kriv här", "Polisen leder."),
        ("Skriv hä", ""),
        ("Skri", ""),
        ("Sk", "Sk"),
    ],
)
def test_a_placeholder_typed_into(text: str, left: str) -> None:
    assert typed(text, WRITE) == left


@pytest.mark.parametrize(
    "text",
    [
        "Skriv handbok för nyanställda",
        "Skriv",
        "Skriv ner alla rutiner",
        "Skriver vi under?",
        "Skolan leder",
        "Var inte rädd att beskriv här",
        "Här",
        "Mötet är här",
        "skriv här",
    ],
)
def test_a_persons_own_words_stay_though_they_look_like_it(text: str) -> None:
    assert typed(text, WRITE) == text


@pytest.mark.parametrize(
    ("text", "placeholder", "left"),
    [
        ("VäljNu", "Välj", "Nu"),
        ("Välj: Nu", "Välj", ": Nu"),
        ("NuVälj", "Välj", "Nu"),
        ("Väljarföreningen", "Välj", "Väljarföreningen"),
        ("Nyval", "Välj", "Nyval"),
        ("ÅÅÅÅ-MM-DD 2027-06-30", "ÅÅÅÅ-MM-DD", "2027-06-30"),
        ("2027-06-30ÅÅÅÅ-MM-DD", "ÅÅÅÅ-MM-DD", "2027-06-30"),
        ("ÅÅÅÅ-MM-D2027-06-30", "ÅÅÅÅ-MM-DD", "2027-06-30"),
        ("t.ex. 2028", "t.ex. 2027", "t.ex. 2028"),
        ("Write hePolice", "Write here", "Police"),
    ],
)
def test_other_placeholders(text: str, placeholder: str, left: str) -> None:
    assert typed(text, placeholder) == left


@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("kept", ["tag", "bookmark", "place"])
@pytest.mark.parametrize("shown", ["Skriv häPolisen", "SkrivPolisen här", "PolisenSkriv här", "Polisen"])
def test_in_the_control_and_where_it_is_gone(shown: str, kept: str, *, marked: bool) -> None:
    def change(root: XmlElement) -> None:
        sdt = control(root, TEXT)
        found(sdt, "w:sdtContent/w:r/w:t").text = shown
        for mark in [] if marked else every(sdt, "w:sdtPr/w:showingPlcHdr"):
            mark.getparent().remove(mark)  # type: ignore[union-attr]
        if kept != "tag":
            edits.strip_controls(root)
        if kept == "place":
            edits.strip_bookmarks(root)

    reading = changed(change)
    assert texts(reading) == {TEXT: "Polisen"}
    assert clean(reading)
