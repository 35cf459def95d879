"""Writing into a round's folder so that a result appears whole or not at all.

New files are first written beside the old ones, in :data:`STAGED`. When all of them are there a list of them is written,
and from then on the change counts as made: they are moved into place one by one, and whatever interrupts that, the
next command completes it. Before the list is there, what was staged is thrown away. The list says what each file was
that is to be replaced: one that somebody has changed since is never written over.
"""

import errno
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from docgen.errors import RoundError, reason
from docgen.problems import Problem, problem

STAGED = ".docgen-staged"
LOCK = ".docgen-lock"
_LIST = "complete.json"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the folder for one run; makes it if need be, and first settles what an earlier run left half done.

    Raises:
        RoundError: another run is at work in it, or it cannot be written.
    """
    from filelock import FileLock, Timeout

    made = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK, timeout=0)
        lock.acquire()
    except Timeout as error:
        raise RoundError(problem("round-locked", name=str(folder), lock=LOCK)) from error
    except OSError as error:
        _remove(made)
        code = "disk-full" if reason(error) == "full" else "file-locked"
        raise RoundError(problem(code, name=str(folder), reason=reason(error))) from error
    try:
        settle(folder)
        yield
    finally:
        # The lock file stays: another run may have it open already, and would then hold a lock on nothing.
        lock.release()
        _remove(made)


def _remove(made: Sequence[Path]) -> None:
    """Takes away folders made for nothing, the innermost first, with the lock in them."""
    for each in made:
        with suppress(OSError):
            if {path.name for path in each.iterdir()} <= {LOCK}:
                (each / LOCK).unlink(missing_ok=True)
            each.rmdir()


def replace_files(
    folder: Path, files: Mapping[str, bytes] | Iterable[tuple[str, bytes]], stale: Sequence[str] = ()
) -> tuple[str, ...]:
    """Puts files into a locked folder, all of them or none.

    Args:
        folder: the round's folder.
        files: their bytes by path relative to the folder, with forward slashes; may be made one by one as they are taken.
        stale: paths of files to take away, but for those that are put there anew.

    Returns:
        The paths of the files put there.

    Raises:
        RoundError: a file is open in another program, or the disk is full; nothing has changed.
    """
    staged = folder / STAGED
    put: list[str] = []
    try:
        for name, data in files.items() if isinstance(files, Mapping) else files:
            path = staged / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            put.append(name)
        anew = set(put)
        gone = [name for name in stale if name not in anew]
        _refuse_locked(folder, [*put, *gone])
        staged.mkdir(exist_ok=True)
        was = {name: _sha256(folder / name) for name in (*put, *gone)}
        _write_whole(staged / _LIST, json.dumps({"files": put, "stale": gone, "was": was}).encode())
    except OSError as error:
        shutil.rmtree(staged, ignore_errors=True)
        raise RoundError(_not_written(error, folder)) from error
    except BaseException:  # Ctrl-C, too, leaves nothing behind
        shutil.rmtree(staged, ignore_errors=True)
        raise
    settle(folder)
    return tuple(put)


def settle(folder: Path) -> None:
    """Completes a change that counts as made, throws one away that does not.

    Raises:
        RoundError: a file is open in another program, or somebody has changed one since. Nothing is touched then.
    """
    staged = folder / STAGED
    if not staged.is_dir():
        return
    try:
        if (staged / _LIST).exists():
            files, stale, was = _listed(staged / _LIST)
            moves = [name for name in files if (staged / name).exists()]
            _refuse_locked(folder, [*moves, *stale])
            _refuse_changed(folder, {name: was.get(name) for name in (*moves, *stale)})
            for name in moves:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (staged / name).replace(folder / name)
            for name in stale:
                (folder / name).unlink(missing_ok=True)
                _remove_if_empty((folder / name).parent)
        shutil.rmtree(staged)
    except OSError as error:
        raise RoundError(_not_written(error, folder)) from error


def _listed(path: Path) -> tuple[list[str], list[str], dict[str, str | None]]:
    """The files a change puts into the folder, those it takes away, and what each was before.

    Raises:
        RoundError: the list is damaged, or names a file outside the folder.
    """
    try:
        data = json.loads(path.read_bytes())
        files, stale, was = list(data["files"]), list(data["stale"]), dict(data["was"])
        inside = all(_inside(name) for name in (*files, *stale))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise RoundError(problem("staged-damaged", name=str(path.parent))) from error
    if not inside:
        raise RoundError(problem("staged-damaged", name=str(path.parent)))
    return files, stale, was


def _inside(name: str) -> bool:
    """A path that leads to no place outside the folder it is taken from, whatever the system."""
    return not {"", ".", ".."} & set(re.split(r"[/\\]", name)) and ":" not in name


def _not_written(error: OSError, folder: Path) -> Problem:
    """The problem of a file that cannot be written; for a full disk with a remedy of its own."""
    code = "disk-full" if reason(error) == "full" else "file-locked"
    return problem(code, name=_named(error, folder), reason=reason(error))


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _write_whole(path: Path, data: bytes) -> None:
    """A file that is there with all its bytes or not there."""
    beside = path.with_name(path.name + ".part")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _refuse_locked(folder: Path, names: Sequence[str]) -> None:
    """Opens each old file for writing, which Windows refuses while Word or Excel holds it.

    A folder in which nothing may be written is refused too, before the first file is moved; and a file beside which an
    office program has laid its own lock: what is typed there would be saved over what comes now.

    Raises:
        OSError: the system refuses.
        RoundError: files are open in another program.
    """
    found = [(name, lock) for name in names if (lock := _lock_beside(folder / name))]
    if found:
        raise RoundError([problem("file-open", name=name, lock=lock) for name, lock in found])
    for name in names:
        path = folder / name
        parent = next(each for each in path.parents if each.exists())
        if not os.access(parent, os.W_OK):
            raise PermissionError(errno.EACCES, "", str(parent))
        if path.exists():
            with path.open("r+b"):
                pass


def _lock_beside(path: Path) -> str:
    """The file that LibreOffice, Excel or Word keeps beside one it has open, "" if there is none.

    Word writes ``~$`` over the first two letters of a name, where there are enough of them.
    """
    name = path.name
    locks = (f".~lock.{name}#", f"~${name}", f"~${name[1:]}", f"~${name[2:]}")
    return next((lock for lock in locks if (path.parent / lock).exists()), "") if path.exists() else ""


def _refuse_changed(folder: Path, was: Mapping[str, str | None]) -> None:
    """Refuses to write over what somebody has typed since the change was prepared; a file moved away is no matter.

    Raises:
        RoundError: a file is no longer what it was.
    """
    changed = [name for name, digest in was.items() if _sha256(folder / name) not in {None, digest}]
    if changed:
        raise RoundError([problem("staged-changed", name=name) for name in changed])


def _sha256(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _named(error: OSError, folder: Path) -> str:
    """The file an error is about, as seen from the folder; one that was to come there by the name it would have had."""
    name = Path(str(error.filename or folder))
    if name.is_relative_to(folder / STAGED):
        name = folder / name.relative_to(folder / STAGED)
    return str(name.relative_to(folder)) if name.is_relative_to(folder) and name != folder else name.name
