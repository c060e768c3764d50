"""Teams of the later batches and inspection teams of towns: cadres, coverage, visits, what they found and suggested."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle
from typing import TYPE_CHECKING, NamedTuple

from tools.demonstration.chance import chance, seeded
from tools.demonstration.later.calendar import LAST, onwards
from tools.demonstration.later.course import parents
from tools.demonstration.places import TOWNS
from tools.demonstration.progress import PINNED
from tools.demonstration.supervision import HOW, SUGGESTED, drawn, home_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from random import Random

    from tools.demonstration.district import Spring
    from tools.demonstration.later.course import Course
    from tools.demonstration.people import Person
    from tools.demonstration.places import Place
    from tools.demonstration.registers import Sheets

_SEED = 35

_SENT, _INSPECTING = date(2005, 7, 8), date(2006, 1, 6)
_FIGURES = "一二三四五"
_FIRST_CODE = 11  # after the ten teams of the first batch
# Days from a unit's start on which a team comes, about.
_ROUNDS = (24, 62, 105)
# A team that left a unit alone although it is behind.
_LEFT_ALONE = 3
_LOOKED_AT = ("动员大会记录、学习计划", "学习笔记和补课登记", "征求意见表、问题清单", "整改方案和公示", "转段准备情况")
_FOUND = ("整改措施公示范围偏小", "个别党员补课登记不全", "问题清单不够具体", "整改责任人未明确")


class _Team(NamedTuple):
    code: str
    names: tuple[str, ...]


def supervise(spring: Spring, courses: Mapping[str, Course], sheets: Sheets, owners: Mapping[str, str]) -> None:
    """Send teams to the units of the later batches; let all teams visit, and what they said be followed."""
    rng = seeded(_SEED)
    _finish(rng, spring, sheets)
    covering = _first_teams(spring)
    covering |= _teams(rng, spring, sheets, covering)
    inspected = {**covering, **_inspections(rng, spring, sheets)}
    above = parents(spring)
    behind = 0
    for code, course in courses.items():
        days = list(_days(rng, course))
        if "improvement" not in course.closed:
            behind += 1
            if behind % 9 == _LEFT_ALONE:
                days = days[:-1]
        for day in days:
            team = _covered(inspected if day > _INSPECTING else covering, above, code)
            _visit(rng, sheets, course.place, team, day, owners.get(code, ""))


# ── who ──


def _first_teams(spring: Spring) -> dict[str, _Team]:
    """Return what the teams of the first batch look after."""
    names: dict[str, list[str]] = {}
    for cadre in spring.sheets.records("cadres"):
        names.setdefault(cadre["team"], []).append(cadre["name"])
    return {
        record["unit"]: _Team(record["team"], tuple(names[record["team"]]))
        for record in spring.sheets.records("coverage")
    }


def _teams(rng: Random, spring: Spring, sheets: Sheets, covered: Mapping[str, _Team]) -> dict[str, _Team]:
    """Send five teams of the district to the towns, the enterprises, and whatever nobody looks after yet."""
    tree, above = spring.tree, parents(spring)
    tops = [p for p in tree.places if p.parent == TOWNS or p.code in {"E", "F"}]
    known = {*covered, *(place.code for place in tops)}
    for place in tree.places:
        code = place.code
        while code and code not in known:
            code = above[code]
        if not code and place.kind not in {"group", "district"} and place.code not in spring.by_hand.closed:
            tops.append(place)
            known.add(place.code)
    busy = {cadre["name"] for cadre in spring.sheets.records("cadres")}
    heads, helpers = drawn(tree, spring.crowd, rng)
    heads = [person for person in heads if person.name not in busy and person.code not in spring.by_hand.left]
    helpers = [person for person in helpers if person.name not in busy and person.code not in spring.by_hand.left]
    teams = []
    for number, figure in enumerate(_FIGURES):
        code = f"T{_FIRST_CODE + number}"
        phone = f"0577-8851{1101 + number}"
        name = f"区委第二批第{figure}督导组"
        sheets.add("teams", _SENT, code=code, name=name, kind="supervision", batch="2", phone=phone)
        own = [heads.pop(), helpers.pop(), helpers.pop()]
        _cadres(sheets, spring, code, own, _SENT)
        teams.append(_Team(code, tuple(person.name for person in own)))
    found = {}
    for top, team in zip(tops, cycle(teams), strict=False):
        sheets.add("coverage", _SENT, team=team.code, unit=top.code, from_on=_SENT.isoformat())
        found[top.code] = team
    return found


def _inspections(rng: Random, spring: Spring, sheets: Sheets) -> dict[str, _Team]:
    """Let every town that has villages send a team of its own to them."""
    tree = spring.tree
    found = {}
    # Villages that the town has grown around went with the second batch.
    third = {place.parent for place in tree.places if tree.batch(place) == "3"}
    towns = [place for place in tree.places if place.parent == TOWNS and f"{place.code}N" in third]
    for number, town in enumerate(towns, start=1):
        code = f"X{number:02}"
        name = f"{town.name.removesuffix('党工委').removesuffix('党委')}巡回检查组"
        sheets.add("teams", _INSPECTING, code=code, name=name, kind="inspection", sender=town.code)
        own = [
            person
            for person in spring.crowd.members
            if person.unit.startswith(f"{town.code}J") and person.leader and person.rank == "副科级"
        ]
        rng.shuffle(own)
        _cadres(sheets, spring, code, own[:3], _INSPECTING)
        villages = f"{town.code}N"
        sheets.add("coverage", _INSPECTING, team=code, unit=villages, from_on=_INSPECTING.isoformat())
        found[villages] = _Team(code, tuple(person.name for person in own[:3]))
    return found


def _cadres(sheets: Sheets, spring: Spring, team: str, people: Sequence[Person], day: date) -> None:
    for role, person in zip(("head", "deputy", "member"), people, strict=False):
        rank = person.rank or ("股级" if role == "deputy" else "科员")
        home = home_of(spring.tree, spring.tree.by_code[person.unit])
        line = {"role": role, "rank": rank, "home": home, "from_on": day.isoformat()}
        sheets.add("cadres", day, team=team, name=person.name, **line)


def _covered(covering: Mapping[str, _Team], above: Mapping[str, str], code: str) -> _Team:
    while code not in covering:
        code = above[code]
    return covering[code]


# ── what they do ──


def _days(rng: Random, course: Course) -> Iterator[date]:
    """Give the days on which a team comes: in its rounds, and to whoever is behind before the last day."""
    finished = course.closed.get("improvement")
    for number in _ROUNDS:
        day = onwards(course.started + timedelta(days=number + rng.randrange(16)))
        if max(PINNED, _SENT if course.started > PINNED else PINNED) < day <= min(finished or LAST, LAST):
            yield day
    if finished is None:
        yield onwards(date(2006, 5, 29) + timedelta(days=rng.randrange(18)))


def _visit(rng: Random, sheets: Sheets, place: Place, team: _Team, day: date, owner: str) -> None:
    line = {"unit": place.code, "team": team.code, "visited_on": day.isoformat()}
    who = "、".join(team.names[: 2 + chance(rng, 0.4)])
    sheets.add("visits", day, **line, who=who, how=rng.choice(HOW), looked_at=rng.choice(_LOOKED_AT))
    if not chance(rng, 0.22):
        return
    kind = "finding" if chance(rng, 0.35) else "suggestion"
    key = {"unit": place.code, "visit": day.isoformat(), "text": rng.choice(_FOUND if kind == "finding" else SUGGESTED)}
    deadline = day + timedelta(days=10 + rng.randrange(11))
    sheets.add("suggestions", day, **key, kind=kind, owner=owner, deadline=deadline.isoformat())
    if chance(rng, 0.95):
        _follow(rng, sheets, key, day, team.names[-1])


def _follow(rng: Random, sheets: Sheets, key: Mapping[str, str], day: date, verifier: str) -> None:
    """Do what was suggested, and look whether it was really done."""
    done = onwards(day + timedelta(days=4 + rng.randrange(7)))
    seen = onwards(done + timedelta(days=3 + rng.randrange(6)))
    if done <= LAST:
        sheets.add("suggestions", done, **key, done_on=done.isoformat())
    if seen <= LAST and chance(rng, 0.9):
        sheets.add("suggestions", seen, **key, verified_on=seen.isoformat(), verified_by=verifier)


def _finish(rng: Random, spring: Spring, sheets: Sheets) -> None:
    """Let what was open in the spring be done, but for a few."""
    verifiers = {visit["unit"]: visit["who"].split("、")[-1] for visit in spring.sheets.records("visits")}
    for record in spring.sheets.records("suggestions"):
        if "verified_on" in record or not chance(rng, 0.95):
            continue
        key = {name: record[name] for name in ("unit", "visit", "text")}
        if "done_on" not in record:
            _follow(rng, sheets, key, PINNED, verifiers[record["unit"]])
        else:
            seen = onwards(PINNED + timedelta(days=3 + rng.randrange(20)))
            sheets.add("suggestions", seen, **key, verified_on=seen.isoformat(), verified_by=verifiers[record["unit"]])
