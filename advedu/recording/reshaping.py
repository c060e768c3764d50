"""Units that become one, and one that becomes two: transfers, moves, openings and closings of one day."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from advedu import errors
from advedu.i18n import _
from advedu.nouns.model import Member, Unit
from advedu.recording import members as people
from advedu.recording import units as recording
from advedu.storage import members, units


def merge(
    connection: sqlite3.Connection, merged: Iterable[Unit], into: Unit, on: str, reason: str | None, entered: str
) -> None:
    """Let units be one from a day on: members are transferred, units below move, and the merged ones close.

    What they had recorded stays theirs, on earlier days too; the unit that takes over owes what it owed before.

    Raises:
        MergedIntoItself: the unit that takes over is among the merged.
        RootExists: the root is.
        NotYetArrived, NotAfterLastMove: a member arrived, or was transferred, only on that day or later.
        UnitClosed, UnitNotOpen, UnitInUse, MoveMakesCircle: as for moving and closing.
    """
    why = reason or _("merged into {unit}").format(unit=into.label)
    for unit in merged:
        if unit.id == into.id:
            raise errors.MergedIntoItself(unit=unit.label)
        if unit.parent_id is None:
            raise errors.RootExists(code=unit.code, name=unit.name)
        recording.refuse_closed(unit, on)
        for member in members.matching(connection, "unit_id", [unit.id]):
            if member.left_on is None or member.left_on > on:
                people.transfer(connection, member, into, on, why, entered)
        for child in units.children(connection, unit.id):
            if child.closed_on is None or child.closed_on > on:
                recording.move(connection, child, into.id, on, why, entered)
        recording.close(connection, unit, on, why)


def split(
    connection: sqlite3.Connection,
    unit: Unit,
    code: str | None,
    values: Mapping[str, object],
    leaving: Iterable[Member],
    on: str,
    entered: str,
) -> Unit:
    """Open a unit beside another one, with its sector, batch and start, and transfer members to it.

    What was recorded stays with the first unit; the new one owes its milestones from its opening on.

    Raises:
        RootExists: there is nothing above the root where the new unit could stand.
        NotAMember: somebody named belongs to another unit.
        CodeTaken, UnitClosed, UnitNotOpen: as for adding.
        NotYetArrived, NotAfterLastMove, AlreadyGone: as for transferring.
    """
    if unit.parent_id is None:
        raise errors.RootExists(code=unit.code, name=unit.name)
    recording.refuse_closed(unit, on)
    recording.refuse_unopened(unit, on)
    parent = units.by_id(connection, unit.parent_id)
    recording.refuse_unopened(parent, on)
    taken = ("kind", "sector_id", "batch_id", "starts_on", "shift_reason", "municipal")
    same = {name: value for name, value in unit._asdict().items() if name in taken}
    new = recording.add(connection, code, parent, {**same, **values, "opened_on": on}, on)
    why = _("split from {unit}").format(unit=unit.label)
    # Somebody may be named twice, once by code and once by name.
    for member in {member.id: member for member in leaving}.values():
        if member.unit_id != unit.id:
            home = units.by_id(connection, member.unit_id)
            raise errors.NotAMember(who=member.label, unit=unit.label, home=home.label)
        people.transfer(connection, member, new, on, why, entered)
    return new
