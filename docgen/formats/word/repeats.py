"""What LibreOffice 7 makes of an answer in several scripts: the whole of it once more for each change of script.

"Vi möter 你好 varje dag" comes back as three controls side by side: the first holds the whole text, each other one its own
stretch of it and then the whole text again. By way of .odt they are fields (FILLIN, 17.16.5.21) with the stretches
between them; and where the first of several lines holds characters beyond U+FFFF, the second or its end stands behind the
field as well. Only the first of them, and the second line itself, say what was typed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from docgen.formats.opc import XmlElement
from docgen.formats.word.ooxml import W
from docgen.formats.word.signs import SIGNS


@dataclass(frozen=True)
class _Said:
    """Elements that say a stretch of an answer and then the whole of it."""

    elements: Sequence[XmlElement]
    stretch: str
    whole: str


NOTHING: Final[frozenset[XmlElement]] = frozenset()


def may_repeat(part: XmlElement) -> bool:
    """Whether a part holds what :func:`repeats` looks for: controls that lost their tags, or fields."""
    bare = any(each.find(f"{W}tag") is None for each in part.iter(f"{W}sdtPr"))
    return bare or next(part.iter(f"{W}instrText"), None) is not None


def repeats(parent: XmlElement) -> frozenset[XmlElement]:
    """The elements of a paragraph that only say again what stands before them."""
    found: set[XmlElement] = set()
    if len(parent.findall(f"{W}sdt")) > 1:
        for is_control, group in groupby(parent, key=lambda child: child.tag == f"{W}sdt"):
            if is_control:
                found.update(_again(_controls([*group])))
    if parent.find(f"{W}r/{W}instrText") is not None:
        for is_run, group in groupby(parent, key=lambda child: child.tag == f"{W}r"):
            if is_run:
                fields, behind = _fields(group)
                found.update(_again(fields))
                if fields and any(character > "\uffff" for character in fields[0].whole):
                    found.update(behind if _ends_next_line(behind, parent) else ())
    return frozenset(found)


def _again(said: Sequence[_Said]) -> list[XmlElement]:
    """What stands after the first, where all say the same whole, and their stretches are the end of it."""
    if len(said) < 2:
        return []
    whole = said[0].whole
    end = "".join(each.stretch for each in said[1:])
    again = all(each.whole == whole for each in said) and end and whole.endswith(end)
    return [element for each in said[1:] for element in each.elements] if again else []


def _controls(controls: Sequence[XmlElement]) -> list[_Said]:
    """Controls side by side, if they have no tags and one title (17.5.2.1)."""
    properties = [each.find(f"{W}sdtPr") for each in controls]
    if len({_value(each, "alias") for each in properties}) > 1 or any(
        _value(each, "tag") is not None for each in properties
    ):
        return []
    texts = [_text(each) for each in controls]
    return [
        _Said([control], text.removesuffix(texts[0]), texts[0] if text.endswith(texts[0]) else text)
        for control, text in zip(controls, texts, strict=True)
    ]


def _value(properties: XmlElement | None, name: str) -> str | None:
    found = None if properties is None else properties.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val")


def _fields(runs: Iterator[XmlElement]) -> tuple[list[_Said], list[XmlElement]]:
    """FILLIN fields one after another, each with the words before it; and what stands behind the last."""
    found: list[_Said] = []
    held: list[XmlElement] = []
    stretch, whole, in_result = "", "", False
    for run in runs:
        held.append(run)
        for child in run:
            kind = child.get(f"{W}fldCharType") if child.tag == f"{W}fldChar" else None
            if kind == "separate":
                in_result = True
            elif kind == "end":
                code = "".join(each.text or "" for run in held for each in run.iter(f"{W}instrText"))
                if code.split()[:1] == ["FILLIN"]:
                    found.append(_Said(held, stretch, whole))
                held, stretch, whole, in_result = [], "", "", False
            elif in_result:
                whole += _text(child)
            else:
                stretch += _text(child)
    return found, held


def _ends_next_line(runs: Sequence[XmlElement], paragraph: XmlElement) -> bool:
    """Whether the words of runs are those of the paragraph below, or its end."""
    below = paragraph.getnext()
    words = "".join(_text(run) for run in runs)
    return bool(words) and below is not None and below.tag == f"{W}p" and _text(below).endswith(words)


def _text(element: XmlElement) -> str:
    """The words of an element."""
    wanted = element.iter(f"{W}t", *SIGNS)
    return "".join(SIGNS.get(str(each.tag), each.text or "") for each in wanted)
