"""What one returned file says.

A format's reader gives a :class:`Reading`: texts and what the file says beside them, where each was found and by which
key, never judged. :func:`understand` turns it into a :class:`Response` of typed answers with the field types.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from docgen.document import Document, Identity, Question, Slot, Table
from docgen.fields import FIELD_TYPES
from docgen.problems import Problem, problem
from docgen.values import Address, Raw, Value, normalise

Key = Literal["tag", "name", "bookmark", "place", "label"]


@dataclass(frozen=True)
class Found:
    """An answer's place in a file and what stands there. ``sure`` is 0 to 1; ``where`` is the place in the file."""

    address: Address
    raw: Raw
    where: str
    by: Key
    sure: float = 1.0


@dataclass(frozen=True)
class Unplaced:
    """Text somebody typed that belongs to no answer, and where it stands."""

    where: str
    text: str


@dataclass(frozen=True)
class Reading:
    """What a format's reader found: answers in reading order, text outside answers, problems of the file."""

    found: tuple[Found, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Source:
    """Where an answer came from: the file's own place, the key that found it, and how sure that is (0 to 1)."""

    where: str
    by: Key
    sure: float


@dataclass(frozen=True)
class Answer:
    """One answer: its value (None if empty or not understood), the text if not understood, and its source."""

    address: Address
    value: Value | None
    raw: str | None
    source: Source


@dataclass(frozen=True)
class Response:
    """What one file says, typed and placed.

    ``document`` is what was asked in it; ``modified`` when it was last saved, as far as it says, else as the disk does;
    ``timed`` which of them that is, or that it says a time later than the disk knows of: a clock was wrong;
    ``path`` where it lies; ``original`` its bytes, of a PDF, in which alone a signature holds.
    """

    file: str
    document: Document
    answers: tuple[Answer, ...]
    unplaced: tuple[Unplaced, ...] = ()
    problems: tuple[Problem, ...] = ()
    modified: datetime.datetime | None = None
    timed: Literal["file", "disk", "ahead"] = "file"
    path: Path | None = None
    original: bytes = field(default=b"", repr=False, compare=False)

    @property
    def identity(self) -> Identity:
        """Which file of which round this is."""
        return self.document.identity

    def as_json(self, language: str) -> dict[str, Any]:
        """The object ``read --format json`` prints for a file (the contract)."""
        identity = self.identity
        return {
            "file": self.file,
            "blueprint": identity.blueprint,
            "version": identity.version,
            "round": identity.round,
            "partner": identity.partner,
            "document": identity.document,
            "answers": _answers_as_json(self),
            "raw": {str(answer.address): answer.raw for answer in self.answers if answer.raw is not None},
            "sources": {
                str(answer.address): {
                    "where": answer.source.where,
                    "by": answer.source.by,
                    "sure": answer.source.sure,
                }
                for answer in self.answers
                if answer.value is not None or answer.raw is not None
            },
            "unplaced": [{"where": text.where, "text": text.text} for text in self.unplaced],
            "problems": [found.as_json(language) for found in self.problems],
        }


def _answers_as_json(response: Response) -> dict[str, Any]:
    """Fields in the order asked; a table as a list of its rows that hold anything."""
    by_address = {answer.address: answer for answer in response.answers}
    answers: dict[str, Any] = {}
    for section in response.document.sections:
        for block in section.blocks:
            match block:
                case Question(slot=slot) if slot.formula is None:
                    answers[str(slot.address)] = _value_as_json(by_address.get(slot.address), slot)
                case Table():
                    numbers = _rows_with_anything(response.answers, block.key)
                    answers[block.key] = [_row_as_json(block, number, by_address) for number in numbers]
                case _:
                    pass
    return answers


def _row_as_json(table: Table, number: int, answers: Mapping[Address, Answer]) -> dict[str, Any]:
    slots = [table.slot(number, column.key) for column in table.columns if not column.read_only]
    return {"row": number} | {
        str(slot.address.column): _value_as_json(answers.get(slot.address), slot) for slot in slots
    }


def _rows_with_anything(answers: Sequence[Answer], table: str) -> list[int]:
    rows = {
        answer.address.row
        for answer in answers
        if answer.address.field == table and (answer.value is not None or answer.raw is not None)
    }
    return sorted(row for row in rows if row is not None)


def _value_as_json(answer: Answer | None, slot: Slot) -> Any:
    if answer is None or answer.value is None:
        return None
    return FIELD_TYPES[slot.spec.type].to_json(answer.value, slot.spec)


def understand(file: str, document: Document, reading: Reading, spoken: Document | None = None) -> Response:
    """A reading with every answer typed; what was not understood keeps its text and becomes a problem.

    Args:
        file: the file's name.
        document: what was asked in it.
        reading: what its format's reader found.
        spoken: the same document in the language in which problems are told; its own unless given.
    """
    slots = {slot.address: slot for slot in document.slots()}
    tables = {table.key: table for table in document.tables()}
    said = spoken or document
    places = {slot.address: slot for slot in said.slots()}
    spoken_tables = {table.key: table for table in said.tables()}
    answers: list[Answer] = []
    problems = list(reading.problems)
    for found in reading.found:
        slot = slots.get(found.address) or _added(tables, found.address)
        source = Source(found.where, found.by, found.sure)
        parsed = FIELD_TYPES[slot.spec.type].parse(found.raw, slot.spec)
        raw = None if parsed.understood else _as_typed(found.raw)
        answers.append(Answer(found.address, parsed.value, raw, source))
        if parsed.code is not None:
            place = (places.get(found.address) or _added(spoken_tables, found.address)).place
            problems.append(problem(parsed.code, place, file=file, address=found.address, **parsed.args))
    return Response(file, document, tuple(answers), reading.unplaced, tuple(problems))


def only_asked(response: Response, asked: Document, *, told: bool) -> Response:
    """A file of which only the answers to what is asked now stay answers; the others are text without a place.

    Args:
        response: what the file says, by what was asked when it was made.
        asked: the same document as it is now.
        told: whether to say so even where no answer is without a place.
    """
    slots = {slot.address for slot in asked.slots()}
    columns = {(table.key, column.key) for table in asked.tables() for column in table.columns}
    lost = {
        answer.address: answer
        for answer in response.answers
        if answer.address not in slots and (answer.address.field, answer.address.column) not in columns
    }
    said = [
        Unplaced(f"{_slot(response.document, each.address).place} ({each.source.where})", _text(response, each))
        for each in lost.values()
        if each.value is not None or each.raw is not None
    ]
    problems = tuple(found for found in response.problems if found.address is None or found.address not in lost)
    if said or told:
        problems = (problem("file-other-roles", lost=len(said)), *problems)
    return replace(
        response,
        answers=tuple(answer for answer in response.answers if answer.address not in lost),
        unplaced=(*response.unplaced, *said),
        problems=problems,
    )


def _text(response: Response, answer: Answer) -> str:
    """An answer as text."""
    spec = _slot(response.document, answer.address).spec
    return answer.raw or ("" if answer.value is None else FIELD_TYPES[spec.type].show(answer.value, spec))


def _slot(document: Document, address: Address) -> Slot:
    slots = {slot.address: slot for slot in document.slots()}
    return slots.get(address) or _added({table.key: table for table in document.tables()}, address)


def _added(tables: dict[str, Table], address: Address) -> Slot:
    """The slot of a row that a person added."""
    if address.row is None or address.column is None:
        raise KeyError(str(address))
    return tables[address.field].slot(address.row, address.column)


def _as_typed(raw: Raw) -> str:
    """The text of an answer that was not understood; never empty where anything was there."""
    if raw.text.strip():
        return normalise(raw.text)
    if raw.chosen:
        return ", ".join(raw.chosen)
    for value in (raw.number, raw.date, raw.truth, raw.signed):
        if value is not None:
            return str(value)
    return ""
