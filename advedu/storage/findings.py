"""What does not hold on a day: one query per finding, all over the same few tables put aside beforehand.

`look` materialises what is counted (`queries/scope.sql`, `queries/counted.sql`) as of the day into temporary tables,
once; every file of `queries/findings/` is named after the code of the finding that it looks for, and selects the unit,
the member, and the values that the finding's message names. To add one: its entry in `advedu/findings/`, and the file.

    here       the units: kind, sector, batch, day 0, parent, whether open, whether they owe anything
    owed       what is due from each open unit, done by it, or has a role: until when, and since when it is done
    present    who belonged to which unit; peopled: how many in each; leaders, and concerned: some of them, by member
    chiefs     who was whose chief from when to when; heads: the chief of each unit on the day
    covered    which team looks after each unit
    marks      the milestones with a role that are marked, with the chief of the day of the mark
    events     what happened to phases
"""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from advedu.rules.survey import BallotSheet
from advedu.storage import query, units
from advedu.storage.figures import DEEPEST, Scope

# What a rule of the campaign says where its definition is silent.
RULES = {"absence_days": 7, "late_entry_days": 7, "phase_days": 45, "phase_tolerance_days": 15, "visit_days": 30}
_EVENTS = (
    "number INTEGER PRIMARY KEY, unit_id INTEGER, phase_id, event, happened_on, overridden, missing, reason, entered_on"
)
# What a table continues: the walk over the tree, gone once; what is counted, from the units put aside; nothing.
_WALK = ("scope",)
_COUNTED = ("as_of/scope", "counted")
_ALONE = ()
# In this order: the later ones look at the earlier.
_TABLES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "here",
        _WALK,
        "unit_id INTEGER PRIMARY KEY, kind, sector_id, batch_id, starts_on, open, exempted, profile, parent_id, owes",
    ),
    ("owed", _COUNTED, "unit_id INTEGER, milestone_id INTEGER, role, due_on, done_on"),
    ("present", _COUNTED, "unit_id INTEGER, member_id INTEGER, PRIMARY KEY (unit_id, member_id)"),
    ("concerned", _ALONE, "member_id INTEGER PRIMARY KEY, unit_id INTEGER"),
    ("leaders", _COUNTED, "member_id INTEGER PRIMARY KEY, unit_id INTEGER"),
    ("peopled", _ALONE, "unit_id INTEGER PRIMARY KEY, members INTEGER"),
    ("chiefs", _ALONE, "unit_id INTEGER, name, from_on, to_on"),
    ("covered", _ALONE, "unit_id INTEGER PRIMARY KEY, team"),
    ("heads", _ALONE, "unit_id INTEGER PRIMARY KEY, chief"),
    ("marks", _ALONE, "unit_id INTEGER, milestone_id INTEGER, role, done_on, head, reporter, chief"),
    ("events", _ALONE, _EVENTS),
)
_INDEXES = {
    "here": "parent_id",
    "chiefs": "unit_id, from_on",
    "events": "unit_id, phase_id, number",
}


class FoundFinding(NamedTuple):
    """One finding: its code, whose it is (keys of the file; None for the file as a whole), what its message names."""

    code: str
    unit_id: int | None
    member_id: int | None
    values: Mapping[str, Any]


class Look(NamedTuple):
    """A file with the tables put aside, and the values that the queries ask for."""

    connection: sqlite3.Connection
    day: str
    parameters: Mapping[str, object]


def look(connection: sqlite3.Connection, scope: Scope) -> Look:
    """Put aside what the queries look at, in memory."""
    put = connection.execute
    # Names and telephone numbers have no business in a temporary file.
    put("PRAGMA temp_store = MEMORY")
    rules = {code: rule(connection, code) for code in RULES}
    (whole,) = put("SELECT parent_id IS NULL FROM unit WHERE id = ?", (scope.root,)).fetchone()
    parameters = {
        **scope._asdict(),
        **rules,
        "by": "batch",
        "batch": units.inherited_batch(connection, scope.root, scope.day),
        "team": units.covering_team(connection, scope.root, scope.day),
        "levels": DEEPEST,
        "whole": whole,
        "late": f"{rules['late_entry_days']} days",
    }
    for name, before, columns in _TABLES:
        put(f"DROP TABLE IF EXISTS temp.{name}")
        # By unit, as they are asked for: then nobody needs an index or a sort.
        clustered = " WITHOUT ROWID" if "PRIMARY KEY (" in columns else ""
        put(f"CREATE TEMP TABLE {name} ({columns}){clustered}")
        put(f"INSERT INTO temp.{name} {query(*before, f'as_of/{name}')}", parameters)
        if name in _INDEXES:
            put(f"CREATE INDEX temp.{name}_index ON {name} ({_INDEXES[name]})")
    put(query("as_of/owing"), parameters)
    return Look(connection, scope.day, parameters)


def rule(connection: sqlite3.Connection, code: str) -> int:
    """Return a number of the campaign's rules; the usual one where the definition is silent."""
    row = connection.execute("SELECT value FROM rule WHERE code = ?", (code,)).fetchone()
    return int(row[0]) if row else RULES[code]


def asked(seen: Look, code: str) -> list[FoundFinding]:
    """Return the findings of one code, as its query finds them."""
    cursor = seen.connection.execute(query(f"findings/{code}"), seen.parameters)
    names = [column[0] for column in cursor.description[2:]]
    return [FoundFinding(code, unit, member, dict(zip(names, values, strict=True))) for unit, member, *values in cursor]


def sheets(seen: Look) -> dict[int, list[BallotSheet]]:
    """Return the survey sheets held by the day, by open unit."""
    found: dict[int, list[BallotSheet]] = {}
    for unit_id, *values in seen.connection.execute(query("as_of/sheets"), seen.parameters):
        found.setdefault(unit_id, []).append(BallotSheet(*values))
    return found


class Proposal(NamedTuple):
    """A proposal for commendation, as of the day."""

    number: int
    unit_id: int
    member_id: int | None
    honour: str
    proposed_on: str
    awarded_on: str | None
    overridden: int


def commendations(seen: Look) -> list[Proposal]:
    """Return the proposals made by the day."""
    rows = seen.connection.execute(query("as_of/commendations"), seen.parameters)
    return [Proposal(*row) for row in rows]


def units_seen(seen: Look) -> list[int]:
    """Return the units that are looked at."""
    return [unit_id for (unit_id,) in seen.connection.execute("SELECT unit_id FROM temp.here")]


def summaries(seen: Look) -> list[tuple[int, str, str]]:
    """Return the open units that owe a survey and marked their summary: key, milestone's code, day."""
    return seen.connection.execute(query("as_of/summaries"), seen.parameters).fetchall()


def unit_labels(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return code and name of units."""
    return _labels(connection, "unit", ids)


def member_labels(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return code and name of members."""
    return _labels(connection, "member", ids)


def _labels(connection: sqlite3.Connection, table: str, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    # Whole numbers, comma by comma: the json module alone would take longer than the query.
    keys = f"[{','.join(map(str, sorted(ids)))}]"
    rows = connection.execute(
        f"SELECT x.id, x.code, x.name FROM json_each(?) i CROSS JOIN {table} x ON x.id = i.value",  # noqa: S608 (two names)
        (keys,),
    )
    return {id_: (code, name) for id_, code, name in rows}
