"""Forms of the registers: what their columns want and the records they begin with, from the declarations alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from advedu.forms import guides
from advedu.forms.guides import DAY, NUMBER, TEXT, Guide
from advedu.i18n import N_
from advedu.importing.columns import Column
from advedu.naming import vocabulary
from advedu.nouns import registers
from advedu.nouns.declaration import Field, Register
from advedu.nouns.model import Unit
from advedu.storage import registers as storage
from advedu.values.identity import mask_phone

if TYPE_CHECKING:
    from advedu.forms.prefill import Ask, Row

_NUMBER = Guide(NUMBER, 9, N_("Leave it as it is; for something new leave it empty: it is assigned."))
_BY_KIND = {
    "text": Guide(width=22),
    "day": Guide(DAY, 12, N_("A day: 2005-01-20.")),
    "past_day": Guide(DAY, 12, N_("The day it was done: 2005-01-20; never one that lies in the future.")),
    "count": Guide(NUMBER, 9, N_("A whole number.")),
    "number": Guide(NUMBER, 9, N_("A whole number.")),
    "hours": Guide(TEXT, 9, N_("Hours, such as 2 or 2.5.")),
    "tick": Guide(TEXT, 9, N_("Yes or no: 是/否.")),
    "word": Guide(TEXT, 16, N_("Choose from the list.")),
    "phone": Guide(TEXT, 16, N_("Digits. A masked number, with stars, is left as it is stored.")),
    "rank": Guide(TEXT, 12, N_("Choose from the list.")),
    "batch": Guide(TEXT, 10, N_("Choose from the list.")),
    "unit": Guide(TEXT, 30, N_("The unit, by code or full name.")),
    "units": Guide(TEXT, 24, N_("Units, by code or full name, one after the other with commas between.")),
    "member": Guide(TEXT, 20, N_("The member: code, ID number, or name with the unit beside it.")),
    "team": Guide(TEXT, 14, N_("The team, by code or name.")),
}
_DATED = Guide(TEXT, 14, N_("The record by its number, or by its day where it is known by one."))
_LABELLED = Guide(TEXT, 18, N_("The record by its number, or by what stands in its first text."))


@cache
def of_kind(kind: str) -> Register | None:
    """Return the register of a kind of file; None for the other kinds."""
    return next((register for register in registers.everyone() if register.kind == kind), None)


def field(kind: str, name: str) -> Field | None:
    """Return what is declared of a column; None for what is no field of a register."""
    register = of_kind(kind)
    return None if register is None else next((each for each in register.fields if each.name == name), None)


def of(kind: str, column: Column) -> Guide:
    """Return what a column of any kind of file wants."""
    declared = field(kind, column.name)
    if declared is None:
        return _NUMBER if column.name == "number" else guides.of(kind, column)
    if declared.kind in registers.MODULES and declared.kind not in _BY_KIND:
        other = registers.named(declared.kind)
        return _DATED if any("day" in other.field(label).kind for label in other.labels) else _LABELLED
    return _BY_KIND[declared.kind]


def words(connection: sqlite3.Connection, kind: str, column: Column, below: Unit) -> tuple[str, ...]:
    """Return the words that a column of any kind offers in a form for a unit; none where anything may stand."""
    declared = field(kind, column.name)
    if declared is None or declared.name == "unit":
        return guides.words(connection, column, below)
    if declared.words:
        return tuple(word.headings[0] for word in declared.words.values())
    if declared.kind == "team":
        return tuple(row.values["code"] for row in storage.listed(connection, registers.named("team"), None))
    return vocabulary.offered(connection, declared.kind)


def rows(ask: Ask, register: Register) -> list[Row]:
    """Return the records of a unit and of all below it that is open, with their numbers; all teams in any form."""
    open_units = {unit.code for unit in ask.subtree().values()}
    found = []
    for record in storage.listed(ask.connection, register, ask.unit.id if register.owner else None):
        dated = record.values.get(register.dated) if register.dated else None
        if (register.owner and record.unit not in open_units) or (dated is not None and dated > ask.day):
            continue
        row: Row = {"number": record.number}
        if register.owner:
            row["unit"] = guides.label(record.unit, record.unit_name)
        for each in register.stored:
            if each.name != "unit" or not register.owner:
                row[each.name] = _word(ask, each, record.values)
        found.append(row)
    return found


_SPOKEN: Mapping[str, Callable[[Any], str]] = {
    "tick": lambda value: vocabulary.TICKS[0 if value else 1],
    "hours": lambda value: f"{value:g}",
}


def _word(ask: Ask, declared: Field, values: dict[str, Any]) -> Any:
    """Return a value as its sheet writes it."""
    value = values[declared.name]
    if value is None:
        return None
    if declared.words:
        return declared.words[value].headings[0]
    if declared.kind in _SPOKEN:
        return _SPOKEN[declared.kind](value)
    if declared.kind == "phone" and not ask.reveal:
        return mask_phone(value)
    if declared.of_kind.names:
        label = guides.label(str(value), values[f"{declared.name}_name"])
        offered = vocabulary.offered(ask.connection, declared.kind)
        return values[f"{declared.name}_name"] if offered and label not in offered else label
    return value
