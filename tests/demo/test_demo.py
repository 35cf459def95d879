"""The demo: a whole round in the files themselves.

R1  What four partners answer comes back value for value from all three formats, and nothing else.
R2  What is typed by mistake stands in raw, with a problem that says where.
R3  Files keep their order of names as people give them, in any depth; they are read by their content.
R4  Run again in the same folder, it gives the same files; what a person put or changed there is never replaced.
R5  What it says fits the terminal, in Swedish and English; JSON stands alone on standard output; the status is 0.
R6  Filled-in files are as sound as blank ones: validators find nothing, and cached totals are what a spreadsheet computes.
R7  The answers become one plan, in merged/; that plan, once a person has changed it, is never overwritten.
"""

import contextlib
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from docgen.cli import main
from docgen.demo import Shown, run
from docgen.demo.keeping import RECORD, making_way
from docgen.demo.story import shipped_story
from docgen.errors import RoundError
from docgen.fields import FIELD_TYPES
from docgen.layout import documents_for
from docgen.report.demo import command, demo_lines
from docgen.response import Response
from docgen.rounds import merge, read
from tests.judges import ooxml, sheets, verapdf

ROUND = Path("output/demo")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder where the demo is run without saying where."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def shown(home: Path) -> Shown:
    """The demo, run once. Tests read it; those that change files take a copy."""
    with contextlib.chdir(home):
        return run()


@pytest.fixture
def copy(shown: Shown, home: Path, tmp_path: Path) -> Path:
    """A copy of the demo's round to do things to."""
    return shutil.copytree(home / shown.built.folder, tmp_path / "round")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def by_key(answers: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every answer by its full key; empty ones left out."""
    for key, value in answers.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for row in value:
                for column, cell in row.items():
                    if column != "row" and cell is not None:
                        yield f"{key}[{row['row']}].{column}", cell
        elif value is not None and value != []:
            yield key, value


def expected(shown: Shown, partner: str) -> dict[str, Any]:
    """The demo's data by full key, each value spelled as the contract does (412.50 is 412.5)."""
    documents = documents_for(shown.built.round, shown.built.round.partner(partner))
    specs = {str(slot.address): slot.spec for document in documents for slot in document.slots()}
    spelled = {}
    for key, value in by_key(dict(shipped_story().answers[partner])):
        field_type = FIELD_TYPES[specs[key].type]
        spelled[key] = field_type.to_json(field_type.from_json(value, specs[key]), specs[key])
    return spelled


def test_every_answer_comes_back(shown: Shown) -> None:
    """R1"""
    assert list(shown.said) == list(shipped_story().answers)
    for partner, files in shown.said.items():
        found: dict[str, Any] = {}
        for each in files:
            assert isinstance(each, Response)
            assert each.unplaced == ()
            found |= dict(by_key(each.as_json("sv")["answers"]))
        assert found == expected(shown, partner)


def test_all_three_formats_take_part(shown: Shown) -> None:
    """R1"""
    for files in shown.said.values():
        assert [Path(each.file).suffix for each in files] == [".docx", ".xlsx", ".pdf"]
        assert all(isinstance(each, Response) and any(a.value is not None for a in each.answers) for each in files)


def test_mistakes_stand_in_raw(shown: Shown) -> None:
    """R2"""
    for partner, files in shown.said.items():
        raw: dict[str, str] = {}
        for each in files:
            data = each.as_json("sv")
            raw |= data["raw"]
            assert len(data["problems"]) == len(data["raw"])
            assert all(found["where"] and found["message"] and found["remedy"] for found in data["problems"])
        assert raw == shipped_story().mistakes.get(partner, {})


def test_names_as_people_give_them(shown: Shown, home: Path) -> None:
    """R3"""
    inbox = home / shown.built.folder / "inbox"
    assert sorted(path.relative_to(inbox).as_posix() for path in inbox.rglob("*.docx")) == [
        "Arbetsbok slutlig version.docx",
        "Lokal samverkansplan - Arbetsbok - Kärngruppen i Exempelstad.docx",
        "SV Arbetsbok Polisen i Exempelstad (1).docx",
        "Socialtjänsten i Exempelstad/Arbetsbok ifylld.docx",
    ]


def test_nothing_bypasses_the_files(copy: Path) -> None:
    """R3: what the inbox holds is all there is to know."""
    results = read([copy / "inbox"])
    assert {result.identity.partner for result in results if isinstance(result, Response)} == set(
        shipped_story().answers
    )


# --- again in the same folder ----------------------------------------------------------------------------------------


def test_again_in_the_same_folder(copy: Path) -> None:
    """R4: the same files, whatever an older version made, a person took away, or an open program left beside them."""
    before = contents(copy)
    older, away = copy / "inbox" / "Arbetsbok slutlig version.docx", copy / "inbox" / "Bekräftelse slutlig version.pdf"
    older.write_bytes(b"older")
    record = json.loads((copy / RECORD).read_text(encoding="utf-8"))
    record["files"]["inbox/Arbetsbok slutlig version.docx"] = hashlib.sha256(b"older").hexdigest()
    (copy / RECORD).write_text(json.dumps(record), encoding="utf-8")
    away.unlink()
    left = {"inbox/~$nat svar.docx": b"Word", "inbox/.DS_Store": b"macOS"}
    for name, data in left.items():
        (copy / name).write_bytes(data)
    run(copy)
    assert contents(copy) == before | left


def put_an_answer(round_: Path) -> None:
    (round_ / "inbox" / "svar.docx").write_bytes(b"svar")


def change_an_answer(round_: Path) -> None:
    path = round_ / "inbox" / "Arbetsbok slutlig version.docx"
    path.write_bytes(path.read_bytes() + b"\n")


def lose_the_record(round_: Path) -> None:
    (round_ / RECORD).unlink()


def damage_the_record(round_: Path) -> None:
    (round_ / RECORD).write_text("[", encoding="utf-8")


def make_another_round(round_: Path) -> None:
    data = json.loads((round_ / "round.json").read_text(encoding="utf-8"))
    data["round"] = "0123456789"
    (round_ / "round.json").write_text(json.dumps(data), encoding="utf-8")


def change_a_file_sent(round_: Path) -> None:
    path = next((round_ / "partners" / "hotellet").glob("*.docx"))
    path.write_bytes(path.read_bytes() + b"\n")


def make_it_no_round(round_: Path) -> None:
    (round_ / "round.json").unlink()


@pytest.mark.parametrize(
    ("done", "code"),
    [
        (put_an_answer, "demo-answered"),
        (change_an_answer, "demo-answered"),
        (lose_the_record, "demo-other-round"),
        (damage_the_record, "demo-other-round"),
        (make_another_round, "demo-other-round"),
        (make_it_no_round, "demo-other-round"),
        (change_a_file_sent, "round-changed"),
    ],
)
def test_never_overwrites_what_a_person_did(copy: Path, done: Any, code: str) -> None:
    """R4: refused by name, and not a byte is changed."""
    done(copy)
    before = contents(copy)
    with pytest.raises(RoundError) as refused:
        run(copy)
    assert {found.code for found in refused.value.problems} == {code}
    assert contents(copy) == before


def test_broken_off_while_it_fills_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """R4: the next run may start over."""

    def break_off(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr("docgen.demo.word.fill", break_off)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "round")
    assert list((tmp_path / "round" / "inbox").iterdir()) == []
    with making_way(tmp_path / "round"):
        pass


def test_no_round_can_be_built(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """R4: what was taken out of the inbox is put back."""
    before = contents(copy)

    def break_off(*_: object) -> None:
        assert list((copy / "inbox").iterdir()) == []
        raise ZeroDivisionError

    monkeypatch.setattr("docgen.demo.play.build", break_off)
    with pytest.raises(ZeroDivisionError):
        run(copy)
    assert contents(copy) == before


# --- the plan --------------------------------------------------------------------------------------------------------

MERGED = ["plan.docx", "report.html", "responses.json", "signatures.pdf", "workbook.xlsx"]


def test_the_answers_become_one_plan(shown: Shown, home: Path) -> None:
    """R7"""
    merged = shown.merged
    assert merged.folder == ROUND / "merged"
    assert sorted(path.name for path in (home / merged.folder).iterdir()) == MERGED
    assert sorted(merged.files) == [f"merged/{name}" for name in MERGED]
    assert [each.partner.id for each in merged.merged.submissions] == list(shipped_story().answers)
    assert [partner.id for partner in merged.merged.silent] == ["regionen", "skyddsboendet"]
    assert (len(merged.collected.unread), len(merged.collected.elsewhere)) == (0, 0)


def test_merging_again_gives_the_same_plan(shown: Shown, copy: Path) -> None:
    """R7: what merged/ holds is made of round.json and the inbox, nothing else."""
    before = contents(copy)
    assert merge(copy).files == shown.merged.files
    assert contents(copy) == before


@pytest.mark.parametrize("name", MERGED)
def test_never_overwrites_a_plan_that_a_person_changed(copy: Path, name: str) -> None:
    """R7: whatever it is that somebody worked on."""
    path = copy / "merged" / name
    path.write_bytes(path.read_bytes() + b"\n")
    before = contents(copy)
    with pytest.raises(RoundError) as refused:
        run(copy)
    assert [(found.code, found.args["name"]) for found in refused.value.problems] == [
        ("merged-changed", f"merged/{name}")
    ]
    assert contents(copy) == before


def test_says_that_the_plan_was_changed(copy: Path) -> None:
    """R7"""
    (copy / "merged" / "plan.docx").write_bytes(b"decisions")
    done = docgen("--language", "sv", "demo", copy.name, cwd=copy.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert " ".join(done.stderr.split()) == (
        "fel merged/plan.docx har ändrats sedan den skapades, och skrivs inte över. "
        "Flytta filen till en annan mapp eller byt namn på den, och kör kommandot igen."
    )
    assert (copy / "merged" / "plan.docx").read_bytes() == b"decisions"
    (copy / "merged" / "plan.docx").rename(copy / "merged" / "plan beslut.docx")
    again = docgen("--language", "sv", "demo", copy.name, cwd=copy.parent)
    assert (again.returncode, again.stderr) == (0, "")
    assert sorted(path.name for path in (copy / "merged").iterdir()) == sorted([*MERGED, "plan beslut.docx"])


# --- what it says ----------------------------------------------------------------------------------------------------

SWEDISH = """\
En hel omgång med påhittade organisationer och påhittade svar: Lokal
samverkansplan.
18 filer gick till 6 organisationer. 4 av dem har svarat.

Kärngruppen i Exempelstad
  339 svar förstådda i 3 filer
  fel: 1
Socialtjänsten i Exempelstad
  297 svar förstådda i 3 filer
  fel: 1
Polisen i Exempelstad
  143 svar förstådda i 3 filer, inte förstådda: 8
  fel: 14, varningar: 1
    fel: Arbetsbok, avsnitt 2 Planen – arbetsområden: Inget arbetsområde
      har prioritet Nu. Välj Nu för det område som ska börja först.
    fel: Arbetsbok, avsnitt 3 Planen – delmål, Delmål 1, Utgångsläge:
      ”många” är inget tal. Skriv bara talet, till exempel 25.
    fel: Arbetsbok, avsnitt 3 Planen – delmål, Delmål 1, Senast:
      ”sommaren 2028” är inget datum. Skriv dagen som 2027-06-30.
    och 11 till
Hotell Exemplet
  36 svar förstådda i 3 filer
  fel: 1
Inget svar än: Region Exempel, Skyddsboendet Exempelhamnen.

Filerna som gick ut:
  output/demo/partners
Samma filer, ifyllda, som de kom tillbaka:
  output/demo/inbox
Alla svar i en plan:
  output/demo/merged
Vad som behöver rättas, och varifrån varje svar kommer (bara för
samordnaren):
  output/demo/merged/report.html
Se allt som behöver rättas hos var och en:
  docgen validate output/demo
Gör sedan en egen omgång; så här anger du den:
  docgen build --help
"""

ENGLISH = """\
A whole round with made-up organisations and made-up answers: Lokal
samverkansplan.
18 files went to 6 organisations. 4 of them have answered.

Kärngruppen i Exempelstad
  339 answers understood in 3 files
  errors: 1
Socialtjänsten i Exempelstad
  297 answers understood in 3 files
  errors: 1
Polisen i Exempelstad
  143 answers understood in 3 files, not understood: 8
  errors: 14, warnings: 1
    error: Workbook, section 2 The plan – work areas: No work area has
      the priority Now. Choose Now for the area that should start first.
    error: Workbook, section 3 The plan – sub-goals, Sub-goal 1,
      Baseline (Avsnitt 3, Delmål 1, Utgångsläge): “många” is no number.
      Write the number alone, such as 25.
    error: Workbook, section 3 The plan – sub-goals, Sub-goal 1, No
      later than (Avsnitt 3, Delmål 1, Senast): “sommaren 2028” is no
      date. Write the day as 2027-06-30.
    and 11 more
Hotell Exemplet
  36 answers understood in 3 files
  errors: 1
No answer yet: Region Exempel, Skyddsboendet Exempelhamnen.

The files that went out:
  output/demo/partners
The same files, filled in, as they came back:
  output/demo/inbox
All answers in one plan:
  output/demo/merged
What needs putting right, and where each answer came from (for the
coordinator alone):
  output/demo/merged/report.html
See all that each of them needs to put right:
  docgen validate output/demo
Then make a round of your own; this says how:
  docgen build --help
"""


@pytest.fixture(autouse=True)
def on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """docgen as a command the shell finds, as the texts below show it."""
    monkeypatch.setattr("docgen.report.demo.shutil.which", lambda _: "docgen")


def test_the_command_can_be_pasted_where_the_shell_does_not_find_docgen(monkeypatch: pytest.MonkeyPatch) -> None:
    """R5"""
    monkeypatch.setattr("docgen.report.demo.shutil.which", lambda _: None)
    assert command().endswith(" -m docgen")


@pytest.mark.parametrize(("language", "wanted"), [("sv", SWEDISH), ("en", ENGLISH)])
def test_says_what_was_understood(shown: Shown, monkeypatch: pytest.MonkeyPatch, language: str, wanted: str) -> None:
    """R5"""
    monkeypatch.setenv("COLUMNS", "72")
    assert "\n".join(demo_lines(shown, language)) + "\n" == wanted


@pytest.mark.parametrize("columns", [60, 80])
def test_fits_the_terminal(shown: Shown, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    """R5"""
    monkeypatch.setenv("COLUMNS", str(columns))
    assert max(len(line) for lines in demo_lines(shown, "sv") for line in lines.splitlines()) <= columns


def test_a_path_with_blanks_can_be_copied(shown: Shown) -> None:
    """R5"""
    elsewhere = replace(shown, built=replace(shown.built, folder=Path("min mapp")))
    assert '  docgen validate "min mapp"' in list(demo_lines(elsewhere, "sv"))


def docgen(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "docgen", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_command(copy: Path) -> None:
    """R5: the status is about the demo, whatever a partner got wrong."""
    done = docgen("demo", copy.name, cwd=copy.parent)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].endswith("docgen build --help")


def test_command_json(
    shown: Shown, home: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """R5"""
    monkeypatch.chdir(home)
    monkeypatch.setattr("docgen.demo.run", lambda *_: shown)
    monkeypatch.setattr("sys.argv", ["docgen", "demo", "--format", "json"])
    with pytest.raises(SystemExit) as ended:
        main()
    data = json.loads(capfdbinary.readouterr().out)
    assert ended.value.code == 0
    assert sorted(data) == ["files", "folder", "merged", "problems", "responses", "round"]
    assert (data["folder"], len(data["files"]), data["problems"]) == (str(ROUND), 19, [])
    assert data["responses"] == [each.as_json("sv") for files in shown.said.values() for each in files]
    assert len(data["responses"]) == 12
    assert data["merged"] == shown.merged.as_json("sv")
    assert sorted(data["merged"]) == ["answered", "files", "folder", "problems", "round", "silent"]


def test_command_refuses(copy: Path) -> None:
    """R5"""
    put_an_answer(copy)
    done = docgen("--language", "sv", "demo", copy.name, cwd=copy.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert "inbox/svar.docx hör inte till exempelomgången" in " ".join(done.stderr.split())


# --- judges ----------------------------------------------------------------------------------------------------------


def returned(shown: Shown, home: Path, suffix: str) -> list[Path]:
    return sorted((home / shown.built.folder / "inbox").rglob(f"*{suffix}"))


def test_office_files_are_sound(shown: Shown, home: Path) -> None:
    """R6"""
    assert ooxml.findings(*returned(shown, home, ".docx"), *returned(shown, home, ".xlsx")) == ()


def test_pdf_files_are_sound(shown: Shown, home: Path) -> None:
    """R6"""
    assert verapdf.findings(*returned(shown, home, ".pdf")) == ()


def test_cached_totals_are_what_a_spreadsheet_computes(shown: Shown, home: Path) -> None:
    """R6"""
    compared = 0
    for path in returned(shown, home, ".xlsx"):
        computed = sheets.ironcalc_values(path)
        formulas, cached = load_workbook(path), load_workbook(path, data_only=True)
        for sheet in formulas:
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
                value = cached[sheet.title][cell.coordinate].value
                assert value == pytest.approx(computed[f"{sheet.title}!{cell.coordinate}"]), f"{path}: {cell}"
                compared += bool(value)
    assert compared > 100


# --- from a wheel ----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_from_a_wheel_in_an_empty_folder(tmp_path: Path) -> None:
    """The blueprints travel in the wheel."""
    source = Path(__file__).parent.parent.parent
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    wheels, site, empty = tmp_path / "wheels", tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    subprocess.run([*pip, "wheel", "--no-deps", "-w", wheels, source], check=True, capture_output=True)
    (wheel,) = wheels.glob("docgen-*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", site, wheel], check=True, capture_output=True)
    start = (
        f"import sys; sys.path.insert(0, {str(site)!r}); import docgen; "
        f"assert docgen.__file__.startswith({str(site)!r}); from docgen.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", start, "demo"],
        cwd=empty,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Polisen i Exempelstad\n  143 svar förstådda i 3 filer, inte förstådda: 8\n" in done.stdout
    assert len(list((empty / ROUND / "inbox").rglob("*.*"))) == 12
