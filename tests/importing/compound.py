"""OLE compound files, which is what old and encrypted workbooks are."""

from __future__ import annotations


def compound(stream: str) -> bytes:
    """An OLE compound file with one stream, which is what old and encrypted workbooks are."""
    free, end = b"\xff" * 4, b"\xfe\xff\xff\xff"
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + bytes.fromhex("3e000300feff0900060000000000000000000000")
    header += (1).to_bytes(4, "little") + (1).to_bytes(4, "little") + bytes(4) + (4096).to_bytes(4, "little")
    header += end + bytes(4) + end + bytes(4) + bytes(4) + free * 108

    def entry(name: str, kind: int, child: bytes, start: bytes, size: int) -> bytes:
        encoded = (name + "\0").encode("utf-16-le")
        head = encoded.ljust(64, b"\0") + len(encoded).to_bytes(2, "little") + bytes([kind, 1])
        return head + free * 2 + child + bytes(36) + start + size.to_bytes(8, "little")

    directory = entry("Root Entry", 5, bytes([1, 0, 0, 0]), end, 0)
    directory += entry(stream, 2, free, (2).to_bytes(4, "little"), 4096) + bytes(256)
    table = b"\xfd\xff\xff\xff" + end + b"".join((n + 1).to_bytes(4, "little") for n in range(2, 9)) + end
    return header + table.ljust(512, b"\xff") + directory + bytes(4096)
