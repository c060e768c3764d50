"""The fixed lists that are part of the program: kinds of unit, sexes, states, bodies, schooling, ethnicities.

The Chinese words are data, not interface: they are understood in both languages.
"""

from collections.abc import Mapping

from advedu.i18n import N_
from advedu.values.kinds import Word, Words

# Kinds of unit (domain.md, “Words”).
UNIT_KINDS: Words = {
    "district": Word(N_("district committee"), ("区委", "县委", "市委", "地方党委")),
    "committee": Word(
        N_("Party committee"), ("党委", "党的委员会", "基层党委", "镇党委", "街道党委", "机关党委", "乡党委")
    ),
    "party_group": Word(N_("leading Party group"), ("党组",)),
    "work_committee": Word(N_("work committee"), ("党工委", "工委", "街道党工委", "街工委")),
    "general_branch": Word(N_("general branch"), ("党总支", "总支", "党总支部", "总支部")),
    "branch": Word(N_("branch"), ("党支部", "支部", "联合党支部", "联合支部")),
    "group": Word(N_("grouping"), ("分组", "组", "归口", "系统")),
}
SEX_WORDS: Words = {"male": Word(N_("male"), ("男", "男性", "m")), "female": Word(N_("female"), ("女", "女性", "f"))}
STATUS_WORDS: Words = {
    "full": Word(N_("full member"), ("正式党员", "正式", "中共党员", "党员")),
    "probationary": Word(N_("probationary member"), ("预备党员", "预备", "中共预备党员")),
}
# 四套班子: where a leader of district rank sits (D11).
DISTRICT_BODY_WORDS: Words = {
    "committee": Word(N_("district committee"), ("区委", "区委班子")),
    "congress": Word(N_("people's congress"), ("人大", "区人大", "人大常委会", "区人大常委会")),
    "government": Word(N_("government"), ("政府", "区政府")),
    "consultative": Word(N_("consultative conference"), ("政协", "区政协")),
}


def _usual(words: Mapping[str, tuple[str, ...]]) -> Words:
    """Return a list of words that are stored as an office writes them: the usual one, and what means quite the same."""
    return {usual: Word(usual, (usual, *others)) for usual, others in words.items()}


# Only what means the same is one: a 硕士研究生 who was entered as such stays one.
EDUCATION_WORDS = _usual(
    {
        "研究生": ("研究生学历",),
        "大学本科": ("本科", "大本", "大学本科学历"),
        "大学专科": ("大专", "专科", "大学专科学历"),
        "中专": ("中等专科", "中等专业学校"),
        "高中": ("普通高中",),
        "技校": ("技工学校",),
        "初中": (),
        "小学": (),
    }
)
# The 56, in the order of the national standard GB/T 3304.
_ETHNICITIES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 "
    "佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 "
    "塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
ETHNICITY_WORDS = _usual({f"{name}族": (name,) for name in _ETHNICITIES.split()})


def names(words: Words) -> dict[str, str]:
    """Return identifier → English name, a text for the catalogue."""
    return {code: word.name for code, word in words.items()}
