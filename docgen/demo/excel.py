"""Fills in a workbook of Excel's as a person in Excel does: by typing into cells (ECMA-376 part 1, clause 18)."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from lxml import etree

from docgen.demo.story import Filled, as_text
from docgen.document import Document, Slot
from docgen.fields import FIELD_TYPES
from docgen.formats.excel.controls import TEXT_FORMAT, control
from docgen.formats.excel.names import a1
from docgen.formats.excel.ooxml import Workbook, read_workbook
from docgen.formats.excel.parts import MAIN, targets
from docgen.formats.excel.places import Book
from docgen.formats.excel.placing import place
from docgen.formats.excel.writer import write
from docgen.formats.opc import (
    Package,
    XmlElement,
    main_part,
    open_package,
    parse_xml,
    write_package,
)
from docgen.totals import calculated, with_slots
from docgen.values import Address, Literal, Raw, Value

_OFFICE_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DAY_0 = datetime.date(1899, 12, 30)  # day 0 of the 1900 system, from March 1900 on (18.17.4.1)

# What Excel takes for a number, by the language it speaks; anything else stays text.
_NUMBERS = {
    "sv": re.compile(r"-?(?:\d+|\d{1,3}(?:[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE} ]\d{3})+)(?:,\d+)?", re.ASCII),
    "en": re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?", re.ASCII),
}

Entered = str | Decimal | datetime.date  # what a cell holds once Excel has made of a text what it does
Spot = tuple[str, int, int]  # sheet, row and column, counted from 0


def fill(data: bytes, document: Document, typed: Filled) -> bytes:
    """The file with texts typed into its cells and everything calculated anew; all else stays as it is.

    Raises:
        KeyError: the file has no cell for one of them.
    """
    package = open_package(data)
    workbook = read_workbook(package)
    slots = {slot.address: slot for slot in document.slots()}
    spots = dict(_spots(place(document), workbook))
    entered = {address: _entered(as_text(what, slots[address]), slots[address]) for address, what in typed.items()}
    sheets = dict(_sheets(package))
    for address, value in entered.items():
        sheet, row, col = spots[address]
        sheets[sheet].enter(row, col, value)
    printed = dict(_sheets(open_package(write(_holding(document, entered)))))
    for name, each in sheets.items():
        each.take_over(printed[name])
    changed = {each.part: each.to_bytes() for each in sheets.values()}
    return write_package((name, changed.get(name, held)) for name, held in package.members.items())


def _entered(text: str, slot: Slot) -> Entered:
    """What Excel makes of a text typed into a cell of this kind."""
    if control(slot.spec).number_format(slot.spec) == TEXT_FORMAT:
        return text
    of_hundred = control(slot.spec).number_format(slot.spec).endswith("%")
    number = re.sub(r"\s*%$", "", text) if of_hundred else text
    if FIELD_TYPES[slot.spec.type].numeric and _NUMBERS[slot.spec.language].fullmatch(number):
        digits = re.sub(r"\s", "", number)
        plain = Decimal(digits.replace(",", ".") if slot.spec.language == "sv" else digits.replace(",", ""))
        return plain / 100 if of_hundred else plain
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return text


def _spots(book: Book, workbook: Workbook) -> Iterator[tuple[Address, Spot]]:
    """Where each answer stands, by the names defined in the file and by the printed row numbers."""
    cells = {sheet.name: sheet.cells for sheet in workbook.sheets}
    for sheet in book.sections:
        for question in sheet.questions:
            area = workbook.names[question.name]
            yield question.slot.address, (area.sheet, area.top, area.left)
        for table in sheet.tables:
            numbers = workbook.names[table.number_name]
            rows = {
                cell.number: row
                for row in range(numbers.top, numbers.bottom + 1)
                if (cell := cells[numbers.sheet].get((row, numbers.left))) is not None
            }
            for column in table.columns:
                area = workbook.names[column.name]
                for number, row in rows.items():
                    if number is not None:
                        yield Address(table.table.key, int(number), column.column.key), (area.sheet, row, area.left)


def _sheets(package: Package) -> Iterator[tuple[str, "_Sheet"]]:
    """The sheets by their names."""
    main = main_part(package)
    parts = dict(targets(package, main))
    for sheet in parse_xml(package.members[main]).iterfind(f"{{{MAIN}}}sheets/{{{MAIN}}}sheet"):
        _, part = parts[sheet.get(_OFFICE_RELATIONSHIP, "")]
        yield sheet.get("name", ""), _Sheet(part, parse_xml(package.members[part]))


class _Sheet:
    """A sheet's part. Every cell that an answer stands in is there, for it has a style."""

    def __init__(self, part: str, root: XmlElement) -> None:
        self.part = part
        self.root = root
        self.rows = {row.get("r"): row for row in root.iterfind(f"{{{MAIN}}}sheetData/{{{MAIN}}}row")}
        self.cells = {cell.get("r"): cell for row in self.rows.values() for cell in row.iterfind(f"{{{MAIN}}}c")}

    def enter(self, row: int, col: int, value: Entered) -> None:
        """Puts a value into a cell: a number, a day as its serial number, or text."""
        cell = self.cells[a1(row, col)]
        cell[:] = []
        cell.attrib.pop("t", None)
        if isinstance(value, str):
            cell.set("t", "inlineStr")
            text = etree.SubElement(etree.SubElement(cell, f"{{{MAIN}}}is"), f"{{{MAIN}}}t")
            text.set(_SPACE, "preserve")
            text.text = value
            return
        number = value if isinstance(value, Decimal) else Decimal((value - _DAY_0).days)
        etree.SubElement(cell, f"{{{MAIN}}}v").text = format(number, "f")

    def take_over(self, printed: "_Sheet") -> None:
        """The value shown beside each formula, and rows as high as what is in them, from a sheet that has the answers."""
        for reference, cell in self.cells.items():
            value = cell.find(f"{{{MAIN}}}v")
            if cell.find(f"{{{MAIN}}}f") is not None and value is not None:
                value.text = printed.cells[reference].findtext(f"{{{MAIN}}}v")
        for number, row in self.rows.items():
            height = printed.rows[number].get("ht")
            if height is not None:
                row.set("ht", height)

    def to_bytes(self) -> bytes:
        """The part's bytes."""
        return etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _holding(document: Document, entered: Mapping[Address, Entered]) -> Document:
    """The document with these values in it, and with what every formula then gives.

    The writer sets it out cell for cell as the blank one, so it tells what a program that calculates would show.
    """

    def holding(slot: Slot) -> Slot:
        return replace(slot, value=_value(entered[slot.address], slot)) if slot.address in entered else slot

    return calculated(with_slots(document, holding))


def _value(entered: Entered, slot: Slot) -> Value | None:
    """What a formula sees: words where a number is asked for are no number, whatever a person reads in them."""
    if not isinstance(entered, str):
        return entered
    value = FIELD_TYPES[slot.spec.type].parse(Raw(entered), slot.spec).value
    return value if isinstance(value, Literal) or not FIELD_TYPES[slot.spec.type].numeric else None
