"""What changed: old → new, field by field, in words.

Receipts of single commands and the history both come from the rows of `change`, so a receipt says what was written,
not what was meant to be.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from advedu.errors import NoSuchOperation
from advedu.i18n import N_, _
from advedu.identity import mask_id_number, mask_phone, scrub
from advedu.model import DISTRICT_BODIES, KINDS, SEXES, STATUSES
from advedu.report import Cell, Column, Head, Report, Table
from advedu.storage import campaign, effects, members, units
from advedu.storage import changes as history
from advedu.storage.changes import Change
from advedu.storage.history import Operation

# What rows of each table are called.
TABLES = {
    "unit": N_("unit"),
    "unit_move": N_("unit moved"),
    "member": N_("member"),
    "transfer": N_("member transferred"),
    "milestone_done": N_("milestone"),
    "milestone_exemption": N_("milestone exempted"),
    "task_done": N_("task"),
    "task_exemption": N_("task exempted"),
    "item_done": N_("item"),
    "campaign": N_("campaign"),
    "baseline": N_("control totals"),
}
# A receipt lists the changes of so many rows; of more it gives the numbers, and `log --operation` has them all.
LISTED = 100
# Columns that need no line of their own: keys, and what stands in the operation already.
_SILENT = ("id", "entered_on")
COLUMNS = (
    Column("operation", N_("Operation"), align="right"),
    Column("what", N_("What"), TABLES),
    Column("unit", N_("Unit")),
    Column("member", N_("Member")),
    Column("entry", N_("Entry")),
    Column("field", N_("Field")),
    Column("old", N_("Before")),
    Column("new", N_("After")),
)


class Line(NamedTuple):
    """One changed field of one row; `unit`, `member` and `entry` say whose, by code and name."""

    operation: int
    what: str
    unit: str | None
    member: str | None
    entry: str | None
    field: str
    old: str | None
    new: str | None


class Words:
    """Keys of the file → codes and names, read when first needed."""

    def __init__(self, connection: sqlite3.Connection, *, reveal: bool = False) -> None:
        self.connection = connection
        self.reveal = reveal
        self._lists: dict[str, dict[int, str]] = {}
        self._known: dict[tuple[str, object], str] = {}

    def learn(self, changes: Iterable[Change]) -> None:
        """Take the codes and names of units and members from what changed: some are gone by now."""
        for change in changes:
            row = change.new or change.old or {}
            if change.table in ("unit", "member"):
                self._known[change.table, change.key[0]] = f"{row['code']} {row['name']}"

    def label(self, table: str, id_: Any) -> str | None:
        """Return code and name of a unit, a member or an entry of a list."""
        if id_ is None:
            return None
        if (table, id_) in self._known:
            return self._known[table, id_]
        if table == "unit":
            return units.label(self.connection, id_) or str(id_)
        if table == "member":
            return members.label(self.connection, id_) or str(id_)
        if table not in self._lists:
            self._lists[table] = {entry.id: entry.label for entry in campaign.entries(self.connection, table)}
        return self._lists[table].get(id_, str(id_))

    def value(self, column: str, value: Any) -> str | None:
        """Return a value of a column: other things by code and name, personal numbers masked."""
        if value is None:
            return None
        if column == "id_number" and not self.reveal:
            return mask_id_number(str(value))
        if column == "phone" and not self.reveal:
            return mask_phone(str(value))
        table = _REFERENCES.get(column)
        return self.label(table, value) if table else str(value)


def _spoken(field: str, value: str | None) -> str:
    """Return a value as people read it: identifiers of fixed lists in their language."""
    if value is None:
        return "—"
    return _(_FIXED[field][value]) if value in _FIXED.get(field, {}) else value


_FIXED: dict[str, dict[str, str]] = {
    "kind": KINDS,
    "sex": SEXES,
    "status": STATUSES,
    "leader": {"1": N_("yes"), "0": N_("no")},
    "municipal": {"1": N_("yes"), "0": N_("no")},
    "district_body": DISTRICT_BODIES,
}
_REFERENCES = {
    "parent_id": "unit",
    "from_parent_id": "unit",
    "to_parent_id": "unit",
    "unit_id": "unit",
    "from_unit_id": "unit",
    "to_unit_id": "unit",
    "sector_id": "sector",
    "batch_id": "batch",
    "category_id": "category",
}
_ENTRIES = {"milestone_id": "milestone", "task_id": "task", "item_id": "item"}


def lines(changes: Sequence[Change], words: Words) -> list[Line]:
    """Return one line per changed field."""
    found: list[Line] = []
    words.learn(changes)
    for change in changes:
        row = change.new or change.old or {}
        # A unit or member that is gone by now is still in what changed.
        own = f"{row['code']} {row['name']}" if change.table in ("unit", "member") else None
        unit = own if change.table == "unit" else words.label("unit", row.get("unit_id"))
        member = own if change.table == "member" else words.label("member", row.get("member_id"))
        entry = next((words.label(table, row[column]) for column, table in _ENTRIES.items() if column in row), None)
        for column in row:
            if (
                column in _SILENT
                or column in _ENTRIES
                or (column in ("unit_id", "member_id") and change.table != "member")
            ):
                continue
            old, new = (None if side is None else side.get(column) for side in (change.old, change.new))
            if old != new:
                found.append(
                    Line(
                        change.operation,
                        change.table,
                        unit,
                        member,
                        entry,
                        column.removesuffix("_id"),
                        words.value(column, old),
                        words.value(column, new),
                    )
                )
    return found


def receipt(connection: sqlite3.Connection, operation: Operation) -> Callable[[], Report]:
    """Return what makes the receipt of an operation, once it is known whether it was kept.

    Call it inside the operation: a dry run's changes are gone afterwards.
    """
    changed = history.changes(connection, operation.first_change)
    summary = _summary(changed) if len(changed) > LISTED else []
    found = [] if summary else lines(changed, Words(connection))

    def make() -> Report:
        number = operation.number if operation.written else None
        return Report(
            COLUMNS,
            [line._replace(operation=number) for line in found],  # type: ignore[arg-type]
            head={"operation": number, "dry_run": operation.dry_run, "changed": len(changed)},
            tail={"summary": [dict(zip(_COUNTED, row, strict=True)) for row in summary]} if summary else {},
            tables=lambda: [_summary_table(summary)] if summary else [_table(found)] if found else [],
            title=_receipt_title(operation, changed),
        )

    return make


_COUNTED = ("what", "added", "changed", "removed")


def _summary(changed: list[Change]) -> list[tuple[str, int, int, int]]:
    """Return, per table, how many rows were added, changed and removed."""
    counts: dict[str, list[int]] = {}
    for change in changed:
        counts.setdefault(change.table, [0, 0, 0])[0 if change.old is None else 2 if change.new is None else 1] += 1
    return [(table, *three) for table, three in counts.items()]  # type: ignore[misc]


def _summary_table(summary: list[tuple[str, int, int, int]]) -> Table:
    heads = (Head(_("What")), Head(_("Added"), "right"), Head(_("Changed"), "right"), Head(_("Removed"), "right"))
    return Table(
        heads, [[Cell(_(TABLES.get(table, table))), *(Cell(str(n)) for n in three)] for table, *three in summary]
    )


def _receipt_title(operation: Operation, changed: list[Change]) -> str:
    if not changed:
        return _("Nothing to change: it is stored like this already.")
    if operation.dry_run:
        return _("Dry run: nothing was written. This would change:")
    return _("Done, as operation {number}:").format(number=operation.number)


def _table(found: list[Line]) -> Table:
    heads = (Head(_("Whose")), Head(_("What")), Head(_("Field")), Head(_("Before")), Head(_("After")))
    return Table(heads, [_row(line) for line in found])


def _row(line: Line) -> list[Cell]:
    whose = line.member or line.unit or ""
    return [
        Cell(whose),
        Cell(line.entry or _(TABLES.get(line.what, line.what))),
        Cell(_(N_("full name") if line.field == "name" and line.member else FIELDS.get(line.field, line.field))),
        Cell(_spoken(line.field, line.old), "dim"),
        Cell(_spoken(line.field, line.new)),
    ]


# Columns of the tables, in words.
FIELDS = {
    "code": N_("code"),
    "name": N_("name"),
    "parent": N_("unit above"),
    "kind": N_("kind"),
    "sector": N_("sector"),
    "batch": N_("batch"),
    "chief": N_("chief"),
    "phone": N_("telephone"),
    "starts_on": N_("starts on"),
    "shift_reason": N_("reason for the shift"),
    "declared_members": N_("declared members"),
    "closed_on": N_("closed on"),
    "close_reason": N_("reason for closing"),
    "sex": N_("sex"),
    "born_on": N_("born on"),
    "id_number": N_("ID number"),
    "unit": N_("unit"),
    "joined_on": N_("joined the Party on"),
    "status": N_("status"),
    "post": N_("post"),
    "rank": N_("rank"),
    "leader": N_("leader"),
    "category": N_("category"),
    "left_on": N_("left on"),
    "leave_reason": N_("reason for leaving"),
    "done_on": N_("done on"),
    "head": N_("head"),
    "reporter": N_("reporter"),
    "evidence": N_("evidence"),
    "note": N_("note"),
    "mode": N_("way"),
    "exempt_on": N_("exempt from"),
    "reason": N_("reason"),
    "moved_on": N_("moved on"),
    "from_parent": N_("from below"),
    "to_parent": N_("to below"),
    "from_unit": N_("from"),
    "to_unit": N_("to"),
    "pinned_on": N_("pinned day"),
    "opened_on": N_("opened on"),
    "municipal": N_("municipal"),
    "arrived_on": N_("arrived on"),
    "missing_since": N_("missing since"),
    "district_body": N_("district body"),
    "set_on": N_("counted on"),
    "units": N_("units"),
    "members": N_("members"),
}


# ── the log ──

LOG_COLUMNS = (
    Column("operation", N_("Operation"), align="right"),
    Column("at", N_("When (UTC)")),
    Column("day", N_("Day of entry")),
    Column("who", N_("Who")),
    Column("host", N_("Computer")),
    Column("command", N_("Command")),
    Column("source", N_("File")),
    Column("source_sha256", "SHA-256"),
    Column("changes", N_("Rows"), align="right"),
    Column("undoes", N_("Undoes"), align="right"),
    Column("hash", N_("Chain hash")),
)


def log(
    connection: sqlite3.Connection,
    *,
    who: str | None = None,
    day: str | None = None,
    imports: bool = False,
    affects: str | None = None,
) -> Report:
    """Return the operations, the latest first: all, or those of one person, of one day of entry, or imports alone.

    With `affects` those that changed records dated on or before that day so that a figure as of it may differ.
    """
    kept = None if affects is None else effects.affecting(connection, affects)
    rows = [
        past._replace(command=scrub(past.command))
        for past in history.operations(connection)
        if (who is None or past.who == who)
        and (day is None or past.day == day)
        and (past.source or not imports)
        and (kept is None or past.number in kept)
    ]

    def table() -> list[Table]:
        shown = [column for column in LOG_COLUMNS if column.key not in ("day", "source_sha256", "undoes", "hash")]
        heads = tuple(Head(_(column.title), column.align) for column in shown)
        cells = [
            [Cell("" if value is None else str(value)) for value in (p.number, _when(p.at), *p[3:7], p.changes)]
            for p in rows
        ]
        return [Table(heads, cells)]

    return Report(LOG_COLUMNS, rows, tables=table)


def _when(at: str) -> str:
    """Return a time to the minute."""
    return at[:16].replace("T", " ")


def log_operation(connection: sqlite3.Connection, number: int) -> Report:
    """Return what one operation changed, field by field.

    Raises:
        NoSuchOperation: there is none of that number.
    """
    past = next((each for each in history.operations(connection) if each.number == number), None)
    span = history.span(connection, number)
    if past is None or span is None:
        raise NoSuchOperation(wanted=number)
    found = lines(history.changes(connection, *span), Words(connection))
    title = _("Operation {number}: {who}, {at}: {command}").format(
        number=number, who=past.who, at=past.at, command=scrub(past.command)
    )
    return Report(COLUMNS, list(found), tables=lambda: [_table(found)], title=title)


def log_of(connection: sqlite3.Connection, *, unit_id: int | None = None, member_id: int | None = None) -> Report:
    """Return every change of one unit's or one member's own rows, the latest first."""
    found = [change for change in history.changes(connection) if _concerns(change, unit_id, member_id)]
    when = {past.number: past for past in history.operations(connection)}
    # The latest operation first; within one, in the order in which it wrote.
    spoken = sorted(lines(found, Words(connection)), key=lambda line: -line.operation)
    rows = [(line.operation, when[line.operation].at, when[line.operation].who, *line[1:]) for line in spoken]
    columns = (COLUMNS[0], LOG_COLUMNS[1], LOG_COLUMNS[3], *COLUMNS[1:])

    def table() -> list[Table]:
        heads = tuple(Head(_(title), "right" if title == "Operation" else "left") for title in _LOG_OF)
        cells = [
            [Cell(str(row[0])), Cell(_when(row[1])), Cell(row[2]), *_row(Line(row[0], *row[3:]))[1:]] for row in rows
        ]
        return [Table(heads, cells)]

    return Report(columns, rows, tables=table)


_LOG_OF = (N_("Operation"), N_("When (UTC)"), N_("Who"), N_("What"), N_("Field"), N_("Before"), N_("After"))


def _concerns(change: Change, unit_id: int | None, member_id: int | None) -> bool:
    row = change.new or change.old or {}
    if member_id is not None:
        return change.key[0] == member_id if change.table == "member" else row.get("member_id") == member_id
    return (
        change.key[0] == unit_id
        if change.table == "unit"
        else (row.get("unit_id") == unit_id and change.table != "member")
    )
