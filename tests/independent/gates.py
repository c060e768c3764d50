"""What a gate must hold back, in plain Python over plain rows, written from the rules R3, R4, R9 and R10 alone.

A file is read as it lies there, table by table; nothing is asked of the program. Where the rules leave room, these
readings were fixed:

- All is as of the day of closing, to its end: what happened later the same day counts too.
- A unit has phases when a required milestone applies to its kind and sector, exempted or not.
- Below counts who stands below on the day, through groupings and closed units; the batch is that of the day: the unit's
  own, else the nearest ancestor's that is there already. Two units without any batch are of the same one.
- A missed session holds every phase until it is made good, also that of a member who is exempt from studying.
- The sign-off is the first thing needed again after a reopening. Where nobody stands above, nobody signs.
- What a rectification item lacks without a day of its own (measure, owner, deadline) is as it stands now.
- The least days count from the first opening of any phase.
"""

import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import Any

Row = dict[str, Any]

TABLES = {
    "units": "unit",
    "moves": "unit_move",
    "members": "member",
    "transfers": "transfer",
    "phases": "phase",
    "milestones": "milestone",
    "scopes": "milestone_scope",
    "sectors": "sector",
    "tasks": "task",
    "rules": "rule",
    "milestones_done": "milestone_done",
    "milestones_exempt": "milestone_exemption",
    "tasks_done": "task_done",
    "tasks_exempt": "task_exemption",
    "sessions": "study_session",
    "absences": "study_absence",
    "items": "rectification",
    "sheets": "survey",
    "events": "phase_event",
}


def by_then(row: Row, field: str, day: str) -> bool:
    """Whether that day of a row has come."""
    return row[field] is not None and row[field] <= day


class File:
    """All rows of a file that bear on gates, as they stand at one moment."""

    units: list[Row]
    moves: list[Row]
    members: list[Row]
    transfers: list[Row]
    phases: list[Row]
    milestones: list[Row]
    scopes: list[Row]
    sectors: list[Row]
    tasks: list[Row]
    rules: list[Row]
    milestones_done: list[Row]
    milestones_exempt: list[Row]
    tasks_done: list[Row]
    tasks_exempt: list[Row]
    sessions: list[Row]
    absences: list[Row]
    items: list[Row]
    sheets: list[Row]
    events: list[Row]

    def __init__(self, connection: sqlite3.Connection) -> None:
        for name, table in TABLES.items():
            cursor = connection.execute(f"SELECT * FROM {table} ORDER BY 1")
            names = [column[0] for column in cursor.description]
            setattr(self, name, [dict(zip(names, row, strict=True)) for row in cursor])
        self.unit = {unit["id"]: unit for unit in self.units}
        self.sector = {sector["id"]: sector["code"] for sector in self.sectors}
        self.rule = {rule["code"]: rule["value"] for rule in self.rules}

    # ── who stood where ──

    def parent(self, unit: int, day: str) -> int | None:
        """The unit above on a day: where the last move by then led to, or where the first one after it came from."""
        moves = sorted((move for move in self.moves if move["unit_id"] == unit), key=lambda move: move["moved_on"])
        found: int | None = moves[0]["from_parent_id"] if moves else self.unit[unit]["parent_id"]
        for move in moves:
            if move["moved_on"] <= day:
                found = move["to_parent_id"]
        return found

    def above(self, unit: int, day: str) -> list[int]:
        """The units above, the nearest first."""
        found: list[int] = []
        here = self.parent(unit, day)
        while here is not None:
            found.append(here)
            here = self.parent(here, day)
        return found

    def batch(self, unit: int, day: str) -> int | None:
        """The unit's batch on a day."""
        for each in (unit, *self.above(unit, day)):
            own: int | None = self.unit[each]["batch_id"]
            opened = self.unit[each]["opened_on"]
            if own is not None and (opened is None or opened <= day):
                return own
        return None

    def belongs(self, member: Row, unit: int, day: str) -> bool:
        """Whether somebody is a member of a unit on a day."""
        if by_then(member, "left_on", day) or (member["arrived_on"] is not None and member["arrived_on"] > day):
            return False
        own = [each for each in self.transfers if each["member_id"] == member["id"]]
        own.sort(key=lambda each: str(each["moved_on"]))
        home = own[0]["from_unit_id"] if own else member["unit_id"]
        for each in own:
            if each["moved_on"] <= day:
                home = each["to_unit_id"]
        return bool(home == unit)

    # ── what a unit owes ──

    def applying(self, unit: int, phase: int | None = None) -> list[Row]:
        """The required milestones (of a phase) that apply to a unit."""
        sector = self.sector.get(self.unit[unit]["sector_id"], "")
        found = []
        for milestone in self.milestones:
            fits = any(
                scope["milestone_id"] == milestone["id"]
                and scope["kind"] == self.unit[unit]["kind"]
                and scope["sector"] in ("", sector)
                for scope in self.scopes
            )
            if milestone["required"] and fits and phase in (None, milestone["phase_id"]):
                found.append(milestone)
        return found

    def exempt(self, unit: int, milestone: int, day: str) -> bool:
        """Whether a unit is exempt from a milestone."""
        return any(
            row["unit_id"] == unit and row["milestone_id"] == milestone and by_then(row, "exempt_on", day)
            for row in self.milestones_exempt
        )

    def reached(self, unit: int, milestone: int, day: str) -> bool:
        """Whether a unit reached a milestone by a date."""
        return any(
            row["unit_id"] == unit and row["milestone_id"] == milestone and by_then(row, "done_on", day)
            for row in self.milestones_done
        )

    def task_settled(self, member: int, task: int, day: str) -> bool:
        """Whether a member did a task or is exempt from it."""
        rows = [(row, "done_on") for row in self.tasks_done] + [(row, "exempt_on") for row in self.tasks_exempt]
        return any(
            row["member_id"] == member and row["task_id"] == task and by_then(row, field, day) for row, field in rows
        )

    def missed_open(self, member: int, day: str) -> bool:
        """Whether a session that a member missed is not made good."""
        held = {session["number"]: session["held_on"] for session in self.sessions}
        return any(
            row["member_id"] == member and held[row["session"]] <= day and not by_then(row, "made_up_on", day)
            for row in self.absences
        )

    # ── what happened to its phases ──

    def own_events(self, unit: int, day: str = "9999") -> list[Row]:
        """What happened to a unit's phases by a day, in order."""
        found = [event for event in self.events if event["unit_id"] == unit and event["happened_on"] <= day]
        return sorted(found, key=lambda event: int(event["number"]))

    def state(self, unit: int, phase: int, day: str = "9999") -> str:
        """Where a unit's phase stands."""
        now = "not opened"
        for event in self.own_events(unit, day):
            if event["phase_id"] == phase and event["event"] != "sign_off":
                now = "closed" if event["event"] == "close" else "open"
        return now

    def signer(self, unit: int, day: str) -> int | None:
        """The nearest unit above that is no grouping."""
        return next((each for each in self.above(unit, day) if self.unit[each]["kind"] != "group"), None)

    def signed(self, unit: int, phase: int, day: str) -> bool:
        """Whether a phase was signed off since it was opened last."""
        signed = False
        for event in self.own_events(unit, day):
            if event["phase_id"] == phase and event["event"] != "close":
                signed = event["event"] == "sign_off"
        return signed

    def survey_verdict(self, unit: int, day: str) -> str:
        """What the last round by a day says: "missing", "passed", "failed" or "no_result"."""
        sheets = [row for row in self.sheets if row["unit_id"] == unit and row["held_on"] <= day]
        if not sheets:
            return "missing"
        last = max(int(row["round"]) for row in sheets)
        verdicts = {self.sheet_verdict(row) for row in sheets if row["round"] == last}
        return next(word for word in ("failed", "no_result", "passed") if word in verdicts)

    def sheet_verdict(self, sheet: Row) -> str:
        """What one sheet says."""
        if sheet["valid"] == 0:
            return "no_result"
        least = self.rule.get("survey_least_percent", 0)
        if least:
            content = sum(sheet[grade] for grade in ("satisfied", "fairly", "basically")[: self.rule["survey_grades"]])
            return "failed" if 100 * content < least * sheet["valid"] else "passed"
        return "failed" if 2 * sheet["dissatisfied"] > sheet["valid"] else "passed"

    # ── the gate ──

    def missing(self, unit: int, phase: int, day: str) -> set[str]:
        """What holds a unit's phase open on a day, as codes."""
        ids = [each["id"] for each in self.phases]
        final = phase == ids[-1]
        found = set()
        if any(self.state(unit, each, day) != "closed" for each in ids if each < phase):
            found.add("phase_before_open")
        owed = [each for each in self.applying(unit, phase) if not self.exempt(unit, each["id"], day)]
        if any(each["by_date"] and not self.reached(unit, each["id"], day) for each in owed):
            found.add("milestone")
        if not all(each["by_date"] for each in owed) and (verdict := self.survey_verdict(unit, day)) != "passed":
            found.add(f"survey_{verdict}")
        found |= self._people(unit, phase, day)
        if final:
            found |= self._last(unit, day)
        if self._below(unit, phase, day):
            found.add("below_open")
        if self.signer(unit, day) is not None and not self.signed(unit, phase, day):
            found.add("sign_off_missing")
        return found

    def _people(self, unit: int, phase: int, day: str) -> set[str]:
        found = set()
        tasks = [task["id"] for task in self.tasks if task["phase_id"] == phase]
        for member in self.members:
            if not self.belongs(member, unit, day):
                continue
            if not all(self.task_settled(member["id"], task, day) for task in tasks):
                found.add("members_uncovered")
            if self.missed_open(member["id"], day):
                found.add("absences_open")
        return found

    def _last(self, unit: int, day: str) -> set[str]:
        found = set()
        opened = [event["happened_on"] for event in self.own_events(unit, day) if event["event"] == "open"]
        first = min(opened, default=day)
        if (date.fromisoformat(day) - date.fromisoformat(first)).days < self.rule["least_days"]:
            found.add("days_short")
        for item in self.items:
            if item["unit_id"] != unit or item["found_on"] > day or by_then(item, "dropped_on", day):
                continue
            through = all(by_then(item, step, day) for step in ("measures_on", "done_on", "results_on"))
            if not through or None in (item["measure"], item["owner"], item["deadline"]):
                found.add("item_open")
        return found

    def _below(self, unit: int, phase: int, day: str) -> list[int]:
        return [
            other["id"]
            for other in self.units
            if unit in self.above(other["id"], day)
            and self.batch(other["id"], day) == self.batch(unit, day)
            and not by_then(other, "closed_on", day)
            and (other["opened_on"] is None or other["opened_on"] <= day)
            and self.applying(other["id"])
            and self.state(other["id"], phase, day) != "closed"
        ]

    # ── what may never be ──

    def standing(self) -> list[Row]:
        """The closings that stand and that nobody overrode."""
        return [
            event
            for event in self.events
            if event["event"] == "close"
            and not event["overridden"]
            and not any(
                other["event"] == "reopen" and other["number"] > event["number"]
                for other in self.own_events(event["unit_id"])
                if other["phase_id"] == event["phase_id"]
            )
        ]

    def slipped(self) -> list[tuple[str, str, str, set[str]]]:
        """Who is past a gate that does not hold, with no override on record: unit, phase, day, what is missing."""
        names = {phase["id"]: phase["code"] for phase in self.phases}
        found = []
        for event in self.standing():
            missing = self.missing(event["unit_id"], event["phase_id"], event["happened_on"])
            if missing:
                code = self.unit[event["unit_id"]]["code"]
                found.append((code, names[event["phase_id"]], event["happened_on"], missing))
        return found

    def disordered(self) -> list[str]:
        """Units to whose phases something happened that could not have: closed but never opened, opened twice, …"""
        found = []
        for unit in self.units:
            events = self.own_events(unit["id"])
            gone = [event for event in events if by_then(unit, "closed_on", event["happened_on"])]
            if gone or not self._in_order(events):
                found.append(unit["code"])
        return found

    def _in_order(self, events: Iterable[Row]) -> bool:
        state = {phase["id"]: "not opened" for phase in self.phases}
        last = ""
        for event in events:
            now, phase = state[event["phase_id"]], event["phase_id"]
            if event["happened_on"] < last:
                return False
            last = event["happened_on"]
            before = {"open": "not opened", "sign_off": "open", "close": "open", "reopen": "closed"}[event["event"]]
            if now != before:
                return False
            early = event["event"] == "open" and any(state[each] != "closed" for each in state if each < phase)
            if early and not event["overridden"]:
                return False
            state[phase] = {"open": "open", "sign_off": "open", "close": "closed", "reopen": "open"}[event["event"]]
        return True
