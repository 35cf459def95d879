"""Opening Office packages that may be hostile, and writing them the same way every time (ECMA-376 part 2)."""

import io
import zipfile

import pytest

from docgen.errors import UnreadableFile
from docgen.formats import opc
from docgen.formats.opc import main_part, open_package, parse_xml, write_package

RELS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/a/b.xml"/></Relationships>'
)


def _zip(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return buffer.getvalue()


def _refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as raised:
        dict(open_package(data).members)  # a member is looked at when it is asked for
    return raised.value.problems[0].code


def _lying(size: int) -> bytes:
    """A zip whose directory says another inflated size than its member has."""
    data = bytearray(_zip(("a", b"x" * 1000)))
    central = data.rindex(b"PK\x01\x02")
    data[central + 24 : central + 28] = size.to_bytes(4, "little")
    return bytes(data)


def test_what_was_written_is_there_and_written_the_same() -> None:
    members = [("b.xml", b"<b/>"), ("å/c.bin", bytes(range(256)))]
    data = write_package(members)
    assert data == write_package(members)
    assert dict(open_package(data).members) == dict(members)
    assert [info.date_time for info in zipfile.ZipFile(io.BytesIO(data)).infolist()] == [(1980, 1, 1, 0, 0, 0)] * 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04", "file-damaged"),
        (b"nothing", "file-damaged"),
        (_zip(("a", b"x" * 5000))[:-30], "file-damaged"),
        (_zip(("a", b"\0" * (opc.RATIO_FROM + 1))), "file-hostile"),
        (_zip(("../a", b"x")), "file-hostile"),
        (_zip(("a\\..\\..\\b", b"x")), "file-hostile"),
        (_zip(("/a", b"x"), ("a", b"y")), "file-hostile"),
        (_zip(*((str(number), b"") for number in range(opc.MAX_MEMBERS + 1))), "file-hostile"),
        (_lying(10), "file-damaged"),
        (_lying(2**31), "file-hostile"),
    ],
)
def test_refused(data: bytes, code: str) -> None:
    assert _refusal(data) == code


def test_a_member_with_a_zip_password() -> None:
    data = bytearray(_zip(("a", b"x")))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1  # general purpose bit 0 (APPNOTE 4.4.4)
    assert _refusal(bytes(data)) == "file-encrypted"


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (b"", "file-damaged"),
        (b"<a>", "file-damaged"),
        (b"<a>&x;</a>", "file-damaged"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "file-hostile"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "file-hostile"),
        (b"<a>" * 1000 + b"</a>" * 1000, "file-damaged"),
    ],
)
def test_xml_that_is_refused(xml: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        parse_xml(xml)
    assert raised.value.problems[0].code == code


def test_strict_namespaces_are_read_as_transitional() -> None:
    root = parse_xml(b'<w:a xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>')
    assert root.tag == "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}a"


def test_the_main_part() -> None:
    assert main_part(open_package(_zip(("_rels/.rels", RELS)))) == "a/b.xml"
    assert main_part(open_package(_zip(("x", b"")))) == ""
    assert open_package(_zip(("x", b""))).xml("y") is None
