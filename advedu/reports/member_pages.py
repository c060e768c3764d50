"""Members: one page, a list. ID numbers and telephones are masked unless asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from advedu.i18n import _, ngettext
from advedu.nouns.members import MEMBER
from advedu.nouns.model import Member, Unit
from advedu.output.report import Cell, Column, Head, Report, Table, plain_table
from advedu.reports import fields, own_records
from advedu.reports import study as sessions
from advedu.reports.no_units import no_units
from advedu.reports.unit_pages import STATES
from advedu.rules import progress
from advedu.storage import campaign, figures, members, records, study, units

COLUMNS = fields.columns(MEMBER)
# What identifies somebody stands above the page; the rest is a line each.
_FACTS = tuple(field for field in MEMBER.stored if field.name not in ("code", "name"))


def listed(
    connection: sqlite3.Connection,
    top: Unit | None,
    *,
    leaders: bool = False,
    gone: bool = False,
    reveal: bool = False,
    day: str | None = None,
) -> Report:
    """Return the members of a unit and all below it, unit by unit: as they stand in the file, or as of a day."""
    if top is None:
        return no_units(COLUMNS)
    names = fields.Names(connection)
    found = [
        member
        for member in (
            members.of_units(connection, top.id) if day is None else figures.members_on(connection, top.id, day)
        )
        if (member.leader or not leaders) and (gone or member.left_on is None)
    ]
    rows = [names.row(MEMBER.in_lists, member._asdict(), reveal=reveal) for member in found]
    hidden = {*MEMBER.hidden} - {"id_number"} if reveal else {*MEMBER.hidden}
    shown = [place for place, column in enumerate(COLUMNS) if column.key not in hidden]

    def table(wanted: Sequence[tuple[Any, ...]]) -> list[Table]:
        selected = Report([COLUMNS[place] for place in shown], [[row[place] for place in shown] for row in wanted])
        return [plain_table(selected)]

    note = ngettext("{count} member", "{count} members", len(rows)).format(count=len(rows))
    return Report(COLUMNS, rows, drawn=table, notes=[note])


def show(connection: sqlite3.Connection, member: Member, day: str, *, reveal: bool = False) -> Report:
    """Return one member: who it is, tasks, transfers, and a leader's items."""
    names = fields.Names(connection)
    stored = member._asdict()
    values = dict(zip((c.key for c in COLUMNS), names.row(MEMBER.in_lists, stored, reveal=reveal), strict=True))
    home = units.by_id(connection, member.unit_id)
    missed = study.missed(connection, day, member_id=member.id)
    open_missed = sum(each.made_up_on is None for each in missed)
    tasks = _tasks(connection, member, home, day, open_missed)
    moves = [
        dict(zip(("on", "from", "to", "reason"), row, strict=True)) for row in members.transfers(connection, member.id)
    ]
    items = _items(connection, member, day) if member.leader else []
    own = own_records.of_member(connection, member, day)
    more = own_records.table(own, day)
    task_columns = tuple(Column(key, key) for key in (*tasks[0],)) if tasks else ()
    return Report(
        task_columns,
        [tuple(task.values()) for task in tasks],
        document={
            "as_of": day,
            **values,
            "leave_reason": member.leave_reason,
            "tasks": tasks,
            "transfers": moves,
            "items": items,
            "missed_sessions": [each._asdict() for each in missed],
            **own.document,
        },
        tables=lambda: [
            *_tables(names.facts(_FACTS, stored, reveal=reveal), tasks, moves, items),
            *([sessions.missed_table(missed, by_member=True)] if missed else []),
            *([more] if more else []),
        ],
        title=_("{member} · as of {day}").format(member=member.label, day=day),
    )


def _tasks(
    connection: sqlite3.Connection, member: Member, home: Unit, day: str, open_missed: int
) -> list[dict[str, Any]]:
    """Return what a member owes; studying is not done while a missed session is open (D27)."""
    start = units.day_zero(connection, home, day)
    study_tasks = campaign.study_tasks(connection)
    found = []
    for code, name, due_day, done_on, mode, exempt_on, reason in figures.member_tasks(connection, member.id):
        due = progress.due_on(start, int(str(due_day)))
        waiting = open_missed if code in study_tasks else 0
        seen = done_on if done_on is not None and done_on <= day and not waiting else None
        found.append(
            {
                "task": code,
                "task_name": name,
                "due_on": due,
                "done_on": seen,
                "mode": mode if seen else None,
                "state": progress.state(due, seen, exempt_on, day, ended=member.left_on),
                "exempt_reason": reason if exempt_on is not None and exempt_on <= day else None,
                "open_missed": waiting,
            }
        )
    return found


def _items(connection: sqlite3.Connection, member: Member, day: str) -> list[dict[str, Any]]:
    return [
        {
            "item": entry.code,
            "item_name": entry.name,
            "done_on": [on for on in records.fulfilled_days(connection, member.id, entry.id) if on <= day],
        }
        for entry in campaign.entries(connection, "item")
    ]


def _tables(
    lines: list[list[Cell]],
    tasks: list[dict[str, Any]],
    moves: list[dict[str, Any]],
    items: list[dict[str, Any]],
) -> list[Table]:
    tables = [Table((Head(""), Head("")), lines), _task_table(tasks)]
    if items:
        tables.append(_item_table(items))
    if moves:
        heads = (Head(_("Day")), Head(_("From unit")), Head(_("To unit")), Head(_("Reason")))
        tables.append(
            Table(heads, [[Cell(str(text or "")) for text in move.values()] for move in moves], _("Transfers"))
        )
    return tables


def _task_table(tasks: list[dict[str, Any]]) -> Table:
    heads = (Head(_("Task")), Head(_("Due on")), Head(_("Done on")), Head(_("State")), Head(_("Details")))
    lines = []
    for task in tasks:
        sign, style, word = STATES[task["state"]]
        details = task["exempt_reason"] or task["mode"] or ""
        if task["open_missed"]:
            details = _("not done while missed sessions are open: {count}").format(count=task["open_missed"])
        lines.append(
            [
                Cell(f"{task['task']} {task['task_name']}"),
                Cell(task["due_on"] or "—"),
                Cell(task["done_on"] or ""),
                Cell(f"{sign} {_(word)}", style),
                Cell(details),
            ]
        )
    return Table(heads, lines, _("Tasks"))


def _item_table(items: list[dict[str, Any]]) -> Table:
    lines = [
        [
            Cell("✓" if item["done_on"] else "·", "good" if item["done_on"] else ""),
            Cell(f"{item['item']} {item['item_name']}"),
            Cell(", ".join(item["done_on"])),
        ]
        for item in items
    ]
    return Table((Head(""), Head(_("Item")), Head(_("Done on"))), lines, _("Nine ones and four leads"))
