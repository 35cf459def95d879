"""What a reading finds, and the rule by which a place in the file becomes an answer's.

A control's tag, a bookmark and the place in its table each name an answer. Where they agree, the first of them that is
left is the key; where two disagree the text stands under neither.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from docgen.document import Document, Question, Slot, Table
from docgen.formats.opc import XmlElement
from docgen.formats.word.content import Content, Mark, words
from docgen.formats.word.controls import control, option_tag
from docgen.formats.word.ooxml import bookmark_name
from docgen.formats.word.pen import shown
from docgen.problems import Problem, problem
from docgen.response import Found, Key, Unplaced
from docgen.values import Address, Raw, normalise, same_words

# How sure each key makes an answer, alone; a place that is known by order only is a guess among few.
BY_BOOKMARK = 0.95
BY_PLACE = 0.9
BY_ORDER = 0.8


@dataclass(frozen=True)
class Keys:
    """The slots of a document by the tag of a control, and by the name of a bookmark."""

    tags: Mapping[str, Slot]
    names: Mapping[str, Slot]

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
    return Keys(tags, {bookmark_name(tag): slot for tag, slot in tags.items()})


@dataclass
class Findings:
    """Answers, text without a place, and problems, as they are found.

    Attributes:
        keys: of the document.
        places: the cell each answer was found in, None where it is none.
        repeated: tags that stand in the file more than once, as when a row was copied: they tell the column only.
    """

    keys: Keys
    repeated: frozenset[str] = frozenset()
    found: dict[Address, Found] = field(default_factory=dict)
    places: dict[Address, XmlElement | None] = field(default_factory=dict)
    unplaced: list[tuple[int, Unplaced]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    at: int = 0  # the block of the file we are in: unplaced text is told in the file's order

    def cell(self, content: Content, places: Sequence[Slot], where: str, sure: float = BY_PLACE) -> bool:
        """A cell's content becomes the answer it belongs to; False where no key says which.

        Args:
            content: of the cell.
            places: the slots that stand here by place: one, none where the place is unknown, several if cells merged.
            where: the section, as a person says it.
            sure: how sure the place is.
        """
        if len(places) == 1 and places[0].read_only:
            return self._printed(content, places[0], where)
        if content.marks:
            self._by_tags(content, places, where)
            return True
        named = self.keys.named(content.bookmarks)
        if named:
            self._by_bookmarks(content, named, places, where)
            return True
        if len(places) == 1:
            self._record(content, places[0], where, "place", sure)
            return True
        return False

    def _printed(self, content: Content, slot: Slot, where: str) -> bool:
        """What is only to be read: as it was printed, or else somebody's own text."""
        text = normalise(content.text)
        if same_words(text) == same_words(shown(slot)):
            self.found[slot.address] = Found(slot.address, Raw(text), f"{where}, {slot.place}", "place", BY_PLACE)
        else:
            self.stray(text, f"{where}, {slot.place}")
        return True

    def _by_tags(self, content: Content, places: Sequence[Slot], where: str) -> None:
        by_slot: dict[Address, list[Mark]] = {}
        slots: dict[Address, Slot] = {}
        for mark in content.marks:
            slot = self._meant(self.keys.tags[mark.tag], mark.tag, places)
            slots[slot.address] = slot
            by_slot.setdefault(slot.address, []).append(mark)
        named = self.keys.named(content.bookmarks)
        allowed = {place.address for place in places}
        for address, marks in by_slot.items():
            slot = slots[address]
            part = content if len(by_slot) == 1 else content.only(marks)
            if allowed and address not in allowed:
                self._disagree(part, slot, places[0], where)
            elif named and address not in named:
                self._disagree(part, slot, next(iter(named.values())), where)
            elif not allowed and all(mark.tag in self.repeated for mark in marks):
                self.stray(words(part, slot.placeholder), where)
            else:
                self._record(part, slot, where, "tag", 1.0)
        if len(by_slot) > 1:
            self.stray(content.only([None]).text, where)

    def _meant(self, slot: Slot, tag: str, places: Sequence[Slot]) -> Slot:
        """The slot a tag means here: of a repeated one, the row is told by the place."""
        if tag in self.repeated:
            for place in places:
                if (place.address.field, place.address.column) == (slot.address.field, slot.address.column):
                    return place
        return slot

    def _by_bookmarks(
        self, content: Content, named: Mapping[Address, Slot], places: Sequence[Slot], where: str
    ) -> None:
        allowed = {place.address for place in places}
        for address, slot in named.items():
            part = content
            if len(named) > 1:
                names = {name for name, each in self.keys.names.items() if each.address == address}
                lines = (tuple(piece for piece in line if piece.bookmarks & names) for line in content.lines)
                part = Content(tuple(line for line in lines if line))
            if allowed and address not in allowed:
                self._disagree(part, slot, places[0], where)
            else:
                self._record(part, slot, where, "bookmark", BY_BOOKMARK)
        if len(named) > 1:
            lines = (tuple(piece for piece in line if not piece.bookmarks) for line in content.lines)
            self.stray(Content(tuple(lines)).text, where)

    def _disagree(self, content: Content, one: Slot, other: Slot, where: str) -> None:
        """Text stands under neither of two answers; an empty control says nothing either way."""
        raw = control(one).read(content, one)
        if raw.empty:
            return
        place = f"{where}, {other.place}"
        text = raw.text or ", ".join(raw.chosen) or content.text
        self.stray(text, place)
        self.problems.append(problem("keys-disagree", place, address=other.address, one=one.place, other=other.place))

    def label(self, content: Content, slot: Slot, where: str, sure: float) -> None:
        """An answer found by its label's words."""
        self._record(content, slot, where, "label", sure)

    def _record(self, content: Content, slot: Slot, where: str, by: Key, sure: float) -> None:
        """The first that is filled in counts; another one for the same answer has no place."""
        new = Found(slot.address, control(slot).read(content, slot), f"{where}, {slot.place}", by, sure)
        old = self.found.get(slot.address)
        if old is None or (old.raw.empty and not new.raw.empty):
            self.found[slot.address] = new
            self.places[slot.address] = content.element
        elif not new.raw.empty:
            self.stray(content.text, new.where)

    def stray(self, text: str, where: str) -> None:
        """Text that belongs to no answer."""
        text = normalise(text)
        if text.strip():
            self.unplaced.append((self.at, Unplaced(where, text)))

    def edited(self, expected: str, actual: str, where: str) -> None:
        """The blueprint's own words as they came back: what was added to them, or all if they were rewritten."""
        if same_words(actual) == same_words(expected) or not actual.strip():
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


def slots_by_section(document: Document) -> dict[str, list[Slot]]:
    """Every printed slot, by the key of its section."""
    found: dict[str, list[Slot]] = {}
    for section in document.sections:
        slots = found.setdefault(section.key, [])
        for block in section.blocks:
            if isinstance(block, Question):
                slots.append(block.slot)
            elif isinstance(block, Table):
                slots += [slot for row in block.rows for slot in row.slots]
    return found
