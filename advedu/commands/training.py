"""`advedu training`: remedial training of persons."""

from __future__ import annotations

from advedu.commands import registered
from advedu.commands.base import DryRun, On
from advedu.commands.registered import Numbers, changed
from advedu.commands.session import Session
from advedu.i18n import N_
from advedu.output.report import Report

noun = registered.noun("training")


@noun.verb("done", N_("Record that trainings were completed"))
def done(session: Session, numbers: Numbers, on: On = None, dry_run: DryRun = False) -> Report:
    """Record the day on which trainings were completed."""
    return changed(session, "training", numbers, {"done_on": session.past_day(on)}, dry_run=dry_run)
