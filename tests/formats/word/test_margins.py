"""Comments, notes, boxes and pictures: each is told with a place that a person finds."""

import pytest

from docgen.formats.opc import XmlElement
from docgen.formats.word.reader import read
from docgen.response import Reading
from tests.formats.word import edits
from tests.formats.word.edits import control, found, snippet, type_into
from tests.formats.word.test_reading import ASKED, BLANK, RUN, texts

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACE = f'xmlns:w="{edits.NS["w"]}"'


def with_part(data: bytes, kind: str, content: str) -> bytes:
    """A part such as word/comments.xml, and the relationship to it."""
    parts = edits.members(data)
    rels = "word/_rels/document.xml.rels"
    link = f'<Relationship Id="{kind}1" Type="{REL}/{kind}" Target="{kind}.xml"/></Relationships>'
    parts[rels] = parts[rels].replace(b"</Relationships>", link.encode())
    parts[f"word/{kind}.xml"] = f"<w:{kind} {SPACE}>{content}</w:{kind}>".encode()
    return edits.pack(parts)


def comment(text: str, number: int = 7) -> str:
    return f"<w:comment w:id='{number}' w:author='A'><w:p>{RUN.format(text)}</w:p></w:comment>"


def anchored(element: XmlElement, number: int = 7, until: XmlElement | None = None) -> None:
    """A comment about an element (or all up to another), as Word anchors it."""
    last = element if until is None else until
    element.addprevious(snippet(f"<w:commentRangeStart w:id='{number}'/>"))
    last.addnext(snippet(f"<w:r><w:commentReference w:id='{number}'/></w:r>"))
    last.addnext(snippet(f"<w:commentRangeEnd w:id='{number}'/>"))


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(each.where, each.text) for each in reading.unplaced]


@pytest.mark.parametrize("filled_in", [True, False])
@pytest.mark.parametrize("gone", [False, True])
def test_a_comment_at_an_answer_names_the_answer(*, filled_in: bool, gone: bool) -> None:
    def change(root: XmlElement) -> None:
        if filled_in:
            type_into(root, "sample.grid[2].date", RUN.format("2027-06-30"))
        anchored(control(root, "sample.grid[2].date"))
        if gone:
            edits.strip_controls(root)
            edits.strip_bookmarks(root)

    data = with_part(edits.edit(BLANK, change), "comments", comment("Hinner vi?"))
    reading = read(data, ASKED)
    assert told(reading) == [("Kommentar, Avsnitt 2, vid ”Delmål 2, Senast”", "Hinner vi?")]
    assert texts(reading) == ({"sample.grid[2].date": "2027-06-30"} if filled_in else {})


def test_a_comment_at_printed_words_names_the_words() -> None:
    def change(root: XmlElement) -> None:
        anchored(found(root, "//w:r[w:t='Ort']"))
        anchored(found(root, "//w:p[w:pPr/w:pStyle/@w:val='Heading1'][1]/w:r"), 8)
        own = found(root, "//w:r[w:t[contains(., 'I vår stad vet den')]]")
        anchored(own, 9)

    comments = comment("Vilken?") + comment("Bra fråga", 8) + comment("Stämmer", 9)
    reading = read(with_part(edits.edit(BLANK, change), "comments", comments), ASKED)
    assert told(reading) == [
        ("Kommentar, Avsnitt 1, vid ”1 Frågor av alla slag”", "Bra fråga"),
        ("Kommentar, Avsnitt 1, vid ”I vår stad vet den som utnyttjas vart hen kan vända sig.”", "Stämmer"),
        ("Kommentar, Avsnitt 8b, vid ”Ort”", "Vilken?"),
    ]


def test_a_comment_over_several_paragraphs_and_one_that_is_nowhere() -> None:
    def change(root: XmlElement) -> None:
        first = found(root, "//w:p[.//w:t[contains(., 'Fyra av sex')]]")
        own = snippet(f"<w:p>{RUN.format('Det här är ' + 'mycket ' * 20)}</w:p>")
        first.addnext(own)
        anchored(found(first, "w:r"), until=found(own, "w:r"))

    reading = read(with_part(edits.edit(BLANK, change), "comments", comment("ett") + comment("två", 99)), ASKED)
    place = "Kommentar, Avsnitt 8b, vid ”Fyra av sex har svarat. Det här är mycket mycket mycket myck…”"
    assert told(reading)[1:] == [(place, "ett"), ("Kommentar", "två")]


@pytest.mark.parametrize(("kind", "name"), [("footnotes", "Fotnot"), ("endnotes", "Slutnot")])
def test_notes_name_what_they_stand_at(kind: str, name: str) -> None:
    one = kind.removesuffix("s")
    notes = (
        f"<w:{one} w:type='separator' w:id='0'><w:p>{RUN.format('streck')}</w:p></w:{one}>"
        f"<w:{one} w:id='4'><w:p>{RUN.format('Enligt lag')}</w:p><w:p>{RUN.format('från 2020')}</w:p></w:{one}>"
    )

    def change(root: XmlElement) -> None:
        type_into(root, "sample.grid[1].text", RUN.format("ett") + f"<w:r><w:{one}Reference w:id='4'/></w:r>")

    reading = read(with_part(edits.edit(BLANK, change), kind, notes), ASKED)
    assert told(reading) == [(f"{name}, Avsnitt 2, vid ”Delmål 1, Rubrik på förslaget”", "Enligt lag\nfrån 2020")]
    assert texts(reading) == {"sample.grid[1].text": "ett"}


def test_what_was_typed_in_the_margins_comes_after_the_text_and_comments_where_they_stand() -> None:
    data = edits.edit(BLANK, lambda root: anchored(found(root, "//w:r[w:t='Ort']")))
    data = edits.edit(
        data, lambda root: found(root, "//w:body").insert(0, snippet(f"<w:p>{RUN.format('först')}</w:p>"))
    )
    footer = next(name for name, part in edits.members(data).items() if "footer" in name and b"a1b2c3d4e5" in part)
    data = edits.edit(data, lambda root: root.append(snippet(f"<w:p>{RUN.format('i foten')}</w:p>")), footer)
    reading = read(with_part(data, "comments", comment("mitten")), ASKED)
    assert [text for _, text in told(reading)] == ["först", "mitten", "i foten"]
    assert told(reading)[2][0] == "Sidfoten"
