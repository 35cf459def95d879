"""Formulas as texts: what is the same formula for a spreadsheet, and what it says in another cell."""

import re

from docgen.formats.excel.names import column_letters, column_number

_TOKEN = re.compile(
    r"""(?P<string>"(?:[^"]|"")*")"""
    r"""|(?P<sheet>'(?:[^']|'')+'!|[^\W\d]\w*!)"""
    r"""|(?P<ref>(?<![\w.])(?P<fixed_col>\$?)(?P<col>[A-Za-z]{1,3})(?P<fixed_row>\$?)(?P<row>\d{1,7})(?![\w(.]))"""
    r"""|(?P<other>\s+|_xl(?:fn|ws)\.|\$)""",
    re.VERBOSE,
)


def normalised(formula: str, sheet: str, *, shape: bool = False) -> str:
    """A formula without what programs spell in ways of their own; as a shape, any cell stands for any other."""

    def one(found: re.Match[str]) -> str:
        if found["string"]:
            return found["string"]
        if found["sheet"]:
            name = found["sheet"][:-1].strip("'").replace("''", "'")
            return "" if shape or name.casefold() == sheet.casefold() else f"{name}!"
        if found["ref"]:
            return "?" if shape else f"{found['col']}{found['row']}"
        return ""

    return _TOKEN.sub(one, formula.lstrip("=+ ")).replace(";", ",").casefold()


def shifted(formula: str, rows: int, cols: int) -> str:
    """A formula as it reads so many rows and columns away (a shared formula, ECMA-376 part 1, 18.3.1.40)."""

    def one(found: re.Match[str]) -> str:
        if not found["ref"]:
            return found[0]
        col = found["col"] if found["fixed_col"] else column_letters(column_number(found["col"]) + cols)
        row = int(found["row"]) if found["fixed_row"] else int(found["row"]) + rows
        return f"{found['fixed_col']}{col}{found['fixed_row']}{row}"

    return _TOKEN.sub(one, formula)
