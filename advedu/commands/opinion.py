"""`advedu opinion`: what the masses said, merged into problems."""

from __future__ import annotations

from typing import Annotated

import typer

from advedu.commands import registered
from advedu.commands.base import AsOf, DryRun, SomeUnit
from advedu.commands.registered import Numbers
from advedu.commands.session import Session
from advedu.commands.writing import written
from advedu.errors import NotOfTheUnit
from advedu.i18n import N_, _
from advedu.naming import resolve
from advedu.nouns import registers
from advedu.output.report import Report
from advedu.recording import register_records
from advedu.reports import opinions
from advedu.storage import units
from advedu.storage.history import Operation

noun = registered.noun("opinion")


@noun.verb("merge", N_("Merge opinions into a problem of their unit"))
def merge(
    session: Session,
    numbers: Numbers,
    into: Annotated[int, typer.Option("--into", metavar="NUMBER", help=N_("The rectification item, by its number"))],
    dry_run: DryRun = False,
) -> Report:
    """Let opinions point to a rectification item."""
    opinion, problem = registers.named("opinion"), registers.named("rectification")

    def body(operation: Operation) -> None:
        connection = session.connection
        there = register_records.known(connection, problem, into)["unit"]
        for number in numbers:
            here = register_records.known(connection, opinion, number)["unit"]
            if here != there:
                raise NotOfTheUnit(
                    what=_(opinion.one),
                    number=number,
                    unit=units.by_id(connection, here).label,
                    other=_(problem.one),
                    into=into,
                    there=units.by_id(connection, there).label,
                )
            register_records.change(connection, opinion, number, {"rectification": into}, operation.day)

    return written(session, body, dry_run=dry_run)


@noun.verb("summary", N_("Count opinions by channel and by addressee: items, counts, merged or not"))
def summary(session: Session, unit: SomeUnit = None, as_of: AsOf = None) -> Report:
    """Count the opinions of a unit and all below it."""
    return opinions.summary(session.connection, resolve.root_or(session.connection, unit), session.as_of(as_of))
