"""What stands outside the body: headers and footers, comments, notes."""

import re
from collections.abc import Sequence

from docgen.document import Document
from docgen.formats.word.blocks import Aside, Margin, Paragraph, all_words, flat
from docgen.formats.word.findings import Findings
from docgen.formats.word.outline import around
from docgen.locales import text as say
from docgen.values import same_words

_REPEATED = frozenset({"header", "footer"})  # they stand on every page, with printed words in them


def place_margins(margins: Sequence[Margin], document: Document, findings: Findings) -> None:
    """Whatever somebody typed outside the body is named with its place; the printed header and footer are passed over."""
    printed = _printed(document)
    for margin in margins:
        where = say(document.language, f"word.where.{margin.kind}")
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


def place_aside(aside: Aside, document: Document, findings: Findings, where: str) -> None:
    """A text box or a picture that somebody put somewhere; what a note's sign stands for is read with the notes."""
    if aside.kind == "box":
        findings.stray(aside.text, f"{say(document.language, 'word.where.box')}, {where}")
    elif aside.kind == "picture":
        findings.stray(f"{say(document.language, 'word.picture')} {aside.text}".strip(), where)


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
