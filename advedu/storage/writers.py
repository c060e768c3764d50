"""Who is writing: a note beside the file while an operation is under way, for the one who has to wait.

The lock itself is SQLite's; the note only says whose it is, and a note that a killed program left behind is
overwritten by the next writer.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from advedu.errors import FileLocked, LockHeld
from advedu.nouns.model import Author

# A writer waits this long for another one before it gives up.
LOCK_SECONDS = 30


def _note(path: Path) -> Path:
    return path.with_name(f"{path.name}.writer")


@contextmanager
def noted(path: Path, author: Author) -> Iterator[None]:
    """Leave a note while something is written; where no note can be left, write without one."""
    import json

    now = datetime.now().astimezone().isoformat(timespec="seconds")
    text = json.dumps({"who": f"{author.who}@{author.host}", "pid": os.getpid(), "since": now})
    with contextlib.suppress(OSError), open(_note(path), "w", encoding="utf-8", opener=_private) as file:
        file.write(text)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            _note(path).unlink()


def host() -> str:
    """Return the name of this machine."""
    if sys.platform != "win32":
        return os.uname().nodename
    # Thousandths of a second that a clerk's every entry need not spend where the system tells without.
    import socket

    return socket.gethostname()


def gone(pid: int) -> bool:
    """Tell whether there is no process of that number on this machine any more; never where it cannot be asked."""
    if sys.platform == "win32":
        # A signal is no question there: it would end the process.
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        # Somebody else's.
        pass
    return False


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def lock_error(path: Path) -> FileLocked:
    """Return the error for a lock that lasts: with who holds it and since when, where that is known."""
    import json

    try:
        note = json.loads(_note(path).read_text(encoding="utf-8"))
        return LockHeld(path=path, seconds=LOCK_SECONDS, who=note["who"], since=note["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return FileLocked(path=path, seconds=LOCK_SECONDS)
