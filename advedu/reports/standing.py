"""What the registers of supervision, contact points, bulletins and honours hold of one unit or one member."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from advedu.i18n import N_, _
from advedu.nouns import registers
from advedu.nouns.model import Member, Unit
from advedu.output.report import Cell, Head, Table
from advedu.recording.phases import STATES
from advedu.reports import phases
from advedu.reports import registers as lists
from advedu.storage import phases as stored_phases
from advedu.storage import registers as storage
from advedu.storage import supervision, units
from advedu.storage.registers import Listed

Record = dict[str, Any]
# Keys of a unit's document, in its order, and whose records stand there; of a member's likewise.
OF_UNIT = {
    "visits": "visit",
    "suggestions": "suggestion",
    "contact_points": "contact-point",
    "bulletins": "bulletin",
    "models": "model",
    "publicity": "publicity",
    "commendations": "commendation",
    "calls": "call",
}
OF_MEMBER = {
    "contact_points": "contact-point",
    "models": "model",
    "commendations": "commendation",
    "trainings": "training",
}


def of_unit(connection: sqlite3.Connection, unit: Unit, day: str) -> dict[str, Any]:
    """Return a unit's team, its last visit, its phases and its own records as of a day, as the document has them."""
    number = units.covering_team(connection, unit.id, day)
    team = next((each for each in supervision.teams(connection) if each.id == number), None)
    found: dict[str, Any] = {
        key: [
            _record(row, owner=False)
            for row in lists.standing(
                registers.named(noun), storage.listed(connection, registers.named(noun), unit.id, own=True), day
            )
        ]
        for key, noun in OF_UNIT.items()
    }
    visited = [each["visited_on"] for each in found["visits"]]
    return {
        "team": team.code if team else None,
        "team_name": team.name if team else None,
        "last_visit": max(visited, default=None),
        "phases": _phases(connection, unit, day),
        **found,
    }


def of_member(connection: sqlite3.Connection, member: Member, day: str) -> dict[str, list[Record]]:
    """Return a member's own records as of a day."""
    return {
        key: [
            _record(row, owner=True)
            for row in lists.standing(
                registers.named(noun), storage.listed(connection, registers.named(noun), None, member_id=member.id), day
            )
        ]
        for key, noun in OF_MEMBER.items()
    }


def _record(row: Listed, *, owner: bool) -> Record:
    whose = {"unit": row.unit, "unit_name": row.unit_name} if owner else {}
    return {"number": row.number, **whose, **row.values}


def _phases(connection: sqlite3.Connection, unit: Unit, day: str) -> list[Record]:
    past = stored_phases.events(connection, unit.id, day)
    if not past and not stored_phases.owing(connection, unit.id):
        return []
    zero = units.day_zero(connection, unit, day)
    lines = (phases.line((unit.code, unit.name), zero, phase, past, day) for phase in stored_phases.phases(connection))
    # Whose they are is known.
    return [{key: value for key, value in line._asdict().items() if not key.startswith("unit")} for line in lines]


# ── for people ──


def phase_table(found: list[Record]) -> Table | None:
    """Return where each phase stands; an override stays in sight with its reason (D44). None where none began."""
    if not any(each["opened_on"] or each["overridden"] for each in found):
        return None
    heads = (
        Head(_("Phase"), least=8),
        Head(_("State"), least=6),
        Head(_("Begun on"), least=10),
        Head(_("Signed off on"), least=10),
        Head(_("Ended on"), least=10),
        Head(_("Overridden"), least=8),
    )
    rows = [
        [
            Cell(each["phase_name"]),
            Cell(_(STATES[each["state"]])),
            Cell(each["opened_on"] or ""),
            Cell(each["signed_off_on"] or ""),
            Cell(each["closed_on"] or ""),
            Cell(f"! {each['reason'] or ''}".rstrip(), "warn") if each["overridden"] else Cell(""),
        ]
        for each in found
    ]
    return Table(heads, rows, _("Phases"))


def lines(found: dict[str, Any], day: str) -> list[list[Cell]]:
    """Return a line per register of a unit or a member that has something to say."""
    told: list[list[Cell]] = []
    if found.get("team"):
        seen = _("last visit {day}").format(day=found["last_visit"]) if found["last_visit"] else _("! never visited")
        style = "" if found["last_visit"] else "warn"
        told.append([Cell(_("Team"), "dim"), Cell(f"{found['team']} {found['team_name']} · {seen}", style)])
    for key, (title, tell) in _LINES.items():
        if found.get(key):
            words, style = tell(found[key], day)
            told.append([Cell(_(title), "dim"), Cell(words, style)])
    return told


def _suggestions(found: list[Record], day: str) -> tuple[str, str]:
    late = sum(each["done_on"] is None and (each["deadline"] or day) < day for each in found)
    open_ = sum(each["verified_on"] is None for each in found)
    words = _("{count}: {open} not verified, {late} late").format(count=len(found), open=open_, late=late)
    return words, "bad" if late else ""


def _contact_points(found: list[Record], _day: str) -> tuple[str, str]:
    # Of a member the units are told, of a unit the leaders.
    names = [f"{each['unit']} {each['unit_name']}" if "unit" in each else each["member_name"] for each in found]
    return _("; ").join(f"{name} {_span(each)}" for name, each in zip(names, found, strict=True)), ""


def _span(each: Record) -> str:
    return f"{each['from_on'] or ''}–{each['to_on'] or ''}"


def _bulletins(found: list[Record], _day: str) -> tuple[str, str]:
    out = sum(each["issued_on"] is not None for each in found)
    return _("{count} went out, {drafts} drafts").format(count=out, drafts=len(found) - out), ""


def _models(found: list[Record], _day: str) -> tuple[str, str]:
    return _("; ").join(f"{each['member_name'] or ''} {each['deeds']}".strip() for each in found), ""


def _publicity(found: list[Record], _day: str) -> tuple[str, str]:
    return _("items: {count}").format(count=sum(each["count"] for each in found)), ""


def _commendations(found: list[Record], _day: str) -> tuple[str, str]:
    words = []
    for each in found:
        name = each["member_name"] if "unit" not in each else None
        state = (
            _("awarded on {day}").format(day=each["awarded_on"])
            if each["awarded_on"]
            else _("proposed on {day}").format(day=each["proposed_on"])
        )
        text = " ".join(part for part in (each["honour"], name, state) if part)
        if each["overridden"]:
            text += " " + _("! by override: {reason}; was missing: {missing}").format(
                reason=each["reason"], missing=each["missing"]
            )
        words.append(text)
    return _("; ").join(words), "warn" if any(each["overridden"] for each in found) else ""


def _calls(found: list[Record], day: str) -> tuple[str, str]:
    last = max(found, key=lambda each: (each["called_on"], each["number"]))
    text = _("{day}: {said}").format(day=last["called_on"], said=last["said"])
    if last["again_on"]:
        text += _("; again on {day}").format(day=last["again_on"])
    return text, "warn" if last["again_on"] and last["again_on"] <= day else ""


def _trainings(found: list[Record], day: str) -> tuple[str, str]:
    words = [
        f"{each['reason']} {_span(each)} "
        + (_("done on {day}").format(day=each["done_on"]) if each["done_on"] else _("not done yet"))
        for each in found
    ]
    late = any(each["done_on"] is None and (each["to_on"] or day) < day for each in found)
    return _("; ").join(words), "bad" if late else ""


_LINES: dict[str, tuple[str, Callable[[list[Record], str], tuple[str, str]]]] = {
    "suggestions": (N_("Suggestions of the team"), _suggestions),
    "contact_points": (N_("Contact points"), _contact_points),
    "bulletins": (N_("Bulletins"), _bulletins),
    "models": (N_("Models"), _models),
    "publicity": (N_("Publicity"), _publicity),
    "commendations": (N_("Commendations"), _commendations),
    "trainings": (N_("Remedial training"), _trainings),
    "calls": (N_("Last call"), _calls),
}
