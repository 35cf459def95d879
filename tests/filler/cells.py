"""The cells of a worksheet part (ISO/IEC 29500-1, 18.3.1.4): finding, reading, making and writing one."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lxml import etree

from tests.filler.package import FillError

Element = etree._Element  # noqa: SLF001 the only name lxml has for it
Value = str | int | float | Decimal | dt.date | bool | None

S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True)
class Styles:
    """What the cell formats (18.8.45, cellXfs) say of protection.

    Attributes:
        unlocked_formats: the numbers of those that let a cell be written on a protected sheet.
    """

    unlocked_formats: frozenset[int]

    @classmethod
    def read(cls, root: Element | None) -> "Styles":
        formats = [] if root is None else list(root.iterfind(f"{S}cellXfs/{S}xf"))
        free = set()
        for number, xf in enumerate(formats):
            protection = xf.find(f"{S}protection")
            if protection is not None and protection.get("locked") in {"0", "false"}:
                free.add(number)
        return cls(frozenset(free))

    def unlocked(self, number: int) -> bool:
        return number in self.unlocked_formats


def split(ref: str) -> tuple[int, int]:
    """Give column and row of a reference, both from 1: "B7" is (2, 7).

    Raises:
        FillError: it is no reference to one cell.
    """
    found = re.fullmatch(r"([A-Z]{1,3})([1-9]\d*)", ref)
    if found is None:
        raise FillError(f"{ref!r} is no cell")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(found[2])


def letters(column: int) -> str:
    """Give the letters of a column counted from 1."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def order(ref: str) -> tuple[int, int]:
    """Give what sorts references row by row."""
    column, row = split(ref)
    return row, column


def find(sheet: Element, ref: str) -> Element | None:
    """Give the cell with a reference, None where the sheet has none there."""
    _, row = split(ref)
    for line in sheet.iterfind(f"{S}sheetData/{S}row[@r='{row}']"):
        return line.find(f"{S}c[@r='{ref}']")
    return None


def make(sheet: Element, ref: str) -> Element:
    """Give the cell with a reference, made in its place, with its row's or column's format, where there is none."""
    found = find(sheet, ref)
    if found is not None:
        return found
    column, number = split(ref)
    data = sheet.find(f"{S}sheetData")
    if data is None:
        raise FillError("the sheet has no cells at all")
    row = next((line for line in data if line.get("r") == str(number)), None)
    if row is None:
        row = etree.Element(f"{S}row", r=str(number))
        data.insert(sum(int(line.get("r", "0")) < number for line in data), row)
    cell = etree.Element(f"{S}c", r=ref)
    row.insert(sum(split(other.get("r", "A1"))[0] < column for other in row), cell)
    style = row.get("s") or _column_style(sheet, column)
    if style is not None:
        cell.set("s", style)
    _widen(sheet, ref)
    return cell


def _widen(sheet: Element, ref: str) -> None:
    """Let the extent that the sheet tells (18.3.1.35, dimension) take in a cell."""
    found = sheet.find(f"{S}dimension")
    if found is not None:
        first, _, last = found.get("ref", ref).partition(":")
        corners = [split(first), split(last or first), split(ref)]
        columns, rows = zip(*corners, strict=True)
        found.set("ref", f"{letters(min(columns))}{min(rows)}:{letters(max(columns))}{max(rows)}")


def _column_style(sheet: Element, column: int) -> str | None:
    for col in sheet.iterfind(f"{S}cols/{S}col"):
        if int(col.get("min", "0")) <= column <= int(col.get("max", "0")):
            return col.get("style")
    return None


def rich_text(item: Element) -> str:
    """Give the text of a string item (18.4.8), its runs joined, phonetic hints left out."""
    parts = [text for text in item.iter(f"{S}t") if next(text.iterancestors(f"{S}rPh"), None) is None]
    return "".join(text.text or "" for text in parts)


def value_of(cell: Element, shared: Sequence[str]) -> str | Decimal | bool | None:
    """Give what a cell holds, by its type (18.18.11)."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        item = cell.find(f"{S}is")
        return None if item is None else rich_text(item)
    found = cell.find(f"{S}v")
    if found is None or found.text is None:
        return None
    if kind == "s":
        return shared[int(found.text)]
    if kind == "b":
        return found.text == "1"
    return Decimal(found.text) if kind == "n" else found.text


def put(cell: Element, value: Value, *, epoch_1904: bool = False) -> None:
    """Replace what a cell holds; its format stays."""
    _empty(cell)
    if value is None:
        return
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        add_text(etree.SubElement(cell, f"{S}is"), value)
        return
    if isinstance(value, bool):
        cell.set("t", "b")
    etree.SubElement(cell, f"{S}v").text = _number(value, epoch_1904=epoch_1904)


def put_shared(cell: Element, number: int) -> None:
    """Replace what a cell holds by the shared string of a number."""
    _empty(cell)
    cell.set("t", "s")
    etree.SubElement(cell, f"{S}v").text = str(number)


def add_text(item: Element, text: str) -> None:
    etree.SubElement(item, f"{S}t", {SPACE: "preserve"}).text = text


def _empty(cell: Element) -> None:
    del cell[:]
    cell.attrib.pop("t", None)


def _number(value: float | Decimal | dt.date, *, epoch_1904: bool) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, dt.date):
        return serial(value, epoch_1904=epoch_1904)
    return repr(value) if isinstance(value, float) else str(value)


def serial(day: dt.date, *, epoch_1904: bool = False) -> str:
    """Give a date's serial number (18.17.4.1), right from 1 March 1900 on; a time of day is its fraction."""
    start = dt.datetime(1904, 1, 1) if epoch_1904 else dt.datetime(1899, 12, 30)  # noqa: DTZ001 a cell has no zone
    moment = day if isinstance(day, dt.datetime) else dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001
    span = moment - start
    return str(Decimal(span.days) + Decimal(span.seconds) / 86400)
