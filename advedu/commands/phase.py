"""`advedu phase`: open, sign off, close and reopen the phases of units, and see where they stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from advedu.commands.base import AsOf, DryRun, Noun, On, SomeUnit, UnitArgument
from advedu.commands.session import Session
from advedu.commands.targets import split
from advedu.commands.writing import written
from advedu.errors import MissingValue, PhaseHeld
from advedu.i18n import N_, _
from advedu.naming import resolve
from advedu.nouns.model import Unit
from advedu.output.report import Report
from advedu.recording import phases
from advedu.recording.phases import Held, Override
from advedu.reports import phase_lists
from advedu.storage import phase_events
from advedu.storage.history import Operation
from advedu.storage.phase_events import PlannedPhase

noun = Noun(N_("Phases of units: open, sign off, close, reopen"))

Words = Annotated[
    list[str],
    typer.Argument(metavar="UNIT… PHASE", help=N_("Units by code or full name, then the phase's code or name")),
]
Overriding = Annotated[
    bool, typer.Option("--override", help=N_("Do it although something is missing; stays visible in every report"))
]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help=N_("Why"))]
Subtree = Annotated[
    bool, typer.Option("--subtree", help=N_("Also the units below, each where it may be; the rest is listed"))
]


def _chosen(session: Session, words: list[str]) -> tuple[list[Unit], PlannedPhase]:
    names, wanted = split(words, "PHASE")
    entry = resolve.entry(session.connection, "phase", wanted)
    phase = next(each for each in phase_events.phases(session.connection) if each.id == entry.id)
    lookup = resolve.Lookup(session.connection)
    return [lookup.unit(name) for name in names], phase


def _override(override: bool, reason: str | None) -> Override:
    """Return the override that was asked for.

    Raises:
        MissingValue: an override has no reason, or a reason has no override.
    """
    text = (reason or "").strip()
    if override and not text:
        raise MissingValue(option="--reason", why=_("an override carries its reason"))
    if text and not override:
        raise MissingValue(option="--override", why=_("a reason alone overrides nothing"))
    return Override(text or None)


def _below(session: Session, tops: list[Unit], phase: PlannedPhase, day: str, state: str) -> list[Unit]:
    """Return the units of whole subtrees whose phase stands like that, each once."""
    found = [unit for top in tops for unit in phases.open_below(session.connection, top, phase, day, state)]
    return list({unit.id: unit for unit in found}.values())


def _with_held(report: Report, held: list[Held]) -> Report:
    """Add to a receipt which units are held open, and the complete list of why."""
    report.tail = {**report.tail, "held": [phase_lists.held(each) for each in held]}
    report.warnings = [*report.warnings, *(_("held open: {why}").format(why=each.in_words) for each in held)]
    return report


@noun.verb("open", N_("Open a phase; those before it must be closed"))
def open_(
    session: Session,
    words: Words,
    on: On = None,
    subtree: Subtree = False,
    override: Overriding = False,
    reason: Reason = None,
    dry_run: DryRun = False,
) -> Report:
    """Open a phase of units."""
    day, why = session.past_day(on), _override(override, reason)
    held: list[Held] = []

    def body(operation: Operation) -> None:
        chosen, phase = _chosen(session, words)
        if not subtree:
            for unit in chosen:
                phases.open_(session.connection, unit, phase, day, why, operation.day)
            return
        for unit in _below(session, chosen, phase, day, "not_opened"):
            before = phases.not_closed_before(session.connection, unit, phase, day)
            if before and why.reason is None:
                held.append(Held(unit, before))
            else:
                phases.open_(session.connection, unit, phase, day, why, operation.day)

    return _with_held(written(session, body, dry_run=dry_run), held)


@noun.verb("sign-off", N_("Record that the unit above signed a phase off; closing it needs that"))
def sign_off(
    session: Session, words: Words, on: On = None, subtree: Subtree = False, dry_run: DryRun = False
) -> Report:
    """Sign off a phase of units."""
    day = session.past_day(on)

    def body(operation: Operation) -> None:
        chosen, phase = _chosen(session, words)
        for unit in _below(session, chosen, phase, day, "open") if subtree else chosen:
            phases.sign_off(session.connection, unit, phase, day, operation.day)

    return written(session, body, dry_run=dry_run)


@noun.verb(
    "close",
    N_(
        "Close a phase; refused with the complete list of what is missing\n\n"
        "What belongs to a phase: its required milestones, the members' tasks, missed sessions made good, the units"
        " below of the same batch, the sign-off from above. The last phase also asks for 90 days since the first"
        " opening, for rectification carried through and published, and for a survey that passed."
    ),
)
def close(
    session: Session,
    words: Words,
    on: On = None,
    subtree: Subtree = False,
    override: Overriding = False,
    reason: Reason = None,
    dry_run: DryRun = False,
) -> Report:
    """Close a phase of units."""
    day, why = session.past_day(on), _override(override, reason)
    held: list[Held] = []

    def body(operation: Operation) -> None:
        chosen, phase = _chosen(session, words)
        units = _below(session, chosen, phase, day, "open") if subtree else chosen
        held.extend(phases.close(session.connection, units, phase, day, why, operation.day))
        if held and not subtree:
            missing = _(" / ").join(each.in_words for each in held)
            raise PhaseHeld(phase=phase.label, day=day, missing=missing)

    return _with_held(written(session, body, dry_run=dry_run), held)


@noun.verb("reopen", N_("Reopen a closed phase, with a reason; what was stays in history"))
def reopen(session: Session, words: Words, on: On = None, reason: Reason = None, dry_run: DryRun = False) -> Report:
    """Reopen a phase of units."""
    day, why = session.past_day(on), (reason or "").strip()
    if not why:
        raise MissingValue(option="--reason", why=_("reopening carries its reason"))

    def each(work: Callable[[Unit, PlannedPhase], None]) -> None:
        chosen, phase = _chosen(session, words)
        for unit in chosen:
            work(unit, phase)

    def body(operation: Operation) -> None:
        each(lambda unit, phase: phases.reopen(session.connection, unit, phase, day, why, operation.day))

    return written(session, body, dry_run=dry_run)


@noun.verb("show", N_("Show where a unit's phases stand, what happened to them, and what holds the open ones"))
def show(session: Session, unit: UnitArgument, as_of: AsOf = None) -> Report:
    """Show one unit's phases."""
    return phase_lists.show(session.connection, resolve.unit(session.connection, unit), session.as_of(as_of))


@noun.verb("list", N_("List the phases of a unit and all below it: planned and actual days"), lists=True)
def list_(
    session: Session,
    unit: SomeUnit = None,
    phase: Annotated[str | None, typer.Option("--phase", metavar="PHASE", help=N_("Only this phase"))] = None,
    overridden: Annotated[bool, typer.Option("--overridden", help=N_("Only where something was overridden"))] = False,
    as_of: AsOf = None,
) -> Report:
    """List phases."""
    connection = session.connection
    wanted = resolve.entry(connection, "phase", phase).id if phase else None
    top = resolve.root_or(connection, unit)
    return phase_lists.listed(connection, top, session.as_of(as_of), phase_id=wanted, overridden=overridden)
