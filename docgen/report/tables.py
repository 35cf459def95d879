"""Tables of the report page: a caption, headers with their scope, and cells that say what they are where there is no room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docgen.report.markup import Markup, element, joined


@dataclass(frozen=True)
class Head:
    """A column: what it is called, and whether its cells are numbers."""

    label: str
    number: bool = False


def heads(*labels: str) -> list[Head]:
    """Columns of words."""
    return [Head(label) for label in labels]


def table(caption: str, columns: Sequence[Head], rows: Iterable[Sequence[str]], class_: str = "") -> Markup:
    """A table whose rows begin with what they are about."""
    return whole(caption, columns, [element("tbody", *(row(columns, cells) for cells in rows))], class_)


def whole(caption: str, columns: Sequence[Head], bodies: Sequence[Markup], class_: str = "") -> Markup:
    """A table of bodies made already."""
    head = element("tr", *(element("th", column.label, scope="col", class_=_class(column)) for column in columns))
    return element("table", element("caption", caption), element("thead", head), *bodies, class_=class_)


def row(columns: Sequence[Head], cells: Sequence[str], *, labelled: bool = True) -> Markup:
    """A row: its header, then a cell a column; where there are fewer cells than columns, the last takes what is left."""
    first, *others = cells
    made = [element("th", first, scope="row")]
    for number, (column, cell) in enumerate(zip(columns[1:], others, strict=False), start=1):
        label = column.label if labelled and cell else ""
        left = len(columns) - number if number == len(others) else 1
        span = str(left) if left > 1 else ""
        made.append(element("td", cell, class_=_class(column), data_label=label, colspan=span))
    return element("tr", *made)


def group(columns: Sequence[Head], label: str, rows: Iterable[Sequence[str]], *, labelled: bool = True) -> Markup:
    """Rows that belong together, under what they have in common.

    ``labelled``: the cells carry their header with them; in a very long table the style sheet says it once.
    """
    title = element("tr", element("th", label, scope="rowgroup", colspan=str(len(columns))))
    return element("tbody", title, *(row(columns, cells, labelled=labelled) for cells in rows))


def under(text: str, small: str) -> Markup:
    """A text with a smaller one under it."""
    return joined([text, element("span", small, class_="small")]) if small else joined([text])


def _class(column: Head) -> str:
    return "number" if column.number else ""
