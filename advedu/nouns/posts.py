"""Who holds which post, who is in a leading body, which chief is away (R6, D8, D9, D12, D43)."""

from __future__ import annotations

from advedu.i18n import N_
from advedu.nouns.declaration import UNIT, Field, Register, Values, Wrong, in_order
from advedu.values.kinds import Word

_FROM = Field("from_on", N_("From"), ("任职日期", "开始日期", "起始日期", "任职时间"), "past_day", key=True)
_TO = Field("to_on", N_("Until"), ("免职日期", "离任日期", "结束日期", "免职时间"), "past_day")


def _ended_after_start(values: Values) -> None:
    if values.get("from_on") and values.get("to_on") and values["to_on"] <= values["from_on"]:
        why = N_("a post that begins on {first} cannot end on {second}")
        raise Wrong("to_on", "value_invalid", why, first=values["from_on"], second=values["to_on"])


POST = Register(
    noun="post",
    title=N_("Posts: who is a unit's chief from which day to which day"),
    one=N_("post"),
    fields=(
        UNIT,
        Field(
            "role",
            N_("Role"),
            ("岗位", "角色", "职位"),
            "word",
            required=True,
            key=True,
            words={
                "chief": Word(N_("chief"), ("一把手", "主要负责人", "主要负责同志", "负责人", "正职")),
                "deputy": Word(N_("deputy"), ("副职", "分管负责人")),
                "other": Word(N_("other"), ("其他", "班子成员")),
            },
        ),
        Field("name", N_("Full name"), ("姓名", "任职人"), required=True, key=True),
        Field("title", N_("Post"), ("职务", "职务名称")),
        _FROM,
        _TO,
    ),
    dated="from_on",
    labels=("name",),
    check=_ended_after_start,
)
BODY = Register(
    noun="body",
    title=N_("Leading bodies and their offices: head, deputies, members, staff"),
    one=N_("place in a leading body"),
    fields=(
        UNIT,
        Field(
            "role",
            N_("Role"),
            ("身份", "角色", "组内职务", "领导小组职务"),
            "word",
            required=True,
            key=True,
            words={
                "head": Word(N_("head"), ("组长",)),
                "deputy": Word(N_("deputy head"), ("副组长",)),
                "member": Word(N_("member of the body"), ("成员", "组员")),
                "staff": Word(
                    N_("staff of the office"), ("工作人员", "办公室人员", "办公室成员", "工作机构人员", "抽调人员")
                ),
            },
        ),
        Field("name", N_("Full name"), ("姓名",), required=True, key=True),
        Field("post", N_("Post"), ("职务", "现任职务")),
        _FROM,
        _TO,
    ),
    dated="from_on",
    labels=("name",),
    check=_ended_after_start,
)
ABSENCE = Register(
    noun="absence",
    title=N_("Absences of chiefs: from when to when, why, approved by whom"),
    one=N_("absence of a chief"),
    fields=(
        UNIT,
        Field("name", N_("Full name"), ("姓名", "外出人", "负责人"), required=True, key=True),
        Field("from_on", N_("From"), ("外出日期", "开始日期", "起始日期"), "day", required=True, key=True),
        Field("to_on", N_("Until"), ("返回日期", "结束日期", "截止日期"), "day"),
        Field("reason", N_("Reason"), ("外出事由", "事由", "原因")),
        Field("approved_by", N_("Approved by"), ("批准人", "审批人")),
    ),
    dated="from_on",
    labels=("from_on", "name"),
    check=in_order("from_on", "to_on"),
)
REGISTERS = (POST, BODY, ABSENCE)
