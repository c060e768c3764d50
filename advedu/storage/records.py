"""What was done: milestones of units, tasks and personal items of members, and exemptions.

All of them have the same shape, a key and a few values, so they share their statements.
"""

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from advedu.nouns import marks
from advedu.nouns.declaration import Register


class Record(NamedTuple):
    """A table of records: its key columns and the columns that hold values (without the day of entry)."""

    table: str
    key: tuple[str, ...]
    values: tuple[str, ...]


def _done(register: Register) -> Record:
    """Return the table of what a declaration says was done."""
    values = tuple(field.column for field in register.stored if not field.key)
    return Record(register.table, tuple(field.column for field in register.key), values)


MILESTONE_DONE = _done(marks.MILESTONE)
TASK_DONE = _done(marks.TASK)
ITEM_DONE = _done(marks.ITEM)
# List of the definition → the records of what was done of its entries.
DONE = {"milestone": MILESTONE_DONE, "task": TASK_DONE, "item": ITEM_DONE}
MILESTONE_EXEMPTION = Record("milestone_exemption", ("unit_id", "milestone_id"), ("exempt_on", "reason"))
TASK_EXEMPTION = Record("task_exemption", ("member_id", "task_id"), ("exempt_on", "reason"))

# The day that a record claims.
DAYS = {"done_on", "exempt_on"}

Key = tuple[int | str, ...]


def _where(record: Record) -> str:
    return " AND ".join(f"{column} = ?" for column in record.key)


def get(connection: sqlite3.Connection, record: Record, key: Key) -> dict[str, str | None] | None:
    """Return the values of one record, or None."""
    row = connection.execute(
        f"SELECT {', '.join(record.values)} FROM {record.table} WHERE {_where(record)}",  # noqa: S608 (ours)
        key,
    ).fetchone()
    return dict(zip(record.values, row, strict=True)) if row else None


def put(
    connection: sqlite3.Connection, record: Record, key: Key, values: Mapping[str, str | None], entered: str
) -> str:
    """Add a record, or change the values given of a stored one; return "inserted", "updated" or "unchanged".

    A day that changes gets a new day of entry; other values leave it as it is.
    """
    stored = get(connection, record, key)
    if stored is None:
        columns = (*record.key, *values, "entered_on")
        marks = ", ".join("?" * len(columns))
        connection.execute(
            f"INSERT INTO {record.table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608 (ours)
            (*key, *values.values(), entered),
        )
        return "inserted"
    changed = {name: value for name, value in values.items() if stored[name] != value}
    if not changed:
        return "unchanged"
    if changed.keys() & DAYS:
        # Late entries are judged by it (R13): a note that is mended later does not make the day late.
        changed["entered_on"] = entered
    sets = ", ".join(f"{name} = ?" for name in changed)
    connection.execute(
        f"UPDATE {record.table} SET {sets} WHERE {_where(record)}",  # noqa: S608 (ours)
        (*changed.values(), *key),
    )
    return "updated"


def remove(connection: sqlite3.Connection, record: Record, key: Key) -> bool:
    """Take a record away; history keeps it. Tell whether there was one."""
    cursor = connection.execute(f"DELETE FROM {record.table} WHERE {_where(record)}", key)  # noqa: S608 (ours)
    return cursor.rowcount > 0


def fulfilled_days(connection: sqlite3.Connection, member_id: int, item_id: int) -> list[str]:
    """Return the days on which a leader did an item, ticked or by registering a contact point; the earliest first."""
    rows = connection.execute(
        "SELECT DISTINCT done_on FROM item_fulfilled WHERE member_id = ? AND item_id = ? ORDER BY 1",
        (member_id, item_id),
    )
    return [day for (day,) in rows]


def item_days(connection: sqlite3.Connection, member_id: int, item_id: int) -> list[str]:
    """Return the days on which a leader did an item, the earliest first."""
    rows = connection.execute(
        "SELECT done_on FROM item_done WHERE member_id = ? AND item_id = ? ORDER BY 1", (member_id, item_id)
    )
    return [day for (day,) in rows]


def copy_member(connection: sqlite3.Connection, from_id: int, to_id: int) -> None:
    """Give one member what is recorded of another: tasks, items and exemptions, with their days of entry."""
    for record in (TASK_DONE, TASK_EXEMPTION, ITEM_DONE):
        columns = ", ".join((*record.key[1:], *record.values, "entered_on"))
        connection.execute(
            f"INSERT INTO {record.table} (member_id, {columns}) SELECT ?, {columns} FROM {record.table}"  # noqa: S608
            " WHERE member_id = ?",
            (to_id, from_id),
        )
