"""Bring a file to today's schema.

Step one applies `schema.sql`, which is today's whole schema and says its own version. Each later step brings a file
of the version before it one version further and is skipped in a file that `schema.sql` made. All of it happens in one
immediate transaction, after a copy of the file as it was.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database, Migrations

from advedu.storage import history
from advedu.storage.backups import copy_to
from advedu.storage.schema import FILE_VERSION, schema_text

STEPS = Migrations("advedu")


@STEPS()
def m0001_whole_schema(db: Database) -> None:
    """Make every table of today's schema."""
    db.executescript(schema_text())


def step(version: int) -> Callable[[Callable[[Database], None]], Callable[[Database], None]]:
    """Register the step that brings a file from `version` - 1 to `version`."""

    def register(body: Callable[[Database], None]) -> Callable[[Database], None]:
        def run(db: Database) -> None:
            if db.execute("PRAGMA user_version").fetchone()[0] < version:
                body(db)
                db.execute(f"PRAGMA user_version = {version}")

        run.__name__ = body.__name__
        STEPS()(run)
        return body

    return register


def apply(connection: sqlite3.Connection, steps: Migrations = STEPS) -> None:
    """Run every step that the file has not seen, and make history's triggers anew; all or nothing.

    The write lock is taken first: two programs that open an old file at once would otherwise both migrate it.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        history.remove_triggers(connection)
        steps.apply(Database(connection))
        # When a step was taken is nothing that anybody could check later: a known text instead, which verify can.
        connection.execute("UPDATE _sqlite_migrations SET applied_at = ''")
        history.install_triggers(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def upgrade(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the file as it is to a file beside it, then bring it up to date."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    copy = path.with_name(f"{path.name}.v{version}-backup")
    if not copy.exists():
        copy_to(connection, copy)
    apply(connection)
    (reached,) = connection.execute("PRAGMA user_version").fetchone()
    if reached != FILE_VERSION:
        raise RuntimeError(f"migrations stop at version {reached}, the program expects {FILE_VERSION}")
