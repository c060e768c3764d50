"""`advedu unit`: the tree of Party organizations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from advedu.commands.base import AsOf, DryRun, Noun, On, SomeUnit, UnitArgument
from advedu.commands.session import Session
from advedu.commands.writing import code as checked_code
from advedu.commands.writing import lines_of, needed, one_of, value, written
from advedu.errors import NothingToDo
from advedu.i18n import N_, _
from advedu.naming import resolve, vocabulary
from advedu.output.report import Report
from advedu.recording import reshaping
from advedu.recording import units as recording
from advedu.reports import units as reports
from advedu.storage.history import Operation
from advedu.values import readers

noun = Noun(N_("Units: the tree of Party organizations"))

Parent = Annotated[
    str | None, typer.Option("--parent", metavar="UNIT", help=N_("The unit above, by code or full name"))
]
Kind = Annotated[
    str | None,
    typer.Option("--kind", help=N_("党委 党组 党工委 党总支 党支部 区委 分组, or committee, party_group, …")),
]
Name = Annotated[str | None, typer.Option("--name", help=N_("The full name"))]
Sector = Annotated[str | None, typer.Option("--sector", help=N_("The sector, by code or name; see campaign show"))]
Batch = Annotated[str | None, typer.Option("--batch", help=N_("1, 2, 3 or 第一批 …; empty: the nearest ancestor's"))]
Chief = Annotated[str | None, typer.Option("--chief", metavar="NAME", help=N_("The person responsible"))]
Alias = Annotated[
    str | None,
    typer.Option("--alias", metavar="NAMES", help=N_("Other names, separated by spaces; they replace those there are")),
]
Phone = Annotated[str | None, typer.Option("--phone", help=N_("The telephone number"))]
StartsOn = Annotated[str | None, typer.Option("--starts-on", metavar="DATE", help=N_("The unit's own first day"))]
ShiftReason = Annotated[
    str | None, typer.Option("--shift-reason", metavar="TEXT", help=N_("Why it starts on another day"))
]
Declared = Annotated[
    str | None,
    typer.Option("--declared-members", metavar="N", help=N_("How many members the unit says it has")),
]
OpenedOn = Annotated[
    str | None,
    typer.Option("--opened-on", metavar="DATE", help=N_("The day from which it exists; else from the beginning")),
]
Municipal = Annotated[
    bool | None,
    typer.Option("--municipal/--no-municipal", help=N_("Whether it is of the city, with its Party relations here")),
]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help=N_("Why"))]


def _values(session: Session, given: dict[str, str | None], municipal: bool | None = None) -> dict[str, object]:
    """Return the columns to set for the options that were given."""
    connection = session.connection
    reading: dict[str, tuple[str, readers.Reader]] = {
        "name": ("--name", readers.text),
        "kind": ("--kind", vocabulary.kinds()),
        "sector_id": ("--sector", vocabulary.listed(connection, "sector")),
        "batch_id": ("--batch", vocabulary.listed(connection, "batch")),
        "chief": ("--chief", readers.text),
        "phone": ("--phone", readers.text),
        "starts_on": ("--starts-on", readers.day),
        "shift_reason": ("--shift-reason", readers.text),
        "declared_members": ("--declared-members", readers.count),
        "opened_on": ("--opened-on", readers.past(readers.day, session.today)),
    }
    read = {name: needed if name in ("name", "kind") else value for name in reading}
    values = {name: read[name](*reading[name], text) for name, text in given.items() if text is not None}
    return values if municipal is None else {**values, "municipal": int(municipal)}


@noun.verb("add", N_("Add a unit"))
def add(
    session: Session,
    name: Annotated[str, typer.Option("--name", help=N_("The full name"))],
    kind: Annotated[
        str,
        typer.Option("--kind", help=N_("党委 党组 党工委 党总支 党支部 区委 分组, or committee, party_group, …")),
    ],
    code: Annotated[str | None, typer.Argument(metavar="[CODE]", help=N_("The code; assigned when left out"))] = None,
    parent: Parent = None,
    sector: Sector = None,
    batch: Batch = None,
    chief: Chief = None,
    phone: Phone = None,
    starts_on: StartsOn = None,
    shift_reason: ShiftReason = None,
    declared_members: Declared = None,
    opened_on: OpenedOn = None,
    municipal: Municipal = None,
    alias: Alias = None,
    dry_run: DryRun = False,
) -> Report:
    """Add a unit below a parent, or the root."""
    values = _values(
        session,
        {
            "name": name,
            "kind": kind,
            "sector_id": sector,
            "batch_id": batch,
            "chief": chief,
            "phone": phone,
            "starts_on": starts_on,
            "shift_reason": shift_reason,
            "declared_members": declared_members,
            "opened_on": opened_on,
        },
        municipal,
    )

    wanted_code = checked_code(code)

    def body(_operation: Operation) -> None:
        above = resolve.unit(session.connection, parent) if parent else None
        added = recording.add(session.connection, wanted_code, above, values, session.today)
        if alias is not None:
            recording.rename(session.connection, added, _aliases(alias))

    return _shift_warned(written(session, body, dry_run=dry_run), starts_on, shift_reason)


@noun.verb("edit", N_("Change what is known of a unit; an empty value clears"))
def edit(
    session: Session,
    unit: UnitArgument,
    name: Name = None,
    kind: Kind = None,
    sector: Sector = None,
    batch: Batch = None,
    chief: Chief = None,
    phone: Phone = None,
    starts_on: StartsOn = None,
    shift_reason: ShiftReason = None,
    declared_members: Declared = None,
    opened_on: OpenedOn = None,
    municipal: Municipal = None,
    alias: Alias = None,
    dry_run: DryRun = False,
) -> Report:
    """Change columns of a unit."""
    given = {
        "name": name,
        "kind": kind,
        "sector_id": sector,
        "batch_id": batch,
        "chief": chief,
        "phone": phone,
        "starts_on": starts_on,
        "shift_reason": shift_reason,
        "declared_members": declared_members,
        "opened_on": opened_on,
    }
    values = _values(session, given, municipal)
    if not values and alias is None:
        raise NothingToDo

    def body(_operation: Operation) -> None:
        edited = resolve.unit(session.connection, unit)
        recording.edit(session.connection, edited, values)
        if alias is not None:
            recording.rename(session.connection, edited, _aliases(alias))

    reason = shift_reason if shift_reason is not None else resolve.unit(session.connection, unit).shift_reason
    return _shift_warned(written(session, body, dry_run=dry_run), starts_on, reason)


def _aliases(text: str) -> str | None:
    found = value("--alias", readers.aliases, text)
    return None if found is None else str(found)


def _shift_warned(report: Report, starts_on: str | None, reason: str | None) -> Report:
    """Add a warning for a start of its own without a reason (D18)."""
    if starts_on and not reason:
        report.warnings = [*report.warnings, _("a start of its own needs a reason: --shift-reason TEXT")]
    return report


@noun.verb("show", N_("Show one unit: who it is, what it owes, what it has done"))
def show(session: Session, unit: UnitArgument, as_of: AsOf = None) -> Report:
    """Show everything known of one unit."""
    return reports.show(session.connection, resolve.unit(session.connection, unit), session.as_of(as_of))


@noun.verb("list", N_("List units, by code"), lists=True)
def list_(session: Session, unit: SomeUnit = None, as_of: AsOf = None) -> Report:
    """List a unit and all below it."""
    return reports.listed(session.connection, resolve.root_or(session.connection, unit), _past(session, as_of))


@noun.verb("tree", N_("Show the tree of units"), lists=True)
def tree(
    session: Session,
    unit: SomeUnit = None,
    depth: Annotated[
        int | None, typer.Option("--depth", min=1, metavar="N", help=N_("How many levels of the tree"))
    ] = None,
    as_of: AsOf = None,
) -> Report:
    """Show a unit and all below it as a tree."""
    return reports.tree(session.connection, resolve.root_or(session.connection, unit), depth, _past(session, as_of))


def _past(session: Session, as_of: str | None) -> str | None:
    """Return the day that a list is wanted of; None for what the file holds now, closed units and future ones too."""
    return None if as_of is None else session.as_of(as_of)


@noun.verb("move", N_("Place a unit below another one from a day on; earlier days keep their figures"))
def move(
    session: Session,
    unit: UnitArgument,
    parent: Annotated[
        str | None, typer.Argument(metavar="[PARENT]", help=N_("The new unit above, by code or full name"))
    ] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="UNIT", help=N_("The same, as an option"))] = None,
    on: On = None,
    reason: Reason = None,
    dry_run: DryRun = False,
) -> Report:
    """Move a unit in the tree."""
    day = session.past_day(on)
    target = one_of("PARENT", parent, to)

    def body(operation: Operation) -> None:
        connection = session.connection
        moved, above = resolve.unit(connection, unit), resolve.unit(connection, target)
        recording.move(connection, moved, above.id, day, reason, operation.day)

    return written(session, body, dry_run=dry_run)


@noun.verb(
    "close",
    N_(
        "Close units from a day on; they leave the counts from then on and stay in history\n\n"
        "Members and units still below a closed unit stay counted until they are transferred or moved."
    ),
)
def close(
    session: Session,
    units: Annotated[list[str], typer.Argument(metavar="UNIT…", help=N_("Units by code or full name"))],
    on: On = None,
    reason: Reason = None,
    dry_run: DryRun = False,
) -> Report:
    """Close units."""
    day = session.past_day(on)
    closed = [resolve.unit(session.connection, each) for each in units]

    def body(_operation: Operation) -> None:
        for unit in closed:
            recording.close(session.connection, unit, day, reason)

    report = written(session, body, dry_run=dry_run)
    report.warnings = reports.left_behind(session.connection, closed)
    return report


@noun.verb(
    "merge",
    N_(
        "Let units be one from a day on\n\nTheir members are transferred, units below them moved, and they are closed,"
        " all in one operation; earlier days keep their figures."
    ),
)
def merge(
    session: Session,
    units: Annotated[list[str], typer.Argument(metavar="UNIT…", help=N_("Units by code or full name"))],
    into: Annotated[str, typer.Option("--into", metavar="UNIT", help=N_("The unit that takes over"))],
    on: On = None,
    reason: Reason = None,
    dry_run: DryRun = False,
) -> Report:
    """Merge units."""
    day = session.past_day(on)

    def body(operation: Operation) -> None:
        connection = session.connection
        merged, target = [resolve.unit(connection, each) for each in units], resolve.unit(connection, into)
        reshaping.merge(connection, merged, target, day, reason, operation.day)

    return written(session, body, dry_run=dry_run)


@noun.verb(
    "split",
    N_(
        "Open a unit beside another one and transfer members to it, from a day on\n\nIt stands below the same unit,"
        " with the same sector, batch and start; earlier days keep their figures."
    ),
)
def split(
    session: Session,
    unit: UnitArgument,
    code: Annotated[str, typer.Argument(metavar="CODE", help=N_("The code of the new unit"))],
    name: Annotated[str, typer.Option("--name", help=N_("The full name"))],
    kind: Kind = None,
    on: On = None,
    members: Annotated[
        list[str] | None,
        typer.Option("--member", metavar="MEMBER", help=N_("Who goes along, by code, ID number or name; repeat it")),
    ] = None,
    members_from: Annotated[
        Path | None,
        typer.Option("--members-from", metavar="FILE", help=N_("The same from the first column of a file")),
    ] = None,
    dry_run: DryRun = False,
) -> Report:
    """Split a unit."""
    day = session.past_day(on)
    values = _values(session, {"name": name, "kind": kind})
    wanted_code = checked_code(code)
    wanted = [*(members or ()), *(lines_of(members_from) if members_from else ())]

    def body(operation: Operation) -> None:
        connection = session.connection
        whole = resolve.unit(connection, unit)
        leaving = [resolve.member(connection, each, whole) for each in dict.fromkeys(wanted)]
        reshaping.split(connection, whole, wanted_code, values, leaving, day, operation.day)

    return written(session, body, dry_run=dry_run)
