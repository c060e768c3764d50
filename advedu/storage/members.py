"""Members: who belongs where, now and on earlier days."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice

from advedu.nouns.model import Member
from advedu.storage import query

_SELECT = "SELECT * FROM member"
# So many new members per statement; SQLite takes 32,766 values in one, and more than a few hundred rows gain nothing.
_AT_ONCE = 250


def by_id(connection: sqlite3.Connection, id_: int) -> Member:
    """Return the member with that key."""
    return Member(*connection.execute(f"{_SELECT} WHERE id = ?", (id_,)).fetchone())


def by_code(connection: sqlite3.Connection, code: str) -> Member | None:
    """Return the member with that code."""
    row = connection.execute(f"{_SELECT} WHERE code = ?", (code,)).fetchone()
    return Member(*row) if row else None


def by_id_number(connection: sqlite3.Connection, id_number: str) -> Member | None:
    """Return the member with that ID number (normalised)."""
    row = connection.execute(f"{_SELECT} WHERE id_number = ?", (id_number,)).fetchone()
    return Member(*row) if row else None


def any_stored(connection: sqlite3.Connection) -> bool:
    """Tell whether there is a member at all."""
    return connection.execute("SELECT 1 FROM member LIMIT 1").fetchone() is not None


def matching(connection: sqlite3.Connection, column: str, wanted: Iterable[object]) -> list[Member]:
    """Return the members whose code, id_number or unit_id is among the wanted ones; asked once for thousands."""
    import json

    rows = connection.execute(
        f"{_SELECT} WHERE {column} IN (SELECT value FROM json_each(?))",  # noqa: S608 (one of three columns)
        (json.dumps(list(wanted)),),
    )
    return [Member(*row) for row in rows]


def next_id(connection: sqlite3.Connection) -> int:
    """Return the key that the next member gets."""
    return int(connection.execute("SELECT coalesce(max(id), 0) + 1 FROM member").fetchone()[0])


def insert_many(connection: sqlite3.Connection, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Add many members; their keys follow one another in the order of the rows."""
    insert = f"INSERT INTO member ({', '.join(columns)}) VALUES "  # noqa: S608 (ours)
    marks = f"({', '.join('?' * len(columns))})"
    # A statement per row would take a quarter longer: each one begins and ends, and calls the trigger's program anew.
    left = iter(rows)
    while values := tuple(chain.from_iterable(islice(left, _AT_ONCE))):
        connection.execute(insert + ", ".join([marks] * (len(values) // len(columns))), values)


def leaders(connection: sqlite3.Connection) -> set[int]:
    """Return the keys of all leaders."""
    return {id_ for (id_,) in connection.execute("SELECT id FROM member WHERE leader = 1")}


def names(connection: sqlite3.Connection) -> list[tuple[int, str, str, int]]:
    """Return (id, code, name, unit id) of all members, for look-ups that forgive."""
    return connection.execute("SELECT id, code, name, unit_id FROM member ORDER BY code").fetchall()


def with_codes(connection: sqlite3.Connection, codes: Iterable[str]) -> dict[str, int]:
    """Return code → member for those of the codes that somebody bears."""
    import json

    rows = connection.execute(
        "SELECT m.code, m.id FROM json_each(?) j CROSS JOIN member m ON m.code = j.value", (json.dumps(sorted(codes)),)
    )
    return dict(rows.fetchall())


def all_names(
    connection: sqlite3.Connection,
) -> tuple[dict[str, int], dict[str, int], dict[tuple[str, int], list[int]]]:
    """Return code → member, ID number → member and (name, unit) → members, for whole files of records."""
    codes: dict[str, int] = {}
    numbers: dict[str, int] = {}
    by_name: dict[tuple[str, int], list[int]] = {}
    for id_, code, number, name, unit_id in connection.execute("SELECT id, code, id_number, name, unit_id FROM member"):
        codes[code] = id_
        by_name.setdefault((name, unit_id), []).append(id_)
        if number is not None:
            numbers[number] = id_
    return codes, numbers, by_name


def of_units(connection: sqlite3.Connection, root_id: int) -> list[Member]:
    """Return the members of a unit and all below it as things stand now, unit by unit."""
    return [Member(*row) for row in connection.execute(query("members_below"), (root_id,))]


def last_code(connection: sqlite3.Connection, prefix: str) -> int:
    """Return the greatest number among the codes that are `prefix` and digits; 0 when there is none."""
    (number,) = connection.execute(
        "SELECT max(CAST(substr(code, ?2) AS INTEGER)) FROM member"
        " WHERE code GLOB ?1 || '[0-9]*' AND substr(code, ?2) NOT GLOB '*[^0-9]*'",
        (prefix, len(prefix) + 1),
    ).fetchone()
    return int(number or 0)


def insert(connection: sqlite3.Connection, code: str, unit_id: int, values: Mapping[str, object]) -> int:
    """Add a member and return the key."""
    row = {"code": code, "unit_id": unit_id, **values}
    marks = ", ".join("?" * len(row))
    statement = f"INSERT INTO member ({', '.join(row)}) VALUES ({marks})"  # noqa: S608 (column names are ours)
    cursor = connection.execute(statement, tuple(row.values()))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def update(connection: sqlite3.Connection, id_: int, values: Mapping[str, object]) -> None:
    """Set columns of a member."""
    if values:
        sets = ", ".join(f"{name} = ?" for name in values)
        connection.execute(f"UPDATE member SET {sets} WHERE id = ?", (*values.values(), id_))  # noqa: S608


def last_transfer(connection: sqlite3.Connection, id_: int) -> str | None:
    """Return the day of a member's latest transfer."""
    (day,) = connection.execute("SELECT max(moved_on) FROM transfer WHERE member_id = ?", (id_,)).fetchone()
    return day if day is None else str(day)


def first_transfer(connection: sqlite3.Connection, id_: int) -> str | None:
    """Return the day of a member's first transfer."""
    (day,) = connection.execute("SELECT min(moved_on) FROM transfer WHERE member_id = ?", (id_,)).fetchone()
    return day if day is None else str(day)


def transfer(
    connection: sqlite3.Connection, member: Member, unit_id: int, on: str, reason: str | None, entered: str
) -> None:
    """Let a member belong to another unit from a day on."""
    connection.execute(
        "INSERT INTO transfer (member_id, moved_on, from_unit_id, to_unit_id, reason, entered_on)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (member.id, on, member.unit_id, unit_id, reason, entered),
    )
    connection.execute("UPDATE member SET unit_id = ? WHERE id = ?", (unit_id, member.id))


def leave(connection: sqlite3.Connection, id_: int, on: str, reason: str | None) -> None:
    """Let a member belong nowhere from a day on."""
    connection.execute("UPDATE member SET left_on = ?, leave_reason = ? WHERE id = ?", (on, reason, id_))


def unit_on(connection: sqlite3.Connection, id_: int, day: str) -> int | None:
    """Return the unit that a member belonged to on a day; None before the arrival and after the leaving."""
    row = connection.execute(
        "SELECT coalesce((SELECT from_unit_id FROM transfer WHERE member_id = m.id AND moved_on > ?2"
        " ORDER BY moved_on LIMIT 1), m.unit_id) FROM member m WHERE m.id = ?1"
        " AND (m.left_on IS NULL OR m.left_on > ?2) AND (m.arrived_on IS NULL OR m.arrived_on <= ?2)",
        (id_, day),
    ).fetchone()
    return None if row is None else int(row[0])


def transfers(connection: sqlite3.Connection, id_: int) -> list[tuple[str, str, str, str | None]]:
    """Return a member's transfers: day, from and to as "code name", reason."""
    return connection.execute(
        "SELECT t.moved_on, f.code || ' ' || f.name, u.code || ' ' || u.name, t.reason FROM transfer t"
        " JOIN unit f ON f.id = t.from_unit_id JOIN unit u ON u.id = t.to_unit_id WHERE member_id = ? ORDER BY 1",
        (id_,),
    ).fetchall()


def units_ever(connection: sqlite3.Connection, ids: Iterable[int]) -> set[int]:
    """Return every unit that some members belong to or ever belonged to."""
    import json

    rows = connection.execute(query("units_ever"), {"members": json.dumps(list(ids))})
    return {unit_id for (unit_id,) in rows}


def label(connection: sqlite3.Connection, id_: int) -> str | None:
    """Return code and name of a member; None when there is none of that key."""
    row = connection.execute("SELECT code || ' ' || name FROM member WHERE id = ?", (id_,)).fetchone()
    return str(row[0]) if row else None


def who_missed(connection: sqlite3.Connection, sessions: Iterable[int]) -> set[int]:
    """Return the members who missed some study sessions, whatever unit they belong to."""
    import json

    rows = connection.execute(
        "SELECT member_id FROM study_absence WHERE session IN (SELECT value FROM json_each(?))",
        (json.dumps(list(sessions)),),
    )
    return {member_id for (member_id,) in rows}
