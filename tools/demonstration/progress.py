"""Milestones: what each unit has reached by the pinned day, as its pace has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tools.demonstration.chance import chance, seeded
from tools.demonstration.days import workday
from tools.demonstration.deliveries import PINNED_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from random import Random

    from tools.demonstration.changes import Changes
    from tools.demonstration.pace import Pace
    from tools.demonstration.people import People, Person
    from tools.demonstration.places import Place
    from tools.demonstration.tree import Tree

_SEED = 205

PINNED = date.fromisoformat(PINNED_DAY)

# Code, due day, share of units that do it (not all of them: optional). The improvement phase is to come.
_MILESTONES = (
    ("M101", 15, 1.0), ("M102", 20, 1.0), ("M103", 30, 1.0), ("M104", 44, 1.0), ("M201", 55, 1.0),
    ("M202", 65, 1.0), ("M203", 70, 0.6), ("M204", 75, 0.5), ("M205", 85, 1.0), ("M206", 89, 0.3),
)  # fmt: skip
WITH_BODY = frozenset({"committee", "party_group", "work_committee"})
OWING = WITH_BODY | {"general_branch", "branch"}
OF_BODIES = frozenset({"M101", "M102"})
_FIRST_WORK = timedelta(days=4)

# They held the meeting, and wrote the plan for it afterwards.
_HASTY = frozenset({"区旅游局党组", "市环保局瓯海分局党组"})
_PLAN_AFTERWARDS = timedelta(days=4)

# Units of later batches that prepare already.
_FORERUNNERS = (
    ("泽雅镇党委", "M101", date(2005, 3, 2)),
    ("泽雅镇党委", "M102", date(2005, 3, 16)),
    ("茶山街道党工委", "M101", date(2005, 3, 9)),
    ("景山街道党工委", "M101", date(2005, 3, 10)),
    ("区国有资产经营有限公司党委", "M101", date(2005, 3, 15)),
    ("区粮食局机关党支部", "M103", date(2005, 3, 11)),
    ("高翔村党支部", "M103", date(2005, 3, 18)),
)

_EVIDENCE = {
    "M101": "区先教〔2005〕{}号", "M102": "实施方案{}页", "M103": "签到表、会议照片{}张",
    "M104": "学习记录{}份",
    "M201": "征求意见表{}份", "M202": "问题清单{}条", "M203": "谈心登记{}人次", "M204": "材料{}份",
    "M205": "会议通知、签到表{}页", "M206": "通报会签到表{}页",
    "M301": "整改方案{}页", "M302": "公示照片{}张", "M303": "公示照片{}张", "M304": "制度汇编{}页",
    "M306": "总结报告{}页",
}  # fmt: skip
_NOTES = ("与年终总结会合并召开", "因区“两会”调整时间", "督导组到会", "分两次进行", "根据督导组意见补充")


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone that a unit has reached."""

    place: Place
    milestone: str
    day: date
    head: str
    reporter: str
    evidence: str
    note: str


def milestones(tree: Tree, people: People, changes: Changes, paces: Mapping[str, Pace]) -> list[Mark]:
    """Make up what has been reached, unit by unit in the order of the tree."""
    rng = seeded(_SEED)
    write = Writer(rng, people)
    meetings: dict[str, date] = {}
    found: list[Mark] = []
    for place in tree.places:
        start = tree.start(place)
        if place.kind not in OWING or start is None or start > PINNED:
            continue
        plan = _plan(rng, place, start, paces[place.code])
        if place.parent in meetings and "M103" in plan:
            # Its own meeting is not before that of the unit above.
            plan["M103"] = max(plan["M103"], meetings[place.parent])
        end = date.fromisoformat(changes.closed.get(place.code, PINNED_DAY))
        for milestone, day in _reached(plan, start + _FIRST_WORK, end):
            if milestone == "M103":
                meetings[place.code] = day
            if (place.code, milestone) not in changes.unit_exempt:
                found.append(write.mark(place, milestone, day))
    found += [write.mark(tree.named(name), milestone, day) for name, milestone, day in _FORERUNNERS]
    return found


def _plan(rng: Random, place: Place, start: date, pace: Pace) -> dict[str, date]:
    """Say when the unit means to do what applies to it, up to where it is stuck."""
    plan: dict[str, date] = {}
    for milestone, due, share in _MILESTONES:
        delay = pace.early + rng.randrange(pace.late - pace.early + 1)
        does = chance(rng, share)
        applies = milestone not in OF_BODIES or place.kind in WITH_BODY
        stuck = pace.last and milestone > pace.last
        if does and applies and not stuck:
            plan[milestone] = start + timedelta(days=due + delay)
    if place.name in _HASTY:
        first, plan["M102"] = plan.pop("M101"), plan["M103"] + _PLAN_AFTERWARDS
        return {"M101": first, "M103": plan.pop("M103"), **plan}
    return plan


def _reached(plan: Mapping[str, date], first: date, end: date) -> Iterator[tuple[str, date]]:
    """Give what is done by the end: nothing before what it follows, and nothing after something undone."""
    day = first
    for milestone, planned in plan.items():
        day = workday(max(planned, day))
        if day > end:
            return
        yield milestone, day


# ── who, and what is written beside it ──


class Writer:
    """Fills in the form: who headed or spoke, what is enclosed, what somebody remarked."""

    def __init__(self, rng: Random, people: People) -> None:
        self._rng = rng
        self._chiefs = people.chiefs
        self._deputies = _deputies(people)

    def mark(self, place: Place, milestone: str, day: date) -> Mark:
        """Write down that a unit reached a milestone on a day."""
        person = self._person(place)
        number = 1 + self._rng.randrange(40)
        enclosed, remarked = chance(self._rng, 0.4), chance(self._rng, 0.06)
        return Mark(
            place,
            milestone,
            day,
            head=person if milestone == "M101" else "",
            reporter=person if milestone == "M103" else "",
            evidence=_EVIDENCE[milestone].format(number) if enclosed else "",
            note=_NOTES[number % len(_NOTES)] if remarked else "",
        )

    def _person(self, place: Place) -> str:
        """Name the chief; now and then somebody stands in, or the cell is empty."""
        stands_in, forgotten = chance(self._rng, 0.04), chance(self._rng, 0.02)
        if forgotten:
            return ""
        person = self._deputies.get(place.code) if stands_in else None
        return (person or self._chiefs[place.code]).name


def _deputies(people: People) -> dict[str, Person]:
    """Find for each chief somebody else of the same unit who leads, and might stand in."""
    leading: dict[str, list[Person]] = {}
    for person in people.members:
        if person.leader:
            leading.setdefault(person.unit, []).append(person)
    return {
        code: next(other for other in leading[chief.unit] if other is not chief)
        for code, chief in people.chiefs.items()
        if len(leading.get(chief.unit, ())) > 1
    }
