"""round.json: what was sent, kept in the round's folder. It is all docgen needs to read the answers."""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeGuard

from docgen.blueprint.load import from_data
from docgen.errors import DocgenError, RoundError, reason
from docgen.folder import STAGED, locked
from docgen.parameters import values_from_json
from docgen.problems import Problem, problem
from docgen.sending import Partner, Round

ROUND_FILE = "round.json"
INBOX = "inbox"
_OF_SYSTEMS = {
    ".ds_store",
    ".directory",
    ".git",
    ".gitattributes",
    ".gitignore",
    ".gitkeep",
    "desktop.ini",
    "thumbs.db",
}
_FOLDERS_OF_SYSTEMS = {".git", ".Trashes", ".Spotlight-V100", ".fseventsd", "__MACOSX"}


def round_json(round_: Round, digests: Mapping[str, str]) -> bytes:
    """The bytes of round.json for a round and the sha256 of each file made for it, by path in its folder."""
    data = {
        "docgen": 1,
        "round": round_.id,
        "blueprint": round_.blueprint.data,
        "translations": round_.blueprint.translations,
        "parameters": round_.parameters_as_json(),
        "partners": [asdict(partner) for partner in round_.partners],
        "files": [{"path": path, "sha256": digest} for path, digest in digests.items()],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1, default=dict) + "\n").encode()


def refuse_overwriting(folder: Path, round_: Round) -> list[str]:
    """The paths an earlier build made, which may go; refuses where anything else could be lost.

    Raises:
        RoundError: the folder holds answers, files that were changed, or things that are no round.
    """
    name = str(folder)
    if not (folder / ROUND_FILE).exists():
        if any(not _of_the_system(path) for path in folder.iterdir()):
            raise RoundError(problem("round-not-empty", name=name))
        return []
    data = round_data(folder)
    if files_within(folder / INBOX):
        raise RoundError(problem("round-answered", name=name))
    try:
        changed = [each["path"] for each in data["files"] if _changed(folder / each["path"], each["sha256"])]
    except OSError as error:
        raise RoundError(problem("file-locked", name=str(error.filename or name), reason=reason(error))) from error
    if changed:
        raise RoundError([problem("round-changed", name=path) for path in changed])
    made = {each["path"] for each in data["files"]}
    put = [path.relative_to(folder).as_posix() for path in files_within(folder / "partners")]
    foreign = [name for name in put if name not in made]
    if foreign:  # perhaps an answer, laid beside what was sent
        raise RoundError([problem("round-foreign", name=name) for name in foreign])
    if data["round"] != round_.id and data["blueprint"].get("id") != round_.blueprint.id:
        raise RoundError(problem("round-exists", name=name))
    return [each["path"] for each in data["files"]]


def files_sent(folder: Path) -> dict[str, str]:
    """The sha256 of each file an earlier build made, by path; empty where there was none."""
    if not (folder / ROUND_FILE).exists():
        return {}
    return {each["path"]: each["sha256"] for each in round_data(folder)["files"]}


def replaced_round(folder: Path, round_: Round) -> tuple[Problem, ...]:
    """A warning where the folder holds another round whose files are about to be replaced: some may have been sent."""
    if not (folder / ROUND_FILE).exists() or round_data(folder)["round"] == round_.id:
        return ()
    return (problem("round-replaced", name=str(folder)),)


def remade(folder: Path, before: Mapping[str, str], round_: Round) -> tuple[Problem, ...]:
    """A warning where files of this very round have become others than those that may have been sent."""
    now = files_sent(folder)
    changed = {path.split("/")[1] for path, digest in before.items() if now.get(path) != digest}
    names = [partner.name for partner in round_.partners if partner.id in changed]
    return (problem("round-remade", names=", ".join(names)),) if names else ()


def files_within(folder: Path) -> list[Path]:
    """The files a person put into a folder, in any depth, also in a folder that is only linked to.

    Not those that Word and Excel leave beside a file they have open (~$), nor those that systems leave. A hidden file
    of any other kind is there: somebody may have hidden an answer. So is what cannot be read: a folder one may not
    open stands for what lies in it, and a link that leads nowhere for itself.
    """
    return sorted(_within(folder, {folder.resolve()})) if folder.is_dir() else []


def _within(folder: Path, seen: set[Path]) -> Iterator[Path]:
    try:
        entries = list(os.scandir(folder))  # says what is a folder without looking into it
    except OSError:
        yield folder
        return
    for entry in entries:
        path = folder / entry.name
        if _is_folder(entry):
            real = path.resolve()
            if real not in seen and path.name not in _FOLDERS_OF_SYSTEMS:  # a link may lead back to where it lies
                yield from _within(path, seen | {real})
        elif not _of_the_system(path):
            yield path


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _of_the_system(path: Path) -> bool:
    """What programs put into folders by themselves: docgen, git, Office, LibreOffice, macOS, Windows."""
    return path.name.startswith(("~$", "._", ".~lock.", ".docgen-")) or path.name.casefold() in _OF_SYSTEMS


def _changed(path: Path, sha256: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != sha256


def refuse_foreign(folder: Path, new: Iterable[str]) -> None:
    """Refuses to write over files that no earlier build made.

    Raises:
        RoundError: there is one where a new file would come to lie.
    """
    foreign = [name for name in new if name != ROUND_FILE and (folder / name).exists()]
    if foreign:
        raise RoundError([problem("round-foreign", name=name) for name in foreign])


def round_data(folder: Path) -> dict[str, Any]:
    """What round.json holds.

    Raises:
        RoundError: there is none, or it cannot be read.
    """
    path = folder / ROUND_FILE
    try:
        data = json.loads(path.read_bytes())
        if not _well_shaped(data):
            raise RoundError(problem("round-damaged", name=str(path)))
    except FileNotFoundError as error:
        raise RoundError(problem("round-missing", name=str(folder))) from error
    except (OSError, ValueError, RecursionError) as error:
        raise RoundError(problem("round-damaged", name=str(path))) from error
    return data


def _well_shaped(data: Any) -> TypeGuard[dict[str, Any]]:
    """Whether data are those of a round, and name no file outside its folder."""
    if not isinstance(data, dict) or not {"round", "blueprint", "files", "partners"} <= data.keys():
        return False
    files = data["files"]
    return (
        isinstance(data["blueprint"], dict)
        and isinstance(files, list)
        and all(isinstance(each, dict) and {"path", "sha256"} <= each.keys() for each in files)
        and all(re.fullmatch(r"partners/[a-z0-9-]+/(?!\.\.?$)[^/\\]+", str(each["path"])) for each in files)
    )


def open_round(folder: str | Path) -> Round:
    """The round a folder holds; a change that was cut short in it is completed first.

    Raises:
        RoundError: it holds none, or its round.json is damaged.
    """
    if (Path(folder) / STAGED).is_dir():
        with locked(Path(folder)):
            pass
    data = round_data(Path(folder))
    try:
        blueprint = from_data(data["blueprint"], data["translations"])
        partners = tuple(
            Partner(**{**each, "emails": tuple(each["emails"]), "roles": tuple(each["roles"])})
            for each in data["partners"]
        )
        round_ = Round(blueprint, values_from_json(blueprint, data["parameters"]), partners)
        (round_.id + "".join(each.name for each in partners)).encode()  # what cannot be encoded raises here, not later
    except (KeyError, TypeError, ValueError, AttributeError, DocgenError) as error:
        raise RoundError(problem("round-damaged", name=str(Path(folder) / ROUND_FILE))) from error
    return round_
