"""Headings that somebody said the meaning of, so that the next file with them is understood by itself."""

from __future__ import annotations

import sqlite3


def remembered(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """Return, per kind of file, heading → identifier of the column."""
    found: dict[str, dict[str, str]] = {}
    for kind, heading, field in connection.execute("SELECT kind, heading, field FROM heading_memory ORDER BY 1, 2"):
        found.setdefault(kind, {})[heading] = field
    return found


def remember(connection: sqlite3.Connection, kind: str, heading: str, field: str, day: str) -> None:
    """Remember what a heading means; what is remembered already stays as it is, with its day."""
    connection.execute(
        "INSERT INTO heading_memory VALUES (?, ?, ?, ?) ON CONFLICT (kind, heading)"
        " DO UPDATE SET field = excluded.field, entered_on = excluded.entered_on WHERE field <> excluded.field",
        (kind, heading, field, day),
    )


def forget(connection: sqlite3.Connection, kind: str | None, heading: str) -> int:
    """Forget a heading, of one kind of file or of all, and return how many were forgotten."""
    where = "WHERE heading = ?1 AND (kind = ?2 OR ?2 IS NULL)"
    return connection.execute(f"DELETE FROM heading_memory {where}", (heading, kind)).rowcount  # noqa: S608 (fixed)
