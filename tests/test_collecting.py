"""Files become submissions, round by round, with everything that is wrong with them.

1. Of a round: everything in its inbox; what does not count is named, with why.
2. Of files: a round each, whatever order they come in; what cannot be read belongs to none.
3. Nothing is said to be missing where only some of the files are there.
4. A problem has one shape in JSON wherever it is told.
"""

import datetime
import json
import os
import shutil
from itertools import permutations
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest

from docgen import build, merge, validate
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
    """1: that is not the same as a round to which nothing has come; nothing is written."""
    built = build(*written(tmp_path), tmp_path / "round", SETTINGS)
    merge(built.folder)
    (built.folder / "inbox").rmdir()
    before = contents(built.folder)
    for name, make in (("inbox-missing", None), ("inbox-no-folder", Path.touch)):
        if make is not None:
            make(built.folder / "inbox")
            before["inbox"] = b""
        for command in (lambda: validate([built.folder]), lambda: merge(built.folder)):
            with pytest.raises(RoundError) as raised:
                command()
            assert [found.code for found in raised.value.problems] == [name]
            assert raised.value.language == "sv"
        assert contents(built.folder) == before


@pytest.fixture
def inbox(came: Built, tmp_path: Path) -> Path:
    """The inbox of a copy of the round."""
    shutil.copytree(came.folder, tmp_path / "round")
    return tmp_path / "round" / "inbox"


def test_a_folder_one_may_not_open_is_named_and_the_rest_is_read(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """1"""
    (inbox / "låst").mkdir()
    shutil.copy(inbox / "polisens svar.docx", inbox / "låst" / "a.docx")
    for name in ("scandir", "listdir"):
        real = getattr(os, name)

        def refused(path: Path, real: Any = real) -> Any:
            if Path(path).name == "låst":
                raise PermissionError(13, "Permission denied", str(path))
            return real(path)

        monkeypatch.setattr(os, name, refused)
    (collected,), _ = validate([inbox.parent])
    assert [each.file for each in collected.responses] == ["polisens svar.docx"]
    told = {file: [found.code for found in why] for file, why in collected.not_counted()}
    assert told["låst"] == ["folder-unreadable"]


def test_what_is_no_file_is_named_and_never_waited_for(inbox: Path) -> None:
    """1"""
    (inbox / "länk.docx").symlink_to(inbox / "saknas.docx")
    os.mkfifo(inbox / "rör.docx")
    (collected,), _ = validate([inbox.parent])
    told = {file: [found.code for found in why] for file, why in collected.not_counted()}
    assert told["länk.docx"] == ["file-link-broken"]
    assert told["rör.docx"] == ["file-special"]


def test_names_that_are_no_unicode(inbox: Path) -> None:
    """1: as an old program unpacks them from a zip."""
    (inbox / os.fsdecode(b"mapp\xe5")).mkdir()
    (inbox / "polisens svar.docx").rename(inbox / os.fsdecode(b"mapp\xe5/svar \xf6.docx"))
    pdf = next((inbox.parent / "partners" / "hamnen").glob("*.pdf"))
    shutil.copy(pdf, inbox / os.fsdecode(b"bekr\xe4ftelse.pdf"))
    done = merge(inbox.parent)
    assert [each.file for each in done.collected.responses] == ["bekr\\xe4ftelse.pdf", "mapp\\xe5/svar \\xf6.docx"]
    json.dumps(as_json([done.collected], [], "sv"), ensure_ascii=False).encode()


def test_how_the_time_of_a_file_is_known(inbox: Path) -> None:
    """1: by what it says itself, by the disk, or by a clock that was ahead of the disk's."""
    file = inbox / "polisens svar.docx"
    made = docx.Document(str(file))

    def timed(year: int) -> str:
        made.core_properties.modified = datetime.datetime(year, 3, 1, tzinfo=datetime.UTC)
        made.save(str(file))
        os.utime(file, (1_800_000_000, 1_800_000_000))  # in January 2027
        (collected,), _ = validate([inbox.parent])
        return collected.responses[0].timed

    assert [timed(year) for year in (1999, 2026, 2028)] == ["disk", "file", "ahead"]


def test_originals_that_others_may_not_see_are_told(tmp_path: Path) -> None:
    """1"""
    blueprint, partners = written(tmp_path)
    text = blueprint.read_text(encoding="utf-8")
    secret = text.replace("        label: Namn\n", "        label: Namn\n        visible: coordinator\n")
    for given, wanted in ((text, []), (secret, ["originals-private"])):
        blueprint.write_text(given, encoding="utf-8")
        folder = build(blueprint, partners, tmp_path / f"round{len(wanted)}", SETTINGS).folder
        shutil.copy(next((folder / "partners" / "hamnen").glob("*.pdf")), folder / "inbox" / "signerad.pdf")
        assert [found.code for found in merge(folder).general if found.code != "no-answer"] == wanted


def test_a_signed_file_that_goes_away_while_merging_is_kept_as_it_was_read(inbox: Path) -> None:
    """1"""
    pdf = next((inbox.parent / "partners" / "hamnen").glob("*.pdf"))
    data = pdf.read_bytes()
    (inbox / "signerad.pdf").write_bytes(data)

    def gone(done: int, total: int, name: str) -> None:  # noqa: ARG001
        if done == total:
            (inbox / "signerad.pdf").unlink(missing_ok=True)

    merged = merge(inbox.parent, gone)
    made = pypdf.PdfReader(merged.folder / "signatures.pdf")
    assert made.attachments["hamnen-signerad.pdf"] == [data]


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
