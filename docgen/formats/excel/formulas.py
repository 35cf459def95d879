"""A calculation spelled as a plain A1 formula.

A1 and not structured references: those become errors in other programs and in .xls.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from docgen.blueprint.calculation import Arithmetic, Cell, CellSum, ColumnSum, Formula, Number
from docgen.formats.excel.names import a1, a1_range, quoted
from docgen.values import Address

_WILDCARDS = re.compile(r"[~*?]")
_OPERATOR = re.compile(r"[=<>]")


@dataclass(frozen=True)
class Spot:
    """A cell of the workbook; row and column counted from 0. ``words``: it may hold a literal beside a number."""

    sheet: str
    row: int
    col: int
    words: bool = False


@dataclass(frozen=True)
class Span:
    """A table's column from its first to its last row, spare rows too."""

    sheet: str
    first: int
    last: int
    col: int


@dataclass(frozen=True)
class Spots:
    """Where the answers that formulas name stand; None for one that is not in this workbook, which counts as 0."""

    cell: Callable[[Address], Spot | None]
    column: Callable[[str, str], Span | None]


def spell(formula: Formula, sheet: str, spots: Spots) -> str:
    """The A1 formula, with its ``=``, for a cell of a sheet. What divides by nothing is 0, as for the other formats."""
    text = _spell(formula, sheet, spots)
    return f"=IFERROR({text},0)" if "/" in _operators(formula) else f"={text}"


def _operators(formula: Formula) -> set[str]:
    if isinstance(formula, Arithmetic):
        return {formula.operator} | _operators(_known(formula.left)) | _operators(_known(formula.right))
    return set()


def _known(formula: object) -> Formula:
    if not isinstance(formula, Number | Cell | CellSum | ColumnSum | Arithmetic):
        raise TypeError(formula)
    return formula


def _spell(formula: Formula, sheet: str, spots: Spots) -> str:
    match formula:
        case Number(value=value):
            return format(value, "f")
        case Cell(address=address):
            return _cell(spots.cell(address), sheet)
        case CellSum(addresses=addresses):
            known = [spot for each in addresses if (spot := spots.cell(each)) is not None]
            return f"SUM({','.join(_runs(known, sheet))})" if known else "0"
        case ColumnSum():
            return _column_sum(formula, sheet, spots)
        case Arithmetic(operator=operator, left=left, right=right):
            first = _spell(_known(left), sheet, spots)
            second = _spell(_known(right), sheet, spots)
            if operator in "*/":
                first = f"({first})" if isinstance(left, Arithmetic) and left.operator in "+-" else first
            if operator in "-*/":
                second = f"({second})" if isinstance(right, Arithmetic) else second
            return f"{first}{operator}{second}"


def _cell(spot: Spot | None, sheet: str) -> str:
    if spot is None:
        return "0"
    text = a1(spot.row, spot.col)
    if spot.sheet != sheet:
        text = f"{quoted(spot.sheet)}!{a1(spot.row, spot.col, absolute=True)}"
    return f"N({text})" if spot.words else text


def _runs(spots: list[Spot], sheet: str) -> list[str]:
    """References to these cells; neighbours in a row or a column become one range."""
    runs: list[tuple[Spot, Spot]] = []
    for spot in spots:
        if runs:
            first, last = runs[-1]
            across = (spot.row, spot.col) == (first.row, last.col + 1)
            down = (spot.row, spot.col) == (last.row + 1, first.col)
            if spot.sheet == last.sheet and ((across and first.row == last.row) or (down and first.col == last.col)):
                runs[-1] = (first, spot)
                continue
        runs.append((spot, spot))
    texts = []
    for first, last in runs:
        plain = [a1(spot.row, spot.col, absolute=spot.sheet != sheet) for spot in dict.fromkeys((first, last))]
        where = f"{quoted(first.sheet)}!" if first.sheet != sheet else ""
        texts.append(where + ":".join(plain))
    return texts


def _column_sum(formula: ColumnSum, sheet: str, spots: Spots) -> str:
    columns = [spots.column(formula.table, column) for column in formula.columns]
    filters = [(spots.column(formula.table, column), label) for column, _, label in formula.filters]
    span_text = _range if filters else _span
    ranges = [span_text(span, sheet) for span in columns if span is not None]
    if not ranges or any(span is None for span, _ in filters):
        return "0"
    if not filters:
        return f"SUM({','.join(ranges)})"
    tests = ",".join(f"{_range(span, sheet)},{_criterion(label)}" for span, label in filters if span is not None)
    text = "+".join(f"SUMIFS({each},{tests})" for each in ranges)
    return f"({text})" if len(ranges) > 1 else text


def _span(span: Span, sheet: str) -> str:
    return a1_range((span.first, span.col), (span.last, span.col), span.sheet if span.sheet != sheet else "")


def _range(span: Span, sheet: str) -> str:
    """A span as a range even where it is one cell: not every program's SUMIFS takes a lone one."""
    text = _span(span, sheet)
    cells = text.rpartition("!")[2]
    return text if ":" in cells else f"{text}:{cells}"


def _criterion(label: str) -> str:
    """A label as a criterion of SUMIFS: its wildcards and operators are letters (ECMA-376 part 1, 18.17.7.315)."""
    text = _WILDCARDS.sub(lambda found: "~" + found[0], label)
    if _OPERATOR.match(text):
        text = "=" + text
    return '"' + text.replace('"', '""') + '"'
