"""Phases of units: open, sign off, close, reopen; and that a gate once passed goes on holding (R3, R4)."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from advedu import errors
from advedu.i18n import _
from advedu.nouns.model import Unit
from advedu.recording.units import refuse_closed, refuse_unopened
from advedu.rules import gates
from advedu.rules.gates import Missing
from advedu.storage import phase_events, units
from advedu.storage.history import Operation
from advedu.storage.phase_events import PhaseClosing, PhaseEvent, PlannedPhase


class Held(NamedTuple):
    """A unit whose phase cannot be closed, and the complete list of why."""

    unit: Unit
    missing: Sequence[Missing]

    @property
    def in_words(self) -> str:
        """The unit and what is missing, as one line."""
        return _("{unit}: {missing}").format(unit=self.unit.label, missing=gates.in_words(self.missing))


class Override(NamedTuple):
    """Why something is done that a gate forbids; `reason` is None when nobody asked for it."""

    reason: str | None = None


def open_(
    connection: sqlite3.Connection, unit: Unit, phase: PlannedPhase, day: str, override: Override, entered: str
) -> None:
    """Open a phase; those before it must be closed.

    Raises:
        NoPhases: the unit owes nothing.
        PhaseState: it is open already, or closed.
        PhaseOutOfOrder: a phase before it is not closed, and nobody overrode that.
        BeforeLastEvent: something later happened to the unit's phases.
        UnitClosed, UnitNotOpen: the unit is closed by then, or opened only later.
    """
    past = _past(connection, unit, day)
    now = phase_events.state(past, phase.id)
    if now != "not_opened":
        raise errors.PhaseState(unit=unit.label, phase=phase.label, state=_(STATES[now]))
    missing = not_closed_before(connection, unit, phase, day)
    if missing and override.reason is None:
        raise errors.PhaseOutOfOrder(unit=unit.label, phase=phase.label, missing=gates.in_words(missing))
    _insert(connection, unit, phase, "open", day, entered, missing, override if missing else Override())


def not_closed_before(connection: sqlite3.Connection, unit: Unit, phase: PlannedPhase, day: str) -> list[Missing]:
    """Return the phases before one that a unit has not closed by a day, as what is missing."""
    past = phase_events.events(connection, unit.id, day)
    before = [
        p.label
        for p in phase_events.phases(connection)
        if p.id < phase.id and phase_events.state(past, p.id) != "closed"
    ]
    return gates.missing(gates.GateFacts(phases=before))


def sign_off(connection: sqlite3.Connection, unit: Unit, phase: PlannedPhase, day: str, entered: str) -> bool:
    """Sign a phase off for the unit above; tell whether that was not on record yet.

    Raises:
        NoSignerAbove: no unit stands above that could.
        PhaseState: the phase is not open.
        BeforeLastEvent, NoPhases, UnitClosed, UnitNotOpen: as in `open_`.
    """
    past = _past(connection, unit, day)
    above = phase_events.signer(connection, unit.id, day)
    if above is None:
        raise errors.NoSignerAbove(unit=unit.label)
    now = phase_events.state(past, phase.id)
    if now != "open":
        raise errors.PhaseState(unit=unit.label, phase=phase.label, state=_(STATES[now]))
    if phase_events.signed(past, phase.id):
        return False
    _insert(connection, unit, phase, "sign_off", day, entered, by=above)
    return True


def close(
    connection: sqlite3.Connection,
    chosen: Sequence[Unit],
    phase: PlannedPhase,
    day: str,
    override: Override,
    entered: str,
) -> list[Held]:
    """Close a phase of units, those below before those above; return those that are held open, with reasons.

    An override closes these too: what was missing stays on record with the reason.

    Raises:
        PhaseState: the phase of a unit is not open.
        BeforeLastEvent, NoPhases, UnitClosed, UnitNotOpen: as in `open_`.
    """
    held = []
    for unit in _deepest_first(connection, chosen, day):
        now = phase_events.state(_past(connection, unit, day), phase.id)
        if now != "open":
            raise errors.PhaseState(unit=unit.label, phase=phase.label, state=_(STATES[now]))
        wanted = PhaseClosing(unit.id, phase.id, day)
        missing = gates.missing(phase_events.facts(connection, [wanted])[wanted])
        if missing and override.reason is None:
            held.append(Held(unit, missing))
        else:
            _insert(connection, unit, phase, "close", day, entered, missing, override if missing else Override())
    return held


def reopen(
    connection: sqlite3.Connection, unit: Unit, phase: PlannedPhase, day: str, reason: str, entered: str
) -> None:
    """Reopen a closed phase; its earlier closing stays in history, and its sign-off no longer counts.

    Raises:
        PhaseState: the phase is not closed.
        BeforeLastEvent, NoPhases, UnitClosed, UnitNotOpen: as in `open_`.
    """
    now = phase_events.state(_past(connection, unit, day), phase.id)
    if now != "closed":
        raise errors.PhaseState(unit=unit.label, phase=phase.label, state=_(STATES[now]))
    _insert(connection, unit, phase, "reopen", day, entered, override=Override(reason), overridden=False)


STATES = {
    "not_opened": errors.N_("not begun"),
    "open": errors.N_("under way"),
    "closed": errors.N_("ended"),
}


def open_below(connection: sqlite3.Connection, top: Unit, phase: PlannedPhase, day: str, state: str) -> list[Unit]:
    """Return the units of a subtree that owe something, are not closed, and whose phase stands like that."""
    found = []
    for id_, _depth in units.subtree(connection, top.id):
        unit = units.by_id(connection, id_)
        gone = unit.closed_on is not None and unit.closed_on <= day
        if (
            not gone
            and phase_events.owing(connection, id_)
            and phase_events.state(phase_events.events(connection, id_), phase.id) == state
        ):
            found.append(unit)
    return found


def _past(connection: sqlite3.Connection, unit: Unit, day: str) -> list[PhaseEvent]:
    """Return what happened to a unit's phases, after making sure that something may happen on a day."""
    if not phase_events.owing(connection, unit.id):
        raise errors.NoPhases(unit=unit.label)
    refuse_closed(unit, day)
    refuse_unopened(unit, day)
    past = phase_events.events(connection, unit.id)
    if past and past[-1].happened_on > day:
        raise errors.BeforeLastEvent(unit=unit.label, day=day, last=past[-1].happened_on)
    return past


def _deepest_first(connection: sqlite3.Connection, chosen: Sequence[Unit], day: str) -> list[Unit]:
    return sorted(chosen, key=lambda unit: -len(units.ancestors(connection, unit.id, day)))


def _insert(
    connection: sqlite3.Connection,
    unit: Unit,
    phase: PlannedPhase,
    event: str,
    day: str,
    entered: str,
    missing: Sequence[Missing] = (),
    override: Override = Override(),  # noqa: B008 (a value, never changed)
    *,
    by: int | None = None,
    overridden: bool = True,
) -> None:
    phase_events.insert(
        connection,
        {
            "unit_id": unit.id,
            "phase_id": phase.id,
            "event": event,
            "happened_on": day,
            "by_unit_id": by,
            "overridden": int(overridden and override.reason is not None),
            "missing": gates.in_words(missing) or None,
            "reason": override.reason,
            "entered_on": entered,
        },
    )


# ── a gate once passed goes on holding ──


def broken(
    connection: sqlite3.Connection, unit_ids: Iterable[int] | None = None
) -> list[tuple[PhaseEvent, list[Missing]]]:
    """Return the closings, of some units or of all, whose gate does not hold as of their day, and what is missing."""
    closings = phase_events.closed(connection, unit_ids)
    wanted = [PhaseClosing(event.unit_id, event.phase_id, event.happened_on) for event in closings]
    facts = phase_events.facts(connection, wanted)
    found = [(event, gates.missing(facts[each])) for event, each in zip(closings, wanted, strict=True)]
    return [(event, missing) for event, missing in found if missing]


def guard(connection: sqlite3.Connection, operation: Operation) -> None:
    """Refuse an operation that takes away what a phase was closed on.

    Without this a unit could be past a gate that it does not fulfil, and nobody would see an override.

    Raises:
        GateBroken: with the units, and what would be missing.
    """
    from advedu.recording import gates_touched
    from advedu.storage import changes

    touched = gates_touched.touched(connection, changes.changes(connection, operation.first_change))
    found = broken(connection, touched) if touched is None or touched else []
    if found:
        known = {phase.id: phase for phase in phase_events.phases(connection)}
        event, missing = found[0]
        words = gates.in_words(missing)
        if len(found) > 1:
            words = _("{missing} (and {count} more such)").format(missing=words, count=len(found) - 1)
        raise errors.GateBroken(
            unit=units.by_id(connection, event.unit_id).label,
            phase=known[event.phase_id].label,
            day=event.happened_on,
            missing=words,
        )


# What each event finds, and what it leaves behind.
_FROM_TO = {
    "open": ("not_opened", "open"),
    "sign_off": ("open", "open"),
    "close": ("open", "closed"),
    "reopen": ("closed", "open"),
}


def disordered(connection: sqlite3.Connection, first: int, last: int) -> bool:
    """Tell whether an event stands on one that is no longer there, among the units that some changes were about.

    Commands never come to that, but an undo could: the opening of a phase that was closed since, for instance.
    """
    from advedu.storage import changes

    found = {
        int(str(row["unit_id" if change.table == "phase_event" else "id"]))
        for change in changes.each(connection, ("phase_event", "unit"), (), first, last)
        for row in (change.old, change.new)
        if row is not None
    }
    known = [phase.id for phase in phase_events.phases(connection)]
    return any(not _in_order(connection, unit_id, known) for unit_id in found)


def _in_order(connection: sqlite3.Connection, unit_id: int, known: Sequence[int]) -> bool:
    past = phase_events.events(connection, unit_id)
    closed_on = units.by_id(connection, unit_id).closed_on if past else None
    if closed_on is not None and closed_on <= past[-1].happened_on:
        return False
    states = dict.fromkeys(known, "not_opened")
    day = ""
    for event in past:
        before, after = _FROM_TO[event.event]
        early = event.event == "open" and any(states[id_] != "closed" for id_ in known if id_ < event.phase_id)
        if event.happened_on < day or states[event.phase_id] != before or (early and not event.overridden):
            return False
        states[event.phase_id], day = after, event.happened_on
    return True
