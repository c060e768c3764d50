"""Members: add, edit, transfer, leave, come back, be missing."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from advedu import errors
from advedu.i18n import _
from advedu.nouns.members import MEMBER, completed
from advedu.nouns.model import Member, Unit
from advedu.recording.codes import MemberCodes
from advedu.recording.units import refuse_closed, refuse_unopened
from advedu.storage import members, records, units
from advedu.values.identity import mask_id_number


def add(connection: sqlite3.Connection, code: str | None, unit: Unit, values: Mapping[str, object], day: str) -> Member:
    """Add a member to a unit.

    Raises:
        CodeTaken, IdNumberTaken: another member bears the code or the number.
        UnitClosed: the unit is closed.
        Wrong: the values contradict each other.
    """
    refuse_closed(unit, day)
    values = _completed(values, {})
    if code is None:
        code = MemberCodes(connection).next()
    elif existing := members.by_code(connection, code):
        raise errors.CodeTaken(code=code, name=existing.name)
    _refuse_taken_number(connection, values, None)
    return members.by_id(connection, members.insert(connection, code, unit.id, values))


def edit(connection: sqlite3.Connection, member: Member, values: Mapping[str, object]) -> None:
    """Change what is known of a member; values that are the same already change nothing.

    Raises:
        IdNumberTaken: another member bears the number.
        FirstDayTooLate: the member is to arrive only after leaving or being transferred.
        Wrong: the values would contradict each other.
    """
    row = member._asdict()
    values = _completed(values, row)
    _refuse_taken_number(connection, values, member.id)
    if values.get("arrived_on") not in (None, member.arrived_on):
        check_arrival(connection, member, str(values["arrived_on"]))
    members.update(connection, member.id, {name: value for name, value in values.items() if row[name] != value})


def _completed(given: Mapping[str, object], stored: Mapping[str, object]) -> Mapping[str, object]:
    """Return the values to set with what follows from them.

    Raises:
        Wrong: together with what is on record they contradict each other.
    """
    values = {**given, **completed(given, stored)}
    assert MEMBER.check is not None
    MEMBER.check({**stored, **values})
    return values


def _refuse_taken_number(connection: sqlite3.Connection, values: Mapping[str, object], id_: int | None) -> None:
    number = values.get("id_number")
    owner = members.by_id_number(connection, str(number)) if number else None
    if owner is not None and owner.id != id_:
        raise errors.IdNumberTaken(id_number=mask_id_number(str(number)), code=owner.code, name=owner.name)


def transfer(
    connection: sqlite3.Connection, member: Member, unit: Unit, on: str, reason: str | None, entered: str
) -> None:
    """Let a member belong to another unit from a day on; figures of earlier days stay as they were.

    Raises:
        AlreadyGone: the member left on that day or before.
        NotAfterLastMove: the member was transferred on that day or later already.
        NotYetArrived: the member arrived only later.
        UnitClosed, UnitNotOpen: the unit is closed by then, or opened only later.
    """
    if member.unit_id == unit.id:
        return
    _refuse_before_arrival(member, on)
    if member.left_on is not None and member.left_on <= on:
        raise errors.AlreadyGone(who=member.label, day=member.left_on)
    last = members.last_transfer(connection, member.id)
    if last is not None and last >= on:
        raise errors.NotAfterLastMove(who=member.label, last=last)
    refuse_closed(unit, on)
    refuse_unopened(unit, on)
    members.transfer(connection, member, unit.id, on, reason, entered)


def leave(connection: sqlite3.Connection, member: Member, on: str, reason: str | None) -> None:
    """Let a member belong nowhere from a day on.

    Raises:
        AlreadyGone: the member left on another day.
        NotYetArrived: the member arrived only later.
        NotAfterLastMove: a transfer is dated later.
    """
    if member.left_on is not None:
        if member.left_on == on:
            return
        raise errors.AlreadyGone(who=member.label, day=member.left_on)
    _refuse_before_arrival(member, on)
    last = members.last_transfer(connection, member.id)
    if last is not None and last > on:
        raise errors.NotAfterLastMove(who=member.label, last=last)
    members.leave(connection, member.id, on, reason)


def check_arrival(connection: sqlite3.Connection, member: Member, day: str) -> None:
    """Refuse a day of arrival after which the member was transferred or left already.

    Raises:
        FirstDayTooLate: with what is dated before that day.
    """
    if member.left_on is not None and member.left_on < day:
        why = _("left on {day}").format(day=member.left_on)
        raise errors.FirstDayTooLate(who=member.label, day=day, why=why)
    first = members.first_transfer(connection, member.id)
    if first is not None and first < day:
        why = _("was transferred on {day}").format(day=first)
        raise errors.FirstDayTooLate(who=member.label, day=day, why=why)


def _refuse_before_arrival(member: Member, day: str) -> None:
    if member.arrived_on is not None and day < member.arrived_on:
        raise errors.NotYetArrived(who=member.label, code=member.code, day=member.arrived_on)


def missing(connection: sqlite3.Connection, member: Member, since: str | None) -> None:
    """Record since when nobody knows where a member is, or with None that the member was found.

    The member stays counted all the same. Only the latest disappearance is kept; earlier ones are in the history.
    """
    if member.missing_since != since:
        members.update(connection, member.id, {"missing_since": since})


def rejoin(connection: sqlite3.Connection, member: Member, unit: Unit, code: str | None, on: str) -> Member:
    """Let somebody who left come back, as a new member with a code of its own.

    A member has one day of arrival and one of leaving, so a second stay is a second record: the first one keeps its
    days, its unit and what was done, and earlier days keep their figures. The new one takes over what is known of the
    person, the ID number with it (two records never share one), and a copy of what was done: nobody owes it twice.

    Raises:
        StillHere: the member has not left.
        AlreadyGone: the member left only later than `on`.
        CodeTaken: another member bears the code.
        UnitClosed, UnitNotOpen: the unit is closed by then, or opened only later.
    """
    if member.left_on is None:
        home = units.by_id(connection, member.unit_id)
        raise errors.StillHere(who=member.label, code=member.code, unit=home.label)
    if on < member.left_on:
        raise errors.AlreadyGone(who=member.label, day=member.left_on)
    refuse_closed(unit, on)
    refuse_unopened(unit, on)
    own = ("id", "code", "unit_id", "left_on", "leave_reason", "arrived_on", "missing_since")
    known = {name: value for name, value in member._asdict().items() if name not in own}
    if code is None:
        code = MemberCodes(connection).next()
    elif existing := members.by_code(connection, code):
        raise errors.CodeTaken(code=code, name=existing.name)
    back = _("back on {day} as {code}").format(day=on, code=code)
    reason = f"{member.leave_reason}; {back}" if member.leave_reason else back
    members.update(connection, member.id, {"id_number": None, "leave_reason": reason})
    again = members.by_id(connection, members.insert(connection, code, unit.id, {**known, "arrived_on": on}))
    records.copy_member(connection, member.id, again.id)
    return again
