"""The chain: one SHA-256 per operation, over what it changed and over the hash before it.

Whoever changes an old operation must rewrite every hash since, and then no longer has the hash that stood under a
report or in a file sent up. That is what can be promised: detection, not prevention.
"""

import sqlite3
from collections.abc import Callable, Iterable
from itertools import islice
from typing import NamedTuple

# What the first operation is chained to.
GENESIS = "0" * 64
_AT_ONCE = 1_000
_COLUMNS = "id, at, day, who, host, command, source, source_sha256, undoes, first_change, changes"
# Keys and rows are lists of SQL literals, in which a text stands in quotes: the bars between them are unambiguous, and
# so is the hyphen for a row that was not there.
_TEXT = b"%d|%d|%b|%b|%b|%b"
# What goes into it, as bytes: at half the cost of texts, which would be decoded only to be encoded again.
_PARTS = (
    "SELECT id, operation_id, CAST(table_name AS BLOB), CAST(key AS BLOB), CAST(coalesce(old, '-') AS BLOB),"
    " CAST(coalesce(new, '-') AS BLOB) FROM change WHERE id >= ? ORDER BY id"
)
_CHANGES = "SELECT id, operation_id, table_name, key, old, new FROM change"

Play = Callable[[int, str, str, "str | None", "str | None"], None]


class Stamp(NamedTuple):
    """Where the history of a file ends: the latest operation and its hash."""

    operation: int
    hash: str


def stamp(connection: sqlite3.Connection) -> Stamp | None:
    """Return where the history ends; None in a file that nothing was written to."""
    row = connection.execute("SELECT id, hash FROM operation ORDER BY id DESC LIMIT 1").fetchone()
    return Stamp(*row) if row and row[1] else None


def hash_of(connection: sqlite3.Connection, number: int) -> str | None:
    """Return the hash of an operation, or None."""
    row = connection.execute("SELECT hash FROM operation WHERE id = ?", (number,)).fetchone()
    return str(row[0]) if row else None


def seal(
    connection: sqlite3.Connection, number: int, first_change: int, changes: int, undoes: int | None = None
) -> Stamp:
    """Finish an operation under way: note its changes and chain it to the one before."""
    connection.execute(
        "UPDATE operation SET first_change = ?, changes = ?, undoes = ? WHERE id = ?",
        (first_change, changes, undoes, number),
    )
    row = connection.execute("SELECT hash FROM operation WHERE id < ? ORDER BY id DESC LIMIT 1", (number,)).fetchone()
    select = f"SELECT {_COLUMNS} FROM operation WHERE id = ?"  # noqa: S608 (ours)
    operation = connection.execute(select, (number,)).fetchone()
    sealed = digest(
        row[0] if row else GENESIS, operation, map(_TEXT.__mod__, connection.execute(_PARTS, (first_change,)))
    )
    connection.execute("UPDATE operation SET hash = ? WHERE id = ?", (sealed, number))
    return Stamp(number, sealed)


def digest(previous: str, operation: Iterable[object], changes: Iterable[bytes]) -> str:
    """Return the hash of an operation: of the hash before, its own columns and the text of each change."""
    import hashlib

    found = hashlib.sha256("\n".join((previous, *(repr(value) for value in operation))).encode())
    # Some at a time: an import of a province has more changes than fit into the memory at once.
    texts = iter(changes)
    while some := list(islice(texts, _AT_ONCE)):
        found.update(b"\n".join((b"", *some)))
    return found.hexdigest()


def _text(id_: int, operation: int, *texts: str | None) -> bytes:
    return _TEXT % (id_, operation, *(("-" if text is None else text).encode() for text in texts))


def broken(connection: sqlite3.Connection, play: Play) -> list[int]:
    """Return the operations whose hash does not fit what they hold and the hash before; [] when the chain holds.

    `play` is given every change on the way: operation, table, key, old and new.
    """
    wrong = []
    previous = GENESIS
    changes = connection.execute(f"{_CHANGES} ORDER BY id")
    operations = connection.execute(f"SELECT {_COLUMNS}, hash FROM operation ORDER BY id").fetchall()  # noqa: S608
    for *operation, stored in operations:
        rows = changes.fetchmany(operation[-1]) if operation[-1] else []
        for row in rows:
            play(*row[1:])
        if digest(previous, operation, (_text(*row) for row in rows)) != stored:
            wrong.append(int(operation[0]))
        previous = str(stored)
    left_over = changes.fetchall()
    for row in left_over:
        play(*row[1:])
    if left_over:
        # Changes that belong to no operation.
        wrong.append(int(operations[-1][0]) + 1 if operations else 1)
    return wrong
