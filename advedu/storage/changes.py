"""The history, read: operations, and the rows that they changed, with old and new values."""

from __future__ import annotations

import re
import sqlite3
from typing import NamedTuple

from advedu.storage import query
from advedu.storage.history import columns


class Change(NamedTuple):
    """One changed row; `old` is None when it was added, `new` when it was taken away. Values by column."""

    operation: int
    table: str
    key: tuple[object, ...]
    old: dict[str, object] | None
    new: dict[str, object] | None


class Past(NamedTuple):
    """One operation, with the number of rows it changed."""

    number: int
    at: str
    day: str
    who: str
    host: str
    command: str
    source: str | None
    source_sha256: str | None
    changes: int


def operations(connection: sqlite3.Connection) -> list[Past]:
    """Return all operations, the latest first."""
    return [Past(*row) for row in connection.execute(query("operations"))]


def changes(connection: sqlite3.Connection, operation: int | None = None) -> list[Change]:
    """Return what one operation changed, or what all of them did, in the order in which it happened."""
    shapes: dict[str, list[str]] = {}
    found = []
    for number, table, key, old, new in connection.execute(query("changes"), {"operation": operation}):
        if table not in shapes:
            shapes[table] = columns(connection, table)[0]
        names = shapes[table]
        found.append(Change(number, table, tuple(literals(key)), _row(names, old), _row(names, new)))
    return found


def last_number(connection: sqlite3.Connection) -> int:
    """Return the number of the latest operation; 0 when there is none."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM operation").fetchone()[0])


def _row(names: list[str], text: str | None) -> dict[str, object] | None:
    # A row written before its table got a further column has no value for it.
    return None if text is None else dict(zip(names, literals(text), strict=False))


# A text in single quotes with doubled quotes inside, NULL, or a number.
_LITERAL = re.compile(r"'((?:[^']|'')*)'|NULL|(-?[0-9.eE+-]+)")


def literals(text: str) -> list[object]:
    """Return the values that quote() wrote, separated by commas."""
    values: list[object] = []
    for match in _LITERAL.finditer(text):
        quoted, number = match.groups()
        if quoted is not None:
            values.append(quoted.replace("''", "'"))
        elif number is not None:
            values.append(int(number) if number.lstrip("-").isdigit() else float(number))
        else:
            values.append(None)
    return values
