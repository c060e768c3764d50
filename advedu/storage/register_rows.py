"""The registers' records: one set of statements for all of them, made from their declarations.

A record is a mapping of field name → stored value. What names a unit, a member or another record is its key.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from advedu.nouns.declaration import Register
from advedu.storage import query
from advedu.values import kinds

Values = dict[str, Any]


class Listed(NamedTuple):
    """A record in a list: whose it is, in code and name, beside its values; "" for what belongs to the whole file."""

    number: int
    unit: str
    unit_name: str
    values: Values


def get(connection: sqlite3.Connection, register: Register, number: int) -> Values | None:
    """Return a record, or None."""
    columns = ", ".join(field.column for field in register.stored)
    row = connection.execute(f"SELECT {columns} FROM {register.table} WHERE number = ?", (number,)).fetchone()  # noqa: S608
    return dict(zip((field.name for field in register.stored), row, strict=True)) if row else None


def find(connection: sqlite3.Connection, register: Register, values: Mapping[str, Any]) -> int | None:
    """Return the number of the record with the key that `values` have."""
    where = " AND ".join(f"{field.column} IS ?" for field in register.key)
    row = connection.execute(
        f"SELECT number FROM {register.table} WHERE {where}",  # noqa: S608 (declared names)
        tuple(values.get(field.name) for field in register.key),
    ).fetchone()
    return int(row[0]) if row else None


def named(connection: sqlite3.Connection, register: Register, unit_id: int | None, label: str) -> list[int]:
    """Return the numbers of a unit's records with that label; of all units' when none is given."""
    found: list[int] = []
    for name in register.labels:
        rows = connection.execute(
            f"SELECT number FROM {register.table} WHERE {register.field(name).column} = ?1"  # noqa: S608
            f" AND ({'unit_id' if register.has_unit else 'NULL'} = ?2 OR ?2 IS NULL) ORDER BY 1",
            (label, unit_id if register.has_unit else None),
        )
        found += [number for (number,) in rows if number not in found]
    return found


def unit_of(connection: sqlite3.Connection, register: Register, values: Mapping[str, Any]) -> int | None:
    """Return the unit that a record belongs to; None for what belongs to the whole file."""
    if register.has_unit:
        return int(values["unit"])
    if register.owner == "member":
        row = connection.execute("SELECT unit_id FROM member WHERE id = ?", (values["member"],)).fetchone()
        return int(row[0])
    if not register.via:
        return None
    from advedu.nouns import registers

    above = registers.named(register.above)
    found = get(connection, above, values[register.via])
    assert found is not None  # foreign keys
    return unit_of(connection, above, found)


def insert(connection: sqlite3.Connection, register: Register, values: Mapping[str, Any], entered: str) -> int:
    """Add a record and return its number; each of its days gets the day of entry."""
    row = {field.column: values.get(field.name) for field in register.stored} | {"entered_on": entered}
    row |= {field.entered: entered for field in register.stored if field.entered and values.get(field.name) is not None}
    marks = ", ".join("?" * len(row))
    cursor = connection.execute(
        f"INSERT INTO {register.table} ({', '.join(row)}) VALUES ({marks})",  # noqa: S608 (declared names)
        tuple(row.values()),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def update(
    connection: sqlite3.Connection, register: Register, number: int, changed: Mapping[str, Any], entered: str
) -> None:
    """Set fields of a record; a day that changes gets a new day of entry, and no other (R13)."""
    row: Values = {}
    for name, value in changed.items():
        field = register.field(name)
        row[field.column] = value
        if field.entered:
            row[field.entered] = None if value is None else entered
        elif name == register.dated:
            row["entered_on"] = entered
    sets = ", ".join(f"{column} = ?" for column in row)
    connection.execute(
        f"UPDATE {register.table} SET {sets} WHERE number = ?",  # noqa: S608 (declared names)
        (*row.values(), number),
    )


def remove(connection: sqlite3.Connection, register: Register, number: int) -> None:
    """Take a record away; history keeps it."""
    connection.execute(f"DELETE FROM {register.table} WHERE number = ?", (number,))  # noqa: S608 (declared name)


def listed(
    connection: sqlite3.Connection,
    register: Register,
    root_id: int | None,
    *,
    own: bool = False,
    member_id: int | None = None,
) -> list[Listed]:
    """Return the records of a unit and all below it (of the whole file without one), by unit and number.

    With `own` those of the unit alone, with `member_id` those that name a member. What names a member, an entry or
    another record stands there as people call it.
    """
    columns: list[str] = []
    joins: list[str] = []
    for field in register.stored:
        if field.name == "unit":
            continue
        shown, join = _shown(field.name, field.kind, field.column)
        columns += shown
        joins += [join] if join else []
    owner = register.owner
    unit = "r.unit_id" if owner == "unit" else f"{_alias(owner)}.unit_id" if owner else "NULL"
    names = shown_names(register)
    where = f"WHERE {unit} IN ({query('subtree_ids')})" if root_id is not None and owner else ""
    if own:
        where = f"WHERE {unit} = :unit"
    elif member_id is not None:
        where = "WHERE r.member_id = :member"
    rows = connection.execute(
        f"SELECT r.number, coalesce(u.code, ''), coalesce(u.name, ''), {', '.join(columns)}"  # noqa: S608
        f" FROM {register.table} r {' '.join(joins)}"
        f" LEFT JOIN unit u ON u.id = {unit} {where} ORDER BY u.code, r.number",
        {"unit": root_id, "member": member_id},
    )
    return [Listed(number, code, name, dict(zip(names, rest, strict=True))) for number, code, name, *rest in rows]


def alike(connection: sqlite3.Connection, register: Register, values: Mapping[str, Any], left_out: str) -> list[Values]:
    """Return the records, each with its number, whose key is that of `values` but for one field."""
    where = " AND ".join(f"{field.column} IS ?" for field in register.key if field.name != left_out)
    rows = connection.execute(
        f"SELECT number FROM {register.table} WHERE {where} ORDER BY number",  # noqa: S608 (declared names)
        tuple(values.get(field.name) for field in register.key if field.name != left_out),
    ).fetchall()
    return [{"number": number, **(get(connection, register, number) or {})} for (number,) in rows]


def contact_points(connection: sqlite3.Connection, near: Sequence[int], leader: str) -> list[int]:
    """Return the contact points of a leader, named by code or name, in some units; in all when there are none."""
    rows = connection.execute(
        "SELECT c.number, c.unit_id FROM contact_point c JOIN member m ON m.id = c.member_id"
        " WHERE ?1 IN (m.code, m.name) ORDER BY 1",
        (leader,),
    )
    return [number for number, unit_id in rows if not near or unit_id in near]


def of_unit(connection: sqlite3.Connection, register: Register, unit_id: int) -> list[Values]:
    """Return a unit's own records, each with its number."""
    names = ["number", *(field.name for field in register.stored)]
    columns = ", ".join(["number", *(field.column for field in register.stored)])
    rows = connection.execute(
        f"SELECT {columns} FROM {register.table} WHERE unit_id = ? ORDER BY number",  # noqa: S608 (declared names)
        (unit_id,),
    )
    return [dict(zip(names, row, strict=True)) for row in rows]


def _alias(name: str) -> str:
    return f"x_{name}"


def shown_names(register: Register) -> list[str]:
    """Return the names of a listed record's values: its fields, and beside what it names its name."""
    named = [(field.name, f"{field.name}_name") if field.of_kind.names else (field.name,) for field in register.stored]
    return [name for names in named for name in names if names[0] != "unit"]


def _shown(name: str, kind: str, column: str) -> tuple[list[str], str]:
    """Return the expressions that show a field, and the join that they need."""
    alias = _alias(name)
    if names := kinds.of(kind).names:
        return [f"{alias}.code", f"{alias}.name"], f"LEFT JOIN {names} {alias} ON {alias}.id = r.{column}"
    if kind not in kinds.KINDS:
        from advedu.nouns import registers

        other = registers.named(kind)
        # A record with a code of its own is called by that.
        coded = any(field.name == "code" for field in other.fields)
        return [
            f"{alias}.code" if coded else f"r.{column}"
        ], f"LEFT JOIN {other.table} {alias} ON {alias}.number = r.{column}"
    return [f"r.{column}"], ""


def standing_on(connection: sqlite3.Connection, register: Register, number: int) -> list[tuple[Register, int]]:
    """Return the registers with records that point to one, and how many."""
    from advedu.nouns import registers

    found = []
    for other in registers.everyone():
        for field in other.stored:
            if field.kind == register.noun:
                statement = f"SELECT count(*) FROM {other.table} WHERE {field.column} = ?"  # noqa: S608 (declared names)
                found.append((other, int(connection.execute(statement, (number,)).fetchone()[0])))
    return [(other, count) for other, count in found if count]


class Owed(NamedTuple):
    """When a rectification item was found, and when nothing more was owed of it."""

    number: int
    found_on: str
    results_on: str | None
    dropped_on: str | None


def results_owed(connection: sqlite3.Connection) -> dict[int, list[Owed]]:
    """Return the rectification items of every unit, for whole files of milestones."""
    found: dict[int, list[Owed]] = {}
    rows = connection.execute(
        "SELECT unit_id, number, found_on, results_on, dropped_on FROM rectification ORDER BY 1, 2"
    )
    for unit_id, *values in rows:
        found.setdefault(unit_id, []).append(Owed(*values))
    return found


def numbers(connection: sqlite3.Connection, register: Register) -> Sequence[int]:
    """Return the numbers of all records."""
    return [number for (number,) in connection.execute(f"SELECT number FROM {register.table} ORDER BY 1")]  # noqa: S608
