"""The three formats files go out and come back in, and how to tell them apart by what is in them.

Nothing of a format's own is imported before it is used: each brings a library or two that take time to load.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module

from docgen.document import Document
from docgen.errors import UnreadableFile
from docgen.formats.base import Marks, Mould, Remark, Unsupported
from docgen.problems import problem
from docgen.response import Reading

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2
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

    def annotate(self, data: bytes, document: Document, remarks: Sequence[Remark], author: str, day: str) -> bytes:
        """A copy of a partner's file with remarks at its answers, for a format that takes them.

        Raises:
            UnreadableFile: damaged, encrypted or hostile.
        """
        made: bytes = import_module(f"docgen.formats.{self.name}.annotate").annotate(
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
        return _office_or_package(data, name)
    if data.startswith(_OLE):
        raise UnreadableFile(problem(_ole(data)))
    if name.lower().endswith((".docx", ".xlsx", ".docm", ".xlsm", ".odt", ".pdf")) and _is_text(data):
        raise UnreadableFile(problem("file-text-named-office"))
    raise UnreadableFile(problem("file-kind"))


def _office_or_package(data: bytes, name: str) -> Format:
    """An Office file; of a package of files that one is not, that it is to be unpacked."""
    try:
        return _office(data)
    except UnreadableFile as error:
        if name.lower().endswith(".zip") and error.problems[0].code in {"file-kind", "file-damaged"}:
            raise UnreadableFile(problem("file-zip")) from error
        raise


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
            return FORMATS["word"]
        raise UnreadableFile(problem("file-ods" if body == f"{odf.OFFICE}spreadsheet" else "file-kind"))
    root = package.xml(main_part(package))
    names = {"document": "word", "workbook": "excel"}
    kind = names.get(root.tag.rpartition("}")[2]) if root is not None and isinstance(root.tag, str) else None
    if kind is None:
        raise UnreadableFile(problem("file-kind"))
    return FORMATS[kind]


def _ole(data: bytes) -> str:
    """What an OLE compound file is ([MS-OFFCRYPTO] 2.3.2): encrypted Office, or Office before 2007."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if ole.exists("EncryptedPackage"):
                return "file-encrypted"
            return (
                "file-old-office"
                if any(ole.exists(name) for name in ("WordDocument", "Workbook", "Book"))
                else "file-kind"
            )
    except (OSError, ValueError, IndexError, TypeError):
        return "file-damaged"


def _is_text(data: bytes) -> bool:
    try:
        text = data[:4096].decode("utf-8", errors="strict")
    except UnicodeDecodeError as error:
        text = data[: error.start].decode("utf-8") if error.start > 4000 else data[:4096].decode("latin-1")
    return all(character.isprintable() or character in "\t\r\n\ufeff" for character in text)
