"""The history, read: operations, and the rows that they changed, with old and new values."""

import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from advedu.storage import query
from advedu.storage.history import columns

# The greatest key that SQLite gives.
ENDLESS = 2**63 - 1


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
    undoes: int | None
    hash: str | None


def operations(connection: sqlite3.Connection) -> list[Past]:
    """Return all operations, the latest first."""
    return [Past(*row) for row in connection.execute(query("operations"))]


def changes(connection: sqlite3.Connection, first: int = 0, last: int = ENDLESS) -> list[Change]:
    """Return the changes with keys from `first` to `last`, in the order in which they happened."""
    shapes: dict[str, list[str]] = {}
    found = []
    for number, table, key, old, new in connection.execute(query("changes"), {"first": first, "last": last}):
        if table not in shapes:
            shapes[table] = columns(connection, table)[0]
        names = shapes[table]
        found.append(Change(number, table, tuple(literals(key)), _row(names, old), _row(names, new)))
    return found


def each(
    connection: sqlite3.Connection,
    tables: Iterable[str],
    seen: Collection[int] = (),
    first: int = 0,
    last: int = ENDLESS,
) -> Iterator[Change]:
    """Yield the changes of some tables in the order in which they happened, but for those of operations in `seen`.

    The reader may add to `seen` on the way: the rest of a long import is then passed over unread. Of all changes those
    with keys from `first` to `last` are looked at; what is passed over costs a tenth of what is yielded.
    """
    shapes = {table: columns(connection, table)[0] for table in tables}
    for number, table, key, old, new in connection.execute(query("changes"), {"first": first, "last": last}):
        if number not in seen and table in shapes:
            names = shapes[table]
            yield Change(number, table, tuple(literals(key)), _row(names, old), _row(names, new))


class Rows(NamedTuple):
    """What one operation did to one table."""

    number: int
    at: str
    day: str
    who: str
    command: str
    source: str | None
    table: str
    added: int
    changed: int
    removed: int


def rows_since(connection: sqlite3.Connection, since: str, day: str) -> list[Rows]:
    """Return what the operations of some days of entry did, table by table, the latest first."""
    return [Rows(*row) for row in connection.execute(query("changed_rows"), {"since": since, "day": day})]


def span(connection: sqlite3.Connection, operation: int) -> tuple[int, int] | None:
    """Return the keys of the first and the last change of an operation; None when there is no such operation."""
    if not 0 < operation < ENDLESS:
        return None
    row = connection.execute("SELECT first_change, changes FROM operation WHERE id = ?", (operation,)).fetchone()
    # The operation under way has no first change noted yet.
    return None if row is None or row[0] is None else (int(row[0]), int(row[0]) + int(row[1]) - 1)


def later_in(connection: sqlite3.Connection, last: int, table: str) -> list[int]:
    """Return the operations that changed rows of a table after the change with the key `last`."""
    rows = connection.execute(
        "SELECT DISTINCT operation_id FROM change WHERE id > ? AND table_name = ?"
        " AND operation_id NOT IN (SELECT operation_id FROM writing) ORDER BY 1",
        (last, table),
    )
    return [number for (number,) in rows]


def last_with_changes(connection: sqlite3.Connection) -> int | None:
    """Return the number of the latest finished operation that changed anything."""
    row = connection.execute("SELECT id FROM operation WHERE changes > 0 ORDER BY id DESC LIMIT 1").fetchone()
    return None if row is None else int(row[0])


def imported_by(connection: sqlite3.Connection, sha256: str) -> int | None:
    """Return the latest operation that imported a file with this content and is in force; None when there is none.

    One that was undone is in force no more, and one whose undoing was undone is again.
    """
    undone: set[int] = set()
    for number, undoes in connection.execute(
        "SELECT id, undoes FROM operation WHERE undoes IS NOT NULL ORDER BY id DESC"
    ):
        if number not in undone:
            undone.add(undoes)
    rows = connection.execute(
        "SELECT id FROM operation WHERE source_sha256 = ? AND id NOT IN (SELECT operation_id FROM writing)"
        " ORDER BY id DESC",
        (sha256,),
    )
    return next((number for (number,) in rows if number not in undone), None)


def _row(names: list[str], text: str | None) -> dict[str, object] | None:
    # A row written before its table got a further column has no value for it.
    return None if text is None else dict(zip(names, literals(text), strict=False))


def shorn(text: str | None) -> str | None:
    """Return a row's text without the empty columns at its end.

    Columns are only ever added behind the others: a row written before its table had one, and the same row with nothing
    in it, are the same row.
    """
    while text is not None and text.endswith(",NULL"):
        text = text[: -len(",NULL")]
    return text


def padded(text: str, width: int) -> list[object]:
    """Return the values of a row of so many columns; one written before its table had them all has nothing there."""
    values = literals(text)
    return values + [None] * (width - len(values))


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
