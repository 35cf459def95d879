"""What is no file of ours is refused by what it is, told from its bytes and never from its name."""

import io
import random
import time
import zipfile

import msoffcrypto.format.ooxml
import pytest

from docgen.errors import UnreadableFile
from docgen.formats import format_of
from docgen.formats.compound import OLE
from docgen.formats.word.writer import write
from docgen.problems import problem
from tests.formats.ole import Tree, compound_file
from tests.formats.samples import document


def zipped(*names: str, password: bool = False) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, b"<x/>" * 10)
    data = bytearray(buffer.getvalue())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)) if password else ():
        data[data.index(mark) + at] |= 1  # the first member is said to be encrypted (APPNOTE 4.4.4)
    return bytes(data)


def encrypted() -> bytes:
    buffer = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(write(document()))).encrypt("hemligt", buffer)
    return buffer.getvalue()


def spaces(transform: str, space: str) -> Tree:
    """The data spaces of an encrypted package ([MS-OFFCRYPTO] 2.1)."""
    return {
        "\x06DataSpaces": {
            "Version": None,
            "DataSpaceMap": None,
            "DataSpaceInfo": {space: None},
            "TransformInfo": {transform: {"\x06Primary": None}},
        },
        "EncryptedPackage": None,
    }


STANDARD = {**spaces("StrongEncryptionTransform", "StrongEncryptionDataSpace"), "EncryptionInfo": None}
LABEL = spaces("DRMEncryptedTransform", "DRMEncryptedDataSpace")


@pytest.mark.parametrize(
    ("tree", "code"),
    [
        (STANDARD, "file-encrypted"),
        ({"EncryptionInfo": None, "EncryptedPackage": None}, "file-encrypted"),
        (LABEL, "file-sensitivity-label"),
        ({"WordDocument": None, "\x09DRMContent": None, "\x06DataSpaces": {}}, "file-sensitivity-label"),
        ({"WordDocument": None, "1Table": None, "\x05SummaryInformation": None}, "file-old-office"),
        ({"WordDocument": None, "ObjectPool": {"_1": {"Workbook": None}}}, "file-old-office"),
        ({"Workbook": None}, "file-old-excel"),
        ({"Book": None}, "file-old-excel"),
        ({"__properties_version1.0": None, "__nameid_version1.0": {}}, "file-mail"),
        ({"__properties_version1.0": None, "__attach_version1.0_#00000000": {"EncryptedPackage": None}}, "file-mail"),
        ({"PowerPoint Document": None}, "file-kind"),
        ({}, "file-kind"),
    ],
)
@pytest.mark.parametrize("name", ["svar.docx", "svar.xlsx", "svar"])
def test_compound_files_by_their_streams(tree: Tree, code: str, name: str) -> None:
    assert refused(compound_file(tree), name) == code


def refused(data: bytes, name: str = "svar.docx") -> str:
    with pytest.raises(UnreadableFile) as caught:
        format_of(data, name)
    (found,) = caught.value.problems
    for language in ("sv", "en"):
        assert found.message(language)
        assert found.remedy(language)
    return found.code


def test_what_office_encrypts_with_a_password() -> None:
    assert refused(encrypted()) == "file-encrypted"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (rb"{\rtf1\ansi Hej}", "file-rtf"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html><body>Hej</body></html>", "file-html"),
        (b"\r\n<!-- saved -->\n<HTML xmlns:w='urn'><p>Hej</HTML>", "file-html"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "file-office-xml"),
        (b"Received: from a\r\nFrom: a@b.se\r\nSubject: Svar\r\n\r\nHej", "file-mail"),
        (b"MIME-Version: 1.0\nDate: x\nFrom: =?utf-8?q?=C3=85sa?= <a@b.se>\n\nHej", "file-mail"),
        (b"Hej! From: oss alla", "file-text-named-office"),
        ("Fråga: ja\nSvar: nej".encode("latin-1"), "file-text-named-office"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "file-kind"),
        (b"\0\0\0\x18ftypheic" + bytes(50), "file-kind"),
        (bytes(range(256)) * 4, "file-kind"),
        (b"", "file-empty"),
        (zipped("svar.docx", "budget.xlsx"), "file-zip"),
        (zipped("svar.docx", password=True), "file-encrypted"),
        (zipped("Index/Document.iwa", "Metadata/Properties.plist"), "file-pages"),
        (zipped("[Content_Types].xml"), "file-kind"),
    ],
)
def test_other_files_by_their_bytes(data: bytes, code: str) -> None:
    assert refused(data) == code


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xd8\xff\xe0" + bytes(50), "en bild"),
        (b"Hej", "ren text"),
        (b"\0\1\2", "av ett okänt slag"),
    ],
)
def test_a_file_of_another_kind_is_called_what_it_is(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        format_of(data, "fil")
    assert said in caught.value.problems[0].message("sv")


def test_files_made_to_exhaust_are_refused_at_once() -> None:
    deep: Tree = {"WordDocument": None}
    for number in range(200):
        deep = {f"s{number}": deep}
    wide: Tree = {f"s{number}": None for number in range(20_000)}
    chance = random.Random(5)
    base = compound_file(STANDARD)
    files = [b"<!---->" * 600, b"From" + b"a-" * 3000, b"{ " * 3000, b"\n" * 5000]
    files += [compound_file(wide), compound_file(deep), OLE, OLE + b"\xff" * 5000, base[:700]]
    for _ in range(300):
        broken = bytearray(base)
        for _ in range(4):
            at = 4 * chance.randrange(len(base) // 4)
            broken[at : at + 4] = chance.choice([b"\xff" * 4, b"\xff\xff\xff\x7f", bytes(4), chance.randbytes(4)])
        files.append(OLE + bytes(broken[8:]))
    for data in files:
        start = time.perf_counter()
        assert refused(data).startswith("file-")
        assert time.perf_counter() - start < 1


def test_every_sign_of_a_compound_file_is_a_problem() -> None:
    from docgen.formats import compound

    for _, code in compound._SIGNS:  # noqa: SLF001 - the codes stand in a table of its own
        assert problem(code).severity == "error"
