"""How each field type stands in a cell: what is written there, what may be typed, and what it says when it comes back.

One row for each type; writing and reading side by side. Reading never judges: that is the field type's business.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from docgen.fields import FIELD_TYPES
from docgen.fields.base import Spec
from docgen.fields.references import choices
from docgen.formats.base import Unsupported
from docgen.formats.excel import display
from docgen.formats.excel.ooxml import Cell
from docgen.formats.excel.validation import Ask, Kind, Rule, anything, date, from_list, number, several
from docgen.formats.excel.widths import measure
from docgen.locales import text as say
from docgen.values import Raw, Value, without_control_characters

TEXT_FORMAT = "@"  # what is typed stays as typed: no 1-2 becomes a date, no 007 a 7
GENERAL = "General"
DATE_FORMAT = "yyyy\\-mm\\-dd"
MONEY_FORMAT = "#,##0"
THOUSANDS_FORMAT = "#,##0,"
INTEGER_FORMAT = "[>=10000]#,##0;0"  # a year is an integer, and nobody writes it as 2 027
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

# What a writer needs of XlsxWriter: a worksheet, and a function that gives a format with more properties.
Sheet = Any
Style = Callable[..., Any]


def write_text(sheet: Sheet, row: int, col: int, text: str, style: Style) -> None:
    """A text as text, whatever it begins with: never a formula, a number or a link."""
    text = without_control_characters(text)
    quoted = {"quote_prefix": True} if text.startswith(_FORMULA_STARTS) else {}
    sheet.write_string(row, col, text, style(**quoted))


@dataclass(frozen=True)
class Control:
    """One field type in a cell.

    Attributes:
        width: how wide a column for a field should be at least, in characters.
        rule: what may be typed, and what is said about it.
        write: puts a value into a cell.
        read: what a cell says, in the document's language.
        number_format: the cell's number format.
        align: where the answer stands in its cell.
    """

    width: Callable[[Spec], float]
    rule: Callable[[Ask], Rule | None]
    write: Callable[[Sheet, int, int, Any, Spec, Style], None]
    read: Callable[[Cell | None, Spec], Raw]
    number_format: Callable[[Spec], str] = lambda _: TEXT_FORMAT
    align: str = "left"


def _write_shown(sheet: Sheet, row: int, col: int, value: Value, spec: Spec, style: Style) -> None:
    write_text(sheet, row, col, FIELD_TYPES[spec.type].show(value, spec), style)


def _write_number(sheet: Sheet, row: int, col: int, value: Value, spec: Spec, style: Style) -> None:
    """A number as a number, a literal as its words; what a 64-bit float cannot hold exactly as text."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and Decimal(repr(float(value))) == value:
        sheet.write_number(row, col, float(value), style())
    else:
        _write_shown(sheet, row, col, value, spec, style)


def _write_date(sheet: Sheet, row: int, col: int, value: Value, spec: Spec, style: Style) -> None:
    """A day as a serial number (18.17.4.1); one before 1 March 1900, which not all programs count alike, as text."""
    if isinstance(value, datetime.date) and value >= datetime.date(1900, 3, 1):
        sheet.write_number(row, col, (value - datetime.date(1899, 12, 30)).days, style())
    else:
        _write_shown(sheet, row, col, value, spec, style)


def _read(cell: Cell | None, spec: Spec) -> Raw:
    return display.raw(cell, spec.language)


def _money_format(spec: Spec) -> str:
    return THOUSANDS_FORMAT if spec.appearance == "thousands" else MONEY_FORMAT


def _labels(spec: Spec) -> Sequence[str]:
    return [option.label for option in spec.options]


def _yes_no(spec: Spec) -> Sequence[str]:
    return [say(spec.language, "form.yes"), say(spec.language, "form.no")]


def _references(spec: Spec) -> Sequence[str]:
    return [option.label for option in choices(spec)]


def _text(width: float) -> Control:
    return Control(lambda _: width, anything, _write_shown, _read)


def _choice(entries: Callable[[Spec], Sequence[str]], least: float, most: float, *, strict: bool) -> Control:
    """A list to choose from, in a column that shows what is chosen on one line or two."""

    def rule(ask: Ask) -> Rule | None:
        return from_list(ask, entries(ask.spec), strict=strict)

    def width(spec: Spec) -> float:
        longest = max(map(measure, entries(spec)), default=0.0) + 4  # an arrow stands beside the text
        return min(max(least, longest if longest <= most else longest / 2 + 4), most)

    return Control(width, rule, _write_shown, _read)


def _number(width: float, number_format: Callable[[Spec], str], kind: Kind = "decimal") -> Control:
    def rule(ask: Ask) -> Rule:
        return number(ask, kind)

    return Control(lambda _: width, rule, _write_number, _read, number_format, "right")


CONTROLS: Mapping[str, Control | Unsupported] = {
    "text": _text(22),
    "paragraph": _text(40),
    "integer": _number(10, lambda _: INTEGER_FORMAT, "integer"),
    "decimal": _number(10, lambda _: GENERAL),
    "money": _number(12, _money_format, "money"),
    "percent": _number(10, lambda _: "0.0%"),
    "date": Control(lambda _: 13, date, _write_date, _read, lambda _: DATE_FORMAT),
    "period": _text(16),
    "select_one": _choice(_labels, 11, 22, strict=True),
    "select_multiple": Control(lambda _: 28, several, _write_shown, _read),
    "boolean": _choice(_yes_no, 9, 9, strict=True),
    "email": _text(26),
    "phone": _text(16),
    "organisation": _choice(_labels, 18, 24, strict=False),
    "reference": _choice(_references, 14, 20, strict=False),
    "signature": Unsupported("unsupported.signature"),
    # A table's own cell is the number of a row; its columns are of the types above.
    "table": Control(lambda _: 6, lambda _: None, _write_number, _read, lambda _: "0", "center"),
}


def control(spec: Spec) -> Control:
    """The control of a field.

    Raises:
        ValueError: Excel cannot hold such a field; the blueprint was checked for that.
    """
    found = CONTROLS[spec.type]
    if isinstance(found, Unsupported):
        raise ValueError(found.reason)
    return found
