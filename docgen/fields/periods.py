"""period: a year, a quarter, a week or a span of years."""

import re

from docgen.fields.base import EMPTY, FieldType, Json, Parsed, Spec, not_understood, said, whole_number
from docgen.locales import text as say
from docgen.values import Period, Raw, Value

_FORMS = (
    (re.compile(r"(?P<year>\d{4})", re.ASCII), "{year}"),
    (re.compile(r"(?P<year>\d{4})\W*(?:q|kv|kvartal|quarter)\.?\W*(?P<part>[1-4])", re.ASCII), "{year}-Q{part}"),
    (re.compile(r"(?:q|kv|kvartal|quarter)\.?\W*(?P<part>[1-4])\W*(?P<year>\d{4})", re.ASCII), "{year}-Q{part}"),
    (re.compile(r"(?P<year>\d{4})\W*(?:w|v|vecka|week)\.?\W*(?P<part>\d{1,2})", re.ASCII), "{year}-W{part:0>2}"),
    (re.compile(r"(?:w|v|vecka|week)\.?\W*(?P<part>\d{1,2})\W+(?P<year>\d{4})", re.ASCII), "{year}-W{part:0>2}"),
    (re.compile(r"(?P<year>\d{4})\s*(?:[-‐‑–—/]|till|to|t\.o\.m\.)\s*(?P<part>\d{4})"), "{year}/{part}"),
)


def parse_period(text: str) -> Period | None:
    """The period a text says ("kvartal 3 2027", "v. 26 2027", "2027–2030"); None if it says none."""
    text = " ".join(text.casefold().split())
    for pattern, iso in _FORMS:
        match = pattern.fullmatch(text)
        if match:
            try:
                return Period.from_iso(iso.format(**match.groupdict()))
            except ValueError:
                return None
    return None


def _parse(raw: Raw, spec: Spec) -> Parsed:
    year = whole_number(raw.number)  # a year typed into a spreadsheet cell
    text = raw.text.strip() or (said(raw) if year is None else str(year))
    if not text or raw.empty:
        return EMPTY
    period = parse_period(text)
    if period is None or (spec.appearance is not None and period.kind != spec.appearance):
        return not_understood("not-a-period", text=text, example=_example(spec))
    return Parsed(period)


def _show(value: Period, spec: Spec) -> str:
    return say(spec.language, f"period.{value.kind}", first=value.first, last=value.last, part=value.part)


def _to_json(value: Period, spec: Spec) -> Json:  # noqa: ARG001 - the signature of every field type
    return str(value)


def _from_json(data: Json, spec: Spec) -> Value:
    """``2027``, ``2027-Q3``, ``2027-W26`` or ``2027/2030``, of the kind the field asks for.

    Raises:
        ValueError: it is none of these.
    """
    period = Period.from_iso(str(data))
    if spec.appearance is not None and period.kind != spec.appearance:
        raise ValueError(data)
    return period


def _example(spec: Spec) -> str:
    return say(spec.language, f"period.example.{spec.appearance or 'any'}")


PERIOD = FieldType(
    "period", _parse, _show, _to_json, _from_json, frozenset({"year", "quarter", "week", "span"}), example=_example
)
