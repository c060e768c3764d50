"""The directory of a zip archive, looked at before anything is unpacked."""

from __future__ import annotations

import struct
import zlib
from itertools import pairwise

# Known to type checkers alone: a child that reads a workbook would need as long to load it as to start.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What a workbook of five million cells needs; more is no list of a district's people.
MOST_UNPACKED = 256 << 20
MOST_PARTS = 4_000
# Sheets of numbers shrink to a fortieth, empty styled rows to a two-hundredth; bombs to a thousandth.
MOST_RATIO, RATIO_FROM = 300, 4 << 20
# Pictures and the like are never unpacked.
_UNPACKED = (".xml", ".rels", ".bin")
_END, _END_SIZE = b"PK\x05\x06", 22
_ENTRY, _ENTRY_SIZE = b"PK\x01\x02", 46
_LOCAL, _LOCAL_SIZE = b"PK\x03\x04", 30
_LONGEST_COMMENT = 1 << 16
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 1
_WIDE = 0xFFFFFFFF
_WIDE_FIELD = 1
_STEP = 1 << 20


class Refused(Exception):
    """Why a workbook is not read.

    Attributes:
        code: `too_large`, `encrypted` or `unreadable`.
        key: which sentence of `call.WHY` says it.
        values: what fills the sentence.
    """

    def __init__(self, code: str, key: str, **values: object) -> None:
        super().__init__(code, key)
        self.code = code
        self.key = key
        self.values = values


class Part:
    """One file in the archive: its name, how it is packed, its size so and unpacked, where it begins."""

    __slots__ = ("method", "name", "packed", "size", "start")

    def __init__(self, name: str, method: int, packed: int, size: int, start: int) -> None:
        self.name = name
        self.method = method
        self.packed = packed
        self.size = size
        self.start = start


def parts(content: bytes) -> dict[str, Part]:
    """Return the parts of an archive by name, the directory checked.

    Raises:
        Refused: it is damaged, encrypted, or claims more than any honest workbook.
    """
    found: dict[str, Part] = {}
    spans: list[tuple[int, int]] = []
    for name, flags, method, packed, size, offset in _entries(content):
        if flags & _ENCRYPTED:
            raise Refused("encrypted", "encrypted")
        plain = name.replace("\\", "/")
        if plain in found or not _harmless(plain):
            raise Refused("unreadable", "damaged")
        start = _start(content, offset, packed)
        spans.append((offset, start + packed))
        found[plain] = Part(plain, method, packed, size, start)
        if len(found) > MOST_PARTS:
            raise Refused("too_large", "parts", most=MOST_PARTS)
    spans.sort()
    if any(one[1] > other[0] for one, other in pairwise(spans)):
        raise Refused("unreadable", "overlap")
    for part in _read(found):
        if part.size > RATIO_FROM and part.size > MOST_RATIO * part.packed:
            raise Refused("too_large", "ratio", part=part.name, ratio=part.size // max(1, part.packed))
        if part.method not in (_STORED, _DEFLATED):
            raise Refused("unreadable", "damaged")
    if unpacked_size(found) > MOST_UNPACKED:
        raise Refused("too_large", "unpacked", most=MOST_UNPACKED >> 20)
    return found


def _harmless(name: str) -> bool:
    """Tell whether a name stays inside the archive; none is ever written anywhere, but no spreadsheet saves others."""
    return not (name.startswith("/") or ".." in name.split("/") or "\0" in name or ":" in name)


def unpacked_size(found: Mapping[str, Part]) -> int:
    """Return how much the parts that are read unpack to, if their entries are right."""
    return sum(part.size for part in _read(found))


def _read(found: Mapping[str, Part]) -> list[Part]:
    return [part for part in found.values() if part.name.lower().endswith(_UNPACKED)]


def unpacked(content: bytes, part: Part) -> Iterator[bytes]:
    """Yield the content of a part, never more than its entry says.

    Raises:
        Refused: it is damaged, or longer than it says.
    """
    packed = memoryview(content)[part.start : part.start + part.packed]
    if part.method == _STORED:
        if part.packed != part.size:
            raise Refused("unreadable", "damaged")
        for place in range(0, part.size, _STEP):
            yield bytes(packed[place : place + _STEP])
        return
    inflate, left = zlib.decompressobj(-zlib.MAX_WBITS), part.size
    try:
        waiting = inflate.decompress(packed, _STEP)
        while waiting:
            left -= len(waiting)
            if left < 0:
                raise Refused("too_large", "claims", part=part.name)
            yield waiting
            waiting = inflate.decompress(inflate.unconsumed_tail, _STEP)
    except zlib.error as error:
        raise Refused("unreadable", "damaged") from error
    if left or not inflate.eof:
        raise Refused("unreadable", "damaged")


def _entries(content: bytes) -> Iterator[tuple[str, int, int, int, int, int]]:
    """Yield name, flags, method, packed size, size and offset of each entry of the central directory."""
    end = content.rfind(_END, max(0, len(content) - _END_SIZE - _LONGEST_COMMENT))
    if end < 0 or end + _END_SIZE > len(content):
        raise Refused("unreadable", "truncated")
    count, length, at = struct.unpack_from("<HII", content, end + 10)
    if at + length > end:
        raise Refused("unreadable", "damaged")
    for _ in range(count):
        if content[at : at + 4] != _ENTRY or at + _ENTRY_SIZE > end:
            raise Refused("unreadable", "damaged")
        flags, method = struct.unpack_from("<HH", content, at + 8)
        packed, full, length, extra, comment = struct.unpack_from("<IIHHH", content, at + 20)
        (offset,) = struct.unpack_from("<I", content, at + 42)
        name = content[at + _ENTRY_SIZE : at + _ENTRY_SIZE + length].decode("utf-8", "replace")
        more = content[at + _ENTRY_SIZE + length : at + _ENTRY_SIZE + length + extra]
        if _WIDE in (packed, full, offset):
            full, packed, offset = _wide(more, full, packed, offset)
        yield name, flags, method, packed, full, offset
        at += _ENTRY_SIZE + length + extra + comment


def _wide(extra: bytes, *values: int) -> list[int]:
    """Return size, packed size and offset with those that did not fit taken from the field behind the name."""
    place = 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, place)
        if kind == _WIDE_FIELD and length >= 8 * values.count(_WIDE) and place + 4 + length <= len(extra):
            wide = iter(struct.unpack_from(f"<{length // 8}Q", extra, place + 4))
            return [next(wide) if value == _WIDE else value for value in values]
        place += 4 + length
    raise Refused("unreadable", "damaged")


def _start(content: bytes, offset: int, packed: int) -> int:
    """Return where the bytes of an entry begin, behind its local header."""
    if content[offset : offset + 4] != _LOCAL or offset + _LOCAL_SIZE > len(content):
        raise Refused("unreadable", "damaged")
    length, extra = struct.unpack_from("<HH", content, offset + 26)
    start = int(offset + _LOCAL_SIZE + length + extra)
    if start + packed > len(content):
        raise Refused("unreadable", "truncated")
    return start
