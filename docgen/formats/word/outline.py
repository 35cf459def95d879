"""What stands in the file, in order: lines of the blueprint's own words, and grids whose cells hold words or an answer.

The writer turns it into WordprocessingML. The reader makes the same outline from the same Document and lays what came
back beside it: that is how it knows a place, and what is the blueprint's own text there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from docgen.document import Document, Section
from docgen.formats.word import form, report
from docgen.formats.word.cells import Block, said
from docgen.formats.word.pieces import anchor, heading, reference
from docgen.locales import text as say
from docgen.once import Same


@dataclass(frozen=True)
class Placed:
    """A block and the place it stands in, as a person says it."""

    block: Block
    where: str


@dataclass(frozen=True)
class Around:
    """What stands on every page: in the header the organisation (or what a plan is) and the plan, in the footer the reference and the page."""

    header: tuple[str, str]
    reference: str
    page: str


def around(document: Document) -> Around:
    """The header and footer of a document; ``page`` keeps its ``{page}`` and ``{pages}``."""
    whose = document.title if document.kind == "plan" else document.organisation
    return Around((whose, document.plan), reference(document), say(document.language, "form.page"))


@dataclass(frozen=True)
class _Kind:
    """How the body of one kind of document is made, and whether its first section begins a page."""

    opening: Callable[[Document], Iterator[Block]]
    section: Callable[[Section, Document], Iterable[Block]]
    has_cover_page: Callable[[Document], bool]


@lru_cache(maxsize=512)
def _form_blocks(section: Same[Section], language: str, protected: bool) -> tuple[Block, ...]:
    """The blocks of a form's section. Forms of a round share their sections: each is set out once for all of them."""
    return tuple(form.section_blocks(section.it, language, protected=protected))


_KINDS: Mapping[str, _Kind] = {
    "form": _Kind(
        form.opening,
        lambda section, document: _form_blocks(Same(section), document.language, document.protected),
        form.has_cover_page,
    ),
    "plan": _Kind(report.opening, report.section_blocks, report.has_cover_page),
}


def outline(document: Document) -> tuple[Placed, ...]:
    """Every block of the body, in reading order."""
    start = say(document.language, "word.where.cover")
    kind = _KINDS[document.kind]
    placed = [Placed(block, start) for block in kind.opening(document)]
    for section in document.sections:
        where = section_place(section, document.language)
        band = replace(said("Heading1", heading(section)), anchor=anchor(section))
        new_page = kind.has_cover_page(document) and section is document.sections[0]
        placed.append(Placed(replace(band, new_page=new_page), where))
        placed += [Placed(block, where) for block in kind.section(section, document)]
    return tuple(placed)


def section_place(section: Section, language: str) -> str:
    """A section as a person says it: "Avsnitt 3"."""
    if section.number:
        return say(language, "word.where.section", number=section.number)
    return section.title
