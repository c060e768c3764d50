"""What units do on the way: study sessions, who missed them, opinions, problems, milestones of their own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tools.demonstration.chance import chance, seeded
from tools.demonstration.days import workday
from tools.demonstration.progress import PINNED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from tools.demonstration.changes import Changes
    from tools.demonstration.checklists import Tick
    from tools.demonstration.people import People, Person
    from tools.demonstration.progress import Mark
    from tools.demonstration.registers import Sheets
    from tools.demonstration.tree import Tree

_SEED = 26

TOPICS = (
    "党章和《保持共产党员先进性教育读本》",
    "“三个代表”重要思想",
    "胡锦涛同志关于先进性教育的重要讲话",
    "区委六届五次全会精神",
    "党的十六届四中全会精神",
    "先进事迹报告会",
)
_TOGETHER = "集中"
REASONS = ("因公出差", "病假", "年老体弱", "下乡工作", "值班", "外出学习")
_STILL_MISSED = 14

CHANNELS = ("questionnaire", "forum", "visit", "talk", "box", "online", "telephone", "letter")
ADDRESSEES = ("body", "unit", "leader", "members", "above")
OPINIONS = (
    "办事环节偏多，希望一次告知",
    "下基层听意见次数少",
    "窗口服务态度有待改进",
    "政务公开不够及时",
    "学习流于形式，联系实际少",
    "文山会海，精简会议文件",
)
_NO_OPINIONS, _ONE_CHANNEL, _NO_PROBLEMS = 4, 6, 4
PROBLEMS = {
    "school": ("教育收费公开不够，家长有疑问", "师德师风教育抓得不紧"),
    "hospital": ("门诊候诊时间长，群众反映看病难", "药品价格公示不及时"),
    "institution": ("服务基层的主动性不强", "技术指导不能按时到位"),
    "": (
        "机关效能不高，办事拖拉",
        "联系群众不够，下基层少",
        "理论学习不深入，与实际结合不紧",
        "会议文件偏多，抓落实不够",
        "窗口服务不够规范",
    ),
}
MEASURES = (
    "实行首问责任制和限时办结制",
    "班子成员每月下基层不少于2天",
    "每周五下午集中学习，落实考勤",
    "公开办事程序和收费标准",
    "精简会议文件三分之一",
)
CIRCLES = ("全体党员", "全体干部职工", "单位公开栏", "服务对象代表")
OWN = (
    "“党员先锋岗”创建活动",
    "“我为党旗添光彩”演讲比赛",
    "党员结对帮扶困难户",
    "重温入党誓词活动",
    "“机关效能大家谈”征文",
)


def study(sheets: Sheets, people: People, by_hand: Changes, marks: Sequence[Mark], ticks: Sequence[Tick]) -> set[str]:
    """Let the units study, and let those who studied alone have missed the common session.

    Returns:
        The units where somebody has not made it good.
    """
    rng = seeded(_SEED)
    reached = {(mark.place.code, mark.milestone): mark.day for mark in marks}
    members: dict[str, list[Person]] = {}
    for person in people.members:
        if not person.incoming:
            members.setdefault(person.unit, []).append(person)
    studied = {tick.member: tick for tick in ticks if tick.item == "T1"}
    open_misses: set[str] = set()
    for code, own in members.items():
        met, whole = reached.get((code, "M103")), reached.get((code, "M104"))
        early = _early(met, whole)
        if early:
            _session(sheets, rng, code, early)
        if not whole:
            continue
        _session(sheets, rng, code, whole)
        for person in own:
            if person.code in by_hand.now or person.code in by_hand.left:
                continue
            tick = studied.get(person.code)
            missed = {"unit": code, "session": whole.isoformat(), "member": person.code}
            if tick and tick.mode != _TOGETHER:
                sheets.add("missed-sessions", whole, **missed, reason=rng.choice(REASONS))
                sheets.add("missed-sessions", tick.day, **missed, made_up_on=tick.day.isoformat(), mode=tick.mode)
            elif (
                not tick
                and (person.code, "T1") not in by_hand.member_exempt
                and len(open_misses) < _STILL_MISSED
                and code not in open_misses
                and chance(rng, 0.3)
            ):
                sheets.add("missed-sessions", whole, **missed, reason=rng.choice(REASONS))
                open_misses.add(code)
    return open_misses


def _early(met: date | None, whole: date | None) -> date | None:
    """Give the day of the first session, between the meeting and the end of the common study."""
    if met is None:
        return None
    day = workday(met + timedelta(days=7))
    day = max(day, met)
    if whole is None:
        return day if day <= PINNED else None
    return day if day < whole else None


def _session(sheets: Sheets, rng: Random, code: str, day: date) -> None:
    hours = rng.choice(("2", "3", "3.5", "4"))
    sheets.add("sessions", day, unit=code, held_on=day.isoformat(), topic=rng.choice(TOPICS), hours=hours)


def listen(sheets: Sheets, tree: Tree, marks: Sequence[Mark], owners: Mapping[str, str]) -> None:
    """Let the units ask for opinions, and find their problems in them."""
    rng = seeded(_SEED + 1)
    asked = [mark for mark in marks if mark.milestone == "M201"]
    rng.shuffle(asked)
    for number, mark in enumerate(asked[_NO_OPINIONS:]):
        channels = list(CHANNELS)
        rng.shuffle(channels)
        for channel in channels[: 1 if number < _ONE_CHANNEL else 2]:
            day = workday(mark.day - timedelta(days=rng.randrange(5)))
            text = rng.choice(OPINIONS) if chance(rng, 0.2) else ""
            sheets.add(
                "opinions",
                day,
                unit=mark.place.code,
                received_on=day.isoformat(),
                channel=channel,
                addressee=rng.choice(ADDRESSEES),
                text=text,
                count="1" if text else str(3 + rng.randrange(40)),
            )
    found = [mark for mark in marks if mark.milestone == "M202"]
    rng.shuffle(found)
    for mark in found[_NO_PROBLEMS:]:
        code = mark.place.code
        known = PROBLEMS.get(tree.by_code[code].sector, PROBLEMS[""])
        first = rng.randrange(len(known))
        for offset in range(1 + chance(rng, 0.4)):
            _problem(sheets, rng, code, known[(first + offset) % len(known)], mark.day, owners.get(code, ""))


def _problem(sheets: Sheets, rng: Random, code: str, problem: str, day: date, owner: str) -> None:
    key = {"unit": code, "problem": problem}
    source = rng.choice(("opinions", "opinions", "own", "supervision"))
    sheets.add("rectifications", day, **key, source=source, found_on=day.isoformat())
    planned = workday(day + timedelta(days=7))
    if planned > PINNED or chance(rng, 0.12):
        return
    deadline = date(2005, 4, 15) + timedelta(days=15 * rng.randrange(4))
    measure = rng.choice(MEASURES)
    sheets.add("rectifications", planned, **key, measure=measure, owner=owner, deadline=deadline.isoformat())
    # 边学边改: some do at once what can be done at once.
    done = workday(planned + timedelta(days=5))
    if done <= PINNED and chance(rng, 0.2):
        shown = {"measures_on": done.isoformat(), "measures_circle": rng.choice(CIRCLES)}
        sheets.add("rectifications", done, **key, **shown, done_on=done.isoformat() if chance(rng, 0.5) else "")


def own_milestones(sheets: Sheets, tree: Tree) -> None:
    """Let some units do something of their own."""
    rng = seeded(_SEED + 2)
    tops = [place for place in tree.places if place.kind in {"committee", "party_group"} and place.code[0] in "ABC"]
    for place in tops[::3]:
        planned = workday(date(2005, 2, 1) + timedelta(days=rng.randrange(70)))
        key = {"unit": place.code, "title": rng.choice(OWN)}
        sheets.put("own-milestones", "2005-01-28", **key, planned_on=planned.isoformat())
        if planned <= PINNED and chance(rng, 0.85):
            sheets.add("own-milestones", planned, **key, done_on=planned.isoformat())
