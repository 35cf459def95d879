"""Reading returned files: each for itself, whatever is wrong with the others."""

import datetime
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from docgen.blueprint.load import load_blueprint
from docgen.blueprint.model import GROUP
from docgen.document import Document
from docgen.errors import DocgenError, UnreadableFile, reason
from docgen.finding import Context, Finder, partner_carried
from docgen.formats import format_of
from docgen.formats.base import Marks
from docgen.formats.saved import file_time, saved_at
from docgen.layout import lay_out
from docgen.problems import Problem, problem
from docgen.progress import Progress, no_progress
from docgen.response import Response, only_asked, understand
from docgen.roundfile import files_within, open_round
from docgen.sending import Round

NO_MARKS = Marks()
_CLOCKS = datetime.timedelta(days=1)  # by which two clocks may differ: a time without its zone


@dataclass(frozen=True)
class Unread:
    """A file of which no Response came, and why; ``marks`` is what it said of itself, if that much was readable."""

    file: str
    problems: tuple[Problem, ...]
    marks: Marks = NO_MARKS

    def as_json(self, language: str) -> dict[str, Any]:
        """The same keys as a Response, with nothing in them but the problems."""
        marks = self.marks
        return {
            "file": self.file,
            "blueprint": marks.blueprint or None,
            "version": marks.version or None,
            "round": marks.round or None,
            "partner": marks.partner or None,
            "document": marks.document or None,
            "answers": {},
            "raw": {},
            "sources": {},
            "unplaced": [],
            "problems": [found.as_json(language) for found in self.problems],
        }


def read(
    files: Sequence[str | Path],
    round_folder: str | Path | None = None,
    blueprint: str | Path | None = None,
    progress: Progress = no_progress,
) -> list[Response | Unread]:
    """What completed files say, one result a file, in the order given: all of :func:`read_each`."""
    return list(read_each(files, round_folder, blueprint, progress))


def read_each(
    files: Sequence[str | Path],
    round_folder: str | Path | None = None,
    blueprint: str | Path | None = None,
    progress: Progress = no_progress,
) -> Iterator[Response | Unread]:
    """What completed files say, one after the other, none of them kept.

    Args:
        files: paths; a folder stands for every file in it, in any depth.
        round_folder: the round they belong to; a file of another is read all the same, with a problem.
        blueprint: the blueprint's file, where there is no round.
        progress: told before each file.

    Raises:
        DocgenError: the round or blueprint given cannot be used. A file that cannot be read never raises.
    """
    finder = Finder(
        open_round(round_folder) if round_folder is not None else None,
        load_blueprint(blueprint) if blueprint is not None else None,
    )
    paths = list(_each_file(files))
    for done, (path, name) in enumerate(paths):
        progress(done, len(paths), name)
        yield _read_file(path, name, finder)
    progress(len(paths), len(paths), "")


def _each_file(files: Sequence[str | Path]) -> Iterator[tuple[Path, str]]:
    """Every file, and what to call it: its name, within a folder its path from there."""
    for path in map(Path, files):
        if path.is_dir():
            yield from ((found, readable(found.relative_to(path).as_posix())) for found in files_within(path))
        else:
            yield path, readable(path.name)


def readable(name: str) -> str:
    """The name of a file as text; a byte of it that is no UTF-8, from a zip of an old system say, as its number."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _read_file(path: Path, name: str, finder: Finder) -> Response | Unread:
    marks = NO_MARKS
    try:
        data = _bytes(path)
        format_ = format_of(data, name)
        marks = format_.identify(data)
        _refuse_contradiction(marks)
        context = finder.context(marks, path)
        _refuse_plan(context, marks)
        asked = _document(context.round, marks)
        sent = finder.as_sent(context.round, marks)
        document = _document(sent, marks)
        response = understand(name, document, format_.read(data, document), _document(sent.in_own_language, marks))
        if sent is not context.round:
            roles_changed = sent.partner(marks.partner).roles != context.round.partner(marks.partner).roles
            response = only_asked(response, asked, told=roles_changed)
    except DocgenError as error:
        return Unread(name, tuple(_of_file(found, name) for found in error.problems), marks)
    except Exception as error:  # our bug, or a file nobody thought of: the others are still read
        if os.environ.get("DOCGEN_DEBUG"):
            raise
        return Unread(name, (problem("file-fault", file=name, error=type(error).__name__),), marks)
    remarks = (*(problem(code) for code in marks.remarks), *context.problems)
    problems = tuple(_of_file(found, name) for found in (*remarks, *response.problems))
    saved, on_disk = saved_at(data), file_time(path)
    return replace(
        response,
        problems=problems,
        modified=saved or on_disk,
        timed="disk" if saved is None else "ahead" if on_disk is not None and saved > on_disk + _CLOCKS else "file",
        path=path,
        original=data if format_.name == "pdf" else b"",
    )


def _refuse_plan(context: Context, marks: Marks) -> None:
    """Refuses the merged plan itself: what the group decided in it is not read yet.

    Raises:
        UnreadableFile: it is the merged plan.
    """
    if marks.partner == GROUP:
        raise UnreadableFile([*context.problems, problem("file-merged-plan")])


def _refuse_contradiction(marks: Marks) -> None:
    """Refuses a file whose marks name several files: its answers must not be taken for another partner's.

    Raises:
        UnreadableFile: with two that differ.
    """
    said = (marks.round, marks.partner, marks.document)
    claims = [*marks.claims, ("", partner_carried(marks.carried), "")]
    for claim in claims:
        if any(one and other and one != other for one, other in zip(said, claim, strict=True)):
            one, other = ("/".join(part or "…" for part in each) for each in (said, claim))
            raise UnreadableFile(problem("file-marks-disagree", one=one, other=other))


def _of_file(found: Problem, name: str) -> Problem:
    return replace(found, file=name)


def _bytes(path: Path) -> bytes:
    from docgen.formats.opc import MAX_FILE

    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            list(path.iterdir())
        elif not stat.S_ISREG(about.st_mode):  # reading a pipe would wait for ever
            raise UnreadableFile(problem("file-special"))
        if about.st_size > MAX_FILE:
            raise UnreadableFile(problem("file-hostile"))
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(problem("file-link-broken" if path.is_symlink() else "file-missing")) from error
    except OSError as error:
        code = "folder-unreadable" if os.path.isdir(path) else "file-unreadable"  # noqa: PTH112 - Path.is_dir() raises
        raise UnreadableFile(problem(code, reason=reason(error))) from error


def _document(round_: Round, marks: Marks) -> Document:
    """The document a file was made from.

    Raises:
        UnreadableFile: the round has no such partner or document.
    """
    try:
        partner = round_.partner(marks.partner)
    except KeyError as error:
        found = problem("file-unknown-partner", name=marks.partner) if marks.partner else problem("file-no-identity")
        raise UnreadableFile(found) from error
    if marks.document not in round_.blueprint.documents:
        raise UnreadableFile(problem("file-unknown-document", name=marks.document or "?"))
    return lay_out(round_, partner, marks.document)
