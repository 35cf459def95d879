"""The glossary document: each placeholder text as a building block that controls name (ECMA-376 part 1, 17.12)."""

from collections.abc import Mapping

from docgen.formats.opc import XmlElement
from docgen.formats.word.ooxml import paragraph, root, run, w


def glossary(placeholders: Mapping[str, str]) -> XmlElement:
    """The root of the glossary part; ``placeholders`` gives each text's building block its name."""
    parts = w("docParts", *(_building_block(name, text) for text, name in placeholders.items()))
    return root("glossaryDocument", parts if len(parts) else None)


def _building_block(name: str, text: str) -> XmlElement:
    return w(
        "docPart",
        w(
            "docPartPr",
            w("name", val=name),
            w("category", w("name", val="General"), w("gallery", val="placeholder")),
            w("types", w("type", val="bbPlcHdr")),
            w("behaviors", w("behavior", val="content")),
        ),
        w("docPartBody", paragraph("", run(text, style="PlaceholderText"))),
    )
