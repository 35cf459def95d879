"""What stands in the file, in order: lines of the blueprint's own words, and grids whose cells hold words or an answer.

The writer turns it into WordprocessingML. The reader makes the same outline from the same Document and lays what came
back beside it: that is how it knows a place, and what is the blueprint's own text there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from docgen.document import Document, Guide, Note, Prose, Question, Section, Slot, Table
from docgen.formats.word import tables
from docgen.formats.word.cells import Answer, Cell, Fixed, Grid, GridRow, Line, Words, label_cell, said, title_of
from docgen.locales import text as say

LONG_DOCUMENT_SECTIONS = 6  # from here on a cover page and a table of contents pay for themselves
STACKED = frozenset({"paragraph"})  # types whose answer stands under its label, as wide as the page


@dataclass(frozen=True)
class Logo:
    """The round's logo; ``title`` is its text alternative."""

    image: bytes
    title: str


@dataclass(frozen=True)
class Contents:
    """The table of contents, filled in."""

    lines: tuple[Line, ...]


Block = Line | Grid | Logo | Contents


@dataclass(frozen=True)
class Placed:
    """A block and the place it stands in, as a person says it."""

    block: Block
    where: str


@dataclass(frozen=True)
class Around:
    """What stands on every page: in the header organisation and plan, in the footer the reference and the page."""

    header: tuple[str, str]
    reference: str
    page: str


def around(document: Document) -> Around:
    """The header and footer of a document; ``page`` keeps its ``{page}`` and ``{pages}``."""
    language = document.language
    reference = f"{say(language, 'form.reference')} {document.identity.reference}"
    return Around((document.organisation, document.plan), reference, say(language, "form.page"))


def is_long(document: Document) -> bool:
    """The document gets a cover page of its own and a table of contents."""
    return len(document.sections) >= LONG_DOCUMENT_SECTIONS


def outline(document: Document) -> tuple[Placed, ...]:
    """Every block of the body, in reading order."""
    start = say(document.language, "word.where.cover")
    placed = [Placed(block, start) for block in _opening(document)]
    for section in document.sections:
        where = section_place(section, document.language)
        breaks = is_long(document) and section is document.sections[0]
        placed += [Placed(block, where) for block in _section(section, document, new_page=breaks)]
    return tuple(placed)


def section_place(section: Section, language: str) -> str:
    """A section as a person says it: "Avsnitt 3"."""
    if section.number:
        return say(language, "word.where.section", number=section.number)
    return section.title


def anchor(section: Section) -> str:
    """The identity of a section's heading, which the table of contents leads to."""
    return f"section {section.key}"


def _opening(document: Document) -> Iterator[Block]:
    """The cover page of a long document, or the band that opens a short one."""
    long = is_long(document)
    if document.theme.logo:
        yield Logo(document.theme.logo, say(document.language, "word.logo", plan=document.plan))
    yield said("Subtitle", document.plan)
    yield said("Title", document.title)
    yield said("Organisation", document.organisation)
    if document.facts:
        yield _facts(document)
    yield said("HowTo", say(document.language, "word.how"))
    yield said("Notice", say(document.language, "word.protected"))
    for guide in document.guide:
        yield from _guide(guide)
    if long:
        yield said("TOCHeading", say(document.language, "form.contents"))
        yield Contents(
            tuple(replace(said("TOC1", _heading(section)), link=anchor(section)) for section in document.sections)
        )


def _facts(document: Document) -> Grid:
    rows = tuple(
        GridRow((Fixed((said("FactLabel", label),)), Fixed(tuple(said("Fact", line) for line in value.split("\n")))))
        for label, value in document.facts
    )
    return Grid("facts", rows, tables.split(28), title=say(document.language, "word.facts"))


def _heading(section: Section) -> str:
    return f"{section.number}\t{section.title}" if section.number else section.title


def _section(section: Section, document: Document, *, new_page: bool) -> Iterator[Block]:
    yield replace(said("Heading1", _heading(section)), anchor=anchor(section), new_page=new_page)
    asked = False
    short: list[Question] = []
    for block in section.blocks:
        if not (isinstance(block, Question) and block.slot.spec.type not in STACKED) and short:
            yield _form(short, document.language)
            short = []
        if isinstance(block, Question | Table) and not asked:
            asked = True
            if not (isinstance(block, Table) and block.label):  # a table's own heading says it as well
                yield said("FillIn", say(document.language, "word.fill_in"))
        match block:
            case Guide():
                yield from _guide(block)
            case Note():
                yield from _prose(block.prose, "Normal")
            case Question() if block.slot.spec.type in STACKED:
                yield _stack(block, document.language)
            case Question():
                short.append(block)
            case Table():
                yield from _table(block, document.language)
    if short:
        yield _form(short, document.language)


_BOXED: dict[str, Literal["think", "example", "check"]] = {"think": "think", "example": "example", "check": "check"}


def _guide(guide: Guide) -> Iterator[Block]:
    """An intro as plain paragraphs; the rest in a box under its label."""
    look = _BOXED.get(guide.kind)
    if look is None:
        yield from _prose(guide.prose, "Lead")
        return
    lines = (said("GuideLabel", guide.label), *_prose(guide.prose, "Guide"))
    yield Grid(look, (GridRow((Fixed(lines),)),), tables.split(100)[:1], title=guide.label)


def _prose(prose: tuple[Prose, ...], style: str) -> Iterator[Line]:
    """Paragraphs and list items; a list that begins anew counts from 1."""
    last = ""
    for each in prose:
        words = tuple(Words(span.text, bold=span.bold, italic=span.italic) for span in each.spans)
        kind = "" if not each.marker else "•" if each.marker == "•" else "1"
        named = {"": style, "•": "ListBullet", "1": "ListNumber"}[kind] + ("2" if kind and style == "Guide" else "")
        yield Line(named, words, first_of_list=bool(kind) and kind != last)
        last = kind


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


def _table(table: Table, language: str) -> Iterator[Block]:
    if table.label:
        yield said("Heading2", table.label)
    if table.hint:
        yield said("TableHint", table.hint)
    if table.relevant_hint:
        yield said("TableHint", table.relevant_hint)
    cards = tables.as_cards(table)
    yield from tables.ROWS.lay_out(table, language)
    if not table.fixed:
        yield said("MoreRows", say(language, "word.more_cards" if cards else "word.more_rows", row=table.row_label))
