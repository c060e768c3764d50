"""Bulletins: the numbers that were given."""

from __future__ import annotations

import sqlite3


def last_issued(connection: sqlite3.Connection, unit_id: int, kind: str) -> str | None:
    """Return the day on which an issuer's latest bulletin of a kind went out."""
    (day,) = connection.execute(
        "SELECT max(issued_on) FROM bulletin WHERE unit_id = ? AND kind = ?", (unit_id, kind)
    ).fetchone()
    return None if day is None else str(day)


def greatest(connection: sqlite3.Connection, unit_id: int, kind: str, year: str) -> tuple[int, int]:
    """Return the greatest 第N期 of a year and the greatest 总第N期 of an issuer's bulletins of a kind; 0 for none."""
    issue, running = connection.execute(
        "SELECT max(CASE WHEN substr(issued_on, 1, 4) = ?3 THEN issue END), max(running) FROM bulletin"
        " WHERE unit_id = ?1 AND kind = ?2",
        (unit_id, kind, year),
    ).fetchone()
    return issue or 0, running or 0
