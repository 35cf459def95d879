"""Questions that are asked once a year or quarter, gathered to stand side by side."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docgen.document import Block, Question
from docgen.locales import text as say

_EACH = re.compile(r"(.+)_(\d{4}|q[1-4])")  # a field that is asked once for every year or quarter


@dataclass(frozen=True)
class Series:
    """Questions on one line: a label they share, and a heading for each answer."""

    label: str
    heads: tuple[str, ...]
    questions: tuple[Question, ...]


def is_each(key: str) -> bool:
    """Whether a key is that of one year or quarter."""
    return _EACH.fullmatch(key) is not None


def gathered(blocks: Iterable[Block]) -> Iterator[Block | Series]:
    """The blocks, with each run of questions for years or quarters gathered into one."""
    for key, group in itertools.groupby(blocks, _base):
        found = list(group)
        questions = tuple(block for block in found if isinstance(block, Question))
        if not key or len(questions) < 2:
            yield from found
            continue
        heads = tuple(_head(question) for question in questions)
        label = questions[0].slot.label.removesuffix(heads[0])
        yield Series(label.rstrip(" ,"), heads, questions)


def _head(question: Question) -> str:
    """The year, or the quarter as a form calls it: what ends the question's label."""
    part = question.slot.address.field.rpartition("_")[2]
    return say(question.slot.spec.language, "form.quarter", number=part[1:]) if part.startswith("q") else part


def _base(block: Block) -> str:
    match = _EACH.fullmatch(block.slot.address.field) if isinstance(block, Question) else None
    return match[1] if match else ""
