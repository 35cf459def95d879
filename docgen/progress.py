"""Telling somebody who waits how far the work has come."""

from collections.abc import Callable

Progress = Callable[[int, int, str], None]  # how many are done, of how many, and what is next


def no_progress(done: int, total: int, name: str) -> None:
    """Says nothing."""
