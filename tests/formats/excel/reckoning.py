"""What a calculation of a blueprint comes to over all partners' answers: reckoned from the answers, knowing no plan."""

import ast
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TypeVar

from docgen.merged import Merged
from docgen.values import Period, Value

T = TypeVar("T")
Row = Mapping[str, Value | None]


class Reckoning:
    """Reckons calculations over the answers of a round."""

    def __init__(self, merged: Merged) -> None:
        self.merged = merged
        self.blueprint = merged.round.blueprint

    def value(self, text: str, year: str = "") -> Decimal:
        """What a calculation outside tables comes to, of a year ("_2027") if it has years; 0 where it divides by 0."""
        try:
            return self._value(ast.parse(text.strip(), mode="eval").body, year)
        except ZeroDivisionError:
            return Decimal(0)

    def _value(self, node: ast.expr, year: str = "", row: Row | None = None) -> Decimal:
        match node:
            case ast.Constant(value=value):
                return Decimal(str(value))
            case ast.UnaryOp(operand=operand):
                return -self._value(operand, year, row)
            case ast.BinOp(left=left, op=operator, right=right):
                first, second = self._value(left, year, row), self._value(right, year, row)
                if isinstance(operator, ast.Div):
                    if not second:
                        raise ZeroDivisionError
                    return first / second
                return {ast.Add: first + second, ast.Sub: first - second, ast.Mult: first * second}[type(operator)]
            case ast.Call(args=[what, *filters]):
                return self._named(ast.unparse(what), year, row, filters, whole=True)
            case _:
                return self._named(ast.unparse(node), year, row, [], whole=False)

    def _named(self, name: str, year: str, row: Row | None, filters: list[ast.expr], *, whole: bool) -> Decimal:
        match name.split("."):
            case [column]:
                return sum(map(_number, _of_years(row or {}, column, "")), Decimal(0))
            case [section, field]:
                return self._field(f"{section}.{field}", "" if whole else year)
            case [section, table, column]:
                return self._column(section, table, column, year, dict(map(_condition, filters)))
        raise ValueError(name)

    def _field(self, key: str, year: str) -> Decimal:
        """A question: what all said, or what was agreed, or said last; 0 while the group has to decide."""
        field = self.blueprint.field(key)
        if field.calculation:
            years = self._years() if field.each and not year else [year if field.each else ""]
            return sum((self.value(field.calculation, each) for each in years), Decimal(0))
        if field.read_only and field.default is not None:
            return Decimal(field.default)
        section = self.blueprint.sections[key.partition(".")[0]]
        if "group" in (field.asked_of or section.asked_of):
            return Decimal(0)
        total = Decimal(0)
        for said in _of_years(self.merged.fields, key, year if field.each else ""):
            values = [voice.value for voice in said.voices]
            if field.merge == "agree":
                values = values[:1] if all(value == values[0] for value in values) else []
            elif field.merge == "latest":
                values = [said.value]
            total += sum(map(_number, values), Decimal(0))
        return total

    def _years(self) -> list[str]:
        (period,) = (each for each in self.merged.round.parameters.values() if isinstance(each, Period))
        return [f"_{year}" for year in period.years]

    def _column(self, section: str, table: str, column: str, year: str, wanted: Mapping[str, str]) -> Decimal:
        """A column over all rows in which other columns hold these choices."""
        field = self.blueprint.field(f"{section}.{table}").columns[column]
        total = Decimal(0)
        for submission in self.merged.submissions:
            rows: dict[int, dict[str, Value | None]] = {}
            for address, given in submission.answers.items():
                if address.field == f"{section}.{table}" and address.row is not None and address.column is not None:
                    rows.setdefault(address.row, {})[address.column] = given.value
            for row in rows.values():
                if any(row.get(name) != choice for name, choice in wanted.items()):
                    continue
                if field.calculation:
                    total += self._value(ast.parse(field.calculation.strip(), mode="eval").body, row=row)
                else:
                    total += sum(map(_number, _of_years(row, column, year if field.each else "")), Decimal(0))
        return total


def _condition(node: ast.expr) -> tuple[str, str]:
    column, _, choice = ast.unparse(node).partition(" == ")
    return column, str(ast.literal_eval(choice))


def _of_years(found: Mapping[str, T], name: str, year: str) -> list[T]:
    """What stands under a name, or under that name and a year or quarter: one, or any."""
    pattern = re.compile(re.escape(name + year) if year else rf"{re.escape(name)}(_(\d{{4}}|q[1-4]))?")
    return [value for key, value in found.items() if pattern.fullmatch(key)]


def _number(value: Value | None) -> Decimal:
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else Decimal(0)
