"""The units: organs from organs.txt, towns and villages from divisions.csv, firms to make up the number."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from tools.demonstration.chance import seeded
from tools.demonstration.deliveries import MEMBERS, UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from random import Random

_SEED = 782

ROOT = "330304"
TOWNS = "D"
_LETTERS = "ABCEF"  # of the grouping nodes in organs.txt; D are the towns

# The end of a name says what a unit is; the first that fits counts.
_ENDINGS = (
    ("党支部", "branch"),
    ("党总支", "general_branch"),
    ("党工委", "work_committee"),
    ("机关工委", "work_committee"),
    ("党组", "party_group"),
    ("党委", "committee"),
    ("公司委员会", "committee"),
)
GRASSROOTS = frozenset({"committee", "general_branch", "branch"})

# Closed by the pinned day, so there are three more to begin with; ten members leave for good.
CLOSED = 3
LEAVERS = 10

_SIZES = {
    "government": (8, 30), "institution": (7, 24), "school": (14, 42), "hospital": (12, 34),
    "street": (14, 30),
    "community": (25, 70), "rural": (22, 68), "state_enterprise": (7, 24), "private_enterprise": (3, 12),
    "social_organization": (4, 12), "retired": (18, 45), "": (5, 16),
}  # fmt: skip
_ELASTIC = frozenset({"community", "rural"})  # scaled so that the members add up

# The batch of the grouping node above does not fit these: villages that the town has grown around.
_OTHER_BATCH = {"高翔村党支部": "2", "南村党支部": "2", "园底村党支部": "2"}
_BRANCHES = "一二三"
_LARGE_VILLAGE = 3  # of seven
_SMALL = {"古耸村党支部": 4}  # to be merged into its neighbour


@dataclass(slots=True)
class Place:
    """A unit as first registered.

    Attributes:
        code: unique text.
        name: full name.
        parent: code of the unit above, empty for the root.
        kind: identifier.
        sector: identifier or empty.
        batch: its own batch; empty when the one above counts.
        title: what the head of its leading body is called, empty when it has none of its own.
        heads: how many leaders that body has.
        size: members; 0 for a unit whose members belong to the units below it.
    """

    code: str
    name: str
    parent: str
    kind: str
    sector: str = ""
    batch: str = ""
    title: str = ""
    heads: int = 0
    size: int = 0


@dataclass(slots=True)
class _Level:
    """The unit that lines one step further in belong to, and how many did so far."""

    code: str
    sector: str
    below: int = 0


def units() -> list[Place]:
    """Make all units, those that will be closed included; a parent stands above its children."""
    rng = seeded(_SEED)
    root = Place(ROOT, "中共瓯海区委", "", "district", title="区委书记", heads=9)
    divisions = _divisions()
    towns = [row for row in divisions if row[2] == ROOT]
    places = [root, *_organs([_stem(name) for _, name, _ in towns])]
    places.append(Place(TOWNS, "镇（街道）", ROOT, "group", batch="2"))
    per_town = [[*_town(code, name), *_settlements(code, name, divisions)] for code, name, _ in towns]
    missing = UNITS + CLOSED - sum(place.kind in GRASSROOTS for place in [*places, *chain.from_iterable(per_town)])
    makers = _companies(rng)
    for index, ((code, name, _), own) in enumerate(zip(towns, per_town, strict=True)):
        quota = missing // len(towns) + (index < missing % len(towns))
        places += own
        places += _enterprises(code, _stem(name), quota, makers, complex_=index % 3 == 1)
    _settle(places, rng)
    return places


def kind_of(name: str) -> str:
    """Tell the kind of a unit by the end of its name."""
    return next((kind for ending, kind in _ENDINGS if name.endswith(ending)), "group")


def _resource(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _divisions() -> list[tuple[str, str, str]]:
    rows = csv.reader(_resource("divisions.csv").splitlines())
    next(rows)
    return [(code, name, parent) for code, name, parent in rows]


def _stem(town: str) -> str:
    return town.removesuffix("街道").removesuffix("镇")


# ── organs ──


def _organs(stems: list[str]) -> Iterator[Place]:
    levels: list[_Level] = []
    letters = iter(_LETTERS)
    for line in _organ_lines(stems):
        depth = (len(line) - len(line.lstrip())) // 2
        name, marks = _marks(line)
        del levels[depth:]
        if levels:
            above = levels[-1]
            above.below += 1
            code, parent, inherited = f"{above.code}{above.below:02}", above.code, above.sector
        else:
            code, parent, inherited = next(letters), ROOT, ""
        sector = marks.get("sector", inherited)
        levels.append(_Level(code, sector))
        title, _, heads = marks.get("lead", "").partition(",")
        yield Place(
            code, name, parent, kind_of(name), sector, marks.get("batch", ""),
            title, int(heads or 0), int(marks.get("size", 0)),
        )  # fmt: skip


def _organ_lines(stems: list[str]) -> Iterator[str]:
    for line in _resource("organs.txt").splitlines():
        if line.startswith("#"):
            continue
        if "{town}" in line:
            yield from (line.replace("{town}", stem) for stem in stems)
        else:
            yield line


def _marks(line: str) -> tuple[str, dict[str, str]]:
    name, *marks = line.split()
    return name, {key: value for key, _, value in (mark.partition("=") for mark in marks)}


# ── towns ──


def _town(code: str, name: str) -> Iterator[Place]:
    """Make the town's own committee, its offices and its pensioners."""
    ending, title = ("党委", "镇长") if name.endswith("镇") else ("党工委", "办事处主任")
    yield Place(code, name + ending, TOWNS, kind_of(name + ending), "street", title=title, heads=7)
    office = f"{code}J"
    if int(code) % 3 == 0:
        yield Place(office, f"{name}机关党总支", code, "general_branch", "street")
        yield Place(f"{office}01", f"{name}机关第一党支部", office, "branch", "street")
        yield Place(f"{office}02", f"{name}机关第二党支部", office, "branch", "street")
        yield Place(f"{office}03", f"{name}站所联合党支部", office, "branch", "street")
    else:
        yield Place(office, f"{name}机关党支部", code, "branch", "street")
    yield Place(f"{code}K", f"{name}离退休干部党支部", code, "branch", "retired")
    yield Place(f"{code}N", f"{name}农村党组织", code, "group", batch="3")


def _settlements(town: str, town_name: str, divisions: Iterable[tuple[str, str, str]]) -> Iterator[Place]:
    """Make communities and villages; some are large enough for a general branch with branches of its own."""
    stem = _stem(town_name)
    for index, (code, name, _) in enumerate(row for row in divisions if row[2] == town):
        if name.endswith("社区"):
            branches = _BRANCHES if index % 3 == 1 else ""
            yield from _settlement(code, name, town, "community", branches=branches)
        else:
            village = name.removesuffix("委会")
            branches = _BRANCHES[: 2 + index % 2] if index % 7 == _LARGE_VILLAGE else ""
            yield from _settlement(code, village, f"{town}N", "rural", branches=branches, stem=stem)


def _settlement(code: str, name: str, parent: str, sector: str, *, branches: str, stem: str = "") -> Iterator[Place]:
    ending = "党总支" if branches else "党支部"
    place = Place(code, name + ending, parent, kind_of(ending), sector, title="书记", heads=1)
    place.batch = _OTHER_BATCH.get(place.name, "")
    place.size = _SMALL.get(place.name, 0)
    yield place
    # Villages of one name are in several towns; their branches say which town they belong to.
    prefix = name if name.startswith(stem) else stem + name
    for number, figure in enumerate(branches, start=1):
        yield Place(f"{code}{number:02}", f"{prefix}第{figure}党支部", code, "branch", sector)


# ── enterprises ──


def _companies(rng: Random) -> Iterator[tuple[str, str]]:
    """Give brand and trade of one invented company after the other."""
    brands = [first + last for first in "鸿盛嘉恒润瑞祥泰凯宏锦昌" for last in "达隆源丰顺和益欣诚利"]
    trades = (
        "鞋业",
        "眼镜",
        "服饰",
        "锁具",
        "阀门",
        "合成革",
        "汽车零部件",
        "不锈钢制品",
        "印刷包装",
        "塑料编织",
    )
    rng.shuffle(brands)
    for index, brand in enumerate(brands):
        yield brand, trades[index % len(trades)]


def _enterprises(
    town: str, stem: str, quota: int, makers: Iterator[tuple[str, str]], *, complex_: bool
) -> Iterator[Place]:
    number = 0
    if complex_:
        number, group = 1, f"{town}Q01"
        full = "中共瓯海区{}{}股份有限公司".format(*next(makers))
        yield _enterprise(group, f"{full}委员会", town)
        yield _enterprise(f"{group}01", f"{full}第一生产部党总支", group)
        for part, figure in enumerate(_BRANCHES, start=1):
            yield _enterprise(f"{group}01{part:02}", f"{full}第一生产部党总支第{figure}党支部", f"{group}01")
        yield _enterprise(f"{group}02", f"{full}科室党支部", group)
        quota -= 6
    for extra in range(1, quota + 1):
        brand, trade = next(makers)
        name = f"{stem}{trade}行业联合党支部" if extra == quota else f"温州{brand}{trade}有限公司党支部"
        yield _enterprise(f"{town}Q{number + extra:02}", name, town)


def _enterprise(code: str, name: str, parent: str) -> Place:
    return Place(code, name, parent, kind_of(name), "private_enterprise")


# ── members ──


def _settle(places: list[Place], rng: Random) -> None:
    """Give every unit without units below its number of members, so that all of them add up."""
    parents = {place.parent for place in places}
    elastic: list[tuple[Place, int]] = []
    for place in places:
        if place.size or place.kind == "group" or place.code in parents:
            continue
        low, high = _SIZES[place.sector]
        drawn = low + rng.randrange(high - low + 1)
        if place.sector in _ELASTIC:
            elastic.append((place, drawn))
        else:
            place.size = drawn
    rest = MEMBERS + LEAVERS - sum(place.size for place in places)
    weight = sum(drawn for _, drawn in elastic)
    before = 0
    for place, drawn in elastic:
        # Rounding the running sum, not each share, loses nobody.
        after = before + drawn
        place.size = rest * after // weight - rest * before // weight
        before = after
