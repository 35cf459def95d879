"""The README is true: its commands' help is the program's, its links lead somewhere, CI runs its test command."""

import re
from pathlib import Path

from docgen.rounds import check
from tests.readme import README, renewed

TEXT = README.read_text(encoding="utf-8")
TEST_COMMAND = '.venv/bin/python -m pip install -e ".[test]" && .venv/bin/python -m pytest'


def test_the_commands_help_is_what_the_program_prints() -> None:
    assert renewed(TEXT) == TEXT, "renew it with: python -m tests.readme"


def test_every_link_and_picture_leads_to_a_file() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", TEXT):
        if not target.startswith("http"):
            assert (README.parent / target).is_file(), target


def test_ci_runs_the_command_that_the_readme_gives() -> None:
    assert TEST_COMMAND in TEXT
    assert "README.md" in (README.parent / ".ci" / "run").read_text(encoding="utf-8")


def test_the_small_blueprint_of_the_docs_is_a_good_one(tmp_path: Path) -> None:
    text = (README.parent / "docs" / "blueprint.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    path = tmp_path / "summer-fair.yaml"
    path.write_text(block, encoding="utf-8")
    assert check(path).problems == ()
