"""The structure tree: the element of each link, and what makes one a Form element (ISO 32000-1, 14.7 and 14.8.4.5)."""

from collections.abc import Iterator
from typing import cast

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject


def link_elements(writer: PdfWriter) -> Iterator[tuple[int, DictionaryObject]]:
    """The structure element of each link annotation, by the annotation's object number (14.7.4.3)."""
    waiting: list[PdfObject] = [writer.root_object["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if not isinstance(node, DictionaryObject):
            continue
        kids = node.get("/K")
        for kid in kids if isinstance(kids, ArrayObject) else [kids] if kids is not None else []:
            found = kid.get_object()
            if isinstance(found, DictionaryObject) and found.get("/Type") == "/OBJR":
                yield found.raw_get("/Obj").idnum, node
            else:
                waiting.append(kid)


def only_reference(kids: PdfObject) -> PdfObject:
    """The object reference alone: a Form element holds nothing else (14.8.4.5), and not in an array."""
    held = kids.get_object()
    if not isinstance(held, ArrayObject):
        return kids
    for kid in held:
        found = kid.get_object()
        if isinstance(found, DictionaryObject) and "/Obj" in found:
            return cast("PdfObject", kid)
    raise ValueError("a link without an object reference")
