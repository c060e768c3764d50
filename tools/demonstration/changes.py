"""What the clerk records by hand: transfers, leavings, moves, closings and exemptions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tools.demonstration.chance import chance, seeded
from tools.demonstration.days import workday
from tools.demonstration.deliveries import Event
from tools.demonstration.places import LEAVERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from tools.demonstration.deliveries import Verb
    from tools.demonstration.people import People, Person
    from tools.demonstration.places import Place
    from tools.demonstration.tree import Tree

_SEED = 25

_TRANSFERS = 25  # those that empty a unit before it is closed included
_TASK_EXEMPTIONS = 150
_BOTH_TASKS = 20  # members exempt from T1 and T2, counted twice above

# Unit, day of closing, reason, who takes the members.
_CLOSINGS = (
    ("区乡镇企业管理局留守处党支部", date(2005, 2, 24), "留守处撤销", "区商业总公司党支部"),
    ("古耸村党支部", date(2005, 3, 7), "行政村规模调整，并入邻村", "金源村党支部"),
)
_BANKRUPT = (date(2005, 3, 16), "企业歇业")
_BANKRUPT_SIZE = 4

# Unit, day, where to.
_MOVES = (
    ("区成人教育中心党支部", "2005-02-22", "区劳动和社会保障局党组"),
    ("区园林管理处党支部", "2005-03-02", "区旅游局党组"),
)

_DEAD, _AWAY = "去世", "组织关系转出本区"
_LEAVE_REASONS = (_DEAD, _AWAY, _DEAD, _AWAY, _AWAY, _DEAD, _AWAY, _AWAY, _DEAD, _AWAY)
_DIED_BEFORE = 1950

# Milestone, how many, first day, span in days, reasons.
_MILESTONE_REASONS = (
    ("M103", 22, date(2005, 1, 11), 16, ("由党总支统一召开动员大会，支部不再单独召开",)),
    (
        "M201",
        10,
        date(2005, 2, 16),
        8,
        ("由党总支统一发放征求意见表", "无直接服务对象，随上级党组织一并征求"),
    ),
    ("M205", 8, date(2005, 3, 7), 10, ("正式党员较少，与相邻支部联合召开",)),
)
_OLD_BEFORE = 1936
_OLD_REASONS = ("病重卧床", "年老体弱，行动不便", "长期住院")
_OTHER_REASONS = ("长期在外，无法取得联系", "因公出国（境）", "病重住院", "公派脱产学习", "援藏")


@dataclass(slots=True)
class Changes:
    """What happens by hand, and what the records that arrive must agree with.

    Attributes:
        events: by day.
        left: member code → ISO day of leaving.
        closed: unit code → ISO day of closing.
        now: member code → unit on the pinned day, of those transferred.
        unit_exempt: unit and milestone.
        member_exempt: member and task.
    """

    events: list[Event] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)
    now: dict[str, str] = field(default_factory=dict)
    unit_exempt: set[tuple[str, str]] = field(default_factory=set)
    member_exempt: set[tuple[str, str]] = field(default_factory=set)

    def add(self, day: date, verb: Verb, **arguments: str) -> None:
        """Note an event."""
        self.events.append(Event(day.isoformat(), verb, tuple(arguments.items())))


def changes(tree: Tree, people: People) -> Changes:
    """Make up what happens by hand; every member is struck by one thing at most."""
    rng = seeded(_SEED)
    found = Changes()
    _close(found, tree, people)
    for name, day, target in _MOVES:
        found.add(date.fromisoformat(day), "unit move", unit=tree.named(name).code, parent=tree.named(target).code)
    ordinary = _ordinary(people, found, rng)
    _transfer(found, tree, ordinary, rng)
    _leave(found, ordinary)
    _exempt_units(found, tree, rng)
    _exempt_members(found, tree, ordinary, rng)
    found.events.sort(key=lambda event: event.day)
    return found


def _close(found: Changes, tree: Tree, people: People) -> None:
    named = [(tree.named(unit), day, reason, tree.named(target)) for unit, day, reason, target in _CLOSINGS]
    company, receiver = _company(tree.places)
    for unit, day, reason, target in [*named, (company, *_BANKRUPT, receiver)]:
        for person in people.members:
            if person.unit == unit.code:
                found.add(workday(day - timedelta(days=3)), "member transfer", member=person.code, unit=target.code)
                found.now[person.code] = target.code
        found.add(day, "unit close", unit=unit.code, reason=reason)
        found.closed[unit.code] = day.isoformat()


def _company(places: Sequence[Place]) -> tuple[Place, Place]:
    """Find a small firm's branch, and the branch that takes in those of the same town whose firm is gone."""
    firms = [place for place in places if place.name.endswith("有限公司党支部") and place.code.startswith("330304")]
    small = next(place for place in firms if place.size == _BANKRUPT_SIZE)
    return small, next(
        place for place in places if place.parent == small.parent and place.name.endswith("行业联合党支部")
    )


def _ordinary(people: People, found: Changes, rng: Random) -> Iterator[Person]:
    """Give members without any post, in random order."""
    plain = [
        person
        for person in people.members
        if not (person.post or person.leader or person.incoming or person.code in found.now)
    ]
    rng.shuffle(plain)
    return iter(plain)


def _transfer(found: Changes, tree: Tree, ordinary: Iterator[Person], rng: Random) -> None:
    targets = [place for place in tree.places if place.size and tree.batch(place) and place.code not in found.closed]
    for _ in range(_TRANSFERS - len(found.now)):
        person, target = next(ordinary), rng.choice(targets)
        while target.code == person.unit:
            target = rng.choice(targets)
        day = workday(date(2005, 1, 12) + timedelta(days=rng.randrange(65)))
        found.add(day, "member transfer", member=person.code, unit=target.code)
        found.now[person.code] = target.code


def _leave(found: Changes, ordinary: Iterator[Person]) -> None:
    for number, reason in enumerate(_LEAVE_REASONS[:LEAVERS]):
        person = next(person for person in ordinary if (person.year < _DIED_BEFORE) == (reason == _DEAD))
        day = workday(date(2005, 1, 13) + timedelta(days=number * 7 - number // 3))
        found.add(day, "member leave", member=person.code, reason=reason)
        found.left[person.code] = day.isoformat()


def _exempt_units(found: Changes, tree: Tree, rng: Random) -> None:
    branches = [
        place
        for place in tree.places
        if place.kind == "branch"
        and tree.batch(place) == "1"
        and tree.by_code[place.parent].kind == "general_branch"
        and place.code not in found.closed
    ]
    rng.shuffle(branches)
    for milestone, count, first, span, reasons in _MILESTONE_REASONS:
        for _ in range(count):
            place = branches.pop()
            found.unit_exempt.add((place.code, milestone))
            day = workday(first + timedelta(days=rng.randrange(span)))
            found.add(day, "milestone exempt", unit=place.code, milestone=milestone, reason=rng.choice(reasons))


def _exempt_members(found: Changes, tree: Tree, ordinary: Iterator[Person], rng: Random) -> None:
    count = 0
    for person in ordinary:
        first_batch = tree.batch(tree.by_code[person.unit]) == "1"
        if not first_batch and chance(rng, 0.9):
            continue
        old = person.year < _OLD_BEFORE
        if first_batch and not old and chance(rng, 0.6):
            continue
        reason = rng.choice(_OLD_REASONS if old else _OTHER_REASONS)
        day = workday(date(2005, 1, 12) + timedelta(days=rng.randrange(48)))
        for task in ("T1", "T2")[: 1 + (count < 2 * _BOTH_TASKS)]:
            found.add(day, "task exempt", member=person.code, task=task, reason=reason)
            found.member_exempt.add((person.code, task))
            count += 1
        if count == _TASK_EXEMPTIONS:
            return
