"""What the commands do: check, build, read. Each is one function here, importable from :mod:`docgen`."""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from docgen.blueprint.load import Checked, check_blueprint
from docgen.blueprint.load import load_blueprint as load_checked
from docgen.blueprint.model import Blueprint
from docgen.document import Document
from docgen.errors import DocgenError, UnreadableFile, reason
from docgen.finding import Finder
from docgen.folder import locked, replace_files
from docgen.formats import FORMATS, Format, format_of
from docgen.formats.base import Marks
from docgen.layout import documents_for, lay_out
from docgen.parameters import parse_parameters
from docgen.partners import load_partners
from docgen.problems import Problem, problem
from docgen.response import Response, understand
from docgen.roundfile import (
    INBOX,
    ROUND_FILE,
    files_within,
    open_round,
    refuse_foreign,
    refuse_overwriting,
    replaced_round,
    round_json,
)
from docgen.sending import Round

NO_MARKS = Marks()
T = TypeVar("T")

_FOLDERS = (INBOX, "merged", "outbox")

Progress = Callable[[int, int, str], None]  # how many are done, of how many, and what is next


def no_progress(done: int, total: int, name: str) -> None:
    """Says nothing."""


def _unsupported() -> dict[str, dict[str, str]]:
    return {name: format_.unsupported() for name, format_ in FORMATS.items()}


def load_blueprint(path: str | Path) -> Blueprint:
    """The blueprint in a YAML file with its translations.

    Raises:
        BlueprintError: with every error at once, each with file, line and column.
    """
    return load_checked(path, _unsupported())


def check(path: str | Path) -> Checked:
    """Everything there is to say about a blueprint and its translations."""
    return check_blueprint(path, _unsupported())


@dataclass(frozen=True)
class Built:
    """What was built: the round, its folder, the files by path in it, and remarks about what was given."""

    round: Round
    folder: Path
    files: tuple[str, ...]
    remarks: tuple[Problem, ...] = ()


def build(
    blueprint: str | Path,
    partners: str | Path,
    out: str | Path | None = None,
    settings: Mapping[str, str] | None = None,
    progress: Progress = no_progress,
) -> Built:
    """Makes a round: for each partner the documents it is asked to fill in, and round.json.

    Args:
        blueprint: the blueprint's file.
        partners: the partner list, .csv or .xlsx.
        out: the round's folder; ``output/<blueprint id>`` unless given.
        settings: the parameters' values as texts, by name.
        progress: told before each partner.

    Raises:
        DocgenError: something is wrong with what was given, with all of it named, or with the folder. Nothing is written.
    """
    loaded = load_blueprint(blueprint)
    try:
        return _build(
            loaded, Path(blueprint), partners, Path(out or Path("output") / loaded.id), settings or {}, progress
        )
    except DocgenError as error:
        error.language = loaded.language
        raise


def _build(
    loaded: Blueprint,
    path: Path,
    partners: str | Path,
    folder: Path,
    settings: Mapping[str, str],
    progress: Progress,
) -> Built:
    problems: list[Problem] = []
    parameters = _collected(problems, lambda: parse_parameters(loaded, settings))
    listed = _collected(problems, lambda: load_partners(partners, loaded))
    if parameters is None or listed is None:
        raise DocgenError(problems)
    round_ = Round(loaded, parameters, listed.partners)
    logo = _logo(path, loaded)
    with locked(folder):
        stale = refuse_overwriting(folder, round_)
        replaced = replaced_round(folder, round_)
        files = dict(_files(round_, logo, progress))
        files[ROUND_FILE] = round_json(round_, files)
        refuse_foreign(folder, [name for name in files if name not in stale])
        replace_files(folder, files, [name for name in stale if name not in files])
        for name in _FOLDERS:
            (folder / name).mkdir(exist_ok=True)
    return Built(round_, folder, tuple(files), (*listed.remarks, *replaced))


def _collected(problems: list[Problem], make: Callable[[], T]) -> T | None:
    try:
        return make()
    except DocgenError as error:
        problems.extend(error.problems)
        return None


def _logo(path: Path, blueprint: Blueprint) -> bytes | None:
    return (path.parent / blueprint.theme.logo).read_bytes() if blueprint.theme.logo else None


def _files(round_: Round, logo: bytes | None, progress: Progress) -> Iterator[tuple[str, bytes]]:
    """Path in the round's folder and bytes of every document of every partner."""
    total = len(round_.partners)
    for done, partner in enumerate(round_.partners):
        progress(done, total, partner.name)
        names: set[str] = set()
        for document in documents_for(round_, partner):
            if logo is not None:
                document = replace(document, theme=replace(document.theme, logo=logo))  # noqa: PLW2901
            format_ = FORMATS[round_.blueprint.documents[document.identity.document].format]
            name = file_name(document, format_)
            if name.casefold() in names:  # two documents with one title, or titles alike in their first hundred letters
                name = f"{document.identity.document} - {name}"
            names.add(name.casefold())
            yield f"partners/{partner.id}/{name}", format_.write(document)
    progress(total, total, "")


def file_name(document: Document, format_: Format) -> str:
    """A name people recognise in a mailbox, of characters that every system allows."""
    name = plain_name(f"{document.plan} - {document.title} - {document.organisation}")
    # A dot or tilde in front would hide it; a blank or dot at the end is dropped by Windows.
    return name.lstrip(" .~")[:120].rstrip(" .") + format_.suffix


def plain_name(text: str) -> str:
    """A text as part of a file's name: without the characters that some system forbids."""
    return " ".join(re.sub(r'[<>:"/\\|?*\x00-\x1f\x7f]+', " ", text).split())


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
    """What completed files say, one result a file, in the order given.

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
    results: list[Response | Unread] = []
    for done, (path, name) in enumerate(paths):
        progress(done, len(paths), name)
        results.append(_read_file(path, name, finder))
    progress(len(paths), len(paths), "")
    return results


def _each_file(files: Sequence[str | Path]) -> Iterator[tuple[Path, str]]:
    """Every file, and what to call it: its name, within a folder its path from there."""
    for path in map(Path, files):
        if path.is_dir():
            yield from ((found, found.relative_to(path).as_posix()) for found in files_within(path))
        else:
            yield path, path.name


def _read_file(path: Path, name: str, finder: Finder) -> Response | Unread:
    marks = NO_MARKS
    try:
        data = _bytes(path)
        format_ = format_of(data, name)
        marks = format_.identify(data)
        context = finder.context(marks, path)
        document = _document(context.round, marks)
        response = understand(name, document, format_.read(data, document))
    except DocgenError as error:
        return Unread(name, tuple(_of_file(found, name) for found in error.problems), marks)
    except Exception as error:  # our bug, or a file nobody thought of: the others are still read
        if os.environ.get("DOCGEN_DEBUG"):
            raise
        return Unread(name, (problem("file-fault", file=name, error=type(error).__name__),), marks)
    remarks = (*(problem(code) for code in marks.remarks), *context.problems)
    problems = tuple(_of_file(found, name) for found in (*remarks, *response.problems))
    return replace(response, problems=problems)


def _of_file(found: Problem, name: str) -> Problem:
    return replace(found, file=name)


def _bytes(path: Path) -> bytes:
    from docgen.formats.opc import MAX_FILE

    try:
        if path.stat().st_size > MAX_FILE:
            raise UnreadableFile(problem("file-hostile"))
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(problem("file-missing")) from error
    except OSError as error:
        raise UnreadableFile(problem("file-unreadable", reason=reason(error))) from error


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
