"""What the district's office sends out and hears: bulletins, models, publicity, trainings, calls."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tools.demonstration.chance import chance, seeded
from tools.demonstration.days import workday
from tools.demonstration.places import ROOT
from tools.demonstration.progress import OWING, PINNED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tools.demonstration.changes import Changes
    from tools.demonstration.people import People
    from tools.demonstration.progress import Mark
    from tools.demonstration.registers import Sheets
    from tools.demonstration.tree import Tree

_SEED = 85

# Title, drafted on, issued on (empty: a draft), units it tells of.
_BULLETINS = (
    ("全区保持共产党员先进性教育活动动员大会召开", "2005-01-14", "2005-01-17", ()),
    ("区财政局（地税局）精心组织，扎实起步", "2005-01-27", "2005-01-28", ("区财政局（地税局）党委",)),
    ("法院系统把学习与审判工作结合起来", "2005-02-03", "2005-02-04", ("区人民法院党组", "区人民检察院党组")),
    ("各督导组通报第一轮督导情况", "2005-02-24", "2005-02-25", ("区卫生局党委", "区交通局党委")),
    ("送学上门，不让一名党员掉队", "2005-03-09", "2005-03-11", ("区卫生系统离退休党支部", "区教育局党委")),
    ("分析评议阶段做法综述", "2005-03-18", "", ("区审计局党组", "区总工会党组")),
)
# Unit, whether one of its members, deeds, found on, the bulletin that told of it.
_MODELS = (
    ("区人民法院执行局党支部", True, "带病坚持执行一线，结案率全院第一", "2005-01-31", 2),
    ("区财政局（地税局）党委", False, "边学边改，办税窗口实行一次告知", "2005-01-26", 1),
    ("区卫生系统离退休党支部", False, "为行动不便的老党员送学上门", "2005-03-07", 4),
    ("区教师进修学校党支部", True, "二十年坚持资助贫困学生", "2005-02-04", None),
)
_CHANNELS = (
    ("newspaper", "《瓯海新闻》先进性教育专栏", 3),
    ("television", "“先锋”专题报道", 2),
    ("radio", "先进性教育之窗", 4),
    ("internet", "瓯海党建网专题", 9),
)
_PRESS = "区新闻中心党支部"
_BOARDS = ("区财政局（地税局）党委", "区教育局党委", "区人民检察院党组", "区审计局党组")
_FRIDAYS = tuple(date(2005, 1, 14) + timedelta(days=7 * number) for number in range(10))
# Unit, reason, first day, last day, completed.
_TRAININGS = (
    ("区司法局机关党支部", "年度考核末位", "2005-02-28", "2005-03-11", True),
    ("区交通局机关第一党支部", "机关效能投诉查实，考核末位", "2005-03-07", "2005-03-18", True),
    ("区公安分局治安大队党支部", "年度考核末位", "2005-03-14", "2005-03-25", False),
)
_SAID = (
    ("单位忙于年度结算，答应{}前补上", 8),
    ("负责人出差，回来即办，{}前报", 7),
    ("材料已写好，{}前上报", 6),
    ("支部换届刚完成，{}前开会", 10),
)
_CALLS = 24
_CALLED = (date(2005, 3, 14), date(2005, 3, 15), date(2005, 3, 17), date(2005, 3, 18))
_DUE = {"M103": 30, "M104": 44, "M201": 55}
# Before it, what a unit owes is not worth a call.
_PATIENCE = 7


def tell(sheets: Sheets, tree: Tree, people: People) -> None:
    """Write the bulletins, name the models, count the publicity, train who was ranked last."""
    for title, drafted, issued, named in _BULLETINS:
        key = {"unit": ROOT, "kind": "bulletin", "title": title, "drafted_on": drafted}
        sources = "、".join(tree.named(name).code for name in named)
        sheets.add("bulletins", date.fromisoformat(drafted), **key, sources=sources)
        if issued:
            sheets.add("bulletins", date.fromisoformat(issued), **key, issued_on=issued)
    plain = {
        person.unit: person
        for person in reversed(people.members)
        if not person.leader and not person.incoming and person.category in {"civil_servant", "teacher"}
    }
    for name, personal, deeds, found, number in _MODELS:
        code = tree.named(name).code
        member = plain[code].code if personal else ""
        sheets.add("models", date.fromisoformat(found), unit=code, member=member, deeds=deeds, found_on=found)
        if number is not None:
            title, _, issued, _ = _BULLETINS[number]
            sheets.add("models", date.fromisoformat(issued), unit=code, member=member, deeds=deeds, bulletin=title)
    for name, reason, first, last, done in _TRAININGS:
        line = {"member": plain[tree.named(name).code].code, "from_on": first}
        sheets.add("trainings", date.fromisoformat(first), **line, reason=reason, to_on=last)
        if done:
            sheets.add("trainings", date.fromisoformat(last), **line, reason=reason, done_on=last)
    _publish(sheets, tree)


def _publish(sheets: Sheets, tree: Tree) -> None:
    press = tree.named(_PRESS).code
    for number, friday in enumerate(_FRIDAYS):
        day = workday(friday)
        channel, title, count = _CHANNELS[number % len(_CHANNELS)]
        line = {"published_on": day.isoformat()}
        sheets.add("publicity", day, unit=press, channel=channel, title=title, count=str(count), **line)
        board = tree.named(_BOARDS[number % len(_BOARDS)]).code
        sheets.add("publicity", day, unit=board, channel="board", title="先进性教育宣传栏", count="1", **line)


def call(sheets: Sheets, tree: Tree, by_hand: Changes, marks: Sequence[Mark], owners: Mapping[str, str]) -> None:
    """Ring who is late, and write down what they promise."""
    rng = seeded(_SEED)
    late = list(_late(tree, by_hand, marks))
    for number, code in enumerate(late[:: -(-len(late) // _CALLS)]):
        day = _CALLED[number % len(_CALLED)]
        said, days = rng.choice(_SAID)
        again = workday(day + timedelta(days=days))
        if chance(rng, 0.25):
            again = PINNED
        text = said.format(f"{again.month}月{again.day}日")
        line = {"unit": code, "called_on": day.isoformat(), "said": text, "again_on": again.isoformat()}
        sheets.add("calls", day, **line, who=owners.get(code, ""))


def _late(tree: Tree, by_hand: Changes, marks: Sequence[Mark]) -> Iterator[str]:
    reached = {(mark.place.code, mark.milestone) for mark in marks} | by_hand.unit_exempt
    for place in tree.places:
        start = tree.start(place)
        if place.kind in OWING and start is not None and place.code not in by_hand.closed:
            limit = (PINNED - start).days - _PATIENCE
            if any(due < limit and (place.code, code) not in reached for code, due in _DUE.items()):
                yield place.code
