"""What a round of many partners takes: ``python -m tests.benchmarks.memory COUNT`` builds it, reads it, and tells."""

import json
import sys
import tempfile
import time
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from docgen.folder import replace_files
from docgen.producing import Producer
from docgen.progress import no_progress
from docgen.reading import Unread, read_each
from docgen.roundfile import ROUND_FILE, round_json
from tests.benchmarks.inputs import round_of


def main(count: int) -> None:
    """Prints the most memory taken so far after building and after reading, and the seconds of each."""
    round_ = round_of(count)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start = time.process_time()
        replace_files(folder, Producer(round_, None).files(no_progress))
        replace_files(folder, {ROUND_FILE: round_json(round_, {})})
        built, most = time.process_time() - start, _megabytes()
        start = time.process_time()
        results = read_each([folder / "partners"], folder)
        answers = sum(len(each.answers) for each in results if not isinstance(each, Unread))
        told = {"build": (built, most), "read": (time.process_time() - start, _megabytes()), "answers": answers}
    print(json.dumps(told))  # noqa: T201 - it is a program


def _megabytes() -> float:
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]))
