"""What an import is asked to do; apart from what does it, which is loaded while a workbook is being read."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple


class ImportRequest(NamedTuple):
    """What an import is asked to do.

    Attributes:
        kind: a kind of file, or "auto".
        moves_on: the day of moves and transfers, or None.
        errors: where the workbook with the errors goes, or None.
        bad_rows: whether that workbook holds the bad rows alone.
        mapped: heading → identifier of a column, as somebody said.
        dropped: whether the rows that are no data are listed.
        skipped: files that were found and left out, with the reason.
    """

    kind: str
    partial: bool = False
    moves_on: str | None = None
    dry_run: bool = False
    errors: str | None = None
    bad_rows: bool = False
    mapped: Mapping[str, str] = {}
    dropped: bool = False
    skipped: Sequence[tuple[str, str]] = ()


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep the collector of cycles from walking over every row again and again: rows are in no cycles."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
