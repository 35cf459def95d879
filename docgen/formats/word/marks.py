"""The marks that tell which file this is: custom properties, a custom XML part, and a reference people can read.

Each mark's writing and reading stand side by side. The custom part also carries the blueprint and parameters.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from lxml import etree

from docgen.document import Identity
from docgen.formats.base import Marks
from docgen.formats.opc import XmlElement
from docgen.values import without_control_characters

IDENTITY: Final = "urn:docgen:identity"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM_XML = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of custom properties ([MS-OLEPS] 3.1.3; part 1, 22.3)
_ITEM_ID = "{6F0B1D5C-6E2B-4B5C-9C59-0D0C6E7A1B01}"  # of our custom part; the same in every file
_PARTS = ("blueprint", "version", "hash", "round", "partner", "document")
_OWN = "docgen-"  # what the names of our custom properties begin with
_PATH = r"\b([0-9a-f]{10})/([\w.-]+)/([\w.-]+)"
_REFERENCE = re.compile(_PATH, re.ASCII)
_ALONE = re.compile(rf"^\S*[^\S\n]{_PATH}[^\S\n]*$", re.ASCII | re.MULTILINE)  # a line of its own, as it is printed


def custom_properties(identity: Identity) -> XmlElement:
    """The root of docProps/custom.xml (part 1, 22.3)."""
    root = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap={None: _CUSTOM, "vt": _VT})
    for number, part in enumerate(_PARTS, start=2):
        property_ = etree.SubElement(
            root, f"{{{_CUSTOM}}}property", fmtid=_FORMAT_ID, pid=str(number), name=f"{_OWN}{part}"
        )
        etree.SubElement(property_, f"{{{_VT}}}lpwstr").text = getattr(identity, part)
    return root


def read_custom_properties(root: XmlElement) -> Marks:
    """What custom properties say; a property with another name is another program's."""
    properties = root.iter(f"{{{_CUSTOM}}}property")
    return read_properties({each.get("name", ""): "".join(map(str, each.itertext())) for each in properties})


def read_properties(said: Mapping[str, str]) -> Marks:
    """What custom properties say, by name."""
    own = {name: text for name, text in said.items() if name.startswith(_OWN)}
    return _marks({name.removeprefix(_OWN): text.strip() for name, text in own.items()})


def custom_part(identity: Identity, carried: str) -> XmlElement:
    """The root of our custom XML part."""
    root = etree.Element(
        f"{{{IDENTITY}}}identity", {part: getattr(identity, part) for part in _PARTS}, {None: IDENTITY}
    )
    etree.SubElement(root, f"{{{IDENTITY}}}carried").text = without_control_characters(carried)
    return root


def custom_part_properties() -> XmlElement:
    """The root of the part that names it (part 1, 22.5)."""
    root = etree.Element(f"{{{_CUSTOM_XML}}}datastoreItem", {f"{{{_CUSTOM_XML}}}itemID": _ITEM_ID}, {"ds": _CUSTOM_XML})
    references = etree.SubElement(root, f"{{{_CUSTOM_XML}}}schemaRefs")
    etree.SubElement(references, f"{{{_CUSTOM_XML}}}schemaRef", {f"{{{_CUSTOM_XML}}}uri": IDENTITY})
    return root


def read_custom_part(root: XmlElement) -> Marks:
    """What a custom part says; nothing if it is another program's."""
    if root.tag != f"{{{IDENTITY}}}identity":
        return Marks()
    return _marks({part: root.get(part, "") for part in _PARTS}, root.findtext(f"{{{IDENTITY}}}carried") or "")


def _marks(said: Mapping[str, str], carried: str = "") -> Marks:
    """Marks from what a part says by name."""
    blueprint, version, hash_, round_, partner, document = (said.get(part, "") for part in _PARTS)
    return Marks(blueprint, version, hash_, round_, partner, document, carried)


def read_reference(text: str) -> Marks:
    """What a visible ``ROUND/PARTNER/DOCUMENT`` says; one that is printed counts before one in somebody's sentence."""
    match = _ALONE.search(text) or _REFERENCE.search(text)
    return Marks(round=match[1], partner=match[2], document=match[3]) if match else Marks()


def together(marks: Iterable[Marks]) -> Marks:
    """One answer of several marks: for each part, the first that says anything."""
    whole = Marks()
    for one in marks:
        missing = {part: getattr(one, part) for part in (*_PARTS, "carried") if not getattr(whole, part)}
        whole = replace(whole, **missing)
    return whole


def of_file(hidden: Sequence[Marks], visible: Sequence[Marks], remarks: tuple[str, ...], *, tagged: bool) -> Marks:
    """The marks of a file as a whole.

    Args:
        hidden: what its properties and parts say, the strongest first.
        visible: what people can read, the body last: there anybody may write of another file, and it claims nothing.
        remarks: codes about the file.
        tagged: a control with a tag is left.
    """
    strong = together(hidden)
    if not strong.any or not tagged:
        remarks = (*remarks, "file-lost-marks")
    claims = tuple((each.round, each.partner, each.document) for each in (*hidden, *visible[:-1]))
    return replace(together([strong, *visible]), remarks=remarks, claims=claims)
