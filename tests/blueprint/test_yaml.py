"""Blueprint files that are no good YAML, or no good file: refused at once, in words, wherever they come from."""

import time
from pathlib import Path

import pytest

from docgen.blueprint.yamltree import parse_yaml
from docgen.errors import BlueprintError
from docgen.problems import Problem
from docgen.rounds import check
from tests.blueprint.broken import GOOD


def _refusal(data: bytes, folder: Path) -> Problem:
    path = folder / "plan.yaml"
    path.write_bytes(data)
    started = time.perf_counter()
    checked = check(path)
    assert time.perf_counter() - started < 5
    assert checked.blueprint is None
    return checked.problems[0]


_BOMB = "a: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
)


@pytest.mark.parametrize(
    ("data", "code", "where"),
    [
        (GOOD.encode("latin-1"), "yaml-encoding", "plan.yaml:17:26"),
        (GOOD.encode("utf-16"), "yaml-encoding", "plan.yaml:1:1"),
        (b"", "blueprint-empty", "plan.yaml:1:1"),
        (b"\n# bara en kommentar\n", "blueprint-empty", "plan.yaml:1:1"),
        (b"\xef\xbb\xbf", "blueprint-empty", "plan.yaml:1:1"),
        (b"Hej!\n", "blueprint-kind", "plan.yaml:1:1"),
        (b"- a\n- b\n", "blueprint-kind", "plan.yaml:1:1"),
        (b"docgen: 1\nid: \x07x\n", "yaml-syntax", "plan.yaml:2:5"),
        (b"PK\x03\x04" + bytes(range(256)), "yaml-encoding", "plan.yaml:"),
        (_BOMB.encode(), "yaml-deep", "plan.yaml:"),
        (b"[" * 100_000, "yaml-deep", "plan.yaml:1:1"),
        (b"{a: " * 100_000, "yaml-deep", "plan.yaml:1:1"),
        (b"- " * 100_000, "yaml-deep", "plan.yaml:"),
        ("\n".join(" " * n + "a:" for n in range(1_000)).encode(), "yaml-deep", "plan.yaml:"),
        (b"a: b\n" * 300_000, "yaml-deep", "plan.yaml:1:1"),
        (b"docgen: 1\ntitle: ! hej\n", "yaml-start", "plan.yaml:2:8"),
        (b"docgen: 1\n{a: b}: c\n", "yaml-flow", "plan.yaml:2:1"),
        (b"docgen: 1\n<<: {id: x}\n", "blueprint-key-required", "plan.yaml:1:1"),
    ],
)
def test_refused_at_once(data: bytes, code: str, where: str, tmp_path: Path) -> None:
    found = _refusal(data, tmp_path)
    assert found.code in {code, "blueprint-key-unknown"} if b"<<" in data else found.code == code
    assert found.where.startswith(where) or b"<<" in data
    assert found.message("sv")
    assert found.remedy("en")


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert check(tmp_path / "nej.yaml").problems[0].code == "blueprint-missing"
    (tmp_path / "mapp.yaml").mkdir()
    found = check(tmp_path / "mapp.yaml").problems[0]
    assert found.code == "blueprint-file"
    assert "mapp" in found.message("sv")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("2027-06-30", "2027-06-30"),
        ("08", "08"),
        ("1.5", 1.5),
        ("0x1F", 31),
        ("true", True),
        ("~", None),
        ("", None),
        ("'12'", "12"),
        (">-\n  två\n  rader", "två rader"),
        ("|\n  två\n  rader\n", "två\nrader"),
        ("Fråga 1: 2027", None),
    ],
)
def test_scalars(written: str, meant: object) -> None:
    if written.startswith("Fråga"):
        with pytest.raises(BlueprintError, match="colon"):
            parse_yaml(f"a: {written}\n", "plan.yaml")
        return
    assert parse_yaml(f"a: {written}\n", "plan.yaml").data == {"a": meant}


def test_a_text_that_goes_on_is_no_missing_colon() -> None:
    with pytest.raises(BlueprintError) as raised:
        parse_yaml("a:\n  b: en text\n    som fortsätter\n    och: slutar\n", "plan.yaml")
    assert [(found.code, found.where) for found in raised.value.problems] == [("yaml-colon", "plan.yaml:4:8")]


def test_the_messages_in_words() -> None:
    with pytest.raises(BlueprintError) as raised:
        parse_yaml('label: "En dag" och en natt\n', "plan.yaml")
    found = raised.value.problems[0]
    assert found.message("sv") == 'Efter citattecknet som avslutar texten står det mer: label: "En dag" och en natt'
    assert found.message("en") == 'More text follows the quotation mark that ends the text: label: "En dag" och en natt'
