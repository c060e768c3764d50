"""Study sessions: one page."""

from __future__ import annotations

import sqlite3

from advedu.i18n import N_, _
from advedu.nouns.registers import named
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.storage import register_rows, study, units
from advedu.storage.study import Missed

COLUMNS = (
    Column("number", N_("No."), align="right"),
    Column("member", N_("Member")),
    Column("member_name", N_("Name")),
    Column("reason", N_("Reason")),
    Column("made_up_on", N_("Made good on")),
    Column("mode", N_("Way")),
)


def show(connection: sqlite3.Connection, number: int, day: str) -> Report:
    """Return one session, and who missed it, as of a day."""
    held = register_rows.get(connection, named("session"), number)
    assert held is not None
    unit = units.by_id(connection, held["unit"])
    missed = study.missed(connection, day, session=number)
    rows = [tuple(getattr(each, column.key) for column in COLUMNS) for each in missed]
    facts = {"held_on": held["held_on"], "topic": held["topic"], "hours": held["hours"]}
    keys = [column.key for column in COLUMNS]
    return Report(
        COLUMNS,
        rows,
        document={
            "as_of": day,
            "number": number,
            "unit": unit.code,
            "unit_name": unit.name,
            **facts,
            "open": sum(each.made_up_on is None for each in missed),
            "missed": [dict(zip(keys, row, strict=True)) for row in rows],
        },
        tables=lambda: [_facts(unit.label, facts), *([missed_table(missed)] if missed else [])],
        title=_("Study session {number} · as of {day}").format(number=number, day=day),
        notes=[] if missed else [_("nobody is on record as having missed it")],
    )


def _facts(unit: str, facts: dict[str, object]) -> Table:
    register = named("session")
    lines = [[Cell(_("Unit"), "dim"), Cell(unit)]]
    for name, value in facts.items():
        if value is not None:
            shown = f"{value:g}" if isinstance(value, float) else str(value)
            lines.append([Cell(_(register.field(name).title), "dim"), Cell(shown)])
    return Table((Head(""), Head("")), lines)


def missed_table(missed: list[Missed], *, by_member: bool = False) -> Table:
    """Return missed sessions as a table: who missed one, or which ones somebody missed."""
    first = Head(_("Session"), least=12) if by_member else Head(_("Member"), least=12)
    heads = (Head(_("No."), "right"), first, Head(_("Reason")), Head(_("Made good"), least=10), Head(_("Way")))
    lines = [
        [
            Cell(str(each.session if by_member else each.number)),
            Cell(f"{each.held_on} {each.topic}" if by_member else f"{each.member} {each.member_name}"),
            Cell(each.reason or ""),
            Cell(each.made_up_on) if each.made_up_on else Cell(_("! open"), "bad"),
            Cell(each.mode or ""),
        ]
        for each in missed
    ]
    return Table(heads, lines, _("Missed sessions"))
