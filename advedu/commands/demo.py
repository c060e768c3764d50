"""`advedu demo`: the full-size demonstration district."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from advedu.commands.base import Noun
from advedu.commands.session import Session
from advedu.i18n import N_, _
from advedu.report import Report

noun = Noun()
DEFAULT = "demo.db"


@noun.verb(
    "",
    N_(
        "Make the full-size demonstration district: 782 units, 14,972 members\n\n"
        "Real place names, made-up people, always the same; the file goes to --output, else to demo.db, and is pinned"
        " to a day in the middle of the first batch."
    ),
)
def demo(
    session: Session,  # noqa: ARG001 (every verb has one)
    file: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help=N_("The file to make"))] = DEFAULT,
) -> Report:
    """Make the demonstration file."""
    from advedu.demo import DAYS
    from advedu.demo.load import load

    load(Path(file), DAYS[0], _counter() if sys.stderr.isatty() else None)
    return Report(
        document={"file": file},
        title=_("{path} is ready: a demonstration district of 782 units and 14,972 members").format(path=file),
        notes=[_("Look at it: advedu --db {path} status").format(path=file)],
    )


def _counter() -> Callable[[int, int], None]:
    def show(done: int, of: int) -> None:
        end = "\n" if done == of else ""
        print(f"\r{done}/{of}", end=end, file=sys.stderr, flush=True)

    return show
