"""What the schema of a file of this version looks like, so that any other is recognised."""

import sqlite3
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

# The version of a file as this program makes it; `schema.sql` says it too, and a test compares.
FILE_VERSION = 2
# Version → the fingerprint of a file of it: an older one is brought up to date only when nobody else has changed its
# tables. `tests/storage/test_schema.py` computes today's from schema.sql.
FINGERPRINTS = {
    1: "94e61191bfc7280af3a46ba51e91573287ba11039a4a60692553cfd195ca20c4",
    2: "79bdf1bc5ca3db7adbfb728f5d7e790ee301498c0ae663df69fa73bba7041239",
}
FINGERPRINT = FINGERPRINTS[FILE_VERSION]
# The steps that a file of this version has seen; `verify` finds any other list.
STEPS_SEEN = ("m0001_whole_schema", "m0002_more_of_members")
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
