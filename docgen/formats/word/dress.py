"""How the cells of each kind of table are dressed: rules, background, and where words stand in their height."""

from dataclasses import dataclass
from typing import Literal

from docgen.formats.word.cells import Answer, Cell, Grid, GridRow
from docgen.formats.word.palette import LINE, PAPER, Palette

Side = tuple[str, int, str] | None  # style, eighths of a point, colour (17.4.38)
_SIDES = ("top", "left", "bottom", "right")
_PLAIN: dict[str, Side] = dict.fromkeys(_SIDES)


@dataclass(frozen=True)
class Dress:
    """Of one cell: its borders by side, its background ("" for none), and the place of its words."""

    sides: dict[str, Side]
    fill: str = ""
    place: Literal["", "center", "bottom"] = ""


def dress(grid: Grid, row: GridRow, cell: Cell, colours: Palette) -> Dress:
    """The dress of a cell. What is to be filled in looks the same in every table: a box of warm white."""
    if isinstance(cell, Answer) and not cell.slot.read_only:
        return Dress(dict.fromkeys(_SIDES, ("single", 6, LINE)), PAPER, _place(grid, row))
    if grid.look in {"brief", "deciding", "report", "tally", "entry"}:
        return _of_plan(grid, row, colours)
    return _of_form(grid, row, colours)


def _of_form(grid: Grid, row: GridRow, colours: Palette) -> Dress:
    edge: Side = ("single", 4, colours.edge)
    match grid.look:
        case "think":
            return Dress(_PLAIN | {"left": ("single", 24, colours.accent)}, colours.tint)
        case "check":
            return Dress(_PLAIN | {"left": ("single", 24, LINE)}, colours.tint)
        case "example":
            return Dress(dict.fromkeys(_SIDES, edge))
        case "grid" | "card" if row.head:
            return Dress(dict.fromkeys(_SIDES, edge), colours.tint, _place(grid, row))
        case "grid" | "card" | "form":
            return Dress(_PLAIN | {"top": edge, "bottom": edge}, place=_place(grid, row))
        case _:
            return Dress(_PLAIN)


def _of_plan(grid: Grid, row: GridRow, colours: Palette) -> Dress:
    """A report's tables are white, with light rules; only long rows take turns with a tint."""
    edge: Side = ("single", 4, colours.edge)
    strong: Side = ("single", 8, colours.accent)
    match grid.look:
        case "report" | "tally" if row.head:
            return Dress(_PLAIN | {"bottom": strong}, place="bottom")
        case "report" | "tally":
            above: Side = ("single", 6, LINE) if row.opens else edge
            return Dress(_PLAIN | {"top": above, "bottom": edge}, colours.tint if row.shaded else "")
        case "entry" if row.head:
            return Dress(_PLAIN | {"top": strong})
        case "brief":
            return Dress(_PLAIN | {"top": edge, "bottom": edge})
        case _:
            return Dress(_PLAIN)


def _place(grid: Grid, row: GridRow) -> Literal["", "center", "bottom"]:
    if grid.look == "grid":
        return "bottom" if row.head else ""
    tall = any(isinstance(cell, Answer) and cell.slot.spec.type == "paragraph" for cell in row.cells)
    return "center" if grid.look in {"form", "card"} and not tall else ""
