"""Contact points of leaders, their visits there, and calls to units (R7, D11, 催办)."""

from __future__ import annotations

from advedu.i18n import N_
from advedu.nouns.declaration import UNIT, Field, Register, Values, Wrong, in_order

_LEADER = Field(
    "member",
    N_("Leader"),
    ("党员领导干部", "领导干部", "领导", "姓名", "党员", "党员编号"),
    "member",
    required=True,
    key=True,
    # Leaders look after units that they do not belong to.
    anywhere=True,
)


def _ended_after_start(values: Values) -> None:
    if values.get("to_on") and values["to_on"] <= values["from_on"]:
        why = N_("what begins on {first} cannot end on {second}")
        raise Wrong("to_on", "value_invalid", why, first=values["from_on"], second=values["to_on"])


CONTACT_POINT = Register(
    noun="contact-point",
    title=N_("Contact points of leaders: registering one fulfils N5"),
    one=N_("contact point"),
    fields=(
        UNIT._replace(headings=("联系点", "联系单位", "联系点单位", *UNIT.headings)),
        _LEADER,
        Field("from_on", N_("From"), ("建立日期", "建立时间", "开始日期"), "past_day", required=True, key=True),
        Field("to_on", N_("Until"), ("结束日期", "撤销日期"), "day"),
    ),
    dated="from_on",
    check=_ended_after_start,
)
CONTACT_VISIT = Register(
    noun="contact-visit",
    title=N_("Visits of leaders to their contact points"),
    one=N_("visit to a contact point"),
    fields=(
        # The leader says which of the unit's contact points is meant.
        Field(
            "contact_point",
            N_("Contact point"),
            ("联系领导", "联系点编号", "党员领导干部", "领导干部", "领导", "姓名"),
            "contact-point",
            required=True,
            key=True,
        ),
        Field("visited_on", N_("Visited on"), ("走访日期", "日期", "到点日期"), "past_day", required=True, key=True),
        Field("what", N_("What was done"), ("走访内容", "内容", "开展工作")),
    ),
    dated="visited_on",
)
CALL = Register(
    noun="call",
    title=N_("Calls to units: what was promised, when to ring again"),
    one=N_("call"),
    fields=(
        UNIT,
        Field("called_on", N_("Called on"), ("催办日期", "电话日期", "日期"), "past_day", required=True, key=True),
        Field("said", N_("Said"), ("答复", "通话内容", "承诺", "内容"), required=True, key=True),
        Field("again_on", N_("Again on"), ("下次催办日期", "再次联系日期", "承诺日期"), "day"),
        Field("who", N_("Spoken to"), ("接电话人", "联系人")),
    ),
    dated="called_on",
    check=in_order("called_on", "again_on"),
)
REGISTERS = (CONTACT_POINT, CONTACT_VISIT, CALL)
