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
    main: tuple[Expected, Seen] | None = None  # with nothing recognised after it
    apart: list[Seen] = []  # likewise
    for place, block in enumerate(blocks):
        expected = known.get(place)
        if expected is not None and isinstance(block, FileTable):
            main = expected, Seen(block)
            for half in reversed(apart):
                main = expected, _joined(*main, half, findings, ahead=True)
            apart = []
        elif place in known:
            main, apart = None, []
        elif isinstance(block, FileTable):
            half = Seen(block)
            if main is not None:
                main = main[0], _joined(*main, half, findings, ahead=False)
            if block.rows:
                apart.append(half)


def _joined(expected: Expected, main: Seen, half: Seen, findings: Findings, *, ahead: bool) -> Seen:
    """The table with the rows of another that is part of it before or after its own; else as it is."""
    if not expected.goes_on(main, half, findings):
        return main
    first, second = (half.table.rows, main.table.rows) if ahead else (main.table.rows, half.table.rows)
    main.table.rows[:] = [*first, *second]
    half.table.rows.clear()
    return Seen(main.table)
