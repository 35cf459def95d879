"""Complex fields (17.16.18): what they show are words, their codes are not; and the form fields of Word 97."""

from dataclasses import dataclass, replace

from docgen.formats.opc import XmlElement
from docgen.formats.word.content import BOX_OFF, BOX_ON, Piece
from docgen.formats.word.ooxml import W
from docgen.formats.word.signs import flag


@dataclass
class _Field:
    """A field that has begun; ``result`` is the piece with which its result begins, None in its code."""

    chosen: int  # the piece that says what a form field stores
    result: int | None = None


class ComplexFields:
    """The fields of one paragraph that are open.

    A field's code is known to be none of the words only when its result begins: an editor may have lost the rest.
    """

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self._code = 0  # the piece with which the code of the outermost begins

    def clear(self) -> None:
        """A new paragraph: a field that an editor left open ends here at the latest, and what seemed its code is words."""
        self._open.clear()

    def pass_by(self, element: XmlElement, pieces: list[Piece]) -> None:
        """A ``w:fldChar`` after some pieces of a paragraph; the last is what it stores, if it begins a field."""
        kind = element.get(f"{W}fldCharType")
        in_code = self._in_code()
        if kind == "begin":
            if not in_code:
                self._code = len(pieces)
            self._open.append(_Field(len(pieces) - 1))
        elif kind == "separate" and self._open:
            self._open[-1].result = len(pieces)
        elif kind == "end" and self._open:
            self._end(self._open.pop(), pieces)
        if in_code and not self._in_code():
            _silence(pieces, self._code, len(pieces))

    def _in_code(self) -> bool:
        return any(field.result is None for field in self._open)

    def _end(self, field: _Field, pieces: list[Piece]) -> None:
        """What a field shows wins over what it stores."""
        shown = [] if field.result is None else pieces[field.result :]
        if not self._in_code() and any(piece.text.strip() for piece in shown):
            _silence(pieces, field.chosen, field.chosen + 1)


def _silence(pieces: list[Piece], start: int, end: int) -> None:
    pieces[start:end] = [replace(piece, text="") for piece in pieces[start:end]]


def stored(field: XmlElement) -> str:
    """What a form field of Word 97 stores (17.16.9, 17.16.7): the entry chosen, or the state of its box; else ""."""
    box = field.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        ticked = box.find(f"{W}checked")
        return BOX_ON if flag(box.find(f"{W}default") if ticked is None else ticked) else BOX_OFF
    entries = [each.get(f"{W}val", "") for each in field.iterfind(f"{W}ffData/{W}ddList/{W}listEntry")]
    chosen = field.find(f"{W}ffData/{W}ddList/{W}result")
    if chosen is None:
        chosen = field.find(f"{W}ffData/{W}ddList/{W}default")
    place = "0" if chosen is None else chosen.get(f"{W}val", "0")
    return next((entry for number, entry in enumerate(entries) if str(number) == place), "")
