"""Files carried in a PDF, byte for byte (ISO 32000-1, 7.11.4, and ISO 19005-3, 6.8)."""

import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

Attachments = Sequence[tuple[str, bytes]]

_MEDIA = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_ANY = "application/octet-stream"


def attach(writer: PdfWriter, attachments: Attachments) -> None:
    """Attaches files to the document as what it was made from; nothing is changed where there are none."""
    specifications = {name: _specification(writer, name, data) for name, data in distinct(attachments)}
    if not specifications:
        return
    names = ArrayObject()
    for name in sorted(specifications, key=lambda each: each.encode("utf-16-be")):  # a name tree is sorted (7.9.6)
        names.extend((TextStringObject(name), specifications[name]))
    tree = DictionaryObject({NameObject("/EmbeddedFiles"): DictionaryObject({NameObject("/Names"): names})})
    writer.root_object[NameObject("/Names")] = tree
    writer.root_object[NameObject("/AF")] = ArrayObject(specifications.values())
    writer.root_object[NameObject("/PageMode")] = NameObject("/UseAttachments")


def distinct(attachments: Attachments) -> Iterator[tuple[str, bytes]]:
    """The attachments, each under a plain name of its own: of two alike the second is called "NAME (2).pdf"."""
    taken: set[str] = set()
    for given, data in attachments:
        name = re.sub(r"\s*[/\\]\s*", " - ", given)  # a slash would mean folders (7.11.2)
        path, called, number = PurePosixPath(name), name, 1
        while called.casefold() in taken:
            number += 1
            called = f"{path.with_suffix('')} ({number}){path.suffix}"
        taken.add(called.casefold())
        yield called, data


def _specification(writer: PdfWriter, name: str, data: bytes) -> IndirectObject:
    """The file specification of an embedded file (tables 44 and 45). It says no date: nobody knows a true one."""
    stream = StreamObject()
    stream._data = zlib.compress(data, 9)  # noqa: SLF001 - pypdf has no public way to give a stream its encoded bytes
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    stream[NameObject("/Type")] = NameObject("/EmbeddedFile")
    media = _MEDIA.get(PurePosixPath(name).suffix.lower(), _ANY)
    stream[NameObject("/Subtype")] = NameObject(f"/{media}")
    stream[NameObject("/Params")] = DictionaryObject({NameObject("/Size"): NumberObject(len(data))})
    file = writer._add_object(stream)  # noqa: SLF001
    return writer._add_object(  # noqa: SLF001
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Filespec"),
                NameObject("/F"): TextStringObject(name),
                NameObject("/UF"): TextStringObject(name),
                NameObject("/Desc"): TextStringObject(name),
                NameObject("/AFRelationship"): NameObject("/Source"),
                NameObject("/EF"): DictionaryObject({NameObject("/F"): file, NameObject("/UF"): file}),
            }
        )
    )
