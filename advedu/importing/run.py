"""Files → one operation → a result."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from itertools import islice

from advedu.errors import AlreadyImported, GateBroken
from advedu.importing import headings
from advedu.importing.batch import Import
from advedu.importing.chunk import Above, Chunk
from advedu.importing.issues import WHY, Issue
from advedu.importing.kinds import KINDS, FileKind
from advedu.importing.layout import Layout
from advedu.importing.recognise import Prepared, understood
from advedu.importing.separated import NoText
from advedu.storage import campaign, changes, heading_memory
from advedu.storage.history import Operation, Source

__all__ = ["KINDS", "FileKind", "Prepared", "apply", "refuse_again", "understood"]

# So many rows are read into values at a time; with their values they take some tens of megabytes.
CHUNK = 20_000


def apply(
    connection: sqlite3.Connection,
    operation: Operation,
    prepared: Prepared,
    *,
    today: str,
    moves_on: str | None = None,
    partial: bool = False,
    gates: bool = True,
    tick: Callable[[int], None] | None = None,
) -> Import:
    """Write what the files say, inside an operation.

    With errors the operation is abandoned, unless `partial` asks for the good records. Without `gates` closed phases
    do not matter: for what is never kept.
    """
    batch = Import(connection, today=today, entered=operation.day, moves_on=moves_on, partial=partial)
    if tick:
        batch.tick = tick
    batch.errors += prepared.errors
    batch.warnings += prepared.warnings
    batch.corrections += prepared.corrections
    broken = _write_all(batch, prepared)
    titles = {headings.heading(title) for name, sheet in prepared.sheets for title in sheet.titles}
    for key, column in prepared.mapped.items():
        if key in titles:
            heading_memory.remember(connection, prepared.kind, key, column, operation.day)
    if gates and not broken:
        _look_at_gates(batch, operation, prepared.source.name)
    for found in (batch.errors, batch.warnings, batch.corrections):
        found.sort(key=lambda issue: (issue.file, issue.row or 0))
    if broken or (batch.errors and not partial):
        operation.abandon()
    if operation.abandoned:
        for counts in (batch.counts, *batch.files.values()):
            counts["inserted"] = counts["updated"] = 0
        batch.assigned.clear()
    return batch


def _look_at_gates(batch: Import, operation: Operation, name: str) -> None:
    """Turn what a closed phase stands on and the files would take away into an error of the files."""
    if not campaign.phases_in_use(batch.connection) or (batch.errors and not batch.partial):
        return
    from advedu.recording.phases import guard

    try:
        guard(batch.connection, operation)
    except GateBroken as error:
        # Which rows do it cannot be told: nothing is kept, also with --partial.
        batch.errors.append(Issue(name, None, None, None, None, "gate_closed", WHY["gate_closed"], error.values))
        operation.abandon()


def refuse_again(connection: sqlite3.Connection, source: Source) -> None:
    """Refuse files whose very content was imported and has not been taken back since.

    Raises:
        AlreadyImported: with the operation that did.
    """
    number = changes.imported_by(connection, source.sha256)
    if number is not None:
        raise AlreadyImported(path=source.name, number=number)


def _write_all(batch: Import, prepared: Prepared) -> bool:
    """Write all sheets; tell whether one broke off in the middle, so that nothing may be kept."""
    kind = KINDS[prepared.kind]
    name = ""
    try:
        if kind.whole:
            chunks = [chunk for name, sheet in prepared.sheets for chunk in _chunks(batch, name, sheet, kind)]
            kind.apply(batch, chunks)
            for chunk in chunks:
                batch.count(chunk.file, "rejected", len(chunk.bad))
            return False
        for name, sheet in prepared.sheets:
            for chunk in _chunks(batch, name, sheet, kind):
                _write(batch, kind, chunk)
    except NoText as error:
        # Somewhere in a large file. What was read before it is given up too: nobody knows where it went wrong.
        why: dict[str, object] = {"why": str(error)}
        batch.errors.append(Issue(name, None, error.row, None, None, "unreadable", WHY["unreadable"], why))
        return True
    return False


def _chunks(batch: Import, name: str, sheet: Layout, kind: FileKind) -> Iterator[Chunk]:
    _warn_unknown(batch, name, sheet)
    batch.count(name, "read", 0)
    above = Above()
    rows = iter(sheet.rows)
    size = max(1, len(sheet.rows)) if kind.whole and isinstance(sheet.rows, list) else CHUNK
    while part := list(islice(rows, size)):
        batch.count(name, "read", len(part))
        yield Chunk(batch, name, sheet, kind.columns, part, above)
    dropped = [*sheet.dropped_rows, *([] if isinstance(sheet.rows, list) else sheet.rows.dropped)]
    batch.count(name, "dropped", sum(each.rows for each in dropped))
    batch.dropped_rows += [(name, sheet.sheet, row) for row in dropped]


def _write(batch: Import, kind: FileKind, chunk: Chunk) -> None:
    kind.apply(batch, [chunk])
    if kind.entry is None:
        batch.count(chunk.file, "rejected", len(chunk.bad))


def _warn_unknown(batch: Import, name: str, sheet: Layout) -> None:
    for index in sheet.unknown:
        title = sheet.titles[index]
        why = WHY["column_unknown"]
        batch.warnings.append(Issue(name, sheet.sheet, sheet.header, title, title, "column_unknown", why, {}))
    for index, read in sheet.twice.items():
        title, why = sheet.titles[index], WHY["column_twice"]
        values: dict[str, object] = {"read": sheet.titles[read]}
        batch.warnings.append(Issue(name, sheet.sheet, sheet.header, title, title, "column_twice", why, values))
