"""`advedu verify`: is the file what its history says?"""

from __future__ import annotations

from typing import Annotated

import typer

from advedu.commands.base import Noun
from advedu.commands.session import Session
from advedu.i18n import N_
from advedu.output.report import Report
from advedu.reports import verification

noun = Noun()


@noun.verb(
    "",
    N_(
        "Check the file itself: integrity, schema, chain, and history against the tables\n\n"
        "Silent and exit code 0 when it is clean, else every finding and exit code 4. An anchor, an operation number"
        " and its hash from an earlier report or a file sent up, also finds a history that was cut off or written anew."
    ),
)
def run(
    session: Session,
    anchor: Annotated[
        list[str] | None,
        typer.Option("--anchor", metavar="OPERATION:HASH", help=N_("As it stands under a report; may be repeated")),
    ] = None,
) -> Report:
    """Verify the file."""
    session.open_suspect()
    return verification.verify(session.connection, [verification.parsed(text) for text in anchor or ()])
