"""Building a round and reading files back, as far as folders and files go (issue 3).

1. Building twice gives the same bytes: a day apart, in another time zone, folder and hash seed.
2. Nothing in a folder is overwritten that docgen did not make itself, or that was changed since.
3. The id of a round follows from blueprint, parameters and partner ids, and from nothing else.
5. Building again says what that means for files already sent, and a file sent before is read as it was built.
4. A file that cannot be read is named with its reason, and the others are read all the same.
"""

import datetime
import hashlib
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from docgen import build, read
from docgen.errors import DocgenError, RoundError
from docgen.folder import LOCK
from docgen.formats import FORMATS
from docgen.response import Response
from docgen.roundfile import ROUND_FILE, open_round
from docgen.rounds import Built, Unread
from docgen.sending import Round
from docgen.values import Period
from tests.blueprint.broken import GOOD
from tests.small import PARTNERS, SETTINGS, answer, contents, run, written


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A small round; tests that change it copy it first."""
    folder = tmp_path_factory.mktemp("small")
    return build(*written(folder), folder / "round", SETTINGS)


@pytest.fixture
def copied(built: Built, tmp_path: Path) -> Path:
    """A copy of the round, with blueprint and partner list beside it."""
    written(tmp_path)
    shutil.copytree(built.folder, tmp_path / "round")
    return tmp_path / "round"


def _again(folder: Path, **settings: str) -> Built:
    return build(folder.parent / "plan.yaml", folder.parent / "lista.csv", folder, {**SETTINGS, **settings})


def _refused(folder: Path) -> list[str]:
    before = contents(folder)
    with pytest.raises(DocgenError) as raised:
        _again(folder)
    assert contents(folder) == before
    for found in raised.value.problems:
        assert found.message("sv")
        assert found.remedy("en")
    return [found.code for found in raised.value.problems]


# 1


def test_what_is_built(built: Built) -> None:
    made = contents(built.folder)
    assert sorted(made) == sorted(built.files)
    assert {Path(name).suffix for name in made} == {".json", ".docx", ".xlsx", ".pdf"}
    folders = {"partners", "inbox", "merged", "outbox"}
    assert {path.name for path in built.folder.iterdir()} == {ROUND_FILE, LOCK, *folders}
    stored = json.loads(made[ROUND_FILE])
    for each in stored["files"]:
        assert hashlib.sha256(made[each["path"]]).hexdigest() == each["sha256"]
    assert stored["round"] == built.round.id
    assert open_round(built.folder) == Round(built.round.blueprint, built.round.parameters, built.round.partners)


_BUILD = """
import datetime, time
real = time.time
time.time = lambda: real() + {later}
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return super().now(tz) + datetime.timedelta(seconds={later})
    @classmethod
    def utcnow(cls): return cls.now(datetime.timezone.utc).replace(tzinfo=None)
class LaterDay(datetime.date):
    @classmethod
    def today(cls): return cls.fromtimestamp(time.time())
datetime.datetime, datetime.date = Later, LaterDay
local, gm = time.localtime, time.gmtime
time.localtime = lambda at=None: local(time.time() if at is None else at)
time.gmtime = lambda at=None: gm(time.time() if at is None else at)
from docgen import build
build({blueprint!r}, {partners!r}, "out", {settings!r})
"""


def test_the_same_bytes_a_day_later_elsewhere(built: Built, tmp_path: Path) -> None:
    blueprint, partners = map(str, written(tmp_path))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    code = _BUILD.format(later=86_400 * 40, blueprint=blueprint, partners=partners, settings=SETTINGS)
    done = run(code, cwd=elsewhere, PYTHONHASHSEED="7", TZ="Pacific/Kiritimati", LC_ALL="C.UTF-8")
    assert done.returncode == 0, done.stderr
    assert contents(elsewhere / "out") == contents(built.folder)


def test_building_again_over_an_untouched_round(copied: Path) -> None:
    before = contents(copied)
    _again(copied)
    assert contents(copied) == before


def test_a_partner_who_left_has_no_files(copied: Path) -> None:
    (copied.parent / "lista.csv").write_text(PARTNERS.replace("polisen,Polisen,police\n", ""), encoding="utf-8")
    (copied / "outbox" / "mitt.txt").write_text("x")
    _again(copied)
    assert not (copied / "partners" / "polisen").exists()
    assert (copied / "partners" / "hamnen").is_dir()
    assert (copied / "outbox" / "mitt.txt").exists()


def test_two_documents_with_one_title_have_a_file_each(tmp_path: Path) -> None:
    blueprint, partners = written(tmp_path)
    text = GOOD.replace("title: Budget\n    sections: [costs]", "title: Arbetsbok\n    sections: [costs]")
    text = text.replace("    format: excel", "    format: word").replace("            calculation: amount * 2\n", "")
    text = text.replace('        calculation: sum(costs.items.amount, kind == "cash")\n', "")
    blueprint.write_text(text, encoding="utf-8")
    made = build(blueprint, partners, tmp_path / "round", SETTINGS)
    assert len({name.casefold() for name in made.files}) == len(made.files) == 2 * 3 + 1


# 2


def test_answers_in_the_inbox_are_never_overwritten(copied: Path) -> None:
    (copied / "inbox" / "svar").mkdir()
    (copied / "inbox" / "svar" / "från polisen.docx").write_bytes(b"x")
    assert _refused(copied) == ["round-answered"]


def test_what_systems_leave_in_the_inbox_is_no_answer(copied: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep"):
        (copied / "inbox" / name).write_bytes(b"x")
    _again(copied)


def test_a_hidden_answer_is_read_and_never_overwritten(copied: Path) -> None:
    shutil.copy(next(copied.glob("partners/polisen/*.docx")), copied / "inbox" / ".svar.docx")
    assert _refused(copied) == ["round-answered"]
    assert [each.file for each in read([copied / "inbox"])] == [".svar.docx"]


def test_an_inbox_may_be_a_link_and_links_may_lead_in_circles(copied: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers"
    answers.mkdir()
    shutil.copy(next(copied.glob("partners/polisen/*.docx")), answers / "svar.docx")
    (copied / "inbox" / "länk").symlink_to(answers, target_is_directory=True)
    (answers / "runt").symlink_to(copied / "inbox", target_is_directory=True)
    assert _refused(copied) == ["round-answered"]
    assert [each.file for each in read([copied / "inbox"])] == ["länk/svar.docx"]


def test_an_answer_laid_beside_what_was_sent_is_not_built_over(copied: Path) -> None:
    (copied / "partners" / "polisen" / "svar.docx").write_bytes(b"x")
    assert _refused(copied) == ["round-foreign"]


def test_a_changed_file_is_not_overwritten(copied: Path) -> None:
    changed = sorted(copied.glob("partners/*/*"))[:2]
    for path in changed:
        path.write_bytes(path.read_bytes() + b"x")
    assert _refused(copied) == ["round-changed"] * 2


def test_a_file_that_is_gone_is_made_again(copied: Path) -> None:
    before = contents(copied)
    next(copied.glob("partners/*/*")).unlink()
    _again(copied)
    assert contents(copied) == before


def test_a_file_of_somebody_else_under_the_name_of_a_new_one(copied: Path) -> None:
    (copied.parent / "lista.csv").write_text(PARTNERS + "nya,Nya,\n", encoding="utf-8")
    (copied / "partners" / "nya").mkdir()
    (copied / "partners" / "nya" / "Liten plan - Arbetsbok - Nya.docx").write_bytes(b"mine")
    assert _refused(copied) == ["round-foreign"]


@pytest.mark.parametrize("name", ["brev.txt", "sub/brev.txt", "inbox/x.docx"])
def test_a_folder_that_is_no_round(tmp_path: Path, name: str) -> None:
    written(tmp_path)
    foreign = tmp_path / "round" / name
    foreign.parent.mkdir(parents=True)
    foreign.write_text("x")
    assert _refused(tmp_path / "round") == ["round-not-empty"]


def test_a_folder_that_holds_another_blueprint(copied: Path) -> None:
    (copied.parent / "plan.yaml").write_text(GOOD.replace("id: small-plan", "id: other-plan"), encoding="utf-8")
    assert _refused(copied) == ["round-exists"]


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b'{"round": "x"}',
        b'{"round": "x", "blueprint": [], "files": [], "partners": []}',
        b'{"round": "x", "blueprint": {}, "files": [{}], "partners": []}',
        b'{"round": "x", "blueprint": {}, "files": [{"path": "../../etc/passwd", "sha256": ""}], "partners": []}',
        b'{"round": "x", "blueprint": {}, "files": [], "partners": [7]}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"round": "x", "blueprint": {}, "files": [{"path": "partners/a/..", "sha256": ""}], "partners": []}',
    ],
)
def test_a_damaged_round(copied: Path, damage: bytes) -> None:
    (copied / ROUND_FILE).write_bytes(damage)
    with pytest.raises(RoundError) as raised:
        open_round(copied)
    assert raised.value.problems[0].code == "round-damaged"
    if b'partners": [7]' not in damage:
        assert _refused(copied) == ["round-damaged"]
    assert [type(each) for each in read([copied / "partners"])] == [Response] * 6  # every file carries its own copy


def test_nothing_is_written_where_anything_given_is_wrong(tmp_path: Path) -> None:
    blueprint, partners = written(tmp_path)
    partners.write_text("id,name\na/b,A\n")
    with pytest.raises(DocgenError) as raised:
        build(blueprint, partners, tmp_path / "round", {"period": "x"})
    assert [found.code for found in raised.value.problems] == ["parameter-required", "parameter-value", "partners-id"]
    assert not (tmp_path / "round").exists()


def test_stopped_while_building_leaves_no_half_round(tmp_path: Path) -> None:
    def stop(done: int, total: int, name: str) -> None:  # noqa: ARG001
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(*written(tmp_path), tmp_path / "round", SETTINGS, progress=stop)
    assert not (tmp_path / "round").exists()


def test_a_round_half_switched_is_completed_by_a_read(copied: Path) -> None:
    staged = copied / ".docgen-staged"
    staged.mkdir()
    (copied / ROUND_FILE).replace(staged / ROUND_FILE)
    (staged / "complete.json").write_text(json.dumps({"files": [ROUND_FILE], "stale": [], "was": {}}))
    assert all(isinstance(each, Response) for each in read([copied / "partners"], copied))
    assert not staged.exists()


# 3


def test_the_id_of_a_round(built: Built) -> None:
    round_ = built.round
    assert len(round_.id) == 10
    partners = round_.partners
    renamed = tuple(replace(each, name="X" + each.name, emails=("a@b.se",), roles=()) for each in partners)
    assert replace(round_, partners=renamed).id == round_.id
    others = (
        replace(round_, partners=partners[::-1]),  # rows may stand for partners
        replace(round_, partners=partners[:1]),
        replace(round_, parameters={**round_.parameters, "town": "Annanstad"}),
        replace(round_, parameters={**round_.parameters, "period": Period(2027, 2029, 0, "span")}),
        replace(round_, blueprint=replace(round_.blueprint, data={**round_.blueprint.data, "title": "Ny"})),
    )
    assert len({each.id for each in (round_, *others)}) == 6


def test_comments_and_layout_of_the_blueprint_do_not_change_the_id(built: Built, tmp_path: Path) -> None:
    blueprint, partners = written(tmp_path)
    blueprint.write_text(
        "# en kommentar\n" + GOOD.replace("title: Liten plan", 'title: "Liten plan"'), encoding="utf-8"
    )
    assert build(blueprint, partners, tmp_path / "round", SETTINGS).round.id == built.round.id


# 4


def _encrypted(data: bytes) -> bytes:
    buffer = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt("hemligt", buffer)
    assert msoffcrypto.OfficeFile(io.BytesIO(buffer.getvalue())).is_encrypted()
    return buffer.getvalue()


def _old_word() -> bytes:
    """The least OLE file with a stream named WordDocument ([MS-CFB] 2.2, 2.6): header, FAT, directory, one stream."""
    end, free = b"\xfe\xff\xff\xff", b"\xff\xff\xff\xff"
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00" + bytes(10)
    header += b"\x01\0\0\0" + b"\x01\0\0\0" + bytes(4) + b"\0\x10\0\0" + end + bytes(4) + end + bytes(4) + bytes(4)
    header += free * 108

    def entry(name: str, kind: int, child: bytes, start: bytes, size: int) -> bytes:
        raw = (name + "\0").encode("utf-16-le")
        made = raw.ljust(64, b"\0") + len(raw).to_bytes(2, "little") + bytes([kind, 1]) + free + free + child
        return made + bytes(36) + start + size.to_bytes(8, "little")

    fat = b"\xfd\xff\xff\xff" + end + b"".join((at + 1).to_bytes(4, "little") for at in range(2, 9)) + end
    directory = entry("Root Entry", 5, b"\x01\0\0\0", end, 0) + entry("WordDocument", 2, free, b"\x02\0\0\0", 4096)
    return header + fat.ljust(512, b"\xff") + directory.ljust(512, b"\0") + bytes(4096)


def test_what_cannot_be_read_is_named_and_the_others_are_read(copied: Path, tmp_path: Path) -> None:
    good = next(copied.glob("partners/polisen/*.docx"))
    data = good.read_bytes()
    inbox = copied / "inbox"
    bad = {
        "text.docx": (b"Hej, h\xc3\xa4r \xc3\xa4r v\xc3\xa5ra svar.\n", "file-text-named-office"),
        "latin.xlsx": ("Hej, här är våra svar.\n".encode("latin-1"), "file-text-named-office"),
        "text.txt": (b"Hej", "file-kind"),
        "hemlig.docx": (_encrypted(data), "file-encrypted"),
        "tom.docx": (b"", "file-empty"),
        "gammal.docx": (_old_word(), "file-old-office"),
        "skadad-ole.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 90, "file-damaged"),
        "halv.docx": (data[: len(data) // 2], "file-damaged"),
        "halv.pdf": (next(copied.glob("partners/polisen/*.pdf")).read_bytes()[:300], "file-damaged"),
        "bild.png": (b"\x89PNG\r\n\x1a\n" + bytes(50), "file-kind"),
    }
    for name, (content, _) in bad.items():
        (inbox / name).write_bytes(content)
    shutil.copy(good, inbox / "bra.docx")
    (inbox / "~$bra.docx").write_bytes(b"lock")
    (inbox / "mapp").mkdir()
    results = {each.file: each for each in read([inbox, tmp_path / "saknas.docx"])}
    assert isinstance(results["bra.docx"], Response)
    for name, (_, code) in {**bad, "saknas.docx": (b"", "file-missing")}.items():
        found = results[name]
        assert isinstance(found, Unread), name
        assert [each.code for each in found.problems] == [code], name
        assert found.problems[0].file == name
        assert found.problems[0].message("sv")
    assert set(results) == {"bra.docx", "saknas.docx", *bad}


def test_a_file_of_another_round(copied: Path, built: Built, tmp_path: Path) -> None:
    other = build(tmp_path / "plan.yaml", tmp_path / "lista.csv", tmp_path / "other", {**SETTINGS, "town": "Annanstad"})
    shutil.copy(next(other.folder.glob("partners/polisen/*.xlsx")), copied / "inbox" / "x.xlsx")
    [found] = read([copied / "inbox"])
    assert isinstance(found, Response)
    assert [each.code for each in found.problems] == ["file-other-round"]
    assert (found.problems[0].args["found"], found.problems[0].args["wanted"]) == (other.round.id, built.round.id)
    assert found.identity.round == other.round.id


ROLES = GOOD.replace("asked_of: [core, police]", "asked_of: police")


def _sent_before(folder: Path, before: str, after: str) -> tuple[Path, Built]:
    """Polisen's answer in a file built with one partner list, in a round that was then built with another."""
    blueprint, partners = written(folder)
    blueprint.write_text(ROLES, encoding="utf-8")
    partners.write_text(before, encoding="utf-8")
    first = build(blueprint, partners, folder / "round", SETTINGS)
    answer(first, "polisen", {"aims.list[1].what": "Fler samtal", "work.when": "2027-06-30"}, folder / "kept", "a.docx")
    partners.write_text(after, encoding="utf-8")
    second = build(blueprint, partners, folder / "round", SETTINGS)
    shutil.copy(folder / "kept" / "inbox" / "a.docx", folder / "round" / "inbox" / "a.docx")
    return folder / "round", second


def test_building_again_for_another_order_is_another_round(tmp_path: Path) -> None:
    """5"""
    header, police, harbour = PARTNERS.splitlines(keepends=True)
    folder, built = _sent_before(tmp_path, PARTNERS, header + harbour + police)
    assert [found.code for found in built.remarks] == ["round-replaced"]
    [found] = read([folder / "inbox"])
    assert [each.code for each in found.problems] == ["file-other-round"]


def test_building_again_for_other_roles_is_told_and_so_is_a_file_built_before(tmp_path: Path) -> None:
    """5"""
    folder, built = _sent_before(tmp_path, PARTNERS, PARTNERS.replace("Polisen,police", "Polisen,core"))
    assert [(found.code, found.args["names"]) for found in built.remarks] == [("round-remade", "Polisen")]
    [found] = read([folder / "inbox"])
    assert isinstance(found, Response)
    assert [(each.code, each.args["lost"]) for each in found.problems] == [("file-other-roles", 1)]
    assert [(text.where.partition(" (")[0], text.text) for text in found.unplaced] == [("När", "2027-06-30")]
    assert {str(each.address): each.value for each in found.answers if each.value} == {
        "aims.list[1].what": "Fler samtal"
    }


def test_a_file_built_before_a_name_or_a_language_changed_is_read_as_it_was_built(tmp_path: Path) -> None:
    """5"""
    folder, built = _sent_before(tmp_path, PARTNERS, PARTNERS.replace("Polisen", "Polismyndigheten"))
    assert [found.code for found in built.remarks] == ["round-remade"]
    [found] = read([folder / "inbox"])
    assert isinstance(found, Response)
    assert (found.problems, found.unplaced) == ((), ())
    assert {each.value for each in found.answers} == {"Fler samtal", datetime.date(2027, 6, 30), None}


def test_a_word_file_that_never_was_of_any_round(copied: Path) -> None:
    import docx

    docx.Document().save(str(copied / "inbox" / "brev.docx"))
    [found] = read([copied / "inbox"])
    assert [each.code for each in found.problems] == ["file-no-identity"]


def test_a_file_nobody_thought_of_does_not_stop_the_others(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = type(FORMATS["word"]).read

    def broken(format_: object, data: bytes, document: object) -> object:
        if getattr(format_, "name", "") == "pdf":
            raise RecursionError
        return real(format_, data, document)  # type: ignore[arg-type]

    monkeypatch.setattr(type(FORMATS["word"]), "read", broken)
    monkeypatch.delenv("DOCGEN_DEBUG", raising=False)
    results = read(sorted((copied / "partners" / "polisen").iterdir()))
    assert sorted(type(each).__name__ for each in results) == ["Response", "Response", "Unread"]
    assert [found.code for each in results if isinstance(each, Unread) for found in each.problems] == ["file-fault"]
    monkeypatch.setenv("DOCGEN_DEBUG", "1")
    with pytest.raises(RecursionError):
        read(sorted((copied / "partners" / "polisen").iterdir()))


def test_each_partner_is_read_back_blank(built: Built) -> None:
    for found in read([built.folder / "partners"]):
        assert isinstance(found, Response)
        said = found.as_json("sv")
        assert (said["partner"], said["problems"], said["unplaced"]) == (found.identity.partner, [], [])
        assert all(value in (None, []) for value in said["answers"].values())


def test_a_file_one_may_not_read(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    path = next(copied.glob("partners/polisen/*.docx"))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refused)
        [found] = read([path])
    assert [each.code for each in found.problems] == ["file-unreadable"]
