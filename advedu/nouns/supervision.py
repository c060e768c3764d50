"""Supervision and inspection teams: who is in them, what they cover, where they were, what they found (R8, D35–D38)."""

from __future__ import annotations

from advedu.i18n import N_
from advedu.nouns.declaration import UNIT, Field, Register, Values, Wrong
from advedu.values.kinds import Word

_TEAM = Field("team", N_("Team"), ("督导组", "检查组", "组别", "督导组编号", "组号"), "team", required=True, key=True)
_FROM = Field("from_on", N_("From"), ("开始日期", "起始日期", "到任日期", "进驻日期"), "day", key=True)
_TO = Field("to_on", N_("Until"), ("结束日期", "截止日期", "离任日期", "撤出日期"), "day")


def _sender(values: Values) -> None:
    if values.get("kind") == "inspection" and not values.get("sender"):
        raise Wrong("sender", "required_missing", N_("an inspection team is sent by a unit: name it"))


def _ended_after_start(values: Values) -> None:
    if values.get("from_on") and values.get("to_on") and values["to_on"] <= values["from_on"]:
        why = N_("what begins on {first} cannot end on {second}")
        raise Wrong("to_on", "value_invalid", why, first=values["from_on"], second=values["to_on"])


TEAM = Register(
    noun="team",
    title=N_("Supervision and inspection teams, their cadres, what they cover"),
    one=N_("team"),
    fields=(
        Field("code", N_("Code"), ("督导组编号", "组号", "编号", "编码"), required=True, key=True),
        Field("name", N_("Name"), ("督导组名称", "检查组名称", "名称", "组名"), required=True),
        Field(
            "kind",
            N_("Kind"),
            ("类型", "组别类型", "性质"),
            "word",
            required=True,
            words={
                "supervision": Word(N_("supervision team"), ("督导组", "区委督导组")),
                "inspection": Word(N_("inspection team"), ("巡回检查组", "检查组")),
            },
            default="supervision",
        ),
        Field("batch", N_("Batch"), ("批次", "督导批次"), "batch"),
        Field("sender", N_("Sent by"), ("派出单位", "派出党组织"), "unit"),
        Field("phone", N_("Telephone"), ("联系电话", "电话"), "phone"),
    ),
    dated="",
    labels=("code", "name"),
    check=_sender,
)
CADRE = Register(
    noun="cadre",
    title=N_("Cadres of the teams, with their rank; a head is of 副科级 at least"),
    one=N_("cadre of a team"),
    fields=(
        _TEAM,
        Field(
            "role",
            N_("Role"),
            ("组内职务", "身份", "角色"),
            "word",
            required=True,
            words={
                "head": Word(N_("head"), ("组长",)),
                "deputy": Word(N_("deputy head"), ("副组长",)),
                "member": Word(N_("member of the team"), ("组员", "成员", "联络员")),
            },
            default="member",
        ),
        Field("name", N_("Full name"), ("姓名",), required=True, key=True),
        Field("rank", N_("Rank"), ("职级", "级别", "行政级别"), "rank"),
        Field("home", N_("Drawn from"), ("原单位", "抽调单位", "单位", "工作单位")),
        Field("phone", N_("Telephone"), ("联系电话", "电话", "手机"), "phone"),
        _FROM,
        _TO,
    ),
    dated="from_on",
    labels=("name",),
    check=_ended_after_start,
)
COVERAGE = Register(
    noun="coverage",
    title=N_("Which units a team looks after: each with all below it"),
    one=N_("unit of a team"),
    fields=(_TEAM, UNIT, _FROM, _TO),
    dated="from_on",
    check=_ended_after_start,
)
VISIT = Register(
    noun="visit",
    title=N_("Visits of the teams: when, who, how, what was looked at"),
    one=N_("visit"),
    fields=(
        UNIT,
        Field("team", N_("Team"), ("督导组", "检查组", "组别", "督导组编号"), "team", required=True, key=True),
        Field(
            "visited_on",
            N_("Visited on"),
            ("督导日期", "走访日期", "日期", "检查日期"),
            "past_day",
            required=True,
            key=True,
        ),
        Field("who", N_("By whom"), ("督导人员", "人员", "参加人员")),
        Field("how", N_("In what way"), ("督导方式", "方式")),
        Field("looked_at", N_("Looked at"), ("督导内容", "查看内容", "内容")),
    ),
    dated="visited_on",
    labels=("visited_on",),
)


def _verified(values: Values) -> None:
    if values.get("verified_on") and not values.get("done_on"):
        raise Wrong("done_on", "required_missing", N_("what is verified was done: the day of doing is missing"))
    if values.get("verified_on") and values["verified_on"] < values["done_on"]:
        why = N_("{second} lies before {first}")
        raise Wrong("verified_on", "value_invalid", why, first=values["done_on"], second=values["verified_on"])


SUGGESTION = Register(
    noun="suggestion",
    title=N_("What the teams found and suggested: owner, deadline, done, verified"),
    one=N_("suggestion of a team"),
    fields=(
        Field("visit", N_("Visit"), ("督导日期", "走访日期", "检查日期"), "visit", required=True, key=True),
        Field(
            "kind",
            N_("Kind"),
            ("类别", "性质"),
            "word",
            required=True,
            words={
                "finding": Word(N_("finding"), ("发现问题", "问题")),
                "suggestion": Word(N_("suggestion"), ("建议", "意见建议", "督导建议")),
            },
            default="suggestion",
        ),
        Field("text", N_("Text"), ("内容", "问题和建议", "问题或建议", "督导意见"), required=True, key=True),
        Field("owner", N_("Owner"), ("责任人", "负责人")),
        Field("deadline", N_("Deadline"), ("整改期限", "完成期限", "期限"), "day"),
        Field("done_on", N_("Done on"), ("完成日期", "落实日期"), "past_day", entered="done_entered_on"),
        Field("verified_on", N_("Verified on"), ("核实日期", "复查日期"), "past_day", entered="verified_entered_on"),
        Field("verified_by", N_("Verified by"), ("核实人", "复查人")),
    ),
    dated="",
    check=_verified,
    open=lambda values: values["verified_on"] is None,
    # Number and name of the visit and of who verified are for files: a screen has no room beside the text.
    hidden=("visit", "verified_by"),
)
REGISTERS = (TEAM, CADRE, COVERAGE, VISIT, SUGGESTION)
