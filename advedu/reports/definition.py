"""What a changed definition changes: its entries, line by line, and the figures before and after."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from advedu.i18n import N_, _
from advedu.nouns.model import KINDS
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.rules.definition import Definition
from advedu.rules.progress import Figures
from advedu.storage import figures, units
from advedu.storage.figures import Scope
from advedu.storage.history import Operation
from advedu.values.text import neutralise

CHANGES = {"added": N_("added"), "changed": N_("changed"), "removed": N_("removed")}
# The lists of a definition, and what one entry is called.
WHAT = {
    "batches": N_("batch"),
    "phases": N_("phase"),
    "milestones": N_("milestone"),
    "tasks": N_("task"),
    "items": N_("item"),
    "rules": N_("rule"),
    "sectors": N_("sector"),
    "categories": N_("category"),
    "ranks": N_("rank"),
    "goals": N_("goal"),
    "principles": N_("principle"),
    "campaign": N_("campaign"),
}
FIELDS = {
    "name": N_("name"),
    "version": N_("version"),
    "source": N_("source"),
    "starts_on": N_("first day"),
    "ends_on": N_("last day"),
    "scope": N_("who takes part"),
    "first_day": N_("planned from day"),
    "last_day": N_("planned to day"),
    "phase": N_("phase"),
    "due_day": N_("due day"),
    "required": N_("required"),
    "by_date": N_("marked by a date"),
    "kinds": N_("applies to"),
    "sectors": N_("in the sectors"),
    "counted": N_("counted"),
    "value": N_("value"),
    "text": N_("words"),
    "aliases": N_("other names"),
    "study": N_("to study"),
    "problems": N_("to solve"),
    "place": N_("place in the list"),
}
COLUMNS = (
    Column("change", N_("Change"), CHANGES),
    Column("what", N_("What"), WHAT),
    Column("code", N_("Code")),
    Column("name", N_("Name")),
    Column("field", N_("Field"), FIELDS),
    Column("old", N_("Before")),
    Column("new", N_("After")),
)
_TICKS = {True: N_("yes"), False: N_("no")}
# What the figures are called where a definition is compared.
FIGURES = {
    "units": N_("grassroots units"),
    "units_owing": N_("units that owe milestones"),
    "members": N_("members"),
    "members_due": N_("members with a task due"),
    "members_covered": N_("members covered"),
    "milestones_expected": N_("milestones expected"),
    "milestones_due": N_("milestones due"),
    "milestones_done": N_("milestones done"),
    "milestones_on_time": N_("milestones done on time"),
    "milestones_overdue": N_("milestones overdue"),
    "units_overdue": N_("units overdue"),
    "units_at_zero": N_("units at zero"),
    "worst_days_late": N_("most days late"),
    "leaders": N_("leaders"),
    "leaders_complete": N_("leaders with every item done"),
    "nine_ones_expected": N_("leaders' items expected"),
    "nine_ones_done": N_("leaders' items done"),
}


class DefinitionChange(NamedTuple):
    """One entry that was added or removed, or one changed field of an entry."""

    change: str
    what: str
    code: str | None
    name: str | None
    field: str | None
    old: Any
    new: Any


def lines(before: Definition, after: Definition) -> list[DefinitionChange]:
    """Return what differs between two definitions; entries are told by their codes."""
    found = [
        DefinitionChange(
            "changed", "campaign", after.code, after.name, field, getattr(before, field), getattr(after, field)
        )
        for field in ("name", "version", "source")
        if getattr(before, field) != getattr(after, field)
    ]
    for what in WHAT:
        if what == "campaign":
            continue
        old, new = getattr(before, what), getattr(after, what)
        found += _texts(what, old, new) if what in ("goals", "principles") else _entries(what, old, new)
    return found


def _texts(what: str, before: Sequence[str], after: Sequence[str]) -> Iterator[DefinitionChange]:
    for number in range(max(len(before), len(after))):
        old, new = (texts[number] if number < len(texts) else None for texts in (before, after))
        if old != new:
            change = "added" if old is None else "removed" if new is None else "changed"
            yield DefinitionChange(change, what, str(number + 1), None, None, old, new)


def _entries(what: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[DefinitionChange]:
    held = {entry.code: entry for entry in before}
    wanted = {entry.code: entry for entry in after}
    for code, entry in held.items():
        if code not in wanted:
            yield DefinitionChange("removed", what, code, _name(entry), None, _whole(entry), None)
    for code, entry in wanted.items():
        if code not in held:
            yield DefinitionChange("added", what, code, _name(entry), None, None, _whole(entry))
            continue
        for field in entry._fields:
            old, new = getattr(held[code], field), getattr(entry, field)
            if old != new:
                yield DefinitionChange("changed", what, code, _name(entry), field, _plain(old), _plain(new))
    if what == "ranks":
        yield from _places(list(held), list(wanted))


def _places(before: list[str], after: list[str]) -> Iterator[DefinitionChange]:
    """Yield the ranks that stand higher or lower among those that stay."""
    old, new = ([code for code in codes if code in before and code in after] for codes in (before, after))
    for code in new:
        if old.index(code) != new.index(code):
            yield DefinitionChange(
                "changed", "ranks", code, code, "place", before.index(code) + 1, after.index(code) + 1
            )


def _name(entry: Any) -> str | None:
    return getattr(entry, "name", None)


def _plain(value: Any) -> Any:
    return " ".join(value) if isinstance(value, tuple) else value


class _Whole(dict[str, Any]):
    """The fields of an entry: an object in JSON, one line in CSV."""

    def __str__(self) -> str:
        return neutralise("; ".join(f"{field}: {value}" for field, value in self.items()))


def _whole(entry: Any) -> _Whole:
    return _Whole({field: _plain(value) for field, value in entry._asdict().items() if field not in ("code", "name")})


# ── the report ──


def totals(connection: sqlite3.Connection, day: str) -> Figures:
    """Return the figures of the whole file as of a day."""
    root = units.root(connection)
    total = Figures()
    for group in figures.status(connection, Scope(root.id, day)).values() if root else ():
        total = total.plus(group)
    return total


def report(
    operation: Operation,
    found: list[DefinitionChange],
    before: Figures,
    after: Figures,
    warnings: Sequence[str],
    *,
    changed: bool,
) -> Report:
    """Return what a definition changed, or on a dry run would change.

    Args:
        operation: the operation, once it is known whether it was kept.
        found: the entries that differ.
        before: the figures of the whole file as of the day of the operation, before the change.
        after: the same after it.
        warnings: lines for standard error.
        changed: whether anything at all was written, if only the text.
    """
    number = operation.number if operation.written else None
    sides = {"before": before._asdict(), "after": after._asdict()}
    moved = [field for field in Figures._fields if getattr(before, field) != getattr(after, field)]
    notes = [] if moved or not found else [_("No figure changes as of {day}.").format(day=operation.day)]
    if changed and not found:
        notes = [_("Only the text of the definition differs: comments, order or spelling of the file.")]
    return Report(
        COLUMNS,
        list(found),
        head={"operation": number, "dry_run": operation.dry_run, "as_of": operation.day},
        tail={"figures": sides},
        tables=lambda: [
            *([_table(found)] if found else []),
            *([_figures(moved, before, after, operation.day)] if moved else []),
        ],
        title=_title(operation, changed=changed),
        notes=notes,
        warnings=warnings,
    )


def _title(operation: Operation, *, changed: bool) -> str:
    if not changed:
        return _("Nothing to change: the file holds this definition already.")
    if operation.dry_run:
        return _("Dry run: nothing was written. This would change:")
    return _("Done, as operation {number}:").format(number=operation.number)


def _table(found: list[DefinitionChange]) -> Table:
    heads = (
        Head(_("Change")),
        Head(_("What")),
        Head(_("Entry")),
        Head(_("Field")),
        Head(_("Before")),
        Head(_("After")),
    )
    styles = {"added": "good", "removed": "bad", "changed": ""}
    rows = [
        [
            Cell(_(CHANGES[line.change]), styles[line.change]),
            Cell(_(WHAT[line.what])),
            Cell(" ".join(dict.fromkeys(part for part in (line.code, line.name) if part))),
            Cell(_(FIELDS.get(line.field, line.field)) if line.field else ""),
            Cell(_spoken(line.field, line.old), "dim"),
            Cell(_spoken(line.field, line.new)),
        ]
        for line in found
    ]
    return Table(heads, rows, _("The definition"))


def _spoken(field: str | None, value: Any) -> str:
    """Return a value as people read it."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _(_TICKS[value])
    if isinstance(value, dict):
        told = ((name, each) for name, each in value.items() if each not in (None, ""))
        return "; ".join(f"{_(FIELDS.get(str(name), str(name)))}: {_spoken(name, each)}" for name, each in told)
    if field == "kinds":
        return " ".join(_(KINDS.get(kind, kind)) for kind in str(value).split())
    return str(value)


def _figures(moved: list[str], before: Figures, after: Figures, day: str) -> Table:
    heads = (Head(_("Figure")), Head(_("Before"), "right"), Head(_("After"), "right"))

    def shown(value: int | None) -> Cell:
        return Cell("—" if value is None else str(value))

    rows = [
        [Cell(_(FIGURES.get(field, field))), shown(getattr(before, field)), shown(getattr(after, field))]
        for field in moved
    ]
    return Table(
        heads, rows, _("Figures of the whole file as of {day}; those not named stay as they are").format(day=day)
    )
