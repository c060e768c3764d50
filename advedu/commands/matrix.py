"""`advedu matrix`: units × milestones."""

from __future__ import annotations

from typing import Annotated

import typer

from advedu.commands.base import AsOf, Noun, SomeUnit
from advedu.commands.session import Session
from advedu.i18n import N_
from advedu.naming import resolve
from advedu.output.report import Report
from advedu.reports import matrix

noun = Noun()


@noun.verb("", N_("Units × milestones: done, late, not due, exempt, one sign each"), lists=True)
def run(
    session: Session,
    unit: SomeUnit = None,
    late: Annotated[bool, typer.Option("--late", help=N_("Only units with something overdue"))] = False,
    optional: Annotated[bool, typer.Option("--optional", help=N_("Also optional milestones"))] = False,
    as_of: AsOf = None,
) -> Report:
    """Show a unit and all below it against the milestones."""
    top, day = resolve.root_or(session.connection, unit), session.as_of(as_of)
    return matrix.matrix(session.connection, top, day, optional=optional, late=late)
