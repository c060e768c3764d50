"""Bring a file to today's schema.

Step one applies `schema.sql`, which is today's whole schema and says its own version. Each later step brings a file
of the version before it one version further and is skipped in a file that `schema.sql` made. All of it happens in one
immediate transaction, after a copy of the file as it was.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database, Migrations

from advedu.storage import history
from advedu.storage.connection import FILE_VERSION

STEPS = Migrations("advedu")


def schema_text() -> str:
    """Return `schema.sql`: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "schema.sql"
    path = inside if inside.is_file() else package.parent / "schema.sql"
    return path.read_text(encoding="utf-8")


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
        history.install_triggers(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def upgrade(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the file as it is to a file beside it, then bring it up to date."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    backup(connection, path.with_name(f"{path.name}.v{version}-backup"))
    apply(connection)
    (reached,) = connection.execute("PRAGMA user_version").fetchone()
    if reached != FILE_VERSION:
        raise RuntimeError(f"migrations stop at version {reached}, the program expects {FILE_VERSION}")


def backup(connection: sqlite3.Connection, target: Path) -> None:
    """Write a copy of an open file to `target`, which only ever exists whole; an earlier copy is kept."""
    if target.exists():
        return
    unfinished = target.with_name(f"{target.name}.part")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        copy = sqlite3.connect(unfinished)
        try:
            connection.backup(copy)
        finally:
            copy.close()
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
