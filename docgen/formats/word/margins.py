"""What stands outside the body: headers and footers, comments, notes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from docgen.document import Document
from docgen.formats.word.blocks import Aside, Margin, Paragraph, all_words, flat
from docgen.formats.word.findings import Findings
from docgen.formats.word.outline import around
from docgen.locales import text as say
from docgen.values import same_words

_REPEATED = frozenset({"header", "footer"})  # they stand on every page, with printed words in them
_MOST_WORDS = 60  # characters of what a comment is about: enough to find the place


@dataclass(frozen=True)
class Anchor:
    """Where a comment or a note is anchored: the block of the file, its section, and what stands there."""

    at: int
    where: str
    about: str


Anchors = dict[tuple[str, str], Anchor]
"""By kind (comment, footnote, endnote) and id."""


def place_margins(margins: Sequence[Margin], anchors: Anchors, at: int, document: Document, findings: Findings) -> None:
    """Whatever somebody typed outside the body is named with its place; the printed header and footer are passed over.

    ``at`` is the place after all blocks of the body.
    """
    printed = _printed(document)
    for margin in margins:
        anchor = anchors.get((margin.kind, margin.id))
        findings.at = at if anchor is None else anchor.at
        where = _where(margin.kind, anchor, document.language)
        if margin.kind in _REPEATED:
            for block in margin.blocks:
                for text in [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]:
                    if not printed.fullmatch(same_words(text)):
                        findings.stray(text, where)
        else:
            findings.stray(all_words(margin.blocks), where)
        for paragraph in flat(margin.blocks):
            for aside in paragraph.asides:
                place_aside(aside, document, findings, where)


def _where(kind: str, anchor: Anchor | None, language: str) -> str:
    """A comment's or a note's place: "Kommentar, Avsnitt 3, vid ”Delmål 2, Senast”"."""
    named = say(language, f"word.where.{kind}")
    if anchor is None:
        return named
    if not anchor.about:
        return f"{named}, {anchor.where}"
    about = anchor.about if len(anchor.about) <= _MOST_WORDS else f"{anchor.about[:_MOST_WORDS].rstrip()}…"
    return f"{named}, {anchor.where}, {say(language, 'word.where.about', words=about)}"


def place_aside(aside: Aside, document: Document, findings: Findings, where: str) -> None:
    """A text box or a picture that somebody put somewhere; what a note's sign stands for is read with the notes."""
    if aside.kind == "box":
        findings.stray(aside.text, f"{say(document.language, 'word.where.box')}, {where}")
    elif aside.kind == "picture":
        findings.stray(f"{say(document.language, 'word.picture')} {aside.text}".strip(), where)
    elif aside.kind == "chunk":
        findings.stray(say(document.language, "word.chunk"), where)


def _printed(document: Document) -> re.Pattern[str]:
    """What headers and footers say, whatever the page and wherever an editor put the tab."""
    printed = around(document)
    page = re.escape(same_words(printed.page)).replace(r"\{page\}", r"\d*").replace(r"\{pages\}", r"\d*")
    lines = [
        "",
        re.escape(same_words(" ".join(printed.header))),
        *(re.escape(same_words(text)) for text in printed.header),
        re.escape(same_words(printed.reference)),
        page,
        f"{re.escape(same_words(printed.reference))} {page}",
    ]
    return re.compile("|".join(f"(?:{line})" for line in lines))
