"""What the commands do: check, build, read, validate, merge. Each is a function here, importable from :mod:`docgen`."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from docgen.blueprint.load import Checked, check_blueprint
from docgen.blueprint.load import load_blueprint as load_checked
from docgen.blueprint.model import Blueprint
from docgen.collecting import Collected, collect_files, collect_round, is_round
from docgen.corrections import Corrections, correct
from docgen.errors import DocgenError
from docgen.finding import Finder
from docgen.folder import locked, replace_files
from docgen.formats import FORMATS
from docgen.merging import MergedRound, merge_round
from docgen.parameters import parse_parameters
from docgen.partners import load_partners
from docgen.problems import Problem
from docgen.producing import Producer
from docgen.progress import Progress, no_progress
from docgen.reading import Unread, read
from docgen.roundfile import (
    INBOX,
    ROUND_FILE,
    files_sent,
    refuse_foreign,
    refuse_overwriting,
    remade,
    replaced_round,
    round_json,
)
from docgen.sending import Round

T = TypeVar("T")

_FOLDERS = (INBOX, "merged", "outbox")


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
        replaced, before = replaced_round(folder, round_), files_sent(folder)
        made = Producer(round_, logo).files(progress)
        files = replace_files(folder, _with_list(round_, made, folder, stale), stale)
        for name in _FOLDERS:
            (folder / name).mkdir(exist_ok=True)
    return Built(round_, folder, files, (*listed.remarks, *(replaced or remade(folder, before, round_))))


def _collected(problems: list[Problem], make: Callable[[], T]) -> T | None:
    try:
        return make()
    except DocgenError as error:
        problems.extend(error.problems)
        return None


def _logo(path: Path, blueprint: Blueprint) -> bytes | None:
    return (path.parent / blueprint.theme.logo).read_bytes() if blueprint.theme.logo else None


def _with_list(
    round_: Round, files: Iterator[tuple[str, bytes]], folder: Path, stale: Sequence[str]
) -> Iterator[tuple[str, bytes]]:
    """The files as they are made, none of them kept, and round.json, which lists them, last.

    Raises:
        RoundError: one of them would come to lie over a file that no earlier build made.
    """
    digests = {}
    for path, data in files:
        digests[path] = hashlib.sha256(data).hexdigest()
        yield path, data
    refuse_foreign(folder, [path for path in digests if path not in stale])
    yield ROUND_FILE, round_json(round_, digests)


def validate(
    paths: Sequence[str | Path], progress: Progress = no_progress
) -> tuple[tuple[Collected, ...], tuple[Unread, ...]]:
    """What is wrong with the answers of a round, or of any files.

    Args:
        paths: one folder of a round, whose inbox is judged; or files.
        progress: told before each file.

    Returns:
        A round's answers with their problems, for each round there are files of; and files of which nothing says whose
        they are, because they could not be read.

    Raises:
        DocgenError: the round cannot be used.
    """
    if len(paths) == 1 and is_round(Path(paths[0])):
        return (collect_round(paths[0], progress),), ()
    return collect_files(paths, progress)


def merge(folder: str | Path, progress: Progress = no_progress) -> MergedRound:
    """One plan of everything in a round's inbox: writes the five files of merged/.

    Raises:
        DocgenError: the folder holds no round, or a file in merged/ cannot be replaced. Then nothing is written.
    """
    try:
        return merge_round(folder, progress)
    except DocgenError as error:
        error.language = error.language or language_of([folder])
        raise


def language_of(paths: Sequence[str | Path]) -> str:
    """The language of the round that any of these folders and files is of or lies in, "" where there is none."""
    finder = Finder(None, None)
    found = (finder.above(Path(path) / ROUND_FILE) for path in paths)
    return next((round_.blueprint.language for round_ in found if round_ is not None), "")


__all__ = [
    "Built",
    "Collected",
    "Corrections",
    "MergedRound",
    "Progress",
    "Unread",
    "build",
    "check",
    "correct",
    "language_of",
    "load_blueprint",
    "merge",
    "no_progress",
    "read",
    "validate",
]
