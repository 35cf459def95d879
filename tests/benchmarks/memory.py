"""What a round of many partners takes: ``python -m tests.benchmarks.memory`` builds one of 1,000, reads it, and tells.

Prints, for building and for reading, the most memory taken up to the hundredth file and up to the last, in megabytes.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import TypeVar

from docgen.folder import replace_files
from docgen.producing import Producer
from docgen.progress import no_progress
from docgen.reading import Unread, read_each
from docgen.roundfile import ROUND_FILE, round_json
from tests.benchmarks.inputs import round_of

T = TypeVar("T")
PARTNERS = 1_000
EARLY = 100


def main(partners: int) -> None:
    """Builds and reads a round of so many partners."""
    round_ = round_of(partners)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        built: list[float] = []
        replace_files(folder, _watched(Producer(round_, None).files(no_progress), built))
        replace_files(folder, {ROUND_FILE: round_json(round_, {})})
        read: list[float] = []
        answers = sum(
            len(each.answers)
            for each in _watched(read_each([folder / "partners"], folder), read)
            if not isinstance(each, Unread)
        )
    print(json.dumps({"build": built, "read": read, "answers": answers}))  # noqa: T201 - it is a program


def _watched(files: Iterator[T], most: list[float]) -> Iterator[T]:
    """The files as they come, and the memory taken up to the hundredth and up to the last."""
    yield from islice(files, EARLY)
    most.append(_megabytes())
    yield from files
    most.append(_megabytes())


def _megabytes() -> float:
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PARTNERS)
