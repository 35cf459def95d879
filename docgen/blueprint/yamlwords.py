"""YAML's own errors as a person would put them: which mistake it usually is, and where that mistake was made.

ruamel.yaml says where reading broke off. That is often a line or more after the slip: a quotation mark that is never
closed shows at the next one, a missing colon at the next colon. Each rule here finds the slip itself.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from docgen.problems import Problem, problem

_Place = tuple[int, int]  # line and column, both counted from 0
_Rule = Callable[[Any, Sequence[str]], tuple[str, _Place]]


def in_words(error: Any, text: str, file: str) -> Problem:
    """The problem that an error of ruamel.yaml stands for."""
    lines = text.splitlines() or [""]
    said = f"{error.context or ''} {error.problem or ''}"
    rule = next((rule for words, rule in _RULES if words in said), _unknown)
    code, (line, column) = rule(error, lines)
    shown = lines[line].strip() if line < len(lines) else ""
    return problem(code, f"{file}:{line + 1}:{column + 1}", line=shown[:80])


def _mark(error: Any) -> _Place:
    mark = error.problem_mark or error.context_mark
    return (mark.line, mark.column) if mark is not None else (0, 0)


def _context(error: Any) -> _Place:
    mark = error.context_mark
    return (mark.line, mark.column) if mark is not None else _mark(error)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _has_key(line: str) -> bool:
    return re.match(r"\s*(?:- +)*[^\s#][^#]*?:(?:\s|$)", line) is not None


def _at_mark(code: str) -> _Rule:
    return lambda error, _: (code, _mark(error))


def _at_context(code: str) -> _Rule:
    return lambda error, _: (code, _context(error))


def _unknown(error: Any, lines: Sequence[str]) -> tuple[str, _Place]:  # noqa: ARG001 - the signature of every rule
    return "yaml-syntax", _mark(error)


def _colon(error: Any, lines: Sequence[str]) -> tuple[str, _Place]:
    """A colon where none can stand: within a text, after a line that has none, or in a line indented too far."""
    line, column = _mark(error)
    here = lines[line]
    if ": " in here[:column]:
        return "yaml-colon", (line, column)
    above = [at for at in range(line - 1, -1, -1) if lines[at].strip()]
    if not above:
        return "yaml-colon", (line, column)
    last = lines[above[0]]
    if _has_key(last):
        return "yaml-indent", (line, _indent(here))
    # A line without a colon is a slip, or it goes on with a text that began further up and further out.
    began = next((lines[at] for at in above[1:] if _indent(lines[at]) <= _indent(last)), "")
    if began and _indent(began) < _indent(last) and not began.rstrip().endswith(":"):
        return "yaml-colon", (line, column)
    return "yaml-no-colon", (above[0], _indent(last))


def _block(error: Any, lines: Sequence[str]) -> tuple[str, _Place]:
    """Something more where a block should end: after a quoted or bracketed text, or at the wrong indentation."""
    line, column = _mark(error)
    before = lines[line][:column].rstrip() if line < len(lines) else ""
    if "<scalar>" not in str(error.problem) or not before:
        return "yaml-indent", (line, column)
    last = before[-1]
    if last in "}]":
        opened = before.find("{" if last == "}" else "[")
        return ("yaml-flow", (line, max(opened, 0)))
    if last in "\"'":
        if before.count(last) > 1:
            return "yaml-after-quote", (line, column)
        return "yaml-quote", _opened(last, line, lines)
    return "yaml-indent", (line, column)


def _opened(quote: str, line: int, lines: Sequence[str]) -> _Place:
    """Where the quotation mark stands that this line's mark closed: the nearest above with an odd number of them."""
    for at in range(line - 1, -1, -1):
        if lines[at].count(quote) % 2:
            return at, lines[at].index(quote)
    return line, lines[line].index(quote)


def _quoted(error: Any, lines: Sequence[str]) -> tuple[str, _Place]:  # noqa: ARG001 - the signature of every rule
    ended = "end of stream" in str(error.problem) or "document separator" in str(error.problem)
    return ("yaml-quote", _context(error)) if ended else ("yaml-syntax", _mark(error))


# What ruamel.yaml says, and what finds the slip; the first that fits.
_RULES: tuple[tuple[str, _Rule], ...] = (
    ("'\\t'", _at_mark("yaml-tab")),
    ("mapping values are not allowed", _colon),
    ("could not find expected ':'", _at_context("yaml-no-colon")),
    ("expected <block end>", _block),
    ("quoted scalar", _quoted),
    ("while parsing a flow", _at_context("yaml-flow")),
    ("expected a comment or a line break", _at_context("yaml-start")),
    ("cannot start any token", _at_mark("yaml-start")),
    ("undefined alias", _at_mark("yaml-start")),
    ("sequence entries are not allowed", _at_mark("yaml-start")),
    ("expected the node content", _at_mark("yaml-start")),
    ("expected '<document start>'", _at_mark("yaml-indent")),
    ("another document", _at_mark("yaml-several")),
)
