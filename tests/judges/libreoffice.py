"""LibreOffice: opens a file, saves it as another, and recalculates workbooks, in a profile of its own."""

import shutil
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from tests.judges.judge import Judge, JudgeError, has_program, require, run

Format = Literal["pdf", "docx", "odt", "fodt", "xlsx", "ods", "csv"]

LIBREOFFICE = Judge(
    "LibreOffice",
    lambda: has_program("soffice"),
    "apt-get install libreoffice-writer-nogui libreoffice-calc-nogui",
)

_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
    <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
  </item>
</oor:items>
"""
"""Setting OOXMLRecalcMode: 0 always, 1 never, 2 ask. Without it a wrong cached value is trusted, whatever the file's
fullCalcOnLoad says."""


@cache
def _home(*, recalculate: bool) -> tempfile.TemporaryDirectory[str]:
    """Make a profile that lasts as long as the test process: two of them never share one, and none is the user's own."""
    home = tempfile.TemporaryDirectory(prefix="docgen-soffice-")
    if recalculate:
        user = Path(home.name) / "user"
        user.mkdir()
        (user / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
    return home


def convert(files: Sequence[Path], to: Format, out_dir: Path, *, recalculate: bool = False) -> list[Path]:
    """Open files and save each as another format, all in one process (1-2 s to start).

    Args:
        files: what to open; the names may be alike, as of two partners' files.
        to: the format to save in, also the new file's ending.
        out_dir: where the new files go, as NUMBER-NAME.ENDING, the number being the place in the list from 0.
        recalculate: compute every formula of a workbook anew on opening, instead of trusting what it says.

    Returns:
        The new files, in the order of `files`.

    Raises:
        JudgeError: LibreOffice did not make one of them.
    """
    require(LIBREOFFICE)
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="docgen-soffice-") as folder:
        copies = [Path(folder) / f"{number}-{file.name}" for number, file in enumerate(files)]
        for file, copy in zip(files, copies, strict=True):
            shutil.copyfile(file, copy)
        profile = Path(_home(recalculate=recalculate).name).as_uri()
        start = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck"]
        done = run([*start, "--convert-to", to, "--outdir", out_dir.resolve(), *copies])
    made = [out_dir / copy.with_suffix(f".{to}").name for copy in copies]
    for file, new in zip(files, made, strict=True):
        if not new.is_file():
            raise JudgeError(f"LibreOffice made no .{to} of {file}: {done.stdout}{done.stderr}")
    return made


def recalculate(files: Sequence[Path], out_dir: Path) -> list[Path]:
    """Save workbooks as .xlsx with every formula computed anew; a wrong cached total in `files` is corrected."""
    return convert(files, "xlsx", out_dir, recalculate=True)
