"""The counts. One definition of what is counted stands in `queries/scope.sql`; the queries here continue it."""

import sqlite3
from typing import NamedTuple

from advedu.nouns.model import Member
from advedu.rules.progress import Figures
from advedu.storage import query, units

# No tree is that deep; in a file that somebody spoilt the walk would never end.
DEEPEST = 100


class Scope(NamedTuple):
    """What a report looks at: a unit's subtree as of a day, `depth` levels kept apart."""

    root: int
    day: str
    depth: int = 1
    by: str = "tree"


def parameters(connection: sqlite3.Connection, scope: Scope) -> dict[str, object]:
    """Return the values that `scope.sql` asks for."""
    batch = units.inherited_batch(connection, scope.root, scope.day)
    team = units.covering_team(connection, scope.root, scope.day) if scope.by == "team" else None
    return {**scope._asdict(), "batch": batch, "team": team, "levels": DEEPEST}


def status(connection: sqlite3.Connection, scope: Scope) -> dict[int | None, Figures]:
    """Return the figures per group: by unit (`Scope.depth` levels kept apart), by batch or by sector.

    A key is a unit's, batch's, sector's or team's; None stands for units that have none.
    """
    rows = connection.execute(query("scope", "counted", "status"), parameters(connection, scope))
    return {group: Figures(*values) for group, *values in rows}


class Node(NamedTuple):
    """A unit as it stood in the tree on a day."""

    id: int
    code: str
    name: str
    parent_id: int | None
    depth: int
    open: int
    opened: int
    closed_on: str | None


def nodes(connection: sqlite3.Connection, scope: Scope) -> list[Node]:
    """Return the units down to `Scope.depth`, as the tree stood on the day, in the order of codes within a parent."""
    rows = connection.execute(
        query("scope", "counted", "nodes"), parameters(connection, scope) | {"levels": scope.depth}
    )
    return [Node(*row) for row in rows]


def members_on(connection: sqlite3.Connection, root_id: int, day: str) -> list[Member]:
    """Return who belonged to a unit and all below it on a day, each with the unit of then, unit by unit.

    Those who had left by then are among them; what happened later is not known yet.
    """
    rows = connection.execute(query("scope", "members_on"), parameters(connection, Scope(root_id, day)))
    found = (Member(*row)._replace(unit_id=home) for *row, home in rows)
    return [each._replace(left_on=None) if each.left_on is not None and each.left_on > day else each for each in found]


class Overdue(NamedTuple):
    """One milestone that one unit is late with."""

    unit: str
    unit_name: str
    milestone: str
    milestone_name: str
    due_on: str
    days_late: int
    chief: str | None
    phone: str | None


def overdue(connection: sqlite3.Connection, scope: Scope) -> list[Overdue]:
    """Return what is overdue: most days late first, then by unit, then by milestone."""
    return [
        Overdue(*row) for row in connection.execute(query("scope", "counted", "overdue"), parameters(connection, scope))
    ]


def unit_plan(connection: sqlite3.Connection, scope: Scope) -> list[tuple[str, ...]]:
    """Return every milestone that applies to one unit with its dates and whether it is exempt (`unit_plan.sql`)."""
    return connection.execute(query("scope", "counted", "unit_plan"), parameters(connection, scope)).fetchall()


def owing_units(connection: sqlite3.Connection, scope: Scope) -> list[tuple[int, str, str, str | None]]:
    """Return key, code, name and day 0 of the units that owe something on the day, in the order of their codes."""
    return connection.execute(query("scope", "counted", "owing_units"), parameters(connection, scope)).fetchall()


def overridden(connection: sqlite3.Connection, scope: Scope) -> list[tuple[str, str]]:
    """Return code and name of the unit of each overridden event up to the day."""
    if connection.execute("SELECT 1 FROM phase_event WHERE overridden LIMIT 1").fetchone() is None:
        return []
    return connection.execute(query("scope", "counted", "overridden"), parameters(connection, scope)).fetchall()


def leader_items(connection: sqlite3.Connection, scope: Scope) -> list[tuple[str, str, str, int | None, str | None]]:
    """Return (member code, name, unit code, item id or None, its first day) for every leader and item done."""
    return connection.execute(query("scope", "counted", "leader_items"), parameters(connection, scope)).fetchall()


def ticked_items(connection: sqlite3.Connection, scope: Scope) -> list[tuple[str, str, str, int | None, str | None]]:
    """Return the same for what was ticked: what a register fulfils is left out."""
    return connection.execute(query("scope", "counted", "ticked_items"), parameters(connection, scope)).fetchall()


def member_tasks(connection: sqlite3.Connection, member_id: int) -> list[tuple[str | None, ...]]:
    """Return code, name, due day, done day, mode, exemption's day and reason of each task of one member."""
    return connection.execute(query("member_tasks"), (member_id,)).fetchall()


def matrix(
    connection: sqlite3.Connection, scope: Scope, *, optional: bool = False
) -> list[tuple[str, str, int, str | None, str | None, str | None]]:
    """Return (unit code, name, milestone id, due, done and exemption's day) for whatever applies to each open unit."""
    asked = parameters(connection, scope) | {"optional": optional}
    return connection.execute(query("scope", "counted", "matrix"), asked).fetchall()


class Due(NamedTuple):
    """What falls due on a day: a milestone ("milestone") or a task ("task"), of so many, and how many still lack it."""

    due_on: str
    what: str
    code: str
    name: str
    expected: int
    open: int


def due_between(connection: sqlite3.Connection, scope: Scope, until: str) -> list[Due]:
    """Return what falls due from the as-of day to another one, both included."""
    rows = connection.execute(
        query("scope", "counted", "due_between"), parameters(connection, scope) | {"until": until}
    )
    return [Due(*row) for row in rows]


def due_and_done(connection: sqlite3.Connection, scope: Scope) -> list[tuple[str | None, str | None, int]]:
    """Return (due day, day of doing, how many expected milestones have these)."""
    return connection.execute(query("scope", "counted", "due_and_done"), parameters(connection, scope)).fetchall()


def tasks_below(
    connection: sqlite3.Connection, scope: Scope, most: int
) -> list[tuple[str, str, str, int, str | None, str | None, str | None]]:
    """Return (member code, name, unit code, task id, due, done, exempt day), so many lines at most."""
    asked = parameters(connection, scope) | {"most": most}
    return connection.execute(query("scope", "counted", "tasks_below"), asked).fetchall()


def open_milestones(connection: sqlite3.Connection, scope: Scope) -> list[tuple[int, int, str | None]]:
    """Return (unit, milestone, due day) of every required milestone that is not done yet."""
    return connection.execute(query("scope", "counted", "open_milestones"), parameters(connection, scope)).fetchall()


def open_tasks(connection: sqlite3.Connection, scope: Scope) -> list[tuple[int, int, int, str | None]]:
    """Return (member, unit, task, due day) of every task that is neither done nor exempt."""
    return connection.execute(query("scope", "counted", "open_tasks"), parameters(connection, scope)).fetchall()


def missing_items(connection: sqlite3.Connection, scope: Scope) -> list[tuple[int, int, int]]:
    """Return (member, unit, item) of every counted item that a leader has not done yet."""
    return connection.execute(query("scope", "counted", "missing_items"), parameters(connection, scope)).fetchall()
