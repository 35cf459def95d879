"""A paragraph of OpenDocument as its characters come in, white space collapsed (ODF 1.3 part 3, 6.1.2)."""

import re
from collections.abc import Iterable

from docgen.formats.word.blocks import Paragraph
from docgen.formats.word.content import Mark, Piece

_BLANKS = re.compile(r"[ \t\r\n]+")
_LAYOUT = re.compile(r"[\t\r\n][ \t\r\n]*\Z")


class Line:
    """Collects a paragraph.

    Blanks in a row are one, and none begin it. The standard lets none end it either; LibreOffice keeps one there and
    writes it so, and only what a program put in to lay out its XML is dropped.
    """

    def __init__(self) -> None:
        self.paragraph = Paragraph()
        self._after_blank = True
        self._field_end: int | None = None  # the piece after a field that LibreOffice 7 does not count right
        self._laid_out = False  # the last character is a blank that stands for a line break in the XML

    def typed(self, text: str | None, mark: Mark | None, bookmarks: Iterable[str]) -> None:
        """Characters as they stand in the XML."""
        said = _BLANKS.sub(" ", text or "")
        if self._after_blank:
            said = said.removeprefix(" ")
        if said:
            self._after_blank = said.endswith(" ")
            self._laid_out = bool(_LAYOUT.search(text or ""))
            self._add(said, mark, bookmarks)

    def made(self, text: str, mark: Mark | None, bookmarks: Iterable[str]) -> None:
        """What an element stands for, blanks and all; "" for a place that a mark or a bookmark names."""
        if text:
            self._after_blank = self._laid_out = False
        self._add(text, mark, bookmarks)

    def _add(self, text: str, mark: Mark | None, bookmarks: Iterable[str]) -> None:
        self.paragraph.pieces.append(Piece(text, mark, frozenset(bookmarks)))

    def field(self, text: str, mark: Mark | None, bookmarks: Iterable[str]) -> None:
        """What an input field holds: after it LibreOffice 7 skips a character for each it holds beyond U+FFFF."""
        self.made(text, mark, bookmarks)
        if max(text, default="") > "\uffff":
            self._field_end = len(self.paragraph.pieces)

    def finish(self) -> Paragraph:
        """The paragraph, when all of it has come in."""
        if self._field_end is not None:
            self.paragraph.clipped = any(piece.text for piece in self.paragraph.pieces[self._field_end :])
        if self._laid_out:
            last = max(place for place, piece in enumerate(self.paragraph.pieces) if piece.text)
            piece = self.paragraph.pieces[last]
            self.paragraph.pieces[last] = Piece(piece.text[:-1], piece.mark, piece.bookmarks)
        return self.paragraph
