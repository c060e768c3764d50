"""Operations, and what each of them changed.

Every write of the program happens inside `operation`: one immediate transaction with one row in `operation`. Triggers
on every table copy the old and the new values of each changed row to `change`; they read the number of the operation
under way from `writing`, and as that is empty at any other time, a change from outside is refused by the file itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from advedu.model import Author

# The tables that history itself consists of, and those of SQLite and of the migrations.
UNTRACKED = ("operation", "writing", "change", "_sqlite_migrations")


class Source(NamedTuple):
    """The file an import came from."""

    name: str
    sha256: str


class Operation:
    """The operation under way.

    Attributes:
        number: as `advedu log` shows it.
        day: the day of entry, written into the records.
        written: whether it was kept; known only after the transaction.
    """

    def __init__(self, number: int, day: str, dry_run: bool) -> None:
        self.number = number
        self.day = day
        self.dry_run = dry_run
        self.written = False
        self.abandoned = False

    def abandon(self) -> None:
        """Keep nothing of it: the transaction is rolled back at its end."""
        self.abandoned = True


@contextmanager
def operation(
    connection: sqlite3.Connection,
    author: Author,
    day: str,
    *,
    source: Source | None = None,
    dry_run: bool = False,
    at: str | None = None,
) -> Iterator[Operation]:
    """Write, all or nothing, as one entry of the history.

    An operation that changes no row leaves no entry, and neither does a dry run. `at` is the clock's time unless given.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        values = (
            at or _now(),
            day,
            *author,
            *(source or (None, None)),
        )
        cursor = connection.execute(
            "INSERT INTO operation (at, day, who, host, command, source, source_sha256) VALUES (?, ?, ?, ?, ?, ?, ?)",
            values,
        )
        number = cursor.lastrowid
        assert number is not None
        connection.execute("INSERT INTO writing VALUES (1, ?)", (number,))
        under_way = Operation(number, day, dry_run)
        yield under_way
        keep = not dry_run and not under_way.abandoned and _changed_anything(connection, number)
        connection.execute("DELETE FROM writing")
        connection.execute("COMMIT" if keep else "ROLLBACK")
        under_way.written = keep
    except BaseException:
        # After a full disk SQLite has rolled back already, and a second time would raise.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="seconds")


def _changed_anything(connection: sqlite3.Connection, number: int) -> bool:
    row = connection.execute("SELECT operation_id FROM change ORDER BY id DESC LIMIT 1").fetchone()
    return row is not None and row[0] == number


# ── the triggers ──


def tracked_tables(connection: sqlite3.Connection) -> list[str]:
    """Return the names of the tables whose rows history follows: all but its own."""
    rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return [name for (name,) in rows if name not in UNTRACKED and not name.startswith("sqlite_")]


def columns(connection: sqlite3.Connection, table: str) -> tuple[list[str], list[str]]:
    """Return the names of a table's columns, and of those that make up its key, each in order."""
    rows = connection.execute("SELECT name, pk FROM pragma_table_info(?)", (table,)).fetchall()
    keys = [name for name, pk in sorted(rows, key=lambda row: row[1]) if pk]
    return [name for name, _ in rows], keys


def remove_triggers(connection: sqlite3.Connection) -> None:
    """Take history's triggers away, so that a migration can reshape tables."""
    rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name GLOB 'history_*'")
    for (name,) in rows.fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')


def install_triggers(connection: sqlite3.Connection) -> None:
    """Put the three triggers on every table."""
    for table in tracked_tables(connection):
        for statement in trigger_statements(connection, table):
            connection.execute(statement)


def trigger_statements(connection: sqlite3.Connection, table: str) -> list[str]:
    """Return the statements that make a table's triggers."""
    names, keys = columns(connection, table)
    types = dict(connection.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall())

    def literal(row: str, fields: list[str]) -> str:
        # %Q writes a text as quote() does, and NULL as NULL, at half the cost; a number must stay a number.
        # (json_object() would be refused inside the triggers of an untrusted schema.)
        form = ",".join("%Q" if types[field] == "TEXT" else "%s" for field in fields)
        values = ", ".join(
            f'{row}."{field}"' if types[field] == "TEXT" else f'quote({row}."{field}")' for field in fields
        )
        return f"printf('{form}', {values})"

    def trigger(event: str, row: str, old: str, new: str, condition: str = "") -> str:
        insert = "INSERT INTO change (operation_id, table_name, key, old, new)"
        values = ", ".join(("(SELECT operation_id FROM writing)", f"'{table}'", literal(row, keys), old, new))
        name = f'"history_{table}_{event.lower()}"'
        return f'CREATE TRIGGER {name} AFTER {event} ON "{table}" {condition} BEGIN {insert} VALUES ({values}); END'

    # IS NOT, not <>: an update from or to NULL is a change too; an update to the same values is none.
    differs = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in names)
    return [
        trigger("INSERT", "NEW", "NULL", literal("NEW", names)),
        trigger("UPDATE", "NEW", literal("OLD", names), literal("NEW", names), f"WHEN {differs}"),
        trigger("DELETE", "OLD", literal("OLD", names), "NULL"),
    ]
