"""Elements of WordprocessingML: their names, put together once for a part has thousands, and what is asked of them.

ECMA-376 part 1, 17; check boxes: [MS-DOCX] 2.6.1; the Choice and Fallback of part 3.
"""

import datetime
from typing import Final

from docgen.formats.opc import XmlElement
from docgen.formats.word.ooxml import MC, W14, M, W
from docgen.formats.word.signs import FALSE

PROPERTIES: Final = frozenset({f"{W}rPr", f"{W}pPr", f"{W}sdtPr", f"{W}sdtEndPr", f"{W}tblPr", f"{W}trPr", f"{W}tcPr",
                                f"{W}tblGrid"})  # fmt: skip
GONE: Final = frozenset({*PROPERTIES, f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}rt"})
TRACKED: Final = frozenset({f"{W}del", f"{W}moveFrom", f"{W}ins", f"{W}moveTo"})

P: Final = f"{W}p"
TABLE: Final = f"{W}tbl"
RUN: Final = f"{W}r"
TEXT: Final = f"{W}t"
BOOKMARK: Final = f"{W}bookmarkStart"
BOOKMARK_END: Final = f"{W}bookmarkEnd"
CONTROL: Final = f"{W}sdt"
ALTERNATIVES: Final = f"{MC}AlternateContent"
MATH: Final = f"{M}t"
REFERENCES: Final = frozenset({f"{W}commentReference", f"{W}footnoteReference", f"{W}endnoteReference"})
GRAPHICS: Final = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
RANGES: Final = frozenset({f"{W}commentRangeStart", f"{W}commentRangeEnd"})
BLOCKS: Final = frozenset({P, TABLE})
DELETED: Final = (f"{W}del", f"{W}moveFrom")
VAL: Final = f"{W}val"
SPAN: Final = f"{W}gridSpan"
MERGE: Final = f"{W}vMerge"
TAG: Final = f"{W}tag"
# A picture, a drawing of Word's own (SmartArt, 21.4), a chart, or ink: each as it is named where it stands.
PICTURES: Final = frozenset({"blip", "imagedata", "relIds", "chart", "contentPart"})


def first_child(element: XmlElement, tag: str) -> XmlElement | None:
    """The first child of a name; faster than ``find``, which reads a path first."""
    return next(element.iterchildren(tag), None)


def first_children(element: XmlElement | None, *tags: str) -> dict[str, XmlElement]:
    """The first child of each name that is there."""
    if element is None:
        return {}
    found: dict[str, XmlElement] = {}
    for child in element.iterchildren(*tags):
        found.setdefault(str(child.tag), child)
    return found


def is_mark_deleted(paragraph: XmlElement) -> bool:
    """Whether the end of a paragraph is deleted (17.13.5.15) or moved away."""
    end = paragraph.find(f"{W}pPr/{W}rPr")
    return end is not None and any(first_child(end, tag) is not None for tag in DELETED)


def style_of(paragraph: XmlElement) -> str | None:
    """The id of a paragraph's style (17.3.1.27), None where it has none."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return None if found is None else found.get(f"{W}val")


def shows(element: XmlElement) -> bool:
    """Words, or a graphic."""
    return next(element.iter(f"{W}t", f"{M}t", f"{W}sym", *GRAPHICS), None) is not None


def is_ticked(element: XmlElement | None) -> bool:
    """Whether a check box says that it is ticked ([MS-DOCX] 2.6.1.3)."""
    return element is not None and element.get(f"{W14}val", "1") not in FALSE


def day_of(element: XmlElement | None) -> datetime.date | None:
    """The day of ``w:fullDate``, which Word writes as a time of day in no zone."""
    if element is None:
        return None
    try:
        return datetime.date.fromisoformat(element.get(f"{W}fullDate", "")[:10])
    except ValueError:
        return None
