"""`advedu trend`: planned against done over the weeks."""

from __future__ import annotations

from typing import Annotated

import typer

from advedu import naming
from advedu.commands.base import AsOf, Noun, SomeUnit
from advedu.commands.session import Session
from advedu.i18n import N_
from advedu.report import Report
from advedu.reports import trend as report

noun = Noun()


@noun.verb("", N_("Planned against done, week by week, as a chart and as rows"), lists=True)
def trend(
    session: Session,
    unit: SomeUnit = None,
    whole: Annotated[
        bool, typer.Option("--whole", help=N_("Up to the last day planned, not four weeks ahead"))
    ] = False,
    as_of: AsOf = None,
) -> Report:
    """Show the weeks of a unit and all below it."""
    top, day = naming.root_or(session.connection, unit), session.as_of(as_of)
    return report.trend(session.connection, top, day, whole=whole)
