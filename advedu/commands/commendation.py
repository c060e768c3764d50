"""`advedu commendation`: proposals and awards for members and units."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from advedu.commands import registered
from advedu.commands.base import DryRun, On, UnitArgument
from advedu.commands.field_options import told
from advedu.commands.registered import Numbers, changed
from advedu.commands.session import Session
from advedu.commands.writing import written
from advedu.errors import MissingValue
from advedu.i18n import N_, _
from advedu.naming import resolve
from advedu.nouns import registers
from advedu.output.report import Report
from advedu.recording import register_records
from advedu.storage.history import Operation

noun = registered.noun("commendation")
# A proposal looks at what is missing; it has a verb of its own.
del noun.verbs["add"]


@noun.verb(
    "propose",
    N_(
        "Propose a unit, or one of its members\n\n"
        "Refused where somebody has not finished, where the last survey round did not pass, and after the last day:"
        " --override --reason TEXT does it all the same and stays on record."
    ),
)
def propose(
    session: Session,
    unit: UnitArgument,
    honour: Annotated[str, typer.Option("--honour", metavar="TEXT", help=N_("The honour's name"))],
    member: Annotated[
        str | None, typer.Option("--member", metavar="MEMBER", help=N_("The member; without it, the unit itself"))
    ] = None,
    on: On = None,
    override: Annotated[bool, typer.Option("--override", help=N_("Propose although something is missing"))] = False,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help=N_("Why"))] = None,
    dry_run: DryRun = False,
) -> Report:
    """Propose somebody for commendation."""
    day, why = session.past_day(on), (reason or "").strip()
    if override and not why:
        raise MissingValue(option="--reason", why=_("an override carries its reason"))
    register = registers.named("commendation")

    def body(operation: Operation) -> None:
        home = resolve.unit(session.connection, unit)
        values: dict[str, Any] = {"unit": home.id, "honour": honour.strip(), "proposed_on": day}
        if member is not None:
            values["member"] = resolve.member(session.connection, member, home).id
        if override:
            values |= {"overridden": 1, "reason": why}
        told(register, lambda: register_records.add(session.connection, register, values, operation.day))

    return written(session, body, dry_run=dry_run)


@noun.verb("award", N_("Record that proposals were awarded"))
def award(session: Session, numbers: Numbers, on: On = None, dry_run: DryRun = False) -> Report:
    """Record the day on which proposals were awarded."""
    return changed(session, "commendation", numbers, {"awarded_on": session.past_day(on)}, dry_run=dry_run)
