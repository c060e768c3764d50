"""What was done: milestones of units, tasks and items of members, and exemptions."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from advedu import errors
from advedu.i18n import _
from advedu.nouns.model import KINDS, Entry, Member, Unit
from advedu.storage import campaign, members, records, register_rows, units
from advedu.values.text import shortened

# After every day.
FOREVER = "9999-99-99"


class RecordRules:
    """The definition's rules about records, and who they are about; read once per operation."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.scopes = campaign.milestone_scopes(connection)
        self.not_by_date = campaign.not_by_date(connection)
        self.milestones = {entry.id: entry for entry in campaign.entries(connection, "milestone")}
        self.units = units.traits(connection)
        self.leaders = members.leaders(connection)
        self.results = campaign.playing(connection, "results")
        self._connection = connection
        self._unpublished: dict[int, list[register_rows.Owed]] | None = None

    def applies(self, unit_id: int, milestone_id: int) -> bool:
        """Tell whether a milestone applies to a unit of this kind and sector."""
        unit = self.units[unit_id]
        return bool(self.scopes.get(milestone_id, set()) & {(unit.kind, ""), (unit.kind, unit.sector)})

    def unpublished(self, unit_id: int, day: str) -> list[int]:
        """Return the numbers of a unit's rectification items that are unpublished as of a day."""
        if self._unpublished is None:
            self._unpublished = register_rows.results_owed(self._connection)
        return [
            item.number
            for item in self._unpublished.get(unit_id, [])
            if item.found_on <= day < (item.results_on or FOREVER) and day < (item.dropped_on or FOREVER)
        ]


def check_milestone(rules: RecordRules, unit_id: int, milestone_id: int, day: str) -> None:
    """Refuse a milestone that a unit cannot reach on a day.

    Raises:
        NotByDate: it is reached through a survey alone.
        NotApplicable: it is not for units of this kind or sector.
        UnitClosed, UnitNotOpen: the unit was closed by then, or opened only later.
        UnpublishedItems: it says that results are published, and those of some rectification items are not (R9).
    """
    unit = rules.units[unit_id]
    milestone = rules.milestones[milestone_id]
    if not rules.applies(unit_id, milestone_id):
        raise errors.NotApplicable(milestone=milestone.code, unit=unit.label, kind=_(KINDS[unit.kind]))
    if milestone_id in rules.not_by_date:
        raise errors.NotByDate(milestone=milestone.code)
    if unit.closed_on is not None and unit.closed_on <= day:
        raise errors.UnitClosed(unit=unit.label, closed_on=unit.closed_on)
    if unit.opened_on is not None and day < unit.opened_on:
        raise errors.UnitNotOpen(unit=unit.label, code=unit.code, opened_on=unit.opened_on)
    if milestone_id in rules.results and (numbers := rules.unpublished(unit_id, day)):
        raise errors.UnpublishedItems(milestone=milestone.code, unit=unit.label, day=day, numbers=shortened(numbers))


def check_item(rules: RecordRules, member_id: int, item_id: int, day: str) -> None:  # noqa: ARG001 (as the others)
    """Refuse an item of somebody who is no leader.

    Raises:
        NotALeader: only leaders owe the nine ones (R7).
    """
    if member_id not in rules.leaders:
        raise errors.NotALeader(who="", code="")


def mark(
    connection: sqlite3.Connection,
    kind: str,
    owner: Unit | Member,
    entry: Entry,
    day: str,
    values: Mapping[str, str | None],
    entered: str,
    rules: RecordRules | None = None,
) -> None:
    """Record that a unit or a member did something on a day.

    A second time changes the day; of an item several days stand beside one another.

    Args:
        connection: the file, inside an operation.
        kind: "milestone", "task" or "item".
        owner: who did it.
        entry: what was done.
        day: when.
        values: what else is to be set.
        entered: the day of entry.
        rules: for milestones; whoever records many reads them once.

    Raises:
        NotByDate, NotApplicable, UnitClosed, UnitNotOpen, UnpublishedItems: as `check_milestone`.
        NotALeader: only leaders owe the nine ones (R7).
    """
    if isinstance(owner, Unit):
        check_milestone(rules or RecordRules(connection), owner.id, entry.id, day)
    elif kind == "item" and not owner.leader:
        raise errors.NotALeader(who=owner.label, code=owner.code)
    if _is_of_days(kind):
        records.put(connection, records.DONE[kind], (owner.id, entry.id, day), values, entered)
    else:
        records.put(connection, records.DONE[kind], (owner.id, entry.id), {"done_on": day, **values}, entered)


def unmark(
    connection: sqlite3.Connection, kind: str, owner: Unit | Member, entry: Entry, day: str | None = None
) -> None:
    """Take back that a unit or a member did something; of an item the day given, or all its days."""
    if _is_of_days(kind):
        for each in records.item_days(connection, owner.id, entry.id) if day is None else [day]:
            records.remove(connection, records.DONE[kind], (owner.id, entry.id, each))
    else:
        records.remove(connection, records.DONE[kind], (owner.id, entry.id))


def done_on(connection: sqlite3.Connection, kind: str, owner_id: int, entry_id: int) -> str | None:
    """Return the day on which something was done: of an item the first."""
    if _is_of_days(kind):
        return next(iter(records.item_days(connection, owner_id, entry_id)), None)
    found = records.get(connection, records.DONE[kind], (owner_id, entry_id))
    return found["done_on"] if found else None


def _is_of_days(kind: str) -> bool:
    """Tell whether records of several days stand beside one another."""
    return "done_on" in records.DONE[kind].key


def exempt(
    connection: sqlite3.Connection, owner: Unit | Member, entry: Entry, day: str, reason: str, entered: str
) -> None:
    """Exempt a unit from a milestone, or a member from a task, from a day on."""
    if isinstance(owner, Unit) and not RecordRules(connection).applies(owner.id, entry.id):
        raise errors.NotApplicable(milestone=entry.code, unit=owner.label, kind=_(KINDS[owner.kind]))
    record = records.MILESTONE_EXEMPTION if isinstance(owner, Unit) else records.TASK_EXEMPTION
    records.put(connection, record, (owner.id, entry.id), {"exempt_on": day, "reason": reason}, entered)


def unexempt(connection: sqlite3.Connection, owner: Unit | Member, entry: Entry) -> None:
    """Lift an exemption."""
    record = records.MILESTONE_EXEMPTION if isinstance(owner, Unit) else records.TASK_EXEMPTION
    records.remove(connection, record, (owner.id, entry.id))
