"""Opinions of the masses, what is rectified, rules adopted on the way (R9, R11, D28, D29, D31–D33)."""

from __future__ import annotations

from advedu.i18n import N_
from advedu.nouns.declaration import UNIT, Field, Register, Values, Wrong
from advedu.values.kinds import Word

OPINION = Register(
    noun="opinion",
    title=N_("Opinions of the masses: by channel and addressee, merged into problems"),
    one=N_("opinion"),
    fields=(
        UNIT,
        Field("received_on", N_("Received on"), ("收到日期", "征求日期", "日期"), "past_day", required=True, key=True),
        Field(
            "channel",
            N_("Channel"),
            ("征求方式", "渠道", "方式"),
            "word",
            required=True,
            key=True,
            words={
                "forum": Word(N_("forum"), ("座谈会", "座谈")),
                "questionnaire": Word(N_("questionnaire"), ("问卷", "问卷调查", "征求意见表")),
                "visit": Word(N_("visit"), ("走访", "上门走访", "调研")),
                "talk": Word(N_("talk"), ("谈心", "个别访谈", "个别谈话", "谈话")),
                "box": Word(N_("box"), ("意见箱",)),
                "letter": Word(N_("letter"), ("来信", "来信来访", "信函", "信访")),
                "telephone": Word(N_("hotline"), ("电话", "热线", "热线电话")),
                "online": Word(N_("online"), ("网络", "网上", "互联网", "电子邮件")),
                "other": Word(N_("other"), ("其他", "其它")),
            },
        ),
        Field(
            "addressee",
            N_("Addressee"),
            ("意见对象", "对象", "针对对象"),
            "word",
            required=True,
            key=True,
            words={
                "body": Word(N_("leading body"), ("领导班子", "班子")),
                "leader": Word(N_("leader"), ("领导干部", "班子成员", "领导")),
                "unit": Word(N_("unit"), ("单位", "党组织", "支部")),
                "members": Word(N_("members"), ("党员", "党员队伍")),
                "above": Word(N_("unit above"), ("上级", "上级机关")),
            },
        ),
        Field("text", N_("Opinion"), ("意见内容", "意见", "意见建议"), key=True, default=""),
        Field("count", N_("Count"), ("条数", "件数", "数量"), "number", default=1),
        Field("rectification", N_("Problem"), ("归并问题", "对应问题", "问题"), "rectification"),
    ),
    dated="received_on",
)


# What an item needs before the last phase can be closed, in the order in which it comes (R9).
STEPS = ("measure", "owner", "deadline", "measures_on", "done_on", "results_on")


def lacking(values: Values) -> list[str]:
    """Return the steps that an item has not taken; none when it was dropped."""
    return [] if values.get("dropped_on") else [step for step in STEPS if values.get(step) is None]


def late(values: Values, day: str) -> bool:
    """Tell whether an item should have been done before a day and is not."""
    deadline = values.get("deadline")
    return bool(not values.get("dropped_on") and deadline and deadline < day and not values.get("done_on"))


def unpublished(values: Values) -> bool:
    """Tell whether measures or results of an item are still to be published."""
    return not values.get("dropped_on") and not (values.get("measures_on") and values.get("results_on"))


# A day of one column lies on or after that of the other.
_ORDER = (("measures_on", "found_on"), ("done_on", "found_on"), ("results_on", "done_on"), ("dropped_on", "found_on"))


def _in_steps(values: Values) -> None:
    if values.get("dropped_on") and not values.get("drop_reason"):
        raise Wrong("drop_reason", "required_missing", N_("dropping a problem needs its reason"))
    for circle, day in (("measures_circle", "measures_on"), ("results_circle", "results_on")):
        if values.get(circle) and not values.get(day):
            raise Wrong(day, "required_missing", N_("a circle needs the day of publication"))
        if values.get(day) and not values.get(circle):
            raise Wrong(circle, "required_missing", N_("a publication needs the circle in which it was made"))
    if values.get("results_on") and not values.get("done_on"):
        why = N_("a result is published once it is done: the day of doing is missing")
        raise Wrong("done_on", "required_missing", why)
    for second, first in _ORDER:
        if values.get(second) and values.get(first) and values[second] < values[first]:
            why = N_("{second} lies before {first}")
            raise Wrong(second, "value_invalid", why, first=values[first], second=values[second])


RECTIFICATION = Register(
    noun="rectification",
    title=N_("Rectification: problem, measure, owner, deadline, done, published twice"),
    one=N_("rectification item"),
    fields=(
        UNIT,
        Field("problem", N_("Problem"), ("突出问题", "存在问题", "问题", "整改事项"), required=True, key=True),
        Field(
            "source",
            N_("Source"),
            ("问题来源", "来源"),
            "word",
            words={
                "own": Word(N_("own findings"), ("自查", "自己查找", "对照查找")),
                "opinions": Word(N_("opinions"), ("群众意见", "征求意见")),
                "supervision": Word(N_("supervision"), ("督导", "督导组指出", "检查组指出")),
                "survey": Word(N_("survey"), ("测评", "满意度测评")),
            },
            default="own",
            required=True,
        ),
        Field("found_on", N_("Found on"), ("查找日期", "提出日期", "发现日期"), "past_day", required=True),
        Field("measure", N_("Measure"), ("整改措施", "措施")),
        Field("owner", N_("Owner"), ("责任人", "整改责任人", "负责人")),
        Field("deadline", N_("Deadline"), ("整改期限", "完成期限", "整改时限", "期限"), "day"),
        Field(
            "measures_on",
            N_("Measures published on"),
            ("措施公布日期", "措施公示日期"),
            "past_day",
            entered="measures_entered_on",
        ),
        Field("measures_circle", N_("Circle of the measures"), ("措施公布范围", "措施公示范围")),
        Field("done_on", N_("Done on"), ("完成日期", "整改完成日期"), "past_day", entered="done_entered_on"),
        Field(
            "results_on",
            N_("Results published on"),
            ("结果公布日期", "结果公示日期"),
            "past_day",
            entered="results_entered_on",
        ),
        Field("results_circle", N_("Circle of the results"), ("结果公布范围", "结果公示范围")),
        Field("dropped_on", N_("Dropped on"), ("撤销日期", "不再整改日期"), "past_day"),
        Field("drop_reason", N_("Reason for dropping"), ("撤销原因", "不再整改原因")),
    ),
    dated="found_on",
    labels=("problem",),
    check=_in_steps,
    open=lambda values: bool(lacking(values)),
    hidden=("source", "found_on", "measure", "measures_circle", "results_circle", "drop_reason"),
)
REGULATION = Register(
    noun="regulation",
    title=N_("Rules adopted while rectifying and after"),
    one=N_("rule adopted"),
    fields=(
        UNIT,
        Field("title", N_("Title"), ("制度名称", "规章制度", "名称"), required=True, key=True),
        Field("adopted_on", N_("Adopted on"), ("制定日期", "通过日期", "建立日期"), "past_day", required=True),
    ),
    dated="adopted_on",
    labels=("title",),
)
REGISTERS = (OPINION, RECTIFICATION, REGULATION)
