"""All of one partner's files put together.

S1  Section by section the newest file counts, whole; what older files say otherwise is listed and never mixed in.
S2  Files equally new that differ are asked about, and a time that is no evidence is told; two copies are no matter.
S3  An answer in two documents: equal is one, an empty one gives way, two that differ count in neither, and are told.
S4  What was wrong in an older file is not told of the newer one that put it right.
"""

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import pytest

from docgen.blueprint.load import from_data
from docgen.layout import documents_for
from docgen.problems import problem
from docgen.response import Answer, Response, Source, Unplaced
from docgen.sending import Partner, Round
from docgen.submission import Submission, assemble
from docgen.values import Address, Value

Timed = Literal["file", "disk", "ahead"]
POLICE = Partner("polisen", "Polisen")
ROUND = Round(
    from_data(
        {
            "docgen": 1,
            "id": "plain",
            "version": "1",
            "language": "sv",
            "title": "Plan",
            "documents": {
                "book": {"format": "word", "title": "Arbetsbok", "sections": ["aims", "more"]},
                "money": {"format": "excel", "title": "Budget", "sections": ["aims"]},
            },
            "sections": {
                "aims": {
                    "title": "Mål",
                    "fields": {
                        "vision": {"type": "text", "label": "Vision"},
                        "list": {
                            "type": "table",
                            "label": "Delmål",
                            "row_label": "Delmål",
                            "repeat": 3,
                            "columns": {"what": {"type": "text", "label": "Vad"}},
                        },
                    },
                },
                "more": {"title": "Mer", "fields": {"when": {"type": "date", "label": "När"}}},
            },
        },
        {},
    ),
    {},
    (POLICE,),
)
BOOK, MONEY = documents_for(ROUND, POLICE)
NEW = datetime.datetime(2027, 3, 2, tzinfo=datetime.UTC)
OLD = datetime.datetime(2027, 3, 1, tzinfo=datetime.UTC)
VISION, WHAT, WHEN = Address("aims.vision"), Address("aims.list", 2, "what"), Address("more.when")
JUNE = datetime.date(2027, 6, 1)


def book(file: str, modified: datetime.datetime, answers: Mapping[Address, Value | None]) -> Response:
    """An arbetsbok with these answers; None is an answer left empty."""
    found = tuple(Answer(each, value, None, Source(f"i {each}", "tag", 1.0)) for each, value in answers.items())
    return Response(file, BOOK, found, modified=modified)


def money(file: str, answers: Mapping[Address, Value | None]) -> Response:
    return replace(book(file, NEW, answers), document=MONEY)


def together(*responses: Response) -> Submission:
    """The files put together; their order makes no difference."""
    (found,) = assemble(ROUND, responses)
    (again,) = assemble(ROUND, responses[::-1])
    assert again == found
    return found


def codes(submission: Submission) -> list[str]:
    return [found.code for found in submission.problems]


def test_the_newer_counts_section_by_section() -> None:
    """S1"""
    old = book("a.docx", OLD, {VISION: "förr", WHAT: "borttaget", WHEN: JUNE})
    new = book("b.docx", NEW, {VISION: "nu", WHAT: None, WHEN: None})
    found = together(old, new)
    assert found.values() == {VISION: "nu", WHEN: JUNE}
    assert found.answers[WHEN].file == "a.docx"
    assert [(each.address, each.one.value, each.other.value) for each in found.older] == [
        (WHAT, "borttaget", None),
        (VISION, "förr", "nu"),
    ]
    assert {each.other.file for each in found.older} == {"b.docx"}
    assert found.files == ("b.docx", "a.docx")
    assert [(each.code, each.where, dict(each.args)) for each in found.problems] == [
        ("section-replaced", "Mål", {"older": "a.docx", "newer": "b.docx", "count": 1}),
        ("section-emptied", "Mer", {"older": "a.docx", "newer": "b.docx"}),
    ]


def test_three_files() -> None:
    """S1: every older answer that differs from what counts is listed."""
    files = [book(f"{n}.docx", OLD + datetime.timedelta(hours=n), {VISION: text}) for n, text in enumerate("aba")]
    found = together(*files)
    assert found.values() == {VISION: "a"}
    assert [each.one.file for each in found.older] == ["1.docx"]


def test_a_tie_is_asked_about() -> None:
    """S2"""
    found = together(book("a.docx", NEW, {VISION: "ett"}), book("b.docx", NEW, {VISION: "två"}))
    assert found.values() == {VISION: "två"}
    (asked,) = found.problems
    assert (asked.code, asked.where, asked.severity) == ("files-tie", "Mål", "error")
    assert "a.docx" in asked.message("sv")
    assert "b.docx" in asked.message("sv")
    assert [each.one.value for each in found.older] == ["ett"]


def test_equally_new_files_about_different_sections_are_no_tie() -> None:
    """S2"""
    found = together(book("a.docx", NEW, {VISION: "ett"}), book("b.docx", NEW, {WHEN: JUNE}))
    assert found.values() == {VISION: "ett", WHEN: JUNE}
    assert codes(found) == ["section-emptied"]


def test_copies_say_what_they_say_once() -> None:
    """S2"""
    one = replace(
        book("a.docx", NEW, {VISION: "ett"}),
        unplaced=(Unplaced("Sida 1", "Hej"),),
        problems=(problem("not-a-date", "När", file="a.docx", address=WHEN, text="snart"),),
    )
    two = replace(one, file="b.docx", problems=tuple(replace(each, file="b.docx") for each in one.problems))
    for modified in (NEW, OLD):
        found = together(one, replace(two, modified=modified))
        assert found.files in {("b.docx", "a.docx"), ("a.docx", "b.docx")}
        assert found.older == ()
        assert codes(found) == ["not-a-date"]
        assert [text.text for _, text in found.unplaced] == ["Hej"]


@pytest.mark.parametrize(
    ("older", "newer", "told"),
    [
        ("file", "file", []),
        ("file", "disk", ["newest-by-disk"]),
        ("disk", "file", ["newest-by-disk"]),
        ("file", "ahead", ["newest-ahead"]),
        ("ahead", "file", []),
    ],
)
def test_a_time_that_is_no_evidence_is_told(older: Timed, newer: Timed, told: list[str]) -> None:
    """S2"""
    old = replace(book("a.docx", OLD, {VISION: "förr"}), timed=older)
    found = together(old, replace(book("b.docx", NEW, {VISION: "nu"}), timed=newer))
    assert found.values() == {VISION: "nu"}
    assert codes(found) == told
    same = together(old, replace(book("b.docx", NEW, {VISION: "förr"}), timed=newer))
    assert codes(same) == []


def test_an_answer_in_two_documents() -> None:
    """S3"""
    same = together(book("a.docx", NEW, {VISION: "ett"}), money("b.xlsx", {VISION: "ett"}))
    assert (same.values(), same.conflicts, codes(same)) == ({VISION: "ett"}, (), [])
    for one, other in (("ett", None), (None, "ett")):
        found = together(book("a.docx", NEW, {VISION: one}), money("b.xlsx", {VISION: other}))
        assert (found.values(), codes(found)) == ({VISION: "ett"}, [])


def test_an_answer_that_differs_in_two_documents_counts_in_neither() -> None:
    """S3: also where one file is older, for they are two questions put twice, not two versions of one."""
    found = together(book("a.docx", OLD, {WHAT: "ett", VISION: "x"}), money("b.xlsx", {WHAT: "två"}))
    assert found.values() == {VISION: "x"}
    (told,) = found.problems
    assert (told.code, told.where) == ("answers-differ", "Delmål 2, Vad")
    for words in ("ett", "två", "a.docx, i aims.list[2].what", "b.xlsx, i aims.list[2].what"):
        assert words in told.message("sv")
    assert found.rows("aims.list") == [2]  # the row is there, whatever stands in it
    (each,) = found.conflicts
    assert {each.one.file, each.other.file} == {"a.docx", "b.xlsx"}


def test_what_a_newer_file_put_right_is_not_told() -> None:
    """S4"""
    wrong = Answer(WHEN, None, "snart", Source("tabell 1", "tag", 1.0))
    old = replace(
        book("a.docx", OLD, {VISION: "förr"}),
        problems=(
            problem("not-a-date", "När", file="a.docx", address=WHEN, text="snart"),
            problem("file-macros", file="a.docx"),
        ),
    )
    old = replace(old, answers=(*old.answers, wrong))
    assert codes(together(old)) == ["not-a-date", "file-macros"]
    found = together(old, book("b.docx", NEW, {WHEN: JUNE}))
    assert codes(found) == ["file-macros", "section-emptied"]  # of the vision
    assert [(each.one.raw, each.other.value) for each in found.older] == [("snart", JUNE)]
