"""`advedu tick`: the keyboard screen."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from advedu import errors
from advedu.commands.base import Noun, On
from advedu.commands.session import Session
from advedu.commands.tick_screen import choices, grid
from advedu.commands.tick_screen.choices import Pick
from advedu.commands.tick_screen.grid import Grid
from advedu.i18n import N_, _
from advedu.naming import resolve
from advedu.output.report import Report
from advedu.recording import ticks as recording
from advedu.recording.ticks import Tick

if TYPE_CHECKING:
    from advedu.commands.tick_screen.app import TickApp

noun = Noun()


class GridKind(StrEnum):
    """What the columns are."""

    MILESTONES = "milestones"
    TASKS = "tasks"
    NINE = "nine"


_KINDS = {GridKind.MILESTONES: "milestone", GridKind.TASKS: "task", GridKind.NINE: "item"}


class FileDesk:
    """The screen's way to the file: every look is short, so that nobody who writes has to wait for a screen."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.today = session.today
        self.title = _("{file} · today is {day}").format(file=session.path, day=self.today)
        session.end_reading()

    def choices(self) -> list[Pick]:
        """Return what can be picked."""
        return choices.everything(self.session.connection, self.today)

    def board(self, kind: str, choice: Pick) -> Grid:
        """Return the grid of what was picked."""
        if choice.kind == "member":
            return grid.of_leader(self.session.connection, choice.code, self.today)
        return grid.of_unit(self.session.connection, kind, choice.code, self.today)

    def day(self, text: str) -> str:
        """Return the day that somebody typed."""
        return self.session.past_day(text)

    def refused(self, shown: Grid, row: int, column: int, day: str) -> errors.AdveduError | None:
        """Return why a day cannot stand in a cell."""
        return grid.refused(self.session.connection, shown, row, column, day)

    def write(self, ticks: list[Tick]) -> int:
        """Write a batch as one operation and return its number."""
        with self.session.writing() as operation:
            recording.write(self.session.connection, ticks, operation.day)
        return operation.number


def screen(session: Session, whom: str | None, kind: str, day: str) -> TickApp:
    """Return the screen, at the grid of a unit or leader when one is named.

    Raises:
        ExtraMissing: textual is not installed.
        NotFound, AmbiguousUnit, AmbiguousMember: nobody, or several, are called like this.
    """
    try:
        from advedu.commands.tick_screen.app import TickApp
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "textual":
            raise
        raise errors.ExtraMissing(package="textual", extra="tui") from error
    first = _first(session, whom) if whom else None
    return TickApp(FileDesk(session), day, first, kind)


def _first(session: Session, whom: str) -> Pick:
    try:
        unit = resolve.unit(session.connection, whom)
    except errors.NoSuchUnit:
        member = resolve.member(session.connection, whom)
        if not member.leader:
            raise errors.NotALeader(who=member.label, code=member.code) from None
        return Pick("member", member.code, member.label, (member.name,))
    return Pick("unit", unit.code, unit.label, (unit.name,))


@noun.verb(
    "",
    N_(
        "Tick milestones, tasks and nine ones by keyboard, on one screen\n\n"
        "Type a few letters to pick a unit or a leader, move with the arrows, tick with space, write with enter. What"
        " was ticked since the last writing becomes one operation."
    ),
)
def tick(
    session: Session,
    whom: Annotated[
        str | None, typer.Argument(metavar="[UNIT|MEMBER]", help=N_("A unit or a leader to begin with"))
    ] = None,
    first: Annotated[GridKind, typer.Option("--grid", help=N_("Which grid to begin with"))] = GridKind.MILESTONES,
    on: On = None,
) -> Report:
    """Run the screen."""
    if session.no_input or not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        raise errors.NeedsTerminal
    shown = screen(session, whom, _KINDS[first], session.past_day(on))
    shown.run()
    done = _("written: {count} operations").format(count=len(shown.written))
    return Report(document={"operations": shown.written}, tables=list, title=done)
