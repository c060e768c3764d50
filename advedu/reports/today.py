"""The clerk's first page of the day: what changed, what falls due, who promised what, who is worst, what is wrong."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import Any

from advedu.i18n import _
from advedu.nouns.model import Unit
from advedu.output.report import Cell, Head, Report, Table
from advedu.reports.change_lines import called
from advedu.reports.no_units import no_units
from advedu.reports.overdue import LONG
from advedu.storage import changes, figures, supervision
from advedu.storage.figures import Scope
from advedu.values.dates import add_days
from advedu.values.identity import scrub
from advedu.values.wording import and_more

# The days that a week looks ahead, the as-of day being the first.
WEEK = 7
# So many units are the worst; so many operations are listed on the page, which has room for one screen.
WORST = 10
OPERATIONS = 8


def today(connection: sqlite3.Connection, top: Unit | None, day: str) -> Report:
    """Return the page of a day: changes entered since the day before, what falls due within a week, the worst ten.

    Also what was promised on the telephone for the day or earlier, and how many rules are broken.

    The changes are those of the whole file, the rest is about `top` and all below it.
    """
    since = add_days(day, -1)
    until = add_days(day, WEEK - 1)
    operations = _operations(connection, since, day)
    if top is None:
        document = _document(day, since, until, None, changed=operations, due=[], promised=[], worst=[], errors={})
        return no_units(document=document, tables=list)
    scope = Scope(top.id, day)
    due = [row._asdict() for row in figures.due_between(connection, scope, until)]
    late = figures.overdue(connection, scope)
    worst = _worst(late)
    title = _("{code} {name} · as of {day}").format(code=top.code, name=top.name, day=day)
    units = len({row.unit for row in late})
    note = _("{units} units are overdue with {milestones} milestones.").format(units=units, milestones=len(late))
    promised = _promised(connection, top.id, day)
    errors = _errors(connection, scope)
    wrong = _("Rules broken: {count}. See `advedu check --level error`.").format(count=sum(errors.values()))
    lists = {"changed": operations, "due": due, "promised": promised, "worst": worst, "errors": errors}
    return Report(
        document=_document(day, since, until, top.code, **lists),
        tables=lambda: [
            _changed(operations, since),
            _due(due, until),
            *([_kept(promised)] if promised else []),
            _late(worst),
        ],
        title=title,
        notes=[note if late else _("Nothing is overdue."), *([wrong] if errors else [])],
    )


def _document(day: str, since: str, until: str, unit: str | None, **lists: Any) -> dict[str, Any]:
    return {"as_of": day, "unit": unit, "since": since, "until": until, **lists}


def _promised(connection: sqlite3.Connection, root_id: int, day: str) -> list[dict[str, Any]]:
    """Return the late units that promised something for the day or earlier, the oldest promise first."""
    if not supervision.promises(connection, day):
        return []
    units: dict[str, dict[str, Any]] = {}
    for line in supervision.late(connection, root_id, day):
        if line.again_on is not None and line.again_on <= day:
            facts = {
                "unit": line.unit,
                "unit_name": line.unit_name,
                "again_on": line.again_on,
                "said": line.said,
                "called_on": line.called_on,
                "milestones": 0,
                "chief": line.chief,
                "phone": line.phone,
            }
            units.setdefault(line.unit, facts)["milestones"] += 1
    return sorted(units.values(), key=lambda unit: (unit["again_on"], unit["unit"]))


def _errors(connection: sqlite3.Connection, scope: Scope) -> dict[str, int]:
    """Return how many findings of the gravest level there are, by code."""
    from advedu.reports import check

    found = check.found(connection, scope, check.chosen("error", ()))
    return dict(sorted(Counter(each.code for each in found).items()))


def _operations(connection: sqlite3.Connection, since: str, day: str) -> list[dict[str, Any]]:
    """Return the operations of some days of entry with what each did to which table, the latest first."""
    found: dict[int, dict[str, Any]] = {}
    for row in changes.rows_since(connection, since, day):
        operation = found.setdefault(
            row.number,
            {
                "operation": row.number,
                "at": row.at,
                "day": row.day,
                "who": row.who,
                "command": scrub(row.command),
                "source": row.source,
                "rows": [],
            },
        )
        counts = {"what": row.table, "added": row.added, "changed": row.changed, "removed": row.removed}
        operation["rows"].append(counts)
    return list(found.values())


def _worst(late: list[figures.Overdue]) -> list[dict[str, Any]]:
    """Return the units with the longest delays; of equal ones those with more milestones first."""
    units: dict[str, dict[str, Any]] = {}
    for row in late:
        facts = {
            "unit": row.unit,
            "unit_name": row.unit_name,
            "days_late": row.days_late,
            "milestones": 0,
            "chief": row.chief,
            "phone": row.phone,
        }
        units.setdefault(row.unit, facts)["milestones"] += 1
    ordered = sorted(units.values(), key=lambda unit: (-unit["days_late"], -unit["milestones"], unit["unit"]))
    return ordered[:WORST]


def _changed(operations: list[dict[str, Any]], since: str) -> Table:
    title = _("Changed since {day}").format(day=since)
    if not operations:
        return Table((Head(""),), [[Cell(_("Nothing was entered."), "dim")]], title)
    heads = (
        Head(_("Operation"), "right"),
        Head(_("Day of entry")),
        Head(_("Who")),
        Head(_("What")),
        Head(_("Command")),
    )
    lines = [
        [
            Cell(str(each["operation"])),
            Cell(each["day"]),
            Cell(each["who"]),
            Cell(", ".join(map(_counted, each["rows"]))),
            Cell(each["command"].removeprefix("advedu ")),
        ]
        for each in operations[:OPERATIONS]
    ]
    if len(operations) > len(lines):
        more = and_more(len(operations) - len(lines), "advedu log")
        lines.append([Cell(""), Cell(""), Cell(""), Cell(""), Cell(more, "dim")])
    return Table(heads, lines, title)


def _counted(row: dict[str, Any]) -> str:
    """Return what happened to the rows of one table: added +, changed ±, taken away −."""
    signs = (("+", row["added"]), ("±", row["changed"]), ("-", row["removed"]))
    counts = " ".join(f"{sign}{count}" for sign, count in signs if count)
    return f"{_(called(row['what']))} {counts}"


def _due(due: list[dict[str, Any]], until: str) -> Table:
    title = _("Due until {day}").format(day=until)
    if not due:
        return Table((Head(""),), [[Cell(_("Nothing falls due."), "dim")]], title)
    heads = (Head(_("Due on")), Head(_("What")), Head(_("Still open"), "right"), Head(_("Of"), "right"), Head(""))
    units = {"milestone": _("units"), "task": _("members")}
    lines = [
        [
            Cell(row["due_on"]),
            Cell(f"{row['code']} {row['name']}"),
            Cell(str(row["open"]), "warn" if row["open"] else "good"),
            Cell(str(row["expected"])),
            Cell(units[row["what"]]),
        ]
        for row in due
    ]
    return Table(heads, lines, title)


def _kept(promised: list[dict[str, Any]]) -> Table:
    heads = (
        Head(_("Promised for")),
        Head(_("Unit"), least=16),
        Head(_("Said"), least=10),
        Head(_("Chief"), least=6),
        Head(_("Telephone"), least=13),
    )
    lines = [
        [
            Cell(row["again_on"], "warn"),
            Cell(f"{row['unit']} {row['unit_name']}"),
            Cell(row["said"]),
            Cell(row["chief"] or "—"),
            Cell(row["phone"] or "—"),
        ]
        for row in promised[:WORST]
    ]
    if len(promised) > WORST:
        more = and_more(len(promised) - WORST, "advedu chase list")
        lines.append([Cell(""), Cell(more, "dim"), Cell(""), Cell(""), Cell("")])
    return Table(heads, lines, _("Promised for today or earlier"))


def _late(worst: list[dict[str, Any]]) -> Table:
    title = _("The worst {count}").format(count=len(worst)) if worst else _("The worst")
    if not worst:
        return Table((Head(""),), [[Cell(_("Nothing is overdue."), "good")]], title)
    heads = (
        Head(_("Days late"), "right"),
        Head(_("Milestones"), "right"),
        Head(_("Unit"), least=16),
        Head(_("Chief"), least=6),
        Head(_("Telephone"), least=13),
    )
    lines = [
        [
            Cell(str(row["days_late"]), "bad" if row["days_late"] >= LONG else "warn"),
            Cell(str(row["milestones"])),
            Cell(f"{row['unit']} {row['unit_name']}"),
            Cell(row["chief"] or "—"),
            Cell(row["phone"] or "—"),
        ]
        for row in worst
    ]
    return Table(heads, lines, title)
