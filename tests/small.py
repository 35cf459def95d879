"""A small round for tests that are about folders and commands, not about what stands in the files."""

import subprocess
import sys
from pathlib import Path

from docgen import build
from docgen.folder import LOCK
from docgen.rounds import Built
from tests.blueprint.broken import GOOD

PARTNERS = "id,name,roles\npolisen,Polisen,police\nhamnen,Föreningen Hamnen,core\n"
SETTINGS = {"town": "Exempelstad", "period": "2027/2028"}
ROOT = Path(__file__).parent.parent


def written(folder: Path) -> tuple[Path, Path]:
    """The small blueprint and its partner list, as files."""
    blueprint, partners = folder / "plan.yaml", folder / "lista.csv"
    blueprint.write_text(GOOD, encoding="utf-8")
    partners.write_text(PARTNERS, encoding="utf-8")
    return blueprint, partners


def contents(folder: Path) -> dict[str, bytes]:
    """Every file in a folder by its path, but the lock, which is empty; what else docgen keeps goes when it is at rest."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != LOCK
    }


def run(code: str, *, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs Python code in a process of its own."""
    import os

    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def answer(built: Built, partner: str, answers: dict[str, str], into: Path, name: str) -> Path:
    """A partner's workbook filled in, in a round's inbox; ``answers`` by their keys."""
    from tests.filler.docx import Docx

    docx = Docx(next((built.folder / "partners" / partner).glob("*.docx")))
    for key, text in answers.items():
        docx.fill(key, text)
    (into / "inbox" / name).parent.mkdir(parents=True, exist_ok=True)
    return docx.save(into / "inbox" / name)


def answered(folder: Path) -> Built:
    """A small round with what comes to an inbox: an answer with a mistake, another round's file, and no answer at all."""
    built = build(*written(folder), folder / "round", SETTINGS)
    other = build(*written(folder), folder / "other", {**SETTINGS, "town": "Annanstad"})
    answers = {"aims.list[1].what": "Fler samtal", "aims.list[1].goal_2027": "många"}
    answer(built, "polisen", answers, built.folder, "polisens svar.docx")
    answer(other, "hamnen", {"aims.list[1].what": "Annat"}, built.folder, "fjol.docx")
    (built.folder / "inbox" / "brev.docx").write_text("hej")
    return built
