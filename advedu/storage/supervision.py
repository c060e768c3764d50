"""Teams: what they are called, what they look after, where nobody looks, whom to ring."""

import sqlite3
from typing import NamedTuple

from advedu.nouns.model import Entry
from advedu.storage import query
from advedu.storage.figures import Scope, parameters


class Gap(NamedTuple):
    """A unit that no team looks after (`team` None), or that was not visited since some day, or never."""

    unit: str
    unit_name: str
    team: int | None
    visited_on: str | None


class Headless(NamedTuple):
    """A team without a head of the required rank; who leads it, and the rank on record, where there is one."""

    number: int
    code: str
    name: str
    head: str | None
    rank: str | None


class Late(NamedTuple):
    """One overdue milestone of a unit: whom to ring, the team, and the last call."""

    unit_id: int
    unit: str
    unit_name: str
    chief: str | None
    phone: str | None
    team: int | None
    milestone: str
    milestone_name: str
    due_on: str
    days_late: int
    called_on: str | None
    said: str | None
    again_on: str | None


def teams(connection: sqlite3.Connection) -> list[Entry]:
    """Return the teams, in the order of their codes."""
    return [Entry(*row) for row in connection.execute("SELECT number, code, name FROM team ORDER BY code")]


def late(connection: sqlite3.Connection, root_id: int, day: str) -> list[Late]:
    """Return what is overdue below a unit, with teams and calls, by unit and milestone."""
    values = parameters(connection, Scope(root_id, day, by="team"))
    return [Late(*row) for row in connection.execute(query("scope", "counted", "chase"), values)]


def promises(connection: sqlite3.Connection, day: str) -> bool:
    """Tell whether anybody ever promised anything for a day or earlier."""
    return connection.execute("SELECT 1 FROM call WHERE again_on <= ? LIMIT 1", (day,)).fetchone() is not None


def gaps(connection: sqlite3.Connection, root_id: int, day: str, since: str) -> list[Gap]:
    """Return the units below one that nobody looks after, or that nobody visited since a day."""
    values = parameters(connection, Scope(root_id, day, by="team")) | {"since": since}
    return [Gap(*row) for row in connection.execute(query("scope", "counted", "team_gaps"), values)]


def headless(connection: sqlite3.Connection, day: str, rank: int) -> list[Headless]:
    """Return the teams without a head of at least a rank on a day (D35)."""
    rows = connection.execute(query("team_heads"), {"day": day, "rank": rank})
    return [Headless(*row) for row in rows]


def covered(connection: sqlite3.Connection, root_id: int, day: str) -> list[tuple[str, str, int]]:
    """Return code, name and team of every owing unit below one that a team looks after on a day."""
    values = parameters(connection, Scope(root_id, day, by="team"))
    return connection.execute(query("scope", "counted", "team_units"), values).fetchall()
