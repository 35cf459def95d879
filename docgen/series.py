"""Questions that are asked once a year or quarter, gathered to stand side by side."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docgen.document import Block, Question

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
        labels = [question.slot.label for question in questions]
        columns = zip(*labels, strict=False)  # up to the end of the shortest
        shared = "".join(each[0] for each in itertools.takewhile(lambda each: len(set(each)) == 1, columns))
        label = shared[: shared.rfind(" ") + 1]
        yield Series(label.rstrip(" ,"), tuple(each.removeprefix(label) for each in labels), questions)


def _base(block: Block) -> str:
    match = _EACH.fullmatch(block.slot.address.field) if isinstance(block, Question) else None
    return match[1] if match else ""
