"""What all judges share: a name, a way to tell whether it is here, and the shape of what it finds."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

IN_CI = "DOCGEN_CI"
"""Environment variable: set to 1 where every judge must be installed, so that a skip can't hide a missing one."""

TIME_LIMIT_S = 300.0


@dataclass(frozen=True)
class Judge:
    """A program that judges.

    Attributes:
        name: what a person calls it, as a skipped test says it.
        available: true where it can be run.
        install: how to get it, one sentence without a full stop.
    """

    name: str
    available: Callable[[], bool]
    install: str


@dataclass(frozen=True, order=True)
class Finding:
    """One thing a judge holds against a file.

    Attributes:
        file: the file judged, as it was given.
        rule: the judge's own name for the rule broken.
        where: part and place within the file, empty where the judge does not say.
        message: the judge's own words.
    """

    file: Path
    rule: str
    where: str
    message: str


class JudgeError(Exception):
    """A judge could not be run, or answered something that is no verdict."""


def require(*judges: Judge) -> None:
    """Skip the test that calls this, by the judge's name, where one is missing; fail it where DOCGEN_CI is 1."""
    for judge in judges:
        if judge.available():
            continue
        reason = f"{judge.name} is not installed: {judge.install}"
        if os.environ.get(IN_CI) == "1":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


def has_module(name: str) -> bool:
    """Tell whether a Python module can be imported, without importing it."""
    return find_spec(name) is not None


def has_program(*names: str) -> bool:
    """Tell whether all programs stand on the path."""
    return all(shutil.which(name) for name in names)


def run(
    command: Sequence[str | Path],
    *,
    accept: Sequence[int] = (0,),
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a judge and give what it said.

    Args:
        command: program and arguments.
        accept: exit statuses that are a verdict.
        env: variables set over the present ones.
        cwd: the folder it runs in.

    Raises:
        JudgeError: it could not be started, took over TIME_LIMIT_S, or left with another exit status.
    """
    try:
        done = subprocess.run(
            [str(part) for part in command],
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            stdin=subprocess.DEVNULL,
            timeout=TIME_LIMIT_S,
            env={**os.environ, **(env or {})},
            cwd=cwd,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise JudgeError(f"{command[0]} could not be run: {error}") from error
    if done.returncode not in accept:
        raise JudgeError(f"{command[0]} left with status {done.returncode}: {done.stderr or done.stdout}")
    return done
