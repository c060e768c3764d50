"""`advedu post`: who holds which post from which day to which day."""

from __future__ import annotations

from typing import Annotated

import typer

from advedu.commands import registered
from advedu.commands.base import DryRun, On, UnitArgument
from advedu.commands.field_options import read
from advedu.commands.session import Session
from advedu.commands.writing import written
from advedu.i18n import N_
from advedu.naming import resolve
from advedu.nouns import registers
from advedu.output.report import Report
from advedu.recording import posts
from advedu.storage.history import Operation

noun = registered.noun("post")


@noun.verb("hand-over", N_("Let somebody be a unit's chief from a day on; the present chief's post ends then"))
def hand_over(
    session: Session,
    unit: UnitArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help=N_("The new chief"))],
    on: On = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help=N_("The new chief's title"))] = None,
    dry_run: DryRun = False,
) -> Report:
    """Hand a unit over to another chief."""
    post, day = registers.named("post"), session.past_day(on)
    chief = read(session, post.field("name"), name, "NAME")
    called = None if title is None else read(session, post.field("title"), title)

    def body(operation: Operation) -> None:
        owner = resolve.unit(session.connection, unit)
        posts.hand_over(session.connection, owner, chief, day, called, operation.day)

    return written(session, body, dry_run=dry_run)
