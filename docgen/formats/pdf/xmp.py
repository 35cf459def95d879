"""The XMP packet of a form: what every PDF says of itself, PDF/UA's mark, and the identity of the form.

ISO 16684-1 (XMP) and ISO 14289-1, clause 5 (pdfuaid). Our own properties are plain text in a namespace of ours; what
the file carries for later is deflated and spelled in base64.
"""

import base64
import binascii
import zlib
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from docgen.errors import UnreadableFile
from docgen.formats.opc import parse_xml
from docgen.values import without_control_characters

NAMESPACE = "urn:docgen:form:1#"
MAX_CARRIED = 16 * 2**20  # bytes, inflated
MAX_PACKET = 16 * 2**20  # bytes

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="{rdf}">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
   <dc:format>application/pdf</dc:format>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <pdf:Producer>docgen</pdf:Producer>
   <pdfuaid:part>1</pdfuaid:part>
  </rdf:Description>
{archived}  <rdf:Description rdf:about="" xmlns:docgen="{namespace}">
{properties}
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


_ARCHIVED = """  <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaid:part>3</pdfaid:part>
   <pdfaid:conformance>A</pdfaid:conformance>
   <pdfaExtension:schemas><rdf:Bag>
{schemas}
   </rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>
"""
_SCHEMA = """    <rdf:li rdf:parseType="Resource">
     <pdfaSchema:schema>{about}</pdfaSchema:schema>
     <pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>
     <pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>
     <pdfaSchema:property><rdf:Seq>
{properties}
     </rdf:Seq></pdfaSchema:property>
    </rdf:li>"""
_PROPERTY = """      <rdf:li rdf:parseType="Resource">
       <pdfaProperty:name>{name}</pdfaProperty:name>
       <pdfaProperty:valueType>{kind}</pdfaProperty:valueType>
       <pdfaProperty:category>internal</pdfaProperty:category>
       <pdfaProperty:description>{about}</pdfaProperty:description>
      </rdf:li>"""


def packet(title: str, language: str, properties: Mapping[str, str], carried: str, *, archived: bool = False) -> bytes:
    """The packet of a form, with these properties of ours and a text carried for later.

    ``archived`` says that the file is PDF/A-3a, and describes the properties that are not XMP's own (ISO 19005-3, 6.6).
    """
    everything = {**properties}
    if carried:
        everything["carried"] = base64.b64encode(zlib.compress(carried.encode(), 9)).decode("ascii")
    lines = "\n".join(
        f"   <docgen:{name}>{_escaped(value)}</docgen:{name}>" for name, value in everything.items() if value
    )
    return _PACKET.format(
        rdf=_RDF,
        namespace=NAMESPACE,
        language=language,
        title=_escaped(title),
        properties=lines,
        archived=_archived([name for name, value in everything.items() if value]) if archived else "",
    ).encode()


def _archived(names: Sequence[str]) -> str:
    own = [(name, "Text", f"{name} of the round this file belongs to") for name in names]
    schemas = (
        ("PDF/UA identification", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", [("part", "Integer", "part")]),
        ("docgen", NAMESPACE, "docgen", own),
    )
    described = [
        _SCHEMA.format(
            about=about,
            namespace=namespace,
            prefix=prefix,
            properties="\n".join(_PROPERTY.format(name=name, kind=kind, about=what) for name, kind, what in listed),
        )
        for about, namespace, prefix, listed in schemas
    ]
    return _ARCHIVED.format(schemas="\n".join(described))


def _escaped(text: str) -> str:
    return escape(without_control_characters(text))


def properties(packet_: bytes) -> dict[str, str]:
    """Our properties in a packet, whether an editor left them as elements or made them attributes; {} if none.

    ``carried`` is the text itself again, or missing where it is damaged.
    """
    if len(packet_) > MAX_PACKET:
        return {}
    try:
        root = parse_xml(packet_.strip(b"\0 \t\r\n"))
    except UnreadableFile:
        return {}
    found = {}
    prefix = f"{{{NAMESPACE}}}"
    for element in root.iter():
        for name, value in [(element.tag, element.text or ""), *element.attrib.items()]:
            if str(name).startswith(prefix):
                found[str(name).removeprefix(prefix)] = str(value).strip()
    if "carried" in found:
        found["carried"] = _inflated(found["carried"])
    return {name: value for name, value in found.items() if value}


def _inflated(text: str) -> str:
    try:
        inflater = zlib.decompressobj()
        data = inflater.decompress(base64.b64decode(text), MAX_CARRIED)
        return data.decode() if inflater.eof else ""
    except (binascii.Error, zlib.error, ValueError):
        return ""
