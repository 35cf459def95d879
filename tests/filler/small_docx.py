"""Small Word files written as XML: a body of one's own, a header with a control, a glossary with one placeholder."""

import zipfile
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

LIST = '<w:dropDownList><w:listItem w:displayText="Ja" w:value="yes"/><w:listItem w:value="Nej"/></w:dropDownList>'
BOX = '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2611"/></w14:checkbox>'
DAY = '<w:date><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="sv-SE"/></w:date>'


def prompt(text: str = "Skriv här") -> str:
    return f'<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>{text}</w:t></w:r>'


def sdt(tag: str, kind: str, inner: str, more: str = "") -> str:
    number = sum(tag.encode())
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="Titel {tag}"/><w:tag w:val="{tag}"/><w:id w:val="{number}"/>{more}{kind}'
        f"</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    )


def waiting(tag: str, kind: str, more: str = "") -> str:
    return sdt(tag, kind, prompt(), more + "<w:showingPlcHdr/>")


def paragraph(inner: str) -> str:
    return f'<w:p w14:paraId="0A0B0C0D"><w:pPr><w:jc w:val="left"/></w:pPr>{inner}</w:p>'


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def table(*rows: list[str]) -> str:
    body = "".join("<w:tr>" + "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{body}</w:tbl>"


def write_docx(file: Path, body: str) -> Path:
    """Write a document with a body; its header has the control "in.header", its glossary the block "ask"."""
    root = f'xmlns:w="{W}" xmlns:w14="{W14}"'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD_TYPE}.document.main+xml"/>'
        f'<Override PartName="/word/header1.xml" ContentType="{WORD_TYPE}.header+xml"/>'
        f'<Override PartName="/word/glossary/document.xml" ContentType="{WORD_TYPE}.document.glossary+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="h" Type="{OFFICE}/header" Target="header1.xml"/>'
        f'<Relationship Id="g" Type="{OFFICE}/glossaryDocument" Target="/word/glossary/document.xml"/>'
        "</Relationships>",
        "word/document.xml": f"<w:document {root}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/header1.xml": f"<w:hdr {root}>{paragraph(sdt('in.header', '<w:text/>', run('Huvud')))}</w:hdr>",
        "word/glossary/document.xml": f"<w:glossaryDocument {root}><w:docParts><w:docPart>"
        f'<w:docPartPr><w:name w:val="ask"/></w:docPartPr><w:docPartBody>{paragraph(prompt("Svara nu"))}'
        "</w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>",
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(name, xml)
    return file
