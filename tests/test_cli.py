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
from docgen.locales import LANGUAGES
from docgen.rounds import Built, build
from tests.blueprint.broken import GOOD
from tests.small import ROOT, SETTINGS, run, written


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
        f"Filer: 6. Organisationer: 2. De ligger i {partners}\nSkicka dem, och lägg det som kommer tillbaka i {inbox}\n"
    )
    assert said == Said(0, expected, "")
    english = docgen("--language", "en", "build", "plan.yaml", "--partners", "lista.csv", *_SET, "--out", "r")
    assert english.status == 0
    assert english.out.splitlines()[0] == f"Files: 6. Organisations: 2. They are in {Path('r/partners')}"


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


def test_schema(docgen: Command) -> None:
    said = docgen("schema")
    assert (said.status, said.err) == (0, "")
    assert json.loads(said.out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("arguments", [("nej",), ("build",), ("read",), ("check", "a", "b"), ("read", "--nej", "x")])
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

    monkeypatch.setattr("docgen.rounds.documents_for", stopped)
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
