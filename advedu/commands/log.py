"""`advedu log`: the history."""

from __future__ import annotations

from typing import Annotated

import typer

from advedu import errors
from advedu.commands.base import Noun
from advedu.commands.session import Session, day
from advedu.i18n import N_
from advedu.naming import resolve
from advedu.output.report import Report
from advedu.reports import log

noun = Noun()


@noun.verb(
    "",
    N_(
        "The history: who changed what, when, from which file\n\nWithout a name the operations; with a unit or a"
        " member every change of it, old and new; with --operation what that one changed."
    ),
    lists=True,
)
def run(
    session: Session,
    whom: Annotated[str | None, typer.Argument(metavar="[UNIT|MEMBER]", help=N_("A unit or a member"))] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help=N_("What this person did"))] = None,
    day_of_entry: Annotated[
        str | None, typer.Option("--day", metavar="DATE", help=N_("What was entered on this day"))
    ] = None,
    imports: Annotated[bool, typer.Option("--imports", help=N_("Imports alone"))] = False,
    affects: Annotated[
        str | None,
        typer.Option("--affects", metavar="DATE", help=N_("What may have changed figures as of this day")),
    ] = None,
    operation: Annotated[
        int | None, typer.Option("--operation", metavar="N", help=N_("What this operation changed"))
    ] = None,
) -> Report:
    """Show the history."""
    connection = session.connection
    if operation is not None:
        return log.operation(connection, operation)
    if whom is None:
        when = None if day_of_entry is None else day(day_of_entry, "--day")
        affected = None if affects is None else day(affects, "--affects")
        return log.operations(connection, who=by, day=when, imports=imports, affects=affected)
    try:
        return log.of(connection, unit_id=resolve.unit(connection, whom).id)
    except errors.NoSuchUnit as no_unit:
        try:
            return log.of(connection, member_id=resolve.member(connection, whom).id)
        except errors.NoSuchMember as no_member:
            close = [str(each.values["nearest"]) for each in (no_unit, no_member) if each.values["nearest"]]
            raise errors.NobodyOfThatName(wanted=no_member.values["wanted"], nearest=", ".join(close)) from None
