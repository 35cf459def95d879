"""Files that are broken or made to exhaust who opens them get a named refusal at once, and never a stack trace."""

import random
import time
import zlib
from collections.abc import Callable

import pytest

from docgen.errors import UnreadableFile
from docgen.formats.pdf.reader import identify, read
from docgen.formats.pdf.writer import write
from tests.formats import samples

DOCUMENT = samples.document(signature=True)
LIMIT_S = 4.0  # of the processor; on a machine that does nothing else each takes about a second at most

PAGES = {2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"}


def _pdf(objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    out, places = b"%PDF-1.7\n", {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    size = max(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, size))
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    end = b"trailer<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF" % (size, trailer, len(out))
    return out + head + table + end


def _catalogue(more: bytes, objects: dict[int, bytes] | None = None) -> bytes:
    return _pdf({1: b"<</Type/Catalog/Pages 2 0 R%b>>" % more, **PAGES, **(objects or {})})


def _stream(data: bytes, filters: bytes) -> bytes:
    return b"<</Filter%b/Length %d>>stream\n%b\nendstream" % (filters, len(data), data)


def _bomb(times: int) -> bytes:
    data = zlib.compress(b"\0" * 120_000_000, 9)
    return zlib.compress(data, 9) if times == 2 else data


CASES: dict[str, Callable[[], bytes]] = {
    "a billion pages": lambda: _pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Kids[]/Count 1000000000>>"}),
    "pages in a circle": lambda: _pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Kids[2 0 R 2 0 R]/Count 2>>"}),
    "fields in a circle": lambda: _catalogue(
        b"/AcroForm<</Fields[5 0 R]>>", {5: b"<</T(a)/Kids[6 0 R]>>", 6: b"<</T(b)/Kids[5 0 R 6 0 R]/Parent 6 0 R>>"}
    ),
    "fields without end": lambda: _catalogue(
        b"/AcroForm<</Fields[5 0 R]>>",
        {at: b"<</T(a)/Kids[%b]>>" % (b"%d 0 R " % (at + 1) * 99) for at in range(5, 200)},
    ),
    "an array 200,000 deep": lambda: _catalogue(b"/AcroForm " + b"[" * 200_000),
    "a dictionary 100,000 deep": lambda: _catalogue(b"/AcroForm " + b"<</A" * 100_000),
    "metadata that inflates": lambda: _catalogue(b"/Metadata 5 0 R", {5: _stream(_bomb(1), b"/FlateDecode")}),
    "metadata that inflates twice": lambda: _catalogue(
        b"/Metadata 5 0 R", {5: _stream(_bomb(2), b"[/FlateDecode/FlateDecode]")}
    ),
    "a value that inflates": lambda: _catalogue(
        b"/AcroForm<</Fields[<</T(a)/FT/Tx/V 5 0 R>>]>>", {5: _stream(_bomb(1), b"/FlateDecode")}
    ),
    "content that inflates": lambda: _catalogue(
        b"", {3: b"<</Type/Page/Parent 2 0 R/Contents 5 0 R>>", 5: _stream(_bomb(1), b"/FlateDecode")}
    ),
    "a size of the table that lies": lambda: (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 4294967295\n"
        b"trailer<</Size 99999999999/Root 1 0 R>>\nstartxref\n41\n%%EOF"
    ),
    "an older table that is this one": lambda: (
        b"%PDF-1.7\n1 0 obj<</Pages 1 0 R>>endobj\nxref\n0 1\n0000000000 65535 f \n"
        b"trailer<</Size 2/Root 1 0 R/Prev 43>>\nstartxref\n43\n%%EOF"
    ),
    "a million objects and no table": lambda: b"%PDF-1.7\n" + b"1 0 obj <<>> endobj\n" * 1_000_000,
    "noise": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 100_000,
    "a header alone": lambda: b"%PDF-1.7",
    "nothing": lambda: b"",
    "too large": lambda: b"%PDF-1.7\n" + b"\0" * (65 * 2**20),
    "a catalogue that is a number": lambda: _pdf({1: b"7"}),
    "a form that is a string": lambda: _catalogue(b"/AcroForm(x)"),
    "encryption that is missing": lambda: _pdf({1: b"<<>>", **PAGES}, b"/Encrypt 9 0 R/ID[<00><00>]"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_is_refused_or_empty_in_no_time(name: str) -> None:
    data = CASES[name]()
    started = time.process_time()
    try:
        assert not identify(data).any
        reading = read(data, DOCUMENT)
        assert not reading.found
    except UnreadableFile as refusal:
        assert refusal.problems[0].code in {"file-damaged", "file-hostile", "file-encrypted"}  # noqa: PT017
    assert time.process_time() - started < LIMIT_S


def _damage(data: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(data)
    at = chance.randrange(len(damaged))
    match chance.randrange(4):
        case 0:
            for _ in range(40):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        case 1:
            del damaged[at:]
        case 2:
            del damaged[at : at + chance.randrange(3000)]
        case _:
            start = chance.randrange(len(damaged))
            damaged[at:at] = damaged[start : start + 3000]
    return bytes(damaged)


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_reads_or_is_refused_by_name(seed: int, written: bytes) -> None:
    data = _damage(written, random.Random(seed))
    try:
        identify(data)
        read(data, DOCUMENT)
    except UnreadableFile as refusal:
        assert refusal.problems  # noqa: PT017


@pytest.fixture(scope="module")
def written() -> bytes:
    return write(DOCUMENT)
