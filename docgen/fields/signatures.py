"""signature: whether somebody signed, and who the file says it was."""

from docgen.fields.base import EMPTY, FieldType, Json, Parsed, Spec, said
from docgen.locales import text as say
from docgen.values import Raw, Signature, Value, normalise


def _parse(raw: Raw, spec: Spec) -> Parsed:  # noqa: ARG001 - the signature of every field type
    if raw.empty:
        return EMPTY
    # A name alone is no signature: it is kept, and nobody is said to have signed.
    name = normalise(raw.text).strip() or ("" if raw.signed else said(raw))
    return Parsed(Signature(present=bool(raw.signed), by=name or None))


def _show(value: Signature, spec: Spec) -> str:  # noqa: ARG001
    return value.by or ""


def _to_json(value: Signature, spec: Spec) -> Json:  # noqa: ARG001
    return {"present": value.present, "by": value.by}


def _from_json(data: Json, spec: Spec) -> Value:  # noqa: ARG001
    """``{present, by}``.

    Raises:
        ValueError: it is not of that shape.
    """
    if not isinstance(data, dict) or set(data) != {"present", "by"} or not isinstance(data["present"], bool):
        raise ValueError(data)
    if not isinstance(data["by"], str | None):
        raise ValueError(data)
    return Signature(data["present"], data["by"])


def signed(value: Signature | None, language: str) -> str:
    """Whether somebody signed, in words for a reader. A name alone is no signature."""
    if value is None or not value.present:
        name = value.by if value is not None else None
        return say(language, "plan.not-signed-name", name=name) if name else say(language, "plan.not-signed")
    return say(language, "plan.signed-by", name=value.by) if value.by else say(language, "plan.signed")


SIGNATURE = FieldType("signature", _parse, _show, _to_json, _from_json, judged_as="truth")
