"""The three formats files go out and come back in, and how to tell them apart by what is in them.

Nothing of a format's own is imported before it is used: each brings a library or two that take time to load.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module

from docgen.document import Document
from docgen.errors import UnreadableFile
from docgen.formats.base import Marks, Mould, Remark, Unsupported
from docgen.formats.compound import OLE, compound_kind
from docgen.formats.strangers import strange_package, stranger
from docgen.problems import Problem, problem
from docgen.response import Reading

_ZIP = b"PK"


@dataclass(frozen=True)
class Format:
    """A format: its name in a blueprint, the ending of its files, and what it can do beside writing and reading.

    ``has_moulds``: one drawing serves many partners. ``takes_remarks``: remarks can be put into its files.
    """

    name: str
    suffix: str
    has_moulds: bool = False
    takes_remarks: bool = False

    def write(self, document: Document) -> bytes:
        """The file of a document; the same bytes for the same document."""
        data: bytes = import_module(f"docgen.formats.{self.name}.writer").write(document)
        return data

    def mould(self, document: Document) -> Mould | None:
        """What makes the file of a document that was laid out for a stand-in, for each partner; None without moulds."""
        if not self.has_moulds:
            return None
        made: Mould = import_module(f"docgen.formats.{self.name}.writer").mould(document)
        return made

    def identify(self, data: bytes) -> Marks:
        """Which file this is, as far as it says.

        Raises:
            UnreadableFile: damaged, encrypted or hostile.
        """
        marks: Marks = import_module(f"docgen.formats.{self.name}.reader").identify(data)
        return marks

    def read(self, data: bytes, document: Document) -> Reading:
        """What stands in a file that was made from a document.

        Raises:
            UnreadableFile: damaged, encrypted or hostile.
        """
        reading: Reading = import_module(f"docgen.formats.{self.name}.reader").read(data, document)
        return reading

    def annotate(
        self, data: bytes, document: Document, remarks: Sequence[Remark], author: str, day: str
    ) -> bytes | None:
        """A copy of a partner's file with remarks at its answers; None where this file takes none.

        Raises:
            UnreadableFile: damaged, encrypted or hostile.
        """
        made: bytes | None = import_module(f"docgen.formats.{self.name}.annotate").annotate(
            data, document, remarks, author, day
        )
        return made

    def unsupported(self) -> dict[str, str]:
        """Field types it cannot hold, with the key of the text that says why."""
        controls: Mapping[str, object] = import_module(f"docgen.formats.{self.name}.controls").CONTROLS
        return {name: row.reason for name, row in controls.items() if isinstance(row, Unsupported)}


FORMATS: dict[str, Format] = {
    "word": Format("word", ".docx", has_moulds=True, takes_remarks=True),
    "excel": Format("excel", ".xlsx"),
    "pdf": Format("pdf", ".pdf"),
}
_OPEN_TEXT = Format("word", ".odt")  # what other programs make of our Word files: read by Word's reader, never written


def format_of(data: bytes, name: str) -> Format:
    """The format of a file's bytes. Its name serves only to explain what it is not.

    Raises:
        UnreadableFile: it is none of the three, and the problem says what it is.
    """
    from docgen.formats.odf import is_flat

    if not data:
        raise UnreadableFile(problem("file-empty"))
    if b"%PDF-" in data[:1024]:  # ISO 32000-2, 7.5.2, and what readers accept
        return FORMATS["pdf"]
    if data.startswith(_ZIP) or is_flat(data):
        return _office(data)
    if data.startswith(OLE):
        raise UnreadableFile(_compound(data))
    raise UnreadableFile(stranger(data, name))


def _compound(data: bytes) -> Problem:
    code = compound_kind(data)
    return problem(code) if code else problem("file-kind", kind="file.unknown")


def _office(data: bytes) -> Format:
    """Word or Excel, by the root element of the main part; the content type may be any of several.

    A text of OpenDocument is read as Word is.
    """
    from docgen.formats import odf
    from docgen.formats.opc import main_part

    package = odf.open_office(data)
    if odf.is_odf(package):
        body = odf.body(package).tag
        if body == f"{odf.OFFICE}text":
            return _OPEN_TEXT
        spreadsheet = body == f"{odf.OFFICE}spreadsheet"
        raise UnreadableFile(problem("file-ods") if spreadsheet else problem("file-kind", kind="file.unknown"))
    names = {"document": "word", "workbook": "excel"}
    kind = names.get(package.root_name(main_part(package)))
    if kind is None:
        raise UnreadableFile(strange_package(package.members))
    return FORMATS[kind]
