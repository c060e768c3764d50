"""Posts of chiefs: one follows another, and the unit bears the name of today's (R6, D43)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from advedu import errors
from advedu.nouns.model import Unit
from advedu.nouns.registers import named
from advedu.recording.units import refuse_closed
from advedu.storage import register_rows, units

Given = Mapping[str, Any]


def chiefs(connection: sqlite3.Connection, unit_id: int) -> list[dict[str, Any]]:
    """Return the chief's posts of a unit, the earliest first."""
    found = [post for post in register_rows.of_unit(connection, named("post"), unit_id) if post["role"] == "chief"]
    return sorted(found, key=lambda post: post["from_on"] or "")


def placed(connection: sqlite3.Connection, given: Given) -> Given:
    """Let the post of an earlier chief, put on record later, end where the next one's begins."""
    if given.get("role", "chief") != "chief" or given.get("unit") is None or given.get("to_on"):
        return given
    starts = given.get("from_on") or ""
    own = register_rows.find(connection, named("post"), {"role": "chief", "from_on": None, **given})
    later = [
        post["from_on"]
        for post in chiefs(connection, given["unit"])
        if post["number"] != own and (post["from_on"] or "") > starts and post["name"] != given.get("name")
    ]
    return {**given, "to_on": later[0]} if later and own is None else given


def settle(connection: sqlite3.Connection, values: Given, day: str) -> None:
    """Let a chief's predecessor's post end, and the unit bear the name of the chief of today."""
    if values["role"] != "chief":
        return
    post = named("post")
    unit = units.by_id(connection, values["unit"])
    others = [other for other in chiefs(connection, unit.id) if other["name"] != values["name"]]
    starts = values.get("from_on")
    if starts and unit.chief and unit.chief != values["name"] and not others:
        # Whoever was the chief until now stays the chief of the days before.
        before = {"unit": unit.id, "role": "chief", "name": unit.chief, "title": None, "from_on": None, "to_on": starts}
        register_rows.insert(connection, post, before, day)
    for other in others:
        # Before the first post on record was whoever the unit bore; its end was only ours.
        ours = other["from_on"] is None and other["to_on"] == values.get("to_on")
        if starts and (other["to_on"] is None or ours) and (other["from_on"] or "") < starts:
            register_rows.update(connection, post, other["number"], {"to_on": starts}, day)
    follow(connection, values, unit.chief, day)


def follow(connection: sqlite3.Connection, values: Given, now: str | None, day: str) -> None:
    """Let the unit bear the name of the chief of today, where that is known."""
    chief = units.chief_on(connection, values["unit"], day)
    if chief and chief != now:
        units.update(connection, values["unit"], {"chief": chief})


def check(connection: sqlite3.Connection, unit: Unit, name: str, on: str) -> list[dict[str, Any]]:
    """Return the chief's posts of a unit that may be handed over on a day.

    Raises:
        NotAfterLastPost, UnitClosed: as `hand_over`.
    """
    refuse_closed(unit, on)
    known = chiefs(connection, unit.id)
    stays = units.chief_on(connection, unit.id, on) == name
    for other in known:
        since = other["from_on"] or ""
        if (since >= on and other["name"] != name) or (since > on and not stays):
            raise errors.NotAfterLastPost(unit=unit.label, name=other["name"], since=other["from_on"])
    return known


def hand_over(connection: sqlite3.Connection, unit: Unit, name: str, on: str, title: str | None, day: str) -> None:
    """Let somebody be the chief from a day on; whoever was it stays the chief of the days before.

    The same name again changes nothing but the title.

    Args:
        connection: the file, inside an operation.
        unit: the unit.
        name: the new chief.
        on: the new chief's first day.
        title: the new chief's title, None when it is not given.
        day: the day of entry.

    Raises:
        NotAfterLastPost: somebody else is on record as chief from that day or a later one.
        UnitClosed: the unit is closed by then.
    """
    known = check(connection, unit, name, on)
    if units.chief_on(connection, unit.id, on) == name:
        _retitled(connection, unit, known, name, on, title, day)
        return
    post = named("post")
    for other in known:
        if (other["from_on"] or "") < on and (other["to_on"] or on) > on:
            register_rows.update(connection, post, other["number"], {"to_on": on}, day)
    values = {"unit": unit.id, "role": "chief", "name": name, "title": title, "from_on": on, "to_on": None}
    register_rows.insert(connection, post, values, day)
    settle(connection, values, day)


def _retitled(
    connection: sqlite3.Connection,
    unit: Unit,
    known: list[dict[str, Any]],
    name: str,
    on: str,
    title: str | None,
    day: str,
) -> None:
    """Give the chief of a day another title; where no post is on record, the one of all along gets it."""
    if title is None:
        return
    post = named("post")
    if not known:
        values = {"unit": unit.id, "role": "chief", "name": name, "title": title, "from_on": None, "to_on": None}
        register_rows.insert(connection, post, values, day)
        return
    held = [each for each in known if each["name"] == name and (each["from_on"] or "") <= on]
    if held[-1]["title"] != title:
        register_rows.update(connection, post, held[-1]["number"], {"title": title}, day)
