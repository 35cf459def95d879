"""Fills in a PDF form as a person in a viewer does: what is filled in is added to the file's end (ISO 32000-1, 12.7)."""

import io
from collections.abc import Iterable
from typing import cast

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject, StreamObject, TextStringObject

from docgen.demo.story import Filled, Typed, as_text
from docgen.document import Document, Slot
from docgen.fields import FIELD_TYPES
from docgen.fields.base import Option, find_option
from docgen.formats.pdf import appearance, fonts
from docgen.formats.pdf.controls import NO, YES
from docgen.formats.pdf.names import field_name, option_name
from docgen.values import Raw

_MULTILINE = 1 << 12  # field flag, table 228
_OFF = "/Off"


def fill(data: bytes, document: Document, typed: Filled) -> bytes:
    """The file with texts typed into its fields and buttons chosen, as an incremental update (7.5.6).

    Raises:
        KeyError: the file has no field for one of them.
    """
    writer = PdfWriter(PdfReader(io.BytesIO(data)), incremental=True)
    form = cast("DictionaryObject", writer.root_object["/AcroForm"].get_object())
    fields = {str(found["/T"]): found for found in _dictionaries(form["/Fields"])}
    slots = {slot.address: slot for slot in document.slots()}
    for address, what in typed.items():
        slot = slots[address]
        _fill_in(fields, field_name(document.identity, slot), slot, what)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _dictionaries(array: PdfObject) -> list[DictionaryObject]:
    return [cast("DictionaryObject", each.get_object()) for each in cast("ArrayObject", array.get_object())]


def _fill_in(fields: dict[str, DictionaryObject], name: str, slot: Slot, what: Typed) -> None:
    if not isinstance(what, str) and name not in fields:  # a box for each option
        for option in slot.spec.options:
            if option.name in what:
                _press(fields[option_name(name, option.name)], (YES,))
        return
    field = fields[name]
    text = as_text(what, slot)
    if str(field["/FT"]) != "/Btn":
        _type(field, text)
    elif slot.spec.options:
        _press(field, _states(find_option(text, slot.spec.options)))
    else:
        yes = FIELD_TYPES[slot.spec.type].parse(Raw(text), slot.spec).value
        _press(field, (YES,) if yes else (NO,))


def _states(option: Option | None) -> tuple[str, ...]:
    """What an option's button may be called when it is on; "Off" itself is taken."""
    if option is None:
        raise KeyError("option")
    return option.name, f"{option.name}_"


def _type(field: DictionaryObject, text: str) -> None:
    """A text or choice field (12.7.4.3, 12.7.4.4): its value, and how that looks."""
    field[NameObject("/V")] = TextStringObject(text)
    left, bottom, right, top = (float(edge) for edge in cast("ArrayObject", field["/Rect"]))
    multiline = bool(int(field.get("/Ff", 0)) & _MULTILINE)
    looks = cast("DictionaryObject", field["/AP"].get_object())
    stream = cast("StreamObject", looks["/N"].get_object())
    stream.set_data(appearance.text(text, right - left, top - bottom, fonts.for_fields(), multiline=multiline))


def _press(field: DictionaryObject, names: Iterable[str]) -> None:
    """A check box or one button of a radio field (12.7.4.2): the value, and the state each widget shows.

    Nothing is pressed where the field has no such button: a box that is left empty.
    """
    wanted = {f"/{name}" for name in names}
    widgets = _dictionaries(field["/Kids"]) if "/Kids" in field else [field]
    for widget in widgets:
        states = cast("DictionaryObject", cast("DictionaryObject", widget["/AP"])["/N"].get_object())
        state = next((state for state in states if state in wanted), _OFF)
        widget[NameObject("/AS")] = NameObject(state)
        if state != _OFF:
            field[NameObject("/V")] = NameObject(state)
