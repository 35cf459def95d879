"""Numbers, dates, periods and choices as people type them (measured on returned files).

1. What is unmistakable is accepted, whatever blanks and marks it was typed with.
2. What reads two ways is asked about, never guessed.
3. What is not of the kind is a problem, and keeps its text.
"""

import datetime
from decimal import Decimal
from typing import Any

import pytest

from docgen.fields import FIELD_TYPES, Option, Spec, Target
from docgen.fields.amounts import plain_string, show_number
from docgen.values import Literal, Period, Raw, Reference

AMBIGUOUS = "number-ambiguous"
PROBLEM = "not-a-number"

AMOUNTS = [
    ("12000", "12000"),
    ("12 000", "12000"),
    ("12 000 kr", "12000"),
    ("12 000 KR.", "12000"),
    ("12\N{NO-BREAK SPACE}000 kr", "12000"),
    ("12\N{NARROW NO-BREAK SPACE}000", "12000"),
    ("12\N{THIN SPACE}000", "12000"),
    ("12\N{FIGURE SPACE}000", "12000"),
    ("12 000:-", "12000"),
    ("12 000,-", "12000"),
    ("12 000 SEK", "12000"),
    ("12 000 kronor", "12000"),
    ("1.234,50", "1234.50"),
    ("1,234.50", "1234.50"),
    ("1 234,50", "1234.50"),
    ("1'234.50", "1234.50"),
    ("1’234.50", "1234.50"),
    ("1.234.567", "1234567"),
    ("1,234,567", "1234567"),
    ("1,234,567.8", "1234567.8"),
    ("1234,567", "1234.567"),
    ("1 234,567", "1234.567"),
    ("0,125", "0.125"),
    ("12,5", "12.5"),
    ("12.50", "12.50"),
    ("5 tkr", "5000"),
    ("5tkr", "5000"),
    ("5 TKR.", "5000"),
    ("2,5 mkr", "2500000"),
    ("2.5 Mnkr", "2500000"),
    ("1 200 ksek", "1200000"),
    ("-500", "-500"),
    ("- 500", "-500"),
    ("\N{MINUS SIGN}500 kr", "-500"),
    ("\N{EN DASH}500", "-500"),
    ("+500", "500"),
    ("007", "7"),
    ("123456789012345678901234567890", "123456789012345678901234567890"),
    ("-123456789012345678901234567890,55", "-123456789012345678901234567890.55"),
    ("12.000", AMBIGUOUS),
    ("1,234", AMBIGUOUS),
    ("-1,234", AMBIGUOUS),
    ("1,234 kr", AMBIGUOUS),
    ("1.500 tkr", AMBIGUOUS),
    ("ca 5000", PROBLEM),
    ("5000 (cirka)", PROBLEM),
    ("5000-6000", PROBLEM),
    ("5 000 + moms", PROBLEM),
    ("SANT", PROBLEM),
    ("TRUE", PROBLEM),
    ("#REF!", PROBLEM),
    ("#DIV/0!", PROBLEM),
    ("12\n000", PROBLEM),
    ("12 34", PROBLEM),
    ("1 2345", PROBLEM),
    ("1234 567", PROBLEM),
    ("1,23,4", PROBLEM),
    ("+-5", PROBLEM),
    ("--5", PROBLEM),
    ("1e5", PROBLEM),
    ("½", PROBLEM),
    ("٣", PROBLEM),
    ("kr", PROBLEM),
    ("tkr", PROBLEM),
    ("9" * 200, PROBLEM),
]


@pytest.mark.parametrize(("typed", "wanted"), AMOUNTS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_amounts(typed: str, wanted: str, language: str) -> None:
    parsed = FIELD_TYPES["money"].parse(Raw(typed), Spec("money", language, unit="kr"))
    if wanted in {AMBIGUOUS, PROBLEM}:
        assert parsed.code == wanted
        assert parsed.args["text"] == typed
        assert not parsed.understood
    else:
        assert parsed.value == Decimal(wanted)


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        (Raw("25"), "0.25"),
        (Raw("25 %"), "0.25"),
        (Raw("25procent"), "0.25"),
        (Raw("12,5 per cent"), "0.125"),
        (Raw("0,5 %"), "0.005"),
        (Raw("120"), "1.2"),
        (Raw("1"), "0.01"),
        (Raw("0"), "0"),
        (Raw("25,0 %", number=Decimal("0.25")), "0.25"),  # a cell that shows percent
        (Raw("25", number=Decimal(25)), "0.25"),  # a cell that lost its number format
        (Raw("1234567890123456789012345678901,25 %"), "12345678901234567890123456789.0125"),
    ],
)
def test_a_percentage_is_a_fraction(raw: Raw, wanted: str) -> None:
    assert FIELD_TYPES["percent"].parse(raw, Spec("percent", "sv")).value == Decimal(wanted)


@pytest.mark.parametrize("raw", [Raw("0,25"), Raw("-0,5"), Raw("0,25", number=Decimal("0.25"))])
def test_a_number_below_one_without_a_sign_is_asked_about(raw: Raw) -> None:
    parsed = FIELD_TYPES["percent"].parse(raw, Spec("percent", "sv"))
    assert (parsed.understood, parsed.code) == (False, "percent-ambiguous")


def test_a_percentage_that_reads_two_ways_names_both() -> None:
    parsed = FIELD_TYPES["percent"].parse(Raw("0,25"), Spec("percent", "sv"))
    assert (parsed.args["one"], parsed.args["other"]) == ("25\xa0%", "0,25\xa0%")


def test_an_amount_in_thousands_is_echoed_and_an_ambiguous_one_told_both_ways() -> None:
    money = FIELD_TYPES["money"]
    echoed = money.parse(Raw("2,5 mkr"), Spec("money", "sv", unit="kr"))
    assert (echoed.code, echoed.args["amount"]) == ("amount-understood", "2\xa0500\xa0000")
    asked = money.parse(Raw("12.000"), Spec("money", "sv"))
    assert (asked.args["one"], asked.args["other"]) == ("12\xa0000", "12")


@pytest.mark.parametrize(
    ("typed", "wanted", "code"),
    [
        ("5", "5", None),
        ("5 tkr", "5", None),
        ("5 mkr", "5000", "amount-understood"),
        ("500 kr", "0.5", "amount-understood"),
    ],
)
def test_a_field_that_counts_in_thousands(typed: str, wanted: str, code: str | None) -> None:
    parsed = FIELD_TYPES["money"].parse(Raw(typed), Spec("money", "sv", unit="tkr"))
    assert (parsed.value, parsed.code) == (Decimal(wanted), code)


@pytest.mark.parametrize(
    ("raw", "type_", "wanted"),
    [
        (Raw("12 000,00", number=Decimal(12_000)), "money", Decimal(12_000)),
        (Raw("25 h"), "decimal", Decimal(25)),
        (Raw("25 timmar"), "decimal", PROBLEM),
        (Raw("3,0"), "integer", 3),
        (Raw("2,5"), "integer", "not-an-integer"),
        (Raw("2,5", number=Decimal("2.5")), "integer", "not-an-integer"),
        (Raw("12.000"), "integer", AMBIGUOUS),
        (Raw(truth=True), "integer", PROBLEM),
        (Raw(truth=False), "money", PROBLEM),
        (Raw(date=datetime.date(2027, 1, 1)), "decimal", PROBLEM),
        (Raw(number=Decimal("NaN")), "decimal", PROBLEM),
        (Raw(number=Decimal("Infinity")), "integer", PROBLEM),
        (Raw(number=Decimal("1E+300")), "money", PROBLEM),
        (Raw("räknas inte hos oss."), "integer", Literal("not_counted")),
        (Raw("NOT_COUNTED"), "money", Literal("not_counted")),
    ],
)
def test_numbers_and_what_a_cell_says_beside_them(raw: Raw, type_: str, wanted: Any) -> None:
    literals = (Option("not_counted", "Räknas inte hos oss"),)
    parsed = FIELD_TYPES[type_].parse(raw, Spec(type_, "sv", literals=literals, unit="h" if type_ == "decimal" else ""))
    assert (parsed.code if isinstance(wanted, str) else parsed.value) == wanted


@pytest.mark.parametrize(
    ("number", "sv", "en", "plain"),
    [
        ("1234567.5", "1\xa0234\xa0567,5", "1\xa0234\xa0567.5", "1234567.5"),
        ("1.234", "1,2340", "1.2340", "1.234"),
        ("1E+3", "1\xa0000", "1\xa0000", "1000"),
        ("-0.00", "0,00", "0.00", "0"),
        ("-12", "-12", "-12", "-12"),
    ],
)
def test_numbers_as_shown(number: str, sv: str, en: str, plain: str) -> None:
    shown = [show_number(Decimal(number), language) for language in ("sv", "en")]
    assert (*shown, plain_string(Decimal(number))) == (sv, en, plain)


JUNE = datetime.date(2027, 6, 30)

DATES = [
    ("2027-06-30", JUNE),
    ("2027-6-30", JUNE),
    ("2027/06/30", JUNE),
    ("2027.06.30", JUNE),
    ("2027\N{EN DASH}06\N{EN DASH}30", JUNE),
    ("2027-06-30 00:00:00", JUNE),
    ("20270630", JUNE),
    ("30 juni 2027", JUNE),
    ("30  Juni  2027", JUNE),
    ("den 30 juni 2027", JUNE),
    ("30:e juni 2027", JUNE),
    ("30. juni 2027", JUNE),
    ("30\N{NO-BREAK SPACE}jun. 2027", JUNE),
    ("30/6 2027", JUNE),
    ("30/6/2027", JUNE),
    ("30.6.2027", JUNE),
    ("30-06-2027", JUNE),
    ("6/30/2027", JUNE),
    ("June 30, 2027", JUNE),
    ("June 30th, 2027", JUNE),
    ("30th of June 2027", JUNE),
    ("6/7 2027", datetime.date(2027, 7, 6)),
    ("6.7.2027", datetime.date(2027, 7, 6)),
    ("7/7/2027", datetime.date(2027, 7, 7)),
    ("1 maj 2027", datetime.date(2027, 5, 1)),
    ("1 may 2027", datetime.date(2027, 5, 1)),
    ("29 feb 2028", datetime.date(2028, 2, 29)),
    ("6/7/2027", "date-ambiguous"),
    ("06-07-2027", "date-ambiguous"),
    ("29 feb 2027", "not-a-date"),
    ("2027-13-01", "not-a-date"),
    ("31/6 2027", "not-a-date"),
    ("30 juni", "not-a-date"),
    ("30/6 27", "not-a-date"),
    ("27-06-30", "not-a-date"),
    ("juni 2027", "not-a-date"),
    ("sommaren 2027", "not-a-date"),
    ("senast 2027-06-30", "not-a-date"),
    ("2027-06-30 eller 2027-07-01", "not-a-date"),
    ("30 juno 2027", "not-a-date"),
    ("v. 26 2027", "not-a-date"),
    ("0000-01-01", "not-a-date"),
]


@pytest.mark.parametrize(("typed", "wanted"), DATES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_dates(typed: str, wanted: datetime.date | str, language: str) -> None:
    parsed = FIELD_TYPES["date"].parse(Raw(typed), Spec("date", language))
    assert (parsed.code or parsed.value) == wanted
    assert parsed.understood == isinstance(wanted, datetime.date)


@pytest.mark.parametrize(
    ("raw", "wanted", "code"),
    [
        (Raw(date=JUNE), JUNE, None),
        (Raw("30 juni 2027", date=JUNE), JUNE, None),
        (Raw("6/7/2027", date=datetime.date(2027, 6, 7)), datetime.date(2027, 6, 7), None),  # the file settles it
        (Raw("1 juli 2027", date=JUNE), datetime.date(2027, 7, 1), "date-differs"),  # the text wins
        (Raw("sommaren", date=JUNE), None, "not-a-date"),
        (Raw(number=Decimal(46568)), None, "not-a-date"),
        (Raw(truth=False), None, None),
    ],
)
def test_a_date_control_says_two_things(raw: Raw, wanted: datetime.date | None, code: str | None) -> None:
    parsed = FIELD_TYPES["date"].parse(raw, Spec("date"))
    assert (parsed.value, parsed.code) == (wanted, code)


PERIODS = [
    ("2027", "2027"),
    ("2027-Q3", "2027-Q3"),
    ("kvartal 3 2027", "2027-Q3"),
    ("Kv. 3 2027", "2027-Q3"),
    ("2027 kv3", "2027-Q3"),
    ("Q3 2027", "2027-Q3"),
    ("quarter 3, 2027", "2027-Q3"),
    ("vecka 26 2027", "2027-W26"),
    ("v. 26 2027", "2027-W26"),
    ("v.26, 2027", "2027-W26"),
    ("2027-W26", "2027-W26"),
    ("2027 v 5", "2027-W05"),
    ("week 26 2027", "2027-W26"),
    ("2027\N{EN DASH}2030", "2027/2030"),
    ("2027-2030", "2027/2030"),
    ("2027 till 2030", "2027/2030"),
    ("2027 to 2030", "2027/2030"),
    ("2027/2027", "2027/2027"),
    ("2030-2027", None),
    ("kvartal 5 2027", None),
    ("v 54 2027", None),
    ("vecka 0 2027", None),
    ("27", None),
    ("0027", None),
    ("våren 2027", None),
    ("2027-06", None),
    ("2027-06-30", None),
]


@pytest.mark.parametrize(("typed", "iso"), PERIODS)
def test_periods(typed: str, iso: str | None) -> None:
    parsed = FIELD_TYPES["period"].parse(Raw(typed), Spec("period", "sv"))
    assert (parsed.value and str(parsed.value)) == iso
    assert parsed.code == (None if iso else "not-a-period")


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (Raw(number=Decimal(2027)), Period(2027, 2027)),
        (Raw("2027", number=Decimal(2027)), Period(2027, 2027)),
        (Raw(number=Decimal("2027.5")), None),
        (Raw(date=JUNE), None),
    ],
)
def test_a_year_in_a_cell(raw: Raw, value: Period | None) -> None:
    parsed = FIELD_TYPES["period"].parse(raw, Spec("period", appearance="year"))
    assert parsed.value == value
    assert parsed.understood == (value is not None)


OPTIONS = (Option("a", "Stöd, skydd; boende"), Option("b", "Stöd"), Option("c", "Lagföring."), Option("d", "b"))


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Stöd", ("b",)),
        ("stöd ; LAGFÖRING", ("b", "c")),
        ("Stöd, Lagföring", ("b", "c")),
        ("Stöd\nLagföring", ("b", "c")),
        ("Stöd, skydd; boende", ("a",)),
        ("Stöd, skydd; boende; Stöd", ("a", "b")),
        ("Lagföring; Stöd, skydd; boende, Stöd;", ("a", "b", "c")),
        ("b", ("d",)),
        ("c", ("c",)),
        ("Stöd; skydd", None),
        ("; ,", None),
        ("Stöd;" * 600, None),
    ],
)
def test_several_choices_on_a_line(typed: str, names: tuple[str, ...] | None) -> None:
    parsed = FIELD_TYPES["select_multiple"].parse(Raw(typed), Spec("select_multiple", "sv", options=OPTIONS))
    assert (parsed.value, parsed.understood) == (names, names is not None)


@pytest.mark.parametrize(
    ("raw", "type_", "wanted"),
    [
        (Raw(chosen=("a", "b")), "select_multiple", ("a", "b")),
        (Raw("Lagföring", chosen=("a",)), "select_multiple", ("a", "c")),
        (Raw("och mer", chosen=("a",)), "select_multiple", None),
        (Raw(chosen=("a", "gone")), "select_multiple", None),
        (Raw(truth=True), "select_multiple", None),
        (Raw(chosen=("a", "b")), "select_one", None),
        (Raw(chosen=("gone",)), "select_one", None),
        (Raw(number=Decimal(3)), "select_one", None),
        (Raw(chosen=("a", "b")), "organisation", None),
        (Raw("Stöd"), "organisation", "b"),
        (Raw(" Nya föreningen "), "organisation", "Nya föreningen"),
        (Raw(number=Decimal(3)), "organisation", "3"),
        (Raw(number=Decimal(112)), "text", "112"),
        (Raw(number=Decimal(112)), "phone", "112"),
        (Raw(truth=True), "email", None),
        (Raw("<mailto:a@b.se>"), "email", "a@b.se"),
    ],
)
def test_what_stands_in_a_control_is_never_taken_for_nothing(raw: Raw, type_: str, wanted: Any) -> None:
    parsed = FIELD_TYPES[type_].parse(raw, Spec(type_, "sv", options=OPTIONS))
    assert (parsed.value, parsed.understood) == (wanted, wanted is not None)


@pytest.mark.parametrize(
    ("raw", "look", "wanted"),
    [
        (Raw("Ja"), None, True),
        (Raw("yes."), None, True),
        (Raw("X"), "checkbox", True),
        (Raw("☒"), "checkbox", True),
        (Raw("☐"), "checkbox", None),
        (Raw("☐"), None, False),
        (Raw("nej!"), None, False),
        (Raw(truth=True), "checkbox", True),
        (Raw(truth=False), "checkbox", None),
        (Raw(truth=False), None, False),
        (Raw(number=Decimal(1)), None, True),
        (Raw(number=Decimal(0)), None, False),
        (Raw("FALSKT", truth=False), None, False),
    ],
)
def test_yes_and_no(raw: Raw, look: str | None, wanted: bool | None) -> None:
    parsed = FIELD_TYPES["boolean"].parse(raw, Spec("boolean", "sv", look))
    assert (parsed.value, parsed.understood) == (wanted, True)


@pytest.mark.parametrize(
    ("typed", "row"),
    [
        ("Delmål 2", 2),
        ("delmål 2", 2),
        ("Delmål nr 2", 2),
        ("Delmål 2.", 2),
        ("Delmål 2: fler stödsamtal", 2),
        ("Delmål 2 (fler stödsamtal)", 2),
        ("Delmål 2 \N{EN DASH} fler stödsamtal", 2),
        ("2", 2),
        ("nr 2", 2),
        ("aims.list[2]", 2),
        ("Delmål 02", 2),
        ("Delmål 0", None),
        ("Delmål 2 och Delmål 3", None),
        ("Delmål 2, 3", None),
        ("Delmål 2-3", None),
        ("Delmål 2: och 3", None),
        ("Delmål 2b", None),
        ("Delmål 2,5", None),
        ("Delmål ½", None),
        ("Mål 2", None),
        ("aims.list[2] och mer", None),
    ],
)
def test_references(typed: str, row: int | None) -> None:
    spec = Spec("reference", "sv", targets=(Target("aims.list", "Delmål", 3),))
    parsed = FIELD_TYPES["reference"].parse(Raw(typed), spec)
    assert parsed.value == (Reference("aims.list", row) if row else None)
    assert parsed.understood == (row is not None)


def test_two_tables_with_the_same_word_for_a_row_are_not_guessed_between() -> None:
    targets = (Target("aims.list", "Rad", 3), Target("aims.other", "Rad", 3))
    assert FIELD_TYPES["reference"].parse(Raw("Rad 2"), Spec("reference", targets=targets)).code == "not-a-reference"
