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
from advedu.text import storable
from advedu.wording import reason

Row = Sequence[object]

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
# What our own csv writer puts an apostrophe before.
_FORMULA = tuple("=+-@\t\r＝＋－＠")


class Sheet(NamedTuple):
    """One sheet: its name (None for csv) and all its rows from row 1 on."""

    name: str | None
    rows: Sequence[Row]


class Fault(NamedTuple):
    """Why nothing in a file can be read: a code of interface.md, and the reason."""

    code: str
    why: str


class File(NamedTuple):
    """A file that was read: what it is called in messages, where it came from, its sheets or what is wrong."""

    name: str
    source: Source
    sheets: list[Sheet]
    fault: Fault | None = None


def read(path: str, sheet: str | None = None) -> File:
    """Read a file; "-" is standard input. The content decides what it is, not the ending.

    Raises:
        CannotRead: it is not there.
        NoSuchSheet: `sheet` names none of its sheets.
    """
    name = storable("-" if path == "-" else Path(path).name)
    try:
        content = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise CannotRead(path=path, why=reason(error)) from error
    source = Source(name, hashlib.sha256(content).hexdigest())
    try:
        return File(name, source, _sheets(path, content, sheet))
    except _Unreadable as error:
        return File(name, source, [], error.fault)


class _Unreadable(Exception):
    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.fault = Fault(code, why)


def _sheets(path: str, content: bytes, wanted: str | None) -> list[Sheet]:
    if content.startswith(_ZIP):
        return list(_workbook(path, content, wanted))
    if content.startswith(_OLE):
        # A password makes an OLE container of any workbook; without one it is an xls of before 2007.
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise _Unreadable("encrypted", _("the workbook has a password; save it without one"))
        raise _Unreadable("unreadable", _("this is an xls of before 2007; save it as xlsx"))
    text = decoded(content)
    if text is None or content.startswith((b"%PDF", b"\x89PNG")):
        raise _Unreadable("unreadable", _("this is neither a text nor a workbook"))
    if wanted is not None:
        raise NoSuchSheet(path=path, wanted=wanted, known="-")
    return [Sheet(None, _separated(text))]


def decoded(content: bytes) -> str | None:
    """Return the text of a csv file, or None for bytes that are no text.

    By the byte order mark; else by NUL bytes, which only UTF-16 has in text; else UTF-8; else GB18030.
    """
    if content.startswith(b"\xef\xbb\xbf"):
        attempts = ["utf-8-sig"]
    elif content.startswith((b"\xff\xfe", b"\xfe\xff")):
        attempts = ["utf-16"]
    elif b"\0" in content[:4096]:
        # Commas, digits and line ends have their zero byte second in one byte order and first in the other.
        little = content[1:4096:2].count(0) >= content[0:4096:2].count(0)
        attempts = ["utf-16-le" if little else "utf-16-be"]
    else:
        attempts = ["utf-8", "gb18030"]
    for encoding in attempts:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _separated(text: str) -> Sequence[Row]:
    first = text[:10_000].split("\n", 30)
    separator = max("\t,;", key=lambda mark: sum(line.count(mark) for line in first[:30]))
    rows: list[list[str]] = []
    try:
        # One by one, so that the message about a row that fails can name it. Strict: a quote that is never closed
        # would swallow the rest of the file into one cell.
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        why = _("row {row}: a quotation mark is not closed or stands in the wrong place").format(row=len(rows) + 1)
        raise _Unreadable("unreadable", why) from error
    if "'" in text:
        rows = [[_unguarded(cell) for cell in row] for row in rows]
    return rows


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell


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
        raise _Unreadable("unreadable", _("this is no workbook, or a damaged one")) from error
