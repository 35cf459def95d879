"""The content control of each field type: how it is written, and what it says when it comes back.

A control's ``write`` gives the block-level content of the answer's cell; its ``read`` takes what a cell held and says
what stands there, never whether it is right.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from docgen.document import Slot, short_name
from docgen.fields.base import Option
from docgen.fields.references import choices
from docgen.formats.base import Unsupported
from docgen.formats.opc import XmlElement
from docgen.formats.word.boxes import tick_and_label, ticked, typed_in_box
from docgen.formats.word.content import BOX_OFF, BOX_ON, Content
from docgen.formats.word.ooxml import run, w, w14
from docgen.formats.word.pen import Pen, answer_paragraph, placeholder_run, shown
from docgen.formats.word.placeholders import words
from docgen.formats.word.tables import ROWS, Rows
from docgen.locales import text as say
from docgen.values import Raw, normalise, same_words, without_control_characters

_BOX_FONT = "MS Gothic"  # what Word itself names for the signs of a check box ([MS-DOCX] 2.6.1.3)


@dataclass(frozen=True)
class Control:
    """How one type of answer stands in a cell, and how it is read from there."""

    write: Callable[[Slot, Pen], list[XmlElement]]
    read: Callable[[Content, Slot], Raw]


def _inline(slot: Slot, pen: Pen, kind: XmlElement) -> list[XmlElement]:
    """A paragraph with a control of one line, and a bookmark around it."""
    text = shown(slot)
    control = pen.control(slot, kind, [run(text) if text else placeholder_run(slot)], empty=not text)
    return [answer_paragraph(*pen.bookmarked(slot.tag, [control]))]


def _read_text(content: Content, slot: Slot) -> Raw:
    return Raw(normalise(words(content, slot.placeholder)))


def _write_line(slot: Slot, pen: Pen) -> list[XmlElement]:
    return _inline(slot, pen, w("text"))


def _write_number(slot: Slot, pen: Pen) -> list[XmlElement]:
    """A number is typed; where it may also be a named value, the control offers those."""
    kind = _list("comboBox", slot.spec.literals) if slot.spec.literals else w("text")
    return _inline(slot, pen, kind)


def _write_paragraph(slot: Slot, pen: Pen) -> list[XmlElement]:
    """Rich text around whole paragraphs: a break inside a plain-text control is moved by some editors."""
    text = shown(slot)
    lines = [answer_paragraph(run(line)) for line in text.split("\n")] if text else []
    control = pen.control(slot, None, lines or [answer_paragraph(placeholder_run(slot))], empty=not text)
    return pen.bookmarked(slot.tag, [control])


def _write_date(slot: Slot, pen: Pen) -> list[XmlElement]:
    kind = w(
        "date",
        w("dateFormat", val="yyyy-MM-dd"),
        w("lid", val=pen.language),
        w("storeMappedDataAs", val="date"),
        w("calendar", val="gregorian"),
    )
    if isinstance(slot.value, datetime.date):
        kind.set(f"{{{kind.nsmap['w']}}}fullDate", f"{slot.value.isoformat()}T00:00:00Z")
    return _inline(slot, pen, kind)


def _read_date(content: Content, slot: Slot) -> Raw:
    """The visible text, and beside it the date the control stores (17.5.2.7) unless it shows its placeholder."""
    text = normalise(words(content, slot.placeholder))
    dates = [mark.date for mark in content.marks if mark.date is not None and text]
    return Raw(text, date=dates[0] if dates else None)


def _list(kind: str, options: Iterable[Option]) -> XmlElement:
    """A drop-down or combo box; no text and no value stands in it twice, and none is empty (17.5.2.21)."""
    labels = [without_control_characters(option.label) for option in options]
    once = {same_words(label): label for label in reversed(labels) if label.strip()}
    items = [w("listItem", displayText=label, value=label) for label in reversed(once.values())]
    return w(kind, *items)


def _write_select(slot: Slot, pen: Pen) -> list[XmlElement]:
    return _inline(slot, pen, _list("dropDownList", slot.spec.options))


def _write_organisation(slot: Slot, pen: Pen) -> list[XmlElement]:
    return _inline(slot, pen, _list("comboBox", slot.spec.options))


def _write_reference(slot: Slot, pen: Pen) -> list[XmlElement]:
    return _inline(slot, pen, _list("comboBox", choices(slot.spec)))


def option_tag(slot: Slot, option: Option) -> str:
    """The tag of one option's check box."""
    return short_name(f"{slot.address}#{option.name}", 64)


def _box(slot: Slot, pen: Pen, *, ticked: bool, tag: str = "", title: str = "") -> XmlElement:
    """A check box ([MS-DOCX] 2.6.1.2) and the sign it shows."""
    kind = w14(
        "checkbox",
        w14("checked", val=int(ticked)),
        w14("checkedState", val=f"{ord(BOX_ON):04X}", font=_BOX_FONT),
        w14("uncheckedState", val=f"{ord(BOX_OFF):04X}", font=_BOX_FONT),
    )
    sign = run(BOX_ON if ticked else BOX_OFF)
    fonts = w("rFonts", ascii=_BOX_FONT, hAnsi=_BOX_FONT, eastAsia=_BOX_FONT, hint="eastAsia")
    sign.insert(0, w("rPr", fonts))
    return pen.control(slot, kind, [sign], tag=tag, title=title, holds_text=False)


def _write_boxes(slot: Slot, pen: Pen) -> list[XmlElement]:
    """A line with a box for each option; on one line only, its names are typed."""
    if slot.spec.appearance == "minimal":
        return _write_line(slot, pen)
    chosen = slot.value if isinstance(slot.value, tuple) else ()
    lines = []
    for option in slot.spec.options:
        tag = option_tag(slot, option)
        box = _box(slot, pen, ticked=option.name in chosen, tag=tag, title=option.label)
        lines.append(answer_paragraph(*pen.bookmarked(tag, [box]), run(f" {option.label}")))
    return lines


def _read_boxes(content: Content, slot: Slot) -> Raw:
    """The options whose box is ticked; whatever else was typed there is the text.

    Where the boxes are gone, a tick beside a label counts; labels alone are what we printed.
    """
    if slot.spec.appearance == "minimal":
        return _read_text(content, slot)
    by_tag = {option_tag(slot, option): option for option in slot.spec.options}
    by_label = {same_words(option.label): option for option in slot.spec.options}
    boxes = [mark for mark in content.marks if mark.tag in by_tag]
    chosen = {by_tag[mark.tag].name for mark in boxes if ticked(content, mark)}
    rest = [typed for mark in boxes if (typed := typed_in_box(content, mark))]
    for line in content.broken.lines:
        mine = [piece.mark for piece in line if piece.mark is not None and piece.mark.tag in by_tag]
        beside = "".join(piece.text for piece in line if piece.mark is None or piece.mark.tag not in by_tag)
        tick, label = tick_and_label(beside, by_label)
        option = by_label.get(same_words(label))
        if option is None:
            rest.append(beside.strip() if mine else beside)
        elif tick:
            chosen.add(option.name)
        elif mine and by_tag[mine[0].tag] != option:
            rest.append(beside.strip())
    named = tuple(option.name for option in slot.spec.options if option.name in chosen)
    return Raw(normalise("\n".join(line for line in rest if line.strip())), chosen=named)


def _write_boolean(slot: Slot, pen: Pen) -> list[XmlElement]:
    """Yes or no from a list, or one box to tick."""
    yes = say(slot.spec.language, "form.yes")
    if slot.spec.appearance != "checkbox":
        no = say(slot.spec.language, "form.no")
        return _inline(slot, pen, _list("dropDownList", (Option("yes", yes), Option("no", no))))
    box = _box(slot, pen, ticked=slot.value is True)
    return [answer_paragraph(*pen.bookmarked(slot.tag, [box]), run(f" {yes}"))]


def _read_boolean(content: Content, slot: Slot) -> Raw:
    if slot.spec.appearance != "checkbox":
        return _read_text(content, slot)
    yes = say(slot.spec.language, "form.yes")
    marks = [mark for mark in content.marks if mark.checked is not None]
    text = "\n".join("".join(piece.text for piece in line if piece.mark not in marks) for line in content.lines)
    tick, rest = tick_and_label(text, {same_words(yes)})
    on = any(ticked(content, mark) for mark in marks) or bool(tick)
    if same_words(rest) == same_words(yes) and (marks or tick is not None):
        rest = ""
    rest = "\n".join(each for each in (*(typed_in_box(content, mark) for mark in marks), rest) if each.strip())
    if not rest.strip():
        return Raw(BOX_ON if on else "", truth=on) if marks or tick is not None else Raw()
    return Raw(normalise(f"{BOX_ON} {rest}" if on else rest), truth=on)


_LINE = Control(_write_line, _read_text)
_NUMBER = Control(_write_number, _read_text)

CONTROLS: Mapping[str, Control | Rows | Unsupported] = {
    "text": _LINE,
    "paragraph": Control(_write_paragraph, _read_text),
    "integer": _NUMBER,
    "decimal": _NUMBER,
    "money": _NUMBER,
    "percent": _NUMBER,
    "date": Control(_write_date, _read_date),
    "period": _LINE,
    "select_one": Control(_write_select, _read_text),
    "select_multiple": Control(_write_boxes, _read_boxes),
    "boolean": Control(_write_boolean, _read_boolean),
    "email": _LINE,
    "phone": _LINE,
    "organisation": Control(_write_organisation, _read_text),
    "reference": Control(_write_reference, _read_text),
    "signature": Unsupported("unsupported.signature"),
    "table": ROWS,
}


def control(slot: Slot) -> Control:
    """The control of a slot's type.

    Raises:
        TypeError: the type has none in Word; the loader refuses such a blueprint.
    """
    found = CONTROLS[slot.spec.type]
    if not isinstance(found, Control):
        raise TypeError(slot.spec.type)
    return found
