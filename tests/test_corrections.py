"""Copies of partners' files with what is wrong in them as comments.

1. A copy for each file that can hold comments, at the place that is said; the rest is named. What came is never touched.
2. A copy tells its own partner's problems alone, in the partner's own language.
3. No copy replaces another that says something else; the same again is the same file.
4. The copy comes back: what was put right counts, what we said is no answer.
5. The command: what it prints, and what it adds to its JSON.
"""

import datetime
import json
import shutil
from pathlib import Path

import pytest

from docgen import read, validate
from docgen.corrections import FOLDER, Copy, correct
from docgen.errors import DocgenError
from docgen.response import Response
from docgen.rounds import Built
from tests.filler.docx import Docx
from tests.formats.word.edits import W, members, xml
from tests.formats.word.test_annotate import texts
from tests.small import answer, answered, contents
from tests.test_cli import Command, Said, docgen  # noqa: F401 - the fixture
from tests.test_whole_plan import built_file

NAME = "polisens svar – att rätta.docx"
KEY = "aims.list[1].goal_2027"
WRONG = "”många” är inget tal.\nSkriv bara talet, till exempel 25."


@pytest.fixture
def came(tmp_path: Path) -> Path:
    """A round with an answer that holds a mistake, a file of another round and one that is no file of ours."""
    return answered(tmp_path).folder


def copies(*paths: Path) -> tuple[Copy, ...]:
    collected, _ = validate(paths)
    return correct(collected).copies


# 1


def test_a_round_gets_its_copies_in_its_outbox(came: Path) -> None:
    before = contents(came)
    (copy,) = copies(came)
    assert copy == Copy("polisen", "Polisen", "polisens svar.docx", came / FOLDER / "polisen" / NAME, 1)
    after = contents(came)
    assert set(after) - set(before) == {f"{FOLDER}/polisen/{NAME}"}
    assert {name: after[name] for name in before} == before
    assert list(texts(copy.path.read_bytes()).values()) == [WRONG]
    start = next(xml(copy.path.read_bytes()).iter(f"{W}commentRangeStart"))
    assert next(start.getnext().iter(f"{W}tag")).get(f"{W}val") == KEY  # type: ignore[union-attr]


def test_a_loose_file_gets_its_copy_beside_it(came: Path, tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    loose = shutil.copy(came / "inbox" / "polisens svar.docx", tmp_path / "mail" / "svar.DOCX")
    (copy,) = copies(Path(loose))
    assert copy.path == tmp_path / "mail" / "svar – att rätta.DOCX"
    assert sorted(contents(tmp_path / "mail")) == ["svar – att rätta.DOCX", "svar.DOCX"]


def test_a_file_in_an_inbox_gets_none_beside_it(came: Path) -> None:
    before = sorted(contents(came / "inbox"))
    (copy,) = copies(came / "inbox" / "polisens svar.docx")
    assert copy.path == came / FOLDER / "polisen" / NAME
    assert sorted(contents(came / "inbox")) == before


def test_what_takes_no_comments_is_named(plan_round: Built, tmp_path: Path) -> None:
    pdf, xlsx = (shutil.copy(built_file(plan_round, "hotellet", end), tmp_path) for end in (".pdf", ".xlsx"))
    collected, _ = validate([pdf, xlsx])
    done = correct(collected)
    assert done.copies == ()
    assert Path(pdf).name in done.without


def test_a_file_that_is_gone_is_a_problem(came: Path) -> None:
    collected, _ = validate([came])
    (came / "inbox" / "polisens svar.docx").unlink()
    with pytest.raises(DocgenError) as caught:
        correct(collected)
    assert [found.code for found in caught.value.problems] == ["file-unreadable"]
    assert not (came / FOLDER).exists()


# 2


def test_each_is_told_its_own_in_its_own_language(plan_round: Built, tmp_path: Path) -> None:
    """The shelter reads English: its comments are English, whatever language the coordinator is told in."""
    folder = tmp_path / "round"
    shutil.copytree(plan_round.folder, folder)
    for partner, word in (("skyddsboendet", "soonish"), ("polisen", "snartligen")):
        docx = Docx(built_file(plan_round, partner, ".docx"))
        docx.set_date("goals.goals[1].deadline", datetime.date(2027, 1, 1), shown=word)
        docx.save(folder / "inbox" / f"{partner}.docx")
    collected, _ = validate([folder])
    done = {each.partner: each for each in correct(collected).copies}
    assert set(done) == {"skyddsboendet", "polisen"}
    names = {partner.name for partner in collected[0].round.partners}
    for partner, copy in done.items():
        said = "\n".join(texts(copy.path.read_bytes()).values())
        own = collected[0].round.partner(partner).name
        assert not [name for name in names - {own} if name in said]
        assert ("soonish" in said, "snartligen" in said) == (partner == "skyddsboendet", partner == "polisen")
        assert ("obligatorisk" in said, "required" in said) == (partner == "polisen", partner == "skyddsboendet")
    assert done["skyddsboendet"].path.name == "skyddsboendet – to put right.docx"
    assert any("snartligen" in found.message("sv") for found in collected[0].problems["polisen"])


# 3


def test_the_same_again_is_the_same_file_and_another_replaces_none(came: Path) -> None:
    (first,) = copies(came)
    old = first.path.read_bytes()
    assert copies(came) == (first,)
    assert sorted(contents(came / FOLDER)) == [f"polisen/{NAME}"]
    first.path.write_bytes(b"changed by the coordinator")
    (second,) = copies(came)
    assert second.path.name == "polisens svar – att rätta 2.docx"
    assert (first.path.read_bytes(), second.path.read_bytes()) == (b"changed by the coordinator", old)


# 4


def test_the_copy_comes_back_put_right(came: Path) -> None:
    (copy,) = copies(came)
    docx = Docx(copy.path)
    docx.fill(KEY, "12")
    docx.save(came / "inbox" / "rättad.docx")
    (response,) = read([came / "inbox" / "rättad.docx"])
    assert isinstance(response, Response)
    assert response.unplaced == ()
    assert [found.code for found in response.problems] == []
    data = response.as_json("sv")
    assert data["answers"]["aims.list"][0]["goal_2027"] == "12"
    assert "comments" in "".join(members(copy.path.read_bytes()))


# 5


@pytest.fixture
def here(docgen: Command, tmp_path: Path) -> Path:  # noqa: F811, ARG001 - it sets the folder we are in
    return answered(tmp_path).folder


def test_the_command_says_where_the_copies_are(docgen: Command, here: Path) -> None:  # noqa: F811, ARG001
    plain = docgen("validate", "round")
    said = docgen("validate", "round", "--comments")
    assert (said.status, said.err) == (1, "")
    added = said.out.removeprefix(plain.out)
    head, organisation, path = added.strip("\n").split("\n")
    assert head == "Kopior med kommentarer om vad som behöver rättas, att skicka tillbaka:"
    assert organisation == "  Polisen, kommentarer: 1"
    assert Path(path.strip()).read_bytes()


def test_the_command_as_json_and_on_a_day(docgen: Command, here: Path) -> None:  # noqa: F811
    data = json.loads(docgen("validate", "round", "--comments", "--today", "2027-04-01", "--format", "json").out)
    assert list(data) == ["files", "problems", "copies", "without_comments"]
    (copy,) = data["copies"]
    assert copy == {
        "partner": "polisen",
        "file": "polisens svar.docx",
        "copy": str(here / FOLDER / "polisen" / NAME),
        "comments": 1,
    }
    (comment,) = xml(Path(copy["copy"]).read_bytes(), "word/comments.xml")
    assert comment.get(f"{W}date") == "2027-04-01T00:00:00Z"
    assert comment.get(f"{W}author") == "Liten plan"


def test_nothing_to_comment_on(docgen: Command, here: Path) -> None:  # noqa: F811
    answer(
        Built(validate([here])[0][0].round, here, ()),
        "polisen",
        {KEY: "1", "aims.list[1].what": "x"},
        here / "x",
        "bra.docx",
    )
    said = docgen("validate", str(here / "x" / "inbox" / "bra.docx"), "--comments")
    assert said == Said(0, "Polisen\n  inget att rätta\n\nInget att kommentera: inga kopior skrevs.\n", "")
