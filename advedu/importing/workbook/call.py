"""The program's side: starts the child that reads a workbook, takes its rows, says what went wrong."""

import marshal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from threading import Timer
from typing import IO, Any, NamedTuple

from advedu.i18n import N_, _
from advedu.importing.cells import Flaw
from advedu.importing.workbook.archive import Refused
from advedu.importing.workbook.extent import Extent
from advedu.importing.workbook.look import look
from advedu.values.text import neutralise

# What `__main__` is told when the program is one frozen file and there is no Python to start.
WORD = "--read-workbook"
# Computing time is limited in the child; this is for what waits or where there is no such limit.
_PATIENCE, _PATIENCE_PER_MB = 20.0, 5.0
# Where memory cannot be limited the child may start only after the look.
_LIMITED = sys.platform != "win32"
# 2005-01-20
_DAY_LENGTH = 10
_PIPE = 1 << 20
_HEAD = 4
_START = "import sys; sys.path[:0] = sys.argv[1:3]; from advedu.importing.workbook.child import main; main()"

WHY = {
    "encrypted": N_("the workbook has a password; save it without one"),
    "damaged": N_("this is no workbook, or a damaged one"),
    "truncated": N_("the workbook is cut off; ask for it once more"),
    "overlap": N_("parts of the file lie over one another, as in no workbook that a spreadsheet saves"),
    "entities": N_("the file brings definitions of its own ({part}), as in no workbook that a spreadsheet saves"),
    "parts": N_("the file has more than {most} parts"),
    "ratio": N_("{part} would unpack to {ratio} times its size"),
    "unpacked": N_("the file would unpack to more than {most} MB; save the sheet as csv"),
    "claims": N_("{part} is larger than the file says"),
    "counts": N_("{part} announces more than it holds"),
    "cells": N_("a sheet has more than {most} cells; save it as csv"),
    "far": N_("there is a cell far outside, {cell}; delete the rows and columns beyond the list"),
    "memory": N_("reading it takes more memory than its cells explain; save the sheet as csv"),
    "time": N_("reading it takes far longer than its size explains; save the sheet as csv"),
    "no_start": N_("a second process is needed to read a workbook and could not be started: {why}"),
}


class Failed(Exception):
    """Why nothing of a workbook can be used: a code of interface.md and a sentence in the user's language."""

    def __init__(self, code: str, key: str, **values: object) -> None:
        super().__init__(code, key)
        self.code = code
        self.why = _(WHY[key]).format(**{name: neutralise(str(value)) for name, value in values.items()})


class Read(NamedTuple):
    """One sheet.

    Attributes:
        name: as people see it.
        visible: whether they do.
        merged: merged cells, (first row, first column), (last row, last column), from 0.
        rows: all rows from the first on.
    """

    name: str
    visible: bool
    merged: list[tuple[tuple[int, int], tuple[int, int]]]
    rows: list[Sequence[object]]


class ReadBook(NamedTuple):
    """A workbook: the names of its sheets, and the sheets that were wanted."""

    names: list[str]
    sheets: list[Read]


def read(content: bytes, wanted: str | None = None, meanwhile: Callable[[], None] = lambda: None) -> ReadBook:
    """Read a workbook in a process of its own.

    Args:
        content: the file.
        wanted: the one sheet to read; all by default.
        meanwhile: what this process may do while it would only wait.

    Raises:
        Failed: it is damaged, encrypted, too large, or brought the process down.
    """
    try:
        if not _LIMITED:
            look(content)
        with _child(wanted, _PATIENCE + _PATIENCE_PER_MB * (len(content) >> 20)) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            # A child that gave up early says why on the other pipe.
            with suppress(OSError):
                child.stdin.write(content)
                child.stdin.close()
            # While the child reads under its limits, the other core looks at what it reads; whoever objects first wins.
            extents = look(content)
            meanwhile()
            book = _book(_frames(child.stdout))
    except Refused as refused:
        raise Failed(refused.code, refused.key, **refused.values) from refused
    if book is None:
        raise _failure(child.returncode)
    for sheet in book.sheets:
        known = extents.get(sheet.name, Extent())
        sheet.merged.extend(known.merged)
        _mark(sheet.rows, known.flaws)
    return book


def _book(frames: Iterable[tuple[Any, ...]]) -> ReadBook | None:
    """Put the frames together; None when the last is missing."""
    book = ReadBook([], [])
    for kind, *values in frames:
        if kind == "names":
            book.names.extend(*values)
        elif kind == "sheet":
            name, visible, merged = values
            book.sheets.append(Read(name, visible, list(merged), []))
        elif kind == "rows":
            book.sheets[-1].rows.extend(_rows(*values))
        elif kind == "refused":
            code, key, fills = values
            raise Refused(code, key, **fills)
        else:
            return book
    return None


def _frames(pipe: IO[bytes]) -> Iterator[tuple[Any, ...]]:
    """Yield what the child says until it is gone."""
    while len(head := pipe.read(_HEAD)) == _HEAD:
        # Whole: `marshal.load` would ask the pipe for each single cell.
        text = pipe.read(int.from_bytes(head, "little"))
        try:
            yield marshal.loads(text)  # noqa: S302 (our own process wrote it)
        except (EOFError, ValueError, TypeError):
            return


def _rows(columns: list[Sequence[object]], days: list[tuple[int, list[int]]]) -> Iterator[Sequence[object]]:
    for j, places in days:
        column = columns[j]
        assert isinstance(column, list)
        for i in places:
            text = column[i]
            column[i] = date.fromisoformat(text) if len(text) == _DAY_LENGTH else datetime.fromisoformat(text)
    return zip(*columns, strict=True)


def _mark(rows: list[Sequence[object]], flaws: Iterable[tuple[int, int, str]]) -> None:
    """Put what stands there into cells whose value is missing."""
    for row, column, text in flaws:
        rows += [()] * (row + 1 - len(rows))
        cells = [*rows[row], *[""] * (column + 1 - len(rows[row]))]
        cells[column] = Flaw(text)
        rows[row] = cells


@contextmanager
def _child(wanted: str | None, patience: float) -> Iterator[subprocess.Popen[bytes]]:
    """Start the child; whatever happens, it is gone afterwards."""
    try:
        child = subprocess.Popen(  # noqa: S603 (the program itself, and nothing that a user typed but a name)
            _command(wanted),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What a library prints before it takes the process down is for its authors.
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise Failed("unreadable", "no_start", why=error.strerror or error) from error
    _widen(child.stdout)
    watch = Timer(patience, child.kill)
    watch.daemon = True
    watch.start()
    try:
        yield child
    finally:
        watch.cancel()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        child.kill()
        child.wait()


def _widen(pipe: IO[bytes] | None) -> None:
    """Let the child go on while its rows are being taken: a pipe holds few of them by default."""
    try:
        from fcntl import F_SETPIPE_SZ, fcntl
    except ImportError:
        return
    if pipe is not None:
        with suppress(OSError):
            fcntl(pipe.fileno(), F_SETPIPE_SZ, _PIPE)


def _command(wanted: str | None) -> list[str]:
    last = [] if wanted is None else [f"={wanted}"]
    if getattr(sys, "frozen", False):
        return [sys.executable, WORD, *last]
    from importlib.util import find_spec

    library = find_spec("python_calamine")
    places = [Path(__file__).parents[3]]
    if library is not None and library.origin is not None:
        places.append(Path(library.origin).parents[1])
    # Alone: no settings, no site packages, nothing from the current folder; what it needs is named.
    return [sys.executable, "-I", "-S", "-c", _START, *map(str, (places * 2)[:2]), *last]


def _failure(code: int | None) -> Failed:
    """Return what a child died of: the system's limits say it by signals, the library by giving up."""
    import signal

    if code is not None and -code in {getattr(signal, name, 0) for name in ("SIGXCPU", "SIGKILL")} - {0}:
        return Failed("too_large", "time")
    return Failed("too_large" if code else "unreadable", "memory" if code else "damaged")
