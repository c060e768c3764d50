"""A batch of ticks: milestones, tasks and items, given and taken back, all or nothing."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from advedu import errors
from advedu.nouns.model import Entry, Member, Unit
from advedu.recording import done
from advedu.storage import members, records, units


class Tick(NamedTuple):
    """One cell of a grid.

    Attributes:
        kind: "milestone", "task" or "item".
        owner: the unit's or member's code.
        seen: the day that stood there when somebody decided.
        wanted: the day to write; None takes `seen` back.
    """

    kind: str
    owner: str
    entry: Entry
    seen: str | None
    wanted: str | None


def write(connection: sqlite3.Connection, ticks: Iterable[Tick], entered: str) -> None:
    """Write a batch, inside an operation.

    Raises:
        ChangedMeanwhile: another day stands there by now than the one that was seen.
        NotApplicable, NotByDate, UnitClosed, NotALeader: as for a single mark.
    """
    rules = done.RecordRules(connection)
    for tick in ticks:
        owner = _owner(connection, tick)
        now = stored_day(connection, tick.kind, owner.id, tick.entry.id)
        if now != tick.seen:
            raise errors.ChangedMeanwhile(who=owner.label, entry=tick.entry.label, now=now or "—")
        if tick.wanted is None:
            _take_back(connection, tick, owner.id)
        elif isinstance(owner, Unit):
            done.mark_milestone(connection, owner, tick.entry, tick.wanted, {}, entered, rules)
        elif tick.kind == "task":
            done.mark_task(connection, owner, tick.entry, tick.wanted, {}, entered)
        else:
            done.tick_item(connection, owner, tick.entry, tick.wanted, None, entered)


def stored_day(connection: sqlite3.Connection, kind: str, owner_id: int, entry_id: int) -> str | None:
    """Return the day that stands in one cell: of an item the first."""
    if kind == "item":
        return next(iter(records.item_days(connection, owner_id, entry_id)), None)
    record = records.MILESTONE_DONE if kind == "milestone" else records.TASK_DONE
    found = records.get(connection, record, (owner_id, entry_id))
    return found["done_on"] if found else None


def _owner(connection: sqlite3.Connection, tick: Tick) -> Unit | Member:
    found = units.by_code(connection, tick.owner) if tick.kind == "milestone" else None
    found_member = members.by_code(connection, tick.owner) if tick.kind != "milestone" else None
    if found is None and found_member is None:
        missing = errors.NoSuchUnit if tick.kind == "milestone" else errors.NoSuchMember
        raise missing(wanted=tick.owner, nearest="")
    return found or found_member  # type: ignore[return-value]  # one of them is there


def _take_back(connection: sqlite3.Connection, tick: Tick, owner_id: int) -> None:
    """Take back the day that was seen: an item may have further days, which stay."""
    if tick.kind == "item":
        records.remove(connection, records.ITEM_DONE, (owner_id, tick.entry.id, str(tick.seen)))
    else:
        record = records.MILESTONE_DONE if tick.kind == "milestone" else records.TASK_DONE
        records.remove(connection, record, (owner_id, tick.entry.id))
