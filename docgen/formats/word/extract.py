"""What stands in a part of a Word file: paragraphs and tables, whatever an editor wrapped around them.

ECMA-376 part 1, 17.3 to 17.5, 17.13 and 17.16; markup compatibility of part 3. Controls, hyperlinks, smart tags and the
like of other programs are looked through; deleted text is not there, inserted text is.
"""

import datetime
from collections.abc import Callable
from typing import Final

from docgen.formats.opc import XmlElement
from docgen.formats.word.blocks import Aside, FileBlock, FileTable, Paragraph, TableCell, TableRow, all_words, flat
from docgen.formats.word.content import Mark, Piece
from docgen.formats.word.fieldcodes import ComplexFields, stored
from docgen.formats.word.ooxml import MC, W14, M, W
from docgen.formats.word.repeats import repeats
from docgen.formats.word.signs import FALSE, SIGNS, flag, symbol, text_of

_GONE: Final = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr", f"{W}sdtPr", f"{W}sdtEndPr", f"{W}instrText",
                          f"{W}delText", f"{W}tblPr", f"{W}trPr", f"{W}tcPr", f"{W}tblGrid", f"{W}rt"})  # fmt: skip
# A picture, a drawing of Word's own (SmartArt, 21.4), a chart, or ink: each as it is named where it stands.
_PICTURES: Final = frozenset({"blip", "imagedata", "relIds", "chart", "contentPart"})


class Extractor:
    """Walks a part once and gives its blocks.

    ``is_ours`` tells a tag of the blueprint's; ``names`` are the bookmarks that mean something. ``tracked`` says
    afterwards whether the part holds tracked changes.
    """

    def __init__(self, is_ours: Callable[[str], bool], names: frozenset[str]) -> None:
        self._is_ours = is_ours
        self._names = names
        self._open: dict[str, str] = {}  # bookmark id -> name
        self._fields = ComplexFields()
        self._commented: dict[str, list[str]] = {}  # comment id -> the words it is about
        self._comments_open: set[str] = set()
        self.tracked = False

    def blocks(self, parent: XmlElement) -> list[FileBlock]:
        """The blocks of a body, header, footer, note or comment."""
        found: list[FileBlock] = []
        self._open.clear()
        self._block_level(parent, None, found)
        return found

    def _block_level(self, parent: XmlElement, mark: Mark | None, into: list[FileBlock]) -> None:
        for child in parent:
            tag = child.tag
            if tag == f"{W}p":
                self._paragraph(child, mark, into)
            elif tag == f"{W}tbl":
                into.append(self._table(child, mark))
            elif tag == f"{W}altChunk":
                into.append(Paragraph(asides=[Aside("chunk")]))
            elif tag == f"{W}r":  # a run where a paragraph should be: a converter's mistake, still words
                self._stray_run(child, mark, into)
            elif not self._aside(child):
                self._block_level(*self._through(child, mark), into)

    def _aside(self, child: XmlElement) -> bool:
        """Bookmarks are noted, what is deleted is passed over; False for what is to be looked through."""
        tag = child.tag
        if tag == f"{W}bookmarkStart":
            if child.get(f"{W}name") in self._names:
                self._open[child.get(f"{W}id", "")] = child.get(f"{W}name", "")
            return True
        if tag == f"{W}bookmarkEnd":
            self._open.pop(child.get(f"{W}id", ""), None)
            return True
        if tag in {f"{W}commentRangeStart", f"{W}commentRangeEnd"}:
            self._comment(child.get(f"{W}id", ""), begins=tag == f"{W}commentRangeStart")
            return True
        if tag in {f"{W}del", f"{W}moveFrom", f"{W}ins", f"{W}moveTo"}:
            self.tracked = True
        return tag in _GONE or not isinstance(tag, str)

    def _comment(self, id_: str, *, begins: bool) -> None:
        """The words between the two ends of a range (17.13.4.4) are what a comment is about."""
        if begins:
            self._commented[id_] = []
            self._comments_open.add(id_)
        else:
            self._comments_open.discard(id_)

    def _through(self, child: XmlElement, mark: Mark | None) -> tuple[XmlElement, Mark | None]:
        """What to go on with inside an element: a control's content, the Choice of an alternative, the thing itself."""
        if child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            own = self._mark(child)
            return (child if content is None else content), own or mark
        if child.tag == f"{MC}AlternateContent":
            branches = [*child.iterfind(f"{MC}Choice"), *child.iterfind(f"{MC}Fallback")]
            return next((each for each in branches if _shows(each)), child if not branches else branches[0]), mark
        return child, mark

    def _mark(self, sdt: XmlElement) -> Mark | None:
        """The mark of a control of ours, None for a foreign one."""
        properties = sdt.find(f"{W}sdtPr")
        tag = None if properties is None else properties.find(f"{W}tag")
        name = "" if tag is None else tag.get(f"{W}val", "")
        if properties is None or not self._is_ours(name):
            return None
        box = properties.find(f"{W14}checkbox")
        checked = None if box is None else _ticked(box.find(f"{W14}checked"))
        return Mark(name, flag(properties.find(f"{W}showingPlcHdr")), _date(properties.find(f"{W}date")), checked)

    def _paragraph(self, element: XmlElement, mark: Mark | None, into: list[FileBlock]) -> None:
        """A paragraph; one whose mark is deleted (17.13.5.15) goes on in the next."""
        last = into[-1] if into else None
        if isinstance(last, Paragraph) and last.joins_next:
            paragraph = last
            paragraph.joins_next = False
        else:
            paragraph = Paragraph()
            into.append(paragraph)
        if mark is not None or self._open:
            self._add(paragraph, "", mark)
        for comment in self._comments_open:
            self._commented[comment].append(" ")
        self._fields.clear()  # one that an editor left open ends here at the latest, and what seemed its code is words
        before, self.tracked = self.tracked, False
        self._inline(element, mark, paragraph)
        paragraph.tracked |= self.tracked
        self.tracked |= before
        end = element.find(f"{W}pPr/{W}rPr")
        if end is not None and (end.find(f"{W}del") is not None or end.find(f"{W}moveFrom") is not None):
            self.tracked = paragraph.joins_next = True
        elif not paragraph.text and self._only_opens(element):
            paragraph.joins_next = True

    def _only_opens(self, element: XmlElement) -> bool:
        """An empty paragraph made to hold the start of a bookmark that stood between paragraphs: no line of a person's.

        Some editors have bookmarks within paragraphs only. An empty line of an answer has the style of its other lines.
        """
        below = element.getnext()
        opens = any(mark.get(f"{W}id", "") in self._open for mark in element.iter(f"{W}bookmarkStart"))
        return opens and below is not None and below.tag == f"{W}p" and _style(below) != _style(element)

    def _stray_run(self, element: XmlElement, mark: Mark | None, into: list[FileBlock]) -> None:
        previous = element.getprevious()
        if previous is None or previous.tag != f"{W}r" or not into or not isinstance(into[-1], Paragraph):
            self._fields.clear()
            into.append(Paragraph())
        paragraph = into[-1]
        assert isinstance(paragraph, Paragraph)  # noqa: S101 - just made or looked at
        self._run(element, mark, paragraph)

    def _add(self, paragraph: Paragraph, text: str, mark: Mark | None) -> None:
        paragraph.pieces.append(Piece(text, mark, frozenset(self._open.values())))
        for comment in self._comments_open:
            self._commented[comment].append(text)

    def _inline(self, parent: XmlElement, mark: Mark | None, paragraph: Paragraph) -> None:
        again = repeats(parent)
        for child in parent:
            tag = child.tag
            if child in again:
                continue
            if tag == f"{W}r":
                self._run(child, mark, paragraph)
            elif tag in {f"{W}p", f"{W}tbl"}:  # a block inside what was inline: an editor's mistake, still words
                self._add(paragraph, "\n", mark)
                self._inline(child, mark, paragraph)
            elif tag == f"{M}t":
                self._add(paragraph, text_of(child), mark)
            elif tag == f"{W}bookmarkStart":
                self._aside(child)
                self._add(paragraph, "", mark)
            elif not self._aside(child):
                inner, own = self._through(child, mark)
                if own is not mark:
                    self._add(paragraph, "", own)
                self._inline(inner, own, paragraph)

    def _run(self, element: XmlElement, mark: Mark | None, paragraph: Paragraph) -> None:
        """The words of a run (17.3.3); of a field, only those of its result."""
        for child in element:
            tag = child.tag
            if tag == f"{W}fldChar":
                self._add(paragraph, stored(child), mark)
                self._fields.pass_by(child, paragraph.pieces)
            elif tag == f"{W}t":
                self._add(paragraph, text_of(child), mark)
            elif tag in SIGNS:
                self._add(paragraph, SIGNS[str(tag)], mark)
            elif tag == f"{W}sym":
                self._add(paragraph, symbol(child), mark)
            elif tag == f"{W}ruby":
                self._inline(child, mark, paragraph)
            elif tag == f"{MC}AlternateContent":
                self._run(self._through(child, mark)[0], mark, paragraph)
            elif tag in {f"{W}commentReference", f"{W}footnoteReference", f"{W}endnoteReference"}:
                kind = str(tag).removeprefix(W).removesuffix("Reference")
                id_ = child.get(f"{W}id", "")
                about = "".join(self._commented.get(id_, ())) if kind == "comment" else ""
                paragraph.asides.append(Aside(kind, about, id_))
            elif tag in {f"{W}drawing", f"{W}pict", f"{W}object"}:
                name = next((node.get("descr") or "" for node in child.iter("{*}docPr")), "")
                self._graphic(child, name, paragraph)

    def _graphic(self, element: XmlElement, name: str, paragraph: Paragraph) -> None:
        """The words of text boxes and of word art, and pictures; what stands within a box as well."""
        for child in element:
            if child.tag == f"{W}txbxContent":
                blocks = Extractor(self._is_ours, frozenset()).blocks(child)
                paragraph.asides.append(Aside("box", all_words(blocks)))
                paragraph.asides += [aside for each in flat(blocks) for aside in each.asides]
            elif child.tag == f"{MC}AlternateContent":
                self._graphic(self._through(child, None)[0], name, paragraph)
            elif isinstance(child.tag, str):
                kind = child.tag.rpartition("}")[2]
                if kind == "textpath":
                    paragraph.asides.append(Aside("box", child.get("string", "")))
                elif kind in _PICTURES:
                    paragraph.asides.append(Aside("picture", name))
                self._graphic(child, name, paragraph)

    def _table(self, element: XmlElement, mark: Mark | None) -> FileTable:
        table = FileTable()
        self._rows(element, mark, table)
        return table

    def _rows(self, parent: XmlElement, mark: Mark | None, table: FileTable) -> None:
        for child in parent:
            if child.tag == f"{W}tr":
                if child.find(f"{W}trPr/{W}del") is not None:
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
        self._open.clear()
        span = element.find(f"{W}tcPr/{W}gridSpan")
        merge = element.find(f"{W}tcPr/{W}vMerge")
        width = span.get(f"{W}val", "1") if span is not None else "1"
        return TableCell(
            list(flat(blocks)),
            int(width) if width.isdecimal() and len(width) < 4 else 1,
            merge is not None and merge.get(f"{W}val", "continue") == "continue",
        )


def _style(paragraph: XmlElement) -> str | None:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return None if found is None else found.get(f"{W}val")


def _shows(element: XmlElement) -> bool:
    """Words, or a graphic."""
    return next(element.iter(f"{W}t", f"{M}t", f"{W}sym", f"{W}drawing", f"{W}pict", f"{W}object"), None) is not None


def _ticked(element: XmlElement | None) -> bool:
    return element is not None and element.get(f"{W14}val", "1") not in FALSE


def _date(element: XmlElement | None) -> datetime.date | None:
    """The day of ``w:fullDate``, which Word writes as a time of day in no zone."""
    if element is None:
        return None
    try:
        return datetime.date.fromisoformat(element.get(f"{W}fullDate", "")[:10])
    except ValueError:
        return None
