"""Units: one page, a list, a tree."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from advedu.i18n import N_, _, ngettext
from advedu.nouns.model import KINDS, Entry, Unit
from advedu.nouns.units import UNIT
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.reports import fields
from advedu.reports.no_units import no_units
from advedu.rules import progress
from advedu.storage import aliases, campaign, figures, units
from advedu.storage.figures import Scope

COLUMNS = fields.columns(UNIT)
# Shown on a screen only where some unit has them.
_RARE = ("closed_on", "opened_on", "municipal")
# What identifies a unit stands above its page; the rest is a line each.
_FACTS = tuple(field for field in UNIT.fields if field.name not in ("code", "name"))
# Where an obligation stands, in a word and a sign that needs no colour.
STATES = {
    "exempt": ("—", "dim", N_("exempt")),
    "on_time": ("✓", "good", N_("on time")),
    "ahead": ("✓", "good", N_("ahead")),
    "done": ("✓", "good", N_("done")),
    "done_late": ("✓", "warn", N_("done late")),
    "overdue": ("!", "bad", N_("overdue")),
    "open": ("·", "", N_("open")),
    "ended": ("—", "dim", N_("no longer owed")),
    "not_yet": ("—", "dim", N_("not opened yet")),
    "unplanned": ("?", "warn", N_("no day planned")),
}


class _Lists(fields.Names):
    """What units name, with their other names, and the batches that they have from above."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self.above = units.parents(connection)
        self.own_batch = units.own_batches(connection)
        self.aliases: dict[int, str] = {}
        for id_, alias in aliases.everyone(connection):
            self.aliases[id_] = f"{self.aliases[id_]} {alias}" if id_ in self.aliases else alias

    def stored(self, unit: Unit) -> dict[str, Any]:
        """Return what is stored of a unit, by column, with its other names."""
        return {**unit._asdict(), "alias": self.aliases.get(unit.id)}

    def inherited(self, unit: Unit) -> str | None:
        """Return the code of the batch of the nearest ancestor that has one."""
        above, seen = unit.parent_id, set[int]()
        while above is not None and above not in seen:
            seen.add(above)
            if batch := self.entries("batch").get(self.own_batch.get(above) or 0):
                return batch.code
            above = self.above[above]
        return None

    def of_unit(self, unit: Unit) -> tuple[Any, ...]:
        """Return a unit's values in the order of COLUMNS; other units and entries by code."""
        return self.row(UNIT.in_lists, self.stored(unit))


def listed(connection: sqlite3.Connection, top: Unit | None, day: str | None = None) -> Report:
    """Return a unit and all below it, by code: as it stands in the file, or as the tree stood on a day."""
    if top is None:
        return no_units(COLUMNS)
    lists = _Lists(connection)
    found = sorted((unit for unit, _ in _places(connection, top, day)), key=lambda unit: unit.code)
    rows = [lists.of_unit(unit) for unit in found]
    return Report(
        COLUMNS,
        rows,
        drawn=lambda shown: [_list_table(shown, {unit.code: unit for unit in found}, lists)],
        notes=[ngettext("{count} unit", "{count} units", len(rows)).format(count=len(rows))],
    )


def _places(connection: sqlite3.Connection, top: Unit, day: str | None) -> list[tuple[Unit, int]]:
    """Return a unit and all below it with their depth, parents before children.

    As of a day these are the units that were there by then, each below the unit that it stood below, and closed when it
    was closed by then; names and all else are those of now.
    """
    everyone = {unit.id: unit for unit in units.everyone(connection)}
    if day is None:
        return [(everyone[id_], level) for id_, level in units.subtree(connection, top.id)]
    found = {each.id: each for each in figures.nodes(connection, Scope(top.id, day, figures.DEEPEST))}
    below: dict[int | None, list[int]] = {}
    for node in found.values():
        below.setdefault(node.parent_id if node.depth else None, []).append(node.id)
    above = units.ancestors(connection, top.id, day)
    places, waiting = [], below.get(None, [])
    while waiting:
        node = found[waiting.pop()]
        waiting += reversed(below.get(node.id, []))
        if node.opened:
            parent = node.parent_id if node.depth else next(iter(above), None)
            closed_on = None if node.open else node.closed_on
            places.append((everyone[node.id]._replace(parent_id=parent, closed_on=closed_on), node.depth))
    return places


def _list_table(rows: Sequence[tuple[Any, ...]], found: dict[str, Unit], lists: _Lists) -> Table:
    """Return the columns that fit a screen; a batch that a unit has from above stands in brackets."""
    shown = [
        field
        for field in UNIT.in_lists
        if field.name not in UNIT.hidden
        or (field.name in _RARE and any(getattr(u, field.column) for u in found.values()))
    ]
    lines = []
    for row in rows:
        stored = lists.stored(found[row[0]])
        cells = {field.name: lists.spoken(field, stored[field.column], reveal=True) for field in shown}
        # Of other things a list says the code, which is short.
        for name in ("parent", "batch"):
            cells[name] = str(lists.value(UNIT.field(name), stored[f"{name}_id"], reveal=True) or "")
        if not cells["batch"] and (batch := lists.inherited(found[row[0]])):
            cells["batch"] = f"({batch})"
        lines.append([Cell(cells[field.name]) for field in shown])
    return Table(tuple(Head(_(field.title)) for field in shown), lines)


def tree(connection: sqlite3.Connection, top: Unit | None, depth: int | None, day: str | None = None) -> Report:
    """Return a unit and all below it, parents before children, with their depth; as the tree stood on a day."""
    columns = (*COLUMNS[:4], Column("depth", N_("Depth"), align="right"))
    if top is None:
        return no_units(columns)
    lists = _Lists(connection)
    places = [(unit, level) for unit, level in _places(connection, top, day) if depth is None or level <= depth]
    closed = {unit.code for unit, _ in places if unit.closed_on}

    def table(wanted: Sequence[tuple[Any, ...]]) -> list[Table]:
        lines = [
            [Cell(f"{'  ' * level}{code} {name}", "dim" if code in closed else ""), Cell(_(KINDS[kind]))]
            for code, name, _above, kind, level in wanted
        ]
        return [Table((Head(_("Unit")), Head(_("Kind"))), lines)]

    return Report(columns, [(*lists.of_unit(unit)[:4], level) for unit, level in places], drawn=table)


def show(connection: sqlite3.Connection, unit: Unit, day: str) -> Report:
    """Return one unit: who it is, every milestone that applies to it, and what the registers hold of it."""
    from advedu.reports import own_records

    lists = _Lists(connection)
    values = dict(zip((column.key for column in COLUMNS), lists.of_unit(unit), strict=True))
    values["chief"] = units.chief_on(connection, unit.id, day)
    plan = []
    for code, name, required, due_on, done_on, exempt_on, reason, *extras in figures.unit_plan(
        connection, Scope(unit.id, day)
    ):
        state = progress.state(due_on, done_on, exempt_on, day, required=bool(required), ended=unit.closed_on)
        if unit.opened_on is not None and day < unit.opened_on and state in ("overdue", "open", "unplanned"):
            state = "not_yet"
        late = progress.days_late(due_on, day) if state == "overdue" else None
        plan.append((code, name, bool(required), due_on, done_on, state, late, reason if exempt_on else None, *extras))
    keys = (
        *("milestone", "milestone_name", "required", "due_on", "done_on", "state", "days_late", "exempt_reason"),
        *("head", "reporter", "evidence", "note"),
    )
    batch = units.inherited_batch(connection, unit.id, day)
    batches = {entry.id: entry for entry in campaign.entries(connection, "batch")}
    counted = {
        "as_of": day,
        "effective_batch": batches[batch].code if batch else None,
        "members": units.members_now(connection, unit.id),
        "units_below": units.open_children(connection, unit.id),
    }
    columns = tuple(Column(key, key) for key in keys)
    about = {**lists.stored(unit), "chief": values["chief"]}
    focus = dict(zip(("study", "problems"), campaign.focus(connection, unit.sector_id), strict=True))
    facts = _facts(lists, about, counted, batches, focus)
    own = own_records.of_unit(connection, unit, day)
    more = own_records.table(own, day)
    begun = own_records.phase_table(own.document["phases"])
    return Report(
        columns,
        plan,
        document={
            **counted,
            **values,
            "milestones": [dict(zip(keys, row, strict=True)) for row in plan],
            **own.document,
            "focus": focus,
        },
        tables=lambda: [facts, *([more] if more else []), *([begun] if begun else []), _plan(plan)],
        title=_("{unit} · as of {day}").format(unit=unit.label, day=day),
    )


def _facts(
    lists: _Lists,
    stored: dict[str, Any],
    counted: dict[str, Any],
    batches: dict[int, Entry],
    focus: dict[str, str],
) -> Table:
    lines = []
    for field in _FACTS:
        if field.name == "batch":
            names = {entry.code: entry.name for entry in batches.values()}
            batch = names.get(counted["effective_batch"])
            inherited = batch and not stored["batch_id"]
            text = _("{batch} (as the unit above)").format(batch=batch) if inherited else batch
            lines.append((_(field.title), text))
        else:
            lines.append((_(field.title), lists.spoken(field, stored[field.column], reveal=True)))
    lines += [(_("Members"), str(counted["members"])), (_("Units directly below"), str(counted["units_below"]))]
    lines += [(_("To study"), focus["study"]), (_("To solve"), focus["problems"])]
    return Table((Head(""), Head("")), [[Cell(title, "dim"), Cell(text)] for title, text in lines if text])


def _plan(plan: list[tuple[Any, ...]]) -> Table:
    heads = (
        Head(_("Milestone")),
        Head(_("Due on")),
        Head(_("Done on")),
        Head(_("State")),
        Head(_("Details")),
    )
    lines = []
    for code, name, required, due_on, done_on, state, late, *details in plan:
        sign, style, word = STATES[state]
        text = f"{sign} {_(word)}" + (" " + _("({days} days)").format(days=late) if late else "")
        label = f"{code} {name}" if required else _("{milestone} (optional)").format(milestone=f"{code} {name}")
        more = "; ".join(str(detail) for detail in details if detail)
        lines.append([Cell(label), Cell(due_on or "—"), Cell(done_on or ""), Cell(text, style), Cell(more)])
    return Table(heads, lines, _("Milestones"))


def left_behind(connection: sqlite3.Connection, closed: list[Unit]) -> list[str]:
    """Return a warning for each closed unit that still has members or open units below it."""
    warnings = []
    for unit in closed:
        members, below = units.members_now(connection, unit.id), units.open_children(connection, unit.id)
        if members or below:
            warnings.append(
                _(
                    "{unit}: {members} members and {units} units are still below it and stay counted;"
                    " transfer or move them"
                ).format(unit=unit.label, members=members, units=below)
            )
    return warnings
