"""What the demo puts into an inbox, and how it knows it again: only that may it replace, never what a person put there."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from docgen.errors import RoundError
from docgen.folder import locked, replace_files
from docgen.problems import problem
from docgen.roundfile import INBOX, ROUND_FILE, files_within, round_data

RECORD = ".docgen-demo.json"  # a folder with nothing but such names counts as empty


@contextmanager
def making_way(folder: Path) -> Iterator[None]:
    """Takes the files of an earlier demo out of the inbox, and puts them back if what follows fails.

    Raises:
        RoundError: the folder holds another round than the demo's, or answers that are not the demo's own.
    """
    earlier = _earlier(folder)
    if not earlier:
        yield
        return
    with locked(folder):
        replace_files(folder, {}, list(earlier))
        _remove_empty(folder / INBOX)
    try:
        yield
    except BaseException:
        with locked(folder):
            replace_files(folder, earlier)
        raise


def put(folder: Path, round_id: str, files: Mapping[str, bytes]) -> None:
    """Puts files into a round's folder by their paths there, with a record of them; all or none.

    Raises:
        RoundError: the folder cannot be written.
    """
    record = {"round": round_id, "files": {name: _digest(data) for name, data in files.items()}}
    data = (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
    with locked(folder):
        replace_files(folder, {**files, RECORD: data})


def _earlier(folder: Path) -> dict[str, bytes]:
    """The files an earlier demo put into the inbox, by path in the folder, where nobody has touched any."""
    if not (folder / ROUND_FILE).is_file():
        if folder.is_dir() and any(not path.name.startswith((".git", ".docgen-")) for path in folder.iterdir()):
            raise RoundError(problem("demo-other-round", name=str(folder)))
        return {}
    record = _record(folder)
    if record.get("round") != round_data(folder)["round"]:
        raise RoundError(problem("demo-other-round", name=str(folder)))
    known = record.get("files", {})
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files_within(folder / INBOX)}
    strange = [name for name, data in files.items() if known.get(name) != _digest(data)]
    if strange:
        raise RoundError([problem("demo-answered", name=name) for name in strange])
    return files


def _record(folder: Path) -> dict[str, dict[str, str]]:
    """The record of an earlier demo, empty if there is none that can be read."""
    try:
        record = json.loads((folder / RECORD).read_bytes())
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _remove_empty(inbox: Path) -> None:
    for path in sorted(inbox.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
