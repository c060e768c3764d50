"""The nine ones: one leader, or all of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from advedu.i18n import N_, _
from advedu.nouns.model import Entry, Member, Unit
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.reports.no_units import no_units
from advedu.storage import campaign, figures, records
from advedu.storage.figures import Scope

# Another campaign may ask for another number of items.
NINE = 9
_ALL_NINE = N_("{complete} of {leaders} leaders have done all nine; {none} have done none.")
_ALL = N_("{complete} of {leaders} leaders have done all their items; {none} have done none.")


def status(connection: sqlite3.Connection, top: Unit | None, day: str) -> Report:
    """Return a row per leader: who, where, the first day of each of the nine ones, and how many are done."""
    items = [entry for entry in campaign.entries(connection, "item") if entry.id in campaign.counted_items(connection)]
    columns = (
        Column("member", N_("Member")),
        Column("name", N_("Full name")),
        Column("unit", N_("Unit")),
        *(Column(item.code, item.code) for item in items),
        Column("done", N_("Done"), align="right"),
    )
    head = {"as_of": day, "unit": top.code if top else None}
    if top is None:
        return no_units(columns, head=head)
    leaders: dict[str, tuple[str, str, dict[int, str]]] = {}
    for code, name, unit, item, first in figures.leader_items(connection, Scope(top.id, day)):
        days = leaders.setdefault(code, (name, unit, {}))[2]
        if item is not None and first is not None:
            days[item] = first
    rows = []
    for code, (name, unit, days) in leaders.items():
        counted = [days.get(item.id) for item in items]
        rows.append((code, name, unit, *counted, sum(each is not None for each in counted)))
    complete = sum(row[-1] == len(items) for row in rows)
    return Report(
        columns,
        rows,
        head=head,
        tables=lambda: [_table(_least_first(rows), items)],
        drawn=lambda shown: [_table(shown, items)],
        title=_("{code} {name} · as of {day}").format(code=top.code, name=top.name, day=day),
        notes=[
            _(_ALL_NINE if len(items) == NINE else _ALL).format(
                complete=complete, leaders=len(rows), none=sum(row[-1] == 0 for row in rows)
            ),
            *([" · ".join(f"{item.code} {item.name}" for item in items)] if rows else []),
        ],
    )


def _least_first(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return the leaders with the least done first: they are the ones to ring."""
    return sorted(rows, key=lambda row: (row[-1], row[2], row[0]))


def _table(rows: Sequence[tuple[Any, ...]], items: list[Entry]) -> Table:
    heads = (
        Head(_("Member")),
        Head(_("Full name")),
        Head(_("Unit")),
        *(Head(item.code) for item in items),
        Head(_("Done"), "right"),
    )
    lines = []
    for code, name, unit, *days, done in rows:
        ticks = [Cell("✓", "good") if day else Cell("·", "dim") for day in days]
        style = "good" if done == len(items) else "bad" if done == 0 else ""
        lines.append([Cell(code), Cell(name), Cell(unit), *ticks, Cell(f"{done}/{len(items)}", style)])
    return Table(heads, lines)


def show(connection: sqlite3.Connection, member: Member, item: Entry | None, day: str) -> Report:
    """Return one leader's items with all their days; one item alone when it is named."""
    columns = (
        Column("item", N_("Item")),
        Column("item_name", N_("Name")),
        Column("done_on", N_("Done on")),
        Column("days", N_("All days")),
    )
    rows = []
    for entry in campaign.entries(connection, "item"):
        if item is None or entry.id == item.id:
            days = [on for on in records.fulfilled_days(connection, member.id, entry.id) if on <= day]
            rows.append((entry.code, entry.name, days[0] if days else None, days))

    def table() -> list[Table]:
        heads = (Head(""), Head(_("Item")), Head(_("Done on")))
        lines = [
            [
                Cell("✓" if days else "·", "good" if days else "dim"),
                Cell(f"{code} {name}"),
                Cell(", ".join(days)),
            ]
            for code, name, _first, days in rows
        ]
        return [Table(heads, lines)]

    return Report(columns, rows, head={"as_of": day, "member": member.code}, tables=table, title=member.label)
