"""What the form controls and fields of an OpenDocument text say, as words and signs (ODF 1.3 part 3, 13)."""

from collections.abc import Callable, Mapping
from typing import Final

from docgen.formats.odf import FIELD, FORM
from docgen.formats.opc import XmlElement
from docgen.formats.word.content import BOX_OFF, BOX_ON

_ID = "{http://www.w3.org/XML/1998/namespace}id"


def _typed(control: XmlElement) -> str:
    return control.get(f"{FORM}current-value") or control.get(f"{FORM}value") or ""


def _ticked(control: XmlElement) -> str:
    state = control.get(f"{FORM}current-state") or control.get(f"{FORM}state")
    return f"{BOX_ON if state == 'checked' else BOX_OFF} {control.get(f'{FORM}label', '')}".rstrip()


def _pressed(control: XmlElement) -> str:
    selected = control.get(f"{FORM}current-selected") or control.get(f"{FORM}selected")
    return f"{BOX_ON if selected == 'true' else BOX_OFF} {control.get(f'{FORM}label', '')}".rstrip()


def _chosen(control: XmlElement) -> str:
    options = control.findall(f"{FORM}option")
    chosen = [each for each in options if each.get(f"{FORM}current-selected") == "true"]
    chosen = chosen or [each for each in options if each.get(f"{FORM}selected") == "true"]
    return ", ".join(each.get(f"{FORM}label", "") for each in chosen)


_SAYS: Final[Mapping[str, Callable[[XmlElement], str]]] = {
    f"{FORM}checkbox": _ticked,
    f"{FORM}radio": _pressed,
    f"{FORM}listbox": _chosen,
    **{f"{FORM}{kind}": _typed for kind in ("text", "textarea", "combobox", "formatted-text", "number", "date", "time")},
}  # fmt: skip


def controls(body: XmlElement) -> dict[str, str]:
    """What each form control says, by the id that ``draw:control`` names it by (13.5)."""
    found: dict[str, str] = {}
    for element in body.iter(*_SAYS):
        said = _SAYS[str(element.tag)](element)
        found |= {name: said for name in (element.get(_ID), element.get(f"{FORM}id")) if name}
    return found


def legacy(mark: XmlElement) -> str:
    """What a form field of Word 97 shows that LibreOffice keeps as a mark without text: its box, or the entry chosen."""
    values: dict[str, list[str]] = {}
    for each in mark.iterchildren(f"{FIELD}param"):
        values.setdefault(each.get(f"{FIELD}name", ""), []).append(each.get(f"{FIELD}value", ""))
    if mark.get(f"{FIELD}type", "").endswith("CHECKBOX"):
        return BOX_ON if values.get("Checkbox_Checked") == ["true"] else BOX_OFF
    (chosen,) = values.get("Dropdown_Selected", ["0"])[:1]
    entries = values.get("Dropdown_ListEntry", [])
    return next((entry for place, entry in enumerate(entries) if str(place) == chosen), "")
