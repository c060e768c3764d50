"""`advedu find`: units, members and teams, by whatever somebody remembers of them."""

from __future__ import annotations

from typing import Annotated

import typer

from advedu.commands.base import Noun, Reveal, Within
from advedu.commands.session import Session
from advedu.i18n import N_
from advedu.naming import resolve
from advedu.output.report import Report
from advedu.reports import find

noun = Noun()


@noun.verb(
    "",
    N_(
        "Find units, members and teams: by code, name or part of it, other name, chief, pinyin, initials or number\n\n"
        "Letters are pinyin or initials, also mixed: wxm, wangxiaoming, wangxm. What fits best comes first."
    ),
    lists=True,
)
def run(
    session: Session,
    words: Annotated[list[str], typer.Argument(metavar="TEXT…", help=N_("What you remember of it"))],
    unit: Within = None,
    reveal: Reveal = False,
) -> Report:
    """Find units, members and teams."""
    within = resolve.unit(session.connection, unit) if unit else None
    found = find.find(session.connection, " ".join(words), within, reveal=reveal)
    return session.revealed(found) if reveal else found
