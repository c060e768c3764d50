"""Open a campaign file, or make one. No business logic here.

A file is opened by address with `mode=rw`, so that a wrong path never makes an empty file; before the first query
its application id and version are read. Transactions are ours alone (`isolation_level=None`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from advedu.errors import FileExists, FileIsFolder, FileMissing, FileTooNew, FileUnusable, NotOurFile, SchemaChanged
from advedu.i18n import _
from advedu.storage import writers
from advedu.storage.schema import FILE_VERSION, FINGERPRINT, FINGERPRINTS, fingerprint
from advedu.values.wording import reason

APPLICATION_ID = 0x61647665
GLANCE_SECONDS = 0.2
# Pages of four thousand bytes, which with what Python holds stay below 200 MB.
SPILL_PAGES = 12_000
# Kilobytes for the pages of an import that is held in memory; taken as they are needed.
IMPORT_CACHE = 65_536


def connect(path: Path, *, suspect: bool = False) -> sqlite3.Connection:
    """Return a connection to an existing campaign file, brought up to date if it is older than this program.

    `suspect` opens a file whose tables are not those of this program, for `verify` to say what is wrong.

    Raises:
        FileMissing, FileIsFolder: there is no such file.
        NotOurFile: it is another program's file.
        FileTooNew: a newer program wrote it.
        SchemaChanged: another program changed its tables.
        FileUnusable: it cannot be opened.
    """
    _check_there(path)
    with translated(path):
        connection = _open(path)
        try:
            version = _checked_version(connection, path)
            if version < FILE_VERSION:
                # A trigger of somebody else's would run while tables are reshaped.
                _refuse_strange_schema(connection, path, FINGERPRINTS[version])
                from advedu.storage import migrations

                migrations.upgrade(connection, path)
            if not suspect:
                _refuse_strange_schema(connection, path, FINGERPRINT)
            _leave_wal(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def open_suspect(path: Path) -> sqlite3.Connection:
    """Return a connection to a file that may be damaged or no longer ours, to look at it or to replace its content."""
    _check_there(path)
    return _open(path)


def _check_there(path: Path) -> None:
    if path.is_dir():
        raise FileIsFolder(path=path)
    if not path.is_file():
        raise FileMissing(path=path)


def glance(path: Path) -> sqlite3.Connection | None:
    """Return a connection for a quick look, or None where there is nothing to see: no such file, not ours, locked.

    Nothing is brought up to date and nothing is waited for: somebody has only pressed the tab key.
    """
    if not path.is_file():
        return None
    connection = None
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=GLANCE_SECONDS)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        # A fingerprint would take longer than all the rest. What is looked at here are plain tables, and no trigger
        # runs when they are: only a view or a virtual table in their place could do anything. One view is our own,
        # and is not looked at.
        statement = (
            "SELECT count(*) FROM sqlite_schema"
            " WHERE (type = 'view' AND name <> 'item_fulfilled') OR sql LIKE 'CREATE VIRTUAL%'"
        )
        found = tuple(
            connection.execute(each).fetchone()[0]
            for each in ("PRAGMA application_id", "PRAGMA user_version", statement)
        )
        if found == (APPLICATION_ID, FILE_VERSION, 0):
            return connection
    except (sqlite3.Error, UnicodeDecodeError, OSError):
        # What is wrong with the file says the command itself, not its completion.
        pass
    if connection is not None:
        connection.close()
    return None


def create(path: Path) -> sqlite3.Connection:
    """Make a new, empty campaign file, for its owner's eyes only, and return a connection to it.

    Raises:
        FileExists: something is there already; it is not touched.
        FileUnusable: the file cannot be made.
    """
    from advedu.storage import migrations

    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise FileExists(path=path) from None
    except OSError as error:
        raise FileUnusable(path=path, why=reason(error)) from error
    except UnicodeDecodeError as error:
        # A damaged page that holds text: sqlite3 hands it over as it is, also inside its own messages.
        raise FileUnusable(path=path, why=_("the file is damaged; restore a backup")) from error
    connection = None
    try:
        with translated(path):
            connection = _open(path)
            migrations.apply(connection)
    except BaseException:
        if connection is not None:
            connection.close()
        path.unlink(missing_ok=True)
        raise
    return connection


def read_together(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Let everything that is read from now on be of one moment, until something is written."""
    connection.execute("BEGIN")
    return connection


def end_reading(connection: sqlite3.Connection) -> None:
    """Let go of the moment that `read_together` held."""
    if connection.in_transaction:
        connection.execute("COMMIT")


def without_waiting(connection: sqlite3.Connection) -> None:
    """Do not wait for the disk at every operation: for a file that nobody uses before it is whole."""
    connection.execute("PRAGMA synchronous = OFF")


def address(path: PurePath) -> str:
    r"""Return the address of a file, by an absolute path, as SQLite reads it.

    A Windows server, as in \\server\share, is the host of an address elsewhere; SQLite wants it in the path.
    """
    found = path.as_uri()
    return found if found.startswith("file:///") else f"file://{found.removeprefix('file:')}"


def may_spill(connection: sqlite3.Connection) -> None:
    """Let changed pages go to the disk before the end: for an import so large that they would fill the memory.

    Readers wait for it from the first such page on, as they would for any program that writes so much. SQLite takes
    notice between transactions only.
    """
    end_reading(connection)
    connection.execute(f"PRAGMA cache_spill = {SPILL_PAGES}")
    connection.execute(f"PRAGMA cache_size = {SPILL_PAGES}")


def hold_in_memory(connection: sqlite3.Connection) -> None:
    """Hold the pages that an import touches in memory, and what SQLite notes down to take back a statement.

    With its usual two megabytes SQLite reads the pages of the indexes again and again, and puts its notes into a file;
    a district's import has a fifth less to wait for. SQLite takes notice of the second between transactions only, and
    temporary tables are lost.
    """
    end_reading(connection)
    connection.execute(f"PRAGMA cache_size = -{IMPORT_CACHE}")
    connection.execute("PRAGMA temp_store = MEMORY")


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{address(path.absolute())}?mode=rw", uri=True, isolation_level=None, timeout=writers.LOCK_SECONDS
    )
    # foreign_keys: a record of nobody is refused. trusted_schema, cell_size_check: the file may be hostile.
    # recursive_triggers: without it REPLACE deletes rows unseen by history.
    # cache_spill: changed pages stay in memory until the end; writing them earlier takes the lock readers wait for.
    for pragma in (
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "recursive_triggers = ON",
        "cache_spill = OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _checked_version(connection: sqlite3.Connection, path: Path) -> int:
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        if _is_busy(error):
            raise
        raise NotOurFile(path=path, why=error) from error
    if application != APPLICATION_ID:
        raise NotOurFile(path=path, why=_("its application id is {found}").format(found=application))
    if version < 1:
        raise NotOurFile(path=path, why=_("its version is {found}").format(found=version))
    if version > FILE_VERSION:
        raise FileTooNew(path=path, found=version, known=FILE_VERSION)
    return int(version)


def _refuse_strange_schema(connection: sqlite3.Connection, path: Path, known: str) -> None:
    """Refuse a file with a table, view or trigger that is not ours: it could do anything once a query touches it."""
    if fingerprint(connection) != known:
        raise SchemaChanged(path=path)


def _leave_wal(connection: sqlite3.Connection) -> None:
    """Go back to the rollback journal if somebody switched to WAL, which SQLite 3.7.0 to 3.51.2 can lose writes in."""
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode == "wal":
        connection.execute("PRAGMA journal_mode = DELETE")


def _is_busy(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Say in the user's words what SQLite reports about the file: locked, full, unreadable.

    A broken constraint is a fault of ours, not of the file, and passes through.
    """
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except OSError as error:
        raise FileUnusable(path=path, why=reason(error)) from error
    except UnicodeDecodeError as error:
        # A damaged page that holds text: sqlite3 hands it over as it is, also inside its own messages.
        raise FileUnusable(path=path, why=_("the file is damaged; restore a backup")) from error
    except sqlite3.DatabaseError as error:
        if _is_busy(error):
            raise writers.lock_error(path) from error
        raise FileUnusable(path=path, why=error) from error
