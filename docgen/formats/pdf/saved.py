"""When a PDF was last saved, as far as its information dictionary says (ISO 32000-2, 14.3.3)."""

import datetime
import io


def saved_at(data: bytes) -> datetime.datetime | None:
    """The moment of the ModDate entry; None where there is none that can be read."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        metadata = PdfReader(io.BytesIO(data)).metadata
        moment = metadata.modification_date if metadata is not None else None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if moment is None:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=datetime.UTC)
