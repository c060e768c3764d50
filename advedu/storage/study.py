"""Missed study sessions."""

import sqlite3
from typing import NamedTuple

_SELECT = """
SELECT a.number, a.session, u.code, u.name, s.held_on, s.topic, m.code, m.name, a.reason,
       CASE WHEN a.made_up_on <= :day THEN a.made_up_on END, CASE WHEN a.made_up_on <= :day THEN a.mode END
  FROM study_absence a JOIN study_session s ON s.number = a.session
  JOIN unit u ON u.id = s.unit_id JOIN member m ON m.id = a.member_id
 WHERE s.held_on <= :day AND """


class Missed(NamedTuple):
    """A missed session as of a day: units and members by code and name."""

    number: int
    session: int
    unit: str
    unit_name: str
    held_on: str
    topic: str
    member: str
    member_name: str
    reason: str | None
    made_up_on: str | None
    mode: str | None


def missed(
    connection: sqlite3.Connection,
    day: str,
    *,
    session: int | None = None,
    member_id: int | None = None,
    unit_id: int | None = None,
) -> list[Missed]:
    """Return who missed a session, which sessions a member missed, or those of a unit that were missed."""
    column, wanted = (
        ("a.session", session)
        if session is not None
        else ("a.member_id", member_id)
        if member_id is not None
        else ("s.unit_id", unit_id)
    )
    rows = connection.execute(
        f"{_SELECT}{column} = :wanted ORDER BY s.held_on, a.number", {"day": day, "wanted": wanted}
    )
    return [Missed(*row) for row in rows]
