"""percent: a share, typed and shown as so many of a hundred, kept and counted with as the fraction it is."""

import re
from dataclasses import replace
from decimal import Decimal

from docgen.fields.amounts import NO_BREAK, plain_string, show_number
from docgen.fields.base import FieldType, Parsed, Spec, not_understood
from docgen.fields.numbers import DECIMAL
from docgen.values import Literal, Raw

_SIGNED = re.compile(r"(.*\S)\s*(?:%|procent|percent|per\s+cent)", re.IGNORECASE | re.DOTALL)


def _parse(raw: Raw, spec: Spec) -> Parsed:
    """``25 %``, ``25 procent`` and ``25`` are 0.25; so is a cell of 0.25 that shows a percent sign.

    A number below one without a sign is ambiguous: ``0,25`` may be a fraction, or less than one of a hundred.
    """
    typed = raw.text.strip()
    signed = _SIGNED.fullmatch(typed)
    parsed = DECIMAL.parse(replace(raw, text=signed[1] if signed else typed), spec)
    if not parsed.understood:
        return replace(parsed, args={**parsed.args, "text": typed or parsed.args["text"]})
    number = parsed.value
    if not isinstance(number, Decimal) or (signed and raw.number is not None):
        return parsed
    share = _moved(number, -2)
    if not signed and 0 < abs(number) < 1:
        return not_understood(
            "percent-ambiguous", text=typed or plain_string(number), one=_show(number, spec), other=_show(share, spec)
        )
    return Parsed(share)


def _moved(number: Decimal | int, places: int) -> Decimal:
    """The number with its decimal mark moved: exact, where a multiplication rounds to 28 digits."""
    sign, digits, exponent = Decimal(number).as_tuple()
    return Decimal((sign, digits, int(exponent) + places))


def _show(value: Decimal | int | Literal, spec: Spec) -> str:
    if isinstance(value, Literal):
        return DECIMAL.show(value, spec)
    number = Decimal(plain_string(_moved(value, 2)))
    return show_number(number, spec.language) + (f"{NO_BREAK}%" if spec.language == "sv" else "%")


def _example(spec: Spec) -> str:
    return _show(Decimal("0.25"), spec)


PERCENT = FieldType("percent", _parse, _show, DECIMAL.to_json, DECIMAL.from_json, judged_as="number", example=_example)
