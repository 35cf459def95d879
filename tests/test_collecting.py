"""Files become submissions, round by round, with everything that is wrong with them.

1. Of a round: everything in its inbox; what does not count is named, with why.
2. Of files: a round each, whatever order they come in; what cannot be read belongs to none.
3. Nothing is said to be missing where only some of the files are there.
4. A problem has one shape in JSON wherever it is told.
"""

import shutil
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from docgen import build, validate
from docgen.collecting import Collected, as_json, is_round
from docgen.errors import RoundError
from docgen.rounds import Built
from tests.small import SETTINGS, answer, answered, contents, written


@pytest.fixture(scope="module")
def came(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A round with an answer that holds a mistake, a file of another round and one that is no file of ours."""
    return answered(tmp_path_factory.mktemp("came"))


def codes(collected: Collected) -> dict[str, list[str]]:
    return {partner: [found.code for found in problems] for partner, problems in collected.problems.items()}


def test_a_round(came: Built) -> None:
    """1: and nothing in it is written."""
    before = contents(came.folder)
    (collected,), unread = validate([came.folder])
    assert unread == ()
    assert codes(collected) == {"polisen": ["not-a-number", "document-missing", "document-missing"]}
    assert [file for file, _ in collected.not_counted()] == ["brev.docx", "fjol.docx"]
    assert [found.where for found in collected.silent()] == ["Föreningen Hamnen"]
    assert [each.file for each in collected.responses] == ["polisens svar.docx"]
    assert [each.file for each in collected.elsewhere] == ["fjol.docx"]
    assert [each.file for each in collected.unread] == ["brev.docx"]
    assert contents(came.folder) == before


def test_a_round_without_an_inbox(tmp_path: Path) -> None:
    """1: somebody took the empty folder away."""
    built = build(*written(tmp_path), tmp_path / "round", SETTINGS)
    (built.folder / "inbox").rmdir()
    (collected,), _ = validate([built.folder])
    assert not collected.results
    assert not collected.submissions
    assert len(collected.silent()) == 2


def test_a_folder_that_is_no_round_is_a_folder_of_files(came: Built, tmp_path: Path) -> None:
    """2"""
    assert is_round(came.folder)
    assert not is_round(came.folder / "inbox")
    shutil.copy(came.folder / "inbox" / "fjol.docx", tmp_path)
    (collected,), unread = validate([tmp_path])
    assert (codes(collected), unread) == ({"hamnen": []}, ())


def test_a_damaged_round_is_refused(tmp_path: Path) -> None:
    """1"""
    (tmp_path / "round.json").write_text("{}")
    with pytest.raises(RoundError) as refused:
        validate([tmp_path])
    assert [found.code for found in refused.value.problems] == ["round-damaged"]


def test_files_of_two_rounds_in_any_order(came: Built, tmp_path: Path) -> None:
    """2, 3"""
    names = ("fjol.docx", "polisens svar.docx", "brev.docx")
    for name in names:
        shutil.copy(came.folder / "inbox" / name, tmp_path)
    for order in permutations(names):
        collected, unread = validate([tmp_path / name for name in order])
        by = {each.round.id: codes(each) for each in collected}
        assert by[came.round.id] == {"polisen": ["not-a-number"]}
        assert sorted(by.values(), key=str) == [{"hamnen": []}, {"polisen": ["not-a-number"]}]
        assert [each.file for each in unread] == ["brev.docx"]
        assert not any((*each.silent(), *each.not_counted(), *each.elsewhere) for each in collected)


def test_files_of_two_partners_of_one_round(came: Built, tmp_path: Path) -> None:
    """2: each file knows its own partner; together they are one round."""
    (tmp_path / "a" / "inbox").mkdir(parents=True)
    answer(came, "polisen", {"aims.list[1].what": "Ett"}, tmp_path / "a", "ett.docx")
    answer(came, "hamnen", {"aims.list[1].what": "Två"}, tmp_path / "a", "två.docx")
    (collected,), _ = validate([tmp_path / "a" / "inbox"])
    assert codes(collected) == {"polisen": [], "hamnen": []}
    roles = {partner.id: partner.roles for partner in collected.round.partners}
    assert roles == {partner.id: partner.roles for partner in came.round.partners}


def test_nothing_that_can_be_read(tmp_path: Path) -> None:
    """2"""
    (tmp_path / "brev.docx").write_text("hej")
    assert validate([]) == ((), ())
    collected, unread = validate([tmp_path / "brev.docx", tmp_path / "nej.pdf"])
    assert collected == ()
    assert [(each.file, each.problems[0].code) for each in unread] == [
        ("brev.docx", "file-text-named-office"),
        ("nej.pdf", "file-missing"),
    ]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_json(came: Built, tmp_path: Path, language: str) -> None:
    """4"""
    keys = ["partner", "file", "code", "severity", "where", "message", "remedy"]
    data = as_json(*validate([came.folder]), language)
    assert all(list(found) == keys for found in data["problems"])
    shutil.copytree(came.folder / "inbox", tmp_path / "files")
    files: dict[str, Any] = as_json(*validate([tmp_path / "files"]), language)
    assert all(list(found) == keys for found in files["problems"])
    assert {each["file"] for each in files["files"]} == {each["file"] for each in data["files"]}
    assert [(found["partner"], found["file"], found["code"]) for found in files["problems"]] == [
        ("polisen", "polisens svar.docx", "not-a-number"),
        (None, "brev.docx", "file-text-named-office"),
    ]


def test_progress_is_told_before_each_file(came: Built) -> None:
    """1"""
    told: list[tuple[int, int, str]] = []
    validate([came.folder], lambda done, total, name: told.append((done, total, name)))
    assert told == [(0, 3, "brev.docx"), (1, 3, "fjol.docx"), (2, 3, "polisens svar.docx"), (3, 3, "")]
