"""`advedu chase`: whom to ring about what, and what was promised on the last call."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from advedu.commands.base import AsOf, DryRun, Noun, On, SomeUnit, UnitArgument
from advedu.commands.field_options import told
from advedu.commands.session import Session, day
from advedu.commands.team import number
from advedu.commands.writing import written
from advedu.i18n import N_
from advedu.naming import resolve
from advedu.nouns import registers
from advedu.output.report import Report
from advedu.recording import register_records
from advedu.reports import chase
from advedu.storage.history import Operation

noun = Noun(N_("Whom to ring about what, and what was promised on the last call"), default="list")


class ChaseBy(StrEnum):
    """What the list is grouped by."""

    TOWN = "town"
    TEAM = "team"


Team = Annotated[str | None, typer.Option("--team", metavar="TEAM", help=N_("Only what this team looks after"))]
Grouped = Annotated[
    ChaseBy, typer.Option("--by", help=N_("What the list is grouped by: town, the unit below the root; or team"))
]
Message = Annotated[bool, typer.Option("--message", help=N_("As plain text, to be pasted into a message"))]


@noun.verb(
    "list",
    N_("Who is late with what, by how many days, whom to ring; what was promised for today comes first"),
    lists=True,
)
def list_(
    session: Session,
    unit: SomeUnit = None,
    team: Team = None,
    by: Grouped = ChaseBy.TOWN,
    message: Message = False,
    as_of: AsOf = None,
) -> Report:
    """List whom to ring."""
    connection = session.connection
    wanted = number(session, team) if team else None
    chosen = ChaseBy.TEAM if wanted is not None else by
    top = resolve.root_or(connection, unit)
    return chase.chase(connection, top, session.as_of(as_of), by=chosen.value, team=wanted, message=message)


@noun.verb("log", N_("Record what was said on the telephone, and when to ring again"))
def log(
    session: Session,
    unit: UnitArgument,
    said: Annotated[str, typer.Option("--said", metavar="TEXT", help=N_("What was said or promised"))],
    again_on: Annotated[
        str | None, typer.Option("--again-on", metavar="DATE", help=N_("The day it was promised for: ring again then"))
    ] = None,
    who: Annotated[str | None, typer.Option("--who", metavar="NAME", help=N_("Who was spoken to"))] = None,
    on: On = None,
    dry_run: DryRun = False,
) -> Report:
    """Record a call."""
    called = session.past_day(on)
    again = None if again_on is None else day(again_on, "--again-on")
    register = registers.named("call")

    def body(operation: Operation) -> None:
        home = resolve.unit(session.connection, unit)
        values: dict[str, Any] = {
            "unit": home.id,
            "called_on": called,
            "said": said.strip(),
            "again_on": again,
            "who": who,
        }
        told(register, lambda: register_records.put(session.connection, register, values, operation.day))

    return written(session, body, dry_run=dry_run)
