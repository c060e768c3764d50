"""The ledger as people see it: one table per section that has anything to say."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from advedu.i18n import N_, _
from advedu.nouns.words import STATUS_WORDS
from advedu.output.report import Cell, Head, Table
from advedu.values.wording import and_more

Row = dict[str, Any]

# Units that declared nothing may be all of them: so many are shown, and the last line counts the others.
SHOWN = 20
_HOW = {
    "opened": N_("newly set up"),
    "split": N_("split from {other}"),
    "closed": N_("closed down"),
    "merged": N_("merged into {other}"),
    "arrived": N_("arrived"),
    "left": N_("left"),
    "not_open": N_("not opened yet"),
}
_LINES = (
    ("baseline", N_("Control totals")),
    ("in", N_("+ in")),
    ("out", N_("− out")),
    ("expected", N_("= expected")),
    ("now", N_("Counted now")),
    ("difference", N_("Difference")),
)


def tables(connection: sqlite3.Connection, document: Row) -> list[Table]:  # noqa: ARG001 (asked by nobody yet)
    """Return the tables of the sections that hold something."""
    found = [_balance(document)]
    comings = [("+", row) for row in document["ins"]] + [("−", row) for row in document["outs"]]
    found += _if_any(_moved(comings))
    found += _if_any(_undated(document["undated"]))
    found += _if_any(_declared(document["declared"]))
    found += _if_any(_silent(document["undeclared"]))
    found += _if_any(_people(_("Members of units that are not open"), document["without_unit"], "on"))
    found += _if_any(_units(_("Units with neither batch nor start"), document["without_batch"]))
    found += _if_any(_units(_("Grassroots units without members"), document["without_members"]))
    found += _if_any(_people(_("Missing"), document["missing"], "since"))
    found += [*_if_any(_counted(document)), *_if_any(_reached(document["reached"]))]
    return found


def _if_any(table: Table) -> list[Table]:
    return [table] if table.rows else []


def _number(value: int | None, *, signed: bool = False) -> Cell:
    if value is None:
        return Cell("—", "dim")
    if signed:
        return Cell(f"{value:+}" if value else "0", "bad" if value else "good")
    return Cell(str(value))


def _balance(document: Row) -> Table:
    """Return the equation, units beside members."""
    lines = []
    for key, title in _LINES:
        if document["baseline"] is None and key in ("baseline", "expected", "difference"):
            continue
        values = []
        for section, comings in (("units", ("opened", "closed")), ("members", ("arrived", "left"))):
            name = {"in": comings[0], "out": comings[1]}.get(key, key)
            values.append(_number(document[section][name], signed=key == "difference"))
        text = _(title)
        if key == "baseline":
            text = _("Control totals of {day}").format(day=document["baseline"]["set_on"])
        lines.append([Cell(text), *values])
    return Table((Head(""), Head(_("Units"), "right"), Head(_("Members"), "right")), lines)


def _how(row: Row) -> str:
    return _(_HOW[row["how"]]).format(other=row.get("other"))


def _moved(comings: Iterable[tuple[str, Row]]) -> Table:
    heads = (Head(""), Head(_("Day"), least=10), Head(_("Who or what"), least=16), Head(_("How"), least=8))
    lines = []
    for sign, row in comings:
        who = f"{row['unit']} {row['unit_name']}"
        if row["what"] == "member":
            who = f"{row['member']} {row['name']} ({row['unit_name']})"
        how = _how(row)
        text = f"{how}: {row['reason']}" if row.get("reason") else how
        lines.append([Cell(sign), Cell(row["on"]), Cell(who), Cell(text)])
    return Table(heads, lines, _("In and out"))


def _undated(rows: list[Row]) -> Table:
    heads = (Head(_("Day of entry"), least=10), Head(_("Who or what"), least=16))
    lines = [
        [
            Cell(row["entered_on"]),
            Cell(
                f"{row['member']} {row['name']} ({row['unit_name']})"
                if row["member"]
                else f"{row['unit']} {row['unit_name']}"
            ),
        ]
        for row in rows
    ]
    return Table(heads, lines, _("Entered since without a day of opening or arrival"))


def _unit(row: Row) -> Cell:
    return Cell(f"{row['unit']} {row['unit_name']}")


def _declared(rows: list[Row]) -> Table:
    heads = (
        Head(_("Unit"), least=16),
        Head(_("Declared"), "right"),
        Head(_("Own"), "right"),
        Head(_("With those below"), "right"),
        Head(_("Difference"), "right"),
    )
    lines = [
        [
            _unit(row),
            *(_number(row[key]) for key in ("declared", "own", "subtree")),
            _number(row["difference"], signed=True),
        ]
        for row in rows
    ]
    return Table(heads, lines, _("Declared members that fit neither count"))


def _silent(rows: list[Row]) -> Table:
    lines = [[_unit(row), _number(row["own"]), _number(row["subtree"])] for row in rows[:SHOWN]]
    if len(rows) > SHOWN:
        more = and_more(len(rows) - SHOWN, "--format csv")
        lines.append([Cell(more, "dim"), Cell(""), Cell("")])
    heads = (Head(_("Unit"), least=16), Head(_("Own"), "right"), Head(_("With those below"), "right"))
    return Table(heads, lines, _("Units that declared no members: {count}").format(count=len(rows)))


def _people(title: str, rows: list[Row], key: str) -> Table:
    heads = (Head(_("Member"), least=12), Head(_("Unit"), least=16), Head(_("Since"), least=10))
    lines = []
    for row in rows:
        since = _how(row) if row.get("how") == "not_open" else row[key]
        lines.append([Cell(f"{row['member']} {row['name']}"), _unit(row), Cell(since or "")])
    return Table(heads, lines, title)


def _units(title: str, rows: list[Row]) -> Table:
    return Table((Head(_("Unit")),), [[_unit(row)] for row in rows], title)


def _counted(document: Row) -> Table:
    """Return the members by category and by status, one under the other."""
    lines = []
    for row in document["categories"]:
        if row["members"]:
            name = f"{row['category']} {row['category_name']}" if row["category"] else "—"
            lines.append([Cell(_("Category")), Cell(name), _number(row["members"])])
    for row in document["statuses"]:
        if row["members"]:
            name = _(STATUS_WORDS[row["status"]].name) if row["status"] else "—"
            lines.append([Cell(_("Status")), Cell(name), _number(row["members"])])
    return Table((Head(""), Head(_("Which")), Head(_("Members"), "right")), lines, _("Members"))


def _reached(rows: list[Row]) -> Table:
    states = {"exempt": _("exempt"), "open": _("not yet")}
    lines = []
    for row in rows:
        how = states.get(row["state"]) or row["mode"] or _("done, way not recorded")
        style = "warn" if row["state"] == "open" and row["members"] else ""
        lines.append([Cell(f"{row['task']} {row['task_name']}"), Cell(how, style), _number(row["members"])])
    return Table(
        (Head(_("Task")), Head(_("How reached")), Head(_("Members"), "right")), lines, _("How members were reached")
    )
