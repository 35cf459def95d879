"""The least OLE compound files ([MS-CFB] 2.2, 2.3, 2.6): a directory of streams with nothing in them."""

from collections.abc import Mapping, Sequence
from typing import Union

Tree = Mapping[str, Union["Tree", None]]
"""Names of streams (None) and of storages (what is in them)."""

_FREE = b"\xff\xff\xff\xff"
_END = b"\xfe\xff\xff\xff"
_FAT = b"\xfd\xff\xff\xff"
_SECTOR = 512
_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _number(value: int) -> bytes:
    return value.to_bytes(4, "little")


def _entry(name: str, kind: int, right: bytes, child: bytes) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    made = raw.ljust(64, b"\0") + len(raw).to_bytes(2, "little") + bytes([kind, 1]) + _FREE + right + child
    return made + bytes(36) + _END + bytes(8)


def compound_file(tree: Tree) -> bytes:
    """A file with these streams and storages; siblings hang in one row, each to the right of the one before."""
    entries: list[tuple[str, int, bytes, bytes]] = [("Root Entry", 5, _FREE, _FREE)]

    def add(branch: Tree) -> bytes:
        first, last = _FREE, -1
        for name, inside in branch.items():
            at = len(entries)
            entries.append((name, 2 if inside is None else 1, _FREE, _FREE))
            if inside:
                entries[at] = (*entries[at][:3], add(inside))
            if last < 0:
                first = _number(at)
            else:
                entries[last] = (*entries[last][:2], _number(at), entries[last][3])
            last = at
        return first

    entries[0] = ("Root Entry", 5, _FREE, add(tree))
    return _packed([_entry(*each) for each in entries])


def _packed(entries: Sequence[bytes]) -> bytes:
    directory = b"".join(entries)
    directory = directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\0")
    sectors = len(directory) // _SECTOR
    tables = 1
    while tables * 128 < tables + sectors:
        tables += 1
    chain = b"".join(_number(tables + at + 1) for at in range(sectors - 1)) + _END
    fat = (_FAT * tables + chain).ljust(tables * _SECTOR, b"\xff")
    header = _MAGIC + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00" + bytes(10)
    header += _number(tables) + _number(tables) + bytes(4) + b"\0\x10\0\0" + _END + bytes(4) + _END + bytes(4)
    header += b"".join(_number(at) for at in range(tables)).ljust(109 * 4, b"\xff")
    return header + fat + directory
