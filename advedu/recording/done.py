"""What was done: milestones of units, tasks and items of members, and exemptions."""

from __future__ import annotations

import sqlite3

from advedu import errors
from advedu.i18n import _
from advedu.nouns.model import KINDS, Entry, Member, Unit
from advedu.storage import campaign, members, records, registers, units
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
        self._unpublished: dict[int, list[registers.Owed]] | None = None

    def applies(self, unit_id: int, milestone_id: int) -> bool:
        """Tell whether a milestone applies to a unit of this kind and sector."""
        unit = self.units[unit_id]
        return bool(self.scopes.get(milestone_id, set()) & {(unit.kind, ""), (unit.kind, unit.sector)})

    def unpublished(self, unit_id: int, day: str) -> list[int]:
        """Return the numbers of a unit's rectification items that are unpublished as of a day."""
        if self._unpublished is None:
            self._unpublished = registers.results_owed(self._connection)
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


def check_item(rules: RecordRules, member_id: int, item_id: int, day: str) -> None:  # noqa: ARG001 (as `check_milestone`)
    """Refuse an item of somebody who is no leader.

    Raises:
        NotALeader: only leaders owe the nine ones (R7).
    """
    if member_id not in rules.leaders:
        raise errors.NotALeader(who="", code="")


def mark_milestone(
    connection: sqlite3.Connection,
    unit: Unit,
    milestone: Entry,
    day: str,
    extras: dict[str, str | None],
    entered: str,
    rules: RecordRules | None = None,
) -> None:
    """Record that a unit reached a milestone on a day; a second time changes the day.

    Whoever records many reads the `rules` once.
    """
    check_milestone(rules or RecordRules(connection), unit.id, milestone.id, day)
    given = {name: value for name, value in extras.items() if value is not None}
    records.put(connection, records.MILESTONE_DONE, (unit.id, milestone.id), {"done_on": day, **given}, entered)


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


def mark_task(
    connection: sqlite3.Connection,
    member: Member,
    task: Entry,
    day: str,
    extras: dict[str, str | None],
    entered: str,
) -> None:
    """Record that a member did a task on a day; a second time changes the day."""
    given = {name: value for name, value in extras.items() if value is not None}
    records.put(connection, records.TASK_DONE, (member.id, task.id), {"done_on": day, **given}, entered)


def tick_item(
    connection: sqlite3.Connection, member: Member, item: Entry, day: str, evidence: str | None, entered: str
) -> None:
    """Record that a leader did an item on a day; other days of the same item stay beside it.

    Raises:
        NotALeader: only leaders owe the nine ones (R7).
    """
    if not member.leader:
        raise errors.NotALeader(who=member.label, code=member.code)
    values = {"evidence": evidence} if evidence is not None else {}
    records.put(connection, records.ITEM_DONE, (member.id, item.id, day), values, entered)
