"""Where everything of a document stands in its workbook.

A :class:`Book` is worked out from a :class:`~docgen.document.Document` alone (:mod:`.placing`). The writer draws it; the
reader gets the same one, so that it knows the blueprint's own text and where each answer was. Rows and columns are
counted from 0, widths are in characters, heights in points.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from docgen.document import Chart, Column, Document, Slot, Table
from docgen.fields import FIELD_TYPES, Spec
from docgen.formats.excel.formulas import Span, Spot, Spots
from docgen.formats.excel.lists import Lists
from docgen.formats.excel.validation import Rule
from docgen.values import Address, Value

COL_ID = 0  # hidden: what each row is about
ID_HEADER = "id"  # over it, in a table
COL_NUMBER = 1
COL_FIRST = 2  # the first column of content; the label of a fixed row


@dataclass(frozen=True)
class Run:
    """A piece of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    tone: str = "ink"


@dataclass(frozen=True)
class Text:
    """Text of the blueprint's or the writer's own. ``to_col`` merges it with the cells to its right."""

    row: int
    col: int
    runs: tuple[Run, ...]
    style: str
    to_col: int
    link: str = ""  # the name of a sheet

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class QuestionPlace:
    """The cell of an answer outside a table. ``label`` is all that stands in its label's cell."""

    slot: Slot
    name: str
    row: int
    col: int
    to_col: int
    label: str
    label_col: int
    caption: str  # the label without unit and hint; one for all answers on a line


@dataclass(frozen=True)
class ColumnPlace:
    """A column of a table: ``header`` as it stands in the header cell, no two alike."""

    column: Column
    col: int
    name: str
    header: str


@dataclass(frozen=True)
class RowPlace:
    """A row of a table. ``printed`` is False for a spare one."""

    number: int
    label: str
    row: int
    slots: tuple[Slot, ...]
    printed: bool


@dataclass(frozen=True)
class TablePlace:
    """A table: its header row, its columns and rows, its row of totals if it has one."""

    table: Table
    name: str
    list_object: str
    header_row: int
    number_header: str
    label_header: str  # "" where rows are not fixed
    columns: tuple[ColumnPlace, ...]
    rows: tuple[RowPlace, ...]
    total_row: int | None
    filtered: bool = False  # its header has buttons to filter by

    @property
    def first_row(self) -> int:
        """The first row of data."""
        return self.header_row + 1

    @property
    def last_row(self) -> int:
        """The last row of data, spare rows counted."""
        return self.header_row + len(self.rows)

    @property
    def last_col(self) -> int:
        """The last column."""
        return self.columns[-1].col

    @property
    def number_name(self) -> str:
        """The defined name of the column of row numbers; no column of a blueprint is named row."""
        return f"{self.name}_row"

    def calculated(self, column: int) -> bool:
        """Whether a column, by its place in ``columns``, is calculated."""
        return any(row.slots[column].formula is not None for row in self.rows)


@dataclass(frozen=True)
class ChartPlace:
    """A chart: the cell of its upper left corner, the last row it covers, its size in pixels."""

    chart: Chart
    row: int
    col: int
    last_row: int
    width: int
    height: int


@dataclass
class SheetPlace:
    """A sheet: what stands where."""

    name: str
    key: str  # the section's key, "" for a sheet of the writer's own
    texts: list[Text] = field(default_factory=list)
    questions: list[QuestionPlace] = field(default_factory=list)
    tables: list[TablePlace] = field(default_factory=list)
    charts: list[ChartPlace] = field(default_factory=list)
    ids: dict[int, str] = field(default_factory=dict)  # by row: what the hidden first column says
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    last_col: int = COL_FIRST
    freeze: tuple[int, int] = (0, 0)
    blocks: list[int] = field(default_factory=list)  # the row where each thing begins that one page should hold
    sums: dict[tuple[int, int], Spot] = field(default_factory=dict)  # a cell that repeats another
    rules: list[tuple[int, int, int, Rule]] = field(
        default_factory=list
    )  # first row, last row, column, what may be typed

    def own(self) -> Iterator[tuple[tuple[int, int], str]]:
        """The blueprint's and the writer's own text by its place, but for what tells one row from another."""
        for text in self.texts:
            yield (text.row, text.col), text.text
        for table in self.tables:
            yield (table.header_row, COL_ID), ID_HEADER
            yield (table.header_row, COL_NUMBER), table.number_header
            if table.label_header:
                yield (table.header_row, COL_FIRST), table.label_header
            for column in table.columns:
                yield (table.header_row, column.col), column.header


@dataclass(frozen=True)
class Book:
    """All sheets of a workbook, in order; the hidden one of lists is the last but one."""

    document: Document
    start: SheetPlace
    sections: tuple[SheetPlace, ...]
    lists: Lists

    def spots(self) -> Spots:
        """Where formulas find what they name."""
        cells: dict[Address, Spot] = {}
        columns: dict[tuple[str, str], Span] = {}
        for sheet in self.sections:
            for question in sheet.questions:
                words = _may_be_words(question.slot)
                cells[question.slot.address] = Spot(sheet.name, question.row, question.col, words)
            for table in sheet.tables:
                for at, column in enumerate(table.columns):
                    key = (table.table.key, column.column.key)
                    columns[key] = Span(sheet.name, table.first_row, table.last_row, column.col)
                    for row in table.rows:
                        words = _may_be_words(row.slots[at])
                        cells[row.slots[at].address] = Spot(sheet.name, row.row, column.col, words)
        return Spots(cells.get, lambda table, column: columns.get((table, column)))

    def at(self, spot: Spot) -> tuple[Spec, Value | None]:
        """The spec and the value of a question's cell or of a column's total.

        Raises:
            KeyError: neither stands there.
        """
        sheet = next(sheet for sheet in self.sections if sheet.name == spot.sheet)
        for question in sheet.questions:
            if (question.row, question.col) == (spot.row, spot.col):
                return question.slot.spec, question.slot.value
        for table in sheet.tables:
            for at, column in enumerate(table.columns):
                if (table.total_row, column.col) == (spot.row, spot.col):
                    values = (row.slots[at].value for row in table.rows)
                    return column.column.spec, added(values)
        raise KeyError(spot)

    def tables(self) -> Mapping[str, TablePlace]:
        """Every table by its key."""
        return {table.table.key: table for sheet in self.sections for table in sheet.tables}


def _may_be_words(slot: Slot) -> bool:
    """Whether a cell may hold words, which nothing can be added to."""
    return bool(slot.spec.literals) or not FIELD_TYPES[slot.spec.type].numeric


def added(values: Iterable[Value | None]) -> Decimal:
    """The sum of the numbers among values, as SUM adds them."""
    numbers = (value for value in values if isinstance(value, int | Decimal) and not isinstance(value, bool))
    return sum((Decimal(number) for number in numbers), Decimal(0))
