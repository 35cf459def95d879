"""integer, decimal and money."""

import re
from decimal import Decimal

from docgen.fields.amounts import MAX_DIGITS, NO_BREAK, Ambiguous, parse_amount, parse_number, plain_string, show_number
from docgen.fields.base import EMPTY, FieldType, Json, Parsed, Spec, find_option, not_understood, said
from docgen.values import Literal, Raw, Value

_DIGITS = re.compile(r"[0-9]+(?:[ .,\u00a0][0-9]+)*")
_EXAMPLES = {"integer": Decimal(12), "decimal": Decimal(25), "money": Decimal(12500), "percent": Decimal(25)}
_MOST_LOOKED_AT = 200  # characters of a text that is no number


def _literal(raw: Raw, spec: Spec) -> Parsed | None:
    option = find_option(raw.text, spec.literals)
    return Parsed(Literal(option.name)) if option else None


def _ambiguous(text: str, found: Ambiguous, spec: Spec) -> Parsed:
    return not_understood(
        "number-ambiguous",
        text=text,
        one=show_number(found.one, spec.language),
        other=show_number(found.other.normalize(), spec.language),
    )


def _no_number(text: str, spec: Spec) -> Parsed:
    """A text that is no number, with one that could stand there: the only one in it, else one of the field's kind."""
    found = [parse_number(each) for each in _DIGITS.findall(text[:_MOST_LOOKED_AT])]
    example = _EXAMPLES.get(spec.type, Decimal(1250))
    if len(found) == 1 and isinstance(found[0], Decimal):
        example = found[0]
    shown = show_number(example, spec.language)
    if spec.type == "percent":
        shown += f"{NO_BREAK}%" if spec.language == "sv" else "%"
    return not_understood("not-a-number", text=text, example=shown)


def _parse_decimal(raw: Raw, spec: Spec) -> Parsed:
    known = _known(raw, spec)
    if known is not None:
        return known
    text = raw.text.strip()
    number = parse_number(text, spec.unit)
    if isinstance(number, Ambiguous):
        return _ambiguous(text, number, spec)
    return _no_number(text, spec) if number is None else Parsed(number)


def _known(raw: Raw, spec: Spec) -> Parsed | None:
    """What needs no reading: a cell's number, nothing at all, a literal; None where there is text to read.

    A cell that holds TRUE or a date where a number is asked for is a problem, not an empty answer.
    """
    if raw.number is not None:
        return Parsed(raw.number) if _written_out(raw.number) else _no_number(said(raw), spec)
    text = raw.text.strip()
    if not text:
        return EMPTY if not said(raw) else _no_number(said(raw), spec)
    return _literal(raw, spec)


def _written_out(number: Decimal) -> bool:
    """Neither NaN nor infinite, and of no more digits than a person could mean."""
    near = number.is_finite() and abs(number.adjusted()) <= MAX_DIGITS
    return near and len(plain_string(number)) <= MAX_DIGITS


def _parse_money(raw: Raw, spec: Spec) -> Parsed:
    known = _known(raw, spec)
    if known is not None:
        return known
    text = raw.text.strip()
    amount, worked_in = parse_amount(text, spec.unit)
    if isinstance(amount, Ambiguous):
        return _ambiguous(text, amount, spec)
    if amount is None:
        return _no_number(text, spec)
    if worked_in:
        return Parsed(
            amount, code="amount-understood", args={"text": text, "amount": show_number(amount, spec.language)}
        )
    return Parsed(amount)


def _parse_integer(raw: Raw, spec: Spec) -> Parsed:
    parsed = _parse_decimal(raw, spec)
    if not isinstance(parsed.value, Decimal):
        return parsed
    if parsed.value != parsed.value.to_integral_value():
        return not_understood("not-an-integer", text=raw.text.strip() or plain_string(parsed.value))
    return Parsed(int(parsed.value))


def _option_label(value: Literal, spec: Spec) -> str:
    return next((option.label for option in spec.literals if option.name == value.name), value.name)


def _show(value: Decimal | int | Literal, spec: Spec) -> str:
    if isinstance(value, Literal):
        return _option_label(value, spec)
    number = Decimal(value)
    # A year is an integer, and nobody writes it as 2 027.
    return show_number(number, spec.language, grouped=spec.type != "integer" or abs(number) >= 10_000)


def _to_json(value: Decimal | int | Literal, spec: Spec) -> Json:  # noqa: ARG001 - the signature of every field type
    return value.name if isinstance(value, Literal) else plain_string(Decimal(value))


def _from_json(data: Json, spec: Spec) -> Value:
    """A decimal string, a whole number, or the name of a literal.

    Raises:
        ValueError: it is none of these.
    """
    if isinstance(data, str) and any(option.name == data for option in spec.literals):
        return Literal(data)
    if isinstance(data, bool) or not isinstance(data, str | int | float):
        raise ValueError(data)
    text = str(data)  # a float is what YAML makes of 2.5
    if len(text) > 2 * MAX_DIGITS or not re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", text):
        raise ValueError(data)
    number = Decimal(text)
    if spec.type != "integer":
        return number
    if number != number.to_integral_value():
        raise ValueError(data)
    return int(number)


INTEGER = FieldType("integer", _parse_integer, _show, _to_json, _from_json, judged_as="whole")
DECIMAL = FieldType("decimal", _parse_decimal, _show, _to_json, _from_json, judged_as="number")
MONEY = FieldType("money", _parse_money, _show, _to_json, _from_json, frozenset({"thousands"}), judged_as="number")
