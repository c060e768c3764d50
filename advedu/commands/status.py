"""`advedu status`: who is how far."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from advedu.commands.base import AsOf, Noun, SomeUnit
from advedu.commands.session import Session
from advedu.i18n import N_
from advedu.naming import resolve
from advedu.output.report import Report
from advedu.reports import status

noun = Noun()


class StatusBy(StrEnum):
    """What the rows are."""

    TREE = "tree"
    BATCH = "batch"
    SECTOR = "sector"
    TEAM = "team"


@noun.verb("", N_("Who is how far: one row per unit below UNIT, per batch, sector or team"), lists=True)
def run(
    session: Session,
    unit: SomeUnit = None,
    by: Annotated[StatusBy, typer.Option("--by", help=N_("What the rows are"))] = StatusBy.TREE,
    depth: Annotated[int, typer.Option("--depth", min=1, metavar="N", help=N_("How many levels of the tree"))] = 1,
    as_of: AsOf = None,
) -> Report:
    """Show figures for a unit's children, or by batch or sector."""
    day = session.as_of(as_of)
    top = resolve.root_or(session.connection, unit)
    return status.status(session.connection, top, day, by=by.value, depth=depth)
