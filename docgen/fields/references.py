"""reference: a row of a table, by its printed number."""

import re

from docgen.fields.base import (
    EMPTY,
    FieldType,
    Json,
    Option,
    Parsed,
    Spec,
    Target,
    find_option,
    not_understood,
    said,
    whole_number,
)
from docgen.values import Literal, Raw, Reference, Value, same_words

_MAX_ROW_DIGITS = 5


def choices(spec: Spec) -> tuple[Option, ...]:
    """What a drop-down offers: the literals, then every printed row of every table, "Delmål 1" and so on."""
    rows = tuple(
        Option(f"{target.table}[{number}]", f"{target.row_label} {number}")
        for target in spec.targets
        for number in range(1, target.rows + 1)
    )
    return spec.literals + rows


def _parse(raw: Raw, spec: Spec) -> Parsed:
    number = whole_number(raw.number)
    text = "; ".join(raw.chosen) or raw.text.strip() or (said(raw) if number is None else str(number))
    if not text or raw.empty:
        return EMPTY
    literal = find_option(text, spec.literals)
    if literal:
        return Parsed(Literal(literal.name))
    found = [reference for target in spec.targets if (reference := _row_of(text, target, alone=len(spec.targets) == 1))]
    if len(found) != 1:
        return not_understood("not-a-reference", text=text, choices=_forms(spec))
    return Parsed(found[0])


def _row_of(text: str, target: Target, *, alone: bool) -> Reference | None:
    """The row a text names: "Delmål 2", "delmål 2: fler stödsamtal", or 2 where there is one table to point into.

    What follows the number must be words alone: "Delmål 1-3" and "Delmål 1, Delmål 3" name no one row.
    """
    label = re.escape(same_words(target.row_label))
    words = same_words(text)
    named = re.fullmatch(rf"{label} ?(?:nr\.? ?)?(\d+)\.?(?: ?[:(–—-]\D*)?", words, re.ASCII)
    number = named[1] if named else ""
    if not number and alone:
        bare = re.fullmatch(r"(?:nr\.? ?)?(\d+)\.?", words, re.ASCII)
        number = bare[1] if bare else ""
    exact = re.fullmatch(rf"{re.escape(target.table)}\[(\d+)\]", text.strip(), re.ASCII)
    number = exact[1] if exact else number
    number = number.lstrip("0")
    return Reference(target.table, int(number)) if 0 < len(number) <= _MAX_ROW_DIGITS else None


def _forms(spec: Spec) -> str:
    """What may be written, in short: "Arbetet i stort; Delmål 1"."""
    labels = [option.label for option in spec.literals]
    labels += [f"{target.row_label} 1" for target in spec.targets]
    return "; ".join(labels)


def _show(value: Reference | Literal, spec: Spec) -> str:
    if isinstance(value, Literal):
        return next((option.label for option in spec.literals if option.name == value.name), value.name)
    label = next((target.row_label for target in spec.targets if target.table == value.table), value.table)
    return f"{label} {value.row}"


def _to_json(value: Reference | Literal, spec: Spec) -> Json:
    """The row number; with several tables to point into, ``section.table[row]``; a literal's name."""
    if isinstance(value, Literal):
        return value.name
    return value.row if len(spec.targets) == 1 else f"{value.table}[{value.row}]"


def _from_json(data: Json, spec: Spec) -> Value:
    """What ``to_json`` gives.

    Raises:
        ValueError: it is none of these.
    """
    if isinstance(data, bool) or not isinstance(data, str | int):
        raise ValueError(data)
    if any(option.name == data for option in spec.literals):
        return Literal(str(data))
    if isinstance(data, int) and len(spec.targets) == 1 and 0 < data < 10**_MAX_ROW_DIGITS:
        return Reference(spec.targets[0].table, data)
    match = re.fullmatch(rf"(\w+\.\w+)\[([1-9]\d{{0,{_MAX_ROW_DIGITS - 1}}})\]", str(data), re.ASCII)
    if match is None or match[1] not in {target.table for target in spec.targets}:
        raise ValueError(data)
    return Reference(match[1], int(match[2]))


REFERENCE = FieldType("reference", _parse, _show, _to_json, _from_json)
