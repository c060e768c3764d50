"""Changes of what is declared in words: units, members, what was done, and the registers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from advedu.i18n import N_, _
from advedu.nouns import index, registers
from advedu.nouns.declaration import Field, Register

if TYPE_CHECKING:
    from advedu.reports.change_lines import Words

YES_NO = {"1": N_("yes"), "0": N_("no")}
# So much of a text tells one record from another.
LABEL = 24


def _register(table: str) -> Register:
    return registers.named(index.TABLES[table])


def _field(register: Register, column: str) -> Field | None:
    return next((field for field in register.stored if column in (field.name, field.column)), None)


def one(table: str) -> str:
    """Return what a single record is called, as a text for the catalogue."""
    return _register(table).one


def title(table: str, column: str) -> str:
    """Return what a field is called, as a text for the catalogue."""
    field = _field(_register(table), column)
    return field.title if field else column


def words(table: str, column: str) -> Mapping[str, str]:
    """Return the names of a fixed list's values, as texts for the catalogue."""
    field = _field(_register(table), column)
    if field is None:
        return {}
    if field.kind == "tick":
        return YES_NO
    return {value: word.name for value, word in field.words.items()} if field.kind == "word" else {}


def value(known: Words, table: str, column: str, value: Any) -> str | None:
    """Return a value of a column: units, members and entries by code and name, other records by number and label."""
    field = _field(_register(table), column)
    if field is None or value is None:
        return None if value is None else str(value)
    if field.of_kind.names:
        return known.label(field.of_kind.names, value)
    if field.is_record:
        other = registers.named(field.kind)
        return entry(known, other.table, {"number": value, **known.record(other, value)})
    if field.kind == "tick":
        return str(value)
    mask = field.of_kind.mask
    # The history goes to others: a unit's telephone is masked in it, too.
    return field.of_kind.shown(value) if mask is None or known.reveal else mask(str(value))


def entry(known: Words, table: str, row: Mapping[str, Any]) -> str:
    """Return the number and the label of a record."""
    register = _register(table)
    if register.via:
        above = registers.named(register.above)
        return f"{row['number']} ({entry(known, above.table, _above(known, register, row))})"
    return f"{row['number']} {_label(known, register, row)}".rstrip()


def _label(known: Words, register: Register, row: Mapping[str, Any]) -> str:
    """Return what people know a record by: its labels, else what tells it from its unit's others."""
    fields = [register.field(name) for name in register.labels] or [
        field for field in register.key if field.name != "unit" and field.kind != "text"
    ]
    # A day comes first: it is short, and people remember it.
    parts = []
    for field in sorted(fields, key=lambda each: "day" not in each.kind):
        held = row.get(field.column)
        if held in (None, ""):
            continue
        if field.of_kind.names:
            parts.append(str(known.label(field.kind, held)))
        elif field.is_record:
            # What has a code is called by it; other records are numbers, which tell people nothing.
            parts.append(str(known.record(registers.named(field.kind), held).get("code") or held))
        else:
            said = _(field.words[held].name) if field.words else str(held)
            parts.append(f"{_(field.title)} {said}" if field.kind == "number" else said)
    text = " ".join(parts)
    return text if len(text) <= LABEL else f"{text[: LABEL - 1]}…"


def unit(known: Words, table: str, row: Mapping[str, Any]) -> str | None:
    """Return the unit that a record belongs to."""
    register = _register(table)
    if register.via:
        return unit(known, registers.named(register.above).table, _above(known, register, row))
    return known.label("unit", row.get("unit_id"))


def _above(known: Words, register: Register, row: Mapping[str, Any]) -> Mapping[str, Any]:
    number = row[register.field(register.via).column]
    return {"number": number, **known.record(registers.named(register.above), number)}
