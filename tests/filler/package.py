"""The zip package of an Office file (ISO/IEC 29500-2): parts are read, some replaced, all others kept byte for byte."""

import posixpath
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lxml import etree

RELATIONSHIPS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
OFFICE_DOCUMENT: Final = "/officeDocument"


class FillError(Exception):
    """What was asked for can't be done in this file: no such field, not a choice, a locked field."""


@dataclass
class Package:
    """An Office file held in memory.

    Attributes:
        members: every zip member in its order, with its bytes.
        infos: the zip entry of each, for its time and method of compression.
        changed: the parts that were replaced.
    """

    members: dict[str, bytes]
    infos: dict[str, zipfile.ZipInfo]
    changed: set[str] = field(default_factory=set)

    @classmethod
    def open(cls, file: Path) -> "Package":
        with zipfile.ZipFile(file) as archive:
            infos = {info.filename: info for info in archive.infolist()}
            return cls({name: archive.read(name) for name in infos}, infos)

    def xml(self, part: str) -> etree._Element:
        """Parse a part."""
        return etree.fromstring(self.members[part], etree.XMLParser(resolve_entities=False, no_network=True))

    def replace(self, part: str, root: etree._Element) -> None:
        """Put an XML tree in place of a part."""
        self.members[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        self.changed.add(part)

    def related(self, part: str, kind: str) -> list[str]:
        """Give the parts that `part` ("" for the package) has relationships of a kind to, by the type's last word.

        Strict and transitional types end in the same word, as "/officeDocument" or "/header".
        """
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self.members:
            return []
        return [
            posixpath.normpath(posixpath.join("/", folder, rel.attrib["Target"])).lstrip("/")
            for rel in self.xml(rels).iter(RELATIONSHIPS)
            if rel.attrib["Type"].endswith(kind) and rel.get("TargetMode") != "External"
        ]

    def targets(self, part: str) -> dict[str, str]:
        """Give the parts that `part` has relationships to, by relationship id."""
        folder, name = posixpath.split(part)
        return {
            rel.attrib["Id"]: posixpath.normpath(posixpath.join("/", folder, rel.attrib["Target"])).lstrip("/")
            for rel in self.xml(posixpath.join(folder, "_rels", f"{name}.rels")).iter(RELATIONSHIPS)
            if rel.get("TargetMode") != "External"
        }

    def main_part(self) -> str:
        """Give the name of the document or workbook part.

        Raises:
            FillError: the package has none.
        """
        parts = self.related("", OFFICE_DOCUMENT)
        if len(parts) != 1:
            raise FillError(f"the package has {len(parts)} main parts")
        return parts[0]

    def save(self, file: Path) -> Path:
        """Write the package, members in their old order, and give the file."""
        with zipfile.ZipFile(file, "w") as archive:
            for name, data in self.members.items():
                old = self.infos[name]
                info = zipfile.ZipInfo(name, old.date_time)
                info.compress_type = old.compress_type
                info.external_attr = old.external_attr
                info.create_system = old.create_system
                archive.writestr(info, data)
        return file
