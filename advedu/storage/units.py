"""Units: the tree, as it is and as it was."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from advedu.nouns.model import Unit
from advedu.storage import query

_SELECT = "SELECT * FROM unit"


def by_id(connection: sqlite3.Connection, id_: int) -> Unit:
    """Return the unit with that key."""
    return Unit(*connection.execute(f"{_SELECT} WHERE id = ?", (id_,)).fetchone())


def by_code(connection: sqlite3.Connection, code: str) -> Unit | None:
    """Return the unit with that code."""
    row = connection.execute(f"{_SELECT} WHERE code = ?", (code,)).fetchone()
    return Unit(*row) if row else None


def by_name(connection: sqlite3.Connection, name: str) -> list[Unit]:
    """Return the units with exactly that name."""
    return [Unit(*row) for row in connection.execute(f"{_SELECT} WHERE name = ? ORDER BY code", (name,))]


def everyone(connection: sqlite3.Connection) -> list[Unit]:
    """Return all units, in the order of their codes."""
    return [Unit(*row) for row in connection.execute(f"{_SELECT} ORDER BY code")]


def root(connection: sqlite3.Connection) -> Unit | None:
    """Return the unit without a parent; None in an empty file."""
    row = connection.execute(f"{_SELECT} WHERE parent_id IS NULL").fetchone()
    return Unit(*row) if row else None


def names(connection: sqlite3.Connection) -> list[tuple[int, str, str]]:
    """Return (id, code, name) of all units, for look-ups that forgive."""
    return connection.execute("SELECT id, code, name FROM unit ORDER BY code").fetchall()


def subtree(connection: sqlite3.Connection, root_id: int) -> list[tuple[int, int]]:
    """Return (id, depth) of a unit and all below it as the tree stands now, parents before children, by code."""
    return connection.execute(query("subtree"), (root_id,)).fetchall()


def ancestors(connection: sqlite3.Connection, id_: int, day: str) -> list[int]:
    """Return the units above one as of a day, the nearest first."""
    rows = connection.execute(query("ancestors"), {"unit": id_, "day": day}).fetchall()
    return [ancestor for (ancestor,) in rows]


def inherited_batch(connection: sqlite3.Connection, id_: int, day: str) -> int | None:
    """Return the batch of a unit as of a day: its own, else the nearest ancestor's that is open by then."""
    ask = "SELECT batch_id FROM unit WHERE id = ? AND batch_id IS NOT NULL AND coalesce(opened_on, '') <= ?"
    for unit_id in (id_, *ancestors(connection, id_, day)):
        if row := connection.execute(ask, (unit_id, day)).fetchone():
            return int(row[0])
    return None


def covering_team(connection: sqlite3.Connection, id_: int, day: str) -> int | None:
    """Return the team that looks after a unit on a day: its own, else that of the nearest unit above (R8)."""
    for unit_id in (id_, *ancestors(connection, id_, day)):
        row = connection.execute(query("covering_team"), {"unit": unit_id, "day": day}).fetchone()
        if row is not None:
            return int(row[0])
    return None


def insert(connection: sqlite3.Connection, code: str, parent_id: int | None, values: Mapping[str, object]) -> int:
    """Add a unit and return its key."""
    row = {"code": code, "parent_id": parent_id, **values}
    marks = ", ".join("?" * len(row))
    statement = f"INSERT INTO unit ({', '.join(row)}) VALUES ({marks})"  # noqa: S608 (column names are ours)
    cursor = connection.execute(statement, tuple(row.values()))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def update(connection: sqlite3.Connection, id_: int, values: Mapping[str, object]) -> None:
    """Set columns of a unit."""
    if values:
        sets = ", ".join(f"{name} = ?" for name in values)
        connection.execute(f"UPDATE unit SET {sets} WHERE id = ?", (*values.values(), id_))  # noqa: S608


def last_move(connection: sqlite3.Connection, id_: int) -> str | None:
    """Return the day of a unit's latest move."""
    (day,) = connection.execute("SELECT max(moved_on) FROM unit_move WHERE unit_id = ?", (id_,)).fetchone()
    return day if day is None else str(day)


def move_days(connection: sqlite3.Connection, since: str) -> list[str]:
    """Return the days from `since` on, itself included, on which the tree changed shape."""
    rows = connection.execute("SELECT DISTINCT moved_on FROM unit_move WHERE moved_on > ? ORDER BY 1", (since,))
    return [since, *(day for (day,) in rows)]


def move(connection: sqlite3.Connection, unit: Unit, parent_id: int, on: str, reason: str | None, entered: str) -> None:
    """Place a unit below another parent from a day on."""
    connection.execute(
        "INSERT INTO unit_move (unit_id, moved_on, from_parent_id, to_parent_id, reason, entered_on)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (unit.id, on, unit.parent_id, parent_id, reason, entered),
    )
    connection.execute("UPDATE unit SET parent_id = ? WHERE id = ?", (parent_id, unit.id))


def close(connection: sqlite3.Connection, id_: int, on: str, reason: str | None) -> None:
    """Close a unit from a day on."""
    connection.execute("UPDATE unit SET closed_on = ?, close_reason = ? WHERE id = ?", (on, reason, id_))


def latest_record(connection: sqlite3.Connection, id_: int) -> tuple[str, str] | None:
    """Return the code and day of the latest that was recorded for a unit: a milestone, or an event of a phase."""
    row = connection.execute(
        "SELECT m.code, d.done_on FROM milestone_done d JOIN milestone m ON m.id = d.milestone_id WHERE d.unit_id = ?1"
        " UNION ALL SELECT p.code, e.happened_on FROM phase_event e JOIN phase p ON p.id = e.phase_id"
        " WHERE e.unit_id = ?1 ORDER BY 2 DESC LIMIT 1",
        (id_,),
    ).fetchone()
    return row if row is None else (str(row[0]), str(row[1]))


def first_record(connection: sqlite3.Connection, id_: int) -> tuple[str, str] | None:
    """Return the code and day of the first that was recorded for a unit: a milestone, or an event of a phase."""
    row = connection.execute(
        "SELECT m.code, d.done_on FROM milestone_done d JOIN milestone m ON m.id = d.milestone_id WHERE d.unit_id = ?1"
        " UNION ALL SELECT p.code, e.happened_on FROM phase_event e JOIN phase p ON p.id = e.phase_id"
        " WHERE e.unit_id = ?1 ORDER BY 2 LIMIT 1",
        (id_,),
    ).fetchone()
    return row if row is None else (str(row[0]), str(row[1]))


def first_move(connection: sqlite3.Connection, id_: int) -> str | None:
    """Return the first day on which somebody or some unit moved into or out of a unit, or it moved itself."""
    (day,) = connection.execute(
        "SELECT min(moved_on) FROM (SELECT moved_on FROM unit_move WHERE ?1 IN (unit_id, from_parent_id, to_parent_id)"
        " UNION ALL SELECT moved_on FROM transfer WHERE ?1 IN (from_unit_id, to_unit_id))",
        (id_,),
    ).fetchone()
    return day if day is None else str(day)


def latest_arrival(connection: sqlite3.Connection, id_: int) -> str | None:
    """Return the latest day on which somebody or some unit moved into a unit."""
    (day,) = connection.execute(
        "SELECT max(moved_on) FROM (SELECT moved_on FROM unit_move WHERE to_parent_id = ?1"
        " UNION ALL SELECT moved_on FROM transfer WHERE to_unit_id = ?1)",
        (id_,),
    ).fetchone()
    return day if day is None else str(day)


def members_now(connection: sqlite3.Connection, id_: int) -> int:
    """Return how many members a unit has as things stand now."""
    row = connection.execute("SELECT count(*) FROM member WHERE unit_id = ? AND left_on IS NULL", (id_,)).fetchone()
    return int(row[0])


def open_children(connection: sqlite3.Connection, id_: int) -> int:
    """Return how many units directly below one are open."""
    row = connection.execute("SELECT count(*) FROM unit WHERE parent_id = ? AND closed_on IS NULL", (id_,)).fetchone()
    return int(row[0])


def children(connection: sqlite3.Connection, id_: int) -> list[Unit]:
    """Return the units directly below one as things stand now, by code."""
    return [Unit(*row) for row in connection.execute(f"{_SELECT} WHERE parent_id = ? ORDER BY code", (id_,))]


def parents(connection: sqlite3.Connection) -> dict[int, int | None]:
    """Return each unit's parent, as things stand now."""
    return dict(connection.execute("SELECT id, parent_id FROM unit"))


def own_batches(connection: sqlite3.Connection) -> dict[int, int | None]:
    """Return each unit's own batch, None where it has the nearest ancestor's."""
    return dict(connection.execute("SELECT id, batch_id FROM unit"))


def codes(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, str]:
    """Return the codes of units."""
    get = connection.execute
    return {id_: get("SELECT code FROM unit WHERE id = ?", (id_,)).fetchone()[0] for id_ in ids}


def day_zero(connection: sqlite3.Connection, unit: Unit, day: str) -> str | None:
    """Return a unit's day 0 as of a day: its own, else the first day of its batch; None without either."""
    if unit.starts_on is not None and (unit.opened_on or "") <= day:
        return unit.starts_on
    batch = inherited_batch(connection, unit.id, day)
    row = connection.execute("SELECT starts_on FROM batch WHERE id = ?", (batch,)).fetchone()
    return str(row[0]) if row else None


def chief_on(connection: sqlite3.Connection, id_: int, day: str) -> str | None:
    """Return who was a unit's chief on a day; None when that is not known.

    Posts tell; a unit without any has the chief that it bears.
    """
    row = connection.execute(query("chief_on"), {"unit": id_, "day": day}).fetchone()
    return None if row is None or row[0] is None else str(row[0])


def ever_above(connection: sqlite3.Connection, ids: Iterable[int]) -> set[int]:
    """Return every unit that stands or ever stood above some units."""
    import json

    rows = connection.execute(query("ever_above"), {"units": json.dumps(list(ids))})
    return {unit_id for (unit_id,) in rows}


def ever_below(connection: sqlite3.Connection, ids: Iterable[int]) -> set[int]:
    """Return every unit that stands or ever stood below some units."""
    import json

    rows = connection.execute(query("ever_below"), {"units": json.dumps(list(ids))})
    return {unit_id for (unit_id,) in rows}


def with_chiefs(connection: sqlite3.Connection) -> set[int]:
    """Return the units that have a dated post of a chief."""
    return {id_ for (id_,) in connection.execute("SELECT DISTINCT unit_id FROM post WHERE role = 'chief'")}


class Traits(NamedTuple):
    """What decides whether a milestone applies to a unit: its kind, its sector's code ("" for none), its closing."""

    label: str
    kind: str
    sector: str
    closed_on: str | None
    code: str
    opened_on: str | None


def traits(connection: sqlite3.Connection) -> dict[int, Traits]:
    """Return the traits of all units."""
    rows = connection.execute(
        "SELECT u.id, u.code || ' ' || u.name, u.kind, coalesce(s.code, ''), u.closed_on, u.code, u.opened_on"
        " FROM unit u LEFT JOIN sector s ON s.id = u.sector_id"
    )
    return {id_: Traits(*values) for id_, *values in rows}


def closed(connection: sqlite3.Connection) -> dict[int | None, str]:
    """Return the closed units and their days of closing."""
    return dict(connection.execute("SELECT id, closed_on FROM unit WHERE closed_on IS NOT NULL").fetchall())


def label(connection: sqlite3.Connection, id_: int) -> str | None:
    """Return code and name of a unit; None when there is none of that key."""
    row = connection.execute("SELECT code || ' ' || name FROM unit WHERE id = ?", (id_,)).fetchone()
    return str(row[0]) if row else None
