"""Looking around in the tree of units: what is above, what is below, when a unit starts."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tools.demonstration.places import Place

_BATCH_STARTS = {"1": date(2005, 1, 1), "2": date(2005, 7, 1), "3": date(2006, 1, 1)}

# Units that start on a day of their own, and why. Those below such a unit do not move along: each is named.
_CENSUS = ("2005-01-31", "第一次全国经济普查入户登记，推迟一个月启动")
_FOUNDING = ("2005-07-01", "机构组建、人员定编未完成，与第二批同步开展")
_PILOT = "作为农村试点提前启动"
_ELECTION = "村级组织换届工作已完成，提前启动"
SHIFTS = {
    "区统计局党组": _CENSUS,
    "区统计局机关党支部": _CENSUS,
    "区农村社会经济调查队党支部": _CENSUS,
    "区环境卫生管理处党支部": ("2005-01-20", "春节前环境整治任务集中"),
    "区公路管理段养护一站党支部": ("2005-01-17", "春运道路保畅"),
    "区第三人民医院临床党支部": ("2005-02-21", "病区整体搬迁"),
    "区城市管理行政执法局党组": _FOUNDING,
    "区城市管理行政执法局机关党支部": _FOUNDING,
    "区城市管理行政执法局直属中队党支部": _FOUNDING,
    "黄屿村党支部": ("2005-01-17", _PILOT),
    "横屿头村党支部": ("2005-02-01", _PILOT),
    "仙南村党支部": ("2005-11-28", _ELECTION),
    "锦上村党支部": ("2005-11-28", _ELECTION),
}


class Tree:
    """The units as first registered, with what follows from their places."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = places
        self.by_code = {place.code: place for place in places}
        self.parents = {place.parent for place in places}
        self.groups = frozenset(place.code for place in places if place.kind == "group")
        self._batches: dict[str, str] = {}
        names = Counter(place.name for place in places)
        self._by_name = {place.name: place for place in places if names[place.name] == 1}

    def named(self, name: str) -> Place:
        """Find a unit by a full name that no other has."""
        return self._by_name[name]

    def line(self, place: Place) -> Iterator[Place]:
        """Give the unit, the one above it, and so on up to the root."""
        while place.parent:
            yield place
            place = self.by_code[place.parent]
        yield place

    def below(self, place: Place, name: str) -> bool:
        """Say whether the unit of that name is the unit itself or above it."""
        return any(above.name == name for above in self.line(place))

    def batch(self, place: Place) -> str:
        """Give the unit's batch, its own or the nearest above; empty when there is none."""
        if place.code not in self._batches:
            self._batches[place.code] = next((above.batch for above in self.line(place) if above.batch), "")
        return self._batches[place.code]

    def start(self, place: Place) -> date | None:
        """Give the unit's day 0; None when it has no batch and no start of its own."""
        if place.name in SHIFTS:
            return date.fromisoformat(SHIFTS[place.name][0])
        return _BATCH_STARTS.get(self.batch(place))
