"""Objects of a PDF that may be anything: what is asked for, or something empty of its kind (ISO 32000-1, 7.3)."""

import re
from typing import Any

from pypdf.errors import LimitReachedError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
    create_string_object,
)

MAX_VALUE = 64 * 2**10  # characters in one field


def resolved(given: Any) -> Any:
    """The object itself, whether it was given or referred to; None if there is none."""
    return given.get_object() if given is not None else None


def dictionary(given: Any) -> DictionaryObject:
    """The dictionary, or an empty one where something else stands."""
    found = resolved(given)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def array(given: Any) -> ArrayObject:
    """The array, or an empty one where something else stands."""
    found = resolved(given)
    return found if isinstance(found, ArrayObject) else ArrayObject()


def rectangle(annotation: DictionaryObject) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of an annotation (7.9.5); all 0 where it has none."""
    edges = [float(resolved(edge)) for edge in array(annotation.get("/Rect"))]
    if len(edges) != 4:
        return (0.0, 0.0, 0.0, 0.0)
    return min(edges[0], edges[2]), min(edges[1], edges[3]), max(edges[0], edges[2]), max(edges[1], edges[3])


def text(given: Any) -> str:
    """The text of a string, name, text stream or array of these (7.9.2.2, 7.9.3)."""
    found = resolved(given)
    if found is None or isinstance(found, NullObject):
        return ""
    if isinstance(found, NameObject):
        return str(found).removeprefix("/")
    if isinstance(found, StreamObject):
        found = create_string_object(bytes(found.get_data()))
    if isinstance(found, ByteStringObject):
        return found.decode("latin-1")
    if isinstance(found, ArrayObject):
        return "; ".join(text(each) for each in found)
    return "" if isinstance(found, DictionaryObject) else str(found)


def plain(rich: str) -> str:
    """The words of a rich text string (12.7.3.4)."""
    return re.sub(r"<[^>]*>", "", re.sub(r"</p>\s*<p", "</p>\n<p", rich)).strip()


def value(field: dict[Any, Any]) -> str:
    """The text a field holds; its rich text where that is all there is (12.7.3.4).

    Raises:
        LimitReachedError: it is beyond measure.
    """
    given = resolved(field.get("/V"))
    if isinstance(given, DictionaryObject) and not isinstance(given, StreamObject):
        said = "; ".join(filter(None, (text(each) for each in given.values())))
    else:
        said = text(given) or plain(text(field.get("/RV")))
    if len(said) > MAX_VALUE:
        raise LimitReachedError("value")
    return said


def root_of(reference: IndirectObject, seen: set[int]) -> IndirectObject:
    """The topmost field above a widget that has not been walked yet."""
    passed = set()
    while reference.idnum not in passed:
        passed.add(reference.idnum)
        node = dictionary(reference)
        parent = node.raw_get("/Parent") if "/Parent" in node else None
        if not isinstance(parent, IndirectObject) or parent.idnum in seen:
            break
        reference = parent
    return reference
