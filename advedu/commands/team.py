"""`advedu team`: supervision and inspection teams, what they look after, and where nobody looks."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from advedu.commands import registered
from advedu.commands.base import AsOf, DryRun, On, Reveal, SomeUnit
from advedu.commands.field_options import told
from advedu.commands.session import Session
from advedu.commands.writing import written
from advedu.i18n import N_
from advedu.naming import resolve
from advedu.nouns import registers
from advedu.output.report import Report
from advedu.recording import register_records
from advedu.reports import teams
from advedu.storage.history import Operation

noun = registered.noun("team")

TeamArgument = Annotated[str, typer.Argument(metavar="TEAM", help=N_("A team's code or name"))]


def number(session: Session, wanted: str) -> int:
    """Return the number of the team of that code or name."""
    field = registers.named("coverage").field("team")
    found: list[int] = []
    told(
        registers.named("coverage"),
        lambda: found.append(register_records.reference(session.connection, field, (), wanted)),
    )
    return found[0]


@noun.verb("cover", N_("Let a team look after units, each with all below it"))
def cover(
    session: Session,
    team: TeamArgument,
    units: Annotated[list[str], typer.Argument(metavar="UNIT…", help=N_("Units by code or full name"))],
    on: On = None,
    dry_run: DryRun = False,
) -> Report:
    """Put units under a team from a day on."""
    day, register = session.past_day(on), registers.named("coverage")

    def body(operation: Operation) -> None:
        chosen = number(session, team)
        for name in units:
            values = {"team": chosen, "unit": resolve.unit(session.connection, name).id, "from_on": day}
            told(register, partial(register_records.add, session.connection, register, values, operation.day))

    return written(session, body, dry_run=dry_run)


@noun.verb("show", N_("Show one team: cadres, units, visits, what is open"))
def show(session: Session, team: TeamArgument, as_of: AsOf = None, reveal: Reveal = False) -> Report:
    """Show everything known of one team."""
    report = teams.show(session.connection, number(session, team), session.as_of(as_of), reveal=reveal)
    return session.revealed(report) if reveal else report


@noun.verb("gaps", N_("List units that nobody looks after, or whom nobody visited for long"), lists=True)
def gaps(
    session: Session,
    unit: SomeUnit = None,
    days: Annotated[
        int | None,
        typer.Option("--days", min=1, metavar="N", help=N_("Not visited for so many days; the rule's by default")),
    ] = None,
    as_of: AsOf = None,
) -> Report:
    """List gaps of supervision."""
    top = resolve.root_or(session.connection, unit)
    return teams.gaps(session.connection, top, session.as_of(as_of), days)
