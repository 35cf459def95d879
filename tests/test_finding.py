"""Whose a file is, when what it says of itself was damaged or tampered with.

1. A damaged copy of the blueprint is never silently replaced by another.
2. Marks that name two partners are refused by name: no answer is taken for another partner's.
"""

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from docgen import build, read
from docgen.finding import Finder
from docgen.formats.base import Marks
from docgen.layout import carried
from docgen.reading import Unread
from docgen.rounds import Built
from tests.small import SETTINGS, written


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("found")
    return build(*written(folder), folder / "round", SETTINGS)


# 1


@pytest.mark.parametrize(
    "change",
    [
        lambda _: "[" * 100_000,
        lambda _: '{"blueprint":' + "[" * 100_000,
        lambda copy: json.dumps({**copy, "partners": [["polisen", 5]]}),
        lambda copy: json.dumps({**copy, "partners": [["polisen", "\ud800"]]}),
        lambda copy: json.dumps({**copy, "partners": [[5, "x"]]}),
        lambda copy: json.dumps({**copy, "parameters": {**copy["parameters"], "town": "\ud800"}}),
        lambda copy: json.dumps({**copy, "parameters": {**copy["parameters"], "town": "Annanstad"}}),
        lambda copy: json.dumps({**copy, "blueprint": {**copy["blueprint"], "title": "\ud800"}}),
        lambda copy: json.dumps({**copy, "partner": {**copy["partner"], "language": 5}}),
        lambda _: "5",
        lambda _: "null",
    ],
)
def test_a_copy_that_was_tampered_with_is_no_copy(built: Built, change: Callable[[dict[str, object]], str]) -> None:
    text = carried(built.round, built.round.partner("polisen"))
    finder = Finder(None, None)
    assert finder.copy(Marks(round=built.round.id, carried=text)) is not None
    assert finder.copy(Marks(round=built.round.id, carried=change(json.loads(text)))) is None


def test_a_shipped_blueprint_stands_in_only_where_it_is_the_very_one() -> None:
    finder = Finder(None, None)
    shipped = finder.shipped("lokal-samverkansplan")
    assert shipped is not None
    marks = Marks(shipped.id, shipped.version, shipped.hash, "0123456789", "polisen", "plan", "{")
    found = finder.elsewhere(marks)
    assert found is not None
    assert [each.code for each in found.problems] == ["file-copy-lost"]
    assert finder.elsewhere(Marks(shipped.id, shipped.version, "f" * 16, "0123456789", "polisen", "plan", "{")) is None


# 2


def _word(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "docProps/custom.xml" or b'partner="polisen"' in text:
                text = text.replace(b">polisen<", b">hamnen<").replace(b'partner="polisen"', b'partner="hamnen"')
            new.writestr(name, text)
    return out.getvalue()


def _excel(data: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book:
        for (cell,) in sheet.iter_rows(min_col=1, max_col=1):
            if cell.value == "docgen.partner":
                cell.offset(0, 1).value = "hamnen"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _pdf(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        packet = pdf.Root.Metadata.read_bytes()
        assert b"polisen" in packet
        pdf.Root.Metadata = pdf.make_stream(packet.replace(b"polisen", b"hamnen"))
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("suffix", "tamper"), [(".docx", _word), (".xlsx", _excel), (".pdf", _pdf)])
@pytest.mark.parametrize("within", [True, False])
def test_a_file_whose_marks_name_two_partners(
    built: Built, suffix: str, tamper: Callable[[bytes], bytes], within: bool, tmp_path: Path
) -> None:
    source = next((built.folder / "partners" / "polisen").glob(f"*{suffix}"))
    inbox = tmp_path / "inbox"
    if within:
        shutil.copytree(built.folder, tmp_path / "round")
        inbox = tmp_path / "round" / "inbox"
    inbox.mkdir(exist_ok=True)
    (inbox / source.name).write_bytes(tamper(source.read_bytes()))
    [found] = read([inbox])
    assert isinstance(found, Unread)
    assert [each.code for each in found.problems] == ["file-marks-disagree"]
    assert "hamnen" in found.problems[0].message("sv")
    assert "polisen" in found.problems[0].message("en")
