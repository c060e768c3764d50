"""`advedu milestone`: what units have reached."""

from __future__ import annotations

from typing import Annotated

import typer

from advedu.commands import targets
from advedu.commands.base import DryRun, Noun, On
from advedu.commands.session import Session
from advedu.commands.writing import written
from advedu.errors import MissingValue
from advedu.i18n import N_, _
from advedu.naming import resolve
from advedu.output.report import Report
from advedu.recording import done
from advedu.storage import records
from advedu.storage.history import Operation

noun = Noun(N_("Milestones: what units have reached"))

Words = Annotated[
    list[str],
    typer.Argument(metavar="UNIT… MILESTONE", help=N_("Units by code or full name, then the milestone's code or name")),
]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help=N_("A note"))]


@noun.verb("mark", N_("Record that units reached a milestone; marking again changes the day"))
def mark(
    session: Session,
    words: Words,
    on: On = None,
    head: Annotated[str | None, typer.Option("--head", metavar="NAME", help=N_("Head of the leading body"))] = None,
    reporter: Annotated[str | None, typer.Option("--reporter", metavar="NAME", help=N_("Who gave the report"))] = None,
    evidence: Annotated[str | None, typer.Option("--evidence", metavar="TEXT", help=N_("What proves it"))] = None,
    note: Note = None,
    from_list: targets.FromList = None,
    subtree: targets.Subtree = None,
    excepted: targets.Except = None,
    dry_run: DryRun = False,
) -> Report:
    """Mark a milestone for units."""
    by = targets.wanted(from_list, subtree, excepted)
    names, wanted = targets.split(words, "MILESTONE", by)
    day = session.past_day(on)
    extras = {"head": head, "reporter": reporter, "evidence": evidence, "note": note}
    milestone = resolve.entry(session.connection, "milestone", wanted)
    try:
        found = targets.units(session, names, by, milestone, day)
    except targets.UnusableList as refused:
        return refused.report

    def body(operation: Operation) -> None:
        rules = done.RecordRules(session.connection)
        for unit in found.owners:
            done.mark_milestone(session.connection, unit, milestone, day, extras, operation.day, rules)

    return written(session, body, dry_run=dry_run, notes=found.notes)


@noun.verb("unmark", N_("Take back that units reached a milestone; the history keeps it"))
def unmark(session: Session, words: Words, dry_run: DryRun = False) -> Report:
    """Take marks back."""
    names, wanted = targets.split(words, "MILESTONE")

    def body(_: Operation) -> None:
        milestone = resolve.entry(session.connection, "milestone", wanted)
        for unit in [resolve.unit(session.connection, name) for name in names]:
            records.remove(session.connection, records.MILESTONE_DONE, (unit.id, milestone.id))

    return written(session, body, dry_run=dry_run)


@noun.verb("exempt", N_("Exempt units from a milestone, with a reason; --lift takes the exemption back"))
def exempt(
    session: Session,
    words: Words,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help=N_("Why"))] = None,
    on: On = None,
    lift: Annotated[bool, typer.Option("--lift", help=N_("Take the exemption back"))] = False,
    dry_run: DryRun = False,
) -> Report:
    """Exempt units from a milestone."""
    names, wanted = targets.split(words, "MILESTONE")
    why, day = reason_for(reason, lift), session.past_day(on)

    def body(operation: Operation) -> None:
        milestone = resolve.entry(session.connection, "milestone", wanted)
        for unit in [resolve.unit(session.connection, name) for name in names]:
            if lift:
                done.unexempt(session.connection, unit, milestone)
            else:
                done.exempt(session.connection, unit, milestone, day, why, operation.day)

    return written(session, body, dry_run=dry_run)


def reason_for(reason: str | None, lift: bool) -> str:
    """Return the reason of an exemption; lifting one needs none.

    Raises:
        MissingValue: there is none.
    """
    if not lift and not (reason or "").strip():
        raise MissingValue(option="--reason", why=_("an exemption carries its reason"))
    return (reason or "").strip()
