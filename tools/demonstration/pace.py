"""How fast each unit works: most keep to the plan, and whole branches of the tree do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.demonstration.chance import chance, seeded

if TYPE_CHECKING:
    from tools.demonstration.tree import Tree

_SEED = 90


@dataclass(frozen=True, slots=True)
class Pace:
    """How a unit keeps its due days.

    Attributes:
        early: at the best, days against the due day; negative is before it.
        late: at the worst.
        last: the last milestone it got to, empty when nothing holds it.
        study: share of members who came when the unit studied together.
        nine: share of the nine ones that its leaders have done.
    """

    early: int
    late: int
    last: str
    study: float
    nine: float


AHEAD = Pace(-19, -8, "", 0.97, 0.86)
STEADY = Pace(-7, 0, "", 0.96, 0.66)
UNEVEN = Pace(-5, 6, "", 0.94, 0.5)
SLOW = Pace(3, 34, "", 0.88, 0.3)
STUCK = Pace(4, 24, "M103", 0.7, 0.14)
WITHOUT_MEETING = Pace(2, 18, "M102", 0.0, 0.1)
ZERO = Pace(0, 0, "M000", 0.0, 0.02)

# A supervisor shall see where the trouble is: health, police, traffic, and much of what the city runs.
_BY_SYSTEM = {
    "区级机关工委": STEADY,
    "区人民法院党组": AHEAD,
    "区财政局（地税局）党委": AHEAD,
    "区审计局党组": AHEAD,
    "区总工会党组": AHEAD,
    "区教育局党委": STEADY,
    "区卫生局党委": SLOW,
    "区公安分局党委": SLOW,
    "区交通局党委": STUCK,
    "区民政局党组": SLOW,
    "区体育局党组": STUCK,
    "市国税局瓯海分局党组": STEADY,
    "市工商局瓯海分局党委": SLOW,
    "市电业局瓯海供电分局党总支": AHEAD,
}
_BY_UNIT = {
    "区农村社会经济调查队党支部": STUCK,
    "区环境卫生管理处党支部": STUCK,
    "区公路管理段养护一站党支部": STUCK,
    "市国土资源局瓯海分局党组": WITHOUT_MEETING,
    "黄屿村党支部": AHEAD,
    "横屿头村党支部": UNEVEN,
} | dict.fromkeys(
    (
        "区公民无偿献血办公室党支部", "泽雅卫生院党支部", "三垟卫生院党支部",
        "泽雅派出所党支部", "区公安分局看守所党支部", "驻外联络处党支部", "区电影公司党支部",
        "市盐务局瓯海管理站党支部", "市水文站瓯海测区党支部", "瓯海气象服务站党支部",
        "区人才交流中心流动党员第一党支部", "区二轻工业总公司改制企业第二党支部",
    ),
    ZERO,
)  # fmt: skip
_DISTRICT = (STEADY,) * 7 + (AHEAD, UNEVEN, UNEVEN)
_CITY = (STEADY, UNEVEN, UNEVEN, SLOW, SLOW, SLOW, STUCK)
_STRAYS = (STEADY, STEADY, STEADY, UNEVEN, UNEVEN, AHEAD)
_STRAY_SHARE = 0.25
_CITY_UNITS = "C"
_ABOVE_SYSTEM = 3  # the system itself, its grouping node, the root


def paces(tree: Tree) -> dict[str, Pace]:
    """Give every unit its pace: that of its system, unless it strays from it."""
    rng = seeded(_SEED)
    systems: dict[str, Pace] = {}
    found: dict[str, Pace] = {}
    for place in tree.places:
        line = list(tree.line(place))
        if len(line) <= _ABOVE_SYSTEM:
            drawn = rng.choice(_CITY if place.code.startswith(_CITY_UNITS) else _DISTRICT)
            usual = systems[place.code] = _BY_SYSTEM.get(place.name, drawn)
        else:
            usual = systems[line[-_ABOVE_SYSTEM].code]
            if usual is not AHEAD and chance(rng, _STRAY_SHARE):
                usual = rng.choice(_STRAYS)
        found[place.code] = _BY_UNIT.get(place.name, usual)
    return found
