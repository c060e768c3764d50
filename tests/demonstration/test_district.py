"""The generator of the demonstration district: its totals, and that everything a screen can show occurs in it.

The file replays deliveries and events in plain Python, by the rules of the campaign and without the program.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from tools.demonstration import build, registers
from tools.demonstration.deliveries import Delivery, DemoDistrict, Event

GRASSROOTS = {"committee", "general_branch", "branch"}
WITH_BODY = {"committee", "party_group", "work_committee"}
OWING = GRASSROOTS | WITH_BODY
BATCHES = {"1": date(2005, 1, 1), "2": date(2005, 7, 1), "3": date(2006, 1, 1)}
REQUIRED = {
    "M101": 15, "M102": 20, "M103": 30, "M104": 44, "M201": 55, "M202": 65, "M205": 85,
    "M301": 100, "M302": 105, "M303": 125, "M304": 130, "M305": 130, "M306": 134,
}  # fmt: skip
OPTIONAL = {"M203", "M204", "M206"}
SECTORS = {
    "government", "institution", "school", "hospital", "street", "community", "rural", "state_enterprise",
    "private_enterprise", "social_organization", "retired",
}  # fmt: skip
CATEGORIES = {
    "cadre", "civil_servant", "technician", "worker", "farmer", "teacher", "medical", "student", "retired",
    "self_employed", "unemployed", "other",
}  # fmt: skip
ITEMS = {*(f"N{n}" for n in range(1, 10)), *(f"L{n}" for n in range(1, 5))}
KEYS = {
    "units": ("code",),
    "members": ("code",),
    "milestones": ("unit", "milestone"),
    "tasks": ("member", "task"),
    "nine-ones": ("member", "item", "done_on"),
}
REGISTERS = registers.KEYS.keys() - KEYS.keys()

Record = dict[str, str]


@dataclass
class Replay:
    """The district on its pinned day."""

    tables: dict[str, dict[tuple[str, ...], Record]] = field(default_factory=lambda: {kind: {} for kind in KEYS})
    closed: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    unit_exempt: set[tuple[str, str]] = field(default_factory=set)
    member_exempt: set[tuple[str, str]] = field(default_factory=set)
    phases: list[tuple[str, str, str, str, str]] = field(default_factory=list)

    def deliver(self, delivery: Delivery) -> None:
        table = self.tables.setdefault(delivery.kind, {})
        seen = set()
        for row in delivery.rows:
            record = dict(zip(delivery.columns, row, strict=True))
            columns = KEYS.get(delivery.kind) or registers.KEYS[delivery.kind]
            key = tuple(record[column] for column in columns)
            # Of a register a part of the key may be empty: a post without its first day, an opinion without words.
            assert key[0] if delivery.kind in REGISTERS else all(key)
            assert key not in seen, "the same key twice in one file"
            seen.add(key)
            stored = table.get(key, {})
            assert "unit" not in stored or delivery.kind != "members" or stored["unit"] == record["unit"]
            assert not (delivery.kind == "members" and key[0] in self.left)
            if "unit" in record:
                assert (record["unit"],) in self.tables["units"]
                assert record["unit"] not in self.closed
            if record.get("member"):
                assert (record["member"],) in self.tables["members"]
                assert record["member"] not in self.left
            table[key] = stored | {column: cell for column, cell in record.items() if cell}

    def happen(self, event: Event) -> None:
        told = dict(event.arguments)
        units, members = self.tables["units"], self.tables["members"]
        if "unit" in told:
            assert (told["unit"],) in units
            assert told["unit"] not in self.closed
        if "member" in told:
            assert (told["member"],) in members
            assert told["member"] not in self.left
        match event.verb:
            case "unit move":
                assert (told["parent"],) in units
                assert units[told["unit"],]["parent"] != told["parent"]
                units[told["unit"],]["parent"] = told["parent"]
            case "unit close":
                assert told["unit"] not in {record["unit"] for record in self.present().values()}
                assert told["unit"] not in {record.get("parent") for record in units.values()}
                assert told["reason"]
                self.closed.add(told["unit"])
            case "member transfer":
                assert members[told["member"],]["unit"] != told["unit"]
                members[told["member"],]["unit"] = told["unit"]
            case "member leave":
                assert told["reason"]
                self.left.add(told["member"])
            case "milestone exempt":
                assert (told["unit"], told["milestone"]) not in self.unit_exempt
                assert told["reason"]
                self.unit_exempt.add((told["unit"], told["milestone"]))
            case "phase open" | "phase sign-off" | "phase close" | "phase override":
                for code in told["units"].split():
                    assert (code,) in units
                    assert code not in self.closed
                    self.phases.append((code, told["phase"], event.verb.split()[1], event.day, told.get("reason", "")))
            case "task exempt":
                assert (told["member"], told["task"]) not in self.member_exempt
                assert told["reason"]
                self.member_exempt.add((told["member"], told["task"]))

    def present(self) -> dict[str, Record]:
        return {code: record for (code,), record in self.tables["members"].items() if code not in self.left}

    def open_units(self) -> dict[str, Record]:
        return {code: unit for (code,), unit in self.tables["units"].items() if code not in self.closed}

    def batch(self, code: str) -> str:
        units = self.tables["units"]
        while code:
            if "batch" in units[code,]:
                return units[code,]["batch"]
            code = units[code,].get("parent", "")
        return ""

    def start(self, code: str) -> date | None:
        own = self.tables["units"][code,].get("starts_on")
        return date.fromisoformat(own) if own else BATCHES.get(self.batch(code))

    def state(self, code: str, today: date) -> str:
        start = self.start(code)
        if start is None:
            return "unbatched"
        kind = self.tables["units"][code,]["kind"]
        due = {
            milestone: start + timedelta(days)
            for milestone, days in REQUIRED.items()
            if (kind in WITH_BODY or milestone not in {"M101", "M102"}) and (code, milestone) not in self.unit_exempt
        }
        marks = self.tables["milestones"]
        done = {
            milestone: date.fromisoformat(marks[code, milestone]["done_on"])
            for milestone in due
            if (code, milestone) in marks
        }
        if any(day < today and milestone not in done for milestone, day in due.items()):
            return "late" if done else "zero"
        if any(due[milestone] >= today for milestone in done):
            return "ahead"
        if any(day > due[milestone] for milestone, day in done.items()):
            return "made good"
        return "on time" if done else "nothing due"


@pytest.fixture(scope="module")
def district() -> DemoDistrict:
    return build()


@pytest.fixture(scope="module")
def replay(district: DemoDistrict) -> Replay:
    replay = Replay()
    for step in district.steps():
        if isinstance(step, Delivery):
            replay.deliver(step)
        else:
            replay.happen(step)
    return replay


def test_the_same_district_every_time(district: DemoDistrict) -> None:
    assert build() == district


def test_control_totals(district: DemoDistrict, replay: Replay) -> None:
    assert (district.units, district.members) == (782, 14_972)
    assert sum(unit["kind"] in GRASSROOTS for unit in replay.open_units().values()) == district.units
    assert len(replay.present()) == district.members


def test_one_tree(replay: Replay) -> None:
    units = replay.tables["units"]
    assert [code for (code,), unit in units.items() if "parent" not in unit] == ["330304"]
    for (code,) in units:
        above, steps = code, 0
        while above != "330304":
            above, steps = units[above,]["parent"], steps + 1
            assert steps < 10
    names = Counter((unit.get("parent"), unit["name"]) for unit in units.values())
    assert max(names.values()) == 1
    assert sum(unit["name"] == "河头村党支部" for unit in units.values()) > 1
    assert max(len(unit["name"]) for unit in units.values()) == 30


def test_units_hold_what_an_import_takes(replay: Replay) -> None:
    units = replay.tables["units"]
    assert {unit["kind"] for unit in units.values()} == OWING | {"district", "group"}
    assert {unit["sector"] for unit in units.values() if "sector" in unit} == SECTORS
    assert {unit["batch"] for unit in units.values() if "batch" in unit} == set(BATCHES)
    assert 0 < sum("sector" not in unit and unit["kind"] in OWING for unit in units.values()) < 8
    assert sum("chief" not in unit and unit["kind"] != "group" for unit in units.values()) == 8
    assert sum("phone" not in unit and unit["kind"] != "group" for unit in units.values()) == 11
    shifted = [unit for unit in units.values() if "starts_on" in unit]
    assert len(shifted) == 13
    assert all("shift_reason" in unit for unit in shifted)
    other = [
        unit["name"]
        for unit in units.values()
        if "batch" in unit and "parent" in unit and replay.batch(unit["parent"]) not in {"", unit["batch"]}
    ]
    assert 15 <= len(other) <= 30


def test_members_sit_in_the_lowest_units_and_most_declared_figures_agree(replay: Replay) -> None:
    parents = {unit.get("parent") for unit in replay.tables["units"].values()}
    counted = Counter(member["unit"] for member in replay.present().values())
    assert not parents & set(counted)
    assert not replay.closed & set(counted)
    open_units = replay.open_units()
    wrong = [
        abs(int(unit["declared_members"]) - counted[code])
        for code, unit in open_units.items()
        if "declared_members" in unit and int(unit["declared_members"]) != counted[code]
    ]
    assert sorted(wrong) == [1, 1, 1, 2, 2, 3, 3]
    assert sum("declared_members" in open_units[code] for code in counted) > 600


def test_members_hold_what_an_import_takes(replay: Replay) -> None:
    members = replay.tables["members"]
    for member in members.values():
        assert member["sex"] in {"male", "female"}
        assert member["status"] in {"full", "probationary"}
        assert member["leader"] in {"0", "1"}
        assert member["category"] in CATEGORIES
        assert len(member["born_on"]) in {7, 10}
        assert len(member["joined_on"]) in {7, 10}
        assert int(member["joined_on"][:4]) - int(member["born_on"][:4]) >= 18
        assert member["joined_on"] < "2004-12"
    assert {member["category"] for member in members.values()} == CATEGORIES
    assert all(len(date.fromisoformat(m["born_on"]).isoformat()) for m in members.values() if len(m["born_on"]) > 7)
    leaders = [member for member in members.values() if member["leader"] == "1"]
    assert 600 <= len(leaders) <= 700
    assert all(leader["status"] == "full" and "post" in leader for leader in leaders)
    assert sum("rank" in leader for leader in leaders) > 300
    namesakes = Counter((member["unit"], member["name"]) for member in members.values())
    assert sum(count > 1 for count in namesakes.values()) >= 16


def test_id_numbers(replay: Replay) -> None:
    numbers = []
    for member in replay.tables["members"].values():
        number = member.get("id_number", "")
        numbers += [number] if number else []
        if not number:
            continue
        born, serial = (number[6:14], number[14:17]) if len(number) == 18 else (f"19{number[6:12]}", number[12:])
        assert f"{born[:4]}-{born[4:6]}-{born[6:]}".startswith(member["born_on"])
        assert (int(serial) % 2 == 1) == (member["sex"] == "male")
        if len(number) == 18:
            weights = [2 ** (17 - place) % 11 for place in range(17)]
            check = (12 - sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))) % 11
            assert number[17] == ("X" if check == 10 else str(check))
    assert Counter(map(len, numbers)) == {18: 14_982 - 190, 15: 40}
    shortened = [number if len(number) == 15 else number[:6] + number[8:17] for number in numbers]
    assert len(set(shortened)) == len(numbers)


def test_every_chief_is_a_member(replay: Replay) -> None:
    names = {member["name"] for member in replay.tables["members"].values()}
    assert all(unit["chief"] in names for unit in replay.tables["units"].values() if "chief" in unit)


def test_no_control_characters_and_every_old_encoding_can_hold_it(district: DemoDistrict) -> None:
    cells = {cell for delivery in district.deliveries for row in delivery.rows for cell in row}
    cells |= {delivery.source for delivery in district.deliveries}
    cells |= {value for event in district.events for _, value in event.arguments}
    for char in set("".join(cells)):
        assert unicodedata.category(char)[0] != "C"
    "".join(sorted(cells)).encode("gb18030")
    assert all(cell == cell.strip() for cell in cells)


def test_nothing_after_the_pinned_day(district: DemoDistrict) -> None:
    last = district.pinned_day
    assert [step.day for step in district.steps()] == sorted(step.day for step in district.steps())
    late = Counter[str]()
    for delivery in district.deliveries:
        assert delivery.day <= last
        if delivery.kind in {"milestones", "tasks", "nine-ones"}:
            at = delivery.columns.index("done_on")
            entered = date.fromisoformat(delivery.day)
            days = [(entered - date.fromisoformat(row[at])).days for row in delivery.rows]
            assert min(days) >= 0
            late[delivery.kind] += sum(day > 7 for day in days)
    assert all(event.day <= last for event in district.events)
    assert all(date.fromisoformat(step.day).weekday() < 5 for step in district.steps())
    assert 5 <= late["milestones"] <= 40
    assert not late["tasks"]


def test_events(district: DemoDistrict) -> None:
    assert Counter(event.verb for event in district.events) == {
        "member transfer": 25,
        "member leave": 10,
        "unit move": 2,
        "unit close": 3,
        "milestone exempt": 40,
        "task exempt": 150,
        "phase open": 9,
        "phase sign-off": 3,
        "phase close": 3,
        "phase override": 3,
        "ledger set": 1,
    }


def test_milestones_apply_and_follow_each_other(replay: Replay) -> None:
    marks = replay.tables["milestones"]
    units = replay.tables["units"]
    assert not set(marks) & replay.unit_exempt
    for (code, milestone), mark in marks.items():
        kind = units[code,]["kind"]
        assert kind in (WITH_BODY if milestone in {"M101", "M102"} else OWING)
        assert milestone in (set(REQUIRED) - {"M305"}) | OPTIONAL
        assert ("head" not in mark) or milestone == "M101"
        assert ("reporter" not in mark) or milestone == "M103"
        assert date.fromisoformat(mark["done_on"]).weekday() < 5
    assert {milestone for _, milestone in marks} >= OPTIONAL | {"M101", "M205"}
    hasty = [
        code
        for code, milestone in marks
        if milestone == "M102" and (code, "M103") in marks
        if marks[code, "M102"]["done_on"] > marks[code, "M103"]["done_on"]
    ]
    assert len(hasty) == 2


def test_every_state_occurs(district: DemoDistrict, replay: Replay) -> None:
    today = date.fromisoformat(district.pinned_day)
    owing = [code for code, unit in replay.open_units().items() if unit["kind"] in OWING]
    states = {code: replay.state(code, today) for code in owing}
    first = Counter(state for code, state in states.items() if replay.batch(code) == "1")
    assert Counter(states.values())["unbatched"] == 6
    assert 12 <= first["zero"] <= 14
    assert first["on time"] + first["ahead"] > sum(first.values()) / 2
    assert first["on time"] > first["ahead"] > 40
    assert first["late"] > 30
    assert first["made good"] > 30
    assert first["nothing due"] > 3
    later = {replay.batch(code) for code, state in states.items() if state == "ahead"}
    assert later == {"1", "2", "3"}


def test_a_supervisor_sees_where_the_trouble_is(district: DemoDistrict, replay: Replay) -> None:
    today = date.fromisoformat(district.pinned_day)

    def share_late(name: str) -> float:
        (top,) = (code for (code,), unit in replay.tables["units"].items() if unit["name"] == name)
        below = [c for c, unit in replay.open_units().items() if c.startswith(top) and unit["kind"] in OWING]
        return sum(replay.state(code, today) in {"late", "zero"} for code in below) / len(below)

    assert share_late("区卫生局党委") > 0.4
    assert share_late("区交通局党委") > 0.4
    assert share_late("区教育局党委") < 0.1
    assert share_late("区财政局（地税局）党委") == 0


def test_tasks(replay: Replay) -> None:
    tasks = replay.tables["tasks"]
    members = replay.tables["members"]
    assert not set(tasks) & replay.member_exempt
    assert {task for _, task in tasks} == {"T1", "T2"}
    modes = Counter(record.get("mode", "") for (_, task), record in tasks.items() if task == "T1")
    assert set(modes) == {"集中", "送学上门", "邮寄", "电话"}
    due = [code for code, member in replay.present().items() if replay.batch(member["unit"]) == "1"]
    assert 0.8 < sum((code, "T1") in tasks for code in due) / len(due) < 0.97
    assert all((member,) in members for member, _ in tasks)


def test_nine_ones(replay: Replay) -> None:
    ticks = replay.tables["nine-ones"]
    members = replay.tables["members"]
    assert {item for _, item, _ in ticks} == ITEMS
    assert all(members[code,]["leader"] == "1" for code, _, _ in ticks)
    days = Counter((code, item) for code, item, _ in ticks)
    assert sum(count > 1 for count in days.values()) > 50
    complete = Counter(code for code, item in days if item.startswith("N"))
    assert 10 < sum(count == 9 for count in complete.values()) < 60
