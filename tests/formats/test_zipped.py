"""The zip container: what is written in pieces is one member to everybody else, and a piece is the same in every file."""

import io
import subprocess
import zipfile
from pathlib import Path
from shutil import which

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.formats.zipped import piece, pieces, zip_of

MEMBERS = st.dictionaries(st.text("abcåäö/._", min_size=1, max_size=8), st.lists(st.binary(max_size=300), min_size=1))


@given(MEMBERS)
def test_pieces_are_one_member(members: dict[str, list[bytes]]) -> None:
    data = zip_of((name, pieces(stretches)) for name, stretches in members.items())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {
            name: b"".join(stretches) for name, stretches in members.items()
        }
        assert all(info.date_time == (1980, 1, 1, 0, 0, 0) and not info.external_attr for info in archive.infolist())


@given(st.binary(max_size=300), st.binary(max_size=300), st.binary(max_size=300))
def test_a_piece_does_not_depend_on_what_stands_before_it(before: bytes, other: bytes, after: bytes) -> None:
    assert pieces([before, after])[1] == pieces([other, after])[1] == piece(after, last=True)


@pytest.mark.skipif(which("unzip") is None, reason="unzip is not installed")
def test_another_program_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(zip_of([("å.xml", pieces([b"<a>", b"x" * 100_000, b"</a>"])), ("empty", pieces([b""]))]))
    assert subprocess.run(["unzip", "-t", path], capture_output=True, check=False).returncode == 0
