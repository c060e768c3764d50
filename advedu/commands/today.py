"""`advedu today`: the first page of the day."""

from __future__ import annotations

from advedu.commands.base import AsOf, Noun, SomeUnit
from advedu.commands.session import Session
from advedu.i18n import N_
from advedu.naming import resolve
from advedu.output.report import Report
from advedu.reports import today

noun = Noun()


@noun.verb("", N_("The day on one page: what changed since yesterday, what falls due this week, the worst ten"))
def run(session: Session, unit: SomeUnit = None, as_of: AsOf = None) -> Report:
    """Show the day."""
    top, day = resolve.root_or(session.connection, unit), session.as_of(as_of)
    return today.today(session.connection, top, day)
