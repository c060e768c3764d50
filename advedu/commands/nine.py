"""`advedu nine`: the nine ones and the four leads of leaders."""

from __future__ import annotations

from typing import Annotated

import typer

from advedu.commands import marks, targets
from advedu.commands.base import AsOf, DryRun, MemberArgument, Noun, On, SomeUnit, Within
from advedu.commands.session import Session
from advedu.commands.writing import written
from advedu.i18n import N_
from advedu.naming import resolve
from advedu.nouns.marks import ITEM
from advedu.output.report import Report
from advedu.recording import done
from advedu.reports import nine
from advedu.storage.history import Operation

noun = Noun(ITEM.title)

Words = Annotated[
    list[str],
    typer.Argument(metavar="MEMBER… ITEM", help=N_("Leaders by code, ID number or name, then the item's code or name")),
]
Item = Annotated[str, typer.Argument(metavar="ITEM", help=N_("N1 … N9, L1 … L4, or the item's name"))]


noun.verb("tick", N_("Record that a leader did an item on a day; several days may stand beside one another"))(
    marks.mark(ITEM, Words)
)


@noun.verb("untick", N_("Take back an item: the day given, or all its days; the history keeps it"))
def untick(
    session: Session,
    member: MemberArgument,
    item: Item,
    on: On = None,
    unit: Within = None,
    dry_run: DryRun = False,
) -> Report:
    """Take ticks back."""
    day = None if on is None else session.past_day(on)

    def body(_: Operation) -> None:
        leader, entry = targets.member(session, member, unit), resolve.entry(session.connection, "item", item)
        done.unmark(session.connection, "item", leader, entry, day)

    return written(session, body, dry_run=dry_run)


@noun.verb("show", N_("Show one leader's items with their days"))
def show(
    session: Session,
    member: MemberArgument,
    item: Annotated[
        str | None, typer.Argument(metavar="[ITEM]", help=N_("N1 … N9, L1 … L4, or the item's name"))
    ] = None,
    as_of: AsOf = None,
    unit: Within = None,
) -> Report:
    """Show one leader."""
    entry = resolve.entry(session.connection, "item", item) if item else None
    return nine.show(session.connection, targets.member(session, member, unit), entry, session.as_of(as_of))


@noun.verb("status", N_("Show how far the leaders are: a row per leader, a column per item"), lists=True)
def status(session: Session, unit: SomeUnit = None, as_of: AsOf = None) -> Report:
    """Show all leaders of a unit and below."""
    top = resolve.root_or(session.connection, unit)
    return nine.status(session.connection, top, session.as_of(as_of))
