"""Phases: what happened to them, where each stands, and the facts that their gates look at."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from advedu.nouns.rectification import lacking
from advedu.rules.gates import GateFacts, OpenItem, Survey
from advedu.rules.survey import rounds
from advedu.storage import query, survey_rounds, units
from advedu.values.dates import days_between


class PlannedPhase(NamedTuple):
    """A phase of the definition, with its planned days."""

    id: int
    code: str
    name: str
    first_day: int
    last_day: int

    @property
    def label(self) -> str:
        """Code and name."""
        return f"{self.code} {self.name}"


class PhaseEvent(NamedTuple):
    """One event of a unit's phase."""

    number: int
    unit_id: int
    phase_id: int
    event: str
    happened_on: str
    by_unit_id: int | None
    overridden: int
    missing: str | None
    reason: str | None
    entered_on: str


class PhaseClosing(NamedTuple):
    """A unit's phase, and the day on which it is or was to be closed."""

    unit_id: int
    phase_id: int
    day: str


def phases(connection: sqlite3.Connection) -> list[PlannedPhase]:
    """Return the phases in their order."""
    return [
        PlannedPhase(*row)
        for row in connection.execute("SELECT id, code, name, first_day, last_day FROM phase ORDER BY id")
    ]


def events(connection: sqlite3.Connection, unit_id: int, day: str | None = None) -> list[PhaseEvent]:
    """Return what happened to a unit's phases, in order; up to a day when one is given."""
    rows = connection.execute(
        "SELECT * FROM phase_event WHERE unit_id = ?1 AND (?2 IS NULL OR happened_on <= ?2) ORDER BY number",
        (unit_id, day),
    )
    return [PhaseEvent(*row) for row in rows]


def all_events(connection: sqlite3.Connection, day: str) -> dict[int, list[PhaseEvent]]:
    """Return what happened to all units' phases up to a day, by unit."""
    found: dict[int, list[PhaseEvent]] = {}
    for row in connection.execute("SELECT * FROM phase_event WHERE happened_on <= ? ORDER BY number", (day,)):
        found.setdefault(row[1], []).append(PhaseEvent(*row))
    return found


def insert(connection: sqlite3.Connection, values: Mapping[str, Any]) -> None:
    """Add an event."""
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO phase_event ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))  # noqa: S608


def closed(connection: sqlite3.Connection, unit_ids: Iterable[int] | None = None) -> list[PhaseEvent]:
    """Return the closings that stand and that nobody overrode: of some units, or of all."""
    wanted = None if unit_ids is None else _listed(unit_ids)
    return [PhaseEvent(*row) for row in connection.execute(query("closed_phases"), {"units": wanted})]


def owing(connection: sqlite3.Connection, unit_id: int) -> bool:
    """Tell whether at least one required milestone applies to a unit: others have no phases."""
    row = connection.execute(
        "SELECT 1 FROM unit u LEFT JOIN sector s ON s.id = u.sector_id JOIN milestone_scope a ON a.kind = u.kind"
        " AND a.sector IN ('', coalesce(s.code, '')) JOIN milestone m ON m.id = a.milestone_id AND m.required"
        " WHERE u.id = ?",
        (unit_id,),
    ).fetchone()
    return row is not None


def signer(connection: sqlite3.Connection, unit_id: int, day: str) -> int | None:
    """Return the unit that signs off for another: the nearest above that is no grouping (R4); None at the top."""
    for above in units.ancestors(connection, unit_id, day):
        if units.by_id(connection, above).kind != "group":
            return above
    return None


def signed(found: Iterable[PhaseEvent], phase_id: int) -> bool:
    """Tell whether a phase was signed off since it was last opened."""
    last = None
    for event in found:
        if event.phase_id == phase_id and event.event != "close":
            last = event
    return last is not None and last.event == "sign_off"


def state(found: Iterable[PhaseEvent], phase_id: int) -> str:
    """Return where a phase stands after some events: "not_opened", "open" or "closed"."""
    now = "not_opened"
    for event in found:
        if event.phase_id == phase_id and event.event != "sign_off":
            now = "closed" if event.event == "close" else "open"
    return now


def days_of_study(found: Iterable[PhaseEvent], day: str) -> int:
    """Return the days from the first opening of any phase to a day (D21)."""
    first = min((event.happened_on for event in found if event.event == "open"), default=day)
    return days_between(first, day)


def facts(connection: sqlite3.Connection, wanted: list[PhaseClosing]) -> dict[PhaseClosing, GateFacts]:
    """Return what the gates of some units' phases look at, asked for all of them at once."""
    known = phases(connection)
    last = known[-1].id if known else 0
    least = connection.execute("SELECT value FROM rule WHERE code = 'least_days'").fetchone()
    lines = _lines(connection, wanted)
    told = _gathered(connection, wanted, lines)
    happened = _events_of(connection, wanted)
    found = {}
    for each in wanted:
        past = [event for event in happened.get(each.unit_id, ()) if event.happened_on <= each.day]
        above = next((place.id for place in lines[each][1:] if place.kind != "group"), None)
        final = each.phase_id == last
        found[each] = GateFacts(
            phases=[p.label for p in known if p.id < each.phase_id and state(past, p.id) != "closed"],
            milestones=told["milestones"].get(each, []),
            days=days_of_study(past, each.day) if final and least else None,
            least_days=int(least[0]) if least else 0,
            members=told["members"].get(each, []),
            absences=told["absences"].get(each, []),
            items=_items(connection, each) if final else (),
            survey=_survey(connection, each) if each in told["survey"] else None,
            below=told["below"].get(each, []),
            signer=None if above is None or signed(past, each.phase_id) else units.label(connection, above),
        )
    return found


def _listed(values: Iterable[int | str | None]) -> str:
    """Return whole numbers, days and lists made here as a list in JSON; the json module costs too much for that."""
    texts = (str(value) if not isinstance(value, str) or value[:1] == "[" else f'"{value}"' for value in values)
    return f"[{','.join(texts)}]".replace("None", "null")


class LineOfUnits(NamedTuple):
    """A unit in the line from one up to the root; `batch_id` is its own, of a unit that is open on the day."""

    id: int
    kind: str
    batch_id: int | None


def _lines(connection: sqlite3.Connection, wanted: list[PhaseClosing]) -> dict[PhaseClosing, list[LineOfUnits]]:
    """Return each unit and those above it on its day, asked for all of them at once."""
    found: dict[PhaseClosing, list[LineOfUnits]] = {}
    for unit_id, phase_id, day, *place in connection.execute(
        query("gate_above"), {"wanted": _listed(map(_listed, wanted))}
    ):
        found.setdefault(PhaseClosing(unit_id, phase_id, day), []).append(LineOfUnits(*place))
    return found


def _events_of(connection: sqlite3.Connection, wanted: list[PhaseClosing]) -> dict[int, list[PhaseEvent]]:
    """Return what happened to the phases of some units, in order."""
    found: dict[int, list[PhaseEvent]] = {}
    asked = _listed(each.unit_id for each in wanted)
    rows = connection.execute(
        "SELECT * FROM phase_event WHERE unit_id IN (SELECT value FROM json_each(?)) ORDER BY number", (asked,)
    )
    for row in rows:
        found.setdefault(row[1], []).append(PhaseEvent(*row))
    return found


def _gathered(
    connection: sqlite3.Connection, wanted: list[PhaseClosing], lines: Mapping[PhaseClosing, list[LineOfUnits]]
) -> dict[str, dict[PhaseClosing, list[str]]]:
    """Run the queries of the gates: each returns gate, unit, phase, day and the name of one thing that is missing."""
    batches = {each: next((p.batch_id for p in lines[each] if p.batch_id is not None), None) for each in wanted}
    rows = [(*each, batches[each]) for each in wanted]
    parameters = {"wanted": _listed(map(_listed, rows))}
    gates = ("milestones", "members", "absences", "survey", "below")
    found: dict[str, dict[PhaseClosing, list[str]]] = {gate: {} for gate in gates}
    for name in ("gate_milestones", "gate_people", "gate_survey", "gate_below"):
        for gate, unit_id, phase_id, day, text in connection.execute(query("gate_wanted", name), parameters):
            found[gate].setdefault(PhaseClosing(unit_id, phase_id, day), []).append(text)
    return found


def _items(connection: sqlite3.Connection, wanted: PhaseClosing) -> list[OpenItem]:
    """Return the rectification items that were not through on the day."""
    found = []
    cursor = connection.execute(query("gate_items"), wanted._asdict())
    names = [column[0] for column in cursor.description]
    for row in cursor:
        values = dict(zip(names, row, strict=True))
        if lacks := lacking(values):
            found.append(OpenItem(values["number"], values["problem"], lacks[0]))
    return found


def _survey(connection: sqlite3.Connection, wanted: PhaseClosing) -> Survey | None:
    """Return what is wrong with a unit's survey on the day: its last round decides."""
    found = rounds(survey_rounds.sheets_of(connection, wanted.unit_id, wanted.day), survey_rounds.rules(connection))
    if not found:
        return Survey("missing", 0)
    return None if found[-1].verdict == "passed" else Survey(found[-1].verdict, found[-1].number)
