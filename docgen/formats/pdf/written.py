"""What a person put into a PDF outside its fields: words of annotations, text on the pages, files attached."""

from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from docgen.formats.pdf import objects

MAX_APPEARANCE = 64 * 2**10  # bytes of an annotation's picture that are read for words
_MOST_NODES = 1_000

# Annotations that are a form's own (table 169); a pop-up only repeats its parent. All others a person made.
FORMS_OWN = {"/Widget", "/Popup", "/Link", "/PrinterMark", "/TrapNet"}
DRAWN = {"/Ink", "/Stamp", "/Line", "/Polygon", "/PolyLine", "/FileAttachment", "/Sound", "/Movie", "/RichMedia"}


def words(reader: PdfReader, annotation: DictionaryObject) -> str:
    """All that an annotation says: its text, its rich text where that differs, and what only its picture says."""
    said = [objects.text(annotation.get("/Contents")), objects.plain(objects.text(annotation.get("/RC")))]
    said += [objects.text(annotation.get("/OverlayText")), _file_name(annotation.get("/FS"))]
    different = {"".join(text.split()): text for text in reversed(said) if text.strip()}
    if not different:
        return _pictured(reader, annotation)
    return "\n".join(reversed(different.values()))


def _pictured(reader: PdfReader, annotation: DictionaryObject) -> str:
    """The words of an annotation's normal appearance (12.5.5)."""
    stream = objects.resolved(objects.dictionary(annotation.get("/AP")).get("/N"))
    if not isinstance(stream, StreamObject) or len(stream.get_data()) > MAX_APPEARANCE:
        return ""
    page = PageObject(reader)
    page[NameObject("/Contents")] = stream
    page[NameObject("/Resources")] = objects.dictionary(stream.get("/Resources"))
    page[NameObject("/MediaBox")] = ArrayObject(objects.array(stream.get("/BBox")))
    return str(page.extract_text())


def _file_name(given: Any) -> str:
    file = objects.dictionary(given)
    return objects.text(file.get("/UF")) or objects.text(file.get("/F"))


def attached(root: DictionaryObject) -> Iterator[str]:
    """The names of the files attached to the document (7.7.4, 7.9.6)."""
    waiting = [objects.dictionary(objects.dictionary(root.get("/Names")).get("/EmbeddedFiles"))]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop()
        names = objects.array(node.get("/Names"))
        yield from (_file_name(file) or objects.text(name) for name, file in zip(names[::2], names[1::2], strict=False))
        waiting.extend(objects.dictionary(kid) for kid in objects.array(node.get("/Kids"))[:_MOST_NODES])


def added(page: str, printed: str) -> str:
    """The lines of a page's text that were not printed on it, however either is broken into words."""
    known = "".join(printed.split())
    return "\n".join(line for line in page.splitlines() if line.strip() and "".join(line.split()) not in known)
