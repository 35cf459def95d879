"""Numbers as people type them, and as Swedish and English forms show them."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

NO_BREAK = "\N{NO-BREAK SPACE}"

# The blanks that stand between groups of three digits; an apostrophe does in Switzerland.
_BLANKS = re.compile("[ \t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}]")
_MINUS = re.compile("^[\N{MINUS SIGN}\N{EN DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}]")
_FACTORS = {
    "tkr": Decimal(1000),
    "ksek": Decimal(1000),
    "mkr": Decimal(10**6),
    "msek": Decimal(10**6),
    "mnkr": Decimal(10**6),
}
_CURRENCIES = ("kr", "sek", "kronor", ":-")
_MAX_DIGITS = 24  # what a Decimal sum keeps exactly, and far more than any budget holds


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
    digits = text.lstrip("+-").strip() if text[:1] in {"+", "-"} else text
    if not re.fullmatch(r"[0-9]+(?:[\s.,'’][0-9]+)*", digits) or len(digits) > _MAX_DIGITS:
        return None
    return _signed(_grouped(digits), negative=negative)


def _signed(number: Decimal | Ambiguous | None, *, negative: bool) -> Decimal | Ambiguous | None:
    if number is None or not negative:
        return number
    if isinstance(number, Ambiguous):
        return Ambiguous(-number.one, -number.other)
    return -number


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
    plain = Decimal("".join(character for character in whole if character.isdigit()))
    if not decimal:
        return plain
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
    """An amount of money in whole units, and whether a word such as tkr or mkr was worked into it."""
    text = text.strip()
    lowered = text.casefold().rstrip(".")
    for word, factor in _FACTORS.items():
        if lowered.endswith(word):
            number = parse_number(text[: len(lowered) - len(word)])
            if isinstance(number, Decimal):
                return number * factor, True
            if isinstance(number, Ambiguous):
                return Ambiguous(number.one * factor, number.other * factor), True
            return None, False
    for word in _CURRENCIES:
        if lowered.endswith(word):
            return parse_number(text[: len(lowered) - len(word)]), False
    return parse_number(text, unit), False


def show_number(number: Decimal, language: str, *, grouped: bool = True) -> str:
    """A number as a form in that language shows it, such that it reads back as the same number.

    Groups of three digits stand apart by a no-break space in both languages: a comma could be a decimal mark. For the
    same reason exactly three decimals get a nought behind them.
    """
    sign, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int):
        raise InvalidOperation(str(number))
    plain = format(abs(number), "f")
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
