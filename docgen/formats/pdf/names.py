"""Names of fields: which answer a field holds, spelled so that a PDF takes it and a person may combine files.

``ROUND/PARTNER/DOCUMENT/section/field``, in a table ``.../section/table/2/column``, a check box of several
``.../field=option``. No full stop may stand in a name (ISO 32000-1, 12.7.3.2), so one in an id is spelled ``%2E``.
"""

from collections.abc import Iterable
from urllib.parse import unquote

from docgen.document import Identity, Slot, short_name

_LIMIT = 127  # characters; no viewer is known to take fewer


def _spell(part: str) -> str:
    return part.replace("%", "%25").replace("/", "%2F").replace(".", "%2E").replace("=", "%3D")


def field_name(identity: Identity, slot: Slot) -> str:
    """The name of the field for a slot."""
    address = slot.address
    parts = [*address.field.split("."), *([str(address.row)] if address.row is not None else [])]
    parts += [address.column] if address.column else []
    start = [identity.round, identity.partner, identity.document]
    return short_name("/".join(_spell(part) for part in start + parts), _LIMIT)


def option_name(name: str, option: str) -> str:
    """The name of the check box of one option."""
    return short_name(f"{name}={_spell(option)}", _LIMIT)


def owner(names: Iterable[str]) -> tuple[str, str, str] | None:
    """The round, partner and document that the names of fields begin with, if all that have the form agree."""
    starts = {tuple(unquote(part) for part in name.split("/")[:3]) for name in names if name.count("/") >= 4}
    if len(starts) != 1:
        return None
    round_, partner, document = starts.pop()
    return round_, partner, document
