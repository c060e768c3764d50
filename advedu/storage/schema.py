"""What the schema of a file of this version looks like, so that any other is recognised."""

import sqlite3
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

# What `schema.sql` calls itself; a file of an earlier version is migrated.
FILE_VERSION = 1
# The fingerprint of a file of this version; `tests/storage/test_schema.py` computes it from schema.sql.
FINGERPRINT = "94e61191bfc7280af3a46ba51e91573287ba11039a4a60692553cfd195ca20c4"
# The steps that a file of this version has seen; `verify` finds any other list.
STEPS_SEEN = ("m0001_whole_schema",)
_STATEMENTS = (
    "SELECT type, name, tbl_name, sql FROM sqlite_schema"
    " WHERE NOT (type = 'index' AND sql IS NULL) AND (type, name) NOT IN (VALUES ('table', '_sqlite_migrations'),"
    " ('index', 'idx__sqlite_migrations_migration_set_name')) ORDER BY type, name"
)


class Installed(NamedTuple):
    """The schema as this program makes it."""

    fingerprint: str
    statements: dict[str, str]


def schema_text() -> str:
    """Return `schema.sql`: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "schema.sql"
    path = inside if inside.is_file() else package.parent / "schema.sql"
    return path.read_text(encoding="utf-8")


def fingerprint(connection: sqlite3.Connection) -> str:
    """Return a SHA-256 of every table, index, trigger and view of a file."""
    rows = connection.execute(_STATEMENTS)
    return _sha256("\n".join(map(repr, rows)).encode())


def _sha256(text: bytes) -> str:
    """Return a digest without hashlib, which loads OpenSSL: x (`random` does the same)."""
    try:
        module = import_module("_sha2" if sys.version_info >= (3, 12) else "_sha256")
    except ImportError:
        module = import_module("hashlib")
    return str(module.sha256(text).hexdigest())


@cache
def installed() -> Installed:
    """Make today's schema in memory and return what it looks like."""
    from advedu.storage import history

    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(schema_text())
        history.install_triggers(connection)
        statements = dict(connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall())
        return Installed(fingerprint(connection), statements)
    finally:
        connection.close()
