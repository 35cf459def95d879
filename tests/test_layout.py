"""The layout of any blueprint, and what a partner must and must not find in a file.

1. Addresses, tags and places: one each, one to one with keys, and a key reads back to its address.
2. Roles: nothing is asked of a partner that is not asked of its roles; nothing of the group's is in anybody's file.
3. The same input gives the same tree; a generated blueprint passes loader and schema both.
4. Nothing in a Document is left for a writer to fill in or to look up.
"""

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from docgen.blueprint.grammar import BLUEPRINT, json_schema
from docgen.blueprint.load import from_data
from docgen.blueprint.model import GROUP
from docgen.blueprint.shape import check_shape
from docgen.blueprint.yamltree import Tree
from docgen.document import Document, Table, short_name
from docgen.fields import FIELD_TYPES
from docgen.formats import FORMATS
from docgen.layout import asked, documents_for
from docgen.producing import file_name
from docgen.sending import Partner, Round
from docgen.values import Address, Raw
from tests import strategies

generated = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
SCHEMA = Draft202012Validator(json_schema())


def _documents(round_: Round) -> list[tuple[Partner, Document]]:
    return [(partner, document) for partner in round_.partners for document in documents_for(round_, partner)]


@generated
@given(strategies.blueprints())
def test_generated_blueprints_pass_loader_and_schema(data: dict[str, Any]) -> None:
    from_data(data, {})
    assert list(SCHEMA.iter_errors(data)) == []


@generated
@given(strategies.blueprints(), st.data())
def test_schema_and_loader_agree_on_the_shape(data: dict[str, Any], choose: st.DataObject) -> None:
    """Any one value replaced by any other: both see it or neither."""
    place: Any = data
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = choose.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or not place[key] or choose.draw(st.booleans()):
            break
        place = place[key]
    new = st.sampled_from(
        ["text", "sv", "", " ", "a b", 0, 1, 3, True, None, 1.5, [], ["a"], {}, {"a": "b"}, {"in": "b"}]
    )
    place[key] = choose.draw(new)
    refused = bool(check_shape(Tree(data, "x", {}, {}), BLUEPRINT))
    assert refused == (not SCHEMA.is_valid(data))


@generated
@given(strategies.rounds())
def test_every_slot_has_one_address_and_every_key_reads_back(round_: Round) -> None:
    for _, document in _documents(round_):
        slots = list(document.slots())
        addresses = [slot.address for slot in slots]
        assert len(set(addresses)) == len(addresses)
        assert len({slot.tag for slot in slots}) == len(slots)
        assert len({str(address) for address in addresses}) == len(addresses)
        for slot in slots:
            assert Address.parse(str(slot.address)) == slot.address
            assert len(slot.tag) <= 64
            assert slot.label
            assert slot.place
            assert slot.spec.language == document.language
        for table in document.tables():
            _table_is_whole(table)


def _table_is_whole(table: Table) -> None:
    keys = [column.key for column in table.columns]
    assert len(set(keys)) == len(keys)
    assert "row" not in keys
    assert [row.number for row in table.rows] == list(range(1, len(table.rows) + 1))
    for row in table.rows:
        assert [slot.address for slot in row.slots] == [Address(table.key, row.number, key) for key in keys]
        assert bool(row.label) == table.fixed
    for key in keys:
        added = table.slot(len(table.rows) + 7, key)
        assert added.address == Address(table.key, len(table.rows) + 7, key)
        assert table.slot(1, key) in table.rows[0].slots
    with pytest.raises(KeyError):
        table.slot(1, "no such column")


@generated
@given(strategies.rounds())
def test_nobody_is_asked_what_is_not_asked_of_them(round_: Round) -> None:
    for partner, document in _documents(round_):
        for slot in document.slots():
            section, name = slot.address.field.split(".")
            key = re.sub(r"_(?:\d{4}|q[1-4])$", "", name)
            fields = round_.blueprint.sections[section].fields
            field = fields.get(name) or fields[key]
            for part in (round_.blueprint.sections[section], field):
                assert set(part.asked_of) != {GROUP}
                roles = set(part.asked_of) - {GROUP}
                assert not partner.roles or not roles or roles & set(partner.roles)


@pytest.mark.parametrize(
    ("asked_of", "roles", "is_asked"),
    [
        ((), (), True),
        ((), ("a",), True),
        (("a",), (), True),
        (("a",), ("a", "b"), True),
        (("a",), ("b",), False),
        (("group",), (), False),
        (("group",), ("a",), False),
        (("a", "group"), ("a",), True),
        (("a", "group"), ("b",), False),
        (("a", "group"), (), True),
    ],
)
def test_asked(asked_of: tuple[str, ...], roles: tuple[str, ...], is_asked: bool) -> None:
    assert asked(asked_of, Partner("p", "P", roles=roles)) == is_asked


@generated
@given(strategies.rounds())
def test_laid_out_twice_is_the_same(round_: Round) -> None:
    again = Round(from_data(round_.blueprint.data, {}), dict(round_.parameters), round_.partners)
    assert again.id == round_.id
    assert _documents(again) == _documents(round_)


@generated
@given(strategies.rounds())
def test_names_of_files_stand_on_every_system(round_: Round) -> None:
    for partner in round_.partners:
        made = [file_name(each, FORMATS["word"]) for each in documents_for(round_, partner)]
        for name in made:
            assert re.fullmatch(r'[^<>:"/\\|?*\x00-\x1f]{1,125}\.docx', name)
            assert not name.startswith((".", " ", "~$"))


@generated
@given(strategies.rounds(), st.data())
def test_what_a_slot_shows_reads_back(round_: Round, choose: st.DataObject) -> None:
    slots = [slot for _, document in _documents(round_) for slot in document.slots() if slot.spec.type != "signature"]
    if not slots:
        return
    slot = choose.draw(st.sampled_from(slots))
    if slot.spec.type == "reference" and not slot.spec.literals and len(slot.spec.targets) > 1:
        return
    value = choose.draw(strategies.values(slot))
    kind = FIELD_TYPES[slot.spec.type]
    assert kind.parse(Raw(kind.show(value, slot.spec)), slot.spec).value == value
    assert kind.parse(Raw(slot.placeholder), slot.spec).value in {None, slot.placeholder}


def test_short_names() -> None:
    assert short_name("a" * 64, 64) == "a" * 64
    cut = short_name("a" * 65, 64)
    assert len(cut) == 64
    assert cut != short_name("a" * 66, 64)
