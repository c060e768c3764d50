"""`advedu overdue`: who is late with what."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from advedu.commands.base import AsOf, Noun, SomeUnit
from advedu.commands.session import Session
from advedu.i18n import N_
from advedu.naming import resolve
from advedu.output.report import Report
from advedu.reports import calls, overdue

noun = Noun()


class OverdueBy(StrEnum):
    """What the rows are."""

    MILESTONE = "milestone"
    CHIEF = "chief"


@noun.verb("", N_("Who is late with what, most days first, and whom to ring"), lists=True)
def run(
    session: Session,
    unit: SomeUnit = None,
    by: Annotated[
        OverdueBy,
        typer.Option("--by", help=N_("A row per milestone, or one per call: a chief with a telephone number")),
    ] = OverdueBy.MILESTONE,
    as_of: AsOf = None,
    check: Annotated[bool, typer.Option("--check", help=N_("Leave with exit code 4 when anything is overdue"))] = False,
) -> Report:
    """List overdue milestones."""
    top, day = resolve.root_or(session.connection, unit), session.as_of(as_of)
    found = overdue.overdue(session.connection, top, day, check=check)
    return calls.grouped(found) if by is OverdueBy.CHIEF else found
