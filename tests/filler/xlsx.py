"""A workbook in the hands of a person: values typed into its input cells (ISO/IEC 29500-1, 18), nothing computed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal

from lxml import etree

from tests.filler import cells
from tests.filler.cells import Element, S, Value
from tests.filler.package import FillError, Package

_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_AREA: Final = re.compile(r"(?:'((?:[^']|'')+)'|([^'!(),\s]+))!\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
_PLAIN: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")


@dataclass(frozen=True)
class Area:
    """A rectangle of cells of one sheet; `first` equals `last` where it is one cell."""

    sheet: str
    first: str
    last: str

    def cells(self) -> tuple[str, ...]:
        """Give the references of its cells, row by row."""
        (left, top), (right, bottom) = cells.split(self.first), cells.split(self.last)
        return tuple(
            f"{cells.letters(column)}{row}" for row in range(top, bottom + 1) for column in range(left, right + 1)
        )


@dataclass(frozen=True)
class Input:
    """A cell a person may write in: an unlocked one, or one that a defined name stands for.

    Attributes:
        sheet: the sheet's name.
        ref: as "B7".
        names: the defined names whose area holds the cell.
        unlocked: true where the sheet's protection lets it be written.
        value: what it holds.
        formula: its formula without the equals sign, None where it has none.
        validation: the type of its data validation, as "list" or "decimal".
        options: the choices of a list.
    """

    sheet: str
    ref: str
    names: tuple[str, ...]
    unlocked: bool
    value: str | Decimal | bool | None
    formula: str | None
    validation: str | None
    options: tuple[str, ...]


class Xlsx:
    """An .xlsx file held in memory; the sheets written to change, all other parts are kept byte for byte.

    Cached values of formulas stay as they are, as in a program that does not compute; let a judge recalculate.
    """

    def __init__(self, file: Path) -> None:
        self._package = Package.open(file)
        self._main = self._package.main_part()
        self._book = self._package.xml(self._main)
        parts = self._package.targets(self._main)
        sheets = self._book.iter(f"{S}sheet")
        self._parts = {sheet.attrib["name"]: parts[sheet.attrib[f"{_R}id"]] for sheet in sheets}
        self._sheets = {name: self._package.xml(part) for name, part in self._parts.items() if "sheet" in part}
        self._styles = cells.Styles.read(self._related_xml("/styles"))
        self._shared = [cells.rich_text(item) for item in self._items("/sharedStrings")]
        self._shared_added: list[str] = []
        self._written: set[str] = set()

    def save(self, file: Path) -> Path:
        """Write the file as it now is, and give it."""
        for name in self._written:
            self._package.replace(self._parts[name], self._sheets[name])
        if self._shared_added:
            (part,) = self._package.related(self._main, "/sharedStrings")
            table = self._package.xml(part)
            for text in self._shared_added:
                cells.add_text(etree.SubElement(table, f"{S}si"), text)
            for count in ("count", "uniqueCount"):
                table.attrib.pop(count, None)
            self._package.replace(part, table)
            self._shared_added = []
        return self._package.save(file)

    # What is there

    def sheets(self) -> dict[str, Literal["visible", "hidden", "veryHidden"]]:
        """Give the state of every sheet, in their order."""
        states: dict[str, Literal["visible", "hidden", "veryHidden"]] = {}
        for sheet in self._book.iter(f"{S}sheet"):
            state = sheet.get("state", "visible")
            states[sheet.attrib["name"]] = (
                "veryHidden" if state == "veryHidden" else "hidden" if state == "hidden" else "visible"
            )
        return states

    def names(self) -> dict[str, tuple[Area, ...]]:
        """Give the areas each defined name stands for; none for a constant, a formula or a broken name (#REF!)."""
        found: dict[str, tuple[Area, ...]] = {}
        for name in self._book.iter(f"{S}definedName"):
            if not name.attrib["name"].startswith("_xlnm."):
                found[name.attrib["name"]] = tuple(self._areas(name.text or ""))
        return found

    def inputs(self) -> tuple[Input, ...]:
        """List the cells a person may write in on visible sheets, in the order of sheets, rows and columns."""
        named: dict[tuple[str, str], list[str]] = {}
        for name, areas in self.names().items():
            for area in areas:
                for ref in area.cells():
                    named.setdefault((area.sheet, ref), []).append(name)
        found = []
        for sheet, state in self.sheets().items():
            if state != "visible" or sheet not in self._sheets:
                continue
            unlocked = {ref for ref, cell in self._cells(sheet) if self._styles.unlocked(int(cell.get("s", "0")))}
            refs = unlocked | {ref for where, ref in named if where == sheet}
            choices = self._validations(sheet)
            for ref in sorted(refs, key=cells.order):
                kind, options = choices.get(ref, (None, ()))
                found.append(
                    Input(
                        sheet,
                        ref,
                        tuple(named.get((sheet, ref), ())),
                        unlocked=ref in unlocked,
                        value=self.value(sheet, ref),
                        formula=self.formula(sheet, ref),
                        validation=kind,
                        options=options,
                    )
                )
        return tuple(found)

    def find(self, name: str) -> tuple[str, str]:
        """Give sheet and reference of the one cell a defined name stands for.

        Raises:
            FillError: there is no such name, or it stands for more than one cell or none.
        """
        areas = self.names().get(name, ())
        if len(areas) != 1 or areas[0].first != areas[0].last:
            raise FillError(f"{name} stands for no single cell: {areas}")
        return areas[0].sheet, areas[0].first

    def value(self, sheet: str, ref: str) -> str | Decimal | bool | None:
        """Give what a cell holds: text, number, boolean; of a formula what was cached; an error as its text."""
        cell = cells.find(self._sheet(sheet), ref)
        return None if cell is None else cells.value_of(cell, self._shared)

    def formula(self, sheet: str, ref: str) -> str | None:
        """Give a cell's formula without the equals sign, None where it has none."""
        cell = cells.find(self._sheet(sheet), ref)
        found = None if cell is None else cell.find(f"{S}f")
        return None if found is None else (found.text or "")

    # What a person does

    def write(self, sheet: str, ref: str, value: Value, *, shared: bool = False) -> None:
        """Type a value into a cell; its style stays, and a cell not there yet gets that of its row or column.

        Args:
            sheet: the sheet's name.
            ref: as "B7".
            value: text, number, date (written as its serial number, 18.17.4), boolean, or None to empty the cell.
            shared: put text into the table of shared strings as Excel does, else into the cell.

        Raises:
            FillError: no such sheet, or a formula stands there.
        """
        if self.formula(sheet, ref) is not None:
            raise FillError(f"{sheet}!{ref} holds a formula")
        cell = cells.make(self._sheet(sheet), ref)
        if isinstance(value, str) and shared:
            cells.put_shared(cell, self._share(value))
        else:
            cells.put(cell, value, epoch_1904=self._epoch_1904())
        self._written.add(sheet)

    def write_formula(self, sheet: str, ref: str, formula: str, cached: str | None = None) -> None:
        """Type a formula (without the equals sign) into a cell; `cached` is the number it then shows, None for none."""
        cell = cells.make(self._sheet(sheet), ref)
        cells.put(cell, None)
        etree.SubElement(cell, f"{S}f").text = formula
        if cached is not None:
            etree.SubElement(cell, f"{S}v").text = cached
        self._written.add(sheet)

    def style(self, sheet: str, ref: str) -> int:
        """Give the number of a cell's format in cellXfs, 0 where it has none of its own."""
        cell = cells.find(self._sheet(sheet), ref)
        return 0 if cell is None else int(cell.get("s", "0"))

    # Finding

    def _related_xml(self, kind: str) -> Element | None:
        parts = self._package.related(self._main, kind)
        return self._package.xml(parts[0]) if parts else None

    def _items(self, kind: str) -> Iterator[Element]:
        root = self._related_xml(kind)
        return iter(()) if root is None else root.iterchildren(f"{S}si")

    def _sheet(self, name: str) -> Element:
        if name not in self._sheets:
            raise FillError(f"there is no sheet {name!r} among {list(self._sheets)}")
        return self._sheets[name]

    def _cells(self, sheet: str) -> Iterator[tuple[str, Element]]:
        for cell in self._sheet(sheet).iter(f"{S}c"):
            if ref := cell.get("r"):
                yield ref, cell

    def _epoch_1904(self) -> bool:
        found = self._book.find(f"{S}workbookPr")
        return found is not None and found.get("date1904") in {"1", "true"}

    def _share(self, text: str) -> int:
        if not self._package.related(self._main, "/sharedStrings"):
            raise FillError("the workbook has no table of shared strings")
        self._shared.append(text)
        self._shared_added.append(text)
        return len(self._shared) - 1

    def _areas(self, formula: str, sheet: str | None = None) -> Iterator[Area]:
        """Find the areas a formula consists of; one without a sheet is on `sheet`."""
        for part in re.split(r",(?=(?:[^']*'[^']*')*[^']*$)", formula.lstrip("=")):
            if found := _AREA.fullmatch(part):
                name = (found[1] or found[2]).replace("''", "'")
                yield Area(name, f"{found[3]}{found[4]}", f"{found[5] or found[3]}{found[6] or found[4]}")
            elif sheet is not None and (found := _PLAIN.fullmatch(part)):
                yield Area(sheet, f"{found[1]}{found[2]}", f"{found[3] or found[1]}{found[4] or found[2]}")

    def _validations(self, sheet: str) -> dict[str, tuple[str | None, tuple[str, ...]]]:
        """Give the type of data validation (18.3.1.32) of each cell that has one, and the choices of a list."""
        found: dict[str, tuple[str | None, tuple[str, ...]]] = {}
        for rule in self._sheet(sheet).iter(f"{S}dataValidation"):
            kind = rule.get("type")
            formula = rule.find(f"{S}formula1")
            options = self._choices(sheet, formula.text or "") if kind == "list" and formula is not None else ()
            for place in rule.get("sqref", "").split():
                for area in self._areas(place, sheet):
                    found.update(dict.fromkeys(area.cells(), (kind, options)))
        return found

    def _choices(self, sheet: str, formula: str) -> tuple[str, ...]:
        if formula.startswith('"'):
            return tuple(option.strip() for option in formula.strip('"').split(","))
        areas = self.names().get(formula) or tuple(self._areas(formula, sheet))
        values = (self.value(area.sheet, ref) for area in areas for ref in area.cells())
        return tuple(str(value) for value in values if value is not None)
