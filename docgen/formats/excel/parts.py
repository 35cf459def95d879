"""What lies beside a workbook's cells: parts and their relations, notes, text boxes, properties, strings.

SpreadsheetML, ECMA-376 part 1; the packaging is part 2.
"""

import posixpath
import re
from collections.abc import Iterator

from docgen.formats.excel.names import column_number
from docgen.formats.opc import RELATIONSHIPS, Package, XmlElement

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DRAWING_TEXT = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SHEET_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_AMPERSAND = "\x00"  # what stands for && while codes are looked for; no XML can carry it
_MARGIN_PARTS = re.compile("&[LCR]")
_MARGIN_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d+|[A-Z])')
_LEFT_OF_FONT = re.compile(r'^"?[\w ]+,[\w ]+"')  # gnumeric leaves the code's name of a font, and not its &
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # ST_Xstring, ECMA-376 part 1, 22.9.2.19
REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def unescaped(text: str) -> str:
    """A text with the characters that XML cannot carry put back."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code <= 0xDFFF else chr(code)


def string(item: XmlElement) -> str:
    """The text of a shared or inline string; how it is pronounced (rPh) is no part of it (18.4.6)."""
    texts = []
    for child in item:
        if child.tag == f"{{{MAIN}}}t":
            texts.append(child.text or "")
        elif child.tag == f"{{{MAIN}}}r":
            texts += [each.text or "" for each in child.iterfind(f"{{{MAIN}}}t")]
    return unescaped("".join(texts))


def targets(package: Package, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """The parts a part points to: relationship id, and the last word of its kind with the part's name."""
    folder, name = posixpath.split(part)
    root = package.xml(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
    if root is None:
        return
    for each in root.iter(f"{{{RELATIONSHIPS}}}Relationship"):
        kind = each.get("Type", "").rsplit("/", 1)[-1]
        target = each.get("Target", "")
        if each.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        yield each.get("Id", ""), (kind, target)


def notes(package: Package, part: str) -> tuple[tuple[int, int, str], ...]:
    """Comments on cells, threaded ones before the copy that old programs are shown (18.7; [MS-XLSX] 2.6.203)."""
    found: dict[tuple[int, int], list[str]] = {}
    threaded: set[tuple[int, int]] = set()
    related = sorted(targets(package, part), key=lambda each: each[1][0] != "threadedComment")
    for _, (kind, target) in related:
        root = package.xml(target) if kind in {"threadedComment", "comments"} else None
        if root is None:
            continue
        tag = f"{{{_THREADED}}}threadedComment" if kind == "threadedComment" else f"{{{MAIN}}}comment"
        for each in root.iter(tag):
            spot = REFERENCE.fullmatch(each.get("ref", ""))
            key = (int(spot[2]) - 1, column_number(spot[1])) if spot else (0, 0)
            if kind == "threadedComment":
                threaded.add(key)
                found.setdefault(key, []).append("".join(each.itertext()))
            elif key not in threaded:
                found.setdefault(key, []).extend(string(text) for text in each.iterfind(f"{{{MAIN}}}text"))
    return tuple((row, col, text) for (row, col), texts in sorted(found.items()) for text in texts)


def boxes(package: Package, part: str) -> tuple[str, ...]:
    """The text of each shape that floats over a sheet (ECMA-376 part 1, 20.5)."""
    texts = []
    for _, (kind, target) in targets(package, part):
        root = package.xml(target) if kind == "drawing" else None
        if root is not None:
            for body in root.iter(f"{{{_SHEET_DRAWING}}}txBody"):
                paragraphs = body.iterfind(f"{{{_DRAWING_TEXT}}}p")
                texts.append(
                    "\n".join("".join(t.text or "" for t in p.iter(f"{{{_DRAWING_TEXT}}}t")) for p in paragraphs)
                )
    return tuple(text for text in texts if text.strip())


def titles(package: Package, part: str) -> tuple[str, ...]:
    """The titles of each chart on a sheet and of its axes, as written there (ECMA-376 part 1, 21.2.2.210)."""
    texts = []
    for _, (kind, drawing) in targets(package, part):
        charts = targets(package, drawing) if kind == "drawing" else ()
        for root in (package.xml(target) for _, (what, target) in charts if what == "chart"):
            for title in root.iter(f"{{{_CHART}}}title") if root is not None else ():
                paragraphs = title.iter(f"{{{_DRAWING_TEXT}}}p")
                texts.append(
                    "\n".join("".join(t.text or "" for t in p.iter(f"{{{_DRAWING_TEXT}}}t")) for p in paragraphs)
                )
    return tuple(text for text in texts if text.strip())


def margins(root: XmlElement) -> tuple[str, ...]:
    """What stands at the head and the foot of a printed page: each part once, without its codes (18.3.1.46)."""
    texts = []
    for element in root.iterfind(f"{{{MAIN}}}headerFooter/*"):
        texts += [uncoded(piece) for piece in _MARGIN_PARTS.split((element.text or "").replace("&&", _AMPERSAND))]
    return tuple(dict.fromkeys(text for text in texts if text))


def uncoded(text: str) -> str:
    """A text of a header or footer without its codes."""
    bare = _MARGIN_CODES.sub("", text.replace("&&", _AMPERSAND)).replace(_AMPERSAND, "&")
    return unescaped(_LEFT_OF_FONT.sub("", bare)).strip()


def links(package: Package, part: str, root: XmlElement) -> tuple[tuple[int, int, str], ...]:
    """Where links lead that lead out of the workbook (18.3.1.47)."""
    outside = dict(targets(package, part))
    found = []
    for each in root.iterfind(f"{{{MAIN}}}hyperlinks/{{{MAIN}}}hyperlink"):
        spot = REFERENCE.fullmatch(each.get("ref", "").partition(":")[0])
        _, target = outside.get(each.get(RELATED, ""), ("", ""))
        if spot and target:
            found.append((int(spot[2]) - 1, column_number(spot[1]), target))
    return tuple(found)


def properties(package: Package) -> dict[str, str]:
    """Custom document properties (ECMA-376 part 1, 22.3); gnumeric pads their values with blanks."""
    root = package.xml("docProps/custom.xml")
    if root is None:
        return {}
    return {each.get("name", ""): "".join(each.itertext()).strip() for each in root.iter(f"{{{_CUSTOM}}}property")}
