"""Working out where everything of a section stands on its sheet, from the top down."""

from dataclasses import replace

from docgen.document import Block, Document, Guide, Note, Question, Section, Slot, Table
from docgen.fields import FIELD_TYPES
from docgen.formats.excel import grid, widths
from docgen.formats.excel.controls import control
from docgen.formats.excel.lists import Lists
from docgen.formats.excel.names import Unique, a1, defined_name
from docgen.formats.excel.places import (
    COL_FIRST,
    COL_NUMBER,
    QuestionPlace,
    RowPlace,
    Run,
    SheetPlace,
    TablePlace,
    Text,
)
from docgen.formats.excel.validation import Ask
from docgen.locales import text as say
from docgen.series import Series, gathered

_WIDE = 118.0  # characters: a sheet broader than this is printed across and keeps its first columns in view
_GUIDE_WIDTH, _ANSWER_WIDTH, _LABEL_WIDTH = 104.0, 54.0, 30.0


class Sheet:
    """Places one section on its sheet."""

    def __init__(self, document: Document, name: str, names: Unique, lists: Lists) -> None:
        self.document = document
        self.lists = lists
        self.language = document.language
        self.names = names
        self.place = SheetPlace(name, "")
        self.row = 0
        self.answer_to = COL_FIRST + 1
        self.guide_to = COL_FIRST
        self.heads: tuple[str, ...] = ()

    def placed(self, section: Section) -> SheetPlace:
        """Where everything of the section stands."""
        blocks = list(gathered(section.blocks))
        self.place.key = section.key
        self._widths(blocks)
        self._band(section)
        for block in blocks:
            self._block(block)
        self._freeze()
        return self.place

    def _block(self, block: Block | Series) -> None:
        self.place.blocks.append(self.row)
        match block:
            case Guide():
                self._guide(block)
            case Note():
                self._prose(tuple(Run(prose.text) for prose in block.prose), "note")
            case Question():
                self._question(block)
            case Series():
                self._series(block)
            case Table():
                self._table(block)
            case _:
                raise TypeError(block)  # what only a merged plan holds

    # widths

    def _widths(self, blocks: list[Block | Series]) -> None:
        wanted: dict[int, float] = {COL_NUMBER: 5.0, COL_FIRST: 14.0}

        def at_least(col: int, width: float) -> None:
            wanted[col] = max(wanted.get(col, 0.0), width)

        asks = False
        for block in blocks:
            match block:
                case Question():
                    asks = True
                    at_least(COL_FIRST, _LABEL_WIDTH)
                    at_least(COL_FIRST + 1, control(block.slot.spec).width(block.slot.spec))
                case Series():
                    at_least(COL_FIRST, _LABEL_WIDTH)
                    for at, question in enumerate(block.questions):
                        at_least(COL_FIRST + 1 + at, control(question.slot.spec).width(question.slot.spec))
                case Table():
                    for col, width in grid.column_widths(block):
                        at_least(col, width)
                case _:
                    pass
        last = max(wanted)
        if asks:
            room = sum(wanted[col] for col in range(COL_FIRST + 1, last + 1))
            wanted[last] += max(0.0, _ANSWER_WIDTH - room)
            self.answer_to = self._reach(wanted, COL_FIRST + 1, _ANSWER_WIDTH)
        self.place.widths = wanted
        self.place.last_col = last
        self.guide_to = self._reach(wanted, COL_NUMBER, _GUIDE_WIDTH)

    @staticmethod
    def _reach(wanted: dict[int, float], first: int, width: float) -> int:
        """The column up to which cells from the first on are together as wide as wanted."""
        room = 0.0
        for col in range(first, max(wanted) + 1):
            room += wanted[col]
            if room >= width:
                return col
        return max(wanted)

    def _room(self, first: int, last: int) -> float:
        return sum(self.place.widths[col] for col in range(first, last + 1))

    def _freeze(self) -> None:
        """Keeps the header of a lone table in view if little stands above it, else the band; on broad sheets, labels too."""
        rows = 2
        if len(self.place.tables) == 1:
            above = self.place.tables[0].first_row
            if sum(self.place.heights.get(row, 18.0) for row in range(above)) <= 150:
                rows = above
        broad = self._room(COL_NUMBER, self.place.last_col) > _WIDE
        self.place.freeze = (rows, COL_FIRST + 1 if broad else 0)

    # text

    def _put(self, runs: tuple[Run, ...], style: str, first: int, last: int, *, link: str = "") -> None:
        self.place.texts.append(Text(self.row, first, runs, style, last, link))

    def _band(self, section: Section) -> None:
        start = say(self.language, "excel.start")
        self._put((Run(say(self.language, "excel.to_start")),), "back", COL_NUMBER, COL_NUMBER, link=start)
        self.place.heights[self.row] = 20
        self.row += 1
        title = f"{section.number}  {section.title}" if section.number else section.title
        self._put((Run(title),), "band", COL_NUMBER, COL_NUMBER)
        self.place.heights[self.row] = 34
        self.row += 2
        self.place.heights[self.row - 1] = 8

    def _guide(self, guide: Guide) -> None:
        runs = [Run(f"{guide.label}\n", bold=True, tone="deep")] if guide.label else []
        for at, prose in enumerate(guide.prose):
            runs.append(Run(("\n" if at else "") + (f"{prose.marker} " if prose.marker else "")))
            runs += [Run(span.text, span.bold, span.italic) for span in prose.spans]
        self._prose(tuple(run for run in runs if run.text), guide.kind)

    def _prose(self, runs: tuple[Run, ...], style: str) -> None:
        text = "".join(run.text for run in runs)
        if not text.strip():
            return
        self._put(runs, style, COL_NUMBER, self.guide_to)
        room = self._room(COL_NUMBER, self.guide_to) - 2
        self.place.heights[self.row] = 10 + widths.lines(text, room) * widths.LINE_10_PT
        self.row += 2
        self.place.heights[self.row - 1] = 6

    # questions

    def _labelled(self, slot: Slot, label: str, relevant: str) -> tuple[Run, ...]:
        unit = f" ({slot.spec.unit})" if slot.spec.unit else ""
        required = f" · {say(self.language, 'form.required')}" if slot.required else ""
        head = Run(f"{label}{unit}", bold=True)
        rest = [Run(f"\n{text}", tone="quiet") for text in (relevant, slot.hint) if text]
        return (head, *([Run(required, tone="quiet")] if required else []), *rest)

    def _question(self, question: Question) -> None:
        slot = question.slot
        self.heads = ()
        self._line(self._labelled(slot, slot.label, question.relevant_hint), [slot], self.answer_to, slot.label)
        self.row += 1
        self.place.heights[self.row - 1] = 5

    def _series(self, series: Series) -> None:
        if series.heads != self.heads:
            self.heads = series.heads
            for at, head in enumerate(series.heads):
                self._put((Run(head),), "head", COL_FIRST + 1 + at, COL_FIRST + 1 + at)
            self.place.heights[self.row] = 20
            self.row += 1
        first = series.questions[0]
        slots = [question.slot for question in series.questions]
        runs = self._labelled(first.slot, series.label, first.relevant_hint)
        self._line(runs, slots, COL_FIRST + 1, series.label)

    def _line(self, runs: tuple[Run, ...], slots: list[Slot], to_col: int, caption: str) -> None:
        """A line of a label and one answer or several, the first of which reaches to a column."""
        col = COL_FIRST + 1
        self._put(runs, "question", COL_NUMBER, COL_FIRST)
        text = "".join(run.text for run in runs)
        needed = widths.lines(text, self._room(COL_NUMBER, COL_FIRST), bold=True)
        for at, slot in enumerate(slots):
            name = self.names.take(defined_name(str(slot.address)))
            self.place.questions.append(
                QuestionPlace(slot, name, self.row, col + at, to_col + at, text, COL_NUMBER, caption)
            )
            self._rule(slot, slot.label, self.row, self.row, col + at)
            needed = max(needed, lines_of(slot, self._room(col + at, to_col + at)))
            if slot.spec.type == "paragraph":
                needed = max(needed, 4)
        self.place.ids[self.row] = " ".join(str(slot.address) for slot in slots)
        self.place.heights[self.row] = min(max(24.0, 10 + needed * widths.LINE_10_PT), widths.TALLEST)
        self.row += 1

    def _rule(self, slot: Slot, label: str, first: int, last: int, col: int) -> None:
        if slot.formula is None and not slot.read_only:
            rule = control(slot.spec).rule(Ask(slot.spec, label, slot.hint, a1(first, col), self.lists.place))
            if rule is not None:
                self.place.rules.append((first, last, col, rule))

    # tables

    def _table(self, table: Table) -> None:
        self.heads = ()
        self._above(table)
        name = self.names.take(defined_name(table.key))
        self.names.take(f"{name}_row")
        placed = TablePlace(
            table,
            name,
            self.names.take(f"t_{name}"),
            self.row,
            self._number_header(table),
            table.row_label if table.fixed else "",
            tuple(grid.columns(table, self.names, self._number_header(table))),
            tuple(grid.rows(table, self.row, spare=self._grows(table))),
            None,
            filtered=grid.is_merged(table),
        )
        self.place.heights[self.row] = 8 + 13.2 * max(
            widths.lines(each.header, self.place.widths[each.col], bold=True) for each in placed.columns
        )
        for row in placed.rows:
            self.place.ids[row.row] = f"{table.key}[{row.number}]"
            self._row_height(placed, row)
        for at, each in enumerate(placed.columns):
            slots = [row.slots[at] for row in placed.rows]
            slot = replace(next((one for one in slots if not one.read_only), slots[0]), hint=each.column.hint)
            self._rule(slot, each.header, placed.first_row, placed.last_row, each.col)
        self.row = placed.last_row + 1
        if any(column.total for column in table.columns):
            placed = replace(placed, total_row=self.row)
            label = (Run(say(self.language, "form.total")),)
            self._put(
                label, "total", COL_FIRST if table.fixed else COL_NUMBER, COL_FIRST if table.fixed else COL_NUMBER
            )
            self.place.heights[self.row] = 22
            self.row += 1
        self.place.tables.append(placed)
        if self._grows(table):
            self._put((Run(say(self.language, "excel.more_rows")),), "more", COL_NUMBER, COL_NUMBER)
            self.row += 1
        self.row += 1

    def _number_header(self, table: Table) -> str:  # noqa: ARG002 - the merged plan looks at the table
        """What stands over the numbers of the rows."""
        return say(self.language, "form.number")

    @staticmethod
    def _grows(table: Table) -> bool:
        """Whether people may add rows."""
        return not table.fixed and not grid.is_printed(table)

    def _above(self, table: Table) -> None:
        """Title and remarks over a table."""
        self._put((Run(table.label),), "title", COL_NUMBER, COL_NUMBER)
        self.place.heights[self.row] = 26
        self.row += 1
        required = [column.label for column in table.columns if column.required]
        remarks = [table.relevant_hint, table.hint]
        if required:
            remarks.append(say(self.language, "excel.required_columns", columns=", ".join(dict.fromkeys(required))))
        for text in filter(None, remarks):
            self._put((Run(text),), "remark", COL_NUMBER, COL_NUMBER)
            self.place.heights[self.row] = 17
            self.row += 1

    def _row_height(self, table: TablePlace, row: RowPlace) -> None:
        """A height only where something long is filled in beforehand; other rows grow as somebody writes."""
        needed = max(
            (
                lines_of(slot, self.place.widths[column.col])
                for slot, column in zip(row.slots, table.columns, strict=True)
            ),
            default=1,
        )
        if table.table.fixed:
            needed = max(needed, widths.lines(row.label, self.place.widths[COL_FIRST]))
        if needed > 1:
            self.place.heights[row.row] = min(8 + needed * widths.LINE_10_PT, widths.TALLEST)


def lines_of(slot: Slot, room: float) -> int:
    """How many lines an answer filled in beforehand takes."""
    if slot.value is None or slot.formula is not None:
        return 1
    return widths.lines(FIELD_TYPES[slot.spec.type].show(slot.value, slot.spec), room)
