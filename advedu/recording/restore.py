"""A file from a copy of it."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from advedu.errors import BackupMissing, NotRestorable
from advedu.i18n import _
from advedu.storage import backups, verify
from advedu.storage.connection import connect, open_suspect, translated


def restore(path: Path, source: Path) -> Path | None:
    """Make the file at `path` hold what the backup holds; return where the file that it replaced is kept.

    Raises:
        BackupMissing, NotOurFile, FileTooNew: the backup cannot be used.
        NotRestorable: `verify` finds faults in it.
        OSError: the disk is full or the folder cannot be written.
    """
    if not source.is_file():
        raise BackupMissing(path=source, folder=backups.folder(path))
    with translated(source):
        copy = connect(source)
    try:
        with translated(source):
            found = verify.findings(copy)
        if found:
            why = _("verify finds {count} faults, the first in {where}").format(count=len(found), where=found[0].where)
            raise NotRestorable(path=source, why=why)
        if not path.exists():
            backups.copy_to(copy, path)
            return None
        kept = _free(path.with_name(f"{path.name}.replaced-{datetime.now().astimezone():%Y%m%d-%H%M%S}"))
        with translated(path):
            _replace(path, copy, kept)
        return kept
    finally:
        copy.close()


def _free(path: Path) -> Path:
    """Return a name that nothing bears yet."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free


def _replace(path: Path, copy: sqlite3.Connection, kept: Path) -> None:
    """Keep what stands at `path`, then let it hold what the copy holds."""
    current = open_suspect(path)
    try:
        readable = backups.keep(current, path, kept)
        try:
            if readable:
                backups.replace_content(current, copy, path)
        except BaseException:
            # The file is as it was; what was kept of it would only fill the disk.
            kept.unlink(missing_ok=True)
            raise
    finally:
        current.close()
    if not readable:
        # A wreck cannot be written to; a whole file takes its place.
        backups.copy_to(copy, path)
