"""The hidden sheet of lists that drop-downs offer."""

from collections.abc import Iterator, Sequence

from docgen.formats.excel.names import a1_range


class Lists:
    """A column for each list, a header above it; equal lists share one."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self._known: dict[tuple[str | int, ...], int] = {}
        self._headers: list[str] = []

    def place(self, entries: Sequence[str | int], header: str) -> str:
        """The range, with its ``=``, where a list's entries stand."""
        key = tuple(entries)
        if key not in self._known:
            self._known[key] = len(self._headers)
            self._headers.append(header)
        col = self._known[key]
        return "=" + a1_range((1, col), (len(key), col), self.sheet)

    def cells(self) -> Iterator[tuple[int, int, str | int]]:
        """Every cell of the sheet: row, column, text or number."""
        for entries, col in self._known.items():
            yield 0, col, self._headers[col]
            for row, entry in enumerate(entries, start=1):
                yield row, col, entry
