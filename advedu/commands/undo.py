"""`advedu undo`: take an operation back."""

from __future__ import annotations

from typing import Annotated

import typer

from advedu.commands.base import DryRun, Noun
from advedu.commands.session import Session
from advedu.i18n import N_
from advedu.output.report import Report
from advedu.recording import undo
from advedu.reports import change_lines

noun = Noun()


@noun.verb(
    "",
    N_(
        "Take an operation back: the last one, or an earlier one whose rows nobody changed since\n\n"
        "Every row is put to what it was before, an import of thousands of rows in one go. An undo is an operation"
        " itself and can be undone."
    ),
)
def run(
    session: Session,
    operation: Annotated[
        int | None, typer.Argument(metavar="[OPERATION]", help=N_("Its number; see log. The last one by default"))
    ] = None,
    dry_run: DryRun = False,
) -> Report:
    """Undo an operation."""
    with session.writing(dry_run=dry_run) as under_way:
        number = undo.undo(session.connection, operation)
        under_way.takes_back(number)
        make = change_lines.receipt(session.connection, under_way)
    return make()
