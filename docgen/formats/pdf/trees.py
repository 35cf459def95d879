"""Parts of the tree of plain data that form.typ draws, which need to know nothing of the rest of the document."""

import colorsys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from docgen.document import Guide, Prose
from docgen.formats.pdf import fonts
from docgen.locales import text as say

Tree = dict[str, Any]

_SHORT_GUIDE = 160  # characters that fit half the page in a few lines


def side_by_side(blocks: Iterable[Tree]) -> Iterator[Tree]:
    """Two short boxes of guidance that follow one another share the width."""
    waiting: Tree | None = None
    for block in blocks:
        short = block["type"] == "guide" and block["kind"] in {"think", "example"} and _length(block) <= _SHORT_GUIDE
        if short and waiting is not None:
            yield {"type": "guides", "guides": [waiting, block]}
            waiting = None
            continue
        if waiting is not None:
            yield waiting
        waiting = block if short else None
        if waiting is None:
            yield block
    if waiting is not None:
        yield waiting


def _length(guide: Tree) -> int:
    return sum(len(span["text"]) for prose in guide["prose"] for span in prose["spans"])


def sentence(text: str) -> str:
    """A hint that ends as a sentence, so that several can stand in one line."""
    return text if text.endswith((".", "?", "!", ":")) else f"{text}."


def with_unit(label: str, unit: str) -> str:
    """A label with its unit behind it, unless it says it itself."""
    return f"{label} ({unit})" if unit and f"({unit})" not in label else label


def page_pieces(language: str) -> list[str]:
    """What stands around the numbers of "Sida 1 av 2"."""
    whole = say(language, "form.page", page="\0", pages="\0")
    return whole.split("\0")


def guide(given: Guide) -> Tree:
    """Guidance of one kind."""
    return {"kind": given.kind, "label": given.label, "prose": prose(given.prose)}


def prose(given: Sequence[Prose]) -> list[Tree]:
    """Paragraphs and list items."""
    return [
        {
            "marker": each.marker,
            "spans": [
                {"text": span.text, "bold": span.bold, "italic": span.italic and fonts.slants(span.text)}
                for span in each.spans
            ],
        }
        for each in given
    ]


def pale(colour: str) -> str:
    """The tint of a colour behind guidance: #E8F1F2 of the deep teal."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    tint = colorsys.hls_to_rgb(hue, 0.93, min(saturation, 0.28))
    return "#" + "".join(f"{round(part * 255):02X}" for part in tint)


def printable(tree: Any) -> Any:
    """The tree with every text in it as the font can show it."""
    match tree:
        case str():
            return fonts.for_fields().printable(tree)
        case dict():
            return {key: printable(value) for key, value in tree.items()}
        case list() if tree and isinstance(tree[0], int):
            return tree
        case list():
            return [printable(value) for value in tree]
        case _:
            return tree
