"""The few exceptions of docgen.

::

    DocgenError                what could not be done; carries the problems that say why
    ├── BlueprintError         the blueprint, its translation or its parameters are wrong
    ├── PartnersError          the partner list is wrong
    ├── RoundError             the round's folder cannot be used
    └── UnreadableFile         a returned file cannot be read

A mistake in what a person typed into a form is a :class:`~docgen.problems.Problem`, never an exception.
"""

import errno
from collections.abc import Sequence

from docgen.problems import Problem


class DocgenError(Exception):
    """Something could not be done; ``problems`` says where, what and what to do.

    ``language`` is the one the coordinator writes in, where that is known: the blueprint's.
    """

    def __init__(self, problems: Sequence[Problem] | Problem, language: str = "") -> None:
        self.language = language
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(problem.line("en") for problem in self.problems))


class BlueprintError(DocgenError):
    """The blueprint, its translation or the round's parameters are wrong."""


class PartnersError(DocgenError):
    """The partner list is wrong."""


class RoundError(DocgenError):
    """The round's folder cannot be used."""


class UnreadableFile(DocgenError):
    """A returned file cannot be read."""


_REASONS = {
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EBUSY: "denied",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read-only",
    errno.EISDIR: "folder",
    errno.ENOTDIR: "not-folder",
    errno.EEXIST: "not-folder",
    errno.ENAMETOOLONG: "long",
}


def reason(error: OSError) -> str:
    """Why the system refused, as the end of a key of the texts (``reason.denied``)."""
    return _REASONS.get(error.errno or 0, "other")
