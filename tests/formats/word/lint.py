"""The nine faults of a Word file that no validator sees (facts on Word, writing rules), found in any .docx.

:func:`watch` has every Word file that the tests make looked at, whichever test makes it.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

from docgen.formats.opc import XmlElement
from tests.formats.word.edits import NS, W, every, members, xml

_ORDER = ("rPr", "alias", "tag", "id", "lock", "placeholder", "temporary", "showingPlcHdr", "dataBinding")
_TYPES = ("text", "richText", "date", "dropDownList", "comboBox", "checkbox", "picture", "group", "docPartObj")


def faults(data: bytes) -> list[str]:
    """Each fault in a sentence; empty where there is none."""
    root = xml(data)
    return [
        *_order(root),
        *_twice(root, "//w:sdt/w:sdtPr/w:id/@w:val", "control id"),
        *_twice(root, "//w:bookmarkStart/@w:name", "bookmark name"),
        *_twice(root, "//w:bookmarkStart/@w:id", "bookmark id"),
        *_ignorable(root),
        *_types(root),
        *_lists(root),
        *_lengths(root),
        *_placeholders(data, root),
        *_unclosed(root),
    ]


class Fault(AssertionError):
    """A Word file with one of the faults was written."""


def watch() -> None:
    """From now on what writes a Word file raises :class:`Fault` where it has one of the faults.

    To be called before any module takes these functions by their names: the writer, what puts comments into a
    partner's file (whose own faults are not ours), and what puts files into a folder.
    """
    _wrap("docgen.formats.word.writer", "write", lambda write: lambda document: _clean(write(document)))
    _wrap("docgen.formats.word.annotate", "annotate", _annotate)
    _wrap("docgen.folder", "replace_files", _replace_files)


def _wrap(module: str, name: str, around: Callable[[Any], Any]) -> None:
    loaded = import_module(module)
    old = getattr(loaded, name)
    setattr(loaded, name, wraps(old)(around(old)))


def _annotate(annotate: Callable[..., bytes | None]) -> Callable[..., bytes | None]:
    def around(data: bytes, *args: Any, **named: Any) -> bytes | None:
        made = annotate(data, *args, **named)
        return None if made is None else _clean(made, faults(data))

    return around


def _replace_files(replace_files: Callable[..., Any]) -> Callable[..., Any]:
    def replace(folder: Path, files: Any, stale: Sequence[str] = ()) -> Any:
        looked_at = dict(_each(files.items())) if isinstance(files, Mapping) else _each(files)
        return replace_files(folder, looked_at, stale)

    return replace


def _each(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Files as they are taken, each Word file of ours looked at first."""
    for name, data in files:
        if name.endswith(".docx") and not name.startswith("outbox/") and zipfile.is_zipfile(io.BytesIO(data)):
            _clean(data)
        yield name, data


def _clean(data: bytes, known: Sequence[str] = ()) -> bytes:
    found = [fault for fault in faults(data) if fault not in known]
    if found:
        raise Fault("\n".join(found))
    return data


def _names(root: XmlElement, path: str) -> list[str]:
    found = root.xpath(path, namespaces=NS)
    assert isinstance(found, list)
    return [str(each) for each in found]


def _local(element: XmlElement) -> str:
    return str(element.tag).rpartition("}")[2]


def _order(root: XmlElement) -> Iterator[str]:
    for properties in every(root, "//w:sdtPr"):
        names = [_local(child) for child in properties]
        places = [_ORDER.index(name) if name in _ORDER else len(_ORDER) for name in names]
        if places != sorted(places):
            yield f"sdtPr in the order {names}"


def _twice(root: XmlElement, path: str, what: str) -> Iterator[str]:
    yield from (f"{what} {name} stands twice" for name, count in Counter(_names(root, path)).items() if count > 1)


def _ignorable(root: XmlElement) -> Iterator[str]:
    ignored = (root.get(f"{{{NS['mc']}}}Ignorable") or "").split()
    yield from (f"{prefix} is not in mc:Ignorable" for prefix in ("w14", "w15") if prefix not in ignored)
    yield from (f"{prefix} is ignored but not declared" for prefix in ignored if prefix not in root.nsmap)


def _types(root: XmlElement) -> Iterator[str]:
    for properties in every(root, "//w:sdtPr"):
        types = [_local(child) for child in properties if _local(child) in _TYPES]
        if len(types) > 1:
            yield f"two types of control: {types}"


def _lists(root: XmlElement) -> Iterator[str]:
    for items in every(root, "//w:dropDownList | //w:comboBox"):
        for attribute in ("value", "displayText"):
            values = [item.get(f"{W}{attribute}") for item in items]
            if len(set(values)) != len(values):
                yield f"a list has a {attribute} twice: {values}"
            if "" in values:
                yield f"a list has an empty {attribute}"


def _lengths(root: XmlElement) -> Iterator[str]:
    limits = {"//w:sdtPr/w:tag/@w:val": 64, "//w:sdtPr/w:alias/@w:val": 64, "//w:bookmarkStart/@w:name": 40}
    for path, limit in limits.items():
        yield from (f"{name} is longer than {limit} characters" for name in _names(root, path) if len(name) > limit)


def _placeholders(data: bytes, root: XmlElement) -> Iterator[str]:
    glossary = "word/glossary/document.xml"
    there = _names(xml(data, glossary), "//w:docPartPr/w:name/@w:val") if glossary in members(data) else []
    wanted = _names(root, "//w:sdtPr/w:placeholder/w:docPart/@w:val")
    yield from (f"placeholder {name} is missing" for name in sorted(set(wanted) - set(there)))


def _unclosed(root: XmlElement) -> Iterator[str]:
    starts = _names(root, "//w:bookmarkStart/@w:id")
    ends = _names(root, "//w:bookmarkEnd/@w:id")
    yield from (f"bookmark {each} is not closed" for each in sorted(set(starts) ^ set(ends)))
