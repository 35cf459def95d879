"""Spreadsheet programs beside LibreOffice: IronCalc computes a workbook anew, gnumeric opens and saves it."""

from collections.abc import Sequence
from pathlib import Path

from tests.judges.judge import Judge, JudgeError, has_module, has_program, require, run

IRONCALC = Judge("IronCalc", lambda: has_module("ironcalc"), "pip install ironcalc")
GNUMERIC = Judge("gnumeric", lambda: has_program("ssconvert"), "apt-get install gnumeric")

Values = dict[str, str | float | bool | None]
"""What cells hold, by "Sheet!A1"."""


def ironcalc_values(file: Path, locale: str = "en") -> Values:
    """Compute every formula of an .xlsx anew and give each cell's value; an error cell gives its text, as "#REF!".

    Takes 30 ms. Data validations, protection and comments are not looked at.

    Raises:
        JudgeError: IronCalc can't read the file.
    """
    require(IRONCALC)
    import ironcalc

    try:
        book = ironcalc.load_from_xlsx(str(file), locale, "UTC", "en")
    except ironcalc.WorkbookError as error:
        raise JudgeError(f"IronCalc can't read {file}: {error}") from error
    book.evaluate()
    names = [sheet["name"] for sheet in book.get_worksheets_properties()]
    values: Values = {}
    for sheet, row, column in book.get_all_cells():
        ref = f"{names[sheet]}!{ironcalc.column_name_from_number(column)}{row}"
        values[ref] = book.get_cell_value(sheet, row, column)
    return values


def resave_with_gnumeric(files: Sequence[Path], out_dir: Path, to: str = "xlsx") -> list[Path]:
    """Open each workbook with gnumeric, recalculate it and save it into a folder; give the new files, in order.

    Raises:
        JudgeError: gnumeric could not open or save one of them.
    """
    require(GNUMERIC)
    out_dir.mkdir(parents=True, exist_ok=True)
    made = []
    for number, file in enumerate(files):
        new = out_dir / f"{number}-{file.stem}.{to}"
        done = run(["ssconvert", "--recalc", file, new])
        if not new.is_file():
            raise JudgeError(f"gnumeric made no .{to} of {file}: {done.stderr}")
        made.append(new)
    return made
