"""What the registers hold of one unit: lists for scripts, a line per register for people."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from advedu.i18n import N_, _
from advedu.nouns import registers
from advedu.nouns.declaration import Register
from advedu.nouns.model import Unit
from advedu.output.report import Cell, Head, Table
from advedu.reports import bodies, rectification, surveys
from advedu.reports import registers as lists
from advedu.rules import survey
from advedu.storage import registers as storage
from advedu.storage import study, units
from advedu.storage import surveys as stored_surveys

Record = dict[str, Any]
# Keys of the document, in its order, and whose records stand there.
KEYS = {
    "posts": "post",
    "body": "body",
    "absences": "absence",
    "sessions": "session",
    "opinions": "opinion",
    "rectifications": "rectification",
    "regulations": "regulation",
    "surveys": "survey",
    "remedials": "remedial",
    "own_milestones": "own-milestone",
}


def of_unit(connection: sqlite3.Connection, unit: Unit, day: str) -> dict[str, list[Record]]:
    """Return the records of a unit's own registers as of a day."""
    found = {key: _records(connection, registers.named(noun), unit, day) for key, noun in KEYS.items()}
    places = list(bodies.ROLES)
    found["body"] = sorted(
        (each for each in found["body"] if bodies.holds(each, day)), key=lambda each: places.index(each["role"])
    )
    held = {sheet["round"] for sheet in found["surveys"]}
    found["remedials"] = [each for each in found["remedials"] if each["round"] in held]
    missed = study.missed(connection, day, unit_id=unit.id)
    for session in found["sessions"]:
        own = [each for each in missed if each.session == session["number"]]
        session |= {"missed": len(own), "open": sum(each.made_up_on is None for each in own)}
    rules = stored_surveys.rules(connection)
    verdicts = {each.number: each.verdict for each in survey.rounds(map(surveys.sheet, found["surveys"]), rules)}
    for sheet in found["surveys"]:
        own_verdict = survey.verdict(surveys.sheet(sheet), rules)
        sheet |= {"verdict": own_verdict, "round_verdict": verdicts[sheet["round"]]}
    return found


def _records(connection: sqlite3.Connection, register: Register, unit: Unit, day: str) -> list[Record]:
    rows = [lists.values_as_of(register, each, day) for each in storage.of_unit(connection, register, unit.id)]
    kept = [{name: value for name, value in row.items() if name != "unit"} for row in rows]
    kept = [row for row in kept if lists.exists(register, row, day)]
    if not register.dated:
        return kept
    return sorted(kept, key=lambda row: (row[register.dated] or "", row["number"]))


def table(
    connection: sqlite3.Connection, unit: Unit, day: str, found: dict[str, list[Record]], more: list[list[Cell]]
) -> Table | None:
    """Return a line per register that has something to say, and `more` lines below; None when there is none."""
    lines: list[list[Cell]] = []
    for key, (title, tell) in _LINES.items():
        if found[key]:
            words, style = tell(found[key], day)
            lines.append([Cell(_(title), "dim"), Cell(words, style)])
    if found["body"]:
        same = bodies.head_is_chief(found["body"], units.chief_on(connection, unit.id, day))
        if same is False:
            lines.append([Cell("", "dim"), Cell(_("! the head of the body is not the chief of this day"), "bad")])
    lines += more
    return Table((Head(""), Head("")), lines, _("Registers")) if lines else None


def _posts(found: list[Record], _day: str) -> tuple[str, str]:
    chiefs = [each for each in found if each["role"] == "chief"]
    return "; ".join(f"{each['name']} {_span(each)}".rstrip() for each in chiefs or found), ""


def _span(values: Record) -> str:
    if values["from_on"] is None and values["to_on"] is None:
        return ""
    return f"{values['from_on'] or ''}–{values['to_on'] or ''}"


def _body(found: list[Record], _day: str) -> tuple[str, str]:
    parts = []
    for role, name in bodies.ROLES.items():
        names = [each["name"] for each in found if each["role"] == role]
        if names:
            shown = names[0] if role == "head" else str(len(names))
            parts.append(f"{_(name)} {shown}")
    return " · ".join(parts), ""


def _absences(found: list[Record], day: str) -> tuple[str, str]:
    away = [each for each in found if each["from_on"] <= day and (each["to_on"] is None or each["to_on"] >= day)]
    shown = [f"{each['name']} {_span(each)}" for each in away or found[-1:]]
    return ("; ".join([str(len(found)), *shown]), "warn" if away else "")


def _sessions(found: list[Record], _day: str) -> tuple[str, str]:
    hours, open_ = sum(each["hours"] or 0 for each in found), sum(each["open"] for each in found)
    parts = [_("sessions: {count}").format(count=len(found))]
    if hours:
        parts.append(_("{hours} hours").format(hours=f"{hours:g}"))
    if open_:
        parts.append(_("! {count} missed and open").format(count=open_))
    return " · ".join(parts), "bad" if open_ else ""


def _opinions(found: list[Record], _day: str) -> tuple[str, str]:
    count = sum(each["count"] for each in found)
    merged = sum(each["count"] for each in found if each["rectification"] is not None)
    return _("{count}, of which {merged} merged").format(count=count, merged=merged), ""


def _rectifications(found: list[Record], day: str) -> tuple[str, str]:
    total = dict.fromkeys(rectification.NUMBERS, 0)
    for each in found:
        for name, count in rectification.counted(each, day).items():
            total[name] += count
    words = _("{items} items: {open} open, {late} late, {unpublished} not published").format(**total)
    return words, "bad" if total["late"] else ""


def _regulations(found: list[Record], _day: str) -> tuple[str, str]:
    return f"{len(found)}; {found[-1]['adopted_on']} {found[-1]['title']}", ""


def _surveys(found: list[Record], _day: str) -> tuple[str, str]:
    verdicts = {each["round"]: each["round_verdict"] for each in found}
    latest = verdicts[max(verdicts)]
    words = [
        _("round {round}: {verdict}").format(round=number, verdict=surveys.verdict_cell(verdict).text)
        for number, verdict in sorted(verdicts.items())
    ]
    return " · ".join(words), surveys.SIGNS[latest][1]


def _remedials(found: list[Record], day: str) -> tuple[str, str]:
    words, late = [], False
    for each in sorted(found, key=lambda each: each["round"]):
        if each["done_on"]:
            state = _("done on {day}").format(day=each["done_on"])
        else:
            late = late or (each["deadline"] or day) < day
            state = _("until {day}").format(day=each["deadline"] or "—")
        words.append(_("round {round}: {verdict}").format(round=each["round"], verdict=state))
    return " · ".join(words), "bad" if late else ""


def _own(found: list[Record], _day: str) -> tuple[str, str]:
    return "; ".join(_own_each(found)), ""


def _own_each(found: list[Record]) -> Iterator[str]:
    for each in found:
        sign, on = ("✓", each["done_on"]) if each["done_on"] else ("·", each["planned_on"] or "")
        yield f"{sign} {each['title']} {on}".rstrip()


_LINES: dict[str, tuple[str, Callable[[list[Record], str], tuple[str, str]]]] = {
    "posts": (N_("Chiefs"), _posts),
    "body": (N_("Leading body"), _body),
    "absences": (N_("Absences"), _absences),
    "sessions": (N_("Study sessions"), _sessions),
    "opinions": (N_("Opinions"), _opinions),
    "rectifications": (N_("Rectification"), _rectifications),
    "regulations": (N_("Rules adopted"), _regulations),
    "surveys": (N_("Surveys"), _surveys),
    "remedials": (N_("Remedial work"), _remedials),
    "own_milestones": (N_("Own milestones"), _own),
}
