"""Everything on a sheet that is neither an answer nor the blueprint's own text at its own place."""

from collections.abc import Iterator

from docgen.document import Document
from docgen.formats.excel import parts
from docgen.formats.excel.calculated import told
from docgen.formats.excel.names import a1
from docgen.formats.excel.ooxml import Sheet
from docgen.formats.excel.own import words
from docgen.locales import text as say
from docgen.response import Unplaced


def leftovers(sheet: Sheet, used: set[tuple[int, int]], document: Document) -> Iterator[Unplaced]:
    """What stands in cells that are not accounted for, and beside the cells."""
    language = document.language
    cells = [(row, col, cell) for (row, col), cell in sorted(sheet.cells.items()) if (row, col) not in used]
    for row, col, cell in (*cells, *sheet.overlaid):
        shown = told(cell, language)
        if shown.strip():
            yield Unplaced(f"{sheet.name}!{a1(row, col)}", shown)
    for row, col, text in sheet.notes:
        if text.strip():
            yield Unplaced(say(language, "excel.note", cell=f"{sheet.name}!{a1(row, col)}"), text)
    for row, col, target in sheet.links:
        cell_there = sheet.cells.get((row, col))
        if cell_there is None or _bare(target) != _bare(cell_there.text):
            yield Unplaced(say(language, "excel.link", cell=f"{sheet.name}!{a1(row, col)}"), target)
    for text in sheet.boxes:
        yield Unplaced(say(language, "excel.box", sheet=sheet.name), text)
    if document.kind != "plan":  # whose charts are the writer's own
        for text in sheet.titles:
            yield Unplaced(say(language, "excel.chart", sheet=sheet.name), text)
    own = tuple(_margins(document))
    for text in sheet.margins:
        if not any(text and each.startswith(words(text)) for each in own):  # the writer cuts what is too long
            yield Unplaced(say(language, "excel.margin", sheet=sheet.name), text)


def _bare(target: str) -> str:
    """A link without what programs put before and behind an address that somebody typed."""
    return (
        target.strip().removeprefix("mailto:").removeprefix("https://").removeprefix("http://").rstrip("/").casefold()
    )


def _margins(document: Document) -> Iterator[str]:
    """What the writer puts at the head and foot of a page."""
    about = say(document.language, "excel.about", plan=document.plan, title=document.title)
    for text in (about, document.organisation):
        yield words(parts.uncoded(f"&9{text.replace('&', '&&')}"))
    yield words(parts.uncoded(say(document.language, "form.page", page="&P", pages="&N")))
