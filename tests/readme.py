"""Writes into README.md what can be made from the program itself: the commands and their help.

``python -m tests.readme`` renews it; a test says when that is due.
"""

import re
from pathlib import Path

import click

from docgen.cli import cli

README = Path(__file__).parent.parent / "README.md"


def commands() -> str:
    """The help of every command, as it prints on 88 columns."""
    blocks = []
    above = click.Context(cli, info_name="docgen", **cli.context_settings)
    for name in sorted(cli.commands):
        context = click.Context(cli.commands[name], above, info_name=name, terminal_width=88)
        blocks.append(f"```text\n{cli.commands[name].get_help(context)}\n```")
    return "\n\n".join(blocks)


def replaced(text: str, what: str, command: str, content: str) -> str:
    """The text with new content between the two comments that say what it is and which command makes it."""
    start, end = f"<!-- {what}: made by python -m {command} -->", f"<!-- end of {what} -->"
    block = f"{start}\n\n{content}\n\n{end}"
    return re.sub(f"{re.escape(start)}.*?{re.escape(end)}", lambda _: block, text, flags=re.DOTALL)


def renewed(text: str) -> str:
    """The README's text with the commands as they are now."""
    return replaced(text, "commands", "tests.readme", commands())


def write(text: str) -> None:
    """Puts a text in place of the README."""
    README.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(renewed(README.read_text(encoding="utf-8")))
