"""What stands in a part of a Word file: paragraphs and tables, whatever an editor wrapped around them.

ECMA-376 part 1, 17.3 to 17.5, 17.13 and 17.16; markup compatibility of part 3. Controls, hyperlinks, smart tags and the
like of other programs are looked through; deleted text is not there, inserted text is.
"""

from collections.abc import Callable
from typing import Final

from docgen.formats.opc import XmlElement
from docgen.formats.word.blocks import Aside, FileBlock, FileTable, Paragraph, TableCell, TableRow, all_words, flat
from docgen.formats.word.content import NONE, Mark, Piece
from docgen.formats.word.elements import (
    ALTERNATIVES,
    BLOCKS,
    BOOKMARK,
    BOOKMARK_END,
    CONTROL,
    DELETED,
    GONE,
    GRAPHICS,
    MATH,
    MERGE,
    PICTURES,
    PROPERTIES,
    RANGES,
    REFERENCES,
    RUN,
    SPAN,
    TABLE,
    TAG,
    TEXT,
    TRACKED,
    VAL,
    P,
    day_of,
    first_child,
    first_children,
    is_mark_deleted,
    is_ticked,
    shows,
    style_of,
)
from docgen.formats.word.fieldcodes import ComplexFields, stored
from docgen.formats.word.ooxml import MC, W14, W
from docgen.formats.word.signs import SIGNS, flag, symbol, text_of

_MOST_PIECES: Final = 200  # of the words a comment is about: enough to find the place


class Extractor:
    """Walks a part once and gives its blocks.

    ``is_ours`` tells a tag of the blueprint's; ``names`` are the bookmarks that mean something. ``tracked`` says
    afterwards whether the part holds tracked changes.
    """

    def __init__(self, is_ours: Callable[[str], bool], names: frozenset[str]) -> None:
        self._is_ours = is_ours
        self._names = names
        self._open: dict[str, str] = {}  # bookmark id -> name
        self._under = NONE  # the names of the open bookmarks
        self._fields = ComplexFields()
        self._said: list[str] = []  # the words so far
        self._commented: dict[str, tuple[int, int]] = {}  # comment id -> where those it is about begin and end
        self._deletions = False  # whether the part holds any: most hold none, and then no paragraph is asked
        self._joined: set[XmlElement | None] = set()  # the cells that take several columns or rows
        self.tracked = False

    def blocks(self, parent: XmlElement) -> list[FileBlock]:
        """The blocks of a body, header, footer, note or comment."""
        found: list[FileBlock] = []
        self._close_bookmarks()
        self._deletions = next(parent.iter(*DELETED), None) is not None
        self._joined = {each.getparent().getparent() for each in parent.iter(SPAN, MERGE)}  # type: ignore[union-attr]
        self._block_level(parent, None, found)
        return found

    def _block_level(self, parent: XmlElement, mark: Mark | None, into: list[FileBlock]) -> None:
        for child in parent:
            tag = child.tag
            if tag == P:
                self._paragraph(child, mark, into)
            elif tag in PROPERTIES:
                pass
            elif tag == TABLE:
                into.append(self._table(child, mark))
            elif tag == f"{W}altChunk":
                into.append(Paragraph(asides=[Aside("chunk")]))
            elif tag == RUN:  # where a paragraph should be: a converter's mistake, still words
                self._stray_run(child, mark, into)
            elif not self._aside(child):
                self._block_level(*self._through(child, mark), into)

    def _aside(self, child: XmlElement) -> bool:
        """Bookmarks are noted, what is deleted is passed over; False for what is to be looked through."""
        tag = child.tag
        if tag == BOOKMARK:
            if child.get(f"{W}name") in self._names:
                self._open[child.get(f"{W}id", "")] = child.get(f"{W}name", "")
                self._under = frozenset(self._open.values())
            return True
        if tag == BOOKMARK_END:
            if self._open.pop(child.get(f"{W}id", ""), None) is not None:
                self._under = frozenset(self._open.values())
            return True
        if tag in RANGES:
            self._comment(child.get(f"{W}id", ""), begins=str(tag).endswith("Start"))
            return True
        if tag in TRACKED:
            self.tracked = True
        return tag in GONE or not isinstance(tag, str)

    def _comment(self, id_: str, *, begins: bool) -> None:
        """The words between the two ends of a range (17.13.4.4) are what a comment is about."""
        if begins:
            self._commented[id_] = len(self._said), 0
        elif id_ in self._commented:
            self._commented[id_] = self._commented[id_][0], len(self._said)

    def _about(self, id_: str) -> str:
        """The words a comment is about, or the first of them."""
        start, end = self._commented.get(id_, (0, 0))
        return "".join(self._said[start : min(end or start, start + _MOST_PIECES)])

    def _close_bookmarks(self) -> None:
        self._open.clear()
        self._under = NONE

    def _through(self, child: XmlElement, mark: Mark | None) -> tuple[XmlElement, Mark | None]:
        """What to go on with inside an element: a control's content, the Choice of an alternative, the thing itself."""
        if child.tag == CONTROL:
            content = first_child(child, f"{W}sdtContent")
            own = self._mark(child)
            return (child if content is None else content), own or mark
        if child.tag == ALTERNATIVES:
            branches = [*child.iterfind(f"{MC}Choice"), *child.iterfind(f"{MC}Fallback")]
            return next((each for each in branches if shows(each)), child if not branches else branches[0]), mark
        return child, mark

    def _mark(self, sdt: XmlElement) -> Mark | None:
        """The mark of a control of ours, None for a foreign one."""
        found = first_children(first_child(sdt, f"{W}sdtPr"), TAG, f"{W}showingPlcHdr", f"{W}date", f"{W14}checkbox")
        name = found[TAG].get(VAL, "") if TAG in found else ""
        if not self._is_ours(name):
            return None
        box = found.get(f"{W14}checkbox")
        checked = None if box is None else is_ticked(first_child(box, f"{W14}checked"))
        return Mark(name, flag(found.get(f"{W}showingPlcHdr")), day_of(found.get(f"{W}date")), checked)

    def _paragraph(self, element: XmlElement, mark: Mark | None, into: list[FileBlock]) -> None:
        """A paragraph; one whose mark is deleted (17.13.5.15) goes on in the next."""
        last = into[-1] if into else None
        if isinstance(last, Paragraph) and last.joins_next:
            paragraph = last
            paragraph.joins_next = False
        else:
            paragraph = Paragraph()
            into.append(paragraph)
        if mark is not None or self._under:
            self._add(paragraph, "", mark)
        self._said.append(" ")
        self._fields.clear()  # one that an editor left open ends here at the latest, and what seemed its code is words
        before, self.tracked = self.tracked, False
        self._inline(element, mark, paragraph)
        paragraph.tracked |= self.tracked
        self.tracked |= before
        if self._deletions and is_mark_deleted(element):
            self.tracked = paragraph.joins_next = True
        elif not paragraph.text and self._only_opens(element):
            paragraph.joins_next = True

    def _only_opens(self, element: XmlElement) -> bool:
        """An empty paragraph made to hold the start of a bookmark that stood between paragraphs: no line of a person's.

        Some editors have bookmarks within paragraphs only. An empty line of an answer has the style of its other lines.
        """
        below = element.getnext()
        opens = any(mark.get(f"{W}id", "") in self._open for mark in element.iter(f"{W}bookmarkStart"))
        return opens and below is not None and below.tag == f"{W}p" and style_of(below) != style_of(element)

    def _stray_run(self, element: XmlElement, mark: Mark | None, into: list[FileBlock]) -> None:
        previous = element.getprevious()
        if previous is None or previous.tag != RUN or not into or not isinstance(into[-1], Paragraph):
            self._fields.clear()
            into.append(Paragraph())
        paragraph = into[-1]
        assert isinstance(paragraph, Paragraph)  # noqa: S101 - just made or looked at
        self._run(element, mark, paragraph)

    def _add(self, paragraph: Paragraph, text: str, mark: Mark | None) -> None:
        paragraph.pieces.append(Piece(text, mark, self._under))
        self._said.append(text)

    def _inline(self, parent: XmlElement, mark: Mark | None, paragraph: Paragraph) -> None:
        for child in parent:
            tag = child.tag
            if tag == RUN:
                self._run(child, mark, paragraph)
            elif tag in PROPERTIES:
                pass
            elif tag in BLOCKS:  # a block inside what was inline: an editor's mistake, still words
                self._add(paragraph, "\n", mark)
                self._inline(child, mark, paragraph)
            elif tag == MATH:
                self._add(paragraph, text_of(child), mark)
            elif tag == BOOKMARK:
                self._aside(child)
                self._add(paragraph, "", mark)
            elif not self._aside(child):
                inner, own = self._through(child, mark)
                if own is not mark:
                    self._add(paragraph, "", own)
                self._inline(inner, own, paragraph)

    def _run(self, element: XmlElement, mark: Mark | None, paragraph: Paragraph) -> None:
        """The words of a run (17.3.3)."""
        for child in element:
            if child.tag == TEXT:
                self._add(paragraph, text_of(child), mark)
            elif child.tag not in PROPERTIES:
                self._beside_words(child, mark, paragraph)

    def _beside_words(self, child: XmlElement, mark: Mark | None, paragraph: Paragraph) -> None:
        """What else a run may hold: signs, fields, of which only the result is words, and what is anchored in it."""
        tag = child.tag
        if tag == f"{W}fldChar":
            self._add(paragraph, stored(child), mark)
            self._fields.pass_by(child, paragraph.pieces)
        elif tag in SIGNS:
            self._add(paragraph, SIGNS[str(tag)], mark)
        elif tag == f"{W}sym":
            self._add(paragraph, symbol(child), mark)
        elif tag == f"{W}ruby":
            self._inline(child, mark, paragraph)
        elif tag == ALTERNATIVES:
            self._run(self._through(child, mark)[0], mark, paragraph)
        elif tag in REFERENCES:
            kind = str(tag).removeprefix(W).removesuffix("Reference")
            id_ = child.get(f"{W}id", "")
            paragraph.asides.append(Aside(kind, self._about(id_) if kind == "comment" else "", id_))
        elif tag in GRAPHICS:
            name = next((node.get("descr") or "" for node in child.iter("{*}docPr")), "")
            self._graphic(child, name, paragraph)

    def _graphic(self, element: XmlElement, name: str, paragraph: Paragraph) -> None:
        """The words of text boxes and of word art, and pictures; what stands within a box as well."""
        for child in element:
            if child.tag == f"{W}txbxContent":
                blocks = Extractor(self._is_ours, frozenset()).blocks(child)
                paragraph.asides.append(Aside("box", all_words(blocks)))
                paragraph.asides += [aside for each in flat(blocks) for aside in each.asides]
            elif child.tag == ALTERNATIVES:
                self._graphic(self._through(child, None)[0], name, paragraph)
            elif isinstance(child.tag, str):
                kind = child.tag.rpartition("}")[2]
                if kind == "textpath":
                    paragraph.asides.append(Aside("box", child.get("string", "")))
                elif kind in PICTURES:
                    paragraph.asides.append(Aside("picture", name))
                self._graphic(child, name, paragraph)

    def _table(self, element: XmlElement, mark: Mark | None) -> FileTable:
        table = FileTable()
        self._rows(element, mark, table)
        return table

    def _rows(self, parent: XmlElement, mark: Mark | None, table: FileTable) -> None:
        for child in parent:
            if child.tag == f"{W}tr":
                if self._deletions and child.find(f"{W}trPr/{W}del") is not None:
                    self.tracked = True
                    continue
                row = TableRow()
                self._cells(child, mark, row)
                table.rows.append(row)
            elif not self._aside(child):
                self._rows(*self._through(child, mark), table)

    def _cells(self, parent: XmlElement, mark: Mark | None, row: TableRow) -> None:
        for child in parent:
            if child.tag == f"{W}tc":
                row.cells.append(self._cell(child, mark))
            elif not self._aside(child):
                self._cells(*self._through(child, mark), row)

    def _cell(self, element: XmlElement, mark: Mark | None) -> TableCell:
        """A cell, a table within it read as more of its paragraphs; no bookmark reaches out of it."""
        blocks: list[FileBlock] = []
        self._block_level(element, mark, blocks)
        if self._under:
            self._close_bookmarks()
        found = first_children(first_child(element, f"{W}tcPr"), SPAN, MERGE) if element in self._joined else {}
        width = found[SPAN].get(VAL, "1") if SPAN in found else "1"
        return TableCell(
            list(flat(blocks)),
            int(width) if width.isdecimal() and len(width) < 4 else 1,
            MERGE in found and found[MERGE].get(VAL, "continue") == "continue",
            element,
        )
