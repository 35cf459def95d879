"""What a program is known to do to answers when it saves them, so that a person looks at them."""

from collections.abc import Iterator

from docgen.formats.word.blocks import Held, flat
from docgen.formats.word.findings import Findings
from docgen.locales import text as say
from docgen.problems import Problem, problem


def doubts(held: Held, findings: Findings, language: str) -> Iterator[Problem]:
    """LibreOffice 7 moves line breaks in controls to their beginning, brings back what was deleted, and drops characters.

    The second where changes are tracked, the third in .odt after a field with characters beyond U+FFFF, such as emoji.

    Args:
        held: what the file holds.
        findings: what was found there.
        language: of the document.
    """
    if not held.saved_by.startswith("LibreOffice/7"):
        return
    places = {}
    for paragraph in flat(held.body):
        slot = findings.answer_of(paragraph.pieces)
        if slot is not None and (paragraph.tracked or paragraph.clipped or "\n" in paragraph.text):
            places[findings.keys.place(slot)] = True
    if places or held.tracked:
        named = "; ".join(places) or say(language, "word.where.everywhere")
        yield problem("saved-by-libreoffice", places=named)
