"""Files made to harm who opens them, and what each costs to read: run as a program, it prints one line of JSON a file.

``python -m tests.formats.word.hostile GOOD FOLDER`` makes them of a good file, reads each in a process of its own, and
tells its problems, the processor's seconds and the memory that reading took at most.
"""

import io
import json
import os
import re
import struct
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from docgen.reading import read

MAIN = "word/document.xml"
Parts = dict[str, bytes]


def _pack(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def _in_body(parts: Parts, xml: str) -> bytes:
    """The good file with more in its body."""
    before, end, after = parts[MAIN].rpartition(b"<w:sectPr")
    return _pack({**parts, MAIN: before + xml.encode() + end + after})


def _main(parts: Parts, data: bytes) -> bytes:
    return _pack({**parts, MAIN: data})


def _with_doctype(parts: Parts, doctype: str, words: str = "") -> bytes:
    _, declaration, rest = parts[MAIN].partition(b"?>")
    rest = rest.replace(b"<w:body>", f"<w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p>".encode(), 1)
    return _main(parts, b"<?xml version='1.0'" + declaration + doctype.encode() + rest)


def _lying(parts: Parts, size: int) -> bytes:
    """The directory says another size of the main part than it has (4.3.12)."""
    data = bytearray(_pack(parts))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(MAIN.encode()))
    struct.pack_into("<I", data, at + 24, size)
    return bytes(data)


def _overlapping(parts: Parts) -> bytes:
    """A thousand names in the directory for the same bytes."""
    bomb = b" " * 60_000_000
    data = _pack({**parts, "bomb": bomb})
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"bomb"))
    entry, end = data[at : at + 50], data[data.rindex(b"PK\x05\x06") :]
    names = [entry[:46] + f"{number:04}".encode() for number in range(1000)]
    directory = data[data.index(b"PK\x01\x02") : at] + b"".join(names)
    count = len(parts) + 1000
    closing = struct.pack("<4s4H2IH", end[:4], 0, 0, count, count, len(directory), data.index(b"PK\x01\x02"), 0)
    return data[: data.index(b"PK\x01\x02")] + directory + closing


def _wrong_crc(parts: Parts) -> bytes:
    data = bytearray(_pack({**parts, MAIN: parts[MAIN]}, zipfile.ZIP_STORED))
    data[data.index(b"<w:body>") + 2000] ^= 1
    return bytes(data)


def _twice(parts: Parts) -> bytes:
    data = _pack({**parts, "word/document.xmk": b"<x/>"})
    return data.replace(b"word/document.xmk", MAIN.encode())


def _table(rows: int) -> str:
    cells = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc>"
    return f"<w:tbl>{''.join(f'<w:tr>{cells.format(number)}</w:tr>' for number in range(rows))}</w:tbl><w:p/>"


def _external(parts: Parts) -> bytes:
    relation = (
        b'<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'attachedTemplate" Target="http://127.0.0.1:9/x.dotm" TargetMode="External"/></Relationships>'
    )
    name = "word/_rels/document.xml.rels"
    return _pack({**parts, name: parts[name].replace(b"</Relationships>", relation)})


def _spread(parts: Parts) -> bytes:
    return _in_body(parts, _table(3).replace("<w:tc>", '<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>'))


def _many_empty(parts: Parts) -> bytes:
    return _in_body(parts, "".join(f'<w:p w:rsidR="{number:08X}"/>' for number in range(1_000_000)))


_LAUGHS = "".join("<!ENTITY l{} '{}'>".format(n, 10 * f"&l{n - 1};") for n in range(1, 9))
_BOMB = f'<!DOCTYPE x [<!ENTITY l0 "ha">{_LAUGHS}]>'

# Each file: how it is made, and the code of the problem that reading it tells, "" for none.
REFUSED: dict[str, tuple[Callable[[Parts], bytes], str]] = {
    "flat bomb": (lambda parts: _pack({**parts, "bomb": b"\0" * 200_000_000}), "file-hostile"),
    "bomb in the main part": (lambda parts: _main(parts, b"<w>" + b" " * 60_000_000), "file-hostile"),
    "bomb of many members": (
        lambda parts: _pack({**parts, **{f"m{n}": os.urandom(500) * 2000 for n in range(250)}}),
        "file-hostile",
    ),
    "nested bomb": (lambda _: _pack({"word.docx": _pack({"bomb": b"\0" * 50_000_000})}), "file-kind"),
    "overlapping members": (_overlapping, "file-hostile"),
    "too many members": (lambda parts: _pack({**parts, **{str(n): b"" for n in range(6000)}}), "file-hostile"),
    "size said too small": (lambda parts: _lying(parts, 100), "file-damaged"),
    "size said too large": (lambda parts: _lying(parts, 2**31), "file-hostile"),
    "entity bomb": (lambda parts: _with_doctype(parts, _BOMB, "&l8;"), "file-hostile"),
    "DOCTYPE": (lambda parts: _with_doctype(parts, "<!DOCTYPE x>"), "file-hostile"),
    "external entity": (
        lambda parts: _with_doctype(parts, '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "&e;"),
        "file-hostile",
    ),
    "DOCTYPE in UTF-16": (
        lambda parts: _main(parts, '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE document><document/>'.encode("utf-16")),
        "file-hostile",
    ),
    "path traversal": (lambda parts: _pack({**parts, "../../../etc/passwd": b"x"}), "file-hostile"),
    "duplicate member": (_twice, "file-hostile"),
    "100,000 levels": (lambda parts: _in_body(parts, "<w:x>" * 100_000 + "</w:x>" * 100_000), "file-damaged"),
    "a million empty paragraphs": (_many_empty, "file-hostile"),
    "a million attributes": (
        lambda parts: _in_body(parts, "<w:p " + " ".join(f'a{n}="{n}"' for n in range(1_000_000)) + "/>"),
        "file-hostile",
    ),
    "20,000 rows": (lambda parts: _in_body(parts, _table(20_000)), "file-hostile"),
    "40 MB of text": (lambda parts: _in_body(parts, "<w:p><w:r><w:t>" + "ordet " * 7_000_000 + "</w:t></w:r></w:p>"), "file-hostile"),
    "no main part": (lambda parts: _pack({k: v for k, v in parts.items() if k != MAIN}), "file-kind"),
    "an empty main part": (lambda parts: _main(parts, b""), "file-kind"),
    "no body": (lambda parts: _main(parts, re.sub(rb"<w:body>.*</w:body>", b"", parts[MAIN], flags=re.DOTALL)), "file-damaged"),
    "truncated": (lambda parts: _pack(parts)[:-5000], "file-damaged"),
    "wrong CRC": (_wrong_crc, "file-damaged"),
    "invalid UTF-8": (lambda parts: _main(parts, parts[MAIN].replace(b"<w:t ", b"<w:t>\xff\xfe</w:t><w:t ", 1)), "file-damaged"),
}  # fmt: skip
READ: dict[str, tuple[Callable[[Parts], bytes], str]] = {
    "a gridSpan of a billion": (_spread, ""),
    "a table of 2,000 rows": (lambda parts: _in_body(parts, _table(2_000)), ""),
    "UTF-16": (lambda parts: _main(parts, _utf_16(parts[MAIN])), ""),
    "external template": (_external, "file-external"),
}


def _utf_16(data: bytes) -> bytes:
    text = data.decode().partition("?>")[2]
    return f'<?xml version="1.0" encoding="UTF-16" standalone="yes"?>{text}'.encode("utf-16")


def _measured(path: Path) -> dict[str, object]:
    """What reading a file tells and costs, in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        start = time.process_time()
        (result,) = read([path])
        cost = time.process_time() - start
        told = {
            "codes": [found.code for found in result.problems],
            "answers": len(getattr(result, "answers", ())),
            "seconds": cost,
            "megabytes": getrusage(RUSAGE_SELF).ru_maxrss / 1024,
        }
        os.write(writing, json.dumps(told).encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        return dict(json.loads(pipe.read() or b"{}"))


def made(good: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file, made of a good one; nothing of what making it took is left in memory."""
    with zipfile.ZipFile(good) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, (make, _) in {**REFUSED, **READ}.items():
        path = folder / f"{name}.docx"
        child = os.fork()
        if not child:
            path.write_bytes(make(parts))
            os._exit(0)
        os.waitpid(child, 0)
        yield name, path


def main(good: Path, folder: Path) -> None:
    """Prints what each file tells and costs; the good one, which warms everything up, first."""
    read([good])
    for name, path in (("good", good), *made(good, folder)):
        print(json.dumps({"file": name, **_measured(path)}), flush=True)  # noqa: T201 - it is a program


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
