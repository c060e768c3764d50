"""How each unit goes on to the end: the days of its milestones, of its survey rounds, and when its phases close."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tools.demonstration.chance import chance, seeded
from tools.demonstration.later.calendar import LAST, back, onwards, reported
from tools.demonstration.pace import SLOW, STUCK, WITHOUT_MEETING, ZERO, paces
from tools.demonstration.progress import OF_BODIES, OWING, PINNED, WITH_BODY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from random import Random

    from tools.demonstration.district import Spring
    from tools.demonstration.places import Place

_SEED = 2006

PHASES = ("study", "analysis", "improvement")
# Phase → code, due day, share of units that do it. M305 is a survey round, and M306 follows the one that passed.
_MILESTONES = {
    "study": (("M101", 15, 1.0), ("M102", 20, 1.0), ("M103", 30, 1.0), ("M104", 44, 1.0)),
    "analysis": (
        ("M201", 55, 1.0), ("M202", 65, 1.0), ("M203", 70, 0.6), ("M204", 75, 0.5), ("M205", 85, 1.0),
        ("M206", 89, 0.3),
    ),
    "improvement": (("M301", 100, 1.0), ("M302", 105, 1.0), ("M303", 125, 1.0), ("M304", 130, 1.0)),
}  # fmt: skip
_SURVEY, _SUMMARY = 131, 134
LEAST_DAYS = 90
_PHASE_DAYS = 30  # at the least, also where a unit hurries
_LATE_ROUND, _END = date(2006, 5, 1), date(2006, 6, 30)
# Who studied alone has caught up so many days after the common study; the same for the tasks that follow.
CATCH_UP = 8
# Where nothing went on in the spring, help was sent.
_HELPED = {id(pace): SLOW for pace in (STUCK, WITHOUT_MEETING, ZERO)}

# Units that are behind on the last day, and how.
_FATES = {
    "市水文站瓯海测区党支部": "failed",
    "市盐务局瓯海管理站党支部": "improving",
    "区眼镜行业协会党支部": "failed",
    "区鞋革行业协会党支部": "analysing",
    "黄屿村党支部": "repeated",
    "区民办教育协会党支部": "overridden",
    "区档案局党支部": "repeated",
    "区妇幼保健院党支部": "repeated",
    "区公安分局经侦大队党支部": "repeated",
    "区社会中介组织联合党支部": "repeated",
    "泽雅镇离退休干部党支部": "overridden",
}
# One town is not through: one of its communities is behind.
_BEHIND_IN = "三垟街道党工委"
# Of the villages: so many in each state, the others finish.
_VILLAGES = (("failed", 5), ("analysing", 4), ("improving", 12), ("repeated", 9), ("overridden", 2))
_NEVER_FINISHED = frozenset({"failed", "improving", "analysing"})


@dataclass(slots=True)
class Round:
    """A survey round and, where it failed, its remedial work; `done` is None while that is open."""

    number: int
    held: date
    passed: bool
    deadline: date | None = None
    done: date | None = None


@dataclass(slots=True)
class Course:
    """The whole course of one unit.

    Attributes:
        place: the unit.
        fate: "finished", "repeated", "overridden", "failed", "improving", "analysing" or "blocked" (by one below).
        started: its day 0.
        days: milestone → day, those of the spring included.
        new: the milestones that are reported only now.
        opened: phase → day.
        closed: phase → day.
        rounds: of the survey.
    """

    place: Place
    fate: str
    started: date
    days: dict[str, date] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    opened: dict[str, date] = field(default_factory=dict)
    closed: dict[str, date] = field(default_factory=dict)
    rounds: list[Round] = field(default_factory=list)


def parents(spring: Spring) -> dict[str, str]:
    """Return unit → the unit above it, after the moves of the spring."""
    found = {place.code: place.parent for place in spring.tree.places}
    for event in spring.by_hand.events:
        if event.verb == "unit move":
            told = dict(event.arguments)
            found[told["unit"]] = told["parent"]
    return found


def courses(spring: Spring, starts: Mapping[str, date]) -> dict[str, Course]:
    """Make up the course of every owing unit that starts in time; those below before those above.

    Args:
        spring: the district on the first pinned day.
        starts: unit → its day 0.
    """
    return _Making(spring, starts).all()


class _Making:
    def __init__(self, spring: Spring, starts: Mapping[str, date]) -> None:
        self._spring = spring
        self._starts = starts
        self._rng = seeded(_SEED)
        self._paces = paces(spring.tree)
        self._parents = parents(spring)
        self._exempt = spring.by_hand.unit_exempt
        self._fates = self._drawn_fates()
        self._phases = self._kept_phases()
        self._marked: dict[str, dict[str, date]] = {}
        for mark in spring.progress.marks:
            if (mark.place.code, mark.milestone) in spring.progress.entered:
                self._marked.setdefault(mark.place.code, {})[mark.milestone] = mark.day
        # Unit → those below it that were gone through.
        self._below: dict[str, list[Course]] = {}

    def all(self) -> dict[str, Course]:
        places = [each for each in self._spring.tree.places if each.kind in OWING and each.code in self._starts]
        places = [each for each in places if each.code not in self._spring.by_hand.closed]
        found: dict[str, Course] = {}
        for place in sorted(places, key=lambda place: -len(list(self._above(place.code)))):
            course = found[place.code] = self._course(place)
            for above in self._above(place.code):
                if self._batch(above) == self._batch(place.code):
                    self._below.setdefault(above, []).append(course)
        return {place.code: found[place.code] for place in places}

    def _above(self, code: str) -> Iterator[str]:
        while code := self._parents[code]:
            yield code

    def _batch(self, code: str) -> str:
        return self._spring.tree.batch(self._spring.tree.by_code[code])

    def _drawn_fates(self) -> dict[str, str]:
        tree, by_hand = self._spring.tree, self._spring.by_hand
        found = {tree.named(name).code: fate for name, fate in _FATES.items()}
        above = tree.named(_BEHIND_IN).code
        behind = [p for p in tree.places if p.parent == above and p.sector == "community" and p.kind == "branch"]
        found[behind[0].code] = "improving"
        villages = [p.code for p in tree.places if p.sector == "rural" and p.size and tree.batch(p) == "3"]
        villages = [code for code in villages if code not in by_hand.closed and code not in found]
        self._rng.shuffle(villages)
        for fate, count in _VILLAGES:
            found |= {villages.pop(): fate for _ in range(count)}
        return found

    def _kept_phases(self) -> dict[tuple[str, str, str], date]:
        """Return unit, verb and phase → day, of what happened to phases in the spring."""
        found: dict[tuple[str, str, str], date] = {}
        for event in self._spring.by_hand.events:
            told = dict(event.arguments)
            if event.verb.startswith("phase"):
                verb = "phase close" if event.verb == "phase override" else event.verb
                found |= {(code, verb, told["phase"]): date.fromisoformat(event.day) for code in told["units"].split()}
        return found

    # ── one unit ──

    def _course(self, place: Place) -> Course:
        started = self._starts[place.code]
        course = Course(place, self._fates.get(place.code, "finished"), started)
        course.days |= self._marked.get(place.code, {})
        cursor = started
        for phase in PHASES:
            ready = self._phase(course, phase, cursor)
            if ready is None:
                break
            cursor = ready
        return course

    def _phase(self, course: Course, phase: str, cursor: date) -> date | None:
        """Go through one phase; return the day on which it closed, None where it does not."""
        code = course.place.code
        opened = self._phases.get((code, "phase open", phase))
        if opened is None:
            # Phases of later batches open on the first workday, the others on the day on which the one before closed.
            opened = onwards(cursor) if phase == PHASES[0] else cursor
        course.opened[phase] = opened
        kept = self._phases.get((code, "phase close", phase))
        stuck = course.fate == "analysing" and phase == "analysis"
        day = self._milestones(course, phase, max(cursor, opened), stuck=stuck)
        if kept is not None:
            course.closed[phase] = kept
            return kept
        if day is None or stuck:
            return None
        if phase == PHASES[-1]:
            day = self._survey(course, day)
            if day is None or course.fate in _NEVER_FINISHED:
                return None
            day = max(day, course.opened[PHASES[0]] + timedelta(days=LEAST_DAYS))
        ready = day + timedelta(days=CATCH_UP if phase != PHASES[-1] else 2)
        ready = max(ready, course.opened[phase] + timedelta(days=_PHASE_DAYS))
        for other in self._below.get(code, ()):
            if phase not in other.closed:
                course.fate = "blocked"
                return None
            ready = max(ready, other.closed[phase])
        # On the days of the reports the office goes through who can go on.
        closed = reported(ready)
        if closed is not None:
            course.closed[phase] = closed
        return closed

    def _milestones(self, course: Course, phase: str, cursor: date, *, stuck: bool) -> date | None:
        """Reach what is still to be reached; return the day of the last, None where the time does not suffice."""
        rng, place = self._rng, course.place
        cursor = max(cursor, PINNED)
        pace = _HELPED.get(id(self._paces[place.code]), self._paces[place.code])
        last = max((course.days[each] for each, _, _ in _MILESTONES[phase] if each in course.days), default=cursor)
        for milestone, due, share in _MILESTONES[phase]:
            delay = pace.early + rng.randrange(pace.late - pace.early + 1)
            does, gap = chance(rng, share), 2 + rng.randrange(4)
            applies = milestone not in OF_BODIES or place.kind in WITH_BODY
            if not applies or not does or milestone in course.days or (place.code, milestone) in self._exempt:
                continue
            if stuck and milestone > "M202":
                return None
            if course.fate == "improving" and milestone > "M302":
                return None
            planned = course.started + timedelta(days=due + delay)
            # What falls due on a Sunday or in a holiday is done before it, where there is time.
            day = back(planned) if back(planned) > cursor else onwards(max(planned, cursor + timedelta(days=gap)))
            if day > LAST:
                return None
            course.days[milestone] = cursor = last = day
            course.new.append(milestone)
        return last

    def _survey(self, course: Course, cursor: date) -> date | None:
        """Hold the survey rounds; return the day of the summary meeting, None where it does not come to that."""
        first = course.fate not in {"failed", "repeated"}
        held = _later(course, _SURVEY, cursor, self._rng)
        if held > LAST:
            return None
        course.rounds.append(Round(1, held, passed=first))
        if not first:
            done = onwards(held + timedelta(days=17 + self._rng.randrange(6)))
            # Who failed late in the campaign has until its end.
            course.rounds[0].deadline = held + timedelta(days=30) if held < _LATE_ROUND else _END
            again = onwards(done + timedelta(days=4))
            if course.fate == "failed" or again > LAST:
                course.fate = "failed"
                return None
            course.rounds[0].done = done
            course.rounds.append(Round(2, again, passed=True))
            held = again
        summed = _later(course, _SUMMARY, held, self._rng)
        if summed > LAST:
            return None
        course.days["M306"] = summed
        course.new.append("M306")
        return summed


def _later(course: Course, due: int, cursor: date, rng: Random) -> date:
    """Give a day after another one and about when it is due."""
    planned = course.started + timedelta(days=due - 6 + rng.randrange(8))
    return onwards(max(planned, cursor + timedelta(days=2 + rng.randrange(3))))


def between(rng: Random, first: date, last: date) -> date:
    """Draw a workday from a span of days."""
    day = back(first + timedelta(days=rng.randrange(max(1, (last - first).days + 1))))
    return day if day >= first else onwards(first)
