"""One layout for many partners: a document laid out for anybody, and the same addressed to somebody.

Two partners with the same roles and language get documents that differ in nothing but their id and name. These stand
in few places, and a document laid out for a stand-in holds the stand-in's there.
"""

import json
from dataclasses import dataclass, replace

from docgen.document import Block, Document, Guide, Prose, Section


@dataclass(frozen=True)
class Addressee:
    """Whom a document is for: a partner's id and name."""

    id: str
    name: str


def stand_in(round_id: str) -> Addressee:
    """An id and a name that no text of a round holds: they are made of a digest over all of them."""
    return Addressee(f"i{round_id}z", f"n{round_id}z")


def is_addressable(document: Document, anybody: Addressee) -> bool:
    """Whether the stand-in's name and id stand only where :func:`addressed` puts others."""
    rest = replace(
        document,
        identity=replace(document.identity, partner=""),
        organisation="",
        guide=(),
        sections=tuple(replace(section, blocks=_without_guides(section)) for section in document.sections),
        carried=document.carried.replace(json.dumps(anybody.id), "", 1),
    )
    shown = repr(rest)
    return anybody.id not in shown and anybody.name not in shown


def _without_guides(section: Section) -> tuple[Block, ...]:
    return tuple(block for block in section.blocks if not isinstance(block, Guide))


def addressed(document: Document, anybody: Addressee, to: Addressee) -> Document:
    """A document that was laid out for the stand-in, addressed to somebody; what does not name them is shared."""
    return replace(
        document,
        identity=replace(document.identity, partner=to.id),
        organisation=to.name,
        guide=tuple(_guide(each, anybody, to) for each in document.guide),
        sections=tuple(_section(each, anybody, to) for each in document.sections),
        carried=document.carried.replace(json.dumps(anybody.id), json.dumps(to.id, ensure_ascii=False), 1),
    )


def _section(section: Section, anybody: Addressee, to: Addressee) -> Section:
    blocks = tuple(_guide(block, anybody, to) if isinstance(block, Guide) else block for block in section.blocks)
    changed = any(new is not old for new, old in zip(blocks, section.blocks, strict=True))
    return replace(section, blocks=blocks) if changed else section


def _guide(guide: Guide, anybody: Addressee, to: Addressee) -> Guide:
    if not any(anybody.name in span.text for each in guide.prose for span in each.spans):
        return guide
    return replace(guide, prose=named(guide.prose, anybody, to))


def named(prose: tuple[Prose, ...], anybody: Addressee, to: Addressee) -> tuple[Prose, ...]:
    """Prose with a name where the stand-in's stands: as it is, for a name is no CommonMark."""
    return tuple(
        replace(each, spans=tuple(replace(span, text=span.text.replace(anybody.name, to.name)) for span in each.spans))
        for each in prose
    )
