"""What a writer keeps track of while it writes one file: ids, placeholder texts, and the controls themselves."""

from dataclasses import dataclass, field

from docgen.document import Slot
from docgen.fields import FIELD_TYPES
from docgen.formats.opc import XmlElement
from docgen.formats.word.ooxml import MAX_TITLE_CHARACTERS, bookmark_name, control_id, paragraph, run, w
from docgen.formats.word.palette import QUIET


@dataclass
class Pen:
    """The state of one file being written.

    Attributes:
        language: of the document, as in ``w:lang``.
        placeholders: each text that stands in an empty control, and the name of its building block.
    """

    language: str
    placeholders: dict[str, str] = field(default_factory=dict)
    _controls: set[int] = field(default_factory=set)
    _bookmarks: int = 0

    def bookmarked(self, identity: str, content: list[XmlElement]) -> list[XmlElement]:
        """Content with a bookmark around it (17.13.6)."""
        number = self._bookmarks
        self._bookmarks += 1
        start = w("bookmarkStart", id=number, name=bookmark_name(identity))
        return [start, *content, w("bookmarkEnd", id=number)]

    def control(
        self,
        slot: Slot,
        kind: XmlElement | None,
        content: list[XmlElement],
        *,
        tag: str = "",
        title: str = "",
        empty: bool = False,
        holds_text: bool = True,
    ) -> XmlElement:
        """A content control (17.5.2) that cannot be deleted by mistake; without ``kind`` it takes rich text.

        Args:
            slot: whose answer it holds.
            kind: the element that says its type (17.5.2.7 and on).
            content: what it shows.
            tag: the slot's, unless one slot has several controls.
            title: the slot's label, likewise.
            empty: it shows its placeholder.
            holds_text: it has a placeholder at all; a check box has none.
        """
        tag = tag or slot.tag
        title = (title or slot.label)[:MAX_TITLE_CHARACTERS]
        properties = w(
            "sdtPr",
            w("alias", val=title),
            w("tag", val=tag),
            w("id", val=control_id(tag, self._controls)),
            w("lock", val="sdtLocked"),
            w("placeholder", w("docPart", val=self._building_block(slot.placeholder))) if holds_text else None,
            w("showingPlcHdr") if empty else None,
            kind,
        )
        return w("sdt", properties, w("sdtContent", *content))

    def _building_block(self, text: str) -> str:
        return self.placeholders.setdefault(text, f"docgen{len(self.placeholders) + 1}")


def shown(slot: Slot) -> str:
    """The answer that stands there beforehand, as a person would type it; "" where there is none."""
    if slot.value is None:
        return ""
    return FIELD_TYPES[slot.spec.type].show(slot.value, slot.spec)


def placeholder_run(slot: Slot) -> XmlElement:
    """What stands in an empty control."""
    made = run(slot.placeholder, style="PlaceholderText")
    made[0].append(w("color", val=QUIET))  # LibreOffice 7 forgets the style of plain-text controls
    return made


def answer_paragraph(*content: XmlElement) -> XmlElement:
    """A paragraph of an answer cell."""
    return paragraph("Answer", *content)
