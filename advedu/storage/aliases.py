"""Other names of units, by which people call them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection


def of_unit(connection: sqlite3.Connection, unit_id: int) -> list[str]:
    """Return the other names of one unit."""
    rows = connection.execute("SELECT alias FROM unit_alias WHERE unit_id = ? ORDER BY alias", (unit_id,))
    return [alias for (alias,) in rows]


def everyone(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """Return (unit, other name) of all units, by unit."""
    return connection.execute("SELECT unit_id, alias FROM unit_alias ORDER BY unit_id, alias").fetchall()


def put(connection: sqlite3.Connection, unit_id: int, wanted: Collection[str]) -> bool:
    """Make these a unit's other names, and no more; tell whether that changed anything."""
    known = set(of_unit(connection, unit_id))
    gone, new = known - {*wanted}, {*wanted} - known
    connection.executemany(
        "DELETE FROM unit_alias WHERE unit_id = ? AND alias = ?", [(unit_id, a) for a in sorted(gone)]
    )
    connection.executemany("INSERT INTO unit_alias (unit_id, alias) VALUES (?, ?)", [(unit_id, a) for a in sorted(new)])
    return bool(gone or new)
