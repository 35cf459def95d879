"""Filling in as people do, in every format, every field type in every place: what is typed is what is read.

R1  Each type's typical answer comes back as its value.
R2  A text that is no answer comes back as it was typed.
R3  Nothing else in the file changes: filling in nothing leaves every part, or byte, as it was.
R4  What a file has no place for is a bug, and says so.
"""

from importlib import import_module

import pytest
from lxml import etree

from docgen.demo.story import Typed
from docgen.document import Document, Slot
from docgen.fields import FIELD_TYPES
from docgen.formats import FORMATS, Format
from docgen.formats.opc import open_package
from docgen.response import understand
from docgen.values import Address, Value
from tests.formats import samples

LANGUAGES = ("sv", "en")


def fill(format_: Format, data: bytes, document: Document, typed: dict[Address, Typed]) -> bytes:
    filled: bytes = import_module(f"docgen.demo.{format_.name}").fill(data, document, typed)
    return filled


def value_for(slot: Slot) -> Value:
    value = samples.VALUES[slot.spec.type]
    return slot.spec.options[1].name if slot.spec.type == "select_one" else value


def typed_for(slot: Slot) -> Typed:
    value = value_for(slot)
    return value if isinstance(value, tuple) else FIELD_TYPES[slot.spec.type].show(value, slot.spec)


@pytest.fixture(params=sorted(FORMATS))
def format_(request: pytest.FixtureRequest) -> Format:
    return FORMATS[request.param]


@pytest.mark.parametrize("language", LANGUAGES)
def test_typical_answers(format_: Format, language: str) -> None:
    """R1"""
    document = samples.document(language)
    slots = list(document.slots())
    filled = fill(format_, format_.write(document), document, {slot.address: typed_for(slot) for slot in slots})
    response = understand("file", document, format_.read(filled, document))
    assert {answer.address: answer.value for answer in response.answers if answer.value is not None} == {
        slot.address: value_for(slot) for slot in slots
    }
    assert [*response.problems, *response.unplaced] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_to_a_yes_or_no(format_: Format, language: str) -> None:
    """R1: a list says no; a lone box is left empty."""
    document = samples.document(language)
    slots = [slot for slot in document.slots() if slot.spec.type == "boolean"]
    no = {slot.address: FIELD_TYPES["boolean"].show(False, slot.spec) for slot in slots}
    filled = fill(format_, format_.write(document), document, dict(no))
    response = understand("file", document, format_.read(filled, document))
    found = {answer.address: answer.value for answer in response.answers}
    assert all(found[slot.address] is False for slot in slots if slot.spec.appearance != "checkbox")
    assert not any(found[slot.address] for slot in slots)


def test_mistakes(format_: Format) -> None:
    """R2"""
    document = samples.document()
    wrong = {
        "integer": "ca 10",
        "decimal": "många",
        "money": "12.000",
        "percent": "hälften",
        "date": "sommaren 2028",
        "period": "sedan",
    }
    slots = [slot for slot in document.slots() if slot.spec.type in wrong]
    typed: dict[Address, Typed] = {slot.address: wrong[slot.spec.type] for slot in slots}
    filled = fill(format_, format_.write(document), document, typed)
    response = understand("file", document, format_.read(filled, document))
    assert {answer.address: answer.raw for answer in response.answers if answer.raw is not None} == typed
    assert len(response.problems) == len(slots)


def test_nothing_else_changes(format_: Format) -> None:
    """R3"""
    document = samples.document()
    data = format_.write(document)
    again = fill(format_, data, document, {})
    if format_.name == "pdf":
        assert again.startswith(data)
        return
    before, after = open_package(data), open_package(again)
    assert list(after.members) == list(before.members)
    for name in before.members:
        old, new = before.xml(name), after.xml(name)
        assert old is not None
        assert new is not None
        assert etree.tostring(new, method="c14n") == etree.tostring(old, method="c14n"), name


def test_no_place(format_: Format) -> None:
    """R4"""
    document = samples.document()
    with pytest.raises(KeyError):
        fill(format_, format_.write(document), document, {Address("sample.elsewhere"): "x"})
