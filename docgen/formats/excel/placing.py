"""Working out where everything of a document stands in its workbook."""

from docgen.document import Document
from docgen.formats.excel.lists import Lists
from docgen.formats.excel.names import MAX_DEFINED_NAME, MAX_SHEET_NAME, Unique, sheet_title
from docgen.formats.excel.places import Book
from docgen.formats.excel.plansheet import PlanSheet
from docgen.formats.excel.sheet import Sheet
from docgen.formats.excel.start import place_start
from docgen.locales import text as say

IDENTITY_SHEET = "docgen"


def place(document: Document) -> Book:
    """The workbook of a document."""
    language = document.language
    titles = Unique(MAX_SHEET_NAME, [IDENTITY_SHEET, "History"])  # Excel keeps "History" for itself
    start = titles.take(say(language, "excel.start"))
    lists = Lists(titles.take(say(language, "excel.lists")))
    names = Unique(MAX_DEFINED_NAME)
    kind = PlanSheet if document.kind == "plan" else Sheet
    sheets = tuple(
        kind(document, titles.take(sheet_title(section.title)), names, lists).placed(section)
        for section in document.sections
    )
    return Book(document, place_start(document, start, sheets), sheets, lists)
