"""`advedu session`: study sessions, who missed one, and how that was made good."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from advedu.commands import registered
from advedu.commands.base import AsOf, DryRun, On
from advedu.commands.field_options import taken, told
from advedu.commands.registered import Number
from advedu.commands.session import Session
from advedu.commands.writing import written
from advedu.errors import NotMissed
from advedu.i18n import N_
from advedu.naming import resolve
from advedu.nouns import registers
from advedu.nouns.model import Member
from advedu.output.report import Report
from advedu.recording import register_records
from advedu.reports import study
from advedu.storage import register_rows, units
from advedu.storage.history import Operation

noun = registered.noun("session")

Members = Annotated[
    list[str],
    typer.Argument(metavar="MEMBER…", help=N_("Members by code, ID number, or name within the session's unit")),
]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help=N_("Why"))]
Mode = Annotated[
    str | None, typer.Option("--mode", metavar="TEXT", help=N_("How it was made good: 集中, 送学上门, 邮寄, 电话"))
]


def _members(session: Session, number: int, names: list[str]) -> list[Member]:
    """Return the members that the words name, within the unit of a session and below it.

    Raises:
        NoSuchRecord: there is no session of that number.
    """
    held = register_records.known(session.connection, registers.named("session"), number)
    unit = units.by_id(session.connection, held["unit"])
    return [resolve.member(session.connection, name, unit) for name in names]


@noun.verb("absent", N_("Put on record who missed a session"))
def absent(
    session: Session, number: Number, members: Members, reason: Reason = None, dry_run: DryRun = False
) -> Report:
    """Record that members missed a session."""
    missed = registers.named("missed")
    why = taken(session, missed, {"reason": reason})

    def body(operation: Operation) -> None:
        for member in _members(session, number, members):
            values = {"session": number, "member": member.id, **why}
            told(missed, lambda: register_records.put(session.connection, missed, values, operation.day), member.label)  # noqa: B023 (now)

    return written(session, body, dry_run=dry_run)


@noun.verb("make-up", N_("Record that members made a missed session good"))
def make_up(
    session: Session, number: Number, members: Members, on: On = None, mode: Mode = None, dry_run: DryRun = False
) -> Report:
    """Record how a missed session was made good."""
    missed = registers.named("missed")
    values = {"made_up_on": session.past_day(on), **taken(session, missed, {"mode": mode})}

    def body(operation: Operation) -> None:
        connection = session.connection
        for member in _members(session, number, members):
            found = register_rows.find(connection, missed, {"session": number, "member": member.id})
            if found is None:
                raise NotMissed(who=member.label, number=number)
            change = partial(register_records.change, connection, missed, found, values, operation.day)
            told(missed, change, member.label)

    return written(session, body, dry_run=dry_run)


@noun.verb("show", N_("Show one session: topic, hours, and who missed it"))
def show(session: Session, number: Number, as_of: AsOf = None) -> Report:
    """Show one session."""
    register_records.known(session.connection, registers.named("session"), number)
    return study.show(session.connection, number, session.as_of(as_of))
