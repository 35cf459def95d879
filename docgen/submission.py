"""All of one partner's returned files put together: what this partner answers.

Of several files of a document :mod:`docgen.versions` says what counts. An answer that stands in two documents, in both
and differently, wins in neither.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from docgen.document import Document, Slot, Table
from docgen.fields import FIELD_TYPES
from docgen.layout import documents_for
from docgen.problems import Problem, problem
from docgen.response import Response, Unplaced
from docgen.sending import Partner, Round
from docgen.values import Address, Value
from docgen.versions import Differing, Given, counted, newest_first, told, without_copies

__all__ = ["Differing", "Given", "Submission", "assemble", "shown"]


@dataclass(frozen=True)
class Submission:
    """What one partner answers.

    Attributes:
        partner: whose it is.
        documents: what the partner was asked, in the coordinator's language.
        returned: the names of the documents that came back.
        files: the files it is made of, the newest first.
        answers: by address; only those that hold anything.
        older: answers of older files that differ from the newer ones and so do not count.
        conflicts: answers that stand in two documents and differ: neither counts.
        unplaced: text outside the answers, with its file.
        problems: what reading the files found, and what putting them together did.
    """

    partner: Partner
    documents: tuple[Document, ...]
    returned: frozenset[str]
    files: tuple[str, ...]
    answers: Mapping[Address, Given]
    older: tuple[Differing, ...] = ()
    conflicts: tuple[Differing, ...] = ()
    unplaced: tuple[tuple[str, Unplaced], ...] = ()
    problems: tuple[Problem, ...] = ()

    def values(self) -> dict[Address, Value]:
        """The understood answers alone."""
        return {address: given.value for address, given in self.answers.items() if given.value is not None}

    def rows(self, table: str) -> list[int]:
        """The numbers of a table's rows that hold anything, be it something on which two documents disagree."""
        found = [*self.answers, *(each.address for each in self.conflicts)]
        return sorted({address.row for address in found if address.field == table and address.row is not None})

    def slot(self, address: Address) -> Slot | None:
        """Where an answer stands in what the partner was asked, in an added row too; None where it was not."""
        found = self._slots.get(address)
        table = self._tables.get(address.field)
        if found is not None or table is None or address.row is None or address.column is None:
            return found
        try:
            return table.slot(address.row, address.column)
        except KeyError:
            return None

    @cached_property
    def _slots(self) -> dict[Address, Slot]:
        return {slot.address: slot for document in reversed(self.documents) for slot in document.slots()}

    @cached_property
    def _tables(self) -> dict[str, Table]:
        """Each table with the columns of every document it stands in."""
        tables: dict[str, Table] = {}
        for document in self.documents:
            for table in document.tables():
                first = tables.get(table.key)
                if first is None:
                    tables[table.key] = table
                    continue
                known = {column.key for column in first.columns}
                more = tuple(column for column in table.columns if column.key not in known)
                tables[table.key] = replace(first, columns=first.columns + more)
        return tables

    def place(self, address: Address) -> str:
        """An address as a person says it: "Delmål 2, Senast"."""
        slot = self.slot(address)
        return slot.place if slot is not None else str(address)


def assemble(round_: Round, responses: Sequence[Response]) -> tuple[Submission, ...]:
    """A Submission for every partner of a round that sent anything, in the partner list's order.

    Responses of other rounds must have been sorted out before.
    """
    of = {
        partner.id: [each for each in responses if each.identity.partner == partner.id] for partner in round_.partners
    }
    return tuple(_together(round_, partner, of[partner.id]) for partner in round_.partners if of[partner.id])


def _together(round_: Round, partner: Partner, responses: Sequence[Response]) -> Submission:
    received = newest_first(responses)
    ordered = without_copies(received)
    problems: list[Problem] = []
    by_document: dict[str, dict[Address, Given]] = {}
    counting: dict[tuple[str, str], str] = {}  # by document and section, the file that counts
    older: list[Differing] = []
    for document, group in groupby(
        sorted(ordered, key=lambda each: each.identity.document), lambda each: each.identity.document
    ):
        same = list(group)  # sorted() is stable: still the newest first
        by_document[document] = {}
        for section in sorted({answer.address.field.partition(".")[0] for each in same for answer in each.answers}):
            found = counted(section, same)
            by_document[document] |= found.answers
            if found.file:
                counting[document, section] = found.file
            older += found.older
            problems += told(round_.blueprint.sections[section].title, same, found)
    answers, conflicts = _across(by_document)
    documents = documents_for(round_, replace(partner, language=round_.blueprint.language))
    older.sort(key=lambda each: (str(each.address), each.one.file))
    submission = Submission(
        partner=partner,
        documents=documents,
        returned=frozenset(by_document),
        files=tuple(response.file for response in received),
        answers=answers,
        older=tuple(older),
        conflicts=tuple(conflicts),
        unplaced=tuple((response.file, text) for response in ordered for text in response.unplaced),
    )
    problems[:0] = [found for response in ordered for found in _standing(response, counting)]
    problems += [
        problem(
            "answers-differ",
            submission.place(each.address),
            address=each.address,
            one=shown(submission, each.address, each.one),
            other=shown(submission, each.address, each.other),
            first=f"{each.one.file}, {each.one.where}",
            second=f"{each.other.file}, {each.other.where}",
        )
        for each in conflicts
    ]
    return replace(submission, problems=tuple(problems))


def _standing(response: Response, counting: Mapping[tuple[str, str], str]) -> Iterator[Problem]:
    """What reading a file found, but for answers that a newer file has replaced."""
    for found in response.problems:
        section = "" if found.address is None else found.address.field.partition(".")[0]
        if counting.get((response.identity.document, section), response.file) == response.file:
            yield found


def _across(by_document: Mapping[str, Mapping[Address, Given]]) -> tuple[dict[Address, Given], list[Differing]]:
    """The answers of all documents together; those that stand in two and differ apart."""
    answers: dict[Address, Given] = {}
    conflicts: list[Differing] = []
    for document in sorted(by_document):
        for address, given in by_document[document].items():
            first = answers.setdefault(address, given)
            if first is not given and (first.value, first.raw) != (given.value, given.raw):
                conflicts.append(Differing(address, first, given))
    for each in conflicts:
        answers.pop(each.address, None)
    return answers, conflicts


def shown(submission: Submission, address: Address, given: Given) -> str:
    """An answer as people read it."""
    if given.raw is not None:
        return given.raw
    if given.value is None:
        return ""
    slot = submission.slot(address)
    return FIELD_TYPES[slot.spec.type].show(given.value, slot.spec) if slot is not None else str(given.value)
