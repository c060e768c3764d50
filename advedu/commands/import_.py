"""`advedu import`: files of units, members and what they did."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from advedu.commands.base import DryRun, Noun
from advedu.commands.import_request import ImportRequest, undisturbed
from advedu.commands.session import Session
from advedu.errors import BadValue, MissingValue
from advedu.i18n import N_, _
from advedu.importing import delivery, sources
from advedu.nouns import index
from advedu.output.report import Report

noun = Noun()
# How often a watched folder is looked at.
EVERY = 5.0


class ImportKind(StrEnum):
    """What is in the files: every kind of file that is declared, and `auto`."""

    AUTO = "auto"
    # The others are those of the index; nobody here asks for one of them by name.
    vars().update({kind.replace("-", "_").upper(): kind for kind in index.FILES})


@noun.verb(
    "",
    N_(
        "Import units, members, milestones, tasks or nine ones from csv, tsv, xlsx, xls or ods files\n\n"
        "All or nothing: with one error nothing is written, and every error is listed with its row and column."
        " Nobody is moved silently, and an empty cell changes nothing; <clear> in a cell clears."
    ),
)
def import_(
    session: Session,
    kind: Annotated[
        ImportKind,
        typer.Argument(
            metavar="KIND",
            help=N_(
                "units, members, milestones, tasks, nine-ones, posts, bodies, absences, sessions, missed-sessions,"
                " own-milestones, opinions, rectifications, regulations, surveys, remedials, teams, cadres, coverage,"
                " visits, suggestions, contact-points, contact-visits, calls, bulletins, models, publicity,"
                " commendations, trainings; or auto, by the header"
            ),
        ),
    ],
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FILE…", help=N_("files, folders or patterns; - is standard input"))
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", metavar="NAME", help=N_("The sheet to read"))] = None,
    partial: Annotated[bool, typer.Option("--partial", help=N_("Write the good records, list the others"))] = False,
    errors: Annotated[
        str | None,
        typer.Option("--errors", metavar="FILE.xlsx", help=N_("Give the sheet back with the errors at its cells")),
    ] = None,
    bad_rows: Annotated[
        bool, typer.Option("--bad-rows", help=N_("With --errors: give back the rows with errors alone"))
    ] = False,
    moves_on: Annotated[
        str | None,
        typer.Option("--moves-on", metavar="DATE", help=N_("Record another unit or parent as a move on this day")),
    ] = None,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="HEADING=COLUMN", help=N_("Read a heading as this column, by its identifier")),
    ] = None,
    forget: Annotated[
        str | None,
        typer.Option("--forget", metavar="HEADING", help=N_("Forget what --map said of a heading; imports nothing")),
    ] = None,
    dropped: Annotated[bool, typer.Option("--dropped", help=N_("List the rows that are no data"))] = False,
    compare: Annotated[
        str | None,
        typer.Option("--compare", metavar="UNIT", help=N_("Only show how a list of members differs from this unit's")),
    ] = None,
    watch: Annotated[
        str | None,
        typer.Option(
            "--watch",
            metavar="FOLDER",
            help=N_("Watch this folder and import what arrives; to done/ or rejected/ it goes"),
        ),
    ] = None,
    once: Annotated[bool, typer.Option("--once", help=N_("With --watch: import what is there and end"))] = False,
    every: Annotated[
        float | None,
        typer.Option("--every", metavar="SECONDS", help=N_("With --watch: look again after so many seconds")),
    ] = None,
    dry_run: DryRun = False,
) -> Report:
    """Import files as one operation."""
    if forget is not None:
        _alone("--forget", files=files, errors=errors, compare=compare, watch=watch, map=map_)
        from advedu.commands import import_once

        return import_once.forgotten(session, None if kind is ImportKind.AUTO else kind.value, forget, dry_run=dry_run)
    if watch is not None:
        _alone("--watch", files=files, errors=errors, compare=compare, dry_run=dry_run)
    elif compare is not None:
        _alone("--compare", errors=errors, partial=partial, moves_on=moves_on)
    if watch is None and (once or every is not None):
        raise BadValue(option="--once" if once else "--every", value="", why=_("it says nothing without --watch"))
    moves = None if moves_on is None else session.past_day(moves_on, "--moves-on")
    wanted = ImportRequest(kind.value, partial, moves, dry_run, errors, bad_rows, _mapped(map_), dropped)
    if watch is not None:
        return _watched(session, wanted, watch, sheet, once=once, every=EVERY if every is None else every)
    if bad_rows and errors is None:
        raise MissingValue(option="--errors", why=_("--bad-rows says what goes into it"))
    if not files:
        raise MissingValue(option="FILE", why=_("name the file to import"))
    return _imported(session, wanted, files, sheet, compare)


def _imported(
    session: Session, wanted: ImportRequest, files: list[str], sheet: str | None, compare: str | None
) -> Report:
    """Import files as one operation, or compare them with the members of a unit."""
    found = delivery.expanded(files)
    if wanted.errors is not None:
        _check_errors_path(wanted.errors, found.paths)
    with undisturbed():
        read = [sources.read(path, sheet, _load) for path in found.paths]
    if compare is not None:
        return _compared(session, wanted, read, compare)
    from advedu.commands import import_once

    wanted = wanted._replace(skipped=found.skipped)
    return import_once.report(wanted, import_once.imported(session, wanted, read), read)


def _check_errors_path(target: str, paths: list[str]) -> None:
    """Refuse a place for the workbook with the errors before anything is imported.

    Raises:
        BadValue: it is no name of a workbook, its folder is not there, or it is one of the files to import.
    """
    path = Path(target)
    if path.suffix.lower() != ".xlsx":
        raise BadValue(option="--errors", value=target, why=_("expected a name that ends in .xlsx"))
    if not path.parent.is_dir():
        raise BadValue(option="--errors", value=target, why=_("there is no such folder"))
    if any(each != "-" and Path(each).resolve() == path.resolve() for each in paths):
        raise BadValue(option="--errors", value=target, why=_("this is the file to import; choose another name"))


def _load() -> None:
    """Load what comes after the reading."""
    import advedu.commands.import_once  # noqa: F401


def _mapped(pairs: list[str] | None) -> dict[str, str]:
    """Return heading → identifier out of HEADING=COLUMN."""
    mapped = {}
    for pair in pairs or ():
        heading, sign, column = pair.rpartition("=")
        if not (sign and heading.strip() and column.strip()):
            raise typer.BadParameter(_("{pair} is not HEADING=COLUMN").format(pair=pair), param_hint="--map")
        mapped[heading.strip()] = column.strip()
    return mapped


def _alone(option: str, **others: object) -> None:
    """Refuse what cannot be asked for together with an option.

    Raises:
        BadValue: with the option.
    """
    for name, value in others.items():
        if value:
            word = "FILE" if name == "files" else f"--{name.replace('_', '-')}"
            raise BadValue(option=option, value=word, why=_("it cannot be combined with {other}").format(other=word))


def _watched(
    session: Session, wanted: ImportRequest, folder: str, sheet: str | None, *, once: bool, every: float
) -> Report:
    """Import what arrives in a folder."""
    from advedu.commands.watch import Watch

    if not Path(folder).is_dir():
        raise BadValue(option="--watch", value=folder, why=_("this is no folder"))
    if every <= 0:
        raise BadValue(option="--every", value=every, why=_("it must be more than 0"))
    return Watch(session, wanted, Path(folder), sheet).run(once=once, every=every)


def _compared(session: Session, wanted: ImportRequest, read: list[sources.ReadFile], unit: str) -> Report:
    """Compare a list of members with those of a unit: an import that is never kept."""
    from advedu.importing import run
    from advedu.naming import resolve
    from advedu.reports import compare as comparing

    top = resolve.unit(session.connection, unit)
    prepared = run.understood(session.connection, wanted.kind, read, wanted.mapped)
    if prepared.kind != "members":
        raise BadValue(option="--compare", value=prepared.kind, why=_("only lists of members are compared"))
    today = session.today
    with undisturbed(), session.writing(dry_run=True) as operation:
        batch = run.apply(
            session.connection, operation, prepared, today=today, moves_on=today, partial=True, gates=False
        )
        found = comparing.differences(session.connection, operation, batch, top)
        # Nor do closed phases have anything to hold at the end.
        operation.abandon()
    return comparing.compared(batch, top, found)
