"""A workbook as its parts say it: cells with what is stored and what is cached, names, notes, properties.

SpreadsheetML, ECMA-376 part 1, clause 18. Read with zip and lxml: one pass gives formula and cached value both, strict
files are read like any other, and nothing is believed of a sheet's extent. Measured on a workbook of 85 kB with 1,800
cells: a seventh of the time of opening it twice with openpyxl (formulas, then values), and three times that of
inflating and parsing its parts alone.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from docgen.errors import UnreadableFile
from docgen.formats.excel import parts
from docgen.formats.excel.names import column_number
from docgen.formats.excel.parts import MAIN, REFERENCE, RELATED
from docgen.formats.excel.references import shifted
from docgen.formats.opc import Package, XmlElement, main_part
from docgen.problems import problem

MAX_CELLS = 100_000  # of a workbook, as its XML says them; a partner's has a few thousand
MAX_TEXT = 32_767  # characters of a cell; Excel's own limit
_AREA = re.compile(
    r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!]+))!"
    r"\$?(?P<left>[A-Z]{1,3})\$?(?P<top>\d+)(?::\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>\d+))?"
)


@dataclass(frozen=True)
class Cell:
    """A cell: what it stores (or caches), and its formula if it has one.

    ``formula`` is "" for one that is spelled elsewhere and was not found there, ``computed`` False for one without a
    value. ``format`` is the number format's code, ``format_number`` its id. A cell that only has a style is not kept.
    """

    text: str = ""
    number: Decimal | None = None
    truth: bool | None = None
    error: str = ""
    formula: str | None = None
    computed: bool = True
    format: str = "General"
    format_number: int = 0
    since_1904: bool = False

    @property
    def blank(self) -> bool:
        """No value: blanks, or a formula that nobody computed."""
        return not self.text.strip() and self.number is None and self.truth is None and not self.error


@dataclass(frozen=True)
class Area:
    """A range on a sheet; rows and columns counted from 0."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """A sheet: its cells by (row, column) counted from 0, the notes on them, and what stands beside them.

    ``boxes`` float above, ``titles`` are of charts, ``margins`` at the head and foot of a page, ``links`` lead out of
    the workbook; ``overlaid`` are cells whose place another cell has too.
    """

    name: str
    cells: Mapping[tuple[int, int], Cell]
    notes: tuple[tuple[int, int, str], ...] = ()
    boxes: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    margins: tuple[str, ...] = ()
    links: tuple[tuple[int, int, str], ...] = ()
    overlaid: tuple[tuple[int, int, Cell], ...] = ()


@dataclass(frozen=True)
class Workbook:
    """What a workbook holds. ``names`` are the defined names that are one range; ``remarks`` are codes of problems."""

    sheets: tuple[Sheet, ...]
    names: Mapping[str, Area]
    properties: Mapping[str, str]
    remarks: tuple[str, ...] = ()


def read_workbook(package: Package) -> Workbook:
    """The workbook in a package.

    Raises:
        UnreadableFile: there is no workbook in it, a part is damaged, or a sheet is beyond all limits.
    """
    part = main_part(package)
    root = package.xml(part) if part else None
    if root is None or root.tag != f"{{{MAIN}}}workbook":
        raise UnreadableFile(problem("file-damaged"))
    try:
        return _Reader(package, part, root).workbook()
    except (ValueError, OverflowError) as error:  # a number that is none, where the standard asks for one
        raise UnreadableFile(problem("file-damaged")) from error


@dataclass
class _Reader:
    package: Package
    part: str
    root: XmlElement
    strings: list[str] = field(default_factory=list)
    formats: list[tuple[int, str]] = field(default_factory=list)
    since_1904: bool = False
    count: int = 0  # cells so far
    shared: dict[str, tuple[str, int, int]] = field(default_factory=dict)  # a sheet's: text, row, column of the first
    overlaid: list[tuple[int, int, Cell]] = field(default_factory=list)  # a sheet's

    def workbook(self) -> Workbook:
        targets = dict(parts.targets(self.package, self.part))
        listed = self.root.findall(f"{{{MAIN}}}sheets/{{{MAIN}}}sheet")
        self._whole(targets, [each.get(RELATED, "") for each in listed])
        for kind, target in targets.values():
            if kind == "sharedStrings":
                self.strings = [parts.string(item) for item in _children(self.package.xml(target), "si")]
            if kind == "styles":
                self.formats = _formats(self.package.xml(target))
        properties = self.root.find(f"{{{MAIN}}}workbookPr")
        self.since_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
        sheets = tuple(
            self.sheet(each.get("name", ""), targets[each.get(RELATED, "")][1])
            for each in listed
            if targets[each.get(RELATED, "")][0] == "worksheet"
        )
        return Workbook(sheets, self.names(), parts.properties(self.package), self.remarks(targets))

    def _whole(self, targets: Mapping[str, tuple[str, str]], listed: list[str]) -> None:
        """Refuses a workbook without sheets, or whose sheets are not all there: it would look as if nobody had written."""
        missing = [
            target for kind, target in targets.values() if kind == "worksheet" and target not in self.package.members
        ]
        if not listed or missing or not all(each in targets for each in listed):
            raise UnreadableFile(problem("file-damaged"))

    def remarks(self, targets: Mapping[str, tuple[str, str]]) -> tuple[str, ...]:
        kinds = {kind for kind, _ in targets.values()}
        found = {"vbaProject": "file-macros", "externalLink": "file-external"}
        return tuple(code for kind, code in found.items() if kind in kinds)

    def names(self) -> dict[str, Area]:
        """Defined names that are one range; a workbook's own name before a copied sheet's (18.2.5)."""
        found: dict[str, Area] = {}
        for each in self.root.iterfind(f"{{{MAIN}}}definedNames/{{{MAIN}}}definedName"):
            area = parse_area(each.text or "")
            name = each.get("name", "")
            if area is not None and (each.get("localSheetId") is None or name not in found):
                found[name] = area
        return found

    def sheet(self, name: str, part: str) -> Sheet:
        data = self.package.members.get(part, b"")
        self.count += data.count(b"<c ") + data.count(b":c ")
        if self.count > MAX_CELLS:
            raise UnreadableFile(problem("file-hostile"))
        root = self.package.xml(part)
        self.shared, self.overlaid = {}, []
        cells: dict[tuple[int, int], Cell] = {}
        if root is None:
            raise UnreadableFile(problem("file-damaged"))
        row_at = -1
        for row in root.iterfind(f"{{{MAIN}}}sheetData/{{{MAIN}}}row"):
            row_at = int(row.get("r") or row_at + 2) - 1
            self._row(row, row_at, cells)
        return Sheet(
            name,
            cells,
            parts.notes(self.package, part),
            parts.boxes(self.package, part),
            parts.titles(self.package, part),
            parts.margins(root),
            parts.links(self.package, part, root),
            tuple(self.overlaid),
        )

    def _row(self, row: XmlElement, row_at: int, cells: dict[tuple[int, int], Cell]) -> None:
        col_at = -1
        for element in row.iterfind(f"{{{MAIN}}}c"):
            spot = REFERENCE.fullmatch(element.get("r", ""))
            col_at = column_number(spot[1]) if spot else col_at + 1
            at = (int(spot[2]) - 1 if spot else row_at, col_at)
            cell = self._cell(element, at)
            if cell is not None:
                if at in cells:
                    self.overlaid.append((*at, cells[at]))
                cells[at] = cell

    def _formula(self, element: XmlElement, at: tuple[int, int]) -> str:
        """The formula of a cell; a shared one is spelled in its first cell only (18.3.1.40)."""
        text, shared = element.text or "", element.get("si", "")
        if element.get("t") != "shared":
            return text
        if text:
            self.shared[shared] = (text, *at)
            return text
        first = self.shared.get(shared)
        return shifted(first[0], at[0] - first[1], at[1] - first[2]) if first else ""

    def _cell(self, element: XmlElement, at: tuple[int, int]) -> Cell | None:
        kind = element.get("t", "n")
        value, formula, inline = None, None, None
        for child in element:
            if child.tag == f"{{{MAIN}}}v":
                value = child.text or ""
            elif child.tag == f"{{{MAIN}}}f":
                formula = self._formula(child, at)
            elif child.tag == f"{{{MAIN}}}is":
                inline = parts.string(child)
        if value is None and formula is None and not inline:
            return None
        number, code = self._format(element.get("s", "0"))
        content = self._content(kind, value or "", inline)
        return Cell(
            **content,
            formula=formula,
            computed=bool(value) or (value is not None and kind == "str"),  # openpyxl writes an empty v
            format=code,
            format_number=number,
            since_1904=self.since_1904,
        )

    def _content(self, kind: str, value: str, inline: str | None) -> dict[str, Any]:
        """What a ``c`` of a type holds (ST_CellType, 18.18.11)."""
        if kind == "inlineStr":
            return {"text": inline or ""}
        if kind == "s":
            return {"text": self._shared(value) if value else ""}
        if kind == "b":
            return {"truth": value.strip() in {"1", "true"}} if value else {}
        if kind == "n" and not value:
            return {}
        if kind == "e":
            return {"error": value or "#N/A"}
        if kind in {"str", "d"}:
            return {"text": parts.unescaped(value)}
        number = _number(value)
        return {"number": number} if number is not None else {"text": value}

    def _shared(self, value: str) -> str:
        at = int(value)
        if not 0 <= at < len(self.strings):
            raise UnreadableFile(problem("file-damaged"))
        return self.strings[at]

    def _format(self, style: str) -> tuple[int, str]:
        at = int(style) if style.isdigit() else 0
        return self.formats[at] if at < len(self.formats) else (0, "General")


def parse_area(text: str) -> Area | None:
    """The range a name stands for; None if it is none, several, or lost (#REF!)."""
    match = _AREA.fullmatch(text.strip())
    if match is None:
        return None
    sheet = (match["quoted"] or match["plain"]).replace("''", "'")
    left, top = column_number(match["left"]), int(match["top"]) - 1
    right = column_number(match["right"]) if match["right"] else left
    bottom = int(match["bottom"]) - 1 if match["bottom"] else top
    return Area(sheet, min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _number(value: str) -> Decimal | None:
    """The number as the program that wrote it meant it: the shortest that is the same 64-bit float."""
    try:
        number = float(value)
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return Decimal(int(number)) if number.is_integer() and abs(number) < 1e16 else Decimal(repr(number))


def _formats(styles: XmlElement | None) -> list[tuple[int, str]]:
    """The number format of each cell style, as id and code; the code of a built-in one is "General" here."""
    if styles is None:
        return []
    codes = {
        int(each.get("numFmtId", "0")): each.get("formatCode", "General")
        for each in styles.iterfind(f"{{{MAIN}}}numFmts/{{{MAIN}}}numFmt")
    }
    numbers = [int(each.get("numFmtId", "0")) for each in styles.iterfind(f"{{{MAIN}}}cellXfs/{{{MAIN}}}xf")]
    return [(number, codes.get(number, "General")) for number in numbers]


def _children(root: XmlElement | None, name: str) -> Iterator[XmlElement]:
    return iter(()) if root is None else root.iterfind(f"{{{MAIN}}}{name}")
