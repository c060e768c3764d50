"""Bytes → sheets: rows of cells as they stand in the file, so that row numbers are those the sender sees."""

from __future__ import annotations

import csv
import hashlib
import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from advedu.errors import CannotRead, NoSuchSheet
from advedu.i18n import _
from advedu.storage.history import Source
from advedu.wording import reason

Row = Sequence[object]

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
# What our own csv writer puts before a cell that a spreadsheet would take for a formula.
_GUARDED = tuple(f"'{char}" for char in "=+-@\t\r＝＋－＠")


class Sheet(NamedTuple):
    """One sheet: its name (None for csv) and all its rows from row 1 on."""

    name: str | None
    rows: Sequence[Row]


class File(NamedTuple):
    """A file that was read: what it is called in messages, where it came from, its sheets."""

    name: str
    source: Source
    sheets: list[Sheet]


def read(path: str, sheet: str | None = None) -> File:
    """Read a file; "-" is standard input. The content decides what it is, not the ending.

    Raises:
        CannotRead: it is not there or not of a known type.
        NoSuchSheet: `sheet` names none of its sheets.
    """
    name = path if path == "-" else Path(path).name
    try:
        content = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise CannotRead(path=path, why=reason(error)) from error
    source = Source(name, hashlib.sha256(content).hexdigest())
    if content.startswith(_ZIP):
        return File(name, source, list(_workbook(path, content, sheet)))
    if content.startswith(_OLE):
        raise CannotRead(
            path=path, why=_("this is an old or an encrypted workbook; save it as xlsx without a password")
        )
    text = decoded(content)
    if text is None:
        raise CannotRead(path=path, why=_("this is neither a text nor a workbook"))
    if sheet is not None:
        raise NoSuchSheet(path=path, wanted=sheet, known="-")
    return File(name, source, [Sheet(None, _separated(path, text))])


def decoded(content: bytes) -> str | None:
    """Return the text of a csv file, or None for bytes that are no text.

    By the byte order mark; else by NUL bytes, which only UTF-16 has in text; else UTF-8; else GB18030.
    """
    if content.startswith(b"\xef\xbb\xbf"):
        attempts = ["utf-8-sig"]
    elif content.startswith((b"\xff\xfe", b"\xfe\xff")):
        attempts = ["utf-16"]
    elif b"\0" in content[:4096]:
        attempts = ["utf-16-le" if content[1:2] == b"\0" else "utf-16-be"]
    else:
        attempts = ["utf-8", "gb18030"]
    for encoding in attempts:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _separated(path: str, text: str) -> Sequence[Row]:
    first = text[:10_000].split("\n", 30)
    separator = max("\t,;", key=lambda mark: sum(line.count(mark) for line in first[:30]))
    rows: list[list[str]] = []
    try:
        # One by one: the message about a row that fails names it.
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise CannotRead(path=path, why=_("row {row}: {why}").format(row=len(rows) + 1, why=error)) from error
    if "'" in text:
        rows = [[cell[1:] if cell.startswith(_GUARDED) else cell for cell in row] for row in rows]
    return rows


def _workbook(path: str, content: bytes, wanted: str | None) -> Iterator[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names
        if wanted is not None and wanted not in names:
            raise NoSuchSheet(path=path, wanted=wanted, known=", ".join(names))
        for name in names if wanted is None else [wanted]:
            sheet = book.get_sheet_by_name(name)
            yield Sheet(name, sheet.to_python(skip_empty_area=False))
    except (CalamineError, OSError, ValueError) as error:
        raise CannotRead(path=path, why=error) from error
