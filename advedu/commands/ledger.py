"""`advedu ledger`: control totals, who came and went, and what does not fit."""

from __future__ import annotations

from typing import Annotated

import typer

from advedu.commands.base import AsOf, DryRun, Noun, On, SomeUnit
from advedu.commands.session import Session
from advedu.commands.writing import written
from advedu.i18n import N_
from advedu.naming import resolve
from advedu.output.report import Report
from advedu.recording import ledger
from advedu.reports import ledger_page
from advedu.storage.history import Operation

noun = Noun(N_("Control totals: who came and went, and what does not fit"), default="show")


@noun.verb(
    "show",
    N_(
        "Show the ledger; the verb may be left out: advedu ledger [UNIT]\n\nControl totals, in and out by name,"
        " declared members against counted ones, and who has no unit, batch or whereabouts."
    ),
    lists=True,
)
def show(session: Session, unit: SomeUnit = None, as_of: AsOf = None) -> Report:
    """Show the ledger."""
    top = resolve.root_or(session.connection, unit)
    return ledger_page.ledger(session.connection, top, session.as_of(as_of))


@noun.verb("set", N_("Write the control totals of a day: so many units and members there were at its end"))
def set_(
    session: Session,
    units: Annotated[int, typer.Option("--units", min=0, metavar="N", help=N_("Grassroots units"))],
    members: Annotated[int, typer.Option("--members", min=0, metavar="N", help=N_("Members"))],
    on: On = None,
    dry_run: DryRun = False,
) -> Report:
    """Set the control totals."""
    day = session.past_day(on)

    def body(operation: Operation) -> None:
        ledger.set_baseline(session.connection, day, units, members, operation.day)

    return written(session, body, dry_run=dry_run)
