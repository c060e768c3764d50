"""What the file knows of a unit, as rows of each kind of file: column → value, in the words that `import` reads."""

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from advedu.forms import guides
from advedu.naming import vocabulary
from advedu.nouns.declaration import Field, Register
from advedu.nouns.members import MEMBER
from advedu.nouns.model import Member, Unit
from advedu.nouns.units import UNIT
from advedu.storage import figures, members, register_rows, units
from advedu.storage.figures import Scope

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


def written(field: Field, value: Any, *, reveal: bool) -> Any:
    """Return a value as its sheet writes it; units, members and entries of lists are written by who knows them."""
    if value is None:
        return None
    if field.words:
        return field.words[value].headings[0] if value in field.words else value
    mask = field.of_kind.mask
    # A form goes to others: a unit's telephone is masked in it, too.
    return field.of_kind.written(value) if mask is None or reveal else mask(value)


def _row(ask: Ask, register: Register, values: Mapping[str, Any], labels: Mapping[int, str]) -> Row:
    """Return what is stored of a unit or a member, column by column."""
    row: Row = {}
    for field in register.in_sheets:
        value = values.get(field.column)
        if field.kind == "unit":
            row[field.name] = labels.get(value) if value is not None else None
        elif field.of_kind.names:
            row[field.name] = ask.words(field.of_kind.listed).get(value)
        else:
            row[field.name] = written(field, value, reveal=ask.reveal)
    return row


def unit_rows(ask: Ask) -> list[Row]:
    """Return a unit and all below it."""
    labels = ask.labels()
    return [_row(ask, UNIT, unit._asdict(), labels) for unit in ask.subtree().values()]


def member_rows(ask: Ask) -> list[Row]:
    """Return the members of a unit and of all below it."""
    labels = ask.labels()
    return [_row(ask, MEMBER, member._asdict(), labels) for member in ask.people().values()]


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


_OWN: Mapping[str, Callable[[Ask], list[Row]]] = {
    "unit": unit_rows,
    "member": member_rows,
    "milestone": milestone_rows,
    "task": task_rows,
    "nine": item_rows,
}


def rows(ask: Ask, register: Register) -> list[Row]:
    """Return the rows of a declaration's form."""
    own = _OWN.get(register.noun)
    return _records(ask, register) if own is None else own(ask)


def _records(ask: Ask, register: Register) -> list[Row]:
    """Return the records of a unit and of all below it that is open, with their numbers; all teams in any form."""
    open_units = {unit.code for unit in ask.subtree().values()}
    found = []
    for record in register_rows.listed(ask.connection, register, ask.unit.id if register.owner else None):
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


def _word(ask: Ask, field: Field, values: Mapping[str, Any]) -> Any:
    """Return a value of a record as its sheet writes it."""
    value = values[field.name]
    if value is None or not field.of_kind.names:
        return written(field, value, reveal=ask.reveal)
    label = guides.label(str(value), values[f"{field.name}_name"])
    offered = vocabulary.offered(ask.connection, field)
    return values[f"{field.name}_name"] if offered and label not in offered else label
