"""Laying pages out with typst: a tree of plain data in, a tagged PDF with placeholder links out.

Text reaches typst as data, never as markup: a partner called ``#panic()`` is called so on paper.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from docgen.formats.pdf import fonts

TEXT_WIDTH_PT = 481.9  # A4 less margins of 20 mm, as form.typ has them
GAP_PT = 14.0  # between two answers side by side, as form.typ has it
CELL_INSET_PT = 8.0  # of a box for an answer, both sides together


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=fonts.for_layout())


@cache
def _source() -> bytes:
    return files("docgen.formats.pdf").joinpath("form.typ").read_bytes()


def laid_out(tree: dict[str, Any], *, archived: bool = False) -> bytes:
    """A PDF/UA-1 of the data that ``form.typ`` describes, with a link ``docgen:N`` for each widget.

    ``archived`` makes it PDF/A-3a as well (ISO 19005-3).
    """
    made = _compiler().compile(
        _source(),
        format="pdf",
        sys_inputs={"data": json.dumps({**tree, "archived": archived}, ensure_ascii=False)},
        pdf_standards=["ua-1", "a-3a"] if archived else ["ua-1"],
        timestamp=0,
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single file")
    return made
