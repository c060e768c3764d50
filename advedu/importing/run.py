"""Files → one operation → a result."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from advedu import registers as declared
from advedu import vocabulary
from advedu.errors import GateBroken, KindUnclear
from advedu.importing import columns, layout, members, records, registers, sources, units
from advedu.importing.batch import Chunk, Import
from advedu.importing.columns import Column
from advedu.importing.issues import WHY, Issue
from advedu.importing.layout import Layout, NoHeader
from advedu.registers.shape import Register
from advedu.storage import campaign
from advedu.storage.history import Operation, Source

# So many rows are read into values at a time; with their values they take some tens of megabytes.
CHUNK = 20_000


class Kind(NamedTuple):
    """A kind of file: its columns, the list that a wide one has columns for, and what writes it."""

    columns: Sequence[Column]
    entry: str | None
    apply: Callable[[Import, Sequence[Chunk]], None]
    # Whether all rows of all files must be known before the first is written.
    whole: bool = False


def _records(name: str) -> Callable[[Import, Sequence[Chunk]], None]:
    return lambda batch, chunks: records.apply(batch, chunks, records.KINDS[name])


def _register(register: Register) -> Kind:
    return Kind(registers.columns(register), None, lambda batch, chunks: registers.apply(batch, chunks, register))


KINDS: Mapping[str, Kind] = {
    "units": Kind(columns.UNITS, None, units.apply, whole=True),
    "members": Kind(columns.MEMBERS, None, members.apply),
    "milestones": Kind(columns.MILESTONES, "milestone", _records("milestones")),
    "tasks": Kind(columns.TASKS, "task", _records("tasks")),
    "nine-ones": Kind(columns.ITEMS, "item", _records("nine-ones")),
    **{register.kind: _register(register) for register in declared.everyone()},
}


class Prepared(NamedTuple):
    """Files that were read and understood as far as their headers, before anything is written."""

    kind: str
    source: Source
    sheets: list[tuple[str, Layout]]
    # What is wrong with files as a whole, and sheets with data that are left out.
    errors: list[Issue]
    warnings: list[Issue]

    @property
    def rows(self) -> int:
        """How many data rows there are."""
        return sum(len(sheet.rows) for _, sheet in self.sheets)


def prepare(connection: sqlite3.Connection, kind: str, paths: Sequence[str], sheet: str | None = None) -> Prepared:
    """Read files and find their headers.

    Args:
        connection: the file, whose definition tells the headings of wide sheets.
        kind: a key of `KINDS`, or "auto".
        paths: the files; "-" is standard input.
        sheet: the sheet to read; by default the first one with a usable header.

    Raises:
        CannotRead, NoSuchSheet: a file or a sheet is not there.
        KindUnclear: "auto" does not recognise a header.
    """
    return understood(connection, kind, [sources.read(path, sheet) for path in paths])


def understood(connection: sqlite3.Connection, kind: str, files: Sequence[sources.File]) -> Prepared:
    """Find the headers of files that were read.

    Raises:
        KindUnclear: "auto" does not recognise a header.
    """
    if kind == "auto":
        kind = _recognised(connection, files)
    found: list[tuple[str, Layout]] = []
    wrong: list[Issue] = []
    left_out: list[Issue] = []
    for file in files:
        if file.fault is not None:
            why: dict[str, object] = {"why": file.fault.why}
            wrong.append(Issue(file.name, None, None, None, None, file.fault.code, WHY["unreadable"], why))
            continue
        looks = [_look(connection, kind, each) for each in file.sheets]
        usable = [look for look in looks if isinstance(look, Layout)]
        unusable = [look for look in looks if isinstance(look, NoHeader)]
        if usable:
            found.append((file.name, usable[0]))
            for other in usable[1:]:
                if other.rows:
                    used: dict[str, object] = {"used": usable[0].sheet, "rows": len(other.rows)}
                    text = WHY["sheet_left_out"]
                    left_out.append(Issue(file.name, other.sheet, None, None, None, "sheet_left_out", text, used))
        else:
            wrong.append(_column_missing(file.name, min(unusable, key=lambda look: len(look.missing)), KINDS[kind]))
    source = Source(", ".join(file.source.name for file in files), ", ".join(file.source.sha256 for file in files))
    return Prepared(kind, source, found, wrong, left_out)


def _look(connection: sqlite3.Connection, kind: str, sheet: sources.Sheet) -> Layout | NoHeader:
    wanted = KINDS[kind]
    entries = vocabulary.listed(connection, wanted.entry).words if wanted.entry else {}
    return layout.find(sheet, wanted.columns, wanted.entry, entries)


def _recognised(connection: sqlite3.Connection, files: Sequence[sources.File]) -> str:
    """Return the one kind whose required columns every file has; the one with more known columns wins."""
    scores = {}
    for kind in KINDS:
        looks = [[_look(connection, kind, sheet) for sheet in file.sheets] for file in files if file.fault is None]
        if all(any(isinstance(look, Layout) for look in each) for each in looks):
            known = [look for each in looks for look in each if isinstance(look, Layout)]
            scores[kind] = sum(len(look.columns) + len(look.entries) - len(look.unknown) for look in known)
    best = [kind for kind, score in scores.items() if score == max(scores.values())]
    if len(best) != 1:
        raise KindUnclear(path=", ".join(file.name for file in files))
    return best[0]


def apply(
    connection: sqlite3.Connection,
    operation: Operation,
    prepared: Prepared,
    *,
    today: str,
    moves_on: str | None = None,
    partial: bool = False,
    tick: Callable[[int], None] | None = None,
) -> Import:
    """Write what the files say, inside an operation.

    With errors the operation is abandoned, unless `partial` asks for the good records.
    """
    batch = Import(connection, today=today, entered=operation.day, moves_on=moves_on, partial=partial)
    if tick:
        batch.tick = tick
    batch.errors += prepared.errors
    batch.warnings += prepared.warnings
    kind = KINDS[prepared.kind]
    if kind.whole:
        _write(batch, kind, [chunk for name, sheet in prepared.sheets for chunk in _chunks(batch, name, sheet, kind)])
    else:
        for name, sheet in prepared.sheets:
            for chunk in _chunks(batch, name, sheet, kind):
                _write(batch, kind, [chunk])
    _look_at_gates(batch, operation, prepared.source.name)
    batch.errors.sort(key=lambda issue: (issue.file, issue.row or 0))
    if batch.errors and not partial:
        operation.abandon()
    if operation.abandoned:
        batch.counts["inserted"] = batch.counts["updated"] = 0
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


def _chunks(batch: Import, name: str, sheet: Layout, kind: Kind) -> Iterator[Chunk]:
    _warn_unknown(batch, name, sheet)
    batch.counts["dropped"] += sheet.dropped
    batch.counts["read"] += len(sheet.rows)
    size = max(1, len(sheet.rows)) if kind.whole else CHUNK
    for start in range(0, len(sheet.rows), size):
        yield Chunk(batch, name, sheet, kind.columns, sheet.rows[start : start + size])


def _write(batch: Import, kind: Kind, chunks: Sequence[Chunk]) -> None:
    kind.apply(batch, chunks)
    if kind.entry is None:
        batch.counts["rejected"] += sum(len(chunk.bad) for chunk in chunks)


def _column_missing(name: str, look: NoHeader, kind: Kind) -> Issue:
    missing = ", ".join(f"{column.titles[0]} ({column.name})" for column in look.missing)
    needed = ", ".join(column.titles[0] for column in kind.columns if column.required)
    return Issue(
        name,
        look.sheet,
        look.row,
        missing or None,
        None,
        "column_missing",
        WHY["column_missing"],
        {"needed": needed},
    )


def _warn_unknown(batch: Import, name: str, sheet: Layout) -> None:
    for index in sheet.unknown:
        title = sheet.titles[index]
        why = WHY["column_unknown"]
        batch.warnings.append(Issue(name, sheet.sheet, sheet.header, title, title, "column_unknown", why, {}))
