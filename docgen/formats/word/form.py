"""The body of a form: a cover, then each section with its guidance and what is to be filled in."""

from collections.abc import Iterator

from docgen.document import Document, Guide, Note, Question, Section, Slot, Table
from docgen.formats.word import tables
from docgen.formats.word.cells import Answer, Block, Cell, Grid, GridRow, label_cell, said, title_of
from docgen.formats.word.cover import fills_a_page, opened
from docgen.formats.word.pieces import facts, guide_blocks, logo, prose_lines, reference_line
from docgen.locales import text as say

STACKED = frozenset({"paragraph"})  # types whose answer stands under its label, as wide as the page


def opening(document: Document) -> Iterator[Block]:
    """The cover page of a long document, or the band that opens a short one."""
    yield from opened(document, list(_cover(document)))


def has_cover_page(document: Document) -> bool:
    """Whether cover and contents fill a page of their own."""
    return fills_a_page(document, list(_cover(document)))


def _cover(document: Document) -> Iterator[Block]:
    yield from logo(document)
    yield said("Subtitle", document.plan)
    yield said("Title", document.title)
    yield said("Organisation", document.organisation)
    yield said("Notice", say(document.language, "word.protected"))
    if document.facts:
        yield facts(document)
    if document.guide:
        yield said("HowTo", say(document.language, "word.how"))
    for guide in document.guide:
        yield from guide_blocks(guide)
    yield reference_line(document)


def section_blocks(section: Section, language: str, *, protected: bool) -> Iterator[Block]:
    """What stands under a section's band: its guidance, then its questions and tables, in the blueprint's order."""
    asked = False
    short: list[Question] = []
    for block in section.blocks:
        if not (isinstance(block, Question) and block.slot.spec.type not in STACKED) and short:
            yield _form(short, language)
            short = []
        if isinstance(block, Question | Table) and not asked:
            asked = True
            if not (isinstance(block, Table) and block.label):  # a table's own heading says it as well
                yield said("FillIn", say(language, "word.fill_in"))
        match block:
            case Guide():
                yield from guide_blocks(block)
            case Note():
                yield from prose_lines(block.prose, "Normal")
            case Question() if block.slot.spec.type in STACKED:
                yield _stack(block, language)
            case Question():
                short.append(block)
            case Table():
                yield from _table(block, language, protected=protected)
    if short:
        yield _form(short, language)


def _form(questions: list[Question], language: str) -> Grid:
    """Short questions under one another: label on the left, answer on the right."""
    rows = tuple(GridRow((_label(question, language), Answer(question.slot))) for question in questions)
    titles = ", ".join(question.slot.label for question in questions)
    return Grid("form", rows, tables.split(36), title=titles)


def _stack(question: Question, language: str) -> Grid:
    """A question whose answer needs room: label above, answer below, as wide as the page."""
    rows = (GridRow((_label(question, language),), head=True), GridRow((Answer(question.slot),)))
    return Grid("stack", rows, tables.split(100)[:1], title=question.slot.label)


def _label(question: Question, language: str) -> Cell:
    return label_cell(_slot_label(question.slot), language, relevant_hint=question.relevant_hint)


def _slot_label(slot: Slot) -> tuple[str, str, bool]:
    return title_of(slot.label, slot.spec.unit), slot.hint, slot.required


def _table(table: Table, language: str, *, protected: bool) -> Iterator[Block]:
    if table.label:
        yield said("Heading2", table.label)
    if table.hint:
        yield said("TableHint", table.hint)
    if table.relevant_hint:
        yield said("TableHint", table.relevant_hint)
    yield from tables.ROWS.lay_out(table, language)
    if not table.fixed:
        kind = "protected" if protected else "cards" if tables.as_cards(table) else "rows"
        yield said("MoreRows", say(language, f"word.more_{kind}", row=table.row_label))
