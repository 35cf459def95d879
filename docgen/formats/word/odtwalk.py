"""What stands in a part of an OpenDocument text: the same paragraphs and tables that a Word file gives.

ODF 1.3 part 3, chapters 5 to 9 and 14. Lists, sections, indexes, spans, links and fields are looked through; deleted
text lies apart in ``text:tracked-changes`` and is not there, inserted text is.
"""

import datetime
from collections import deque
from collections.abc import Callable, Mapping
from typing import ClassVar, Final

from lxml import etree

from docgen.errors import UnreadableFile
from docgen.formats.odf import DRAW, FIELD, LOEXT, OFFICE, SVG, TABLE, TEXT
from docgen.formats.opc import XmlElement
from docgen.formats.word.blocks import (
    Aside,
    FileBlock,
    FileTable,
    Margin,
    Paragraph,
    TableCell,
    TableRow,
    all_words,
    flat,
)
from docgen.formats.word.content import Mark, Piece
from docgen.formats.word.odtforms import legacy
from docgen.formats.word.odtline import Line
from docgen.formats.word.package import MAX_BLOCKS
from docgen.problems import problem

MAX_MADE = 100_000  # elements and characters that a file may ask for by a number: blanks, repeated rows and cells
_AMOUNT: Final = etree.XPath("count(descendant-or-self::*) + string-length()")
_PARAGRAPHS: Final = frozenset({f"{TEXT}p", f"{TEXT}h"})
_APART: Final = frozenset({f"{TEXT}tracked-changes", f"{OFFICE}forms"})
_SIGNS: Final = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_UNSAID: Final = frozenset({f"{TEXT}number", f"{TEXT}ruby-text", f"{TEXT}script", f"{SVG}title", f"{SVG}desc"})
_ROW_GROUPS: Final = frozenset({f"{TABLE}table-header-rows", f"{TABLE}table-row-group", f"{TABLE}table-rows"})
_MOST_COLUMNS: Final = 999
_ECHOED: Final = 100  # paragraphs: as far down as a field reaches, one character for each it holds beyond U+FFFF


class Walker:
    """Walks parts and gives their blocks; notes and comments met on the way gather in ``margins``.

    ``is_ours`` tells a tag of the blueprint's; ``names`` are the bookmarks that mean something; ``controls`` is what
    each form control of the file says, by its id.
    """

    def __init__(self, is_ours: Callable[[str], bool], names: frozenset[str], controls: Mapping[str, str]) -> None:
        self._is_ours = is_ours
        self._names = names
        self._controls = controls
        self._open: set[str] = set()  # the bookmarks that we are in
        self._made = 0
        self._ended: dict[int, int] = {}  # of paragraphs, by identity: the piece after a field that ends them
        self._about: dict[str, tuple[Aside, Paragraph, int]] = {}  # where comments begin, by name
        self.margins: list[Margin] = []

    def blocks(self, parent: XmlElement) -> list[FileBlock]:
        """The blocks of a body, header, footer, box, note or comment; no bookmark reaches in from outside."""
        around, self._open = self._open, set()
        found: list[FileBlock] = []
        self._block_level(parent, found)
        self._without_echoes(found)
        self._open = around
        return found

    def _block_level(self, parent: XmlElement, into: list[FileBlock]) -> None:
        for child in parent:
            tag = child.tag
            if tag in _PARAGRAPHS:
                line = Line()
                if self._open:
                    line.made("", None, self._open)
                self._inline(child, None, line)
                into.append(line.finish())
            elif tag == f"{TABLE}table":
                table = FileTable()
                self._rows(child, table)
                into.append(table)
            elif not isinstance(tag, str) or tag in _APART:
                continue
            elif tag.startswith(DRAW) or tag == f"{OFFICE}annotation":  # anchored to the page, not to a paragraph
                line = Line()
                self._child(child, None, line)
                into.append(line.finish())
            else:
                self._block_level(child, into)

    def _inline(self, parent: XmlElement, mark: Mark | None, line: Line) -> None:
        line.typed(parent.text, mark, self._open)
        for child in parent:
            if isinstance(child.tag, str) and child.tag not in _UNSAID:
                self._child(child, mark, line)
            line.typed(child.tail, mark, self._open)

    def _child(self, child: XmlElement, mark: Mark | None, line: Line) -> None:
        """An element among the characters of a paragraph (6.1); what says nothing itself is looked through."""
        tag = str(child.tag)
        if tag in self._INLINE:
            self._INLINE[tag](self, child, mark, line)
        elif tag.startswith(DRAW):
            self._graphic(child, line.paragraph.asides)
        else:
            self._inline(child, mark, line)

    def _sign(self, child: XmlElement, mark: Mark | None, line: Line) -> None:
        line.made(_SIGNS[str(child.tag)], mark, self._open)

    def _blanks(self, child: XmlElement, mark: Mark | None, line: Line) -> None:
        line.made(" " * self._times(child, f"{TEXT}c"), mark, self._open)

    def _bookmark(self, child: XmlElement, mark: Mark | None, line: Line) -> None:
        name = child.get(f"{TEXT}name", "")
        if child.tag == f"{TEXT}bookmark-end":
            self._open.discard(name)
        elif name in self._names:
            self._open.add(name)
            line.made("", mark, self._open)

    def _control(self, child: XmlElement, mark: Mark | None, line: Line) -> None:
        """A content control: of ours, or a foreign one. LibreOffice before 7.5 keeps no tag."""
        tag = child.get(f"{LOEXT}tag", "")
        if self._is_ours(tag):
            box = child.get(f"{LOEXT}checkbox") == "true"
            checked = child.get(f"{LOEXT}checked") == "true" if box else None
            placeholder = child.get(f"{LOEXT}showing-place-holder") == "true"
            mark = Mark(tag, placeholder, _day(child.get(f"{LOEXT}current-date", "")), checked)
            line.made("", mark, self._open)
        self._inline(child, mark, line)

    def _legacy(self, child: XmlElement, mark: Mark | None, line: Line) -> None:
        line.made(legacy(child), mark, self._open)

    def _form_control(self, child: XmlElement, mark: Mark | None, line: Line) -> None:
        line.made(self._controls.get(child.get(f"{DRAW}control", ""), ""), mark, self._open)

    def _hidden(self, child: XmlElement, mark: Mark | None, line: Line) -> None:
        """Hidden text (7.7.5), which another program may show."""
        line.made(child.text or child.get(f"{TEXT}string-value") or "", mark, self._open)

    def _change(self, _child: XmlElement, _mark: Mark | None, line: Line) -> None:
        line.paragraph.tracked = True

    def _note(self, child: XmlElement, _mark: Mark | None, line: Line) -> None:
        kind = "endnote" if child.get(f"{TEXT}note-class") == "endnote" else "footnote"
        self._margin(kind, child.find(f"{TEXT}note-body"), line)

    def _comment(self, child: XmlElement, _mark: Mark | None, line: Line) -> None:
        aside = self._margin("comment", child, line)
        self._about[child.get(f"{OFFICE}name", "")] = aside, line.paragraph, len(line.paragraph.pieces)

    def _comment_end(self, child: XmlElement, _mark: Mark | None, _line: Line) -> None:
        """The words between the two ends of a comment (14.3) are what it is about: those of its first paragraph."""
        name = child.get(f"{OFFICE}name", "")
        if name in self._about:
            aside, paragraph, start = self._about.pop(name)
            aside.text = "".join(piece.text for piece in paragraph.pieces[start:])

    def _margin(self, kind: str, held: XmlElement | None, line: Line) -> Aside:
        """A note or comment: its place is told here, its words stand outside the body."""
        margin = Margin(kind, [], str(len(self.margins) + 1))
        self.margins.append(margin)  # before what stands in it: a comment on a note follows the note
        if held is not None:
            margin.blocks.extend(self.blocks(held))
        aside = Aside(kind, id=margin.id)
        line.paragraph.asides.append(aside)
        return aside

    def _input(self, field: XmlElement, mark: Mark | None, line: Line) -> None:
        """An input field (7.4.8), whose blanks LibreOffice writes and reads as they are.

        A control over several paragraphs becomes one whose text ends with the end of the first.
        """
        if len(field):
            self._inline(field, mark, line)
            return
        said = field.text or ""
        line.field(said.removesuffix("\r").replace("\r", "\n"), mark, self._open)
        if said.endswith("\r"):
            self._ended[id(line.paragraph)] = len(line.paragraph.pieces)

    def _without_echoes(self, blocks: list[FileBlock]) -> None:
        """Takes out what LibreOffice 7.4 writes again after a field that ends its paragraph.

        Where the field holds characters beyond U+FFFF it goes on with the end of a paragraph that follows.
        """
        below: deque[str] = deque(maxlen=_ECHOED)
        for block in reversed(blocks):
            if not isinstance(block, Paragraph):
                continue
            start = self._ended.pop(id(block), len(block.pieces))
            echo = "".join(piece.text for piece in block.pieces[start:])
            if echo and any(text.endswith(echo) for text in below):
                block.pieces[start:] = [Piece("", piece.mark, piece.bookmarks) for piece in block.pieces[start:]]
                block.clipped = False
            below.append(block.text)

    def _graphic(self, element: XmlElement, into: list[Aside]) -> None:
        """A text box, a shape with words in it, a picture, or a group of them (10.3, 10.4)."""
        if element.tag == f"{DRAW}g":
            for child in element.iterchildren(f"{DRAW}*"):
                self._graphic(child, into)
        elif element.tag == f"{DRAW}frame" and element.find(f"{DRAW}text-box") is None:
            name = element.findtext(f"{SVG}desc") or element.findtext(f"{SVG}title") or ""
            into.append(Aside("picture", name))
        else:
            blocks = self.blocks(element)
            into.append(Aside("box", all_words(blocks)))
            into += [aside for each in flat(blocks) for aside in each.asides]

    def _rows(self, parent: XmlElement, table: FileTable) -> None:
        for child in parent:
            if child.tag == f"{TABLE}table-row":
                times = self._times(child, f"{TABLE}number-rows-repeated")
                if len(table.rows) + times > MAX_BLOCKS // 2:  # each has a paragraph
                    raise UnreadableFile(problem("file-hostile"))
                table.rows += [self._row(child) for _ in range(times)]
            elif child.tag in _ROW_GROUPS:
                self._rows(child, table)

    def _row(self, element: XmlElement) -> TableRow:
        """A row (9.1.4). A covered cell belongs to the one that spans it: on its left, or else above."""
        row = TableRow()
        owed = 0  # columns that the last cell still spans
        for child in element.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            for _ in range(self._times(child, f"{TABLE}number-columns-repeated")):
                cell = self._cell(child)
                if child.tag == f"{TABLE}table-cell":
                    row.cells.append(cell)
                    owed = cell.span - 1
                elif owed:
                    owed -= 1
                    row.cells[-1].paragraphs += [each for each in cell.paragraphs if each.text or each.asides]
                else:
                    cell.continues = True
                    row.cells.append(cell)
        return row

    def _cell(self, element: XmlElement) -> TableCell:
        """A cell, a table within it read as more of its paragraphs; no bookmark reaches out of it."""
        blocks: list[FileBlock] = []
        self._block_level(element, blocks)
        self._without_echoes(blocks)
        self._open.clear()
        return TableCell(list(flat(blocks)), min(_number(element.get(f"{TABLE}number-columns-spanned")), _MOST_COLUMNS))

    def _times(self, element: XmlElement, attribute: str) -> int:
        """How many times an element is to be made, with all that stands in it.

        Raises:
            UnreadableFile: that makes, with all before it, more than anybody means.
        """
        times = _number(element.get(attribute))
        if times > 1:
            self._made += times * int(_AMOUNT(element))
        if self._made > MAX_MADE:
            raise UnreadableFile(problem("file-hostile"))
        return times

    _INLINE: ClassVar[Mapping[str, Callable[["Walker", XmlElement, Mark | None, Line], None]]] = {
        **dict.fromkeys(_SIGNS, _sign),
        f"{TEXT}s": _blanks,
        f"{TEXT}bookmark-start": _bookmark,
        f"{TEXT}bookmark-end": _bookmark,
        f"{TEXT}text-input": _input,
        f"{TEXT}hidden-text": _hidden,
        f"{TEXT}note": _note,
        **dict.fromkeys((f"{TEXT}change", f"{TEXT}change-start", f"{TEXT}change-end"), _change),
        f"{OFFICE}annotation": _comment,
        f"{OFFICE}annotation-end": _comment_end,
        f"{LOEXT}content-control": _control,
        f"{FIELD}fieldmark": _legacy,
        f"{DRAW}control": _form_control,
        f"{DRAW}a": _inline,
    }


def _number(said: str | None) -> int:
    """A count, 1 unless it says more."""
    if said is None or not said.isdecimal():
        return 1
    return max(int(said), 1) if len(said) < 10 else 10**9


def _day(said: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(said[:10])
    except ValueError:
        return None
