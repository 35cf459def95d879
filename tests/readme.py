"""Writes into README.md what can be made from the program itself: the commands and their help.

``python -m tests.readme`` renews it; a test says when that is due.
"""

import re
from pathlib import Path

import click

from docgen.cli import cli

README = Path(__file__).parent.parent / "README.md"
_START, _END = "<!-- commands: made by python -m tests.readme -->", "<!-- end of commands -->"


def commands() -> str:
    """The help of every command, as it prints on 88 columns."""
    blocks = []
    above = click.Context(cli, info_name="docgen", **cli.context_settings)
    for name in sorted(cli.commands):
        context = click.Context(cli.commands[name], above, info_name=name, terminal_width=88)
        blocks.append(f"```text\n{cli.commands[name].get_help(context)}\n```")
    return "\n\n".join(blocks)


def renewed(text: str) -> str:
    """The README's text with the commands as they are now."""
    block = f"{_START}\n\n{commands()}\n\n{_END}"
    return re.sub(f"{re.escape(_START)}.*?{re.escape(_END)}", lambda _: block, text, flags=re.DOTALL)


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
