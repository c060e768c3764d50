"""`advedu unit`: the tree of Party organizations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from advedu.commands.base import AsOf, DryRun, NewCode, Noun, On, SomeUnit, UnitArgument
from advedu.commands.field_options import columns, parameter, taken, taking
from advedu.commands.session import Session
from advedu.commands.writing import given_code, lines_of, one_of, written
from advedu.errors import NothingToDo
from advedu.i18n import N_, _
from advedu.naming import resolve
from advedu.nouns.declaration import ADD, EDIT
from advedu.nouns.units import UNIT
from advedu.output.report import Report
from advedu.recording import reshaping
from advedu.recording import units as recording
from advedu.reports import unit_pages
from advedu.storage import units as stored_units
from advedu.storage.history import Operation

noun = Noun(UNIT.title)

Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help=N_("Why"))]


@noun.verb("add", N_("Add a unit"))
@taking(UNIT, ADD, parameter("code", NewCode, None), required=True)
def add(session: Session, code: str | None, dry_run: bool, **typed: str | bool | None) -> Report:
    """Add a unit below a parent, or the root."""
    wanted, values = given_code(code), taken(session, UNIT, typed)

    def body(_operation: Operation) -> None:
        above = values.pop("parent", None)
        parent = None if above is None else stored_units.by_id(session.connection, above)
        aliases = values.pop("alias", None)
        added = recording.add(session.connection, wanted, parent, columns(UNIT, values), session.today)
        if aliases is not None:
            recording.rename(session.connection, added, aliases)

    return _shift_warned(written(session, body, dry_run=dry_run), values.get("starts_on"), values.get("shift_reason"))


@noun.verb("edit", N_("Change what is known of a unit; an empty value clears"))
@taking(UNIT, EDIT, parameter("unit", UnitArgument))
def edit(session: Session, unit: str, dry_run: bool, **typed: str | bool | None) -> Report:
    """Change what is known of a unit."""
    values = taken(session, UNIT, typed)
    if not values:
        raise NothingToDo
    stored = {name: given for name, given in values.items() if name != "alias"}

    def body(_operation: Operation) -> None:
        edited = resolve.unit(session.connection, unit)
        recording.edit(session.connection, edited, columns(UNIT, stored))
        if "alias" in values:
            recording.rename(session.connection, edited, values["alias"])

    # Before the writing: the unit may be called by a name that it then no longer bears.
    reason = values.get("shift_reason", resolve.unit(session.connection, unit).shift_reason)
    return _shift_warned(written(session, body, dry_run=dry_run), values.get("starts_on"), reason)


def _shift_warned(report: Report, starts_on: str | None, reason: str | None) -> Report:
    """Add a warning for a start of its own without a reason (D18)."""
    if starts_on and not reason:
        report.warnings = [*report.warnings, _("a start of its own needs a reason: --shift-reason TEXT")]
    return report


@noun.verb("show", N_("Show one unit: who it is, what it owes, what it has done"))
def show(session: Session, unit: UnitArgument, as_of: AsOf = None) -> Report:
    """Show everything known of one unit."""
    return unit_pages.show(session.connection, resolve.unit(session.connection, unit), session.as_of(as_of))


@noun.verb("list", N_("List units, by code"), lists=True)
def list_(session: Session, unit: SomeUnit = None, as_of: AsOf = None) -> Report:
    """List a unit and all below it."""
    return unit_pages.listed(session.connection, resolve.root_or(session.connection, unit), _past(session, as_of))


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
    return unit_pages.tree(session.connection, resolve.root_or(session.connection, unit), depth, _past(session, as_of))


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
    report.warnings = unit_pages.left_behind(session.connection, closed)
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
    name: Annotated[str, typer.Option("--name", help=UNIT.field("name").help)],
    kind: Annotated[str | None, typer.Option("--kind", help=UNIT.field("kind").help)] = None,
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
    values = columns(UNIT, taken(session, UNIT, {"name": name, "kind": kind}))
    wanted_code = given_code(code)
    wanted = [*(members or ()), *(lines_of(members_from) if members_from else ())]

    def body(operation: Operation) -> None:
        connection = session.connection
        whole = resolve.unit(connection, unit)
        leaving = [resolve.member(connection, each, whole) for each in dict.fromkeys(wanted)]
        reshaping.split(connection, whole, wanted_code, values, leaving, day, operation.day)

    return written(session, body, dry_run=dry_run)
