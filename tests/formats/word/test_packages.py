"""Word files as other programs pack them: strict, with macros, with their main part elsewhere, leading outside."""

import pytest

from docgen.formats import format_of
from docgen.formats.word.reader import identify, read
from tests.formats.samples import IDENTITY
from tests.formats.word import edits
from tests.formats.word.edits import type_into
from tests.formats.word.test_margins import comment, with_part
from tests.formats.word.test_reading import ASKED, BLANK, RUN, TEXT, texts

OPEN = "http://schemas.openxmlformats.org"
STRICT = "http://purl.oclc.org/ooxml"
REL = f"{OPEN}/officeDocument/2006/relationships"

# As Word writes "Strict Open XML Document" (ECMA-376 part 1, annex A; part 4, annex A).
NAMESPACES = {
    f"{OPEN}/officeDocument/2006/custom-properties": f"{STRICT}/officeDocument/customProperties",
    f"{OPEN}/officeDocument/2006/extended-properties": f"{STRICT}/officeDocument/extendedProperties",
    f"{OPEN}/officeDocument/2006/": f"{STRICT}/officeDocument/",
    f"{OPEN}/wordprocessingml/2006/": f"{STRICT}/wordprocessingml/",
    f"{OPEN}/drawingml/2006/": f"{STRICT}/drawingml/",
}
ANSWERED = edits.edit(BLANK, lambda root: type_into(root, TEXT, RUN.format("svar")))


def strict(data: bytes) -> bytes:
    parts = edits.members(data)
    for old, new in NAMESPACES.items():
        parts = {name: part.replace(old.encode(), new.encode()) for name, part in parts.items()}
    return edits.pack(parts)


def linked(data: bytes, part: str, kind: str, target: str) -> bytes:
    """A relationship from a part to something outside."""
    folder, _, name = part.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels"
    parts = edits.members(data)
    empty = f'<Relationships xmlns="{OPEN}/package/2006/relationships"></Relationships>'.encode()
    link = f'<Relationship Id="out" Type="{REL}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    parts[rels] = parts.get(rels, empty).replace(b"</Relationships>", link.encode())
    return edits.pack(parts)


def test_a_strict_file_says_what_it_is_and_all_that_stands_in_it() -> None:
    data = strict(with_part(ANSWERED, "comments", comment("Bra")))
    assert STRICT.encode() in edits.members(data)["word/document.xml"]
    assert OPEN.encode() + b"/wordprocessingml" not in edits.members(data)["word/document.xml"]
    assert format_of(data, "x").name == "word"
    marks = identify(data)
    assert (marks.round, marks.partner, marks.remarks) == (IDENTITY.round, IDENTITY.partner, ("file-comments",))
    reading = read(data, ASKED)
    assert texts(reading) == {TEXT: "svar"}
    assert [each.text for each in reading.unplaced] == ["Bra"]


@pytest.mark.parametrize("kind", ["document.macroEnabled", "template.macroEnabledTemplate"])
def test_a_file_with_macros_is_read_and_they_are_told(kind: str) -> None:
    parts = edits.members(ANSWERED)
    old = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    new = f"application/vnd.ms-word.{kind}.main+xml".encode()
    types = parts["[Content_Types].xml"]
    assert old in types
    data = edits.pack({**parts, "[Content_Types].xml": types.replace(old, new), "word/vbaProject.bin": b"\xd0\xcf"})
    assert format_of(data, "svar.docm").name == "word"
    assert identify(data).remarks == ("file-macros",)
    assert texts(read(data, ASKED)) == {TEXT: "svar"}


@pytest.mark.parametrize(("name", "target"), [("word/document2.xml", "/word/document2.xml"), ("a/b.xml", "./a/b.xml")])
def test_the_main_part_is_where_the_package_says(name: str, target: str) -> None:
    parts = edits.members(ANSWERED)
    parts[name] = parts.pop("word/document.xml")
    folder, _, last = name.rpartition("/")
    rels = parts.pop("word/_rels/document.xml.rels").decode()
    parts[f"{folder}/_rels/{last}.rels"] = rels.replace('Target="', 'Target="/word/').encode()
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b'"word/document.xml"', f'"{target}"'.encode())
    data = edits.pack(parts)
    assert format_of(data, "x").name == "word"
    assert texts(read(data, ASKED)) == {TEXT: "svar"}
    assert identify(data).partner == IDENTITY.partner


@pytest.mark.parametrize(
    ("part", "kind", "target", "told"),
    [
        ("word/settings.xml", "attachedTemplate", "http://ond.example/mall.dotm", True),
        ("word/document.xml", "attachedTemplate", "file:///C:/mall.dotm", True),
        ("word/document.xml", "image", "http://ond.example/spion.png", True),
        ("word/header1.xml", "image", "http://ond.example/spion.png", True),
        ("word/document.xml", "oleObject", "file:///C:/bok.xlsx", True),
        ("word/document.xml", "hyperlink", "https://example.se/", False),
    ],
)
def test_what_leads_outside_is_told_and_never_fetched(
    part: str, kind: str, target: str, *, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("socket.socket.connect", never)
    data = linked(ANSWERED, part, kind, target)
    assert identify(data).remarks == (("file-external",) if told else ())
    assert texts(read(data, ASKED)) == {TEXT: "svar"}
