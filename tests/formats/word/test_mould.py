"""One drawing for many partners: what is filled in is what would be drawn for each, byte for byte.

1. Whatever the blueprint, the roles, the language and the name, a filled file equals one written afresh.
2. A name that cannot stand everywhere as it is, is not filled in: such a file is drawn.
3. A blueprint that names the partner in more than its guidance is drawn for each.
"""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from docgen.addressed import stand_in
from docgen.blueprint.load import from_data
from docgen.document import Document
from docgen.formats import FORMATS
from docgen.formats.word import writer
from docgen.formats.word.mould import Member
from docgen.layout import Layout, for_anybody, lay_out
from docgen.producing import Producer
from docgen.progress import no_progress
from docgen.sending import Partner, Round
from tests import strategies

NAMES = st.sampled_from(
    [
        "Polisen",
        "A & B <Syd> \"Nord\" 'Öst' ]]>",
        "*Fet* _lutad_ `kod` [länk](x) 1. # &amp; <b>",
        "🏳️‍🌈 Föreningen e\N{COMBINING ACUTE ACCENT}",
        "جمعية \N{RIGHT-TO-LEFT OVERRIDE}abc\N{POP DIRECTIONAL FORMATTING} 漢字",
        "\N{NO-BREAK SPACE}två  blanka\N{LINE SEPARATOR}\N{NEXT LINE}",
        "en\nrad till",
        "ett\ttabbtecken",
        "ett\x07kontrolltecken",
        "\ufffe",
        "{partner.name} {round.place}",
        "x" * 256,
        "",
    ]
) | st.text(max_size=20).filter(lambda text: text.isprintable() or "\n" in text)

generated = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def _naming(round_: Round) -> Round:
    """The same round with the partner named in the cover's guidance and in a section's."""
    data = round_.blueprint.data
    documents = {
        name: {**spec, "guide": [{"intro": "Här skriver *{partner.name}*, och **{partner.name}**."}]}
        for name, spec in data["documents"].items()
    }
    sections = dict(data["sections"])
    first = next(name for name, spec in documents.items() if spec["format"] == "word")
    section = documents[first]["sections"][0]
    sections[section] = {**sections[section], "guide": [{"think": "- {partner.name}?\n- **{partner.name}**"}]}
    blueprint = from_data({**data, "documents": documents, "sections": sections}, {})
    return Round(blueprint, round_.parameters, round_.partners)


@generated
@given(round_=strategies.rounds(), naming=st.booleans(), called=st.lists(NAMES, min_size=3, max_size=3))
@example(
    round_=Round(
        from_data(
            {
                "docgen": 1,
                "id": "example",
                "version": "1",
                "language": "sv",
                "title": "Plan",
                "documents": {"form": {"format": "word", "title": "Bok", "sections": ["one"]}},
                "sections": {"one": {"title": "Ett", "fields": {"aim": {"type": "text", "label": "Mål"}}}},
            },
            {},
        ),
        {},
        (Partner("a", "A"), Partner("b2", "B"), Partner("c", "C")),
    ),
    naming=True,
    called=["A & B", "<b>*C*</b>", "🏳️‍🌈\N{RIGHT-TO-LEFT MARK}"],
)
def test_a_filled_file_is_the_one_that_would_be_drawn(round_: Round, naming: bool, called: list[str]) -> None:
    renamed = [replace(partner, name=name) for partner, name in zip(round_.partners, called, strict=False)]
    round_ = replace(round_, partners=tuple(renamed))
    if naming:
        round_ = _naming(round_)
    producer, word = Producer(round_, None), FORMATS["word"]
    for partner in round_.partners:
        for name, spec in round_.blueprint.documents.items():
            fresh = Layout(round_, partner, name).document()
            document = lay_out(round_, partner, name)
            assert document == fresh
            if spec.format == "word" and any(fresh.slots()):
                assert producer.written(document, partner, word) == word.write(fresh)


PLAN = from_data(
    {
        "docgen": 1,
        "id": "example",
        "version": "1",
        "language": "sv",
        "title": "Plan",
        "roles": {"inner": "Inre", "outer": "Yttre"},
        "documents": {
            "form": {
                "format": "word",
                "title": "Bok",
                "guide": [{"intro": "Här skriver {partner.name}."}],
                "sections": ["one"],
            }
        },
        "sections": {"one": {"title": "Ett", "fields": {"aim": {"type": "text", "label": "Mål"}}}},
    },
    {},
)
ROUND = Round(PLAN, {}, (Partner("a", "A"), Partner("b", "B"), Partner("c", "C", roles=("inner",))))


def test_one_drawing_serves_all_with_the_same_roles(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []

    def members(document: Document) -> list[Member]:
        drawn.append(document.organisation)
        return original(document)

    original = writer.members
    monkeypatch.setattr(writer, "members", members)
    files = dict(Producer(ROUND, None).files(no_progress))
    assert len(files) == 3
    assert drawn == [stand_in(ROUND.id).name] * 2


@pytest.mark.parametrize("name", ["", "en\nrad till", "ett\ttabbtecken", "ett\x07kontrolltecken", "\ufffe", "x" * 256])
def test_a_name_that_cannot_stand_everywhere(name: str) -> None:
    anybodys = for_anybody(ROUND, ROUND.partners[0], "form")
    assert anybodys is not None
    assert writer.mould(anybodys).filled("a", name) is None
    assert writer.mould(anybodys).filled("a&", "A") is None
    assert writer.mould(anybodys).filled("a", "x" * 255) is not None


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Plan för {partner.name}"},
        {"documents": {"form": {**PLAN.data["documents"]["form"], "title": "{partner.name}"}}},
        {"sections": {"one": {"title": "{partner.name}", "fields": {"aim": {"type": "text", "label": "Mål"}}}}},
        {"sections": {"one": {"title": "Ett", "fields": {"aim": {"type": "text", "label": "{partner.name}"}}}}},
        {"sections": {"one": {"title": "Ett", "fields": {"aim": {"type": "text", "label": "Mål", "hint": "{partner.name}"}}}}},
    ],
)  # fmt: skip
def test_what_is_named_elsewhere_is_drawn_for_each(change: dict[str, object]) -> None:
    round_ = Round(from_data({**PLAN.data, **change}, {}), {}, ROUND.partners)
    assert for_anybody(ROUND, ROUND.partners[0], "form") is not None
    assert for_anybody(round_, round_.partners[0], "form") is None
    files = dict(Producer(round_, None).files(no_progress))
    for partner, made in zip(round_.partners, files.values(), strict=True):
        assert made == FORMATS["word"].write(Layout(round_, partner, "form").document())
