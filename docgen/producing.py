"""The files of a round, partner by partner: what partners with the same roles and language share is made once."""

import re
from collections.abc import Iterator
from dataclasses import replace

from docgen.document import Document
from docgen.formats import FORMATS, Format
from docgen.formats.base import Mould
from docgen.layout import documents_for, for_anybody
from docgen.progress import Progress
from docgen.sending import Partner, Round

_MOST = 75  # characters of a file's name before its ending


class Producer:
    """Makes each partner's files; keeps a mould for every document that is the same for many."""

    def __init__(self, round_: Round, logo: bytes | None) -> None:
        """Takes the round, and the logo that stands on its documents."""
        self._round = round_
        self._logo = logo
        self._moulds: dict[tuple[str, tuple[str, ...], str], Mould | None] = {}

    def files(self, progress: Progress) -> Iterator[tuple[str, bytes]]:
        """Path in the round's folder and bytes of every document of every partner."""
        total = len(self._round.partners)
        for done, partner in enumerate(self._round.partners):
            progress(done, total, partner.name)
            yield from self._of(partner)
        progress(total, total, "")

    def _of(self, partner: Partner) -> Iterator[tuple[str, bytes]]:
        names: set[str] = set()
        for document in documents_for(self._round, partner):
            format_ = FORMATS[self._round.blueprint.documents[document.identity.document].format]
            name = file_name(document, format_)
            if name.casefold() in names:  # two documents with one title, or titles alike where they are cut
                name = f"{document.identity.document} - {name}"
            names.add(name.casefold())
            yield f"partners/{partner.id}/{name}", self.written(document, partner, format_)

    def written(self, document: Document, partner: Partner, format_: Format) -> bytes:
        """The file of a partner's document: filled in where there is a mould, else drawn."""
        mould = self._mould(document.identity.document, partner, format_)
        filled = mould.filled(partner.id, partner.name) if mould is not None else None
        return format_.write(self._with_logo(document)) if filled is None else filled

    def _mould(self, name: str, partner: Partner, format_: Format) -> Mould | None:
        key = (name, partner.roles, partner.language)
        if key not in self._moulds:
            anybodys = for_anybody(self._round, partner, name)
            self._moulds[key] = None if anybodys is None else format_.mould(self._with_logo(anybodys))
        return self._moulds[key]

    def _with_logo(self, document: Document) -> Document:
        return document if self._logo is None else replace(document, theme=replace(document.theme, logo=self._logo))


def file_name(document: Document, format_: Format) -> str:
    """A name people recognise in a mailbox, of characters that every system allows."""
    name = plain_name(f"{document.plan} - {document.title} - {document.organisation}")
    # A dot or tilde in front would hide it; a blank or dot at the end is dropped by Windows.
    return _cut(name.lstrip(" .~")).rstrip(" .,;-–") + format_.suffix


def _cut(name: str) -> str:
    """A name that mail programs and folders show whole: cut between words, and not within brackets."""
    if len(name) <= _MOST:
        return name
    blank = name.rfind(" ", 0, _MOST + 1)
    cut = name[: blank if blank >= _MOST // 2 else _MOST]  # a word may be that long
    return cut[: cut.rindex("(")] if cut.count("(") > cut.count(")") else cut


def plain_name(text: str) -> str:
    """A text as part of a file's name: without the characters that some system forbids."""
    return " ".join(re.sub(r'[<>:"/\\|?*\x00-\x1f\x7f]+', " ", text).split())
