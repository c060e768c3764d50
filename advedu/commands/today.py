"""`advedu today`: the first page of the day."""

from __future__ import annotations

from advedu import naming
from advedu.commands.base import AsOf, Noun, SomeUnit
from advedu.commands.session import Session
from advedu.i18n import N_
from advedu.report import Report
from advedu.reports import today as report

noun = Noun()


@noun.verb("", N_("The day on one page: what changed since yesterday, what falls due this week, the worst ten"))
def today(session: Session, unit: SomeUnit = None, as_of: AsOf = None) -> Report:
    """Show the day."""
    top, day = naming.root_or(session.connection, unit), session.as_of(as_of)
    return report.today(session.connection, top, day)
