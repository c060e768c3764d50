"""A file from a copy of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from advedu.errors import NotRestorable
from advedu.i18n import _
from advedu.storage import backups, verify
from advedu.storage.connection import connect, open_suspect, translated


def restore(path: Path, source: Path) -> Path | None:
    """Make the file at `path` hold what the backup holds; return where the file that it replaced is kept.

    Raises:
        FileMissing, NotOurFile, FileTooNew: the backup cannot be used.
        NotRestorable: `verify` finds faults in it.
        OSError: the disk is full or the folder cannot be written.
    """
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
        kept = path.with_name(f"{path.name}.replaced-{datetime.now().astimezone():%Y%m%d-%H%M%S}")
        with translated(path):
            current = open_suspect(path)
            try:
                backups.keep(current, path, kept)
                backups.replace_content(current, copy)
            finally:
                current.close()
        return kept
    finally:
        copy.close()
