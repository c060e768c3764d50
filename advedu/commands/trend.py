"""`advedu trend`: planned against done over the weeks."""

from __future__ import annotations

from typing import Annotated

import typer

from advedu.commands.base import AsOf, Noun, SomeUnit
from advedu.commands.session import Session
from advedu.i18n import N_
from advedu.naming import resolve
from advedu.output.report import Report
from advedu.reports import trend

noun = Noun()


@noun.verb("", N_("Planned against done, week by week, as a chart and as rows"), lists=True)
def run(
    session: Session,
    unit: SomeUnit = None,
    whole: Annotated[
        bool, typer.Option("--whole", help=N_("Up to the last day planned, not four weeks ahead"))
    ] = False,
    as_of: AsOf = None,
) -> Report:
    """Show the weeks of a unit and all below it."""
    top, day = resolve.root_or(session.connection, unit), session.as_of(as_of)
    return trend.trend(session.connection, top, day, whole=whole)
