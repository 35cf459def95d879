"""Fifty organisations' answers, as they come back: twice, renamed, in folders, among files that do not belong.

F1  Of ten that answered twice the newer file counts, by what it says of itself, else by the disk; the older is listed.
F2  Every organisation's answers stand under its name, its references at its own rows, its amounts in the sum.
F3  A file of last year's round, one of another municipality, a damaged one and the merged plan itself are named, each
    with why, on the page and in the terminal, and count for nothing.
F4  Those of whom nothing came are named.
"""

import datetime
import html
import os
import re
import shutil
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from docgen import build, merge
from docgen.blueprint.model import Format
from docgen.document import PARTNER
from docgen.locales import text as say
from docgen.merging import MergedRound
from docgen.plan import plan_document
from docgen.report.terminal import merged_lines
from docgen.rounds import Built
from docgen.values import Address, Reference
from tests.filler.docx import Docx
from tests.filler.package import Package
from tests.filler.pdf import Pdf
from tests.filler.xlsx import Xlsx
from tests.small import SETTINGS, contents, written

ANSWERED = range(1, 49)
TWICE = range(1, 11)
OLD, NEW = 1_800_000_000, 1_810_000_000


def partner(number: int) -> str:
    return f"part-{number}"


def sent(built: Built, number: int, suffix: str) -> Path:
    (path,) = (built.folder / "partners" / partner(number)).glob(f"*{suffix}")
    return path


def place(inbox: Path, number: int, name: str) -> Path:
    """Where a file is put: some lie in folders, and no name says whose it is."""
    folder = inbox / f"vecka {number % 4}" / "mejl" if number % 2 else inbox
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


def saved_at(path: Path, moment: int) -> None:
    """Lets an Office file say when it was saved, as Word does, and the disk something else."""
    package = Package.open(path)
    core = package.xml("docProps/core.xml")
    (modified,) = [each for each in core if str(each.tag).endswith("}modified")]
    modified.text = f"{datetime.datetime.fromtimestamp(moment, tz=datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"
    package.replace("docProps/core.xml", core)
    package.save(path)


def answer_in_word(built: Built, number: int, aim: str, path: Path, moment: int) -> None:
    docx = Docx(sent(built, number, ".docx"))
    docx.fill("aims.list[2].what", aim)
    docx.choose("work.aim", "Delmål 2")
    docx.save(path)
    by_itself = number % 2 == 1
    if by_itself:
        saved_at(path, moment)
    os.utime(path, (OLD + NEW - moment,) * 2 if by_itself else (moment,) * 2)


def answer_in_excel(built: Built, number: int, path: Path) -> None:
    xlsx = Xlsx(sent(built, number, ".xlsx"))
    refs = {name: (cell.sheet, cell.ref) for cell in reversed(xlsx.inputs()) for name in cell.names}
    xlsx.write(*refs["costs_items_kind"], "Pengar")
    xlsx.write(*refs["costs_items_amount"], Decimal(number * 100))
    xlsx.save(path)


def sign(built: Built, number: int, path: Path) -> None:
    with Pdf(sent(built, number, ".pdf")) as pdf:
        pdf.fill(next(field.name for field in pdf.fields() if field.name.endswith("/name")), f"Namn {number}")
        pdf.save(path)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> MergedRound:
    """The round, merged once before the plan itself is laid back into the inbox, then again."""
    folder = tmp_path_factory.mktemp("fifty")
    blueprint, partners = written(folder)
    lines = ["id,name,roles", *(f"{partner(n)},Organisation {n},core" for n in range(1, 51))]
    partners.write_text("\n".join(lines), encoding="utf-8")
    built = build(blueprint, partners, folder / "round", SETTINGS)
    inbox = built.folder / "inbox"
    for number in ANSWERED:
        answer_in_word(built, number, f"Mål {number}", place(inbox, number, f"svar ({number}).docx"), NEW)
        answer_in_excel(built, number, place(inbox, number, f"Kopia av {number}.xlsx"))
    for number in TWICE:
        answer_in_word(built, number, f"Förra målet {number}", place(inbox, number, f"utkast {number}.docx"), OLD)
    for number in (1, 20):
        sign(built, number, place(inbox, number, f"påskrift {number}.pdf"))
    partners.write_text("\n".join((lines[0], lines[49])), encoding="utf-8")
    last_year = build(blueprint, partners, folder / "fjol", {**SETTINGS, "period": "2025/2026"})
    answer_in_word(last_year, 49, "Fjolårets mål", inbox / "från i fjol.docx", NEW)
    elsewhere = build(blueprint, partners, folder / "annan", {**SETTINGS, "town": "Annanstad"})
    answer_in_excel(elsewhere, 49, inbox / "annan kommun.xlsx")
    (inbox / "skadad.docx").write_bytes(sent(built, 50, ".docx").read_bytes()[:9000])
    merge(built.folder)
    for path in (built.folder / "merged").glob("*.[dxp][old][csf]*"):
        shutil.copy2(path, inbox / f"beslut {path.name}")
    return merge(built.folder)


def test_the_newer_counts_and_the_older_is_listed(done: MergedRound) -> None:
    """F1"""
    found = {each.partner.id: each for each in done.merged.submissions}
    what = Address("aims.list", 2, "what")
    assert {id_: each.answers[what].value for id_, each in found.items()} == {partner(n): f"Mål {n}" for n in ANSWERED}
    older = [(id_, each.one.value) for id_, submission in found.items() for each in submission.older]
    assert older == [(partner(n), f"Förra målet {n}") for n in TWICE]
    assert {found.code for found in done.problems()} & {"files-tie", "answers-differ"} == set()


def test_everything_stands_under_its_organisation(done: MergedRound) -> None:
    """F2"""
    aims = done.merged.tables["aims.list"].rows
    assert [(row.number, row.partner.id) for row in aims] == [(n, partner(n)) for n in ANSWERED]
    pointed = {voice.partner.id: voice.value for voice in done.merged.fields["work.aim"].voices}
    assert pointed == {partner(n): Reference("aims.list", n) for n in ANSWERED}
    (items,) = [each for each in plan_document(done.merged, "excel").tables() if each.key == "costs.items"]
    amounts = {row.slots[0].value: row.slots[2].value for row in items.rows}
    assert items.columns[0].key == PARTNER
    assert amounts == {f"Organisation {n}": Decimal(n * 100) for n in ANSWERED}
    (cash,) = [each for each in plan_document(done.merged, "excel").slots() if str(each.address) == "costs.cash"]
    assert cash.value == sum(n * 100 for n in ANSWERED)


# What is said of each file that does not count
OUTSIDE = {
    "från i fjol.docx": ("file-other-round", "Filen hör till en annan omgång: Planperiod 2025–2026."),
    "annan kommun.xlsx": ("file-other-round", "Filen hör till en annan omgång: Kommun Annanstad."),
    "skadad.docx": ("file-damaged", ""),
    "beslut plan.docx": ("file-merged-plan", "Det här är den sammanslagna planen, inte ett svar."),
    "beslut workbook.xlsx": ("file-merged-plan", "Det här är den sammanslagna planen, inte ett svar."),
    "beslut signatures.pdf": ("file-merged-plan", "Det här är den sammanslagna planen, inte ett svar."),
}


def _plain(text: str) -> str:
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", text)).split())


def test_what_does_not_belong_is_named_with_why(done: MergedRound) -> None:
    """F3"""
    outside = dict(done.collected.not_counted())
    assert {file: why[0].code for file, why in outside.items()} == {file: code for file, (code, _) in OUTSIDE.items()}
    page = (done.folder / "report.html").read_text(encoding="utf-8")
    page = _plain(page[page.index('id="not-counted"') :])
    lines = " ".join(" ".join(merged_lines(done, "sv")).split())
    for file, (_, words) in OUTSIDE.items():
        message = words or outside[file][0].message("sv")
        assert [each.message("sv") for each in outside[file]] == [message]
        assert f"{file} {message} {outside[file][0].remedy('sv')}" in page
        assert f"{file}: {message}" in lines
    formats: tuple[Format, ...] = ("word", "excel", "pdf")
    assert "Fjolårets mål" not in {
        str(slot.value) for each in formats for slot in plan_document(done.merged, each).slots()
    }


def test_the_silent_are_named(done: MergedRound) -> None:
    """F4"""
    assert [each.id for each in done.merged.silent] == [partner(49), partner(50)]
    page = _plain((done.folder / "report.html").read_text(encoding="utf-8"))
    names = "Organisation 49, Organisation 50"
    assert say("sv", "report.silent", names=names) in page
    assert say("sv", "validate.silent", names=names) in " ".join(" ".join(merged_lines(done, "sv")).split())


def _rewritten(paths: Sequence[Path]) -> None:
    """The same files under names that sort the other way, file times kept."""
    for number, path in enumerate(sorted(paths)):
        path.rename(path.with_name(f"{len(paths) - number:03}{path.suffix}"))


def test_names_and_folders_make_no_difference_to_the_plan(done: MergedRound, tmp_path: Path) -> None:
    """The plan and the workbook have the same bytes whatever the files are called, and when merged twice."""
    shutil.copytree(done.folder.parent, tmp_path / "round")
    before = contents(tmp_path / "round" / "merged")
    merge(tmp_path / "round")
    assert contents(tmp_path / "round" / "merged") == before
    inbox = tmp_path / "round" / "inbox"
    _rewritten([path for path in inbox.rglob("*") if path.is_file()])
    again = merge(tmp_path / "round")
    after = contents(again.folder)
    assert {name for name in before if before[name] != after[name]} == {
        "report.html",  # these name the files
        "responses.json",
        "signatures.pdf",
    }
