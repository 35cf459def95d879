"""Field types: one row for each, looked up by exact name."""

from docgen.fields.base import FieldType, Option, Parsed, Spec, Target
from docgen.fields.choices import BOOLEAN, ORGANISATION, SELECT_MULTIPLE, SELECT_ONE
from docgen.fields.dates import DATE
from docgen.fields.numbers import DECIMAL, INTEGER, MONEY
from docgen.fields.percent import PERCENT
from docgen.fields.periods import PERIOD
from docgen.fields.references import REFERENCE
from docgen.fields.signatures import SIGNATURE
from docgen.fields.texts import EMAIL, PARAGRAPH, PHONE, TEXT

# A table is no type of answer of its own: it is rows of these. The formats list it beside them.
FIELD_TYPES: dict[str, FieldType] = {
    each.name: each
    for each in (
        TEXT,
        PARAGRAPH,
        INTEGER,
        DECIMAL,
        MONEY,
        PERCENT,
        DATE,
        PERIOD,
        SELECT_ONE,
        SELECT_MULTIPLE,
        BOOLEAN,
        EMAIL,
        PHONE,
        ORGANISATION,
        REFERENCE,
        SIGNATURE,
    )
}

__all__ = ["FIELD_TYPES", "FieldType", "Option", "Parsed", "Spec", "Target"]
