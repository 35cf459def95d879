"""The blueprint language as data: which keys stand where, and what each may hold.

The loader checks a blueprint against :data:`BLUEPRINT` and ``docgen schema`` prints the same thing as a JSON Schema, so
the two cannot differ. What needs more than one place to judge is in :mod:`docgen.blueprint.meaning`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docgen.fields import FIELD_TYPES

NAME = "[a-z][a-z0-9_]*"
DASHED = "[a-z][a-z0-9-]*"

# Reserved words of CEL (its language definition, "Syntax"), and what rules and JSON need for themselves.
RESERVED = frozenset(
    {
        "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let",
        "loop", "null", "package", "namespace", "return", "row", "true", "var", "void", "while",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Text:
    """One line or several lines of text; ``pattern`` must match all of it."""

    pattern: str = ""
    example: str = ""


@dataclass(frozen=True)
class Flag:
    """true or false."""


@dataclass(frozen=True)
class Whole:
    """A whole number within bounds."""

    least: int
    most: int


@dataclass(frozen=True)
class Anything:
    """A single value of any kind, judged elsewhere."""


@dataclass(frozen=True)
class OneOf:
    """One of these words."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class ListOf:
    """A list; ``lone`` allows a single item without the list around it."""

    item: "Kind"
    lone: bool = False
    least: int = 1


@dataclass(frozen=True)
class MapOf:
    """Names as keys, each with a value of the same kind."""

    value: "Kind"
    names: str = NAME
    least: int = 1


@dataclass(frozen=True)
class Either:
    """A text of this form, or a map."""

    text: Text
    map: MapOf


@dataclass(frozen=True)
class Record:
    """Known keys; ``single`` means exactly one of them at a time."""

    keys: Mapping[str, "Key"]
    single: bool = False


Kind = Text | Flag | Whole | Anything | OneOf | ListOf | MapOf | Either | Record


@dataclass(frozen=True)
class Key:
    """A key of a record; ``words`` marks what a translation holds; ``about`` is what an editor shows."""

    kind: Kind
    about: str
    required: bool = False
    words: bool = False


_WORDS = Text()
_EXPRESSION = Text()

FIELD_TYPE_NAMES = tuple(FIELD_TYPES)

GUIDE = ListOf(
    Record(
        {
            "intro": Key(_WORDS, "What the section is for, in two or three lines.", words=True),
            "think": Key(_WORDS, "Questions to think about.", words=True),
            "example": Key(_WORDS, "An example, marked as an illustration.", words=True),
            "check": Key(_WORDS, "A short check, after what is filled in.", words=True),
        },
        single=True,
    )
)

_COMMON: dict[str, Key] = {
    "label": Key(_WORDS, "The question, as people read it.", required=True, words=True),
    "hint": Key(_WORDS, "One line of help beside the question.", words=True),
    "required": Key(Flag(), "Whether an answer is expected."),
    "constraint": Key(_EXPRESSION, "CEL; `value` is the answer."),
    "constraint_message": Key(_WORDS, "What to say when the constraint does not hold.", words=True),
    "choices": Key(Text(NAME), "The list to choose from, a name under `choices`, or `partners`."),
    "default": Key(Anything(), "The answer that stands there from the start."),
    "appearance": Key(
        OneOf(("year", "quarter", "week", "span", "checkbox", "minimal", "cards", "thousands")),
        "How the field looks, where its type has more than one look.",
    ),
}

_ASKED: dict[str, Key] = {
    "relevant": Key(_EXPRESSION, "CEL; when the question applies."),
    "relevant_hint": Key(_WORDS, "The same in words: Svara bara om ...", words=True),
    "asked_of": Key(ListOf(Text(NAME), lone=True), "The roles that are asked; `group` asks in the merged plan only."),
    "visible": Key(OneOf(("all", "coordinator")), "`coordinator`: never in a file that others see."),
    "documents": Key(
        ListOf(Text(NAME), lone=True), "The documents that show it; all that list its section unless said."
    ),
    "was": Key(Text(NAME), "An old name of it."),
}

_ANSWER: dict[str, Key] = {
    **_COMMON,
    **_ASKED,
    "read_only": Key(Flag(), "Shown, not to be filled in."),
    "calculation": Key(_EXPRESSION, "How the value is calculated (Excel)."),
    "merge": Key(OneOf(("collect", "append", "agree", "sum", "tally", "latest")), "How many answers become one."),
    "each": Key(
        Text(rf"{NAME}\.years|quarters", "period.years"), "A column for each year of a period, or each quarter."
    ),
    "to": Key(ListOf(Text(rf"{NAME}\.{NAME}", "section.table"), lone=True), "The tables a reference points into."),
    "literals": Key(MapOf(_WORDS), "Named values it may take beside its own.", words=True),
    "unit": Key(_WORDS, "The unit, such as kr or %.", words=True),
    "total": Key(Flag(), "A sum under the column (Excel)."),
}

COLUMN = Record({"type": Key(OneOf(FIELD_TYPE_NAMES), "The type of answer.", required=True), **_ANSWER})

FIELD = Record(
    {
        "type": Key(OneOf((*FIELD_TYPE_NAMES, "table")), "The type of answer.", required=True),
        **_ANSWER,
        "columns": Key(MapOf(COLUMN), "The columns of a table.", words=True),
        "repeat": Key(Whole(1, 200), "How many numbered rows are printed; people may add more."),
        "rows": Key(
            Either(Text(rf"choices\.{NAME}|partners", "choices.list"), MapOf(_WORDS)),
            "Fixed rows: names and labels, or a list of choices.",
            words=True,
        ),
        "row_label": Key(_WORDS, "What one row is called: Delmål.", words=True),
    }
)

PARAMETER = Record(
    {
        "type": Key(
            OneOf(("text", "paragraph", "integer", "date", "period", "email", "phone", "select_one")),
            "The type of value.",
            required=True,
        ),
        **_COMMON,
    }
)

BLUEPRINT = Record(
    {
        "docgen": Key(Whole(1, 1), "The version of the language.", required=True),
        "id": Key(Text(DASHED, "lokal-samverkansplan"), "The blueprint's own name.", required=True),
        "version": Key(Text(r"[0-9A-Za-z][0-9A-Za-z._-]*", '"2027.1"'), "Its version, in quotes.", required=True),
        "language": Key(OneOf(("sv", "en")), "The language it is written in.", required=True),
        "title": Key(_WORDS, "The plan's name.", required=True, words=True),
        "parameters": Key(MapOf(PARAMETER), "What is told once for a round, at build.", words=True),
        "theme": Key(
            Record(
                {
                    "colour": Key(Text("#[0-9A-Fa-f]{6}", '"#0B4F5C"'), "The colour of headings and rules."),
                    "logo": Key(Text(r".+\.(?:png|jpg|jpeg)", "logo.png"), "A picture beside the blueprint."),
                }
            ),
            "The look.",
        ),
        "roles": Key(MapOf(_WORDS), "The roles partners have.", words=True),
        "steps": Key(
            MapOf(
                Record(
                    {
                        "title": Key(_WORDS, "The step's name.", required=True, words=True),
                        "sections": Key(ListOf(Text(NAME)), "What is asked in it.", required=True),
                    }
                )
            ),
            "When sections are asked. Kept for later.",
            words=True,
        ),
        "documents": Key(
            MapOf(
                Record(
                    {
                        "format": Key(OneOf(("word", "excel", "pdf")), "The kind of file.", required=True),
                        "title": Key(_WORDS, "The document's name.", required=True, words=True),
                        "guide": Key(GUIDE, "How to fill it in.", words=True),
                        "sections": Key(ListOf(Text(NAME)), "What it holds, in order.", required=True),
                        "protected": Key(Flag(), "Nothing but answers can be changed; no rows added (Word)."),
                    }
                )
            ),
            "What goes out.",
            required=True,
            words=True,
        ),
        "choices": Key(MapOf(MapOf(_WORDS)), "Lists to choose from.", words=True),
        "sections": Key(
            MapOf(
                Record(
                    {
                        "title": Key(_WORDS, "The section's name.", required=True, words=True),
                        "number": Key(Text(r"[0-9A-Za-z.]{1,6}", '"8b"'), "Its printed number."),
                        "guide": Key(GUIDE, "Guidance, in order.", words=True),
                        **_ASKED,
                        "fields": Key(MapOf(FIELD), "The questions.", required=True, words=True),
                    }
                )
            ),
            "What is asked.",
            required=True,
            words=True,
        ),
        "rules": Key(
            MapOf(
                Record(
                    {
                        "for": Key(Text(rf"{NAME}(?:\.{NAME})?", "section.table"), "What is judged.", required=True),
                        "when": Key(OneOf(("merged",)), "Judged on the merged plan only."),
                        "check": Key(_EXPRESSION, "CEL that must hold.", required=True),
                        "message": Key(_WORDS, "What to say when it does not.", required=True, words=True),
                        "severity": Key(OneOf(("error", "warning", "info")), "How bad it is; error unless said."),
                    }
                ),
                names=DASHED,
            ),
            "What must hold across answers.",
            words=True,
        ),
    }
)


def json_schema() -> dict[str, Any]:
    """The language as a JSON Schema (draft 2020-12), for editors to complete and check."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "docgen blueprint",
        **_schema(BLUEPRINT),
    }


def _schema(kind: Kind) -> dict[str, Any]:
    match kind:
        case Text(pattern=pattern):
            text: dict[str, Any] = {"type": "string", "minLength": 1}
            return text | ({"pattern": f"^(?:{pattern})$"} if pattern else {"pattern": r"\S"})
        case Flag():
            return {"type": "boolean"}
        case Whole(least=least, most=most):
            return {"type": "integer", "minimum": least, "maximum": most}
        case Anything():
            return {"type": ["string", "number", "boolean", "array"]}
        case OneOf(words=words):
            return {"enum": list(words)}
        case ListOf(item=item, lone=lone, least=least):
            many = {"type": "array", "items": _schema(item), "minItems": least}
            return {"oneOf": [_schema(item), many]} if lone else many
        case MapOf(value=value, names=names, least=least):
            return {
                "type": "object",
                "propertyNames": {"pattern": f"^(?:{names})$", "not": {"enum": sorted(RESERVED)}},
                "additionalProperties": _schema(value),
                "minProperties": least,
            }
        case Either(text=text_kind, map=map_kind):
            return {"oneOf": [_schema(text_kind), _schema(map_kind)]}
        case Record(keys=keys, single=single):
            record: dict[str, Any] = {
                "type": "object",
                "additionalProperties": False,
                "properties": {name: _schema(key.kind) | {"description": key.about} for name, key in keys.items()},
            }
            required = [name for name, key in keys.items() if key.required]
            if required:
                record["required"] = required
            return record | ({"minProperties": 1, "maxProperties": 1} if single else {})
