"""Puts the district together, and cuts it into the deliveries in which a clerk would have received it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.demonstration.bodies import contact_points, lead
from tools.demonstration.bulletins import call, tell
from tools.demonstration.chance import chance, seeded
from tools.demonstration.changes import changes
from tools.demonstration.checklists import nine_ones, tasks
from tools.demonstration.days import reported
from tools.demonstration.deliveries import MEMBERS, PINNED_DAY, UNITS, Delivery, DemoDistrict
from tools.demonstration.pace import paces
from tools.demonstration.people import people
from tools.demonstration.phases import phases
from tools.demonstration.places import TOWNS, units
from tools.demonstration.progress import PINNED, milestones
from tools.demonstration.registers import Sheets
from tools.demonstration.study_and_rectification import listen, own_milestones, study
from tools.demonstration.supervision import supervise
from tools.demonstration.tree import SHIFTS, Tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from random import Random

    from tools.demonstration.changes import Changes
    from tools.demonstration.deliveries import Kind, Row
    from tools.demonstration.people import People, Person
    from tools.demonstration.places import Place

_SEED = 13

_REGISTER_DAY, _SHIFT_DAY, _CHIEF_DAY = "2004-12-20", "2005-01-07", "2005-02-25"
_MEMBER_DAYS = tuple(f"2004-12-{day}" for day in (22, 23, 24, 27, 28, 29, 30))
_FOUNDING_DAY, _NEWCOMER_DAY, _DECLARED_DAY = "2005-03-10", "2005-03-11", "2005-03-18"
_FOUNDED = "F"  # the grouping node whose units are founded during the campaign

_UNIT_COLUMNS = ("code", "name", "parent", "kind", "sector", "batch", "chief", "phone", "declared_members")
MEMBER_COLUMNS = (
    "code", "name", "sex", "born_on", "id_number", "unit", "joined_on", "status", "post", "rank", "leader",
    "category", "phone",
)  # fmt: skip
MILESTONE_COLUMNS = ("unit", "milestone", "done_on", "head", "reporter", "evidence", "note")
TASK_COLUMNS = ("member", "task", "done_on", "mode", "note")
ITEM_COLUMNS = ("member", "item", "done_on", "evidence")

# Units whose head changes in mid-campaign: the first deputy follows, the old head stays on as a plain leader.
_NEW_CHIEFS = ("区科学技术局党组", "区司法局党组", "区旅游局党组", "市规划局瓯海分局党支部")
_RETIRING_POST = "主任科员"

_NO_CHIEF, _NO_PHONE = 8, 11
_MISCOUNTED = (2, -1, 1, -3, 1, 3, -2)  # what some units declare, against what the register says

_LATE_REPORTS = 0.02  # of the milestones

_OFFICES = {
    "A": "区级机关",
    "B": "区级机关",
    "C": "市属单位",
    "D": "镇（街道）",
    "E": "区属企业",
    _FOUNDED: "新建两新组织",
}
_SYSTEMS = {"区教育局党委": "教育系统", "区卫生局党委": "卫生系统"}


@dataclass(frozen=True, slots=True)
class Spring:
    """The district on the first pinned day, and what it was made from.

    Attributes:
        tree: the units as first registered.
        crowd: the members.
        by_hand: transfers, leavings, moves, closings, exemptions, phases.
        progress: milestones, tasks and items.
        sheets: the registers.
        new: unit → who became its chief in February.
        district: what was delivered and what happened.
    """

    tree: Tree
    crowd: People
    by_hand: Changes
    progress: Progress
    sheets: Sheets
    new: dict[str, Person]
    district: DemoDistrict


def spring() -> Spring:
    """Make the district up, as far as the first pinned day."""
    tree = Tree(units())
    crowd = people(tree.places)
    _number(crowd)
    by_hand = changes(tree, crowd)
    progress = Progress(tree, crowd, by_hand)
    sheets = _kept(tree, crowd, by_hand, progress)
    deliveries = [*_registers(tree, crowd, by_hand), *progress.deliveries(), *sheets.deliveries()]
    deliveries.sort(key=lambda delivery: delivery.day)
    by_hand.events.sort(key=lambda event: event.day)
    # When all of the day is entered, the file holds what the control totals say.
    by_hand.add(PINNED, "ledger set", units=str(UNITS), members=str(MEMBERS))
    made = DemoDistrict(PINNED_DAY, UNITS, MEMBERS, tuple(deliveries), tuple(by_hand.events))
    return Spring(tree, crowd, by_hand, progress, sheets, _new_chiefs(tree, crowd), made)


def _number(crowd: People) -> None:
    """Give the codes: who came later has a later one."""
    for number, person in enumerate(sorted(crowd.members, key=lambda person: person.incoming), start=1):
        person.code = f"P{number:05}"


def office(tree: Tree, place: Place) -> str:
    """Name the office through which a unit reports."""
    system = next((_SYSTEMS[above.name] for above in tree.line(place) if above.name in _SYSTEMS), "")
    return system or _OFFICES[list(tree.line(place))[-2].code]


# ── units and members ──


def _registers(tree: Tree, crowd: People, by_hand: Changes) -> Iterator[Delivery]:
    rng = seeded(_SEED)
    first = Counter(person.unit for person in crowd.members if not person.incoming)
    last = Counter(
        by_hand.now.get(person.code, person.unit) for person in crowd.members if person.code not in by_hand.left
    )
    declared = _declared(tree, first, last, by_hand, rng)
    rows = _unit_rows(tree, crowd, declared, rng)
    old = [row for row in rows if not row[0].startswith(_FOUNDED)]
    new = [row for row in rows if row[0].startswith(_FOUNDED)]
    yield Delivery("units", _REGISTER_DAY, "全区党组织名册.csv", _UNIT_COLUMNS, tuple(old))
    yield from _member_files(tree, crowd)
    yield _shift_file(tree)
    yield _chief_file(tree, crowd)
    yield Delivery("units", _FOUNDING_DAY, "新建两新组织.csv", _UNIT_COLUMNS, tuple(new))
    newcomers = tuple(member_row(person) for person in crowd.members if person.incoming)
    yield Delivery("members", _NEWCOMER_DAY, "3月转入党员.csv", MEMBER_COLUMNS, newcomers)
    recount = tuple(
        (place.code, place.name, place.kind, str(last[place.code]))
        for place in tree.places
        if place.size and place.code not in by_hand.closed and first[place.code] != last[place.code]
        if not place.code.startswith(_FOUNDED)
    )
    yield Delivery(
        "units",
        _DECLARED_DAY,
        "3月上报党员数（变动）.csv",
        ("code", "name", "kind", "declared_members"),
        recount,
    )


def _declared(tree: Tree, first: Counter[str], last: Counter[str], by_hand: Changes, rng: Random) -> dict[str, str]:
    """Give what each unit with members of its own declares; a few declare what the register does not say."""
    declared = {place.code: str(first[place.code] or place.size) for place in tree.places if place.size}
    steady = [code for code in declared if first[code] == last[code] and code not in by_hand.closed]
    rng.shuffle(steady)
    for code, difference in zip(steady, _MISCOUNTED, strict=False):
        declared[code] = str(first[code] + difference)
    for code in steady[len(_MISCOUNTED) : 2 * len(_MISCOUNTED)]:
        declared[code] = ""
    return declared


def _unit_rows(tree: Tree, crowd: People, declared: dict[str, str], rng: Random) -> list[Row]:
    plain = [place.code for place in tree.places if place.size and not place.heads]
    rng.shuffle(plain)
    no_chief, no_phone = frozenset(plain[:_NO_CHIEF]), frozenset(plain[_NO_CHIEF : _NO_CHIEF + _NO_PHONE])
    rows: list[Row] = []
    for place in tree.places:
        phone = f"0577-8{rng.randrange(10**7):07}"
        chief = crowd.chiefs.get(place.code)
        rows.append((
            place.code, place.name, place.parent, place.kind, place.sector, place.batch,
            chief.name if chief and place.code not in no_chief else "",
            phone if chief and place.code not in no_phone else "",
            declared.get(place.code, ""),
        ))  # fmt: skip
    return rows


def _shift_file(tree: Tree) -> Delivery:
    rows = [(place.code, place.name, place.kind, *SHIFTS[name]) for name in SHIFTS for place in [tree.named(name)]]
    columns = ("code", "name", "kind", "starts_on", "shift_reason")
    return Delivery("units", _SHIFT_DAY, "启动时间调整表.csv", columns, tuple(rows))


def _new_chiefs(tree: Tree, crowd: People) -> dict[str, Person]:
    """Find who follows where the head changes."""
    found: dict[str, Person] = {}
    for name in _NEW_CHIEFS:
        code = tree.named(name).code
        old = crowd.chiefs[code]
        found[code] = next(
            person for person in crowd.members if person.unit == old.unit and person.leader and person is not old
        )
    return found


def _chief_file(tree: Tree, crowd: People) -> Delivery:
    """Give the file that followed the appointments of February: who is what; who heads the unit, its post says."""
    posts: list[Row] = []
    for code, new in _new_chiefs(tree, crowd).items():
        old = crowd.chiefs[code]
        posts += [(new.code, new.name, new.unit, old.post, old.rank)]
        posts += [(old.code, old.name, old.unit, _RETIRING_POST, old.rank)]
    columns = ("code", "name", "unit", "post", "rank")
    return Delivery("members", _CHIEF_DAY, "干部任免（2月）.csv", columns, tuple(posts))


def _member_files(tree: Tree, crowd: People) -> Iterator[Delivery]:
    """Give one register per office, and per town; three came in a day."""
    files: dict[str, list[Row]] = {}
    for person in crowd.members:
        if person.incoming:
            continue
        place = tree.by_code[person.unit]
        line = list(tree.line(place))
        town = line[-2].code == TOWNS
        name = line[-3].name.removesuffix("党工委").removesuffix("党委") if town else office(tree, place)
        files.setdefault(name, []).append(member_row(person))
    for number, (name, rows) in enumerate(files.items()):
        yield Delivery("members", _MEMBER_DAYS[number // 3], f"{name}党员名册.csv", MEMBER_COLUMNS, tuple(rows))


def member_row(person: Person) -> Row:
    """Return a member as a row under `MEMBER_COLUMNS`."""
    return (
        person.code, person.name, person.sex, person.born_on, person.id_number, person.unit, person.joined_on,
        person.status, person.post, person.rank, str(int(person.leader)), person.category, person.phone,
    )  # fmt: skip


# ── progress ──


class Progress:
    """Milestones, tasks and items: what was done, and when it was entered."""

    def __init__(self, tree: Tree, crowd: People, by_hand: Changes) -> None:
        rng = seeded(_SEED + 1)
        pace = paces(tree)
        self._by_hand = by_hand
        self.marks = milestones(tree, crowd, by_hand, pace)
        self.entered: dict[tuple[str, str], date] = {}
        self._files: dict[tuple[date, str], list[Row]] = {}
        for mark in self.marks:
            skipped = 1 + rng.randrange(2) if chance(rng, _LATE_REPORTS) else 0
            day = reported(mark.day, skipped)
            if day and day.isoformat() < by_hand.closed.get(mark.place.code, "9"):
                dated = (mark.place.code, mark.milestone, mark.day.isoformat())
                row = (*dated, mark.head, mark.reporter, mark.evidence, mark.note)
                self._files.setdefault((day, office(tree, mark.place)), []).append(row)
                self.entered[mark.place.code, mark.milestone] = day
        self.studied = tasks(crowd, by_hand, pace, self.marks)
        self.ticked = nine_ones(tree, crowd, pace)

    def deliveries(self) -> Iterator[Delivery]:
        """Give the files, per office and week, and per week."""
        for (day, name), rows in self._files.items():
            source = f"{name}进度表（{day.month}月{day.day}日）.csv"
            yield Delivery("milestones", day.isoformat(), source, MILESTONE_COLUMNS, tuple(rows))
        studied = [
            (tick.day, (tick.member, tick.item, tick.day.isoformat(), tick.mode, tick.text)) for tick in self.studied
        ]
        yield from _weekly("tasks", "党员学习登记汇总", TASK_COLUMNS, studied, self._by_hand)
        ticked = [(tick.day, (tick.member, tick.item, tick.day.isoformat(), tick.text)) for tick in self.ticked]
        yield from _weekly("nine-ones", "领导干部九个一登记", ITEM_COLUMNS, ticked, self._by_hand)


def _weekly(
    kind: Kind, source: str, columns: Row, dated: Sequence[tuple[date, Row]], by_hand: Changes
) -> Iterable[Delivery]:
    """Cut records into one file a week; whoever has left by then is in none."""
    files: dict[date, list[Row]] = {}
    for done, row in dated:
        day = reported(done)
        if day and day.isoformat() < by_hand.left.get(row[0], "9"):
            files.setdefault(day, []).append(row)
    for day, rows in sorted(files.items()):
        yield Delivery(kind, day.isoformat(), f"{source}（{day.month}月{day.day}日）.csv", columns, tuple(rows))


# ── the registers ──


def _kept(tree: Tree, crowd: People, by_hand: Changes, progress: Progress) -> Sheets:
    """Fill the registers by what was done; note the phases that follow from it."""
    sheets = Sheets()
    # A closed unit, or a mark that never came in, leaves no other traces either.
    marks = [mark for mark in progress.marks if (mark.place.code, mark.milestone) in progress.entered]
    marks = [mark for mark in marks if mark.place.code not in by_hand.closed]
    new = _new_chiefs(tree, crowd)
    owners = {code: (new.get(code) or chief).name for code, chief in crowd.chiefs.items()}
    lead(sheets, tree, crowd, marks, new)
    contact_points(sheets, tree, crowd, progress.ticked, by_hand.closed)
    supervise(sheets, tree, crowd, by_hand, marks, owners)
    open_misses = study(sheets, crowd, by_hand, marks, progress.studied)
    listen(sheets, tree, marks, owners)
    own_milestones(sheets, tree)
    tell(sheets, tree, crowd)
    call(sheets, tree, by_hand, marks, owners)
    phases(tree, crowd, by_hand, progress.entered, progress.studied, open_misses)
    return sheets
