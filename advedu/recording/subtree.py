"""Whole subtrees at once: whom a record still lacks, and who is left out and why."""

import sqlite3
from collections import Counter
from typing import NamedTuple

from advedu.nouns.model import Entry, Member, Unit
from advedu.recording.done import RecordRules
from advedu.storage import members, records, units

# Why somebody is left out.
EXCEPTED, CLOSED, NOT_OPEN, NOT_APPLICABLE, EXEMPT, DONE, NOT_LEADER = (
    "excepted",
    "closed",
    "not_open",
    "not_applicable",
    "exempt",
    "done",
    "not_leader",
)


class Units(NamedTuple):
    """Units that are meant, and how many were left out for which reason."""

    wanted: list[Unit]
    left_out: Counter[str]


class Members(NamedTuple):
    """Members that are meant, and how many were left out for which reason."""

    wanted: list[Member]
    left_out: Counter[str]


def units_below(connection: sqlite3.Connection, top: Unit, milestone: Entry, day: str, excepted: set[int]) -> Units:
    """Return the units of a subtree that a milestone applies to and that have not reached it yet.

    Who has a day already keeps it: a whole subtree is no place to look at every single day that would change.
    """
    rules = RecordRules(connection)
    found = Units([], Counter())
    for id_, _depth in units.subtree(connection, top.id):
        why = _why_not(connection, rules, id_, milestone, day, excepted)
        if why is None:
            found.wanted.append(units.by_id(connection, id_))
        else:
            found.left_out[why] += 1
    return found


def _why_not(
    connection: sqlite3.Connection, rules: RecordRules, id_: int, milestone: Entry, day: str, excepted: set[int]
) -> str | None:
    if not rules.applies(id_, milestone.id):
        return NOT_APPLICABLE
    closed_on = rules.units[id_].closed_on
    if closed_on is not None and closed_on <= day:
        return CLOSED
    if (rules.units[id_].opened_on or day) > day:
        return NOT_OPEN
    if id_ in excepted:
        return EXCEPTED
    if records.get(connection, records.MILESTONE_EXEMPTION, (id_, milestone.id)):
        return EXEMPT
    return DONE if records.get(connection, records.MILESTONE_DONE, (id_, milestone.id)) else None


def members_below(
    connection: sqlite3.Connection, top: Unit, day: str, excepted: set[int], *, task: Entry | None = None
) -> Members:
    """Return the members of a subtree who have a task still before them, or with no task its leaders."""
    found = Members([], Counter())
    for member in members.of_units(connection, top.id):
        if member.left_on is not None and member.left_on <= day:
            continue
        why = None
        if task is None and not member.leader:
            why = NOT_LEADER
        elif member.id in excepted:
            why = EXCEPTED
        elif task is not None and records.get(connection, records.TASK_EXEMPTION, (member.id, task.id)):
            why = EXEMPT
        elif task is not None and records.get(connection, records.TASK_DONE, (member.id, task.id)):
            why = DONE
        if why is None:
            found.wanted.append(member)
        else:
            found.left_out[why] += 1
    return found
