"""Teams: one page, and where nobody looks."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from advedu.i18n import N_, _
from advedu.nouns import registers
from advedu.nouns.model import Unit
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.reports.no_units import no_units
from advedu.reports.register_lists import kept, masked
from advedu.storage import campaign, supervision, units
from advedu.storage.register_rows import Listed
from advedu.values.dates import add_days, days_between

# Where the campaign has no rule about it.
VISIT_DAYS = 30
GAPS = {
    "no_team": N_("no team"),
    "never_visited": N_("never visited"),
    "not_visited": N_("not visited for long"),
    "no_qualified_head": N_("no head of the required rank"),
}
COLUMNS = (
    Column("gap", N_("What"), GAPS),
    Column("unit", N_("Unit")),
    Column("unit_name", N_("Name")),
    Column("team", N_("Team")),
    Column("team_name", N_("Name")),
    Column("visited_on", N_("Visited on")),
    Column("days", N_("Days"), align="right"),
)


def gaps(connection: sqlite3.Connection, top: Unit | None, day: str, days: int | None) -> Report:
    """Return where nobody looks: teams without a qualified head, units without a team, or not visited (R8)."""
    if top is None:
        return no_units(COLUMNS)
    limit = days or campaign.rule(connection, "visit_days") or VISIT_DAYS
    named = {team.id: team for team in supervision.teams(connection)}
    rank = campaign.rule(connection, "team_head_rank")
    headless = supervision.headless(connection, day, rank) if rank else []
    rows: list[tuple[Any, ...]] = [("no_qualified_head", None, None, t.code, t.name, None, None) for t in headless]
    for gap in supervision.gaps(connection, top.id, day, add_days(day, -limit)):
        team = named.get(gap.team or 0)
        what = "no_team" if team is None else "never_visited" if gap.visited_on is None else "not_visited"
        since = days_between(gap.visited_on, day) if gap.visited_on else None
        called = (team.code, team.name) if team else (None, None)
        rows.append((what, gap.unit, gap.unit_name, *called, gap.visited_on, since))
    rows.sort(key=lambda row: (list(GAPS).index(row[0]), row[1] or "", row[3] or ""))
    counts = {what: sum(row[0] == what for row in rows) for what in GAPS}
    words = _("{what}: {count}")
    notes = [words.format(what=_(name), count=counts[what]) for what, name in GAPS.items() if counts[what]]
    return Report(
        COLUMNS,
        rows,
        head={"as_of": day, "unit": top.code, "days": limit},
        drawn=lambda shown: [_gap_table(shown)] if shown else [],
        title=_("{code} {name} · as of {day}").format(code=top.code, name=top.name, day=day),
        notes=notes or [_("No gaps: every unit has a team and was visited in time.")],
    )


def _gap_table(rows: Sequence[tuple[Any, ...]]) -> Table:
    heads = (
        Head(_("What"), least=8),
        Head(_("Unit"), least=16),
        Head(_("Team"), least=6),
        Head(_("Visited on"), least=10),
    )
    lines = [
        [
            Cell(_(GAPS[what]), "bad" if what in ("no_team", "no_qualified_head") else "warn"),
            Cell(f"{unit} {unit_name}" if unit else ""),
            Cell(f"{team} {team_name}" if team else ""),
            Cell(f"{visited} ({_('{days} d').format(days=since)})" if visited else ""),
        ]
        for what, unit, unit_name, team, team_name, visited, since in rows
    ]
    return Table(heads, lines)


def show(connection: sqlite3.Connection, number: int, day: str, *, reveal: bool = False) -> Report:
    """Return one team as of a day: its cadres, its units, its visits, what is open of what it suggested."""
    root = units.root(connection)
    records = {
        noun: [
            each if reveal else masked(registers.named(noun), each)
            for each in kept(connection, registers.named(noun), root, day)
        ]
        for noun in ("team", "cadre", "visit", "suggestion")
    }
    team = next(each for each in records["team"] if each.number == number)
    code = team.values["code"]
    cadres = [each for each in records["cadre"] if each.values["team"] == code and _holds(each, day)]
    visits = [each for each in records["visit"] if each.values["team"] == code]
    numbers = {each.number for each in visits}
    advice = [each for each in records["suggestion"] if each.values["visit"] in numbers]
    looked_after = [row for row in supervision.covered(connection, root.id, day) if row[2] == number] if root else []
    document = {
        "as_of": day,
        "number": number,
        **team.values,
        "cadres": [_document(each) for each in cadres],
        "units": [{"unit": unit, "unit_name": name} for unit, name, _team in looked_after],
        "visits": [_document(each) for each in visits],
        "suggestions": [_document(each) for each in advice],
    }
    return Report(
        (Column("unit", N_("Unit")), Column("unit_name", N_("Name"))),
        [row[:2] for row in looked_after],
        document=document,
        tables=lambda: _page(cadres, looked_after, visits, advice),
        title=_("{team} · as of {day}").format(team=f"{code} {team.values['name']}", day=day),
    )


def _holds(cadre: Listed, day: str) -> bool:
    return cadre.values["to_on"] is None or cadre.values["to_on"] > day


def _document(each: Listed) -> dict[str, Any]:
    named = {"unit": each.unit, "unit_name": each.unit_name} if each.unit else {}
    return {"number": each.number, **named, **each.values}


def _page(
    cadres: list[Listed], looked_after: list[tuple[str, str, int]], visits: list[Listed], advice: list[Listed]
) -> list[Table]:
    roles = registers.named("cadre").field("role").words
    last = {each.unit: each.values["visited_on"] for each in sorted(visits, key=lambda v: v.values["visited_on"])}
    people = [
        [
            Cell(_(roles[each.values["role"]].name)),
            Cell(each.values["name"]),
            Cell(each.values["rank"] or ""),
            Cell(each.values["home"] or ""),
            Cell(each.values["phone"] or ""),
        ]
        for each in cadres
    ]
    places = [[Cell(f"{unit} {name}"), Cell(last.get(unit) or "—")] for unit, name, _team in looked_after]
    open_ = [
        [
            Cell(str(each.number)),
            Cell(f"{each.unit} {each.unit_name}"),
            Cell(each.values["text"]),
            Cell(each.values["deadline"] or ""),
        ]
        for each in advice
        if each.values["verified_on"] is None
    ]
    tables = [
        Table(
            (
                Head(_("Role")),
                Head(_("Full name"), least=6),
                Head(_("Rank"), least=6),
                Head(_("Drawn from"), least=6),
                Head(_("Telephone"), least=13),
            ),
            people,
            _("Cadres"),
        ),
        Table((Head(_("Unit"), least=16), Head(_("Last visit"), least=10)), places, _("Looks after")),
        Table(
            (
                Head(_("No."), "right"),
                Head(_("Unit"), least=12),
                Head(_("Text"), least=12),
                Head(_("Deadline"), least=10),
            ),
            open_,
            _("Not verified yet"),
        ),
    ]
    return [table for table in tables if table.rows]
