"""Where the judges from npm are: a node_modules folder, filled by npm beside this file or named by the environment."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.judges.judge import Judge, JudgeError, has_program, run

HERE = Path(__file__).parent
INSTALL = f"npm install --no-package-lock --prefix {HERE.parent.name}/{HERE.name}"


def node_modules() -> Path:
    """Give the folder with the npm packages: DOCGEN_NODE_MODULES, or else node_modules beside this file."""
    return Path(os.environ.get("DOCGEN_NODE_MODULES") or HERE / "node_modules").resolve()


def has_package(name: str) -> bool:
    """Tell whether an npm package is installed."""
    return (node_modules() / name / "package.json").is_file()


EXCELJS = Judge("exceljs", lambda: has_program("node") and has_package("exceljs"), INSTALL)
SHEETJS = Judge("SheetJS", lambda: has_program("node") and has_package("xlsx"), INSTALL)

_EXCELJS = """
const [modules, ...pairs] = process.argv.slice(1);
const ExcelJS = require(modules + "/exceljs");
(async () => {
  for (let i = 0; i < pairs.length; i += 2) {
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(pairs[i]);
    await book.xlsx.writeFile(pairs[i + 1]);
  }
})().catch((error) => { console.error(error); process.exit(1); });
"""

_SHEETJS = """
const [modules, ...files] = process.argv.slice(1);
const XLSX = require(modules + "/xlsx");
const out = files.map((file) => {
  const book = XLSX.readFile(file, { cellFormula: true });
  const cells = {};
  for (const name of book.SheetNames)
    for (const [ref, cell] of Object.entries(book.Sheets[name]))
      if (!ref.startsWith("!")) cells[name + "!" + ref] = cell.v === undefined ? null : cell.v;
  return cells;
});
console.log(JSON.stringify(out));
"""


def resave_with_exceljs(files: Sequence[Path], out_dir: Path) -> list[Path]:
    """Load each workbook with exceljs and save it into a folder; give the new files, in order.

    Raises:
        JudgeError: exceljs could not read or write one of them.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    pairs = [(file.resolve(), out_dir / f"{number}-{file.name}") for number, file in enumerate(files)]
    run(["node", "-e", _EXCELJS, node_modules(), *(part for pair in pairs for part in pair)])
    return [new for _, new in pairs]


def sheetjs_values(files: Sequence[Path]) -> list[dict[str, Any]]:
    """Give what SheetJS shows in each workbook: "Sheet!A1" to the cached value (str, float, bool or None).

    Raises:
        JudgeError: SheetJS could not read one of them.
    """
    said = run(["node", "-e", _SHEETJS, node_modules(), *(file.resolve() for file in files)]).stdout
    try:
        values: list[dict[str, Any]] = json.loads(said)
    except ValueError as error:
        raise JudgeError(f"SheetJS answered no JSON: {said[:200]}") from error
    return values
