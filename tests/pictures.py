"""Makes the README's pictures from the demo's own files: ``python -m tests.pictures``.

Needs LibreOffice, poppler and Chromium; the pages are those a person would open first.
"""

import subprocess
import tempfile
from pathlib import Path

from docgen.demo import run
from tests.judges import libreoffice, pages

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
_DPI = 70
_PARTNER = "polisen"
# Picture, ending of the file, and the words by which its page is found.
_PAGES = (
    ("word-1", ".docx", "Så fyller du i"),
    ("word-2", ".docx", "Delmål 1"),
    ("excel-1", ".xlsx", "Om planen"),
    ("excel-2", ".xlsx", "Kostnadsbärare"),
    ("pdf-1", ".pdf", "Bekräftelse"),
)


# The same of what is merged.
_MERGED = (("plan", ".docx", "Vilka gör vi detta för?"), ("workbook", ".xlsx", "Kontanta kostnader 2"))


def main() -> None:
    """Renews every picture."""
    with tempfile.TemporaryDirectory() as folder:
        shown = run(Path(folder) / "round")
        FOLDER.mkdir(exist_ok=True)
        _take(sorted((shown.built.folder / "partners" / _PARTNER).iterdir()), _PAGES, Path(folder) / "sent")
        merged = shown.merged.folder
        _take([merged / "plan.docx", merged / "workbook.xlsx"], _MERGED, Path(folder) / "merged")
        _browse(merged / "report.html", FOLDER / "report.png")


def _take(files: list[Path], wanted: tuple[tuple[str, str, str], ...], folder: Path) -> None:
    """The pages that hold some words, as pictures."""
    folder.mkdir()
    office = [file for file in files if file.suffix != ".pdf"]
    printed = dict(zip((file.suffix for file in office), libreoffice.convert(office, "pdf", folder), strict=True))
    printed |= {file.suffix: file for file in files if file.suffix == ".pdf"}
    for name, suffix, words in wanted:
        texts = pages.text(printed[suffix]).split("\f")
        number = next(at for at, text in enumerate(texts) if words in text)
        (folder / name).mkdir()
        pictures = pages.to_png(printed[suffix], folder / name, dpi=_DPI)
        (FOLDER / f"{name}.png").write_bytes(pictures[number].read_bytes())


def _browse(page: Path, picture: Path) -> None:
    """A page as a browser shows it."""
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1000,900"]
    command = [
        "chromium",
        *options,
        f"--user-data-dir={page.parent / '.browser'}",
        f"--screenshot={picture}",
        page.as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
