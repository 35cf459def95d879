"""Answers as people type them, in a control or where one was: days, periods, choices, ticks."""

import datetime

import pytest

from docgen.formats.opc import XmlElement
from docgen.response import Response, understand
from docgen.values import Period
from tests.formats.word import edits
from tests.formats.word.edits import W, control, every, found, snippet, type_into
from tests.formats.word.test_reading import ASKED, RUN, changed

DAY = datetime.date(2027, 6, 30)


def understood(change: object) -> Response:
    assert callable(change)
    return understand("x.docx", ASKED, changed(change))


def values(response: Response) -> dict[str, object]:
    return {str(each.address): each.value for each in response.answers if each.value is not None}


@pytest.mark.parametrize("kept", ["tag", "bookmark", "place"])
@pytest.mark.parametrize(
    ("type_", "text", "value"),
    [
        ("date", "30 juni 2027", DAY),
        ("date", "2027-06-30", DAY),
        ("date", "2027\u201106\u201130", DAY),
        ("date", "30/6 2027", DAY),
        ("date", "30.6.2027", DAY),
        ("date", "den 30 juni 2027", DAY),
        ("date", "20270630", DAY),
        ("date", "onsdag 30 juni 2027", DAY),
        ("date", "Onsdag den 30 juni 2027", DAY),
        ("date", "Wednesday, 30 June 2027", DAY),
        ("date", "30 juni 2027.", DAY),
        ("period", "kvartal 3 2027", Period.from_iso("2027-Q3")),
        ("period", "Kvartal 3, 2027", Period.from_iso("2027-Q3")),
        ("period", "Q3 2027", Period.from_iso("2027-Q3")),
        ("period", "kv. 3 2027", Period.from_iso("2027-Q3")),
        ("period", "v. 26 2027", Period.from_iso("2027-W26")),
        ("period", "v.26, 2027", Period.from_iso("2027-W26")),
        ("period", "vecka 26 2027", Period.from_iso("2027-W26")),
        ("period", "2027–2030", Period.from_iso("2027/2030")),
        ("select_one", "Senare", "later"),
        ("select_one", "senare ", "later"),
        ("select_one", "not_now", "not_now"),
        ("boolean", "ja", True),
        ("boolean", "Nej.", False),
        ("organisation", "Kvinnojouren Ängeln", "kvinnojouren"),
        ("organisation", "En annan förening", "En annan förening"),
        ("one_line", "Lagföring, Skydd och stöd", ("prosecution", "protection")),
    ],
)
def test_typed_text_is_understood(type_: str, text: str, value: object, kept: str) -> None:
    def change(root: XmlElement) -> None:
        type_into(root, f"sample.{type_}", RUN.format(text))
        if kept != "tag":
            edits.strip_controls(root)
        if kept == "place":
            edits.strip_bookmarks(root)

    response = understood(change)
    assert values(response) == {f"sample.{type_}": value}
    assert (response.unplaced, response.problems) == ((), ())


@pytest.mark.parametrize(
    ("type_", "text", "code"),
    [
        ("date", "sommaren 2027", "not-a-date"),
        ("date", "kvartal 3 2027", "not-a-date"),
        ("date", "måndag 30 juni 2027", "not-a-date"),
        ("date", "6/7/2027", "date-ambiguous"),
        ("period", "v. 26", "not-a-period"),
        ("select_one", "Kanske", "not-a-choice"),
        ("boolean", "Delvis", "not-a-boolean"),
    ],
)
def test_what_is_not_understood_is_kept_as_typed(type_: str, text: str, code: str) -> None:
    response = understood(lambda root: type_into(root, f"sample.{type_}", RUN.format(text)))
    assert values(response) == {}
    assert [each.raw for each in response.answers if each.raw is not None] == [text]
    assert [each.code for each in response.problems] == [code]


@pytest.mark.parametrize(("text", "codes"), [("1 juli 2027", ["date-differs"]), ("30 juni 2027", [])])
def test_the_day_that_is_seen_wins_over_the_one_that_is_stored(text: str, codes: list[str]) -> None:
    def change(root: XmlElement) -> None:
        type_into(root, "sample.date", RUN.format(text))
        found(control(root, "sample.date"), "w:sdtPr/w:date").set(f"{W}fullDate", "2027-06-30T00:00:00Z")

    response = understood(change)
    assert values(response) == {"sample.date": datetime.date(2027, 7, 1) if codes else DAY}
    assert [(each.code, each.severity) for each in response.problems] == [(code, "warning") for code in codes]


def test_a_stored_day_alone_is_no_answer() -> None:
    """The control shows its placeholder: nobody sees a date."""

    def change(root: XmlElement) -> None:
        found(control(root, "sample.date"), "w:sdtPr/w:date").set(f"{W}fullDate", "2027-06-30T00:00:00Z")

    assert values(understood(change)) == {}


def first_box(root: XmlElement) -> XmlElement:
    return every(root, "//w:sdt[contains(w:sdtPr/w:tag/@w:val, 'sample.select_multiple#')]")[0]


@pytest.mark.parametrize("sign", ["☒", "☑", "✓", "x", "X", "v", "Ja"])
def test_a_sign_typed_into_a_box_ticks_it(sign: str) -> None:
    def change(root: XmlElement) -> None:
        for box in (first_box(root), control(root, "sample.one_box")):
            found(box, "w:sdtContent/w:r/w:t").text = sign

    response = understood(change)
    assert values(response) == {"sample.select_multiple": ("prevention",), "sample.one_box": True}
    assert (response.unplaced, response.problems) == ((), ())


@pytest.mark.parametrize("bookmarks", [True, False])
@pytest.mark.parametrize(
    ("before", "after"),
    [("☒ ", ""), ("x ", ""), ("X ", ""), ("[x] ", ""), ("(X)", ""), ("✓", ""), ("", " x"), ("", " [x]"), ("", " ✔")],
)
def test_a_sign_typed_over_a_box_ticks_it(before: str, after: str, *, bookmarks: bool) -> None:
    def change(root: XmlElement) -> None:
        for box in (first_box(root), control(root, "sample.one_box")):
            line = next(box.iterancestors(f"{W}p"))
            label = "".join(str(text) for text in line.xpath("w:r/w:t/text()", namespaces=edits.NS)).strip()
            line[1:] = [snippet(RUN.format(f"{before}{label}{after}"))]
        if not bookmarks:
            edits.strip_bookmarks(root)

    response = understood(change)
    assert values(response) == {"sample.select_multiple": ("prevention",), "sample.one_box": True}
    assert (response.unplaced, response.problems) == ((), ())


@pytest.mark.parametrize("sign", ["☐ ", "[ ] ", "() "])
def test_an_empty_box_of_ones_own_is_not_ticked(sign: str) -> None:
    def change(root: XmlElement) -> None:
        line = next(first_box(root).iterancestors(f"{W}p"))
        line[1:] = [snippet(RUN.format(f"{sign}Förebyggande arbete"))]

    response = understood(change)
    assert values(response) == {}
    assert (response.unplaced, response.problems) == ((), ())


@pytest.mark.parametrize("text", ["Vi gör allt", "✗ Förebyggande arbete", "Förebyggande arbete och mer"])
def test_words_over_a_box_are_kept(text: str) -> None:
    def change(root: XmlElement) -> None:
        line = next(first_box(root).iterancestors(f"{W}p"))
        line[1:] = [snippet(RUN.format(text))]

    assert [each.raw for each in understood(change).answers if each.raw is not None] == [text]
