"""Where the answers of a question or table stand in a workbook that came back.

Keys, in this order: the defined name; the row id in the hidden first column; the label or header. All that survive are
looked at. Where two disagree, nothing is placed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from docgen.formats.excel import display
from docgen.formats.excel.calculated import adds_up
from docgen.formats.excel.names import a1
from docgen.formats.excel.ooxml import Area, Sheet, Workbook
from docgen.formats.excel.own import Home, words
from docgen.formats.excel.places import COL_FIRST, COL_ID, COL_NUMBER, QuestionPlace, TablePlace
from docgen.response import Key

MAX_ROW_NUMBER = 99_999
MAX_GAP = 2  # empty rows between a table's last row and one written below it


@dataclass(frozen=True)
class Hit:
    """A cell, the key that found it, and how sure that is.

    ``rival`` is another key's place where they disagree, ``typed`` whether anything stands in any of these places.
    """

    sheet: Sheet
    row: int
    col: int
    by: Key
    sure: float
    rival: str = ""
    typed: bool = True

    @property
    def where(self) -> str:
        """The place as a person finds it."""
        return f"{self.sheet.name}!{a1(self.row, self.col)}"


def sheet_named(workbook: Workbook, name: str) -> Sheet | None:
    """The sheet with a name."""
    return next((sheet for sheet in workbook.sheets if sheet.name == name), None)


def find_question(question: QuestionPlace, workbook: Workbook, home: Home | None) -> Hit | None:
    """The cell of a question's answer; None where no key is left, or only a name that leads to a stranger's sheet."""
    area = workbook.names.get(question.name)
    sheet = sheet_named(workbook, area.sheet) if area is not None else None
    places: list[tuple[Key, Sheet, int, int]] = []
    if area is not None and sheet is not None:
        places.append(("name", sheet, area.top, area.left))
    if home is not None:
        label = home.anchors.get((question.row, question.label_col))
        ids = home.ids.get(home.place.ids.get(question.row, ""), [])
        across = question.col - question.label_col
        if len(ids) == 1:
            row, id_col = ids[0]
            col = label[1] + across if label is not None and label[0] == row else id_col + question.col - COL_ID
            places.append(("bookmark", home.sheet, row, col))
        if label is not None:
            places.append(("label", home.sheet, label[0], label[1] + across))
    if not places or (len(places) == 1 and (home is None or places[0][1].name != home.sheet.name)):
        return None
    by, found, row, col = places[0]
    rivals = [(other, at, col_at) for _, other, at, col_at in places[1:] if (other.name, at) != (found.name, row)]
    rival = f"{rivals[0][0].name}!{a1(*rivals[0][1:])}" if rivals else ""
    typed = any((at, col_at) in other.cells for _, other, at, col_at in places)
    return Hit(found, row, col, by, 1.0 if len(places) > 1 else 0.9, rival, typed)


@dataclass(frozen=True)
class FoundTable:
    """Where a table stands now: the sheet, each column (None: lost, or its keys disagree), and its rows."""

    sheet: Sheet
    columns: tuple[int | None, ...]
    by: tuple[Key, ...]
    number_col: int
    id_col: int
    label_col: int
    first: int
    last: int
    disagreements: tuple[tuple[int, int, int], ...] = ()  # column's place, and the two columns its keys lead to
    elsewhere: str = ""  # another sheet, to which its names lead


def find_table(table: TablePlace, workbook: Workbook, home: Home | None) -> FoundTable | None:
    """Where a table stands; None where no key is left but names that lead to a stranger's sheet."""
    if home is None:
        return None
    sheet = home.sheet
    areas = [workbook.names.get(column.name) for column in table.columns]
    number = workbook.names.get(table.number_name)
    known = {each.name for each in workbook.sheets} - {sheet.name}
    led = [area.sheet for area in (*areas, number) if area is not None and area.sheet in known]
    header, heads = _header(table, home)
    columns, by, disagreements = _columns(table, [_on(area, sheet) for area in areas], heads)
    rows = _rows(
        table, [area for area in (*areas, number) if area is not None and area.sheet == sheet.name], home, header
    )
    if rows is None or not any(col is not None for col in columns):
        return None
    number_area = _on(number, sheet)
    number_col = number_area.left if number_area is not None else heads.get(COL_NUMBER, COL_NUMBER)
    label_col = heads.get(COL_FIRST, number_col + 1)
    id_col = _id_col(table, home, heads)
    elsewhere = led[0] if led else ""
    return FoundTable(sheet, columns, by, number_col, id_col, label_col, *rows, disagreements, elsewhere)


def _on(area: Area | None, sheet: Sheet) -> Area | None:
    return area if area is not None and area.sheet == sheet.name else None


def _header(table: TablePlace, home: Home) -> tuple[int | None, dict[int, int]]:
    """The header row as it stands now, and the column of each header by where it was placed."""
    cols = [COL_ID, COL_NUMBER, COL_FIRST, *(column.col for column in table.columns)]
    anchors = {col: home.anchors[table.header_row, col] for col in cols if (table.header_row, col) in home.anchors}
    rows = [row for row, _ in anchors.values()]
    header = max(sorted(set(rows)), key=rows.count) if rows else None
    return header, {col: spot[1] for col, spot in anchors.items() if spot[0] == header}


def _columns(
    table: TablePlace, areas: list[Area | None], heads: dict[int, int]
) -> tuple[tuple[int | None, ...], tuple[Key, ...], tuple[tuple[int, int, int], ...]]:
    """Each column's place now, the key that says so, and where name and header disagree."""
    columns: list[int | None] = []
    by: list[Key] = []
    disagreements = []
    for at, (column, area) in enumerate(zip(table.columns, areas, strict=True)):
        head = heads.get(column.col)
        by.append("name" if area is not None else "place")
        if area is not None and head is not None and area.left != head:
            disagreements.append((at, area.left, head))
            columns.append(None)
        else:
            columns.append(area.left if area is not None else head)
    return tuple(columns), tuple(by), tuple(disagreements)


def _rows(table: TablePlace, areas: list[Area], home: Home, header: int | None) -> tuple[int, int] | None:
    """The first and last row of a table's data, by names, row ids and header, whatever reaches farthest."""
    ids = [row for each in table.rows for row, _ in home.ids.get(home.place.ids[each.row], [])]
    tops = [area.top for area in areas] + ids
    bottoms = [area.bottom for area in areas] + ids
    if header is not None and (not tops or header < min(tops)):
        tops.append(header + 1)
    if not tops:
        return None
    if not bottoms and header is not None:
        bottoms.append(header + len(table.rows))
    return min(tops), max(bottoms)


def _id_col(table: TablePlace, home: Home, heads: dict[int, int]) -> int:
    for row in table.rows:
        for _, col in home.ids.get(home.place.ids[row.row], []):
            return col
    return heads.get(COL_ID, COL_ID)


@dataclass(frozen=True)
class FoundRow:
    """A row of a table now: its number (None: none yet), and the two numbers its keys give where they disagree.

    ``printed``: what stands in the column of numbers is one.
    """

    row: int
    number: int | None
    rivals: tuple[int, ...] = ()
    printed: bool = False


def find_rows(table: TablePlace, found: FoundTable, stops: set[int]) -> Iterator[FoundRow]:
    """The rows of a table from its first on, and those written below its end before anything else stands there.

    ``stops`` are rows with own text below it; a row of totals is passed over, not a stop.
    """
    ids = {f"{table.table.key}[{row.number}]": row.number for row in table.rows}
    labels = {words(row.label): row.number for row in table.rows} if table.table.fixed else {}
    cols = {col for col in found.columns if col is not None}
    filled = sorted({row for row, _ in found.sheet.cells if row >= found.first})
    last = found.last
    for row in filled:
        if row > found.last:
            if row in stops or table.table.fixed or row - last > MAX_GAP + 1:
                return
            if not any(_filled(found.sheet, row, col) for col in cols):
                numbered = _numbered(row, found, ids, labels)
                if numbered.number in ids.values():  # a spare row that was pushed down
                    yield numbered
                last = row
                continue
            if row - last > 1 and sum(_filled(found.sheet, row, col) for col in cols) < 2 < len(cols):
                return  # a lone remark some way below
            last = row
        yield _numbered(row, found, ids, labels)


def find_total(table: TablePlace, found: FoundTable, home: Home) -> int | None:
    """The row of totals as it stands now: by its label, by a sum of the rows above it, or by what it holds alone.

    Amounts below a table and nothing that would say what they are for are sums: as a row they would count twice.
    """
    labelled = [spot[0] for (row, _), spot in home.anchors.items() if row == table.total_row]
    if labelled:
        return labelled[0]
    columns = list(zip(table.columns, found.columns, strict=True))
    totals = {col for column, col in columns if column.column.total and col is not None}
    others = {col for column, col in columns if not column.column.total and col is not None}
    below = sorted({row for row, _ in found.sheet.cells if row > found.last})
    cells = found.sheet.cells
    for row in below:
        if any(col in totals and adds_up(cells.get((row, col)), col) for col in totals):
            return row
    for row in below:
        if row - found.last > MAX_GAP + 1:
            break
        label_cell = cells.get((row, COL_FIRST if table.table.fixed else found.number_col))
        label = label_cell is not None and label_cell.number is None and not label_cell.text.strip().isdecimal()
        amounts = any(_filled(found.sheet, row, col) for col in totals)
        alone = not any(_filled(found.sheet, row, col) for col in others)
        if amounts and (alone or (label and label_cell is not None and not label_cell.blank)):
            return row
    return None


def _filled(sheet: Sheet, row: int, col: int) -> bool:
    cell = sheet.cells.get((row, col))
    return cell is not None and not (cell.blank and cell.formula is None)


def _numbered(row: int, found: FoundTable, ids: dict[str, int], labels: dict[str, int]) -> FoundRow:
    """A row's number by its id, its printed number and its label."""
    id_cell = found.sheet.cells.get((row, found.id_col))
    number_cell = found.sheet.cells.get((row, found.number_col))
    label_cell = found.sheet.cells.get((row, found.label_col))
    votes: list[int] = []
    if id_cell is not None and words(id_cell.text) in ids:
        votes.append(ids[words(id_cell.text)])
    printed = display.raw(number_cell, "en").number if number_cell is not None else None
    if printed is None and number_cell is not None and number_cell.text.strip().isdecimal():
        printed = int(number_cell.text.strip()[:9])  # type: ignore[assignment]
    known = printed is not None and printed == int(printed) and 0 < printed <= MAX_ROW_NUMBER
    if printed is not None and known:
        votes.append(int(printed))
    if label_cell is not None and words(label_cell.text) in labels:
        votes.append(labels[words(label_cell.text)])
    distinct = tuple(dict.fromkeys(votes))
    if len(distinct) > 1:
        return FoundRow(row, None, distinct)
    return FoundRow(row, distinct[0] if distinct else None, printed=known)
