"""A Document as a PDF: laid out by typst; a form is made fillable afterwards, a plan carries its attachments."""

import hashlib

from docgen.document import Document
from docgen.formats.pdf import acroform, fonts, page, xmp
from docgen.formats.pdf.form import Form
from docgen.formats.pdf.summary import Summary


def write(document: Document) -> bytes:
    """The PDF of a document: PDF/UA-1, the merged plan PDF/A-3a too. Same document, same bytes.

    The attachments stand in it byte for byte.
    """
    plan = document.kind == "plan"
    layout = Summary(document) if plan else Form(document)
    laid_out = page.laid_out(layout.tree(), archived=plan)
    identity = document.identity
    title = f"{document.title} – {document.plan}"
    packet = xmp.packet(
        title,
        document.language,
        {
            "blueprint": identity.blueprint,
            "version": identity.version,
            "hash": identity.hash,
            "round": identity.round,
            "partner": identity.partner,
            "document": identity.document,
            **({"kind": "plan"} if plan else {}),
        },
        document.carried,
        archived=plan,
    )
    digest = hashlib.sha256(packet + laid_out)
    for name, data in document.attachments:
        digest.update(name.encode() + hashlib.sha256(data).digest())
    about = acroform.About(title, document.language, packet, digest.digest()[:16], document.attachments)
    if plan and not layout.widgets:
        return acroform.without_fields(laid_out, about)
    return acroform.with_fields(laid_out, layout.widgets, about, fonts.for_fields())
