"""The count in plain, slow, obvious Python, to be held against the program's figures.

Written from the description of the domain and the promised interface alone, never from the program.
Where the descriptions leave room, these readings were fixed:

- Tree, membership, exemption and closing are as of the day: what is dated on or before the as-of
  day has happened. `starts_on`, batch, kind, sector and the leader flag carry no date: they are as
  they are now.
- An owing unit is open on the day and has at least one required milestone that applies to it and is
  not exempted by the day. Exempted from all of them it owes nothing: it is neither owing nor at
  zero.
- `units` are the open ones of the kinds committee, general branch and branch, owing or not.
- A unit closed on or before the day leaves `units`, `units_owing` and every milestone figure.
  Members who are still in it and everything below it stay counted; it keeps its row among its
  parent's children, if need be full of zeros. It still passes its batch on, and still gives its own
  members their day 0.
- Day 0 of a unit is its own `starts_on`, else the first day of its batch: its own, else its nearest
  ancestor's in the tree of the day. A member's is that of the unit he or she is in on the day,
  whatever that unit's kind, closed or not.
- A unit opened after the day is not there yet: it owes nothing, is not counted, lends nobody its
  batch, start or sector, and is a row only where somebody or something in it or below it counts
  already. A member who arrives after the day is nobody's member yet. Each goes by its own day
  alone: who has none is there from the beginning, also in a unit that opens later.
- Without a day 0 all is owed and nothing is ever due, hence nothing is overdue, and nothing done is
  on time.
- Exempted wins over done: an exempted milestone leaves expected, due, done, on time and overdue.
- Sectors, unlike batches, are not inherited.
- A round of a survey is what its sheets dated by the day say: it fails with the first sheet that does
  not pass, and its day is that of the last of them. Rounds follow one another by number, not by day.
- Somebody who is exempt from studying is not held up by a missed session.
- The own row is last, and there is one when the unit itself contributes anything but zero.
- Rows by batch: every batch of the definition in its order, zeros included, then one without a code
  if any unit in scope (of any kind, open or closed) has no batch. Rows by sector: those that occur
  among the units in scope.
- Leads (L1 to L4) and optional milestones are never counted.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.independent.model import (
    BRANCH,
    COMMITTEE,
    GENERAL_BRANCH,
    PARTY_GROUP,
    WORK_COMMITTEE,
    District,
    Sheet,
    Unit,
)

GRASSROOTS = {COMMITTEE, GENERAL_BRANCH, BRANCH}

FIGURES = (
    "units",
    "units_owing",
    "members",
    "members_due",
    "members_covered",
    "milestones_expected",
    "milestones_due",
    "milestones_done",
    "milestones_on_time",
    "milestones_overdue",
    "units_overdue",
    "units_at_zero",
    "worst_days_late",
    "leaders",
    "leaders_complete",
    "nine_ones_expected",
    "nine_ones_done",
)


@dataclass(frozen=True)
class Batch:
    code: int
    first_day: date
    last_day: date


@dataclass(frozen=True)
class Milestone:
    code: str
    name: str
    due_day: int
    kinds: frozenset[str]
    required: bool = True
    sectors: frozenset[str] | None = None
    by_survey: bool = False
    """Reached through a passed survey alone."""

    @property
    def by_date(self) -> bool:
        return not self.by_survey

    def applies_to(self, unit: Unit) -> bool:
        return unit.kind in self.kinds and (self.sectors is None or unit.sector in self.sectors)


@dataclass(frozen=True)
class Task:
    code: str
    name: str
    due_day: int
    study: bool = False
    """Not done while a missed session is open."""


@dataclass(frozen=True)
class Campaign:
    batches: tuple[Batch, ...]
    milestones: tuple[Milestone, ...]
    tasks: tuple[Task, ...]
    items: dict[str, str]
    """The counted items of a leader, name by code."""
    leads: dict[str, str]
    """Recorded beside them, never counted."""


WITH_A_BODY = frozenset({COMMITTEE, PARTY_GROUP, WORK_COMMITTEE})
ALL_OWING = WITH_A_BODY | {GENERAL_BRANCH, BRANCH}

DEFAULT_CAMPAIGN = Campaign(
    batches=(
        Batch(1, date(2005, 1, 1), date(2005, 6, 30)),
        Batch(2, date(2005, 7, 1), date(2005, 12, 31)),
        Batch(3, date(2006, 1, 1), date(2006, 6, 30)),
    ),
    milestones=(
        Milestone("M101", "成立领导小组和工作机构", 15, WITH_A_BODY),
        Milestone("M102", "制定教育活动方案", 20, WITH_A_BODY),
        Milestone("M103", "召开动员部署大会", 30, ALL_OWING),
        Milestone("M104", "集中学习培训", 44, ALL_OWING),
        Milestone("M201", "广泛征求群众意见", 55, ALL_OWING),
        Milestone("M202", "对照标准找准突出问题", 65, ALL_OWING),
        Milestone("M203", "谈心活动", 70, ALL_OWING, required=False),
        Milestone("M204", "撰写党性分析材料", 75, ALL_OWING, required=False),
        Milestone("M205", "召开专题组织生活会", 85, ALL_OWING),
        Milestone("M206", "通报评议情况", 89, ALL_OWING, required=False),
        Milestone("M301", "制定整改方案", 100, ALL_OWING),
        Milestone("M302", "公布整改措施", 105, ALL_OWING),
        Milestone("M303", "公布整改结果", 125, ALL_OWING),
        Milestone("M304", "建章立制", 130, ALL_OWING),
        Milestone("M305", "群众满意度测评", 130, ALL_OWING, by_survey=True),
        Milestone("M306", "召开总结大会", 134, ALL_OWING),
    ),
    tasks=(
        Task("T1", "集中学习", 44, study=True),
        Task("T2", "参加专题组织生活会", 85),
        Task("T3", "制定个人整改措施", 100),
    ),
    items={
        "N1": "听一次先进事迹汇报",
        "N2": "开展一次慰问活动",
        "N3": "上一次党课",
        "N4": "听一堂党史课",
        "N5": "建立一个联系点",
        "N6": "开展一次谈心活动",
        "N7": "听一次群众意见",
        "N8": "过一次专题双重组织生活",
        "N9": "开展一次解决群众困难的活动",
    },
    leads={
        "L1": "带头参加学习",
        "L2": "带头查找问题",
        "L3": "带头制定和落实整改措施",
        "L4": "带头联系基层和群众",
    },
)

BRANCHES = frozenset({GENERAL_BRANCH, BRANCH})
NEAR_THE_MASSES = frozenset({"street", "community", "rural"})

MASS_LINE = Campaign(
    batches=(
        Batch(1, date(2013, 6, 18), date(2014, 1, 20)),
        Batch(2, date(2014, 1, 20), date(2014, 10, 8)),
    ),
    milestones=(
        Milestone("M101", "成立领导小组和工作机构", 15, WITH_A_BODY),
        Milestone("M102", "制定实施方案", 20, WITH_A_BODY),
        Milestone("M103", "召开动员大会", 30, ALL_OWING),
        Milestone("M104", "集中学习和专题讨论", 55, ALL_OWING),
        Milestone("M105", "广泛听取意见", 69, ALL_OWING),
        Milestone("M201", "梳理查摆“四风”问题", 85, ALL_OWING),
        Milestone("M202", "开展谈心交心", 105, ALL_OWING),
        Milestone("M203", "撰写对照检查材料", 110, WITH_A_BODY),
        Milestone("M204", "召开专题民主生活会", 125, WITH_A_BODY),
        Milestone("M205", "召开专题组织生活会", 130, BRANCHES),
        Milestone("M206", "民主评议党员", 135, BRANCHES),
        Milestone("M207", "通报专题民主生活会情况", 139, WITH_A_BODY, required=False),
        Milestone("M301", "制定整改方案、专项整治方案和制度建设计划", 155, WITH_A_BODY),
        Milestone("M302", "公布整改事项", 160, ALL_OWING),
        Milestone("M303", "开展“四风”突出问题专项整治", 190, WITH_A_BODY),
        Milestone("M304", "解决联系服务群众“最后一公里”问题", 195, ALL_OWING, sectors=NEAR_THE_MASSES),
        Milestone("M305", "建章立制", 200, ALL_OWING),
        Milestone("M306", "群众评议", 205, ALL_OWING, by_survey=True),
        Milestone("M307", "召开总结大会", 209, ALL_OWING),
    ),
    tasks=(
        Task("T1", "集中学习", 55, study=True),
        Task("T2", "参加专题组织生活会和民主评议", 135),
        Task("T3", "落实个人整改措施", 190),
    ),
    items={
        "N1": "带头参加集中学习",
        "N2": "到基层听取群众意见",
        "N3": "开展谈心交心",
        "N4": "撰写个人对照检查材料",
        "N5": "在专题民主生活会上开展批评和自我批评",
        "N6": "制定并落实个人整改措施",
    },
    leads={"L1": "到联系点指导"},
)

THEME = Campaign(
    batches=(
        Batch(1, date(2023, 4, 3), date(2023, 8, 31)),
        Batch(2, date(2023, 9, 5), date(2024, 1, 31)),
    ),
    milestones=(
        Milestone("M101", "成立领导小组及其办公室", 15, WITH_A_BODY),
        Milestone("M102", "制定实施方案", 20, WITH_A_BODY),
        Milestone("M103", "召开动员部署会议", 21, ALL_OWING),
        Milestone("M104", "举办读书班", 60, WITH_A_BODY),
        Milestone("M105", "讲专题党课", 80, ALL_OWING),
        Milestone("M106", "开展主题党日", 100, BRANCHES, required=False),
        Milestone("M201", "制定调研方案", 30, WITH_A_BODY),
        Milestone("M202", "深入开展调查研究", 75, WITH_A_BODY),
        Milestone("M203", "解剖正反面典型案例", 90, WITH_A_BODY, required=False),
        Milestone("M204", "交流调研成果", 95, WITH_A_BODY),
        Milestone("M301", "梳理推动发展的难题并制定措施", 80, WITH_A_BODY),
        Milestone("M302", "为群众办实事", 120, ALL_OWING),
        Milestone("M401", "列出问题清单", 60, ALL_OWING),
        Milestone("M402", "开展专项整治", 110, WITH_A_BODY),
        Milestone("M403", "召开专题民主生活会", 125, WITH_A_BODY),
        Milestone("M404", "召开专题组织生活会并民主评议党员", 128, BRANCHES),
        Milestone("M501", "健全完善制度", 130, WITH_A_BODY),
        Milestone("M502", "开展“回头看”并总结", 134, ALL_OWING),
    ),
    tasks=(
        Task("T1", "参加专题学习", 100, study=True),
        Task("T2", "立足岗位作贡献", 120),
        Task("T3", "参加专题组织生活会", 128),
    ),
    items={
        "N1": "参加读书班",
        "N2": "领题开展调查研究",
        "N3": "形成调研报告",
        "N4": "讲专题党课",
        "N5": "领办为群众办实事项目",
        "N6": "参加专题民主生活会",
        "N7": "参加所在支部的专题组织生活会",
    },
    leads={"L1": "到联系点指导"},
)

CAMPAIGNS = {"advanced-nature-2005": DEFAULT_CAMPAIGN, "mass-line-2013": MASS_LINE, "theme-2023": THEME}
"""Every campaign that ships, by its code; each written down here a second time, from its description."""


class Day:
    """The district as it stands on one day."""

    def __init__(self, district: District, campaign: Campaign, day: date) -> None:
        self.district = district
        self.campaign = campaign
        self.day = day
        self.units = {unit.code: unit for unit in district.units}
        self.parent = {unit.code: unit.parent for unit in district.units}
        for move in sorted(district.moves, key=lambda move: move.on):
            if move.on <= day:
                self.parent[move.unit] = move.parent
        self.closed = {closing.unit for closing in district.closings if closing.on <= day}
        self.unopened = {unit.code for unit in district.units if unit.opened_on is not None and unit.opened_on > day}
        left = {leaving.member for leaving in district.leavings if leaving.on <= day}
        self.unit_of = {
            member.code: member.unit
            for member in district.members
            if member.code not in left and (member.arrived_on is None or member.arrived_on <= day)
        }
        for transfer in sorted(district.transfers, key=lambda transfer: transfer.on):
            if transfer.on <= day and transfer.member in self.unit_of:
                self.unit_of[transfer.member] = transfer.unit

    def root(self) -> str | None:
        for unit in self.district.units:
            if unit.parent is None:
                return unit.code
        return None

    def children(self, code: str) -> list[str]:
        return sorted(child for child, parent in self.parent.items() if parent == code)

    def subtree(self, code: str) -> list[str]:
        codes = [code]
        for child in self.children(code):
            codes += self.subtree(child)
        return codes

    def batch(self, code: str) -> int | None:
        here: str | None = code
        while here is not None:
            own = None if here in self.unopened else self.units[here].batch
            if own is not None:
                return own
            here = self.parent[here]
        return None

    def day_zero(self, code: str) -> date | None:
        own = None if code in self.unopened else self.units[code].starts_on
        if own is not None:
            return own
        number = self.batch(code)
        for batch in self.campaign.batches:
            if batch.code == number:
                return batch.first_day
        return None

    def due_on(self, code: str, due_day: int) -> date | None:
        zero = self.day_zero(code)
        return None if zero is None else zero + timedelta(days=due_day)

    def expected(self, code: str) -> list[Milestone]:
        """The required milestones that a unit owes on this day."""
        if code in self.closed or code in self.unopened:
            return []
        return [
            milestone
            for milestone in self.campaign.milestones
            if milestone.required
            and milestone.applies_to(self.units[code])
            and not self._by_now(self.district.milestone_exemptions.get((code, milestone.code)))
        ]

    def sheet_passes(self, sheet: Sheet) -> bool:
        """Whether the masses are content: no valid ballots say nothing."""
        if sheet.valid == 0:
            return False
        if self.district.least_percent > 0:
            counted = [sheet.satisfied, sheet.fairly, sheet.basically][: self.district.grades]
            return Fraction(sum(counted), sheet.valid) >= Fraction(self.district.least_percent, 100)
        return sheet.dissatisfied <= sheet.valid - sheet.dissatisfied

    def survey_passed_on(self, code: str) -> date | None:
        """The day of the first round that passed after the last one that did not."""
        rounds: dict[int, list[Sheet]] = {}
        for sheet in self.district.sheets:
            if sheet.unit == code and self._by_now(sheet.on):
                rounds.setdefault(sheet.round, []).append(sheet)
        passed_on: date | None = None
        for number in sorted(rounds):
            if not all(self.sheet_passes(sheet) for sheet in rounds[number]):
                passed_on = None
            elif passed_on is None:
                passed_on = max(sheet.on for sheet in rounds[number])
        return passed_on

    def done_on(self, code: str, milestone: Milestone) -> date | None:
        if milestone.by_survey:
            return self.survey_passed_on(code)
        done = self.district.milestone_dates.get((code, milestone.code))
        return done if self._by_now(done) else None

    def days_late(self, code: str, milestone: Milestone) -> int:
        """How many days an expected milestone is overdue; 0 when it is not."""
        due = self.due_on(code, milestone.due_day)
        if due is None or due >= self.day or self.done_on(code, milestone) is not None:
            return 0
        return (self.day - due).days

    def due_tasks(self, member: str) -> list[Task]:
        """The tasks of a member whose due day has come and from which nobody exempted him or her."""
        due = []
        for task in self.campaign.tasks:
            exempted = self._by_now(self.district.task_exemptions.get((member, task.code)))
            if self._by_now(self.due_on(self.unit_of[member], task.due_day)) and not exempted:
                due.append(task)
        return due

    def missed_open(self, member: str) -> bool:
        """Whether a session that was held and missed is not made good yet."""
        held = {session.topic: session.on for session in self.district.sessions}
        return any(
            missed.member == member and self._by_now(held[missed.topic]) and not self._by_now(missed.made_up_on)
            for missed in self.district.missed
        )

    def task_is_done(self, member: str, task: Task) -> bool:
        if task.study and self.missed_open(member):
            return False
        return self._by_now(self.district.task_dates.get((member, task.code)))

    def first_dates(self, member: str) -> dict[str, date]:
        """The earliest date of each of the nine that a leader has done."""
        first: dict[str, date] = {}
        for who, item, on in self.district.nine_ones:
            if who == member and item in self.campaign.items and self._by_now(on):
                first[item] = min(on, first.get(item, on))
        return first

    def _by_now(self, on: date | None) -> bool:
        return on is not None and on <= self.day

    def figures(self, codes: list[str]) -> dict[str, int | None]:
        """The figures of these units and of the members in them."""
        return self._unit_figures(codes) | self._member_figures(codes) | self._leader_figures(codes)

    def _unit_figures(self, codes: list[str]) -> dict[str, int | None]:
        units = owing = expected = due = done = on_time = overdue = units_overdue = at_zero = 0
        worst: int | None = None
        for code in codes:
            if self.units[code].kind in GRASSROOTS and code not in self.closed and code not in self.unopened:
                units += 1
            milestones = self.expected(code)
            if not milestones:
                continue
            owing += 1
            dates = [self.done_on(code, milestone) for milestone in milestones]
            late = [days for milestone in milestones if (days := self.days_late(code, milestone)) > 0]
            expected += len(milestones)
            done += sum(1 for on in dates if on is not None)
            overdue += len(late)
            if late:
                units_overdue += 1
                worst = max(late) if worst is None else max(worst, *late)
            if all(on is None for on in dates):
                at_zero += 1
            for milestone, on in zip(milestones, dates, strict=True):
                due_on = self.due_on(code, milestone.due_day)
                if due_on is not None and due_on <= self.day:
                    due += 1
                if due_on is not None and on is not None and on <= due_on:
                    on_time += 1
        return {
            "units": units,
            "units_owing": owing,
            "milestones_expected": expected,
            "milestones_due": due,
            "milestones_done": done,
            "milestones_on_time": on_time,
            "milestones_overdue": overdue,
            "units_overdue": units_overdue,
            "units_at_zero": at_zero,
            "worst_days_late": worst,
        }

    def _member_figures(self, codes: list[str]) -> dict[str, int | None]:
        members = due = covered = 0
        for member, unit in self.unit_of.items():
            if unit not in codes:
                continue
            members += 1
            tasks = self.due_tasks(member)
            if tasks:
                due += 1
                if all(self.task_is_done(member, task) for task in tasks):
                    covered += 1
        return {"members": members, "members_due": due, "members_covered": covered}

    def leaders(self, codes: list[str]) -> list[str]:
        return [
            member.code for member in self.district.members if member.leader and self.unit_of.get(member.code) in codes
        ]

    def _leader_figures(self, codes: list[str]) -> dict[str, int | None]:
        leaders = self.leaders(codes)
        done = [len(self.first_dates(leader)) for leader in leaders]
        number = len(self.campaign.items)
        return {
            "leaders": len(leaders),
            "leaders_complete": sum(1 for items in done if items == number),
            "nine_ones_expected": number * len(leaders),
            "nine_ones_done": sum(done),
        }


def is_zero(figures: dict[str, Any]) -> bool:
    """Whether a row of figures says nothing at all."""
    return not any(figures[key] for key in FIGURES)


def status(district: District, campaign: Campaign, unit_code: str | None = None, *, as_of: date) -> dict[str, Any]:
    """What `status UNIT --as-of DAY --format json` must print."""
    day = Day(district, campaign, as_of)
    here = day.root() if unit_code is None else unit_code
    rows: list[dict[str, Any]] = []
    if here is not None:
        for child in day.children(here):
            name = day.units[child].name
            summed = day.figures(day.subtree(child))
            if child not in day.unopened or not is_zero(summed):
                rows.append({"code": child, "name": name, "own": False} | summed)
        own = day.figures([here])
        if not is_zero(own):
            rows.append({"code": here, "name": day.units[here].name, "own": True} | own)
    return _answer(day, here, rows)


def status_by(district: District, campaign: Campaign, unit_code: str | None, as_of: date, by: str) -> dict[str, Any]:
    """What `status UNIT --by batch|sector --format json` must print, but for the names of the rows."""
    day = Day(district, campaign, as_of)
    here = day.root() if unit_code is None else unit_code
    scope = [] if here is None else day.subtree(here)
    batches = {code: day.batch(code) for code in scope}
    sectors = {code: None if code in day.unopened else day.units[code].sector for code in scope}
    # A unit that is not there yet makes no row, unless somebody is in it.
    shown = [code for code in scope if code not in day.unopened or code in day.unit_of.values()]
    key_of: dict[str, str | None]
    keys: list[str | None] = []
    if by == "batch":
        key_of = {code: None if batch is None else str(batch) for code, batch in batches.items()}
        keys += [str(batch.code) for batch in campaign.batches if here is not None]
    elif by == "sector":
        key_of = sectors
        keys += sorted({sector for code in shown if (sector := sectors[code]) is not None})
    else:
        raise ValueError(by)
    if None in [key_of[code] for code in shown]:
        keys.append(None)
    rows: list[dict[str, Any]] = []
    for key in keys:
        figures = day.figures([code for code in scope if key_of[code] == key])
        rows.append({"code": key} | dict[str, Any](figures))
    return _answer(day, here, rows)


def _answer(day: Day, here: str | None, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "format_version": 1,
        "as_of": day.day.isoformat(),
        "unit": here,
        "rows": rows,
        "total": day.figures([] if here is None else day.subtree(here)),
    }


def overdue(
    district: District, campaign: Campaign, unit_code: str | None, as_of: date
) -> list[tuple[str, str, date, int]]:
    """What `overdue UNIT` must list: unit, milestone, due day, days late; in the promised order."""
    day = Day(district, campaign, as_of)
    here = day.root() if unit_code is None else unit_code
    rows = []
    for code in [] if here is None else day.subtree(here):
        for milestone in day.expected(code):
            days = day.days_late(code, milestone)
            if days > 0:
                rows.append((code, milestone.code, as_of - timedelta(days=days), days))
    return sorted(rows, key=lambda row: (-row[3], row[0], row[1]))


def nine_status(district: District, campaign: Campaign, unit_code: str | None, as_of: date) -> list[dict[str, Any]]:
    """What `nine status UNIT` must list, in the order of the members' codes; `done` is how many."""
    day = Day(district, campaign, as_of)
    here = day.root() if unit_code is None else unit_code
    names = {member.code: member.name for member in district.members}
    rows: list[dict[str, Any]] = []
    for leader in sorted(day.leaders([] if here is None else day.subtree(here))):
        first = day.first_dates(leader)
        row: dict[str, Any] = {"member": leader, "name": names[leader], "unit": day.unit_of[leader]}
        row |= {item: first[item].isoformat() if item in first else None for item in campaign.items}
        rows.append(row | {"done": len(first)})
    return rows
