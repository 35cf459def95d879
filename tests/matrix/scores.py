"""What came back of a filled form: right and by which key, wrong, unplaced, lost."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docgen.formats.word.reader import read
from docgen.response import understand
from tests.filler.controls import W, value_of
from tests.filler.package import Package
from tests.matrix.editors import Editor
from tests.matrix.forms import Form


@dataclass
class Score:
    """What is left in the files of one row of the matrix, and what came back from them; ``faults`` for who mends.

    Attributes:
        controls: content controls in the files, of any program.
        tags: those that still have a name of ours.
        bookmarks: that are left.
        expected: answers typed, chosen or ticked.
        right: answers that came back under their key as they were given, by the key that found them.
        wrong: answers under a key where they were not given, or not as they were given.
        unplaced: answers that came back as text without a question.
        lost: answers of which something is found nowhere: in no answer, no text without a place, no problem.
        noise: texts told as somebody's that nobody typed, and answers in forms that nobody filled in.
    """

    controls: int = 0
    tags: int = 0
    bookmarks: int = 0
    expected: int = 0
    right: Counter[str] = field(default_factory=Counter)
    wrong: int = 0
    unplaced: int = 0
    lost: int = 0
    noise: int = 0
    faults: list[str] = field(default_factory=list)

    def count(self, file: Path, form: Form) -> None:
        """Counts the marks that are left in a file, as an editor saved it."""
        package = Package.open(file)
        root = package.xml(package.main_part())
        ours = {slot.tag for slot in form.document.slots()}
        tags = [value_of(sdt, "tag") or "" for sdt in root.iter(f"{W}sdt")]
        self.controls += len(tags)
        self.tags += sum(tag in ours or "#" in tag for tag in tags)
        self.bookmarks += sum(1 for _ in root.iter(f"{W}bookmarkStart"))

    def compare(self, file: Path, form: Form, expected: Mapping[str, Any]) -> None:
        """Reads a file and holds what it says against what is expected."""
        response = understand(file.name, form.document, read(file.read_bytes(), form.document))
        data = response.as_json(form.document.language)
        found = _by_key(data)
        texts = [each["text"] for each in data["unplaced"]]
        everywhere = "\n".join([*texts, json.dumps([found, data["problems"]], ensure_ascii=False)])
        self.expected += len(expected)
        for key, wanted in expected.items():
            if key in found and _same(found[key], wanted, form):
                self.right[data["sources"][key]["by"]] += 1
                continue
            self.faults.append(f"{file.name} {key}: {wanted!r} came back as {found.get(key)!r}")
            if not all(words in everywhere for words in _words(wanted, form)):
                self.lost += 1
            elif key not in found:
                self.unplaced += 1
        for key, value in found.items():
            if key not in expected or not _same(value, expected[key], form):
                self.wrong += 1
                self.faults.append(f"{file.name} {key}: {value!r} stands there, not {expected.get(key)!r}")
        typed = {line for each in expected.values() if isinstance(each, str) for line in each.split("\n")}
        for text in texts:
            if not any(line in text for line in typed):
                self.noise += 1
                self.faults.append(f"{file.name}: nobody typed {text!r}")


def score(editor: Editor, forms: Sequence[Form], folder: Path) -> Score:
    """Sends the forms through a program, filled in and blank, and counts what comes back.

    Raises:
        JudgeError: the program could not save one of them.
    """
    made = editor.through([*(form.file for form in forms), *(form.blank for form in forms)], folder)
    total, blank = Score(), Score()
    for form, filled_in, untouched in zip(forms, made, made[len(forms) :], strict=False):
        total.count(filled_in, form)
        total.compare(filled_in, form, form.expected)
        blank.compare(untouched, form, {})
    total.noise += blank.wrong + blank.noise
    total.faults += blank.faults
    return total


def _by_key(data: Mapping[str, Any]) -> dict[str, Any]:
    """Every answer of a file by its full key, understood or as it stands."""
    found = {**dict(_values(data["answers"])), **data["raw"]}
    return {key: value for key, value in found.items() if value not in (None, [])}


def _values(answers: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in answers.items():
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        for row in rows:
            yield from ((f"{key}[{row['row']}].{name}", each) for name, each in row.items() if name != "row")
        if not rows:
            yield key, value


def _words(wanted: Any, form: Form) -> list[str]:
    """The lines of an answer, each of which must be told somewhere; of ticks, the signs before their labels."""
    if isinstance(wanted, str):
        return wanted.split("\n")
    labels = {option.name: option.label for slot in form.document.slots() for option in slot.spec.options}
    return [f"☒ {labels[name]}" for name in wanted] if isinstance(wanted, list) else ["☒"]


def _same(found: Any, wanted: Any, form: Form) -> bool:
    return bool(found == wanted or (isinstance(wanted, str) and found in form.names.get(wanted, ())))
