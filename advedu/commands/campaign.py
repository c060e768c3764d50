"""`advedu campaign`: the definition in the file, and those that ship with the program."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Annotated

import typer

from advedu.commands import writing
from advedu.commands.base import DryRun, Noun
from advedu.commands.session import Session
from advedu.commands.writing import written
from advedu.errors import CampaignInvalid, MissingValue
from advedu.i18n import N_, _
from advedu.naming import resolve
from advedu.output import save
from advedu.output.report import Report
from advedu.recording import campaign as recording
from advedu.recording import rules
from advedu.reports import campaign_pages, definition_text
from advedu.reports import definition as changed
from advedu.reports import focus as focuses
from advedu.rules import definition
from advedu.rules.definition import Definition
from advedu.storage import campaign
from advedu.storage.history import Operation, Source
from advedu.values import readers
from advedu.values.text import storable

noun = Noun(N_("The campaign's definition: goals, phases, milestones, tasks, items, rules"))


@noun.verb("show", N_("Show the definition in this file"))
def show(session: Session) -> Report:
    """Show the campaign."""
    return campaign_pages.show(session.connection)


@noun.verb(
    "rule",
    N_(
        "List the numbers that the rules use, or set one\n\n"
        "survey_least_percent sets a least satisfaction (0: a sheet fails by the dissatisfied alone),"
        " survey_grades how many grades count towards it: 1 to 3."
    ),
)
def rule(
    session: Session,
    code: Annotated[str | None, typer.Argument(metavar="[CODE]", help=N_("The rule's code"))] = None,
    value: Annotated[int | None, typer.Argument(metavar="[VALUE]", help=N_("Its new value"))] = None,
    dry_run: DryRun = False,
) -> Report:
    """List rules, or set one."""
    if code is None or value is None:
        return campaign_pages.rules(session.connection, None if code is None else rules.known(session.connection, code))

    def body(_operation: Operation) -> None:
        rules.change(session.connection, code, value)

    return written(session, body, dry_run=dry_run)


@noun.verb(
    "focus",
    N_(
        "Show what the units of a sector are to study and to solve, or say it\n\n"
        "Without SECTOR all are listed. An empty text clears. It stands in `advedu unit show`."
    ),
)
def focus(
    session: Session,
    sector: Annotated[str | None, typer.Argument(metavar="[SECTOR]", help=N_("A sector's code or name"))] = None,
    study: Annotated[str | None, typer.Option("--study", metavar="TEXT", help=N_("What to study above all"))] = None,
    problems: Annotated[
        str | None, typer.Option("--problems", metavar="TEXT", help=N_("Which problems to solve above all"))
    ] = None,
    dry_run: DryRun = False,
) -> Report:
    """Show the focus of sectors, or set that of one."""
    known = None if sector is None else resolve.entry(session.connection, "sector", sector).id
    if study is None and problems is None:
        return focuses.focus(session.connection, known)
    if known is None:
        raise MissingValue(option="SECTOR", why=_("name the sector whose focus this is"))
    texts = [
        None if text is None else writing.value(option, readers.text, text) or ""
        for option, text in (("--study", study), ("--problems", problems))
    ]

    def body(_operation: Operation) -> None:
        campaign.set_focus(session.connection, known, *map(_text, texts))

    return written(session, body, dry_run=dry_run)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


@noun.verb("list", N_("List the definitions that ship with advedu"), lists=True)
def list_(session: Session) -> Report:  # noqa: ARG001 (every verb takes one)
    """List what ships."""
    return campaign_pages.shipped()


@noun.verb(
    "export",
    N_(
        "Write the definition in this file as TOML, to change it and apply it again\n\n"
        "It is the text that was applied, comments and all."
    ),
)
def export(
    session: Session,
    file: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE.toml", help=N_("Write to this file instead of the screen")),
    ] = None,
) -> Report:
    """Export the definition."""
    found = definition_text.export(session.connection)
    if file is None or str(file) == "-":
        return found
    save(file, found.text.encode())
    assert found.document is not None
    return Report(
        document={**found.document, "file": str(file)},
        title=_("{path}: the definition {name}, version {version}").format(path=file, **found.document),
        notes=[_("Change it, then: advedu campaign apply {path} --dry-run").format(path=file)],
        warnings=found.warnings,
    )


@noun.verb(
    "apply",
    N_(
        "Make the file hold a changed definition, and show what it changes\n\n"
        "Codes tell the entries: an entry with the same code is the same entry, whatever its name. What was done stays:"
        " an entry that records stand on cannot be left out. The figures of the whole file are shown before and after;"
        " try it with --dry-run first. One operation, which `advedu undo` takes back."
    ),
)
def apply(
    session: Session,
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE.toml",
            help=N_("The changed definition; - for standard input, or the name of one that ships"),
        ),
    ],
    dry_run: DryRun = False,
) -> Report:
    """Apply a definition."""
    wanted = _read(source)
    origin = Source(storable(Path(source).name), hashlib.sha256(wanted.text.encode()).hexdigest())
    with session.writing(dry_run=dry_run, source=origin) as operation:
        connection = session.connection
        before = changed.totals(connection, operation.day)
        applied = recording.apply(connection, storable(source), wanted)
        after = changed.totals(connection, operation.day)
    found = changed.lines(applied.before, applied.after)
    differs = bool(found) or applied.before.text != applied.after.text
    return changed.report(operation, found, before, after, applied.warnings, changed=differs)


def _read(source: str) -> Definition:
    """Return the definition in a file, or on standard input.

    Raises:
        NoSuchCampaign: there is none.
        CampaignInvalid: the text is no definition.
    """
    if source != "-":
        return definition.load(source)
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        why = _("it is not in UTF-8; save it as UTF-8 and try again")
        raise CampaignInvalid(path=source, where=_("the file"), why=why) from error
    return definition.parse(text.replace("\r\n", "\n"), source)
