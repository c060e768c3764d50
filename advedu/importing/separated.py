"""Text files → rows: csv and tsv in the encodings that Chinese spreadsheets save.

A small file is read whole. A large one is looked through once, for its hash and its encoding, and its rows are read
again whenever somebody asks for them, so that a million and a half people take no more memory than twenty thousand.
"""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import BinaryIO, NamedTuple
from weakref import finalize

from advedu.i18n import _

Row = Sequence[object]

# What our own csv writer puts an apostrophe before.
_FORMULA = tuple("=+-@\t\r＝＋－＠")
_SAMPLE = 10_000
_STEP = 1 << 20
# One character in so many is ASCII in any list, at the least.
_FEWEST_ASCII = 40
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# No cell of a list is as long; beyond it a quotation mark is missing and half the file stands in one cell.
LONGEST_CELL = 131_072


class NoText(Exception):
    """Why a text cannot be read, in the user's language; and in which row that was found."""

    def __init__(self, why: str, row: int | None = None) -> None:
        super().__init__(why)
        self.row = row


class Text(NamedTuple):
    """A text file that was looked through: how to read it."""

    encoding: str
    separator: str
    # Whether some cell may begin with the apostrophe of our own csv writer.
    guarded: bool


def attempts(head: bytes) -> list[str]:
    """Return the encodings that a file may have, going by its first bytes."""
    if head.startswith(b"\xef\xbb\xbf"):
        return ["utf-8-sig"]
    if head.startswith(_UTF_16):
        return ["utf-16"]
    if b"\0" in head:
        # Commas, digits and line ends have their zero byte second in one byte order and first in the other. What has a
        # few here and there is something else.
        second, first = head[1::2].count(0), head[0::2].count(0)
        if max(first, second) * _FEWEST_ASCII < len(head):
            return []
        return ["utf-16-le" if second >= first else "utf-16-be"]
    return ["utf-8", "gb18030"]


def rows(content: bytes) -> list[Row] | None:
    """Return the rows of a csv file, or None for bytes that are no text.

    The encoding goes by the byte order mark; else by NUL bytes, which only UTF-16 has in text; else it is UTF-8, or
    GB18030.

    Raises:
        NoText: a quotation mark stands in the wrong place.
    """
    for encoding in attempts(content[:4096]):
        try:
            return _rows(content, encoding)
        except UnicodeDecodeError:
            continue
    return None


def _rows(content: bytes, encoding: str) -> list[Row] | None:
    if ("\0" in content.decode(encoding)) if encoding.startswith("utf-16") else (b"\0" in content):
        return None
    # Piece by piece: the whole text at once would be as large as all its cells.
    text = io.TextIOWrapper(io.BytesIO(content), encoding, newline="")
    separator = _separator(content[:_SAMPLE].decode(encoding, "ignore"))
    found: list[Row] = []
    # Strict: a quote that is never closed would swallow the rest of the file into one cell.
    reader = csv.reader(text, delimiter=separator, strict=True)
    try:
        found.extend(reader)
    except csv.Error as error:
        raise _wrong(error, len(found) + 1) from error
    if b"'" in content:
        return [[_unguarded(str(cell)) for cell in row] for row in found]
    return found


class Stream:
    """The rows of a large file, read anew each time.

    Attributes:
        guess: about how many rows there are.
    """

    def __init__(self, file: BinaryIO, size: int, text: Text) -> None:
        self._file = file
        self._size = size
        self._text = text
        # Whoever holds the rows holds the file.
        self._closing = finalize(self, file.close)
        lines = max(1, self._sample().count("\n"))
        self.guess = max(1, size * lines // max(1, len(self._sample().encode(text.encoding))))

    def _sample(self) -> str:
        self._file.seek(0)
        return self._file.read(_SAMPLE).decode(self._text.encoding, "ignore")

    def head(self, count: int) -> list[Row]:
        """Return the first rows."""
        return list(islice(self, count))

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows.

        Raises:
            NoText: a quotation mark stands in the wrong place, or the file was changed meanwhile.
        """
        self._file.seek(0)
        text = io.TextIOWrapper(io.BufferedReader(_Kept(self._file), _STEP), self._text.encoding, newline="")
        try:
            found = _parsed(text, self._text.separator)
            if self._text.guarded:
                yield from ([_unguarded(str(cell)) for cell in row] for row in found)
            else:
                yield from found
        except UnicodeDecodeError as error:
            raise NoText(_("the file was changed while it was read")) from error
        if self._file.seek(0, io.SEEK_END) != self._size:
            raise NoText(_("the file was changed while it was read"))


class _Kept(io.RawIOBase):
    """A file that stays open when a reader of it goes."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._file.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def looked_through(file: BinaryIO) -> Text | None:
    """Find out how a file is to be read, without holding it; None when it is no text."""
    head = file.read(4096)
    for encoding in attempts(head):
        file.seek(0)
        decoder = codecs.getincrementaldecoder(encoding)()
        guarded = False
        try:
            while step := file.read(_STEP):
                text = decoder.decode(step)
                if "\0" in text:
                    return None
                guarded = guarded or "'" in text
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return Text(encoding, _separator(head.decode(encoding, "ignore")), guarded)
    return None


def _separator(sample: str) -> str:
    first = sample.split("\n", 30)[:30]
    return max("\t,;", key=lambda mark: sum(line.count(mark) for line in first))


def _parsed(text: Iterable[str], separator: str) -> Iterator[list[str]]:
    reader = csv.reader(text, delimiter=separator, strict=True)
    count = 0
    try:
        for row in reader:
            yield row
            count += 1
    except csv.Error as error:
        raise _wrong(error, count + 1) from error


def _wrong(error: csv.Error, row: int) -> NoText:
    if "field limit" in str(error):
        why = _("row {row}: a cell has more than {most} characters; a quotation mark may be missing")
        return NoText(why.format(row=row, most=LONGEST_CELL), row)
    return NoText(_("row {row}: a quotation mark is not closed or stands in the wrong place").format(row=row), row)


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell
