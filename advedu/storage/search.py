"""Where something stands that somebody half remembers: units, members and teams by code, name or number."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from advedu.storage import query


class SearchHit(NamedTuple):
    """A unit, a member or a team, with what tells it from its namesakes; `gone_on` is when it was closed or left."""

    kind: str
    id: int
    code: str
    name: str
    unit_id: int | None
    unit: str | None
    unit_name: str | None
    born_on: str | None
    post: str | None
    leader: int
    id_number: str | None
    phone: str | None
    gone_on: str | None


# The key of each kind.
_IDS = {"unit": "id", "member": "id", "team": "number"}


def names(connection: sqlite3.Connection, kind: str) -> list[tuple[int, str]]:
    """Return (id, name) of all units ("unit"), members ("member") or teams ("team")."""
    return connection.execute(f"SELECT {_IDS[kind]}, name FROM {kind}").fetchall()  # noqa: S608 (one of three words)


def chiefs(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """Return (unit, its chief) of all units that have one."""
    return connection.execute("SELECT id, chief FROM unit WHERE chief IS NOT NULL").fetchall()


def by_text(connection: sqlite3.Connection, kind: str, text: str) -> list[int]:
    """Return the units, members or teams whose code begins with a text in any capitals, or whose name has it inside."""
    rows = connection.execute(
        f"SELECT {_IDS[kind]} FROM {kind}"  # noqa: S608 (one of three words)
        " WHERE substr(code, 1, length(?1)) = ?1 COLLATE NOCASE OR instr(name, ?1)",
        (text,),
    )
    return [id_ for (id_,) in rows]


def by_digits(connection: sqlite3.Connection, kind: str, digits: str) -> list[int]:
    """Return the units, members or teams with these digits in their telephone or, of members, in the ID number."""
    numbers = " OR instr(id_number, ?1)" if kind == "member" else ""
    rows = connection.execute(
        f"SELECT {_IDS[kind]} FROM {kind}"  # noqa: S608 (one of three words)
        f" WHERE instr(replace(replace(phone, '-', ''), ' ', ''), ?1){numbers}",
        (digits,),
    )
    return [id_ for (id_,) in rows]


def details(connection: sqlite3.Connection, kind: str, ids: Iterable[int]) -> list[SearchHit]:
    """Return units, members or teams with what a list of them shows."""
    import json

    rows = connection.execute(query(f"found_{kind}s"), (json.dumps(list(ids)),))
    return [SearchHit(kind, *row) for row in rows]
