"""Files made to harm who opens them (issue 5): a named refusal, in under a second and 200 MB, and the others are read.

1. Each file of :mod:`tests.formats.word.hostile` is refused by its code, or read; measured in a process of its own.
2. In a folder of them all the good file is read as if it were alone.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from docgen import build, read
from docgen.reading import Unread
from tests.formats.word.hostile import READ, REFUSED
from tests.small import ROOT, SETTINGS, written

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked and measured as Linux does")

MOST_SECONDS = 1.0  # of the processor
MOST_MEGABYTES = 200


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("good")
    built = build(*written(folder), folder / "round", SETTINGS)
    return next((built.folder / "partners" / "polisen").glob("*.docx"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def measured(good: Path, folder: Path) -> dict[str, dict[str, object]]:
    command = [sys.executable, "-m", "tests.formats.word.hostile", str(good), str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True, timeout=300)
    return {line["file"]: line for line in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", [*REFUSED, *READ])
def test_what_it_tells_and_costs(name: str, measured: dict[str, dict[str, object]]) -> None:
    _, code = {**REFUSED, **READ}[name]
    found = measured[name]
    assert found["codes"] == ([code] if code else [])
    assert found["answers"] == (measured["good"]["answers"] if name in READ else 0)
    assert float(str(found["seconds"])) < MOST_SECONDS
    assert float(str(found["megabytes"])) < MOST_MEGABYTES


def test_the_rest_of_the_inbox_is_read(good: Path, folder: Path, measured: dict[str, dict[str, object]]) -> None:
    assert measured
    (folder / "a good one.docx").write_bytes(good.read_bytes())
    results = {result.file: result for result in read([folder])}
    assert {f"{name}.docx" for name in REFUSED} == {name for name, each in results.items() if isinstance(each, Unread)}
    alone, among = read([good])[0], results["a good one.docx"]
    assert not isinstance(alone, Unread)
    assert not isinstance(among, Unread)
    assert among.answers == alone.answers
