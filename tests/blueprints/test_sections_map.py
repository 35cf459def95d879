"""The first blueprint holds every section and field of the plan template, asked of the right people.

1. Every field of the description exists, and every fixed row, in order.
2. What is required there is required here.
3. Roles: the core group's, the group's, and the businesses' questions are exactly theirs.
4. Every section has all four kinds of guidance, in Swedish and in English.
5. The name of a section that becomes a sheet fits into one.
"""

from pathlib import Path

import pytest

from docgen import load_blueprint
from docgen.blueprint.load import check_blueprint
from docgen.blueprint.model import Blueprint, Field
from tests.blueprints.sections_map import BUSINESS, CORE_GROUP, GROUP, PARAMETERS, REQUIRED, ROWS, SECTIONS

FILE = Path(__file__).parents[2] / "blueprints" / "lokal-samverkansplan.yaml"
SHEET_NAME_MAX = 31  # characters; what spreadsheet programs allow


@pytest.fixture(scope="module")
def blueprint() -> Blueprint:
    return load_blueprint(FILE)


def found(blueprint: Blueprint, key: str) -> Field:
    """The field or column ``section.field`` or ``section.table.column``."""
    section, field, *column = key.split(".")
    holder = blueprint.sections[section].fields[field]
    return holder.columns[column[0]] if column else holder


def asked_of(blueprint: Blueprint, key: str) -> tuple[str, ...]:
    """The roles of the nearest part that names any: the column, the table, the section."""
    section, field, *_ = key.split(".")
    table = blueprint.sections[section].fields[field]
    return found(blueprint, key).asked_of or table.asked_of or blueprint.sections[section].asked_of


def test_nothing_to_remark() -> None:
    assert check_blueprint(FILE).problems == ()


@pytest.mark.parametrize("name", SECTIONS)
def test_field_exists(blueprint: Blueprint, name: str) -> None:
    assert found(blueprint, SECTIONS[name]).label


@pytest.mark.parametrize("name", PARAMETERS)
def test_parameter_exists(blueprint: Blueprint, name: str) -> None:
    assert blueprint.parameters[name].label


@pytest.mark.parametrize("table", ROWS)
def test_fixed_rows(blueprint: Blueprint, table: str) -> None:
    rows = blueprint.field(table).rows
    names = blueprint.choices[rows.removeprefix("choices.")] if isinstance(rows, str) else rows
    assert names is not None
    assert tuple(names) == ROWS[table]


@pytest.mark.parametrize("name", sorted(REQUIRED))
def test_required(blueprint: Blueprint, name: str) -> None:
    assert found(blueprint, SECTIONS[name]).required


@pytest.mark.parametrize("name", SECTIONS)
def test_only_businesses_questions_reach_businesses(blueprint: Blueprint, name: str) -> None:
    roles = asked_of(blueprint, SECTIONS[name])
    assert (not roles or "verksamhet" in roles) == (name in BUSINESS)


@pytest.mark.parametrize("name", sorted(GROUP))
def test_decisions_are_the_groups(blueprint: Blueprint, name: str) -> None:
    assert asked_of(blueprint, SECTIONS[name]) == ("group",)


@pytest.mark.parametrize("name", sorted(CORE_GROUP))
def test_core_group(blueprint: Blueprint, name: str) -> None:
    assert asked_of(blueprint, SECTIONS[name]) == ("karngrupp",)


def test_phone_list_is_the_coordinators_alone(blueprint: Blueprint) -> None:
    assert blueprint.field("communication.phone_list").visible == "coordinator"


def test_every_section_has_a_step(blueprint: Blueprint) -> None:
    assert {name for step in blueprint.steps.values() for name in step.sections} == set(blueprint.sections)


def test_guidance_is_complete(blueprint: Blueprint) -> None:
    for section in blueprint.sections.values():
        assert [block.kind for block in section.guide] == ["intro", "think", "example", "check"], section.name


def test_english_guidance_is_complete(blueprint: Blueprint) -> None:
    sections = blueprint.translations["en"]["sections"]
    for name, section in blueprint.sections.items():
        kinds = [kind for block in sections[name]["guide"] for kind in block]
        assert kinds == [block.kind for block in section.guide], name


def test_section_names_fit_on_sheets(blueprint: Blueprint) -> None:
    for document in blueprint.documents.values():
        if document.format == "excel":
            for name in document.sections:
                section = blueprint.sections[name]
                assert len(f"{section.number} {section.title}") <= SHEET_NAME_MAX
                assert not set(section.title) & set("[]:*?/\\")
