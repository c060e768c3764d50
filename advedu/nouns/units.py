"""Units: what is known of a node of the tree of Party organizations."""

from __future__ import annotations

from advedu.i18n import N_
from advedu.nouns.declaration import ADD, Field, Register
from advedu.nouns.words import UNIT_KINDS

UNIT = Register(
    noun="unit",
    title=N_("Units: the tree of Party organizations"),
    one=N_("unit"),
    form_title=N_("Register of Party organizations"),
    fields=(
        Field(
            "code",
            N_("Code"),
            ("编码", "单位编码", "党组织编码", "组织编码", "代码", "党组织代码", "编号"),
            "code",
            key=True,
            verbs=(),
        ),
        Field(
            "name",
            N_("Name"),
            ("名称", "单位名称", "党组织名称", "组织名称", "全称", "党组织全称", "单位全称"),
            required=True,
            help=N_("The full name"),
            width=30,
            hint=N_("The full name."),
        ),
        Field(
            "parent",
            N_("Above"),
            ("上级编码", "上级党组织", "上级单位", "上级组织", "上级", "上级党组织编码", "上级党组织名称"),
            "unit",
            verbs=(ADD,),
            help=N_("The unit above, by code or full name"),
            hint=N_("The unit above, by code or full name."),
        ),
        Field(
            "kind",
            N_("Kind"),
            ("类型", "单位类型", "党组织类型", "组织类型", "类别", "党组织类别", "组织类别"),
            "word",
            required=True,
            words=UNIT_KINDS,
            help=N_("党委 党组 党工委 党总支 党支部 区委 分组, or committee, party_group, …"),
            width=10,
        ),
        Field(
            "sector",
            N_("Sector"),
            ("领域", "所属领域", "单位领域", "行业"),
            "sector",
            help=N_("The sector, by code or name; see campaign show"),
        ),
        Field(
            "batch",
            N_("Batch"),
            ("批次", "所在批次", "参加批次"),
            "batch",
            help=N_("1, 2, 3 or 第一批 …; empty: the nearest ancestor's"),
        ),
        Field(
            "chief",
            N_("Chief"),
            ("负责人", "主要负责人", "书记", "一把手", "党组织书记", "主要负责同志"),
            "name",
            help=N_("The person responsible"),
        ),
        Field(
            "phone",
            N_("Telephone"),
            ("联系电话", "电话", "办公电话", "联系方式"),
            "phone",
            help=N_("The telephone number"),
            public=True,
        ),
        Field(
            "starts_on",
            N_("Starts on"),
            ("启动日期", "开始日期", "启动时间"),
            "day",
            help=N_("The unit's own first day"),
        ),
        Field(
            "shift_reason",
            N_("Reason for the shift"),
            ("调整原因", "推迟原因", "提前原因"),
            help=N_("Why it starts on another day"),
            width=18,
            hint=N_("Why it starts earlier or later than its batch."),
        ),
        Field(
            "declared_members",
            N_("Declared members"),
            ("上报党员数", "党员数", "党员人数", "上报人数"),
            "count",
            help=N_("How many members the unit says it has"),
            width=11,
        ),
        Field("closed_on", N_("Closed on"), kind="day", verbs=(), sheet=False),
        Field("close_reason", N_("Reason for closing"), verbs=(), sheet=False, listed=False),
        Field(
            "opened_on",
            N_("Opened on"),
            ("成立日期", "成立时间", "设立日期"),
            "past_day",
            help=N_("The day from which it exists; else from the beginning"),
        ),
        Field(
            "municipal",
            N_("Municipal"),
            ("市属", "是否市属", "市属单位"),
            "tick",
            default=0,
            flag=True,
            help=N_("Whether it is of the city, with its Party relations here"),
        ),
        # Kept in a table of its own: a unit may bear many.
        Field(
            "alias",
            N_("Other names"),
            ("别名", "简称", "单位简称", "单位别名", "又名"),
            "aliases",
            stored=False,
            help=N_("Other names, separated by spaces; they replace those there are"),
        ),
    ),
    dated="",
    labels=("code", "name"),
    hidden=("starts_on", "shift_reason", "declared_members", "closed_on", "opened_on", "municipal", "alias"),
)
REGISTERS = (UNIT,)
