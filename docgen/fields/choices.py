"""select_one, select_multiple, boolean and organisation: answers that have a list to choose from."""

import re

from docgen.fields.base import EMPTY, FieldType, Json, Option, Parsed, Spec, find_option, not_understood
from docgen.locales import LANGUAGES
from docgen.locales import text as say
from docgen.values import Raw, Value, normalise, same_words


def _labels(options: tuple[Option, ...]) -> str:
    return ", ".join(option.label for option in options)


def _label(name: str, options: tuple[Option, ...]) -> str:
    return next((option.label for option in options if option.name == name), name)


def _text_of(raw: Raw) -> str:
    """What stands in the control, or what the file says where no text does (a number, a truth, a date)."""
    for value in (raw.text.strip(), raw.number, raw.date, raw.truth):
        if value is not None and value != "":
            return str(value)
    return ""


def _parse_one(raw: Raw, spec: Spec) -> Parsed:
    if len(raw.chosen) > 1:
        return not_understood("choice-several", text=", ".join(_label(name, spec.options) for name in raw.chosen))
    if raw.chosen and raw.chosen[0] in {option.name for option in spec.options}:
        return Parsed(raw.chosen[0])
    text = raw.chosen[0] if raw.chosen else _text_of(raw)
    if not text:
        return EMPTY
    option = find_option(text, spec.options)
    return Parsed(option.name) if option else not_understood("not-a-choice", text=text, choices=_labels(spec.options))


def _from_json_one(data: Json, spec: Spec) -> Value:
    """The name of a choice.

    Raises:
        ValueError: no such choice.
    """
    if data not in {option.name for option in spec.options}:
        raise ValueError(data)
    return str(data)


def _split(text: str, options: tuple[Option, ...]) -> tuple[list[str], list[str]]:
    """The names of the options a line of text lists, and the pieces that name none.

    Semicolons and lines separate; commas too, unless the whole piece with its commas is one option's label.
    """
    names: list[str] = []
    strange: list[str] = []
    for piece in (piece.strip() for piece in re.split(r"[;\n]", text)):
        option = find_option(piece, options)
        if option:
            names.append(option.name)
            continue
        for part in (part.strip() for part in piece.split(",")):
            option = find_option(part, options)
            if option:
                names.append(option.name)
            elif part:
                strange.append(part)
    return names, strange


def _parse_many(raw: Raw, spec: Spec) -> Parsed:
    names, strange = _split(_text_of(raw) if raw.truth is None else raw.text, spec.options)
    if strange:
        text = "; ".join([*(_label(name, spec.options) for name in raw.chosen), raw.text.strip()])
        return not_understood("not-a-choice", text=text, choices=_labels(spec.options))
    chosen = {*raw.chosen, *names}
    ordered = tuple(option.name for option in spec.options if option.name in chosen)
    return Parsed(ordered) if ordered else EMPTY


def _show_many(value: tuple[str, ...], spec: Spec) -> str:
    return "; ".join(_label(name, spec.options) for name in value)


def _from_json_many(data: Json, spec: Spec) -> Value:
    """A list of names of choices; the order is the blueprint's.

    Raises:
        ValueError: it is no list, is empty, or names something that is no choice.
    """
    names = {option.name for option in spec.options}
    if not isinstance(data, list | tuple) or not data or not names.issuperset(data):
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
        if raw.number is not None and raw.number in {0, 1}:
            return Parsed(bool(raw.number))
        if raw.truth is not None:
            return Parsed(raw.truth) if raw.truth or spec.appearance != "checkbox" else EMPTY
        return EMPTY if raw.empty else not_understood("not-a-boolean", text=_text_of(raw))
    if text in _YES:
        return Parsed(value=True)
    if text in _NO:
        return Parsed(value=False) if text != "☐" or spec.appearance != "checkbox" else EMPTY
    return not_understood("not-a-boolean", text=raw.text.strip())


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
    if raw.chosen:
        return Parsed(raw.chosen[0])
    text = normalise(_text_of(raw))
    if not text.strip():
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
    return normalise(data)


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
BOOLEAN = FieldType("boolean", _parse_boolean, _show_boolean, _as_is, _from_json_boolean, frozenset({"checkbox"}))
ORGANISATION = FieldType("organisation", _parse_organisation, _show_name, _as_is, _from_json_organisation)
