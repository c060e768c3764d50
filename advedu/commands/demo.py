"""`advedu demo`: the full-size demonstration district."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from advedu.commands.base import Noun
from advedu.commands.session import Session, day
from advedu.errors import BadValue
from advedu.i18n import N_, _
from advedu.output.report import Report

noun = Noun()
DEFAULT = "demo.db"


@noun.verb(
    "",
    N_(
        "Make the full-size demonstration district: 782 units, 14,972 members\n\n"
        "Real place names, made-up people, always the same; the file goes to --output, else to demo.db, and is pinned"
        " to a day: 2005-03-21, in the middle of the first batch, or 2006-06-20, near the end of the campaign.\n\n"
        "--sheets gives the csv files that its units sent in, to practise importing with."
    ),
)
def demo(
    session: Session,  # noqa: ARG001 (every verb has one)
    file: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help=N_("The file to make; else demo.db"))
    ] = None,
    stands_on: Annotated[
        str | None, typer.Option("--day", metavar="DATE", help=N_("The day on which the file stands"))
    ] = None,
    sheets: Annotated[
        str | None,
        typer.Option("--sheets", metavar="FOLDER", help=N_("Make a folder with the sheets instead of a file")),
    ] = None,
) -> Report:
    """Make the demonstration file, or a folder with its sheets."""
    from advedu.demo import TOTALS

    usual = next(iter(TOTALS))
    wanted = usual if stands_on is None else day(stands_on, "--day")
    if wanted not in TOTALS:
        raise BadValue(option="--day", value=wanted, why=_("expected one of: {known}").format(known=", ".join(TOTALS)))
    if sheets is None:
        return _file(file or DEFAULT, wanted)
    if file is not None:
        why = _("it cannot be combined with {other}").format(other="--sheets")
        raise BadValue(option="--output", value=file, why=why)
    return _folder(sheets, wanted)


def _file(file: str, stands_on: str) -> Report:
    from advedu.demo import TOTALS
    from advedu.demo.load import load

    units, members = TOTALS[stands_on]
    load(Path(file), stands_on, _counter() if sys.stderr.isatty() else None)
    return Report(
        document={"file": file},
        title=_("{path} is ready: a demonstration district of {units} units and {members:,} members").format(
            path=file, units=units, members=members
        ),
        notes=[_("Look at it: advedu --db {path} status").format(path=file)],
    )


def _folder(folder: str, stands_on: str) -> Report:
    from advedu.demo.unpack import README, unpack

    count = unpack(Path(folder), stands_on)
    return Report(
        document={"folder": folder, "sheets": count},
        title=_("{path} is ready: {count} sheets of the demonstration district").format(path=folder, count=count),
        notes=[_("How to import them: {path}").format(path=Path(folder) / README)],
    )


def _counter() -> Callable[[int, int], None]:
    def show(done: int, of: int) -> None:
        end = "\n" if done == of else ""
        print(f"\r{done}/{of}", end=end, file=sys.stderr, flush=True)

    return show
