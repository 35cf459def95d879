"""The README is true: its commands' help is the program's, its links lead somewhere, CI runs its test command."""

import re

from tests.readme import README, renewed

TEXT = README.read_text(encoding="utf-8")
TEST_COMMAND = '.venv/bin/python -m pip install -e ".[test]" && .venv/bin/python -m pytest'


def test_the_commands_help_is_what_the_program_prints() -> None:
    assert TEXT == renewed(TEXT), "renew it with: python -m tests.readme"


def test_every_link_and_picture_leads_to_a_file() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", TEXT):
        if not target.startswith("http"):
            assert (README.parent / target).is_file(), target


def test_ci_runs_the_command_that_the_readme_gives() -> None:
    assert TEST_COMMAND in TEXT
    assert "README.md" in (README.parent / ".ci" / "run").read_text(encoding="utf-8")
