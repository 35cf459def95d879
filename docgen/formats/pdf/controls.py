"""Each field type as PDF fields: how it is written and how it is read, side by side.

A writer asks for a :class:`Drawing`, which says what the page shows and which widgets lie on it. Reading goes by what
a field holds, not by its kind: a choice may come as the state of a button or as text.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from docgen.document import Slot, Table
from docgen.fields import FIELD_TYPES
from docgen.fields.base import Option
from docgen.fields.references import choices
from docgen.formats.base import Unsupported
from docgen.formats.pdf.acroform import Widget
from docgen.formats.pdf.names import option_name
from docgen.formats.pdf.opening import Field
from docgen.locales import text as say
from docgen.values import Raw, normalise

Shape = Literal["line", "lines", "buttons", "signature"]

MOST_RADIOS = 6  # more options than this stand in a drop-down

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Drawing:
    """What the page shows of one answer: the shape, its widgets, and beside each button its label.

    ``note`` tells on paper what a viewer would show in a list, ``example`` the form wanted; ``rows`` is the least number of lines of a text.
    """

    shape: Shape
    widgets: tuple[Widget, ...]
    labels: tuple[str, ...] = ()
    note: str = ""
    example: str = ""
    rows: int = 1


Write = Callable[[Slot, str, bool], Drawing]
Read = Callable[[Mapping[str, Field], Slot, str], Raw | None]


@dataclass(frozen=True)
class Control:
    """How a field type stands in a PDF.

    Attributes:
        write: the drawing of a slot whose field has a name; the bool says whether it stands in a narrow column.
        read: what the fields say of a slot whose field has a name; None where the file has no such field.
        half: an answer short enough for half the width of a page.
        stretch: with no other beside it, it takes the whole width all the same.
        narrow_pt: the least width of a column of this type.
        weight: its share of what width is left.
    """

    write: Write
    read: Read
    half: bool = False
    stretch: bool = False
    narrow_pt: float = 70
    weight: float = 1


@dataclass(frozen=True)
class TableControl:
    """A table is rows of other types: all it decides is whether it fits as a grid."""

    as_grid: Callable[[Table, float], bool]


def _shown(slot: Slot) -> str:
    return "" if slot.value is None else FIELD_TYPES[slot.spec.type].show(slot.value, slot.spec)


def _tooltip(slot: Slot, note: str = "") -> str:
    """What a screen reader says: the question as it is called in its place, and all that stands beside it in print."""
    needed = say(slot.spec.language, "form.required") if slot.required else ""
    words = [f"{slot.place} ({needed})" if needed else slot.place, slot.hint, note]
    return ". ".join(word.rstrip(".") for word in words if word)


def _widget(slot: Slot, name: str, note: str = "") -> Widget:
    return Widget("text", name, _tooltip(slot, note), _shown(slot), read_only=slot.read_only, required=slot.required)


def _example(slot: Slot) -> str:
    """The form wanted, where the type has one: PDF fields have no placeholders."""
    return FIELD_TYPES[slot.spec.type].example(slot.spec)


def _write_line(slot: Slot, name: str, narrow: bool) -> Drawing:
    note = _example(slot)
    # In a column a long text may go on below; on a line of its own a viewer makes it smaller until it fits.
    widget = replace(_widget(slot, name, note), multiline=narrow and slot.spec.type == "text")
    return Drawing("line", (widget,), example="" if narrow else note, rows=2 if widget.multiline else 1)


def _write_paragraph(slot: Slot, name: str, narrow: bool) -> Drawing:
    return Drawing("lines", (replace(_widget(slot, name), multiline=True),), rows=3 if narrow else 5)


def _read_text(fields: Mapping[str, Field], slot: Slot, name: str) -> Raw | None:  # noqa: ARG001 - the signature of every control
    field = fields.get(name)
    if field is None:
        return None
    text = normalise(field.value)
    return Raw(text) if text.strip() else Raw()


def _drop_down(slot: Slot, name: str, options: tuple[Option, ...], *, editable: bool) -> Widget:
    labels = tuple(dict.fromkeys(option.label for option in options))
    return replace(_widget(slot, name), kind="choice", options=labels, editable=editable)


def _write_select_one(slot: Slot, name: str, narrow: bool) -> Drawing:
    options = slot.spec.options
    if narrow:
        return Drawing("line", (_drop_down(slot, name, options, editable=False),))
    if len(options) > MOST_RADIOS:
        note = say(slot.spec.language, "pdf.choose_one", options=", ".join(option.label for option in options))
        return Drawing("line", (_drop_down(slot, name, options, editable=False),), note=note)
    return _radios(slot, name, options, slot.value)


def _radios(slot: Slot, name: str, options: tuple[Option, ...], value: object) -> Drawing:
    about = _tooltip(slot)
    widgets = tuple(
        replace(
            _widget(slot, name),
            kind="radio",
            tooltip=f"{slot.place}: {option.label}",
            value="",
            state=_state(option.name),
            on=option.name == value,
            about=about,
        )
        for option in options
    )
    return Drawing("buttons", widgets, tuple(option.label for option in options))


def _state(name: str) -> str:
    """The name of a button's state; "Off" is taken (12.7.4.2.3)."""
    return "Off_" if name == "Off" else name


def _read_select_one(fields: Mapping[str, Field], slot: Slot, name: str) -> Raw | None:
    return _read_option(fields, slot, name, slot.spec.options)


def _read_option(fields: Mapping[str, Field], slot: Slot, name: str, options: tuple[Option, ...]) -> Raw | None:
    """An option by the state of its button, else the text of a drop-down."""
    field = fields.get(name)
    if field is None or not field.button:
        return _read_text(fields, slot, name)
    if not field.on:
        return Raw()
    for option in options:
        if _state(option.name) == field.value:
            return Raw(option.label, chosen=(option.name,))
    return Raw(field.value)


def _yes_no(language: str) -> tuple[Option, ...]:
    return Option(YES, say(language, "form.yes")), Option(NO, say(language, "form.no"))


def _write_boolean(slot: Slot, name: str, narrow: bool) -> Drawing:
    if slot.spec.appearance == "checkbox":
        box = replace(_widget(slot, name), kind="check", value="", state=YES, on=slot.value is True)
        return Drawing("buttons", (box,), ("",) if narrow else (slot.label,))
    value = None if slot.value is None else (NO, YES)[bool(slot.value)]
    return _radios(slot, name, _yes_no(slot.spec.language), value)


def _read_boolean(fields: Mapping[str, Field], slot: Slot, name: str) -> Raw | None:
    raw = _read_option(fields, slot, name, _yes_no(slot.spec.language))
    if raw is None or not raw.chosen:
        return raw
    return Raw("" if slot.spec.appearance == "checkbox" else raw.text, truth=raw.chosen == (YES,))


def _write_select_multiple(slot: Slot, name: str, narrow: bool) -> Drawing:
    if slot.spec.appearance == "minimal":
        note = say(slot.spec.language, "form.several")
        listed = f"{note}: {', '.join(option.label for option in slot.spec.options)}"
        return Drawing("line", (_widget(slot, name, note),), note="" if narrow else listed)
    chosen = slot.value if isinstance(slot.value, tuple) else ()
    widgets = tuple(
        replace(
            _widget(slot, option_name(name, option.name)),
            kind="check",
            tooltip=f"{_tooltip(slot)}: {option.label}",
            value="",
            state=YES,
            on=option.name in chosen,
            required=False,  # of several boxes no single one is
        )
        for option in slot.spec.options
    )
    return Drawing("buttons", widgets, tuple(option.label for option in slot.spec.options))


def _read_select_multiple(fields: Mapping[str, Field], slot: Slot, name: str) -> Raw | None:
    boxes = {option: fields.get(option_name(name, option.name)) for option in slot.spec.options}
    if not any(boxes.values()):
        return _read_text(fields, slot, name)
    chosen = [option for option, field in boxes.items() if field is not None and field.on]
    return Raw(chosen=tuple(option.name for option in chosen))


def _write_organisation(slot: Slot, name: str, narrow: bool) -> Drawing:  # noqa: ARG001 - the same for every width
    return Drawing("line", (_drop_down(slot, name, slot.spec.options, editable=True),))


def _write_reference(slot: Slot, name: str, narrow: bool) -> Drawing:
    options = choices(slot.spec)
    labels = [option.label for option in slot.spec.literals] + [f"{target.row_label} 1" for target in slot.spec.targets]
    note = "" if narrow else say(slot.spec.language, "pdf.for_instance", options=", ".join(labels))
    return Drawing("line", (_drop_down(slot, name, options, editable=True),), note=note)


def _write_signature(slot: Slot, name: str, narrow: bool) -> Drawing:  # noqa: ARG001
    widget = replace(_widget(slot, name), kind="signature", value="")
    return Drawing("signature", (widget,), note=say(slot.spec.language, "pdf.sign_here"))


def _read_signature(fields: Mapping[str, Field], slot: Slot, name: str) -> Raw | None:  # noqa: ARG001
    field = fields.get(name)
    return None if field is None else Raw(field.value, signed=field.on) if field.on else Raw()


def _fits_as_grid(table: Table, width_pt: float) -> bool:
    """Every column has room for what is typed into it; else the rows are laid out as cards."""
    controls = [control_of(column.spec.type) for column in table.columns]
    return not table.cards and sum(control.narrow_pt for control in controls) <= width_pt


_LINE = Control(_write_line, _read_text, half=True)

CONTROLS: Mapping[str, Control | TableControl | Unsupported] = {
    "text": Control(_write_line, _read_text, half=True, stretch=True, narrow_pt=100, weight=2),
    "paragraph": Control(_write_paragraph, _read_text, narrow_pt=120, weight=3),
    "integer": replace(_LINE, narrow_pt=44, weight=0.5),
    "decimal": replace(_LINE, narrow_pt=50, weight=0.5),
    "money": replace(_LINE, narrow_pt=62, weight=0.6),
    "percent": replace(_LINE, narrow_pt=50, weight=0.5),
    "date": replace(_LINE, narrow_pt=72, weight=0.6),
    "period": _LINE,
    "select_one": Control(_write_select_one, _read_select_one, weight=1.2),
    "select_multiple": Control(_write_select_multiple, _read_select_multiple, narrow_pt=110, weight=2),
    "boolean": Control(_write_boolean, _read_boolean, half=True, narrow_pt=64, weight=0.4),
    "email": replace(_LINE, stretch=True, narrow_pt=110, weight=1.5),
    "phone": replace(_LINE, narrow_pt=84),
    "organisation": Control(_write_organisation, _read_text, narrow_pt=110, weight=1.5),
    "reference": Control(_write_reference, _read_text, half=True, narrow_pt=84),
    "signature": Control(_write_signature, _read_signature, half=True, stretch=True, narrow_pt=120),
    "table": TableControl(_fits_as_grid),
}


def control_of(type_: str) -> Control:
    """The control of a type of answer.

    Raises:
        KeyError: a table, or no such type.
    """
    control = CONTROLS[type_]
    if not isinstance(control, Control):
        raise KeyError(type_)
    return control
