"""How far the cells of a sheet really reach, read from its XML before a library believes what it declares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from advedu.importing.workbook.archive import Part, Refused, unpacked
from advedu.importing.workbook.elements import Ods, Xlsx, parse
from advedu.importing.workbook.extent import MOST_CELLS, Extent
from advedu.values.cell_names import cell_name, column_number

# A rectangle of a million places is cheap; a larger one must be filled to a twentieth.
SMALL_BOX, THINNEST = 1_000_000, 20
_LETTERS = 26
_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 14
# The shortest thing that can be counted in XML, <a/>.
# The least that one shared string takes, <si/>.
_SHORTEST = 5
_MOST_COUNTED = 1 << 24
_UNIQUE = re.compile(rb"""uniqueCount\s*=\s*["']\s*(\d+)""")
_COUNT = re.compile(rb"""ount\s*=\s*["']\s*(\d+)""")
_CELL = re.compile(rb"<(?:[^<>\s/]*:)?c[\s/>]")
_PLAIN_CELL = re.compile(rb'<(?:x:)?c r="([A-Z]{1,3})[0-9]{1,7}"')
_CELL_ROW = re.compile(rb'<(?:x:)?c r="[A-Z]{1,3}([0-9]{1,7})"')
_ROW = re.compile(rb"<(?:[^<>\s/]*:)?row[\s/>]")
_PLAIN_ROW = re.compile(rb'<(?:x:)?row r="([0-9]{1,7})"')
# A sheet is looked at in pieces that end before a row, so that its size costs no memory.
_LONGEST_PIECE = 8 << 20
_FLAW = re.compile(
    rb'<(?:x:)?c r="([A-Z]{1,3})([0-9]{1,7})"([^>]*)>\s*'
    rb"(?:<(?:x:)?f\b[^>]*?/>|<(?:x:)?f\b[^>]*>([^<]*)</(?:x:)?f>)?\s*"
    rb"(?:<(?:x:)?v>([^<]*)</(?:x:)?v>|<(?:x:)?v\s*/>)?\s*</(?:x:)?c>"
)


def checked(pieces: Iterable[bytes], part: Part) -> Iterator[bytes]:
    """Pass the pieces of a part on; refuse one that defines entities or counts more things than it has room for."""
    before = b""
    for piece in pieces:
        seam = before[-64:] + piece[:64]
        for text in (seam, piece):
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise Refused("unreadable", "entities", part=part.name)
            if b"ount" in text and (
                any(int(n) > part.size // _SHORTEST + 1 for n in _UNIQUE.findall(text))
                or any(int(n) > _MOST_COUNTED for n in _COUNT.findall(text))
            ):
                raise Refused("too_large", "counts", part=part.name)
        if not before and b"\0" in piece[:256]:
            # UTF-16, in which none of these texts would be found; no spreadsheet writes it.
            raise Refused("unreadable", "damaged")
        before = piece
        yield piece


def xlsx(content: bytes, part: Part) -> Extent:
    """Return the extent of a sheet of an xlsx.

    Raises:
        Refused: its cells lie too far apart, or are too many.
    """
    found = _quickly(checked(unpacked(content, part), part))
    if found is None:
        reader = Xlsx()
        parse(unpacked(content, part), reader)
        found = Extent(reader.cells, reader.rows, reader.columns, (), tuple(reader.flaws))
    _check(found)
    return found


def ods(content: bytes, part: Part) -> dict[str, Extent]:
    """Return the extents of the sheets of an ods, by name.

    Raises:
        Refused: its cells lie too far apart, or are too many.
    """
    reader = Ods()
    parse(unpacked(content, part), reader)
    for found in reader.sheets.values():
        _check(found)
    return reader.sheets


def _check(found: Extent) -> None:
    if found.cells > MOST_CELLS:
        raise Refused("too_large", "cells", most=MOST_CELLS)
    if found.rows > _LAST_ROW or found.columns > _LAST_COLUMN:
        raise Refused("too_large", "far", cell=cell_name(found.rows - 1, found.columns - 1))
    box = found.rows * found.columns
    if box > SMALL_BOX and box > THINNEST * found.cells:
        raise Refused("too_large", "far", cell=cell_name(found.rows - 1, found.columns - 1))


def _quickly(pieces: Iterable[bytes]) -> Extent | None:
    """Return the extent of a sheet as spreadsheets write it, or None when something about it is not as usual.

    The same in C as `_Xlsx` in Python, at a thirtieth of the cost. Empty cells count as well, and columns up to Z where
    that is harmless, so what looks too far here is looked at again.
    """
    cells = rows = columns = 0
    flaws: list[tuple[int, int, str]] = []
    for piece in _by_rows(pieces):
        lines = _PLAIN_ROW.findall(piece)
        if len(lines) != piece.count(b"<row") + piece.count(b":row"):
            return None
        rows = max(rows, *map(int, lines), 0)
        reach = _reach(piece, rows)
        if reach is None:
            return None
        cells += reach[0]
        rows, columns = max(rows, reach[1]), max(columns, reach[2])
        if b"<f" in piece or b":f" in piece or b't="e"' in piece:
            flaws += _flaws(piece)
        if cells > MOST_CELLS:
            break
    box = rows * columns
    far = box > SMALL_BOX and box > THINNEST * cells
    return None if far else Extent(cells, rows, columns, (), tuple(flaws))


def _reach(piece: bytes, rows: int) -> tuple[int, int, int] | None:
    """Return how many cells there are and how far they may reach; None when they are not written as usual."""
    count = piece.count(b"<c ")
    # One search says that no cell lies beyond column Z and no row number has more digits than the rows have.
    if b":c" not in piece and not _other_cell(len(str(rows)))(piece):
        return count, 10 ** len(str(rows)) if rows * _LETTERS > SMALL_BOX else rows, _LETTERS if count else 0
    letters = _PLAIN_CELL.findall(piece)
    if len(letters) != len(_CELL.findall(piece)):
        return None
    return (
        len(letters),
        max(map(int, set(_CELL_ROW.findall(piece))), default=0),
        max(map(column_number, set(letters)), default=0),
    )


@cache
def _other_cell(digits: int) -> Callable[[bytes], object]:
    return re.compile(rb'<c(?! r="[A-Z][0-9]{1,%d}"|[a-zA-Z])' % digits).search


def _by_rows(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Cut the pieces anew so that each begins with a row."""
    waiting = b""
    for piece in pieces:
        waiting += piece
        cut = max(waiting.rfind(b"<row "), waiting.rfind(b"<x:row "))
        if cut > 0:
            yield waiting[:cut]
            waiting = waiting[cut:]
        elif len(waiting) > _LONGEST_PIECE:
            yield waiting
            waiting = b""
    yield waiting


def _flaws(text: bytes) -> Iterator[tuple[int, int, str]]:
    """Yield the cells with an error, and the formulas that nobody worked out: the library takes both for empty."""
    for letters, row, given, formula, value in _FLAW.findall(text):
        if b't="e"' in given:
            shown = value or b"#"
        elif not value and formula and b't="str"' not in given:
            shown = b"=" + formula
        else:
            continue
        yield int(row) - 1, column_number(letters) - 1, shown.decode("utf-8", "replace")
