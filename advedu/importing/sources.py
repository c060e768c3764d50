"""Bytes → sheets: rows of cells as they stand in the file, so that row numbers are those the sender sees."""

import hashlib
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from advedu.errors import CannotRead, NoSuchSheet
from advedu.i18n import _
from advedu.importing import separated
from advedu.importing.separated import NoText, Row, Stream
from advedu.storage.history import Source
from advedu.values.text import storable
from advedu.values.wording import reason

__all__ = ["Fault", "ReadFile", "Row", "Sheet", "Span", "read"]

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_NO_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")
# What some systems call an Excel file, and LibreOffice's flat one.
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|\?xml|html|table|head|meta|office:)", re.IGNORECASE)
# The rows among which a header is looked for.
HEAD = 20
# Texts beyond this are read row by row: their cells would take ten times as much memory.
STREAM_FROM = 8 << 20
# So are texts of more lines than this, however short: each row is a list, also a blank one.
_MOST_LINES = 200_000
# No spreadsheet has more columns.
_MOST_COLUMNS = 16_384
# No workbook of people is as large, and a workbook has to be held whole.
LARGEST_WORKBOOK = 128 << 20

# The first and the last place of a merged cell, rows and columns from 0.
Span = tuple[tuple[int, int], tuple[int, int]]


class Sheet(NamedTuple):
    """One sheet.

    Attributes:
        name: None for csv.
        rows: all its rows from row 1 on.
        merged: which cells are one.
        visible: whether people see it.
    """

    name: str | None
    rows: Sequence[Row] | Stream
    merged: Sequence[Span] = ()
    visible: bool = True


class Fault(NamedTuple):
    """Why nothing in a file can be read: a code of interface.md, the reason, and the row where that was found."""

    code: str
    why: str
    row: int | None = None


class ReadFile(NamedTuple):
    """A file that was read: what it is called in messages, where it came from, its sheets or what is wrong."""

    name: str
    source: Source
    sheets: list[Sheet]
    fault: Fault | None = None


def read(path: str, sheet: str | None = None, meanwhile: Callable[[], None] = lambda: None) -> ReadFile:
    """Read a file; "-" is standard input. The content decides what it is, not the ending.

    `meanwhile` is called where there is time to spare, or never.

    Raises:
        CannotRead: it is not there.
        NoSuchSheet: `sheet` names none of its sheets.
    """
    name = storable("-" if path == "-" else Path(path).name)
    try:
        file: BinaryIO = _whole_input() if path == "-" else Path(path).open("rb")  # noqa: SIM115 (a stream keeps it)
        source = Source(name, _hash(file))
        size = file.tell()
        file.seek(0)
        head = file.read(4)
        file.seek(0)
        large = size > STREAM_FROM
        content = b"" if large and (size > LARGEST_WORKBOOK or head not in (_ZIP, _OLE)) else file.read()
    except OSError as error:
        raise CannotRead(path=path, why=reason(error)) from error
    found: Sheet | None = None
    try:
        if head in (_ZIP, _OLE):
            return ReadFile(name, source, _workbook(path, content, size, sheet, meanwhile))
        found = _streamed(file, size) if large or _many_lines(content) else _text(content)
        # What is wrong at the beginning is said before anything is written.
        _check_width(found)
        if sheet is not None:
            raise NoSuchSheet(path=path, wanted=sheet, known="-")
    except NoText as error:
        return ReadFile(name, source, [], Fault("unreadable", str(error), error.row))
    except _Refused as refused:
        return ReadFile(name, source, [], refused.fault)
    finally:
        if found is None or not isinstance(found.rows, Stream):
            file.close()
    return ReadFile(name, source, [found])


class _Refused(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.why)
        self.fault = fault


def _hash(file: BinaryIO) -> str:
    found = hashlib.sha256()
    while piece := file.read(1 << 20):
        found.update(piece)
    return found.hexdigest()


def _whole_input() -> BinaryIO:
    """Return standard input as a file that can be read more than once."""
    from tempfile import SpooledTemporaryFile

    spooled = SpooledTemporaryFile(STREAM_FROM)  # noqa: SIM115 (whoever reads it closes it)
    while piece := sys.stdin.buffer.read(1 << 20):
        spooled.write(piece)
    spooled.seek(0)
    return spooled  # type: ignore[return-value]


def _many_lines(content: bytes) -> bool:
    return content.count(b"\n") + content.count(b"\r") > _MOST_LINES


def _check_width(sheet: Sheet) -> None:
    """Refuse a text among whose first rows one has more cells than any spreadsheet has columns."""
    first = sheet.rows.head(HEAD) if isinstance(sheet.rows, Stream) else sheet.rows[:HEAD]
    if any(len(row) > _MOST_COLUMNS for row in first):
        raise _Refused(Fault("too_large", _("more than {most} columns").format(most=_MOST_COLUMNS)))


def _text(content: bytes) -> Sheet:
    if _MARKUP.match(content):
        raise NoText(_("this is a web page or XML, not a table; open it in a spreadsheet and save it as xlsx"))
    rows = None if content.startswith(_NO_TABLES) else separated.rows(content)
    if rows is None:
        raise NoText(_("this is neither a text nor a workbook"))
    return Sheet(None, rows)


def _streamed(file: BinaryIO, size: int) -> Sheet:
    file.seek(0)
    text = separated.looked_through(file)
    if text is None:
        raise NoText(_("this is neither a text nor a workbook"))
    return Sheet(None, Stream(file, size, text))


def _workbook(path: str, content: bytes, size: int, wanted: str | None, meanwhile: Callable[[], None]) -> list[Sheet]:
    from advedu.importing.workbook import call

    if size > LARGEST_WORKBOOK:
        why = _("a workbook of more than {most} MB; save the sheet as csv").format(most=LARGEST_WORKBOOK >> 20)
        raise _Refused(Fault("too_large", why))
    try:
        book = call.read(content, wanted, meanwhile)
    except call.Failed as failed:
        raise _Refused(Fault(failed.code, failed.why)) from failed
    if wanted is not None and wanted not in book.names:
        raise NoSuchSheet(path=path, wanted=wanted, known=", ".join(book.names))
    return [Sheet(each.name, each.rows, each.merged, each.visible) for each in book.sheets]
