"""A small round for tests that are about folders and commands, not about what stands in the files."""

import subprocess
import sys
from pathlib import Path

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
    """Every file in a folder by its path; what docgen keeps for itself is not there when it is at rest."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
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
