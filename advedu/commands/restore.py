"""`advedu restore`: a file from a copy."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from advedu.commands.base import Noun
from advedu.commands.session import Session
from advedu.errors import CannotWriteOutput
from advedu.i18n import N_, _
from advedu.output.report import Report
from advedu.recording import restore
from advedu.values.wording import reason

noun = Noun()


@noun.verb(
    "",
    N_(
        "Bring the file back from a backup\n\n"
        "The backup is verified first, and what it replaces is kept beside the file. A restore that is interrupted"
        " leaves the file as it was."
    ),
)
def run(session: Session, source: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The backup"))]) -> Report:
    """Restore a backup."""
    try:
        kept = restore.restore(session.path, source)
    except OSError as error:
        raise CannotWriteOutput(path=session.path, why=reason(error)) from error
    notes = [_("What it replaced: {path}").format(path=kept)] if kept else []
    return Report(
        document={"file": str(session.path), "restored": str(source), "kept": str(kept) if kept else None},
        title=_("{path} is restored from {source}").format(path=session.path, source=source),
        notes=notes,
    )
