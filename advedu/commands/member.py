"""`advedu member`: the members and where they belong."""

from __future__ import annotations

from typing import Annotated

import typer

from advedu.commands import targets
from advedu.commands.base import AsOf, DryRun, MemberArgument, NewCode, Noun, On, Reveal, SomeUnit, Within
from advedu.commands.field_options import columns, parameter, taken, taking, told
from advedu.commands.session import Session
from advedu.commands.writing import given_code, one_of, written
from advedu.errors import MissingValue, NothingToDo
from advedu.i18n import N_, _
from advedu.naming import resolve
from advedu.nouns.declaration import ADD, EDIT
from advedu.nouns.members import MEMBER
from advedu.output.report import Report
from advedu.recording import members
from advedu.reports import member_pages
from advedu.storage import units
from advedu.storage.history import Operation

noun = Noun(MEMBER.title)

Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help=N_("Why"))]


@noun.verb("add", N_("Add a member to a unit"))
@taking(MEMBER, ADD, parameter("code", NewCode, None), required=True)
def add(session: Session, code: str | None, dry_run: bool, **typed: str | bool | None) -> Report:
    """Add a member."""
    wanted, values = given_code(code), taken(session, MEMBER, typed)

    def body(_operation: Operation) -> None:
        home = units.by_id(session.connection, values.pop("unit"))
        given = columns(MEMBER, values)
        told(MEMBER, lambda: members.add(session.connection, wanted, home, given, session.today))

    return written(session, body, dry_run=dry_run)


@noun.verb("edit", N_("Change what is known of a member; an empty value clears"))
@taking(MEMBER, EDIT, parameter("member", MemberArgument), parameter("unit", Within, None))
def edit(session: Session, member: str, unit: str | None, dry_run: bool, **typed: str | bool | None) -> Report:
    """Change what is known of a member."""
    values = columns(MEMBER, taken(session, MEMBER, typed))
    if not values:
        raise NothingToDo

    def body(_operation: Operation) -> None:
        edited = targets.member(session, member, unit)
        told(MEMBER, lambda: members.edit(session.connection, edited, values))

    return written(session, body, dry_run=dry_run)


@noun.verb("show", N_("Show one member: who it is, tasks, and a leader's nine ones"))
def show(
    session: Session, member: MemberArgument, unit: Within = None, as_of: AsOf = None, reveal: Reveal = False
) -> Report:
    """Show everything known of one member."""
    report = member_pages.show(
        session.connection, targets.member(session, member, unit), session.as_of(as_of), reveal=reveal
    )
    return session.revealed(report) if reveal else report


@noun.verb("list", N_("List members, unit by unit"), lists=True)
def list_(
    session: Session,
    unit: SomeUnit = None,
    leaders: Annotated[bool, typer.Option("--leaders", help=N_("Leaders alone"))] = False,
    gone: Annotated[bool, typer.Option("--left", help=N_("Also those who have left"))] = False,
    reveal: Reveal = False,
    as_of: AsOf = None,
) -> Report:
    """List the members of a unit and all below it."""
    top = resolve.root_or(session.connection, unit)
    day = None if as_of is None else session.as_of(as_of)
    report = member_pages.listed(session.connection, top, leaders=leaders, gone=gone, reveal=reveal, day=day)
    return session.revealed(report) if reveal else report


@noun.verb("transfer", N_("Let a member belong to another unit from a day on; earlier days keep their figures"))
def transfer(
    session: Session,
    member: MemberArgument,
    target: Annotated[str | None, typer.Argument(metavar="[TO]", help=N_("The new unit, by code or full name"))] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="UNIT", help=N_("The same, as an option"))] = None,
    on: On = None,
    unit: Within = None,
    reason: Reason = None,
    dry_run: DryRun = False,
) -> Report:
    """Transfer a member."""
    day = session.past_day(on)
    wanted = one_of("TO", target, to)

    def body(operation: Operation) -> None:
        connection = session.connection
        moved, home = targets.member(session, member, unit), resolve.unit(connection, wanted)
        members.transfer(connection, moved, home, day, reason, operation.day)

    return written(session, body, dry_run=dry_run)


@noun.verb("leave", N_("Let a member belong nowhere from a day on: gone, expelled, passed away"))
def leave(
    session: Session,
    member: MemberArgument,
    on: On = None,
    unit: Within = None,
    reason: Reason = None,
    dry_run: DryRun = False,
) -> Report:
    """Record that a member left."""
    day = session.past_day(on)

    def body(_operation: Operation) -> None:
        members.leave(session.connection, targets.member(session, member, unit), day, reason)

    return written(session, body, dry_run=dry_run)


@noun.verb(
    "rejoin",
    N_(
        "Let somebody who left come back, under a new code, from a day on\n\nThe earlier stay keeps its own record,"
        " days and figures. The new one takes over the ID number and a copy of what was done."
    ),
)
def rejoin(
    session: Session,
    member: MemberArgument,
    target: Annotated[str | None, typer.Argument(metavar="[TO]", help=N_("The unit, by code or full name"))] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="UNIT", help=N_("The same, as an option"))] = None,
    new_code: Annotated[
        str | None, typer.Option("--code", metavar="CODE", help=N_("The new code; assigned when left out"))
    ] = None,
    on: On = None,
    unit: Within = None,
    dry_run: DryRun = False,
) -> Report:
    """Record that somebody came back."""
    day = session.past_day(on)
    wanted, wanted_code = one_of("TO", target, to), given_code(new_code)

    def body(_operation: Operation) -> None:
        connection = session.connection
        members.rejoin(
            connection, targets.member(session, member, unit), resolve.unit(connection, wanted), wanted_code, day
        )

    return written(session, body, dry_run=dry_run)


@noun.verb("missing", N_("Record since when nobody knows where a member is, or that the member was found"))
def missing(
    session: Session,
    member: MemberArgument,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help=N_("The day of the last sign; counted all the same"))
    ] = None,
    was_found: Annotated[bool, typer.Option("--found", help=N_("Found again"))] = False,
    unit: Within = None,
    dry_run: DryRun = False,
) -> Report:
    """Record that a member is missing, or was found."""
    if (since is None) != was_found:
        raise MissingValue(option="--since", why=_("give --since DATE or --found"))
    day = None if since is None else session.past_day(since, "--since")

    def body(_operation: Operation) -> None:
        members.missing(session.connection, targets.member(session, member, unit), day)

    return written(session, body, dry_run=dry_run)
