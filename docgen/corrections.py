"""Copies of partners' files with what is wrong in them as comments, for the coordinator to send back.

Each copy says what is wrong in its own file alone, in the partner's language. The files that came are never touched, and
no copy replaces another that says something else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from docgen.blueprint.load import in_language
from docgen.collecting import Collected, judged
from docgen.document import Document
from docgen.errors import RoundError, reason
from docgen.folder import locked, replace_files
from docgen.formats import Format, format_of
from docgen.formats.base import Remark
from docgen.locales import text as say
from docgen.problems import Problem, problem
from docgen.response import Response
from docgen.roundfile import ROUND_FILE
from docgen.sending import Partner
from docgen.submission import Submission
from docgen.values import Address

FOLDER = "outbox/comments"
_NAME = 120  # characters of a file's own name that its copy keeps


@dataclass(frozen=True)
class Copy:
    """A copy that was written: whose file and which, where the copy lies, and how many comments it holds."""

    partner: str
    organisation: str
    file: str
    path: Path
    comments: int


@dataclass(frozen=True)
class Corrections:
    """The copies that were written; ``without`` are the files with problems whose format takes no comments."""

    copies: tuple[Copy, ...] = ()
    without: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What ``validate --comments --format json`` adds to what it prints."""
        copies = [
            {"partner": each.partner, "file": each.file, "copy": str(each.path), "comments": each.comments}
            for each in self.copies
        ]
        return {"copies": copies, "without_comments": list(self.without)}


def correct(rounds: Sequence[Collected], day: str = "") -> Corrections:
    """Writes a copy of every file that has problems and can hold comments.

    Args:
        rounds: what was collected and judged.
        day: the day the comments are dated (ISO 8601), "" for none.

    Raises:
        RoundError: a copy cannot be written, or a file is there no more.
    """
    made: list[_Made] = []
    without: list[str] = []
    for collected in rounds:
        for submission in collected.submissions:
            for response, remarks in _remarks(collected, submission.partner):
                copy = _annotated(response, remarks, day)
                if copy is None:
                    without.append(response.file)
                else:
                    made.append(_Made(submission.partner, response, copy, len(remarks)))
    return Corrections(tuple(_write(made)), tuple(without))


@dataclass(frozen=True)
class _Made:
    """A copy that is to be written."""

    partner: Partner
    response: Response
    data: bytes
    comments: int

    @property
    def root(self) -> Path:
        """The folder it is written in: of the round the file lies in, else the file's own."""
        return next((each for each in self.path.parents if (each / ROUND_FILE).is_file()), self.path.parent)

    @property
    def path(self) -> Path:
        """Where the file itself lies."""
        return _path(self.response).absolute()

    def names(self) -> Iterator[str]:
        """What it may be called, within its folder: the file's own name with an addition, then with a number too."""
        folder = f"{FOLDER}/{self.partner.id}/" if (self.root / ROUND_FILE).is_file() else ""
        stem = say(self.response.document.language, "comments.name", name=self.path.stem[:_NAME].rstrip(" ."))
        yield f"{folder}{stem}{self.path.suffix}"
        yield from (f"{folder}{stem} {number}{self.path.suffix}" for number in count(2))


def _write(made: Sequence[_Made]) -> Iterator[Copy]:
    """Writes the copies of each folder, all or none; one that is there already stays as it is."""
    for root in dict.fromkeys(each.root for each in made):
        here = [each for each in made if each.root == root]
        with locked(root):
            files: dict[str, bytes] = {}
            copies = []
            for each in here:
                name = next(name for name in each.names() if _is_free(root / name, files.get(name), each.data))
                files[name] = each.data
                copies.append(Copy(each.partner.id, each.partner.name, each.response.file, root / name, each.comments))
            replace_files(root, files)
        yield from copies


def _is_free(path: Path, taken: bytes | None, data: bytes) -> bool:
    """Whether a file may be written here: nothing is there, or the very same."""
    if taken is not None:
        return taken == data
    return not path.exists() or (path.is_file() and path.read_bytes() == data)


def _remarks(collected: Collected, partner: Partner) -> Iterator[tuple[Response, tuple[Remark, ...]]]:
    """Each of a partner's files that something is wrong in, and what, in the partner's language."""
    own = [each for each in collected.responses if each.identity.partner == partner.id]
    spoken = collected
    if partner.language not in {"", collected.language}:
        in_theirs = in_language(collected.round.blueprint, partner.language)
        spoken = judged(replace(collected.round, blueprint=in_theirs), own, whole=collected.whole)
    submission = next(each for each in spoken.submissions if each.partner.id == partner.id)
    by_file: dict[str, list[Problem]] = {}
    for found in spoken.problems[partner.id]:
        if found.severity != "info" or found.address is not None:
            for file in _files(found, submission, own):
                by_file.setdefault(file, []).append(found)
    for response in own:
        told = by_file.get(response.file, ())
        if told:
            yield response, tuple(_remark(found, response.document) for found in told)


def _files(found: Problem, submission: Submission, own: Sequence[Response]) -> list[str]:
    """The files a problem is told in: its own, the one the answer stands in, else the newest of each document that asks."""
    if found.file or found.address is None:
        return [found.file] if found.file else list(submission.files[:1])
    if found.address in submission.answers:
        return [submission.answers[found.address].file]
    newest: dict[str, Response] = {}
    for response in sorted(own, key=lambda each: submission.files.index(each.file)):
        newest.setdefault(response.identity.document, response)
    asking = [each for each in newest.values() if _asks(each.document, found.address)]
    return [each.file for each in asking if _format(each).takes_remarks] or [each.file for each in asking]


def _asks(document: Document, address: Address) -> bool:
    """Whether a document asks for an answer, or about its table or section."""
    fields = {slot.address.field for slot in document.slots()}
    sections = {field.partition(".")[0] for field in fields}
    if address.row is None or address.column is None:
        return address.field in fields or address.field in sections
    columns = {slot.address.column for slot in document.slots() if slot.address.field == address.field}
    return address.column in columns


def _remark(found: Problem, document: Document) -> Remark:
    """A problem as its own sentences; its place is said where the comment cannot stand there."""
    slots = {slot.address: slot.place for slot in document.slots()}
    where = found.where if found.address is None else slots.get(found.address, found.where)
    lines = (found.message(document.language), found.remedy(document.language))
    return Remark(found.address, "\n".join(line for line in lines if line), where)


def _annotated(response: Response, remarks: Sequence[Remark], day: str) -> bytes | None:
    """The file with its remarks, None for one that takes none."""
    format_ = _format(response)
    if not format_.takes_remarks:
        return None
    return format_.annotate(_bytes(response), response.document, remarks, response.document.plan, day)


def _format(response: Response) -> Format:
    return format_of(_bytes(response), response.file)


def _bytes(response: Response) -> bytes:
    try:
        return _path(response).read_bytes()
    except OSError as error:
        raise RoundError(problem("file-unreadable", file=response.file, reason=reason(error))) from error


def _path(response: Response) -> Path:
    assert response.path is not None  # noqa: S101 - it was read from a file
    return response.path
