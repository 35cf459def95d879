"""For each field type: a spec, typical values, values at the edge, and a strategy of all its values."""

import datetime
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from docgen.fields import FIELD_TYPES, Option, Spec, Target
from docgen.fields.base import find_option
from docgen.values import Literal, Period, Raw, Reference, Signature, normalise

OPTIONS = (
    Option("now", "Nu"),
    Option("later", "Senare, om pengarna räcker"),
    Option("not_now", "Inte nu; kanske aldrig"),
    Option("never", "now"),  # a label that is another option's name: the label counts
)
LITERALS = (Option("whole", "Arbetet i stort"), Option("not_counted", "Räknas inte hos oss"))
ONE_TABLE = (Target("aims.list", "Delmål", 3),)
TWO_TABLES = (Target("aims.list", "Delmål", 3), Target("aims.other", "Stöd", 2))

_DIGITS = st.integers(min_value=-(10**20), max_value=10**20)
_ANY_TEXT = st.text(max_size=60)
_LETTERS = st.text("abcdefghijåäö", min_size=2, max_size=12)

texts = _ANY_TEXT.map(normalise).filter(lambda text: bool(text.strip()))
decimals = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=None
).filter(lambda number: abs(number.adjusted()) < 18 and len(number.as_tuple().digits) < 20)
_years = st.integers(1000, 9999)
years = _years.map(lambda year: Period(year, year))
quarters = st.builds(lambda year, part: Period(year, year, part, "quarter"), _years, st.integers(1, 4))
weeks = st.builds(lambda year, part: Period(year, year, part, "week"), _years, st.integers(1, 52))
spans = st.tuples(_years, _years).map(lambda pair: Period(min(pair), max(pair), 0, "span"))
emails = st.builds(lambda name, host: f"{name}@{host}.se", _LETTERS, _LETTERS)
phones = st.text("0123456789", min_size=3, max_size=15).map(lambda digits: f"+{digits}")
names = st.sampled_from([option.name for option in OPTIONS])
references = st.builds(lambda row: Reference("aims.list", row), st.integers(1, 99_999))


@dataclass(frozen=True)
class Case:
    """What the contract suite needs to know of a field type, in one of its looks."""

    spec: Spec
    typical: tuple[Any, ...]
    values: SearchStrategy[Any]
    malformed: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return (
            f"{self.spec.type}-{self.spec.appearance or len(self.spec.targets) or len(self.spec.literals) or 'plain'}"
        )


def _case(type_: str, typical: tuple[Any, ...], values: SearchStrategy[Any], *malformed: str, **spec: Any) -> Case:
    return Case(Spec(type_, **spec), typical, values, malformed)


_free_names = texts.map(str.strip).filter(lambda text: bool(text) and find_option(text, OPTIONS) is None)
_literals = st.sampled_from([Literal(option.name) for option in LITERALS])
_many = st.sets(names, min_size=1).map(lambda chosen: tuple(o.name for o in OPTIONS if o.name in chosen))

CASES = (
    _case("text", ("En rad", "  indragen", "=1+1", "två\nrader"), texts),
    _case("paragraph", ("En\n\ntvå", "\tmed tabb"), texts),
    _case("integer", (0, -5, 2027, 10_000, 10**20), _DIGITS, "1,5", "ca 5000", "fem", "1.5.5", "SANT"),
    _case("integer", (Literal("not_counted"), 7), _literals | _DIGITS, "räknas", literals=LITERALS),
    _case(
        "decimal",
        (Decimal("0.5"), Decimal("1.234"), Decimal("-1234567.125"), Decimal("1E+5"), Decimal("0.0000001")),
        decimals,
        "ca 5000",
        "1,2,3",
        "12 34",
        "#DIV/0!",
    ),
    _case("money", (Decimal(12_000), Decimal("0.50"), Decimal(-3)), decimals, "ca 5 tkr", "5 usd", "gratis", unit="kr"),
    _case(
        "percent",
        (Decimal("0.25"), Decimal(0), Decimal("1.5"), Decimal("0.00125"), Decimal("-0.07")),
        decimals,
        "0,25",
        "%",
        "25 %%",
        "en fjärdedel",
        "12.000 %",
    ),
    _case("percent", (Literal("whole"), Decimal("0.5")), _literals | decimals, "?", literals=LITERALS),
    _case("money", (Literal("whole"), Decimal(7)), _literals | decimals, "?", literals=LITERALS, unit="tkr"),
    _case(
        "date",
        (datetime.date(2027, 6, 30), datetime.date.min, datetime.date.max, datetime.date(2028, 2, 29)),
        st.dates(),
        "sommaren 2027",
        "2027-02-30",
        "30.6.27",
        "2027",
    ),
    _case("period", (Period(2027, 2027), Period(2027, 2030, 0, "span")), years | quarters | weeks | spans, "hösten"),
    _case("period", (Period(2027, 2027),), years, "2027-Q3", "27", "0999", appearance="year"),
    _case("period", (Period(2027, 2027, 3, "quarter"),), quarters, "2027", "kv 5 2027", appearance="quarter"),
    _case("period", (Period(2026, 2026, 53, "week"),), weeks, "v 54 2027", "2027", appearance="week"),
    _case("period", (Period(2027, 2030, 0, "span"),), spans, "2030-2027", "2027", appearance="span"),
    _case("select_one", ("now", "later", "never"), names, "Nu; Senare", "kanske", options=OPTIONS),
    _case("select_multiple", (("now", "later"), ("not_now",)), _many, "Nu; kanske", "kanske", options=OPTIONS),
    _case("select_multiple", (("later", "not_now"),), _many, "x", options=OPTIONS, appearance="minimal"),
    _case("boolean", (True, False), st.booleans(), "kanske", "ja och nej"),
    _case("boolean", (True, False), st.booleans(), "7", appearance="checkbox"),
    _case("email", ("namn@kommunen.se", "a.b+c@å.example"), emails, "namn", "a@b", "a@b.se och c@d.se", "@" * 300),
    _case(
        "phone",
        ("112", "070-174 06 05", "+46 (0)8 123 45 67", "08-123 ankn. 45"),
        phones,
        "fråga Anna",
        "0" + " " * 999,
    ),
    _case("organisation", ("now", "Fonden i Näs"), names | _free_names, options=OPTIONS),
    _case(
        "reference",
        (Reference("aims.list", 1), Reference("aims.list", 99_999), Literal("whole")),
        references | _literals,
        "Delmål",
        "Delmål 1, Delmål 3",
        "Delmål 1-3",
        "Delmål 1/2",
        "Delmål 1 och 2",
        "2,5",
        "0",
        "Delmål " + "9" * 5000,
        targets=ONE_TABLE,
        literals=LITERALS,
    ),
    _case("reference", (Reference("aims.other", 2),), references, "2", "Mål 1", targets=TWO_TABLES),
    _case(
        "signature",
        (Signature(present=True), Signature(present=True, by="Anna Ås"), Signature(present=False, by="Anna")),
        st.builds(Signature, st.booleans(), texts.map(str.strip) | st.none()).filter(
            lambda each: each.present or each.by is not None
        ),
    ),
)

in_both = tuple(
    replace(case, spec=replace(case.spec, language=language)) for case in CASES for language in ("sv", "en")
)


def raw_of(case: Case, value: Any) -> Raw:
    """What a control says in which a person typed what the form would show.

    A signature is not typed: what the file says beside the name comes with it.
    """
    shown = FIELD_TYPES[case.spec.type].show(value, case.spec)
    return Raw(shown, signed=value.present if isinstance(value, Signature) else None)
