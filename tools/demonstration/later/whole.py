"""Puts the later part together, and cuts it into deliveries that follow those of the spring."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tools.demonstration.bodies import lead_bodies
from tools.demonstration.chance import chance, seeded
from tools.demonstration.changes import Changes
from tools.demonstration.deliveries import LAST_DAY, MEMBERS, UNITS, Delivery, DemoDistrict
from tools.demonstration.district import ITEM_COLUMNS, MEMBER_COLUMNS, MILESTONE_COLUMNS, TASK_COLUMNS, member_row
from tools.demonstration.later.calendar import LAST, onwards, reported
from tools.demonstration.later.checklists import ticks
from tools.demonstration.later.course import PHASES, courses
from tools.demonstration.later.office import call, commend, tell
from tools.demonstration.later.rectification import rectify
from tools.demonstration.later.supervision import supervise
from tools.demonstration.progress import PINNED, Writer
from tools.demonstration.registers import Sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tools.demonstration.checklists import Tick
    from tools.demonstration.deliveries import Kind, Row
    from tools.demonstration.district import Spring
    from tools.demonstration.later.course import Course
    from tools.demonstration.progress import Mark

_SEED, _BODIES_SEED = 620, 42

# The units founded in the spring go with the third batch; of one nobody has decided it.
_BATCHED_ON, _UNDECIDED = "2005-12-23", "温州恒隆会计师事务所党支部"
_NEWCOMERS_ON = date(2006, 3, 17)
_NEWCOMERS = (
    ("区委组织部党支部", 1),
    ("区档案局党支部", 1),
    ("区实验小学党支部", 2),
    ("区文化馆党支部", 1),
    ("高翔村党支部", 2),
)
_LEAVINGS = (
    (date(2005, 8, 12), "去世"),
    (date(2005, 11, 11), "组织关系转出本区"),
    (date(2006, 2, 17), "去世"),
    (date(2006, 4, 14), "组织关系转出本区"),
)
_TRANSFERS = (date(2005, 9, 9), date(2005, 12, 9), date(2006, 2, 24), date(2006, 4, 21))
_MILESTONE_EXEMPTIONS, _EXEMPTION_REASON = 6, "由党总支统一召开动员大会，支部不再单独召开"
_REOPENED = ("区总工会党组", "群众来信反映整改不到位，重新整改")
_OVERRIDE = "在外务工党员已电话联系，返回后补办，不影响转段"


def continued(spring: Spring) -> DemoDistrict:
    """Go on from the first pinned day to the last."""
    by_hand = Changes()
    _exempt(spring, by_hand)
    starts = {place.code: start for place in spring.tree.places if (start := spring.tree.start(place))}
    starts |= {code: date(2006, 1, 1) for code in _batched(spring)}
    found = courses(spring, {code: start for code, start in starts.items() if start <= LAST})
    sheets = Sheets(reported)
    owners = {code: (spring.new.get(code) or chief).name for code, chief in spring.crowd.chiefs.items()}
    done = ticks(spring, found, sheets)
    rectify(spring, found, sheets, owners)
    supervise(spring, found, sheets, owners)
    tell(spring, sheets)
    call(found, sheets, owners)
    commend(spring, found, done, sheets)
    marks = list(_marks(spring, found))
    lead_bodies(sheets, spring.tree, spring.crowd, marks, spring.new, _BODIES_SEED)
    _phases(spring, found, by_hand)
    _people(spring, found, by_hand)
    deliveries = [
        *spring.district.deliveries,
        *_registers(spring),
        # What is published stands on record before the milestone that says so.
        *sheets.deliveries(),
        *_marked(marks),
        *_weekly("tasks", "党员学习登记汇总", TASK_COLUMNS, done.tasks),
        *_weekly("nine-ones", "领导干部九个一登记", ITEM_COLUMNS, done.items),
    ]
    deliveries.sort(key=lambda delivery: delivery.day)
    events = [*spring.district.events, *sorted(by_hand.events, key=lambda event: event.day)]
    left, came = len(_LEAVINGS), sum(count for _, count in _NEWCOMERS)
    return DemoDistrict(LAST_DAY, UNITS, MEMBERS - left + came, tuple(deliveries), tuple(events))


# ── units and members ──


def _batched(spring: Spring) -> list[str]:
    return [p.code for p in spring.tree.places if p.parent == "F" and p.name != _UNDECIDED]


def _registers(spring: Spring) -> Iterator[Delivery]:
    batched = [spring.tree.by_code[code] for code in _batched(spring)]
    rows = tuple((place.code, place.name, place.kind, "3") for place in batched)
    yield Delivery("units", _BATCHED_ON, "新建两新组织批次.csv", ("code", "name", "kind", "batch"), rows)
    # They bring the names of members who left, with an ending: nobody has to be made up for them.
    newcomers = []
    like = iter([person for person in spring.crowd.members if person.status == "probationary" and person.phone])
    number = len(spring.crowd.members)
    day = _NEWCOMERS_ON.isoformat()
    for name, count in _NEWCOMERS:
        for _ in range(count):
            person, number = next(like), number + 1
            row = dict(zip(MEMBER_COLUMNS, member_row(person), strict=True))
            row |= {"code": f"P{number:05}", "unit": spring.tree.named(name).code, "id_number": "", "phone": ""}
            row |= {"name": f"{person.name[0]}{person.name[-1]}华", "joined_on": "2006-03-10", "arrived_on": day}
            newcomers.append(row)
    yield Delivery(
        "members", reported(_NEWCOMERS_ON).isoformat(), "2006年3月新接收党员.csv", tuple(newcomers[0]),  # type: ignore[union-attr]
        tuple(tuple(row.values()) for row in newcomers),
    )  # fmt: skip


def _people(spring: Spring, found: Mapping[str, Course], by_hand: Changes) -> None:
    """Let some leave and some move to units that have finished."""
    rng = seeded(_SEED)
    struck = spring.by_hand
    plain = [
        person
        for person in spring.crowd.members
        if not (person.post or person.leader or person.incoming)
        if person.code not in struck.now and person.code not in struck.left
        if not any((person.code, task) in struck.member_exempt for task in ("T1", "T2"))
    ]
    settled = [p for p in plain if found[p.unit].closed.get("improvement", LAST) < date(2005, 7, 20)]
    rng.shuffle(settled)
    ends = iter(settled)
    for day, reason in _LEAVINGS:
        by_hand.add(day, "member leave", member=next(ends).code, reason=reason)
    targets = [code for code, course in found.items() if course.closed.get("improvement", LAST) < date(2005, 7, 20)]
    targets = [code for code in targets if found[code].place.size]
    for day in _TRANSFERS:
        for _ in range(3):
            person = next(ends)
            target = next(code for code in iter(lambda: rng.choice(targets), None) if code != person.unit)
            by_hand.add(day, "member transfer", member=person.code, unit=target)


def _exempt(spring: Spring, by_hand: Changes) -> None:
    """Exempt branches whose general branch holds the meeting for them; their courses know."""
    tree = spring.tree
    branches = [p for p in tree.places if p.kind == "branch" and tree.by_code[p.parent].kind == "general_branch"]
    branches = [place for place in branches if tree.batch(place) == "2"]
    for place in branches[:: len(branches) // _MILESTONE_EXEMPTIONS][:_MILESTONE_EXEMPTIONS]:
        spring.by_hand.unit_exempt.add((place.code, "M103"))
        line = {"unit": place.code, "milestone": "M103", "reason": _EXEMPTION_REASON}
        by_hand.add(date(2005, 7, 12), "milestone exempt", **line)


# ── progress ──


def _marks(spring: Spring, found: Mapping[str, Course]) -> Iterator[Mark]:
    write = Writer(seeded(_SEED + 1), spring.crowd)
    for course in found.values():
        for milestone in course.new:
            yield write.mark(course.place, milestone, course.days[milestone])


def _marked(marks: Sequence[Mark]) -> Iterator[Delivery]:
    """Give one file a week; a few optional ones come late."""
    rng = seeded(_SEED + 2)
    files: dict[date, list[Row]] = {}
    for mark in marks:
        optional = mark.milestone in {"M203", "M204", "M206"}
        day = reported(mark.day, 2 if optional and chance(rng, 0.05) else 0)
        if day:
            dated = (mark.place.code, mark.milestone, mark.day.isoformat())
            files.setdefault(day, []).append((*dated, mark.head, mark.reporter, mark.evidence, mark.note))
    for day, rows in sorted(files.items()):
        yield Delivery("milestones", day.isoformat(), _named("全区进度表", day), MILESTONE_COLUMNS, tuple(rows))


def _weekly(kind: Kind, title: str, columns: Row, ticked: Sequence[Tick]) -> Iterator[Delivery]:
    files: dict[date, list[Row]] = {}
    for tick in ticked:
        row = (tick.member, tick.item, tick.day.isoformat(), *((tick.mode,) if kind == "tasks" else ()), tick.text)
        day = reported(tick.day)
        if day:
            files.setdefault(day, []).append(row)
    for day, rows in sorted(files.items()):
        yield Delivery(kind, day.isoformat(), _named(title, day), columns, tuple(sorted(rows)))


def _named(title: str, day: date) -> str:
    return f"{title}（{day.month}月{day.day}日）.csv"


# ── phases ──


def _phases(spring: Spring, found: Mapping[str, Course], by_hand: Changes) -> None:
    """Note openings, sign-offs and closings, many units at a time."""
    opened: dict[tuple[date, str], list[str]] = {}
    closed: dict[tuple[date, str, str], list[str]] = {}
    for code, course in found.items():
        for phase in PHASES:
            day = course.opened.get(phase)
            if day and day > PINNED:
                opened.setdefault((day, phase), []).append(code)
            day = course.closed.get(phase)
            if day and day > PINNED:
                overridden = course.fate == "overridden" and phase == PHASES[-1]
                closed.setdefault((day, phase, "phase override" if overridden else "phase close"), []).append(code)
    for (day, phase, verb), codes in sorted(closed.items()):
        units = " ".join(codes)
        if verb == "phase close":
            by_hand.add(day, "phase sign-off", units=units, phase=phase)
            by_hand.add(day, "phase close", units=units, phase=phase)
        else:
            by_hand.add(day, "phase override", units=units, phase=phase, reason=_OVERRIDE)
    for (day, phase), codes in sorted(opened.items()):
        by_hand.add(day, "phase open", units=" ".join(codes), phase=phase)
    name, reason = _REOPENED
    course = found[spring.tree.named(name).code]
    day = onwards(course.closed["improvement"] + timedelta(days=21))
    again = reported(day + timedelta(days=30))
    assert again is not None
    line = {"units": course.place.code, "phase": "improvement"}
    by_hand.add(day, "phase reopen", **line, reason=reason)
    by_hand.add(again, "phase sign-off", **line)
    by_hand.add(again, "phase close", **line)
