"""A change in a round's folder is whole or not there.

1. A kill at any moment leaves the old state or, at the next command, the new one; never a mixture.
2. A file that is open in another program is a named problem, and nothing is touched.
3. Another run at work in the folder is told.
4. What a person typed into a file after a change was interrupted is never overwritten.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from docgen.errors import RoundError
from docgen.folder import LOCK, STAGED, locked, replace_files, settle
from tests.small import contents, run

OLD = {"a.txt": b"old a", "sub/b.txt": b"old b", "gone.txt": b"old", "left/alone.txt": b"x"}
NEW = {"a.txt": b"new a", "sub/b.txt": b"new b", "more/c.txt": b"new c"}
AFTER = {**NEW, "left/alone.txt": b"x"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in OLD.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_files_are_replaced_and_nothing_else_is_left(folder: Path) -> None:
    with locked(folder):
        replace_files(folder, NEW, ["gone.txt"])
    assert contents(folder) == AFTER


def test_a_folder_left_empty_by_what_went_goes_too(folder: Path) -> None:
    with locked(folder):
        replace_files(folder, {}, ["sub/b.txt"])
    assert not (folder / "sub").exists()


_KILLED = """
import os, pathlib
from docgen import folder as module
folder = pathlib.Path({folder!r})
left = {moment}
def counted(real):
    def step(*args, **kwargs):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return real(*args, **kwargs)
    return step
pathlib.Path.replace = counted(pathlib.Path.replace)
pathlib.Path.write_bytes = counted(pathlib.Path.write_bytes)
pathlib.Path.unlink = counted(pathlib.Path.unlink)
with module.locked(folder):
    module.replace_files(folder, {new!r}, ["gone.txt"])
"""


@pytest.mark.parametrize("moment", range(8))
def test_killed_at_any_moment(folder: Path, moment: int) -> None:
    """Each write, move and removal is a moment; the list of the change is the fourth."""
    done = run(_KILLED.format(folder=str(folder), moment=moment, new=NEW))
    assert done.returncode in {0, 9}, done.stderr
    assert (done.returncode == 9) == (moment < 8)
    with locked(folder):
        pass
    made = moment > 3
    assert contents(folder) == (AFTER if made else OLD)


def test_a_file_open_elsewhere_is_named_and_nothing_is_touched(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.open

    def refused(path: Path, mode: str = "r", *rest: object, **named: object) -> object:
        if path.name == "b.txt" and mode == "r+b":  # what Windows says while Word holds a file
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, mode, *rest, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(RoundError) as raised, locked(folder):
        replace_files(folder, NEW, ["gone.txt"])
    [found] = raised.value.problems
    assert (found.code, found.args["name"]) == ("file-locked", str(Path("sub/b.txt")))
    assert "öppen i ett annat program" in found.message("sv")
    assert contents(folder) == OLD


@pytest.mark.parametrize(
    ("name", "lock"),
    [
        ("plan.docx", ".~lock.plan.docx#"),
        ("plan.docx", "~$plan.docx"),
        ("signatures.docx", "~$gnatures.docx"),
        ("workbok.docx", "~$orkbok.docx"),
        ("workbook.xlsx", "~$workbook.xlsx"),
    ],
)
def test_a_file_beside_which_a_lock_lies_is_open(folder: Path, name: str, lock: str) -> None:
    """2"""
    (folder / name).write_bytes(b"old")
    (folder / lock).write_bytes(b"somebody")
    before = contents(folder)
    with pytest.raises(RoundError) as raised, locked(folder):
        replace_files(folder, {**NEW, name: b"new"})
    assert [(found.code, dict(found.args)) for found in raised.value.problems] == [
        ("file-open", {"name": name, "lock": lock})
    ]
    assert contents(folder) == before
    (folder / lock).unlink()
    with locked(folder):
        replace_files(folder, {name: b"new"})
    assert (folder / name).read_bytes() == b"new"


def test_a_full_disk_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> int:  # noqa: ARG001
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(RoundError, match="no space left"), locked(folder):
        replace_files(folder, NEW)
    assert contents(folder) == OLD


def test_stopped_by_hand_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(path: Path, data: bytes) -> int:  # noqa: ARG001
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", stopped)
    with pytest.raises(KeyboardInterrupt), locked(folder):
        replace_files(folder, NEW)
    assert contents(folder) == OLD


def test_a_move_refused_is_completed_by_the_next_command(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted(folder, monkeypatch, "b.txt")
    settle(folder)
    assert contents(folder) == AFTER


def interrupted(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A change of which the move of one file, and all after it, was refused."""
    real = Path.replace

    def refused(path: Path, target: Path) -> Path:
        if path.name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refused)
        with pytest.raises(RoundError) as raised, locked(folder):
            replace_files(folder, NEW, ["gone.txt"])
    assert STAGED not in raised.value.problems[0].message("sv")


@pytest.mark.parametrize(("name", "stopped_at"), [("a.txt", "a.txt"), ("sub/b.txt", "a.txt"), ("gone.txt", "b.txt")])
def test_what_was_typed_after_an_interruption_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, stopped_at: str
) -> None:
    """4"""
    interrupted(folder, monkeypatch, stopped_at)
    (folder / name).write_bytes(b"typed by the group")
    before = contents(folder)
    with pytest.raises(RoundError) as raised, locked(folder):
        pass
    assert [(found.code, found.args["name"]) for found in raised.value.problems] == [("staged-changed", name)]
    assert contents(folder) == before
    (folder / name).rename(folder / "kept.txt")
    with locked(folder):
        pass
    assert contents(folder) == {**AFTER, "kept.txt": b"typed by the group"}


def test_a_folder_that_cannot_be_written_leaves_nothing_half_done(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """2"""
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != folder / "sub")
    with pytest.raises(RoundError) as raised, locked(folder):
        replace_files(folder, NEW, ["gone.txt"])
    assert [(found.code, found.args["name"]) for found in raised.value.problems] == [("file-locked", "sub")]
    assert contents(folder) == OLD


_HOLDER = """
import pathlib, sys, time
from docgen.folder import locked
with locked(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_another_run_at_work_is_told(folder: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", _HOLDER, str(folder)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        try:
            with pytest.raises(RoundError) as raised, locked(folder):
                pass
        finally:
            os.kill(holder.pid, signal.SIGKILL)
    [found] = raised.value.problems
    assert (found.code, found.args["lock"]) == ("round-locked", LOCK)
    with locked(folder):  # a lock dies with its process
        pass
    assert contents(folder) == OLD


def test_who_comes_in_as_another_leaves_is_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """3: a second run takes the lock the moment the first lets it go; a third must find it taken."""
    second = FileLock(folder / LOCK, timeout=0)
    real = FileLock.release

    def handed_over(lock: FileLock, **named: bool) -> None:
        real(lock, **named)
        monkeypatch.undo()
        second.acquire()

    monkeypatch.setattr(FileLock, "release", handed_over)
    with locked(folder):
        pass
    with pytest.raises(RoundError, match="at work"), locked(folder):
        pass
    second.release()


def test_a_folder_made_for_nothing_goes_again(tmp_path: Path) -> None:
    with locked(tmp_path / "new" / "round"):
        assert (tmp_path / "new" / "round").is_dir()
    assert not (tmp_path / "new" / "round").exists()


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "round").write_text("x")
    with pytest.raises(RoundError, match="a file lies where a folder is needed"), locked(tmp_path / "round"):
        pass


def test_a_torn_list_is_a_change_not_made(folder: Path) -> None:
    (folder / STAGED).mkdir()
    (folder / STAGED / "a.txt").write_bytes(b"new a")
    (folder / STAGED / "complete.json.part").write_bytes(b'{"fil')
    with locked(folder):
        pass
    assert contents(folder) == OLD


@pytest.mark.parametrize(
    "listed",
    [
        "{",
        "[]",
        "5",
        '{"files": [], "was": {}}',
        '{"files": [5], "stale": [], "was": {}}',
        '{"files": [], "stale": ["../outside.txt"], "was": {}}',
        '{"files": ["../outside.txt"], "stale": [], "was": {}}',
        '{"files": [], "stale": ["sub/../../outside.txt"], "was": {}}',
        '{"files": [], "stale": ["..\\\\outside.txt"], "was": {}}',
        '{"files": [], "stale": ["/etc/passwd"], "was": {}}',
        '{"files": [], "stale": [""], "was": {}}',
        "[" * 100_000,
    ],
)
def test_a_list_that_is_damaged_or_leads_outside_is_refused_by_name(folder: Path, listed: str) -> None:
    outside = folder.parent / "outside.txt"
    outside.write_bytes(b"somebody's")
    (folder / STAGED).mkdir()
    (folder / STAGED / "complete.json").write_text(listed)
    before = contents(folder)
    with pytest.raises(RoundError) as raised, locked(folder):
        pass
    assert [found.code for found in raised.value.problems] == ["staged-damaged"]
    assert STAGED in raised.value.problems[0].message("sv")
    assert contents(folder) == before
    assert outside.read_bytes() == b"somebody's"


def test_a_full_disk_has_a_remedy_of_its_own_and_leaves_no_empty_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> int:  # noqa: ARG001
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(RoundError) as raised, locked(tmp_path / "new" / "round"):
        replace_files(tmp_path / "new" / "round", NEW)
    assert [found.code for found in raised.value.problems] == ["disk-full"]
    assert "Frigör" in raised.value.problems[0].remedy("sv")
    assert not (tmp_path / "new").exists()
