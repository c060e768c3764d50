"""`advedu import KIND --watch FOLDER`: each file that arrives is one import.

A file goes through four steps: it is claimed, imported, its errors are written, it is put away. Killed between any
two of them, the next start finds it claimed: an operation that names the file's content says that it was imported, and
whatever else was done is done again with the same result.
"""

from __future__ import annotations

import signal
import sqlite3
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from advedu import output
from advedu.commands import import_once
from advedu.commands.import_request import ImportRequest
from advedu.commands.session import Session
from advedu.errors import AdveduError, AlreadyImported, FileLocked, KindUnclear, NoRoomInWorkbook, NoSuchSheet
from advedu.i18n import _
from advedu.importing import inbox, sources
from advedu.importing.inbox import DONE, ERRORS, REJECTED, Inbox
from advedu.importing.issues import WHY, Issue
from advedu.importing.run import Prepared
from advedu.importing.sources import ReadFile
from advedu.output.report import Report
from advedu.reports import watch
from advedu.reports.watch import Taken
from advedu.storage.connection import translated
from advedu.storage.history import Source
from advedu.values.text import neutralise
from advedu.values.wording import error_lines

# A program may be killed for other reasons while it reads; so often it was the file.
CRASHES = 3
# How long a file must look the same when nobody will look a third time.
_SHORT = 1.0


class _Poison(Exception):
    """A file that is not read again."""


class Watch:
    """The watch over one folder."""

    def __init__(self, session: Session, wanted: ImportRequest, folder: Path, sheet: str | None) -> None:
        self.session = session
        self.wanted = wanted
        self.box = Inbox(folder)
        self.sheet = sheet
        self.taken: list[Taken] = []
        self.loud = False

    def run(self, *, once: bool, every: float) -> Report:
        """Take files until asked to stop, or with `once` those that are there.

        Raises:
            FolderWatched: somebody else watches the folder.
            AdveduError: with `once`, the campaign file cannot be written.
        """
        self.loud = not once
        waiting: list[Path] = []
        with self.box.locked(), _stoppable() as stop:
            self.session.end_reading()
            self.box.tidy()
            self._say(_("Watching {folder}; Ctrl-C ends it").format(folder=self.box.folder))
            self._take_all(self.box.left(), stop, once=once)
            before = self.box.arrived()
            told: dict[str, str] = {}
            while not stop.wait(min(every, _SHORT) if once else every):
                now = self.box.arrived()
                ready = [path for path, look in now.items() if before.get(path) == look]
                claimed = (self.box.claim(path) for path in ready)
                self._take_all(claimed, stop, once=once)
                before = self.box.arrived() if once else now
                aside = self.box.aside()
                for name in aside.keys() - told.keys():
                    self._say(_("{file} is left where it is: {why}").format(file=name, why=_(aside[name])))
                told = aside
                if once:
                    waiting = list(before)
                    break
            aside = self.box.aside() if once else {}
        return watch.result(self.taken, [path.name for path in waiting], aside)

    def _take_all(self, paths: Iterable[Path | None], stop: threading.Event, *, once: bool) -> None:
        for path in paths:
            if path is None:
                continue
            try:
                with translated(self.session.path):
                    self._take(path)
            except FileLocked as error:
                # Somebody writes for a long time; the next round comes.
                self.box.put_back(path)
                if once:
                    raise
                self._say(" — ".join(error_lines(error)))
            except BaseException:
                # Not the file's fault: it waits where it was.
                if inbox.look(path) is not None:
                    self.box.put_back(path)
                raise
            if stop.is_set():
                return

    def _take(self, path: Path) -> None:
        """Import one claimed file and put it away."""
        seen = inbox.look(path)
        try:
            taken, content = self._imported(self._read(path))
        except AlreadyImported as error:
            taken, content = Taken(path.name, "again", int(str(error.values["number"]))), None
        except (KindUnclear, NoSuchSheet) as error:
            taken, content = self._refused(path, " — ".join(error_lines(error)))
        except (AdveduError, OSError, sqlite3.Error):
            # The disk, or the campaign file: this one waits.
            raise
        except _Poison as poison:
            taken, content = self._refused(path, str(poison))
        except Exception as error:
            why = _("the program failed on it ({error})").format(error=type(error).__name__)
            taken, content = self._refused(path, why)
        if inbox.look(path) != seen:
            # Somebody had it open for writing all the time: what was read was not the end of it.
            self.box.put_back(path)
            self._say(_("{file} was being written while it was read; it is looked at again").format(file=path.name))
            return
        rejected = taken.outcome in ("rejected", "partly")
        place = self.box.place(path, REJECTED if rejected else DONE)
        if content is not None:
            beside = place.with_name(f"{place.name}{ERRORS}")
            output.save(beside, content)
            taken = taken._replace(errors_in=self._within(beside))
        self.box.settle(path, place)
        self.taken.append(taken._replace(moved_to=self._within(place)))
        self._say(_("{file}: {outcome}").format(file=taken.file, outcome=_(watch.OUTCOMES[taken.outcome])))

    def _read(self, path: Path) -> ReadFile:
        """Read a claimed file.

        Raises:
            _Poison: reading it has killed the program before, again and again.
        """
        crashes = self.box.begin(path)
        try:
            if crashes >= CRASHES:
                raise _Poison(_("reading it ended the program {count} times").format(count=crashes))
            return sources.read(str(path), self.sheet)
        finally:
            self.box.ended(path)

    def _imported(self, file: ReadFile) -> tuple[Taken, bytes | None]:
        """Import a file and return what became of it, with the workbook of its errors."""
        try:
            outcome = import_once.imported(self.session, self.wanted, [file], once=True)
        except AlreadyImported:
            if not self.wanted.partial:
                raise
            # The good rows are written; whether there were bad ones, and which, only another look tells.
            outcome = import_once.imported(self.session, self.wanted._replace(dry_run=True), [file])
            if not outcome.batch.errors:
                raise
        batch = outcome.batch
        counts = [batch.counts[name] for name in watch.COUNTS]
        if not batch.errors:
            word = "unchanged" if outcome.operation is None else "imported"
            return Taken(file.name, word, outcome.operation, None, None, *counts), None
        word = "partly" if self.wanted.partial else "rejected"
        content = self._workbook(file, outcome.prepared, batch.errors, batch.warnings)
        return Taken(file.name, word, outcome.operation, None, None, *counts), content

    def _refused(self, path: Path, why: str) -> tuple[Taken, bytes | None]:
        """Return what becomes of a file of which nothing can be imported, with a workbook that says why."""
        wrong = Issue(path.name, None, None, None, None, "unreadable", WHY["unreadable"], {"why": why})
        file = ReadFile(path.name, Source(path.name, ""), [])
        nothing = Prepared(self.wanted.kind, file.source, [], [wrong], [])
        return Taken(path.name, "rejected"), self._workbook(file, nothing, [wrong], [])

    def _workbook(self, file: ReadFile, prepared: Prepared, errors: list[Issue], warnings: list[Issue]) -> bytes | None:
        from advedu.forms import returned

        try:
            (content,) = returned.workbooks([file], prepared, errors, warnings, bad_rows=self.wanted.bad_rows)
        except NoRoomInWorkbook as error:
            self._say(" — ".join(error_lines(error)), loud=True)
            return None
        return content

    def _within(self, path: Path) -> str:
        return path.relative_to(self.box.folder).as_posix()

    def _say(self, line: str, *, loud: bool = False) -> None:
        """Tell somebody who looks on what happens; a script reads the report at the end."""
        if self.loud or loud:
            print(neutralise(line), file=sys.stderr, flush=True)


@contextmanager
def _stoppable() -> Iterator[threading.Event]:
    """Let Ctrl-C and SIGTERM end the watch after the present file; a second Ctrl-C interrupts that too."""
    stop = threading.Event()

    def ask(_number: int, _frame: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
