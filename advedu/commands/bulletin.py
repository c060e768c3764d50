"""`advedu bulletin`: drafts, and what went out, numbered without gaps."""

from __future__ import annotations

from advedu.commands import registered
from advedu.commands.base import DryRun, On
from advedu.commands.registered import Numbers, changed
from advedu.commands.session import Session
from advedu.i18n import N_
from advedu.output.report import Report

noun = registered.noun("bulletin")


@noun.verb("issue", N_("Let drafts go out: each gets the next number of the year, and the next through all years"))
def issue(session: Session, numbers: Numbers, on: On = None, dry_run: DryRun = False) -> Report:
    """Record the day on which drafts went out, in the order in which they are named."""
    return changed(session, "bulletin", numbers, {"issued_on": session.past_day(on)}, dry_run=dry_run)
