"""Is the file what its history says, and is the history whole?"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from advedu.storage import chain, changes, history
from advedu.storage.schema import STEPS_SEEN, fingerprint, installed
from advedu.values.text import at_most

# More findings of one kind than this are counted, not listed.
SHOWN = 20


class Damage(NamedTuple):
    """Something wrong: a stable code and where it is."""

    code: str
    where: str


def findings(connection: sqlite3.Connection) -> list[Damage]:
    """Return everything that is wrong with a file; [] when it is clean.

    A damaged file may stop a check; what stopped it is then a finding, and the other checks go on.
    """
    found: list[Damage] = []
    replay = _Replay(connection)
    checks: tuple[tuple[str, Callable[[], Iterable[str]]], ...] = (
        ("integrity", lambda: _integrity(connection)),
        ("foreign_key", lambda: _foreign_keys(connection)),
        ("schema", lambda: _schema(connection)),
        ("schema", lambda: _steps(connection)),
        ("under_way", lambda: _under_way(connection)),
        ("chain", replay.chain),
        ("history", replay.history),
        ("rows", replay.tables),
    )
    for code, check in checks:
        try:
            where = list(check())
        except (sqlite3.Error, ValueError, TypeError, UnicodeDecodeError) as error:
            where = [f"{type(error).__name__}: {error}"]
        found += [Damage(code, text) for text in at_most(SHOWN, where)]
    return found


def _integrity(connection: sqlite3.Connection) -> Iterator[str]:
    for (text,) in connection.execute("PRAGMA integrity_check"):
        if text != "ok":
            yield str(text)


def _foreign_keys(connection: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"{table} {row} → {parent}"


def _schema(connection: sqlite3.Connection) -> Iterator[str]:
    if fingerprint(connection) != installed().fingerprint:
        wanted = installed().statements
        there = dict(connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall())
        for name in sorted({*wanted, *there}):
            ours = name in ("_sqlite_migrations", "idx__sqlite_migrations_migration_set_name")
            if not ours and wanted.get(name) != there.get(name):
                yield name


def _steps(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what differs in the list of migrations, which history does not follow."""
    wanted = [(number, "advedu", name, "") for number, name in enumerate(STEPS_SEEN, start=1)]
    if connection.execute("SELECT * FROM _sqlite_migrations ORDER BY id").fetchall() != wanted:
        yield "_sqlite_migrations"


def _under_way(connection: sqlite3.Connection) -> Iterator[str]:
    # Filled inside a transaction only: left over, it would let other programs write.
    for _, number in connection.execute("SELECT * FROM writing"):
        yield str(number)


class _Replay:
    """Plays the history once from its beginning: is the chain whole, and what must every row be by now?

    Of each row only the hash of its text is kept, so that a million rows fit into memory.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.rows: dict[str, dict[str, int]] = {}
        self.strange_changes: list[str] = []

    def chain(self) -> Iterator[str]:
        """Yield the operations whose hash does not fit what they hold and the hash before."""
        yield from map(str, chain.broken(self.connection, self._play))

    def _play(self, operation: int, table: str, key: str, old: str | None, new: str | None) -> None:
        rows = self.rows.setdefault(table, {})
        if (None if old is None else hash(changes.shorn(old))) != rows.get(key):
            self.strange_changes.append(f"{operation}: {table} {key}")
        if new is None:
            rows.pop(key, None)
        else:
            rows[key] = hash(changes.shorn(new))

    def history(self) -> Iterator[str]:
        """Yield the changes that do not begin with what the one before left of the same row."""
        yield from self.strange_changes

    def tables(self) -> Iterator[str]:
        """Yield the rows that do not stand as their last change left them, the unrecorded and the missing ones."""
        for table in history.tracked_tables(self.connection):
            wanted = self.rows.pop(table, {})
            key, row = history.literal_columns(self.connection, table)
            for name, text in self.connection.execute(f'SELECT {key}, {row} FROM "{table}" AS r'):  # noqa: S608 (ours)
                if wanted.pop(name, None) != hash(changes.shorn(text)):
                    yield f"{table} {name}"
            for name in wanted:
                yield f"{table} {name}"


def content_digest(connection: sqlite3.Connection) -> str:
    """Return a SHA-256 of every row of every tracked table: the same for two files that hold the same."""
    digest = hashlib.sha256()
    for table in history.tracked_tables(connection):
        key, row = history.literal_columns(connection, table)
        digest.update(f"\n{table}\n".encode())
        for (text,) in connection.execute(f'SELECT {row} FROM "{table}" AS r ORDER BY {key}'):  # noqa: S608 (ours)
            digest.update(f"{text}\n".encode())
    return digest.hexdigest()
