"""What one call of the program works with: the file, its day, who is calling."""

from __future__ import annotations

import getpass
import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path

from advedu.errors import AdveduError, BadDay, FutureDay
from advedu.i18n import _
from advedu.nouns.model import Author
from advedu.output.report import Report
from advedu.storage import campaign, chain, writers
from advedu.storage.chain import Stamp
from advedu.storage.connection import connect, end_reading, read_together, translated
from advedu.storage.history import Operation, Source, operation
from advedu.storage.writers import noted
from advedu.values.dates import DateProblem, parse_day
from advedu.values.text import storable
from advedu.values.wording import error_lines


class Session:
    """One call: opens the file when it is first needed.

    Attributes:
        path: the campaign file.
        no_input: whether nothing may be asked.
        argv: the words of the call, kept for the history.
    """

    def __init__(self, path: Path, user: str | None, argv: list[str], *, no_input: bool = False) -> None:
        self.path = path
        self.no_input = no_input
        self.argv = argv
        self._user = user
        self._written: Stamp | None = None

    @cached_property
    def connection(self) -> sqlite3.Connection:
        """The open file, as it stands at the first look: a report and the stamp under it are of one moment."""
        return read_together(connect(self.path))

    @property
    def stamp(self) -> Stamp | None:
        """Where the history ended when this call looked or wrote; None when it did not open the file."""
        if self._written is not None:
            return self._written
        return chain.stamp(self.connection) if "connection" in self.__dict__ else None

    @stamp.setter
    def stamp(self, stamp: Stamp | None) -> None:
        self._written = stamp

    def revealed(self, report: Report) -> Report:
        """Record that ID numbers and telephones were asked for whole; where that is not possible, say so and go on."""
        try:
            with self.writing() as under_way:
                under_way.worth_noting = True
        except AdveduError as error:
            warning = _("this request could not be recorded: {why}").format(why=error_lines(error)[0])
            report.warnings = [*report.warnings, warning]
        return report

    def end_reading(self) -> None:
        """Let go of the moment that was read, before something long that must not keep writers waiting."""
        end_reading(self.connection)

    def open_suspect(self) -> None:
        """Open the file even when its tables were changed by another program, so that this can be reported."""
        self.__dict__["connection"] = read_together(connect(self.path, suspect=True))

    def close(self) -> None:
        """Close the file if it was opened."""
        if self.opened:
            self.connection.close()

    @property
    def opened(self) -> bool:
        """Whether the file was needed so far."""
        return "connection" in self.__dict__

    @cached_property
    def pinned_on(self) -> str | None:
        """The day that the file pins, or None."""
        return campaign.head(self.connection).pinned_on

    @property
    def today(self) -> str:
        """The file's own day, else the calendar's."""
        return self.pinned_on or self.calendar_today

    @property
    def calendar_today(self) -> str:
        """The day on the clerk's wall calendar."""
        return calendar_today()

    @property
    def author(self) -> Author:
        """Who writes: --user, else ADVEDU_USER, else the login."""
        # As it was typed: only what a shell would take apart is quoted.
        plain = (word if word and word.isprintable() and " " not in word else shlex.quote(word) for word in self.argv)
        words = " ".join(plain)
        return Author(storable(self._user or _login()), writers.host(), storable(f"advedu {words}"))

    def as_of(self, text: str | None) -> str:
        """Return the day of a report."""
        return self.today if text is None else day(text, "--as-of")

    def past_day(self, text: str | None, option: str = "--on") -> str:
        """Return the day of something that was done: today by default, never later.

        Raises:
            BadDay: this is no day.
            FutureDay: it has not come yet.
        """
        found = self.today if text is None else day(text, option)
        if found > self.today:
            raise FutureDay(value=found, today=self.today)
        return found

    @contextmanager
    def writing(self, *, dry_run: bool = False, source: Source | None = None) -> Iterator[Operation]:
        """Write inside one operation (`storage.history.operation`)."""
        opened, author = self.connection, self.author
        with (
            translated(self.path),
            operation(opened, author, self.today, source=source, dry_run=dry_run) as under_way,
            noted(self.path, author),
        ):
            yield under_way
            if not under_way.abandoned and campaign.phases_in_use(opened):
                from advedu.recording.phases import guard

                guard(opened, under_way)
        self._written = under_way.stamp


def calendar_today() -> str:
    """Return the day on the clerk's wall calendar."""
    return date.today().isoformat()  # noqa: DTZ011 (the clerk's own time zone is meant)


def day(text: str, option: str) -> str:
    """Return the day that somebody typed after an option.

    Raises:
        BadDay: this is no day.
    """
    try:
        return parse_day(text)
    except DateProblem:
        raise BadDay(option=option, value=text) from None


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        # No such user on this machine (a container without a passwd entry): say so instead of guessing a name.
        return "unknown"
