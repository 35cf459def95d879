"""A returned PDF form: which one it is, and what was filled in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docgen.document import Document, Question, Section, Slot, Table
from docgen.errors import UnreadableFile
from docgen.formats.base import Marks
from docgen.formats.pdf import xmp
from docgen.formats.pdf.controls import control_of
from docgen.formats.pdf.names import field_name, option_name, owner
from docgen.formats.pdf.opening import Field, Mark, Opened
from docgen.formats.pdf.writer import write
from docgen.formats.pdf.written import added
from docgen.locales import LANGUAGES
from docgen.locales import text as say
from docgen.problems import Problem, problem
from docgen.response import Found, Reading, Unplaced
from docgen.values import normalise

# ROUND/PARTNER/DOCUMENT as it stands on every page; a round is ten hexadecimal digits.
_REFERENCE = re.compile(r"\b([0-9a-f]{10})/([^\s/]{1,100})/([^\s/]{1,100})")

_MOST_TOLD = 5  # places named one by one

_PARTS = ("blueprint", "version", "hash", "round", "partner", "document", "carried")


def identify(data: bytes) -> Marks:
    """What a PDF says of itself: by its metadata, else by the names of its fields, else by the reference in print.

    Raises:
        UnreadableFile: damaged, encrypted, hostile, of Adobe's XFA kind; or one of our forms without its fields.
    """
    opened = Opened(data)
    kept = xmp.properties(opened.xmp)
    ours = owner(field.name.rpartition(".")[2] for field in opened.fields)
    printed = _REFERENCE.search(opened.text)
    claims = tuple(claim for claim in (ours, _claim(printed)) if claim is not None)
    if not ours:
        if not opened.fields and kept.get("kind") != "plan" and (printed or kept.get("round")):
            raise UnreadableFile(problem(_why_no_fields(opened.text, printed)))
        ours = _claim(printed)
    if kept.get("round"):
        blueprint, version, hash_, round_, partner, document, carried = (kept.get(part, "") for part in _PARTS)
        return Marks(blueprint, version, hash_, round_, partner, document, carried, claims=claims)
    if ours is None:
        return Marks()
    return Marks(round=ours[0], partner=ours[1], document=ours[2], remarks=("file-lost-marks",), claims=claims)


def _claim(printed: re.Match[str] | None) -> tuple[str, str, str] | None:
    return (printed[1], printed[2], printed[3]) if printed else None


def _why_no_fields(text: str, printed: re.Match[str] | None) -> str:
    """Our own form made flat, or a Word or Excel form that was printed to PDF: ours says so beside its reference."""
    if printed is None:
        return "file-flattened"
    before = " ".join(text[: printed.end()].split())
    own = any(before.endswith(say(language, "pdf.form_reference", reference=printed[0])) for language in LANGUAGES)
    return "file-flattened" if own else "file-pdf-of-form"


def read(data: bytes, document: Document) -> Reading:
    """What was filled in, and all that was written elsewhere.

    Raises:
        UnreadableFile: as :func:`identify`.
    """
    opened = Opened(data)
    places = list(_places(document))
    known = {name: place for place in places for name in place.names}
    by_name: dict[str, list[Field]] = {}
    for field in opened.fields:
        name = field.name if field.name in known else field.name.rpartition(".")[2]
        by_name.setdefault(name, []).append(field)
    twice = {known[name].name for name, fields in by_name.items() if name in known and len(fields) > 1}
    once = {name: fields[0] for name, fields in by_name.items() if name in known and len(fields) == 1}

    found: list[Found] = []
    unplaced: list[Unplaced] = []
    missing: list[str] = []
    problems: list[Problem] = []
    for place in places:
        if place.name in twice:
            problems.append(problem("fields-duplicate", place.slot.place, address=place.slot.address))
            several = [field for name in place.names for field in by_name.get(name, ())]
            unplaced += [Unplaced(place.where, text) for text in _texts(several, place.slot)]
            continue
        raw = control_of(place.slot.spec.type).read(once, place.slot, place.name)
        if raw is None:
            missing.append(place.slot.place)
        else:
            found.append(Found(place.slot.address, raw, place.where, "name"))
    if found and missing:
        told = ", ".join(missing[:_MOST_TOLD]) + (" …" if len(missing) > _MOST_TOLD else "")
        problems.append(problem("fields-missing", count=len(missing), places=told))
    strange = [field for name, fields in by_name.items() if name not in known for field in fields]
    unplaced += _strangers(strange, document.language)
    unplaced += [_written_over(mark, known, document.language) for mark in opened.marks]
    unplaced += _added(opened, document)
    if not opened.read_whole:
        problems.append(problem("pages-not-read", number=len(opened.texts) + 1))
    if opened.attached and document.kind == "form":
        problems.append(problem("file-attachments", names=", ".join(opened.attached[:_MOST_TOLD])))
    return Reading(tuple(found), tuple(unplaced), tuple(problems))


def _added(opened: Opened, document: Document) -> Iterator[Unplaced]:
    """Text that somebody added to the pages themselves."""
    if not opened.fields:  # none of our forms
        return
    printed = Opened(write(document)).text
    for number, text in enumerate(opened.texts, start=1):
        new = added(text, printed)
        if new:
            yield Unplaced(say(document.language, "pdf.where.page", page=number), normalise(new))


@dataclass(frozen=True)
class _Place:
    """A slot with the names of its fields and its place in words. ``names`` are the field's own and its options'."""

    slot: Slot
    name: str
    names: tuple[str, ...]
    where: str


def _places(document: Document) -> Iterator[_Place]:
    for section in document.sections:
        for slot in _slots(section):
            if slot.formula is not None:
                continue
            name = field_name(document.identity, slot)
            options = tuple(option_name(name, option.name) for option in slot.spec.options)
            yield _Place(slot, name, (name, *options), _where(section, slot, document.language))


def _slots(section: Section) -> Iterator[Slot]:
    for block in section.blocks:
        match block:
            case Question(slot=slot):
                yield slot
            case Table(rows=rows):
                for row in rows:
                    yield from row.slots
            case _:
                pass


def _where(section: Section, slot: Slot, language: str) -> str:
    if not section.number:
        return f"{section.title}, {slot.place}"
    return say(language, "pdf.where.section", number=section.number, place=slot.place)


def _texts(several: list[Field], slot: Slot) -> list[str]:
    """What fields say, each text once, the state of a button as the label it stands beside."""
    labels = {option.name: option.label for option in slot.spec.options}
    texts = []
    for field in several:
        if field.on:
            option = labels.get(field.name.rpartition("=")[2]) if "=" in field.name else labels.get(field.value)
            texts.append(option or normalise(field.value))
    return list(dict.fromkeys(texts))


def _strangers(strange: list[Field], language: str) -> list[Unplaced]:
    """Fields that are not this form's and hold anything."""
    return [
        Unplaced(say(language, "pdf.where.field", page=field.page or "?", name=field.name), normalise(field.value))
        for field in strange
        if field.on
    ]


def _written_over(mark: Mark, known: Mapping[str, _Place], language: str) -> Unplaced:
    """What a person wrote or drew over the pages, with the answer it lies on."""
    near = known.get(mark.near) or known.get(mark.near.rpartition(".")[2])
    if near is None:
        where = say(language, "pdf.where.mark", page=mark.page)
    else:
        where = say(language, "pdf.where.near", page=mark.page, place=near.slot.place)
    return Unplaced(where, normalise(mark.text) or say(language, "pdf.drawn"))
