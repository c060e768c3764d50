"""`advedu overdue`: who is late with what."""

from __future__ import annotations

from typing import Annotated

import typer

from advedu import naming
from advedu.commands.base import AsOf, Noun, SomeUnit
from advedu.commands.session import Session
from advedu.i18n import N_
from advedu.report import Report
from advedu.reports import overdue as report

noun = Noun()


@noun.verb("", N_("Who is late with what, most days first, and whom to ring"))
def overdue(
    session: Session,
    unit: SomeUnit = None,
    as_of: AsOf = None,
    check: Annotated[bool, typer.Option("--check", help=N_("Leave with exit code 4 when anything is overdue"))] = False,
) -> Report:
    """List overdue milestones."""
    top = naming.root_or(session.connection, unit)
    return report.overdue(session.connection, top, session.as_of(as_of), check=check, pinned_on=session.pinned_on)
