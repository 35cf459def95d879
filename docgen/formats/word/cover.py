"""The cover of a long document, and whether it holds the contents too."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from docgen.document import Document
from docgen.formats.word import measure
from docgen.formats.word.cells import Block, Contents, Fixed, Grid, Line, Logo
from docgen.formats.word.ooxml import TEXT_WIDTH_TWIPS
from docgen.formats.word.palette import palette
from docgen.formats.word.pieces import contents, is_long
from docgen.formats.word.styles import paragraph_styles

COVER_TWIPS: Final = 14200  # of the 14,626 between the margins
_PICTURE_TWIPS: Final = 1300  # the logo
_PADDING_TWIPS: Final = 200  # around a boxed guide
_STYLES: Final = paragraph_styles(palette("#000000"))  # for their sizes alone
_NORMAL: Final = (22, 300, (0, 120))  # half-points of the type, line distance, space before and after: the defaults


def opened(document: Document, cover: Sequence[Block]) -> Iterator[Block]:
    """A cover and, in a long document, the contents: on the cover's page if there is room, else on the next."""
    yield from cover
    if is_long(document):
        first, *rest = contents(document)
        on_the_next = isinstance(first, Line) and not fills_a_page(document, cover)
        yield replace(first, new_page=True) if isinstance(first, Line) and on_the_next else first
        yield from rest


def fills_a_page(document: Document, cover: Sequence[Block]) -> bool:
    """Whether cover and contents have a page of their own; else the contents begin the page that the text begins on."""
    if not is_long(document):
        return False
    return sum(_height(block) for block in (*cover, *contents(document))) <= COVER_TWIPS


def _height(block: Block) -> int:
    """About how tall a block is, in twips, on the tall side."""
    match block:
        case Line():
            return _line(block, TEXT_WIDTH_TWIPS)
        case Grid(look=look, rows=rows, widths=widths):
            padding = 0 if look == "facts" else _PADDING_TWIPS
            return padding + sum(
                max(sum(_line(line, width - measure.MARGIN_TWIPS) for line in cell.lines) for cell, width in cells)
                for row in rows
                if (cells := [(cell, width) for cell, width in zip(row.cells, widths, strict=False)
                              if isinstance(cell, Fixed)])
            )  # fmt: skip
        case Contents(lines=lines):
            return sum(_line(line, TEXT_WIDTH_TWIPS) for line in lines)
        case Logo():
            return _PICTURE_TWIPS


def _line(line: Line, width: int) -> int:
    style = _STYLES.get(line.style)
    size, distance, space = _NORMAL
    if style is not None:
        size, distance, space = style.size or size, style.line or distance, style.space or space
    border = 320 if style is not None and any(str(each.tag).endswith("}pBdr") for each in style.extra) else 0
    return measure.lines(line.text, width, size) * size * 12 * distance // 240 + sum(space) + border
