"""Partner lists as people save them (issue 3).

1. CSV with commas, semicolons or tabs; UTF-8 with or without a mark, UTF-16, Windows' own; and Excel.
2. Everything wrong with a list is told at once, each with its row.
3. Nothing in a list is dropped without a word.
"""

import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from docgen.blueprint.load import from_data
from docgen.blueprint.model import Blueprint
from docgen.blueprint.yamltree import parse_yaml
from docgen.errors import PartnersError
from docgen.partners import PartnerList, load_partners
from docgen.problems import Problem
from docgen.sending import Partner
from tests.blueprint.broken import GOOD


@pytest.fixture(scope="module")
def blueprint() -> Blueprint:
    return from_data(parse_yaml(GOOD, "plan.yaml").data, {})


def _load(folder: Path, data: bytes | str, blueprint: Blueprint, name: str = "lista.csv") -> PartnerList:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return load_partners(path, blueprint)


def _refusals(folder: Path, data: bytes | str, blueprint: Blueprint, name: str = "lista.csv") -> tuple[Problem, ...]:
    with pytest.raises(PartnersError) as raised:
        _load(folder, data, blueprint, name)
    for found in raised.value.problems:
        assert found.message("sv")
        assert found.remedy("en")
    return raised.value.problems


def _workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


LISTED = (
    Partner("hamnen", "Föreningen Åäö", "Anna", ("a@b.se", "c@d.se"), "sv", ("core",), "Stöd"),
    Partner("polisen", "Polisen"),
)
ROWS = (
    ("id", "name", "contact", "email", "language", "roles", "group"),
    ("hamnen", "Föreningen  Åäö", "Anna", "a@b.se; c@d.se", "SV", "core", "Stöd"),
    ("polisen", "Polisen", None, None, None, None, None),
)


def _csv(mark: str, newline: str = "\n") -> str:
    quoted = ((f'"{each}"' if mark in (each or "") else each or "" for each in row) for row in ROWS)
    return newline.join(mark.join(row) for row in quoted) + newline


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(_csv(",").encode(), id="commas"),
        pytest.param(_csv(";").encode(), id="semicolons, as Swedish Excel writes"),
        pytest.param(_csv("\t").encode(), id="tabs"),
        pytest.param(_csv(";", "\r\n").encode("utf-8-sig"), id="UTF-8 with a mark"),
        pytest.param(_csv("\t").encode("utf-16"), id="UTF-16, Excel's Unicode text"),
        pytest.param(_csv(";").encode("latin-1"), id="Latin-1"),
        pytest.param(("sep=;\r\n" + _csv(";", "\r\n")).encode(), id="with Excel's sep line"),
        pytest.param(("\n\n" + _csv(",") + "\n,,,\n\n").encode(), id="with blank lines"),
        pytest.param(_csv(",").replace("id,name", " ID ,Name").encode(), id="header in capitals"),
        pytest.param(_workbook(ROWS), id="Excel"),
    ],
)
def test_lists_that_are_read(data: bytes, blueprint: Blueprint, tmp_path: Path) -> None:
    assert _load(tmp_path, data, blueprint).partners == LISTED


def test_latin_1_is_remarked(blueprint: Blueprint, tmp_path: Path) -> None:
    remarks = _load(tmp_path, _csv(";").encode("latin-1"), blueprint).remarks
    assert [found.code for found in remarks] == ["partners-encoding"]
    assert _load(tmp_path, _csv(";"), blueprint).remarks == ()


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        ("", ["partners-empty"]),
        ("\n\n", ["partners-empty"]),
        ("id,name\n", ["partners-empty"]),
        ("id,namn\na,A\n", ["partners-column"]),
        ("a,A\nb,B\n", ["partners-column", "partners-column"]),
        ("id,name,name\na,A,B\n", ["partners-column-twice"]),
        ("id,name\na,A\na,B\n", ["partners-id-twice"]),
        ("id,name\na,A\nb,a.\n", ["partners-name-twice"]),
        ("id,name\ngroup,A\n", ["partners-id-group"]),
        ("id,name\na/b,A\n", ["partners-id"]),
        ("id,name\na\\b,A\n", ["partners-id"]),
        ("id,name\n..,A\n", ["partners-id"]),
        ("id,name\nPolisen,A\n", ["partners-id"]),
        ("id,name\nåre,A\n", ["partners-id"]),
        ("id,name\ncon,A\n", ["partners-id"]),
        ("id,name\naux,A\n", ["partners-id"]),
        ("id,name\nlpt1,A\n", ["partners-id"]),
        ("id,name\n-a,A\n", ["partners-id"]),
        ("id,name\n,A\n", ["partners-id"]),
        (f"id,name\n{'a' * 41},A\n", ["partners-id"]),
        ("id,name\na,\n", ["partners-name"]),
        (f"id,name\na,{'x' * 201}\n", ["partners-name-long"]),
        ("id,name,language\na,A,fi\n", ["partners-language"]),
        ("id,name,roles\na,A,cor\n", ["partners-role"]),
        ("id,name,email\na,A,a@b\n", ["partners-email"]),
        ('id,name\na,"A\nb,B\n', ["partners-file"]),
        (b"PK\x03\x04 not a zip", ["partners-file"]),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ["partners-file"]),
        ("id,name\n".encode("utf-16-le"), ["partners-file"]),
        (_workbook([]), ["partners-empty"]),
        (_workbook([("id", "name"), *[()] * 10_000, ("a", "A")]), ["partners-many"]),
    ],
)
def test_lists_that_are_refused(data: bytes | str, codes: list[str], blueprint: Blueprint, tmp_path: Path) -> None:
    assert [found.code for found in _refusals(tmp_path, data, blueprint)] == codes


def test_everything_wrong_is_told_at_once_with_its_row(blueprint: Blueprint, tmp_path: Path) -> None:
    text = "id;name;roles;email;language\nA b;A;polis, core;x;en\na;;;;\na;B;;;\n"
    found = [(each.code, each.where) for each in _refusals(tmp_path, text, blueprint)]
    assert found == [
        ("partners-id", "lista.csv:2"),
        ("partners-language", "lista.csv:2"),
        ("partners-role", "lista.csv:2"),
        ("partners-email", "lista.csv:2"),
        ("partners-name", "lista.csv:3"),
        ("partners-id-twice", "lista.csv:4"),
    ]


def test_suggestions(blueprint: Blueprint, tmp_path: Path) -> None:
    assert _refusals(tmp_path, "id,name\nSödra Hamnen/2,A\n", blueprint)[0].args["example"] == "sodra-hamnen-2"
    assert _refusals(tmp_path, "id,name\ncon,A\n", blueprint)[0].args["example"] == "con-1"
    assert _refusals(tmp_path, "id,name,roles\na,A,polis\n", blueprint)[0].args["close"] == "police"
    missing = _refusals(tmp_path, "id,namn,roll\na,A,\n", blueprint)[0]
    assert missing.message("sv") == "Deltagarlistan saknar kolumnen name."
    assert missing.remedy("sv") == "Skriv name i första raden. Kolumner som fanns: id, namn, roll."


def test_what_is_not_used_is_remarked(blueprint: Blueprint, tmp_path: Path) -> None:
    loaded = _load(tmp_path, "id,name,rolls\na,Polisen, Näs,x\nb,B\n", blueprint)
    assert [partner.name for partner in loaded.partners] == ["Polisen", "B"]
    assert [(each.code, each.where) for each in loaded.remarks] == [
        ("partners-column-unknown", "lista.csv:1"),
        ("partners-cell-extra", "lista.csv:2"),
    ]
    assert loaded.remarks[0].args["close"] == "roles"
    assert loaded.remarks[1].args["value"] == "x"


def test_a_list_that_is_not_there(blueprint: Blueprint, tmp_path: Path) -> None:
    for path, code in ((tmp_path / "nej.csv", "partners-missing"), (tmp_path, "partners-file")):
        with pytest.raises(PartnersError) as raised:
            load_partners(path, blueprint)
        assert [found.code for found in raised.value.problems] == [code]
