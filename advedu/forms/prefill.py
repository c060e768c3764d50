"""What the file knows of a unit, as rows of each kind of file: column → value, in the words that `import` reads."""

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from advedu.forms import guides, registers
from advedu.naming import vocabulary
from advedu.nouns import registers as declared_registers
from advedu.nouns.model import Member, Unit
from advedu.storage import figures, members, units
from advedu.storage.figures import Scope
from advedu.values.identity import mask_id_number, mask_phone

Row = dict[str, Any]
# A column that is there to be read: until when something is due.
DUE = "due_on"


class Ask(NamedTuple):
    """Whose data is wanted, as of which day, and whether personal numbers are to stand there whole."""

    connection: sqlite3.Connection
    unit: Unit
    day: str
    reveal: bool = False

    @property
    def scope(self) -> Scope:
        """What the figures look at."""
        return Scope(self.unit.id, self.day)

    def words(self, name: str) -> dict[int | None, str]:
        """Return key → word of one of the definition's lists."""
        return vocabulary.words_of(self.connection, name)

    def subtree(self) -> dict[int, Unit]:
        """Return the unit and all below it that are open, parents before children."""
        known = {unit.id: unit for unit in units.everyone(self.connection)}
        below = [known[id_] for id_, _ in units.subtree(self.connection, self.unit.id)]
        return {unit.id: unit for unit in below if unit.closed_on is None or unit.closed_on > self.day}

    def labels(self) -> dict[int, str]:
        """Return code and name of every unit."""
        return {id_: guides.label(code, name) for id_, code, name in units.names(self.connection)}

    def people(self) -> dict[int, Member]:
        """Return the members of the unit and of all below it who have not left, unit by unit."""
        found = members.of_units(self.connection, self.unit.id)
        return {member.id: member for member in found if member.left_on is None or member.left_on > self.day}


def _fixed(name: str, value: str | None) -> str | None:
    """Return the word for an identifier of a fixed list."""
    return None if value is None else vocabulary.FIXED[name][value][0]


def unit_rows(ask: Ask) -> list[Row]:
    """Return a unit and all below it."""
    sectors, batches, labels = ask.words("sector"), ask.words("batch"), ask.labels()
    return [
        {
            **unit._asdict(),
            "parent": None if unit.parent_id is None else labels[unit.parent_id],
            "kind": _fixed("kind", unit.kind),
            "sector": sectors.get(unit.sector_id),
            "batch": batches.get(unit.batch_id),
            "phone": _masked(unit.phone, mask_phone, ask),
            "municipal": vocabulary.TICKS[0 if unit.municipal else 1],
        }
        for unit in ask.subtree().values()
    ]


def member_rows(ask: Ask) -> list[Row]:
    """Return the members of a unit and of all below it."""
    categories, labels = ask.words("category"), ask.labels()
    return [
        {
            **member._asdict(),
            "sex": _fixed("sex", member.sex),
            "id_number": _masked(member.id_number, mask_id_number, ask),
            "unit": labels[member.unit_id],
            "status": _fixed("status", member.status),
            "leader": vocabulary.TICKS[0 if member.leader else 1],
            "category": categories.get(member.category_id),
            "phone": _masked(member.phone, mask_phone, ask),
            "district_body": _fixed("district_body", member.district_body),
        }
        for member in ask.people().values()
    ]


def _masked(value: str | None, mask: Callable[[str], str], ask: Ask) -> str | None:
    return value if value is None or ask.reveal else mask(value)


def milestone_rows(ask: Ask) -> list[Row]:
    """Return the milestones that a unit and all below it still owe."""
    names, labels = ask.words("milestone"), ask.labels()
    return [
        {"unit": labels[unit], "milestone": names[milestone], DUE: due}
        for unit, milestone, due in figures.open_milestones(ask.connection, ask.scope)
    ]


def task_rows(ask: Ask) -> list[Row]:
    """Return the tasks that the members of a unit and of all below it still owe."""
    names, labels, people = ask.words("task"), ask.labels(), ask.people()
    return [
        {
            "member": guides.label(people[member].code, people[member].name),
            "unit": labels[unit],
            "task": names[task],
            DUE: due,
        }
        for member, unit, task, due in figures.open_tasks(ask.connection, ask.scope)
        if member in people
    ]


def item_rows(ask: Ask) -> list[Row]:
    """Return the nine ones that the leaders of a unit and of all below it have not done yet."""
    names, labels, people = ask.words("item"), ask.labels(), ask.people()
    return [
        {"member": guides.label(people[member].code, people[member].name), "unit": labels[unit], "item": names[item]}
        for member, unit, item in figures.missing_items(ask.connection, ask.scope)
        if member in people
    ]


def _register(kind: str) -> Callable[[Ask], list[Row]]:
    declared = registers.of_kind(kind)
    assert declared is not None
    return lambda ask: registers.rows(ask, declared)


# Kind of file → its rows. A kind that is missing here gets an empty form.
ROWS: Mapping[str, Callable[[Ask], list[Row]]] = {
    "units": unit_rows,
    "members": member_rows,
    "milestones": milestone_rows,
    "tasks": task_rows,
    "nine-ones": item_rows,
    **{register.kind: _register(register.kind) for register in declared_registers.everyone()},
}
