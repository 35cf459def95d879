"""The contract of every field type.

1. Nothing typed is no answer, never a problem.
2. What a form shows of a value, typed back, is that value; JSON likewise (design, "Contracts").
3. Malformed text is not understood and named, in every language; it never becomes an answer.
4. Nothing raises, whatever the file says, and nothing that was there is taken for nothing.
"""

import datetime
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from docgen.blueprint.grammar import FIELD_TYPE_NAMES
from docgen.fields import FIELD_TYPES
from docgen.locales import LANGUAGES
from docgen.problems import CATALOGUE, problem
from docgen.values import Raw, normalise
from tests.fields.types import CASES, Case, in_both, raw_of

BOTH = [pytest.param(case, id=f"{case.id}-{case.spec.language}") for case in in_both]
quick = settings(max_examples=40, deadline=None)  # for each of some twenty cases

EACH = [pytest.param(case, id=case.id) for case in CASES]

_texts = st.text(max_size=40) | st.sampled_from(
    ["12\n000", "+-5", "1" * 50, "Delmål 1", "2027-Q3", "\x00", "Nu;", "½", "Delmål ½", "٣", "²", "ja", "#REF!", "1e5"]
)
raws = st.builds(
    Raw,
    _texts,
    st.none()
    | st.decimals()
    | st.sampled_from([Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity"), Decimal("1E+99999")]),
    st.none() | st.dates(),
    st.none() | st.booleans(),
    st.lists(st.sampled_from(["now", "later", "strange", "aims.list[1]"]) | st.text("abc", min_size=1), max_size=3).map(
        tuple
    ),
    st.none() | st.booleans(),
)


def test_a_type_for_every_name_of_the_language_and_a_case_for_every_type() -> None:
    assert tuple(FIELD_TYPES) == FIELD_TYPE_NAMES
    assert {case.spec.type for case in CASES} == set(FIELD_TYPES)
    appearances = {(name, look) for name, each in FIELD_TYPES.items() for look in each.appearances}
    assert appearances - {("money", "thousands")} <= {(case.spec.type, case.spec.appearance) for case in CASES}


@pytest.mark.parametrize("case", BOTH)
@pytest.mark.parametrize("raw", [Raw(), Raw("  \n "), Raw("\N{NO-BREAK SPACE}"), Raw(signed=False)])
def test_nothing_is_no_answer(case: Case, raw: Raw) -> None:
    parsed = FIELD_TYPES[case.spec.type].parse(raw, case.spec)
    assert (parsed.value, parsed.understood, parsed.code) == (None, True, None)


@pytest.mark.parametrize("case", BOTH)
def test_typical_values_come_back(case: Case) -> None:
    for value in case.typical:
        _comes_back(case, value)


@pytest.mark.parametrize("case", BOTH)
@quick
@given(data=st.data())
def test_every_value_comes_back(case: Case, data: st.DataObject) -> None:
    _comes_back(case, data.draw(case.values))


def _comes_back(case: Case, value: Any) -> None:
    kind = FIELD_TYPES[case.spec.type]
    parsed = kind.parse(raw_of(case, value), case.spec)
    assert parsed.understood
    assert parsed.value == value
    assert type(parsed.value) is type(value)
    stored = json.loads(json.dumps(kind.to_json(value, case.spec)))
    assert kind.from_json(stored, case.spec) == value


@pytest.mark.parametrize("case", EACH)
def test_malformed_text_is_named(case: Case) -> None:
    for text in case.malformed:
        parsed = FIELD_TYPES[case.spec.type].parse(Raw(text), case.spec)
        assert not parsed.understood, text
        assert parsed.value is None
        assert parsed.code is not None
        assert CATALOGUE[parsed.code] == "error"


@pytest.mark.parametrize("case", EACH)
@quick
@given(raw=raws)
@example(Raw(truth=True))
@example(Raw(number=Decimal("NaN")))
@example(Raw(number=Decimal("Infinity")))
@example(Raw(date=datetime.date(2027, 1, 1)))
@example(Raw(chosen=("strange",)))
@example(Raw("a", chosen=("now", "later")))
def test_whatever_a_file_says(case: Case, raw: Raw) -> None:
    kind = FIELD_TYPES[case.spec.type]
    parsed = kind.parse(raw, case.spec)
    assert parsed.understood or (parsed.value is None and parsed.code is not None)
    if parsed.code is not None:
        for language in LANGUAGES:
            found = problem(parsed.code, **parsed.args)
            assert found.message(language)
            assert found.remedy(language)
    if parsed.value is None and parsed.understood:
        assert raw.empty
    if parsed.value is not None:
        assert kind.from_json(json.loads(json.dumps(kind.to_json(parsed.value, case.spec))), case.spec) == parsed.value
        kind.show(parsed.value, case.spec)


@pytest.mark.parametrize("case", EACH)
@quick
@given(
    data=st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.lists(st.text(max_size=3))
)
def test_json_of_another_shape_is_a_value_error(case: Case, data: Any) -> None:
    kind = FIELD_TYPES[case.spec.type]
    try:
        value = kind.from_json(data, case.spec)
    except ValueError:
        return
    assert kind.from_json(kind.to_json(value, case.spec), case.spec) == value


@given(st.text())
def test_normalised_text_stays_as_it_is(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
