"""Several files of one document from one partner: which of them counts, section by section, and what that leaves out.

A section counts whole, from the newest file in which anything in it is filled in. What older files say otherwise is
never mixed in: that would revive what somebody deleted. It is listed, and what a person might not expect is told.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from docgen.problems import Problem, problem
from docgen.response import Answer, Response
from docgen.values import Address, Value


@dataclass(frozen=True)
class Given:
    """An answer and the file it stands in. ``value`` is None where ``raw`` holds what was not understood.

    ``modified`` is when the file was last saved, None where nothing says.
    """

    value: Value | None
    raw: str | None
    file: str
    where: str
    modified: datetime.datetime | None = None


@dataclass(frozen=True)
class Differing:
    """Two answers to the same question: of an older and a newer file, or of two documents."""

    address: Address
    one: Given
    other: Given


def newest_first(responses: Sequence[Response]) -> list[Response]:
    """By what the files say of their time; the name settles what they do not, so that the order given never counts."""
    early = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    return sorted(responses, key=lambda each: (each.modified or early, each.file), reverse=True)


def without_copies(ordered: Sequence[Response]) -> list[Response]:
    """The files that say anything of their own: what two copies say is said once."""
    found: list[Response] = []
    for each in ordered:
        if not any(_says(each) == _says(other) for other in found):
            found.append(each)
    return found


def _says(response: Response) -> tuple[object, ...]:
    problems = tuple(replace(found, file="") for found in response.problems)
    return response.identity, response.answers, response.unplaced, problems


@dataclass(frozen=True)
class Counted:
    """What counts of a section: the answers of one file, and what older files say otherwise."""

    answers: Mapping[Address, Given]
    older: tuple[Differing, ...] = ()

    @property
    def file(self) -> str:
        """The file that counts, "" where nothing is filled in."""
        return next((given.file for given in self.answers.values()), "")


def counted(section: str, ordered: Sequence[Response]) -> Counted:
    """What counts of a section in files of one document, the newest first."""
    filled = [(response, answers) for response in ordered if (answers := _filled(response, section))]
    if not filled:
        return Counted({})
    typed = [answers for response, answers in filled if _typed(response, answers)]
    newest, *others = typed or [filled[0][1]]
    differing = []
    for answers in others:
        for address, given in answers.items():
            newer = newest.get(address)
            if newer is None or (newer.value, newer.raw) != (given.value, given.raw):
                counting = next(iter(newest.values()))
                differing.append(Differing(address, given, newer or Given(None, None, counting.file, "")))
    return Counted(newest, tuple(differing))


def _filled(response: Response, section: str) -> dict[Address, Given]:
    return {
        answer.address: _given(response, answer)
        for answer in response.answers
        if answer.address.field.partition(".")[0] == section and (answer.value is not None or answer.raw is not None)
    }


def _typed(response: Response, answers: Mapping[Address, Given]) -> bool:
    """Whether any of these answers is more than what stood in the file when it went out."""
    printed = {slot.address: slot.value for slot in response.document.slots()}
    return any(given.value is None or given.value != printed.get(address) for address, given in answers.items())


def _given(response: Response, answer: Answer) -> Given:
    return Given(answer.value, answer.raw, response.file, answer.source.where, response.modified)


def told(title: str, ordered: Sequence[Response], found: Counted) -> Iterator[Problem]:
    """What a person might not expect of which file counts for the section with this title."""
    by_name = {response.file: response for response in ordered}
    if found.file and found.file != ordered[0].file:
        yield problem("section-emptied", title, newer=ordered[0].file, older=found.file)
    for older in sorted({each.one.file for each in found.older}):
        one, other = by_name[older], by_name[found.file]
        if one.modified == other.modified:  # which is the newer must be asked
            yield problem("files-tie", title, one=older, other=found.file)
        elif other.timed != "file" or one.timed == "disk":
            code = "newest-ahead" if other.timed == "ahead" else "newest-by-disk"
            yield problem(code, title, older=older, newer=found.file)
        left = [each for each in found.older if each.one.file == older and each.other.where == ""]
        if left:
            yield problem("section-replaced", title, older=older, newer=found.file, count=len(left))
