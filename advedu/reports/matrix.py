"""Units × milestones: one sign per unit and milestone, the whole plan at a glance."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from advedu.i18n import N_, _, ngettext
from advedu.nouns.model import Entry, Unit
from advedu.output.report import Cell, Column, Head, Report, Table, ValueWithFacts
from advedu.reports.no_units import no_units
from advedu.rules import progress
from advedu.storage import campaign, figures
from advedu.storage.figures import Scope
from advedu.values.text import letters_in_common

# The sign of a state and its style: each state reads without colour. What is overdue carries its days.
SIGNS = {
    "on_time": ("✓", "good"),
    "ahead": ("✓", "good"),
    "done": ("✓", "good"),
    "done_late": ("~", "warn"),
    "overdue": ("!", "bad"),
    "open": ("·", "dim"),
    "unplanned": ("?", "warn"),
    "exempt": ("—", "dim"),
}
_DONE = ("on_time", "ahead", "done", "done_late")
# Below this a unit's column is not squeezed.
_UNIT_WIDTH = 18


def matrix(
    connection: sqlite3.Connection,
    top: Unit | None,
    day: str,
    *,
    optional: bool = False,
    late: bool = False,
) -> Report:
    """Return a row per unit that something applies to, and a column per milestone.

    Args:
        connection: the file.
        top: the unit whose subtree is looked at; None in an empty file.
        day: the as-of day.
        optional: whether optional milestones are columns too.
        late: whether only units with something overdue are rows.
    """
    required = campaign.required_milestones(connection)
    entries = [entry for entry in campaign.entries(connection, "milestone") if optional or entry.id in required]
    columns = (
        Column("unit", N_("Unit")),
        Column("name", N_("Name")),
        *(Column(entry.code, entry.code) for entry in entries),
        Column("done", N_("Done"), align="right"),
        Column("overdue", N_("Overdue"), align="right"),
    )
    head = {"as_of": day, "unit": top.code if top else None}
    if top is None:
        return no_units(columns, head=head)
    rows = _rows(connection, Scope(top.id, day), entries, required, optional=optional)
    if late:
        rows = [row for row in rows if row[-1]]
    title = _("{code} {name} · as of {day}").format(code=top.code, name=top.name, day=day)
    return Report(
        columns,
        rows,
        head=head,
        drawn=lambda shown: [_table(shown, entries)] if shown else [],
        title=title,
        notes=[
            ngettext("{count} unit", "{count} units", len(rows)).format(count=len(rows)),
            _legend(),
            " · ".join(entry.label for entry in entries),
        ],
    )


def _rows(
    connection: sqlite3.Connection, scope: Scope, entries: list[Entry], required: set[int], *, optional: bool
) -> list[tuple[Any, ...]]:
    units: dict[str, tuple[str, dict[int, ValueWithFacts]]] = {}
    for code, name, milestone, due_on, done_on, exempt_on in figures.matrix(connection, scope, optional=optional):
        cells = units.setdefault(code, (name, {}))[1]
        state = progress.state(due_on, done_on, exempt_on, scope.day, required=milestone in required)
        late = progress.days_late(due_on, scope.day) if state == "overdue" and due_on else None
        facts = {"state": state, "due_on": due_on, "done_on": done_on, "days_late": late}
        cells[milestone] = ValueWithFacts(done_on or state, facts)
    rows = []
    for code, (name, cells) in units.items():
        states = [cell["state"] for cell in cells.values()]
        done = sum(state in _DONE for state in states)
        rows.append((code, name, *(cells.get(entry.id) for entry in entries), done, states.count("overdue")))
    return rows


def _table(rows: Sequence[tuple[Any, ...]], entries: list[Entry]) -> Table:
    # Codes that all begin alike lose that beginning, or the columns would not fit on 80.
    prefix = letters_in_common([entry.code for entry in entries])
    heads = (
        Head(_("Unit"), least=_UNIT_WIDTH),
        *(Head(entry.code.removeprefix(prefix)) for entry in entries),
        Head(_("Overdue"), "right"),
    )
    nothing = Cell("")
    lines = []
    for code, name, *cells, _done, overdue in rows:
        signs = [nothing if cell is None else _sign(cell) for cell in cells]
        lines.append([Cell(f"{code} {name}"), *signs, Cell(str(overdue) if overdue else "", "bad")])
    return Table(heads, lines)


def _sign(cell: ValueWithFacts) -> Cell:
    sign, style = SIGNS[cell["state"]]
    return Cell(f"{sign}{cell['days_late']}" if cell["days_late"] else sign, style)


def _legend() -> str:
    return _("✓ done in time   ~ done late   !12 overdue by 12 days   · not due yet   ? no day planned   — exempt")
