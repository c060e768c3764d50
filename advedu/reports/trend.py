"""Planned against done, week by week."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Any

from advedu.i18n import N_, _
from advedu.nouns.model import Unit
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.reports.no_units import no_units
from advedu.storage import figures
from advedu.storage.figures import Scope
from advedu.values.dates import add_days

# Characters of the longest bar; weeks that are shown beyond the as-of day.
BAR = 32
AHEAD = 4
WEEK = 7

COLUMNS = (
    Column("week", N_("Week until")),
    Column("planned", N_("Planned"), align="right"),
    Column("done", N_("Done"), align="right"),
    Column("behind", N_("Behind"), align="right"),
    Column("ahead", N_("Ahead"), align="right"),
    Column("planned_percent", N_("Planned %"), align="right"),
    Column("done_percent", N_("Done %"), align="right"),
)


def trend(
    connection: sqlite3.Connection,
    top: Unit | None,
    day: str,
    *,
    whole: bool = False,
) -> Report:
    """Return, per week, how many expected milestones were due by its last day and how many were done by then.

    What is done ahead of the plan makes up for nothing that is behind it: both are counted by themselves.
    Weeks end on Sundays; the one of the as-of day ends with that day, and later ones have a plan alone. All weeks are
    counted among what is expected on the as-of day, so that the line shows progress and not the moves between units.
    """
    head = {"as_of": day, "unit": top.code if top else None}
    if top is None:
        return no_units(COLUMNS, head=head)
    found = figures.due_and_done(connection, Scope(top.id, day))
    expected = sum(count for _, _, count in found)
    rows = _rows(found, expected, day, whole=whole)
    title = _("{code} {name} · as of {day}").format(code=top.code, name=top.name, day=day)
    unplanned = sum(count for due, _, count in found if due is None)
    notes = [_("█ done   ░ planned and not done   + done ahead of the plan; of {count} in all").format(count=expected)]
    if unplanned:
        notes.append(_("{count} of them have no day planned.").format(count=unplanned))
    return Report(
        COLUMNS,
        rows,
        head=head | {"expected": expected},
        drawn=lambda shown: [_table(shown)] if shown else [],
        title=title,
        notes=notes if rows else [],
    )


def _rows(
    found: list[tuple[str | None, str | None, int]], expected: int, day: str, *, whole: bool
) -> list[tuple[Any, ...]]:
    days = sorted({on for due_on, done_on, _ in found for on in (due_on, done_on) if on is not None})
    if not days:
        return []
    last = max(days[-1], day) if whole else min(max(days[-1], day), add_days(day, AHEAD * WEEK))
    rows: list[tuple[Any, ...]] = []
    for end in _ends(days[0], day, last):
        planned = sum(count for due, _, count in found if due and due <= end)
        if end > day:
            rows.append((end, planned, None, None, None, planned * 100 // expected, None))
            continue
        done = sum(count for _, on, count in found if on and on <= end)
        both = sum(count for due, on, count in found if due and on and due <= end and on <= end)
        shares = (planned * 100 // expected, done * 100 // expected)
        rows.append((end, planned, done, planned - both, done - both, *shares))
    return rows


def _ends(first: str, day: str, last: str) -> list[str]:
    """Return the Sundays from the first day to the week of the last, and the as-of day among them."""
    end = add_days(first, 6 - date.fromisoformat(first).weekday())
    ends = []
    while True:
        ends.append(end)
        if end >= last:
            break
        end = add_days(end, WEEK)
    return sorted({*ends, day} if first <= day else {*ends})


def _table(rows: Sequence[tuple[Any, ...]]) -> Table:
    heads = (
        Head(_("Week until"), least=10),
        Head(_("Planned"), "right"),
        Head(_("Done"), "right"),
        Head(_("Behind"), "right"),
        Head(_("Ahead"), "right"),
        Head("", least=BAR),
    )
    longest = max(row[1] + (row[4] or 0) for row in rows) or 1
    lines = []
    for end, planned, done, behind, ahead, *_percents in rows:
        style = "dim" if done is None else "bad" if behind else "good"
        lines.append(
            [
                Cell(end, "dim" if done is None else ""),
                Cell(str(planned)),
                Cell("" if done is None else str(done)),
                Cell(str(behind) if behind else "", "bad"),
                Cell(str(ahead) if ahead else ""),
                Cell(_bar(planned, planned if behind is None else behind, ahead or 0, longest), style),
            ]
        )
    return Table(heads, lines)


def _bar(planned: int, behind: int, ahead: int, longest: int) -> str:
    """Return a bar: what is planned and done, what is behind the plan, and what is done ahead of it."""
    both, plan, whole = (number * BAR // longest for number in (planned - behind, planned, planned + ahead))
    return "█" * both + "░" * (plan - both) + "+" * (whole - plan)
