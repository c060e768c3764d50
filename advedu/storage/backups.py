"""Copies of a file, and a file from a copy.

Always through SQLite's backup API: copying the bytes of a file in use gives a bad copy four times out of five.
"""

from __future__ import annotations

import contextlib
import glob
import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from advedu.errors import BackupDamaged
from advedu.storage import writers

# So many copies made by themselves are kept.
KEPT = 5
# What a copy under way is called at the end; who makes it stands before that.
_PART = ".part"


def copy_to(connection: sqlite3.Connection, target: Path) -> None:
    """Write a copy of an open file to `target`, which only ever exists whole, checked, and on the disk.

    What was at `target` is replaced in the last moment.

    Raises:
        BackupDamaged: the copy is not sound, and so the file itself may not be.
        OSError, sqlite3.Error: the disk is full, the folder cannot be written, …; nothing is left behind.
    """
    unfinished = target.with_name(f".{target.name}.{os.getpid()}@{writers.host()}{_PART}")
    with contextlib.suppress(FileNotFoundError):
        unfinished.unlink()
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        copy = sqlite3.connect(unfinished, isolation_level=None)
        try:
            # Nobody reads it before it is whole: one look at the disk, at the end, is enough.
            copy.execute("PRAGMA synchronous = OFF")
            connection.backup(copy, progress=_patient(target))
            check = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        finally:
            copy.close()
        if check != "ok":
            raise BackupDamaged(path=target, why=check)
        _flush(unfinished)
        unfinished.replace(target)
        _flush(target.parent)
    finally:
        for leftover in (unfinished, unfinished.with_name(f"{unfinished.name}-journal")):
            with contextlib.suppress(FileNotFoundError):
                leftover.unlink()


def _flush(path: Path) -> None:
    """Wait until a file or a folder's list of files is on the disk; Windows cannot do that for a folder."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def folder(path: Path) -> Path:
    """Return the folder beside a file in which the copies made by themselves lie."""
    return path.with_name(f"{path.name}.backups")


def automatic(connection: sqlite3.Connection, path: Path, number: int) -> Path:
    """Copy a file before something large is written to it; `number` is the latest operation. The oldest copies go."""
    home = folder(path)
    home.mkdir(mode=0o700, exist_ok=True)
    _sweep(home)
    target = home / f"before-{number + 1:06}.db"
    copy_to(connection, target)
    for old in sorted(home.glob("before-*.db"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return target


def _sweep(home: Path) -> None:
    """Remove the halves of copies that killed programs left; those of other machines may still be under way."""
    for half in home.glob(f".*@{glob.escape(writers.host())}{_PART}*"):
        pid = half.name.partition("@")[0].rpartition(".")[2]
        if pid.isdigit() and writers.gone(int(pid)):
            half.unlink(missing_ok=True)


def keep(connection: sqlite3.Connection, path: Path, target: Path) -> bool:
    """Keep what a restore is about to replace: a copy where SQLite can read it, else its bytes as they are.

    Returns:
        Whether SQLite could read it.
    """
    try:
        copy_to(connection, target)
    except sqlite3.OperationalError:
        # Locked, or the disk is full: the file itself is sound.
        raise
    except (sqlite3.DatabaseError, BackupDamaged):
        # Damaged beyond reading: nobody is working with it, and its bytes may still be worth something to somebody.
        content = path.read_bytes()
        with open(target, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(content)
        return False
    return True


def replace_content(connection: sqlite3.Connection, source: sqlite3.Connection, path: Path) -> None:
    """Make an open file hold what another one holds: one transaction, so that a killed restore leaves the old file.

    Raises:
        FileLocked: somebody else is writing to the file at `path`.
    """
    source.backup(connection, progress=_patient(path))


def _patient(path: Path) -> Callable[[int, int, int], None]:
    """Return what ends a copying that waits for a lock too long; left alone it would wait for ever."""
    waiting_since: list[float] = []

    def look(status: int, _remaining: int, _total: int) -> None:
        if status not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            waiting_since.clear()
        elif not waiting_since:
            waiting_since.append(time.monotonic())
        elif time.monotonic() - waiting_since[0] > writers.LOCK_SECONDS:
            raise writers.lock_error(path)

    return look
