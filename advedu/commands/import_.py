"""`advedu import`: files of units, members and what they did."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated

import typer

from advedu.commands.base import DryRun, Noun
from advedu.commands.session import Session
from advedu.i18n import N_, _
from advedu.importing import run
from advedu.report import Report
from advedu.reports import importing as report
from advedu.storage import backups
from advedu.storage.connection import translated

noun = Noun()
# Below this an import is over before a bar could be read.
LONG = 3_000


class Kind(StrEnum):
    """What is in the files: the kinds of `importing.run.KINDS`, known before that is loaded, and `auto`."""

    UNITS = "units"
    MEMBERS = "members"
    MILESTONES = "milestones"
    TASKS = "tasks"
    NINE_ONES = "nine-ones"
    SURVEYS = "surveys"
    REMEDIALS = "remedials"
    SESSIONS = "sessions"
    MISSED_SESSIONS = "missed-sessions"
    OPINIONS = "opinions"
    RECTIFICATIONS = "rectifications"
    REGULATIONS = "regulations"
    POSTS = "posts"
    BODIES = "bodies"
    ABSENCES = "absences"
    OWN_MILESTONES = "own-milestones"
    TEAMS = "teams"
    CADRES = "cadres"
    COVERAGE = "coverage"
    VISITS = "visits"
    SUGGESTIONS = "suggestions"
    CONTACT_POINTS = "contact-points"
    CONTACT_VISITS = "contact-visits"
    CALLS = "calls"
    BULLETINS = "bulletins"
    MODELS = "models"
    PUBLICITY = "publicity"
    COMMENDATIONS = "commendations"
    TRAININGS = "trainings"
    AUTO = "auto"


@noun.verb(
    "",
    N_(
        "Import units, members, milestones, tasks or nine ones from csv, tsv or xlsx files\n\n"
        "All or nothing: with one error nothing is written, and every error is listed with its row and column."
        " Nobody is moved silently, and an empty cell changes nothing; <clear> in a cell clears."
    ),
)
def import_(
    session: Session,
    kind: Annotated[
        Kind,
        typer.Argument(
            metavar="KIND",
            help=N_(
                "units, members, milestones, tasks, nine-ones, surveys, remedials, sessions, missed-sessions, opinions,"
                " rectifications, regulations, posts, bodies, absences, own-milestones, teams, cadres, coverage,"
                " visits, suggestions, contact-points, contact-visits, calls, bulletins, models, publicity,"
                " commendations, trainings; or auto, by the header"
            ),
        ),
    ],
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help=N_("csv, tsv or xlsx; - is standard input"))],
    sheet: Annotated[str | None, typer.Option("--sheet", metavar="NAME", help=N_("The sheet to read"))] = None,
    partial: Annotated[bool, typer.Option("--partial", help=N_("Write the good records, list the others"))] = False,
    moves_on: Annotated[
        str | None,
        typer.Option("--moves-on", metavar="DATE", help=N_("Record another unit or parent as a move on this day")),
    ] = None,
    dry_run: DryRun = False,
) -> Report:
    """Import files as one operation."""
    connection = session.connection
    moves = None if moves_on is None else session.past_day(moves_on, "--moves-on")
    prepared = run.prepare(connection, kind.value, files, sheet)
    if not dry_run:
        with translated(session.path):
            stamp = session.stamp
            session.end_reading()
            backups.automatic(connection, session.path, stamp.operation if stamp else 0)
    with (
        _undisturbed(),
        _progress(prepared.rows) as tick,
        session.writing(dry_run=dry_run, source=prepared.source) as operation,
    ):
        batch = run.apply(
            connection, operation, prepared, today=session.today, moves_on=moves, partial=partial, tick=tick
        )
    number = operation.number if operation.written else None
    return report.result(prepared.kind, batch, number, dry_run=dry_run)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep the collector of cycles from walking over every row again and again: rows are in no cycles."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def _progress(rows: int) -> Iterator[Callable[[int], None] | None]:
    """Show a bar on standard error while a long import runs; none when that is no terminal."""
    if rows < LONG or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(_("Importing"), total=rows)
        yield lambda count: bar.update(task, advance=count)
