"""`advedu task`: what every member owes."""

from __future__ import annotations

from typing import Annotated

import typer

from advedu.commands import targets
from advedu.commands.base import DryRun, Noun, On, Within
from advedu.commands.member import found
from advedu.commands.milestone import Note, reason_for
from advedu.commands.session import Session
from advedu.commands.writing import written
from advedu.i18n import N_
from advedu.naming import resolve
from advedu.output.report import Report
from advedu.recording import done
from advedu.storage import records
from advedu.storage.history import Operation

noun = Noun(N_("Tasks: what every member owes"))

Words = Annotated[
    list[str],
    typer.Argument(metavar="MEMBER… TASK", help=N_("Members by code, ID number or name, then the task's code or name")),
]


@noun.verb("mark", N_("Record that members did a task; marking again changes the day"))
def mark(
    session: Session,
    words: Words,
    on: On = None,
    unit: Within = None,
    mode: Annotated[
        str | None,
        typer.Option("--mode", metavar="TEXT", help=N_("How they were reached: 集中, 送学上门, 邮寄, 电话")),
    ] = None,
    note: Note = None,
    from_list: targets.FromList = None,
    subtree: targets.Subtree = None,
    excepted: targets.Except = None,
    dry_run: DryRun = False,
) -> Report:
    """Mark a task for members."""
    by = targets.wanted(from_list, subtree, excepted)
    names, wanted = targets.split(words, "TASK", by)
    day = session.past_day(on)
    task = resolve.entry(session.connection, "task", wanted)
    try:
        meant = targets.members(session, names, unit, by, day, task)
    except targets.UnusableList as refused:
        return refused.report

    def body(operation: Operation) -> None:
        for member in meant.owners:
            done.mark_task(session.connection, member, task, day, {"mode": mode, "note": note}, operation.day)

    return written(session, body, dry_run=dry_run, notes=meant.notes)


@noun.verb("unmark", N_("Take back that members did a task; the history keeps it"))
def unmark(session: Session, words: Words, unit: Within = None, dry_run: DryRun = False) -> Report:
    """Take marks back."""
    names, wanted = targets.split(words, "TASK")

    def body(_: Operation) -> None:
        task = resolve.entry(session.connection, "task", wanted)
        for member in [found(session, name, unit) for name in names]:
            records.remove(session.connection, records.TASK_DONE, (member.id, task.id))

    return written(session, body, dry_run=dry_run)


@noun.verb("exempt", N_("Exempt members from a task, with a reason; --lift takes the exemption back"))
def exempt(
    session: Session,
    words: Words,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help=N_("Why"))] = None,
    on: On = None,
    unit: Within = None,
    lift: Annotated[bool, typer.Option("--lift", help=N_("Take the exemption back"))] = False,
    dry_run: DryRun = False,
) -> Report:
    """Exempt members from a task."""
    names, wanted = targets.split(words, "TASK")
    why, day = reason_for(reason, lift), session.past_day(on)

    def body(operation: Operation) -> None:
        task = resolve.entry(session.connection, "task", wanted)
        for member in [found(session, name, unit) for name in names]:
            if lift:
                done.unexempt(session.connection, member, task)
            else:
                done.exempt(session.connection, member, task, day, why, operation.day)

    return written(session, body, dry_run=dry_run)
