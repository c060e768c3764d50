"""A batch of ticks: milestones, tasks and items, given and taken back, all or nothing."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from advedu import errors
from advedu.nouns.model import Entry, Member, Unit
from advedu.recording import done
from advedu.storage import members, units


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
        now = done.done_on(connection, tick.kind, owner.id, tick.entry.id)
        if now != tick.seen:
            raise errors.ChangedMeanwhile(who=owner.label, entry=tick.entry.label, now=now or "—")
        if tick.wanted is None:
            # Of an item the day that was seen: it may have further days, which stay.
            done.unmark(connection, tick.kind, owner, tick.entry, tick.seen)
        else:
            done.mark(connection, tick.kind, owner, tick.entry, tick.wanted, {}, entered, rules)


def _owner(connection: sqlite3.Connection, tick: Tick) -> Unit | Member:
    found = units.by_code(connection, tick.owner) if tick.kind == "milestone" else None
    found_member = members.by_code(connection, tick.owner) if tick.kind != "milestone" else None
    if found is None and found_member is None:
        missing = errors.NoSuchUnit if tick.kind == "milestone" else errors.NoSuchMember
        raise missing(wanted=tick.owner, nearest="")
    return found or found_member  # type: ignore[return-value]  # one of them is there
