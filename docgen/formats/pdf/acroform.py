"""An interactive form out of a laid-out page: placeholder links become widgets (ISO 32000-1, 12.7).

typst knows no form fields, but it lays out links, with a rectangle, a place in the reading order and a structure
element. A link to ``docgen:N`` is the place of the N-th :class:`Widget`. Turned into a widget it keeps all three, so
that the form stays tagged (ISO 14289-1, 7.18).
"""

import codecs
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from docgen.formats.pdf import appearance
from docgen.formats.pdf.attachments import Attachments, attach
from docgen.formats.pdf.fonts import FieldFont, number
from docgen.formats.pdf.tags import link_elements, only_reference

Kind = Literal["text", "choice", "check", "radio", "signature"]

LINK = "docgen:"

# Field flags: tables 221, 226, 228 and 230; bit n is 1 << (n - 1).
_READ_ONLY = 1 << 0
_REQUIRED = 1 << 1
_MULTILINE = 1 << 12
_RADIO = 1 << 15
_COMBO = 1 << 17
_EDIT = 1 << 18

_PRINT = 1 << 2  # annotation flag, table 165


@dataclass(frozen=True)
class Widget:
    """One widget: a field of its own, or one button of a radio field.

    Attributes:
        name: the field's; the buttons of one radio field share it. No full stop (12.7.3.2).
        tooltip: what a screen reader says (TU).
        value: of a text or choice field.
        state: the name of a button's "on" state, never "Off".
        on: whether the button is on.
        options: what a choice field lists; with ``editable`` anything else may be typed.
        about: the tooltip of the whole radio field.
    """

    kind: Kind
    name: str
    tooltip: str
    value: str = ""
    state: str = ""
    on: bool = False
    options: tuple[str, ...] = ()
    editable: bool = False
    multiline: bool = False
    read_only: bool = False
    required: bool = False
    about: str = ""


@dataclass(frozen=True)
class About:
    """What the file says of itself: title, language (BCP 47), XMP packet, 16 bytes of identifier; and what it carries."""

    title: str
    language: str
    xmp: bytes
    identifier: bytes
    attachments: Attachments = ()


def with_fields(laid_out: bytes, widgets: Sequence[Widget], about: About, font: FieldFont) -> bytes:
    """The laid-out PDF with its placeholder links turned into the widgets they stand for.

    Raises:
        ValueError: a widget has no link, or two.
    """
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(laid_out)))
    form = _Form(writer, font, widgets)
    elements = dict(link_elements(writer))
    placed = [False] * len(widgets)
    for page in writer.pages:
        for reference in page.get("/Annots", ()):
            index = _index(reference.get_object())
            if index is None:
                continue
            if placed[index]:
                raise ValueError(f"two links stand for {widgets[index].name}")
            placed[index] = True
            form.place(reference, widgets[index], elements.get(reference.idnum))
        if "/Annots" in page:
            page[NameObject("/Tabs")] = NameObject("/S")
    if not all(placed):
        raise ValueError(f"no link stands for {widgets[placed.index(False)].name}")
    form.finish()
    return _written(writer, about)


def without_fields(laid_out: bytes, about: About) -> bytes:
    """The laid-out PDF as it is, saying of itself what a form says."""
    return _written(PdfWriter(clone_from=PdfReader(io.BytesIO(laid_out))), about)


def _index(annotation: DictionaryObject) -> int | None:
    """Which widget a link is the place of."""
    action = annotation.get("/A")
    target = action.get_object().get("/URI", "") if action is not None else ""
    match = re.fullmatch(rf"{LINK}(\d+)", str(target))
    return int(match[1]) if match else None


class _Form:
    """The fields of a file as they are made."""

    def __init__(self, writer: PdfWriter, font: FieldFont, widgets: Sequence[Widget]) -> None:
        self.writer = writer
        self.font = font
        self.fields = ArrayObject()
        self.radios: dict[str, DictionaryObject] = {}
        dictionary, streams = font.embedded(font.printable(widget.value) for widget in widgets)
        program, to_unicode = (self._add(stream) for stream in streams)
        descendant = cast("ArrayObject", dictionary["/DescendantFonts"])[0]
        descendant["/FontDescriptor"][NameObject("/FontFile2")] = program
        descendant[NameObject("/FontDescriptor")] = self._add(descendant["/FontDescriptor"])
        dictionary[NameObject("/DescendantFonts")] = ArrayObject([self._add(descendant)])
        dictionary[NameObject("/ToUnicode")] = to_unicode
        self.resources = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject(appearance.FONT): self._add(dictionary)})}
        )

    def _add(self, made: PdfObject) -> IndirectObject:
        return self.writer._add_object(made)  # noqa: SLF001 - pypdf's way to add an object

    def place(self, reference: IndirectObject, widget: Widget, element: DictionaryObject | None) -> None:
        """Make a link the widget's annotation."""
        annotation = cast("DictionaryObject", reference.get_object())
        for key in ("/A", "/Border", "/Contents", "/H", "/F"):
            annotation.pop(key, None)
        annotation[NameObject("/Subtype")] = NameObject("/Widget")
        annotation[NameObject("/F")] = NumberObject(_PRINT)
        annotation[NameObject("/TU")] = TextStringObject(widget.tooltip)
        left, bottom, right, top = (float(edge) for edge in cast("ArrayObject", annotation["/Rect"]))
        _KINDS[widget.kind](self, reference, annotation, widget, (right - left, top - bottom))
        if element is not None:
            element[NameObject("/S")] = NameObject("/Form")
            element[NameObject("/K")] = only_reference(element["/K"])

    def field(self, dictionary: DictionaryObject, widget: Widget, kind: str, flags: int) -> None:
        """The entries every field has (table 220)."""
        flags |= (_READ_ONLY if widget.read_only else 0) | (_REQUIRED if widget.required else 0)
        dictionary[NameObject("/FT")] = NameObject(kind)
        dictionary[NameObject("/T")] = TextStringObject(widget.name)
        if flags:
            dictionary[NameObject("/Ff")] = NumberObject(flags)

    def typed(
        self, reference: IndirectObject, annotation: DictionaryObject, widget: Widget, size: tuple[float, float]
    ) -> None:
        """A text or choice field (12.7.4.3, 12.7.4.4)."""
        choice = widget.kind == "choice"
        flags = (_MULTILINE if widget.multiline else 0) | (_COMBO if choice else 0) | (_EDIT if widget.editable else 0)
        self.field(annotation, widget, "/Ch" if choice else "/Tx", flags)
        annotation[NameObject("/DA")] = TextStringObject(f"{appearance.FONT} 0 Tf {appearance.INK} rg")
        if choice:
            annotation[NameObject("/Opt")] = ArrayObject(TextStringObject(option) for option in ("", *widget.options))
        if widget.value:
            annotation[NameObject("/V")] = _text_string(widget.value)
            annotation[NameObject("/DV")] = _text_string(widget.value)
        stream = appearance.text(widget.value, *size, self.font, multiline=widget.multiline)
        annotation[NameObject("/AP")] = DictionaryObject({NameObject("/N"): self._appearance(stream, size)})
        self.fields.append(reference)

    def check(
        self, reference: IndirectObject, annotation: DictionaryObject, widget: Widget, size: tuple[float, float]
    ) -> None:
        """A check box (12.7.4.2.3)."""
        self.field(annotation, widget, "/Btn", 0)
        self._button(annotation, widget, size)
        annotation[NameObject("/V")] = annotation["/AS"]
        self.fields.append(reference)

    def radio(
        self, reference: IndirectObject, annotation: DictionaryObject, widget: Widget, size: tuple[float, float]
    ) -> None:
        """One button of a radio field (12.7.4.2.4). NoToggleToOff is not set, so that a choice can be taken back."""
        parent = self.radios.get(widget.name)
        if parent is None:
            parent = DictionaryObject({NameObject("/Kids"): ArrayObject(), NameObject("/V"): NameObject("/Off")})
            self.field(parent, widget, "/Btn", _RADIO)
            parent[NameObject("/TU")] = TextStringObject(widget.about)
            self.radios[widget.name] = parent
            self.fields.append(self._add(parent))
        self._button(annotation, widget, size)
        annotation[NameObject("/Parent")] = parent.indirect_reference
        cast("ArrayObject", parent["/Kids"]).append(reference)
        if widget.on:
            parent[NameObject("/V")] = NameObject(f"/{widget.state}")

    def signature(
        self, reference: IndirectObject, annotation: DictionaryObject, widget: Widget, size: tuple[float, float]
    ) -> None:
        """An unsigned signature field (12.7.4.5)."""
        self.field(annotation, widget, "/Sig", 0)
        annotation[NameObject("/AP")] = DictionaryObject({NameObject("/N"): self._appearance(b"", size)})
        self.fields.append(reference)

    def _button(self, annotation: DictionaryObject, widget: Widget, size: tuple[float, float]) -> None:
        draw = appearance.radio_button if widget.kind == "radio" else appearance.check_box
        state = NameObject(f"/{widget.state}")
        looks = DictionaryObject(
            {
                state: self._appearance(draw(*size, on=True), size),
                NameObject("/Off"): self._appearance(draw(*size, on=False), size),
            }
        )
        annotation[NameObject("/AP")] = DictionaryObject({NameObject("/N"): looks})
        annotation[NameObject("/AS")] = state if widget.on else NameObject("/Off")
        # The style a viewer uses when it draws anew: ZapfDingbats 4 is a check mark, l a dot (table 189).
        style = "l" if widget.kind == "radio" else "4"
        annotation[NameObject("/MK")] = DictionaryObject({NameObject("/CA"): TextStringObject(style)})

    def _appearance(self, content: bytes, size: tuple[float, float]) -> IndirectObject:
        """A form XObject (8.10)."""
        stream = StreamObject()
        stream.set_data(content)
        stream[NameObject("/Type")] = NameObject("/XObject")
        stream[NameObject("/Subtype")] = NameObject("/Form")
        stream[NameObject("/BBox")] = ArrayObject([number(0), number(0), number(size[0]), number(size[1])])
        stream[NameObject("/Resources")] = self.resources
        return self._add(stream)

    def finish(self) -> None:
        """The form's own dictionary (table 218)."""
        self.writer.root_object[NameObject("/AcroForm")] = self._add(
            DictionaryObject(
                {
                    NameObject("/Fields"): self.fields,
                    NameObject("/DR"): self.resources,
                    NameObject("/DA"): TextStringObject(f"{appearance.FONT} 0 Tf {appearance.INK} rg"),
                }
            )
        )


_KINDS: dict[Kind, Any] = {
    "text": _Form.typed,
    "choice": _Form.typed,
    "check": _Form.check,
    "radio": _Form.radio,
    "signature": _Form.signature,
}


def _text_string(text: str) -> TextStringObject:
    """A text string (7.9.2.2); in UTF-16 unless it is ASCII: in PDFDocEncoding "þÿ" would be taken for a byte order mark."""
    made = TextStringObject(text)
    if not (text.isascii() and all(character.isprintable() or character == "\n" for character in text)):
        made.autodetect_utf16 = True
        made.utf16_bom = codecs.BOM_UTF16_BE
    return made


def _written(writer: PdfWriter, about: About) -> bytes:
    """The file: PDF 1.7, tagged, with its language and title, and nothing that depends on the day."""
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(about.language)
    root[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    cast("DictionaryObject", root["/MarkInfo"]).pop(
        "/Suspects", None
    )  # false is the default (table 321); poppler warns of it
    metadata = StreamObject()
    metadata.set_data(about.xmp)
    metadata[NameObject("/Type")] = NameObject("/Metadata")
    metadata[NameObject("/Subtype")] = NameObject("/XML")
    root[NameObject("/Metadata")] = writer._add_object(metadata)  # noqa: SLF001
    attach(writer, about.attachments)
    writer.metadata = {"/Title": about.title, "/Producer": "docgen"}
    identifier = ByteStringObject(about.identifier)
    writer._ID = ArrayObject([identifier, identifier])  # noqa: SLF001
    writer.pdf_header = "%PDF-1.7"
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
