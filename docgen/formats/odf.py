"""What files of OpenDocument share: how they are told, opened safely, and the names in them.

ODF 1.3, ISO/IEC 26300. A file is a zip whose parts have fixed names (part 2, 3), or one flat XML document that holds
them all (part 3, 3.1.2).
"""

from docgen.errors import UnreadableFile
from docgen.formats.opc import MAX_FILE, Package, XmlElement, open_package
from docgen.problems import problem

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE = f"{{{_OASIS}:office:1.0}}"
TEXT = f"{{{_OASIS}:text:1.0}}"
TABLE = f"{{{_OASIS}:table:1.0}}"
DRAW = f"{{{_OASIS}:drawing:1.0}}"
STYLE = f"{{{_OASIS}:style:1.0}}"
META = f"{{{_OASIS}:meta:1.0}}"
FORM = f"{{{_OASIS}:form:1.0}}"
SVG = f"{{{_OASIS}:svg-compatible:1.0}}"
DC = "{http://purl.org/dc/elements/1.1/}"
XLINK = "{http://www.w3.org/1999/xlink}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"  # LibreOffice's own
FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"  # form fields of Word 97, kept by it

CONTENT, STYLES, META_PART = "content.xml", "styles.xml", "meta.xml"
MAX_TAGS = 500_000  # of a part: a form has some thousands, and each is memory before anybody can look at it
_ENCRYPTED = b":encryption-data"  # looked for unparsed: old manifests bring a DOCTYPE, which is refused elsewhere
_FLAT = b"<office:document"


def is_flat(data: bytes) -> bool:
    """A file is OpenDocument as one XML document (.fodt)."""
    head = data[:2048]
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and _FLAT in head


def open_office(data: bytes) -> Package:
    """The package of an Office file of any kind; a flat one is taken for a package whose parts are all itself.

    Raises:
        UnreadableFile: not a zip, damaged, or made to exhaust who opens it.
    """
    if not is_flat(data):
        return open_package(data)
    if len(data) > MAX_FILE:
        raise UnreadableFile(problem("file-hostile"))
    return Package(dict.fromkeys((CONTENT, STYLES, META_PART), data))


def is_odf(package: Package) -> bool:
    """A package is OpenDocument, whatever its file is called."""
    return CONTENT in package.members


def part(package: Package, name: str) -> XmlElement | None:
    """The root of a part, None if there is none.

    Raises:
        UnreadableFile: it is damaged, or made to exhaust who reads it.
    """
    if package.members.get(name, b"").count(b"<") > MAX_TAGS:
        raise UnreadableFile(problem("file-hostile"))
    return package.xml(name)


def body(package: Package) -> XmlElement:
    """What the file is: ``office:text``, ``office:spreadsheet`` or another (part 3, 3.3).

    Raises:
        UnreadableFile: it is encrypted (part 2, 3.4.1), damaged, or has no body.
    """
    if _ENCRYPTED in package.members.get("META-INF/manifest.xml", b""):
        raise UnreadableFile(problem("file-encrypted"))
    root = part(package, CONTENT)
    found = None if root is None else root.find(f"{OFFICE}body/*")
    if found is None:
        raise UnreadableFile(problem("file-damaged"))
    return found
