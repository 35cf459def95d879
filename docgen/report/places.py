"""Where something is wrong, as the partner sees it: which document and file, which section, which place there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from docgen.document import Document
from docgen.locales import text as say
from docgen.merged import Merged
from docgen.problems import Problem
from docgen.response import Response
from docgen.submission import Submission
from docgen.values import Address


@dataclass(frozen=True)
class Spot:
    """One problem with its place: the document's title, the file, the section's number and title, the place in it.

    What is not known is "". ``at`` is where the answer stands in the file, where that says more than ``place``.
    """

    problem: Problem
    document: str = ""
    file: str = ""
    section: str = ""
    place: str = ""
    at: str = ""

    def within(self, language: str) -> str:
        """The place within its section, with where it stands in the file: "Kostnad 1, Belopp 2030 (Kostnader!M13)"."""
        if not self.document:
            return self.place
        place = self.place or say(language, "report.whole-section" if self.section else "report.whole-file")
        return f"{place} ({self.at})" if self.at else place


def spots(submission: Submission, responses: Iterable[Response], problems: Iterable[Problem]) -> list[Spot]:
    """A partner's problems with their places, in the order of its documents and their sections."""
    return _Finder(submission, tuple(responses)).in_order(problems)


def by_document(found: Sequence[Spot]) -> Iterator[tuple[str, str, list[Spot]]]:
    """Problems that are in order by the document's title and the file."""
    for (document, file), own in groupby(found, lambda each: (each.document, each.file)):
        yield document, file, list(own)


def by_section(found: Sequence[Spot]) -> Iterator[tuple[str, list[Spot]]]:
    """Problems of one file by section."""
    for section, own in groupby(found, lambda each: each.section):
        yield section, list(own)


@dataclass(frozen=True)
class _Finder:
    submission: Submission
    responses: tuple[Response, ...]

    def in_order(self, problems: Iterable[Problem]) -> list[Spot]:
        placed = [self.placed(found) for found in problems]
        return [spot for _, spot in sorted(placed, key=lambda each: each[0])]

    @cached_property
    def documents_of(self) -> Mapping[str, str]:
        """Which document each file is."""
        return {each.file: each.identity.document for each in self.responses}

    @cached_property
    def newest(self) -> Mapping[str, str]:
        """The newest file of each document."""
        known = [file for file in reversed(self.submission.files) if file in self.documents_of]
        return {self.documents_of[file]: file for file in known}

    @cached_property
    def order(self) -> Mapping[Address, int]:
        """Where each field and each row of a table comes among what was asked."""
        slots = (slot for document in self.submission.documents for slot in document.slots())
        return {row: at for at, row in enumerate(dict.fromkeys(_row(slot.address) for slot in slots))}

    def placed(self, found: Problem) -> tuple[tuple[int, str, int, int], Spot]:
        """A problem with its place, after what it is sorted by."""
        given = self.submission.answers.get(found.address) if found.address is not None else None
        file = found.file or (given.file if given is not None else "")
        number, document = self.document(found.address, file)
        if document is None:
            place = "" if found.where == self.submission.partner.name else found.where
            return (number, file, -1, 0), Spot(found, file=file, place=place)
        file = file or self.newest.get(document.identity.document, "")
        where = given.where if given is not None and not given.where.endswith(found.where) else ""
        for order, each in enumerate(document.sections):
            if found.address is not None and each.key == found.address.field.partition(".")[0]:
                place = "" if found.where == each.title else found.where.removeprefix(f"{each.title}, ")
                section = f"{each.number} {each.title}".strip()
                at = self.order.get(_row(found.address), 0)
                return (number, file, order, at), Spot(found, document.title, file, section, place, where)
        return (number, file, -1, 0), Spot(found, document.title, file, place=found.where, at=where)

    def document(self, address: Address | None, file: str) -> tuple[int, Document | None]:
        """The document a problem is in: that of its file, else the first that asks for the answer."""
        name = self.documents_of.get(file)
        for number, document in enumerate(self.submission.documents):
            if document.identity.document == name:
                return number, document
        if address is not None and not file:
            for number, document in enumerate(self.submission.documents):
                if _asks(document, address):
                    return number, document
        return len(self.submission.documents), None


def _row(address: Address) -> Address:
    return replace(address, column=None)


def _asks(document: Document, address: Address) -> bool:
    if "." not in address.field:
        return any(section.key == address.field for section in document.sections)
    columns = {slot.address.column for slot in document.slots() if slot.address.field == address.field}
    return address.column in columns if address.column is not None else bool(columns)


def in_plan(merged: Merged, found: Problem) -> str:
    """Where something is wrong with the plan as a whole: whose row it is, what it is called there and in the plan."""
    address = found.address
    table = merged.tables.get(address.field) if address is not None and address.row is not None else None
    row = next((each for each in table.rows if each.number == address.row), None) if table and address else None
    if table is None or row is None:
        return found.where
    label = table.field.row_label
    own = f"{label} {row.printed}" if label else str(row.printed)
    language = merged.round.blueprint.language
    return say(language, "report.in-plan", organisation=row.partner.name, own=own, place=found.where)
