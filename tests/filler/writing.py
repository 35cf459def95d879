"""What a person types into a content control or a paragraph, in the elements that Word writes for it."""

import copy
import datetime as dt
from collections.abc import Sequence
from typing import Final

from lxml import etree

from tests.filler.controls import (
    BOOKMARKS,
    W14,
    Element,
    W,
    content,
    is_placeholder,
    kind_of,
    level_of,
    properties,
    takes_lines,
)
from tests.filler.package import FillError

SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_MARKS: Final = BOOKMARKS | {f"{W}pPr", f"{W}proofErr"}
_BEFORE_MARK: Final = {f"{W}{name}" for name in ("rPr", "alias", "tag", "id", "lock", "placeholder", "temporary")}
_MONTHS: Final = {
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "en": "January February March April May June July August September October November December",
}


def new_run(text: str, rpr: Element | None) -> Element:
    """Make a run as Word writes typed text: tabs and line breaks as elements, blanks preserved."""
    run = etree.Element(f"{W}r")
    if rpr is not None:
        run.append(copy.deepcopy(rpr))
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, f"{W}br")
        for place, piece in enumerate(line.split("\t")):
            if place:
                etree.SubElement(run, f"{W}tab")
            if piece:
                etree.SubElement(run, f"{W}t", {SPACE: "preserve"}).text = piece
    return run


def put_text(sdt: Element, text: str) -> None:
    """Replace what a control shows by typed text, as Word does: no placeholder mark or style any more.

    A newline becomes a paragraph in rich text and a line break in plain text that allows one.

    Raises:
        FillError: a newline where the control takes none, or a control around rows.
    """
    kind, level = kind_of(sdt), level_of(sdt)
    if "\n" in text and not takes_lines(sdt):
        raise FillError(f"a {kind} control takes no line break: {text!r}")
    if level == "row":
        raise FillError("a control around rows holds no text of its own")
    rpr = _typing_style(sdt)
    for mark in properties(sdt).findall(f"{W}showingPlcHdr"):
        properties(sdt).remove(mark)
    lines = text.split("\n") if kind == "rich" else [text]
    if level == "run" and len(lines) > 1 and _fills_paragraph(sdt):
        _wrap_paragraph(sdt)
    _show(sdt, lines, rpr)


def put_placeholder(sdt: Element, text: str, rpr: Element) -> None:
    """Show a placeholder text, with the mark that it is one (17.5.2.39)."""
    mark = etree.Element(f"{W}showingPlcHdr")
    before = [child for child in properties(sdt) if child.tag in _BEFORE_MARK]
    for old in properties(sdt).findall(f"{W}showingPlcHdr"):
        properties(sdt).remove(old)
    properties(sdt).insert(len(before), mark)
    _show(sdt, [text], rpr)


def _show(sdt: Element, lines: Sequence[str], rpr: Element | None) -> None:
    level = level_of(sdt)
    if level == "run":
        _replace(content(sdt), [new_run("\n".join(lines), rpr)])
        return
    holder = content(sdt).find(f"{W}tc") if level == "cell" else content(sdt)
    assert holder is not None
    put_paragraphs(holder, lines, rpr)


def _typing_style(sdt: Element) -> Element | None:
    """Give the run properties typed text gets: the control's own (17.5.2.27), or those of the text it replaces."""
    own = properties(sdt).find(f"{W}rPr")
    if own is not None or is_placeholder(sdt):
        return own
    run = next(content(sdt).iter(f"{W}r"), None)
    return None if run is None else run.find(f"{W}rPr")


def _replace(parent: Element, new: Sequence[Element]) -> None:
    """Put elements in place of all content; paragraph properties and bookmarks stay around them."""
    before = [child for child in parent if child.tag in {f"{W}pPr", f"{W}bookmarkStart"}]
    after = [child for child in parent if child.tag == f"{W}bookmarkEnd"]
    parent[:] = [*before, *new, *after]


def put_paragraphs(holder: Element, lines: Sequence[str], rpr: Element | None) -> None:
    """Put lines into a cell or block control: the first into its first paragraph, each other into a new one after it."""
    paragraphs = holder.findall(f"{W}p")
    first = paragraphs[0] if paragraphs else etree.SubElement(holder, f"{W}p")
    ends = [mark for p in paragraphs for mark in p.iter(f"{W}bookmarkEnd")]
    starts = [mark for p in paragraphs[1:] for mark in p.iter(f"{W}bookmarkStart")]
    for extra in paragraphs[1:]:
        holder.remove(extra)
    _replace(first, [*starts, new_run(lines[0], rpr)])
    last = first
    for line in lines[1:]:
        new = etree.Element(f"{W}p")
        if (ppr := first.find(f"{W}pPr")) is not None:
            new.append(copy.deepcopy(ppr))
        new.append(new_run(line, rpr))
        last.addnext(new)
        last = new
    for end in ends:
        last.append(end)


def _fills_paragraph(sdt: Element) -> bool:
    parent = sdt.getparent()
    return (
        parent is not None
        and parent.tag == f"{W}p"
        and all(sibling is sdt or sibling.tag in _MARKS for sibling in parent)
    )


def _wrap_paragraph(sdt: Element) -> None:
    """Turn a control in a paragraph into one around it, as Word saves a control that grew to several paragraphs."""
    paragraph = sdt.getparent()
    assert paragraph is not None
    place = list(paragraph).index(sdt)
    inner = list(content(sdt))
    paragraph.addprevious(sdt)
    for offset, child in enumerate(inner):
        paragraph.insert(place + offset, child)
    content(sdt).append(paragraph)


def shown_date(day: dt.date, pattern: str, language: str) -> str:
    """Write a date as a date control shows it (17.5.2.8): yyyy, MMMM, MM, M, dd, d."""
    months = _MONTHS.get(language.split("-", maxsplit=1)[0], _MONTHS["en"]).split()
    words = {
        "yyyy": f"{day.year:04}",
        "MMMM": months[day.month - 1],
        "MM": f"{day.month:02}",
        "M": str(day.month),
        "dd": f"{day.day:02}",
        "d": str(day.day),
    }
    shown, rest = "", pattern
    while rest:
        token = next((token for token in words if rest.startswith(token)), None)
        shown += words[token] if token else rest[0]
        rest = rest[len(token or " ") :]
    return shown.replace("'", "")


def unwrap(sdt: Element, *, keep_text: bool) -> None:
    """Take a control away; without its text, what it wraps is emptied: a cell stays, and a cell keeps one paragraph."""
    level = level_of(sdt)
    kept = list(content(sdt)) if keep_text or level == "cell" else []
    if not keep_text and level == "cell":
        for tc in kept:
            empty_cell(tc)
    for child in kept:
        sdt.addprevious(child)
    if not kept and level == "block":
        sdt.addprevious(etree.Element(f"{W}p"))
    remove(sdt)


def type_at_end(tc: Element, text: str) -> None:
    """Type at the end of a cell, after all that stands on its last line."""
    blocks = [child for child in tc if child.tag not in BOOKMARKS]  # a bookmark's end is no line
    last = blocks[-1] if blocks and blocks[-1].tag == f"{W}p" else etree.SubElement(tc, f"{W}p")
    first, *more = text.split("\n")
    last.append(new_run(first, None))
    for line in more:
        etree.SubElement(tc, f"{W}p").append(new_run(line, None))


def empty_cell(tc: Element) -> None:
    """Leave of a cell its properties and one paragraph with the properties of its first."""
    ppr = next(tc.iter(f"{W}pPr"), None)
    for child in list(tc):
        if child.tag != f"{W}tcPr":
            tc.remove(child)
    paragraph = etree.SubElement(tc, f"{W}p")
    if ppr is not None:
        paragraph.append(ppr)


def drop_identity(tree: Element) -> None:
    """Take from a copy what must be unique in a document: bookmarks and paragraph ids (w14:paraId of MS-DOCX)."""
    for mark in list(tree.iter(*BOOKMARKS)):
        remove(mark)
    for element in tree.iter(f"{W}p", f"{W}tr"):
        for name in ("paraId", "textId"):
            element.attrib.pop(f"{W14}{name}", None)


def remove(element: Element) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)
