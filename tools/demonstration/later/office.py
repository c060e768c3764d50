"""What the district's office sends out, hears and decides, and who comes, goes and is commended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tools.demonstration.chance import seeded
from tools.demonstration.later.calendar import LAST, back, onwards
from tools.demonstration.places import ROOT
from tools.demonstration.study_and_rectification import OWN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tools.demonstration.district import Spring
    from tools.demonstration.later.checklists import Ticks
    from tools.demonstration.later.course import Course
    from tools.demonstration.people import Person
    from tools.demonstration.registers import Sheets

_SEED = 701

# Kind, title, drafted on, issued on (empty: a draft), units it tells of.
_BULLETINS = (
    ("bulletin", "分析评议阶段做法综述（续）", "2005-04-06", "2005-04-08", ("区审计局党组",)),
    ("bulletin", "各单位集中公布整改措施", "2005-04-20", "2005-04-22", ("区财政局（地税局）党委",)),
    ("bulletin", "第一批单位群众满意度测评情况", "2005-05-18", "2005-05-20", ("区教育局党委", "区卫生局党委")),
    ("report", "关于第一批教育活动情况的专报", "2005-06-23", "2005-06-24", ()),
    ("bulletin", "第二批教育活动全面启动", "2005-07-13", "2005-07-15", ("景山街道党工委",)),
    ("bulletin", "社区党员“双岗双责”受欢迎", "2005-08-24", "2005-08-26", ("梧田街道党工委",)),
    ("bulletin", "离退休干部党员学习不掉队", "2005-10-19", "2005-10-21", ("泽雅镇离退休干部党支部",)),
    ("bulletin", "第二批单位整改公示见成效", "2005-11-16", "2005-11-18", ("新桥街道党工委",)),
    ("report", "关于第二批教育活动情况的专报", "2005-12-29", "2005-12-30", ()),
    ("bulletin", "第三批教育活动全面启动", "2006-01-12", "2006-01-13", ("泽雅镇党委",)),
    ("bulletin", "村级党组织听民声、解民忧", "2006-03-09", "2006-03-10", ("高翔村党支部",)),
    ("bulletin", "各镇（街道）巡回检查组开展检查", "2006-04-13", "2006-04-14", ("瞿溪街道党工委",)),
    ("bulletin", "农村党组织整改落实情况", "2006-05-18", "2006-05-19", ("仙岩街道党工委",)),
    ("report", "关于群众满意度测评未通过单位补课情况的专报", "2006-06-15", "2006-06-16", ()),
    ("bulletin", "全区先进性教育活动总结", "2006-06-19", "", ()),
)
# Unit, whether one of its members, deeds, found on, the bulletin that told of it.
_MODELS = (
    ("泽雅镇离退休干部党支部", False, "为行动不便的老党员办“家庭课堂”", "2005-10-14", 6),
    ("区行政审批服务中心党支部", True, "推行延时服务，群众零投诉", "2005-04-15", 1),
    ("高翔村党支部", False, "村务账目逐笔上墙，群众满意", "2006-03-03", 10),
)
# Unit, reason, first day, last day, completed.
_TRAININGS = (
    ("区公安分局治安大队党支部", "年度考核末位", "2005-03-14", "2005-03-25", True),
    ("区建设局机关第一党支部", "效能投诉查实，考核末位", "2005-09-12", "2005-09-23", True),
    ("区农业局机关第一党支部", "年度考核末位", "2006-03-06", "2006-03-17", True),
    ("区林业局机关党支部", "年度考核末位", "2006-06-12", "2006-06-23", False),
)
# Unit, first day, last day, why, approved by.
_ABSENCES = (
    ("泽雅镇党委", "2005-09-05", "2005-09-09", "赴省委党校参加镇党委书记培训班", "区委组织部"),
    ("瞿溪街道党工委", "2006-03-13", "2006-03-16", "赴外地考察旧村改造", "区委组织部"),
)
_PUBLICITY = (
    ("newspaper", "《瓯海新闻》先进性教育专栏", 4),
    ("television", "“先锋”专题报道", 2),
    ("internet", "瓯海党建网专题", 8),
    ("book", "《先锋风采》党员事迹读本", 1),
)
_PRESS = "区新闻中心党支部"
_SAID = ("整改结果正在公示，{}前报测评安排", "补课方案已定，{}前组织第二轮测评", "党员外出务工，返村后补课，{}前报结果")
_CALLED = (date(2006, 6, 14), date(2006, 6, 15), date(2006, 6, 16), date(2006, 6, 19))
_CALLS = 14
_PROPOSED, _AWARDED = date(2006, 6, 5), date(2006, 6, 16)
_MEMBER, _UNIT = "优秀共产党员", "先进基层党组织"
_HONOURED_UNITS, _HONOURED_MEMBERS = 12, 24
# Every third is awarded already; the others wait for the meeting before 1 July.
_AWARDED_EVERY = 3
_EVERY_OTHER_MONTH = timedelta(days=56)


def tell(spring: Spring, sheets: Sheets) -> None:
    """Write bulletins and reports, name models, count the publicity, train who was ranked last, note absences."""
    tree = spring.tree
    for kind, title, drafted, issued, named in _BULLETINS:
        key = {"unit": ROOT, "kind": kind, "title": title, "drafted_on": drafted}
        sources = "、".join(tree.named(name).code for name in named)
        sheets.add("bulletins", date.fromisoformat(drafted), **key, sources=sources)
        if issued:
            sheets.add("bulletins", date.fromisoformat(issued), **key, issued_on=issued)
    # The draft of the spring went out after all.
    draft = next(record for record in spring.sheets.records("bulletins") if "issued_on" not in record)
    key = {name: draft[name] for name in ("unit", "kind", "title", "drafted_on")}
    sheets.add("bulletins", date(2005, 3, 25), **key, issued_on="2005-03-25")
    plain = _plain(spring)
    for name, personal, deeds, found, number in _MODELS:
        code = tree.named(name).code
        line = {"unit": code, "member": plain[code].code if personal else "", "deeds": deeds}
        _kind, title, _, issued, _ = _BULLETINS[number]
        sheets.add("models", date.fromisoformat(found), **line, found_on=found)
        sheets.add("models", date.fromisoformat(issued), **line, bulletin=title)
    trained = {(record["from_on"]): record["member"] for record in spring.sheets.records("trainings")}
    for name, reason, first, last, done in _TRAININGS:
        line = {"member": trained.get(first) or plain[tree.named(name).code].code, "from_on": first, "reason": reason}
        if first not in trained:
            sheets.add("trainings", date.fromisoformat(first), **line, to_on=last)
        if done:
            sheets.add("trainings", date.fromisoformat(last), **line, done_on=last)
    for name, first, last, why, who in _ABSENCES:
        place = tree.named(name)
        line = {"unit": place.code, "name": spring.crowd.chiefs[place.code].name, "reason": why, "approved_by": who}
        sheets.add("absences", date.fromisoformat(first), **line, from_on=first, to_on=last)
    for number in range(7):
        day = back(date(2005, 4, 8) + _EVERY_OTHER_MONTH * number)
        channel, title, count = _PUBLICITY[number % len(_PUBLICITY)]
        line = {"unit": tree.named(_PRESS).code, "channel": channel, "published_on": day.isoformat()}
        sheets.add("publicity", day, **line, title=title, count=str(count))
    for number, place in enumerate(place for place in tree.places if place.parent == "D"):
        planned = onwards(date(2005, 8, 1) + timedelta(days=9 * number))
        key = {"unit": place.code, "title": OWN[number % len(OWN)]}
        sheets.add("own-milestones", date(2005, 7, 15), **key, planned_on=planned.isoformat())
        sheets.add("own-milestones", planned, **key, done_on=planned.isoformat())


def _plain(spring: Spring) -> dict[str, Person]:
    """Find in each unit somebody without a post who was there all along."""
    return {
        person.unit: person
        for person in reversed(spring.crowd.members)
        if not person.leader and not person.incoming and person.code not in spring.by_hand.left
        if person.code not in spring.by_hand.now
    }


def call(courses: Mapping[str, Course], sheets: Sheets, owners: Mapping[str, str]) -> None:
    """Ring who has not finished, and write down what they promise."""
    late = [code for code, course in courses.items() if "improvement" not in course.closed]
    for number, code in enumerate(late[:_CALLS]):
        day = _CALLED[number % len(_CALLED)]
        again = LAST if number % 4 == 0 else onwards(day + timedelta(days=7))
        text = _SAID[number % len(_SAID)].format(f"{again.month}月{again.day}日")
        line = {"unit": code, "called_on": day.isoformat(), "said": text, "again_on": again.isoformat()}
        sheets.add("calls", day, **line, who=owners.get(code, ""))


def commend(spring: Spring, courses: Mapping[str, Course], ticks: Ticks, sheets: Sheets) -> None:
    """Propose members and units that have finished, and one that has not; some are honoured already."""
    rng = seeded(_SEED)
    finished = [code for code, course in courses.items() if course.closed.get("improvement", LAST) < _PROPOSED]
    rng.shuffle(finished)
    plain = _plain(spring)
    done = {(tick.member, tick.item) for tick in (*spring.progress.studied, *ticks.tasks)}
    members = [plain[code] for code in finished[_HONOURED_UNITS:] if code in plain]
    members = [person for person in members if all((person.code, task) in done for task in ("T1", "T2", "T3"))]
    chosen: Sequence[tuple[str, str, str]] = [
        *((code, "", _UNIT) for code in finished[:_HONOURED_UNITS]),
        *((person.unit, person.code, _MEMBER) for person in members[:_HONOURED_MEMBERS]),
    ]
    for number, (unit, member, honour) in enumerate(chosen):
        key = {"unit": unit, "member": member, "honour": honour}
        sheets.add("commendations", _PROPOSED, **key, proposed_on=_PROPOSED.isoformat())
        if number % _AWARDED_EVERY == 0:
            sheets.add("commendations", _AWARDED, **key, awarded_on=_AWARDED.isoformat())
    *_, behind = (code for code, course in courses.items() if course.fate == "improving")
    key = {"unit": behind, "honour": _UNIT, "proposed_on": _PROPOSED.isoformat()}
    sheets.add("commendations", _PROPOSED, **key, overridden="1", reason="抗台救灾表现突出，尾项已限期完成")
