"""One import, from files that were read to a report: what `import` does, once or for each file that arrives."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from advedu import output
from advedu.commands.import_request import ImportRequest, undisturbed
from advedu.commands.session import Session
from advedu.commands.writing import written
from advedu.errors import AdveduError, BadValue
from advedu.i18n import _
from advedu.importing import headings, run
from advedu.importing.batch import Import
from advedu.importing.run import Prepared
from advedu.importing.sources import ReadFile
from advedu.output.report import Report
from advedu.reports import importing
from advedu.reports import preview as previews
from advedu.storage import backups, heading_memory
from advedu.storage.connection import hold_in_memory, may_spill, translated
from advedu.storage.history import Operation
from advedu.values.wording import error_lines

# Below this an import is over before a bar could be read.
LONG = 3_000


class Outcome(NamedTuple):
    """What an import did; `operation` is None when nothing was written."""

    prepared: Prepared
    batch: Import
    operation: int | None
    preview: previews.Preview | None


def imported(session: Session, wanted: ImportRequest, files: Sequence[ReadFile], *, once: bool = False) -> Outcome:
    """Import files as one operation.

    With `once`, files whose content an operation has imported that is still in force are left alone: the look is
    taken inside the operation, so that of two programs with the same file one does the work.

    Raises:
        KindUnclear: "auto" does not recognise what is in them.
        AlreadyImported: with `once`.
    """
    connection = session.connection
    with undisturbed():
        prepared = run.understood(connection, wanted.kind, files, wanted.mapped, wanted.skipped)
    if once:
        run.refuse_again(connection, prepared.source)
    if not wanted.dry_run:
        with translated(session.path):
            stamp = session.stamp
            session.end_reading()
            backups.automatic(connection, session.path, stamp.operation if stamp else 0)
    if prepared.large:
        may_spill(connection)
    else:
        hold_in_memory(connection)
    preview = None
    with (
        undisturbed(),
        progress(prepared.rows) as tick,
        session.writing(dry_run=wanted.dry_run, source=prepared.source) as operation,
    ):
        if once:
            run.refuse_again(connection, prepared.source)
        batch = run.apply(
            connection,
            operation,
            prepared,
            today=session.today,
            moves_on=wanted.moves_on,
            partial=wanted.partial,
            tick=tick,
        )
        if wanted.dry_run:
            preview = previews.preview(connection, operation)
    return Outcome(prepared, batch, operation.number if operation.written else None, preview)


def report(wanted: ImportRequest, outcome: Outcome, files: Sequence[ReadFile]) -> Report:
    """Return the report of an import, and write the workbook with its errors where one is asked for."""
    paths: list[str] | None = None
    warnings = []
    if wanted.errors is not None:
        try:
            paths = write_errors(wanted.errors, outcome, files, bad_rows=wanted.bad_rows)
        except AdveduError as error:
            # What was imported is imported, and what was rejected is listed: that must not get lost over this.
            why = " — ".join(error_lines(error))
            warnings.append(_("the workbook with the errors was not written: {why}").format(why=why))
    made_for = [layout.mark for _name, layout in outcome.prepared.sheets if layout.mark is not None]
    beside = importing.Beside(outcome.preview, paths, warnings, dropped=wanted.dropped)
    return importing.result(
        outcome.prepared.kind,
        outcome.batch,
        outcome.operation,
        dry_run=wanted.dry_run,
        made_for=made_for,
        beside=beside,
    )


def write_errors(target: str, outcome: Outcome, files: Sequence[ReadFile], *, bad_rows: bool) -> list[str]:
    """Write the workbooks with the errors, one for each file that has some, and return their names.

    Raises:
        CannotWriteOutput, NoRoomInWorkbook: it cannot be written.
    """
    if not outcome.batch.errors:
        return []
    from advedu.forms import returned

    batch = outcome.batch
    contents = returned.workbooks(
        files, outcome.prepared, batch.errors, batch.warnings, batch.corrections, bad_rows=bad_rows
    )
    path = Path(target)
    paths = [path, *(path.with_name(f"{path.stem}-{number}{path.suffix}") for number in range(2, len(contents) + 1))]
    for place, content in zip(paths, contents, strict=False):
        output.save(place, content)
    return [str(place) for place in paths[: len(contents)]]


def forgotten(session: Session, kind: str | None, heading: str, *, dry_run: bool) -> Report:
    """Forget what --map said of a heading, of one kind of file or of all.

    Raises:
        BadValue: nobody said anything of it.
    """

    def body(_operation: Operation) -> None:
        if not heading_memory.forget(session.connection, kind, headings.heading(heading)):
            raise BadValue(option="--forget", value=heading, why=_("no such heading is remembered"))

    return written(session, body, dry_run=dry_run)


@contextmanager
def progress(rows: int) -> Iterator[Callable[[int], None] | None]:
    """Show a bar on standard error while a long import runs; none when that is no terminal."""
    if rows < LONG or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(_("Importing"), total=rows)
        yield lambda count: bar.update(task, advance=count)
