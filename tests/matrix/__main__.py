"""Measures every row and renews the table in README.md: ``python -m tests.matrix``."""

import tempfile
from pathlib import Path

from tests import readme
from tests.matrix import table
from tests.matrix.editors import EDITORS
from tests.matrix.forms import forms
from tests.matrix.scores import score


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="docgen-matrix-") as folder:
        filled = forms(Path(folder))
        scores = []
        for number, editor in enumerate(EDITORS):
            scores.append(score(editor, filled, Path(folder) / str(number)))
            print(f"{editor.name}: {sum(scores[-1].right.values())} of {scores[-1].expected}", flush=True)  # noqa: T201
            print("".join(f"    {fault}\n" for fault in scores[-1].faults), end="")  # noqa: T201
    readme.write(table.renewed(readme.README.read_text(encoding="utf-8"), scores))


if __name__ == "__main__":
    main()
