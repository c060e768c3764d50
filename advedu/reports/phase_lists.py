"""Phases: planned and actual days, what happened, what holds the open ones."""

import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

from advedu.i18n import N_, _
from advedu.nouns.model import Unit
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.recording.phases import STATES, Held
from advedu.reports.no_units import no_units
from advedu.rules import gates
from advedu.storage import figures, phase_events, units
from advedu.storage.figures import Scope
from advedu.storage.phase_events import PhaseClosing, PhaseEvent, PlannedPhase
from advedu.values.dates import add_days, days_between

EVENTS = {
    "open": N_("phase opened"),
    "sign_off": N_("signed off"),
    "close": N_("phase closed"),
    "reopen": N_("reopened"),
}
COLUMNS = (
    Column("unit", N_("Code")),
    Column("unit_name", N_("Unit")),
    Column("phase", N_("Phase")),
    Column("phase_name", N_("Name")),
    Column("planned_from", N_("Planned from")),
    Column("planned_to", N_("Planned until")),
    Column("opened_on", N_("Begun on")),
    Column("signed_off_on", N_("Signed off on")),
    Column("closed_on", N_("Ended on")),
    Column("state", N_("State"), STATES),
    Column("days", N_("Days"), align="right"),
    Column("overridden", N_("Overridden")),
    Column("reason", N_("Reason")),
)


class PhaseStanding(NamedTuple):
    """Where one phase of one unit stands; days are ISO text. In the order of COLUMNS."""

    unit: str
    unit_name: str
    phase: str
    phase_name: str
    planned_from: str | None
    planned_to: str | None
    opened_on: str | None
    signed_off_on: str | None
    closed_on: str | None
    state: str
    days: int | None
    overridden: bool
    reason: str | None


def held(each: Held) -> dict[str, Any]:
    """Return the JSON of a unit that is held open."""
    return {
        "unit": each.unit.code,
        "unit_name": each.unit.name,
        "missing": [missing._asdict() for missing in each.missing],
    }


def line(
    unit: tuple[str, str], zero: str | None, phase: PlannedPhase, past: Sequence[PhaseEvent], day: str
) -> PhaseStanding:
    """Return where a phase of a unit stands on a day, from its events up to then."""
    own = [event for event in past if event.phase_id == phase.id]
    state = phase_events.state(own, phase.id)
    opened = next((event.happened_on for event in own if event.event == "open"), None)
    closed = own[-1].happened_on if state == "closed" else None
    signed = phase_events.signed(own, phase.id)
    last_sign = next((event.happened_on for event in reversed(own) if event.event == "sign_off"), None)
    overridden = [event for event in own if event.overridden]
    reasons = [event.reason for event in own if event.reason]
    return PhaseStanding(
        *unit,
        phase.code,
        phase.name,
        add_days(zero, phase.first_day) if zero else None,
        add_days(zero, phase.last_day) if zero else None,
        opened,
        last_sign if signed else None,
        closed,
        state,
        days_between(opened, closed or day) if opened else None,
        bool(overridden),
        _("; ").join(reasons) or None,
    )


def listed(
    connection: sqlite3.Connection, top: Unit | None, day: str, *, phase_id: int | None = None, overridden: bool = False
) -> Report:
    """Return the phases of a unit and all below it as of a day."""
    if top is None:
        return no_units(COLUMNS)
    known = [phase for phase in phase_events.phases(connection) if phase_id in (None, phase.id)]
    past = phase_events.all_events(connection, day)
    rows = [
        line((code, name), zero, phase, past.get(id_, ()), day)
        for id_, code, name, zero in figures.owing_units(connection, Scope(top.id, day))
        for phase in known
    ]
    if overridden:
        rows = [row for row in rows if row.overridden]
    closed = sum(row.state == "closed" for row in rows)
    note = _("{closed} of {all} phases are closed, {overridden} were overridden.")
    return Report(
        COLUMNS,
        rows,
        head={"as_of": day, "unit": top.code},
        drawn=lambda shown: [_table(shown)] if shown else [],
        title=_("{code} {name} · as of {day}").format(code=top.code, name=top.name, day=day),
        notes=[note.format(closed=closed, all=len(rows), overridden=sum(row.overridden for row in rows))],
    )


def _table(rows: Sequence[PhaseStanding], *, with_unit: bool = True) -> Table:
    heads = (
        *((Head(_("Unit"), least=16),) if with_unit else ()),
        Head(_("Phase"), least=8),
        Head(_("Planned"), least=10),
        Head(_("Begun on"), least=10),
        Head(_("Signed off on"), least=10),
        Head(_("Ended on"), least=10),
        Head(_("Days"), "right"),
        Head(_("State"), least=6),
    )
    lines = []
    for row in rows:
        planned = f"{row.planned_from or '?'} – {row.planned_to or '?'}"
        state = _("{state}, overridden: {reason}") if row.overridden else "{state}"
        style = "warn" if row.overridden else "good" if row.state == "closed" else ""
        lines.append(
            [
                *([Cell(f"{row.unit} {row.unit_name}")] if with_unit else []),
                Cell(row.phase_name),
                Cell(planned, "dim"),
                Cell(row.opened_on or ""),
                Cell(row.signed_off_on or ""),
                Cell(row.closed_on or ""),
                Cell("" if row.days is None else str(row.days)),
                Cell(state.format(state=_(STATES[row.state]), reason=row.reason), style),
            ]
        )
    return Table(heads, lines)


def show(connection: sqlite3.Connection, unit: Unit, day: str) -> Report:
    """Return one unit's phases: where they stand on a day, what happened, what holds the open ones."""
    known = phase_events.phases(connection)
    past = phase_events.events(connection, unit.id, day)
    owing = phase_events.owing(connection, unit.id)
    zero = units.day_zero(connection, unit, day)
    rows = [line((unit.code, unit.name), zero, phase, past, day) for phase in known] if owing else []
    wanted = [PhaseClosing(unit.id, p.id, day) for p, row in zip(known, rows, strict=False) if row.state == "open"]
    facts = phase_events.facts(connection, wanted)
    missing = [
        {"phase": phase.code, **each._asdict()}
        for asked in wanted
        for phase in known
        if phase.id == asked.phase_id
        for each in gates.missing(facts[asked])
    ]
    history = [
        {
            "phase": next(phase.code for phase in known if phase.id == event.phase_id),
            "event": event.event,
            "on": event.happened_on,
            "by": units.label(connection, event.by_unit_id) if event.by_unit_id else None,
            "overridden": bool(event.overridden),
            "missing": event.missing,
            "reason": event.reason,
            "entered_on": event.entered_on,
        }
        for event in past
    ]
    document = {
        "as_of": day,
        "unit": unit.code,
        "phases": [row._asdict() for row in rows],
        "events": history,
        "missing": missing,
    }
    return Report(
        COLUMNS,
        rows,
        document=document,
        tables=lambda: [_table(rows, with_unit=False), *_details(known, history, missing)] if rows else [],
        title=_("{unit} · as of {day}").format(unit=unit.label, day=day),
        notes=[] if owing else [_("This unit owes nothing and has no phases.")],
    )


def _details(known: list[PlannedPhase], history: list[dict[str, Any]], missing: list[dict[str, Any]]) -> list[Table]:
    """Return the tables of what holds the open phases, and of what happened."""
    names = {phase.code: phase.name for phase in known}
    found = []
    if missing:
        holding = [[Cell(names[each["phase"]]), Cell(f"! {each['text']}", "bad")] for each in missing]
        found.append(
            Table((Head(_("Phase"), least=8), Head(_("What is missing"))), holding, _("What holds the open phases"))
        )
    if history:
        heads = (
            Head(_("On"), least=10),
            Head(_("Phase"), least=8),
            Head(_("What"), least=6),
            Head(_("Details")),
        )
        lines = [
            [Cell(each["on"]), Cell(names[each["phase"]]), Cell(_(EVENTS[each["event"]])), Cell(_detail(each))]
            for each in history
        ]
        found.append(Table(heads, lines, _("What happened")))
    return found


def _detail(each: dict[str, Any]) -> str:
    parts = [each["by"], each["reason"]]
    if each["overridden"]:
        parts.append(_("overridden; was missing: {missing}").format(missing=each["missing"]))
    return _("; ").join(part for part in parts if part)
