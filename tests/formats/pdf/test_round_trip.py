"""What is typed into a form with PDFium comes back once, under its key; what was filled in beforehand too."""

from pathlib import Path

import pytest

from docgen.document import Document
from docgen.fields import FIELD_TYPES
from docgen.formats.pdf.reader import read
from docgen.formats.pdf.writer import write
from docgen.response import understand
from docgen.values import Address, Literal, Raw, Value
from tests.filler.pdf import Pdf
from tests.formats import samples


def _answers(data: bytes, document: Document) -> dict[str, Value | None]:
    response = understand("fil.pdf", document, read(data, document))
    assert not response.problems
    assert not response.unplaced
    return {str(answer.address): answer.value for answer in response.answers}


def _every_value(document: Document) -> dict[str, Value]:
    """A value for every slot but the signature; the lone box is ticked."""
    values = {
        str(slot.address): samples.VALUES[slot.spec.type]
        for slot in document.slots()
        if slot.spec.type in samples.VALUES
    }
    values["sample.one_box"] = True
    values["sample.kind"] = "kind_3"
    return values


@pytest.fixture(scope="module")
def document() -> Document:
    return samples.document(signature=True)


@pytest.fixture(scope="module")
def blank(document: Document) -> bytes:
    return write(document)


def test_a_blank_form_reads_as_empty_in_every_slot(document: Document, blank: bytes) -> None:
    reading = read(blank, document)
    assert [found.address for found in reading.found] == [slot.address for slot in document.slots()]
    assert all(found.raw == Raw() for found in reading.found)
    assert {found.by for found in reading.found} == {"name"}
    assert (reading.unplaced, reading.problems) == ((), ())


def test_what_is_filled_in_beforehand_reads_as_itself(document: Document) -> None:
    values = _every_value(document)
    read_back = _answers(write(samples.with_values(document, values)), document)
    assert {key: value for key, value in read_back.items() if value is not None} == values


def test_a_literal_and_a_reference_by_hand(document: Document) -> None:
    given = samples.with_values(document, {"sample.reference": Literal("whole")})
    assert _answers(write(given), document)["sample.reference"] == Literal("whole")


def _fill(file: Path, document: Document, values: dict[str, Value]) -> bytes:
    """Fill in what a person would type or tick, by the names of the fields and the labels they show."""
    slots = {slot.address: slot for slot in document.slots()}
    with Pdf(file) as pdf:
        for name in dict.fromkeys(field.name for field in pdf.fields()):
            field = pdf.field(name)
            path, _, option = name.partition("=")
            section, key, *cell = path.split("/")[3:]
            address = Address(f"{section}.{key}", *((int(cell[0]), cell[1]) if cell else ()))
            slot, value = slots[address], values.get(str(address))
            if value is None:
                continue
            shown = FIELD_TYPES[slot.spec.type].show(value, slot.spec)
            if option:
                if option in value:  # type: ignore[operator]
                    pdf.tick(name)
            elif field.kind == "checkbox":
                pdf.tick(name)
            elif field.kind == "radio":
                pdf.tick(name, {True: "yes", False: "no"}.get(value, str(value)))  # type: ignore[call-overload]
            elif field.kind == "combo" and shown in field.options:
                pdf.choose(name, shown)
            else:
                pdf.fill(name, shown)
        return pdf.save(file.with_stem("ifylld")).read_bytes()


def test_what_pdfium_fills_in_comes_back_under_its_key(document: Document, blank: bytes, tmp_path: Path) -> None:
    file = tmp_path / "blank.pdf"
    file.write_bytes(blank)
    values = _every_value(document)
    read_back = _answers(_fill(file, document, values), document)
    assert {key: value for key, value in read_back.items() if value is not None} == values


def test_every_text_field_brings_its_own_token_back_once(document: Document, blank: bytes, tmp_path: Path) -> None:
    file = tmp_path / "tecken.pdf"
    file.write_bytes(blank)
    tokens: dict[str, str] = {}
    with Pdf(file) as pdf:
        for field in pdf.fields():
            if field.kind == "text" or (field.kind == "combo" and field.editable):
                token = f"tok{len(tokens):03d}"
                tokens[field.name] = f"{token}\nrad två\nrad tre {token}" if field.multiline else token
                pdf.fill(field.name, tokens[field.name])
        filled = pdf.save(tmp_path / "ifylld.pdf").read_bytes()
    reading = read(filled, document)
    texts = {
        "/".join(str(part) for part in _path(found.address)): found.raw.text
        for found in reading.found
        if found.raw.text
    }
    assert texts == {"/".join(name.split("/")[3:]): text for name, text in tokens.items()}
    assert not reading.unplaced


def _path(address: Address) -> list[object]:
    parts: list[object] = [*address.field.split(".")]
    return parts + ([address.row, address.column] if address.row is not None else [])
