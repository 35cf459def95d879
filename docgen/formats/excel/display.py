"""A cell as a person sees it, and as the number, date or truth the file says it is.

Number formats: ECMA-376 part 1, 18.8.30 and 18.8.31. Numbers are shown exact, never rounded as the format would.
"""

import datetime
import re
from decimal import Decimal

from docgen.fields.amounts import show_number
from docgen.formats.excel.ooxml import Cell
from docgen.locales import text as say
from docgen.values import Raw

_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_QUIET = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')  # what a format shows as it stands, and colours and languages
_AT_LEAST = re.compile(r"\[>=(\d+)\]")
_DATE_LETTERS = re.compile(r"[ymdhs]", re.IGNORECASE)
_LAST_SERIAL = 2_958_465  # 31 December 9999
_DAY_S = 86_400


def is_date_format(code: str, number: int) -> bool:
    """Whether a number format shows dates or times."""
    if number in _BUILT_IN_DATES:
        return True
    bare = _QUIET.sub("", code.split(";", 1)[0])
    return bool(_DATE_LETTERS.search(bare)) and not re.search(r"[#0?@]|General", bare.replace(".000", ""))


def raw(cell: Cell | None, language: str) -> Raw:
    """What a cell says. An error, and a formula without a value, say nothing here: the reader looks at those itself."""
    if cell is None or cell.error:
        return Raw()
    if cell.truth is not None:
        return Raw(say(language, "excel.true" if cell.truth else "excel.false"), truth=cell.truth)
    if cell.number is None:
        return Raw(cell.text)
    moment = _moment(cell) if is_date_format(cell.format, cell.format_number) else None
    if moment is not None:
        day, clock = moment
        return Raw(f"{day.isoformat()}{clock}", date=day)
    return Raw(_number(cell, language), number=cell.number)


def _moment(cell: Cell) -> tuple[datetime.date, str] | None:
    """The day a serial number stands for and, if it says one, the time of day (18.17.4.1); None if it is no date."""
    serial = cell.number or Decimal(0)
    if not 1 <= serial < _LAST_SERIAL:
        return None
    days = int(serial)
    seconds = round(float(serial - days) * _DAY_S)
    if cell.since_1904:
        start = datetime.date(1904, 1, 1)
    else:  # the 1900 system counts a 29 February 1900 that never was
        start = datetime.date(1899, 12, 30) if days > 60 else datetime.date(1899, 12, 31)
    day = start + datetime.timedelta(days=days + seconds // _DAY_S)
    seconds %= _DAY_S
    clock = f" {seconds // 3600:02d}:{seconds // 60 % 60:02d}" if seconds else ""
    return day, clock + (f":{seconds % 60:02d}" if seconds % 60 else "")


def _number(cell: Cell, language: str) -> str:
    number = cell.number or Decimal(0)
    bare = _QUIET.sub("", _section(cell.format, number))
    grouped = "," in bare or cell.format_number in {3, 4, 37, 38, 39, 40}
    if "%" in bare or cell.format_number in {9, 10}:
        mark = "\N{NO-BREAK SPACE}%" if language == "sv" else "%"
        return show_number(_plain(number * 100), language, grouped=grouped) + mark
    return show_number(_plain(number), language, grouped=grouped)


def _section(code: str, number: Decimal) -> str:
    """The section of a number format that a number is shown by: the first, unless that has a condition (18.8.31)."""
    first, *rest = code.split(";")
    condition = _AT_LEAST.match(first)
    return rest[0] if condition is not None and rest and number < Decimal(condition[1]) else first


def _plain(number: Decimal) -> Decimal:
    """The number without noughts that say nothing, and without an exponent."""
    return Decimal(int(number)) if number == number.to_integral_value() else number.normalize()


def uncomputed(cell: Cell) -> bool:
    """Whether a cell holds a formula that nobody computed: to a program that looks at values alone it is empty."""
    return cell.formula is not None and not cell.computed


def shown(cell: Cell | None, language: str) -> str:
    """The text of a cell for a person; a formula that gave an error or nothing is shown itself."""
    if cell is None:
        return ""
    if cell.error or uncomputed(cell):
        return f"={cell.formula}" if cell.formula else cell.error
    return raw(cell, language).text
