"""Content controls as Word keeps them (ISO/IEC 29500-1, 17.5.2; check boxes: w14:checkbox of MS-DOCX): what they are and what they show."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from lxml import etree

from tests.filler.package import FillError

Element = etree._Element  # noqa: SLF001 the only name lxml has for it

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

Kind = Literal["text", "rich", "date", "dropdown", "combo", "checkbox", "other"]
Level = Literal["run", "block", "cell", "row"]

_KINDS: Final[dict[str, Kind]] = {
    f"{W}text": "text",
    f"{W}richText": "rich",
    f"{W}date": "date",
    f"{W}dropDownList": "dropdown",
    f"{W}comboBox": "combo",
    f"{W14}checkbox": "checkbox",
}
_PROPERTIES: Final = {
    f"{W}{name}"
    for name in ("rPr", "alias", "tag", "id", "lock", "placeholder", "temporary", "showingPlcHdr", "dataBinding")
}
BOOKMARKS: Final = {f"{W}bookmarkStart", f"{W}bookmarkEnd"}


@dataclass(frozen=True)
class Option:
    """A choice: what the list shows, and the value behind it."""

    display: str
    value: str


@dataclass(frozen=True)
class Cell:
    """A table cell of the document part, all counted from 0; nested tables are counted where they begin."""

    table: int
    row: int
    column: int


@dataclass(frozen=True)
class Control:
    """A content control as it stands.

    Attributes:
        tag: the machine's name of it, None where it has none.
        nth: its place among the controls of the same tag, from 0.
        alias: the title a person sees.
        kind: "other" for pictures, groups, repeating sections and the like.
        level: what it wraps.
        options: the choices of a drop-down or combo.
        text: what it shows, paragraphs and line breaks as newlines.
        placeholder: true while it shows its placeholder text.
        checked: of a check box.
        date: w:fullDate of a date control, as written.
        lock: "sdtLocked" (can't be deleted), "contentLocked", "sdtContentLocked", or None.
        multiline: true where a line break may be typed.
        part: the part it stands in.
        cell: the table cell it stands in, None outside tables and in headers and footers.
    """

    tag: str | None
    nth: int
    alias: str | None
    kind: Kind
    level: Level
    options: tuple[Option, ...]
    text: str
    placeholder: bool
    checked: bool | None
    date: str | None
    lock: str | None
    multiline: bool
    part: str
    cell: Cell | None


def controls_in(root: Element) -> Iterator[Element]:
    """Give every w:sdt in document order, but those of a Fallback, which Word does not show."""
    for sdt in root.iter(f"{W}sdt"):
        if next(sdt.iterancestors(FALLBACK), None) is None:
            yield sdt


def properties(sdt: Element) -> Element:
    """Give w:sdtPr, made where it is missing."""
    found = sdt.find(f"{W}sdtPr")
    if found is None:
        found = etree.Element(f"{W}sdtPr")
        sdt.insert(0, found)
    return found


def content(sdt: Element) -> Element:
    found = sdt.find(f"{W}sdtContent")
    if found is None:
        raise FillError("a content control has no content")
    return found


def value_of(sdt: Element, name: str) -> str | None:
    """Give the w:val of a property, None where it is missing."""
    found = properties(sdt).find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val")


def type_element(sdt: Element) -> Element | None:
    """Give the property that tells the kind; none means rich text (17.5.2.26)."""
    for child in properties(sdt):
        if child.tag in _KINDS:
            return child
    return None


def kind_of(sdt: Element) -> Kind:
    found = type_element(sdt)
    if found is not None:
        return _KINDS[str(found.tag)]
    known = all(child.tag in _PROPERTIES or not str(child.tag).startswith(W) for child in properties(sdt))
    extended = any(str(child.tag).endswith(("}repeatingSection", "}repeatingSectionItem")) for child in properties(sdt))
    return "rich" if known and not extended else "other"


def level_of(sdt: Element) -> Level:
    first = next((child for child in content(sdt) if child.tag not in BOOKMARKS), None)
    if first is None:
        parent = sdt.getparent()
        return "run" if parent is not None and parent.tag == f"{W}p" else "block"
    if first.tag == f"{W}sdt":
        return level_of(first)
    levels: dict[str, Level] = {f"{W}tr": "row", f"{W}tc": "cell", f"{W}p": "block", f"{W}tbl": "block"}
    return levels.get(str(first.tag), "run")


def options_of(sdt: Element) -> tuple[Option, ...]:
    found = type_element(sdt)
    if found is None:
        return ()
    items = found.iter(f"{W}listItem")
    pairs = [(item.get(f"{W}displayText"), item.get(f"{W}value")) for item in items]
    return tuple(Option(shown or value or "", value or shown or "") for shown, value in pairs)


def is_placeholder(sdt: Element) -> bool:
    found = properties(sdt).find(f"{W}showingPlcHdr")
    return found is not None and found.get(f"{W}val", "1") not in {"0", "false", "off"}


def is_checked(sdt: Element) -> bool:
    found = next(properties(sdt).iter(f"{W14}checked"), None)
    return found is not None and found.get(f"{W14}val") in {"1", "true", "on"}


def text_in(element: Element) -> str:
    """Give the text shown in an element: a newline between paragraphs and for a break, none of what is deleted."""
    lines = [_paragraph_text(p) for p in element.iter(f"{W}p")]
    return "\n".join(lines) if lines else _paragraph_text(element)


def _paragraph_text(element: Element) -> str:
    words = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
    runs = [run for run in element.iter(f"{W}r") if next(run.iterancestors(f"{W}del", FALLBACK), None) is None]
    parts = [(part.text or "") if part.tag == f"{W}t" else words.get(str(part.tag), "") for run in runs for part in run]
    return "".join(parts)


def takes_lines(sdt: Element) -> bool:
    """Tell whether a line break can be typed: in rich text, and in plain text with w:multiLine (17.5.2.44)."""
    found = type_element(sdt)
    return kind_of(sdt) == "rich" or (found is not None and found.get(f"{W}multiLine") in {"1", "true", "on"})


def own(parent: Element, name: str) -> list[Element]:
    """Give the rows of a table or the cells of a row, those within controls too, not those of tables inside it."""
    found = []
    for child in parent:
        if child.tag == f"{W}{name}":
            found.append(child)
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"}:
            found += own(child, name)
    return found
