"""What Office files share: opening a package safely, parsing its XML, writing it the same way every time.

Open Packaging Conventions, ECMA-376 part 2. A file from a partner may be hostile or broken: sizes, ratios and member
counts are looked at before anything is inflated, and no XML is parsed that brings a DOCTYPE.
"""

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from posixpath import join, normpath

from lxml import etree

from docgen.errors import UnreadableFile
from docgen.problems import problem

MAX_FILE = 64 * 2**20  # bytes of a file as it lies on disk
MAX_MEMBERS = 5_000
MAX_MEMBER = 64 * 2**20  # bytes of one member when inflated
MAX_TOTAL = 192 * 2**20  # bytes of all members when inflated
MAX_RATIO = 400  # inflated to deflated, for members over RATIO_FROM; text deflates to a hundredth at best
RATIO_FROM = 2**20

FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can tell: same input, same bytes

RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_STRICT = b"http://purl.oclc.org/ooxml/"

XmlElement = etree._Element  # noqa: SLF001 - lxml's own name for its public element class


@dataclass(frozen=True)
class Package:
    """An opened package: the bytes of each member by its name as it stands in the zip, without a leading slash."""

    members: Mapping[str, bytes]

    def xml(self, name: str) -> XmlElement | None:
        """The root of a member, None if there is no such member.

        Raises:
            UnreadableFile: the member is not well-formed, or brings a DOCTYPE.
        """
        data = self.members.get(name)
        return None if data is None else parse_xml(data)


def open_package(data: bytes) -> Package:
    """A package from the bytes of a file.

    Raises:
        UnreadableFile: not a zip, damaged, or made to exhaust who opens it.
    """
    if len(data) > MAX_FILE:
        raise UnreadableFile(problem("file-hostile"))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_hostile(archive.infolist())
            return Package({info.filename.lstrip("/"): _inflate(archive, info) for info in archive.infolist()})
    except NotImplementedError as error:  # a compression that no office program writes
        raise UnreadableFile(problem("file-damaged")) from error
    except RuntimeError as error:  # a member with a zip password
        raise UnreadableFile(problem("file-encrypted")) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise UnreadableFile(problem("file-damaged")) from error


def _refuse_hostile(infos: list[zipfile.ZipInfo]) -> None:
    names = [info.filename.lstrip("/") for info in infos]
    hostile = (
        len(infos) > MAX_MEMBERS
        or len(set(names)) != len(names)
        or any(".." in name.replace("\\", "/").split("/") for name in names)
        or sum(info.file_size for info in infos) > MAX_TOTAL
        or any(_bomb(info.file_size, info.compress_size) for info in infos)
    )
    if hostile:
        raise UnreadableFile(problem("file-hostile"))


def _bomb(inflated: int, deflated: int) -> bool:
    return inflated > MAX_MEMBER or (inflated > RATIO_FROM and inflated > MAX_RATIO * max(deflated, 1))


def _inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The member's bytes, never more than it says: a lying size is damage (zipfile checks the CRC at the end)."""
    with archive.open(info) as member:
        data = member.read(info.file_size + 1)
    if len(data) != info.file_size:
        raise UnreadableFile(problem("file-damaged"))
    return data


def parse_xml(data: bytes) -> XmlElement:
    """The root element of a part. Strict OOXML namespaces are mapped to the transitional ones (ECMA-376 part 1, 2.1).

    Raises:
        UnreadableFile: not well-formed, too deep, or with a DOCTYPE.
    """
    if _STRICT in data:
        data = _transitional(data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(problem("file-damaged")) from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableFile(problem("file-hostile"))
    return root


# The namespaces whose names differ by more than their beginning (ECMA-376 part 1, annex A to part 4, annex A).
_TRANSITIONAL = (
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"http://schemas.openxmlformats.org/wordprocessingml/2006/"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/", b"http://schemas.openxmlformats.org/spreadsheetml/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (b"officeDocument/2006/extendedProperties", b"officeDocument/2006/extended-properties"),
    (b"officeDocument/2006/customProperties", b"officeDocument/2006/custom-properties"),
)


def _transitional(data: bytes) -> bytes:
    for strict, transitional in _TRANSITIONAL:
        data = data.replace(strict, transitional)
    return data


def main_part(package: Package) -> str:
    """The name of the part that ``_rels/.rels`` calls the office document, "" if none does."""
    root = package.xml("_rels/.rels")
    if root is None:
        return ""
    for relationship in root.iter(f"{{{RELATIONSHIPS}}}Relationship"):
        if relationship.get("Type", "").endswith("/officeDocument"):
            return normpath(join("/", relationship.get("Target", ""))).lstrip("/")
    return ""


def write_package(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of these members in this order, with fixed times and attributes: same input, same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            archive.writestr(info, data)
    return buffer.getvalue()
