"""Districts of any shape, and the files and commands by which a clerk would enter them.

What is drawn is always something the program has to accept: no cycle in the tree on any day,
nothing recorded on a unit on or after its closing day, nobody moved into a closed unit, no two
units of one name under one parent, only dates that lie in the past. The root never closes and never
moves.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.independent.count import CAMPAIGNS, Batch, Campaign, Day, Milestone
from tests.independent.model import (
    BRANCH,
    COMMITTEE,
    DISTRICT,
    GENERAL_BRANCH,
    GROUP,
    PARTY_GROUP,
    WORK_COMMITTEE,
    Closing,
    District,
    Leaving,
    Member,
    Missed,
    Move,
    Session,
    Sheet,
    Transfer,
    Unit,
)

# The days that are drawn are those of the campaign of 2005; those of another are as far from its own beginning.
FIRST_DAY = date(2004, 11, 1)
LAST_DAY = date(2006, 8, 31)
BEGIN = date(2005, 1, 1)
DEPTH = 6
ROOT = "330304"

KIND_NAMES = {
    DISTRICT: "区委",
    COMMITTEE: "党委",
    PARTY_GROUP: "党组",
    WORK_COMMITTEE: "党工委",
    GENERAL_BRANCH: "党总支",
    BRANCH: "党支部",
    GROUP: "分组",
}
BATCH_NAMES = {1: "第一批", 2: "第二批", 3: "第三批"}
SECTORS = {"government": "机关", "institution": "事业单位", "community": "社区", "rural": "农村"}
"""The accepted sectors: the code, in English cells and in the figures; the name, in Chinese cells."""

UNIT_NAMES = (
    "机关党支部",
    "第一党支部",
    "离退休干部党支部",
    "瓯海区（直属）机关党委",
    "㙟𠔻村党支部",
    "瓯海区郭溪街道办事处机关及所属事业单位离退休干部与流动党员联合党总支部委员会第三党支部",
)
MEMBER_NAMES = ("王伟", "李娜", "欧阳㛃", "阿卜杜拉·买买提", "陈国强")


@dataclass(frozen=True)
class Setting:
    """A campaign, and what of it is drawn from."""

    campaign: Campaign

    @property
    def shift(self) -> timedelta:
        return self.begin - BEGIN

    @property
    def begin(self) -> date:
        return self.campaign.batches[0].first_day

    @property
    def first_day(self) -> date:
        return FIRST_DAY + self.shift

    @property
    def last_day(self) -> date:
        return LAST_DAY + self.shift

    @property
    def batches(self) -> tuple[Batch, ...]:
        return self.campaign.batches

    @property
    def required(self) -> list[Milestone]:
        return [milestone for milestone in self.campaign.milestones if milestone.required]

    @property
    def by_date(self) -> list[Milestone]:
        """What is reached by a passed survey alone is never dated here."""
        return [milestone for milestone in self.campaign.milestones if milestone.by_date]

    @property
    def items(self) -> list[str]:
        return [*self.campaign.items, *self.campaign.leads]


SETTINGS = {name: Setting(campaign) for name, campaign in CAMPAIGNS.items()}


def setting(district: District) -> Setting:
    """The campaign in whose course a district was drawn."""
    return SETTINGS[district.campaign]


days = st.dates(FIRST_DAY, LAST_DAY)
offsets = st.sampled_from((0, 1, -1, 7, -7, 30, -30, 90, -75, 200))
"""How far from its due day a thing is done."""
indexes = st.integers(0, 99)
"""Which of some records is meant, modulo how many there are."""


# ------------------------------------------------------------------------------------------------- seeds


@dataclass
class UnitSeed:
    code: str
    parent: int
    kind: str
    name: int
    sector: str | None
    batch: int | None
    starts_on: date | None
    phone: str | None
    reached: int
    lag: int
    exempt_from_all_on: date | None
    opened_on: date | None


@dataclass
class MemberSeed:
    unit: int
    name: int
    birth: date
    has_id: bool
    leader: bool
    joined_on: str | None
    tasks: int
    lag: int
    items: int
    exempt_from_all_on: date | None
    arrived_on: date | None


def _mostly_none(strategy: st.SearchStrategy[date], odds: int) -> st.SearchStrategy[date | None]:
    return st.one_of(*[st.none() for _ in range(odds)], strategy)


_code_ends = st.text("0123456789ABXZ", min_size=1, max_size=2)
unit_codes = st.one_of(
    st.text("0123456789ABXZ", min_size=1, max_size=4), st.builds("{}-{}".format, _code_ends, _code_ends)
)

unit_seeds = st.builds(
    UnitSeed,
    code=unit_codes,
    parent=indexes,
    kind=st.sampled_from((BRANCH, BRANCH, BRANCH, COMMITTEE, GENERAL_BRANCH, PARTY_GROUP, WORK_COMMITTEE, GROUP)),
    name=st.integers(0, 9),
    sector=st.sampled_from((None, None, *SECTORS)),
    batch=st.sampled_from((None, None, 1, 2, 3)),
    starts_on=_mostly_none(st.dates(date(2004, 11, 15), date(2006, 6, 30)), 4),
    phone=st.sampled_from((None, "0577-88521234", "13905770000")),
    reached=st.sampled_from((0, 0, 1, 3, 6, 9, 20)),
    lag=offsets,
    exempt_from_all_on=_mostly_none(days, 9),
    opened_on=_mostly_none(days, 4),
)

member_seeds = st.builds(
    MemberSeed,
    unit=indexes,
    name=st.integers(0, 9),
    birth=st.dates(date(1925, 1, 1), date(1982, 12, 31)),
    has_id=st.sampled_from((True, True, True, False)),
    leader=st.sampled_from((False, False, True)),
    joined_on=st.sampled_from((None, "2003-07", "2005-06-20", "2006-04")),
    tasks=st.integers(0, 3),
    lag=offsets,
    items=st.sampled_from((0, 1, 8, 9, 9)),
    exempt_from_all_on=_mostly_none(days, 9),
    arrived_on=_mostly_none(days, 3),
)


def _some(size: int, *parts: st.SearchStrategy[int] | st.SearchStrategy[date]) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.tuples(*parts), max_size=size)


@dataclass
class Seeds:
    """What was drawn, before it is made into a district that hangs together."""

    units: list[UnitSeed]
    root_batch: int | None
    members: list[MemberSeed]
    moves: list[tuple[int, int, date]] = field(default_factory=list)
    closings: list[tuple[int, date]] = field(default_factory=list)
    transfers: list[tuple[int, int, date]] = field(default_factory=list)
    leavings: list[tuple[int, int]] = field(default_factory=list)
    milestones: list[tuple[int, int, int]] = field(default_factory=list)
    milestone_exemptions: list[tuple[int, int, date]] = field(default_factory=list)
    tasks: list[tuple[int, int, int]] = field(default_factory=list)
    task_exemptions: list[tuple[int, int, date]] = field(default_factory=list)
    nine_ones: list[tuple[int, int, date]] = field(default_factory=list)
    sheets: list[tuple[int, int, bool, date, tuple[int, ...]]] = field(default_factory=list)
    sessions: list[tuple[int, date, list[tuple[int, int | None]]]] = field(default_factory=list)
    survey_rule: tuple[int, int] = (0, 3)
    campaign: str = "advanced-nature-2005"


ballots = st.one_of(
    st.tuples(*[st.integers(0, 3)] * 5),
    # At the edges: exactly half, one more, none at all, exactly so many of a hundred.
    st.sampled_from(
        ((5, 0, 0, 5, 0), (2, 2, 0, 5, 0), (0, 0, 0, 0, 0), (7, 1, 1, 1, 0), (6, 0, 1, 3, 0), (1, 0, 0, 5, 4))
    ),
)
sheet_seeds = st.tuples(indexes, st.integers(1, 4), st.booleans(), days, ballots)
absence_seeds = st.lists(st.tuples(indexes, st.one_of(st.none(), st.integers(0, 60))), min_size=1, max_size=4)
session_seeds = st.tuples(indexes, days, absence_seeds)


@st.composite
def districts(draw: st.DrawFn) -> District:
    """A district of 1 to 25 units and up to 40 members in any campaign, with anything recorded of them."""
    size, people = draw(st.integers(0, 24)), draw(st.integers(0, 40))
    unit_list = st.lists(unit_seeds, min_size=size, max_size=size, unique_by=lambda seed: seed.code)
    seeds = Seeds(
        units=draw(unit_list),
        root_batch=draw(st.sampled_from((None, None, 1))),
        members=draw(st.lists(member_seeds, min_size=people, max_size=people)),
        moves=draw(_some(6, indexes, indexes, days)),
        closings=draw(_some(4, indexes, days)),
        transfers=draw(_some(12, st.integers(0, 9), indexes, days)),
        leavings=draw(_some(4, indexes, st.integers(1, 400))),
        milestones=draw(_some(25, indexes, indexes, offsets)),
        milestone_exemptions=draw(_some(8, indexes, indexes, days)),
        tasks=draw(_some(12, indexes, indexes, offsets)),
        task_exemptions=draw(_some(6, indexes, indexes, days)),
        nine_ones=draw(_some(20, indexes, indexes, days)),
        sheets=draw(st.lists(sheet_seeds, max_size=12)),
        sessions=draw(st.lists(session_seeds, max_size=5)),
        survey_rule=draw(st.sampled_from(((0, 3), (0, 3), (70, 3), (70, 1), (90, 2), (100, 3)))),
        campaign=draw(st.sampled_from(sorted(CAMPAIGNS))),
    )
    district = build(_placed(seeds))
    assert_sound(district)
    return district


# --------------------------------------------------------------------------------- from seeds to a district


def _placed(seeds: Seeds) -> Seeds:
    """The same seeds in the days and the batches of their campaign."""
    campaign = SETTINGS[seeds.campaign]

    def moved(value: Any) -> Any:
        if isinstance(value, date):
            return value + campaign.shift
        if isinstance(value, tuple):
            return tuple(map(moved, value))
        return [moved(each) for each in value] if isinstance(value, list) else value

    def batch(number: int | None) -> int | None:
        return None if number is None else campaign.batches[(number - 1) % len(campaign.batches)].code

    plain = {each.name: moved(getattr(seeds, each.name)) for each in fields(seeds)}
    return Seeds(
        **plain
        | {
            "root_batch": batch(seeds.root_batch),
            "units": [
                replace(
                    unit,
                    batch=batch(unit.batch),
                    starts_on=moved(unit.starts_on),
                    exempt_from_all_on=moved(unit.exempt_from_all_on),
                    opened_on=moved(unit.opened_on),
                )
                for unit in seeds.units
            ],
            "members": [
                replace(
                    member,
                    exempt_from_all_on=moved(member.exempt_from_all_on),
                    arrived_on=moved(member.arrived_on),
                )
                for member in seeds.members
            ],
        }
    )


def build(seeds: Seeds) -> District:
    """Make the drawn seeds a district, leaving out what could not have been."""
    district = District(campaign=seeds.campaign)
    _add_units(district, seeds)
    _add_closings(district, seeds)
    _add_moves(district, seeds)
    _add_milestones(district, seeds)
    _add_members(district, seeds)
    _add_transfers(district, seeds)
    _add_member_records(district, seeds)
    _add_leavings(district, seeds)
    _add_sheets(district, seeds)
    _add_sessions(district, seeds)
    return district


def _add_units(district: District, seeds: Seeds) -> None:
    units = [Unit(ROOT, "瓯海区委", None, DISTRICT, batch=seeds.root_batch)]
    depth = {ROOT: 1}
    taken: set[tuple[str | None, str]] = set()
    for number, seed in enumerate(seeds.units):
        if seed.code == ROOT:
            continue
        # One third hang below the unit before them, so that deep trees are as common as wide ones.
        parent = units[-1] if seed.parent % 3 == 0 else units[seed.parent % len(units)]
        while depth[parent.code] >= DEPTH:
            parent = next(unit for unit in units if unit.code == parent.parent)
        name = UNIT_NAMES[seed.name] if seed.name < len(UNIT_NAMES) else f"第{number}村党组织"
        if (parent.code, name) in taken:
            name = f"{name}之{number}"
        taken.add((parent.code, name))
        depth[seed.code] = depth[parent.code] + 1
        units.append(
            Unit(
                code=seed.code,
                name=name,
                parent=parent.code,
                kind=seed.kind,
                sector=seed.sector,
                batch=seed.batch,
                starts_on=seed.starts_on,
                shift_reason=None if seed.starts_on is None else "村级组织换届",
                chief=None if seed.phone is None else "林建华",
                phone=seed.phone,
                opened_on=seed.opened_on,
            )
        )
    district.units = units


def _add_closings(district: District, seeds: Seeds) -> None:
    closed: dict[str, date] = {}
    for index, on in seeds.closings:
        unit = district.units[index % len(district.units)]
        if unit.parent is not None and (unit.opened_on is None or unit.opened_on <= on):
            closed.setdefault(unit.code, on)
    district.closings = [Closing(code, on) for code, on in closed.items()]


def _add_moves(district: District, seeds: Seeds) -> None:
    names = {unit.code: unit.name for unit in district.units}
    parent = {unit.code: unit.parent for unit in district.units}
    last: dict[str, date] = {}
    for index, target, on in sorted(seeds.moves, key=lambda move: move[2]):
        unit = district.units[index % len(district.units)].code
        new = district.units[target % len(district.units)].code
        namesakes = {names[code] for code, above in parent.items() if above == new}
        if (
            parent[unit] is None
            or new in (unit, parent[unit])
            or unit in _above(parent, new)
            or names[unit] in namesakes
            or last.get(unit) == on
            or not (_is_open(district, unit, on) and _is_open(district, new, on))
        ):
            continue
        parent[unit], last[unit] = new, on
        district.moves.append(Move(unit, on, new))


def _above(parent: dict[str, str | None], code: str) -> Iterator[str]:
    above = parent[code]
    while above is not None:
        yield above
        above = parent[above]


def _is_open(district: District, unit: str, on: date) -> bool:
    opened_on = next(each.opened_on for each in district.units if each.code == unit)
    opened = opened_on is None or opened_on <= on
    return opened and all(on < closing.on for closing in district.closings if closing.unit == unit)


def _clip(district: District, day: date) -> date:
    return min(max(day, setting(district).first_day), setting(district).last_day)


def _aim(district: District, zero: date | None, due_day: int, lag: int) -> date:
    return _clip(district, (zero or setting(district).begin) + timedelta(days=due_day + lag))


def _mark(district: District, start: Day, code: str, number: int, lag: int) -> None:
    milestones = setting(district).by_date
    milestone = milestones[number % len(milestones)]
    on = _aim(district, start.day_zero(code), milestone.due_day, lag)
    if milestone.applies_to(start.units[code]) and _is_open(district, code, on):
        district.milestone_dates[code, milestone.code] = on


def _exempt(district: District, start: Day, code: str, number: int, on: date) -> None:
    milestones = setting(district).required
    milestone = milestones[number % len(milestones)]
    if milestone.applies_to(start.units[code]) and _is_open(district, code, on):
        district.milestone_exemptions.setdefault((code, milestone.code), on)


def _add_milestones(district: District, seeds: Seeds) -> None:
    start = Day(district, setting(district).campaign, setting(district).last_day)
    codes = [unit.code for unit in district.units]
    for seed in seeds.units:
        if seed.code not in codes[1:]:
            continue
        for number in range(min(seed.reached, len(setting(district).by_date))):
            _mark(district, start, seed.code, number, seed.lag)
        if seed.exempt_from_all_on is not None:
            for number in range(len(setting(district).required)):
                _exempt(district, start, seed.code, number, seed.exempt_from_all_on)
    for index, number, lag in seeds.milestones:
        _mark(district, start, codes[index % len(codes)], number, lag)
    for index, number, on in seeds.milestone_exemptions:
        _exempt(district, start, codes[index % len(codes)], number, on)


def check_character(digits: str) -> str:
    """The eighteenth character of a resident ID number after its seventeen digits, by ISO 7064 MOD 11-2."""
    weighed = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(digits))
    return "10X98765432"[weighed % 11]


def id_number(birth: date, serial: int) -> str:
    digits = f"330304{birth:%Y%m%d}{serial:03d}"
    return digits + check_character(digits)


def _add_members(district: District, seeds: Seeds) -> None:
    taken: set[tuple[str, str]] = set()
    for number, seed in enumerate(seeds.members):
        unit = district.units[seed.unit % len(district.units)].code
        name = MEMBER_NAMES[seed.name] if seed.name < len(MEMBER_NAMES) else f"党员{number}"
        has_id = seed.has_id or (unit, name) in taken
        if not has_id and number % 2:
            # Every other one without a number also has a name that nobody in the district shares.
            name = f"周{number}"
        taken.add((unit, name))
        district.members.append(
            Member(
                code=f"P{number:03d}",
                name=name,
                unit=unit,
                id_number=id_number(seed.birth, number) if has_id else None,
                leader=seed.leader,
                joined_on=seed.joined_on,
                arrived_on=seed.arrived_on,
            )
        )
    alone = [(member.unit, member.name) for member in district.members]
    district.members = [
        replace(member, name=f"{member.name}{member.code[1:]}")
        if member.id_number is None and alone.count((member.unit, member.name)) > 1
        else member
        for member in district.members
    ]


def _add_transfers(district: District, seeds: Seeds) -> None:
    if not district.members:
        return
    unit_of = {member.code: member.unit for member in district.members}
    arrived: dict[str, Any] = {member.code: member.arrived_on for member in district.members}
    last: dict[str, date] = {}
    for index, target, on in sorted(seeds.transfers, key=lambda transfer: transfer[2]):
        member = district.members[index % len(district.members)].code
        unit = district.units[target % len(district.units)].code
        here = arrived.get(member) is None or arrived[member] <= on
        if unit == unit_of[member] or last.get(member) == on or not here or not _is_open(district, unit, on):
            continue
        unit_of[member], last[member] = unit, on
        district.transfers.append(Transfer(member, on, unit))


def _do(district: District, start: Day, member: Member, number: int, lag: int) -> None:
    tasks = setting(district).campaign.tasks
    task = tasks[number % len(tasks)]
    district.task_dates[member.code, task.code] = _aim(district, start.day_zero(member.unit), task.due_day, lag)


def _add_usual_records(district: District, seeds: Seeds) -> None:
    """What each member's seed says: so many tasks, so many of the nine, exempt from everything."""
    start = Day(district, setting(district).campaign, setting(district).last_day)
    for member, seed in zip(district.members, seeds.members, strict=True):
        for number in range(seed.tasks):
            _do(district, start, member, number, seed.lag)
        if seed.exempt_from_all_on is not None:
            for task in setting(district).campaign.tasks:
                district.task_exemptions[member.code, task.code] = seed.exempt_from_all_on
        if member.leader:
            for number, item in enumerate(setting(district).items[: seed.items]):
                on = _clip(district, setting(district).begin + timedelta(days=seed.lag + 20 * number))
                district.nine_ones.append((member.code, item, on))


def _add_member_records(district: District, seeds: Seeds) -> None:
    if not district.members:
        return
    _add_usual_records(district, seeds)
    start, tasks = (
        Day(district, setting(district).campaign, setting(district).first_day),
        setting(district).campaign.tasks,
    )
    for index, number, lag in seeds.tasks:
        _do(district, start, district.members[index % len(district.members)], number, lag)
    for index, number, on in seeds.task_exemptions:
        member = district.members[index % len(district.members)]
        district.task_exemptions.setdefault((member.code, tasks[number % len(tasks)].code), on)
    leaders = [member.code for member in district.members if member.leader]
    for index, number, on in seeds.nine_ones if leaders else []:
        items = setting(district).items
        record = (leaders[index % len(leaders)], items[number % len(items)], on)
        if record not in district.nine_ones:
            district.nine_ones.append(record)


def _add_leavings(district: District, seeds: Seeds) -> None:
    left: dict[str, date] = {}
    arrived = {member.code: member.arrived_on for member in district.members}
    for index, after in seeds.leavings if district.members else []:
        member = district.members[index % len(district.members)].code
        dated = [transfer.on for transfer in district.transfers if transfer.member == member]
        last = max([*dated, arrived[member] or setting(district).first_day])
        on = last + timedelta(days=after)
        if on <= setting(district).last_day:
            left.setdefault(member, on)
    district.leavings = [Leaving(member, on) for member, on in left.items()]

    def stays(member: str, on: date) -> bool:
        return member not in left or on < left[member]

    district.task_dates = {key: on for key, on in district.task_dates.items() if stays(key[0], on)}
    district.task_exemptions = {key: on for key, on in district.task_exemptions.items() if stays(key[0], on)}
    district.nine_ones = [record for record in district.nine_ones if stays(record[0], record[2])]


def _add_sheets(district: District, seeds: Seeds) -> None:
    district.least_percent, district.grades = seeds.survey_rule
    found: dict[tuple[str, int, str], Sheet] = {}
    for index, number, sample, on, cast in seeds.sheets:
        # Few units have several rounds, rather than many one.
        code = district.units[index % min(4, len(district.units))].code
        sheet = Sheet(code, number, "sample" if sample else "representatives", on, *cast)
        if _is_open(district, code, on):
            found.setdefault((code, number, sheet.method), sheet)
    district.sheets = list(found.values())


def _add_sessions(district: District, seeds: Seeds) -> None:
    """Sessions, missed by members of the unit or below it on the day."""
    for number, (index, on, absent) in enumerate(seeds.sessions):
        session = Session(district.units[index % len(district.units)].code, on, f"学习{number}")
        if not _is_open(district, session.unit, on):
            continue
        district.sessions.append(session)
        day = Day(district, setting(district).campaign, on)
        scope = day.subtree(session.unit)
        here = sorted(member for member, unit in day.unit_of.items() if unit in scope)
        missing: dict[str, Missed] = {}
        for who, after in absent if here else []:
            made_up_on = None if after is None else min(on + timedelta(days=after), setting(district).last_day)
            member = here[who % len(here)]
            missing.setdefault(member, Missed(session.topic, member, made_up_on))
        district.missed += missing.values()


def assert_sound(district: District) -> None:
    """What every drawn district keeps to; a slip here would blame the program for the test's own mistake."""
    codes = {unit.code for unit in district.units}
    assert len(codes) == len(district.units)
    assert [unit.code for unit in district.units if unit.parent is None] == [district.units[0].code]
    root = district.units[0].code
    first, last = setting(district).first_day, setting(district).last_day
    for on in {first, last, *(move.on for move in district.moves)}:
        day = Day(district, setting(district).campaign, on)
        for code in codes:
            above = [code]
            while (parent := day.parent[above[-1]]) is not None:
                assert parent not in above, "a cycle"
                above.append(parent)
            assert above[-1] == root
    for move in district.moves:
        assert _is_open(district, move.unit, move.on)
        assert _is_open(district, move.parent, move.on)
    for transfer in district.transfers:
        assert _is_open(district, transfer.unit, transfer.on)
    for records in (district.milestone_dates, district.milestone_exemptions):
        for (code, _), on in records.items():
            assert _is_open(district, code, on)
    for leaving in district.leavings:
        dated = [record[2] for record in district.nine_ones if record[0] == leaving.member]
        dated += [on for (member, _), on in district.task_dates.items() if member == leaving.member]
        dated += [transfer.on for transfer in district.transfers if transfer.member == leaving.member]
        assert all(on < leaving.on for on in dated)
    every = set(_dates(district))
    assert not every or (min(every) >= first and max(every) <= last)


def _dates(district: District) -> Iterator[date]:
    """Every day on which something happened."""
    for records in (
        district.milestone_dates,
        district.milestone_exemptions,
        district.task_dates,
        district.task_exemptions,
    ):
        yield from records.values()
    yield from (record[2] for record in district.nine_ones)
    yield from (record.on for record in (*district.sheets, *district.sessions))
    yield from (missed.made_up_on for missed in district.missed if missed.made_up_on is not None)
    yield from (unit.opened_on for unit in district.units if unit.opened_on is not None)
    yield from (member.arrived_on for member in district.members if member.arrived_on is not None)
    for events in (district.transfers, district.leavings, district.moves, district.closings):
        yield from (event.on for event in events)


def as_of_days(district: District) -> list[date]:
    """Days to look at: far before and after, every due day and the next, every event and the day before."""
    where = setting(district)
    usual = (date(2004, 10, 31), date(2005, 3, 1), date(2005, 9, 15), date(2006, 3, 1), date(2007, 1, 1))
    found = {day + where.shift for day in usual}
    due_days = {milestone.due_day for milestone in where.campaign.milestones}
    due_days |= {task.due_day for task in where.campaign.tasks}
    for on in _dates(district):
        found |= {on, on - timedelta(days=1)}
    for on in {where.first_day, *(move.on for move in district.moves)}:
        day = Day(district, setting(district).campaign, on)
        zeros = {day.day_zero(unit.code) for unit in district.units}
        for zero in filter(None, zeros):
            for due_day in due_days:
                due = zero + timedelta(days=due_day)
                found |= {due, due + timedelta(days=1)}
    return sorted(found)


# ---------------------------------------------------------------------------------- how it is entered

HEADERS = {
    "code": "编码",
    "name": "名称",
    "parent": "上级党组织",
    "kind": "类型",
    "sector": "领域",
    "batch": "批次",
    "chief": "负责人",
    "phone": "联系电话",
    "starts_on": "启动日期",
    "shift_reason": "调整原因",
    "opened_on": "成立日期",
    "unit": "单位",
    "milestone": "环节",
    "done_on": "完成日期",
    "member": "党员",
    "task": "任务",
    "item": "项目",
}
SHEET_HEADERS = {
    "unit": "单位",
    "round": "轮次",
    "method": "方式",
    "held_on": "日期",
    "issued": "发出",
    "returned": "收回",
    "valid": "有效",
    "satisfied": "满意",
    "fairly": "比较满意",
    "basically": "基本满意",
    "dissatisfied": "不满意",
    "blank": "未填",
}
METHOD_NAMES = {"representatives": "群众代表评议", "sample": "随机抽查"}
SESSION_HEADERS = {"unit": "单位", "held_on": "学习日期", "topic": "学习内容"}
MISSED_HEADERS = {"session": "场次", "member": "党员", "made_up_on": "补课日期"}
MEMBER_HEADERS = {
    "code": "党员编号",
    "name": "姓名",
    "id_number": "身份证号",
    "unit": "所在党组织",
    "joined_on": "入党时间",
    "leader": "领导干部",
    "arrived_on": "转入日期",
}

Row = dict[str, str]


class Writer:
    """Writes the files of one district in one style.

    English: identifiers for headers, codes for names, ISO dates, the child above its parent.
    Chinese: Chinese headers and terms, full names where one is unique, dates as people write them, a BOM.
    """

    def __init__(self, district: District, folder: Path, *, chinese: bool, wide: bool) -> None:
        self.district = district
        self.setting = setting(district)
        self.folder = folder
        self.chinese = chinese
        self.wide = wide
        self.dates = 0
        names = [unit.name for unit in district.units]
        self.unique_names = {unit.code: unit.name for unit in district.units if names.count(unit.name) == 1}
        self.last_unit = {member.code: member.unit for member in district.members}
        self.last_unit |= {transfer.member: transfer.unit for transfer in district.transfers}

    def write(self) -> list[tuple[str, Path]]:
        """Write each kind of which there is anything; answer kind and file, in the order to import."""
        made: list[tuple[str, Iterable[Row], dict[str, str]]] = [
            ("units", self._units(), HEADERS),
            ("members", self._members(), MEMBER_HEADERS),
            ("milestones", self._milestones(), HEADERS),
            ("tasks", self._tasks(), HEADERS),
            ("nine-ones", self._nine_ones(), HEADERS),
            ("surveys", self._sheets(), SHEET_HEADERS),
            ("sessions", self._sessions(), SESSION_HEADERS),
            ("missed-sessions", self._missed(), MISSED_HEADERS),
        ]
        files = []
        for kind, drawn, headers in made:
            rows = list(drawn)
            if rows:
                files.append((kind, self._file(kind, rows, headers)))
        return files

    def _file(self, kind: str, rows: list[Row], headers: dict[str, str]) -> Path:
        path = self.folder / f"{kind}.csv"
        keys = list(dict.fromkeys(key for row in rows for key in row))
        with path.open("w", encoding="utf-8-sig" if self.chinese else "utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow([headers.get(key, key) if self.chinese else key for key in keys])
            writer.writerows([row.get(key, "") for key in keys] for row in rows)
        return path

    def _date(self, on: date | None) -> str:
        if on is None:
            return ""
        if not self.chinese:
            return on.isoformat()
        self.dates += 1
        short = f"{on.year}.{on.month}.{on.day}"
        styles = (
            on.isoformat(),
            short,
            short.replace(".", "/"),
            f"{on:%Y%m%d}",
            f"{on.year}年{on.month}月{on.day}日",
        )
        return styles[self.dates % len(styles)]

    def _unit(self, code: str | None) -> str:
        if code is None:
            return ""
        return self.unique_names.get(code, code) if self.chinese else code

    def _term(self, code: str | None, names: dict[str, str]) -> str:
        if code is None:
            return ""
        return names[code] if self.chinese else code

    def _units(self) -> Iterator[Row]:
        units = self.district.units if self.chinese else self.district.units[::-1]
        for unit in units:
            batch = "" if unit.batch is None else str(unit.batch)
            yield {
                "code": unit.code,
                "name": unit.name,
                "parent": self._unit(unit.parent),
                "kind": self._term(unit.kind, KIND_NAMES),
                "sector": self._term(unit.sector, SECTORS),
                "batch": BATCH_NAMES[unit.batch] if unit.batch is not None and self.chinese else batch,
                "chief": unit.chief or "",
                "phone": unit.phone or "",
                "starts_on": self._date(unit.starts_on),
                "shift_reason": unit.shift_reason or "",
                "opened_on": self._date(unit.opened_on),
            }

    def _members(self) -> Iterator[Row]:
        yes, no = (("是", "√", "1"), ("否", "", "0")) if self.chinese else (("true", "1"), ("false", "0", ""))
        for number, member in enumerate(self.district.members):
            ticks = yes if member.leader else no
            yield {
                "code": member.code,
                "name": member.name,
                "id_number": member.id_number or "",
                "unit": self._unit(member.unit),
                "joined_on": member.joined_on or "",
                "leader": ticks[number % len(ticks)],
                "arrived_on": self._date(member.arrived_on),
            }

    def _milestones(self) -> Iterator[Row]:
        names = {milestone.code: milestone.name for milestone in self.setting.campaign.milestones}
        if not self.wide:
            for (unit, milestone), on in self.district.milestone_dates.items():
                yield {
                    "unit": self._unit(unit),
                    "milestone": self._term(milestone, names),
                    "done_on": self._date(on),
                }
            return
        for one in self.district.units if self.district.milestone_dates else []:
            row = {"unit": self._unit(one.code)}
            for column in self.setting.by_date:
                cell = self.district.milestone_dates.get((one.code, column.code))
                row[self._term(column.code, names)] = self._date(cell)
            yield row

    def _member(self, code: str) -> Row:
        """Whom a row is about: by code; in Chinese files also by ID number, or by name and unit."""
        if not self.chinese:
            return {"member": code}
        member = next(found for found in self.district.members if found.code == code)
        namesakes = sum(1 for other in self.district.members if other.name == member.name)
        style = int(code[1:]) % 3
        if style == 1 and member.id_number is not None:
            return {"member": member.id_number, "unit": ""}
        if style == 2 and namesakes == 1:
            return {"member": member.name, "unit": self._unit(self.last_unit[code])}
        return {"member": code, "unit": ""}

    def _tasks(self) -> Iterator[Row]:
        names = {task.code: task.name for task in self.setting.campaign.tasks}
        found = ((member, task, on) for (member, task), on in self.district.task_dates.items())
        return self._member_rows("task", names, found)

    def _nine_ones(self) -> Iterator[Row]:
        names = self.setting.campaign.items | self.setting.campaign.leads
        return self._member_rows("item", names, self.district.nine_ones)

    def _sheets(self) -> Iterator[Row]:
        for sheet in self.district.sheets:
            counts = {name: getattr(sheet, name) for name in SHEET_HEADERS if hasattr(sheet, name)}
            yield {name: str(value) for name, value in counts.items()} | {
                "unit": self._unit(sheet.unit),
                "method": self._term(sheet.method, METHOD_NAMES),
                "held_on": self._date(sheet.on),
                # Some ballots are not returned, some are not valid: neither changes anything.
                "returned": str(sheet.valid + 1),
                "issued": str(sheet.valid + 3),
            }

    def _sessions(self) -> Iterator[Row]:
        for session in self.district.sessions:
            yield {"unit": self._unit(session.unit), "held_on": self._date(session.on), "topic": session.topic}

    def _missed(self) -> Iterator[Row]:
        for missed in self.district.missed:
            yield {"session": missed.topic, "member": missed.member, "made_up_on": self._date(missed.made_up_on)}

    def _member_rows(self, key: str, names: dict[str, str], records: Iterable[tuple[str, str, date]]) -> Iterator[Row]:
        if not self.wide:
            for member, thing, on in records:
                yield self._member(member) | {key: self._term(thing, names), "done_on": self._date(on)}
            return
        # An item done a second time stands in a second row of the same member.
        sheets: list[dict[str, dict[str, date]]] = []
        for member, thing, on in records:
            sheet = next((sheet for sheet in sheets if thing not in sheet.get(member, {})), None)
            if sheet is None:
                sheet = {}
                sheets.append(sheet)
            sheet.setdefault(member, {})[thing] = on
        for sheet in sheets:
            for member, things in sheet.items():
                cells = {self._term(code, names): self._date(things.get(code)) for code in names}
                yield self._member(member) | cells


def write_csvs(district: District, folder: Path, *, chinese: bool, wide: bool) -> list[tuple[str, Path]]:
    """Write the files of a district; answer each kind with its file, in the order to import them."""
    return Writer(district, folder, chinese=chinese, wide=wide).write()


def _in_order(dated: Iterable[tuple[date, list[str]]]) -> list[list[str]]:
    return [[*argv, "--on", on.isoformat()] for on, argv in sorted(dated, key=lambda one: one[0])]


def early_events(district: District) -> list[list[str]]:
    """What comes by command between the members and the dates: moves, transfers, exemptions, in day order."""
    reason = ["--reason", "长期外出"]
    dated = [(move.on, ["unit", "move", move.unit, move.parent]) for move in district.moves]
    dated += [(one.on, ["member", "transfer", one.member, one.unit]) for one in district.transfers]
    for (unit, milestone), on in district.milestone_exemptions.items():
        dated.append((on, ["milestone", "exempt", unit, milestone, *reason]))
    for (member, task), on in district.task_exemptions.items():
        dated.append((on, ["task", "exempt", member, task, *reason]))
    return _in_order(dated)


def late_events(district: District) -> list[list[str]]:
    """What comes by command after the dates: those who left, then the closings."""
    left = [(one.on, ["member", "leave", one.member, "--reason", "调往外地"]) for one in district.leavings]
    closed = [(one.on, ["unit", "close", one.unit]) for one in district.closings]
    return _in_order(left) + _in_order(closed)


def events(district: District) -> list[list[str]]:
    """Everything that comes by command, in an order in which each one can be done."""
    return early_events(district) + late_events(district)


def steps(district: District, folder: Path, *, chinese: bool, wide: bool) -> list[list[str]]:
    """All commands, imports among them, that enter a district into an empty file."""
    imports = [["import", kind, str(path)] for kind, path in write_csvs(district, folder, chinese=chinese, wide=wide)]
    people = [argv for argv in imports if argv[1] in ("units", "members")]
    dates = [argv for argv in imports if argv not in people]
    rules = {"survey_least_percent": district.least_percent, "survey_grades": district.grades}
    ruled = [["campaign", "rule", rule, str(value)] for rule, value in rules.items()] if district.least_percent else []
    return ruled + people + early_events(district) + dates + late_events(district)
