"""What a file holds, as it was found: paragraphs, tables of rows of cells, and what stands beside the body."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from docgen.formats.word.content import Content, Piece
from docgen.once import once
from docgen.values import same_words


@dataclass
class Aside:
    """Something beside the text: ``box``, ``picture``, ``comment`` or ``note``, and its words or its id."""

    kind: str
    text: str = ""
    id: str = ""


@dataclass
class Paragraph:
    """A paragraph of a file; ``asides`` are anchored in it."""

    pieces: list[Piece] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    joins_next: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(piece.text for piece in self.pieces)


@dataclass
class TableCell:
    """A cell of a file, complete when it is made. ``span`` is how many grid columns it takes."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    span: int = 1
    continues: bool = False  # the lower part of a vertically merged cell (17.4.84)

    @once
    def content(self) -> Content:
        """What stands in it."""
        return Content(tuple(tuple(paragraph.pieces) for paragraph in self.paragraphs))

    @property
    def text(self) -> str:
        """Its words, a newline between paragraphs."""
        return self.content.text

    @once
    def key(self) -> str:
        """The words it is known by."""
        return same_words(self.text)


@dataclass
class TableRow:
    """A row of a file."""

    cells: list[TableCell] = field(default_factory=list)


@dataclass
class FileTable:
    """A table of a file."""

    rows: list[TableRow] = field(default_factory=list)

    @property
    def cells(self) -> Iterator[TableCell]:
        """Every cell, row by row."""
        for row in self.rows:
            yield from row.cells


FileBlock = Paragraph | FileTable


@dataclass(frozen=True)
class Margin:
    """What stands outside the body: a ``header``, ``footer``, ``comment`` or ``note``.

    ``id`` is that of the :class:`Aside` whose place a comment or note is, "" for the others.
    """

    kind: str
    blocks: list[FileBlock]
    id: str = ""


@dataclass(frozen=True)
class Held:
    """All that a file holds: its body, and what stands outside it."""

    body: Sequence[FileBlock]
    margins: Sequence[Margin] = ()


def flat(blocks: Sequence[FileBlock]) -> Iterator[Paragraph]:
    """Every paragraph of some blocks, those of cells too."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for cell in block.cells:
                yield from cell.paragraphs


def all_words(blocks: Sequence[FileBlock]) -> str:
    """Every word of some blocks, a line a paragraph."""
    return "\n".join(paragraph.text for paragraph in flat(blocks) if paragraph.text.strip())
