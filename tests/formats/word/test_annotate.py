"""A partner's file with comments of ours.

1. Each comment stands at the answer it is about, whatever key found it; what has no place stands at the title.
2. Nothing else in the file is changed, whichever program saved it; validators find nothing; LibreOffice shows the comments
   and loses no word.
3. What we said is not read as the partner's words; what the partner answers is.
4. Said again, our own comments are renewed; a partner's stay.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from lxml import etree

from docgen.formats.base import Remark
from docgen.formats.opc import XmlElement, open_package
from docgen.formats.word.annotate import annotate
from docgen.formats.word.reader import identify, read
from docgen.formats.word.writer import write
from docgen.values import Address
from tests.formats.samples import document, with_values
from tests.formats.word import edits, lint
from tests.formats.word.edits import W, every, found, members, snippet, xml
from tests.formats.word.test_round_trip import values_of
from tests.judges import libreoffice, ooxml

ASKED = document()
FILLED = write(with_values(ASKED, values_of(ASKED)))
BLANK = write(ASKED)
PLAN = "Samverkan i Näs"
COMMENTS = "word/comments.xml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"


def remarks(*keys: str) -> list[Remark]:
    return [Remark(Address.parse(key), f"{key} är fel.\nRätta det.", key) for key in keys]


def of_every_answer() -> list[Remark]:
    return remarks(*(slot.tag for slot in ASKED.slots()))


def commented(data: bytes, said: Sequence[Remark] | None = None) -> bytes:
    made = annotate(data, ASKED, of_every_answer() if said is None else said, PLAN)
    assert made is not None
    return made


def texts(data: bytes) -> dict[str, str]:
    """What each comment says, by its id."""
    root = xml(data, COMMENTS)
    return {
        str(each.get(f"{W}id")): "\n".join(
            "".join(t.text or "" for t in p.iter(f"{W}t")) for p in each.iter(f"{W}p")
        )
        for each in root
    }  # fmt: skip


def anchored(data: bytes) -> dict[str, tuple[XmlElement, XmlElement]]:
    """The first and the last anchor of each comment, by its first words."""
    root = xml(data)
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        ids = [str(each.get(f"{W}id")) for each in root.iter(f"{W}{kind}")]
        assert sorted(ids) == sorted(texts(data)), kind
    starts = {each.get(f"{W}id"): each for each in root.iter(f"{W}commentRangeStart")}
    ends = {each.get(f"{W}id"): each for each in root.iter(f"{W}commentReference")}
    return {text.split(" ")[0].rstrip(":"): (starts[number], ends[number]) for number, text in texts(data).items()}


def row_of(element: XmlElement) -> XmlElement:
    return next(element.iterancestors(f"{W}tr"))


def as_strict(data: bytes) -> bytes:
    spaces = {
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/drawingml/2006/main": b"http://purl.oclc.org/ooxml/drawingml/main",
    }
    parts = members(data)
    for old, new in spaces.items():
        parts = {name: part.replace(old, new) for name, part in parts.items()}
    return edits.pack(parts)


# 1


def test_each_comment_stands_at_its_answer() -> None:
    """Around the control; where a control spans paragraphs, or an answer has several, in its row or the label's above."""
    data = commented(FILLED)
    places = anchored(data)
    assert set(places) == {slot.tag for slot in ASKED.slots()}
    root = xml(data)
    for slot in ASKED.slots():
        start, end = (each.getroottree().getpath(each) for each in places[slot.tag])
        controls = every(root, f"//w:sdt[w:sdtPr/w:tag[@w:val='{slot.tag}' or starts-with(@w:val, '{slot.tag}#')]]")
        rows = {row_of(each).getroottree().getpath(row_of(each)) for each in controls}
        if slot.spec.type == "paragraph":  # its label is beside it, or in the row above
            rows |= {path for row in rows if (path := row.replace("tr[2]", "tr[1]"))}
            assert not any(each in start for each in (root.getroottree().getpath(one) for one in controls))
        assert any(start.startswith(row + "/") for row in rows), slot.tag
        assert any(end.startswith(row + "/") for row in rows), slot.tag
    text = places["sample.text"][0].getnext()
    assert text is not None
    assert found(text, "w:sdtPr/w:tag").get(f"{W}val") == "sample.text"


def stripped(data: bytes) -> bytes:
    return edits.edit(data, edits.strip_controls)


def bare(data: bytes) -> bytes:
    return edits.edit(stripped(data), edits.strip_bookmarks)


@pytest.mark.parametrize("change", [stripped, bare], ids=["bookmarks", "places"])
def test_each_comment_stands_in_its_cell_where_controls_are_gone(change: Callable[[bytes], bytes]) -> None:
    before, data = change(FILLED), commented(change(FILLED))
    answers = {str(each.address): each.raw.text for each in read(before, ASKED).found}
    assert len(answers) == len(list(ASKED.slots()))
    for key, (start, end) in anchored(data).items():
        cell = next(start.iterancestors(f"{W}tc"))
        assert cell is next(end.iterancestors(f"{W}tc"))
        words = "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in cell.iter(f"{W}p"))
        assert answers[key].replace("\t", "") in words, key


def test_an_answer_that_was_dragged_out_of_its_table_gets_its_comment_where_it_is() -> None:
    def drag(root: XmlElement) -> None:
        control = edits.control(root, "sample.text")
        paragraph = snippet("<w:p/>")
        paragraph.append(control)
        every(root, "//w:body/w:p")[-1].addnext(paragraph)

    start, _ = anchored(commented(edits.edit(FILLED, drag)))["sample.text"]
    assert found(start.getnext(), "w:sdtPr/w:tag").get(f"{W}val") == "sample.text"  # type: ignore[arg-type]
    assert not [*start.iterancestors(f"{W}tbl")]


def wrapped(data: bytes) -> bytes:
    """As Google Docs saves it: no control of ours, its own around every table, row, cell and run."""

    def wrap(root: XmlElement) -> None:
        for number, each in enumerate(every(root, "//w:tbl | //w:tr | //w:tc | //w:tc//w:r")):
            around = snippet(f"<w:sdt><w:sdtPr><w:tag w:val='goog_rdk_{number}'/></w:sdtPr><w:sdtContent/></w:sdt>")
            each.addprevious(around)
            around[1].append(each)

    return edits.edit(bare(data), wrap)


def test_each_comment_stands_in_its_cell_where_another_program_put_its_own_controls() -> None:
    data = commented(wrapped(FILLED))
    answers = {str(each.address): each.raw.text for each in read(wrapped(FILLED), ASKED).found}
    assert len(answers) == len(list(ASKED.slots()))
    for key, (start, end) in anchored(data).items():
        cell = next(start.iterancestors(f"{W}tc"))
        assert cell is next(end.iterancestors(f"{W}tc"))
        words = "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in cell.iter(f"{W}p"))
        assert answers[key].replace("\t", "") in words, key
    assert read(data, ASKED) == read(wrapped(FILLED), ASKED)


def test_of_a_row_or_table_the_first_answer_and_of_the_file_the_title() -> None:
    told = [
        Remark(Address("tables.cards", 2), "rad", "Risk 2"),
        Remark(Address("tables.cards"), "tabell", "Risker"),
        Remark(Address("signing"), "avsnitt", "Till sist"),
        Remark(None, "filen", "Arbetsboken"),
        Remark(Address("gone.field"), "borta", "Borta"),
    ]
    data = commented(FILLED, told)
    said = list(texts(data).values())
    assert said == ["Risk 2: rad", "Risker: tabell", "Till sist: avsnitt", "Arbetsboken: filen", "Borta: borta"]
    starts = {each.get(f"{W}id"): each for each in xml(data).iter(f"{W}commentRangeStart")}
    tags = [found(starts[str(number)].getnext(), "w:sdtPr/w:tag").get(f"{W}val") for number in range(3)]  # type: ignore[arg-type]
    assert tags == ["tables.cards[2].text", "tables.cards[1].text", "signing.place"]
    for number in ("3", "4"):
        style = found(starts[number].getparent(), "w:pPr/w:pStyle")  # type: ignore[arg-type]
        assert style.get(f"{W}val") == "Title"


def test_a_file_that_somebody_emptied_gets_its_comment_all_the_same() -> None:
    def clear(root: XmlElement) -> None:
        for each in every(root, "//w:body/*[not(self::w:sectPr)]"):
            each.getparent().remove(each)  # type: ignore[union-attr]

    data = commented(edits.edit(FILLED, clear), [Remark(None, "filen är tom")])
    assert list(texts(data).values()) == ["filen är tom"]
    assert len(anchored(data)) == 1


def test_what_is_no_office_open_xml_takes_no_comments() -> None:
    """An OpenDocument text names its main part by its place, not in relationships."""
    odt = edits.pack({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("docgen.formats.word.package.body", lambda _: pytest.fail("it has no body of Word's"))
        patch.setattr("docgen.formats.word.package.open_word", open_package)
        assert annotate(odt, ASKED, of_every_answer(), PLAN) is None


# 2


def without_comments(root: XmlElement) -> bytes:
    """A main part without the anchors of comments."""
    for each in every(root, "//w:commentRangeStart | //w:commentRangeEnd | //w:r[w:commentReference]"):
        each.getparent().remove(each)  # type: ignore[union-attr]
    return etree.tostring(root, method="c14n")


@pytest.mark.parametrize("data", [FILLED, BLANK, stripped(FILLED), bare(BLANK)], ids=["full", "blank", "marks", "bare"])
def test_nothing_else_is_changed(data: bytes) -> None:
    old, new = members(data), members(commented(data))
    touched = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert {name for name in new if new[name] != old.get(name)} == {COMMENTS, *touched}
    assert set(old) <= set(new)
    assert without_comments(xml(commented(data))) == etree.tostring(xml(data), method="c14n")
    assert commented(data) == commented(data)


def test_validators_and_our_lint_find_nothing(tmp_path: Path) -> None:
    files = {"full": FILLED, "blank": BLANK, "bare": bare(FILLED), "again": commented(FILLED)}
    for name, data in files.items():
        (tmp_path / f"{name}.docx").write_bytes(commented(data))
        assert lint.faults(commented(data)) == []
    assert ooxml.findings(*(tmp_path / f"{name}.docx" for name in files)) == ()


def test_a_strict_file_stays_strict() -> None:
    strict = as_strict(FILLED)
    data = commented(strict)
    parts = members(data)
    assert not any(b"schemas.openxmlformats.org/wordprocessingml" in parts[name] for name in (COMMENTS, edits.DOCUMENT))
    assert b"purl.oclc.org/ooxml/officeDocument/relationships/comments" in parts["word/_rels/document.xml.rels"]
    reading = read(data, ASKED)
    assert reading == read(FILLED, ASKED)
    assert members(commented(data))[COMMENTS] == parts[COMMENTS]


def test_the_macros_of_a_docm_stay() -> None:
    types = members(FILLED)["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    data = commented(edits.pack({**members(FILLED), "[Content_Types].xml": types, "word/vbaProject.bin": b"makro"}))
    assert members(data)["word/vbaProject.bin"] == b"makro"
    assert b"macroEnabled" in members(data)["[Content_Types].xml"]
    assert len(texts(data)) == len(list(ASKED.slots()))


def test_libreoffice_shows_every_comment_and_loses_no_word(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("plain.docx", "said.docx", "blank.docx", "blank-said.docx")]
    for file, data in zip(files, (FILLED, commented(FILLED), BLANK, commented(BLANK)), strict=True):
        file.write_bytes(data)
    plain, said, blank, blank_said = (each.read_bytes() for each in libreoffice.convert(files, "docx", tmp_path / "lo"))
    for one, other in ((plain, said), (blank, blank_said)):
        assert sorted(texts(other).values()) == sorted(texts(commented(FILLED)).values())
        before, after = read(one, ASKED), read(other, ASKED)
        assert {each.address: each.raw.text for each in after.found} == {
            each.address: each.raw.text for each in before.found
        }
        assert after.unplaced == before.unplaced


def test_a_file_that_libreoffice_saved_gets_comments_and_no_fault(tmp_path: Path) -> None:
    """Whatever validators hold against the file itself, they hold nothing more against the copy."""
    (tmp_path / "filled.docx").write_bytes(FILLED)
    (saved,) = libreoffice.convert([tmp_path / "filled.docx"], "docx", tmp_path / "lo")
    data = commented(saved.read_bytes())
    assert len(anchored(data)) == len(list(ASKED.slots()))
    assert read(data, ASKED) == read(saved.read_bytes(), ASKED)
    (tmp_path / "copy.docx").write_bytes(data)
    old, new = ({(each.rule, each.where) for each in ooxml.findings(file)} for file in (saved, tmp_path / "copy.docx"))
    assert {rule for rule, _ in new} <= {rule for rule, _ in old}
    assert len(new) <= len(old)


# 3


def test_our_comments_are_not_read_as_the_partners() -> None:
    data = commented(FILLED)
    assert read(data, ASKED) == read(FILLED, ASKED)
    assert "file-comments" not in identify(data).remarks


@pytest.mark.parametrize("what", ["author", "initials", "words", "new"])
def test_what_a_partner_says_in_a_comment_is_told(what: str) -> None:
    def change(root: XmlElement) -> None:
        first = root[0]
        if what == "words":
            found(first, ".//w:t").text = "Nej, det stämmer."
        elif what == "new":
            answer = "<w:p><w:r><w:t>Nu är det rättat.</w:t></w:r></w:p>"
            root.append(snippet(f"<w:comment w:id='900' w:author='Anna' w:initials='A'>{answer}</w:comment>"))
        else:
            first.set(f"{W}{what}", "Anna")

    data = edits.edit(commented(FILLED), change, COMMENTS)
    (told,) = read(data, ASKED).unplaced
    wanted = {"words": "Nej, det stämmer.", "new": "Nu är det rättat."}.get(what, of_every_answer()[0].text)
    assert told.text.replace("\n", "").startswith(wanted.replace("\n", "")[:12])
    assert "file-comments" in identify(data).remarks


# 4


def test_said_again_our_own_are_renewed_and_a_partners_stay() -> None:
    own = "<w:comment w:id='7' w:author='Anna' w:initials='A'><w:p><w:r><w:t>Min fråga</w:t></w:r></w:p></w:comment>"
    first = edits.edit(
        commented(FILLED, remarks("sample.text", "sample.date")), lambda root: root.append(snippet(own)), COMMENTS
    )

    def anchor(root: XmlElement) -> None:
        paragraph = every(root, "//w:body/w:p")[1]
        paragraph.append(snippet("<w:r><w:commentReference w:id='7'/></w:r>"))

    first = edits.edit(first, anchor)
    data = commented(first, remarks("sample.date"))
    assert sorted(texts(data).values()) == sorted(["Min fråga", remarks("sample.date")[0].text])
    references = [str(each.get(f"{W}id")) for each in xml(data).iter(f"{W}commentReference")]
    assert sorted(references) == sorted(texts(data))
    assert len(set(references)) == 2


def test_a_comment_of_ours_that_was_answered_stays() -> None:
    w14 = edits.NS["w14"]

    def number(root: XmlElement) -> None:
        for place, comment in enumerate(root):
            found(comment, "w:p[last()]").set(f"{{{w14}}}paraId", f"0000000{place}")

    parts = members(edits.edit(commented(FILLED, remarks("sample.text", "sample.date")), number, COMMENTS))
    threads = (
        f'<w15:commentsEx xmlns:w15="{W15}"><w15:commentEx w15:paraId="00000000"/><w15:commentEx w15:paraId="00000001"/>'
        '<w15:commentEx w15:paraId="0000000A" w15:paraIdParent="00000000"/></w15:commentsEx>'
    )
    rels = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="ex" Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended"'
        b' Target="commentsExtended.xml"/></Relationships>',
    )
    parts |= {"word/commentsExtended.xml": threads.encode(), "word/_rels/document.xml.rels": rels}
    data = commented(edits.pack(parts), remarks("sample.paragraph"))
    assert [text.split(" ")[0] for text in texts(data).values()] == ["sample.text", "sample.paragraph"]
    left = [each.get(f"{{{W15}}}paraId") for each in xml(data, "word/commentsExtended.xml")]
    assert left == ["00000000", "0000000A"]
