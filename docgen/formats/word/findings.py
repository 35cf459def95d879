"""What a reading finds, and the rule by which a place in the file becomes an answer's.

A control's tag, a bookmark and the place in its table each name an answer. Where they agree, the first of them that is
left is the key; where two disagree the text stands under neither.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from docgen.document import Document, Slot
from docgen.formats.opc import XmlElement
from docgen.formats.word.claims import Claim, claims
from docgen.formats.word.content import Content, Piece
from docgen.formats.word.controls import control, option_tag
from docgen.formats.word.ooxml import bookmark_name
from docgen.formats.word.outline import section_place
from docgen.formats.word.pen import shown
from docgen.formats.word.placeholders import words
from docgen.problems import Problem, problem
from docgen.response import Found, Key, Unplaced
from docgen.values import Address, Raw, normalise, same_words

# How sure each key makes an answer, alone; a place that is known by order only is a guess among few.
SURE: Mapping[Key, float] = {"tag": 1.0, "bookmark": 0.95}
BY_PLACE = 0.9
BY_ORDER = 0.8


@dataclass(frozen=True)
class Keys:
    """The slots of a document by the tag of a control, by the name of a bookmark, and by the section as a person says it."""

    tags: Mapping[str, Slot]
    names: Mapping[str, Slot]
    asked: Mapping[str, Sequence[Slot]]

    def place(self, slot: Slot) -> str:
        """Where an answer belongs, as a person finds it: "Avsnitt 3, Delmål 2, Senast"."""
        return f"{self._sections[slot.address.field]}, {slot.place}"

    @cached_property
    def _sections(self) -> Mapping[str, str]:
        return {slot.address.field: where for where, slots in self.asked.items() for slot in slots}

    def named(self, bookmarks: Iterable[str]) -> dict[Address, Slot]:
        """The slots that bookmarks name, in the order of the names."""
        slots = (self.names[name] for name in sorted(bookmarks))
        return {slot.address: slot for slot in slots}


def keys_of(document: Document) -> Keys:
    """Every key that a writer put into a document's file."""
    tags: dict[str, Slot] = {}
    for slot in document.slots():
        tags[slot.tag] = slot
        if slot.spec.type == "select_multiple":
            tags |= {option_tag(slot, option): slot for option in slot.spec.options}
    asked: dict[str, list[Slot]] = {}
    for section in document.sections:
        asked.setdefault(section_place(section, document.language), []).extend(section.slots())
    return Keys(tags, {bookmark_name(tag): slot for tag, slot in tags.items()}, asked)


@dataclass
class Findings:
    """Answers, text without a place, and problems, as they are found.

    Attributes:
        keys: of the document.
        places: the cell each answer was found in, None where it is none.
        repeated: tags that stand in the file more than once, as when a row was copied: they tell the column only.
        bookmarked: whether any bookmark of ours is left in the file.
    """

    keys: Keys
    repeated: frozenset[str] = frozenset()
    bookmarked: bool = True
    found: dict[Address, Found] = field(default_factory=dict)
    places: dict[Address, XmlElement | None] = field(default_factory=dict)
    unplaced: list[tuple[int, Unplaced]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    answered: dict[int, Slot] = field(default_factory=dict)  # by the identity of a piece: the answer it went to
    at: int = 0  # the block of the file we are in: unplaced text is told in the file's order

    def cell(
        self, content: Content, places: Sequence[Slot], where: str, sure: float = BY_PLACE, by: Key = "place"
    ) -> bool:
        """A cell's content becomes the answer it belongs to; False where no key says which.

        Args:
            content: of the cell.
            places: the slots that stand here by place: one, none where the place is unknown, several if cells merged.
            where: the section, as a person says it.
            sure: how sure the place is.
            by: what told the place.
        """
        if len(places) == 1 and places[0].read_only:
            return self._printed(content, places[0], where)
        said = claims(content, lambda mark: self._meant(mark.tag, places), self.keys.named)
        keyed = [claim for claim in said if claim.slots]
        keyed = [claim for claim in keyed if not claim.silent] or keyed
        if len(keyed) == 1 and len(places) < 2:
            self._claimed(replace(keyed[0], content=content), places, where)
        elif keyed:
            for claim in keyed:
                self._claimed(claim, places, where)
            self._unclaimed([claim.content for claim in said if not claim.slots], places, where)
        elif len(places) == 1:
            self._record(content, places[0], where, by, sure)
        elif places:
            self._merged(content, places, where)
        return bool(keyed or places)

    def _printed(self, content: Content, slot: Slot, where: str) -> bool:
        """What is only to be read: as it was printed, or else somebody's own text."""
        text = normalise(content.text)
        if same_words(text) == same_words(shown(slot)):
            self.found[slot.address] = Found(slot.address, Raw(text), f"{where}, {slot.place}", "place", BY_PLACE)
        else:
            self.stray(text, f"{where}, {slot.place}")
        return True

    def _claimed(self, claim: Claim, places: Sequence[Slot], where: str) -> None:
        """What controls and bookmarks claim for an answer is that answer's, unless another key says otherwise."""
        slot = claim.slots[0]
        if len(claim.slots) > 1:
            self._disagree(claim.content, slot, claim.slots[1], where, places)
        elif places and slot.address not in {place.address for place in places}:
            self._disagree(claim.content, slot, places[0], where, places)
        elif len(places) > 1 and claim.by == "bookmark" and "\n" in normalise(claim.content.text).strip():
            self._merged(claim.content, places, where)  # it may have come to stand around more than its own
        elif not places and self._is_copy(claim):
            self.stray(words(claim.content, slot.placeholder), where)
        else:
            self._record(claim.content, slot, where, claim.by, SURE[claim.by])

    def _unclaimed(self, left: Sequence[Content], places: Sequence[Slot], where: str) -> None:
        """What stands in a cell beside the claims of several answers."""
        for content in left:
            if len(places) > 1:
                self._merged(content, places, where)
            else:
                self.stray(content.text, ", ".join([where, *(place.place for place in places)]))

    def _meant(self, tag: str, places: Sequence[Slot]) -> Slot:
        """The slot a tag means here: of a repeated one, the row is told by the place."""
        slot = self.keys.tags[tag]
        if tag in self.repeated:
            for place in places:
                if (place.address.field, place.address.column) == (slot.address.field, slot.address.column):
                    return place
        return slot

    def _is_copy(self, claim: Claim) -> bool:
        """Only controls that stand in the file more than once claim it: which is the copy, nothing says."""
        if claim.slots[0].address in self.keys.named(claim.content.bookmarks):
            return False  # a bookmark is never copied
        return claim.by == "tag" and all(mark.tag in self.repeated for mark in claim.content.marks)

    def _disagree(self, content: Content, one: Slot, other: Slot, where: str, places: Sequence[Slot]) -> None:
        """Text stands under neither of two answers; an empty control says nothing either way."""
        raw = control(one).read(content, one)
        if raw.empty:
            return
        place = f"{where}, {(places[0] if places else other).place}"
        self.stray(raw.text or ", ".join(raw.chosen) or content.text, place)
        self.problems.append(
            problem(
                "keys-disagree", place, address=other.address, one=self.keys.place(one), other=self.keys.place(other)
            )
        )

    def _merged(self, content: Content, places: Sequence[Slot], where: str) -> None:
        """Text in a cell over several answers, which nothing divides between them."""
        printed = {same_words(slot.placeholder) for slot in places}
        content = Content(
            tuple(line for line in content.lines if same_words("".join(piece.text for piece in line)) not in printed)
        )
        if any(control(slot).read(content, slot).empty for slot in places):
            return
        names = " / ".join(dict.fromkeys(self.keys.place(slot) for slot in places))
        self.stray(content.text, f"{where}, {' / '.join(dict.fromkeys(slot.place for slot in places))}")
        self.problems.append(problem("cells-merged", where, places=names))

    def own(self, content: Content, slot: Slot, where: str) -> None:
        """An answer at its own place, where every key that is left says that it is this one's."""
        by: Key = "tag" if content.marks else "bookmark" if content.bookmarks else "place"
        self._record(content, slot, where, by, SURE.get(by, BY_PLACE))

    def _record(self, content: Content, slot: Slot, where: str, by: Key, sure: float) -> None:
        """The first that is filled in counts; another one for the same answer has no place."""
        self.answered.update((id(piece), slot) for piece in content.pieces)
        new = Found(slot.address, control(slot).read(content, slot), f"{where}, {slot.place}", by, sure)
        old = self.found.get(slot.address)
        if old is None or (old.raw.empty and not new.raw.empty):
            self.found[slot.address] = new
            self.places[slot.address] = content.element
        elif not new.raw.empty:
            self.stray(content.text, new.where)

    def missing(self) -> list[Slot]:
        """What is asked and has no place in the file any more, not even an empty one."""
        return [slot for slots in self.keys.asked.values() for slot in slots if slot.address not in self.found]

    def answer_of(self, pieces: Iterable[Piece]) -> Slot | None:
        """The answer that pieces of the file went to."""
        return next((slot for piece in pieces if (slot := self.answered.get(id(piece)))), None)

    def waits(self, slot: Slot) -> bool:
        """No answer was found for it yet."""
        found = self.found.get(slot.address)
        return found is None or found.raw.empty

    def stray(self, text: str, where: str) -> None:
        """Text that belongs to no answer."""
        text = normalise(text)
        if text.strip():
            self.unplaced.append((self.at, Unplaced(where, text)))

    def edited(self, expected: str, actual: str, where: str) -> None:
        """The blueprint's own words as they came back: what was added to them, or all if they were rewritten."""
        if actual == expected or not actual.strip() or same_words(actual) == same_words(expected):
            return
        self.stray(added(expected, actual), where)


def added(expected: str, actual: str) -> str:
    """What stands before and after printed words; all, where they are not there or stand within a word or number."""
    if not expected.strip():
        return actual
    whole = re.compile(rf"(?<!\w){re.escape(expected)}(?!\w)")
    places = list(whole.finditer(actual))
    if len(places) != 1:
        return actual
    parts = (actual[: places[0].start()].strip(), actual[places[0].end() :].strip())
    return "\n".join(part for part in parts if part)
