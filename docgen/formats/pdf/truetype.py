"""TrueType fonts: which glyph a character has, how wide it is, and a smaller font with fewer glyphs.

OpenType 1.9 (ISO/IEC 14496-22). Only what a PDF needs of a font with outlines in `glyf`; glyph numbers stay as they
are, so that composite glyphs and a CIDToGIDMap of Identity keep working (ISO 32000-1, 9.7.4.2).
"""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

# What a font program embedded in a PDF must hold (ISO 32000-1, 9.9, table 126; cmap is not needed in a CIDFontType2).
_KEPT = ("cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep")

# Flags of a component of a composite glyph (OpenType, table glyf).
_ARGUMENTS_ARE_WORDS = 0x0001
_SCALE = 0x0008
_MORE_COMPONENTS = 0x0020
_XY_SCALE = 0x0040
_TWO_BY_TWO = 0x0080


@dataclass(frozen=True, eq=False)
class Font:
    """A font program: its tables by tag."""

    tables: Mapping[str, bytes]

    @classmethod
    def from_bytes(cls, data: bytes) -> "Font":
        """The font in a .ttf file."""
        (count,) = struct.unpack_from(">H", data, 4)
        tables = {}
        for index in range(count):
            tag, _, offset, length = struct.unpack_from(">4sIII", data, 12 + 16 * index)
            tables[tag.decode("ascii")] = data[offset : offset + length]
        return cls(tables)

    @cached_property
    def units_per_em(self) -> int:
        """Font units to the em."""
        return int(struct.unpack_from(">H", self.tables["head"], 18)[0])

    @cached_property
    def box(self) -> tuple[int, int, int, int]:
        """The bounding box of all glyphs, in font units."""
        left, bottom, right, top = struct.unpack_from(">4h", self.tables["head"], 36)
        return left, bottom, right, top

    @cached_property
    def ascent(self) -> int:
        """How far above the line the font reaches, in font units."""
        return int(struct.unpack_from(">h", self.tables["hhea"], 4)[0])

    @cached_property
    def descent(self) -> int:
        """How far below the line the font reaches, in font units; negative."""
        return int(struct.unpack_from(">h", self.tables["hhea"], 6)[0])

    @cached_property
    def cap_height(self) -> int:
        """The height of capitals, in font units (OS/2 version 2 and later)."""
        return int(struct.unpack_from(">h", self.tables["OS/2"], 88)[0])

    @cached_property
    def glyph_count(self) -> int:
        """The number of glyphs."""
        return int(struct.unpack_from(">H", self.tables["maxp"], 4)[0])

    @cached_property
    def widths(self) -> tuple[int, ...]:
        """The advance width of every glyph, in font units."""
        (long,) = struct.unpack_from(">H", self.tables["hhea"], 34)
        advances = [struct.unpack_from(">H", self.tables["hmtx"], 4 * glyph)[0] for glyph in range(long)]
        return tuple(advances + advances[-1:] * (self.glyph_count - long))

    @cached_property
    def glyphs(self) -> Mapping[int, int]:
        """The glyph of every character (code point) the font has, from the `cmap` of format 4 for Windows."""
        table = self.tables["cmap"]
        (count,) = struct.unpack_from(">H", table, 2)
        for index in range(count):
            platform, encoding, offset = struct.unpack_from(">HHI", table, 4 + 8 * index)
            if (platform, encoding) == (3, 1):
                return _format_4(table[offset:])
        return {}

    @cached_property
    def _places(self) -> tuple[int, ...]:
        """Where each glyph begins in `glyf`, and where the last one ends."""
        (long,) = struct.unpack_from(">h", self.tables["head"], 50)
        count = self.glyph_count + 1
        if long:
            return struct.unpack_from(f">{count}I", self.tables["loca"])
        return tuple(2 * place for place in struct.unpack_from(f">{count}H", self.tables["loca"]))

    def _outline(self, glyph: int) -> bytes:
        return self.tables["glyf"][self._places[glyph] : self._places[glyph + 1]]

    def with_only(self, glyphs: Iterable[int]) -> bytes:
        """A font program in which all other glyphs are empty (and those these are made of are kept)."""
        kept = {0}
        waiting = set(glyphs)
        while waiting:
            glyph = waiting.pop()
            kept.add(glyph)
            waiting.update(part for part in _components(self._outline(glyph)) if part not in kept)
        outlines = bytearray()
        places = [0]
        for glyph in range(self.glyph_count):
            if glyph in kept:
                outlines += self._outline(glyph)
                outlines += b"\0" * (-len(outlines) % 4)
            places.append(len(outlines))
        head = bytearray(self.tables["head"])
        struct.pack_into(">h", head, 50, 1)  # indexToLocFormat: long offsets
        struct.pack_into(">I", head, 8, 0)  # checkSumAdjustment: readers of a PDF do not look at it
        tables = {tag: self.tables[tag] for tag in _KEPT if tag in self.tables}
        tables |= {"head": bytes(head), "glyf": bytes(outlines), "loca": struct.pack(f">{len(places)}I", *places)}
        return _file(tables)


def _format_4(table: bytes) -> dict[int, int]:
    """A segment mapping to delta values (OpenType, table cmap, format 4)."""
    doubled, *_ = struct.unpack_from(">H", table, 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + doubled)
    deltas = struct.unpack_from(f">{count}h", table, 16 + 2 * doubled)
    ranges_at = 16 + 3 * doubled
    ranges = struct.unpack_from(f">{count}H", table, ranges_at)
    glyphs = {}
    for index in range(count):
        for code in range(starts[index], min(ends[index], 0xFFFE) + 1):
            glyph = code
            if ranges[index]:
                at = ranges_at + 2 * index + ranges[index] + 2 * (code - starts[index])
                (glyph,) = struct.unpack_from(">H", table, at)
                if not glyph:
                    continue
            glyph = (glyph + deltas[index]) & 0xFFFF
            if glyph:
                glyphs[code] = glyph
    return glyphs


def _components(outline: bytes) -> Iterable[int]:
    """The glyphs a composite glyph is made of; none for a simple one."""
    if len(outline) < 10 or struct.unpack_from(">h", outline)[0] >= 0:
        return
    at = 10
    more = True
    while more:
        flags, glyph = struct.unpack_from(">HH", outline, at)
        yield glyph
        at += 8 if flags & _ARGUMENTS_ARE_WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _XY_SCALE else 8 if flags & _TWO_BY_TWO else 0
        more = bool(flags & _MORE_COMPONENTS)


def _file(tables: Mapping[str, bytes]) -> bytes:
    """A font file of these tables (OpenType, organization of an OpenType font)."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(">IHHHH", 0x00010000, count, 16 * power, power.bit_length() - 1, 16 * (count - power))
    place = len(header) + 16 * count
    directory, body = b"", b""
    for tag in sorted(tables):
        data = tables[tag]
        padded = data + b"\0" * (-len(data) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sIII", tag.encode("ascii"), checksum, place + len(body), len(data))
        body += padded
    return header + directory + body
