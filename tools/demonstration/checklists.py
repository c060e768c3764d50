"""Checklists: the tasks of members, the nine ones and the four leads of leaders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tools.demonstration.chance import chance, seeded
from tools.demonstration.days import workday
from tools.demonstration.progress import PINNED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from random import Random

    from tools.demonstration.changes import Changes
    from tools.demonstration.pace import Pace
    from tools.demonstration.people import People, Person
    from tools.demonstration.progress import Mark
    from tools.demonstration.tree import Tree

_TASK_SEED, _NINE_SEED = 44, 9

_TOGETHER = "集中"
_ALONE = ("送学上门", "送学上门", "邮寄", "电话")
_MADE_UP = 0.55  # of those who missed the common study
_STUDIED_ALREADY = 0.35  # where the unit has not finished
_AT_MEETING = 0.94

# Item, how likely it is against the unit's usual share, first day counted from the unit's own start.
_ITEMS = (
    ("N1", 1.1, 6), ("N2", 1.15, 6), ("N3", 0.95, 20), ("N4", 1.0, 14), ("N5", 0.1, 20), ("N6", 0.9, 45),
    ("N7", 1.0, 40), ("N8", 0.35, 62), ("N9", 0.8, 30),
    ("L1", 1.1, 6), ("L2", 0.7, 50), ("L3", 0.1, 62), ("L4", 0.6, 25),
)  # fmt: skip
_NINE = 9
_ALL_DONE_FROM, _ALL_DONE = 0.6, 0.12  # in units with that share, so many leaders have done all nine
_AGAIN = 0.12
_EVIDENCE = ("活动登记表", "签到表", "会议记录", "现场照片", "工作笔记")
_EARLY_TOWN_LEADERS = 0.05


@dataclass(frozen=True, slots=True)
class Tick:
    """Something on a checklist that a member did."""

    member: str
    item: str
    day: date
    mode: str = ""
    text: str = ""


# ── tasks ──


def tasks(people: People, changes: Changes, paces: Mapping[str, Pace], marks: Sequence[Mark]) -> list[Tick]:
    """Make up who studied (T1) and who came to the organizational life meeting (T2)."""
    rng = seeded(_TASK_SEED)
    reached = {(mark.place.code, mark.milestone): mark.day for mark in marks}
    found: list[Tick] = []
    for person in people.members:
        meeting, study, life = (reached.get((person.unit, code)) for code in ("M103", "M104", "M205"))
        if person.incoming or not (meeting or study):
            continue
        ticks: list[Tick] = []
        if study:
            ticks.extend(_studied(rng, person, study, paces[person.unit].study))
        elif meeting and chance(rng, _STUDIED_ALREADY):
            ticks.append(Tick(person.code, "T1", _between(rng, meeting, PINNED), _TOGETHER))
        if life and chance(rng, _AT_MEETING):
            ticks.append(Tick(person.code, "T2", life))
        found += [tick for tick in ticks if (person.code, tick.item) not in changes.member_exempt]
    return found


def _studied(rng: Random, person: Person, day: date, share: float) -> Iterator[Tick]:
    if chance(rng, share):
        yield Tick(person.code, "T1", workday(day - timedelta(days=rng.randrange(3))), _TOGETHER)
    elif chance(rng, _MADE_UP):
        later = workday(day + timedelta(days=3 + rng.randrange(24)))
        if later <= PINNED:
            mode = rng.choice(_ALONE)
            yield Tick(person.code, "T1", later, mode, "补学" if mode == "电话" else "")


# ── leaders ──


def nine_ones(tree: Tree, people: People, paces: Mapping[str, Pace]) -> list[Tick]:
    """Make up what the leaders ticked off; some items several times."""
    rng = seeded(_NINE_SEED)
    found: list[Tick] = []
    for person in people.members:
        place = tree.by_code[person.unit]
        start = tree.start(place)
        if not person.leader or start is None:
            continue
        share = paces[person.unit].nine
        if start > PINNED:
            if not chance(rng, _EARLY_TOWN_LEADERS):
                continue
            start, share = date(2005, 1, 24), 0.2
        everything = share >= _ALL_DONE_FROM and chance(rng, _ALL_DONE)
        for number, (item, likely, first) in enumerate(_ITEMS):
            if (everything and number < _NINE) or chance(rng, share * likely):
                found += _ticks(rng, person, item, start + timedelta(days=first))
    return found


def _ticks(rng: Random, person: Person, item: str, first: date) -> Iterator[Tick]:
    if first > PINNED:
        return
    day = _between(rng, first, PINNED)
    yield Tick(person.code, item, day, text=rng.choice(_EVIDENCE) if chance(rng, 0.2) else "")
    again = workday(day + timedelta(days=7 + rng.randrange(21)))
    if chance(rng, _AGAIN) and day < again <= PINNED:
        yield Tick(person.code, item, again)


def _between(rng: Random, first: date, last: date) -> date:
    return max(workday(first), workday(first + timedelta(days=rng.randrange((last - first).days + 1))))
