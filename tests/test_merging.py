"""A round's answers become one plan: what merge writes, and what it never does.

R1  merged/ has its five files, also where nobody has answered.
R2  Merging twice gives the same bytes; the order of files does not count.
R3  A file of merged/ that somebody changed is never overwritten.
R4  Of two files of one partner the newer counts, section by section; what the older says otherwise is listed.
R5  Files of another round, damaged ones and those of nobody are named and never merged.
R6  Every answer stands once in a document for others, or in a named list; what is the coordinator's alone in none.
R7  References follow the rows they point at.
"""

import json
import os
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from docgen import build, merge, validate
from docgen.case import field_of
from docgen.demo import run
from docgen.document import Question, Table, Voices
from docgen.errors import RoundError
from docgen.merged import Merged
from docgen.merged import merge as merge_submissions
from docgen.merging import MergedRound
from docgen.plan import plan_document
from docgen.rounds import Built
from docgen.submission import assemble, shown
from docgen.values import Address, Reference
from tests.conftest import PARTNERS, PLAN, SETTINGS
from tests.filler.docx import Docx

FILES = ["plan.docx", "report.html", "responses.json", "signatures.pdf", "workbook.xlsx"]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> MergedRound:
    """The demo's round: four of six have answered, one with mistakes."""
    return run(tmp_path_factory.mktemp("demo") / "round").merged


@pytest.fixture
def copy(played: MergedRound, tmp_path: Path) -> Path:
    """A copy of the demo's round, file times kept, to change at will."""
    shutil.copytree(played.folder.parent, tmp_path / "round")
    return tmp_path / "round"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def codes(done: MergedRound) -> Counter[str]:
    return Counter(found.code for found in done.problems())


def test_nobody_has_answered(tmp_path: Path) -> None:
    """R1"""
    built = build(PLAN, PARTNERS, tmp_path / "round", SETTINGS)
    done = merge(built.folder)
    assert sorted(contents(done.folder)) == FILES
    assert len(done.merged.silent) == 6
    assert codes(done)["no-answer"] == 6


def test_the_five_files_twice_the_same(played: MergedRound, copy: Path) -> None:
    """R1, R2"""
    before = contents(copy / "merged")
    assert sorted(before) == FILES
    assert before == contents(played.folder)
    merge(copy)
    assert contents(copy / "merged") == before


def test_the_order_of_files_does_not_count(played: MergedRound) -> None:
    """R2"""
    round_ = played.merged.round
    responses = played.collected.responses
    forward = merge_submissions(round_, assemble(round_, responses))
    backward = merge_submissions(round_, assemble(round_, responses[::-1])[::-1])
    assert forward == backward


@pytest.mark.parametrize("name", FILES)
def test_what_somebody_changed_is_not_overwritten(copy: Path, name: str) -> None:
    """R3"""
    (copy / "merged" / name).write_bytes(b"decisions")
    before = contents(copy / "merged")
    with pytest.raises(RoundError) as refused:
        merge(copy)
    assert [found.code for found in refused.value.problems] == ["merged-changed"]
    assert contents(copy / "merged") == before


def test_a_renamed_file_makes_way(copy: Path) -> None:
    """R3"""
    (copy / "merged" / "plan.docx").write_bytes(b"decisions")
    (copy / "merged" / "plan.docx").rename(copy / "merged" / "plan beslut.docx")
    merge(copy)
    assert sorted(contents(copy / "merged")) == sorted([*FILES, "plan beslut.docx"])


def test_the_log_keeps_what_others_wrote(copy: Path) -> None:
    log = json.loads((copy / "log.json").read_bytes())
    (copy / "log.json").write_text(json.dumps(log | {"sent": ["polisen"]}))
    merge(copy)
    assert json.loads((copy / "log.json").read_bytes())["sent"] == ["polisen"]


def workbook_of(folder: Path, partner: str) -> Path:
    (path,) = (folder / "partners" / partner).glob("*.docx")
    return path


def test_the_newer_of_two_files_counts_section_by_section(copy: Path) -> None:
    """R4"""
    docx = Docx(workbook_of(copy, "polisen"))
    docx.fill("vision.draft", "En nyare vision")
    newer = docx.save(copy / "inbox" / "ny.docx")
    os.utime(newer, (4e9, 4e9))
    done = merge(copy)
    (polisen,) = [each for each in done.merged.submissions if each.partner.id == "polisen"]
    assert polisen.answers[Address("vision.draft")].value == "En nyare vision"
    assert Address("vision.for_whom") not in polisen.answers  # the section counts whole
    told = {found.code for found in done.collected.problems["polisen"] if "ny.docx" in found.args.values()}
    assert {"section-replaced", "newest-by-disk"} <= told
    assert polisen.answers[Address("cover.filled_by")].file != "ny.docx"  # nothing in that section is filled in
    older = {str(each.address) for each in polisen.older}
    assert {"vision.draft", "vision.for_whom"} <= older
    assert not [key for key in older if not key.startswith("vision.")]
    report = (copy / "merged" / "report.html").read_text(encoding="utf-8")
    assert "Brottsutsatta, och alla som bor och vistas i Exempelstad." in report


def test_the_same_file_twice_is_no_matter(played: MergedRound, copy: Path) -> None:
    """R4"""
    (original,) = [path for path in (copy / "inbox").rglob("*.docx") if "Polisen" in path.name]
    shutil.copy2(original, copy / "inbox" / "kopia.docx")
    done = merge(copy)
    (polisen,) = [each for each in done.merged.submissions if each.partner.id == "polisen"]
    assert polisen.older == ()
    assert codes(done)["files-tie"] == 0
    assert [each.code for each in done.general] == [each.code for each in played.general]


def test_files_that_do_not_belong_are_named(copy: Path, tmp_path: Path) -> None:
    """R5"""
    other = build(PLAN, PARTNERS, tmp_path / "i fjol", SETTINGS | {"period": "2023/2026", "statistics_year": "2023"})
    docx = Docx(workbook_of(other.folder, "regionen"))
    docx.fill("vision.draft", "Fjolårets vision")
    docx.save(copy / "inbox" / "i fjol.docx")
    whole = workbook_of(copy, "regionen").read_bytes()
    (copy / "inbox" / "trasig.docx").write_bytes(whole[: len(whole) // 2])
    (copy / "inbox" / "brev.docx").write_text("Hej! Här kommer vår arbetsbok.")
    done = merge(copy)
    assert {each.partner.id for each in done.merged.submissions} == {
        "karngruppen",
        "socialtjansten",
        "polisen",
        "hotellet",
    }
    assert {each.file for each in done.collected.elsewhere} == {"i fjol.docx"}
    assert {each.file for each in done.collected.unread} == {"trasig.docx", "brev.docx"}
    report = (copy / "merged" / "report.html").read_text(encoding="utf-8")
    for name in ("i fjol.docx", "trasig.docx", "brev.docx"):
        assert name in report


def stated(merged: Merged) -> Counter[tuple[str, str]]:
    """Everything the documents for others say, with the organisation it is said of."""
    found: Counter[tuple[str, str]] = Counter()
    for format_ in ("word", "excel", "pdf"):
        document = plan_document(merged, format_)
        for section in document.sections:
            for block in section.blocks:
                match block:
                    case Voices(entries=entries):
                        found.update((who, text) for who, text in entries)
                    case Table():
                        found.update((block.key, str(slot.value)) for row in block.rows for slot in row.slots)
                    case Question():
                        pass
                    case _:
                        pass
    return found


def test_long_answers_stand_once(played: MergedRound) -> None:
    """R6: judged by texts too long to be anything else's."""
    merged = played.merged
    said = Counter(text for _, text in stated(merged).elements())
    typed: Counter[str] = Counter()
    for submission in merged.submissions:
        for address, given in submission.answers.items():
            if isinstance(given.value, str) and len(given.value) > 25 and not private(merged, address):
                typed[shown(submission, address, given)] += 1
    assert len(typed) > 100
    assert {text: said[text] for text in typed} == typed


def private(merged: Merged, address: Address) -> bool:
    """Whether an answer is for the coordinator alone."""
    blueprint = merged.round.blueprint
    section = blueprint.sections[address.field.partition(".")[0]]
    whole = blueprint.field_or_none(address.field)
    return "coordinator" in {
        section.visible,
        field_of(blueprint, address).visible,
        whole.visible if whole is not None else "all",
    }


def test_nothing_of_the_coordinators_alone_is_in_a_file_for_others(played: MergedRound) -> None:
    """R6"""
    phones = ("070-174 06 20", "070-174 06 21")
    others = "\n".join(text for _, text in stated(played.merged))
    report = (played.folder / "report.html").read_text(encoding="utf-8")
    for phone in phones:
        assert phone not in others
        assert phone in report


def test_references_follow_their_rows(played: MergedRound) -> None:
    """R7"""
    merged = played.merged
    goals, activities = merged.tables["goals.goals"], merged.tables["activities.activities"]
    owners = {row.number: row for row in goals.rows}
    followed = 0
    for row in activities.rows:
        voice = row.answers["goal"]
        if isinstance(voice.value, Reference):
            assert isinstance(voice.given.value, Reference)
            target = owners[voice.value.row]
            assert (target.partner, target.printed) == (row.partner, voice.given.value.row)
            followed += 1
    assert followed > 4
    hotel = [row for row in activities.rows if row.partner.id == "hotellet"]
    assert hotel
    assert all(row.answers["goal"].value is None for row in hotel)  # it has no goals to point at, and says so


def test_validate_tells_the_same_of_the_round_and_of_its_files(played: MergedRound) -> None:
    (of_round,), unread = validate([played.folder.parent])
    assert unread == ()
    (of_files,), _ = validate([played.folder.parent / "inbox"])
    told = {partner: Counter(found.code for found in problems) for partner, problems in of_round.problems.items()}
    again = {partner: Counter(found.code for found in problems) for partner, problems in of_files.problems.items()}
    assert told == again
    assert told["polisen"]["rule"] > 5
    assert told["karngruppen"].keys() <= {"required-missing", "rule"}


def test_fifty_partners(tmp_path: Path) -> None:
    """Ten answered twice, files renamed and in folders, one of last year's round, one damaged: the merge is right."""
    lines = ["id,name,roles", *(f"part-{n},Organisation {n},verksamhet" for n in range(1, 51))]
    partners = tmp_path / "deltagare.csv"
    partners.write_text("\n".join(lines), encoding="utf-8")
    built = build(PLAN, partners, tmp_path / "round", SETTINGS)
    for number in range(1, 49):
        answer(built, number, f"Första förslaget från {number}", 1_000_000_000)
    for number in range(1, 11):
        answer(built, number, f"Nya förslaget från {number}", 1_100_000_000)
    last_year = build(PLAN, partners, tmp_path / "fjol", SETTINGS | {"reply_by": "2026-01-31"})
    answer(replace(last_year, folder=last_year.folder), 49, "Fjolårets förslag", 1_200_000_000, into=built.folder)
    (built.folder / "inbox" / "skadad.docx").write_bytes(workbook_of(built.folder, "part-50").read_bytes()[:9000])
    done = merge(built.folder)
    drafts = {voice.partner.id: voice.value for voice in done.merged.fields["vision.draft"].voices}
    assert drafts == {
        f"part-{n}": f"Nya förslaget från {n}" if n <= 10 else f"Första förslaget från {n}" for n in range(1, 49)
    }
    assert {partner.id for partner in done.merged.silent} == {"part-49", "part-50"}
    assert sum(len(each.older) for each in done.merged.submissions) == 10
    assert len(done.collected.elsewhere) == len(done.collected.unread) == 1
    report = (built.folder / "merged" / "report.html").read_text(encoding="utf-8")
    for words in ("skadad.docx", "Första förslaget från 3", "Organisation 49"):
        assert words in report


def answer(built: Built, number: int, text: str, saved: int, into: Path | None = None) -> None:
    """Fills a partner's workbook in and puts it into the inbox, under a name and in a folder of its own."""
    docx = Docx(workbook_of(built.folder, f"part-{number}"))
    docx.fill("vision.draft", text)
    folder = (into or built.folder) / "inbox" / f"vecka {number % 4}"
    folder.mkdir(parents=True, exist_ok=True)
    path = docx.save(folder / f"svar {number} {saved}.docx")
    os.utime(path, (saved, saved))


def test_functions_of_the_package_are_no_modules() -> None:
    """A module of the same name would take the function's place once it is imported."""
    import docgen

    for name in docgen.__all__:
        assert callable(getattr(docgen, name)), name
