"""What the body of a form and that of a report have in common: the logo, the facts, the contents, guides and prose."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from docgen.document import Document, Guide, Prose, Section
from docgen.formats.word import tables
from docgen.formats.word.cells import Block, Contents, Fixed, Grid, GridRow, Line, Logo, Words, said
from docgen.locales import text as say

LONG_DOCUMENT_SECTIONS = 6  # from here on a cover page and a table of contents pay for themselves


def is_long(document: Document) -> bool:
    """The document gets a cover page of its own and a table of contents."""
    return len(document.sections) >= LONG_DOCUMENT_SECTIONS


def anchor(section: Section) -> str:
    """The identity of a section's heading, which the table of contents leads to."""
    return f"section {section.key}"


def heading(section: Section) -> str:
    """A section's number and title, as they stand on its band and in the contents."""
    return f"{section.number}\t{section.title}" if section.number else section.title


def logo(document: Document) -> Iterator[Block]:
    """The round's logo, where it has one."""
    if document.theme.logo:
        yield Logo(document.theme.logo, say(document.language, "word.logo", plan=document.plan))


def contents(document: Document) -> Iterator[Block]:
    """The table of contents under its heading."""
    yield said("TOCHeading", say(document.language, "form.contents"))
    yield Contents(
        tuple(replace(said("TOC1", heading(section)), link=anchor(section)) for section in document.sections)
    )


def facts(document: Document) -> Grid:
    """What the cover says of the round: a label and its text a row."""
    rows = tuple(
        GridRow((Fixed((said("FactLabel", label),)), Fixed(tuple(said("Fact", line) for line in value.split("\n")))))
        for label, value in document.facts
    )
    return Grid("facts", rows, tables.split(28), title=say(document.language, "word.facts"))


def reference(document: Document) -> str:
    """The reference that tells which file this is, as people read it: "Referens 0a1b2c3d4e/partner/document"."""
    return f"{say(document.language, 'form.reference')} {document.identity.reference}"


def reference_line(document: Document) -> Line:
    """The reference at the end of the cover block: some programs save neither footer nor properties."""
    return said("Reference", reference(document))


_BOXED: dict[str, Literal["think", "example", "check"]] = {"think": "think", "example": "example", "check": "check"}


def guide_blocks(guide: Guide) -> Iterator[Block]:
    """An intro as plain paragraphs; the rest in a box under its label."""
    look = _BOXED.get(guide.kind)
    if look is None:
        yield from prose_lines(guide.prose, "Lead")
        return
    lines = (said("GuideLabel", guide.label), *prose_lines(guide.prose, "Guide"))
    yield Grid(look, (GridRow((Fixed(lines),)),), tables.split(100)[:1], title=guide.label)


def prose_lines(prose: tuple[Prose, ...], style: str) -> Iterator[Line]:
    """Paragraphs and list items; a list that begins anew counts from 1."""
    last = ""
    for each in prose:
        words = tuple(Words(span.text, bold=span.bold, italic=span.italic) for span in each.spans)
        kind = "" if not each.marker else "•" if each.marker == "•" else "1"
        named = {"": style, "•": "ListBullet", "1": "ListNumber"}[kind] + ("2" if kind and style == "Guide" else "")
        yield Line(named, words, first_of_list=bool(kind) and kind != last)
        last = kind
