"""What Office files share: opening a package safely, parsing its XML, writing it the same way every time.

Open Packaging Conventions, ECMA-376 part 2. A file from a partner may be hostile or broken: sizes, ratios and member
counts are looked at before anything is inflated, a member is inflated only when it is asked for, its tags are counted
before a tree of them is built, and no XML is parsed that brings a DOCTYPE.
"""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import join, normpath

from lxml import etree

from docgen.errors import UnreadableFile
from docgen.formats.zipped import pieces, zip_of
from docgen.problems import problem

MAX_FILE = 64 * 2**20  # bytes of a file as it lies on disk
MAX_MEMBERS = 5_000
MAX_MEMBER = 64 * 2**20  # bytes of one member when inflated
MAX_TOTAL = 192 * 2**20  # bytes of all members when inflated
MAX_RATIO = 400  # inflated to deflated, for members over RATIO_FROM; text deflates to a hundredth at best
RATIO_FROM = 2**20
MAX_XML = 24 * 2**20  # bytes of a part that is parsed
MAX_SIGNS = 800_000  # "<" and "=" together in a part: a tree of as many tags and attributes takes 150 MB
_HEAD = 2**16  # bytes of a part in which its root element begins
_CHUNK = 2**9  # bytes of it that are looked at at once: what follows the root element is nobody's business yet

CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOCTYPE = b"<!DOCTYPE"
_STRICT = b"http://purl.oclc.org/ooxml/"

XmlElement = etree._Element  # noqa: SLF001 - lxml's own name for its public element class


class Members(Mapping[str, bytes]):
    """The members of a zip by name, without a leading slash; each is inflated when it is asked for, and not kept.

    Raises:
        UnreadableFile: on access, for a member that is damaged or not what it says.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._infos = {info.filename.lstrip("/"): info for info in archive.infolist()}

    def __getitem__(self, name: str) -> bytes:
        """The bytes of a member."""
        info = self._infos[name]
        try:
            return _inflate(self._archive, info)
        except RuntimeError as error:
            if isinstance(error, NotImplementedError):  # a compression that no office program writes
                raise UnreadableFile(problem("file-damaged")) from error
            raise UnreadableFile(problem("file-encrypted")) from error  # a member with a zip password
        except _DAMAGE as error:
            raise UnreadableFile(problem("file-damaged")) from error

    def __iter__(self) -> Iterator[str]:
        """The names, in the order of the zip."""
        return iter(self._infos)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._infos)


_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)


@dataclass(frozen=True)
class Package:
    """An opened package: its members by name, and the tree of each part that was asked for."""

    members: Mapping[str, bytes]
    _roots: dict[str, XmlElement] = field(default_factory=dict, repr=False, compare=False)

    def xml(self, name: str) -> XmlElement | None:
        """The root of a member, the same one each time; None if there is no such member.

        Raises:
            UnreadableFile: the member is damaged, not well-formed, or brings a DOCTYPE.
        """
        if name not in self._roots and name in self.members:
            self._roots[name] = parse_xml(self.members[name])
        return self._roots.get(name)

    def root_name(self, name: str) -> str:
        """The local name of a member's root element, before anything else of it is looked at; "" if there is none.

        Raises:
            UnreadableFile: the member is damaged, or its DOCTYPE is made to exhaust who reads it.
        """
        if name not in self.members:
            return ""
        head = self.members[name][:_HEAD]
        parser = etree.XMLPullParser(("start",), resolve_entities=False, no_network=True, load_dtd=False)
        try:
            for start in range(0, len(head), _CHUNK):
                parser.feed(head[start : start + _CHUNK])
                for _, root in parser.read_events():
                    return str(root.tag).rpartition("}")[2]
        except etree.XMLSyntaxError as error:
            raise UnreadableFile(problem("file-hostile" if _DOCTYPE in head else "file-damaged")) from error
        return ""


def open_package(data: bytes) -> Package:
    """A package from the bytes of a file.

    Raises:
        UnreadableFile: not a zip, or made to exhaust who opens it.
    """
    if len(data) > MAX_FILE:
        raise UnreadableFile(problem("file-hostile"))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE as error:
        raise UnreadableFile(problem("file-damaged")) from error
    _refuse_hostile(archive.infolist())
    return Package(Members(archive))


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
        UnreadableFile: not well-formed, too deep, too many tags, or with a DOCTYPE.
    """
    return parse_as_written(_transitional(data) if _STRICT in data else data)


def parse_as_written(data: bytes) -> XmlElement:
    """The root element of a part in its own namespaces, to be written back.

    Raises:
        UnreadableFile: as :func:`parse_xml`.
    """
    crowded = len(data) > MAX_SIGNS and data.count(b"<") + data.count(b"=") > MAX_SIGNS
    if len(data) > MAX_XML or crowded or _DOCTYPE in data:
        raise UnreadableFile(problem("file-hostile"))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(problem("file-damaged")) from error
    if root.getroottree().docinfo.doctype:  # in an encoding that hid it above
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
    return zip_of((name, pieces([data])) for name, data in members)
