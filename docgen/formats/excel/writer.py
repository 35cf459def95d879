"""A workbook from a document: drawn with XlsxWriter as :mod:`.placing` has placed it.

XlsxWriter and not openpyxl, which cannot write the cached value of a formula: on a phone the totals would be empty.
The same document gives the same bytes.
"""

import datetime
import io
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

import xlsxwriter

from docgen.document import Document, Slot
from docgen.formats.excel import charting, identity, printing
from docgen.formats.excel.controls import CONTROLS, MONEY_FORMAT, Control, control, write_text
from docgen.formats.excel.formulas import Spot, spell
from docgen.formats.excel.look import BODY, FONT, OCHRE, Look
from docgen.formats.excel.names import a1_range
from docgen.formats.excel.places import (
    COL_FIRST,
    COL_ID,
    COL_NUMBER,
    ID_HEADER,
    Book,
    ColumnPlace,
    SheetPlace,
    TablePlace,
    Text,
)
from docgen.formats.excel.placing import IDENTITY_SHEET, place
from docgen.formats.excel.printing import Printing
from docgen.formats.opc import open_package, write_package
from docgen.locales import text as say

MAX_FOOTER = 255  # characters, 18.3.1.46
_CREATED = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed time: same input, same bytes
_INDENT = {"left": {"indent": 1}, "right": {"indent": 1}}
_ALLOWED = {"format_columns": True, "format_rows": True, "insert_rows": True, "format_cells": False}
_ALLOWED_IN_PLAN = {"format_columns": True, "format_rows": True, "autofilter": True}


def write(document: Document) -> bytes:
    """The workbook that asks what a document asks, with the answers that stand in it."""
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "default_format_properties": {"font_name": FONT, "font_size": BODY},
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(buffer, options) as workbook:
        _Writer(workbook, place(document)).draw()
    return write_package(open_package(buffer.getvalue()).members.items())


class _Writer:
    def __init__(self, workbook: Any, book: Book) -> None:
        self.workbook = workbook
        self.book = book
        self.document = book.document
        self.language = book.document.language
        self.look = Look(workbook, book.document.theme)
        self.spots = book.spots()

    def draw(self) -> None:
        document = self.document
        self.workbook.set_properties(
            {"title": f"{document.plan} – {document.title}", "subject": document.organisation, "created": _CREATED}
        )
        for name, value in identity.properties(document.identity).items():
            self.workbook.set_custom_property(name, value, "text")
        places = (self.book.start, *self.book.sections)
        sheets = [(each, self.workbook.add_worksheet(each.name)) for each in places]
        for each, sheet in sheets[1:]:
            self._section(each, sheet)
        self._start(*sheets[0])
        self._lists(self.workbook.add_worksheet(self.book.lists.sheet))
        self._identity(self.workbook.add_worksheet(IDENTITY_SHEET))
        self.workbook.set_size(2400, 1300)

    # sheets

    def _start(self, place: SheetPlace, sheet: Any) -> None:
        sheet.set_column(COL_ID, COL_ID, 2, self.look.format("hidden"))
        self._canvas(place, sheet)
        logo = self.document.theme.logo
        if logo is not None:
            options = {"image_data": io.BytesIO(logo), "description": say(self.language, "excel.logo")}
            sheet.insert_image(0, place.last_col, "logo", options)
        for (row, col), spot in place.sums.items():
            spec, value = self.book.at(spot)
            shown = self.look.format("sum-value", num_format=control(spec).number_format(spec))
            self._formula(sheet, row, col, f"={_reference(spot)}", value, shown)
        sheet.activate()
        self._print(place, sheet)

    def _section(self, place: SheetPlace, sheet: Any) -> None:
        sheet.set_column(COL_ID, COL_ID, 1, self.look.format("hidden"), {"hidden": True})
        self._canvas(place, sheet)
        about = say(self.language, "excel.about", plan=self.document.plan, title=self.document.title)
        for row, text in place.ids.items():
            sheet.write_string(row, COL_ID, text, self.look.format("hidden"))
        for question in place.questions:
            self._answer(place, sheet, question.slot, question.row, question.col, question.to_col, {})
            self.workbook.define_name(question.name, f"={_reference(Spot(place.name, question.row, question.col))}")
        for table in place.tables:
            self._table(place, sheet, table)
        for chart in place.charts:
            charting.draw(self.workbook, sheet, self.document.theme, self.spots, place, chart)
        for first, last, col, rule in place.rules:
            sheet.data_validation(first, col, last, col, rule)
        if place.freeze != (0, 0):
            sheet.freeze_panes(*place.freeze)
        self._print(place, sheet)
        sheet.set_header(f'&L&"{FONT},Regular"&9{_escaped(about)}')

    def _canvas(self, place: SheetPlace, sheet: Any) -> None:
        """What every visible sheet has: widths, heights, texts, protection."""
        sheet.hide_gridlines(2)
        sheet.set_default_row(printing.ROW_HEIGHT)
        for col, width in place.widths.items():
            sheet.set_column(col, col, width)
        for row, height in place.heights.items():
            sheet.set_row(row, round(height * 4 / 3) * 3 / 4)  # whole pixels
        for text in place.texts:
            self._text(place, sheet, text)
        sheet.protect("", _ALLOWED_IN_PLAN if self.document.kind == "plan" else _ALLOWED)

    def _lists(self, sheet: Any) -> None:
        for row, col, entry in self.book.lists.cells():
            if isinstance(entry, int):
                sheet.write_number(row, col, entry, self.look.format("hidden"))
            else:
                write_text(sheet, row, col, entry, partial(self.look.format, "hidden"))
        sheet.protect("", _ALLOWED)
        sheet.hide()

    def _identity(self, sheet: Any) -> None:
        for row, (key, value) in enumerate(identity.rows(self.document.identity, self.document.carried)):
            sheet.write_string(row, 0, key, self.look.format("hidden"))
            sheet.write_string(row, 1, value, self.look.format("hidden"))
        sheet.protect("", _ALLOWED)
        sheet.hide()

    def _print(self, place: SheetPlace, sheet: Any) -> None:
        printed = Printing(place)
        sheet.set_paper(printed.paper)
        if printed.across:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_h_pagebreaks(list(printed.breaks()))
        sheet.set_margins(*printing.MARGINS)
        if len(place.tables) == 1:
            sheet.repeat_rows(place.tables[0].header_row)
        page = say(self.language, "form.page", page="&P", pages="&N")
        footer = f'&L&"{FONT},Regular"&9{_escaped(self.document.organisation)}&R&"{FONT},Regular"&9{page}'
        sheet.set_footer(footer[:MAX_FOOTER])

    # cells

    def _text(self, place: SheetPlace, sheet: Any, text: Text) -> None:
        style = self.look.format(text.style)
        if text.style == "band":
            for col in range(COL_NUMBER, place.last_col + 1):
                sheet.write_blank(text.row, col, None, style)
        if text.link:
            target = f"internal:{_reference(Spot(text.link, 0, 0))}"
            tip = say(self.language, "excel.go_to", sheet=text.link)
            sheet.write_url(text.row, text.col, target, style, text.text, tip)
            return
        if text.to_col > text.col:
            sheet.merge_range(text.row, text.col, text.row, text.to_col, "", style)
        if len(text.runs) == 1 and not (text.runs[0].bold or text.runs[0].italic or text.runs[0].tone != "ink"):
            write_text(sheet, text.row, text.col, text.text, partial(self.look.format, text.style))
            return
        parts: list[Any] = []
        for run in text.runs:
            parts += [self.look.run(text.style, bold=run.bold, italic=run.italic, tone=run.tone), run.text]
        if len(text.runs) == 1:
            run = text.runs[0]
            colour = {} if run.tone == "ink" else {"font_color": self.look.tones[run.tone]}
            made = partial(self.look.format, text.style, bold=run.bold, italic=run.italic, **colour)
            write_text(sheet, text.row, text.col, text.text, made)
        else:
            sheet.write_rich_string(text.row, text.col, *parts, style)

    def _answer(
        self, place: SheetPlace, sheet: Any, slot: Slot, row: int, col: int, to_col: int, more: Mapping[str, Any]
    ) -> None:
        """An answer's cell: its value, its formula, or nothing yet."""
        found = control(slot.spec)
        style = "computed" if slot.formula is not None else "read" if slot.read_only else "input"
        number_format = found.number_format(slot.spec)
        if slot.formula is not None and slot.address.row is not None:
            number_format = f'{number_format};-{number_format};"–"' if ";" not in number_format else number_format
        more = {"num_format": number_format, "align": found.align, "indent": 1, **more}
        if style == "read" and found.align == "left":
            more["text_wrap"] = True
        made = partial(self.look.format, style, **more)
        if to_col > col:
            sheet.merge_range(row, col, row, to_col, "", made())
        if slot.formula is not None:
            self._formula(sheet, row, col, spell(slot.formula, place.name, self.spots), slot.value, made())
        elif slot.value is None:
            sheet.write_blank(row, col, None, made())
        else:
            found.write(sheet, row, col, slot.value, slot.spec, made)

    @staticmethod
    def _formula(sheet: Any, row: int, col: int, formula: str, value: object, style: Any) -> None:
        """A formula with its value, which is what a preview shows."""
        cached = value if isinstance(value, Decimal | int) else Decimal(0)
        sheet.write_formula(row, col, formula, style, int(cached) if cached == int(cached) else float(cached))

    # tables

    def _table(self, place: SheetPlace, sheet: Any, table: TablePlace) -> None:
        number = CONTROLS["table"]
        assert isinstance(number, Control)  # noqa: S101 - a table's own cell is one
        typed = [[row.slots[at] for row in table.rows] for at in range(len(table.columns))]
        cents = [any(slot.formula is None and _has_fraction(slot.value) for slot in slots) for slots in typed]
        for row in table.rows:
            sheet.write_number(row.row, COL_NUMBER, row.number, self.look.format("number"))
            if table.table.fixed:
                write_text(sheet, row.row, COL_FIRST, row.label, partial(self.look.format, "row-label"))
            for slot, column, cent in zip(row.slots, table.columns, cents, strict=True):
                more = self._as_typed(column, slot, to_the_cent=cent)
                self._answer(place, sheet, slot, row.row, column.col, column.col, more)
        for column in table.columns:
            span = (table.first_row, column.col), (table.last_row, column.col)
            self.workbook.define_name(column.name, "=" + a1_range(*span, place.name))
        span = (table.first_row, COL_NUMBER), (table.last_row, COL_NUMBER)
        self.workbook.define_name(table.number_name, "=" + a1_range(*span, place.name))
        whole = (table.first_row, COL_NUMBER), (table.last_row, table.last_col)
        self.workbook.define_name(table.name, "=" + a1_range(*whole, place.name))
        self._list_object(sheet, table)
        if table.total_row is not None:
            self._totals(place, sheet, table, table.total_row)

    def _as_typed(self, column: ColumnPlace, slot: Slot, *, to_the_cent: bool) -> dict[str, Any]:
        """What a cell of the merged plan needs to show an answer as it was typed; in ochre what was not understood."""
        if self.document.kind != "plan" or slot.formula is not None:
            return {}
        if slot.spec.type != column.column.spec.type:
            return {"font_color": OCHRE}
        whole = control(slot.spec).number_format(slot.spec) != MONEY_FORMAT
        return {"num_format": f"{MONEY_FORMAT}.00"} if to_the_cent and not whole else {}

    def _list_object(self, sheet: Any, table: TablePlace) -> None:
        """A table of Excel's own, for screen readers and for headers that stay in view (ECMA-376 part 1, 18.5)."""
        headers = [(ID_HEADER, "left"), (table.number_header, "center")]
        if table.table.fixed:
            headers.append((table.label_header, "left"))
        headers += [(column.header, control(column.column.spec).align) for column in table.columns]
        columns = [
            {"header": header, "header_format": self.look.format("header", align=align, **_INDENT.get(align, {}))}
            for header, align in headers
        ]
        options = {
            "name": table.list_object,
            "columns": columns,
            "autofilter": table.filtered,
            "banded_rows": False,
            "style": None,
            "title": table.table.label,
        }
        sheet.add_table(table.header_row, COL_ID, table.last_row, table.last_col, options)

    def _totals(self, place: SheetPlace, sheet: Any, table: TablePlace, total_row: int) -> None:
        for col in range(COL_NUMBER, table.last_col + 1):
            sheet.write_blank(total_row, col, None, self.look.format("total"))
        for text in place.texts:
            if text.row == total_row:
                self._text(place, sheet, text)
        for column in table.columns:
            if column.column.total:
                span = a1_range((table.first_row, column.col), (table.last_row, column.col)).replace("$", "")
                spec, value = self.book.at(Spot(place.name, total_row, column.col))
                number_format = control(spec).number_format(spec)
                shown = self.look.format("total", num_format=number_format, align="right", indent=1)
                self._formula(sheet, total_row, column.col, f"=SUM({span})", value, shown)


def _has_fraction(value: object) -> bool:
    return isinstance(value, Decimal) and value != value.to_integral_value()


def _reference(spot: Spot) -> str:
    return a1_range((spot.row, spot.col), (spot.row, spot.col), spot.sheet)


def _escaped(text: str) -> str:
    """A text in a header or footer, where & begins a code (18.3.1.46)."""
    return text.replace("&", "&&")
