"""Whom to ring about what: per town or team, with what was promised on the last call."""

import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

from advedu.i18n import N_, _
from advedu.nouns.model import Unit
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.reports.no_units import no_units
from advedu.storage import supervision, units
from advedu.storage.supervision import Late

COLUMNS = (
    Column("group", N_("Group")),
    Column("group_name", N_("Name")),
    Column("promised", N_("Promised for today")),
    Column("unit", N_("Code")),
    Column("unit_name", N_("Unit")),
    Column("chief", N_("Chief")),
    Column("phone", N_("Telephone")),
    Column("milestone", N_("Milestone")),
    Column("milestone_name", N_("Name")),
    Column("due_on", N_("Due on")),
    Column("days_late", N_("Days late"), align="right"),
    Column("called_on", N_("Last rung")),
    Column("said", N_("Said")),
    Column("again_on", N_("Again on")),
)


class Ring(NamedTuple):
    """One unit to ring: its group, whether it promised something until today, and what it is late with."""

    group: tuple[str, str]
    promised: bool
    late: list[Late]

    @property
    def unit(self) -> Late:
        """Any line: the unit's own facts are the same in all."""
        return self.late[0]

    @property
    def worst(self) -> int:
        """The most days late."""
        return max(line.days_late for line in self.late)


def chase(
    connection: sqlite3.Connection, top: Unit | None, day: str, *, by: str, team: int | None, message: bool
) -> Report:
    """Return whom to ring below a unit.

    Args:
        connection: the file.
        top: the unit; None in an empty file.
        day: the as-of day.
        by: "town" (the unit below the root that the late one belongs to) or "team".
        team: only what this team looks after.
        message: as plain text for a message.
    """
    if top is None:
        return no_units(COLUMNS)
    late = [line for line in supervision.late(connection, top.id, day) if team in (None, line.team)]
    rings = _rings(connection, late, day, by)
    rows = [_row(ring, line) for ring in rings for line in ring.late]
    promised = sum(ring.promised for ring in rings)
    note = _("{units} units to ring about {milestones} milestones; {promised} promised something for today or earlier.")

    def table(shown: Sequence[tuple[Any, ...]]) -> list[Table]:
        wanted = _among(rings, shown)
        return [] if message else _tables(wanted)

    return Report(
        COLUMNS,
        rows,
        head={"as_of": day, "unit": top.code},
        drawn=table,
        lines=_messages(rings, day) if message else (),
        title=_("{code} {name} · as of {day}").format(code=top.code, name=top.name, day=day),
        notes=[note.format(units=len(rings), milestones=len(rows), promised=promised), *_legend(rings, message=message)]
        if rings
        else [_("Nobody is late.")],
    )


def _among(rings: list[Ring], rows: Sequence[tuple[Any, ...]]) -> list[Ring]:
    """Return the rings that rows are about, in the order of the rows and with no more than these say."""
    places = [column.key for column in COLUMNS].index("unit"), [column.key for column in COLUMNS].index("milestone")
    known = {(line.unit, line.milestone): (ring, line) for ring in rings for line in ring.late}
    found: dict[str, Ring] = {}
    for row in rows:
        ring, line = known[row[places[0]], row[places[1]]]
        found.setdefault(line.unit, ring._replace(late=[])).late.append(line)
    return list(found.values())


def _rings(connection: sqlite3.Connection, late: list[Late], day: str, by: str) -> list[Ring]:
    """Return the units to ring: what was promised for today first, then group by group, the latest first."""
    teams = {team.id: (team.code, team.name) for team in supervision.teams(connection)}
    towns = _towns(connection, day, late) if by == "town" else {}
    lines: dict[int, list[Late]] = {}
    for line in late:
        lines.setdefault(line.unit_id, []).append(line)
    nobody = ("", _("(no team)"))
    rings = [
        Ring(
            towns[unit_id] if by == "town" else teams.get(own[0].team or 0, nobody),
            own[0].again_on is not None and own[0].again_on <= day,
            sorted(own, key=lambda line: -line.days_late),
        )
        for unit_id, own in lines.items()
    ]
    return sorted(rings, key=lambda ring: (not ring.promised, ring.group[0] or "￿", -ring.worst, ring.unit.unit))


def _towns(connection: sqlite3.Connection, day: str, late: list[Late]) -> dict[int, tuple[str, str]]:
    """Return, for each unit, the unit below the root that it belongs to on the day."""
    found: dict[int, tuple[str, str]] = {}
    for unit_id in {line.unit_id for line in late}:
        above = units.ancestors(connection, unit_id, day)
        town = units.by_id(connection, above[-2] if len(above) > 1 else unit_id)
        found[unit_id] = (town.code, town.name)
    return found


def _row(ring: Ring, line: Late) -> tuple[Any, ...]:
    return (
        *ring.group,
        ring.promised,
        line.unit,
        line.unit_name,
        line.chief,
        line.phone,
        line.milestone,
        line.milestone_name,
        line.due_on,
        line.days_late,
        line.called_on,
        line.said,
        line.again_on,
    )


def _last(line: Late) -> str:
    """Return what was said on the last call, as one line; empty when nobody rang yet."""
    if line.called_on is None:
        return ""
    text = _("{day}: {said}").format(day=line.called_on, said=line.said)
    return text + (_("; again on {day}").format(day=line.again_on) if line.again_on else "")


def _owed(ring: Ring) -> str:
    words = _("{milestone}, {days} days late")
    return _("; ").join(
        words.format(milestone=f"{m.milestone} {m.milestone_name}", days=m.days_late) for m in ring.late
    )


def _briefly(ring: Ring) -> str:
    """Return what a unit is late with by codes, for a narrow column; the names stand below the table."""
    words = _("{milestone} {days} d")
    return _(", ").join(words.format(milestone=m.milestone, days=m.days_late) for m in ring.late)


def _legend(rings: list[Ring], *, message: bool) -> list[str]:
    """Return a line with the names of the milestones that the table speaks of; a message has them in full."""
    if message:
        return []
    named = {line.milestone: line.milestone_name for ring in rings for line in ring.late}
    return [_("; ").join(f"{code} {name}" for code, name in sorted(named.items()))]


def _tables(rings: list[Ring]) -> list[Table]:
    heads = (
        Head(_("Unit"), least=14),
        Head(_("Chief"), least=6),
        # A number that is folded is misread.
        Head(_("Telephone"), least=13),
        Head(_("Late with"), least=14),
        Head(_("Last call"), least=10),
    )
    groups: dict[str, list[list[Cell]]] = {}
    for ring in rings:
        title = _("Promised for today or earlier") if ring.promised else f"{ring.group[0]} {ring.group[1]}".strip()
        unit = ring.unit
        groups.setdefault(title, []).append(
            [
                Cell(f"{unit.unit} {unit.unit_name}"),
                Cell(unit.chief or "—"),
                Cell(unit.phone or "—"),
                Cell(_briefly(ring), "bad" if ring.promised else "warn"),
                Cell(_last(unit)),
            ]
        )
    return [Table(heads, lines, title) for title, lines in groups.items()]


def _messages(rings: list[Ring], day: str) -> list[str]:
    """Return a paragraph per unit that can be read out or pasted."""
    text = _("{chief} of {unit} ({phone}): as of {day} late with {owed}.")
    paragraphs = []
    for ring in rings:
        unit = ring.unit
        line = text.format(
            chief=unit.chief or "—", unit=unit.unit_name, phone=unit.phone or "—", day=day, owed=_owed(ring)
        )
        last = _last(unit)
        paragraphs.append(_("{line} Last call {last}.").format(line=line, last=last) if last else line)
    return paragraphs
