"""What was done: milestones of units, tasks of members, and the nine ones and four leads of leaders."""

from __future__ import annotations

from advedu.i18n import N_
from advedu.nouns.declaration import WHERE, Field, Register

_DONE = Field(
    "done_on",
    N_("Done on"),
    ("完成日期", "完成时间", "日期", "时间", "开展日期"),
    "past_day",
    required=True,
    verbs=(),
)
_EVIDENCE = Field(
    "evidence",
    N_("Evidence"),
    ("佐证", "佐证材料", "依据"),
    help=N_("What proves it"),
    hint=N_("What proves it: a document, its number."),
)
_NOTE = Field("note", N_("Note"), ("备注", "说明"), help=N_("A note"), width=20, hint=N_("Anything worth knowing."))
_MEMBER = Field(
    "member",
    N_("Member"),
    ("党员", "党员编号", "姓名", "党员姓名", "身份证号", "身份证号码"),
    "member",
    required=True,
    key=True,
    verbs=(),
)
MILESTONE = Register(
    noun="milestone",
    title=N_("Milestones: what units have reached"),
    one=N_("milestone"),
    form_title=N_("Milestones still open"),
    fields=(
        Field(
            "unit",
            N_("Unit"),
            ("单位", "单位编码", "单位名称", "党组织", "党组织名称", "党组织编码", "所在党组织", "所在党组织编码"),
            "unit",
            required=True,
            key=True,
            verbs=(),
        ),
        Field(
            "milestone",
            N_("Milestone"),
            ("环节", "规定动作", "环节编码", "环节名称"),
            "milestone",
            required=True,
            key=True,
            verbs=(),
        ),
        _DONE,
        Field("head", N_("Head"), ("组长", "领导小组组长"), "name", help=N_("Head of the leading body")),
        Field("reporter", N_("Reporter"), ("报告人", "动员报告人"), "name", help=N_("Who gave the report")),
        _EVIDENCE,
        _NOTE,
    ),
    dated="done_on",
)
TASK = Register(
    noun="task",
    title=N_("Tasks: what every member owes"),
    one=N_("task"),
    form_title=N_("Tasks of members still open"),
    fields=(
        _MEMBER,
        WHERE,
        Field("task", N_("Task"), ("任务", "任务编码", "任务名称"), "task", required=True, key=True, verbs=()),
        _DONE,
        Field(
            "mode",
            N_("Way"),
            ("方式", "学习方式", "参加方式"),
            help=N_("How they were reached: 集中, 送学上门, 邮寄, 电话"),
            width=14,
        ),
        _NOTE,
    ),
    dated="done_on",
)
# An item may be done on several days, which stand beside one another.
ITEM = Register(
    noun="nine",
    title=N_("The nine ones and the four leads of leaders"),
    one=N_("item"),
    form_title=N_("Nine ones of leaders still open"),
    fields=(
        _MEMBER,
        WHERE,
        Field(
            "item", N_("Item"), ("项目", "九个一", "项目编码", "项目名称"), "item", required=True, key=True, verbs=()
        ),
        _DONE._replace(key=True),
        _EVIDENCE,
    ),
    dated="done_on",
)
REGISTERS = (MILESTONE, TASK, ITEM)
