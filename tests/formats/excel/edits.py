"""What people and programs do to a workbook as a whole, done to its XML: rows, columns, sheets and names moved or lost.

Defined names, merged cells and tables follow, as they do in every spreadsheet program.
"""

import io
import re
import zipfile
from collections.abc import Callable

from lxml import etree

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Element = etree._Element  # noqa: SLF001 - lxml's own name for its public element class
_REF = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)")
Move = Callable[[int, int], tuple[int, int]]  # row and column, from 1, before and after


def _letters(col: int) -> str:
    text = ""
    while col:
        col, rest = divmod(col - 1, 26)
        text = chr(65 + rest) + text
    return text


def _child(root: Element, name: str) -> Element:
    found = root.find(f"{_S}{name}")
    assert found is not None
    return found


def _spot(cell: Element) -> tuple[int, int]:
    found = _REF.fullmatch(cell.get("r", ""))
    assert found is not None
    return int(found[4]), _number(found[2])


def _number(letters: str) -> int:
    col = 0
    for letter in letters:
        col = col * 26 + ord(letter) - 64
    return col


def _drop(element: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


class Edit:
    """A workbook whose XML is changed; ``data()`` gives the file."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.members = {info.filename: archive.read(info) for info in archive.infolist()}
        self.book = etree.fromstring(self.members["xl/workbook.xml"])
        rels = etree.fromstring(self.members["xl/_rels/workbook.xml.rels"])
        targets = {each.get("Id"): each.get("Target") for each in rels}
        self.parts = {sheet.get("name"): f"xl/{targets[sheet.get(_R)]}" for sheet in self.book.iter(f"{_S}sheet")}

    def data(self) -> bytes:
        self.members["xl/workbook.xml"] = etree.tostring(self.book)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, member in self.members.items():
                archive.writestr(name, member)
        return buffer.getvalue()

    def move(self, sheet: str, move: Move, only: Callable[[int, int], bool] = lambda _row, _col: True) -> "Edit":
        """Move cells; names, merged cells and validations on the sheet follow."""

        def moved(text: str) -> str:
            def one(found: re.Match[str]) -> str:
                row, col = int(found[4]), _number(found[2])
                row, col = move(row, col) if only(row, col) else (row, col)
                return f"{found[1]}{_letters(col)}{found[3]}{row}"

            return _REF.sub(one, text)

        root = etree.fromstring(self.members[self.parts[sheet]])
        data = _child(root, "sheetData")
        cells = [cell for row in data for cell in row]
        for row in list(data):
            data.remove(row)
        rows: dict[int, list[Element]] = {}
        for cell in cells:
            cell.set("r", moved(cell.get("r", "")))
            rows.setdefault(_spot(cell)[0], []).append(cell)
        for at in sorted(rows):
            row = etree.SubElement(data, f"{_S}row", r=str(at))
            row.extend(sorted(rows[at], key=_spot))
        for element in root.iter(f"{_S}mergeCell"):
            element.set("ref", moved(element.get("ref", "")))
        for element in root.iter(f"{_S}dataValidation"):
            element.set("sqref", moved(element.get("sqref", "")))
        self.members[self.parts[sheet]] = etree.tostring(root)
        for name in self.book.iter(f"{_S}definedName"):
            quoted = "'" + sheet.replace("'", "''") + "'!"
            area = name.text or ""
            for start in (quoted, f"{sheet}!"):
                if area.startswith(start):
                    name.text = start + moved(area[len(start) :])
        return self

    def insert_row(self, sheet: str, before: int, count: int = 1) -> "Edit":
        return self.move(sheet, lambda row, col: (row + count, col), lambda row, _: row >= before)

    def insert_column(self, sheet: str, before: str, count: int = 1) -> "Edit":
        return self.move(sheet, lambda row, col: (row, col + count), lambda _, col: col >= _number(before))

    def delete_row(self, sheet: str, at: int) -> "Edit":
        root = etree.fromstring(self.members[self.parts[sheet]])
        data = _child(root, "sheetData")
        for row in list(data):
            if row.get("r") == str(at):
                data.remove(row)
        self.members[self.parts[sheet]] = etree.tostring(root)
        return self.move(sheet, lambda row, col: (row - 1, col), lambda row, _: row > at)

    def rename(self, sheet: str, name: str) -> "Edit":
        for each in self.book.iter(f"{_S}sheet"):
            if each.get("name") == sheet:
                each.set("name", name)
        self.parts[name] = self.parts.pop(sheet)
        for each in self.book.iter(f"{_S}definedName"):
            area = each.text or ""
            for old in ("'" + sheet.replace("'", "''") + "'!", f"{sheet}!"):
                if area.startswith(old):
                    each.text = f"'{name}'!{area[len(old) :]}"
        return self

    def reverse_sheets(self) -> "Edit":
        sheets = _child(self.book, "sheets")
        for each in list(sheets)[::-1]:
            sheets.append(each)
        return self

    def drop_names(self, *but: str) -> "Edit":
        names = _child(self.book, "definedNames")
        for each in list(names):
            if each.get("name") not in but:
                names.remove(each)
        return self

    def drop_name(self, name: str) -> "Edit":
        for each in list(self.book.iter(f"{_S}definedName")):
            if each.get("name") == name:
                _drop(each)
        return self

    def point(self, name: str, area: str) -> "Edit":
        for each in self.book.iter(f"{_S}definedName"):
            if each.get("name") == name:
                each.text = area
        return self

    def drop_ids(self) -> "Edit":
        """Delete the hidden first column's texts; identity and lists stay."""
        for part in [part for name, part in self.parts.items() if name not in {"docgen", "Listor", "Lists"}]:
            root = etree.fromstring(self.members[part])
            for cell in list(root.iter(f"{_S}c")):
                if re.fullmatch(r"A\d+", cell.get("r", "")):
                    _drop(cell)
            self.members[part] = etree.tostring(root)
        return self

    def drop_properties(self) -> "Edit":
        self.members.pop("docProps/custom.xml", None)
        return self

    def drop_sheet(self, sheet: str) -> "Edit":
        for each in list(self.book.iter(f"{_S}sheet")):
            if each.get("name") == sheet:
                _drop(each)
        return self

    def swap(self, sheet: str, one: str, other: str) -> "Edit":
        """Exchange what two cells hold; styles stay, names do not follow."""
        root = etree.fromstring(self.members[self.parts[sheet]])
        cells = {cell.get("r"): cell for cell in root.iter(f"{_S}c")}
        first, second = cells[one], cells[other]
        for element, content, kind in (
            (first, list(second), second.get("t")),
            (second, list(first), first.get("t")),
        ):
            for child in list(element):
                element.remove(child)
            element.extend(content)
            element.attrib.pop("t", None)
            if kind:
                element.set("t", kind)
        self.members[self.parts[sheet]] = etree.tostring(root)
        return self
