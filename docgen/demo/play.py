"""Plays the demo: builds the round, fills in files as people would, puts them into the inbox, reads them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import cycle
from pathlib import Path
from typing import Any

from docgen.demo.keeping import making_way, put
from docgen.demo.story import Story, shipped_story, what_is_typed
from docgen.document import Document
from docgen.formats import FORMATS, Format
from docgen.layout import documents_for
from docgen.locales import text as say
from docgen.producing import file_name, plain_name
from docgen.response import Response
from docgen.roundfile import INBOX
from docgen.rounds import (
    Built,
    MergedRound,
    Progress,
    Unread,
    build,
    merge,
    no_progress,
)

# What files are called when they come back: each partner has a habit of its own (keys of the catalogues of texts).
_HABITS = ("demo.name.same", "demo.name.folder", "demo.name.reply", "demo.name.final")

Said = Response | Unread


def silent(key: str) -> Progress:  # noqa: ARG001 - the signature of who says something
    """Says nothing, whatever is at work."""
    return no_progress


@dataclass(frozen=True)
class Shown:
    """What a demo did: the round as it went out, by partner id what was understood of each file that came back, the plan."""

    built: Built
    said: Mapping[str, tuple[Said, ...]]
    merged: MergedRound

    def as_json(self, language: str) -> dict[str, Any]:
        """The round, its folder and files, and what ``read`` prints for each file that came back."""
        return {
            "round": self.built.round.id,
            "folder": str(self.built.folder),
            "files": list(self.built.files),
            "responses": [each.as_json(language) for files in self.said.values() for each in files],
            "merged": self.merged.as_json(language),
            "problems": [found.as_json(language) for found in self.built.remarks],
        }


def run(round_folder: Path | None = None, progress: Callable[[str], Progress] = silent) -> Shown:
    """Plays a whole round with made-up organisations and answers, in the files themselves.

    Args:
        round_folder: where; ``output/demo`` unless given, so that it is never in the way of a real round.
        progress: gives, for the key of a text, who is told how far that work is.

    Raises:
        RoundError: the folder holds something that is not the demo's own. Nothing has changed.
    """
    story = shipped_story()
    folder = round_folder or Path("output") / "demo"
    with making_way(folder):
        built = build(story.blueprint, story.partners, folder, story.parameters, progress("build.progress"))
    put(folder, built.round.id, {})
    put(folder, built.round.id, dict(_returned(built, story, progress("demo.progress"))))
    done = merge(folder, progress("merge.progress"))
    return Shown(built, _by_partner(built, done.collected.results), done)


def _returned(built: Built, story: Story, progress: Progress) -> Iterator[tuple[str, bytes]]:
    """Every file that comes back, by its path in the round's folder."""
    answering = [partner for partner in built.round.partners if partner.id in story.answers]
    for done, (partner, habit) in enumerate(zip(answering, cycle(_HABITS), strict=False)):
        progress(done, len(answering), partner.name)
        documents = documents_for(built.round, partner)
        for document, typed in zip(documents, what_is_typed(story, partner.id, documents), strict=True):
            if typed:
                format_ = FORMATS[built.round.blueprint.documents[document.identity.document].format]
                sent = (built.folder / "partners" / partner.id / file_name(document, format_)).read_bytes()
                filled = import_module(f"docgen.demo.{format_.name}").fill(sent, document, typed)
                yield f"{INBOX}/{_called(habit, document, format_)}", filled
    progress(len(answering), len(answering), "")


def _called(habit: str, document: Document, format_: Format) -> str:
    """What a person calls a file that goes back; a folder may be part of it."""
    words = {
        "file": file_name(document, format_).removesuffix(format_.suffix),
        "title": plain_name(document.title),
        "organisation": plain_name(document.organisation),
    }
    return say(document.language, habit, **words) + format_.suffix


def _by_partner(built: Built, results: Sequence[Said]) -> dict[str, tuple[Said, ...]]:
    """Results by the partner each file says it is of, partners and documents in the round's order."""
    order = {name: place for place, name in enumerate(built.round.blueprint.documents)}

    def of(result: Said) -> tuple[str, str]:
        about = result.identity if isinstance(result, Response) else result.marks
        return about.partner, about.document

    ordered = sorted(results, key=lambda result: order.get(of(result)[1], len(order)))
    found = {partner: tuple(each for each in ordered if of(each)[0] == partner.id) for partner in built.round.partners}
    return {partner.id: files for partner, files in found.items() if files}
