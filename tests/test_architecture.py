"""The shape of the code itself.

1. Imports go one way; formats never import one another, and each library lives in one place.
2. The tables are whole: every field type in every format, every problem and every text in every language.
3. Nothing in docgen knows a name of any blueprint.
4. What is in the repository is fit for anybody: no machine's path, no package registry's host, modules one can read.
"""

import ast
import re
import string
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from docgen.blueprint.yamltree import read_yaml
from docgen.fields import FIELD_TYPES
from docgen.formats import FORMATS
from docgen.formats.base import Unsupported
from docgen.locales import CATALOGUES
from docgen.problems import CATALOGUE

ROOT = Path(__file__).parent.parent
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "docgen").rglob("*.py"))
}

# From the bottom up: a part may import itself and what stands above it in this list, never what stands below.
ORDER = (
    "docgen.values",
    "docgen.once",
    "docgen.progress",
    "docgen.locales",
    "docgen.problems",
    "docgen.errors",
    "docgen.fields",
    "docgen.blueprint",
    "docgen.document",
    "docgen.series",
    "docgen.response",
    "docgen.formats",
    "docgen.addressed",
    "docgen.sending",
    "docgen.prose",
    "docgen.totals",
    "docgen.drawing",
    "docgen.parameters",
    "docgen.layout",
    "docgen.partners",
    "docgen.folder",
    "docgen.roundfile",
    "docgen.finding",
    "docgen.reading",
    "docgen.versions",
    "docgen.submission",
    "docgen.case",
    "docgen.checks",
    "docgen.collecting",
    "docgen.spoken",
    "docgen.corrections",
    "docgen.merged",
    "docgen.plansums",
    "docgen.planparts",
    "docgen.charts",
    "docgen.plantables",
    "docgen.planfields",
    "docgen.plan",
    "docgen.planchecks",
    "docgen.report.model",
    "docgen.report.places",
    "docgen.report.markup",
    "docgen.report.style",
    "docgen.report.tables",
    "docgen.report.answers",
    "docgen.report.html",
    "docgen.merging",
    "docgen.producing",
    "docgen.rounds",
    "docgen.report.terminal",
    "docgen.demo",
    "docgen.report.demo",
    "docgen.report",
    "docgen.cli",
    "docgen.__main__",
)
# What a format may know of: the model in the middle, never layout, rounds or another format.
FORMATS_KNOW = (
    "once",
    "document",
    "series",
    "response",
    "blueprint.calculation",
    "fields",
    "values",
    "problems",
    "errors",
    "locales",
)
# The demo does by program what people do to the files, so it opens them as the formats do.
LIBRARIES = {
    "cel_expr_python": ("docgen.blueprint.rules", "docgen.blueprint.judge"),
    "click": ("docgen.cli",),
    "docx": ("docgen.formats.word",),
    "filelock": ("docgen.folder",),
    "google": ("docgen.blueprint.messages",),
    "font_source_sans_pro": ("docgen.formats.pdf",),
    "lxml": ("docgen.formats.opc", "docgen.formats.word", "docgen.formats.excel", "docgen.demo"),
    "markdown_it": ("docgen.prose",),
    "olefile": ("docgen.formats",),
    "openpyxl": ("docgen.formats.excel", "docgen.partners"),
    "pypdf": ("docgen.formats.pdf", "docgen.demo"),
    "rapidfuzz": ("docgen.formats",),
    "ruamel": ("docgen.blueprint.yamltree",),
    "typst": ("docgen.formats.pdf",),
    "xlsxwriter": ("docgen.formats.excel",),
}
PACKAGES = {"google": "protobuf", "cel_expr_python": "cel-expr-python", "docx": "python-docx", "font_source_sans_pro": "font-source-sans-pro", "markdown_it": "markdown-it-py", "ruamel": "ruamel.yaml", "xlsxwriter": "XlsxWriter"}  # fmt: skip


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def _imports(tree: ast.Module) -> Iterator[str]:
    """Every module named in an import; of ``from package import module`` the module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for each in node.names:
                whole = f"{node.module}.{each.name}"
                yield whole if whole in MODULES else node.module


def _within(module: str, part: str) -> bool:
    return module == part or module.startswith(f"{part}.")


def _rank(module: str) -> int:
    found = [at for at, part in enumerate(ORDER) if _within(module, part)]
    assert found, f"{module} has no place in ORDER"
    return found[0]


# 1


@pytest.mark.parametrize("module", [module for module in MODULES if module != "docgen"])
def test_imports_go_one_way(module: str) -> None:
    for name in _imports(_tree(module)):
        if name.startswith("docgen."):
            assert _rank(name) <= _rank(module), f"{module} imports {name}"


@pytest.mark.parametrize("format_", FORMATS)
def test_formats_know_the_document_and_nothing_beside(format_: str) -> None:
    own = f"docgen.formats.{format_}"
    allowed = (
        own,
        "docgen.formats.opc",
        "docgen.formats.zipped",
        "docgen.formats.odf",
        "docgen.formats.base",
        *(f"docgen.{part}" for part in FORMATS_KNOW),
    )
    for module in MODULES:
        if _within(module, own):
            for name in _imports(_tree(module)):
                assert not name.startswith("docgen") or any(_within(name, part) for part in allowed), (
                    f"{module}: {name}"
                )


def test_each_library_lives_in_one_place() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    required = {re.split(r"[<>=~]", each)[0] for each in declared}
    used = set()
    for module in MODULES:
        for name in _imports(_tree(module)):
            top = name.split(".", maxsplit=1)[0]
            if top != "docgen" and top not in sys.stdlib_module_names:
                assert top in LIBRARIES, f"{module} imports {top}"
                assert any(_within(module, part) for part in LIBRARIES[top]), f"{module} imports {top}"
                used.add(PACKAGES.get(top, top))
    assert used <= required
    assert required - used <= {"defusedxml"}  # openpyxl looks for it, and without it expands entity bombs


def test_the_filler_knows_nothing_of_docgen() -> None:
    allowed = {"lxml", "pypdfium2", "tests.filler"}  # PDFium fills PDF forms, which zipfile and lxml cannot
    for path in sorted((ROOT / "tests" / "filler").glob("*.py")):
        if path.name.startswith("test_"):
            continue
        for name in _imports(ast.parse(path.read_text(encoding="utf-8"))):
            top = name.split(".", maxsplit=1)[0]
            assert top in sys.stdlib_module_names or any(_within(name, part) for part in allowed), (
                f"{path.name}: {name}"
            )


# 2


@pytest.mark.parametrize("format_", FORMATS)
def test_every_field_type_has_a_control_in_every_format(format_: str) -> None:
    controls = import_module(f"docgen.formats.{format_}.controls").CONTROLS
    assert set(controls) == {*FIELD_TYPES, "table"}
    unsupported = {name for name, row in controls.items() if isinstance(row, Unsupported)}
    assert unsupported <= ({"signature"} if format_ != "pdf" else set())
    for name in unsupported:
        assert all(controls[name].reason in texts for texts in CATALOGUES.values())


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


# A rule's own message says what to do.
_REMEDY_IN_THE_MESSAGE = {"remedy.rule", "remedy.constraint-failed"}


def test_every_text_in_every_language_with_the_same_placeholders() -> None:
    swedish, english = CATALOGUES["sv"], CATALOGUES["en"]
    assert list(swedish) == list(english)
    for key, text in swedish.items():
        assert _placeholders(text) == _placeholders(english[key]), key
        assert text.strip() == text, key
        assert text or key in _REMEDY_IN_THE_MESSAGE, key


def test_every_problem_has_a_message_and_a_remedy_and_no_other_has() -> None:
    for texts in CATALOGUES.values():
        for kind in ("problem", "remedy"):
            assert {key.removeprefix(f"{kind}.") for key in texts if key.startswith(f"{kind}.")} == set(CATALOGUE)


def _constants() -> set[str]:
    found = set()
    for module in MODULES:
        if not _within(module, "docgen.locales"):
            for node in ast.walk(_tree(module)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value)
    return found


def _patterns() -> list[re.Pattern[str]]:
    """What f-strings may become, those with enough of their own to tell anything."""
    found = []
    for module in MODULES:
        for node in ast.walk(_tree(module)):
            if isinstance(node, ast.JoinedStr):
                parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".*" for part in node.values]
                if "." in "".join(part for part in parts if part != ".*"):
                    found.append(re.compile("".join(parts)))
    return found


def test_every_text_is_used() -> None:
    constants, patterns = _constants(), _patterns()
    spoken = ("problem.", "remedy.", "kind.", "what.", "reason.")
    for key in CATALOGUES["sv"]:
        if key.startswith(spoken):
            continue
        assert key in constants or any(pattern.fullmatch(key) for pattern in patterns), key
    for key in CATALOGUES["sv"]:
        if key.startswith(("kind.", "what.", "reason.")):
            assert key.partition(".")[2] in constants, key


def test_every_problem_is_told_somewhere() -> None:
    own = {node.value for node in ast.walk(_tree("docgen.problems")) if isinstance(node, ast.Constant)}
    told = set()
    for module in MODULES:
        if module != "docgen.problems" and not _within(module, "docgen.locales"):
            told |= {node.value for node in ast.walk(_tree(module)) if isinstance(node, ast.Constant)}
    made = {f"{key}-misplaced" for key in ("literals", "unit", "total", "calculation", "to", "each")}
    assert set(CATALOGUE) <= own
    assert set(CATALOGUE) - told - made == set()


def _told() -> Iterator[tuple[str, str, set[str]]]:
    """Each call that tells a problem by a code that stands there: module, code, and the arguments it gives."""
    given = {"problem": set(), "not_understood": set(), "unknown": {"word", "close", "known"}}
    for module in MODULES:
        for node in ast.walk(_tree(module)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in given:
                continue
            if node.args and isinstance(node.args[0], ast.Constant) and all(each.arg for each in node.keywords):
                names = {each.arg for each in node.keywords if each.arg}
                yield module, str(node.args[0].value), names | given[node.func.id]


def test_every_problem_is_told_with_what_its_sentences_name() -> None:
    calls = list(_told())
    assert len(calls) > 100
    for module, code, names in calls:
        assert code in CATALOGUE, f"{module}: {code}"
        wanted = _placeholders(CATALOGUES["sv"][f"problem.{code}"]) | _placeholders(CATALOGUES["sv"][f"remedy.{code}"])
        assert wanted <= names, f"{module}: {code} lacks {wanted - names}"


# 3


@cache
def _blueprint_names() -> tuple[frozenset[str], frozenset[str]]:
    """Names of sections, fields, columns, roles and rules of every shipped blueprint, and keys ``section.field``."""
    names: set[str] = set()
    keys: set[str] = set()
    for path in sorted((ROOT / "blueprints").glob("*.yaml")):
        if path.stem.count("."):
            continue
        data = read_yaml(path).data
        names |= {*data.get("roles", {}), *data.get("rules", {}), *data["sections"]}
        for section, body in data["sections"].items():
            for field, what in body["fields"].items():
                keys.add(f"{section}.{field}")
                names |= {field, *what.get("columns", {})}
    return frozenset(names), frozenset(keys)


# Words that docgen needs for itself and that some question is named by as well.
GENERIC = {
    "amount": "an argument of the sentence about amounts",
    "body": "an element of WordprocessingML (17.2.2)",
    "comment": "an element of WordprocessingML (17.13.4.2)",
    "count": "a number of things",
    "date": "a field type", "email": "a field type", "organisation": "a field type", "period": "a field type",
    "phone": "a field type", "signature": "a field type", "text": "a field type",
    "kind": "an argument of sentences", "number": "an argument of sentences", "what": "an argument of sentences",
    "name": "a column of the partner list, a key of everything",
    "title": "a key of the language", "unit": "a key of the language", "when": "a key of the language",
    "year": "an appearance of periods",
    "target": "an attribute of relationships (OPC)",
    "measure": "a word of layout", "plan": "what a document belongs to", "place": "a kind of key to an answer",
    "status": "an exit status", "share": "a part of a whole", "source": "where an answer came from",
    "cover": "the start of a document", "start": "the first sheet", "concerns": "a line of the PDF form",
    "note": "a footnote, a cell's note", "category": "Unicode's, and of a building block (17.12.3)", "form": "texts in every form",
    "reference": "a field type", "role": "an argument of sentences", "word": "an argument of sentences, a format",
    "gap": "an attribute of charts", "shared": "a type of formula (18.3.1.40)", "summary": "an element of HTML",
    "lead": "the first lines of a PDF", "who": "the organisations of an answer", "result": "the result of a field (17.16)",
    "where": "where something stands", "sources": "a key of the JSON that read prints",
}  # fmt: skip


@pytest.mark.parametrize("module", [module for module in MODULES if not _within(module, "docgen.locales")])
def test_no_name_of_any_blueprint(module: str) -> None:
    names, keys = _blueprint_names()
    text = MODULES[module].read_text(encoding="utf-8")
    words = set(re.findall(r"[A-Za-z_][\w-]*", text))
    assert not [key for key in keys if key in text]
    assert not {name for name in names if "_" in name or "-" in name} & words
    docstrings = {id(node.body[0].value) for node in ast.walk(_tree(module)) if _documented(node)}  # type: ignore[attr-defined]
    strings = {
        node.value for node in ast.walk(_tree(module)) if isinstance(node, ast.Constant) and id(node) not in docstrings
    }
    assert names & {each for each in strings if isinstance(each, str)} <= set(GENERIC)


def _documented(node: ast.AST) -> bool:
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef)
    return isinstance(node, holders) and ast.get_docstring(node) is not None


# 4


@cache
def _tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    listed = [ROOT / name for name in done.stdout.splitlines()]
    return [path for path in listed or ROOT.rglob("*") if path.is_file() and "node_modules" not in path.parts]


def test_no_path_of_a_machine_and_no_host_of_a_registry() -> None:
    machine = re.compile(rb"/(?:home|Users|root)/[a-z]|/" + rb"work/|[A-Z]:\\Users\\")
    hosts = re.compile(
        rb"(?:pypi|files\.pythonhosted|registry\.npmjs|deb\.debian|proxy\.golang)\." + rb"org", re.IGNORECASE
    )
    for path in _tracked():
        if path.suffix in {".png", ".pdf", ".docx", ".xlsx", ".ttf", ".otf"} or path == Path(__file__):
            continue
        data = path.read_bytes()
        assert not machine.search(data), path
        assert not hosts.search(data), path


@pytest.mark.parametrize("module", MODULES)
def test_a_module_can_be_read(module: str) -> None:
    if not _within(module, "docgen.locales"):
        assert len(MODULES[module].read_text(encoding="utf-8").splitlines()) <= 400


def test_nothing_below_the_commands_prints() -> None:
    for module in MODULES:
        calls = (node for node in ast.walk(_tree(module)) if isinstance(node, ast.Call))
        assert not any(
            isinstance(call.func, ast.Name) and call.func.id in {"print", "input", "eval", "exec"} for call in calls
        )
