"""What runs in the child: a workbook on standard input → frames on standard output.

A frame is a tuple in Python's own binary form (`marshal`), which takes a millisecond per ten thousand cells:

    ("names", names)                          the sheets there are
    ("sheet", name, visible, merged)          a sheet begins; merged cells as in `sheets.Extent`
    ("rows", columns, days)                   some of its rows, by column; days are text there and listed
    ("end",)                                  that was all
    ("refused", code, key, values)            nothing of it can be used
"""

from __future__ import annotations

import gc
import io
import marshal
import sys
from datetime import date, datetime

from advedu.importing.workbook import archive
from advedu.importing.workbook.archive import Refused

# As in `archive`.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any, BinaryIO

    Send = Callable[[tuple[Any, ...]], None]

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STEP = 2_000
# What reading takes at most beside what is in use already, in bytes: the shortest cell has twenty and becomes forty to
# a hundred, and the empty places around it as many each.
_ROOM, _PER_BYTE = 64 << 20, 12
# Half a megabyte a millisecond is usual; seconds of computing that even a slow machine does not need.
_SECONDS, _BYTES_PER_SECOND = 1, 4 << 20
# Many cells may hold one and the same long text.
_MOST_SENT, _SENT_PER_BYTE = 32 << 20, 6
_VISIBLE = "Visible"
_PLAIN = {str, float, int, bool}
_DAYS = {date, datetime}


def main() -> None:
    """Read what stands on standard input; the one argument, if any, is the name of the sheet that is wanted."""
    wanted = sys.argv[-1][1:] if sys.argv[-1].startswith("=") else None
    out = sys.stdout.buffer
    # Rows are in no cycles.
    gc.disable()
    try:
        serve(sys.stdin.buffer.read(), wanted, out)
    except Refused as refused:
        put(out, ("refused", refused.code, refused.key, refused.values))
    except MemoryError:
        put(out, ("refused", "too_large", "memory", {}))
    out.flush()


def put(out: BinaryIO, frame: tuple[Any, ...]) -> int:
    """Write a frame, its length before it in four bytes; return how much that was."""
    # Without the search for things that are there twice, which later versions begin with.
    text = marshal.dumps(frame, 2)
    out.write(len(text).to_bytes(4, "little"))
    out.write(text)
    return len(text)


def serve(content: bytes, wanted: str | None, out: BinaryIO) -> None:
    """Write the frames of a workbook.

    Raises:
        Refused: nothing of it can be used.
    """
    size, memory = room(content)
    limit(memory, _SECONDS + size // _BYTES_PER_SECOND)
    left = _MOST_SENT + _SENT_PER_BYTE * size

    def send(frame: tuple[Any, ...]) -> None:
        nonlocal left
        left -= put(out, frame)
        if left < 0:
            raise Refused("too_large", "memory")

    _read(content, wanted, send)
    send(("end",))


def room(content: bytes) -> tuple[int, int]:
    """Return how much is unpacked and how much memory that may take, going by the directory alone.

    Raises:
        Refused: it is damaged, encrypted or too large.
    """
    if content.startswith(_OLE):
        # A password makes an OLE container of an xlsx; without one it is an xls.
        if _ENCRYPTED in content:
            raise Refused("encrypted", "encrypted")
        return len(content), _ROOM + len(content) * _PER_BYTE
    if not content.startswith(_ZIP):
        raise Refused("unreadable", "damaged")
    size = archive.unpacked_size(archive.parts(content))
    return size, _ROOM + len(content) + size * _PER_BYTE


def limit(memory: int, seconds: int) -> None:
    """Let the process take only so much more memory and computing time, where the system knows such limits."""
    try:
        import resource
    except ImportError:
        # Windows: the look at the parts and the program's patience must do.
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds += int(used.ru_utime + used.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    held = _held()
    if held is not None:
        resource.setrlimit(resource.RLIMIT_AS, (held + memory, held + memory))


def _held() -> int | None:
    """Return the size of this process's address space, or None where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 (pathlib takes longer to import than to read)
            return int(file.read().split()[0]) * 4096
    except OSError:
        return None


def _read(content: bytes, wanted: str | None, send: Send) -> None:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        send(("names", book.sheet_names))
        visible = {each.name: str(each.visible).endswith(_VISIBLE) for each in book.sheets_metadata}
        for name in book.sheet_names if wanted is None else [wanted]:
            if name not in book.sheet_names:
                continue
            sheet = book.get_sheet_by_name(name)
            # Older ones do not tell which cells are merged; then none is filled down.
            merged = getattr(sheet, "merged_cell_ranges", None) or ()
            send(("sheet", name, visible.get(name, True), tuple(merged)))
            for rows in _steps(sheet):
                send(_frame(rows))
    except PasswordError as error:
        raise Refused("encrypted", "encrypted") from error
    except (CalamineError, OSError, ValueError) as error:
        raise Refused("unreadable", "damaged") from error


def _steps(sheet: Any) -> Iterator[list[list[Any]]]:
    rows: list[list[Any]] = []
    for row in sheet.iter_rows():
        rows.append(row)
        if len(rows) == _STEP:
            yield rows
            rows = []
    if rows:
        yield rows


def _others(column: Sequence[Any]) -> bool:
    return not set(map(type, column)) <= _PLAIN


def _frame(rows: list[list[Any]]) -> tuple[Any, ...]:
    """Return rows as columns, in which days, that have no binary form of Python's own, are found quickly."""
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
    days: list[tuple[int, list[int]]] = []
    for j, column in enumerate(columns):
        if not _others(column):
            continue
        places = [i for i, cell in enumerate(column) if type(cell) in _DAYS]
        days.append((j, places))
        columns[j] = texts = list(column)
        for i in places:
            texts[i] = column[i].isoformat()
        # Times of day and spans of time are texts for good.
        columns[j] = [cell if type(cell) in _PLAIN else str(cell) for cell in texts] if _others(texts) else texts
    return ("rows", columns, days)
