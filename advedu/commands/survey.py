"""`advedu survey`: satisfaction surveys, their results, and the remedial work after a failed round."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from advedu.commands import registered
from advedu.commands.base import AsOf, DryRun, On, SomeUnit, UnitArgument
from advedu.commands.field_options import read, told
from advedu.commands.session import Session, day
from advedu.commands.writing import written
from advedu.errors import MissingValue, NoSuchRound
from advedu.i18n import N_, _
from advedu.naming import resolve
from advedu.nouns import registers
from advedu.output.report import Report
from advedu.recording import register_records
from advedu.reports import surveys
from advedu.storage import survey_rounds
from advedu.storage.history import Operation

noun = registered.noun("survey")


@noun.verb(
    "result",
    N_(
        "Show every round with its verdict, and the rule it is judged by\n\n"
        "Remedial work stands beside failed rounds. A round passes when each of its sheets does."
    ),
)
def result(session: Session, unit: SomeUnit = None, as_of: AsOf = None) -> Report:
    """Show the results of a unit and all below it."""
    return surveys.result(session.connection, resolve.root_or(session.connection, unit), session.as_of(as_of))


@noun.verb("remedy", N_("Record the remedial work after a failed round: plan and deadline, then that it is done"))
def remedy(
    session: Session,
    unit: UnitArgument,
    round: Annotated[int, typer.Option("--round", min=1, metavar="N", help=N_("The failed round"))],  # noqa: A002
    plan: Annotated[str | None, typer.Option("--plan", metavar="TEXT", help=N_("What is to be done"))] = None,
    deadline: Annotated[
        str | None,
        typer.Option("--deadline", metavar="DATE", help=N_("Until when; by default so many days as the rule says")),
    ] = None,
    done: Annotated[bool, typer.Option("--done", help=N_("It is done"))] = False,
    on: On = None,
    dry_run: DryRun = False,
) -> Report:
    """Record remedial work."""
    if plan is None and deadline is None and not done:
        raise MissingValue(option="--plan | --done", why=_("say what is planned, or that it is done"))
    if on is not None and not done:
        raise MissingValue(option="--done", why=_("--on is the day on which it was done"))
    register = registers.named("remedial")
    values: dict[str, Any] = {"round": round}
    if plan is not None:
        values["plan"] = read(session, register.field("plan"), plan, needed=True)
    if deadline is not None:
        values["deadline"] = day(deadline, "--deadline")
    if done:
        values["done_on"] = session.past_day(on)
    owner = resolve.unit(session.connection, unit)
    if survey_rounds.held_on(session.connection, owner.id, round) is None:
        raise NoSuchRound(unit=owner.label, round=round, code=owner.code)

    def body(operation: Operation) -> None:
        given = {"unit": owner.id, **values}
        told(
            register, lambda: register_records.put(session.connection, register, given, operation.day), _(register.one)
        )

    report = written(session, body, dry_run=dry_run)
    verdict = survey_rounds.verdict(session.connection, owner.id, round, session.today)
    if verdict != "failed":
        report.warnings = [*report.warnings, _("round {round} did not fail: nothing demands this").format(round=round)]
    return report
