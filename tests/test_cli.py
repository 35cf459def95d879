"""The command line, as a person and as a program meet it.

1. Each command's exact output and status, as text and JSON, in Swedish and English.
2. 0 done and nothing wrong; 1 done, with errors; 2 could not be done. JSON goes alone to standard output.
3. Help: every command holds an example; it answers at once and loads no library it does not need.
4. No stack trace, whatever happens; a console of another encoding or a narrow one does not matter.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from docgen import cli
from docgen.folder import locked
from docgen.locales import LANGUAGES
from docgen.rounds import Built, build
from tests.blueprint.broken import GOOD
from tests.small import ROOT, SETTINGS, answered, contents, run, written


@dataclass(frozen=True)
class Said:
    """What a command printed, and how it ended."""

    status: int
    out: str
    err: str


Command = Callable[..., Said]
_SET = ("--set", "town=Exempelstad", "--set", "period=2027/2028")


@pytest.fixture
def docgen(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command in a folder that holds the small blueprint and its partner list."""
    written(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setenv("COLUMNS", "88")
    for name in ("DOCGEN_LANGUAGE", "DOCGEN_DEBUG"):
        monkeypatch.delenv(name, raising=False)

    def command(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["docgen", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Said(ended.value.code, said.out, said.err)

    return command


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("made")
    return build(*written(folder), folder / "round", SETTINGS)


# 1, 2


def test_check(docgen: Command) -> None:
    assert docgen("check", "plan.yaml") == Said(
        0, "Liten plan, version 1. Avsnitt: 4. Dokument: 3. Språk: sv. Inga fel.\n", ""
    )
    english = docgen("--language", "en", "check", "plan.yaml")
    assert english == Said(0, "Liten plan, version 1. Sections: 4. Documents: 3. Languages: sv. No errors.\n", "")
    assert docgen("check", "plan.yaml", "--format", "json") == Said(0, '{\n  "problems": []\n}\n', "")


def test_check_says_what_is_wrong(docgen: Command) -> None:
    text = GOOD.replace("        hint: En dag.", "        hnt: En dag.")
    Path("plan.yaml").write_text(text, encoding="utf-8")
    said = docgen("check", "plan.yaml")
    line = text.splitlines().index("        hnt: En dag.") + 1
    assert (said.status, said.err) == (2, "")
    assert said.out.splitlines()[:2] == [
        f"fel: plan.yaml:{line}:9",
        "  hnt är inget ord som kan stå här. Menade du hint? Här kan stå: appearance, asked_of,",
    ]
    assert all(len(each) <= 88 for each in said.out.splitlines())
    [found] = json.loads(docgen("--language", "en", "check", "plan.yaml", "--format", "json").out)["problems"]
    assert (found["code"], found["severity"]) == ("blueprint-key-unknown", "error")
    assert found["where"] == f"plan.yaml:{line}:9"
    assert "Did you mean" in found["message"]
    assert set(found) == {"code", "severity", "where", "message", "remedy"}


def test_check_of_what_is_not_there(docgen: Command) -> None:
    said = docgen("check", "nej.yaml")
    assert said.status == 2
    assert "nej.yaml" in said.out


def test_a_missing_translation_is_a_warning(docgen: Command) -> None:
    Path("plan.en.yaml").write_text("docgen: 1\nid: small-plan\nlanguage: en\n", encoding="utf-8")
    said = docgen("check", "plan.yaml")
    assert said.status == 0
    assert "varning: plan.en.yaml:1:1\n" in said.out


def test_build(docgen: Command) -> None:
    said = docgen("build", "plan.yaml", "--partners", "lista.csv", *_SET)
    partners, inbox = Path("output/small-plan/partners"), Path("output/small-plan/inbox")
    expected = (
        f"Filer: 6. Organisationer: 2. De ligger i:\n  {partners}\n"
        f"Skicka dem, och lägg det som kommer tillbaka i:\n  {inbox}\n"
    )
    assert said == Said(0, expected, "")
    english = docgen("--language", "en", "build", "plan.yaml", "--partners", "lista.csv", *_SET, "--out", "r")
    assert english.status == 0
    assert english.out.splitlines()[:2] == ["Files: 6. Organisations: 2. They are in:", f"  {Path('r/partners')}"]


def test_build_as_json(docgen: Command) -> None:
    Path("lista.csv").write_text("id,name,note\na,A,x\n")
    said = docgen("build", "plan.yaml", "--partners", "lista.csv", *_SET, "--out", "r", "--format", "json")
    data = json.loads(said.out)
    assert (said.status, said.err, data["folder"], len(data["files"])) == (0, "", "r", 4)
    assert [found["code"] for found in data["problems"]] == ["partners-column-unknown"]
    assert re.fullmatch("[0-9a-f]{10}", data["round"])


def test_build_that_cannot_be_done(docgen: Command) -> None:
    said = docgen("build", "plan.yaml", "--partners", "lista.csv")
    assert (said.status, said.out) == (2, "")
    assert said.err.splitlines()[1] == "  Kommun måste anges. Lägg till --set town=..."
    Path("output/small-plan").mkdir(parents=True)
    Path("output/small-plan/brev.txt").write_text("x")
    said = docgen("build", "plan.yaml", "--partners", "lista.csv", *_SET, "--format", "json")
    assert (said.status, said.err) == (2, "")
    assert [found["code"] for found in json.loads(said.out)["problems"]] == ["round-not-empty"]


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (("--step", "first"), ["step-later"]),
        (("--from", "r"), ["from-later"]),
        (("--set", "town"), ["parameter-form"]),
        (("--set", "town=A", "--set", "period=nej", "--set", "x=1"), ["parameter-unknown", "parameter-value"]),
        (("--partners", "nej.csv", *_SET), ["partners-missing"]),
    ],
)
def test_build_options(docgen: Command, arguments: tuple[str, ...], codes: list[str]) -> None:
    said = docgen("build", "plan.yaml", "--partners", "lista.csv", *arguments, "--format", "json")
    assert said.status == 2
    assert [found["code"] for found in json.loads(said.out)["problems"]] == codes
    assert not Path("output").exists()


def test_read(docgen: Command, made: Built) -> None:
    file = next(made.folder.glob("partners/polisen/*.docx"))
    said = docgen("read", str(file))
    assert said.status == 0
    assert said.out.splitlines()[:2] == [file.name, "  Polisen · Arbetsbok · Liten plan"]
    assert said.out.splitlines()[-1].startswith("Lästa filer: 1 av 1.")
    assert docgen("--language", "en", "read", str(file)).out.splitlines()[-1].startswith("Files read: 1 of 1.")


def test_read_as_json(docgen: Command, made: Built) -> None:
    said = docgen("read", str(made.folder / "partners"), "--format", "json")
    results = json.loads(said.out)
    assert (said.status, said.err, len(results)) == (0, "", 6)
    keys = [
        "file",
        "blueprint",
        "version",
        "round",
        "partner",
        "document",
        "answers",
        "raw",
        "sources",
        "unplaced",
        "problems",
    ]
    assert all(list(each) == keys for each in results)
    assert {(each["blueprint"], each["version"], each["round"]) for each in results} == {
        ("small-plan", "1", made.round.id)
    }
    by = {(each["partner"], each["document"]): each for each in results}
    assert by["polisen", "book"]["answers"] == {"aims.list": [], "work.aim": None, "work.when": None}
    assert by["polisen", "sign"]["answers"] == {"confirm.name": None, "confirm.signed": None}


def test_read_ends_with_1_or_2(docgen: Command, made: Built) -> None:
    good = str(next(made.folder.glob("partners/polisen/*.docx")))
    Path("trasig.docx").write_text("hej")
    both = docgen("read", good, "trasig.docx", "nej.pdf")
    assert both.status == 1
    assert both.out.splitlines()[-1].startswith("Lästa filer: 1 av 3.")
    none = docgen("read", "trasig.docx", "--format", "json")
    assert none.status == 2
    assert [found["code"] for found in json.loads(none.out)[0]["problems"]] == ["file-text-named-office"]
    assert docgen("read", good, "--round", "nej").status == 2
    assert docgen("read", good, "--blueprint", "nej.yaml").status == 2


VALIDATED = {
    "sv": """\
Polisen
  fel: 1, att veta: 2
  Arbetsbok: polisens svar.docx
    Avsnitt 1 Mål i Exempelstad
      fel: Delmål 1, Mål 2027
        ”många” är inget tal. Skriv bara talet, till exempel 25.
  att veta
    Budget har inte kommit. Be om filen.
  att veta
    Bekräftelse har inte kommit. Be om filen.
brev.docx
  fel
    Filen heter som en Office-fil men är ren text. Be avsändaren skicka arbetsboken
    själv.
fjol.docx
  fel
    Filen hör till en annan omgång: Kommun Annanstad. Lägg den i rätt omgång. Den räknas
    inte med här.
Inget svar än: Föreningen Hamnen.
""",
    "en": """\
Polisen
  errors: 1, to know: 2
  Arbetsbok: polisens svar.docx
    Section 1 Mål i Exempelstad
      error: Delmål 1, Mål 2027
        “många” is no number. Write the number alone, such as 25.
  note
    Budget has not come. Ask for the file.
  note
    Bekräftelse has not come. Ask for the file.
brev.docx
  error
    The file is named like an Office file but is plain text. Ask the sender for the
    workbook itself.
fjol.docx
  error
    The file belongs to another round: Kommun Annanstad. Put it with its own round. It
    does not count here.
No answer yet: Föreningen Hamnen.
""",
}
VALIDATED_FILES = {
    "sv": """\
Omgång {other}: Liten plan, Kommun Annanstad, Planperiod 2027–2028

Föreningen Hamnen
  inget att rätta

Omgång {own}: Liten plan, Kommun Exempelstad, Planperiod 2027–2028

Polisen
  fel: 1
  Arbetsbok: polisens svar.docx
    Avsnitt 1 Mål i Exempelstad
      fel: Delmål 1, Mål 2027
        ”många” är inget tal. Skriv bara talet, till exempel 25.

brev.docx
  fel
    Filen heter som en Office-fil men är ren text. Be avsändaren skicka arbetsboken
    själv.
""",
    "en": """\
Round {other}: Liten plan, Kommun Annanstad, Planperiod 2027–2028

Föreningen Hamnen
  nothing to put right

Round {own}: Liten plan, Kommun Exempelstad, Planperiod 2027–2028

Polisen
  errors: 1
  Arbetsbok: polisens svar.docx
    Section 1 Mål i Exempelstad
      error: Delmål 1, Mål 2027
        “många” is no number. Write the number alone, such as 25.

brev.docx
  error
    The file is named like an Office file but is plain text. Ask the sender for the
    workbook itself.
""",
}
MERGED = {
    "sv": """\
Svar från 1 av 2 organisationer.
Inget svar än: Föreningen Hamnen.
fel: 1
Filer som inte räknas med: 2
  brev.docx: Filen heter som en Office-fil men är ren text.
  fjol.docx: Filen hör till en annan omgång: Kommun Annanstad.

Börja här: vilka som svarat, vad som behöver rättas och varifrån varje svar kommer (bara
för dig):
  round/merged/report.html
Den samlade planen:
  round/merged/plan.docx
Siffrorna:
  round/merged/workbook.xlsx
Bekräftelserna:
  round/merged/signatures.pdf
Samma sak som data (bara för dig):
  round/merged/responses.json
""",
    "en": """\
Answers from 1 of 2 organisations.
No answer yet: Föreningen Hamnen.
errors: 1
Files that do not count: 2
  brev.docx: The file is named like an Office file but is plain text.
  fjol.docx: The file belongs to another round: Kommun Annanstad.

Begin here: who answered, what needs putting right, and where each answer came from (for
you alone):
  round/merged/report.html
The merged plan:
  round/merged/plan.docx
The figures:
  round/merged/workbook.xlsx
The confirmations:
  round/merged/signatures.pdf
The same as data (for you alone):
  round/merged/responses.json
""",
}


def _on_this_system(text: str) -> str:
    return text.replace("/", os.sep)


@pytest.fixture(scope="module")
def came(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A round with an answer that holds a mistake, a file of another round and one that is no file of ours."""
    return answered(tmp_path_factory.mktemp("came"))


@pytest.fixture
def copied(docgen: Command, came: Built, tmp_path: Path) -> Built:  # noqa: ARG001 - it sets the folder we are in
    """A copy of it in the folder the command runs in."""
    shutil.copytree(came.folder, tmp_path / "round")
    return came


@pytest.mark.parametrize("language", LANGUAGES)
def test_validate_a_round(docgen: Command, copied: Built, language: str) -> None:  # noqa: ARG001
    assert docgen("--language", language, "validate", "round") == Said(1, VALIDATED[language], "")


def test_validate_speaks_the_language_of_the_blueprint(docgen: Command, copied: Built) -> None:  # noqa: ARG001
    assert docgen("validate", "round").out == VALIDATED["sv"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_validate_files_of_two_rounds(docgen: Command, copied: Built, language: str) -> None:
    """Each round under its name; of files alone nobody can say what is missing beside them."""
    names = ("fjol.docx", "polisens svar.docx", "brev.docx")
    files = [shutil.copy(Path("round/inbox") / name, name) for name in names]
    other = json.loads(docgen("read", "fjol.docx", "--format", "json").out)[0]["round"]
    wanted = VALIDATED_FILES[language].format(own=copied.round.id, other=other)
    assert docgen("--language", language, "validate", *files) == Said(1, wanted, "")


def test_validate_with_nothing_to_put_right(docgen: Command, copied: Built) -> None:  # noqa: ARG001
    shutil.copy("round/inbox/fjol.docx", "x.docx")
    assert docgen("validate", "x.docx") == Said(0, "Föreningen Hamnen\n  inget att rätta\n", "")


def test_validate_a_round_that_nobody_answered(docgen: Command, made: Built) -> None:
    assert docgen("validate", str(made.folder)) == Said(0, "Inget svar än: Polisen, Föreningen Hamnen.\n", "")


def test_validate_nothing_that_can_be_read(docgen: Command) -> None:
    Path("brev.docx").write_text("hej")
    said = docgen("--language", "sv", "validate", "brev.docx", "nej.docx")
    assert (said.status, said.err) == (2, "")
    assert said.out.startswith("brev.docx\n  fel\n")
    assert "nej.docx\n  fel\n    Filen finns inte." in said.out
    data = json.loads(docgen("validate", "brev.docx", "nej.docx", "--format", "json").out)
    assert [found["code"] for found in data["problems"]] == ["file-text-named-office", "file-missing"]
    damaged = Path("trasig")
    damaged.mkdir()
    (damaged / "round.json").write_text("[")
    said = docgen("validate", "trasig")
    assert (said.status, said.out) == (2, "")
    assert "round.json" in said.err


_PROBLEM = ["partner", "file", "code", "severity", "where", "message", "remedy"]


def test_validate_as_json(docgen: Command, copied: Built) -> None:  # noqa: ARG001
    said = docgen("validate", "round", "--format", "json")
    data = json.loads(said.out)
    assert (said.status, said.err, list(data)) == (1, "", ["files", "problems"])
    assert [(each["file"], each["partner"]) for each in data["files"]] == [
        ("brev.docx", None),
        ("fjol.docx", "hamnen"),
        ("polisens svar.docx", "polisen"),
    ]
    assert all(list(found) == _PROBLEM for found in data["problems"])
    assert [(found["partner"], found["file"], found["code"]) for found in data["problems"]] == [
        ("polisen", "polisens svar.docx", "not-a-number"),
        ("polisen", "", "document-missing"),
        ("polisen", "", "document-missing"),
        (None, "brev.docx", "file-text-named-office"),
        (None, "fjol.docx", "file-other-round"),
    ]


def test_a_round_is_spoken_of_in_its_own_language(docgen: Command, copied: Built) -> None:  # noqa: ARG001
    """Whatever goes wrong: the system here speaks English, the round Swedish."""
    docgen("merge", "round")
    Path("round/merged/plan.docx").write_bytes(b"changed")
    assert docgen("merge", "round").err.startswith("fel\n  merged/plan.docx har ändrats")
    shutil.copy("round/merged/plan.docx", "round/inbox/plan-grupp.docx")
    assert docgen("read", "round/inbox/plan-grupp.docx").out.startswith("plan-grupp.docx\n  fel\n")
    shutil.rmtree("round/inbox")
    Path("round/inbox").mkdir()
    assert docgen("read", "round/inbox").out == "Lästa filer: 0 av 0.\n"
    Path("round/inbox/brev.docx").write_text("hej")
    assert docgen("validate", "round/inbox").out.startswith("brev.docx\n  fel\n")
    assert docgen("--language", "en", "validate", "round/inbox").out.startswith("brev.docx\n  error\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_merge(docgen: Command, copied: Built, language: str) -> None:  # noqa: ARG001
    assert docgen("--language", language, "merge", "round") == Said(1, _on_this_system(MERGED[language]), "")


def test_merge_as_json(docgen: Command, copied: Built) -> None:
    said = docgen("merge", "round", "--format", "json")
    data = json.loads(said.out)
    assert (said.status, said.err) == (1, "")
    assert list(data) == ["round", "folder", "files", "answered", "silent", "problems"]
    assert (data["round"], data["folder"]) == (copied.round.id, str(Path("round/merged")))
    assert (data["answered"], data["silent"]) == (["polisen"], ["hamnen"])
    names = ("plan.docx", "workbook.xlsx", "signatures.pdf", "report.html", "responses.json")
    assert data["files"] == [f"merged/{name}" for name in names]
    assert all(list(found) == _PROBLEM for found in data["problems"])
    validated = json.loads(docgen("validate", "round", "--format", "json").out)["problems"]
    assert data["problems"][:-1] == validated
    assert [data["problems"][-1][key] for key in ("partner", "code", "where")] == [
        None,
        "no-answer",
        "Föreningen Hamnen",
    ]


def test_merge_where_nobody_has_answered(docgen: Command) -> None:
    docgen("build", "plan.yaml", "--partners", "lista.csv", *_SET, "--out", "round")
    said = docgen("merge", "round")
    assert (said.status, said.err) == (0, "")
    assert said.out.splitlines()[:4] == [
        "Svar från 0 av 2 organisationer.",
        "Inget svar än: Polisen, Föreningen Hamnen.",
        "inget att rätta",
        "",
    ]
    names = ["plan.docx", "report.html", "responses.json", "signatures.pdf", "workbook.xlsx"]
    assert sorted(path.name for path in Path("round/merged").iterdir()) == names


def test_merge_of_what_is_no_round(docgen: Command) -> None:
    Path("tom").mkdir()
    for name in ("nej", "tom"):
        said = docgen("--language", "sv", "merge", name)
        wanted = f"fel\n  {name} är ingen omgång: där finns ingen round.json. Ange mappen som docgen build skapade.\n"
        assert said == Said(2, "", wanted)
        said = docgen("merge", name, "--format", "json")
        assert (said.status, said.err) == (2, "")
        assert [found["code"] for found in json.loads(said.out)["problems"]] == ["round-missing"]
    assert not Path("nej").exists()
    assert list(Path("tom").iterdir()) == []


CHANGED = {
    "sv": """\
fel
  merged/plan.docx har ändrats sedan den skapades, och skrivs inte över. Flytta filen
  till en annan mapp eller byt namn på den, och kör kommandot igen.
""",
    "en": """\
error
  merged/plan.docx was changed after it was made, and is not overwritten. Move the file
  elsewhere or rename it, and run the command again.
""",
}


def test_merge_where_somebody_changed_the_plan(docgen: Command, copied: Built) -> None:  # noqa: ARG001
    docgen("merge", "round")
    Path("round/merged/plan.docx").write_bytes(b"decisions")
    Path("round/inbox/brev.docx").unlink()
    before = contents(Path("round"))
    for language in LANGUAGES:
        assert docgen("--language", language, "merge", "round") == Said(2, "", CHANGED[language])
    said = docgen("merge", "round", "--format", "json")
    assert (said.status, said.err) == (2, "")
    assert [found["code"] for found in json.loads(said.out)["problems"]] == ["merged-changed"]
    assert contents(Path("round")) == before


def test_merge_while_another_run_is_at_work(docgen: Command, copied: Built) -> None:  # noqa: ARG001
    before = contents(Path("round"))
    with locked(Path("round")):
        said = docgen("--language", "en", "merge", "round")
    assert (said.status, said.out) == (2, "")
    assert "Another run is at work in round." in said.err
    assert contents(Path("round")) == before


def test_schema(docgen: Command) -> None:
    said = docgen("schema")
    assert (said.status, said.err) == (0, "")
    assert json.loads(said.out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize(
    "arguments",
    [
        ("nej",),
        ("build",),
        ("read",),
        ("validate",),
        ("merge",),
        ("merge", "a", "b"),
        ("check", "a", "b"),
        ("read", "--nej", "x"),
    ],
)
def test_usage(docgen: Command, arguments: tuple[str, ...]) -> None:
    said = docgen(*arguments)
    assert (said.status, said.out) == (2, "")
    assert "Usage: " in said.err
    assert "Error: " in said.err


def test_the_language_of_the_system_where_no_blueprint_says(docgen: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "There is no such file" in docgen("read", "nej.docx").out
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")
    assert "Filen finns inte" in docgen("read", "nej.docx").out
    monkeypatch.setenv("DOCGEN_LANGUAGE", "en")
    assert "There is no such file" in docgen("read", "nej.docx").out


# 3

COMMANDS = sorted(cli.cli.commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_holds_an_example(docgen: Command, name: str) -> None:
    said = docgen(name, "--help")
    assert (said.status, said.err) == (0, "")
    assert re.search(rf"Example:\n +docgen {name}\b", said.out)


def test_every_command_and_option_is_documented() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, command in cli.cli.commands.items():
        assert f"docgen {name}" in readme
        assert command.help
        for option in command.params:
            if isinstance(option, click.Option) and not option.hidden:
                assert option.help, f"{name} {option.name}"


_HEAVY = (
    "docx",
    "openpyxl",
    "xlsxwriter",
    "typst",
    "pypdf",
    "lxml",
    "ruamel",
    "cel_expr_python",
    "rapidfuzz",
    "markdown_it",
)
_HELP = """
import sys, time
sys.argv = ["docgen", "--help"]
from docgen.cli import main
try:
    main()
except SystemExit:
    pass
print(time.process_time(), file=sys.stderr)
print(sorted(name for name in {heavy} if name in sys.modules), file=sys.stderr)
"""


def test_help_answers_at_once() -> None:
    """In time of its own, not in what other tests take of the machine meanwhile."""
    taken = []
    for _ in range(3):
        done = run(_HELP.format(heavy=_HEAVY))
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("Usage: ")
        assert done.stderr.splitlines()[-1] == "[]"
        taken.append(float(done.stderr.splitlines()[-2]))
    assert min(taken) < 0.3


# 4


def _docgen(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "docgen", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp437"])
def test_a_console_of_another_encoding(tmp_path: Path, encoding: str) -> None:
    written(tmp_path)
    text = GOOD.replace("title: Liten plan", "title: Łódź 漢字 plan ✓")
    (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
    said = _docgen("check", "plan.yaml", cwd=tmp_path, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (said.returncode, said.stderr) == (0, b"")
    if encoding != "ascii":  # which Click takes for a console that does not say what it is, and gives UTF-8
        assert b"plan ?, version 1" in said.stdout
    data = _docgen("check", "plan.yaml", "--format", "json", cwd=tmp_path, PYTHONIOENCODING=encoding)
    assert json.loads(data.stdout.decode("utf-8")) == {"problems": []}


def test_a_narrow_terminal(docgen: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    Path("plan.yaml").write_text(GOOD.replace("asked_of: [core, police]", "asked_of: [polis]"), encoding="utf-8")
    said = docgen("check", "plan.yaml")
    assert said.status == 2
    assert max(map(len, said.out.splitlines())) <= 40


def test_our_own_bug_is_told_in_words(docgen: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("docgen.rounds.check", broken)
    said = docgen("check", "plan.yaml")
    assert (said.status, said.out) == (2, "")
    assert "ZeroDivisionError" in said.err
    assert "Traceback" not in said.err
    assert "DOCGEN_DEBUG=1" in said.err
    for language, words in {"sv": "Inget har ändrats till hälften", "en": "Nothing has been changed halfway"}.items():
        assert language in LANGUAGES
        assert words in " ".join(docgen("--language", language, "check", "plan.yaml").err.split())
    [found] = json.loads(docgen("check", "plan.yaml", "--format", "json").out)["problems"]
    assert found["code"] == "program-fault"
    monkeypatch.setenv("DOCGEN_DEBUG", "1")
    monkeypatch.setattr(sys, "argv", ["docgen", "check", "plan.yaml"])
    with pytest.raises(ZeroDivisionError):
        cli.main()


def test_stopped_by_hand(docgen: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("docgen.producing.documents_for", stopped)
    said = docgen("--language", "sv", "build", "plan.yaml", "--partners", "lista.csv", *_SET)
    assert (said.status, said.out) == (130, "")
    assert said.err.strip() == "Avbrutet. Inget har ändrats till hälften."
    assert not Path("output/small-plan").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are closed otherwise there")
def test_output_that_nobody_reads_to_the_end(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m docgen schema | head -c 10'
    done = subprocess.run(
        command, shell=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False
    )
    assert done.stderr == b""


def test_a_wheel_or_folder_elsewhere_finds_the_shipped_blueprints(tmp_path: Path, made: Built) -> None:
    """A file alone, on a machine that knows nothing of the round."""
    shutil.copy(next(made.folder.glob("partners/polisen/*.xlsx")), tmp_path / "x.xlsx")
    said = _docgen("read", "x.xlsx", "--format", "json", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout)[0]["round"] == made.round.id
