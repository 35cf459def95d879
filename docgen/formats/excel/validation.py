"""What may be typed into a cell, and what Excel says about it (data validation, ECMA-376 part 1, 18.3.1.32).

A list is always a range on a hidden sheet: a literal list of over 255 characters makes Excel drop the validation.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from docgen.fields.base import Spec
from docgen.locales import text as say

Rule = dict[str, Any]  # the options of XlsxWriter's data_validation
Kind = Literal["integer", "decimal", "money"]  # what a number is called when it is asked for

MAX_TITLE = 32  # characters, 18.3.1.32
MAX_MESSAGE = 255

_LARGEST = 10**15  # what a cell holds exactly
_LAST_IN_LIST = 999  # the highest count offered beside the words in a list


@dataclass(frozen=True)
class Ask:
    """What a rule needs to know: the question, its first cell as A1, and a place for lists."""

    spec: Spec
    label: str
    hint: str
    cell: str
    entries: Callable[[Sequence[str | int], str], str]  # a list's entries and its header -> the range it stands in


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _said(ask: Ask, how: str, *, error: str = "", kind: str = "stop") -> Rule:
    """The messages of a rule: what to write when the cell is chosen, what was wrong when it is left."""
    message = "\n".join(part for part in (ask.hint, how) if part)
    rule: Rule = {"ignore_blank": True}
    if message:
        rule |= {"input_title": _cut(ask.label, MAX_TITLE), "input_message": _cut(message, MAX_MESSAGE)}
    if error:
        rule |= {
            "error_title": _cut(ask.label, MAX_TITLE),
            "error_message": _cut(error, MAX_MESSAGE),
            "error_type": kind,
        }
    return rule


def anything(ask: Ask) -> Rule | None:
    """Free text; a message only where the blueprint has a hint or the type an example."""
    language = ask.spec.language
    how = say(language, f"excel.input.{ask.spec.type}") if ask.spec.type in {"period", "email", "phone"} else ""
    said = _said(ask, how)
    return {"validate": "any", **said} if "input_message" in said else None


def from_list(ask: Ask, labels: Sequence[str], *, strict: bool) -> Rule | None:
    """One of a list. Not strict: other text is asked about and may stay."""
    if not labels:
        return anything(ask)
    language = ask.spec.language
    said = _said(
        ask,
        say(language, "excel.input.choose" if strict else "excel.input.suggest"),
        error=say(language, "excel.error.choose" if strict else "excel.error.suggest"),
        kind="stop" if strict else "warning",
    )
    return {"validate": "list", "source": ask.entries(labels, ask.label), **said}


def several(ask: Ask) -> Rule | None:
    """Names with semicolons between them, in one cell; the message lists them."""
    labels = "; ".join(option.label for option in ask.spec.options)
    how = f"{say(ask.spec.language, 'form.several')}: {labels}"
    return {"validate": "any", **_said(ask, how)}


def date(ask: Ask) -> Rule:
    """A day of our time: a year alone, such as 2027, would be a day in 1905."""
    language = ask.spec.language
    said = _said(ask, say(language, "excel.input.date"), error=say(language, "excel.error.date"))
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": datetime.date(1950, 1, 1),
        "maximum": datetime.date(2199, 12, 31),
        **said,
    }


def number(ask: Ask, kind: Kind) -> Rule:
    """A number, or one of the words that may stand instead of one."""
    language = ask.spec.language
    how = say(language, f"excel.input.{kind}")
    error = say(language, f"excel.error.{kind}")
    words = [option.label for option in ask.spec.literals]
    if not words:
        return {
            "validate": "integer" if kind == "integer" else "decimal",
            "criteria": "between",
            "minimum": -_LARGEST,
            "maximum": _LARGEST,
            **_said(ask, how, error=error),
        }
    listed = ", ".join(f"”{word}”" if language == "sv" else f"“{word}”" for word in words)
    how = f"{how} {say(language, 'excel.input.words', words=listed)}"
    error = f"{error} {say(language, 'excel.input.words', words=listed)}"
    if kind == "integer":
        # A list, so that the words can be chosen; a higher count is asked about and may stay.
        source = ask.entries([*words, *range(_LAST_IN_LIST + 1)], "; ".join(words))
        return {"validate": "list", "source": source, **_said(ask, how, error=error, kind="warning")}
    tests = ",".join(f'{ask.cell}="{word.replace(chr(34), chr(34) * 2)}"' for word in words)
    return {"validate": "custom", "value": f"=OR(ISNUMBER({ask.cell}),{tests})", **_said(ask, how, error=error)}
