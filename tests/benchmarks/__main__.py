"""``python -m tests.benchmarks``: every ratio beside its bar, and the memory of 1,000 partners; ``inputs`` makes the inputs anew."""

import subprocess
import sys

from tests.benchmarks import inputs, memory, ratios


def main() -> None:
    """Prints a line for each measurement."""
    if sys.argv[1:] == ["inputs"]:
        inputs.make()
        return
    for ratio in (*ratios.writing(), *ratios.reading()):
        bar = f"at least {ratio.least:g}" if ratio.least is not None else f"at most {ratio.most:g}"
        times = f"{ratio.longer_ms:.2f} ms / {ratio.shorter_ms:.2f} ms"
        print(f"{ratio.name:60} {ratio.value:8.2f}  ({bar}: {'yes' if ratio.holds else 'NO'})  {times}")  # noqa: T201
    command = [sys.executable, "-m", "tests.benchmarks.memory", str(memory.PARTNERS)]
    print(subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout.strip())  # noqa: T201


main()
