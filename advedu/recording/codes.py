"""Codes for what comes without one."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from advedu.storage import members, units

MEMBER_PREFIX = "P"
_DIGITS = 6


class UnitCodes:
    """Assigns codes to units: the parent's code, a hyphen and the next free number.

    The hyphen tells an assigned code from an official one, and codes sort with their parent.

    Args:
        connection: the file.
        reserved: codes that the import under way brings itself.
    """

    def __init__(self, connection: sqlite3.Connection, reserved: set[str] | None = None) -> None:
        self.connection = connection
        self.taken = {code for _, code, _ in units.names(connection)} | (reserved or set())
        self.by_id = {id_: code for id_, code, _ in units.names(connection)}
        self.next: dict[int | None, int] = {}

    def add(self, id_: int, code: str) -> None:
        """Take note of a unit that was added."""
        self.taken.add(code)
        self.by_id[id_] = code

    def below(self, parent_id: int | None) -> str:
        """Return the next free code below a parent; the root without a code is "1"."""
        number = self.next.get(parent_id, 1)
        while True:
            code = "1" if parent_id is None and number == 1 else f"{self.by_id.get(parent_id or 0, '1')}-{number:02}"
            number += 1
            if code not in self.taken:
                break
        self.next[parent_id] = number
        self.taken.add(code)
        return code


class MemberCodes:
    """Assigns codes to members: P000001 and on, after the greatest one in the file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.last = members.last_code(connection, MEMBER_PREFIX)

    def next(self, taken: Collection[object] = ()) -> str:
        """Return the next code that is not among those taken elsewhere."""
        while True:
            self.last += 1
            code = f"{MEMBER_PREFIX}{self.last:0{_DIGITS}}"
            if code not in taken:
                return code
