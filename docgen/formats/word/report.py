"""The body of a merged plan: a cover, then each section as a report reads, with what the group decides set apart."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from docgen.document import Block as Told
from docgen.document import Document, Guide, Note, Question, Section, Slot, Table, Voices
from docgen.formats.word import measure, reporttables, tables
from docgen.formats.word.cells import Answer, Block, Fixed, Grid, GridRow, Line, Words, said, title_of
from docgen.formats.word.cover import fills_a_page, opened
from docgen.formats.word.form import STACKED
from docgen.formats.word.pen import shown
from docgen.formats.word.pieces import facts, guide_blocks, logo, prose_lines, reference_line
from docgen.formats.word.printed import decided, decision_label, words_of
from docgen.locales import text as say

BRIEF_TWIPS = 4300  # an answer that finds room on one line beside its question and its organisation
NAMES_TWIPS = 2700  # names that find room there too, on two lines


def opening(document: Document) -> Iterator[Block]:
    """The cover: what this is, whose answers it is made of, and where the group has something to decide."""
    yield from opened(document, list(_cover(document)))
    if not document.sections:
        yield said("Normal", say(document.language, "plan.nothing"))


def has_cover_page(document: Document) -> bool:
    """Whether cover and contents fill a page of their own."""
    return fills_a_page(document, list(_cover(document)))


def _cover(document: Document) -> Iterator[Block]:
    yield from logo(document)
    yield said("Subtitle", document.title)
    yield said("Title", document.plan)
    yield said("Organisation", document.organisation)
    deciding = [section.number or section.title for section in document.sections if _decides(section)]
    if deciding:
        yield said("Notice", say(document.language, "word.protected"))
    if document.facts:
        yield facts(document)
    for guide in document.guide:
        yield from guide_blocks(guide)
    language = document.language
    if deciding:
        yield said("HowTo", say(language, "word.decide"))
        key = "word.decide_in" if len(deciding) == 1 else "word.decide_in_several"
        yield said("Normal", say(language, key, sections=_listed(deciding, language)))
    yield reference_line(document)


def _decides(section: Section) -> bool:
    slots = [block.slot for block in section.blocks if isinstance(block, Question)]
    slots += [slot for block in section.blocks if isinstance(block, Table) for row in block.rows for slot in row.slots]
    return any(decided(slot) for slot in slots)


def _listed(names: Sequence[str], language: str) -> str:
    """Names as a sentence lists them: "1, 2 och 3"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {say(language, 'word.and')} {names[-1]}"


def section_blocks(section: Section, document: Document) -> Iterator[Block]:
    """What stands under a section's band. Short answers in a row share a table, so that they are seen at a glance."""
    language = document.language
    told = [block for block in section.blocks if not _says_nothing(block)]
    for kind, group in groupby(told, key=_kind):
        blocks = list(group)
        if kind == "brief":
            yield said("Gap", "")
            yield _brief(blocks)
        elif kind == "deciding":
            yield said("Gap", "")
            yield _decisions([block.slot for block in blocks if isinstance(block, Question)], language)
        else:
            for block in blocks:
                yield from _block(block, language)


def _block(block: Told, language: str) -> Iterator[Block]:
    match block:
        case Guide():
            yield from guide_blocks(block)
        case Note():
            yield from prose_lines(block.prose, "Caption")
        case Voices():
            yield from _voices(block, language)
        case Table():
            yield from reporttables.blocks(block, language)
        case Question() if decided(block.slot):
            yield said("Gap", "")
            yield _decision(block.slot, language)
        case Question():
            yield said("Heading2", title_of(block.slot.label, block.slot.spec.unit))
            yield from words_of(shown(block.slot), "Said")


def _says_nothing(block: Told) -> bool:
    """Something calculated that came to nothing, or a question nobody answered."""
    match block:
        case Question(slot=slot):
            return not decided(slot) and not shown(slot)
        case Voices(entries=entries, remark=remark):
            return not entries and not remark
        case _:
            return False


def _kind(block: Told) -> str:
    match block:
        case Question(slot=slot) if decided(slot):
            return "" if slot.spec.type in STACKED else "deciding"
        case Question(slot=slot):
            return "brief" if _is_short(shown(slot), BRIEF_TWIPS) else ""
        case Voices(entries=((who, text),), remark=""):
            return "brief" if _is_short(text, BRIEF_TWIPS) and _is_short(who, 2 * NAMES_TWIPS) else ""
        case _:
            return ""


def _is_short(text: str, twips: int) -> bool:
    return "\n" not in text and measure.width(text) <= twips


def _brief(blocks: Sequence[Told]) -> Grid:
    """Short answers under one another: the question, what is answered, and who says so."""
    rows = []
    for block in blocks:
        match block:
            case Voices(label=label, entries=((who, text),)):
                cells = (label, text, who)
            case Question(slot=slot):
                cells = (title_of(slot.label, slot.spec.unit), shown(slot), "")
            case _:
                continue
        label, text, who = cells
        styled = (said("RowLabel", label), said("Cell", text), said("Who", who))
        rows.append(GridRow(tuple(Fixed((line,)) for line in styled), keep=True))
    rows[-1] = replace(rows[-1], keep=False)
    first, second = tables.split(34)
    titles = ", ".join(row.cells[0].lines[0].text for row in rows if isinstance(row.cells[0], Fixed))
    return Grid("brief", tuple(rows), (first, second - NAMES_TWIPS, NAMES_TWIPS), title=titles)


def _voices(voices: Voices, language: str) -> Iterator[Line]:
    """Each organisation's name above its words; a thin line sets them apart."""
    yield said("Heading2", voices.label)
    if voices.remark:
        yield Line("Remark", (Words(f"{say(language, 'word.remark')} ", bold=True), Words(voices.remark)))
    for who, text in voices.entries:
        yield said("Voice", who)
        yield from words_of(text, "Said")


def _decision(slot: Slot, language: str) -> Grid:
    """What the group is to agree on in words of its own: the question above, room below."""
    label = Fixed(decision_label(slot, language, "Question"))
    rows = (GridRow((label,), head=True, keep=True), GridRow((Answer(slot),), whole=False))
    return Grid("deciding", rows, tables.split(100)[:1], title=slot.label)


def _decisions(slots: Sequence[Slot], language: str) -> Grid:
    """What the group is to choose, a line each."""
    rows = [GridRow((Fixed(decision_label(slot, language, "Question")), Answer(slot)), keep=True) for slot in slots]
    rows[-1] = replace(rows[-1], keep=False)
    return Grid("deciding", tuple(rows), tables.split(36), title=", ".join(slot.label for slot in slots))
