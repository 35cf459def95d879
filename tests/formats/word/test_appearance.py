"""What goes out, as it is met: on paper, on a screen reader, on a phone, with the tab key.

1. Every word has a contrast of at least 4.5:1 on what it stands on, whatever the theme's colour (WCAG 2.2, 1.4.3).
2. Styles have Word's own names, so that an editor of any language finds its headings, contents and lists.
3. The order of the file is the order of the questions: that is where the tab key and a screen reader go.
4. Whose file it is stands on the cover and on every page, with the page's number; the contents say what the headings do.
5. On a phone everything reflows: nothing has a height it cannot outgrow, a place of its own, or a width but its share.
6. A protected document lets answers be written and nothing else.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from docgen.document import Document, Theme
from docgen.formats.opc import XmlElement
from docgen.formats.word.draw import PHONE_TWIPS
from docgen.formats.word.ooxml import TEXT_WIDTH_TWIPS
from docgen.formats.word.palette import INK, MIN_CONTRAST, WHITE, contrast
from docgen.formats.word.printed import decided
from docgen.formats.word.reader import read
from docgen.formats.word.writer import write
from docgen.layout import lay_out
from docgen.locales import text as say
from docgen.rounds import Built, build
from tests.blueprint.broken import GOOD
from tests.filler.docx import Docx
from tests.formats.samples import document
from tests.formats.word.edits import W, every, found, members, xml
from tests.formats.word.plans import long_plan
from tests.formats.word.test_writing import long_document
from tests.judges import ooxml
from tests.small import SETTINGS, written

COLOURS = ("#0B4F5C", "#FFD400", "#C05000", "#000000", "#FFFFFF", "#77AAFF", "#00FF00")
DOCUMENTS = {"form": document(), "long": long_document(), "en": document("en"), "plan": long_plan()}
BOTH = pytest.mark.parametrize("name", DOCUMENTS)


def words(element: XmlElement) -> str:
    signs = {f"{W}tab": "\t", f"{W}br": "\n"}
    return "".join(signs.get(str(each.tag), each.text or "") for each in element.iter(f"{W}t", *signs))


def value(element: XmlElement, path: str, attribute: str = "val") -> str:
    """An attribute of the first element at a path, "" where there is none."""
    hits = every(element, path)
    return str(hits[0].get(f"{W}{attribute}", "")) if hits else ""


class Styles:
    """What the styles part says of colours and sizes."""

    def __init__(self, data: bytes) -> None:
        self.root = xml(data, "word/styles.xml")
        self._by_id = {str(each.get(f"{W}styleId")): each for each in every(self.root, "w:style")}

    def of(self, style: str, path: str, attribute: str = "val") -> str:
        """A property of a style, inherited from what it is based on."""
        while style:
            said = value(self._by_id[style], path, attribute)
            if said:
                return said
            style = value(self._by_id[style], "w:basedOn")
        return ""


# 1


def inks(data: bytes) -> Iterator[tuple[str, str, str]]:
    """Of every run with words in body, header and footer: its colour, what it stands on, and the words."""
    styles = Styles(data)
    parts = [part for part in members(data) if re.fullmatch(r"word/(document|header\d|footer\d)\.xml", part)]
    for part in parts:
        for run in every(xml(data, part), "//w:r[w:t]"):
            paragraph = next(run.iterancestors(f"{W}p"))
            style, character = value(paragraph, "w:pPr/w:pStyle"), value(run, "w:rPr/w:rStyle")
            colour = (
                value(run, "w:rPr/w:color")
                or (styles.of(character, "w:rPr/w:color") if character else "")
                or styles.of(style, "w:rPr/w:color")
                or INK
            )
            cell = next(run.iterancestors(f"{W}tc"), None)
            under = styles.of(style, "w:pPr/w:shd", "fill")
            under = under or ("" if cell is None else value(cell, "w:tcPr/w:shd", "fill")) or WHITE
            yield colour, under, words(run)


@pytest.mark.parametrize("colour", COLOURS)
@BOTH
def test_every_word_can_be_read(name: str, colour: str) -> None:
    seen = list(inks(write(replace(DOCUMENTS[name], theme=replace(DOCUMENTS[name].theme, colour=colour)))))
    assert len({(ink, under) for ink, under, _ in seen}) >= 6
    assert [each for each in seen if contrast(each[0], each[1]) < MIN_CONTRAST] == []


def test_the_colours_of_a_cell_are_seen() -> None:
    """The test above is no good if it takes everything for white."""
    assert len({under for _, under, _ in inks(write(document()))}) >= 4


# 2


def test_styles_have_words_own_names() -> None:
    """ECMA-376 part 1, 17.7.4.9: the names that every language version of Word knows under its own."""
    wanted = {
        "Normal": "Normal", "Title": "Title", "Subtitle": "Subtitle", "Heading1": "heading 1", "Heading2": "heading 2",
        "Heading3": "heading 3", "TOCHeading": "TOC Heading", "TOC1": "toc 1", "Header": "header", "Footer": "footer",
        "ListBullet": "List Bullet", "ListNumber": "List Number", "Caption": "caption", "Hyperlink": "Hyperlink",
        "PlaceholderText": "Placeholder Text", "TableNormal": "Normal Table",
    }  # fmt: skip
    root = Styles(write(long_document())).root
    named = {str(each.get(f"{W}styleId")): value(each, "w:name") for each in every(root, "w:style")}
    own = {str(each.get(f"{W}styleId")) for each in every(root, "w:style[@w:customStyle]")}
    assert {key: named[key] for key in wanted} == wanted
    assert not own & set(wanted)
    levels = [value(found(root, f"w:style[@w:styleId='Heading{n}']"), "w:pPr/w:outlineLvl") for n in (1, 2, 3)]
    assert levels == ["0", "1", "2"]


@BOTH
def test_every_style_that_is_used_is_there(name: str) -> None:
    data = write(DOCUMENTS[name])
    there = {str(each.get(f"{W}styleId")) for each in every(Styles(data).root, "w:style")}
    used = {str(each.get(f"{W}val")) for each in every(xml(data), "//w:pStyle | //w:rStyle | //w:tblStyle")}
    assert used <= there


# 3


@BOTH
def test_controls_stand_in_the_order_of_the_questions(name: str) -> None:
    asked = DOCUMENTS[name]
    tags = [str(each.get(f"{W}val")).partition("#")[0] for each in every(xml(write(asked)), "//w:sdtPr/w:tag")]
    assert list(dict.fromkeys(tags)) == [slot.tag for slot in asked.slots() if decided(slot)]


def test_a_label_stands_before_its_answer() -> None:
    """In the same row to the left, in the row above, or in the header of the column."""
    root = xml(write(document()))
    elements = list(root.iter())  # kept, so that each stays the same object
    order = {id(each): place for place, each in enumerate(elements)}
    for slot in document().slots():
        control = found(root, f"//w:sdtPr[w:tag[@w:val='{slot.tag}' or starts-with(@w:val, '{slot.tag}#')]]")
        table = next(control.iterancestors(f"{W}tbl"))
        labels = [p for p in table.iter(f"{W}p") if slot.label in words(p) and order[id(p)] < order[id(control)]]
        assert labels, slot.tag


# 4


@BOTH
def test_whose_it_is_on_the_cover_and_every_page_with_its_number(name: str) -> None:
    asked = DOCUMENTS[name]
    data = write(asked)
    body = [words(p) for p in every(xml(data), "//w:body/w:p")]
    assert asked.organisation in body[:5]
    heads = [words(xml(data, part)) for part in members(data) if part.startswith("word/header")]
    assert (asked.title if asked.kind == "plan" else asked.organisation) in "".join(heads)
    footers = [xml(data, part) for part in members(data) if part.startswith("word/footer")]
    assert len(footers) == 2  # of the first page and of the others
    for footer in footers:
        codes = [str(each.text).strip() for each in every(footer, "//w:instrText")]
        assert sorted(codes) == ["NUMPAGES", "PAGE"]


@BOTH
def test_what_to_do_in_protected_view_stands_in_the_first_lines(name: str) -> None:
    body = [words(p) for p in every(xml(write(DOCUMENTS[name])), "//w:body/w:p")]
    assert say(DOCUMENTS[name].language, "word.protected") in body[:5]


def test_the_contents_say_what_the_headings_do() -> None:
    for asked in (long_document(), long_plan()):
        root = xml(write(asked))
        heads, entries = (
            [words(p) for p in every(root, f"//w:p[w:pPr/w:pStyle/@w:val='{style}']")] for style in ("Heading1", "TOC1")
        )
        assert entries == heads
        assert len(heads) == len(asked.sections)


@pytest.mark.parametrize(("facts", "on_the_cover"), [(3, True), (40, False)])
@pytest.mark.parametrize("name", ["long", "plan"])
def test_the_contents_are_never_torn_apart_from_the_cover(name: str, facts: int, on_the_cover: bool) -> None:
    """On the cover if there is room for all of them, and the text begins a page; else they begin the page it begins on."""
    given = replace(DOCUMENTS[name], facts=tuple((f"Uppgift {number}", "svar") for number in range(facts)))
    paragraphs = every(xml(write(given)), "//w:body/w:p[w:pPr/w:pageBreakBefore]")
    assert [value(each, "w:pPr/w:pStyle") for each in paragraphs] == ["Heading1" if on_the_cover else "TOCHeading"]


def test_the_last_row_of_what_grows_is_followed_by_how_to_add_more() -> None:
    asked = document()
    root = xml(write(asked))
    for table in asked.tables():
        last = found(root, f"(//w:tbl[.//w:tag[starts-with(@w:val, '{table.key}[')]])[last()]")
        after = [words(each) for each in every(last, "following-sibling::w:p")[:1]]
        assert any("Behöver ni" in text for text in after) is not table.fixed
        assert table.fixed or len(table.rows) >= 2


# 5


@BOTH
def test_nothing_keeps_a_phone_from_reflowing(name: str) -> None:
    """No exact height, no box or picture with a place of its own, no table within a table, no width but its share."""
    root = xml(write(DOCUMENTS[name]))
    assert every(root, "//w:trHeight[@w:hRule='exact'] | //w:framePr | //w:tblpPr | //w:txbxContent") == []
    assert every(root, "//w:tc//w:tbl") == []
    assert list(root.iter("{*}anchor")) == []
    for table in every(root, "//w:tbl"):
        kind = value(table, "w:tblPr/w:tblW", "type")
        most = {"pct": 5000, "dxa": PHONE_TWIPS}[kind]
        assert int(value(table, "w:tblPr/w:tblW", "w")) <= most
        for row in every(table, "w:tr"):
            widths = [int(value(cell, "w:tcPr/w:tcW", "w")) for cell in every(row, "w:tc")]
            assert {value(cell, "w:tcPr/w:tcW", "type") for cell in every(row, "w:tc")} == {kind}
            assert sum(widths) <= most + len(widths)


@BOTH
def test_no_column_is_too_narrow_and_no_print_too_small(name: str) -> None:
    """Where columns find no room side by side, each row is a card; the smallest print is 9 points."""
    data = write(DOCUMENTS[name])
    answers = every(xml(data), "//w:tc[.//w:sdt]")
    assert min(int(value(cell, "w:tcPr/w:tcW", "w")) for cell in answers) * TEXT_WIDTH_TWIPS / 5000 >= 800
    styles = Styles(data)
    for run in every(xml(data), "//w:r[w:t]"):
        style = value(next(run.iterancestors(f"{W}p")), "w:pPr/w:pStyle")
        character = value(run, "w:rPr/w:rStyle")
        size = (styles.of(character, "w:rPr/w:sz") if character else "") or styles.of(style, "w:rPr/w:sz") or "22"
        assert int(size) >= 18, words(run)


def test_a_logo_is_never_wider_than_a_phone() -> None:
    asked: Document = replace(long_document(), theme=Theme("#0B4F5C", long_document().theme.logo))
    extents = [int(str(each.get("cx"))) for each in xml(write(asked)).iter("{*}extent")]
    assert len(extents) == 1
    assert extents[0] <= 2_880_000  # 8 cm


# 6


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A small round whose workbook is protected."""
    folder = tmp_path_factory.mktemp("guarded")
    blueprint, partners = written(folder)
    assert GOOD.count("format: word\n") == 1
    blueprint.write_text(GOOD.replace("format: word\n", "format: word\n    protected: true\n"), encoding="utf-8")
    return build(blueprint, partners, folder / "round", SETTINGS)


def test_a_protected_document_takes_answers(guarded: Built, tmp_path: Path) -> None:
    """17.15.1.29: forms. What stands in a control can be written; the schema wants it before the default tab stop."""
    (path,) = (guarded.folder / "partners" / "polisen").glob("*.docx")
    settings = xml(path.read_bytes(), "word/settings.xml")
    protection = found(settings, "w:documentProtection")
    assert (protection.get(f"{W}edit"), protection.get(f"{W}enforcement")) == ("forms", "1")
    assert protection.getnext() is found(settings, "w:defaultTabStop")
    docx = Docx(path)
    docx.fill("aims.list[1].what", "Fler samtal")
    asked = lay_out(guarded.round, guarded.round.partner("polisen"), "book")
    filled = docx.save(tmp_path / "filled.docx")
    reading = read(filled.read_bytes(), asked)
    assert [each.raw.text for each in reading.found if not each.raw.empty] == ["Fler samtal"]
    assert reading.unplaced == ()
    assert ooxml.findings(path) == ()


def test_a_protected_document_says_how_rows_are_added_all_the_same(guarded: Built) -> None:
    (path,) = (guarded.folder / "partners" / "polisen").glob("*.docx")
    text = "\n".join(words(p) for p in every(xml(path.read_bytes()), "//w:p"))
    assert "Ta bort skyddet under Granska" in text
    assert "Högerklicka" not in text


def test_no_other_document_is_protected() -> None:
    assert every(xml(write(document()), "word/settings.xml"), "w:documentProtection") == []
