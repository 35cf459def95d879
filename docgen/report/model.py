"""What the report page is made of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from docgen.blueprint.model import Field, Section
from docgen.merged import Merged
from docgen.problems import Problem
from docgen.response import Response, Source
from docgen.submission import Given, Submission
from docgen.values import Address

SEVERITIES = ("error", "warning", "info")
# A problem that says no more than who is silent; the page names them in the first table.
SILENT = "no-answer"


def counted(problems: Mapping[str, tuple[Problem, ...]], general: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """What is counted as wrong, wherever a number is said: with the answers and the plan.

    Files that do not count and who is silent are counted by themselves.
    """
    own = (found for each in problems.values() for found in each)
    return (*own, *(found for found in general if found.code != SILENT))


@dataclass(frozen=True)
class Report:
    """All there is to say about a merge, for the coordinator.

    Attributes:
        merged: the plan.
        problems: what is wrong with each partner's answers, by partner id.
        general: what is wrong with the plan as a whole, and who is silent.
        responses: every file that could be read, those of other rounds too.
        unread: the name of each file that could not be, and why.
    """

    merged: Merged
    problems: Mapping[str, tuple[Problem, ...]]
    general: tuple[Problem, ...]
    responses: tuple[Response, ...]
    unread: tuple[tuple[str, tuple[Problem, ...]], ...]

    @property
    def language(self) -> str:
        """The coordinator's language."""
        return self.merged.round.blueprint.language

    @property
    def elsewhere(self) -> tuple[Response, ...]:
        """The files of other rounds."""
        return tuple(each for each in self.responses if each.identity.round != self.merged.round.id)

    @property
    def of_plan(self) -> tuple[Problem, ...]:
        """What is wrong with the plan as a whole, but for who is silent."""
        return tuple(each for each in self.general if each.code != SILENT)

    def counted(self) -> tuple[Problem, ...]:
        """What is counted as wrong, wherever a number is said."""
        return counted(self.problems, self.general)

    def files(self, submission: Submission) -> list[Response]:
        """A partner's files of this round, the documents in the blueprint's order, of each the newest first."""
        order = {name: at for at, name in enumerate(self.merged.round.blueprint.documents)}
        newest = {name: at for at, name in enumerate(submission.files)}
        round_ = self.merged.round.id
        own = [each for each in self.responses if each.file in newest and each.identity.round == round_]
        return sorted(own, key=lambda each: (order.get(each.identity.document, len(order)), newest[each.file]))

    def source(self, given: Given, address: Address) -> Source | None:
        """Which key found an answer, and how sure that is."""
        return self._sources.get((given.file, address))

    @cached_property
    def _sources(self) -> dict[tuple[str, Address], Source]:
        return {(each.file, answer.address): answer.source for each in self.responses for answer in each.answers}

    def sections(self) -> Iterator[Section]:
        """The sections in which anybody answered anything, in the blueprint's order."""
        answered = {section_of(address) for each in self.merged.submissions for address in each.answers}
        return (each for name, each in self.merged.round.blueprint.sections.items() if name in answered)

    def answers(self, submission: Submission, section: str) -> list[tuple[Address, Given]]:
        """A partner's answers in a section, in the order asked; rows that were added come after the printed ones."""
        return self._in_order[submission.partner.id].get(section, [])

    @cached_property
    def _in_order(self) -> dict[str, dict[str, list[tuple[Address, Given]]]]:
        """By partner id and section."""
        found: dict[str, dict[str, list[tuple[Address, Given]]]] = {}
        for submission in self.merged.submissions:
            own = found.setdefault(submission.partner.id, {})
            for address, given in _in_order(submission):
                own.setdefault(section_of(address), []).append((address, given))
        return found

    def hidden(self, address: Address) -> bool:
        """Whether an answer is for the coordinator alone: of no document that others see."""
        section = self.merged.round.blueprint.sections[section_of(address)]
        field = _named(section.fields, address.field.partition(".")[2])
        column = _named(field.columns, address.column) if field is not None and address.column is not None else None
        return any(part is not None and part.visible == "coordinator" for part in (section, field, column))


def _in_order(submission: Submission) -> list[tuple[Address, Given]]:
    asked = dict.fromkeys(slot.address for document in submission.documents for slot in document.slots())
    places = {address: at for at, address in enumerate(asked)}
    first = {address.field: places[address] for address in reversed(asked)}

    def order(each: tuple[Address, Given]) -> tuple[int, int, int, str]:
        address = each[0]
        at = first.get(address.field, len(places))
        return at, address.row or 0, places.get(address, len(places)), str(address)

    return sorted(submission.answers.items(), key=order)


def section_of(address: Address) -> str:
    """The name of the section an answer belongs to."""
    return address.field.partition(".")[0]


def _named(fields: Mapping[str, Field], key: str) -> Field | None:
    """The field of a key, which may name one of its years or quarters."""
    return fields.get(key) or fields.get(key.rpartition("_")[0])
