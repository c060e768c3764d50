"""Units: add, edit, move, close. Mergers and splits, which are made of these, stand in `reshaping`."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from advedu import errors
from advedu.i18n import _
from advedu.nouns.model import Unit
from advedu.recording.codes import UnitCodes
from advedu.storage import aliases, units


def add(
    connection: sqlite3.Connection,
    code: str | None,
    parent: Unit | None,
    values: Mapping[str, object],
    day: str,
) -> Unit:
    """Add a unit below a parent, or the root.

    Raises:
        CodeTaken: another unit bears the code.
        RootExists: no parent is named and there is a root already.
        UnitClosed: the parent is closed.
    """
    if parent is None and (root := units.root(connection)):
        raise errors.RootExists(code=root.code, name=root.name)
    if parent is not None:
        refuse_closed(parent, day)
    if code is None:
        code = UnitCodes(connection).below(parent.id if parent else None)
    elif existing := units.by_code(connection, code):
        raise errors.CodeTaken(code=code, name=existing.name)
    id_ = units.insert(connection, code, parent.id if parent else None, values)
    return units.by_id(connection, id_)


def edit(connection: sqlite3.Connection, unit: Unit, values: Mapping[str, object]) -> None:
    """Change what is known of a unit; values that are the same already change nothing.

    Raises:
        FirstDayTooLate: it is to open only after something that is dated.
        ChiefByPosts: another chief is named, and dated posts say who that is.
    """
    if values.get("opened_on") not in (None, unit.opened_on):
        check_opening(connection, unit, str(values["opened_on"]))
    row = unit._asdict()
    changed = {name: value for name, value in values.items() if row[name] != value}
    if "chief" in changed and unit.id in units.with_chiefs(connection):
        raise errors.ChiefByPosts(unit=unit.label, code=unit.code)
    units.update(connection, unit.id, changed)


def rename(connection: sqlite3.Connection, unit: Unit, other_names: str | None) -> None:
    """Give a unit these other names, separated by spaces, instead of those it has."""
    aliases.put(connection, unit.id, (other_names or "").split())


def move(connection: sqlite3.Connection, unit: Unit, parent_id: int, on: str, reason: str | None, entered: str) -> None:
    """Place a unit below another parent from a day on; figures of earlier days stay as they were.

    Raises:
        NotAfterLastMove: it moved on that day or later already.
        UnitClosed: the parent or the unit is closed by then.
        MoveMakesCircle: on that day or a later one the parent stands below the unit.
        RootExists: the unit is the root.
    """
    if unit.parent_id == parent_id:
        return
    parent = units.by_id(connection, parent_id)
    if unit.parent_id is None:
        raise errors.RootExists(code=unit.code, name=unit.name)
    last = units.last_move(connection, unit.id)
    if last is not None and last >= on:
        raise errors.NotAfterLastMove(who=unit.label, last=last)
    for each in (parent, unit):
        refuse_closed(each, on)
        refuse_unopened(each, on)
    # Moves are dated, so the parent may have come below the unit only later than `on`.
    for day in units.move_days(connection, on):
        if unit.id in (parent_id, *units.ancestors(connection, parent_id, day)):
            raise errors.MoveMakesCircle(unit=unit.label, parent=parent.label, day=day)
    units.move(connection, unit, parent_id, on, reason, entered)


def close(connection: sqlite3.Connection, unit: Unit, on: str, reason: str | None) -> None:
    """Close a unit from a day on.

    What it recorded before stays in history. Members and units still below it stay where they are and stay counted.

    Raises:
        UnitClosed: it is closed already, on another day.
        UnitNotOpen: it opens only then or later.
        UnitInUse: something is dated on that day or later.
    """
    if unit.closed_on is not None:
        if unit.closed_on == on:
            return
        raise errors.UnitClosed(unit=unit.label, closed_on=unit.closed_on)
    refuse_unopened(unit, on)
    record = units.latest_record(connection, unit.id)
    if record is not None and record[1] >= on:
        why = _("{what} is dated {day}").format(what=record[0], day=record[1])
        raise errors.UnitInUse(unit=unit.label, day=on, why=why)
    arrival = units.latest_arrival(connection, unit.id)
    if arrival is not None and arrival >= on:
        why = _("somebody moved into it on {day}").format(day=arrival)
        raise errors.UnitInUse(unit=unit.label, day=on, why=why)
    units.close(connection, unit.id, on, reason)


def refuse_closed(unit: Unit, day: str) -> None:
    """Refuse what is dated on or after a unit's closing.

    Raises:
        UnitClosed: it is closed by that day.
    """
    if unit.closed_on is not None and unit.closed_on <= day:
        raise errors.UnitClosed(unit=unit.label, closed_on=unit.closed_on)


def refuse_unopened(unit: Unit, day: str) -> None:
    """Refuse what is dated before a unit's opening.

    Raises:
        UnitNotOpen: it opens only after that day.
    """
    if unit.opened_on is not None and day < unit.opened_on:
        raise errors.UnitNotOpen(unit=unit.label, code=unit.code, opened_on=unit.opened_on)


def check_opening(connection: sqlite3.Connection, unit: Unit, day: str) -> None:
    """Refuse a day of opening after which something of the unit is dated already.

    Who is in it without a day of arrival is no obstacle: such members count from the beginning, wherever they are.

    Raises:
        FirstDayTooLate: with what is dated before that day.
    """
    if unit.closed_on is not None and unit.closed_on < day:
        why = _("it was closed on {day}").format(day=unit.closed_on)
        raise errors.FirstDayTooLate(who=unit.label, day=day, why=why)
    record = units.first_record(connection, unit.id)
    if record is not None and record[1] < day:
        why = _("{what} is dated {day}").format(what=record[0], day=record[1])
        raise errors.FirstDayTooLate(who=unit.label, day=day, why=why)
    moved = units.first_move(connection, unit.id)
    if moved is not None and moved < day:
        why = _("somebody moved into or out of it, or it moved itself, on {day}").format(day=moved)
        raise errors.FirstDayTooLate(who=unit.label, day=day, why=why)
