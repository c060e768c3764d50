"""Made-up names: surnames as common as around Wenzhou, given names that fit sex and time of birth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.demonstration.chance import chance

if TYPE_CHECKING:
    from random import Random

# Weight and surnames. The last lines hold surnames that are read otherwise than the character
# usually is (单 仇 解 曾 查 区 …) and double ones: sorting and searching by pinyin must cope with them.
_WEIGHTED = (
    (60, "陈"), (42, "林"), (38, "王"), (34, "黄"), (28, "张"), (26, "李 吴"), (24, "周"), (22, "叶"),
    (20, "徐 潘"), (18, "金 朱 郑"), (16, "杨"), (14, "胡 孙"), (12, "夏 项"), (11, "谢 蔡"), (10, "何"),
    (9, "施"), (8, "卢 倪 姜 邵 赵 戴"), (7, "季 董 曹 高 刘 余"), (6, "柯 方 郭 任"), (5, "谷 邱"),
    (4, "诸 包 翁 缪"),
    (3, "厉 瞿 支"), (4, "曾"), (3, "单"), (2, "仇 解 查"), (1, "区 朴 盖"),
    (3, "欧阳"), (2, "诸葛"), (1, "上官 司徒 司马 尉迟"),
)  # fmt: skip
SURNAMES = tuple(surname for weight, some in _WEIGHTED for surname in some.split() for _ in range(weight))
KNOWN_SURNAMES = frozenset(SURNAMES)

# (sex, era) → first characters, last characters. A given name is one of each, or a last character alone.
_OLD, _MIDDLE, _YOUNG = 1950, 1968, 9999
_GIVEN = {
    ("male", _OLD): ("岩阿银顺福永松宝德明正世金炳景士", "松弟福银寿昌林法生良善康顺高荣光"),
    ("male", _MIDDLE): ("建国志卫永小文学光庆克时宗立胜贤", "国军华平明东民强勇敏忠伟新海峰良"),
    ("male", _YOUNG): ("晓海志俊建少文一剑宏益成泽振锦昊", "伟磊斌鹏浩杰波涛宇峰辉博凯晖乐武"),
    ("female", _OLD): ("阿秀月彩银玉素碧梅爱金凤春雪淑菊", "香花娥妹兰英菊莲珠凤翠玉梅弟琴桃"),
    ("female", _MIDDLE): ("丽美秀建爱小春雪玉晓海素慧月红碧", "华萍芬芳珍琴燕霞敏英红琼娟微珠飞"),
    ("female", _YOUNG): ("晓海丹倩佳思雅婷若梦莉静蓓露一瑞", "燕洁倩婷颖丹静雯慧莹娜妮璐瑶洋伊"),
}
# Rare characters that weak fonts and old encodings stumble over; GB18030 has all of them.
_RARE = {"male": "喆堃镕䶮淏垚", "female": "玥嫄赟婳頔翀"}


def surname(rng: Random, village: str = "") -> str:
    """Draw a surname; in a village named after a family, every third person is of that family."""
    if village and village[0] in KNOWN_SURNAMES and chance(rng, 0.34):
        return village[0]
    return rng.choice(SURNAMES)


def given(rng: Random, sex: str, year: int) -> str:
    """Draw a given name for somebody of that sex, born in that year."""
    era = next(limit for limit in (_OLD, _MIDDLE, _YOUNG) if year < limit)
    if chance(rng, 0.004):
        return rng.choice(_RARE[sex])
    first, last = _GIVEN[sex, era]
    head, tail = rng.choice(first), rng.choice(last)
    single = chance(rng, 0.06 if era == _OLD else 0.22)
    return tail if single or (head == tail and sex == "male") else head + tail
