"""`advedu pin`: the file's own day."""

from __future__ import annotations

from typing import Annotated

import typer

from advedu.commands.base import DryRun, Noun
from advedu.commands.session import Session, day
from advedu.commands.writing import written
from advedu.errors import MissingValue
from advedu.i18n import N_, _
from advedu.output.report import Report
from advedu.storage import campaign
from advedu.storage.history import Operation

noun = Noun()


@noun.verb(
    "",
    N_(
        "Pin the file's own day, or give it back to the calendar\n\n"
        "Reports of a pinned file are as of that day, and what is recorded is dated on it, until it is pinned elsewhere"
        " or --off."
    ),
)
def pin(
    session: Session,
    date: Annotated[str | None, typer.Argument(metavar="[DATE]", help=N_("The day"))] = None,
    off: Annotated[bool, typer.Option("--off", help=N_("Go by the calendar again"))] = False,
    dry_run: DryRun = False,
) -> Report:
    """Pin the day."""
    if (date is None) != off:
        raise MissingValue(option="DATE", why=_("give a day, or --off"))
    wanted = None if date is None else day(date, "DATE")

    def body(_: Operation) -> None:
        campaign.pin(session.connection, wanted)

    return written(session, body, dry_run=dry_run)
