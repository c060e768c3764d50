"""`advedu member`: the members and where they belong."""

from __future__ import annotations

from typing import Annotated

import typer

from advedu.commands.base import AsOf, DryRun, Noun, On, Reveal, SomeUnit, Within
from advedu.commands.session import Session
from advedu.commands.writing import code as checked_code
from advedu.commands.writing import needed, one_of, value, written
from advedu.errors import MissingValue, NothingToDo
from advedu.i18n import N_, _
from advedu.naming import resolve, vocabulary
from advedu.nouns.model import Member
from advedu.output.report import Report
from advedu.recording import members as recording
from advedu.reports import members as reports
from advedu.storage.history import Operation
from advedu.values import readers

noun = Noun(N_("Members: who belongs to which unit"))

MemberArgument = Annotated[
    str, typer.Argument(metavar="MEMBER", help=N_("A member's code, ID number, name or initials (with --unit)"))
]
Name = Annotated[str | None, typer.Option("--name", help=N_("The name"))]
Sex = Annotated[str | None, typer.Option("--sex", help=N_("男 or 女, male or female"))]
BornOn = Annotated[str | None, typer.Option("--born-on", metavar="DATE", help=N_("Day or month of birth"))]
IdNumber = Annotated[str | None, typer.Option("--id-number", metavar="NUMBER", help=N_("The resident ID number"))]
JoinedOn = Annotated[
    str | None, typer.Option("--joined-on", metavar="DATE", help=N_("Day or month of joining the Party"))
]
Status = Annotated[str | None, typer.Option("--status", help=N_("正式党员 or 预备党员, full or probationary"))]
Post = Annotated[str | None, typer.Option("--post", help=N_("The post held"))]
Rank = Annotated[str | None, typer.Option("--rank", help=N_("The rank, such as 副科级"))]
Leader = Annotated[
    bool | None, typer.Option("--leader/--no-leader", help=N_("Whether a leader, who owes the nine ones"))
]
Category = Annotated[
    str | None, typer.Option("--category", help=N_("The category, by code or name; see campaign show"))
]
Phone = Annotated[str | None, typer.Option("--phone", help=N_("The telephone number"))]
ArrivedOn = Annotated[
    str | None,
    typer.Option("--arrived-on", metavar="DATE", help=N_("The day of arrival here; else a member from the beginning")),
]
DistrictBody = Annotated[
    str | None,
    typer.Option(
        "--district-body",
        help=N_("Where a leader of district rank sits: committee, congress, government, consultative"),
    ),
]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help=N_("Why"))]


def found(session: Session, wanted: str, within: str | None) -> Member:
    """Return the member that an argument and --unit name."""
    unit = resolve.unit(session.connection, within) if within else None
    return resolve.member(session.connection, wanted, unit)


def _values(session: Session, given: dict[str, str | None], leader: bool | None) -> dict[str, object]:
    """Return the columns to set for the options that were given."""
    connection = session.connection
    reading: dict[str, tuple[str, readers.Reader]] = {
        "name": ("--name", readers.name),
        "sex": ("--sex", vocabulary.sexes()),
        "born_on": ("--born-on", readers.past(readers.month_or_day, session.today)),
        "id_number": ("--id-number", readers.born_by(readers.id_number, session.today)),
        "joined_on": ("--joined-on", readers.past(readers.month_or_day, session.today)),
        "status": ("--status", vocabulary.statuses()),
        "post": ("--post", readers.text),
        "rank": ("--rank", readers.text),
        "category_id": ("--category", vocabulary.listed(connection, "category")),
        "phone": ("--phone", readers.text),
        "arrived_on": ("--arrived-on", readers.past(readers.day, session.today)),
        "district_body": ("--district-body", vocabulary.district_bodies()),
    }
    read = {name: needed if name == "name" else value for name in reading}
    values = {name: read[name](*reading[name], text) for name, text in given.items() if text is not None}
    return values if leader is None else {**values, "leader": int(leader)}


@noun.verb("add", N_("Add a member to a unit"))
def add(
    session: Session,
    name: Annotated[str, typer.Option("--name", help=N_("The name"))],
    unit: Annotated[str, typer.Option("--unit", metavar="UNIT", help=N_("The unit, by code or full name"))],
    code: Annotated[str | None, typer.Argument(metavar="[CODE]", help=N_("The code; assigned when left out"))] = None,
    sex: Sex = None,
    born_on: BornOn = None,
    id_number: IdNumber = None,
    joined_on: JoinedOn = None,
    status: Status = None,
    post: Post = None,
    rank: Rank = None,
    leader: Leader = None,
    category: Category = None,
    phone: Phone = None,
    arrived_on: ArrivedOn = None,
    district_body: DistrictBody = None,
    dry_run: DryRun = False,
) -> Report:
    """Add a member."""
    given = {"name": name, "sex": sex, "born_on": born_on, "id_number": id_number, "joined_on": joined_on}
    given |= {"status": status, "post": post, "rank": rank, "category_id": category, "phone": phone}
    given |= {"arrived_on": arrived_on, "district_body": district_body}
    values = _values(session, given, leader)

    wanted_code = checked_code(code)

    def body(_operation: Operation) -> None:
        home = resolve.unit(session.connection, unit)
        recording.add(session.connection, wanted_code, home, values, session.today)

    return written(session, body, dry_run=dry_run)


@noun.verb("edit", N_("Change what is known of a member; an empty value clears"))
def edit(
    session: Session,
    member: MemberArgument,
    unit: Within = None,
    name: Name = None,
    sex: Sex = None,
    born_on: BornOn = None,
    id_number: IdNumber = None,
    joined_on: JoinedOn = None,
    status: Status = None,
    post: Post = None,
    rank: Rank = None,
    leader: Leader = None,
    category: Category = None,
    phone: Phone = None,
    arrived_on: ArrivedOn = None,
    district_body: DistrictBody = None,
    dry_run: DryRun = False,
) -> Report:
    """Change columns of a member."""
    given = {"name": name, "sex": sex, "born_on": born_on, "id_number": id_number, "joined_on": joined_on}
    given |= {"status": status, "post": post, "rank": rank, "category_id": category, "phone": phone}
    given |= {"arrived_on": arrived_on, "district_body": district_body}
    values = _values(session, given, leader)
    if not values:
        raise NothingToDo

    def body(_operation: Operation) -> None:
        recording.edit(session.connection, found(session, member, unit), values)

    return written(session, body, dry_run=dry_run)


@noun.verb("show", N_("Show one member: who it is, tasks, and a leader's nine ones"))
def show(
    session: Session, member: MemberArgument, unit: Within = None, as_of: AsOf = None, reveal: Reveal = False
) -> Report:
    """Show everything known of one member."""
    report = reports.show(session.connection, found(session, member, unit), session.as_of(as_of), reveal=reveal)
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
    report = reports.listed(session.connection, top, leaders=leaders, gone=gone, reveal=reveal, day=day)
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
        moved, home = found(session, member, unit), resolve.unit(connection, wanted)
        recording.transfer(connection, moved, home, day, reason, operation.day)

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
        recording.leave(session.connection, found(session, member, unit), day, reason)

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
    wanted, wanted_code = one_of("TO", target, to), checked_code(new_code)

    def body(_operation: Operation) -> None:
        connection = session.connection
        recording.rejoin(connection, found(session, member, unit), resolve.unit(connection, wanted), wanted_code, day)

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
        recording.missing(session.connection, found(session, member, unit), day)

    return written(session, body, dry_run=dry_run)
