"""The one way out: a report → table, csv, tsv, json or xlsx → a terminal, a pipe or a file.

A writer takes a report and a stream and asks nobody else; what the terminal can do is told by `Screen`. To add a
format: a file here with a `write` function, and a line in `_write`, which `assert_never` then asks for.
"""

import contextlib
import io
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Literal, TextIO, assert_never

from advedu.errors import BadValue, CannotWriteOutput
from advedu.i18n import _
from advedu.output.report import Report
from advedu.output.screen import Screen
from advedu.values.text import neutralise
from advedu.values.wording import reason


class Format(StrEnum):
    """How a report is written down."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XLSX = "xlsx"


TextFormat = Literal[Format.TABLE, Format.CSV, Format.TSV, Format.JSON]


def emit(report: Report, wanted: Format | None, output: str | None, screen: Screen) -> None:
    """Write a report to standard output, or whole or not at all to a file.

    The format is the one asked for, else the one that the file's ending names, else a table.
    """
    if output is None or output == "-":
        kind = wanted or Format.TABLE
        if kind is Format.XLSX:
            deliver("-", _workbook(report))
            return
        # What a pipe carries on into a file is UTF-8; what people look at is what their terminal shows.
        if kind is not Format.TABLE or (report.text and not report.spoken and not sys.stdout.isatty()):
            _make_utf8(sys.stdout)
        if kind is Format.TABLE and screen.height is not None and _paged(report, screen, screen.height):
            return
        _write(report, kind, sys.stdout, screen)
        sys.stdout.flush()
        return
    path = Path(output)
    kind = wanted or _by_ending(path)
    if kind is Format.XLSX:
        save(path, _workbook(report))
        return
    text = io.StringIO()
    _write(report, kind, text, Screen(None, colour=False, blocks=True), to_file=True)
    # A spreadsheet program takes a csv file for the local code page unless it starts with a byte order mark.
    save(path, text.getvalue().encode("utf-8-sig" if kind in (Format.CSV, Format.TSV) else "utf-8"))


def _paged(report: Report, screen: Screen, height: int) -> bool:
    """Show a report through the pager if it is longer than the screen; tell whether it was shown, paged or not."""
    from advedu.output import pager

    words = pager.command(os.environ)
    if not words:
        return False
    text = io.StringIO()
    _write(report, Format.TABLE, text, screen)
    # One line is the prompt's.
    if text.getvalue().count("\n") < height:
        sys.stdout.write(text.getvalue())
    else:
        pager.show(text.getvalue(), words, sys.stdout)
    sys.stdout.flush()
    return True


def deliver(path: str, content: bytes) -> None:
    """Write a finished file to its place, or to standard output for "-".

    Raises:
        CannotWriteOutput: it cannot be written; what was there before is still there.
        BadValue: standard output is a terminal, which a workbook would only confuse.
    """
    if path != "-":
        save(Path(path), content)
        return
    if sys.stdout.isatty():
        raise BadValue(option="--output", value="-", why=_("a workbook is no text; name a file"))
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def save(path: Path, content: bytes) -> None:
    """Write a file, for its owner's eyes only, whole or not at all.

    Raises:
        CannotWriteOutput: and then what was there before is still there.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(unfinished, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(content)
        unfinished.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise CannotWriteOutput(path=path, why=reason(error)) from error


def _by_ending(path: Path) -> Format:
    ending = path.suffix.lower().lstrip(".")
    if ending in ("", "txt", "text", "log"):
        return Format.TABLE
    if ending not in ("csv", "tsv", "json", "xlsx"):
        # A table in plain text under the name of a workbook would look like a broken workbook.
        raise BadValue(option="--output", value=path, why=_("expected .csv, .tsv, .json, .xlsx or .txt"))
    return Format(ending)


def _make_utf8(stream: TextIO) -> None:
    # JSON and CSV are UTF-8 everywhere, also in a pipe of a Chinese Windows. A test's stream may be of another type.
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", newline="")


def _harmless(text: str) -> str:
    """Return a text of several lines that cannot steer a terminal."""
    return "".join(f"{neutralise(line)}\n" for line in text.splitlines())


def _workbook(report: Report) -> bytes:
    from advedu.output import xlsx

    return xlsx.content(report)


def _write(report: Report, kind: TextFormat, stream: TextIO, screen: Screen, *, to_file: bool = False) -> None:
    match kind:
        case Format.TABLE if report.text:
            stream.write(report.text if to_file or not stream.isatty() else _harmless(report.text))
        case Format.TABLE:
            from advedu.output import tables

            tables.write(report, stream, screen, whole_hash=to_file)
        case Format.CSV | Format.TSV:
            from advedu.output import separated

            separated.write(report, stream, "," if kind is Format.CSV else "\t", stamped=to_file)
        case Format.JSON:
            from advedu.output import json_text

            json_text.write(report, stream)
        case _:
            assert_never(kind)
