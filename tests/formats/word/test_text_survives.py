"""What somebody typed comes back as it was typed: every character, every line, every blank but those at the very end.

R1  Any text comes back exactly, whichever key is left: the control, the bookmark, the place.
R2  Every printable character of Unicode comes back, in texts of up to 50,000 characters.
R3  The same through LibreOffice, as Word file and by way of .odt.
R4  What LibreOffice 7.4 cannot carry is this: "_x000D_" and the like, typed as such, come back as "_x005F_x000D_".
R5  What it says several times (an answer in several scripts, a line after one with an emoji) is read once.

"Exactly" means NFC, and without the blanks at the very end of a cell. Signs of Wingdings and its like, which Word keeps
at U+F000, are read as what they show and tried elsewhere.
"""

import random
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from docgen.document import Question, Section
from docgen.formats.opc import XmlElement
from docgen.formats.word.reader import read
from docgen.formats.word.writer import write
from tests.filler.docx import Docx
from tests.formats.samples import document, slot, spec
from tests.formats.word import edits
from tests.judges.libreoffice import Format, convert
from tests.strategies import PRINTABLE, SYMBOL_FONTS, typed_lines, typed_texts

NAMED = {
    "swedish": "Åsa: «räksmörgås» – 50 % på två år … “citat”",
    "arabic": "مركز دعم الضحايا في المدينة",
    "chinese": "支持人口贩运受害者",
    "scripts": "Vi möter 你好 på Ring مركز الدعم idag och \N{RIGHT-TO-LEFT OVERRIDE}bakåt\N{POP DIRECTIONAL FORMATTING} igen",
    "emoji": "Bra 👍🏽 gjort 👩\N{ZERO WIDTH JOINER}👩\N{ZERO WIDTH JOINER}👧 🇸🇪 1️⃣",
    "combining": "e\N{COMBINING ACUTE ACCENT} a\N{COMBINING RING ABOVE} o̱̲ ก้ नि",
    "blanks": "  först\n\tinryckt  \n \n   mellan   rum \n\nsist",
    "no-break": "10\N{NO-BREAK SPACE}000\N{NARROW NO-BREAK SPACE}kr, a\N{NON-BREAKING HYPHEN}b, mjuk\N{SOFT HYPHEN}avstavning",
    "hyphens between scripts": "a\N{NON-BREAKING HYPHEN}b 你好\tc\N{SOFT HYPHEN}d",
    "tabs": "\tett\t\ttvå\tslut",
    "markup": "<b>&amp; ]]> \"'{{x}} %s &#10;",
    "escapes": "]]]\\n\\r\\t &#10; \\u000D",
    "forty paragraphs": "\n".join(f"Stycke {number}, å–ö." for number in range(1, 41)),
    "empty first line": "\n\nefter två tomma rader",
    "fifty thousand": "Tre små ord å–ö. " * 2941 + "slut",
}


class Form:
    """A form with pairs of questions, a line and paragraphs, and a folder to save it in."""

    def __init__(self, folder: Path, pairs: int = 1) -> None:
        self.keys = [f"x.{kind}{number}" for number in range(pairs) for kind in ("text", "paragraph")]
        questions = [Question(slot(key, spec(key[2:].rstrip("0123456789")), f"Fråga {key}")) for key in self.keys]
        self.asked = replace(document(), sections=(Section("x", "1", "Texter", tuple(questions)),))
        self.folder = folder
        (folder / "blank.docx").write_bytes(write(self.asked))

    def filled(self, texts: Mapping[str, str]) -> Path:
        docx = Docx(self.folder / "blank.docx")
        for key, text in texts.items():
            if text:
                docx.fill(key, text)
        return docx.save(self.folder / "filled.docx")

    def read(self, data: bytes) -> dict[str, str]:
        """What stands under each key; nothing else may be said."""
        reading = read(data, self.asked)
        assert (reading.unplaced, reading.problems) == ((), ())
        return {str(each.address): each.raw.text for each in reading.found}


def exactly(text: str) -> str:
    return unicodedata.normalize("NFC", text).rstrip()


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    return Form(tmp_path_factory.mktemp("form"))


LINE, PARAGRAPHS = "x.text0", "x.paragraph0"
KEYS: dict[str, tuple[Callable[[XmlElement], object], ...]] = {
    "control": (),
    "bookmark": (edits.strip_controls,),
    "place": (edits.strip_controls, edits.strip_bookmarks),
}


@pytest.mark.parametrize("key", KEYS)
@given(line=typed_lines, text=typed_texts)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
def test_any_text_comes_back(key: str, form: Form, line: str, text: str) -> None:
    """R1"""
    data = form.filled({LINE: line, PARAGRAPHS: text}).read_bytes()
    for change in KEYS[key]:
        data = edits.edit(data, change)
    assert form.read(data) == {LINE: exactly(line), PARAGRAPHS: exactly(text)}


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("name", NAMED)
def test_texts_of_the_world_come_back(key: str, name: str, form: Form) -> None:
    """R1"""
    line = NAMED[name].replace("\n", " ")
    data = form.filled({LINE: line, PARAGRAPHS: NAMED[name]}).read_bytes()
    for change in KEYS[key]:
        data = edits.edit(data, change)
    assert form.read(data) == {LINE: exactly(line), PARAGRAPHS: exactly(NAMED[name])}


def printable() -> dict[str, list[str]]:
    """Every character a person may type, by its category."""
    found: dict[str, list[str]] = {}
    for code in range(sys.maxunicode + 1):
        if chr(code) in SYMBOL_FONTS:
            continue
        category = unicodedata.category(chr(code))
        if category in PRINTABLE or category[0] in PRINTABLE:
            found.setdefault(category, []).append(chr(code))
    return found


def test_every_printable_character_comes_back(form: Form) -> None:
    """R2"""
    categories = printable()
    assert len(categories) == 25
    for characters in categories.values():
        for start in range(0, len(characters), 49_998):
            text = f"«{''.join(characters[start : start + 49_998])}»"
            data = form.filled({LINE: text, PARAGRAPHS: text}).read_bytes()
            assert form.read(data) == {LINE: exactly(text), PARAGRAPHS: exactly(text)}


# Through LibreOffice


def some_of_each_category() -> Iterator[str]:
    """Up to forty characters of each category, between letters; LibreOffice takes minutes over all of them."""
    for characters in printable().values():
        step = max(1, len(characters) // 40)
        yield f"a{'b'.join(characters[::step])}z"


DRAWN = 60


def drawn() -> Iterator[str]:
    """Texts of several lines of any characters, the same ones each time."""
    chance = random.Random(20270331)
    every = [character for characters in printable().values() for character in characters[:200]]
    for _ in range(DRAWN):
        lines = ("".join(chance.choices([*every, " ", "\t"], k=chance.randint(0, 30))) for _ in range(3))
        yield ".\n".join(lines)


@pytest.fixture(scope="module", params=[("docx",), ("odt", "docx")], ids=["docx", "odt"])
def through(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """Every text as it was typed and as it came back, by its key: one conversion for all of them."""
    texts = [*NAMED.values(), *some_of_each_category(), *drawn()]
    form = Form(tmp_path_factory.mktemp("office"), len(texts))
    typed = {f"x.paragraph{number}": text for number, text in enumerate(texts)}
    typed |= {f"x.text{number}": text.replace("\n", " ") for number, text in enumerate(texts)}
    files = [form.filled(typed)]
    steps: Sequence[Format] = request.param
    for step in steps:
        files = convert(files, step, form.folder / step)
    found = form.read(files[0].read_bytes())
    assert found.keys() == typed.keys()
    return {key: (typed[key], found[key]) for key in typed}


@pytest.mark.slow
def test_every_text_comes_back_from_libreoffice(through: dict[str, tuple[str, str]]) -> None:
    """R3"""
    assert len(through) == 2 * (len(NAMED) + 25 + DRAWN)
    assert {key: (typed, found) for key, (typed, found) in through.items() if found != exactly(typed)} == {}


ESCAPE = "a _x000D_ b"


def test_what_libreoffice_cannot_carry_is_its_own_doing(tmp_path: Path) -> None:
    """R4: the file it wrote says so itself; the file that was filled in is read as it was typed."""
    form = Form(tmp_path)
    filled = form.filled({LINE: ESCAPE, PARAGRAPHS: ESCAPE})
    assert form.read(filled.read_bytes()) == {LINE: ESCAPE, PARAGRAPHS: ESCAPE}
    (saved,) = convert([filled], "docx", tmp_path / "word")
    assert part(saved, "word/document.xml").count("a _x005F_x000D_ b") == 2


@pytest.mark.parametrize("way", [("docx",), ("odt", "docx")], ids=["docx", "odt"])
def test_what_libreoffice_says_several_times_is_read_once(way: tuple[Format, ...], tmp_path: Path) -> None:
    """R5"""
    form = Form(tmp_path)
    typed = {LINE: "Vi möter 你好 idag", PARAGRAPHS: "Bra 😀 👍\nandra raden\ntredje raden"}
    files = [form.filled(typed)]
    for step in way:
        files = convert(files, step, tmp_path / step)
    xml = part(files[0], "word/document.xml")
    assert xml.count(typed[LINE]) == 3
    assert xml.count("ndra raden") == (2 if "odt" in way else 1)
    assert form.read(files[0].read_bytes()) == typed


def part(file: Path, name: str) -> str:
    with zipfile.ZipFile(file) as archive:
        return archive.read(name).decode()
