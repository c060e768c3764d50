"""Take an operation back: put every row that it changed to what it was before."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from advedu.storage import query
from advedu.storage.changes import literals, padded, shorn
from advedu.storage.history import columns


class Obstacle(NamedTuple):
    """A row that was changed since, and by which operation."""

    operation: int
    table: str
    key: str


class Needed(Exception):
    """Rows cannot be put back, because other rows, of `table`, stand on them or bear what they would get back."""

    def __init__(self, table: str) -> None:
        super().__init__(table)
        self.table = table


class Net(NamedTuple):
    """What an operation made of one row in the end: SQL literals, None where there was no row."""

    table: str
    key: str
    before: str | None
    after: str | None


def obstacles(connection: sqlite3.Connection, first: int, last: int) -> list[Obstacle]:
    """Return the rows among the changes `first` to `last` that do not stand as those changes left them."""
    rows = connection.execute(query("undo_obstacles"), {"first": first, "last": last})
    return [Obstacle(*row) for *row, left, now in rows if shorn(left) != shorn(now)]


def net(connection: sqlite3.Connection, first: int, last: int) -> Iterator[Net]:
    """Yield the net effect of the changes `first` to `last`, a row of a table each."""
    for row in connection.execute(query("net_changes"), {"first": first, "last": last}):
        yield Net(*row)


def revert(connection: sqlite3.Connection, first: int, last: int) -> None:
    """Put the rows that the changes `first` to `last` touched to what they were before.

    Rows are first taken away, then changed, then put back, so that a code or an ID number is free when it is needed.
    References are looked at when all is done.

    Raises:
        Needed: something else needs a row that would go, or bears what a row would get back.
    """
    try:
        _revert(connection, first, last)
    except sqlite3.IntegrityError as error:
        # SQLite says which: UNIQUE constraint failed, then table and column.
        raise Needed(str(error).rpartition(": ")[2].split(".")[0]) from error


def _revert(connection: sqlite3.Connection, first: int, last: int) -> None:
    connection.execute("PRAGMA defer_foreign_keys = ON")
    added: list[Net] = []
    changed: list[Net] = []
    removed: list[Net] = []
    for each in net(connection, first, last):
        if each.before == each.after:
            continue
        (added if each.before is None else removed if each.after is None else changed).append(each)
    for table, rows in _by_table(added).items():
        keys = columns(connection, table)[1]
        condition = " AND ".join(f'"{key}" = ?' for key in keys)
        connection.executemany(f'DELETE FROM "{table}" WHERE {condition}', [literals(row.key) for row in rows])  # noqa: S608
    for table, rows in _by_table(changed).items():
        names, keys = columns(connection, table)
        sets = ", ".join(f'"{name}" = ?' for name in names)
        condition = " AND ".join(f'"{key}" = ?' for key in keys)
        connection.executemany(
            f'UPDATE "{table}" SET {sets} WHERE {condition}',  # noqa: S608 (names of our own tables)
            [(*padded(row.before or "", len(names)), *literals(row.key)) for row in rows],
        )
    for table, rows in _by_table(removed).items():
        width = len(columns(connection, table)[0])
        marks = ", ".join("?" * width)
        values = [padded(row.before or "", width) for row in rows]
        connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', values)  # noqa: S608 (as above)
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise Needed(str(broken[0]))


def _by_table(rows: list[Net]) -> dict[str, list[Net]]:
    tables: dict[str, list[Net]] = {}
    for row in rows:
        tables.setdefault(row.table, []).append(row)
    return tables
