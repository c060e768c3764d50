"""Opinions, what became of them, problems put right and published, rules adopted, surveys and remedial work."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tools.demonstration.chance import chance, seeded
from tools.demonstration.later.calendar import LAST, back, onwards
from tools.demonstration.later.course import between
from tools.demonstration.progress import PINNED
from tools.demonstration.study_and_rectification import (
    ADDRESSEES,
    CHANNELS,
    CIRCLES,
    MEASURES,
    OPINIONS,
    PROBLEMS,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from tools.demonstration.district import Spring
    from tools.demonstration.later.course import Course, Round
    from tools.demonstration.registers import Sheets

_SEED = 31

_LATER_PROBLEMS = {
    **PROBLEMS,
    "rural": ("村务财务公开不及时", "村内道路和饮水问题久拖不决", "党员致富带富能力不强", "党员活动少，组织观念淡"),
    "community": ("社区服务项目少，居民办事不便", "流动党员管理不到位", "环境卫生管理反复", "在职党员进社区少"),
    "private_enterprise": ("党组织活动与生产经营结合不紧", "职工技能培训少", "流动党员管理不到位"),
    "street": ("下村入户少，坐等上门多", "办事程序公开不够", "对村级班子指导不够"),
}
_REGULATIONS = (
    "党员学习制度", "联系服务群众制度", "首问责任制度", "限时办结制度", "党员责任区制度", "政务（村务）公开制度",
    "民主评议党员制度", "流动党员管理制度",
)  # fmt: skip
_PLANS = ("逐户走访，对不满意事项重新整改并公示", "召开群众代表座谈会，逐条整改后再测评", "班子重新查找问题，限期整改")
_LINKED = 0.7  # of the opinions became part of a problem


def rectify(spring: Spring, courses: Mapping[str, Course], sheets: Sheets, owners: Mapping[str, str]) -> None:
    """Let the units ask, find their problems, put them right and publish that; adopt rules; be surveyed."""
    rng = seeded(_SEED)
    known: dict[str, list[dict[str, str]]] = {}
    for record in spring.sheets.records("rectifications"):
        known.setdefault(record["unit"], []).append(record)
    for code, course in courses.items():
        items = known.get(code, [])
        if "M202" in course.days and not items:
            items = _problems(rng, sheets, course)
        if "M201" in course.new:
            _opinions(rng, sheets, course, items)
        for number, item in enumerate(items):
            _put_right(rng, sheets, course, item, owners.get(code, ""), number)
        if "M304" in course.new:
            _adopt(rng, sheets, course)
        for each in course.rounds:
            _survey(rng, sheets, course, each)


def _opinions(rng: Random, sheets: Sheets, course: Course, items: list[dict[str, str]]) -> None:
    channels = list(CHANNELS)
    rng.shuffle(channels)
    for channel in channels[:2]:
        day = back(course.days["M201"] - timedelta(days=rng.randrange(4)))
        text = rng.choice(OPINIONS) if chance(rng, 0.2) else ""
        line = {"unit": course.place.code, "received_on": day.isoformat(), "channel": channel}
        count = "1" if text else str(3 + rng.randrange(40))
        line |= {"addressee": rng.choice(ADDRESSEES), "text": text, "count": count}
        sheets.add("opinions", day, **line)
        if items and chance(rng, _LINKED):
            # What it is about is told once the problem is on record.
            found = date.fromisoformat(items[0]["found_on"])
            sheets.add("opinions", max(found, day), **line, rectification=items[0]["problem"])


def _problems(rng: Random, sheets: Sheets, course: Course) -> list[dict[str, str]]:
    known = _LATER_PROBLEMS.get(course.place.sector, _LATER_PROBLEMS[""])
    # Who found none in the spring was sent back to look for them.
    first, day = rng.randrange(len(known)), max(course.days["M202"], onwards(PINNED + timedelta(days=10)))
    found = []
    for offset in range(1 + chance(rng, 0.4)):
        source = rng.choice(("opinions", "opinions", "own", "supervision"))
        item = {"unit": course.place.code, "problem": known[(first + offset) % len(known)], "found_on": day.isoformat()}
        sheets.add("rectifications", day, **item, source=source)
        found.append(item)
    return found


def _put_right(rng: Random, sheets: Sheets, course: Course, item: dict[str, str], owner: str, number: int) -> None:
    """Take an item on, as far as the unit came: measure, publication, done, publication."""
    key = {"unit": item["unit"], "problem": item["problem"]}
    planned, shown, told = (course.days.get(code) for code in ("M301", "M302", "M303"))
    if planned and not ({"measure", "owner", "deadline"} <= item.keys()):
        deadline = (told or planned + timedelta(days=30)) + timedelta(days=5)
        plan = {"measure": rng.choice(MEASURES), "owner": owner or "支部书记", "deadline": deadline.isoformat()}
        sheets.add("rectifications", planned, **key, **{name: text for name, text in plan.items() if name not in item})
    if shown and "measures_on" not in item:
        circle = rng.choice(CIRCLES)
        sheets.add("rectifications", shown, **key, measures_on=shown.isoformat(), measures_circle=circle)
    # Where the results are not marked the first item is done at most, and nobody has been told.
    if shown and "done_on" not in item and (told or (number == 0 and chance(rng, 0.5))):
        done = between(rng, shown, min(told or shown + timedelta(days=12), LAST))
        sheets.add("rectifications", done, **key, done_on=done.isoformat())
    if told:
        circle = rng.choice(CIRCLES)
        sheets.add("rectifications", told, **key, results_on=told.isoformat(), results_circle=circle)


def _adopt(rng: Random, sheets: Sheets, course: Course) -> None:
    day, first = course.days["M304"], rng.randrange(len(_REGULATIONS))
    for offset in range(1 + chance(rng, 0.3)):
        title = _REGULATIONS[(first + offset) % len(_REGULATIONS)]
        sheets.add("regulations", day, unit=course.place.code, title=title, adopted_on=day.isoformat())


def _survey(rng: Random, sheets: Sheets, course: Course, each: Round) -> None:
    for method in ("representatives", "sample"):
        issued = 20 + rng.randrange(41)
        returned = issued - rng.randrange(issued // 8)
        valid = returned - rng.randrange(3)
        blank = rng.randrange(2)
        graded = valid - blank
        against = graded * (55 + rng.randrange(15)) // 100 + 1 if not each.passed else rng.randrange(graded // 9 + 1)
        fairly = rng.randrange((graded - against) // 3 + 1)
        basically = rng.randrange((graded - against - fairly) // 4 + 1)
        counts = {
            "issued": issued, "returned": returned, "valid": valid, "blank": blank, "dissatisfied": against,
            "fairly": fairly, "basically": basically, "satisfied": graded - against - fairly - basically,
        }  # fmt: skip
        line = {"unit": course.place.code, "round": str(each.number), "method": method}
        line |= {name: str(count) for name, count in counts.items()}
        sheets.add("surveys", each.held, **line, held_on=each.held.isoformat())
    if each.deadline:
        key = {"unit": course.place.code, "round": str(each.number)}
        planned = each.held + timedelta(days=3)
        sheets.add("remedials", planned, **key, plan=rng.choice(_PLANS), deadline=each.deadline.isoformat())
        if each.done:
            sheets.add("remedials", each.done, **key, done_on=each.done.isoformat())
