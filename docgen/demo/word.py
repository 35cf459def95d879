"""Fills in a workbook of Word's as a person in Word does: by typing into its content controls (ECMA-376 part 1, 17.5.2)."""

import copy
from collections.abc import Mapping

from docgen.demo.story import Filled, Typed, as_text
from docgen.document import Document, Slot
from docgen.fields import FIELD_TYPES
from docgen.fields.dates import parse_date
from docgen.formats.opc import XmlElement, main_part, open_package, write_package
from docgen.formats.word.content import BOX_OFF, BOX_ON
from docgen.formats.word.controls import option_tag
from docgen.formats.word.ooxml import W14, W, run, to_bytes
from docgen.values import Raw


def fill(data: bytes, document: Document, typed: Filled) -> bytes:
    """The file with texts typed into its controls; all else stays as it is.

    Raises:
        KeyError: the file has no control for one of them.
    """
    package = open_package(data)
    part = main_part(package)
    root = package.xml(part)
    if root is None:
        raise KeyError(part)
    controls = {
        name.get(f"{W}val", ""): sdt for sdt in root.iter(f"{W}sdt") for name in sdt.iterfind(f"{W}sdtPr/{W}tag")
    }
    slots = {slot.address: slot for slot in document.slots()}
    for address, what in typed.items():
        _type_into(controls, slots[address], what)
    return write_package((name, to_bytes(root) if name == part else held) for name, held in package.members.items())


def _type_into(controls: Mapping[str, XmlElement], slot: Slot, what: Typed) -> None:
    """Types into the control of a slot, or ticks those of its options."""
    if slot.tag not in controls:
        for option in slot.spec.options:
            if option.name in what:
                _tick(controls[option_tag(slot, option)])
        return
    control = controls[slot.tag]
    properties = control.find(f"{W}sdtPr")
    text = as_text(what, slot)
    if properties is None or properties.find(f"{W14}checkbox") is None:
        _type(control, text)
    elif FIELD_TYPES[slot.spec.type].parse(Raw(text), slot.spec).value:
        _tick(control)


def _tick(control: XmlElement) -> None:
    """A click on a check box ([MS-DOCX] 2.6.1.3): its state, and the sign it shows."""
    for state in control.iterfind(f"{W}sdtPr/{W14}checkbox/{W14}checked"):
        state.set(f"{W14}val", "1")
    for text in control.iterfind(f"{W}sdtContent//{W}t"):
        text.text = (text.text or "").replace(BOX_OFF, BOX_ON)


def _type(control: XmlElement, text: str) -> None:
    """Text instead of the placeholder: its mark goes (17.5.2.39), and its style."""
    for mark in control.findall(f"{W}sdtPr/{W}showingPlcHdr"):
        mark.getparent().remove(mark)  # type: ignore[union-attr]
    for stored in control.iterfind(f"{W}sdtPr/{W}date"):
        _store_day(stored, text)
    content = control.find(f"{W}sdtContent")
    if content is None:
        raise KeyError(text)
    paragraphs = content.findall(f"{W}p")
    if not paragraphs:  # a control within a line
        content[:] = [run(text)]
        return
    pattern = copy.deepcopy(paragraphs[0])
    for old in pattern.findall(f"{W}r"):
        pattern.remove(old)
    lines = []
    for line in text.split("\n"):
        paragraph = copy.deepcopy(pattern)
        paragraph.append(run(line))
        lines.append(paragraph)
    content[:] = lines


def _store_day(date: XmlElement, text: str) -> None:
    """A date control keeps the day beside the text (17.5.2.7) where Word can read one in it."""
    days = parse_date(text)
    if len(days) == 1:
        date.set(f"{W}fullDate", f"{days[0].isoformat()}T00:00:00Z")
