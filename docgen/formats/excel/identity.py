"""Which file this is: written on a hidden sheet, in the custom properties and visibly on the first sheet, and read back."""

import base64
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from docgen.document import Identity
from docgen.formats.base import Marks
from docgen.formats.excel.ooxml import Sheet, Workbook

KEYS = ("blueprint", "version", "hash", "round", "partner", "document")
CARRIED = "carried"
CHUNK = 30_000  # characters; a cell takes 32,767
MAX_CARRIED = 16 * 2**20  # bytes when inflated
_PREFIX = "docgen."
_REFERENCE = re.compile(r"([0-9a-z]{10})/([^/\s]+)/([^/\s]+)")


def properties(identity: Identity) -> dict[str, str]:
    """The custom document properties (ECMA-376 part 1, 22.3)."""
    return {f"{_PREFIX}{key}": getattr(identity, key) for key in KEYS}


def rows(identity: Identity, carried: str) -> Iterator[tuple[str, str]]:
    """What stands on the hidden sheet: a word and a value on each row. What is carried is cut into pieces."""
    for key in KEYS:
        yield f"{_PREFIX}{key}", getattr(identity, key)
    packed = base64.b64encode(zlib.compress(carried.encode(), 9)).decode() if carried else ""
    for at in range(0, len(packed), CHUNK):
        # A word before it, for a text must not begin with what a formula begins with.
        yield f"{_PREFIX}{CARRIED}", "z:" + packed[at : at + CHUNK]


def is_identity_sheet(sheet: Sheet) -> bool:
    """Whether a sheet is the hidden one, whatever it is called now."""
    cell = sheet.cells.get((0, 0))
    return cell is not None and cell.text == f"{_PREFIX}{KEYS[0]}"


def read_marks(workbook: Workbook) -> Marks:
    """What a workbook says of itself: the hidden sheet first, then the properties, then what stands on paper."""
    found = _from_properties(workbook.properties)
    paper = _from_paper(workbook)
    claims = [_claim(found), _claim(paper)]
    pieces: list[str] = []
    for sheet in filter(is_identity_sheet, workbook.sheets):
        for (row, col), cell in sorted(sheet.cells.items()):
            if col == 0 and cell.text.startswith(_PREFIX):
                beside = sheet.cells.get((row, 1))
                value = "" if beside is None else beside.text
                key = cell.text.removeprefix(_PREFIX)
                if key == CARRIED:
                    pieces.append(value.removeprefix("z:"))
                elif key in KEYS and value:
                    found[key] = value
    claims.append(_claim(found))
    remarks = list(workbook.remarks)
    if not found.get("round"):
        found |= paper
        if found.get("round"):
            remarks.append("file-lost-marks")
    return Marks(**found, carried=_unpacked("".join(pieces)), remarks=tuple(remarks), claims=tuple(claims))


def _claim(found: Mapping[str, Any]) -> tuple[str, str, str]:
    return found.get("round", ""), found.get("partner", ""), found.get("document", "")


def _from_properties(given: Mapping[str, str]) -> dict[str, Any]:
    return {key: given[f"{_PREFIX}{key}"] for key in KEYS if given.get(f"{_PREFIX}{key}")}


def _from_paper(workbook: Workbook) -> dict[str, Any]:
    for sheet in workbook.sheets:
        for _, cell in sorted(sheet.cells.items()):
            match = _REFERENCE.fullmatch(cell.text.strip())
            if match:
                return dict(zip(("round", "partner", "document"), match.groups(), strict=True))
    return {}


def _unpacked(packed: str) -> str:
    """What is carried; "" if there is nothing or it is damaged."""
    if not packed:
        return ""
    try:
        inflater = zlib.decompressobj()
        text = inflater.decompress(base64.b64decode(packed, validate=True), MAX_CARRIED)
        return "" if inflater.unconsumed_tail else text.decode()
    except (ValueError, zlib.error):
        return ""


def own_cells(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """The cells of the hidden sheet that the writer filled."""
    for row, col in sheet.cells:
        word = sheet.cells.get((row, 0))
        if col in {0, 1} and word is not None and word.text.removeprefix(_PREFIX) in {*KEYS, CARRIED}:
            yield row, col
