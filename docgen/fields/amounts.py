"""Numbers as people type them, and as Swedish and English forms show them."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

NO_BREAK = "\N{NO-BREAK SPACE}"

# The blanks that stand between groups of three digits; an apostrophe does in Switzerland.
_BLANK = "\t\N{SPACE}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}"
_BLANKS = re.compile(f"[{_BLANK}]")
_DIGITS = re.compile(f"[0-9]+(?:[{_BLANK}.,'’][0-9]+)*")
_MINUS = re.compile("^[\N{MINUS SIGN}\N{EN DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}]")
_FACTORS = {
    "tkr": Decimal(1000),
    "ksek": Decimal(1000),
    "mkr": Decimal(10**6),
    "msek": Decimal(10**6),
    "mnkr": Decimal(10**6),
}
_CURRENCIES = ("kr", "sek", "kronor", ":-", ",-", ":–")
MAX_DIGITS = 40  # far more than any budget holds, and than a spreadsheet's 15 to 17 need


@dataclass(frozen=True)
class Ambiguous:
    """A text that reads as two different numbers."""

    one: Decimal
    other: Decimal


def parse_number(text: str, unit: str = "") -> Decimal | Ambiguous | None:
    """The number a text says, with the field's own unit or none behind it.

    ``12.000`` and ``1,234`` alone are ambiguous: a thousand separator in one language, a decimal mark in another.
    None: it is no number ("ca 5000").
    """
    text = text.strip()
    if unit and text.casefold().endswith(unit.casefold()):
        text = text[: -len(unit)].strip()
    text = _MINUS.sub("-", text)
    negative = text.startswith("-")
    digits = text[1:].strip() if text[:1] in {"+", "-"} else text
    if len(digits) > 2 * MAX_DIGITS or not _DIGITS.fullmatch(digits):
        return None
    return _signed(_grouped(digits), negative=negative)


def _signed(number: Decimal | Ambiguous | None, *, negative: bool) -> Decimal | Ambiguous | None:
    if number is None or not negative:
        return number
    if isinstance(number, Ambiguous):
        return Ambiguous(number.one.copy_negate(), number.other.copy_negate())
    return number.copy_negate()  # a minus sign before a Decimal rounds to 28 digits


def _grouped(digits: str) -> Decimal | Ambiguous | None:
    """Digits with blanks, points, commas or apostrophes between them."""
    bare = _BLANKS.sub(" ", digits).replace("’", "'")
    marks = [mark for mark in bare if mark in " .,'"]
    if not marks:
        return Decimal(bare)
    decimal = marks[-1] if marks[-1] in ".," and marks.count(marks[-1]) == 1 else ""
    whole, fraction = bare.rsplit(decimal, 1) if decimal else (bare, "")
    separators = {mark for mark in whole if mark in " .,'"}
    if len(separators) > 1 or not _in_threes(whole, separators):
        return None
    plain = "".join(character for character in whole if character.isdigit())
    if not decimal:
        return Decimal(plain)
    number = Decimal(f"{plain}.{fraction}")
    if len(fraction) == 3 and not separators and not whole.startswith("0") and len(whole) <= 3:
        return Ambiguous(Decimal(whole + fraction), number)
    return number


def _in_threes(whole: str, separators: set[str]) -> bool:
    if not separators:
        return True
    first, *rest = re.split(r"[ .,']", whole)
    return 1 <= len(first) <= 3 and all(len(group) == 3 for group in rest)


def parse_amount(text: str, unit: str = "") -> tuple[Decimal | Ambiguous | None, bool]:
    """An amount of money in the field's unit, and whether a word such as tkr or mkr was worked into it."""
    text = text.strip()
    lowered = text.casefold().rstrip(".")
    unit = unit.strip().casefold()
    words = {**_FACTORS, **dict.fromkeys(_CURRENCIES, Decimal(1))}
    word = next((word for word in words if lowered.endswith(word)), "")
    if not word:
        return parse_number(text, unit), False
    factor = words[word] / words.get(unit, Decimal(1))  # 5 tkr are 5 where the field counts in tkr
    number = parse_number(text[: len(lowered) - len(word)])
    if factor == 1:
        return number, False
    if isinstance(number, Decimal):
        return _times(number, factor), True
    if isinstance(number, Ambiguous):
        return Ambiguous(_times(number.one, factor), _times(number.other, factor)), True
    return None, False


def _times(number: Decimal, factor: Decimal) -> Decimal:
    return Decimal(plain_string(number * factor))  # 2,5 mkr are 2500000, not 2500000.0


def show_number(number: Decimal, language: str, *, grouped: bool = True) -> str:
    """A number as a form in that language shows it, such that it reads back as the same number.

    Groups of three digits stand apart by a no-break space in both languages: a comma could be a decimal mark. For the
    same reason exactly three decimals get a nought behind them.
    """
    sign, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int):
        raise InvalidOperation(str(number))
    plain = format(number.copy_abs(), "f")
    whole, _, fraction = plain.partition(".")
    if len(fraction) == 3:
        fraction += "0"
    if grouped and len(whole) > 3:
        head = len(whole) % 3
        groups = [whole[:head]] if head else []
        groups += [whole[at : at + 3] for at in range(head, len(whole), 3)]
        whole = NO_BREAK.join(groups)
    mark = "," if language == "sv" else "."
    return ("-" if sign and any(digits) else "") + whole + (mark + fraction if fraction else "")


def plain_string(number: Decimal) -> str:
    """A decimal string for JSON: no exponent, no noughts that say nothing (ISO 80000-1, 7.3)."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
