"""What the registers hold of one unit or one member: lists for scripts, a line per register for people."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from advedu.i18n import N_, _
from advedu.nouns import registers
from advedu.nouns.model import Member, Unit
from advedu.output.report import Cell, Head, Table
from advedu.recording.phases import STATES
from advedu.reports import bodies, phase_lists, rectification, register_lists, surveys
from advedu.rules import survey
from advedu.storage import phase_events, register_rows, study, supervision, survey_rounds, units

Record = dict[str, Any]


class OwnRecords(NamedTuple):
    """What is on record of one unit or one member on a day.

    Attributes:
        document: key → records as the document has them, and of a unit its team, its last visit and its phases.
        warnings: lines for people that belong to no register.
    """

    document: dict[str, Any]
    warnings: Sequence[list[Cell]] = ()


def of_unit(connection: sqlite3.Connection, unit: Unit, day: str) -> OwnRecords:
    """Return a unit's own records as of a day, and who looks after it."""
    document: dict[str, Any] = {}
    for key, register in _OF_UNIT.items():
        if key == "visits":
            document |= _team(connection, unit, day)
        rows = register_rows.listed(connection, registers.named(register.noun), unit.id, own=True)
        document[key] = _records(register.noun, rows, day, owner=False)
    document["last_visit"] = max((visit["visited_on"] for visit in document["visits"]), default=None)
    roles = list(bodies.ROLES)
    document["body"] = sorted(
        (each for each in document["body"] if bodies.holds(each, day)), key=lambda each: roles.index(each["role"])
    )
    _add_missed(document["sessions"], study.missed(connection, day, unit_id=unit.id))
    _add_verdicts(document["surveys"], survey_rounds.rules(connection))
    rounds = {sheet["round"] for sheet in document["surveys"]}
    document["remedials"] = [each for each in document["remedials"] if each["round"] in rounds]
    differs = bodies.head_is_chief(document["body"], units.chief_on(connection, unit.id, day)) is False
    warning = [Cell("", "dim"), Cell(_("! the head of the body is not the chief of this day"), "bad")]
    return OwnRecords(document, [warning] if document["body"] and differs else [])


def of_member(connection: sqlite3.Connection, member: Member, day: str) -> OwnRecords:
    """Return a member's own records as of a day."""
    document = {}
    for key, register in _OF_MEMBER.items():
        rows = register_rows.listed(connection, registers.named(register.noun), None, member_id=member.id)
        document[key] = _records(register.noun, rows, day, owner=True)
    return OwnRecords(document)


def _records(noun: str, rows: Iterable[register_rows.Listed], day: str, *, owner: bool) -> list[Record]:
    """Return records as a document has them, the oldest first; with their unit where the owner is somebody else."""
    register = registers.named(noun)
    records = [
        {"number": row.number, **({"unit": row.unit, "unit_name": row.unit_name} if owner else {}), **row.values}
        for row in register_lists.standing(register, rows, day)
    ]
    dated = register.dated
    return sorted(records, key=lambda record: (record[dated] or "", record["number"])) if dated else records


def _team(connection: sqlite3.Connection, unit: Unit, day: str) -> dict[str, Any]:
    number = units.covering_team(connection, unit.id, day)
    team = next((each for each in supervision.teams(connection) if each.id == number), None)
    return {
        "team": team.code if team else None,
        "team_name": team.name if team else None,
        "last_visit": None,
        "phases": _phases(connection, unit, day),
    }


def _add_missed(sessions: list[Record], missed: Iterable[study.Missed]) -> None:
    missed = list(missed)
    for session in sessions:
        own = [each for each in missed if each.session == session["number"]]
        session |= {"missed": len(own), "open": sum(each.made_up_on is None for each in own)}


def _add_verdicts(sheets: list[Record], rules: survey.SurveyRules) -> None:
    verdicts = {each.number: each.verdict for each in survey.rounds(map(surveys.sheet, sheets), rules)}
    for sheet in sheets:
        own_verdict = survey.verdict(surveys.sheet(sheet), rules)
        sheet |= {"verdict": own_verdict, "round_verdict": verdicts[sheet["round"]]}


def _phases(connection: sqlite3.Connection, unit: Unit, day: str) -> list[Record]:
    past = phase_events.events(connection, unit.id, day)
    if not past and not phase_events.owing(connection, unit.id):
        return []
    zero = units.day_zero(connection, unit, day)
    lines = (
        phase_lists.line((unit.code, unit.name), zero, phase, past, day) for phase in phase_events.phases(connection)
    )
    # Whose they are is known.
    return [{key: value for key, value in line._asdict().items() if not key.startswith("unit")} for line in lines]


# ── for people ──


def table(own: OwnRecords, day: str) -> Table | None:
    """Return a line per register that has something to say; None when there is none."""
    lines = []
    for key, register in {**_OF_UNIT, **_OF_MEMBER}.items():
        if key == "visits":
            lines += [*own.warnings, *_team_line(own.document)]
        if register.tell is not None and own.document.get(key):
            words, style = register.tell(own.document[key], day)
            lines.append([Cell(_(register.title), "dim"), Cell(words, style)])
    return Table((Head(""), Head("")), lines, _("Registers")) if lines else None


def _team_line(document: dict[str, Any]) -> Iterator[list[Cell]]:
    if document.get("team"):
        day = document["last_visit"]
        seen = _("last visit {day}").format(day=day) if day else _("! never visited")
        text = f"{document['team']} {document['team_name']} · {seen}"
        yield [Cell(_("Team"), "dim"), Cell(text, "" if day else "warn")]


def phase_table(begun: list[Record]) -> Table | None:
    """Return where each phase stands; an override stays in sight with its reason (D44). None where none began."""
    if not any(each["opened_on"] or each["overridden"] for each in begun):
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
        for each in begun
    ]
    return Table(heads, rows, _("Phases"))


def _span(values: Record) -> str:
    if values["from_on"] is None and values["to_on"] is None:
        return ""
    return f"{values['from_on'] or ''}–{values['to_on'] or ''}"


def _posts(records: list[Record], _day: str) -> tuple[str, str]:
    chiefs = [each for each in records if each["role"] == "chief"]
    return "; ".join(f"{each['name']} {_span(each)}".rstrip() for each in chiefs or records), ""


def _body(records: list[Record], _day: str) -> tuple[str, str]:
    parts = []
    for role, name in bodies.ROLES.items():
        names = [each["name"] for each in records if each["role"] == role]
        if names:
            shown = names[0] if role == "head" else str(len(names))
            parts.append(f"{_(name)} {shown}")
    return " · ".join(parts), ""


def _absences(records: list[Record], day: str) -> tuple[str, str]:
    away = [each for each in records if each["from_on"] <= day and (each["to_on"] is None or each["to_on"] >= day)]
    shown = [f"{each['name']} {_span(each)}" for each in away or records[-1:]]
    return ("; ".join([str(len(records)), *shown]), "warn" if away else "")


def _sessions(records: list[Record], _day: str) -> tuple[str, str]:
    hours, open_ = sum(each["hours"] or 0 for each in records), sum(each["open"] for each in records)
    parts = [_("sessions: {count}").format(count=len(records))]
    if hours:
        parts.append(_("{hours} hours").format(hours=f"{hours:g}"))
    if open_:
        parts.append(_("! {count} missed and open").format(count=open_))
    return " · ".join(parts), "bad" if open_ else ""


def _opinions(records: list[Record], _day: str) -> tuple[str, str]:
    count = sum(each["count"] for each in records)
    merged = sum(each["count"] for each in records if each["rectification"] is not None)
    return _("{count}, of which {merged} merged").format(count=count, merged=merged), ""


def _rectifications(records: list[Record], day: str) -> tuple[str, str]:
    total = dict.fromkeys(rectification.NUMBERS, 0)
    for each in records:
        for name, count in rectification.counted(each, day).items():
            total[name] += count
    words = _("{items} items: {open} open, {late} late, {unpublished} not published").format(**total)
    return words, "bad" if total["late"] else ""


def _regulations(records: list[Record], _day: str) -> tuple[str, str]:
    return f"{len(records)}; {records[-1]['adopted_on']} {records[-1]['title']}", ""


def _surveys(records: list[Record], _day: str) -> tuple[str, str]:
    verdicts = {each["round"]: each["round_verdict"] for each in records}
    latest = verdicts[max(verdicts)]
    words = [
        _("round {round}: {verdict}").format(round=number, verdict=surveys.verdict_cell(verdict).text)
        for number, verdict in sorted(verdicts.items())
    ]
    return " · ".join(words), surveys.SIGNS[latest][1]


def _remedials(records: list[Record], day: str) -> tuple[str, str]:
    words, late = [], False
    for each in sorted(records, key=lambda each: each["round"]):
        if each["done_on"]:
            state = _("done on {day}").format(day=each["done_on"])
        else:
            late = late or (each["deadline"] or day) < day
            state = _("until {day}").format(day=each["deadline"] or "—")
        words.append(_("round {round}: {verdict}").format(round=each["round"], verdict=state))
    return " · ".join(words), "bad" if late else ""


def _own_milestones(records: list[Record], _day: str) -> tuple[str, str]:
    return "; ".join(_milestone(records)), ""


def _milestone(records: list[Record]) -> Iterator[str]:
    for each in records:
        sign, on = ("✓", each["done_on"]) if each["done_on"] else ("·", each["planned_on"] or "")
        yield f"{sign} {each['title']} {on}".rstrip()


def _suggestions(records: list[Record], day: str) -> tuple[str, str]:
    late = sum(each["done_on"] is None and (each["deadline"] or day) < day for each in records)
    open_ = sum(each["verified_on"] is None for each in records)
    words = _("{count}: {open} not verified, {late} late").format(count=len(records), open=open_, late=late)
    return words, "bad" if late else ""


def _contact_points(records: list[Record], _day: str) -> tuple[str, str]:
    # Of a member the units are told, of a unit the leaders.
    names = [f"{each['unit']} {each['unit_name']}" if "unit" in each else each["member_name"] for each in records]
    return _("; ").join(f"{name} {_span(each)}".rstrip() for name, each in zip(names, records, strict=True)), ""


def _bulletins(records: list[Record], _day: str) -> tuple[str, str]:
    out = sum(each["issued_on"] is not None for each in records)
    return _("{count} went out, {drafts} drafts").format(count=out, drafts=len(records) - out), ""


def _models(records: list[Record], _day: str) -> tuple[str, str]:
    return _("; ").join(f"{each['member_name'] or ''} {each['deeds']}".strip() for each in records), ""


def _publicity(records: list[Record], _day: str) -> tuple[str, str]:
    return _("items: {count}").format(count=sum(each["count"] for each in records)), ""


def _commendations(records: list[Record], _day: str) -> tuple[str, str]:
    words = []
    for each in records:
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
    return _("; ").join(words), "warn" if any(each["overridden"] for each in records) else ""


def _calls(records: list[Record], day: str) -> tuple[str, str]:
    last = max(records, key=lambda each: (each["called_on"], each["number"]))
    text = _("{day}: {said}").format(day=last["called_on"], said=last["said"])
    if last["again_on"]:
        text += _("; again on {day}").format(day=last["again_on"])
    return text, "warn" if last["again_on"] and last["again_on"] <= day else ""


def _trainings(records: list[Record], day: str) -> tuple[str, str]:
    words = [
        f"{each['reason']} {_span(each)} "
        + (_("done on {day}").format(day=each["done_on"]) if each["done_on"] else _("not done yet"))
        for each in records
    ]
    late = any(each["done_on"] is None and (each["to_on"] or day) < day for each in records)
    return _("; ").join(words), "bad" if late else ""


class _Shown(NamedTuple):
    """A register of a unit or a member: whose records stand under the key, and what people are told of them."""

    noun: str
    title: str = ""
    tell: Callable[[list[Record], str], tuple[str, str]] | None = None


# Keys of the document, in its order and in that of the lines.
_OF_UNIT = {
    "posts": _Shown("post", N_("Chiefs"), _posts),
    "body": _Shown("body", N_("Leading body"), _body),
    "absences": _Shown("absence", N_("Absences"), _absences),
    "sessions": _Shown("session", N_("Study sessions"), _sessions),
    "opinions": _Shown("opinion", N_("Opinions"), _opinions),
    "rectifications": _Shown("rectification", N_("Rectification"), _rectifications),
    "regulations": _Shown("regulation", N_("Rules adopted"), _regulations),
    "surveys": _Shown("survey", N_("Surveys"), _surveys),
    "remedials": _Shown("remedial", N_("Remedial work"), _remedials),
    "own_milestones": _Shown("own-milestone", N_("Own milestones"), _own_milestones),
    "visits": _Shown("visit"),
    "suggestions": _Shown("suggestion", N_("Suggestions of the team"), _suggestions),
    "contact_points": _Shown("contact-point", N_("Contact points"), _contact_points),
    "bulletins": _Shown("bulletin", N_("Bulletins"), _bulletins),
    "models": _Shown("model", N_("Models"), _models),
    "publicity": _Shown("publicity", N_("Publicity"), _publicity),
    "commendations": _Shown("commendation", N_("Commendations"), _commendations),
    "calls": _Shown("call", N_("Last call"), _calls),
}
_OF_MEMBER = {
    **{key: _OF_UNIT[key] for key in ("contact_points", "models", "commendations")},
    "trainings": _Shown("training", N_("Remedial training"), _trainings),
}
