"""Files of OpenDocument as a whole: which they are, whose, what is refused and why.

R1  What a file is, is told by what is in it: a text is read, flat or zipped; a spreadsheet, an encrypted or damaged
    file is refused by name with what to do.
R2  Identity by the custom properties, else by the visible reference; marks that disagree are all told.
R3  Macros, tracked changes, comments and references outside are remarked; nothing is fetched.
R4  A hostile file is refused by name within a second and 200 MB, as one among others.
"""

import datetime
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from docgen.errors import UnreadableFile
from docgen.formats import FORMATS, format_of
from docgen.formats.odf import MAX_TAGS
from docgen.formats.saved import saved_at
from docgen.formats.word.package import MAX_BLOCKS
from docgen.formats.word.reader import identify, read
from tests.formats.samples import IDENTITY
from tests.formats.word import odts
from tests.formats.word.odts import ASKED, pack, paragraph, workbook

PROPERTIES = {
    f"docgen-{name}": getattr(IDENTITY, name)
    for name in ("blueprint", "version", "hash", "round", "partner", "document")
}
FOOTER = f"<style:footer><text:p>Referens {IDENTITY.round}/{IDENTITY.partner}/{IDENTITY.document}<text:tab/>Sida 1</text:p></style:footer>"


def flat(body: str, meta: str = "", master: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {odts.NAMESPACES} office:mimetype="{odts.MEDIA_TYPE}">'
        f"<office:meta>{meta}</office:meta><office:master-styles><style:master-page>{master}</style:master-page>"
        f"</office:master-styles><office:body><office:text>{body}</office:text></office:body></office:document>"
    ).encode()


def refusal(data: bytes, name: str = "svar.odt") -> str:
    with pytest.raises(UnreadableFile) as refused:
        format_of(data, name).read(data, ASKED)
    (problem,) = refused.value.problems
    return problem.code


PLAIN = (
    f"<manifest:manifest {odts.NAMESPACES}><manifest:file-entry manifest:full-path='content.xml'/></manifest:manifest>"
)
ENCRYPTED = PLAIN.replace("/></", "><manifest:encryption-data/></manifest:file-entry></")

# R1


@pytest.mark.parametrize("name", ["svar.odt", "svar.ott", "svar.docx", "svar.ods", "svar"])
@pytest.mark.parametrize(
    "data",
    [pack(workbook()), pack(workbook(), media_type=f"{odts.MEDIA_TYPE}-template"), flat(workbook())],
    ids=["zip", "template", "flat"],
)
def test_what_is_in_a_file_says_what_it_is(data: bytes, name: str) -> None:
    assert format_of(data, name).name == "word"


def test_it_is_read_and_is_none_of_the_files_we_write() -> None:
    found = format_of(pack(workbook()), "svar.odt")
    assert (found.name, found.suffix) == ("word", ".odt")
    assert found not in FORMATS.values()


def test_a_manifest_may_bring_a_doctype() -> None:
    """As ODF 1.0 wrote it, and abiword does: it is only looked at for encryption, never parsed."""
    old = f'<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd">{PLAIN}'
    assert format_of(pack(workbook(), {"META-INF/manifest.xml": old}), "svar.odt").name == "word"


def test_a_flat_file_is_read_whole() -> None:
    marks = "".join(
        f'<meta:user-defined meta:name="{name}">{value}</meta:user-defined>' for name, value in PROPERTIES.items()
    )
    data = flat(
        workbook({"text": paragraph("platt")}), marks, "<style:header><text:p>i sidhuvudet</text:p></style:header>"
    )
    reading = read(data, ASKED)
    assert [each.raw.text for each in reading.found if not each.raw.empty] == ["platt"]
    assert [each.text for each in reading.unplaced] == ["i sidhuvudet"]
    assert identify(data).partner == IDENTITY.partner


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (pack(odts.content("<table:table/>", "spreadsheet")), "file-ods"),
        (pack(odts.content("", "presentation")), "file-kind"),
        (pack("<office:document-content-is-ciphertext", {"META-INF/manifest.xml": ENCRYPTED}), "file-encrypted"),
        (pack(workbook())[:-200], "file-damaged"),
        (pack(odts.content(workbook())[:-30]), "file-damaged"),
        (pack(f"<office:document-content {odts.NAMESPACES}/>"), "file-damaged"),
        (pack(workbook(), {"styles.xml": "<"}), "file-damaged"),
        (flat(workbook())[:-30], "file-damaged"),
        (b"<?xml version='1.0'?><a>office:document</a>", "file-text-named-office"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_a_file_says_when_it_was_saved() -> None:
    said = "<dc:date>2027-03-04T05:06:07.123456789</dc:date>"
    moment = datetime.datetime(2027, 3, 4, 5, 6, 7, tzinfo=datetime.UTC)
    assert saved_at(pack(workbook(), {"meta.xml": odts.meta({}, said)})) == moment
    assert saved_at(flat(workbook(), said)) == moment
    assert saved_at(flat(workbook(), "", f"<office:annotation>{said}</office:annotation>")) is None
    assert saved_at(pack(workbook())) is None


# R2


def test_custom_properties_say_which_file_it_is() -> None:
    others = {"round": "ffffffffff", "docgen-else": "x"}
    marks = identify(pack(workbook(), {"meta.xml": odts.meta({**PROPERTIES, **others})}))
    assert replace(marks, remarks=(), claims=()) == replace(marks, **{name.removeprefix("docgen-"): value for name, value in PROPERTIES.items()}, remarks=(), claims=())  # fmt: skip
    assert marks.remarks == ("file-lost-marks",)


@pytest.mark.parametrize("where", ["footer", "body"])
def test_the_visible_reference_is_enough(where: str) -> None:
    reference = f"Referens {IDENTITY.round}/{IDENTITY.partner}/{IDENTITY.document}"
    after = f"<text:p>{reference}</text:p><text:p>Nästa stycke</text:p>"
    data = pack(workbook(), {"styles.xml": odts.styles(FOOTER)}) if where == "footer" else pack(workbook(after=after))
    marks = identify(data)
    assert (marks.round, marks.partner, marks.document) == (IDENTITY.round, IDENTITY.partner, IDENTITY.document)


def test_marks_that_disagree_are_all_told() -> None:
    properties = {**PROPERTIES, "docgen-partner": "regionen"}
    marks = identify(pack(workbook(), {"meta.xml": odts.meta(properties), "styles.xml": odts.styles(FOOTER)}))
    assert {partner for _, partner, _ in marks.claims} == {"regionen", IDENTITY.partner}


def test_a_tag_that_is_left_is_no_lost_mark() -> None:
    control = paragraph('<loext:content-control loext:tag="s.text">a</loext:content-control>')
    whole = {"meta.xml": odts.meta(PROPERTIES)}
    assert identify(pack(workbook({"text": control}), whole)).remarks == ()


# R3


@pytest.mark.parametrize(
    ("body", "parts", "remark"),
    [
        ("", {"Basic/Standard/Module1.xml": "<a/>"}, "file-macros"),
        ("", {"Scripts/python/x.py": "print()"}, "file-macros"),
        (
            '<text:section><text:section-source xlink:href="https://exempel.se/a.odt"/></text:section>',
            {},
            "file-external",
        ),
        (
            paragraph('<draw:frame><draw:image xlink:href="https://exempel.se/a.png"/></draw:frame>'),
            {},
            "file-external",
        ),
    ],
)
def test_what_a_file_brings_along_is_remarked(body: str, parts: dict[str, str], remark: str) -> None:
    assert identify(pack(workbook(after=body), parts)).remarks == (remark, "file-lost-marks")


def test_what_a_program_is_known_to_do_to_answers_is_told() -> None:
    """LibreOffice 7 moves line breaks in a control to its beginning (facts of Word: what survives a save elsewhere)."""
    broken = workbook({"text": paragraph("<text:line-break/><text:text-input>ettvå</text:text-input>")})
    clipped = workbook({"text": paragraph("<text:text-input>ett 😀</text:text-input>vå")})
    whole = workbook({"text": paragraph("<text:text-input>ett 😀</text:text-input>")})
    for generator, told in (
        ("LibreOffice/7.4.7.2$Linux_X86_64", ["saved-by-libreoffice"]),
        ("LibreOffice/24.8.4.2$Windows", []),
    ):
        meta = odts.meta({}, f"<meta:generator>{generator}</meta:generator>")
        for body in (broken, clipped):
            assert [each.code for each in read(pack(body, {"meta.xml": meta}), ASKED).problems] == told
        assert read(pack(whole, {"meta.xml": meta}), ASKED).problems == ()


def test_a_link_that_a_person_follows_is_nothing_to_remark() -> None:
    link = paragraph(
        '<text:a xlink:href="https://exempel.se">här</text:a><draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame>'
    )
    assert identify(pack(workbook(after=link))).remarks == ("file-lost-marks",)


# R4

BOMB = "<!DOCTYPE a [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{number} '{f'&a{number - 1};' * 10}'>" for number in range(1, 10)
)
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "entities": (lambda: pack(f"{BOMB}]>{odts.content(paragraph('&a9;'))}"), "file-hostile"),
    "doctype": (lambda: pack(f"<!DOCTYPE a>{odts.content(workbook())}"), "file-hostile"),
    "external entity": (lambda: pack(f"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>{odts.content(paragraph('&x;'))}"), "file-hostile"),
    "blanks": (lambda: pack(paragraph(f'<text:s text:c="{10**9}"/>')), "file-hostile"),
    "many blanks": (lambda: pack(paragraph('<text:s text:c="9999"/>' * 1000)), "file-hostile"),
    "columns": (lambda: pack(odts.table_of(f"<table:table-row><table:table-cell table:number-columns-repeated='{10**6}'/></table:table-row>")), "file-hostile"),
    "rows": (lambda: pack(odts.table_of(f"<table:table-row table:number-rows-repeated='{10**6}'><table:table-cell/></table:table-row>")), "file-hostile"),
    "cells": (lambda: pack(odts.table_of("<table:table-row table:number-rows-repeated='999'><table:table-cell table:number-columns-repeated='999'/></table:table-row>")), "file-hostile"),
    "a long row many times": (lambda: pack(odts.table_of(f"<table:table-row table:number-rows-repeated='999'><table:table-cell>{'<text:p/>' * 20_000}</table:table-cell></table:table-row>")), "file-hostile"),
    "a long text many times": (lambda: pack(odts.table_of(f"<table:table-row><table:table-cell table:number-columns-repeated='999'><text:p>{'ord ' * 10**5}</text:p></table:table-cell></table:table-row>")), "file-hostile"),
    "20,000 rows": (lambda: pack(odts.table_of(odts.row(paragraph("x")) * 20_000)), "file-hostile"),
    "rows in small portions": (lambda: pack(workbook(grid=odts.HEAD + "<table:table-row table:number-rows-repeated='9'><table:table-cell/></table:table-row>" * 2_000)), "file-hostile"),
    "endless count": (lambda: pack(paragraph(f'<text:s text:c="{"9" * 5000}"/>')), "file-hostile"),
    "paragraphs": (lambda: pack("<text:p/>" * (MAX_BLOCKS + 1)), "file-hostile"),
    "a million paragraphs": (lambda: pack("<text:p/>" * 10**6), "file-hostile"),
    "a million empty cells": (lambda: pack(odts.table_of("<table:table-row>" + "<table:table-cell/>" * 10**6 + "</table:table-row>")), "file-hostile"),
    "styles": (lambda: pack(workbook(), {"styles.xml": f"<a>{'<b/>' * (MAX_TAGS + 1)}</a>"}), "file-hostile"),
    "deep": (lambda: pack("<text:section>" * 100_000 + "</text:section>" * 100_000), "file-hostile"),
    "deeper than a parser goes": (lambda: pack("<text:section>" * 300 + "</text:section>" * 300), "file-damaged"),
    "zip bomb": (lambda: pack("<text:p>" + " " * 63 * 2**20 + "</text:p>"), "file-hostile"),
    "flat": (lambda: flat("<text:p/>" * 10**6), "file-hostile"),
}  # fmt: skip


MEASURE = """
import re, sys, time
from docgen.errors import UnreadableFile
from docgen.formats import FORMATS, format_of
from tests.formats.word.odts import ASKED
data = open(sys.argv[1], "rb").read()
start = time.process_time()
try:
    format_of(data, "a.odt").identify(data)
    format_of(data, "a.odt").read(data, ASKED)
except UnreadableFile as error:
    print(error.problems[0].code, end=" ")
print(time.process_time() - start, int(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1]) // 1024)
"""


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_quickly(case: str, tmp_path: Path) -> None:
    make, code = HOSTILE[case]
    (tmp_path / "a.odt").write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, tmp_path / "a.odt"], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    said, seconds, megabytes = done.stdout.split()
    assert said == code
    assert float(seconds) < 1
    assert int(megabytes) < 200


def test_what_a_long_honest_text_holds_is_read() -> None:
    """Limits leave room: the deepest nesting a parser lets through, and a table of two thousand rows,
    a text of 200,000 characters."""
    deep = "<text:span>" * 200 + "svar" + "</text:span>" * 200
    rows = "".join(odts.row(paragraph(str(number)), paragraph("x"), paragraph("7")) for number in range(1, 2001))
    long = paragraph('a<text:s text:c="20"/>' + "ord " * 50_000)
    reading = read(pack(workbook({"text": paragraph(deep), "story": long}, grid=odts.HEAD + rows)), ASKED)
    assert sum(not each.raw.empty for each in reading.found) == 2 + 4000
    assert reading.unplaced == ()


def test_sections_lists_and_boxes_may_nest_as_deep_as_a_parser_lets_them() -> None:
    box = "<text:p><draw:frame><draw:text-box>", "</draw:text-box></draw:frame></text:p>"
    for start, end in (
        ("<text:section>", "</text:section>"),
        ("<text:list><text:list-item>", "</text:list-item></text:list>"),
        box,
    ):
        times = 245 // start.count("<")
        reading = read(pack(start * times + paragraph("innerst") + end * times), ASKED)
        assert [each.text for each in reading.unplaced if each.text] == ["innerst"]


def test_a_member_named_as_an_ods_is_not_what_decides(tmp_path: Path) -> None:
    """A zip of any files, one of them a workbook, is no workbook."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("svar.odt", pack(workbook()))
    assert refusal((tmp_path / "a.zip").read_bytes()) == "file-zip"
