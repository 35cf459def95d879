"""The demo's data: a shipped blueprint, its fictional partners, and what they answer.

They stand beside the blueprint: ``NAME.yaml``, ``NAME.partners.csv`` and ``NAME.demo.yaml``, which holds ``parameters``,
``answers`` (by partner, in the shape of the contract's JSON) and ``typed``: what somebody wrote instead of an answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen.blueprint.yamltree import read_yaml
from docgen.document import Document, Slot
from docgen.fields import FIELD_TYPES
from docgen.finding import shipped_blueprints
from docgen.values import Address

# What a person puts into one place: typed text, or for several choices the names of those ticked.
Typed = str | tuple[str, ...]
Filled = Mapping[Address, Typed]


@dataclass(frozen=True)
class Story:
    """What a demo plays.

    Attributes:
        blueprint: the blueprint's file.
        partners: the partner list's file.
        parameters: the round's parameters as texts, by name.
        answers: by partner id, what they answer, by the contract's keys.
        mistakes: by partner id, what they write that is no answer, by address.
    """

    blueprint: Path
    partners: Path
    parameters: Mapping[str, str]
    answers: Mapping[str, Mapping[str, Any]]
    mistakes: Mapping[str, Mapping[str, str]]


def shipped_story() -> Story:
    """The demo of the first shipped blueprint that has one.

    Raises:
        FileNotFoundError: none has: the installation is not whole.
    """
    folder = shipped_blueprints()
    for path in sorted(folder.glob("*.demo.yaml")):
        name = path.name.removesuffix(".demo.yaml")
        blueprint, partners = folder / f"{name}.yaml", folder / f"{name}.partners.csv"
        if blueprint.is_file() and partners.is_file():
            data = read_yaml(path).data
            return Story(blueprint, partners, data["parameters"], data["answers"], data.get("typed", {}))
    raise FileNotFoundError(str(folder / "*.demo.yaml"))


def what_is_typed(story: Story, partner: str, documents: tuple[Document, ...]) -> list[Filled]:
    """What a partner types into each of its documents.

    What is asked in two of them is answered where it comes first, as people do.
    """
    given = {**dict(_values(story.answers[partner])), **_texts(story.mistakes.get(partner, {}))}
    filled: list[Filled] = []
    for document in documents:
        slots = [slot for slot in document.slots() if not slot.read_only and slot.formula is None]
        here = {slot.address: _as_typed(given.pop(slot.address), slot) for slot in slots if slot.address in given}
        filled.append(here)
    if given:
        raise KeyError(", ".join(map(str, given)))
    return filled


@dataclass(frozen=True)
class _Mistake:
    """A text that is typed as it stands."""

    text: str


def _texts(mistakes: Mapping[str, str]) -> dict[Address, Any]:
    return {Address.parse(key): _Mistake(text) for key, text in mistakes.items()}


def _values(answers: Mapping[str, Any]) -> Iterator[tuple[Address, Any]]:
    """Every answer by its address, still as JSON."""
    for key, value in answers.items():
        if isinstance(value, list) and any(isinstance(each, dict) for each in value):
            for row in value:
                for column, cell in row.items():
                    if column != "row":
                        yield Address(key, row["row"], column), cell
        else:
            yield Address(key), value


def _as_typed(given: Any, slot: Slot) -> Typed:
    """What a person would type for an answer."""
    if isinstance(given, _Mistake):
        return given.text
    field_type = FIELD_TYPES[slot.spec.type]
    value = field_type.from_json(given, slot.spec)
    return value if isinstance(value, tuple) else field_type.show(value, slot.spec)


def as_text(typed: Typed, slot: Slot) -> str:
    """What is typed where several choices are one line of text."""
    return typed if isinstance(typed, str) else FIELD_TYPES[slot.spec.type].show(typed, slot.spec)
