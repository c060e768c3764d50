"""`advedu campaign`: the definition in the file."""

from __future__ import annotations

from typing import Annotated

import typer

from advedu import fields, naming
from advedu.commands import writing
from advedu.commands.base import DryRun, Noun
from advedu.commands.session import Session
from advedu.commands.writing import written
from advedu.errors import MissingValue
from advedu.i18n import N_, _
from advedu.recording import rules as recording
from advedu.report import Report
from advedu.reports import campaign as report
from advedu.reports import focus as focuses
from advedu.storage import campaign
from advedu.storage.history import Operation

noun = Noun(N_("The campaign's definition: goals, phases, milestones, tasks, items, rules"))


@noun.verb("show", N_("Show the definition in this file"))
def show(session: Session) -> Report:
    """Show the campaign."""
    return report.show(session.connection)


@noun.verb(
    "rule",
    N_(
        "List the numbers that the rules use, or set one\n\n"
        "survey_least_percent sets a least satisfaction (0: a sheet fails by the dissatisfied alone),"
        " survey_grades how many grades count towards it: 1 to 3."
    ),
)
def rule(
    session: Session,
    code: Annotated[str | None, typer.Argument(metavar="[CODE]", help=N_("The rule's code"))] = None,
    value: Annotated[int | None, typer.Argument(metavar="[VALUE]", help=N_("Its new value"))] = None,
    dry_run: DryRun = False,
) -> Report:
    """List rules, or set one."""
    if code is None or value is None:
        return report.rules(session.connection, None if code is None else recording.known(session.connection, code))

    def body(_operation: Operation) -> None:
        recording.change(session.connection, code, value)

    return written(session, body, dry_run=dry_run)


@noun.verb(
    "focus",
    N_(
        "Show what the units of a sector are to study and to solve, or say it\n\n"
        "Without SECTOR all are listed. An empty text clears. It stands in `advedu unit show`."
    ),
)
def focus(
    session: Session,
    sector: Annotated[str | None, typer.Argument(metavar="[SECTOR]", help=N_("A sector's code or name"))] = None,
    study: Annotated[str | None, typer.Option("--study", metavar="TEXT", help=N_("What to study above all"))] = None,
    problems: Annotated[
        str | None, typer.Option("--problems", metavar="TEXT", help=N_("Which problems to solve above all"))
    ] = None,
    dry_run: DryRun = False,
) -> Report:
    """Show the focus of sectors, or set that of one."""
    known = None if sector is None else naming.entry(session.connection, "sector", sector).id
    if study is None and problems is None:
        return focuses.focus(session.connection, known)
    if known is None:
        raise MissingValue(option="SECTOR", why=_("name the sector whose focus this is"))
    texts = [
        None if text is None else writing.value(option, fields.text, text) or ""
        for option, text in (("--study", study), ("--problems", problems))
    ]

    def body(_operation: Operation) -> None:
        campaign.set_focus(session.connection, known, *map(_text, texts))

    return written(session, body, dry_run=dry_run)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
