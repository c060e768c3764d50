"""The ledger's questions: control totals, who came and went, who stands where. `queries/scope.sql` says who counts."""

import sqlite3
from typing import NamedTuple

from advedu.storage import query
from advedu.storage.figures import DEEPEST, Scope, parameters


class Baseline(NamedTuple):
    """The control totals of a day: how many units and members there were at its end."""

    set_on: str
    units: int
    members: int


class LedgerUnit(NamedTuple):
    """A unit as the ledger sees it; `planned`: it has a batch or a start of its own."""

    id: int
    code: str
    name: str
    kind: str
    parent_id: int | None
    open: int
    planned: int
    owing: int
    declared_members: int | None
    members: int
    opened_on: str | None
    closed_on: str | None
    close_reason: str | None


class Coming(NamedTuple):
    """A member who arrived, left, or both."""

    unit: str
    unit_name: str
    member: str
    name: str
    arrived_on: str | None
    left_on: str | None
    leave_reason: str | None


class Lost(NamedTuple):
    """A member who is missing, or whose unit is closed (`day`: since when) or not open yet (None: that is to come)."""

    unit: str
    unit_name: str
    member: str
    name: str
    missing_since: str | None
    open: int
    day: str | None


class Undated(NamedTuple):
    """A unit or member entered after the control totals without a day of opening or arrival."""

    what: str
    unit: str
    unit_name: str
    member: str | None
    name: str | None
    entered_on: str


def baseline(connection: sqlite3.Connection, day: str) -> Baseline | None:
    """Return the latest control totals of a day up to `day`."""
    row = connection.execute(
        "SELECT set_on, units, members FROM baseline WHERE set_on <= ? ORDER BY set_on DESC LIMIT 1", (day,)
    ).fetchone()
    return Baseline(*row) if row else None


def put_baseline(connection: sqlite3.Connection, values: Baseline, entered: str) -> None:
    """Write the control totals of a day, or change those that are there; the same again changes nothing."""
    connection.execute(
        "INSERT INTO baseline (set_on, units, members, entered_on) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (set_on) DO UPDATE SET units = excluded.units, members = excluded.members,"
        " entered_on = excluded.entered_on WHERE (units, members) IS NOT (excluded.units, excluded.members)",
        (*values, entered),
    )


def places(connection: sqlite3.Connection, root: int, day: str) -> list[LedgerUnit]:
    """Return the units of a subtree as of a day, by code."""
    scope = Scope(root, day, DEEPEST, "batch")
    return [
        LedgerUnit(*row)
        for row in connection.execute(query("scope", "counted", "ledger_units"), parameters(connection, scope))
    ]


def comings(connection: sqlite3.Connection, root: int, since: str, day: str) -> list[Coming]:
    """Return who arrived or left after `since` and up to `day`."""
    values = parameters(connection, Scope(root, day)) | {"since": since}
    return [Coming(*row) for row in connection.execute(query("scope", "counted", "ledger_comings"), values)]


def transfers(connection: sqlite3.Connection, root: int, since: str, day: str) -> tuple[int, int, int]:
    """Return how many transfers stayed within a subtree, came in and went out after `since` and up to `day`."""
    values = parameters(connection, Scope(root, day)) | {"since": since}
    within, into, out = connection.execute(query("scope", "counted", "ledger_transfers"), values).fetchone()
    return int(within), int(into), int(out)


def partners(connection: sqlite3.Connection, since: str, day: str) -> dict[tuple[str, int], list[int]]:
    """Return ("closed" or "opened", unit) → the units that took, or gave, its members and units on that very day."""
    found: dict[tuple[str, int], list[int]] = {}
    for what, unit_id, other in connection.execute(query("ledger_partners"), {"since": since, "day": day}):
        found.setdefault((what, unit_id), []).append(other)
    return found


def people(connection: sqlite3.Connection, root: int, day: str) -> list[tuple[int | None, str | None, int]]:
    """Return (category, status, number) of the members of a subtree."""
    return connection.execute(
        query("scope", "counted", "ledger_people"), parameters(connection, Scope(root, day))
    ).fetchall()


def reached(connection: sqlite3.Connection, root: int, day: str) -> list[tuple[int, str, str | None, int]]:
    """Return (task, "done" or "exempt", way, number) of the members of a subtree."""
    return connection.execute(
        query("scope", "counted", "ledger_reached"), parameters(connection, Scope(root, day))
    ).fetchall()


def lost(connection: sqlite3.Connection, root: int, day: str) -> list[Lost]:
    """Return the members of a subtree who are missing, or whose unit is not open."""
    rows = connection.execute(query("scope", "counted", "ledger_lost"), parameters(connection, Scope(root, day)))
    return [Lost(*row) for row in rows]


def undated(connection: sqlite3.Connection, set_on: str) -> list[Undated]:
    """Return what was entered without a day after the control totals of a day were last written."""
    (last,) = connection.execute(
        "SELECT max(id) FROM change WHERE table_name = 'baseline' AND key = quote(?)", (set_on,)
    ).fetchone()
    return [Undated(*row) for row in connection.execute(query("ledger_undated"), {"last": last or 0})]
