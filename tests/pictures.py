"""Makes the README's pictures from what the shipped plan's partners are sent: ``python -m tests.pictures``.

Needs LibreOffice and poppler; the pages are those a person would open first.
"""

import tempfile
from pathlib import Path

from docgen import build
from tests.conftest import PARTNERS, PLAN, SETTINGS
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


def main() -> None:
    """Renews every picture."""
    with tempfile.TemporaryDirectory() as folder:
        built = build(PLAN, PARTNERS, Path(folder) / "round", SETTINGS)
        files = sorted((built.folder / "partners" / _PARTNER).iterdir())
        office = [file for file in files if file.suffix != ".pdf"]
        printed = dict(
            zip((file.suffix for file in office), libreoffice.convert(office, "pdf", Path(folder)), strict=True)
        )
        printed[".pdf"] = next(file for file in files if file.suffix == ".pdf")
        FOLDER.mkdir(exist_ok=True)
        for name, suffix, words in _PAGES:
            texts = pages.text(printed[suffix]).split("\f")
            number = next(at for at, text in enumerate(texts) if words in text)
            target = Path(folder) / name
            target.mkdir()
            pictures = pages.to_png(printed[suffix], target, dpi=_DPI)
            (FOLDER / f"{name}.png").write_bytes(pictures[number].read_bytes())


if __name__ == "__main__":
    main()
