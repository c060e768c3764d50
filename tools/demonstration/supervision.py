"""Ten supervision teams: thirty cadres, what they look after, their visits, what they found and suggested."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tools.demonstration.chance import chance, seeded
from tools.demonstration.days import is_workday, workday
from tools.demonstration.progress import OWING, PINNED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from random import Random

    from tools.demonstration.changes import Changes
    from tools.demonstration.people import People, Person
    from tools.demonstration.places import Place
    from tools.demonstration.progress import Mark
    from tools.demonstration.registers import Sheets
    from tools.demonstration.tree import Tree

_SEED = 30

TEAMS = 10
_SENT = "2005-01-12"
_FIGURES = "一二三四五六七八九十"
_BELOW_TOP = 3
_FULL = 1.15
_ROUNDS = ((date(2005, 1, 17), 15), (date(2005, 2, 21), 20))  # first day, working days
_PILOTS = ("黄屿村党支部", "横屿头村党支部")
# Nobody came there yet, or nobody came back.
_NEVER = frozenset({"驻外联络处党支部", "市盐务局瓯海管理站党支部", "市水文站瓯海测区党支部"})
_ONCE = frozenset({
    "泽雅派出所党支部", "泽雅卫生院党支部", "泽雅中学党支部", "泽雅水库管理处党支部", "区公路管理段养护二站党支部",
    "市工商局瓯海分局泽雅工商所党支部",
})  # fmt: skip
HOW = ("听、查", "听、查、看", "查、看", "听", "看")
_LOOKED_AT = (
    ("动员部署大会筹备情况", "领导机构和教育活动方案", "动员大会记录、学习计划", "党员名册和在外党员联系情况"),
    ("学习笔记和补课登记", "征求意见表、问题清单", "党性分析材料撰写情况", "转段准备情况", "谈心活动登记"),
)
# What a team finds where a milestone is missing on the day of its visit.
_UNDONE = (
    ("M101", "领导小组尚未成立"),
    ("M102", "教育活动方案尚未制定"),
    ("M103", "动员部署大会尚未召开"),
    ("M104", "集中学习时间没有保证"),
    ("M201", "征求意见面不够宽，尚未听取服务对象意见"),
    ("M202", "突出问题尚未找准，问题清单未形成"),
)
_DUE = {"M101": 15, "M102": 20, "M103": 30, "M104": 44, "M201": 55, "M202": 65}
SUGGESTED = (
    "学习计划要落实到人，明确每次学习的专题",
    "对年老体弱党员送学上门，做好登记",
    "会议记录要规范，签到表要齐全",
    "一把手要亲自抓方案修改",
    "征求意见要多渠道，增加座谈会和走访",
    "对在外党员要逐人联系，落实补课",
    "问题清单要具体，避免笼统",
    "边学边改，先解决群众反映强烈的一两件事",
)


@dataclass(frozen=True, slots=True)
class _Team:
    code: str
    names: tuple[str, ...]
    places: tuple[Place, ...]


def supervise(
    sheets: Sheets, tree: Tree, people: People, by_hand: Changes, marks: Sequence[Mark], owners: Mapping[str, str]
) -> None:
    """Send the teams out, and let their reports come in.

    Args:
        sheets: takes what is delivered.
        tree: the units.
        people: the members, of whom the cadres are drawn.
        by_hand: which units are closed.
        marks: the milestones reached, which the teams see.
        owners: unit → who answers for it.
    """
    rng = seeded(_SEED)
    reached = {(mark.place.code, mark.milestone): mark.day for mark in marks} | dict.fromkeys(
        by_hand.unit_exempt, date(2005, 1, 1)
    )
    for team in _teams(sheets, tree, people, rng):
        for number, place in enumerate(team.places):
            end = date.fromisoformat(by_hand.closed.get(place.code, "2005-12-31"))
            days = [
                day
                for day in _days(rng, tree, place, number / len(team.places))
                if day <= min(PINNED, end - timedelta(days=1))
            ]
            for round_, day in enumerate(days):
                _visit(sheets, rng, team, place, day, round_)
                following = days[round_ + 1] if round_ + 1 < len(days) else None
                undone = [text for code, text in _UNDONE if _missing(tree, reached, place, code, day)]
                _advise(sheets, rng, place, day, following, undone, (team.names[-1], owners.get(place.code, "")))


# ── who ──


def _teams(sheets: Sheets, tree: Tree, people: People, rng: Random) -> Iterator[_Team]:
    running = [place for place in tree.places if (start := tree.start(place)) is not None and start <= PINNED]
    shares = _shares(tree, running)
    heads, helpers = drawn(tree, people, rng)
    for number, tops in enumerate(shares):
        code = f"T{number + 1:02}"
        phone = f"0577-8851{1001 + number}"
        name = f"区委第{_FIGURES[number]}督导组"
        sheets.put("teams", _SENT, code=code, name=name, kind="supervision", batch="1", phone=phone)
        for top in tops:
            sheets.put("coverage", _SENT, team=code, unit=top.code, from_on=_SENT)
        # A cadre is not sent to where he or she comes from.
        head = _take(heads, tree, tops)
        own = [head, _take(helpers, tree, tops), _take(helpers, tree, tops)]
        for role, person in zip(("head", "deputy", "member"), own, strict=True):
            rank = person.rank or ("股级" if role == "deputy" else "科员")
            home = home_of(tree, tree.by_code[person.unit])
            sheets.put("cadres", _SENT, team=code, name=person.name, role=role, rank=rank, home=home, from_on=_SENT)
        places = [place for top in tops for place in _below(running, top) if place.kind in OWING]
        yield _Team(code, tuple(person.name for person in own), tuple(places))


def _shares(tree: Tree, running: Sequence[Place]) -> list[list[Place]]:
    """Cut the first batch into ten runs of neighbours, as even as whole systems allow."""
    tops = [
        place
        for place in tree.places
        if place.parent in tree.groups and place.code[0] in "ABC" and tree.batch(place) == "1"
    ]
    weights = [sum(place.kind in OWING for place in _below(running, top)) for top in tops]
    shares: list[list[Place]] = [[]]
    left, load = sum(weights), 0
    for top, weight in zip(tops, weights, strict=True):
        fair = (left + load) / (TEAMS + 1 - len(shares))
        if shares[-1] and len(shares) < TEAMS and load + weight / 2 > fair * _FULL:
            shares.append([])
            load = 0
        shares[-1].append(top)
        load, left = load + weight, left - weight
    shares[-1] += [tree.named(name) for name in _PILOTS]
    return shares


def _below(running: Sequence[Place], top: Place) -> Iterator[Place]:
    """Give the units of a subtree that are under way with the first batch."""
    return (place for place in running if place.code.startswith(top.code))


def drawn(tree: Tree, people: People, rng: Random) -> tuple[list[Person], list[Person]]:
    """Draw cadres from the organs of the district: heads of 副科级 at least, and others."""
    organs = [
        person
        for person in people.members
        if person.unit.startswith("A") and tree.by_code[person.unit].sector == "government" and not person.incoming
    ]
    chiefs = {chief.code for chief in people.chiefs.values()}
    heads = [person for person in organs if person.leader and person.code not in chiefs and person.rank == "副科级"]
    helpers = [person for person in organs if not person.leader and person.post in {"科长", "副科长", "主任科员"}]
    rng.shuffle(heads)
    rng.shuffle(helpers)
    return heads, helpers


def home_of(tree: Tree, place: Place) -> str:
    """Name the organ that somebody comes from, as people call it."""
    line = list(tree.line(place))
    # The committee of the organs is nobody's office: those below it are organs of their own.
    organ = line[-4] if line[-3].name.endswith("工委") and len(line) > _BELOW_TOP else line[-3]
    return re.sub("(党组|党委|党总支|机关党支部|党支部)$", "", organ.name)


def _take(candidates: list[Person], tree: Tree, tops: Sequence[Place]) -> Person:
    """Take the first who comes from elsewhere."""
    there = {top.code for top in tops}
    for person in candidates:
        if not any(above.code in there for above in tree.line(tree.by_code[person.unit])):
            candidates.remove(person)
            return person
    raise AssertionError("nobody left to be sent")


# ── what they do ──


def _days(rng: Random, tree: Tree, place: Place, along: float) -> Iterator[date]:
    """Give the days on which a team comes: once in each round, the units in their order."""
    if place.name in _NEVER:
        return
    start = tree.start(place)
    for number, (first, length) in enumerate(_ROUNDS):
        if number and place.name in _ONCE:
            return
        steps = int(along * length)
        day = first
        while steps or not is_workday(day):
            steps -= is_workday(day)
            day += timedelta(days=1)
        # Now and then a day later.
        if chance(rng, 0.2) and is_workday(day + timedelta(days=1)):
            day += timedelta(days=1)
        if start is not None and day >= start:
            yield day


def _visit(sheets: Sheets, rng: Random, team: _Team, place: Place, day: date, round_: int) -> None:
    who = "、".join(team.names if chance(rng, 0.4) else team.names[:2])
    sheets.add(
        "visits",
        day,
        unit=place.code,
        team=team.code,
        visited_on=day.isoformat(),
        who=who,
        how=rng.choice(HOW),
        looked_at=rng.choice(_LOOKED_AT[round_]),
    )


def _missing(tree: Tree, reached: Mapping[tuple[str, str], date], place: Place, milestone: str, day: date) -> bool:
    start = tree.start(place)
    if start is None or day <= start + timedelta(days=_DUE[milestone]):
        return False
    if milestone in {"M101", "M102"} and place.kind in {"branch", "general_branch"}:
        return False
    return reached.get((place.code, milestone), date.max) > day


def _advise(
    sheets: Sheets,
    rng: Random,
    place: Place,
    day: date,
    following: date | None,
    undone: Sequence[str],
    names: tuple[str, str],
) -> None:
    """Let a team find what is undone, and suggest something now and then; let it be followed and verified."""
    advice = [("finding", text) for text in undone[:2]]
    if chance(rng, 0.25):
        advice.append(("suggestion", rng.choice(SUGGESTED)))
    verifier, owner = names
    for kind, text in advice:
        key = {"unit": place.code, "visit": day.isoformat(), "text": text}
        deadline = day + timedelta(days=10 + rng.randrange(11))
        told = {"kind": kind, "owner": owner, "deadline": deadline.isoformat()}
        sheets.add("suggestions", day, **key, **told)
        # Where much is undone, less is done about what a team says.
        if not chance(rng, 0.72 if kind == "finding" else 0.92):
            continue
        done = workday(day + timedelta(days=4 + rng.randrange(12)))
        if done > PINNED:
            continue
        sheets.add("suggestions", done, **key, done_on=done.isoformat())
        seen = following if following and following >= done else workday(done + timedelta(days=5))
        if seen <= PINNED and chance(rng, 0.8):
            sheets.add("suggestions", seen, **key, verified_on=seen.isoformat(), verified_by=verifier)
