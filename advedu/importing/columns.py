"""The columns of each kind of file: declared here once, for reading, for messages and for templates.

A heading is recognised by its identifier, its title or one of its other names, in any order, whatever its spaces,
width, asterisks or remarks in brackets.
"""

from typing import NamedTuple


class Column(NamedTuple):
    """One column of a kind of file.

    Attributes:
        name: the identifier of interface.md, also accepted as heading.
        titles: headings, the usual one first.
        required: the column must be there.
        reader: the name of the reader in `table.readers`.
    """

    name: str
    titles: tuple[str, ...]
    required: bool = False
    reader: str = "text"


UNITS = (
    Column("code", ("编码", "单位编码", "党组织编码", "组织编码", "代码", "党组织代码", "编号"), reader="code"),
    Column(
        "name",
        ("名称", "单位名称", "党组织名称", "组织名称", "全称", "党组织全称", "单位全称"),
        required=True,
    ),
    Column(
        "parent",
        ("上级编码", "上级党组织", "上级单位", "上级组织", "上级", "上级党组织编码", "上级党组织名称"),
    ),
    Column(
        "kind",
        ("类型", "单位类型", "党组织类型", "组织类型", "类别", "党组织类别", "组织类别"),
        required=True,
        reader="kind",
    ),
    Column("sector", ("领域", "所属领域", "单位领域", "行业"), reader="sector"),
    Column("batch", ("批次", "所在批次", "参加批次"), reader="batch"),
    Column("chief", ("负责人", "主要负责人", "书记", "一把手", "党组织书记", "主要负责同志"), reader="name"),
    Column("phone", ("联系电话", "电话", "办公电话", "联系方式"), reader="phone"),
    Column("starts_on", ("启动日期", "开始日期", "启动时间"), reader="day"),
    Column("shift_reason", ("调整原因", "推迟原因", "提前原因")),
    Column("alias", ("别名", "简称", "单位简称", "单位别名", "又名"), reader="aliases"),
    Column("declared_members", ("上报党员数", "党员数", "党员人数", "上报人数"), reader="count"),
    Column("opened_on", ("成立日期", "成立时间", "设立日期"), reader="past_day"),
    Column("municipal", ("市属", "是否市属", "市属单位"), reader="tick"),
)
MEMBERS = (
    Column("code", ("党员编号", "编号", "党员代码", "党员编码"), reader="code"),
    Column("name", ("姓名", "党员姓名"), required=True, reader="name"),
    Column("sex", ("性别",), reader="sex"),
    Column("born_on", ("出生日期", "出生年月", "出生时间", "出生年月日", "生日"), reader="past_month"),
    Column("id_number", ("身份证号", "身份证号码", "身份证", "公民身份号码", "证件号码"), reader="id_number"),
    Column(
        "unit",
        (
            *("所在党组织", "所在党支部", "党组织", "所在支部", "支部", "所属党组织", "所在单位", "单位"),
            *("党组织名称", "单位名称", "党组织编码", "所在党组织编码", "支部编码", "单位编码"),
        ),
        required=True,
    ),
    Column("joined_on", ("入党时间", "入党日期", "入党年月", "加入党组织日期"), reader="past_month"),
    Column("status", ("党员类别", "党员类型", "党员状态"), reader="status"),
    Column("post", ("职务", "现任职务", "党内职务", "工作岗位")),
    Column("rank", ("职级", "行政级别", "级别"), reader="rank"),
    Column("leader", ("领导干部", "是否领导干部", "党员领导干部", "是否党员领导干部"), reader="tick"),
    Column("category", ("人员类别", "人员身份", "身份", "职业"), reader="category"),
    Column("phone", ("联系电话", "电话", "手机", "手机号码", "手机号", "联系方式"), reader="phone"),
    Column("arrived_on", ("转入日期", "转入时间", "到来日期"), reader="past_day"),
    Column("missing_since", ("失联日期", "失联时间", "下落不明日期"), reader="past_day"),
    Column("district_body", ("四套班子", "所在班子"), reader="district_body"),
)
_UNIT = Column(
    "unit",
    ("单位", "单位编码", "单位名称", "党组织", "党组织名称", "党组织编码", "所在党组织", "所在党组织编码"),
    required=True,
)
_MEMBER = Column(
    "member",
    ("党员", "党员编号", "姓名", "党员姓名", "身份证号", "身份证号码"),
    required=True,
    reader="member",
)
WHERE = Column(
    "unit",
    ("单位", "所在党组织", "党组织", "所在支部", "单位名称", "单位编码", "党组织名称", "党组织编码", "所在党组织编码"),
)
_DONE = Column("done_on", ("完成日期", "完成时间", "日期", "时间", "开展日期"), required=True, reader="past_day")
_EVIDENCE = Column("evidence", ("佐证", "佐证材料", "依据"))
_NOTE = Column("note", ("备注", "说明"))
MILESTONES = (
    _UNIT,
    Column("milestone", ("环节", "规定动作", "环节编码", "环节名称"), required=True, reader="milestone"),
    _DONE,
    Column("head", ("组长", "领导小组组长"), reader="name"),
    Column("reporter", ("报告人", "动员报告人"), reader="name"),
    _EVIDENCE,
    _NOTE,
)
TASKS = (
    _MEMBER,
    WHERE,
    Column("task", ("任务", "任务编码", "任务名称"), required=True, reader="task"),
    _DONE,
    Column("mode", ("方式", "学习方式", "参加方式")),
    _NOTE,
)
ITEMS = (
    _MEMBER,
    WHERE,
    Column("item", ("项目", "九个一", "项目编码", "项目名称"), required=True, reader="item"),
    _DONE,
    _EVIDENCE,
)
