"""Who leads: leading bodies, changes of chiefs, absences, leaders of district rank and contact points."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tools.demonstration.chance import chance, seeded
from tools.demonstration.days import workday

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from random import Random

    from tools.demonstration.checklists import Tick
    from tools.demonstration.people import People, Person
    from tools.demonstration.places import Place
    from tools.demonstration.progress import Mark
    from tools.demonstration.registers import Sheets
    from tools.demonstration.tree import Tree

_SEED = 41

_MUNICIPAL = "C"  # the grouping node of the city's units
_LIST_DAY = "2005-01-05"
APPOINTED = "2005-02-25"

# 四套班子: where the holders of these posts sit.
_BODIES = (("区人大", "congress"), ("区政协", "consultative"), ("区长", "government"), ("区委", "committee"))
_DISTRICT_RANKS = frozenset({"正处级", "副处级"})
_WITHOUT_POINT = 5  # of those of district rank, and as many of those who ticked the item
_NOT_IN_ORGAN = 3

# Nobody told yet who is in these bodies, or who works in their offices.
_UNTOLD = frozenset({"区体育局党组"})
_NO_STAFF = frozenset({"区民政局党组", "区水利局党组"})
# Its new chief has not taken over the body.
_OLD_HEAD = frozenset({"区旅游局党组"})

# Unit, first day, last day, why, approved by.
_ABSENCES = (
    ("区对外贸易经济合作局党组", "2005-01-24", "2005-01-27", "赴省厅参加外贸工作会议", "区委办公室"),
    ("区财政局（地税局）党委", "2005-02-22", "2005-02-25", "省财政工作会议", "区委组织部"),
    ("区旅游局党组", "2005-03-02", "2005-03-15", "随团赴外地招商推介", "区政府办公室"),
    ("市电业局瓯海供电分局党总支", "2005-03-09", "2005-03-11", "供电安全检查", ""),
    ("区教育局党委", "2005-03-17", "2005-03-19", "赴杭州参加全省教育工作会议", "区委组织部"),
)


def lead(sheets: Sheets, tree: Tree, people: People, marks: Sequence[Mark], new: Mapping[str, Person]) -> None:
    """Record who leads what.

    Args:
        sheets: takes what is delivered.
        tree: the units.
        people: the members.
        marks: the milestones reached.
        new: unit → who became its chief in February.
    """
    for place in tree.places:
        if place.code.startswith(_MUNICIPAL) and place.code != _MUNICIPAL:
            sheets.put("units", _LIST_DAY, code=place.code, name=place.name, kind=place.kind, municipal="是")
    for person in _of_district_rank(people):
        body = next(word for sign, word in _BODIES if sign in person.post)
        sheets.put("members", _LIST_DAY, code=person.code, name=person.name, unit=person.unit, district_body=body)
    for code, person in new.items():
        old, title = people.chiefs[code], people.chiefs[code].post
        chief = {"unit": code, "role": "chief", "title": title}
        sheets.put("posts", APPOINTED, **chief, name=old.name, to_on=APPOINTED)
        sheets.put("posts", APPOINTED, **chief, name=person.name, from_on=APPOINTED)
    lead_bodies(sheets, tree, people, [mark for mark in marks if tree.batch(mark.place) == "1"], new, _SEED)
    for name, first, last, why, who in _ABSENCES:
        code = tree.named(name).code
        away = new.get(code) or people.chiefs[code]
        day = date.fromisoformat(first)
        sheets.add("absences", day, unit=code, name=away.name, from_on=first, to_on=last, reason=why, approved_by=who)


def _of_district_rank(people: People) -> list[Person]:
    return [person for person in people.members if person.rank in _DISTRICT_RANKS]


# ── leading bodies ──


def lead_bodies(
    sheets: Sheets, tree: Tree, people: People, marks: Sequence[Mark], new: Mapping[str, Person], seed: int
) -> None:
    """Fill the leading bodies of the units that set one up: head, deputies, members and staff."""
    rng = seeded(seed)
    leaders, plain = _by_top(tree, people)
    for mark in marks:
        place = mark.place
        if mark.milestone != "M101" or place.name in _UNTOLD:
            continue
        chief = people.chiefs[place.code]
        head = mark.head or chief.name
        line = {"unit": place.code, "from_on": mark.day.isoformat()}
        stays = place.code not in new or place.name in _OLD_HEAD
        sheets.add("bodies", mark.day, **line, role="head", name=head)
        if not stays:
            sheets.put("bodies", APPOINTED, **line, role="head", name=head, to_on=APPOINTED)
            sheets.put("bodies", APPOINTED, unit=place.code, role="head", name=new[place.code].name, from_on=APPOINTED)
        others = [person for person in leaders.get(chief.unit, ()) if person.name != head]
        for number, person in enumerate(others[:4]):
            role = "member" if number else "deputy"
            sheets.add("bodies", mark.day, **line, role=role, name=person.name, post=person.post)
        if place.name not in _NO_STAFF:
            for person in _staff(rng, plain, place):
                sheets.add("bodies", mark.day, **line, role="staff", name=person.name, post=person.post)


def _by_top(tree: Tree, people: People) -> tuple[dict[str, list[Person]], dict[str, list[Person]]]:
    """Sort leaders by their own unit, and everybody else by every unit above."""
    leaders: dict[str, list[Person]] = {}
    plain: dict[str, list[Person]] = {}
    for person in people.members:
        if person.leader:
            leaders.setdefault(person.unit, []).append(person)
        elif not person.incoming and person.category in {"cadre", "civil_servant", "teacher", "medical", "technician"}:
            for place in tree.line(tree.by_code[person.unit]):
                plain.setdefault(place.code, []).append(person)
    return leaders, plain


def _staff(rng: Random, plain: Mapping[str, list[Person]], place: Place) -> list[Person]:
    pool = plain.get(place.code, [])
    found: dict[str, Person] = {}
    while pool and len(found) < min(2 + rng.randrange(2), len(pool)):
        person = rng.choice(pool)
        found[person.name] = person
    return list(found.values())


# ── contact points ──


def contact_points(sheets: Sheets, tree: Tree, people: People, ticks: Sequence[Tick], closed: Collection[str]) -> None:
    """Register a contact point for who ticked N5, from that day on, and for most of the leaders of district rank."""
    rng = seeded(_SEED + 1)
    first: dict[str, date] = {}
    for tick in ticks:
        if tick.item == "N5":
            first[tick.member] = min(tick.day, first.get(tick.member, tick.day))
    lasting = [place for place in tree.places if place.size and place.code[0] != "F" and place.code not in closed]
    organs = [place for place in lasting if place.code[0] == "A" and place.sector == "government"]
    others = [place for place in lasting if place.sector in {"community", "rural", "school", "hospital"}]
    high = {person.code for person in _of_district_rank(people)}
    unregistered = set(sorted(set(first) - high)[:: max(1, len(first) // _WITHOUT_POINT)])
    for number, person in enumerate(person for person in people.members if person.code in high):
        missing = number % 6 == _WITHOUT_POINT and person.code not in first
        if missing:
            continue
        day = first.get(person.code) or workday(date(2005, 1, 20) + timedelta(days=rng.randrange(30)))
        far = number % 9 == _NOT_IN_ORGAN
        _point(sheets, rng, person, day, others if far else organs)
    for person in people.members:
        if person.code in first and person.code not in high and person.code not in unregistered:
            near = chance(rng, 0.3)
            _point(sheets, rng, person, first[person.code], organs if near else others)


def _point(sheets: Sheets, rng: Random, person: Person, day: date, places: Sequence[Place]) -> None:
    place = rng.choice(places)
    while place.code == person.unit:
        place = rng.choice(places)
    sheets.add("contact-points", day, unit=place.code, member=person.code, from_on=day.isoformat())
