"""Who is how far: figures per child of a unit, per batch or per sector, and their total."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from advedu.i18n import _
from advedu.nouns.model import Unit
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.reports.no_units import no_units
from advedu.reports.overrides import overrides
from advedu.rules.progress import Figures
from advedu.storage import campaign, figures, supervision
from advedu.storage.figures import Node, Scope

# The campaign of 2005 calls its leaders' items the nine ones; others have other numbers.
NINE = 9
# How many characters a bar has.
BAR = 10
# Below these shares a figure is worth a look, or is bad.
FAIR, POOR = 0.9, 0.6

_KEYS = ("code", "name", "own", "depth", *Figures._fields)
COLUMNS = tuple(Column(key, key) for key in _KEYS)


def status(
    connection: sqlite3.Connection,
    top: Unit | None,
    day: str,
    *,
    by: str = "tree",
    depth: int = 1,
) -> Report:
    """Return the figures of a unit's subtree as of a day.

    Args:
        connection: the file.
        top: the unit; None in an empty file.
        day: the as-of day.
        by: what the rows are: "tree", "batch", "sector" or "team".
        depth: how many levels below the unit are rows of their own; by tree only.
    """
    head = {"as_of": day, "unit": top.code if top else None}
    named = {"code": top.code if top else None, "name": top.name if top else None, "own": False}
    if top is None:
        return no_units(COLUMNS, head=head, tail={"total": named | Figures()._asdict()}, tables=list)
    groups = figures.status(connection, Scope(top.id, day, depth, by))
    total = Figures()
    for group in groups.values():
        total = total.plus(group)
    rows = _tree_rows(connection, top, day, depth, groups) if by == "tree" else _list_rows(connection, by, groups)
    items = len(campaign.counted_items(connection))
    title = _("{code} {name} · as of {day}").format(code=top.code, name=top.name, day=day)
    return Report(
        COLUMNS,
        rows,
        head=head,
        tail={"total": named | total._asdict()},
        drawn=lambda shown: [_table(shown, total, by, items)],
        title=title,
        notes=[*_notes(connection, Scope(top.id, day), total), *overrides(connection, top, day)],
    )


def _list_rows(connection: sqlite3.Connection, by: str, groups: dict[int | None, Figures]) -> list[tuple[Any, ...]]:
    entries = supervision.teams(connection) if by == "team" else campaign.entries(connection, by)
    rows: list[tuple[Any, ...]] = [
        (entry.code, entry.name, False, 1, *groups.get(entry.id, Figures())) for entry in entries
    ]
    if None in groups:
        rows.append((None, None, False, 1, *groups[None]))
    return rows


def _tree_rows(
    connection: sqlite3.Connection, top: Unit, day: str, depth: int, groups: dict[int | None, Figures]
) -> list[tuple[Any, ...]]:
    """Return a row per unit down to `depth`, parents before children, each followed by its own row where it has one."""
    children: dict[int | None, list[Node]] = {}
    for node in figures.nodes(connection, Scope(top.id, day, depth)):
        children.setdefault(node.parent_id, []).append(node)
    rows: list[tuple[Any, ...]] = []

    def add(node: Node) -> Figures:
        own = groups.get(node.id, Figures())
        place = len(rows)
        summed = own
        for child in children.get(node.id, ()):
            summed = summed.plus(add(child))
        if node.depth < depth and not own.empty and (node.depth == 0 or len(rows) > place):
            rows.append((node.code, node.name, True, node.depth + 1, *own))
        # A unit that opens later is no row, unless somebody is in it or below it already.
        if node.depth > 0 and (node.opened or not summed.empty):
            rows.insert(place, (node.code, node.name, False, node.depth, *summed))
        return summed

    add(children[None][0])
    return rows


def _notes(connection: sqlite3.Connection, scope: Scope, total: Figures) -> list[str]:
    """Return what stands beside every mean: the worst unit, the units at zero, the units overdue."""
    notes = []
    if total.worst_days_late is not None:
        worst = figures.overdue(connection, scope)[0]
        notes.append(
            _("Worst: {unit} {name}, {milestone} {milestone_name}, {days} days late").format(
                unit=worst.unit,
                name=worst.unit_name,
                milestone=worst.milestone,
                milestone_name=worst.milestone_name,
                days=worst.days_late,
            )
        )
    notes.append(
        _("{late} of {owing} units are overdue with {milestones} milestones; {zero} have done nothing yet.").format(
            late=total.units_overdue,
            owing=total.units_owing,
            milestones=total.milestones_overdue,
            zero=total.units_at_zero,
        )
    )
    return notes


# ── the table ──


def _table(rows: Sequence[tuple[Any, ...]], total: Figures, by: str, items: int) -> Table:
    heads = (
        Head(_("Unit"), least=16),
        Head(_("Units"), "right"),
        Head(_("On schedule"), least=BAR + 5),
        Head(_("Milestones"), "right"),
        Head(_("Units late"), "right"),
        Head(_("Worst"), "right"),
        Head(_("At zero"), "right"),
        Head(_("Members covered"), "right"),
        Head(_("Nine ones") if items == NINE else _("Leaders' items"), "right"),
    )
    # The root and the groupings above the batches have none and owe nothing: no line for them.
    shown = [row for row in rows if row[0] is not None or not Figures(*row[4:]).empty]
    nameless = {"batch": _("(no batch)"), "team": _("(no team)")}.get(by, _("(no sector)"))
    lines = [_line(_label(row[0], row[1] or nameless, *row[2:4]), Figures(*row[4:])) for row in shown]
    lines.append(_line(Cell(_("Total"), "head"), total))
    return Table(heads, lines, last_is_total=True)


def _label(code: str | None, name: str, own: bool, depth: int) -> Cell:
    indent = "  " * (depth - 1)
    text = f"{indent}{code or '—'} {name}"
    return Cell(f"{text} {_('(itself)')}" if own else text)


def _line(label: Cell, f: Figures) -> list[Cell]:
    return [
        label,
        Cell(str(f.units)),
        _bar(f.milestones_due - f.milestones_overdue, f.milestones_due),
        Cell(f"{f.milestones_done}/{f.milestones_expected}" if f.milestones_expected else ""),
        Cell(f"{f.units_overdue}" if f.units_overdue else "", "warn"),
        Cell(_("{days} d").format(days=f.worst_days_late) if f.worst_days_late is not None else "", "bad"),
        Cell(f"{f.units_at_zero}" if f.units_at_zero else "", "bad"),
        _share(f.members_covered, f.members_due),
        _share(f.nine_ones_done, f.nine_ones_expected),
    ]


def _style(part: int, whole: int) -> str:
    if part >= whole:
        return "good"
    share = part / whole
    return "" if share >= FAIR else "warn" if share >= POOR else "bad"


def _bar(part: int, whole: int) -> Cell:
    """Return a bar and the percentage, which never rounds up to a 100 % that is not reached."""
    if not whole:
        return Cell("")
    full = part * BAR // whole
    return Cell("█" * full + "░" * (BAR - full) + f" {part * 100 // whole:3}%", _style(part, whole))


def _share(part: int, whole: int) -> Cell:
    return Cell(f"{part * 100 // whole}%", _style(part, whole)) if whole else Cell("")
