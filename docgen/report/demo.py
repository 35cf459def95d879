"""What the demo says when it is done: what was understood, what was not, and where to look."""

import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from docgen.demo import Shown
from docgen.locales import text as say
from docgen.report.places import Spot, spots
from docgen.report.terminal import wrapped
from docgen.response import Response
from docgen.rounds import Unread
from docgen.spoken import spoken_in

_SHOWN = 3  # problems of one partner; the report tells all


def demo_lines(shown: Shown, language: str) -> Iterator[str]:
    """The round in a few lines, each partner that answered in one or two more, mistakes with place and remedy."""
    round_ = shown.built.round
    yield wrapped(say(language, "demo.about", plan=round_.blueprint.title))
    sent = len(shown.built.files) - 1  # round.json is nobody's
    yield wrapped(say(language, "demo.sent", files=sent, partners=len(round_.partners), answered=len(shown.said)))
    yield ""
    collected = spoken_in(shown.merged.collected, language)
    submissions = {each.partner.id: each for each in collected.submissions}
    for partner in round_.partners:
        if partner.id in shown.said:
            yield partner.name
            yield from _understood(shown.said[partner.id], language)
            if partner.id in submissions:
                found = spots(submissions[partner.id], collected.responses, collected.problems[partner.id])
                yield from _wrong(found, language)
    silent = [partner.name for partner in round_.partners if partner.id not in shown.said]
    if silent:
        yield wrapped(say(language, "demo.silent", partners=", ".join(silent)))
    yield ""
    folder = shown.built.folder
    yield from _pointer(say(language, "demo.see-sent"), _spelled(folder / "partners"))
    yield from _pointer(say(language, "demo.see-returned"), _spelled(folder / "inbox"))
    yield from _pointer(say(language, "demo.see-merged"), _spelled(folder / "merged"))
    yield from _pointer(say(language, "demo.see-report"), _spelled(folder / "merged" / "report.html"))
    yield from _pointer(say(language, "demo.try-validate"), f"{command()} validate {_spelled(folder)}")
    yield from _pointer(say(language, "demo.try-build"), f"{command()} build --help")


def _understood(files: Sequence[Response | Unread], language: str) -> Iterator[str]:
    """How much of a partner's files was understood."""
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


def _wrong(found: Sequence[Spot], language: str) -> Iterator[str]:
    """How much needs putting right, and the first few of it where it is more than that one thing everybody forgets."""
    counts = Counter(each.problem.severity for each in found)
    told = [say(language, f"validate.{name}", number=counts[name]) for name in ("error", "warning") if counts[name]]
    if told:
        yield wrapped(", ".join(told), "  ")
    errors = [each for each in found if each.problem.severity == "error"]
    if len(errors) > _SHOWN:
        yield from (wrapped(_problem(each, language), "    ", "  ") for each in errors[:_SHOWN])
        yield wrapped(say(language, "demo.more", number=len(errors) - _SHOWN), "    ")


def _problem(spot: Spot, language: str) -> str:
    found = spot.problem
    section = say(language, "report.in-section", section=spot.section) if spot.section else ""
    place = ", ".join(each for each in (spot.document, section, spot.within(language) if spot.place else "") if each)
    severity = say(language, f"severity.{found.severity}")
    said = f"{found.message(language)} {found.remedy(language)}".strip()
    return f"{severity}: {place}: {said}" if place else f"{severity}: {said}"


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
