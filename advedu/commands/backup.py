"""`advedu backup` and `advedu restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from advedu.commands.base import Noun
from advedu.commands.session import Session
from advedu.errors import CannotWriteOutput, FileExists
from advedu.i18n import N_, _
from advedu.report import Report
from advedu.storage import backups, chain, verify
from advedu.wording import reason

noun = Noun()


@noun.verb("", N_("Write a copy of the file, checked and whole, while others go on working"))
def backup(
    session: Session, target: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The copy to make"))]
) -> Report:
    """Back the file up."""
    if target.exists():
        raise FileExists(path=target)
    try:
        backups.copy_to(session.connection, target)
    except OSError as error:
        raise CannotWriteOutput(path=target, why=reason(error)) from error
    digest = verify.content_digest(session.connection)
    end = chain.stamp(session.connection)
    document = {"file": str(target), "operation": end.operation if end else None, "content_sha256": digest}
    return Report(
        document=document,
        title=_("{path} is a whole copy of {source}").format(path=target, source=session.path),
        notes=[_("SHA-256 of the content: {digest}").format(digest=digest)],
    )
