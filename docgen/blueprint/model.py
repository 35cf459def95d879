"""The blueprint: what is asked. Frozen; made by :mod:`docgen.blueprint.load`, never by hand."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

Format = Literal["word", "excel", "pdf"]
Visible = Literal["all", "coordinator"]
GROUP = "group"  # the built-in role: asked in the merged plan only
PARTNERS = "partners"  # the built-in list of choices

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class GuideBlock:
    """A block of prose: its kind (intro, think, example, check) and its CommonMark text."""

    kind: str
    text: str


@dataclass(frozen=True)
class Field:
    """A question, a column of a table, or a parameter. Attributes bear XLSForm's names where it has them.

    ``asked_of`` empty means everyone. ``rows`` is a name-to-label mapping, or ``choices.LIST`` or ``partners``;
    ``repeat`` the number of printed rows; both None outside tables. ``constraint``, ``relevant`` and ``calculation``
    are the texts of their expressions.
    """

    name: str
    type: str
    label: str
    hint: str = ""
    required: bool = False
    relevant: str = ""
    relevant_hint: str = ""
    constraint: str = ""
    constraint_message: str = ""
    choices: str = ""
    default: Any = None
    appearance: str | None = None
    read_only: bool = False
    calculation: str = ""
    asked_of: tuple[str, ...] = ()
    visible: Visible = "all"
    merge: str = "collect"
    each: str = ""
    to: tuple[str, ...] = ()
    literals: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    unit: str = ""
    total: bool = False
    documents: tuple[str, ...] = ()
    was: str = ""
    columns: "Mapping[str, Field]" = field(default_factory=lambda: _NOTHING)
    repeat: int | None = None
    rows: Mapping[str, str] | str | None = None
    row_label: str = ""


@dataclass(frozen=True)
class Section:
    """A section: guidance and fields. ``number`` is what is printed, the position unless said."""

    name: str
    title: str
    number: str
    guide: tuple[GuideBlock, ...]
    fields: Mapping[str, Field]
    asked_of: tuple[str, ...] = ()
    visible: Visible = "all"
    relevant: str = ""
    relevant_hint: str = ""
    documents: tuple[str, ...] = ()
    was: str = ""


@dataclass(frozen=True)
class DocumentSpec:
    """A document each partner gets: its format, the names of its sections, and whether only answers can be changed."""

    name: str
    format: Format
    title: str
    guide: tuple[GuideBlock, ...]
    sections: tuple[str, ...]
    protected: bool = False


@dataclass(frozen=True)
class Step:
    """When sections are asked. Kept for later."""

    name: str
    title: str
    sections: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """What must hold across answers. ``applies_to`` is the blueprint's ``for``."""

    name: str
    applies_to: str
    check: str
    message: str
    severity: str = "error"
    merged_only: bool = False


@dataclass(frozen=True)
class Look:
    """The blueprint's ``theme``: a colour as ``#RRGGBB``, and the name of a picture beside the blueprint or ""."""

    colour: str = "#0B4F5C"
    logo: str = ""


@dataclass(frozen=True)
class Blueprint:
    """What is asked, in one language, with the plain data it was made from.

    ``data`` and ``translations`` (language to data of the sibling files) are what a round and its files keep.
    """

    id: str
    version: str
    language: str
    title: str
    parameters: Mapping[str, Field]
    theme: Look
    roles: Mapping[str, str]
    steps: Mapping[str, Step]
    documents: Mapping[str, DocumentSpec]
    choices: Mapping[str, Mapping[str, str]]
    sections: Mapping[str, Section]
    rules: Mapping[str, Rule]
    data: Mapping[str, Any]
    translations: Mapping[str, Mapping[str, Any]]

    @property
    def hash(self) -> str:
        """Sixteen characters of the sha256 of what the blueprint says, comments and layout apart."""
        return digest([self.data, self.translations], 16)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it can be sent in, its own first."""
        return (str(self.data["language"]), *self.translations)

    def field(self, key: str) -> Field:
        """The field ``section.field``.

        Raises:
            KeyError: there is none.
        """
        section, _, name = key.partition(".")
        return self.sections[section].fields[name]

    def field_or_none(self, key: str) -> Field | None:
        """The field ``section.field``, None if there is none."""
        section, _, name = key.partition(".")
        found = self.sections.get(section)
        return found.fields.get(name) if found is not None else None


def digest(data: Any, length: int) -> str:
    """The first characters of the sha256 of some data, written as JSON; the order of keys counts, as it does on paper."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=dict)
    return hashlib.sha256(text.encode()).hexdigest()[:length]
