"""The zip container, written piece by piece (PKWARE's APPNOTE 6.3.10; deflate, RFC 1951).

A member is deflated in pieces that do not refer to one another, so that a piece that is the same in a thousand files
is deflated once. Fixed times and attributes: same input, same bytes.
"""

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LEVEL = 6
_VERSION = 20  # 2.0, what deflate needs (4.4.3.2)
_DEFLATED = 8  # 4.4.5
_UTF_8 = 1 << 11  # the name is UTF-8 (4.4.4)
_TIME, _DAY = 0, 1 << 5 | 1  # 1980-01-01 00:00, the earliest a zip can tell
_LOCAL = struct.Struct("<4s5H3I2H")  # 4.3.7
_CENTRAL = struct.Struct("<4s6H3I5H2I")  # 4.3.12
_END = struct.Struct("<4s4H2IH")  # 4.3.16


@dataclass(frozen=True)
class Piece:
    """A stretch of a member, as it is and deflated for itself."""

    data: bytes
    deflated: bytes


def piece(data: bytes, *, last: bool) -> Piece:
    """A stretch of a member. One that is not the last ends at a full flush: what follows refers to nothing in it."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    deflated = packer.compress(data) + packer.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH)
    return Piece(data, deflated)


def pieces(stretches: Sequence[bytes]) -> tuple[Piece, ...]:
    """The pieces of a member, one for each stretch of its bytes."""
    return tuple(piece(each, last=number == len(stretches)) for number, each in enumerate(stretches, start=1))


def zip_of(members: Iterable[tuple[str, Sequence[Piece]]]) -> bytes:
    """A zip of these members in this order."""
    written: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for member, parts in members:
        name = member.encode()
        flags = 0 if name.isascii() else _UTF_8
        crc = 0
        for each in parts:
            crc = zlib.crc32(each.data, crc)
        packed, size = sum(len(each.deflated) for each in parts), sum(len(each.data) for each in parts)
        what = (_VERSION, flags, _DEFLATED, _TIME, _DAY, crc, packed, size, len(name), 0)
        written += [_LOCAL.pack(b"PK\x03\x04", *what), name, *(each.deflated for each in parts)]
        directory += [_CENTRAL.pack(b"PK\x01\x02", _VERSION, *what, 0, 0, 0, 0, offset), name]
        offset += _LOCAL.size + len(name) + packed
    central = b"".join(directory)
    count = len(directory) // 2
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(central), offset, 0)
    return b"".join([*written, central, end])
