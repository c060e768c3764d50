"""What the tests of this folder share: how hard to try, the file looked at without the program, processes to kill."""

from __future__ import annotations

import csv
import gc
import hashlib
import io
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.independent.program import run
from tests.support import OPTIONS, ROOT, Answer

FULL = os.environ.get("ADVEDU_TORTURE") == "full"
# The short form is a sample of the full one and must be the same every time.
SEED = 20050120
# A process of ours that takes longer hangs.
PATIENCE = 60
POSIX = os.name == "posix"

Rows = dict[str, list[tuple[Any, ...]]]


def times(full: int, short: int) -> int:
    """Return how often something is tried: as limits.md demands, or a sample of it."""
    return full if FULL else short


def dice() -> random.Random:
    """Return dice that fall alike in every run of the short form, and differently in every run of the full one."""
    return random.Random(None if FULL else SEED)


class Base(NamedTuple):
    """The demonstration district: whole, with units alone, and its members as a file to import."""

    demo: Path
    units: Path
    members: Path
    count: int


def call(db: Path, *argv: str | Path) -> Answer:
    """Run one call in this process."""
    answer = Answer(*run(["--db", str(db), *OPTIONS, *map(str, argv)]))
    if answer.code:
        # A process would end here, and with it what a failed call left open.
        gc.collect()
    return answer


def ok(db: Path, *argv: str | Path) -> str:
    """Run a call that must succeed and return what it printed."""
    answer = call(db, *argv)
    assert answer.code == 0, answer
    return answer.out


def csv_rows(text: str) -> list[dict[str, str]]:
    """Return the rows of a csv text by heading."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def copied(source: Path, folder: Path, name: str = "test.db") -> Path:
    """Return a copy of a file that nobody has open."""
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(source, folder / name))


# ── the file, looked at without the program ──


@contextmanager
def plain(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file as another program would; it may roll back what a killed one left."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=PATIENCE)) as connection:
        connection.text_factory = bytes
        yield connection


def tables(connection: sqlite3.Connection) -> list[str]:
    """Return the names of all tables, history's own too."""
    names = connection.execute("SELECT CAST(name AS TEXT) FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return [name.decode() if isinstance(name, bytes) else name for (name,) in names]


def rows(path: Path, names: list[str] | None = None) -> Rows:
    """Return every row of every table."""
    with plain(path) as connection:
        known = tables(connection) if names is None else names
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in known}


def digest(path: Path) -> str:
    """Return a hash of every row of every table."""
    return hashlib.sha256(repr(rows(path)).encode()).hexdigest()


def content(path: Path) -> str:
    """Return a hash of every row but those of history."""
    history = ("operation", "change", "writing")
    return hashlib.sha256(repr({k: v for k, v in rows(path).items() if k not in history}).encode()).hexdigest()


def asked(path: Path, sql: str, *values: object) -> Any:
    """Ask the file for one value."""
    with plain(path) as connection:
        return connection.execute(sql, values).fetchone()[0]


def sound(path: Path) -> list[str]:
    """Return what SQLite and `verify` find wrong with a file."""
    with plain(path) as connection:
        wrong = [str(text) for (text,) in connection.execute("PRAGMA integrity_check") if text != b"ok"]
    answer = call(path, "verify", "--format", "csv")
    return wrong if answer.code == 0 else [*wrong, answer.out or answer.err]


def left_over(folder: Path, *wanted: str) -> list[str]:
    """Return the files of a folder that nobody asked for; the copies that an import keeps are asked for."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    return sorted(name for name in found if name not in wanted and not name.startswith("test.db.backups/before-"))


# ── processes ──


def surroundings(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return what a process of ours finds set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ADVEDU_")}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **(extra or {})}


def words(db: Path, *argv: str | Path) -> list[str]:
    """Return the command line of one call."""
    return [sys.executable, "-m", "advedu", "--db", str(db), *OPTIONS, *map(str, argv)]


def start(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
    """Start a process; its output is kept."""
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, env=surroundings(), **(streams | options))


def finish(child: subprocess.Popen[bytes]) -> Answer:
    """Wait for a process and return what it answered; one that hangs is killed."""
    try:
        out, err = child.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        raise
    return Answer(child.returncode, out.decode(), err.decode())


def worker(name: str, db: Path, *argv: str | int) -> subprocess.Popen[bytes]:
    """Start a part of `workers.py`; it is stopped by closing its standard input."""
    return start([sys.executable, "-m", "tests.torture.workers", name, str(db), *map(str, argv)], cwd=ROOT)


def killed(db: Path, argv: tuple[str | Path, ...], after: float) -> int | None:
    """Start a call and kill it some seconds later; return its exit code when it was faster."""
    child = start(words(db, *argv), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        return child.wait(timeout=after)
    except subprocess.TimeoutExpired:
        child.kill()
        code = child.wait()
        # It may have finished between the two.
        return code if code >= 0 else None


def duration(run_once: Callable[[], object], clock: Callable[[], float]) -> float:
    """Return the seconds that something takes."""
    begin = clock()
    run_once()
    return clock() - begin
