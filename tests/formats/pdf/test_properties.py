"""Whatever is filled in beforehand reads back as itself, and names of fields map one to one to answers."""

from dataclasses import replace

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from docgen.document import Document, Question, Section, Slot, short_name
from docgen.formats.pdf.names import field_name, option_name, owner
from docgen.formats.pdf.reader import read
from docgen.formats.pdf.writer import write
from docgen.values import Address, normalise
from tests.formats import samples

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)
NAME = st.from_regex(r"[a-z][a-z0-9_]{0,40}", fullmatch=True)
ID = st.text(st.sampled_from("abcåäö.%=/-_ 09"), min_size=1, max_size=30)
ADDRESS = st.one_of(
    st.builds(Address, st.builds("{}.{}".format, NAME, NAME)),
    st.builds(Address, st.builds("{}.{}".format, NAME, NAME), st.integers(1, 9999), NAME),
)


def _document(value: str) -> Document:
    slot = samples.slot("sample.paragraph", samples.spec("paragraph"), value=value)
    section = Section("sample", "1", "Text", (Question(slot),))
    return replace(samples.document(), sections=(section,), guide=(), facts=())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT)
@example("þÿab")
@example("ï»¿ab")
@example("ÿþab")
@example("\x18\x1f\x9f\xad(\\)\n[\r]")
@example("\u2028\u0085\ufeff😀")
@example("ord" * 3000)
def test_any_text_reads_back_as_it_was(value: str) -> None:
    document = _document(value)
    (found,) = read(write(document), document).found
    wanted = normalise(value)
    assert found.raw.text == (wanted if wanted.strip() and wanted != "Skriv här" else "")


def _slot(address: Address) -> Slot:
    return Slot(address, "", "", samples.spec("text"))


@given(st.lists(ADDRESS, unique=True, min_size=2, max_size=20), ID, ID)
def test_names_are_one_to_one_and_tell_whose_they_are(addresses: list[Address], partner: str, document: str) -> None:
    identity = replace(samples.IDENTITY, partner=partner, document=document)
    names = [field_name(identity, _slot(address)) for address in addresses]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 127 and "." not in name for name in names)
    assert owner(names) == (identity.round, partner, document)


@given(st.lists(NAME, unique=True, min_size=2, max_size=10))
def test_the_boxes_of_one_question_have_names_of_their_own(options: list[str]) -> None:
    name = short_name("a1b2c3d4e5/polisen/prov/" + "x" * 200, 127)
    assert len({option_name(name, option) for option in options}) == len(options)
