"""Outlines drawn as WordprocessingML: paragraphs, tables, header and footer, in the look of the family."""

from copy import deepcopy
from dataclasses import dataclass

from docx.document import Document as WordDocument

from docgen.document import Slot
from docgen.fields import FIELD_TYPES
from docgen.formats.opc import XmlElement
from docgen.formats.word.cells import Answer, Cell, Contents, Fixed, Grid, GridRow, Line
from docgen.formats.word.controls import control
from docgen.formats.word.dress import dress
from docgen.formats.word.ooxml import TEXT_WIDTH_TWIPS, W, bookmark_name, borders, field, paragraph, run, shading, w
from docgen.formats.word.outline import Around
from docgen.formats.word.palette import Palette
from docgen.formats.word.pen import Pen, answer_paragraph, shown

ROOM_TWIPS = 960  # a paragraph's answer starts three lines high
SHORT_TWIPS = 3700  # a quarter of the page's height: a table up to this stays on one page,
TOGETHER_TWIPS = 5600  # and a card or a form up to two fifths
_SINGLE_TWIPS = 400  # at least, of a row with an answer of one line
_ROW_TWIPS = 520  # of such a row with its hint, on average
PHONE_TWIPS = 4600  # about what a phone shows: 8 cm
_NARROW_TWIPS = 900  # a first column of numbers: half as wide on a phone,
_BESIDE_NARROW_TWIPS = 60  # and with these margins its numbers are not broken there
_WHOLE = 5000  # fiftieths of a percent (17.18.90)
_HEADED = frozenset({"grid", "card", "report", "tally", "entry"})  # looks whose head is repeated on each page


@dataclass
class Drawing:
    """The drawing of one file: its pen, its colours, its package."""

    pen: Pen
    colours: Palette
    word: WordDocument
    _lists: int = 2  # the numbered lists so far; 1 and 2 are the template's own

    def line(self, line: Line) -> XmlElement:
        """A paragraph of the blueprint's own words."""
        runs = [run(each.text, style=each.style, bold=each.bold, italic=each.italic) for each in line.words]
        if line.link:
            link = w("hyperlink", *runs, anchor=bookmark_name(line.link), history=1)
            runs = [link]
        if line.anchor:
            runs = self.pen.bookmarked(line.anchor, runs)
        properties = [w("pageBreakBefore")] if line.new_page else []
        return paragraph(line.style, *runs, properties=[*properties, *self._numbering(line)])

    def _numbering(self, line: Line) -> list[XmlElement]:
        """A numbered list that starts gets a w:num of its own, so that it counts from 1 (17.9.18)."""
        if not line.style.startswith("ListNumber"):
            return []
        if line.first_of_list:
            self._lists += 1
            again = w("lvlOverride", w("startOverride", val=1), ilvl=0)
            numbering = self.word.part.numbering_part.element
            numbering.append(w("num", w("abstractNumId", val=2), again, numId=self._lists))
        return [w("numPr", w("ilvl", val=0), w("numId", val=self._lists))]

    def spacer(self) -> XmlElement:
        """The thin paragraph that keeps two tables apart."""
        return paragraph("Spacer")

    def contents(self, contents: Contents) -> list[XmlElement]:
        """The table of contents as a field (17.16.5.68) that holds its entries; ``\\n``: without page numbers."""
        drawn = [self.line(line) for line in contents.lines]
        begin, code, separate, _, end = field('TOC \\o "1-1" \\n \\h \\z', "")
        place = 1  # after the paragraph's properties
        for element in (begin, code, separate):
            drawn[0].insert(place, element)
            place += 1
        drawn[-1].append(end)
        return drawn

    def header_and_footer(self, around: Around) -> None:
        """Organisation and plan above every page but the first; reference and page number below all."""
        section = self.word.sections[0]
        section.different_first_page_header_footer = True
        top = section.header.paragraphs[0]
        top.style = self.word.styles["header"]
        top._element.append(run("\t".join(around.header)))  # noqa: SLF001 - proxies have no other way in
        first = section.first_page_header.paragraphs[0]
        first.style = self.word.styles["Spacer"]
        for footer in (section.footer, section.first_page_footer):
            bottom = footer.paragraphs[0]
            bottom.style = self.word.styles["footer"]
            for element in self._footer(around):
                bottom._element.append(element)  # noqa: SLF001

    @staticmethod
    def _footer(around: Around) -> list[XmlElement]:
        """The page's words hold ``{page}`` and ``{pages}``, in either order."""
        runs = [run(f"{around.reference}\t")]
        rest = around.page
        while rest:
            before, brace, after = rest.partition("{")
            if before:
                runs.append(run(before))
            name, _, rest = after.partition("}") if brace else ("", "", "")
            if name:
                runs += field({"page": "PAGE", "pages": "NUMPAGES"}[name], "1")
        return runs

    def grid(self, grid: Grid) -> XmlElement:
        """A table (17.4.37): its columns share the page's width, whatever stands in them."""
        properties = w(
            "tblPr",
            w("tblStyle", val="TableNormal"),
            _width("tblW", sum(grid.widths), grid),
            w("tblLayout", type="fixed"),
            self._cell_margins(grid),
            w("tblLook", val="04A0", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noHBand=0, noVBand=1),
            w("tblCaption", val=grid.title) if grid.title else None,
        )
        columns = w("tblGrid", *(w("gridCol", w=width) for width in grid.widths))
        return w("tbl", properties, columns, *(self._row(grid, row) for row in grid.rows))

    @staticmethod
    def _cell_margins(grid: Grid) -> XmlElement:
        above = 80 if grid.look in {"think", "example", "check"} else 30 if grid.look != "facts" else 0
        beside = 160 if grid.look in {"think", "example", "check"} else 100 if grid.look != "facts" else 0
        sides = {"top": above, "left": beside, "bottom": above, "right": beside}
        return w("tblCellMar", *(w(side, w=size, type="dxa") for side, size in sides.items()))

    def _row(self, grid: Grid, row: GridRow) -> XmlElement:
        tall = any(isinstance(cell, Answer) and cell.slot.spec.type == "paragraph" for cell in row.cells)
        answers = any(isinstance(cell, Answer) for cell in row.cells)
        height = w("trHeight", val=ROOM_TWIPS if tall else _SINGLE_TWIPS, hRule="atLeast") if answers else None
        repeat = w("tblHeader") if row.head and grid.look in _HEADED else None
        properties = w("trPr", w("cantSplit") if row.whole and not tall else None, height, repeat)
        made = w("tr", properties if len(properties) else None)
        keep = row.keep or self._keeps(grid, row)
        for cell, (start, span) in zip(row.cells, row.columns(len(grid.widths)), strict=True):
            width = sum(grid.widths[start : start + span])
            tcpr = w("tcPr", _width("tcW", width, grid), w("gridSpan", val=span) if span > 1 else None)
            self._dress(tcpr, grid, row, cell)
            made.append(w("tc", tcpr, *self._cell(cell, grid, keep=keep)))
        return made

    def _keeps(self, grid: Grid, row: GridRow) -> bool:
        """Whether a row of a form stays on the page of the next one, or of the line that follows its table."""
        if grid.look in {"brief", "deciding", "report", "tally", "entry"}:
            return False
        short, last = self._short(grid), row is grid.rows[-1]
        if last:
            return short and grid.table is not None and not grid.table.fixed
        return short or row.head or row is grid.rows[0]

    @staticmethod
    def _short(grid: Grid) -> bool:
        """Rows that together take little of a page stay on one."""
        tall = [any(isinstance(cell, Answer) and cell.slot.spec.type == "paragraph" for cell in row.cells)
                for row in grid.rows]  # fmt: skip
        height = sum(ROOM_TWIPS if each else _ROW_TWIPS for each in tall)
        return height < {"grid": SHORT_TWIPS, "card": TOGETHER_TWIPS, "form": TOGETHER_TWIPS}.get(grid.look, 0)

    def _cell(self, cell: Cell, grid: Grid, *, keep: bool) -> list[XmlElement]:
        match cell:
            case Fixed(lines=lines, align=align):
                drawn = [self.line(line) for line in lines]
                if align:
                    self.put(drawn, w("jc", val=align))
            case Answer(slot=slot):
                drawn = self._answer(slot)
                if grid.look == "grid" and FIELD_TYPES[slot.spec.type].numeric:
                    self.put(drawn, w("jc", val="right"))
        if keep:
            self.put(drawn, w("keepNext"))
        return drawn

    @staticmethod
    def put(drawn: list[XmlElement], element: XmlElement) -> None:
        """A property for every paragraph: what keeps it with the next goes first, the rest last (17.3.1.26)."""
        for each in drawn:
            for ppr in [found for p in each.iter(f"{W}p") if (found := p.find(f"{W}pPr")) is not None]:
                if ppr.find(str(element.tag)) is None:
                    place = 1 if element.tag == f"{W}keepNext" else len(ppr)
                    ppr.insert(place, deepcopy(element))

    def _answer(self, slot: Slot) -> list[XmlElement]:
        """The control to fill in; what is only to be read stands as plain words."""
        if slot.read_only or slot.formula is not None:
            return [answer_paragraph(run(line)) for line in shown(slot).split("\n")]
        return control(slot).write(slot, self.pen)

    def _dress(self, tcpr: XmlElement, grid: Grid, row: GridRow, cell: Cell) -> None:
        """Borders, background and place of a cell, in the schema's order (17.4.69)."""
        dressed = dress(grid, row, cell, self.colours)
        tcpr.append(borders("tcBorders", dressed.sides))
        if dressed.fill:
            tcpr.append(shading(dressed.fill))
        if cell is row.cells[0] and grid.widths[0] <= _NARROW_TWIPS:
            tcpr.append(w("tcMar", *(w(side, w=_BESIDE_NARROW_TWIPS, type="dxa") for side in ("left", "right"))))
        if dressed.place:
            tcpr.append(w("vAlign", val=dressed.place))


def _width(name: str, twips: int, grid: Grid) -> XmlElement:
    """A width as a share of the text's (17.18.90), so that it shrinks with the page; of what fits a phone as it is."""
    if sum(grid.widths) <= PHONE_TWIPS:
        return w(name, w=twips, type="dxa")
    return w(name, w=round(twips * _WHOLE / TEXT_WIDTH_TWIPS), type="pct")
