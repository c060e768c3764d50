"""`advedu campaign`: the definition in the file."""

from __future__ import annotations

from advedu.commands.base import Noun
from advedu.commands.session import Session
from advedu.i18n import N_
from advedu.report import Report
from advedu.reports import campaign as report

noun = Noun(N_("The campaign's definition: goals, phases, milestones, tasks, items, rules"))


@noun.verb("show", N_("Show the definition in this file"))
def show(session: Session) -> Report:
    """Show the campaign."""
    return report.show(session.connection)
