"""Reading a workbook that came back: which file it is, what stands in each answer, and everything else somebody typed."""

from docgen.document import Document, Question, Slot, Table
from docgen.fields import FIELD_TYPES
from docgen.formats.base import Marks
from docgen.formats.excel import display, identity
from docgen.formats.excel.calculated import Calculated, adds_up, told
from docgen.formats.excel.controls import control
from docgen.formats.excel.leftovers import leftovers
from docgen.formats.excel.locate import (
    FoundRow,
    FoundTable,
    Hit,
    find_question,
    find_rows,
    find_table,
    find_total,
)
from docgen.formats.excel.names import a1
from docgen.formats.excel.ooxml import Cell, Workbook, read_workbook
from docgen.formats.excel.own import Home, find_homes, words
from docgen.formats.excel.places import Book, QuestionPlace, TablePlace
from docgen.formats.excel.placing import place
from docgen.formats.opc import open_package
from docgen.problems import Problem, problem
from docgen.response import Found, Key, Reading, Unplaced
from docgen.values import Address, Raw


def identify(data: bytes) -> Marks:
    """What a workbook says of itself.

    Raises:
        UnreadableFile: damaged, encrypted, or made to exhaust who opens it.
    """
    return identity.read_marks(read_workbook(open_package(data)))


def read(data: bytes, document: Document) -> Reading:
    """What a workbook says, beside what was asked in it.

    Raises:
        UnreadableFile: damaged, encrypted, or made to exhaust who opens it.
    """
    return _Reader(read_workbook(open_package(data)), place(document)).reading()


class _Reader:
    def __init__(self, workbook: Workbook, book: Book) -> None:
        self.workbook = workbook
        self.book = book
        self.document = book.document
        self.language = book.document.language
        self.homes = find_homes(workbook, book)
        self.used: dict[str, set[tuple[int, int]]] = {sheet.name: set() for sheet in workbook.sheets}
        for home in self.homes.values():
            self.used[home.sheet.name] |= home.used
        self.placed = {home.sheet.name: home.place.name for home in self.homes.values()}
        self.calculated = Calculated(book, self.homes)
        self.found: list[Found] = []
        self.unplaced: list[Unplaced] = []
        self.problems: list[Problem] = []

    def reading(self) -> Reading:
        for section, sheet in zip(self.document.sections, self.book.sections, strict=True):
            home = self.homes.get(sheet.name)
            questions = {question.slot.address: question for question in sheet.questions}
            tables = {table.table.key: table for table in sheet.tables}
            for block in section.blocks:
                match block:
                    case Question(slot=slot):
                        self._question(questions[slot.address], home)
                    case Table(key=key):
                        self._table(tables[key], home)
                    case _:
                        pass
        self._own_sheets()
        for each in self.workbook.sheets:
            self.unplaced += leftovers(each, self.used[each.name], self.document)
        return Reading(tuple(self.found), tuple(self.unplaced), tuple(self.problems))

    # answers

    def _question(self, question: QuestionPlace, home: Home | None) -> None:
        hit = find_question(question, self.workbook, home)
        if hit is None:
            return
        if hit.rival:
            self._disagree(question.slot.place, hit.where, hit.rival, typed=hit.typed)
            return
        self._answer(question.slot, hit)

    def _disagree(self, place_: str, one: str, other: str, *, typed: bool) -> None:
        if typed:
            self.problems.append(problem("keys-disagree", place_, one=one, other=other))

    def _answer(self, slot: Slot, hit: Hit, *, printed: bool = True) -> None:
        """One answer, unless it is one of the writer's own values or an empty one of a row that was not printed."""
        cell = hit.sheet.cells.get((hit.row, hit.col))
        self.used[hit.sheet.name].add((hit.row, hit.col))
        if slot.formula is not None or slot.read_only:
            self._own_value(slot, cell, hit)
            return
        raw = Raw() if cell is None else control(slot.spec).read(cell, slot.spec)
        if cell is not None and (cell.error or display.uncomputed(cell)):
            code = "cell-error" if cell.error else "formula-no-value"
            text = cell.error or f"={cell.formula}"
            self.problems.append(problem(code, slot.place, address=slot.address, text=text))
            self.unplaced.append(Unplaced(hit.where, display.shown(cell, self.language)))
        if printed or not raw.empty or raw.truth is not None:
            self.found.append(Found(slot.address, raw, hit.where, hit.by, hit.sure))

    def _own_value(self, slot: Slot, cell: Cell | None, hit: Hit) -> None:
        """A calculated or printed value: what stands there instead of it was typed by somebody."""
        shown = display.shown(cell, self.language)
        if slot.formula is not None:
            sheet = self.placed.get(hit.sheet.name, hit.sheet.name)
            if cell is not None and shown.strip() and not self.calculated.ours(cell, slot, sheet):
                self.unplaced.append(Unplaced(hit.where, told(cell, self.language)))
            return
        raw = Raw() if cell is None else control(slot.spec).read(cell, slot.spec)
        value = FIELD_TYPES[slot.spec.type].parse(raw, slot.spec).value
        if value == slot.value:
            self.found.append(Found(slot.address, raw, hit.where, hit.by, hit.sure))
        elif shown.strip():
            self.unplaced.append(Unplaced(hit.where, shown))

    # tables

    def _table(self, table: TablePlace, home: Home | None) -> None:
        found = find_table(table, self.workbook, home)
        if found is None or home is None:
            return
        for at, one, other in found.disagreements:
            cells = ((row, col) for row in range(found.first, found.last + 1) for col in (one, other))
            places = [f"{found.sheet.name}!{a1(found.first, col)}" for col in (one, other)]
            typed = any(spot in found.sheet.cells for spot in cells)
            self._disagree(f"{table.table.label}, {table.columns[at].header}", *places, typed=typed)
        total = self._total_row(table, found, home)
        rows = [row for row in find_rows(table, found, self._stops(table, home)) if row.row != total]
        if found.elsewhere:
            typed = any(self._typed(table, found, row) for row in rows)
            self._disagree(table.table.label, found.sheet.name, found.elsewhere, typed=typed)
        else:
            self._rows(table, found, rows)

    @staticmethod
    def _stops(table: TablePlace, home: Home) -> set[int]:
        """The rows, as they stand now, that hold own text which ends a table; its totals and advice do not."""
        passed = {text.row for text in home.place.texts if text.style == "more"} | {table.total_row}
        return {spot[0] for (row, _), spot in home.anchors.items() if row not in passed}

    def _total_row(self, table: TablePlace, found: FoundTable, home: Home) -> int | None:
        """The row of totals as it stands now; its formulas are the writer's own, other values in it are not."""
        if table.total_row is None:
            return None
        row = find_total(table, found, home)
        if row is None:
            return None
        for column, col in zip(table.columns, found.columns, strict=True):
            cell = found.sheet.cells.get((row, col)) if col is not None else None
            if column.column.total and col is not None and adds_up(cell, col, found.first, found.last):
                self.used[found.sheet.name].add((row, col))
        return row

    def _rows(self, table: TablePlace, found: FoundTable, rows: list[FoundRow]) -> None:
        known = {row.number: row for row in table.rows}
        highest = max([*known, *(row.number for row in rows if row.number is not None)], default=0)
        seen: set[int] = set()
        for row in rows:
            if row.rivals:
                places = [self._called(table, number) for number in row.rivals[:2]]
                self._disagree(table.table.label, *places, typed=self._typed(table, found, row))
                continue
            number = row.number
            if table.table.fixed and (number is None or number in seen or number not in known):
                continue  # nobody adds rows to a fixed table: what stands there is shown as unplaced
            if number is None or number in seen:
                if not self._typed(table, found, row):
                    if number is not None:
                        self._marks(found, row)
                    continue
                highest += 1
                if number is not None:
                    where = self._called(table, number)
                    self.problems.append(
                        problem(
                            "row-number-twice",
                            where,
                            address=Address(table.table.key, highest),
                            number=number,
                            new=highest,
                        )
                    )
                number = highest
            seen.add(number)
            self._row(table, found, row, number)

    @staticmethod
    def _called(table: TablePlace, number: int) -> str:
        for row in table.rows:
            if row.number == number and row.label:
                return row.label
        return f"{table.table.row_label} {number}"

    @staticmethod
    def _typed(table: TablePlace, found: FoundTable, row: FoundRow) -> bool:
        """Whether anything stands in a row that somebody could have typed."""
        for at, col in enumerate(found.columns):
            cell = found.sheet.cells.get((row.row, col)) if col is not None else None
            if cell is not None and not (table.calculated(at) and cell.formula is not None) and not cell.blank:
                return True
            if cell is not None and not table.calculated(at) and cell.formula is not None:
                return True
        return False

    def _marks(self, found: FoundTable, row: FoundRow) -> None:
        """Notes that a row's number is told by the row; what else stands in its place is somebody's, as is a changed id."""
        if row.printed:
            self.used[found.sheet.name].add((row.row, found.number_col))

    def _row(self, table: TablePlace, found: FoundTable, row: FoundRow, number: int) -> None:
        placed = {each.number: each for each in table.rows}.get(number)
        self._marks(found, row)
        if table.table.fixed and placed is not None:
            label = found.sheet.cells.get((row.row, found.label_col))
            if label is not None and words(label.text) == words(placed.label):
                self.used[found.sheet.name].add((row.row, found.label_col))
        for at, col in enumerate(found.columns):
            if col is None:
                continue
            slot = placed.slots[at] if placed is not None else self._added(table, number, at)
            by: Key = found.by[at]
            sure = 1.0 if by == "name" else 0.9
            printed = placed is not None and placed.printed
            self._answer(slot, Hit(found.sheet, row.row, col, by, sure), printed=printed)

    @staticmethod
    def _added(table: TablePlace, number: int, at: int) -> Slot:
        """The slot of a row that somebody added; a calculated column is calculated there too."""
        pattern = table.rows[-1].slots[at] if table.rows else None
        slot = table.table.slot(number, table.columns[at].column.key)
        if pattern is None or pattern.formula is None:
            return slot
        return Slot(slot.address, slot.place, slot.label, slot.spec, formula=pattern.formula)

    # everything else

    def _own_sheets(self) -> None:
        """Accounts for what the writer put on the hidden sheets and for the sums on the first."""
        lists = {(row, col): str(entry) for row, col, entry in self.book.lists.cells()}
        for sheet in self.workbook.sheets:
            used = self.used[sheet.name]
            if identity.is_identity_sheet(sheet):
                used |= set(identity.own_cells(sheet))
            elif sheet.name == self.book.lists.sheet:
                used |= {spot for spot, text in lists.items() if words(_plain(sheet.cells.get(spot))) == words(text)}
        home = self.homes.get(self.book.start.name)
        if home is not None:
            for (row, col), repeated in self.book.start.sums.items():
                label = next((spot for (at, _), spot in home.anchors.items() if at == row and spot[1] < col), None)
                spot = (label[0], col) if label is not None else (row, col)
                cell = home.sheet.cells.get(spot)
                if cell is not None and self.calculated.repeats(cell, repeated, home.place.name):
                    self.used[home.sheet.name].add(spot)


def _plain(cell: Cell | None) -> str:
    if cell is None:
        return ""
    return str(cell.number) if cell.number is not None else cell.text
