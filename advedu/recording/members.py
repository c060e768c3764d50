"""Members: add, edit, transfer, leave."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from advedu import errors
from advedu.identity import mask_id_number
from advedu.model import Member, Unit
from advedu.recording.codes import MemberCodes
from advedu.recording.units import refuse_closed
from advedu.storage import members


def add(connection: sqlite3.Connection, code: str | None, unit: Unit, values: Mapping[str, object], day: str) -> Member:
    """Add a member to a unit.

    Raises:
        CodeTaken, IdNumberTaken: another member bears the code or the number.
        UnitClosed: the unit is closed.
    """
    refuse_closed(unit, day)
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
    """
    _refuse_taken_number(connection, values, member.id)
    row = member._asdict()
    members.update(connection, member.id, {name: value for name, value in values.items() if row[name] != value})


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
        UnitClosed: the unit is closed by then.
    """
    if member.unit_id == unit.id:
        return
    if member.left_on is not None and member.left_on <= on:
        raise errors.AlreadyGone(who=member.label, day=member.left_on)
    last = members.last_transfer(connection, member.id)
    if last is not None and last >= on:
        raise errors.NotAfterLastMove(who=member.label, last=last)
    refuse_closed(unit, on)
    members.transfer(connection, member, unit.id, on, reason, entered)


def leave(connection: sqlite3.Connection, member: Member, on: str, reason: str | None) -> None:
    """Let a member belong nowhere from a day on.

    Raises:
        AlreadyGone: the member left on another day.
        NotAfterLastMove: a transfer is dated on that day or later.
    """
    if member.left_on is not None:
        if member.left_on == on:
            return
        raise errors.AlreadyGone(who=member.label, day=member.left_on)
    last = members.last_transfer(connection, member.id)
    if last is not None and last > on:
        raise errors.NotAfterLastMove(who=member.label, last=last)
    members.leave(connection, member.id, on, reason)
