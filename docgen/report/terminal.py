"""What the commands say to a person: plain lines that fit a narrow window, never colour alone."""

import shutil
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from docgen.locales import text as say
from docgen.problems import Problem
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
        yield f"{indent}{severity}: {found.where}".rstrip(": ") if found.where else f"{indent}{severity}"
        yield wrapped(f"{found.message(language)} {found.remedy(language)}".strip(), indent + "  ")


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
