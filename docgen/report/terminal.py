"""What the commands say to a person: plain lines that fit a narrow window, never colour alone."""

import shutil
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from docgen.collecting import Collected
from docgen.corrections import Corrections
from docgen.finding import particulars
from docgen.locales import text as say
from docgen.merging import MergedRound
from docgen.problems import Problem
from docgen.report.model import counted
from docgen.report.places import Spot, by_document, by_section, spots
from docgen.response import Response

_SHOWN = 400  # characters of a text without a place; the file and the JSON hold all of it


def width() -> int:
    """How many characters fit on a line of the terminal, within reason."""
    return max(40, min(shutil.get_terminal_size((88, 24)).columns, 100))


def wrapped(text: str, indent: str = "", hanging: str = "") -> str:
    """A text on lines that fit, the first indented, the others by ``hanging`` more; no word is broken."""
    return textwrap.fill(
        text,
        width(),
        initial_indent=indent,
        subsequent_indent=indent + hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def problem_lines(problems: Iterable[Problem], language: str, indent: str = "") -> Iterator[str]:
    """Each problem as where it is and how bad, then what is wrong and what to do."""
    for found in problems:
        severity = say(language, f"severity.{found.severity}")
        yield wrapped(f"{severity}: {found.where}" if found.where else severity, indent, "  ")
        yield wrapped(f"{found.message(language)} {found.remedy(language)}".strip(), indent + "  ")


def spot_lines(found: Sequence[Spot], language: str, indent: str = "") -> Iterator[str]:
    """A partner's problems under the document and the section they are in; those of no document last."""
    for document, file, own in by_document(found):
        if not document:
            for spot in own:
                where = ", ".join(each for each in (spot.file, spot.place) if each)
                yield from problem_lines([replace(spot.problem, where=where)], language, indent)
            continue
        yield wrapped(f"{document}: {file}" if file else document, indent, "  ")
        for section, told in by_section(own):
            if section:
                yield wrapped(say(language, "report.section", section=section), indent + "  ", "  ")
            deeper = indent + ("    " if section else "  ")
            for spot in told:
                yield from problem_lines([replace(spot.problem, where=spot.within(language))], language, deeper)


def response_lines(response: Response, language: str) -> Iterator[str]:
    """A file that was read: whose it is, how much was understood, and everything that needs a look."""
    document = response.document
    answers = [answer for answer in response.answers if answer.value is not None]
    not_understood = [answer for answer in response.answers if answer.raw is not None]
    yield response.file
    yield wrapped(f"{document.organisation} · {document.title} · {document.plan}", "  ")
    counts = [say(language, "read.answers", number=len(answers))]
    if not_understood:
        counts.append(say(language, "read.not-understood", number=len(not_understood)))
    if response.unplaced:
        counts.append(say(language, "read.unplaced", number=len(response.unplaced)))
    yield wrapped(", ".join(counts), "  ")
    yield from problem_lines(response.problems, language, "  ")
    for text in response.unplaced:
        yield wrapped(say(language, "read.unplaced-at", where=text.where), "  ")
        shown = text.text if len(text.text) <= _SHOWN else text.text[:_SHOWN] + " …"
        for line in shown.splitlines():
            yield wrapped(line, "    ")


def unread_lines(file: str, problems: Sequence[Problem], language: str) -> Iterator[str]:
    """A file that could not be read."""
    yield file
    yield from problem_lines(problems, language, "  ")


def rounds_lines(rounds: Sequence[Collected], language: str) -> Iterator[str]:
    """What is wrong with the answers of each round, under its name where there are several."""
    for collected in rounds:
        if len(rounds) > 1:
            round_ = collected.round
            yield wrapped(say(language, "validate.round", id=round_.id, about=particulars(round_)))
            yield ""
        yield from collected_lines(collected, language)
        if len(rounds) > 1:
            yield ""


def collected_lines(collected: Collected, language: str) -> Iterator[str]:
    """What is wrong with each partner's answers, then with files that do not count, then who has not answered."""
    for submission in collected.submissions:
        problems = collected.problems[submission.partner.id]
        yield submission.partner.name
        counts = Counter(found.severity for found in problems)
        told = [
            say(language, f"validate.{name}", number=counts[name])
            for name in ("error", "warning", "info")
            if counts[name]
        ]
        yield wrapped(", ".join(told) or say(language, "validate.good"), "  ")
        yield from spot_lines(spots(submission, collected.responses, problems), language, "  ")
        if submission.unplaced:
            yield wrapped(say(language, "read.unplaced", number=len(submission.unplaced)), "  ")
        if submission.older:
            yield wrapped(say(language, "validate.older", number=len(submission.older)), "  ")
    for file, why in collected.not_counted():
        yield from unread_lines(file, why, language)
    silent = [found.where for found in collected.silent()]
    if silent:
        yield wrapped(say(language, "validate.silent", names=", ".join(silent)))


def correction_lines(corrections: Corrections, language: str) -> Iterator[str]:
    """The copies with comments that were written, and the files that could not hold any."""
    yield ""
    yield wrapped(say(language, "comments.written" if corrections.copies else "comments.none"))
    for copy in corrections.copies:
        yield wrapped(say(language, "comments.copy", organisation=copy.organisation, number=copy.comments), "  ")
        yield f"    {copy.path}"
    if corrections.without:
        yield wrapped(say(language, "comments.without", names=", ".join(corrections.without)))


def merged_lines(done: MergedRound, language: str) -> Iterator[str]:
    """Who the plan is made of, what needs a look, and where everything is."""
    merged, collected = done.merged, done.collected
    asked, given = len(merged.round.partners), len(merged.submissions)
    yield wrapped(say(language, "plan.answered", given=given, asked=asked) + ".")
    if merged.silent:
        yield wrapped(say(language, "validate.silent", names=", ".join(partner.name for partner in merged.silent)))
    counts = Counter(found.severity for found in counted(collected.problems, done.general))
    told = [say(language, f"validate.{name}", number=counts[name]) for name in ("error", "warning") if counts[name]]
    yield wrapped(", ".join(told) if told else say(language, "validate.good"))
    outside = collected.not_counted()
    if outside:
        yield say(language, "merge.outside", number=len(outside))
    for file, why in outside:
        yield wrapped(f"{file}: {' '.join(each.message(language) for each in why)}", "  ", "  ")
    yield ""
    for name, about in (
        ("report.html", "report"),
        ("plan.docx", "plan"),
        ("workbook.xlsx", "workbook"),
        ("signatures.pdf", "signatures"),
        ("responses.json", "responses"),
    ):
        yield wrapped(say(language, f"merge.see-{about}"))
        yield f"  {done.folder / name}"
