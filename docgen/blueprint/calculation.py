"""Calculations: sums and differences over number fields, for Excel to compute and for us to check.

A `calculation` of a blueprint (XLSForm's word) is arithmetic over names. :func:`parse` turns its text into a tree with
names still unresolved; layout resolves names to addresses, giving a :class:`Formula` tree, which the Excel writer
spells as an A1 formula and :func:`evaluate` computes in `Decimal`.

::

    number * price                               columns of the same row
    sum(amount)                                  an `each` column over its years, in the same row
    sum(section.table.amount, kind == "cash")     a column over all rows that a filter admits
    section.total - section.frame                other fields
"""

import ast
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from docgen.values import Address


@dataclass(frozen=True)
class Number:
    """A constant."""

    value: Decimal


@dataclass(frozen=True)
class Name:
    """A name as written, its dotted parts."""

    parts: tuple[str, ...]


@dataclass(frozen=True)
class SumOf:
    """``sum(name, filter...)`` as written. A filter is a column and the value it must equal; None stands for ``row``."""

    name: Name
    filters: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True)
class Cell:
    """Resolved: one answer. An empty one counts as 0."""

    address: Address


@dataclass(frozen=True)
class CellSum:
    """Resolved: the sum of these answers."""

    addresses: tuple[Address, ...]


@dataclass(frozen=True)
class ColumnSum:
    """Resolved: the sum of columns of a table over all rows whose filter columns show these texts.

    ``filters`` pairs a column's key with the option's name and with its label as it stands in the cell.
    """

    table: str
    columns: tuple[str, ...]
    filters: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Arithmetic:
    """``left operator right``; the operator is one of ``+ - * /``."""

    operator: str
    left: "Expression"
    right: "Expression"


Expression = Number | Name | SumOf | Cell | CellSum | ColumnSum | Arithmetic
Formula = Number | Cell | CellSum | ColumnSum | Arithmetic

_LONGEST = 1_000  # characters of a calculation
_OPERATORS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


def parse(text: str) -> Expression:
    """The tree of a calculation, names unresolved.

    Raises:
        ValueError: it is no such calculation; the message is the offending piece of text.
    """
    if len(text) > _LONGEST:
        raise ValueError(text[:80])
    try:
        return _expression(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, RecursionError) as error:
        raise ValueError(text.strip()[:80]) from error


def _expression(node: ast.expr) -> Expression:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            if not math.isfinite(value):
                raise ValueError(ast.unparse(node))
            return Number(Decimal(str(value)))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Arithmetic("-", Number(Decimal(0)), _expression(operand))
        case ast.BinOp(op=operator) if type(operator) in _OPERATORS:
            return Arithmetic(_OPERATORS[type(operator)], _expression(node.left), _expression(node.right))
        case ast.Name() | ast.Attribute():
            return Name(_parts(node))
        case ast.Call(func=ast.Name(id="sum"), args=[first, *filters], keywords=[]):
            return SumOf(Name(_parts(first)), tuple(_filter(each) for each in filters))
        case _:
            raise ValueError(ast.unparse(node))


def _parts(node: ast.expr) -> tuple[str, ...]:
    match node:
        case ast.Name(id=name):
            return (name,)
        case ast.Attribute(value=value, attr=name):
            return (*_parts(value), name)
        case _:
            raise ValueError(ast.unparse(node))


def _filter(node: ast.expr) -> tuple[str, str | None]:
    match node:
        case ast.Compare(left=ast.Name(id=column), ops=[ast.Eq()], comparators=[ast.Constant(value=str(value))]):
            return column, value
        case ast.Compare(left=ast.Name(id=column), ops=[ast.Eq()], comparators=[ast.Name(id="row")]):
            return column, None
        case _:
            raise ValueError(ast.unparse(node))


def names(expression: Expression) -> Iterator[Name | SumOf]:
    """Every unresolved name in a calculation."""
    match expression:
        case Name() | SumOf():
            yield expression
        case Arithmetic(left=left, right=right):
            yield from names(left)
            yield from names(right)
        case _:
            pass


def resolve(expression: Expression, name: Callable[[Name | SumOf], Formula]) -> Formula:
    """The tree with every name replaced by what ``name`` says it stands for."""
    match expression:
        case Name() | SumOf():
            return name(expression)
        case Arithmetic(operator=operator, left=left, right=right):
            return Arithmetic(operator, resolve(left, name), resolve(right, name))
        case _:
            return expression


Line = tuple[str, int]  # a table and the number of a row


def moved(formula: Formula, old: Line, new: Line) -> Formula:
    """The formula of a row, for another row of the same columns."""

    def there(address: Address) -> Address:
        return Address(*new, address.column) if (address.field, address.row) == old else address

    match formula:
        case Cell(address=address):
            return Cell(there(address))
        case CellSum(addresses=addresses):
            return CellSum(tuple(there(each) for each in addresses))
        case Arithmetic(operator=operator, left=left, right=right):
            return Arithmetic(operator, moved(left, old, new), moved(right, old, new))  # type: ignore[arg-type]
        case _:
            return formula


def evaluate(
    formula: Expression,
    cell: Callable[[Address], Decimal],
    column: Callable[[ColumnSum], Decimal],
) -> Decimal | None:
    """The value of a resolved formula; None where it divides by zero.

    Args:
        formula: resolved; a leftover name raises TypeError.
        cell: the number at an address, 0 where it is empty.
        column: the sum a :class:`ColumnSum` stands for.
    """
    match formula:
        case Number(value=value):
            return value
        case Cell(address=address):
            return cell(address)
        case CellSum(addresses=addresses):
            return sum((cell(address) for address in addresses), Decimal(0))
        case ColumnSum():
            return column(formula)
        case Arithmetic(operator=operator, left=left, right=right):
            first, second = evaluate(left, cell, column), evaluate(right, cell, column)
            if first is None or second is None or (operator == "/" and not second):
                return None
            results = {"+": first + second, "-": first - second, "*": first * second}
            return results[operator] if operator in results else first / second
        case _:
            raise TypeError(formula)
