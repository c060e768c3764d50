"""Commendation: the facts that speak for or against a proposal."""

from __future__ import annotations

import sqlite3

from advedu.rules.survey import rounds
from advedu.storage import campaign, members, query, survey_rounds


def facts(connection: sqlite3.Connection, unit_id: int, member_id: int | None, day: str) -> list[tuple[str, str]]:
    """Return (what, names) of what a member, or a unit, had not finished by a day; names are empty where all is done.

    A member is measured by tasks, a leader also by the personal items; a unit by its required milestones. Both by the
    unit's last survey round.
    """
    values = {"unit": unit_id, "member": member_id, "day": day}
    name = "commendable_unit" if member_id is None else "commendable_member"
    found = [(str(what), str(names or "")) for what, names in connection.execute(query(name), values)]
    held = rounds(survey_rounds.sheets_of(connection, unit_id, day), survey_rounds.rules(connection))
    return [*found, ("survey", "failed" if held and held[-1].verdict != "passed" else "")]


def before(connection: sqlite3.Connection) -> str | None:
    """Return the day before which commendation comes, in the year in which the last batch ends; None without a rule."""
    month_day = campaign.rule(connection, "commendation_before")
    (last,) = connection.execute("SELECT max(ends_on) FROM batch").fetchone()
    if not month_day or last is None:
        return None
    return f"{last[:4]}-{month_day // 100:02}-{month_day % 100:02}"


def unit_of(connection: sqlite3.Connection, member_id: int, day: str) -> int | None:
    """Return the unit that a member belonged to on a day."""
    return members.unit_on(connection, member_id, day)
