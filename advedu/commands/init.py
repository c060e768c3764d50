"""`advedu init`: an empty file with a campaign in it."""

from __future__ import annotations

from typing import Annotated

import typer

from advedu.commands.base import Noun
from advedu.commands.session import Session
from advedu.i18n import N_, _
from advedu.output.report import Report
from advedu.rules import definition
from advedu.storage import campaign, connection
from advedu.storage.history import operation

noun = Noun()
DEFAULT = "advanced-nature-2005"


@noun.verb("", N_("Make an empty file with a campaign in it; an existing file is never touched"))
def init(
    session: Session,
    campaign_name: Annotated[
        str,
        typer.Option(
            "--campaign",
            metavar="NAME|FILE.toml",
            help=N_("A definition that ships with advedu, or your own"),
        ),
    ] = DEFAULT,
) -> Report:
    """Make a file and write the definition into it."""
    wanted = definition.load(campaign_name)
    file = connection.create(session.path)
    try:
        with operation(file, session.author, session.calendar_today):
            campaign.save(file, wanted)
    except BaseException:
        file.close()
        session.path.unlink(missing_ok=True)
        raise
    file.close()
    return Report(
        document={"file": str(session.path), "campaign": wanted.code},
        title=_("{path} is ready: {campaign}").format(path=session.path, campaign=wanted.name),
        notes=[_("Next: import your units (`advedu import units FILE`) and members (`advedu import members FILE`).")],
    )
