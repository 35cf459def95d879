"""text, paragraph, email and phone: what was typed, as it was typed."""

import re
from collections.abc import Callable

from docgen.fields.base import EMPTY, FieldType, Json, Parsed, Spec, not_understood, said
from docgen.values import Raw, Value, normalise

# One address as people write it; what RFC 5321 (4.1.2) allows beyond this nobody types into a form.
_EMAIL = re.compile(r"[^\s@,;<>\"()]+@[^\s@,;<>\"()]+\.[^\s@,;<>\"().]{2,}")
_PHONE = re.compile(r"\+?[\d\s()/.\-‐‑–]+(?:\s*(?:ankn\.?|ext\.?|anknytning)\s*\d+)?", re.IGNORECASE)
_PHONE_DIGITS = range(3, 16)  # 112, and the most E.164 (6.1) allows
_LONGEST = 254  # characters of an address (RFC 5321, 4.5.3.1.3, with its errata); no phone number needs as many


def _parse(raw: Raw, spec: Spec) -> Parsed:  # noqa: ARG001 - the signature of every field type
    text = normalise(raw.text) if raw.text.strip() else normalise(said(raw))
    return Parsed(text) if text and not raw.empty else EMPTY


def _show(value: str, spec: Spec) -> str:  # noqa: ARG001
    return value


def _to_json(value: str, spec: Spec) -> Json:  # noqa: ARG001
    return value


def from_json(data: Json, spec: Spec) -> Value:  # noqa: ARG001
    """The text itself.

    Raises:
        ValueError: it is no text.
    """
    if not isinstance(data, str) or not data.strip():
        raise ValueError(data)
    return normalise(data)


def _parse_email(raw: Raw, spec: Spec) -> Parsed:
    text = said(raw)
    if not text or raw.empty:
        return EMPTY
    bare = re.sub(r"^(?:mailto:)+", "", text.strip("<> "), flags=re.IGNORECASE)
    if len(bare) > _LONGEST or not _EMAIL.fullmatch(bare):
        return not_understood("not-an-email", text=text)
    return _parse(Raw(bare), spec)


def _parse_phone(raw: Raw, spec: Spec) -> Parsed:
    text = said(raw)
    if not text or raw.empty:
        return EMPTY
    if len(text) > _LONGEST:
        return not_understood("not-a-phone", text=text)
    digits = sum(character.isdigit() for character in text)
    if not _PHONE.fullmatch(text) or digits not in _PHONE_DIGITS:
        return not_understood("not-a-phone", text=text)
    return _parse(Raw(text), spec)


def _of_form(parse: Callable[[Raw, Spec], Parsed]) -> Callable[[Json, Spec], Value]:
    """``from_json`` of a text that must have a form.

    The function it gives raises ValueError where the text does not have it.
    """

    def checked(data: Json, spec: Spec) -> Value:
        value = parse(Raw(str(from_json(data, spec))), spec).value
        if value is None:
            raise ValueError(data)
        return value

    return checked


TEXT = FieldType("text", _parse, _show, _to_json, from_json)
PARAGRAPH = FieldType("paragraph", _parse, _show, _to_json, from_json)
EMAIL = FieldType("email", _parse_email, _show, _to_json, _of_form(_parse_email))
PHONE = FieldType("phone", _parse_phone, _show, _to_json, _of_form(_parse_phone))
