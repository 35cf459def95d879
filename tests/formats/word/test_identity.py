"""Which file this is, when a program has thrown away whatever a person does not see.

The reference stands in the body as well, at the end of the cover block: some programs save neither footer nor properties.
"""

from pathlib import Path

import pytest

from docgen import read
from docgen.document import Document
from docgen.formats.word.reader import identify
from docgen.formats.word.reader import read as read_word
from docgen.formats.word.writer import write
from docgen.rounds import Built
from tests.filler.docx import Docx
from tests.formats.samples import document
from tests.formats.word.edits import W, edit, every, members, pack, snippet, xml
from tests.formats.word.plans import long_plan, plan
from tests.formats.word.test_writing import long_document
from tests.judges.judge import Judge, has_program, require, run
from tests.test_whole_plan import answers_by_key, built_file, fill_texts

PANDOC = Judge("pandoc", lambda: has_program("pandoc"), "apt-get install pandoc")
DOCUMENTS = {"form": document(), "long": long_document(), "en": document("en"), "plan": plan(), "merged": long_plan()}


def without_marks(data: bytes) -> bytes:
    """The file with its body alone: no properties, no part of ours, no header or footer."""
    gone = ("docProps/custom.xml", "customXml/", "word/footer", "word/header")
    parts = {name: part for name, part in members(data).items() if not name.startswith(gone)}
    return pack(parts)


def test_what_pandoc_saves_is_identified_and_read(plan_round: Built, tmp_path: Path) -> None:
    require(PANDOC)
    docx = Docx(built_file(plan_round, "polisen", ".docx"))
    typed = fill_texts(docx)
    filled, saved = docx.save(tmp_path / "filled.docx"), tmp_path / "saved.docx"
    run(["pandoc", filled, "-o", saved])
    bare = tmp_path / "bare.docx"
    bare.write_bytes(without_marks(saved.read_bytes()))
    assert not any("footer" in name for name in members(saved.read_bytes()))
    for file in (saved, bare):
        (result,) = read([file], plan_round.folder)
        data = result.as_json("sv")
        assert (data["partner"], data["document"]) == ("polisen", "plan")
        assert len(set(typed) & set(answers_by_key(data))) > 0.9 * len(typed)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_body_alone_says_which_file_it_is_and_is_read_as_nothing_else(name: str) -> None:
    asked: Document = DOCUMENTS[name]
    data = without_marks(write(asked))
    found = identify(data)
    assert (found.round, found.partner, found.document) == tuple(asked.identity.reference.split("/"))
    assert "file-lost-marks" in found.remarks
    assert read_word(data, asked).unplaced == ()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_stands_once_small_before_the_first_section(name: str) -> None:
    body = every(xml(write(DOCUMENTS[name])), "//w:body/w:p")
    texts = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in body]
    places = [place for place, text in enumerate(texts) if DOCUMENTS[name].identity.reference in text]
    first = next(place for place, p in enumerate(body) if every(p, "w:pPr/w:pStyle[@w:val='Heading1']"))
    assert len(places) == 1
    assert places[0] < first
    assert every(body[places[0]], "w:pPr/w:pStyle[@w:val='Reference']")


def test_a_sentence_about_another_file_is_not_the_reference() -> None:
    """Written above the printed reference, it is somebody's words, and told as such."""
    asked = document()
    words = "<w:p><w:r><w:t>Se även 0123456789/hotellet/plan som vi skickade.</w:t></w:r></w:p>"

    def change(root: object) -> None:
        every(root, "//w:body/w:p")[0].addprevious(snippet(words))  # type: ignore[arg-type]

    data = without_marks(edit(write(asked), change))
    assert identify(data).partner == asked.identity.partner
    assert ["hotellet" in each.text for each in read_word(data, asked).unplaced] == [True]


def test_a_reference_that_somebody_changed_is_told() -> None:
    """At its own place it is ours only as it was printed."""
    asked = document()

    def change(root: object) -> None:
        for t in every(root, "//w:p[w:pPr/w:pStyle/@w:val='Reference']//w:t"):  # type: ignore[arg-type]
            t.text = f"{t.text} (gammal)"

    assert ["(gammal)" in each.text for each in read_word(edit(write(asked), change), asked).unplaced] == [True]
