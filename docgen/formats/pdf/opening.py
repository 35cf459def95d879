"""A returned PDF: its fields, what a person drew or wrote over it, its metadata and its text.

The file comes from anywhere and may be broken or made to exhaust who opens it. The field tree and the page tree are
walked here, with a set of what was seen and a limit, because pypdf trusts both (ISO 32000-1, 7.7.3.2 and 12.7.3.1).
"""

import io
import logging
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

from docgen.errors import UnreadableFile
from docgen.formats.pdf import objects, written
from docgen.problems import problem

MAX_FILE = 64 * 2**20  # bytes
MAX_REBUILT = 2 * 2**20  # bytes; a larger file is not searched for objects when its own table of them is lost
MAX_NODES = 50_000  # fields, pages and annotations, each
MAX_TEXT_PAGES = 30
MAX_CONTENT = 2**20  # bytes of page content that is read for its text

# What pypdf raises, beside its own errors, when objects are not of the kind the standard asks for.
_BROKEN = (
    PyPdfError, ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError,
    RecursionError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip

# pypdf tells a logger of each oddity; nobody reading answers is helped by it.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


@dataclass(frozen=True)
class Field:
    """A terminal field.

    Attributes:
        name: partial names from the root down, joined by full stops (12.7.3.2).
        kind: "/Tx", "/Ch", "/Btn", "/Sig", or "".
        value: its text; the name of a button's state; the signer's name.
        on: a button is on, a signature is there, a text is not empty.
        page: of its first widget, counted from 1; 0 if it has none.
    """

    name: str
    kind: str
    value: str
    on: bool
    page: int

    @property
    def button(self) -> bool:
        """The value is a state, not a text."""
        return self.kind == "/Btn"


@dataclass(frozen=True)
class Mark:
    """An annotation a person made: its subtype, page (from 1), text ("" for a drawing), and the field it lies on."""

    subtype: str
    page: int
    text: str
    near: str


@contextmanager
def refusing() -> Iterator[None]:
    """Turn whatever a broken file makes pypdf raise into a named refusal.

    Raises:
        UnreadableFile: the file is damaged, or made to exhaust who opens it.
    """
    try:
        yield
    except (LimitReachedError, MemoryError) as error:
        raise UnreadableFile(problem("file-hostile")) from error
    except DependencyError as error:  # AES needs a library of its own
        raise UnreadableFile(problem("file-encrypted")) from error
    except _BROKEN as error:
        raise UnreadableFile(problem("file-damaged")) from error


class Opened:
    """A PDF that can be read.

    Raises:
        UnreadableFile: damaged, encrypted, hostile, or a form of Adobe's XFA kind.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) > MAX_FILE:
            raise UnreadableFile(problem("file-hostile"))
        if len(data) > MAX_REBUILT and not _ends_well(data):
            raise UnreadableFile(problem("file-damaged"))
        with refusing():
            self._reader = PdfReader(io.BytesIO(data))
            if self._reader.is_encrypted and not _opens_without_password(self._reader):
                raise UnreadableFile(problem("file-encrypted"))
            root = self._reader.trailer["/Root"].get_object()
            if not isinstance(root, DictionaryObject):
                raise TypeError("the catalogue is no dictionary")
            self._root: DictionaryObject = root
            self._form = objects.dictionary(root.get("/AcroForm"))
            if "/XFA" in self._form:
                raise UnreadableFile(problem("file-xfa"))
            self._pages = list(self._walk_pages())
            self._widgets: dict[int, tuple[int, DictionaryObject]] = {}
            self._direct: list[DictionaryObject] = []
            self._names_by_widget: dict[int, str] = {}
            self.marks_drawn: list[tuple[int, DictionaryObject]] = []
            self._sort_annotations()
            self.fields = tuple(self._walk_fields())

    @property
    def page_count(self) -> int:
        """How many pages it has."""
        return len(self._pages)

    @cached_property
    def xmp(self) -> bytes:
        """The metadata stream, b"" if there is none (14.3.2)."""
        with refusing():
            stream = objects.resolved(self._root.get("/Metadata"))
            return bytes(stream.get_data()) if isinstance(stream, StreamObject) else b""

    @cached_property
    def text(self) -> str:
        """The text of the first pages, as it stands in their content."""
        return "\n".join(self.texts)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The text of each of the first pages, without those whose content is beyond measure."""
        pieces: list[str] = []
        left = MAX_CONTENT
        for dictionary, inherited in self._pages[:MAX_TEXT_PAGES]:
            with refusing():
                page = PageObject(self._reader)
                page.update(inherited)
                page.update(dictionary)
                contents = page.get_contents()
                left -= len(contents.get_data()) if contents is not None else 0
                if left < 0:
                    break
                pieces.append(page.extract_text())
        return tuple(pieces)

    @property
    def read_whole(self) -> bool:
        """Whether the text of every page was read; if not, what somebody wrote on the others is not known."""
        return len(self.texts) == len(self._pages)

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """What a person wrote or drew over the pages."""
        found = []
        with refusing():
            for page, annotation in self.marks_drawn:
                subtype = str(annotation.get("/Subtype", ""))
                text = written.words(self._reader, annotation)
                if text.strip() or subtype in written.DRAWN:
                    found.append(Mark(subtype, page, text, self._under(page, annotation)))
        return tuple(found)

    @cached_property
    def attached(self) -> tuple[str, ...]:
        """The names of the files attached to it."""
        with refusing():
            return tuple(written.attached(self._root))

    def _walk_pages(self) -> Iterator[tuple[DictionaryObject, dict[Any, Any]]]:
        """Pages in order, each with what it inherits (7.7.3.4)."""
        waiting: list[tuple[Any, dict[Any, Any]]] = [(self._root.raw_get("/Pages"), {})]
        seen: set[int] = set()
        count = 0
        while waiting:
            reference, inherited = waiting.pop()
            count += 1
            if count > MAX_NODES:
                raise LimitReachedError("pages")
            if isinstance(reference, IndirectObject):
                if reference.idnum in seen:
                    continue
                seen.add(reference.idnum)
            node = objects.dictionary(reference)
            if "/Kids" in node:
                passed = {key: node.raw_get(key) for key in ("/Resources", "/MediaBox") if key in node}
                waiting.extend((kid, {**inherited, **passed}) for kid in reversed(objects.array(node["/Kids"])))
            elif node:
                yield node, inherited

    def _sort_annotations(self) -> None:
        """Widgets by object number with their page; what a person made, in order."""
        count = 0
        for number, (page, _) in enumerate(self._pages, start=1):
            for reference in objects.array(page.get("/Annots")):
                count += 1
                if count > MAX_NODES:
                    raise LimitReachedError("annotations")
                annotation = objects.dictionary(reference)
                subtype = annotation.get("/Subtype")
                if subtype == "/Widget" and isinstance(reference, IndirectObject):
                    self._widgets[reference.idnum] = (number, annotation)
                elif subtype == "/Widget":
                    self._direct.append(annotation)
                elif subtype is not None and subtype not in written.FORMS_OWN:
                    self.marks_drawn.append((number, annotation))

    def _walk_fields(self) -> Iterator[Field]:
        """Every terminal field once: those of the form's tree, then widgets on pages that no tree holds."""
        seen: set[int] = set()
        roots: list[Any] = [*objects.array(self._form.get("/Fields"))]
        yield from self._below(roots, seen)
        strays = [IndirectObject(number, 0, self._reader) for number in self._widgets if number not in seen]
        yield from self._below([*(objects.root_of(stray, seen) for stray in strays), *self._direct], seen)

    def _below(self, roots: list[Any], seen: set[int]) -> Iterator[Field]:
        waiting: list[tuple[Any, str, dict[str, Any]]] = [(root, "", {}) for root in reversed(roots)]
        count = 0
        while waiting:
            reference, above, inherited = waiting.pop()
            count += 1
            if count > MAX_NODES:
                raise LimitReachedError("fields")
            if isinstance(reference, IndirectObject):
                if reference.idnum in seen:
                    continue
                seen.add(reference.idnum)
            node = objects.dictionary(reference)
            part = objects.text(node.get("/T"))
            name = ".".join(piece for piece in (above, part) if piece)
            own = {**inherited, **{key: node.get(key) for key in ("/FT", "/V", "/RV") if key in node}}
            kids = objects.array(node.get("/Kids"))
            children = [kid for kid in kids if "/T" in objects.dictionary(kid)]
            if children:
                waiting.extend((kid, name, own) for kid in reversed(children))
            elif node:
                yield from self._terminal(name, own, [reference, *kids], seen)

    def _terminal(self, name: str, own: dict[str, Any], widgets: list[Any], seen: set[int]) -> Iterator[Field]:
        """The field; once more for each widget that holds another value than it."""
        page = 0
        states = []
        for widget in widgets:
            if isinstance(widget, IndirectObject):
                seen.add(widget.idnum)
                self._names_by_widget[widget.idnum] = name
                page = page or self._widgets.get(widget.idnum, (0,))[0]
            states.append(objects.text(objects.dictionary(widget).get("/AS")))
        kind = str(own.get("/FT", ""))
        if kind == "/Sig":
            signature = objects.dictionary(own.get("/V"))
            yield Field(name, kind, objects.text(signature.get("/Name")), bool(signature), page)
            return
        values = [objects.value(own), *(objects.value(objects.dictionary(widget)) for widget in widgets[1:])]
        if kind == "/Btn":  # some programs set the appearance state alone, some write the state's name as a text
            said = (value.removeprefix("/") for value in (*values, *states))
            value = next((each for each in said if each not in {"", "Off"}), "Off")
            yield Field(name, kind, value, value != "Off", page)
            return
        for value in dict.fromkeys(each for each in values if each.strip()) or values[:1]:
            yield Field(name, kind, value, bool(value.strip()), page)

    def _under(self, page: int, annotation: DictionaryObject) -> str:
        """The name of the field in whose rectangle the middle of an annotation lies, "" if in none."""
        left, bottom, right, top = objects.rectangle(annotation)
        x, y = (left + right) / 2, (bottom + top) / 2
        for number, (its_page, widget) in self._widgets.items():
            if its_page == page:
                west, south, east, north = objects.rectangle(widget)
                if west <= x <= east and south <= y <= north:
                    return self._names_by_widget.get(number, "")
        return ""


def _ends_well(data: bytes) -> bool:
    """The end of the file says where its table of objects is, and one is there (7.5.5)."""
    said = re.findall(rb"startxref\s+(\d{1,12})\s+%%EOF", data[-2048:])
    if not said:
        return False
    at = int(said[-1])
    return re.match(rb"\s*(?:xref|\d+\s+\d+\s+obj)\b", data[at : at + 64]) is not None


def _opens_without_password(reader: PdfReader) -> bool:
    """An owner's password only restricts; such a file opens with an empty one (7.6.3)."""
    return bool(reader.decrypt(""))
