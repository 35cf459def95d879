"""What a program is known to do to answers when it saves them, so that a person looks at them."""

from collections.abc import Iterator, Sequence

from docgen.formats.opc import Package
from docgen.formats.word.blocks import FileBlock, flat
from docgen.formats.word.findings import Findings
from docgen.formats.word.package import saved_by
from docgen.locales import text as say
from docgen.problems import Problem, problem


def doubts(
    package: Package, blocks: Sequence[FileBlock], findings: Findings, language: str, *, tracked: bool
) -> Iterator[Problem]:
    """LibreOffice 7 moves line breaks in controls to their beginning, and brings back what was deleted with changes tracked.

    Args:
        package: the file.
        blocks: of its body, read already.
        findings: what was found there.
        language: of the document.
        tracked: whether the body holds tracked changes.
    """
    if not saved_by(package).startswith("LibreOffice/7"):
        return
    places = {}
    for paragraph in flat(blocks):
        slot = findings.answer_of(paragraph.pieces)
        if slot is not None and (paragraph.tracked or "\n" in paragraph.text):
            places[findings.keys.place(slot)] = True
    if places or tracked:
        named = "; ".join(places) or say(language, "word.where.everywhere")
        yield problem("saved-by-libreoffice", places=named)
