"""A folder that files arrive in: which of them are whole, and where each goes. Nothing here looks into a file.

    FOLDER/a.csv  ──claim──▶  FOLDER/.working/a.csv  ──settle──▶  FOLDER/done/a.csv  or  FOLDER/rejected/a.csv

A file is moved out of reach before it is read, so that what is imported and what is put away is the same content, and
a new file of the same name is a new file. What is found in `.working` at the start was left there by a program that
was killed.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from advedu.errors import CannotRead, CannotWriteOutput, FolderWatched
from advedu.i18n import N_
from advedu.importing.delivery import OTHER
from advedu.values.wording import reason

DONE, REJECTED = "done", "rejected"
# What the workbook with the errors of a file is called, beside it.
ERRORS = "-errors.xlsx"
_WORKING = ".working"
_LOCK = ".advedu-watch"
# Anything else in the folder is not for us; the campaign file itself may lie there.
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".et", ".ods")
# What people put here by mistake, and must be told about: it would lie there for ever.
_MISTAKEN = (
    *(".doc", ".docx", ".wps", ".pdf", ".rtf", ".html", ".htm", ".mht", ".fods", ".xlsb", ".numbers"),
    *(".zip", ".rar", ".7z", ".jpg", ".jpeg", ".png", ".eml"),
)
EMPTY = N_("empty")
LINK = N_("a link, not a file")
# Hidden files, the locks of spreadsheet programs, and what they and browsers write beside a file.
_PASSING = (".", "~", "#")

# What tells whether a file has changed: its size, its time, its number on the disk.
Look = tuple[int, int, int]


class Inbox:
    """The folder and its sub-folders.

    Raises:
        CannotWriteOutput: they cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            for name in (DONE, REJECTED, _WORKING):
                (folder / name).mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise CannotWriteOutput(path=folder, why=reason(error)) from error

    def arrived(self) -> dict[Path, Look]:
        """Return the files that may be meant for us, by name, and how each looks now; empty ones are just begun.

        Raises:
            CannotRead: the folder is gone, with the network drive that it lay on perhaps.
        """
        found = {}
        for path in _within(self.folder):
            if path.name.startswith(_PASSING) or path.suffix.lower() not in ENDINGS:
                continue
            seen = look(path)
            if seen is not None and seen[0] > 0:
                found[path] = seen
        return found

    def aside(self) -> dict[str, str]:
        """Return the names of files that seem to be meant for us and are never taken, each with the reason.

        Raises:
            CannotRead: the folder is gone.
        """
        found = {}
        for path in _within(self.folder):
            ending = path.suffix.lower()
            if path.name.startswith(_PASSING) or ending not in (*ENDINGS, *_MISTAKEN) or path.is_dir():
                continue
            seen = look(path)
            if seen is None:
                found[path.name] = LINK
            elif ending in _MISTAKEN:
                found[path.name] = OTHER
            elif seen[0] == 0:
                found[path.name] = EMPTY
        return found

    def left(self) -> list[Path]:
        """Return the files that a program took and did not put away before it was killed."""
        found = _within(self.folder / _WORKING)
        return [path for path in found if not path.name.startswith(".") and look(path) is not None]

    def begin(self, path: Path) -> int:
        """Note that a claimed file is being read, and return how often that was begun before and never ended."""
        note = _note(path)
        try:
            before = note.stat().st_size if note.exists() else 0
            note.write_bytes(b"." * (before + 1))
        except OSError as error:
            raise CannotWriteOutput(path=note, why=reason(error)) from error
        return before

    def ended(self, path: Path) -> None:
        """Note that the reading of a file came to an end, whatever the end was."""
        _note(path).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Remove the halves of workbooks with errors that a killed program left; they are written again, whole."""
        for path in (self.folder / REJECTED).glob(f".*{ERRORS}.*.part"):
            path.unlink(missing_ok=True)

    def claim(self, path: Path) -> Path | None:
        """Take a file out of reach of others and return where it is now; None when it is gone already."""
        if look(path) is None:
            return None
        try:
            return _moved(path, self.folder / _WORKING / path.name)
        except CannotWriteOutput:
            if look(path) is None:
                return None
            raise

    def put_back(self, path: Path) -> Path:
        """Let a claimed file be one that has arrived, beside a new one of its name.

        Raises:
            CannotWriteOutput: it cannot be moved; it is found claimed at the next start.
        """
        return _moved(path, free(self.folder / path.name))

    def place(self, path: Path, where: str) -> Path:
        """Return where a claimed file would go: the same name, with a number when that is taken."""
        return free(self.folder / where / path.name)

    def settle(self, path: Path, place: Path) -> Path:
        """Put a claimed file away."""
        return _moved(path, place)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep others from watching the same folder; the system lets go of it when the program is killed.

        Raises:
            FolderWatched: somebody does already.
            CannotWriteOutput: the folder may not be written to.
        """
        try:
            lock = os.open(self.folder / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise CannotWriteOutput(path=self.folder, why=reason(error)) from error
        try:
            try:
                _lock(lock)
            except OSError:
                raise FolderWatched(path=self.folder) from None
            yield
        finally:
            os.close(lock)


def _within(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise CannotRead(path=folder, why=reason(error)) from error


def _note(path: Path) -> Path:
    return path.with_name(f".{path.name}.reading")


def _moved(path: Path, place: Path) -> Path:
    try:
        return path.replace(place)
    except OSError as error:
        raise CannotWriteOutput(path=place, why=reason(error)) from error


def look(path: Path) -> Look | None:
    """Return how a file looks, or None for what is no plain file or is gone."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    return (found.st_size, found.st_mtime_ns, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def free(path: Path) -> Path:
    """Return the path, or with a number before its ending the first one that is free."""
    number, wanted = 1, path
    while wanted.exists():
        number += 1
        wanted = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return wanted


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
