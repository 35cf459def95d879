"""The second blueprint goes out and comes back, too: nothing in docgen knows the first one.

R1  A token typed into every text control and every input cell comes back once, under its key, in both languages.
R2  Validators find no error in what is built, the letter is one page, and no page is nearly empty.
R3  A file in which nothing but a default stands does not take the place of an older one that was filled in.
"""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from docgen import build
from docgen.layout import lay_out
from docgen.response import Answer, Response, Source
from docgen.rounds import Built
from docgen.submission import assemble
from docgen.values import Address, Value
from tests.conftest import BLUEPRINTS
from tests.filler.docx import Docx
from tests.filler.xlsx import Xlsx
from tests.judges import libreoffice, ooxml, pages, verapdf
from tests.test_whole_plan import answers_by_key, built_file, fill_texts, input_cells, read_one

SETTINGS = {
    "funder": "The Sample Fund for Culture",
    "call": "Shared Stages 2027",
    "period": "2027/2029",
    "earliest_start": "2027-Q2",
    "reply_by": "2026-11-30",
}
PARTNERS = ("brightwater-archive", "teater-lyskraft")  # in English and in Swedish


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Built:
    name = BLUEPRINTS / "joint-application"
    folder = tmp_path_factory.mktemp("application") / "round"
    return build(name.with_suffix(".yaml"), name.with_suffix(".partners.csv"), folder, SETTINGS)


@pytest.mark.parametrize("partner", PARTNERS)
def test_every_text_control_comes_back_under_its_key(partner: str, application: Built, tmp_path: Path) -> None:
    """R1"""
    docx = Docx(built_file(application, partner, ".docx"))
    typed = fill_texts(docx)
    data = read_one(docx.save(tmp_path / "svar.docx"), application)
    assert len(typed) > 40
    assert answers_by_key(data) == typed
    assert data["unplaced"] == []


@pytest.mark.parametrize("partner", PARTNERS)
def test_every_input_cell_comes_back_once(partner: str, application: Built, tmp_path: Path) -> None:
    """R1"""
    xlsx = Xlsx(built_file(application, partner, ".xlsx"))
    typed = []
    for number, cell in enumerate(input_cells(xlsx)):
        typed.append(f"Cell{number:04d} å–ö")
        xlsx.write(cell.sheet, cell.ref, typed[-1])
    data = read_one(xlsx.save(tmp_path / "svar.xlsx"), application)
    found = answers_by_key(data)
    assert found.pop("funding.overhead_rate") == "0.07"  # printed, and not to be changed
    assert sorted(found.values()) == sorted(typed)
    assert data["unplaced"] == []


def test_validators_find_no_error(application: Built) -> None:
    """R2"""
    files = [application.folder / name for name in application.files]
    assert ooxml.findings(*(file for file in files if file.suffix in {".docx", ".xlsx"})) == ()
    letters = [file for file in files if file.suffix == ".pdf"]
    assert verapdf.findings(*letters, profile="ua1") == ()
    assert [pages.page_count(letter) for letter in letters] == [1] * 6


def test_no_page_is_nearly_empty(application: Built, tmp_path: Path) -> None:
    """R2"""
    files = [built_file(application, partner, suffix) for partner in PARTNERS for suffix in (".docx", ".xlsx")]
    for source, pdf in zip(files, libreoffice.convert(files, "pdf", tmp_path), strict=True):
        for number, page in enumerate(pages.text(pdf).split("\f")[:-1], start=1):
            assert len(page.split()) > 25, f"{source.name}, page {number} is nearly empty"


def response(application: Built, file: str, month: int, answers: dict[str, Value]) -> Response:
    document = lay_out(application.round, application.round.partners[0], "budget")
    found = tuple(Answer(Address.parse(key), value, None, Source(key, "name", 1.0)) for key, value in answers.items())
    saved = datetime.datetime(2027, month, 1, tzinfo=datetime.UTC)
    return Response(file, document, found, modified=saved)


def test_a_default_alone_takes_no_older_answers_place(application: Built) -> None:
    """R3"""
    rate: dict[str, Value] = {"funding.overhead_rate": Decimal("0.07")}
    own: dict[str, Value] = {"funding.own_2027": Decimal(10_000)}
    older, newer = response(application, "a.xlsx", 1, rate | own), response(application, "b.xlsx", 2, rate)
    (submission,) = assemble(application.round, [newer, older])
    assert submission.values() == {Address.parse(key): value for key, value in (rate | own).items()}
    assert submission.older == ()
    (alone,) = assemble(application.round, [newer])
    assert alone.values() == {Address.parse(key): value for key, value in rate.items()}
