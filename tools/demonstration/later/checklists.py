"""Tasks of members, whom the common study missed, nine ones, four leads and contact points of leaders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tools.demonstration.chance import chance, seeded
from tools.demonstration.checklists import Tick
from tools.demonstration.later.calendar import LAST, onwards
from tools.demonstration.later.course import CATCH_UP, between
from tools.demonstration.progress import PINNED
from tools.demonstration.study_and_rectification import REASONS, TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from random import Random

    from tools.demonstration.district import Spring
    from tools.demonstration.later.course import Course
    from tools.demonstration.people import Person
    from tools.demonstration.registers import Sheets

_SEED = 71

TOGETHER = "集中"
_ALONE = ("送学上门", "送学上门", "邮寄", "电话")
# Task → the milestone with which it is done, the phase that needs it, how many do it with the others.
_TASKS = (("T1", "M104", "study", 0.95), ("T2", "M205", "analysis", 0.96), ("T3", "M301", "improvement", 0.9))
# Where a phase is not closed some have not done what belongs to it; of those who were overridden so many are missing.
_BEHIND, _OVERRIDDEN = 0.25, 2
_REGISTERED_MISSES = 0.3  # of the units keep who missed a session
_ITEMS = tuple(f"N{number}" for number in range(1, 10))
_LEADS = tuple(f"L{number}" for number in range(1, 5))
_HALF = 0.55  # of what is left, where the unit has not finished
_EVIDENCE = ("活动登记表", "签到表", "会议记录", "现场照片", "工作笔记")


@dataclass(frozen=True, slots=True)
class Ticks:
    """What members did from the first pinned day on: tasks, and items of leaders."""

    tasks: list[Tick]
    items: list[Tick]


def ticks(spring: Spring, courses: Mapping[str, Course], sheets: Sheets) -> Ticks:
    """Let members do their tasks and leaders their items, as their units go on."""
    rng = seeded(_SEED)
    members: dict[str, list[Person]] = {}
    for person in spring.crowd.members:
        if person.code not in spring.by_hand.left:
            members.setdefault(spring.by_hand.now.get(person.code, person.unit), []).append(person)
    found = Ticks([], [])
    done = {(tick.member, tick.item) for tick in spring.progress.studied}
    ticked = {(tick.member, tick.item) for tick in spring.progress.ticked}
    missed = _open_misses(spring)
    pointed = {record["member"] for record in spring.sheets.records("contact-points")}
    for code, course in courses.items():
        own = members.get(code, [])
        found.tasks.extend(_tasks(rng, spring, course, own, done, missed, sheets))
        for person in own:
            if person.leader:
                found.items.extend(_items(rng, course, person, ticked))
                if person.code not in pointed and (day := _first(found.items, person, "N5")):
                    _point(rng, spring, sheets, person, day)
    return found


# ── tasks ──


def _open_misses(spring: Spring) -> dict[str, dict[str, str]]:
    """Return member → the session that was missed in the spring and not made good."""
    records = spring.sheets.records("missed-sessions")
    return {record["member"]: record for record in records if "made_up_on" not in record}


def _tasks(
    rng: Random,
    spring: Spring,
    course: Course,
    members: Sequence[Person],
    done: set[tuple[str, str]],
    missed: Mapping[str, Mapping[str, str]],
    sheets: Sheets,
) -> Iterator[Tick]:
    kept = chance(rng, _REGISTERED_MISSES) and "M104" in course.new
    if "M104" in course.new:
        _sessions(rng, sheets, course)
    for task, milestone, phase, together in _TASKS:
        day = course.days.get(milestone)
        if day is None and (course.place.code, milestone) in spring.by_hand.unit_exempt and phase in course.opened:
            # Exempt from a meeting of their own, they went to that of a neighbour.
            day = onwards(course.opened[phase] + timedelta(days=12))
        if day is None or day > LAST:
            continue
        closed = course.closed.get(phase)
        left = _OVERRIDDEN if course.fate == "overridden" and phase == "improvement" else 0
        for number, person in enumerate(members):
            if (person.code, task) in done or (person.code, task) in spring.by_hand.member_exempt:
                continue
            if number < left or (closed is None and chance(rng, _BEHIND)):
                continue
            alone = milestone not in course.new or not chance(rng, together)
            last = min(LAST, day + timedelta(days=CATCH_UP - 2) if closed is None else closed)
            first = max(day + timedelta(days=3), PINNED + timedelta(days=1))
            on = between(rng, first, last) if alone and first <= last else max(day, PINNED + timedelta(days=1))
            mode = rng.choice(_ALONE) if alone else TOGETHER
            yield Tick(person.code, task, on, mode if task == "T1" else "")
            if task == "T1" and person.code in missed:
                keys = {name: missed[person.code][name] for name in ("unit", "session", "member")}
                sheets.add("missed-sessions", on, **keys, made_up_on=on.isoformat(), mode=mode)
            elif task == "T1" and alone and kept:
                keys = {"unit": course.place.code, "session": day.isoformat(), "member": person.code}
                sheets.add("missed-sessions", day, **keys, reason=rng.choice(REASONS))
                sheets.add("missed-sessions", on, **keys, made_up_on=on.isoformat(), mode=mode)


def _sessions(rng: Random, sheets: Sheets, course: Course) -> None:
    """Let a unit study twice: after its meeting, and once more on the day on which the common study ends."""
    last = course.days["M104"]
    first = onwards(course.days.get("M103", course.started) + timedelta(days=5))
    for held in (*((first,) if PINNED < first < last else ()), last):
        line = {"unit": course.place.code, "held_on": held.isoformat(), "topic": rng.choice(TOPICS)}
        sheets.add("sessions", held, **line, hours=rng.choice(("2", "3", "3.5", "4")))


# ── leaders ──


def _items(rng: Random, course: Course, person: Person, ticked: set[tuple[str, str]]) -> Iterator[Tick]:
    closed = course.closed.get("improvement")
    first = max(course.opened["study"], PINNED) + timedelta(days=6)
    last = LAST if closed is None else closed - timedelta(days=3)
    for item in (*_ITEMS, *_LEADS):
        wanted = 1.0 if closed and item in _ITEMS else 0.93 if closed else _HALF
        if (person.code, item) in ticked or first > last or not chance(rng, wanted):
            continue
        evidence = rng.choice(_EVIDENCE) if chance(rng, 0.2) else ""
        yield Tick(person.code, item, onwards(between(rng, first, last - timedelta(days=3))), text=evidence)


def _first(items: Sequence[Tick], person: Person, item: str) -> date | None:
    return next((tick.day for tick in reversed(items) if tick.member == person.code and tick.item == item), None)


def _point(rng: Random, spring: Spring, sheets: Sheets, person: Person, day: date) -> None:
    """Register a contact point: a village or a community."""
    tree, closed = spring.tree, spring.by_hand.closed
    places = [p for p in tree.places if p.sector in {"community", "rural"} and p.size and p.code not in closed]
    place = rng.choice(places)
    while place.code == person.unit:
        place = rng.choice(places)
    sheets.add("contact-points", day, unit=place.code, member=person.code, from_on=day.isoformat())
