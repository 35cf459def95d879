"""OpenDocument texts made by hand: a small workbook as an editor would write it, with nothing of docgen's own writing."""

import io
import zipfile
from collections.abc import Mapping

from docgen.document import Document, Question, Section
from tests.formats.samples import IDENTITY, slot, spec, table

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = {
    **{
        prefix: f"{_OASIS}:{name}:1.0"
        for prefix, name in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("draw", "drawing"),
            ("style", "style"),
            ("meta", "meta"),
            ("form", "form"),
            ("svg", "svg-compatible"),
            ("manifest", "manifest"),
        )
    },
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
}
NAMESPACES = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMES.items())

ASKED = Document(
    IDENTITY,
    "sv",
    "Arbetsbok",
    "Planen",
    "Polisen",
    (),
    (),
    (
        Section(
            "s",
            "1",
            "Frågor",
            (
                Question(slot("s.text", spec("text"), "Rubrik")),
                Question(slot("s.areas", spec("select_multiple"), "Områden")),
                Question(slot("s.date", spec("date"), "Senast")),
                Question(slot("s.story", spec("paragraph"), "Så är det")),
                table("s.grid", ("text", "integer"), rows=2, label="Mål"),
            ),
        ),
    ),
)
NAMES = {
    "text": "dg_s_text_66e4b80c",
    "story": "dg_s_story_0102d277",
    "date": "dg_s_date_e1a8a34a",
    "text_1": "dg_s_grid_1__text_08211d2a",
}
"""The bookmarks of some answers, as the writer names them."""

EMPTY = {
    "text": "<text:p>Skriv här</text:p>",
    "areas": "".join(f"<text:p>☐ {label}</text:p>" for label in (
        "Förebyggande arbete", "Lagföring", "Skydd och stöd", "Integrering och återvändande",
    )),
    "date": "<text:p>ÅÅÅÅ-MM-DD</text:p>",
    "story": "<text:p>Skriv här</text:p>",
    **dict.fromkeys(("text_1", "integer_1", "text_2", "integer_2"), "<text:p>Skriv här</text:p>"),
}  # fmt: skip
"""What stands in each answer's cell before anybody has written there."""

HEAD = (
    "<table:table-row>"
    + "".join(
        f"<table:table-cell><text:p>{words}</text:p></table:table-cell>"
        for words in ("Nr", "Rubrik på förslaget (obligatorisk)", "Antal möten per år (st)")
    )
    + "</table:table-row>"
)


def row(*cells: str) -> str:
    """A row of cells, each given by what stands in it."""
    return f"<table:table-row>{''.join(f'<table:table-cell>{cell}</table:table-cell>' for cell in cells)}</table:table-row>"


def paragraph(content: str) -> str:
    return f"<text:p>{content}</text:p>"


def table_of(*rows: str) -> str:
    return f"<table:table><table:table-column/>{''.join(rows)}</table:table>"


def workbook(
    answers: Mapping[str, str] | None = None, *, before: str = "", between: str = "", after: str = "", grid: str = ""
) -> str:
    """The XML of a whole workbook.

    Args:
        answers: what stands in the cells of answers, as XML.
        before: what stands before anything else.
        between: what stands before the table of the section.
        after: what stands at the very end.
        grid: the rows of that table, instead of those that were printed.
    """
    cells = {**EMPTY, **(answers or {})}
    rows = grid or (
        f"<table:table-header-rows>{HEAD}</table:table-header-rows>"
        + row(paragraph("1"), cells["text_1"], cells["integer_1"])
        + row(paragraph("2"), cells["text_2"], cells["integer_2"])
    )
    return (
        before + "<text:p>Planen</text:p><text:p>Arbetsbok</text:p><text:p>Polisen</text:p>"
        "<text:p>Går det inte att skriva? Klicka på Aktivera redigering i den gula raden överst.</text:p>"
        '<text:h text:outline-level="1">1<text:tab/>Frågor</text:h><text:p>Fyll i</text:p>'
        + table_of(
            row(paragraph("Rubrik"), cells["text"]),
            row(paragraph("Områden"), cells["areas"]),
            row(paragraph("Senast"), cells["date"]),
        )
        + "<text:p/>"
        + table_of(row(paragraph("Så är det")), row(cells["story"]))
        + between
        + "<text:h>Mål</text:h>"
        + table_of(rows)
        + "<text:p>Behöver ni fler rader? Högerklicka i sista raden och välj Infoga, Infoga rader under.</text:p>"
        + after
    )


def content(body: str, kind: str = "text") -> str:
    return (
        f'<office:document-content {NAMESPACES} office:version="1.3"><office:body>'
        f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )


def styles(master: str = "") -> str:
    return (
        f"<office:document-styles {NAMESPACES}><office:master-styles><style:master-page>{master}"
        "</style:master-page></office:master-styles></office:document-styles>"
    )


def meta(said: Mapping[str, str], extra: str = "") -> str:
    properties = "".join(
        f'<meta:user-defined meta:name="{name}">{value}</meta:user-defined>' for name, value in said.items()
    )
    return f"<office:document-meta {NAMESPACES}><office:meta>{extra}{properties}</office:meta></office:document-meta>"


def pack(body: str, parts: Mapping[str, str] | None = None, media_type: str = MEDIA_TYPE) -> bytes:
    """A file of OpenDocument: its media type first and as it is (part 2, 3.3), content.xml, other parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", media_type, zipfile.ZIP_STORED)
        archive.writestr("content.xml", body if body.startswith(("<office:document", "<!DOCTYPE")) else content(body))
        for name, data in (parts or {}).items():
            archive.writestr(name, data)
    return buffer.getvalue()
