"""The one way out: a report → table, csv, tsv or json → a terminal, a pipe or a file.

A writer takes a report and a stream and asks nobody else; what the terminal can do is told by `Screen`. To add a
format: a file here with a `write` function, and a line in `_write`, which `assert_never` then asks for.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, TextIO, assert_never

from advedu.errors import BadValue, CannotWriteOutput
from advedu.i18n import _
from advedu.report import Report
from advedu.wording import reason


class Format(StrEnum):
    """How a report is written down."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"


class Screen(NamedTuple):
    """Where text for people goes.

    Attributes:
        width: columns, or None where nothing cuts (a pipe, a file).
        colour: whether colours are wanted and understood.
        blocks: whether block characters can be shown in the stream's encoding.
    """

    width: int | None
    colour: bool
    blocks: bool


def screen(stream: TextIO, environ: Mapping[str, str], *, no_color: bool = False) -> Screen:
    """Return what a stream can do: NO_COLOR, TERM=dumb and --no-color switch colours off."""
    terminal = stream.isatty()
    colour = terminal and not no_color and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        "█░✓".encode(encoding)
        blocks = True
    except (UnicodeEncodeError, LookupError):
        blocks = False
    return Screen(shutil.get_terminal_size().columns if terminal else None, colour, blocks)


def emit(report: Report, wanted: Format | None, output: str | None, screen: Screen) -> None:
    """Write a report to standard output, or whole or not at all to a file.

    The format is the one asked for, else the one that the file's ending names, else a table.
    """
    if output is None or output == "-":
        kind = wanted or Format.TABLE
        if kind is not Format.TABLE:
            _make_utf8(sys.stdout)
        _write(report, kind, sys.stdout, screen)
        sys.stdout.flush()
        return
    path = Path(output)
    kind = wanted or _by_ending(path)
    text = io.StringIO()
    _write(report, kind, text, Screen(None, colour=False, blocks=True), to_file=True)
    # A spreadsheet program takes a csv file for the local code page unless it starts with a byte order mark.
    save(path, text.getvalue().encode("utf-8-sig" if kind in (Format.CSV, Format.TSV) else "utf-8"))


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
    if ending not in ("csv", "tsv", "json"):
        # A table in plain text under the name of a workbook would look like a broken workbook.
        raise BadValue(option="--output", value=path, why=_("expected .csv, .tsv, .json or .txt"))
    return Format(ending)


def _make_utf8(stream: TextIO) -> None:
    # JSON and CSV are UTF-8 everywhere, also in a pipe of a Chinese Windows. A test's stream may be of another type.
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", newline="")


def _write(report: Report, kind: Format, stream: TextIO, screen: Screen, *, to_file: bool = False) -> None:
    match kind:
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
