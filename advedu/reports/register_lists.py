"""The lists of the registers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from advedu.i18n import N_, _, ngettext
from advedu.nouns.declaration import Field, Register
from advedu.nouns.model import Unit
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.storage import register_rows
from advedu.storage.register_rows import Listed


def columns(register: Register) -> tuple[Column, ...]:
    """Return the columns of a register's list."""
    found = [Column("number", N_("No."), align="right")]
    if register.owner:
        found += [Column("unit", N_("Unit")), Column("unit_name", N_("Name"))]
    for field in register.stored:
        if field.name == "unit":
            continue
        words = {value: word.name for value, word in field.words.items()}
        found.append(Column(field.name, field.title, words, "right" if field.of_kind.right else "left"))
        if field.of_kind.names:
            found.append(Column(f"{field.name}_name", N_("Name")))
    return tuple(found)


def listed(
    connection: sqlite3.Connection,
    register: Register,
    top: Unit | None,
    day: str,
    *,
    only_open: bool = False,
    also: Callable[[Mapping[str, Any]], bool] | None = None,
    reveal: bool = False,
) -> Report:
    """Return the records of a unit and all below it as of a day: later ones are left out, later days are empty."""
    found = [
        row if reveal else masked(register, row)
        for row in kept(connection, register, top, day)
        if (not only_open or _is_open(register, row)) and (also is None or also(row.values))
    ]
    names = register_rows.shown_names(register)
    values = [
        (row.number, *((row.unit, row.unit_name) if register.owner else ()), *(row.values[name] for name in names))
        for row in found
    ]
    by_number = {row.number: row for row in found}

    def table(shown: Sequence[Sequence[Any]]) -> list[Table]:
        return [_table(register, [by_number[values[0]] for values in shown])] if shown else []

    return Report(
        columns(register),
        values,
        head={"as_of": day, "unit": top.code if top else None},
        drawn=table,
        notes=[ngettext("{count} record", "{count} records", len(found)).format(count=len(found))],
    )


def masked(register: Register, row: Listed) -> Listed:
    """Return a record with its personal numbers masked."""
    masked = {name: register.field(name).masked(row.values[name]) for name in register.private if row.values[name]}
    return row._replace(values={**row.values, **masked}) if masked else row


def kept(connection: sqlite3.Connection, register: Register, top: Unit | None, day: str) -> list[Listed]:
    """Return the records of a unit and all below it that there are on a day, as they stand then."""
    root = None if top is None or top.parent_id is None else top.id
    return standing(register, register_rows.listed(connection, register, root), day)


def standing(register: Register, rows: Iterable[Listed], day: str) -> list[Listed]:
    """Return the records that there are on a day, as they stand then; ticks are truth values."""
    ticks = [field.name for field in register.stored if field.kind == "tick"]
    found = (as_of(register, each, day) for each in rows)
    return [
        row._replace(values={**row.values, **{name: bool(row.values[name]) for name in ticks}})
        for row in found
        if exists(register, row.values, day)
    ]


def exists(register: Register, values: Mapping[str, Any], day: str) -> bool:
    """Tell whether a record is there on a day."""
    when = values.get(register.dated) if register.dated else None
    return when is None or bool(when <= day)


def _is_open(register: Register, row: Listed) -> bool:
    return register.open is not None and register.open(row.values)


def as_of(register: Register, row: Listed, day: str) -> Listed:
    """Return a record without what was done later."""
    return row._replace(values=values_as_of(register, row.values, day))


def values_as_of(register: Register, values: Mapping[str, Any], day: str) -> dict[str, Any]:
    """Return the values of a record without what was done later."""
    later = {
        field.name: None
        for field in register.stored
        if field.kind == "past_day" and field.name != register.dated and (values[field.name] or "") > day
    }
    return {**values, **later}


def _table(register: Register, rows: list[Listed]) -> Table:
    """Return a table of the columns in which something stands, as far as a screen is wide; the rest is for files."""
    shown = [
        field
        for field in register.stored
        if field.name != "unit" and field.name not in register.hidden and any(_held(field, row) for row in rows)
    ]
    heads = (
        Head(_("No."), "right"),
        *((Head(_("Unit")),) if register.owner else ()),
        *(
            Head(_(field.title), "right" if field.of_kind.right else "left", 10 if "day" in field.kind else 6)
            for field in shown
        ),
    )
    lines = [
        [
            Cell(str(row.number)),
            *([Cell(f"{row.unit} {row.unit_name}")] if register.owner else []),
            *(_cell(field, row) for field in shown),
        ]
        for row in rows
    ]
    return Table(heads, lines)


def _held(field: Field, row: Listed) -> bool:
    """Tell whether something stands in a field; a count of nothing is nothing, and so is what is not ticked."""
    if field.kind == "tick":
        return bool(row.values[field.name])
    return row.values[field.name] not in (None, "", *([0] if field.kind == "count" and not field.required else []))


def _cell(field: Field, row: Listed) -> Cell:
    value = row.values[field.name]
    if value is None:
        return Cell("")
    if field.words:
        return Cell(_(field.words[value].name))
    if field.of_kind.names:
        return Cell(f"{value} {row.values[f'{field.name}_name']}")
    return Cell(field.of_kind.shown(value))
