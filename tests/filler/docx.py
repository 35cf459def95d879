"""A Word file in the hands of a person: controls filled, chosen and ticked, rows added, controls and rows deleted."""

import copy
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import etree

from tests.filler import controls, writing
from tests.filler.controls import FALLBACK, W14, Cell, Control, Element, W
from tests.filler.package import FillError, Package

_CHECKED: Final = ("2612", "2610")
"""Glyphs of a check box, checked and not, where it names none: ☒ and ☐."""


class Docx:
    """A .docx file held in memory.

    Rows are counted from 0 in their table, tables from 0 in the document with nested ones where they begin. Controls are
    addressed by tag and, where a tag repeats, by their place among its controls. The document part and its headers and
    footers are looked at; all other parts are kept byte for byte.
    """

    def __init__(self, file: Path) -> None:
        self._package = Package.open(file)
        main = self._package.main_part()
        headers = self._package.related(main, "/header") + self._package.related(main, "/footer")
        self._main = main
        self._roots = {part: self._package.xml(part) for part in (main, *headers)}

    def save(self, file: Path) -> Path:
        """Write the file as it now is, and give it; only parts that changed are written anew."""
        for part, root in self._roots.items():
            if etree.tostring(root, method="c14n") != etree.tostring(self._package.xml(part), method="c14n"):
                self._package.replace(part, root)
        return self._package.save(file)

    # What is there

    def controls(self) -> tuple[Control, ...]:
        """List every content control, at any level, in document order."""
        seen: dict[str | None, int] = {}
        found = []
        tables = self._tables()
        for part, sdt in self._elements():
            tag = controls.value_of(sdt, "tag")
            seen[tag] = seen.get(tag, -1) + 1
            found.append(self._describe(part, sdt, tag, seen[tag], tables))
        return tuple(found)

    def control(self, tag: str, nth: int = 0) -> Control:
        """Give one control.

        Raises:
            FillError: there is none.
        """
        part, sdt = self._find(tag, nth)
        return self._describe(part, sdt, tag, nth, self._tables())

    def tables(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """Give the text of every table as rows of cells."""
        return tuple(
            tuple(tuple(controls.text_in(tc) for tc in controls.own(tr, "tc")) for tr in controls.own(table, "tr"))
            for table in self._tables()
        )

    def table_with(self, *words: str) -> int:
        """Give the first table whose first row has all the words.

        Raises:
            FillError: there is none.
        """
        for number, rows in enumerate(self.tables()):
            if rows and all(any(word in cell for cell in rows[0]) for word in words):
                return number
        raise FillError(f"no table has {words} in its first row")

    # What a person does

    def fill(self, tag: str, text: str, nth: int = 0) -> None:
        """Type text into a text, rich-text, combo or date control (whose w:fullDate stays, as when Word can't read it).

        Raises:
            FillError: no such control, a locked one, one that takes no typing, or a line break where none can be.
        """
        sdt = self._editable(tag, nth)
        if controls.kind_of(sdt) not in {"text", "rich", "combo", "date"}:
            raise FillError(f"{tag} takes no typed text")
        if not text:
            raise FillError(f"typing nothing into {tag}: use clear()")
        writing.put_text(sdt, text)

    def clear(self, tag: str, nth: int = 0) -> None:
        """Delete what a control holds: its placeholder text shows again, taken from the glossary as Word does."""
        sdt = self._editable(tag, nth)
        part = controls.properties(sdt).find(f"{W}placeholder/{W}docPart")
        text = self._placeholder(part.get(f"{W}val") or "") if part is not None else ""
        style = etree.Element(f"{W}rPr")
        etree.SubElement(style, f"{W}rStyle", {f"{W}val": "PlaceholderText"})
        writing.put_placeholder(sdt, text, style)

    def choose(self, tag: str, display: str, nth: int = 0) -> None:
        """Pick a choice of a drop-down or combo by the text that its list shows.

        Raises:
            FillError: not among its choices.
        """
        sdt = self._editable(tag, nth)
        option = next((option for option in controls.options_of(sdt) if option.display == display), None)
        listing = controls.type_element(sdt)
        if option is None or listing is None:
            raise FillError(f"{display!r} is not a choice of {tag}: {controls.options_of(sdt)}")
        writing.put_text(sdt, display)
        listing.set(f"{W}lastValue", option.value)

    def set_date(self, tag: str, day: dt.date, nth: int = 0, shown: str | None = None) -> None:
        """Pick a day in a date control; `shown` is the text it then shows, else the day in the control's own format."""
        sdt = self._editable(tag, nth)
        date = controls.type_element(sdt)
        if date is None or date.tag != f"{W}date":
            raise FillError(f"{tag} is no date control")
        pattern, language = date.find(f"{W}dateFormat"), date.find(f"{W}lid")
        text = shown or writing.shown_date(
            day,
            "yyyy-MM-dd" if pattern is None else pattern.get(f"{W}val", ""),
            "sv-SE" if language is None else language.get(f"{W}val", ""),
        )
        writing.put_text(sdt, text)
        date.set(f"{W}fullDate", f"{day.isoformat()}T00:00:00Z")

    def tick(self, tag: str, nth: int = 0, *, on: bool = True) -> None:
        """Tick a check box, or clear it: both w14:checked and the glyph that shows it."""
        sdt = self._editable(tag, nth)
        box = controls.type_element(sdt)
        if box is None or box.tag != f"{W14}checkbox":
            raise FillError(f"{tag} is no check box")
        mark = box.find(f"{W14}checked")
        if mark is None:
            mark = etree.Element(f"{W14}checked")
            box.insert(0, mark)
        mark.set(f"{W14}val", "1" if on else "0")
        state = box.find(f"{W14}{'checkedState' if on else 'uncheckedState'}")
        code = _CHECKED[not on] if state is None else state.get(f"{W14}val", _CHECKED[not on])
        writing.put_text(sdt, chr(int(code, 16)))

    def delete_control(self, tag: str, nth: int = 0, *, keep_text: bool = False) -> Cell | None:
        """Delete a control with what it holds, or with `keep_text` the control only, as "Remove Content Control" does.

        A lock does not hinder it: a person can take it off, and other programs do not know it.

        Returns:
            The cell it stood in, None if it stood in none.
        """
        part, sdt = self._find(tag, nth)
        cell = self._cell(part, sdt, self._tables())
        writing.unwrap(sdt, keep_text=keep_text)
        return cell

    def type_in_cell(self, cell: Cell, text: str) -> None:
        """Type at the end of a cell, outside any control: on its last line, further lines as paragraphs."""
        rows = controls.own(self._table(cell.table), "tr")
        try:
            tc = controls.own(rows[cell.row], "tc")[cell.column]
        except IndexError:
            raise FillError(f"the table has no cell {cell}") from None
        writing.type_at_end(tc, text)

    def type_paragraph(self, text: str, after: str | None = None) -> None:
        """Type a paragraph of its own after the first one in the body that has `after` in it, else at the very end."""
        new = etree.Element(f"{W}p")
        new.append(writing.new_run(text, None))
        body = self._roots[self._main][0]
        if after is None:
            section = body.find(f"{W}sectPr")
            body.insert(len(body) if section is None else list(body).index(section), new)
            return
        place = next((child for child in body if child.tag == f"{W}p" and after in controls.text_in(child)), None)
        if place is None:
            raise FillError(f"no paragraph has {after!r} in it")
        place.addnext(new)

    def add_row(self, table: int, *, after: int = -1, with_controls: bool = True) -> int:
        """Add a row after the last or another one, cloned from that as Word does when it is copied and pasted.

        Without controls the new cells are empty, as Word makes them for a row inserted below.

        Returns:
            The new row's number.
        """
        rows = controls.own(self._table(table), "tr")
        new = self._clone(rows[after])
        if not with_controls:
            for tc in controls.own(new, "tc"):
                writing.empty_cell(tc)
        rows[after].addnext(new)
        return (after % len(rows)) + 1

    def delete_row(self, table: int, row: int) -> None:
        """Delete a row with all in it."""
        rows = controls.own(self._table(table), "tr")
        if not 0 <= row < len(rows) or len(rows) == 1:
            raise FillError(f"table {table} has no row {row} that can be deleted")
        writing.remove(rows[row])

    def copy_table(self, table: int) -> None:
        """Copy a table and paste it below itself, with an empty paragraph between: else Word joins the two."""
        old = self._table(table)
        old.addnext(self._clone(old))
        old.addnext(etree.Element(f"{W}p"))

    def delete_table(self, table: int) -> None:
        """Delete a table with all in it."""
        writing.remove(self._table(table))

    def _clone(self, element: Element) -> Element:
        """Give what pasting a copy makes: tags repeat, w:id and paragraph ids are new, bookmarks are not cloned."""
        new = copy.deepcopy(element)
        writing.drop_identity(new)
        used = {controls.value_of(sdt, "id") for _, sdt in self._elements()}
        free = (str(number) for number in range(900_000_001, 2**31) if str(number) not in used)
        for number in new.iter(f"{W}id"):
            number.set(f"{W}val", next(free))
        return new

    # Finding

    def _elements(self) -> Iterator[tuple[str, Element]]:
        for part, root in self._roots.items():
            for sdt in controls.controls_in(root):
                yield part, sdt

    def _find(self, tag: str, nth: int) -> tuple[str, Element]:
        found = [(part, sdt) for part, sdt in self._elements() if controls.value_of(sdt, "tag") == tag]
        if nth >= len(found):
            raise FillError(f"there are {len(found)} controls with the tag {tag!r}, number {nth} was asked for")
        return found[nth]

    def _editable(self, tag: str, nth: int) -> Element:
        _, sdt = self._find(tag, nth)
        for element in (sdt, *sdt.iterancestors(f"{W}sdt")):
            if controls.value_of(element, "lock") in {"contentLocked", "sdtContentLocked"}:
                raise FillError(f"{tag} is locked: a person can't type there")
        return sdt

    def _describe(self, part: str, sdt: Element, tag: str | None, nth: int, tables: list[Element]) -> Control:
        kind, found = controls.kind_of(sdt), controls.type_element(sdt)
        return Control(
            tag=tag,
            nth=nth,
            alias=controls.value_of(sdt, "alias"),
            kind=kind,
            level=controls.level_of(sdt),
            options=controls.options_of(sdt),
            text=controls.text_in(controls.content(sdt)),
            placeholder=controls.is_placeholder(sdt),
            checked=controls.is_checked(sdt) if kind == "checkbox" else None,
            date=found.get(f"{W}fullDate") if found is not None and kind == "date" else None,
            lock=controls.value_of(sdt, "lock"),
            multiline=controls.takes_lines(sdt),
            part=part,
            cell=self._cell(part, sdt, tables),
        )

    def _cell(self, part: str, sdt: Element, tables: list[Element]) -> Cell | None:
        inner = controls.content(sdt).find(f"{W}tc") if controls.level_of(sdt) == "cell" else None
        tc = next(sdt.iterancestors(f"{W}tc"), None) if inner is None else inner
        if tc is None or part != self._main:
            return None
        tr = next(tc.iterancestors(f"{W}tr"))
        table = next(tr.iterancestors(f"{W}tbl"))
        return Cell(tables.index(table), controls.own(table, "tr").index(tr), controls.own(tr, "tc").index(tc))

    def _tables(self) -> list[Element]:
        tables = self._roots[self._main].iter(f"{W}tbl")
        return [table for table in tables if next(table.iterancestors(FALLBACK), None) is None]

    def _table(self, number: int) -> Element:
        tables = self._tables()
        if not 0 <= number < len(tables):
            raise FillError(f"the document has {len(tables)} tables, number {number} was asked for")
        return tables[number]

    def _placeholder(self, name: str) -> str:
        """Give the text of a building block of the glossary (17.12), empty where it is missing."""
        for part in self._package.related(self._main, "/glossaryDocument"):
            for block in self._package.xml(part).iter(f"{W}docPart"):
                if block.find(f"{W}docPartPr/{W}name[@{W}val='{name}']") is not None:
                    return controls.text_in(block)
        return ""
