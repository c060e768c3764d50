"""Bulletins: the numbers that were given."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any


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


def with_number(connection: sqlite3.Connection, values: Mapping[str, Any], name: str, but: int | None) -> int | None:
    """Return the record of the series, but one, that bears the number `name` ("issue" of its year, or "running")."""
    year = "AND substr(issued_on, 1, 4) = substr(?5, 1, 4)" if name == "issue" else "AND ?5 IS NOT NULL"
    row = connection.execute(
        f"SELECT number FROM bulletin WHERE unit_id = ?1 AND kind = ?2 AND {name} = ?3 AND number IS NOT ?4 {year}",  # noqa: S608 (two names)
        (values["unit"], values["kind"], values[name], but, values["issued_on"]),
    ).fetchone()
    return None if row is None else int(row[0])


def gaps(connection: sqlite3.Connection) -> int:
    """Return how many numbers of all series are preceded by none."""
    row = connection.execute(
        "SELECT count(*) FROM bulletin b WHERE running > 1 AND NOT EXISTS (SELECT 1 FROM bulletin e"
        " WHERE e.unit_id = b.unit_id AND e.kind = b.kind AND e.running = b.running - 1)"
    ).fetchone()
    return int(row[0])
