"""A unit's leading body as it is on a day (R6, D8, D9)."""

from __future__ import annotations

import sqlite3
from typing import Any

from advedu.i18n import N_, _
from advedu.nouns.model import Unit
from advedu.nouns.registers import named
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.storage import register_rows, units

ROLES = {value: word.name for value, word in named("body").field("role").words.items()}
COLUMNS = (
    Column("number", N_("No."), align="right"),
    Column("role", N_("Role"), ROLES),
    Column("name", N_("Full name")),
    Column("post", N_("Post")),
    Column("from_on", N_("From")),
    Column("to_on", N_("Until")),
)


def holds(values: dict[str, Any], day: str) -> bool:
    """Tell whether a post or place is held on a day: the day `to_on` is the first without."""
    return (values["from_on"] or "") <= day and (values["to_on"] is None or values["to_on"] > day)


def members(connection: sqlite3.Connection, unit: Unit, day: str) -> list[dict[str, Any]]:
    """Return who is in a unit's body and its office on a day, the head first."""
    found = [each for each in register_rows.of_unit(connection, named("body"), unit.id) if holds(each, day)]
    return sorted(found, key=lambda each: (list(ROLES).index(each["role"]), each["number"]))


def head_is_chief(body: list[dict[str, Any]], chief: str | None) -> bool | None:
    """Tell whether the head is the chief; None when there is no head, or nobody knows the chief."""
    heads = [each["name"] for each in body if each["role"] == "head"]
    return None if not heads or chief is None else heads == [chief]


def show(connection: sqlite3.Connection, unit: Unit, day: str) -> Report:
    """Return a unit's leading body and office as of a day."""
    body, chief = members(connection, unit, day), units.chief_on(connection, unit.id, day)
    rows = [tuple(each[column.key] for column in COLUMNS) for each in body]
    same = head_is_chief(body, chief)
    keys = [column.key for column in COLUMNS]
    return Report(
        COLUMNS,
        rows,
        document={
            "as_of": day,
            "unit": unit.code,
            "unit_name": unit.name,
            "chief": chief,
            "head_is_chief": same,
            "rows": [dict(zip(keys, row, strict=True)) for row in rows],
        },
        tables=lambda: [_table(body)] if body else [],
        title=_("{unit} · as of {day}").format(unit=unit.label, day=day),
        notes=[_verdict(body, chief, same)],
    )


def _verdict(body: list[dict[str, Any]], chief: str | None, same: bool | None) -> str:
    if not body:
        return _("no leading body is on record for this day")
    if not any(each["role"] == "head" for each in body):
        return _("! the body has no head on this day")
    if chief is None:
        return _("! nobody is on record as chief on this day")
    if same:
        return _("✓ the head is the chief of this day, {chief}").format(chief=chief)
    return _("! the head is not the chief of this day, {chief}").format(chief=chief)


def _table(body: list[dict[str, Any]]) -> Table:
    held = [column for column in COLUMNS if any(each[column.key] is not None for each in body)]
    heads = tuple(Head(_(column.title), column.align, 10 if column.key.endswith("_on") else 0) for column in held)
    lines = [
        [Cell(_(ROLES[each["role"]]) if column.key == "role" else str(each[column.key] or "")) for column in held]
        for each in body
    ]
    return Table(heads, lines)
