"""The commands. Each parses its options, calls one function, and prints what came of it."""

import json
import locale
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click

from docgen import __version__
from docgen.errors import DocgenError
from docgen.locales import LANGUAGES
from docgen.locales import text as say
from docgen.problems import Problem, problem

DONE, WRONG, IMPOSSIBLE = 0, 1, 2


def _system_language() -> str:
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next((name for name in names if name), locale.getlocale()[0] or "")
    return "sv" if name.casefold().startswith(("sv", "swedish")) else "en"


class _Speech:
    """The language to speak, and whether to speak to a person or a program."""

    def __init__(self) -> None:
        self.chosen: str | None = None
        self.json = False

    def language(self, blueprint: str = "") -> str:
        """What was asked for, else the blueprint's language, else the system's."""
        return self.chosen or (blueprint if blueprint in LANGUAGES else _system_language())

    def data(self, value: Any) -> None:
        """JSON, alone on standard output, in UTF-8 whatever the terminal speaks."""
        stream = sys.stdout.buffer
        stream.write((json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())
        stream.flush()

    def lines(self, lines: Iterable[str], *, err: bool = False) -> None:
        for line in lines:
            click.echo(line, err=err)

    def fail(self, problems: Sequence[Problem], blueprint: str = "") -> NoReturn:
        """Says why it could not be done, and ends."""
        from docgen.report.terminal import problem_lines

        language = self.language(blueprint)
        if self.json:
            self.data({"problems": [found.as_json(language) for found in problems]})
        else:
            self.lines(problem_lines(problems, language), err=True)
        raise SystemExit(IMPOSSIBLE)


def _with_format(command: Callable[..., Any]) -> Callable[..., Any]:
    def remember(context: click.Context, _: click.Parameter, value: str) -> None:
        context.obj.json = value == "json"

    return click.option(
        "--format",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        expose_value=False,
        callback=remember,
        help="text for people, json for programs.",
    )(command)


def _progress(context: click.Context, key: str) -> Callable[[int, int, str], None]:
    """Progress on standard error: a line that renews itself on a terminal, nothing where nobody watches."""
    speech: _Speech = context.obj

    def show(done: int, total: int, name: str) -> None:
        if sys.stderr.isatty() and total > 1:
            line = say(speech.language(), key, done=done + 1, total=total, name=name) if name else ""
            click.echo(f"\r\x1b[K{line[:76]}", nl=False, err=True)

    return show


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88})
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    envvar="DOCGEN_LANGUAGE",
    help="Language of messages; the blueprint's unless given.",
)
@click.version_option(__version__, prog_name="docgen")
@click.pass_context
def cli(context: click.Context, language: str | None) -> None:
    """Planning templates out to partners as Word, Excel and PDF files, and their answers back in.

    \b
    A first look, with made-up organisations and answers:
      docgen demo
    """
    context.obj.chosen = language


@cli.command(short_help="Say what is wrong with a blueprint.")
@click.argument("blueprint", type=click.Path(path_type=Path))
@_with_format
@click.pass_obj
def check(speech: _Speech, blueprint: Path) -> None:
    """Say everything that is wrong with a BLUEPRINT and its translations.

    \b
    Example:
      docgen check blueprints/lokal-samverkansplan.yaml
    """
    from docgen.report.terminal import problem_lines, wrapped
    from docgen.rounds import check as check_blueprint

    checked = check_blueprint(blueprint)
    language = speech.language(checked.language)
    if speech.json:
        speech.data({"problems": [found.as_json(language) for found in checked.problems]})
    else:
        speech.lines(problem_lines(checked.problems, language))
        if checked.blueprint is not None:
            click.echo(wrapped(_summary(checked.blueprint, language)))
    raise SystemExit(DONE if checked.blueprint is not None else IMPOSSIBLE)


def _summary(blueprint: Any, language: str) -> str:
    return say(
        language,
        "check.good",
        title=blueprint.title,
        version=blueprint.version,
        sections=len(blueprint.sections),
        documents=len(blueprint.documents),
        languages=", ".join(blueprint.languages),
    )


@cli.command(short_help="Make the files of a round.")
@click.argument("blueprint", type=click.Path(path_type=Path))
@click.option(
    "--partners",
    required=True,
    type=click.Path(path_type=Path),
    help="The partner list: .csv or .xlsx with id and name.",
)
@click.option(
    "--out", metavar="ROUND", type=click.Path(path_type=Path), help="The round's folder; output/ID unless given."
)
@click.option(
    "--set", "settings", metavar="NAME=VALUE", multiple=True, help="A parameter of the round; may be repeated."
)
@click.option("--step", metavar="NAME", hidden=True)
@click.option("--from", "earlier", metavar="ROUND", hidden=True)
@click.option("--today", metavar="DATE", hidden=True)
@_with_format
@click.pass_context
def build(
    context: click.Context,
    blueprint: Path,
    partners: Path,
    out: Path | None,
    settings: tuple[str, ...],
    step: str | None,
    earlier: str | None,
    today: str | None,  # noqa: ARG001 - nothing that is built says the day yet
) -> None:
    """Make the files of a round: one set for each partner.

    \b
    Example:
      docgen build plan.yaml --partners partners.csv --set reply_by=2027-03-31
    """
    from docgen.report.terminal import problem_lines, wrapped
    from docgen.rounds import build as build_round

    speech: _Speech = context.obj
    later = {"step-later": step, "from-later": earlier}
    problems = [problem(code) for code, value in later.items() if value is not None]
    problems += [problem("parameter-form", value=each) for each in settings if "=" not in each]
    if problems:
        speech.fail(problems)
    values = dict(each.split("=", 1) for each in settings)
    built = build_round(blueprint, partners, out, values, _progress(context, "build.progress"))
    language = speech.language(built.round.blueprint.language)
    if speech.json:
        remarks = [found.as_json(language) for found in built.remarks]
        speech.data({"round": built.round.id, "folder": str(built.folder), "files": built.files, "problems": remarks})
        return
    speech.lines(problem_lines(built.remarks, language), err=True)
    count = len(built.files) - 1  # round.json is nobody's
    partners_count = len(built.round.partners)
    click.echo(wrapped(say(language, "build.done", files=count, partners=partners_count)))
    click.echo(f"  {built.folder / 'partners'}")
    click.echo(wrapped(say(language, "build.next")))
    click.echo(f"  {built.folder / 'inbox'}")


@cli.command(short_help="Read completed files.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--round", "round_folder", metavar="ROUND", type=click.Path(path_type=Path), help="The round they belong to."
)
@click.option("--blueprint", type=click.Path(path_type=Path), help="The blueprint, where there is no round.")
@_with_format
@click.pass_context
def read(context: click.Context, files: tuple[Path, ...], round_folder: Path | None, blueprint: Path | None) -> None:
    """Read completed FILES, or every file in a folder, and say what is in them.

    \b
    Example:
      docgen read output/lokal-samverkansplan/inbox
    """
    from docgen.report.terminal import response_lines, unread_lines, wrapped
    from docgen.response import Response
    from docgen.rounds import language_of
    from docgen.rounds import read as read_files
    from docgen.spoken import response_in

    speech: _Speech = context.obj
    results = read_files(files, round_folder, blueprint, _progress(context, "read.progress"))
    responses = [result for result in results if isinstance(result, Response)]
    of_round = language_of([*([round_folder] if round_folder else []), *files])
    language = speech.language(of_round or (responses[0].document.coordinator_language if responses else ""))
    results = [response_in(each, language) if isinstance(each, Response) else each for each in results]
    if speech.json:
        speech.data([result.as_json(language) for result in results])
    else:
        for result in results:
            if isinstance(result, Response):
                speech.lines(response_lines(result, language))
            else:
                speech.lines(unread_lines(result.file, result.problems, language))
            click.echo()
        speech.lines([wrapped(say(language, "read.done", read=len(responses), files=len(results)))])
    if not responses:
        raise SystemExit(IMPOSSIBLE)
    wrong = any(found.severity == "error" for result in results for found in result.problems)
    raise SystemExit(WRONG if wrong else DONE)


@cli.command(short_help="Judge the answers of a round, or of files.")
@click.argument("paths", metavar="ROUND | FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--comments",
    is_flag=True,
    help="Also write copies of the partners' Word files with the problems as comments, to send back.",
)
@click.option("--today", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="The day the comments are dated.")
@_with_format
@click.pass_context
def validate(context: click.Context, paths: tuple[Path, ...], today: datetime | None, *, comments: bool) -> None:
    """Say what is wrong with the answers of a ROUND, or of FILES: place, what, and what to do.

    Copies with comments go to outbox/comments of the round a file lies in, else beside the file. The files that came
    are never changed.

    \b
    Example:
      docgen validate output/lokal-samverkansplan
      docgen validate output/lokal-samverkansplan --comments
    """
    from docgen.collecting import as_json
    from docgen.report.terminal import correction_lines, rounds_lines, unread_lines
    from docgen.rounds import correct, language_of
    from docgen.rounds import validate as validate_paths
    from docgen.spoken import spoken_in

    speech: _Speech = context.obj
    collected, unread = validate_paths(paths, _progress(context, "read.progress"))
    language = speech.language(collected[0].language if collected else language_of(paths))
    told = [spoken_in(each, language) for each in collected]
    corrections = correct(collected, f"{today:%Y-%m-%d}" if today else "") if comments else None
    if speech.json:
        speech.data(as_json(told, unread, language) | (corrections.as_json() if corrections else {}))
    else:
        speech.lines(rounds_lines(told, language))
        for lost in unread:
            speech.lines(unread_lines(lost.file, lost.problems, language))
        if corrections is not None:
            speech.lines(correction_lines(corrections, language))
    if not collected:
        raise SystemExit(IMPOSSIBLE)
    wrong = bool(unread) or any(found.severity == "error" for each in collected for found in each.every_problem())
    raise SystemExit(WRONG if wrong else DONE)


@cli.command(short_help="Make one plan of all answers.")
@click.argument("round_folder", metavar="ROUND", type=click.Path(path_type=Path))
@_with_format
@click.pass_context
def merge(context: click.Context, round_folder: Path) -> None:
    """Make one plan of everything in a ROUND's inbox: writes merged/ and says what needs a look.

    \b
    Example:
      docgen merge output/lokal-samverkansplan
    """
    from docgen.report.terminal import merged_lines
    from docgen.rounds import merge as merge_folder
    from docgen.spoken import spoken_in

    speech: _Speech = context.obj
    done = merge_folder(round_folder, _progress(context, "merge.progress"))
    language = speech.language(done.collected.language)
    if speech.json:
        speech.data(replace(done, collected=spoken_in(done.collected, language)).as_json(language))
    else:
        speech.lines(merged_lines(done, language))
    raise SystemExit(WRONG if any(found.severity == "error" for found in done.problems()) else DONE)


@cli.command(short_help="Show a whole round, made up.")
@click.argument("round_folder", metavar="[ROUND]", required=False, type=click.Path(path_type=Path))
@_with_format
@click.pass_context
def demo(context: click.Context, round_folder: Path | None) -> None:
    """Show a whole round with made-up organisations: files out, answers filled in, files read.

    \b
    Example:
      docgen demo my-first-round
    """
    from docgen.demo import run
    from docgen.report.demo import demo_lines

    speech: _Speech = context.obj
    shown = run(round_folder, partial(_progress, context))
    language = speech.language(shown.built.round.blueprint.language)
    if speech.json:
        speech.data(shown.as_json(language))
    else:
        speech.lines(demo_lines(shown, language))


@cli.command(short_help="Print the blueprint language's schema.")
def schema() -> None:
    """Print the blueprint language as a JSON Schema, for editors that complete and check YAML.

    \b
    Example:
      docgen schema > blueprint.schema.json
    """
    from docgen.blueprint.grammar import json_schema

    click.echo(json.dumps(json_schema(), indent=2))


def main() -> NoReturn:
    """Runs the command line; every ending has the status the contract gives it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that lacks a character shows a question mark
    speech = _Speech()
    try:
        cli.main(standalone_mode=False, obj=speech)
    except DocgenError as error:
        speech.fail(error.problems, error.language)
    except click.ClickException as error:
        error.show()
        raise SystemExit(IMPOSSIBLE) from None
    except (click.Abort, KeyboardInterrupt):
        click.echo("\n" + say(speech.language(), "stopped"), err=True)
        raise SystemExit(130) from None  # what a shell says of a program ended by Ctrl-C
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(DONE) from None
    except Exception as error:  # our bug: nobody should meet a stack trace who did not ask for it
        if os.environ.get("DOCGEN_DEBUG"):
            raise
        speech.fail([problem("program-fault", error=type(error).__name__)])
    raise SystemExit(DONE)
