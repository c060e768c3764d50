"""`advedu campaign`: the definition in the file."""

from __future__ import annotations

from typing import Annotated

import typer

from advedu.commands.base import DryRun, Noun
from advedu.commands.session import Session
from advedu.commands.writing import written
from advedu.i18n import N_
from advedu.recording import rules as recording
from advedu.report import Report
from advedu.reports import campaign as report
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
