"""The log: operations, and every change of one unit or member."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from advedu.errors import NoSuchOperation
from advedu.i18n import N_, _
from advedu.nouns.index import VIA
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.reports import change_lines
from advedu.reports.change_lines import COLUMNS, ChangedField, Words
from advedu.storage import changes, effects
from advedu.storage.changes import Change
from advedu.values.identity import scrub

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


def operations(
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
        for past in changes.operations(connection)
        if (who is None or past.who == who)
        and (day is None or past.day == day)
        and (past.source or not imports)
        and (kept is None or past.number in kept)
    ]

    def table(wanted: Sequence[changes.Past]) -> list[Table]:
        shown = [column for column in LOG_COLUMNS if column.key not in ("day", "source_sha256", "undoes", "hash")]
        heads = tuple(Head(_(column.title), column.align) for column in shown)
        cells = [
            [Cell("" if value is None else str(value)) for value in (p.number, _when(p.at), *p[3:7], p.changes)]
            for p in wanted
        ]
        return [Table(heads, cells)]

    return Report(LOG_COLUMNS, rows, drawn=table)


def _when(at: str) -> str:
    """Return a time to the minute."""
    return at[:16].replace("T", " ")


def operation(connection: sqlite3.Connection, number: int) -> Report:
    """Return what one operation changed, field by field.

    Raises:
        NoSuchOperation: there is none of that number.
    """
    past = next((each for each in changes.operations(connection) if each.number == number), None)
    span = changes.span(connection, number)
    if past is None or span is None:
        raise NoSuchOperation(wanted=number)
    found = change_lines.lines(changes.changes(connection, *span), Words(connection))
    title = _("Operation {number}: {who}, {at}: {command}").format(
        number=number, who=past.who, at=past.at, command=scrub(past.command)
    )
    return Report(COLUMNS, list(found), drawn=lambda shown: [change_lines.lines_table(shown)], title=title)


def of(connection: sqlite3.Connection, *, unit_id: int | None = None, member_id: int | None = None) -> Report:
    """Return every change of one unit's or one member's own rows, the latest first."""
    when = {past.number: past for past in changes.operations(connection)}
    words = Words(connection)
    # The latest operation first; within one, in the order in which it wrote.
    spoken = sorted(_lines_of(connection, words, unit_id, member_id), key=lambda line: -line.operation)
    rows = [(line.operation, when[line.operation].at, when[line.operation].who, *line[1:]) for line in spoken]
    columns = (COLUMNS[0], LOG_COLUMNS[1], LOG_COLUMNS[3], *COLUMNS[1:])

    def table(wanted: Sequence[tuple[Any, ...]]) -> list[Table]:
        heads = tuple(Head(_(title), "right" if title == "Operation" else "left") for title in _LOG_OF)
        cells = [
            [
                Cell(str(row[0])),
                Cell(_when(row[1])),
                Cell(row[2]),
                *change_lines.row(ChangedField(row[0], *row[3:]))[1:],
            ]
            for row in wanted
        ]
        return [Table(heads, cells)]

    return Report(columns, rows, drawn=table)


_LOG_OF = (N_("Operation"), N_("When (UTC)"), N_("Who"), N_("What"), N_("Field"), N_("Before"), N_("After"))


# Tables whose rows tell the unit of others.
_LEADING = {above for _column, above in VIA.values()}


def _lines_of(
    connection: sqlite3.Connection, words: Words, unit_id: int | None, member_id: int | None
) -> list[ChangedField]:
    """Return what concerns a unit or a member, spoken with what was known at the time.

    A missed session is its unit's through the session, which may be gone by now, and whose number may be another's; so
    are the suggestions of a visit, and the visits to a contact point.
    """
    found: list[ChangedField] = []
    everything = changes.changes(connection)
    wanted = []
    for change in everything:
        if change.table in _LEADING:
            words.learn([change])
        if _concerns(change, words, unit_id, member_id):
            wanted.append(change)
            if change.table in VIA:
                found += change_lines.lines([change], words)
    return found + change_lines.lines([change for change in wanted if change.table not in VIA], words)


def _concerns(change: Change, words: Words, unit_id: int | None, member_id: int | None) -> bool:
    row = change.new or change.old or {}
    if member_id is not None:
        return change.key[0] == member_id if change.table == "member" else row.get("member_id") == member_id
    if change.table == "unit":
        return change.key[0] == unit_id
    if change.table in VIA:
        column, above = VIA[change.table]
        return words.records.get((above, row[column]), {}).get("unit_id") == unit_id
    return row.get("unit_id") == unit_id and change.table != "member"
