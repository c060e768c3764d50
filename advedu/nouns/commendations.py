"""Commendation, and remedial training of persons (R12, D17, D42)."""

from __future__ import annotations

from advedu.i18n import N_
from advedu.nouns.declaration import UNIT, Field, Register, Values, Wrong, in_order


def _reasoned(values: Values) -> None:
    if values.get("overridden") and not values.get("reason"):
        raise Wrong("reason", "required_missing", N_("an override carries its reason"))
    in_order("proposed_on", "awarded_on")(values)


COMMENDATION = Register(
    noun="commendation",
    title=N_("Commendation: proposals and awards for members and units"),
    one=N_("commendation"),
    fields=(
        UNIT,
        Field("member", N_("Member"), ("党员", "姓名", "推荐对象"), "member", key=True),
        Field("honour", N_("Honour"), ("表彰名称", "荣誉称号", "称号"), required=True, key=True),
        Field("proposed_on", N_("Proposed on"), ("推荐日期", "申报日期", "提名日期"), "past_day", required=True),
        Field("awarded_on", N_("Awarded on"), ("表彰日期", "授予日期"), "past_day", entered="awarded_entered_on"),
        Field("overridden", N_("Overridden"), ("破例",), "tick", default=0),
        Field("missing", N_("Was missing"), ("当时欠缺",)),
        Field("reason", N_("Reason"), ("破例原因", "原因")),
    ),
    dated="proposed_on",
    check=_reasoned,
    open=lambda values: values["awarded_on"] is None,
)
TRAINING = Register(
    noun="training",
    title=N_("Remedial training of persons: reason, from, to, done"),
    one=N_("remedial training"),
    fields=(
        Field("member", N_("Member"), ("党员", "姓名", "党员编号", "参训人员"), "member", required=True, key=True),
        Field("reason", N_("Reason"), ("培训原因", "末位原因", "原因"), required=True),
        Field("from_on", N_("From"), ("开始日期", "培训开始日期"), "day", required=True, key=True),
        Field("to_on", N_("Until"), ("结束日期", "培训结束日期"), "day"),
        Field("done_on", N_("Done on"), ("完成日期", "结业日期"), "past_day", entered="done_entered_on"),
    ),
    dated="from_on",
    check=in_order("from_on", "to_on"),
    open=lambda values: values["done_on"] is None,
)
REGISTERS = (COMMENDATION, TRAINING)
