"""Tables that somebody split in two by typing between their rows, put together again."""

from collections.abc import Mapping, Sequence

from docgen.formats.word.blocks import FileBlock, FileTable
from docgen.formats.word.findings import Findings
from docgen.formats.word.placing import Expected, Seen


def join_halves(blocks: Sequence[FileBlock], known: Mapping[int, Expected | None], findings: Findings) -> None:
    """The rows of each part move into the one that was recognised; the others are left empty.

    Args:
        blocks: of the file.
        known: the blocks that were recognised, by their place: the grid for a table, None for a line.
        findings: of this reading.
    """
    main: tuple[Expected, FileTable] | None = None  # with nothing recognised after it
    apart: list[FileTable] = []  # likewise
    for place, block in enumerate(blocks):
        expected = known.get(place)
        if expected is not None and isinstance(block, FileTable):
            for half in reversed(apart):
                _join(expected, block, half, findings, ahead=True)
            main, apart = (expected, block), []
        elif place in known:
            main, apart = None, []
        elif isinstance(block, FileTable) and not (main and _join(*main, block, findings, ahead=False)):
            apart.append(block)


def _join(expected: Expected, main: FileTable, half: FileTable, findings: Findings, *, ahead: bool) -> bool:
    """Whether a table is part of another; its rows go before or after that one's."""
    if not expected.goes_on(Seen(main), Seen(half), findings):
        return False
    main.rows[:] = [*half.rows, *main.rows] if ahead else [*main.rows, *half.rows]
    half.rows.clear()
    return True
