"""How far an operation reaches: which units' gates may stand on what it changed (R3, R4)."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from advedu.storage import members, units
from advedu.storage.changes import Change

# Tables whose rows bear on no gate.
_HARMLESS = frozenset(
    [
        "campaign",
        "campaign_text",
        "item",
        "item_done",
        "unit_alias",
        "opinion",
        "regulation",
        "post",
        "body_member",
        "chief_absence",
        "own_milestone",
        "remedial",
        "baseline",
        "category",
        "rank",
        "team",
        "cadre",
        "coverage",
        "visit",
        "suggestion",
        "contact_point",
        "contact_visit",
        "bulletin",
        "model",
        "publicity",
        "commendation",
        "training",
        "call",
        "heading_memory",
    ]
)
# Tables whose rows belong to one unit, or to one member.
_OF_UNITS = ("milestone_done", "milestone_exemption", "rectification", "survey", "study_session", "phase_event")
_OF_MEMBERS = ("task_done", "task_exemption", "study_absence", "transfer")
# Columns of a unit on which gates of units below it stand: their batch may be its batch, their signer may be it.
_HANDED_DOWN = ("parent_id", "batch_id", "kind", "opened_on")


class _Touched:
    """What the changes are about, as they are read one by one."""

    def __init__(self) -> None:
        self.units: set[int] = set()
        self.members: set[int] = set()
        self.sessions: set[int] = set()
        self.handing_down: set[int] = set()

    def add(self, change: Change) -> bool:
        """Take in one change; tell whether it is known what it may bear on."""
        if change.table in _HARMLESS:
            return True
        rows = [row for row in (change.old, change.new) if row is not None]
        known = [self._row(change.table, row) for row in rows]
        if change.table == "unit" and len(rows) > 1 and any(rows[0][name] != rows[1][name] for name in _HANDED_DOWN):
            self.handing_down.add(_key(rows[0], "id"))
        return all(known)

    def _row(self, table: str, row: dict[str, object]) -> bool:
        if table in _OF_UNITS:
            self.units.add(_key(row, "unit_id"))
            if table == "study_session":
                self.sessions.add(_key(row, "number"))
        elif table in _OF_MEMBERS:
            self.members.add(_key(row, "member_id"))
        elif table == "member":
            self.members.add(_key(row, "id"))
            self.units.add(_key(row, "unit_id"))
        elif table in ("unit", "unit_move"):
            self.units.add(_key(row, "id" if table == "unit" else "unit_id"))
        else:
            return False
        return True


def _key(row: dict[str, object], column: str) -> int:
    return int(str(row[column]))


def touched(connection: sqlite3.Connection, changed: Sequence[Change]) -> set[int] | None:
    """Return the units whose gates some changes may bear on; None for all of them."""
    found = _Touched()
    for change in changed:
        if not found.add(change):
            # The definition itself, or a table that nobody thought of here: every gate is looked at again.
            return None
    # A session of one unit may have been missed by members who belong to another since.
    people = found.members | (members.who_missed(connection, found.sessions) if found.sessions else set())
    ids = found.units | members.units_ever(connection, people)
    if found.handing_down:
        ids |= units.ever_below(connection, found.handing_down)
    return ids | units.ever_above(connection, ids)
