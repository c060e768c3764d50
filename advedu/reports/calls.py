"""Who is late, call by call: a chief with a telephone number, and everything that this one call is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from advedu.i18n import N_, _
from advedu.output.report import Cell, Column, Head, Report, Several, Table, ValueWithFacts
from advedu.reports.overdue import LONG
from advedu.storage.figures import Overdue

COLUMNS = (
    Column("chief", N_("Chief")),
    Column("phone", N_("Telephone")),
    Column("days_late", N_("Days late"), align="right"),
    Column("milestones", N_("Milestones"), align="right"),
    Column("units", N_("Units"), align="right"),
    Column("overdue", N_("Overdue")),
)


def grouped(report: Report) -> Report:
    """Return a report of overdue milestones as one of calls, the longest delay first.

    Units share a call when chief and number are the same; without a number a unit stands by itself, since two chiefs
    may bear one name.
    """
    calls: dict[tuple[str | None, ...], list[Overdue]] = {}
    for row in report.rows:
        key = (row.chief, row.phone) if row.phone else (row.chief, None, row.unit)
        calls.setdefault(key, []).append(row)
    rows = [_row(each) for each in calls.values()]
    note = _("{calls} calls.").format(calls=len(rows))
    return Report(
        COLUMNS,
        rows,
        head=report.head,
        drawn=lambda shown: [_table(shown)] if shown else [],
        title=report.title,
        notes=[*report.notes, note] if rows else report.notes,
        warnings=report.warnings,
        exit_code=report.exit_code,
    )


def _row(found: list[Overdue]) -> tuple[Any, ...]:
    # By unit, and within a unit the most days first: so it is asked about on the telephone.
    first = {row.unit: place for place, row in reversed(list(enumerate(found)))}
    ordered = sorted(found, key=lambda row: first[row.unit])
    facts = [
        ValueWithFacts(
            f"{row.unit} {row.unit_name} {row.milestone} {row.due_on}",
            {name: value for name, value in row._asdict().items() if name not in ("chief", "phone")},
        )
        for row in ordered
    ]
    return found[0].chief, found[0].phone, found[0].days_late, len(found), len(first), Several(facts)


def _table(rows: Sequence[tuple[Any, ...]]) -> Table:
    heads = (
        Head(_("Whom to ring"), least=13),
        Head(_("Days late"), "right"),
        Head(_("Unit"), least=16),
        Head(_("Milestone"), least=12),
        Head(_("Due on"), least=10),
    )
    lines: list[list[Cell]] = []
    for chief, phone, _days, _milestones, _units, overdue in rows:
        if lines:
            lines.append([Cell("")] * len(heads))
        whom = [text for text in (chief, phone) if text] or ["—"]
        lines += _block(whom, overdue)
    return Table(heads, lines)


def _block(whom: list[str], overdue: Sequence[ValueWithFacts]) -> list[list[Cell]]:
    """Return the lines of one call: whom on the left, what on the right, a unit's name once."""
    lines = []
    named = ""
    for place in range(max(len(whom), len(overdue))):
        left = Cell(whom[place] if place < len(whom) else "", "head")
        if place >= len(overdue):
            lines.append([left, *[Cell("")] * 4])
            continue
        row = overdue[place]
        unit = "" if row["unit"] == named else f"{row['unit']} {row['unit_name']}"
        named = row["unit"]
        days = Cell(str(row["days_late"]), "bad" if row["days_late"] >= LONG else "warn")
        lines.append([left, days, Cell(unit), Cell(f"{row['milestone']} {row['milestone_name']}"), Cell(row["due_on"])])
    return lines
