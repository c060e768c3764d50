"""`advedu suggestion`: what the teams found and suggested, until it is done and verified."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from advedu.commands import registered
from advedu.commands.base import DryRun, On
from advedu.commands.field_options import read
from advedu.commands.registered import Numbers, changed
from advedu.commands.session import Session
from advedu.i18n import N_
from advedu.nouns import registers
from advedu.output.report import Report

noun = registered.noun("suggestion")


@noun.verb("done", N_("Record that suggestions were followed"))
def done(session: Session, numbers: Numbers, on: On = None, dry_run: DryRun = False) -> Report:
    """Record the day on which suggestions were followed."""
    return changed(session, "suggestion", numbers, {"done_on": session.past_day(on)}, dry_run=dry_run)


@noun.verb("verify", N_("Record that the team verified what was done"))
def verify(
    session: Session,
    numbers: Numbers,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help=N_("Who verified it"))] = None,
    on: On = None,
    dry_run: DryRun = False,
) -> Report:
    """Record the day on which what was done was verified."""
    values: dict[str, Any] = {"verified_on": session.past_day(on)}
    if by is not None:
        values["verified_by"] = read(session, registers.named("suggestion").field("verified_by"), by, "--by")
    return changed(session, "suggestion", numbers, values, dry_run=dry_run)
