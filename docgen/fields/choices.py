"""select_one, select_multiple, boolean and organisation: answers that have a list to choose from."""

import re
from difflib import SequenceMatcher

from docgen.fields.base import (
    EMPTY,
    FieldType,
    Json,
    Option,
    Parsed,
    Spec,
    find_option,
    not_understood,
    said,
    whole_number,
)
from docgen.locales import LANGUAGES
from docgen.locales import text as say
from docgen.values import Raw, Value, normalise, same_words

_MOST_PIECES = 1_000  # a text with more separators than this lists no choices
_MOST_TOLD = 8  # choices of a list that is told whole
_NEAREST = 4


def _no_choice(text: str, meant: str, spec: Spec, *, several: bool = False) -> Parsed:
    """An answer that is in no list, with what it could have been: all choices of a short list, the nearest of a long one."""
    labels = [option.label for option in spec.options]
    long = len(labels) > _MOST_TOLD
    if long:
        labels = sorted(labels, key=lambda label: -SequenceMatcher(None, same_words(label), same_words(meant)).ratio())
    kind = ("several" if several else "one") + ("-of-many" if long else "")
    # Labels hold commas.
    return not_understood("not-a-choice", text=text, choices="; ".join(labels[: _NEAREST if long else None]), list=kind)


def _label(name: str, options: tuple[Option, ...]) -> str:
    return next((option.label for option in options if option.name == name), name)


def _parse_one(raw: Raw, spec: Spec) -> Parsed:
    if len(raw.chosen) > 1:
        return not_understood("choice-several", text="; ".join(_label(name, spec.options) for name in raw.chosen))
    if raw.chosen and raw.chosen[0] in {option.name for option in spec.options}:
        return Parsed(raw.chosen[0])
    text = raw.chosen[0] if raw.chosen else said(raw)
    if not text:
        return EMPTY
    option = find_option(text, spec.options)
    if option:
        return Parsed(option.name)
    names, strange = _split(text, spec.options)
    if len(names) > 1 and not strange:
        return not_understood("choice-several", text=text)
    return _no_choice(text, text, spec)


def _from_json_one(data: Json, spec: Spec) -> Value:
    """The name of a choice.

    Raises:
        ValueError: no such choice.
    """
    if not isinstance(data, str) or data not in {option.name for option in spec.options}:
        raise ValueError(data)
    return data


def _split(text: str, options: tuple[Option, ...]) -> tuple[list[str], list[str]]:
    """The names of the options a line of text lists, and the pieces that name none.

    Semicolons, commas and lines separate, unless they are part of an option's label: the longest label wins.
    """
    pieces = re.split(r"([;,\n])", text)
    if len(pieces) > _MOST_PIECES:
        return [], [text]
    longest = 1 + max((len(re.findall(r"[;,\n]", option.label)) for option in options), default=0)
    names: list[str] = []
    strange: list[str] = []
    at = 0
    while at < len(pieces):
        for length in range(2 * longest - 1, 0, -2):
            option = find_option("".join(pieces[at : at + length]), options)
            if option:
                names.append(option.name)
                break
        else:
            length = 1
            if pieces[at].strip():
                strange.append(pieces[at].strip())
        at += length + 1
    return names, strange


def _parse_many(raw: Raw, spec: Spec) -> Parsed:
    if raw.empty:
        return EMPTY
    names, strange = _split(raw.text if raw.chosen else said(raw), spec.options)
    chosen = {*raw.chosen, *names}
    ordered = tuple(option.name for option in spec.options if option.name in chosen)
    if strange or not ordered or not chosen.issubset(ordered):
        texts = [*(_label(name, spec.options) for name in raw.chosen), raw.text.strip()]
        text = "; ".join(text for text in texts if text) or said(raw)
        return _no_choice(text, strange[0] if strange else text, spec, several=True)
    return Parsed(ordered)


def _show_many(value: tuple[str, ...], spec: Spec) -> str:
    return "; ".join(_label(name, spec.options) for name in value)


def _from_json_many(data: Json, spec: Spec) -> Value:
    """A list of names of choices; the order is the blueprint's.

    Raises:
        ValueError: it is no list, is empty, or names something that is no choice.
    """
    names = [option.name for option in spec.options]
    if not isinstance(data, list | tuple) or not data or not all(each in names for each in data):
        raise ValueError(data)
    return tuple(option.name for option in spec.options if option.name in data)


# What people put into a box or cell for yes and no, beside the words of every language docgen speaks.
_YES = {"x", "v", "1", "true", "sant", "☒", "☑", "✓", "✔", "j", "y"} | {
    say(each, "form.yes").casefold() for each in LANGUAGES
}
_NO = {"0", "false", "falskt", "☐", "n"} | {say(each, "form.no").casefold() for each in LANGUAGES}


def _parse_boolean(raw: Raw, spec: Spec) -> Parsed:
    """Ticked is true. An empty box is no answer where there is only one box; FALSE in a cell is false."""
    if len(raw.chosen) > 1:
        return not_understood("choice-several", text=", ".join(raw.chosen))
    text = same_words(raw.chosen[0] if raw.chosen else raw.text).rstrip(".!")
    if not text:
        if whole_number(raw.number) in {0, 1}:
            return Parsed(bool(raw.number))
        if raw.truth is not None and raw.number is None and raw.date is None:
            return Parsed(raw.truth) if raw.truth or spec.appearance != "checkbox" else EMPTY
        return EMPTY if raw.empty else not_understood("not-a-boolean", text=said(raw))
    if text in _YES:
        return Parsed(value=True)
    if text in _NO:
        return Parsed(value=False) if text != "☐" or spec.appearance != "checkbox" else EMPTY
    return not_understood("not-a-boolean", text=said(raw))


def _show_boolean(value: bool, spec: Spec) -> str:
    return say(spec.language, "form.yes" if value else "form.no")


def _from_json_boolean(data: Json, spec: Spec) -> Value:  # noqa: ARG001 - the signature of every field type
    """True or false.

    Raises:
        ValueError: it is neither.
    """
    if not isinstance(data, bool):
        raise ValueError(data)
    return data


def _parse_organisation(raw: Raw, spec: Spec) -> Parsed:
    """A partner's id, or the text as typed: an organisation outside the network is a good answer."""
    if len(raw.chosen) > 1:
        return not_understood("choice-several", text="; ".join(_label(name, spec.options) for name in raw.chosen))
    if raw.chosen and raw.chosen[0] in {option.name for option in spec.options}:
        return Parsed(raw.chosen[0])
    text = normalise(raw.chosen[0] if raw.chosen else said(raw)).strip()
    if not text or raw.empty:
        return EMPTY
    option = find_option(text, spec.options)
    return Parsed(option.name if option else text)


def _from_json_organisation(data: Json, spec: Spec) -> Value:  # noqa: ARG001
    """A partner's id, or any text.

    Raises:
        ValueError: it is no text.
    """
    if not isinstance(data, str) or not data.strip():
        raise ValueError(data)
    return normalise(data).strip()


def _show_name(value: str, spec: Spec) -> str:
    return _label(value, spec.options)


def _as_is(value: str | bool, spec: Spec) -> Json:  # noqa: ARG001
    return value


def _as_list(value: tuple[str, ...], spec: Spec) -> Json:  # noqa: ARG001
    return list(value)


SELECT_ONE = FieldType("select_one", _parse_one, _show_name, _as_is, _from_json_one)
SELECT_MULTIPLE = FieldType(
    "select_multiple", _parse_many, _show_many, _as_list, _from_json_many, frozenset({"minimal"})
)
BOOLEAN = FieldType(
    "boolean", _parse_boolean, _show_boolean, _as_is, _from_json_boolean, frozenset({"checkbox"}), judged_as="truth"
)
ORGANISATION = FieldType("organisation", _parse_organisation, _show_name, _as_is, _from_json_organisation)
