"""Whatever program saved a filled form, every answer comes back under its key: the matrix of editors and keys.

R1  Where the table survives, all answers are right; none is wrong, none without a place, none lost.
R2  Nothing is told as a person's that nobody typed, and a blank form stays blank.
R3  A conversion changed what it is there to change: the marks that are left are those the program is known to leave.
R4  The README shows what the command measures.
R5  Each file still says which it is.
"""

from pathlib import Path

import pytest

from docgen.formats.word.reader import identify
from tests.judges import require
from tests.matrix import table
from tests.matrix.editors import EDITORS, Editor
from tests.matrix.forms import Form, forms
from tests.matrix.scores import Score, score
from tests.readme import README

pytestmark = pytest.mark.slow

WITHOUT_BOXES = ("pandoc", "AbiWord", "gone")  # parts of names
NO_FOOTER = "pandoc"  # drops footers and properties


class Measured:
    """The forms, and what each program made of them, measured once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.forms: list[Form] = forms(folder)
        self._scores: dict[str, Score] = {}

    def score(self, editor: Editor) -> Score:
        require(*editor.judges)
        if editor.name not in self._scores:
            self._scores[editor.name] = score(editor, self.forms, self.folder / f"by-{EDITORS.index(editor)}")
        return self._scores[editor.name]


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    return Measured(tmp_path_factory.mktemp("matrix"))


@pytest.mark.parametrize("editor", EDITORS, ids=lambda editor: editor.name)
def test_every_answer_comes_back(editor: Editor, measured: Measured) -> None:
    """R1, R2"""
    found = measured.score(editor)
    assert found.faults == []
    assert (found.wrong, found.unplaced, found.lost, found.noise) == (0, 0, 0, 0)
    assert sum(found.right.values()) == found.expected == sum(len(form.expected) for form in measured.forms) > 800


@pytest.mark.parametrize("editor", EDITORS[1:], ids=lambda editor: editor.name)
def test_a_program_did_something(editor: Editor, measured: Measured) -> None:
    """R3"""
    found, sent = measured.score(editor), measured.score(EDITORS[0])
    assert found.tags in {0, sent.tags}
    assert bool(found.right["tag"]) is bool(found.tags)
    if any(name in editor.name for name in WITHOUT_BOXES):
        assert found.controls == found.tags == 0
    if "wrappers" in editor.name and found.tags:
        assert found.controls > sent.controls
    for form, file in zip(measured.forms, sorted(files_of(editor, measured)), strict=False):
        assert file.read_bytes() != form.file.read_bytes()


def files_of(editor: Editor, measured: Measured) -> list[Path]:
    return [each for each in (measured.folder / f"by-{EDITORS.index(editor)}").rglob("*.docx") if each.is_file()]


def test_the_readme_shows_the_matrix(measured: Measured) -> None:
    """R4"""
    text = README.read_text(encoding="utf-8")
    scores = [measured.score(editor) for editor in EDITORS]
    assert table.renewed(text, scores) == text, "renew it with: python -m tests.matrix"
    assert table.table(scores) in text


@pytest.mark.parametrize("editor", [each for each in EDITORS if each.name != NO_FOOTER], ids=lambda each: each.name)
def test_each_file_says_which_it_is(editor: Editor, measured: Measured, tmp_path: Path) -> None:
    """R5"""
    require(*editor.judges)
    for form, file in zip(
        measured.forms, editor.through([each.file for each in measured.forms], tmp_path), strict=True
    ):
        marks, wanted = identify(file.read_bytes()), form.document.identity
        assert (marks.round, marks.partner, marks.document) == (wanted.round, wanted.partner, wanted.document)
