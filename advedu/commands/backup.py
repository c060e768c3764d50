"""`advedu backup` and `advedu restore`."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from advedu.commands.base import Noun
from advedu.commands.session import Session
from advedu.errors import CannotWriteOutput, FileExists
from advedu.i18n import N_, _
from advedu.output.report import Report
from advedu.storage import backups, chain, verify
from advedu.storage.connection import connect
from advedu.values.wording import reason

noun = Noun()


@noun.verb("", N_("Write a copy of the file, checked and whole, while others go on working"))
def backup(
    session: Session, target: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The copy to make"))]
) -> Report:
    """Back the file up."""
    if target.exists():
        raise FileExists(path=target)
    session.end_reading()
    try:
        backups.copy_to(session.connection, target)
    except OSError as error:
        raise CannotWriteOutput(path=target, why=reason(error)) from error
    with closing(connect(target)) as copy:
        digest, end = verify.content_digest(copy), chain.stamp(copy)
    # What stands under this report is true of the copy; the file itself may have gone on.
    session.stamp = end
    return Report(
        document={"file": str(target), "operation": end.operation if end else None, "content_sha256": digest},
        title=_("{path} is a whole copy of {source}").format(path=target, source=session.path),
        notes=[_("SHA-256 of the content: {digest}").format(digest=digest)],
    )
