"""Who is late with what: the list a clerk rings down."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from advedu.i18n import N_, _
from advedu.nouns.model import Unit
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.reports.no_units import no_units
from advedu.reports.overrides import overrides
from advedu.storage import figures
from advedu.storage.figures import Overdue, Scope

COLUMNS = (
    Column("unit", N_("Code")),
    Column("unit_name", N_("Unit")),
    Column("milestone", N_("Milestone")),
    Column("milestone_name", N_("Name")),
    Column("due_on", N_("Due on")),
    Column("days_late", N_("Days late"), align="right"),
    Column("chief", N_("Chief")),
    Column("phone", N_("Telephone")),
)
FOUND = 4
# From so many days on a delay is painted as bad.
LONG = 14


def overdue(
    connection: sqlite3.Connection,
    top: Unit | None,
    day: str,
    *,
    check: bool = False,
) -> Report:
    """Return what is overdue below a unit as of a day; with `check` anything found is exit code 4."""
    head = {"as_of": day, "unit": top.code if top else None}
    if top is None:
        return no_units(COLUMNS, head=head)
    rows = figures.overdue(connection, Scope(top.id, day))
    title = _("{code} {name} · as of {day}").format(code=top.code, name=top.name, day=day)
    units = len({row.unit for row in rows})
    note = _("{units} units are overdue with {milestones} milestones.").format(units=units, milestones=len(rows))
    return Report(
        COLUMNS,
        rows,
        head=head,
        drawn=lambda shown: [_table(shown)] if shown else [],
        title=title,
        notes=[note if rows else _("Nothing is overdue."), *overrides(connection, top, day)],
        exit_code=FOUND if check and rows else 0,
    )


def _table(rows: Sequence[Overdue]) -> Table:
    heads = (
        Head(_("Days late"), "right"),
        Head(_("Unit"), least=16),
        Head(_("Milestone"), least=12),
        Head(_("Due on"), least=10),
        Head(_("Chief"), least=6),
        Head(_("Telephone"), least=13),
    )
    lines = [
        [
            Cell(str(row.days_late), "bad" if row.days_late >= LONG else "warn"),
            Cell(f"{row.unit} {row.unit_name}"),
            Cell(f"{row.milestone} {row.milestone_name}"),
            Cell(row.due_on),
            Cell(row.chief or "—"),
            Cell(row.phone or "—"),
        ]
        for row in rows
    ]
    return Table(heads, lines)
