"""Poppler and qpdf: how many pages a PDF has, what stands on them, what they look like, whether its structure is sound."""

import re
from pathlib import Path

from tests.judges.judge import Finding, Judge, JudgeError, has_program, require, run

POPPLER = Judge(
    "poppler",
    lambda: has_program("pdfinfo", "pdftoppm", "pdftotext"),
    "apt-get install poppler-utils",
)
QPDF = Judge("qpdf", lambda: has_program("qpdf"), "apt-get install qpdf")


def page_count(pdf: Path) -> int:
    """Give the number of pages."""
    require(POPPLER)
    found = re.search(r"^Pages:\s+(\d+)$", run(["pdfinfo", pdf]).stdout, re.MULTILINE)
    if found is None:
        raise JudgeError(f"pdfinfo told no number of pages of {pdf}")
    return int(found[1])


def text(pdf: Path) -> str:
    """Give the text as poppler reads it, laid out, with a form feed after each page."""
    require(POPPLER)
    return run(["pdftotext", "-layout", pdf, "-"]).stdout


def structure(pdf: Path) -> str:
    """Give the tag tree with its text, a line each element; empty where the file is not tagged."""
    require(POPPLER)
    return run(["pdfinfo", "-struct-text", pdf]).stdout


def to_png(pdf: Path, out_dir: Path, dpi: int = 60) -> list[Path]:
    """Draw every page as a PNG of `dpi` dots an inch into a folder; give them in page order."""
    require(POPPLER)
    out_dir.mkdir(parents=True, exist_ok=True)
    run(["pdftoppm", "-png", "-r", str(dpi), pdf, out_dir / pdf.stem])
    return sorted(out_dir.glob(f"{_literal(pdf.stem)}-*.png"), key=lambda png: int(png.stem.rpartition("-")[2]))


def _literal(name: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", name)


def qpdf_findings(*files: Path) -> tuple[Finding, ...]:
    """Ask `qpdf --check` whether the syntax and the streams of PDF files are sound (ISO 32000-1, 7.5)."""
    require(QPDF)
    found = []
    for file in files:
        # 0: nothing; 2: errors; 3: warnings only.
        done = run(["qpdf", "--check", file], accept=(0, 2, 3))
        if done.returncode != 0:
            rule = "error" if done.returncode == 2 else "warning"
            found.append(Finding(file, rule, "", (done.stderr or done.stdout).strip()))
    return tuple(found)
