"""Operations, and what each of them changed.

Every write of the program happens inside `operation`: one immediate transaction with one row in `operation`. Triggers
on every table copy the old and the new values of each changed row to `change`; they read the number of the operation
under way from `writing`, and as that is empty at any other time, a change from outside is refused by the file itself.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from advedu.nouns.model import Author
from advedu.storage import chain

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
        first_change: the key of its first row in `change`.
        written: whether it was kept; known only after the transaction.
        worth_noting: whether it is kept even when it changes no row.
        undoes: the number of the operation that it takes back.
        stamp: its number and hash, once it is sealed.
    """

    def __init__(self, number: int, day: str, first_change: int, *, dry_run: bool) -> None:
        self.number = number
        self.day = day
        self.first_change = first_change
        self.dry_run = dry_run
        self.worth_noting = False
        self.undoes: int | None = None
        self.stamp: chain.Stamp | None = None
        self.written = False
        self.abandoned = False

    def takes_back(self, number: int) -> None:
        """Note which operation this one takes back."""
        self.undoes = number

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
    """Write, all or nothing, as one entry of the history, chained to the one before.

    An operation that changes no row leaves no entry unless it is worth noting, and neither does a dry run. `at`
    is the clock's time unless given.
    """
    if connection.in_transaction:
        # What was read before is of an earlier moment; what is read inside is of now.
        connection.execute("COMMIT")
    connection.execute("BEGIN IMMEDIATE")
    try:
        values = (at or _now(), day, *author, *(source or (None, None)))
        number = connection.execute(
            "INSERT INTO operation (at, day, who, host, command, source, source_sha256) VALUES (?, ?, ?, ?, ?, ?, ?)",
            values,
        ).lastrowid
        assert number is not None
        connection.execute("INSERT INTO writing VALUES (1, ?)", (number,))
        under_way = Operation(number, day, _last_change(connection) + 1, dry_run=dry_run)
        yield under_way
        changes = _last_change(connection) - under_way.first_change + 1
        keep = not dry_run and not under_way.abandoned and (changes > 0 or under_way.worth_noting)
        if keep:
            under_way.stamp = chain.seal(connection, number, under_way.first_change, changes, under_way.undoes)
        connection.execute("DELETE FROM writing")
        connection.execute("COMMIT" if keep else "ROLLBACK")
        under_way.written = keep
    except BaseException:
        # After a full disk SQLite has rolled back already, and a second time would raise.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _last_change(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()[0])


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="seconds")


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


def literal(connection: sqlite3.Connection, table: str, row: str, names: list[str]) -> str:
    """Return an SQL expression for columns of a row as literals separated by commas.

    %Q writes a text as quote() does, and NULL as NULL, at half the cost; a number must stay a number. (json_object()
    would be refused inside the triggers of an untrusted schema.)
    """
    types = dict(connection.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall())
    form = ",".join("%Q" if types[name] == "TEXT" else "%s" for name in names)
    values = ", ".join(f'{row}."{name}"' if types[name] == "TEXT" else f'quote({row}."{name}")' for name in names)
    return f"printf('{form}', {values})"


def literal_columns(connection: sqlite3.Connection, table: str) -> tuple[str, str]:
    """Return expressions for the key and for the whole of a row `r` of a table, as history writes them."""
    names, keys = columns(connection, table)
    return literal(connection, table, "r", keys), literal(connection, table, "r", names)


def trigger_statements(connection: sqlite3.Connection, table: str) -> list[str]:
    """Return the statements that make a table's triggers."""
    names, keys = columns(connection, table)

    def all_of(row: str) -> str:
        return literal(connection, table, row, names)

    def trigger(event: str, row: str, old: str, new: str, condition: str = "") -> str:
        insert = "INSERT INTO change (operation_id, table_name, key, old, new)"
        key = literal(connection, table, row, keys)
        values = ", ".join(("(SELECT operation_id FROM writing)", f"'{table}'", key, old, new))
        name = f'"history_{table}_{event.lower()}"'
        return f'CREATE TRIGGER {name} AFTER {event} ON "{table}" {condition} BEGIN {insert} VALUES ({values}); END'

    # IS NOT, not <>: an update from or to NULL is a change too; an update to the same values is none.
    differs = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in names)
    return [
        trigger("INSERT", "NEW", "NULL", all_of("NEW")),
        trigger("UPDATE", "NEW", all_of("OLD"), all_of("NEW"), f"WHEN {differs}"),
        trigger("DELETE", "OLD", all_of("OLD"), "NULL"),
    ]
