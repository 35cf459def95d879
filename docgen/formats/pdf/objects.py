"""Objects of a PDF that may be anything: what is asked for, or something empty of its kind (ISO 32000-1, 7.3)."""

import re
from typing import Any

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    NullObject,
    StreamObject,
    create_string_object,
)


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
