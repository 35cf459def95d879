"""What the demo says when it is done: what was understood, what was not, and where to look."""

import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from docgen.demo import Shown
from docgen.locales import text as say
from docgen.problems import Problem
from docgen.report.terminal import wrapped
from docgen.response import Response
from docgen.rounds import Unread


def demo_lines(shown: Shown, language: str) -> Iterator[str]:
    """The round in a few lines, each partner that answered in one or two more, mistakes with place and remedy."""
    round_ = shown.built.round
    yield wrapped(say(language, "demo.about", plan=round_.blueprint.title))
    sent = len(shown.built.files) - 1  # round.json is nobody's
    yield wrapped(say(language, "demo.sent", files=sent, partners=len(round_.partners), answered=len(shown.said)))
    yield ""
    for partner in round_.partners:
        if partner.id in shown.said:
            yield partner.name
            yield from _understood(shown.said[partner.id], language)
    silent = [partner.name for partner in round_.partners if partner.id not in shown.said]
    if silent:
        yield wrapped(say(language, "demo.silent", partners=", ".join(silent)))
    yield ""
    folder = shown.built.folder
    yield from _pointer(say(language, "demo.see-sent"), _spelled(folder / "partners"))
    yield from _pointer(say(language, "demo.see-returned"), _spelled(folder / "inbox"))
    yield from _pointer(say(language, "demo.try-read"), f"{command()} read {_spelled(folder / 'inbox')}")
    yield from _pointer(say(language, "demo.try-build"), f"{command()} build --help")


def _understood(files: Sequence[Response | Unread], language: str) -> Iterator[str]:
    """How much of a partner's files was understood, and under the name of each file what was not."""
    answers = [answer for each in files if isinstance(each, Response) for answer in each.answers]
    unplaced = sum(len(each.unplaced) for each in files if isinstance(each, Response))
    understood = sum(answer.value is not None for answer in answers)
    counts = [say(language, "demo.understood", answers=understood, files=len(files))]
    raw = sum(answer.raw is not None for answer in answers)
    if raw:
        counts.append(say(language, "read.not-understood", number=raw))
    if unplaced:
        counts.append(say(language, "read.unplaced", number=unplaced))
    yield wrapped(", ".join(counts), "  ")
    for each in files:
        if each.problems:
            yield wrapped(each.file, "  ")
            yield from (wrapped(_problem(found, language), "    ", "  ") for found in each.problems)


def _problem(found: Problem, language: str) -> str:
    severity = say(language, f"severity.{found.severity}")
    place = f"{severity}: {found.where}" if found.where else severity
    return f"{place}: {found.message(language)} {found.remedy(language)}".strip()


def _pointer(words: str, target: str) -> Iterator[str]:
    """A path or command stands whole on a line of its own, so that it can be copied."""
    yield wrapped(words)
    yield f"  {target}"


def command() -> str:
    """What starts docgen here: its name where the shell finds it, else this Python with ``-m``."""
    if shutil.which("docgen"):
        return "docgen"
    python = Path(sys.executable)
    here = Path.cwd()
    return f"{_spelled(python.relative_to(here) if python.is_relative_to(here) else python)} -m docgen"


def _spelled(path: Path) -> str:
    """A path as every shell takes it."""
    return f'"{path}"' if " " in str(path) else str(path)
