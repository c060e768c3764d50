"""Surveys: sheets, and the rules they are judged by."""

from __future__ import annotations

import sqlite3

from advedu.rules import survey
from advedu.rules.survey import BallotSheet, SurveyRules
from advedu.storage import query

_RULES = {
    "dissatisfied_percent": "dissatisfied_percent",
    "survey_least_percent": "least_percent",
    "survey_grades": "grades",
    "remedial_days": "remedial_days",
}


def rules(connection: sqlite3.Connection) -> SurveyRules:
    """Return the campaign's rules about surveys; where it has none, the usual ones."""
    found = dict(connection.execute("SELECT code, value FROM rule"))
    return SurveyRules(**{name: found[code] for code, name in _RULES.items() if code in found})


def held_on(connection: sqlite3.Connection, unit_id: int, round_: int) -> str | None:
    """Return the day of a round: that of its last sheet; None when it has none."""
    (day,) = connection.execute(
        "SELECT max(held_on) FROM survey WHERE unit_id = ? AND round = ?", (unit_id, round_)
    ).fetchone()
    return None if day is None else str(day)


def verdict(connection: sqlite3.Connection, unit_id: int, round_: int, day: str) -> str | None:
    """Return the verdict of a round of a unit as of a day; None when it has no sheet by then."""
    found = survey.rounds(sheets(connection, unit_id, day).get(unit_id, []), rules(connection))
    return next((each.verdict for each in found if each.number == round_), None)


def sheets(connection: sqlite3.Connection, root_id: int, day: str) -> dict[int, list[BallotSheet]]:
    """Return the sheets held by a day, by unit: of a unit and all below it."""
    found: dict[int, list[BallotSheet]] = {}
    for unit_id, *values in connection.execute(query("sheets"), {"unit": root_id, "day": day}):
        found.setdefault(unit_id, []).append(BallotSheet(*values))
    return found


def sheets_of(connection: sqlite3.Connection, unit_id: int, day: str) -> list[BallotSheet]:
    """Return the sheets of one unit held by a day."""
    rows = connection.execute(
        "SELECT round, method, held_on, valid, satisfied, fairly, basically, dissatisfied FROM survey"
        " WHERE unit_id = ? AND held_on <= ? ORDER BY round, method",
        (unit_id, day),
    )
    return [BallotSheet(*row) for row in rows]


def remedies(connection: sqlite3.Connection, day: str) -> dict[int, dict[int, tuple[str | None, str | None]]]:
    """Return the remedial work: unit → round → deadline, and the day done by `day`."""
    found: dict[int, dict[int, tuple[str | None, str | None]]] = {}
    rows = connection.execute(
        "SELECT unit_id, round, deadline, CASE WHEN done_on <= ? THEN done_on END FROM remedial", (day,)
    )
    for unit_id, round_, deadline, done_on in rows:
        found.setdefault(unit_id, {})[round_] = (deadline, done_on)
    return found
