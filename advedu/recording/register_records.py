"""Records of the registers: add, change, take away; what a record must have, and what follows from it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from advedu import errors
from advedu.i18n import N_
from advedu.naming import resolve
from advedu.nouns.declaration import Field, Register, Wrong
from advedu.recording import bulletins, commendations, posts
from advedu.recording.units import refuse_closed
from advedu.storage import members, register_rows, units
from advedu.values.readers import Problem
from advedu.values.text import shortened

Given = Mapping[str, Any]


def put(connection: sqlite3.Connection, register: Register, given: Given, day: str, number: int | None = None) -> str:
    """Add a record, or change the one with that number or key; return "inserted", "updated" or "unchanged".

    Args:
        connection: the file, inside an operation.
        register: the declaration.
        given: the fields that are given; None clears.
        day: the day of entry.
        number: the record to change, where it is known.

    Raises:
        Wrong: the record is not complete, or its values do not go together.
        UnitClosed: its unit is closed by then.
    """
    given = _led(connection, register, given)
    if number is None:
        number = register_rows.find(connection, register, with_defaults(register, given)) or _undated(
            connection, register, given
        )
    if number is None:
        add(connection, register, given, day)
        return "inserted"
    return "updated" if change(connection, register, number, given, day) else "unchanged"


def _undated(connection: sqlite3.Connection, register: Register, given: Given) -> int | None:
    """Return the record that is meant where a day of the key may be left out, the first one of a post.

    A row without it means the one there is; a row with it completes one that has none and goes on.

    Raises:
        Wrong: several fit.
    """
    # Nobody named is not somebody left out: a unit that is proposed is none of its members.
    left_out = [field.name for field in register.key if not field.required and "day" in field.kind]
    if not left_out:
        return None
    wanted = with_defaults(register, given)
    (name,) = left_out
    alike = register_rows.alike(connection, register, wanted, name)
    if wanted[name] is not None:
        alike = [each for each in alike if each[name] is None and each["to_on"] is None]
    if len(alike) > 1:
        why = N_("several fit: number {numbers}; write the number")
        raise Wrong(name, "value_invalid", why, numbers=shortened(alike, lambda each: str(each["number"])))
    return alike[0]["number"] if alike else None


def add(connection: sqlite3.Connection, register: Register, given: Given, day: str) -> int:
    """Add a record and return its number.

    Raises:
        Wrong: it is not complete, its values do not go together, or there is one with this key.
        UnitClosed: its unit is closed by then.
    """
    values = _completed(connection, register, with_defaults(register, _led(connection, register, given)))
    _check(connection, register, values)
    if (existing := register_rows.find(connection, register, values)) is not None:
        raise Wrong(
            register.key[-1].name, "duplicate", N_("this is on record already, as number {number}"), number=existing
        )
    home = register_rows.unit_of(connection, register, values)
    if home is not None:
        refuse_closed(units.by_id(connection, home), _day_of(connection, register, values) or day)
    number = register_rows.insert(connection, register, values, day)
    _follow(connection, register, values, day)
    return number


def change(connection: sqlite3.Connection, register: Register, number: int, given: Given, day: str) -> bool:
    """Change fields of a record; tell whether anything did.

    Raises:
        Wrong: the record would not be complete, or its values would not go together.
    """
    stored = register_rows.get(connection, register, number)
    assert stored is not None
    if register.noun in _KEPT:
        _KEPT[register.noun](connection, stored, given)
    # What is cleared is as it would be in a new record.
    given = {name: register.field(name).default if value is None else value for name, value in given.items()}
    whole = {**stored, **given}
    given |= {
        name: value for name, value in _completed(connection, register, whole).items() if value != whole.get(name)
    }
    _check(connection, register, {**stored, **given}, number)
    changed = {name: value for name, value in given.items() if name in stored and stored[name] != value}
    if not changed:
        return False
    if changed.keys() & {field.name for field in register.key}:
        other = register_rows.find(connection, register, {**stored, **changed})
        if other not in (None, number):
            why = N_("this is on record already, as number {number}")
            raise Wrong(register.key[-1].name, "duplicate", why, number=other)
    register_rows.update(connection, register, number, changed, day)
    _follow(connection, register, {**stored, **changed}, day)
    return True


def remove(connection: sqlite3.Connection, register: Register, number: int, day: str) -> None:
    """Take a record away; history keeps it.

    Raises:
        NoSuchRecord: there is none of that number.
        RecordInUse: others stand on it.
    """
    taken = known(connection, register, number)
    for other, count in register_rows.standing_on(connection, register, number):
        raise errors.RecordInUse(what=register.one, number=number, count=count, others=other.one, noun=other.noun)
    if register.noun in _KEPT:
        _KEPT[register.noun](connection, taken, None)
    register_rows.remove(connection, register, number)
    if register.noun == "post":
        posts.follow(connection, taken, units.by_id(connection, taken["unit"]).chief, day)


def known(connection: sqlite3.Connection, register: Register, number: int) -> dict[str, Any]:
    """Return a record.

    Raises:
        NoSuchRecord: there is none of that number.
    """
    found = register_rows.get(connection, register, number)
    if found is None:
        raise errors.NoSuchRecord(what=register.one, wanted=number, noun=register.noun)
    return found


def reference(connection: sqlite3.Connection, field: Field, near: Sequence[int], label: str) -> int:
    """Return the number of the record that a word names: by a label within the units `near`, else by its number.

    The units are looked at in their order; none means all.

    Raises:
        Wrong: nothing fits, or several do.
    """
    other = _register(field.kind)
    found: list[int] = []
    for unit_id in near or (None,):
        found = register_rows.named(connection, other, unit_id, label)
        if found:
            break
    if not found and other.noun == "contact-point":
        found = register_rows.contact_points(connection, near, label)
    if not found and label.isdigit() and (there := register_rows.get(connection, other, int(label))):
        if near and other.has_unit and there["unit"] not in near:
            raise Wrong(field.name, "value_invalid", N_("number {what} belongs to another unit"), what=label)
        return int(label)
    if len(found) != 1:
        why = N_("several fit: number {numbers}; write the number") if found else N_("no such record: {what}")
        raise Wrong(field.name, "value_invalid", why, what=label, numbers=shortened(found))
    return found[0]


def unit_codes(lookup: resolve.Lookup, text: str, *, by_sound: bool = True) -> str:
    """Return the codes of units that a text lists by what they are called, separated by 、 or commas.

    For `by_sound` see `naming.Lookup.unit`.

    Raises:
        Problem: one of them is no unit.
    """
    codes = []
    for name in filter(None, (part.strip() for part in re.split(r"[、,，;；\n]", text))):
        try:
            codes.append(lookup.unit(name, by_sound=by_sound).code)
        except (errors.NoSuchUnit, errors.AmbiguousUnit):
            raise Problem("unit_unknown", N_("no unit with this code or full name: {name}"), name=name) from None
    return "、".join(dict.fromkeys(codes))


def with_defaults(register: Register, given: Given) -> dict[str, Any]:
    """Return the values of a new record."""
    return {
        field.name: given[field.name] if given.get(field.name) is not None else field.default
        for field in register.fields
    }


def _day_of(connection: sqlite3.Connection, register: Register, values: Given) -> str | None:
    """Return the day that places a record in time: its own, else that of the record it belongs to."""
    if register.via:
        above = _register(register.above)
        return _day_of(connection, above, known(connection, above, values[register.via]))
    day: str | None = values.get(register.dated) if register.dated else None
    return day


def _check(connection: sqlite3.Connection, register: Register, values: Given, number: int | None = None) -> None:
    for field in register.fields:
        if field.required and values.get(field.name) in (None, ""):
            raise Wrong(field.name, "required_missing", N_("this must not be empty"))
    if register.check is not None:
        register.check(values)
    if register.noun in _TOGETHER:
        _TOGETHER[register.noun](connection, values)
    if register.noun == "bulletin":
        bulletins.refuse_twice(connection, values, number)


# ── what goes before and after ──


def _led(connection: sqlite3.Connection, register: Register, given: Given) -> Given:
    lead = _BEFORE.get(register.noun)
    return lead(connection, given) if lead else given


def _completed(connection: sqlite3.Connection, register: Register, values: dict[str, Any]) -> dict[str, Any]:
    """Return a record with what the file itself puts there, where it has all that this needs."""
    complete = _COMPLETED.get(register.noun)
    needed = [field.name for field in register.fields if field.required]
    if complete is None or any(values.get(name) is None for name in needed):
        return values
    return dict(complete(connection, values))


def _follow(connection: sqlite3.Connection, register: Register, values: Given, day: str) -> None:
    if register.noun == "post":
        posts.settle(connection, values, day)


def _remedial_deadline(connection: sqlite3.Connection, given: Given) -> Given:
    """Give remedial work its deadline: so many days after the failed round (R10)."""
    if given.get("deadline") or given.get("unit") is None or given.get("round") is None:
        return given
    from advedu.storage import survey_rounds
    from advedu.values.dates import add_days

    held_on = survey_rounds.held_on(connection, given["unit"], given["round"])
    if held_on is None:
        why = N_("round {round} is not on record; record its sheets first")
        raise Wrong("round", "value_invalid", why, round=given["round"])
    if register_rows.find(connection, _register("remedial"), given) is not None:
        return given
    return {**given, "deadline": add_days(held_on, survey_rounds.rules(connection).remedial_days)}


def _register(noun: str) -> Register:
    from advedu.nouns import registers

    return registers.named(noun)


def _same_unit(connection: sqlite3.Connection, values: Given) -> None:
    """Let an opinion be merged into a problem of its own unit alone (D29)."""
    if values.get("rectification") is None:
        return
    item = known(connection, _register("rectification"), values["rectification"])
    if item["unit"] != values["unit"]:
        why = N_("problem number {number} belongs to another unit, {unit}")
        there = units.by_id(connection, item["unit"]).label
        raise Wrong("rectification", "value_invalid", why, number=values["rectification"], unit=there)


def _could_miss(connection: sqlite3.Connection, values: Given) -> None:
    """Let nobody miss a session of a unit that he or she did not belong to, or make it good before it was held."""
    session = known(connection, _register("session"), values["session"])
    held_on, unit_id = session["held_on"], session["unit"]
    home = members.unit_on(connection, values["member"], held_on)
    if home is None or unit_id not in (home, *units.ancestors(connection, home, held_on)):
        why = N_("{who} was no member of {unit} or below it on {day}")
        who, unit = members.label(connection, values["member"]), units.by_id(connection, unit_id).label
        raise Wrong("member", "value_invalid", why, who=who, unit=unit, day=held_on)
    if values.get("made_up_on") and values["made_up_on"] < held_on:
        why = N_("the session was held on {day}; it cannot be made good before")
        raise Wrong("made_up_on", "value_invalid", why, day=held_on)


def _by_a_leader(connection: sqlite3.Connection, values: Given) -> None:
    """Let leaders alone have contact points (R7)."""
    if not members.by_id(connection, values["member"]).leader:
        raise Wrong("member", "not_applicable", N_("is not marked as a leader, so no contact point is owed"))


def _after_round(connection: sqlite3.Connection, values: Given) -> None:
    """Let remedial work be done after the round that failed."""
    from advedu.storage import survey_rounds

    held_on = survey_rounds.held_on(connection, values["unit"], values["round"])
    if held_on and values.get("done_on") and values["done_on"] < held_on:
        why = N_("round {round} was held on {day}; remedial work comes after it")
        raise Wrong("done_on", "value_invalid", why, round=values["round"], day=held_on)


_BEFORE: Final[Mapping[str, Callable[[sqlite3.Connection, Given], Given]]] = {
    "remedial": _remedial_deadline,
    "post": posts.placed,
}
# What the file itself puts into a record.
_COMPLETED: Final[Mapping[str, Callable[[sqlite3.Connection, Given], Given]]] = {
    "bulletin": bulletins.numbered,
    "commendation": commendations.proposed,
}
# What may not be changed (to these values) or taken away (None).
_KEPT: Final[Mapping[str, Callable[[sqlite3.Connection, Given, Given | None], None]]] = {
    "bulletin": bulletins.keep_gapless,
    "commendation": commendations.keep_override,
}
# What the file itself says about a record's values, beside what they say about one another.
_TOGETHER: Final[Mapping[str, Callable[[sqlite3.Connection, Given], None]]] = {
    "opinion": _same_unit,
    "missed": _could_miss,
    "contact-point": _by_a_leader,
    "remedial": _after_round,
}
