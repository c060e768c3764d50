"""`advedu rectification`: problem, measure, owner, deadline, done, and two publications."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from advedu.commands import registered
from advedu.commands.base import AsOf, DryRun, On, SomeUnit
from advedu.commands.field_options import read
from advedu.commands.registered import Numbers, changed
from advedu.commands.session import Session
from advedu.errors import MissingValue
from advedu.i18n import N_, _
from advedu.naming import resolve
from advedu.nouns import registers
from advedu.nouns.rectification import late, unpublished
from advedu.output.report import Report
from advedu.reports import rectification, register_lists

noun = registered.noun("rectification")


def _text(session: Session, name: str, option: str, text: str | None, why: str) -> object:
    """Return the text of an option that must be given.

    Raises:
        MissingValue: it is not.
    """
    if text is None:
        raise MissingValue(option=option, why=why)
    return read(session, registers.named("rectification").field(name), text, option, needed=True)


@noun.verb("done", N_("Record that items are done"))
def done(session: Session, numbers: Numbers, on: On = None, dry_run: DryRun = False) -> Report:
    """Record the day on which items were done."""
    return changed(session, "rectification", numbers, {"done_on": session.past_day(on)}, dry_run=dry_run)


@noun.verb("publish", N_("Record that measures or results were published, and in which circle"))
def publish(
    session: Session,
    numbers: Numbers,
    measures: Annotated[bool, typer.Option("--measures", help=N_("The measures were published"))] = False,
    results: Annotated[bool, typer.Option("--results", help=N_("The results were published"))] = False,
    circle: Annotated[
        str | None, typer.Option("--circle", metavar="TEXT", help=N_("To whom: all members, the village, …"))
    ] = None,
    on: On = None,
    dry_run: DryRun = False,
) -> Report:
    """Record a publication of items."""
    if measures == results:
        raise MissingValue(option="--measures | --results", why=_("say which of the two was published, not both"))
    kind = "measures" if measures else "results"
    told_to = _text(
        session, f"{kind}_circle", "--circle", circle, _("a publication needs the circle in which it was made")
    )
    values: dict[str, Any] = {f"{kind}_on": session.past_day(on), f"{kind}_circle": told_to}
    return changed(session, "rectification", numbers, values, dry_run=dry_run)


@noun.verb("drop", N_("Drop items that are not to be rectified any more, with a reason"))
def drop(
    session: Session,
    numbers: Numbers,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help=N_("Why"))] = None,
    on: On = None,
    dry_run: DryRun = False,
) -> Report:
    """Drop items; they stay on record and owe nothing more."""
    why = _text(session, "drop_reason", "--reason", reason, _("dropping a problem needs its reason"))
    values: dict[str, Any] = {"dropped_on": session.past_day(on), "drop_reason": why}
    return changed(session, "rectification", numbers, values, dry_run=dry_run)


@noun.verb("list", N_("List the items of a unit and all below it"), lists=True)
def list_(
    session: Session,
    unit: SomeUnit = None,
    open: Annotated[bool, typer.Option("--open", help=N_("Only where something is still to be done"))] = False,  # noqa: A002
    late_: Annotated[bool, typer.Option("--late", help=N_("Only those past their deadline and not done"))] = False,
    unpublished_: Annotated[
        bool, typer.Option("--unpublished", help=N_("Only those whose measures or results are not published"))
    ] = False,
    as_of: AsOf = None,
) -> Report:
    """List items; several options narrow the list down together."""
    day = session.as_of(as_of)
    return register_lists.listed(
        session.connection,
        registers.named("rectification"),
        resolve.root_or(session.connection, unit),
        day,
        only_open=open,
        also=lambda values: (not late_ or late(values, day)) and (not unpublished_ or unpublished(values)),
    )


@noun.verb("summary", N_("Count items unit by unit: found, done, published, late"), lists=True)
def summary(session: Session, unit: SomeUnit = None, as_of: AsOf = None) -> Report:
    """Count the items of a unit and all below it."""
    return rectification.summary(session.connection, resolve.root_or(session.connection, unit), session.as_of(as_of))
