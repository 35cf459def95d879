"""What all field types share: what they need to know of a field, and what they say of an answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

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


def said(raw: Raw) -> str:
    """All that a control says, as text: what a person sees or, where no text does, what the file says beside it."""
    text = raw.text.strip()
    if text:
        return text
    if raw.chosen:
        return "; ".join(raw.chosen)
    return next((str(each) for each in (raw.number, raw.date, raw.truth, raw.signed or None) if each is not None), "")


def whole_number(number: Decimal | None) -> int | None:
    """A cell's number as an int, None if it is not whole or so large that nobody means it."""
    if number is None or not number.is_finite() or number.adjusted() > 20 or number != number.to_integral_value():
        return None
    return int(number)


def _no_example(_: Spec) -> str:
    return ""


Judged = Literal["text", "whole", "number", "truth"]  # what an answer is to an expression


@dataclass(frozen=True)
class FieldType:
    """A field type: how its answers are read, shown and given as JSON.

    ``parse(raw, spec)`` never raises and never drops a character: what it does not understand whole, it does not
    understand. ``show(value, spec)`` is the text a person would read and type; ``parse(Raw(show(value))) == value``
    for every value of the type (tested; a signature is not typed). ``to_json`` gives the shape the contract fixes,
    ``from_json`` takes it back and raises ValueError when it is not of that shape.
    ``judged_as`` is what an answer is to an expression. ``example(spec)`` is a placeholder that shows the form wanted; empty where none is needed.
    """

    name: str
    parse: Callable[[Raw, Spec], Parsed]
    show: Callable[[Any, Spec], str]
    to_json: Callable[[Any, Spec], Json]
    from_json: Callable[[Json, Spec], Value]
    appearances: frozenset[str] = frozenset()
    judged_as: Judged = "text"
    example: Callable[[Spec], str] = _no_example

    @property
    def numeric(self) -> bool:
        """Whether its answers are numbers, to be summed and set to the right."""
        return self.judged_as in {"whole", "number"}


def find_option(text: str, options: tuple[Option, ...]) -> Option | None:
    """The option a text names by its label or, failing that, its name; case and blanks do not count."""
    wanted = same_label(text)
    if not wanted:
        return None
    for called in ([each.label for each in options], [each.name for each in options]):
        found = [option for option, word in zip(options, called, strict=True) if same_label(word) == wanted]
        if len(found) == 1:
            return found[0]
    return None


def same_label(text: str) -> str:
    """A label reduced to what tells it from others: case, blanks and a full stop at its end do not."""
    words = same_words(text)
    return words.rstrip(". ") or words
