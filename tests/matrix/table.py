"""The matrix as a table in the README, in the words of whoever collects the answers."""

from collections.abc import Sequence

from tests.matrix.editors import EDITORS
from tests.matrix.scores import Score
from tests.readme import replaced

_HEAD = (
    "What happened to the file",
    "Answer boxes left",
    "with their names",
    "Bookmarks left",
    "Answers given",
    "Back in their place",
    "Found by",
    "Wrong",
    "Without a place",
    "Lost",
)
_KEYS = {"tag": "name", "bookmark": "bookmark", "place": "place in the table", "label": "label"}


def table(scores: Sequence[Score]) -> str:
    """A row for each editor, in Markdown."""
    rows = [_HEAD, ("---", *["---:"] * 5, "---", *["---:"] * 3)]
    rows += [(editor.name, *_figures(score)) for editor, score in zip(EDITORS, scores, strict=True)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _figures(score: Score) -> tuple[str, ...]:
    keys = ", ".join(f"{_KEYS[key]} {score.right[key]}" for key in _KEYS if score.right[key])
    marks = (str(score.controls), str(score.tags), str(score.bookmarks))
    return (
        *marks,
        str(score.expected),
        str(sum(score.right.values())),
        keys,
        *(str(each) for each in (score.wrong, score.unplaced, score.lost)),
    )


def renewed(text: str, scores: Sequence[Score]) -> str:
    """The README's text with the matrix as it is now."""
    return replaced(text, "matrix", "tests.matrix", table(scores))
