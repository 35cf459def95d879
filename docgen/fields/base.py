"""What all field types share: what they need to know of a field, and what they say of an answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from docgen.values import NOTHING, Raw, Value, same_words

Json = Any  # str, int, bool, None, list or dict: what json.dumps takes


@dataclass(frozen=True)
class Option:
    """One thing to choose: its name in data, its label on paper."""

    name: str
    label: str


@dataclass(frozen=True)
class Target:
    """A table that a reference may point into: its key, what one row is called, how many rows are printed."""

    table: str
    row_label: str
    rows: int


@dataclass(frozen=True)
class Spec:
    """What a field type needs to know of one field, in the language of the document it stands in.

    ``options`` are the choices of a select, the partners of an organisation. ``literals`` are the named values
    a reference or a number may take beside its own.
    """

    type: str
    language: str = "en"
    appearance: str | None = None
    options: tuple[Option, ...] = ()
    literals: tuple[Option, ...] = ()
    targets: tuple[Target, ...] = ()
    unit: str = ""


@dataclass(frozen=True)
class Parsed:
    """What a raw answer was understood as.

    Not understood: ``understood`` is False, ``code`` names the problem, ``value`` is None and the raw text is kept
    by the caller. Understood with a remark: ``code`` names the remark.
    """

    value: Value | None = None
    understood: bool = True
    code: str | None = None
    args: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


EMPTY = Parsed()


def not_understood(code: str, **args: Any) -> Parsed:
    """The answer stays raw, for the reason the code names."""
    return Parsed(None, understood=False, code=code, args=args)


def _no_example(_: Spec) -> str:
    return ""


@dataclass(frozen=True)
class FieldType:
    """A field type: how its answers are read, shown and given as JSON.

    ``parse(raw, spec)`` never raises. ``show(value, spec)`` is the text a person would read and type;
    ``parse(Raw(show(value))) == value`` for every value of the type (tested). ``to_json`` gives the shape the
    contract fixes, ``from_json`` takes it back and raises ValueError when it is not of that shape.
    ``example(spec)`` is a placeholder that shows the form wanted; empty where none is needed.
    """

    name: str
    parse: Callable[[Raw, Spec], Parsed]
    show: Callable[[Any, Spec], str]
    to_json: Callable[[Any, Spec], Json]
    from_json: Callable[[Json, Spec], Value]
    appearances: frozenset[str] = frozenset()
    numeric: bool = False
    example: Callable[[Spec], str] = _no_example


def find_option(text: str, options: tuple[Option, ...]) -> Option | None:
    """The option a text names by its label or, failing that, its name; case and blanks do not count."""
    wanted = same_words(text).rstrip(".")
    if not wanted:
        return None
    for of in (lambda option: option.label, lambda option: option.name):
        found = [option for option in options if same_words(of(option)).rstrip(".") == wanted]
        if len(found) == 1:
            return found[0]
    return None
