"""What merge writes beside the plan itself, and how.

1. log.json keeps what others wrote; a damaged one is refused by name.
2. responses.json has the shape of the contract, with the place each answer came from.
3. signatures.pdf carries the files that came, byte for byte; never one that asks anything for the coordinator alone.
4. Another run at work is told; a run killed at any moment leaves the old files or, at the next command, the new ones.
5. Where nobody has answered every file says so.
"""

import io
import json
import os
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from docgen import build, merge
from docgen.errors import RoundError
from docgen.folder import LOCK, STAGED, locked
from docgen.rounds import Built
from tests.blueprint.broken import GOOD
from tests.filler.pdf import Pdf
from tests.small import PARTNERS, SETTINGS, answered, contents, run

FILES = ["plan.docx", "report.html", "responses.json", "signatures.pdf", "workbook.xlsx"]


@pytest.fixture(scope="module")
def came(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A round with an answer that holds a mistake, a file of another round and one that is no file of ours."""
    return answered(tmp_path_factory.mktemp("came"))


@pytest.fixture
def copy(came: Built, tmp_path: Path) -> Path:
    return shutil.copytree(came.folder, tmp_path / "round")


# 1


def test_the_log_keeps_what_others_wrote(copy: Path) -> None:
    (copy / "log.json").write_text(json.dumps({"sent": [{"to": "polisen"}], "merged": {"merged/x": "y"}}))
    done = merge(copy)
    log = json.loads((copy / "log.json").read_bytes())
    assert sorted(log) == ["merged", "sent"]
    assert log["sent"] == [{"to": "polisen"}]
    assert sorted(log["merged"]) == sorted(done.files)


@pytest.mark.parametrize("text", ["[", "[]", "5", "null", '"x"', "[" * 100_000, "\udcff"])
def test_a_damaged_log_is_refused(copy: Path, text: str) -> None:
    (copy / "log.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    before = contents(copy)
    with pytest.raises(RoundError) as refused:
        merge(copy)
    assert [(found.code, found.args["name"]) for found in refused.value.problems] == [("log-damaged", "log.json")]
    assert contents(copy) == before


@pytest.mark.parametrize("merged", [[], 5, None, "x", {"merged/plan.docx": 7}])
def test_a_log_that_says_nothing_of_a_file_does_not_give_it_up(copy: Path, merged: Any) -> None:
    merge(copy)
    (copy / "log.json").write_text(json.dumps({"merged": merged}))
    before = contents(copy)
    with pytest.raises(RoundError):
        merge(copy)
    assert contents(copy) == before


def test_a_file_somebody_put_there_before_is_not_overwritten(copy: Path) -> None:
    (copy / "merged").mkdir(exist_ok=True)
    (copy / "merged" / "plan.docx").write_bytes(b"mine")
    with pytest.raises(RoundError) as refused:
        merge(copy)
    assert [found.code for found in refused.value.problems] == ["merged-changed"]
    assert (copy / "merged" / "plan.docx").read_bytes() == b"mine"
    assert not (copy / "log.json").exists()


def test_every_changed_file_is_named_at_once(copy: Path) -> None:
    merge(copy)
    for name in FILES:
        (copy / "merged" / name).write_bytes(b"mine")
    with pytest.raises(RoundError) as refused:
        merge(copy)
    assert [found.args["name"] for found in refused.value.problems] == [f"merged/{name}" for name in FILES]


# 2


def test_responses(came: Built, copy: Path) -> None:
    merge(copy)
    text = (copy / "merged" / "responses.json").read_text(encoding="utf-8")
    assert "många" in text  # as people read it, not escaped
    data = json.loads(text)
    assert {key: data[key] for key in ("docgen", "blueprint", "version", "round", "parameters", "silent")} == {
        "docgen": 1,
        "blueprint": "small-plan",
        "version": "1",
        "round": came.round.id,
        "parameters": {"town": "Exempelstad", "period": "2027/2028"},
        "silent": ["hamnen"],
    }
    (polisen,) = data["submissions"]
    told = polisen.pop("problems")
    assert polisen == {
        "partner": "polisen",
        "files": ["polisens svar.docx"],
        "answers": {"aims.list": [{"row": 1, "what": "Fler samtal", "goal_2027": None}]},
        "raw": {"aims.list[1].goal_2027": "många"},
        "sources": {
            "aims.list[1].what": {"file": "polisens svar.docx", "where": "Avsnitt 1, Delmål 1, Vad"},
            "aims.list[1].goal_2027": {"file": "polisens svar.docx", "where": "Avsnitt 1, Delmål 1, Mål 2027"},
        },
        "unplaced": [],
        "older": [],
        "conflicts": [],
    }
    assert [found["code"] for found in told] == ["not-a-number", "document-missing", "document-missing"]
    assert list(told[0]) == ["file", "code", "severity", "where", "message", "remedy"]
    assert [each["file"] for each in data["unread"]] == ["brev.docx"]
    assert [(each["file"], each["partner"]) for each in data["elsewhere"]] == [("fjol.docx", "hamnen")]
    assert [found["code"] for found in data["problems"]] == ["no-answer"]


# 3


def _round_with_pdfs(folder: Path, text: str) -> Built:
    """Both partners have confirmed, each in a file called the same, in a folder of its own."""
    (folder / "plan.yaml").write_text(text, encoding="utf-8")
    (folder / "lista.csv").write_text(PARTNERS, encoding="utf-8")
    built = build(folder / "plan.yaml", folder / "lista.csv", folder / "round", SETTINGS)
    for partner in ("polisen", "hamnen"):
        with Pdf(next((built.folder / "partners" / partner).glob("*.pdf"))) as form:
            form.fill(f"{built.round.id}/{partner}/sign/confirm/name", f"Namn på {partner}")
            (built.folder / "inbox" / partner).mkdir()
            form.save(built.folder / "inbox" / partner / "Bekräftelse, påskriven.pdf")
    return built


def _attached(folder: Path) -> dict[str, list[bytes]]:
    return dict(PdfReader(io.BytesIO((folder / "merged" / "signatures.pdf").read_bytes())).attachments)


def test_the_signed_files_are_carried_along(tmp_path: Path) -> None:
    built = _round_with_pdfs(tmp_path, GOOD)
    merge(built.folder)
    sent = {
        f"{partner}-Bekräftelse, påskriven.pdf": (built.folder / "inbox" / partner / "Bekräftelse, påskriven.pdf")
        for partner in ("hamnen", "polisen")
    }
    assert _attached(built.folder) == {name: [path.read_bytes()] for name, path in sent.items()}


def test_two_files_alike_are_carried_once(tmp_path: Path) -> None:
    built = _round_with_pdfs(tmp_path, GOOD)
    (built.folder / "inbox" / "kopia").mkdir()
    shutil.copy2(
        built.folder / "inbox" / "polisen" / "Bekräftelse, påskriven.pdf",
        built.folder / "inbox" / "kopia" / "Bekräftelse, påskriven.pdf",
    )
    merge(built.folder)
    assert [name for name in _attached(built.folder) if name.startswith("polisen")] == [
        "polisen-Bekräftelse, påskriven.pdf"
    ]


def _of_polisen(built: Built, name: str, saved: int, typed: str | None = None) -> Path:
    """Another file from one of the partners."""
    with Pdf(next((built.folder / "partners" / "polisen").glob("*.pdf"))) as form:
        if typed:
            form.fill(f"{built.round.id}/polisen/sign/confirm/name", typed)
        path = form.save(built.folder / "inbox" / name)
    os.utime(path, (saved, saved))
    return path


def test_a_file_that_a_newer_one_has_replaced_is_not_carried(tmp_path: Path) -> None:
    built = _round_with_pdfs(tmp_path, GOOD)
    _of_polisen(built, "äldre.pdf", 1_000_000_000, "Fel namn")
    newer = _of_polisen(built, "nyare.pdf", 4_000_000_000, "Rätt namn")
    merge(built.folder)
    assert sorted(_attached(built.folder)) == ["hamnen-Bekräftelse, påskriven.pdf", "polisen-nyare.pdf"]
    assert _attached(built.folder)["polisen-nyare.pdf"] == [newer.read_bytes()]


def test_the_newest_is_carried_though_nothing_was_typed_in_it(tmp_path: Path) -> None:
    """It may be signed by hand, with a pen of the program's."""
    built = _round_with_pdfs(tmp_path, GOOD)
    _of_polisen(built, "tom.pdf", 4_000_000_000)
    merge(built.folder)
    assert sorted(name for name in _attached(built.folder) if name.startswith("polisen")) == [
        "polisen-Bekräftelse, påskriven.pdf",
        "polisen-tom.pdf",
    ]


_NAME = "      name:\n        type: text\n        label: Namn\n"
_CONTACTS = """\
      contacts:
        type: table
        label: Kontakter
        repeat: 1
        columns:
          phone:
            type: text
            label: Telefon
            visible: coordinator
"""
_TITLE = "  confirm:\n    title: Bekräftelse\n"
_SECRET = {
    "a field": (_NAME, _NAME + "        visible: coordinator\n"),
    "a section": (_TITLE, _TITLE + "    visible: coordinator\n"),
    "a column": (_NAME, _NAME + _CONTACTS),
}


@pytest.mark.parametrize("what", _SECRET)
def test_a_document_with_a_question_for_the_coordinator_alone_is_not(tmp_path: Path, what: str) -> None:
    old, new = _SECRET[what]
    assert GOOD.count(old) == 1
    built = _round_with_pdfs(tmp_path, GOOD.replace(old, new))
    merge(built.folder)
    assert _attached(built.folder) == {}
    data = json.loads((built.folder / "merged" / "responses.json").read_text(encoding="utf-8"))
    names = {each["partner"]: each["answers"].get("confirm.name") for each in data["submissions"]}
    assert names == {"polisen": "Namn på polisen", "hamnen": "Namn på hamnen"}  # the coordinator has them all the same


def test_files_that_do_not_count_are_not_carried(tmp_path: Path) -> None:
    built = _round_with_pdfs(tmp_path, GOOD)
    (tmp_path / "other").mkdir()
    _round_with_pdfs(tmp_path / "other", GOOD.replace("title: Liten plan", "title: Annan plan"))
    shutil.rmtree(built.folder / "inbox" / "hamnen")
    shutil.copytree(tmp_path / "other" / "round" / "inbox" / "hamnen", built.folder / "inbox" / "hamnen")
    merge(built.folder)
    assert list(_attached(built.folder)) == ["polisen-Bekräftelse, påskriven.pdf"]


# 4


def test_another_run_at_work_is_told(copy: Path) -> None:
    before = contents(copy)
    with locked(copy), pytest.raises(RoundError) as refused:
        merge(copy)
    assert [(found.code, found.args["lock"]) for found in refused.value.problems] == [("round-locked", LOCK)]
    assert contents(copy) == before


_KILLED = """
import os, pathlib, sys
from docgen import merge
moves = 0
real = pathlib.Path.replace
def counted(path, target):
    global moves
    moves += path.name != "complete.json.part"
    if moves > {moves}:
        os._exit(9)
    return real(path, target)
pathlib.Path.replace = counted
merge(sys.argv[1])
"""


@pytest.mark.parametrize("moves", [0, 1, 3, 5])
def test_killed_between_moves_is_completed(copy: Path, tmp_path: Path, moves: int) -> None:
    """The next command, whichever it is, finds the files whole; and merge takes none of them for a person's."""
    merge(copy)
    (copy / "inbox" / "brev.docx").unlink()
    whole = shutil.copytree(copy, tmp_path / "whole")
    merge(whole)
    done = run(f"import sys; sys.argv.append({str(copy)!r})\n" + _KILLED.format(moves=moves))
    assert done.returncode == 9, done.stderr
    assert (copy / STAGED).is_dir()
    merge(copy)
    assert contents(copy) == contents(whole)


def test_killed_before_the_list_is_there_changes_nothing(copy: Path) -> None:
    merge(copy)
    before = contents(copy)
    (copy / "inbox" / "brev.docx").unlink()
    code = _KILLED.replace('path.name != "complete.json.part"', "1").format(moves=0)
    assert run(f"import sys; sys.argv.append({str(copy)!r})\n" + code).returncode == 9
    with locked(copy):
        pass
    del before["inbox/brev.docx"]
    assert contents(copy) == before


# 5


def _words(path: Path) -> str:
    if path.suffix == ".pdf":
        text = "\n".join(page.extract_text() for page in PdfReader(path).pages)
    elif path.suffix in {".docx", ".xlsx"}:
        with zipfile.ZipFile(path) as package:
            parts = ("word/document.xml", "xl/sharedStrings.xml")
            text = "".join(package.read(name).decode() for name in parts if name in package.namelist())
    else:
        text = path.read_text(encoding="utf-8")
    return " ".join(re.sub("<[^>]*>", " ", text).split())


def test_nobody_has_answered(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "lista.csv").write_text(PARTNERS, encoding="utf-8")
    built = build(tmp_path / "plan.yaml", tmp_path / "lista.csv", tmp_path / "round", SETTINGS)
    done = merge(built.folder)
    assert [found.severity for found in done.problems()] == ["info", "info"]
    assert sorted(path.name for path in done.folder.iterdir()) == FILES
    for name, document in (("plan.docx", "Arbetsbok"), ("workbook.xlsx", "Budget"), ("signatures.pdf", "Bekräftelse")):
        words = _words(done.folder / name)
        assert f"{document} från 0 av 2 organisationer" in words, name
        assert f"{document} saknas från" in words, name
        assert "Inget svar har kommit." in words, name
        assert "Polisen, Föreningen Hamnen" in words, name
    assert "Svar från 0 av 2 organisationer" in _words(done.folder / "report.html")
    data = json.loads(_words(done.folder / "responses.json"))
    assert (data["submissions"], data["silent"]) == ([], ["polisen", "hamnen"])
