"""The first sheet: what this file is, how it is filled in, what stands where, and the sums as they are now."""

from collections import Counter
from collections.abc import Iterator, Sequence

from docgen.document import PARTNER, Document, Guide
from docgen.formats.excel import widths
from docgen.formats.excel.formulas import Spot
from docgen.formats.excel.places import COL_NUMBER, Run, SheetPlace, Text
from docgen.locales import text as say
from docgen.series import is_each

# Columns: what this is and how to fill it in on the left; what stands where and the sums on the right.
_LABEL, _VALUE, _GAP, _SHEET, _ASKS = range(COL_NUMBER, COL_NUMBER + 5)
_WIDTHS = {_LABEL: 26.0, _VALUE: 40.0, _GAP: 3.0, _SHEET: 34.0, _ASKS: 48.0}
_MAX_SUMS = 6
_ASKS_LENGTH = 96  # characters of what a sheet asks for


def place_start(document: Document, name: str, sheets: Sequence[SheetPlace]) -> SheetPlace:
    """The first sheet of a workbook whose other sheets are placed."""
    return _Start(document, name, sheets).placed()


class _Start:
    def __init__(self, document: Document, name: str, sheets: Sequence[SheetPlace]) -> None:
        self.document = document
        self.language = document.language
        self.sheets = sheets
        self.place = SheetPlace(name, "", widths=dict(_WIDTHS), last_col=_ASKS)

    def placed(self) -> SheetPlace:
        self._put(1, _LABEL, "plan", self.document.plan)
        self._put(2, _LABEL, "document", self.document.title)
        self._put(3, _LABEL, "organisation", self.document.organisation)
        self.place.heights |= {0: 10, 1: 32, 2: 24, 3: 22, 4: 8}
        self._heading(5, _LABEL, _VALUE, "excel.facts")
        left = self._guides(self._facts(6))
        right = self._sums(self._contents(5))
        end = max(left, right)
        self._put(end, _LABEL, "quiet", say(self.language, "form.reference"))
        self._put(end, _VALUE, "quiet", self.document.identity.reference)
        return self.place

    def _put(self, row: int, col: int, style: str, text: str, *, to_col: int | None = None, link: str = "") -> None:
        if text:
            self.place.texts.append(Text(row, col, (Run(text),), style, col if to_col is None else to_col, link))

    def _tall(self, row: int, height: float) -> None:
        self.place.heights[row] = max(self.place.heights.get(row, 0.0), height)

    def _heading(self, row: int, col: int, to_col: int, key: str) -> None:
        self._put(row, col, "heading", say(self.language, key), to_col=to_col)
        self._tall(row, 24)

    def _facts(self, row: int) -> int:
        for label, value in self.document.facts:
            self._put(row, _LABEL, "fact", label)
            self._put(row, _VALUE, "value", value)
            needed = max(widths.lines(value, _WIDTHS[_VALUE]), widths.lines(label, _WIDTHS[_LABEL]))
            self._tall(row, 6 + widths.LINE_10_PT * needed)
            row += 1
        return row + 1

    def _guides(self, row: int) -> int:
        for at, guide in enumerate(self.document.guide):
            if not at:
                self._heading(row, _LABEL, _VALUE, "excel.how")
                row += 1
            row = self._guide(row, guide)
        return row

    def _guide(self, row: int, guide: Guide) -> int:
        """A guide, a row for each paragraph."""
        lead = [Run(f"{guide.label}: ", bold=True, tone="deep")] if guide.label else []
        for prose in guide.prose:
            marker = [Run(f"{prose.marker} ")] if prose.marker else []
            runs = (*lead, *marker, *(Run(span.text, span.bold, span.italic) for span in prose.spans))
            lead = []
            text = Text(row, _LABEL, runs, "advice", _VALUE)
            self.place.texts.append(text)
            self._tall(row, 6 + widths.LINE_10_PT * widths.lines(text.text, _WIDTHS[_LABEL] + _WIDTHS[_VALUE]))
            row += 1
        return row + 1

    def _contents(self, row: int) -> int:
        self._heading(row, _SHEET, _ASKS, "excel.sheets")
        if not self.sheets:
            row += 1
            self._put(row, _SHEET, "value", say(self.language, "plan.nothing"), to_col=_ASKS)
        for sheet in self.sheets:
            row += 1
            self._put(row, _SHEET, "link", sheet.name, link=sheet.name)
            asks = self._holds(sheet) if self.document.kind == "plan" else _asks(sheet)
            self._put(row, _ASKS, "value", asks)
            needed = max(widths.lines(asks, _WIDTHS[_ASKS]), widths.lines(sheet.name, _WIDTHS[_SHEET]))
            self._tall(row, 6 + widths.LINE_10_PT * needed)
        return row + 2

    def _holds(self, sheet: SheetPlace) -> str:
        """What a sheet of the merged plan holds, in one line: its questions, then what stands under titles."""
        titles = [text.text for text in sheet.texts if text.style == "title"]
        if titles or not sheet.tables:
            return _in_one_line([question.caption for question in sheet.questions] + titles)
        table = sheet.tables[0]  # a lone one, which is called as its sheet is
        whose = {
            row.slots[at].value
            for row in table.rows
            for at, each in enumerate(table.columns)
            if each.column.key == PARTNER
        }
        return say(self.language, "plan.rows", rows=len(table.rows), organisations=len(whose))

    def _sums(self, row: int) -> int:
        sums = list(self._key_sums())[:_MAX_SUMS]
        if not sums:
            return row
        self._heading(row, _SHEET, _ASKS, "plan.totals" if self.document.kind == "plan" else "excel.sums")
        for label, spot in sums:
            row += 1
            self._put(row, _SHEET, "sum", label)
            self.place.sums[row, _ASKS] = spot
            self._tall(row, 6 + widths.LINE_10_PT * widths.lines(label, _WIDTHS[_SHEET]))
        return row + 2

    def _key_sums(self) -> Iterator[tuple[str, Spot]]:
        """The calculated fields that stand on lines of their own, then the totals of calculated columns."""
        for sheet in self.sheets:
            alone = Counter(question.row for question in sheet.questions)
            for question in sheet.questions:
                if question.slot.formula is not None and alone[question.row] == 1:
                    unit = f" ({question.slot.spec.unit})" if question.slot.spec.unit else ""
                    yield f"{question.slot.label}{unit}", Spot(sheet.name, question.row, question.col)
        for sheet in self.sheets:
            for table in sheet.tables:
                if table.total_row is None:
                    continue
                for at, column in enumerate(table.columns):
                    whole = self.document.kind != "plan" or not is_each(column.column.key)
                    if column.column.total and whole and table.calculated(at):
                        lone = self.document.kind == "plan" and len(sheet.tables) == 1
                        called = sheet.name if lone else table.table.label
                        label = say(self.language, "excel.sum_of", table=called, column=column.header)
                        yield label, Spot(sheet.name, table.total_row, column.col)


def _asks(sheet: SheetPlace) -> str:
    """What a sheet asks for, in one line: its questions, then its tables."""
    labels = [question.caption for question in sheet.questions if question.slot.formula is None]
    labels += [table.table.label for table in sheet.tables]
    return _in_one_line(labels)


def _in_one_line(labels: list[str]) -> str:
    text = ", ".join(dict.fromkeys(labels))
    return text if len(text) <= _ASKS_LENGTH else text[:_ASKS_LENGTH].rsplit(" ", 1)[0].rstrip(",") + " …"
