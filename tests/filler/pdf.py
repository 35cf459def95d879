"""A PDF form in the hands of a person, through PDFium, the engine of Chrome and Edge (ISO 32000-1, 12.7)."""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Literal, Self

import pypdfium2
import pypdfium2.raw as pdfium

from tests.filler.package import FillError

Kind = Literal["text", "combo", "list", "checkbox", "radio", "signature", "button", "other"]

_KINDS: Final[dict[int, Kind]] = {
    pdfium.FPDF_FORMFIELD_TEXTFIELD: "text",
    pdfium.FPDF_FORMFIELD_COMBOBOX: "combo",
    pdfium.FPDF_FORMFIELD_LISTBOX: "list",
    pdfium.FPDF_FORMFIELD_CHECKBOX: "checkbox",
    pdfium.FPDF_FORMFIELD_RADIOBUTTON: "radio",
    pdfium.FPDF_FORMFIELD_SIGNATURE: "signature",
    pdfium.FPDF_FORMFIELD_PUSHBUTTON: "button",
}
_READ_ONLY: Final = 1 << 0
_MULTILINE: Final = 1 << 12
_EDITABLE: Final = 1 << 18
"""Field flags, bits 1 (table 221), 13 (table 228) and 19 (table 230)."""


@dataclass(frozen=True)
class Field:
    """A form field, or one button of a group of radio buttons.

    Attributes:
        name: the full name.
        tooltip: what a screen reader says of it (TU).
        kind: what it is.
        options: the choices a list shows; of a check box or radio button the value it stands for.
        value: what it holds; the shown text of a choice.
        selected: the chosen texts of a list or combo.
        checked: of a check box or radio button.
        multiline: true where a line break may be typed.
        editable: true for a combo that takes text of one's own.
        read_only: true where a person can't write.
        page: from 0.
        box: left, bottom, right, top, in points from the page's lower left corner.
    """

    name: str
    tooltip: str
    kind: Kind
    options: tuple[str, ...]
    value: str
    selected: tuple[str, ...]
    checked: bool | None
    multiline: bool
    editable: bool
    read_only: bool
    page: int
    box: tuple[float, float, float, float]


class Pdf:
    """A PDF file open in PDFium; close it, or use it in a with statement."""

    def __init__(self, file: Path) -> None:
        self._document: Any = pypdfium2.PdfDocument(file)
        self._document.init_forms()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._document.close()

    def save(self, file: Path) -> Path:
        """Write the whole file anew with what was filled in, and give it."""
        self._document.save(file)
        return file

    def fields(self) -> tuple[Field, ...]:
        """List every field in the order of the pages' annotations; none where the file has no form."""
        if self._document.formenv is None:
            return ()
        return tuple(field for field, _, _ in self._widgets())

    def field(self, name: str) -> Field:
        """Give one field, of radio buttons the first.

        Raises:
            FillError: there is none.
        """
        found = next((field for field in self.fields() if field.name == name), None)
        if found is None:
            raise FillError(f"there is no field {name!r}")
        return found

    def fill(self, name: str, text: str) -> None:
        """Type over what a text field or an editable combo holds; an empty text empties it.

        Raises:
            FillError: no such field, one that takes no typing, or a line break where none can be.
        """
        field = self.field(name)
        if not (field.kind == "text" or (field.kind == "combo" and field.editable)):
            raise FillError(f"{name} takes no typed text")
        if "\n" in text and not field.multiline:
            raise FillError(f"{name} takes no line break: {text!r}")
        with self._focused(field) as (form, page):
            pdfium.FORM_SelectAllText(form, page)
            pdfium.FORM_ReplaceSelection(form, page, _wide(text.replace("\n", "\r\n")))

    def choose(self, name: str, *displays: str) -> None:
        """Choose from a combo or list by what it shows; a list that allows it takes several.

        Raises:
            FillError: no such field, or not among its choices.
        """
        field = self.field(name)
        missing = [display for display in displays if display not in field.options]
        if field.kind not in {"combo", "list"} or missing:
            raise FillError(f"{name} has no choice {missing}: {field.options}")
        with self._focused(field) as (form, page):
            for number, option in enumerate(field.options):
                if field.kind == "list" or option in displays:
                    pdfium.FORM_SetIndexSelected(form, page, number, option in displays)

    def tick(self, name: str, option: str | None = None, *, on: bool = True) -> None:
        """Click on a check box, or on the radio button that stands for `option`, unless it is already as wanted.

        Raises:
            FillError: no such field or button, or a read-only one.
        """
        for field in self.fields():
            if field.name == name and field.kind in {"checkbox", "radio"} and (not option or option in field.options):
                break
        else:
            raise FillError(f"there is no box {name!r} {option or ''}")
        if field.checked == on:
            return
        left, bottom, right, top = field.box
        with self._focused(field) as (form, page):
            place = (0, (left + right) / 2, (bottom + top) / 2)
            pdfium.FORM_OnLButtonDown(form, page, *place)
            pdfium.FORM_OnLButtonUp(form, page, *place)

    @contextmanager
    def _focused(self, wanted: Field) -> Iterator[tuple[Any, Any]]:
        """Put the cursor into a field and take it out again, which is when PDFium keeps what was typed."""
        if wanted.read_only:
            raise FillError(f"{wanted.name} is read-only: a person can't write there")
        form = self._document.formenv.raw
        for field, page, annotation in self._widgets():
            if field == wanted:
                pdfium.FORM_SetFocusedAnnot(form, annotation)
                yield form, page
                pdfium.FORM_ForceToKillFocus(form)
                return

    def _widgets(self) -> Iterator[tuple[Field, Any, Any]]:
        form = self._document.formenv.raw
        for number in range(len(self._document)):
            page = self._document[number]
            for place in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
                annotation = pdfium.FPDFPage_GetAnnot(page.raw, place)
                try:
                    if pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_WIDGET:
                        yield _describe(form, annotation, number), page.raw, annotation
                finally:
                    pdfium.FPDFPage_CloseAnnot(annotation)


def _describe(form: Any, annotation: Any, page: int) -> Field:
    kind = _KINDS.get(pdfium.FPDFAnnot_GetFormFieldType(form, annotation), "other")
    flags = pdfium.FPDFAnnot_GetFormFieldFlags(form, annotation)
    count = max(0, pdfium.FPDFAnnot_GetOptionCount(form, annotation)) if kind in {"combo", "list"} else 0
    labels = [_text(pdfium.FPDFAnnot_GetOptionLabel, form, annotation, number) for number in range(count)]
    is_box = kind in {"checkbox", "radio"}
    box = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, box)
    return Field(
        name=_text(pdfium.FPDFAnnot_GetFormFieldName, form, annotation),
        tooltip=_text(pdfium.FPDFAnnot_GetFormFieldAlternateName, form, annotation),
        kind=kind,
        options=(_text(pdfium.FPDFAnnot_GetFormFieldExportValue, form, annotation),) if is_box else tuple(labels),
        value=_text(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation).replace("\r\n", "\n").replace("\r", "\n"),
        selected=tuple(
            label for number, label in enumerate(labels) if pdfium.FPDFAnnot_IsOptionSelected(form, annotation, number)
        ),
        checked=bool(pdfium.FPDFAnnot_IsChecked(form, annotation)) if is_box else None,
        multiline=kind == "text" and bool(flags & _MULTILINE),
        editable=kind == "combo" and bool(flags & _EDITABLE),
        read_only=bool(flags & _READ_ONLY),
        page=page,
        box=(box.left, box.bottom, box.right, box.top),
    )


def _text(function: Callable[..., int], *args: Any) -> str:
    """Call a function of PDFium that gives UTF-16LE text with a closing zero: first for its size in bytes, then for it."""
    size = function(*args, None, 0)
    buffer = ctypes.create_string_buffer(size)
    function(*args, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[: max(0, size - 2)].decode("utf-16-le")


def _wide(text: str) -> Any:
    data = ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0\0")
    return ctypes.cast(data, pdfium.FPDF_WIDESTRING)
