"""Files that are none of the formats docgen reads: what they are, and so what to do about them."""

import re
from collections.abc import Iterable

from docgen.problems import Problem, problem

_LOOKED_AT = 4096  # bytes at the start, enough to tell
_COMMENTS = rb"\s*(?:<!--(?:(?!-->).)*-->\s*)*"
_HTML = re.compile(_COMMENTS + rb"<(?:!doctype\s+html|html|head|meta|body)\b", re.IGNORECASE | re.DOTALL)
_WORD_XML = re.compile(rb'progid="(?:Word|Excel)|schemas\.microsoft\.com/office/(?:2006/xmlPackage|word/2003)')
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:[ \t]")
_OF_MAIL = re.compile(rb"^(?:From|Received|Return-Path|Delivered-To|Message-ID):[ \t]", re.IGNORECASE | re.MULTILINE)
_IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_HEIF = re.compile(rb"....ftyp(?:hei|hev|mif|avif)", re.DOTALL)  # ISO/IEC 23008-12: photos of a phone
_OFFICE_NAMES = (".docx", ".xlsx", ".docm", ".xlsm", ".odt", ".pdf")


def stranger(data: bytes, name: str) -> Problem:
    """The problem that says what a file is that is no zip, no PDF and no compound file.

    Args:
        data: its bytes.
        name: its name, which explains what it is not.
    """
    start = data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    if start.lstrip().startswith(b"{\\rtf"):
        return problem("file-rtf")
    if _HTML.match(start):
        return problem("file-html")
    if start.lstrip().startswith(b"<?xml") and _WORD_XML.search(start):
        return problem("file-office-xml")
    if _HEADER.match(start) and _OF_MAIL.search(start):
        return problem("file-mail")
    if start.startswith(_IMAGES) or _HEIF.match(start):
        return problem("file-kind", kind="file.image")
    if _is_text(data):
        named = name.lower().endswith(_OFFICE_NAMES)
        return problem("file-text-named-office") if named else problem("file-kind", kind="file.text")
    return problem("file-kind", kind="file.unknown")


def strange_package(members: Iterable[str]) -> Problem:
    """The problem that says what a zip is whose main part is none of Word's or Excel's.

    Args:
        members: the names of what is in it.
    """
    names = set(members)
    if any(name.endswith(".iwa") for name in names) or "index.apxl" in names:
        return problem("file-pages")
    if "[Content_Types].xml" in names or "mimetype" in names:
        return problem("file-kind", kind="file.unknown")
    return problem("file-zip")


def _is_text(data: bytes) -> bool:
    try:
        text = data[:_LOOKED_AT].decode("utf-8", errors="strict")
    except UnicodeDecodeError as error:
        near_end = error.start > _LOOKED_AT - 96
        text = data[: error.start].decode("utf-8") if near_end else data[:_LOOKED_AT].decode("latin-1")
    return all(character.isprintable() or character in "\t\r\n\ufeff" for character in text)
