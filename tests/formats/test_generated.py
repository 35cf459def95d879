"""Any blueprint through every format: the file tells whose it is, a blank one is blank, what stands in it comes back.

1. Every slot of the Document is found, empty, with nothing unplaced and no problem.
2. Answers written beforehand are read back as the same values, each under its key.
3. Written twice it is the same bytes.
"""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from docgen.document import Document
from docgen.fields import FIELD_TYPES
from docgen.formats import FORMATS, format_of
from docgen.layout import documents_for
from docgen.response import Response, understand
from docgen.sending import Round
from docgen.values import Raw, Value
from tests import strategies
from tests.formats.samples import with_values

generated = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[
        Phase.explicit,
        Phase.reuse,
        Phase.generate,
    ],  # a document is too large to be made smaller in the time of a test
)


def _documents(round_: Round, format_: str) -> list[Document]:
    of = {name for name, spec in round_.blueprint.documents.items() if spec.format == format_}
    partners = round_.partners[:2]
    return [each for partner in partners for each in documents_for(round_, partner) if each.identity.document in of]


def _read(document: Document, format_: str) -> Response:
    data = FORMATS[format_].write(document)
    assert format_of(data, "x").name == format_
    assert FORMATS[format_].write(document) == data
    marks, identity = FORMATS[format_].identify(data), document.identity
    assert (marks.blueprint, marks.round, marks.partner, marks.document) == (
        identity.blueprint,
        identity.round,
        identity.partner,
        identity.document,
    )
    response = understand("x", document, FORMATS[format_].read(data, document))
    assert [found.code for found in response.problems] == []
    assert response.unplaced == ()
    return response


@pytest.mark.parametrize("format_", FORMATS)
@generated
@given(round_=strategies.rounds())
def test_a_blank_form_reads_blank(format_: str, round_: Round) -> None:
    for document in _documents(round_, format_):
        response = _read(document, format_)
        asked = {slot.address for slot in document.slots()}
        assert {answer.address for answer in response.answers} == asked
        assert all(answer.value is None and answer.raw is None for answer in response.answers)


@pytest.mark.parametrize("format_", FORMATS)
@generated
@given(round_=strategies.rounds(), choose=st.data())
def test_what_stands_in_a_form_reads_back(format_: str, round_: Round, choose: st.DataObject) -> None:
    for document in _documents(round_, format_):
        values: dict[str, Value] = {}
        for slot in document.slots():
            if slot.spec.type == "signature" or not choose.draw(st.booleans()):
                continue
            value = choose.draw(strategies.values(slot))
            kind = FIELD_TYPES[slot.spec.type]
            if kind.parse(Raw(kind.show(value, slot.spec)), slot.spec).value == value:
                values[str(slot.address)] = value
        response = _read(with_values(document, values), format_)
        assert {str(each.address): each.value for each in response.answers if each.value is not None} == values
