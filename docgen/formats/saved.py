"""When a file was last saved, as far as it says itself."""

import datetime
import re
from importlib import import_module
from pathlib import Path

from docgen.errors import UnreadableFile
from docgen.formats.odf import DC, META_PART, OFFICE, is_flat, open_office

# What docgen itself writes: the same moment in every file, so it says nothing about when anybody saved it.
BUILT = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
_LATEST = datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)  # a clock that is wrong by lifetimes is no evidence
_W3C = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?")


def saved_at(data: bytes) -> datetime.datetime | None:
    """The moment an Office file's core properties (ECMA-376 part 2, 11.1; ODF 1.3 part 3, 4.3.2) or a PDF's name.

    None where the file says nothing, or only what docgen wrote when it was built.
    """
    moment: datetime.datetime | None = (
        _office(data)
        if data.startswith(b"PK") or is_flat(data)
        else import_module("docgen.formats.pdf.saved").saved_at(data)
    )
    return moment if moment is not None and BUILT < moment < _LATEST else None


def _office(data: bytes) -> datetime.datetime | None:
    try:
        package = open_office(data)
        root = package.xml(META_PART if META_PART in package.members else "docProps/core.xml")
    except UnreadableFile:
        return None
    if root is None:
        return None
    said = root.findtext(f"{OFFICE}meta/{DC}date") or root.findtext("{*}modified") or ""
    match = _W3C.fullmatch(said.strip())
    return _parsed(match[1] + (match[2] or "Z").replace("Z", "+00:00")) if match else None


def _parsed(text: str) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(text)
    except ValueError:
        return None


def file_time(path: Path) -> datetime.datetime | None:
    """When the disk says a file was last written, None where it does not say."""
    try:
        return datetime.datetime.fromtimestamp(path.stat().st_mtime, tz=datetime.UTC)
    except (OSError, OverflowError, ValueError):
        return None
