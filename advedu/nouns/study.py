"""Study sessions, who missed one, and a unit's own milestones (D7, D26, D27)."""

from __future__ import annotations

from advedu.i18n import N_
from advedu.nouns.declaration import UNIT, Field, Register, Values, Wrong

SESSION = Register(
    noun="session",
    title=N_("Study sessions: topic and hours, who missed them, and how that was made good"),
    one=N_("study session"),
    fields=(
        UNIT,
        Field(
            "held_on", N_("Held on"), ("学习日期", "日期", "时间", "集中学习日期"), "past_day", required=True, key=True
        ),
        Field("topic", N_("Topic"), ("学习内容", "主题", "内容", "专题"), required=True, key=True),
        Field("hours", N_("Hours"), ("学时", "课时", "小时数"), "hours"),
    ),
    dated="held_on",
    labels=("held_on", "topic"),
)


def _made_up(values: Values) -> None:
    if values.get("mode") and not values.get("made_up_on"):
        raise Wrong("made_up_on", "required_missing", N_("a way of making up needs its day"))


MISSED = Register(
    noun="missed",
    title=N_("Missed study sessions: who, why, made good when and how"),
    one=N_("missed session"),
    fields=(
        Field(
            "session",
            N_("Session"),
            ("学习日期", "场次", "集中学习日期", "学习内容"),
            "session",
            required=True,
            key=True,
        ),
        Field("member", N_("Member"), ("党员", "姓名", "党员编号", "缺席党员"), "member", required=True, key=True),
        Field("reason", N_("Reason"), ("缺席原因", "请假原因", "原因", "事由")),
        Field("made_up_on", N_("Made good on"), ("补课日期", "补学日期"), "past_day", entered="made_up_entered_on"),
        Field("mode", N_("Way"), ("补课方式", "补学方式", "方式")),
    ),
    dated="",
    check=_made_up,
    open=lambda values: values["made_up_on"] is None,
)
OWN_MILESTONE = Register(
    noun="own-milestone",
    title=N_("A unit's own, optional milestones: planned, done"),
    one=N_("own milestone"),
    fields=(
        UNIT,
        Field("title", N_("Title"), ("自选动作", "名称", "内容"), required=True, key=True),
        Field("planned_on", N_("Planned on"), ("计划日期", "计划时间"), "day"),
        Field("done_on", N_("Done on"), ("完成日期", "完成时间"), "past_day", entered="done_entered_on"),
        Field("note", N_("Note"), ("备注", "说明")),
    ),
    dated="",
    labels=("title",),
    open=lambda values: values["done_on"] is None,
)
REGISTERS = (SESSION, MISSED, OWN_MILESTONE)
