"""The members of every unit, made up, and who heads which unit."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from advedu.values.identity import check_digit
from tools.demonstration import names
from tools.demonstration.chance import chance, distinct, seeded
from tools.demonstration.places import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from tools.demonstration.places import Place

_SEED = 14_972

# The district's highest body sits in the office of the district committee, not in the first unit of the tree.
_ROOT_OFFICE = "区委办公室第一党支部"

_NO_ID, _OLD_ID, _MONTH_ONLY = 150, 40, 220
_NEWCOMERS = 8  # besides the members of the units founded during the campaign
_NEW_UNITS = "F"
_NAMESAKES = 16  # pairs within one unit; across units they come by themselves

_REGIONS = (
    *("330304",) * 30, "330302", "330302", "330303", "330322", "330324", "330326", "330327", "330328",
    "330329", "330381", "330381", "330382",
)  # fmt: skip

_LAST_FULL_YEAR = 2003  # who joined later was still on probation in the first quarter of 2005
_ADULT = 19  # in the year of joining, so that nobody was younger than 18 on the day


@dataclass(frozen=True, slots=True)
class _Profile:
    """Who belongs to a unit of one sector.

    Attributes:
        categories: identifiers, each as often as it is common.
        born: first and last year.
        women: their share.
        mobile: share of those who left a number.
    """

    categories: tuple[str, ...]
    born: tuple[int, int]
    women: float
    mobile: float


def _profile(categories: str, first: int, last: int, women: float, mobile: float) -> _Profile:
    pairs = (part.split(":") for part in categories.split())
    return _Profile(tuple(name for name, weight in pairs for _ in range(int(weight))), (first, last), women, mobile)


_PROFILES = {
    "government": _profile("civil_servant:15 cadre:4 worker:1", 1946, 1980, 0.24, 0.95),
    "institution": _profile("technician:5 cadre:3 worker:2", 1946, 1981, 0.3, 0.9),
    "school": _profile("teacher:18 technician:1 worker:1", 1946, 1981, 0.44, 0.9),
    "hospital": _profile("medical:17 technician:1 worker:2", 1946, 1981, 0.52, 0.9),
    "street": _profile("civil_servant:5 cadre:4 worker:1", 1947, 1980, 0.26, 0.94),
    "community": _profile("retired:11 worker:3 self_employed:3 unemployed:2 other:1", 1945, 1980, 0.34, 0.5),
    "rural": _profile("farmer:17 self_employed:2 worker:1", 1926, 1980, 0.16, 0.42),
    "state_enterprise": _profile("worker:3 technician:1 cadre:1", 1946, 1979, 0.24, 0.8),
    "private_enterprise": _profile("worker:4 technician:4 cadre:2", 1950, 1982, 0.26, 0.9),
    "social_organization": _profile("other:4 technician:4 self_employed:2", 1940, 1980, 0.3, 0.9),
    "retired": _profile("retired:1", 1921, 1944, 0.22, 0.2),
    "": _profile("other:2 worker:2 unemployed:1", 1940, 1980, 0.28, 0.7),
}
_RETIRED_BORN = (1922, 1944)
_STUDENT_BORN = (1985, 1985)
_STUDENTS = {"瓯海中学高三年级党支部": 3}
_POSTS = {
    "civil_servant": ("科员", "科员", "科员", "副主任科员", "主任科员", "科长", "副科长"),
    "cadre": ("", "科员", "办事员"),
    "teacher": ("教师", "教师", "教师", "教研组长", "年级段长", "班主任"),
    "medical": ("医师", "主治医师", "护士", "护师", "副主任医师", "检验师"),
    "technician": ("助理工程师", "工程师", "技术员", ""),
}
_OWN_BODY = {"committee": "党委", "party_group": "党组", "work_committee": "党工委", "district": "区委"}
_OWN_BODY |= {"general_branch": "党总支", "branch": "党支部"}
_DISTRICT_DEPUTIES = {
    "区委书记": ("区委副书记",) * 3 + ("区委常委",) * 5,
    "区长": ("副区长",) * 7,
    "区人大常委会主任": ("区人大常委会副主任",) * 5,
    "区政协主席": ("区政协副主席",) * 5,
}
_TOWN_DEPUTIES = ("副书记、{}", "副书记", "人大主席", "纪委书记", "副{}", "武装部长")
_UNRANKED_SECTORS = frozenset({"state_enterprise", "rural", "community"})
_UNRANKED_TITLES = frozenset({"校长", "所长", "大队长", "总经理"})


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is in a unit: a leader of that body or its secretary."""

    post: str
    rank: str
    leader: bool
    chief_of: str = ""


@dataclass(slots=True)
class Person:
    """A member, in the texts that an import takes."""

    name: str
    sex: str
    year: int
    born_on: str
    id_number: str
    unit: str
    joined_on: str
    status: str
    post: str
    rank: str
    leader: bool
    category: str
    phone: str
    code: str = ""
    incoming: bool = False  # joined the district after the campaign had begun


@dataclass(slots=True)
class People:
    """All members in the order of their units, and the head of every unit: code → person."""

    members: list[Person] = field(default_factory=list)
    chiefs: dict[str, Person] = field(default_factory=dict)


def people(places: Sequence[Place]) -> People:
    """Fill the units with members."""
    rng = seeded(_SEED)
    found = People()
    roles = _roles(places)
    taken: set[str] = set()
    for place in places:
        own = roles.get(place.code, [])
        for number in range(place.size):
            role = own[number] if number < len(own) else None
            student = number >= place.size - _STUDENTS.get(place.name, 0)
            person = _person(rng, place, role, taken, student=student)
            found.members.append(person)
            if role and role.chief_of:
                found.chiefs[role.chief_of] = person
    _twist(found.members, rng)
    return found


# ── who leads ──


def _roles(places: Sequence[Place]) -> dict[str, list[Role]]:
    """Seat every leading body, and every secretary, in a unit that has members."""
    first_child: dict[str, str] = {}
    for place in places:
        first_child.setdefault(place.parent, place.code)
    office = next(place.code for place in places if place.name == _ROOT_OFFICE)
    roles: dict[str, list[Role]] = {}
    # The lower the unit, the later in the list: leaders sit before secretaries.
    for place in sorted(places, key=lambda place: not place.heads):
        if place.kind == "group":
            continue
        seat = office if place.code == ROOT else place.code
        while seat in first_child:
            seat = first_child[seat]
        roles.setdefault(seat, []).extend(_body(place) if place.heads else [_secretary(place)])
    return roles


def _secretary(place: Place) -> Role:
    return Role(f"{_OWN_BODY[place.kind]}书记", "", leader=False, chief_of=place.code)


def _body(place: Place) -> list[Role]:
    own, title = _OWN_BODY[place.kind], place.title
    top, others = _ranks(place)
    if title in _DISTRICT_DEPUTIES:
        first = title if place.code == ROOT else f"{own}书记、{title}"
        posts = [first, *_DISTRICT_DEPUTIES[title]]
    elif place.sector == "street":
        posts = [f"{own}书记", *(post.format(title) for post in _TOWN_DEPUTIES)]
    else:
        first = f"{own}书记" if title == "书记" else f"{own}书记、{title}"
        posts = [first, *(f"副{title}",) * 2, "纪检组长", *(f"{own}委员、副{title}",) * 4]
    return [
        Role(post, others if number else top, leader=True, chief_of="" if number else place.code)
        for number, post in enumerate(posts[: place.heads])
    ]


def _ranks(place: Place) -> tuple[str, str]:
    if place.title in _DISTRICT_DEPUTIES:
        return "正处级", "副处级"
    hospital = place.sector == "hospital" and place.title == "院长"
    if hospital or place.sector in _UNRANKED_SECTORS or place.title in _UNRANKED_TITLES:
        return "", ""
    return "正科级", "副科级"


# ── one member ──


def _person(rng: Random, place: Place, role: Role | None, taken: set[str], *, student: bool) -> Person:
    profile = _PROFILES[place.sector]
    category = "student" if student else rng.choice(profile.categories)
    leads = role is not None and role.leader
    if leads and category in {"retired", "unemployed", "worker", "other"}:
        category = "farmer" if place.sector == "rural" else "cadre"
    low, high = _years(profile, category, leads=leads)
    year = low + rng.randrange(high - low + 1)
    sex = "female" if chance(rng, profile.women * 0.5 if leads else profile.women) else "male"
    month = 1 + rng.randrange(6 if student else 12)
    born_on = f"{year}-{month:02}-{1 + rng.randrange(monthrange(year, month)[1]):02}"
    joined_on, status = _joined(rng, year, tried=role is not None)
    return Person(
        name=names.surname(rng, place.name if place.sector == "rural" else "") + names.given(rng, sex, year),
        sex=sex,
        year=year,
        born_on=born_on,
        id_number=_id_number(rng, born_on, sex, taken),
        unit=place.code,
        joined_on=joined_on,
        status=status,
        post=role.post if role else rng.choice(_POSTS.get(category, ("",))),
        rank=role.rank if role else "",
        leader=leads,
        category=category,
        phone=_mobile(rng) if leads or chance(rng, profile.mobile) else "",
    )


def _years(profile: _Profile, category: str, *, leads: bool) -> tuple[int, int]:
    if category == "student":
        return _STUDENT_BORN
    if category == "retired":
        return _RETIRED_BORN
    low, high = profile.born
    return (max(low, 1946), min(high, 1970)) if leads else (low, high)


def _joined(rng: Random, year: int, *, tried: bool) -> tuple[str, str]:
    """Give the day or month of joining, and the status; those who hold a post are past their probation."""
    span = _LAST_FULL_YEAR - year - _ADULT  # in which somebody of that age could become a full member
    years = int(26 * rng.random() * rng.random()) + chance(rng, 0.5)
    month, day = 1 + rng.randrange(12), 1 + rng.randrange(28)
    newcomer = not tried and chance(rng, 0.35 if years > span else 0.01)
    if newcomer or span < 0:
        return f"2004-{max(6, min(month, 11)):02}-{day:02}", "probationary"
    if years > span:
        years = rng.randrange(span + 1)
    joined = f"{year + _ADULT + years}-{month:02}"
    return (joined if chance(rng, 0.45) else f"{joined}-{day:02}"), "full"


def _id_number(rng: Random, born_on: str, sex: str, taken: set[str]) -> str:
    while True:
        serial = 2 * rng.randrange(500) + (sex == "male")
        first17 = f"{rng.choice(_REGIONS)}{born_on.replace('-', '')}{serial:03}"
        if first17 not in taken:
            taken.add(first17)
            return first17 + check_digit(first17)


def _mobile(rng: Random) -> str:
    return f"13{rng.choice('056789')}{rng.randrange(10**8):08}"


# ── what registers are like ──


def _twist(members: list[Person], rng: Random) -> None:
    """Leave out, shorten and repeat what real registers leave out, shorten and repeat."""
    chosen = distinct(rng, len(members), _NO_ID + _OLD_ID + _MONTH_ONLY)
    for number, index in enumerate(chosen):
        person = members[index]
        if number < _NO_ID:
            person.id_number = ""
        elif number < _NO_ID + _OLD_ID:
            person.id_number = person.id_number[:6] + person.id_number[8:17]
        else:
            person.born_on = person.born_on[:7]
    pairs = 0
    while pairs < _NAMESAKES:
        first = rng.randrange(len(members) - 5)
        one, other = members[first], members[first + 5]
        if one.unit == other.unit and one.sex == other.sex and not one.post and not other.post:
            other.name = one.name
            pairs += 1
    for person in members:
        person.incoming = person.unit.startswith(_NEW_UNITS)
    settled = [person for person in members if not person.post and not person.incoming]
    for index in distinct(rng, len(settled), _NEWCOMERS):
        settled[index].incoming = True
