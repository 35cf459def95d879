"""date: a day, however people write it."""

import datetime
import re

from docgen.fields.base import EMPTY, FieldType, Json, Parsed, Spec, not_understood, said
from docgen.locales import text as say
from docgen.values import Raw, Value

# Months by their first letters, in Swedish and English; a text may use either whatever the form's language.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "januari", "january"),
            ("feb", "februari", "february"),
            ("mar", "mars", "march"),
            ("apr", "april"),
            ("maj", "may"),
            ("jun", "juni", "june"),
            ("jul", "juli", "july"),
            ("aug", "augusti", "august"),
            ("sep", "sept", "september"),
            ("okt", "oct", "oktober", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}

# Days of the week from Monday on, in Swedish and English.
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("måndag", "mån", "monday", "mon"),
            ("tisdag", "tis", "tuesday", "tue"),
            ("onsdag", "ons", "wednesday", "wed"),
            ("torsdag", "tors", "tor", "thursday", "thu"),
            ("fredag", "fre", "friday", "fri"),
            ("lördag", "lör", "saturday", "sat"),
            ("söndag", "sön", "sunday", "sun"),
        )
    )
    for name in names
}
_WEEKDAY = re.compile(r"([a-zåäö]+)\.?,? +(?=\S*\d|den )", re.IGNORECASE)

_ISO = re.compile(r"(\d{4})[-‐‑–./](\d{1,2})[-‐‑–./](\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_DAY_NAME_YEAR = re.compile(
    r"(?:den )?(\d{1,2})(?:\.|:?e|:?a|st|nd|rd|th)? ?(?:of )?([a-zåäö]+)\.?,? (\d{4})", re.ASCII | re.IGNORECASE
)
_NAME_DAY_YEAR = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.ASCII | re.IGNORECASE)
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})([./-]) ?(\d{1,2})([./ -]) ?(\d{4})", re.ASCII)


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def parse_date(text: str) -> tuple[datetime.date, ...]:
    """The days a text may mean: none if it is no date, two if it reads both ways (6/7/2027)."""
    text = " ".join(text.split())
    text = text.removesuffix(".")
    weekday = _WEEKDAY.match(text)
    if weekday and weekday[1].casefold() in _WEEKDAYS:
        days = parse_date(text[weekday.end() :])
        return tuple(day for day in days if day.weekday() == _WEEKDAYS[weekday[1].casefold()])
    for pattern in (_ISO, _COMPACT):
        match = pattern.fullmatch(text)
        if match:
            return _only(_day(*(int(part) for part in match.groups())))
    match = _DAY_NAME_YEAR.fullmatch(text)
    if match and match[2].casefold() in _MONTHS:
        return _only(_day(int(match[3]), _MONTHS[match[2].casefold()], int(match[1])))
    match = _NAME_DAY_YEAR.fullmatch(text)
    if match and match[1].casefold() in _MONTHS:
        return _only(_day(int(match[3]), _MONTHS[match[1].casefold()], int(match[2])))
    match = _DAY_MONTH_YEAR.fullmatch(text)
    if match:
        first, second, year = int(match[1]), int(match[3]), int(match[5])
        # 6.7.2027 and 6/7 2027 are day and month wherever they are written; 6/7/2027 is not.
        day_first = match[2] == "." or match[4] == " "
        readings = (_day(year, second, first), None if day_first else _day(year, first, second))
        return tuple(dict.fromkeys(day for day in readings if day is not None))
    return ()


def _only(day: datetime.date | None) -> tuple[datetime.date, ...]:
    return () if day is None else (day,)


def _parse(raw: Raw, spec: Spec) -> Parsed:  # noqa: ARG001 - the signature of every field type
    text = raw.text.strip()
    if not text:
        if raw.date is not None:
            return Parsed(raw.date)
        return EMPTY if raw.empty else not_understood("not-a-date", text=said(raw))
    days = parse_date(text)
    if raw.date is not None and raw.date in days:
        return Parsed(raw.date)
    if len(days) > 1:
        return not_understood("date-ambiguous", text=text, one=str(days[0]), other=str(days[1]))
    if not days:
        return not_understood("not-a-date", text=text)
    if raw.date is not None:
        return Parsed(days[0], code="date-differs", args={"text": text, "stored": str(raw.date)})
    return Parsed(days[0])


def _show(value: datetime.date, spec: Spec) -> str:  # noqa: ARG001
    return value.isoformat()


def _to_json(value: datetime.date, spec: Spec) -> Json:  # noqa: ARG001
    return value.isoformat()


def _from_json(data: Json, spec: Spec) -> Value:  # noqa: ARG001
    """An ISO 8601 date, as text or as YAML gives it.

    Raises:
        ValueError: it is none.
    """
    if isinstance(data, datetime.date) and not isinstance(data, datetime.datetime):
        return data
    return datetime.date.fromisoformat(str(data))


DATE = FieldType("date", _parse, _show, _to_json, _from_json, example=lambda spec: say(spec.language, "form.date"))
