"""Members: what is known of a person who belongs to a unit."""

from __future__ import annotations

from advedu.i18n import N_
from advedu.nouns.declaration import ADD, Field, Register, Values, Wrong
from advedu.nouns.words import DISTRICT_BODY_WORDS, EDUCATION_WORDS, ETHNICITY_WORDS, SEX_WORDS, STATUS_WORDS


def _became_full(values: Values) -> None:
    """Refuse a day of becoming full that contradicts the rest: somebody on probation, a day before joining."""
    full, joined = values.get("joined_full_on"), values.get("joined_on")
    if not full:
        return
    if values.get("status") == "probationary":
        why = N_("somebody on probation has not become a full member; clear the day, or say that the status is full")
        raise Wrong("joined_full_on", "value_invalid", why)
    # Of the two days the shorter one may be a month.
    if joined and full[: min(len(full), len(joined))] < joined[: min(len(full), len(joined))]:
        why = N_("{second} lies before {first}")
        raise Wrong("joined_full_on", "value_invalid", why, first=joined, second=full)


def completed(given: Values, stored: Values) -> Values:
    """Return what follows from values that are set of a member: with a day of becoming full nobody is on probation.

    Args:
        given: the values that are set, by field.
        stored: what is on record; nothing of somebody new.
    """
    if given.get("joined_full_on") and "status" not in given and stored.get("status") == "probationary":
        return {"status": "full"}
    return {}


MEMBER = Register(
    noun="member",
    title=N_("Members: who belongs to which unit"),
    one=N_("member"),
    form_title=N_("Register of members"),
    fields=(
        Field("code", N_("Code"), ("党员编号", "编号", "党员代码", "党员编码"), "code", key=True, verbs=()),
        Field("name", N_("Full name"), ("姓名", "党员姓名"), "name", required=True, help=N_("The name"), width=16),
        Field(
            "sex",
            N_("Sex"),
            ("性别",),
            "word",
            words=SEX_WORDS,
            help=N_("男 or 女, male or female"),
            width=7,
        ),
        Field(
            "born_on",
            N_("Born on"),
            ("出生日期", "出生年月", "出生时间", "出生年月日", "生日"),
            "past_month",
            help=N_("Day or month of birth"),
        ),
        Field(
            "id_number",
            N_("ID number"),
            ("身份证号", "身份证号码", "身份证", "公民身份号码", "证件号码"),
            "id_number",
            help=N_("The resident ID number"),
        ),
        Field(
            "unit",
            N_("Unit"),
            (
                *("所在党组织", "所在党支部", "党组织", "所在支部", "支部", "所属党组织", "所在单位", "单位"),
                *("党组织名称", "单位名称", "党组织编码", "所在党组织编码", "支部编码", "单位编码"),
            ),
            "unit",
            required=True,
            verbs=(ADD,),
            help=N_("The unit, by code or full name"),
        ),
        Field(
            "joined_on",
            N_("Joined the Party on"),
            ("入党时间", "入党日期", "入党年月", "加入党组织日期"),
            "past_month",
            help=N_("Day or month of joining the Party"),
        ),
        Field(
            "status",
            N_("Status"),
            ("党员类别", "党员类型", "党员状态"),
            "word",
            words=STATUS_WORDS,
            help=N_("正式党员 or 预备党员, full or probationary"),
            width=11,
        ),
        Field("post", N_("Post"), ("职务", "现任职务", "党内职务", "工作岗位"), help=N_("The post held"), width=14),
        Field(
            "rank",
            N_("Rank"),
            ("职级", "行政级别", "级别"),
            "rank",
            help=N_("The rank, such as 副科级"),
            width=11,
        ),
        Field(
            "leader",
            N_("Leader"),
            ("领导干部", "是否领导干部", "党员领导干部", "是否党员领导干部"),
            "tick",
            default=0,
            flag=True,
            help=N_("Whether a leader, who owes the nine ones"),
        ),
        Field(
            "category",
            N_("Category"),
            ("人员类别", "人员身份", "身份", "职业"),
            "category",
            help=N_("The category, by code or name; see campaign show"),
        ),
        Field(
            "phone",
            N_("Telephone"),
            ("联系电话", "电话", "手机", "手机号码", "手机号", "联系方式"),
            "phone",
            help=N_("The telephone number"),
        ),
        Field("left_on", N_("Left on"), kind="day", verbs=(), sheet=False),
        Field("leave_reason", N_("Reason for leaving"), verbs=(), sheet=False, listed=False),
        Field(
            "arrived_on",
            N_("Arrived on"),
            ("转入日期", "转入时间", "到来日期"),
            "past_day",
            help=N_("The day of arrival here; else a member from the beginning"),
        ),
        Field("missing_since", N_("Missing since"), ("失联日期", "失联时间", "下落不明日期"), "past_day", verbs=()),
        Field(
            "district_body",
            N_("District body"),
            ("四套班子", "所在班子"),
            "word",
            words=DISTRICT_BODY_WORDS,
            help=N_("Where a leader of district rank sits: committee, congress, government, consultative"),
            width=11,
        ),
        Field(
            "ethnicity",
            N_("Ethnicity"),
            ("民族",),
            "usual",
            words=ETHNICITY_WORDS,
            help=N_("The ethnicity, such as 汉族"),
        ),
        Field(
            "education",
            N_("Education"),
            ("学历", "文化程度", "最高学历"),
            "usual",
            words=EDUCATION_WORDS,
            help=N_("The highest schooling, such as 大学本科"),
        ),
        Field(
            "joined_full_on",
            N_("Full member since"),
            ("转正日期", "转正时间", "转为正式党员日期", "转正年月"),
            "past_month",
            help=N_("Day or month of becoming a full member; somebody on probation becomes one by it"),
        ),
    ),
    dated="",
    labels=("code", "name"),
    check=_became_full,
    hidden=(
        *("id_number", "joined_on", "status", "category", "left_on", "arrived_on", "missing_since", "district_body"),
        *("ethnicity", "education", "joined_full_on"),
    ),
)
REGISTERS = (MEMBER,)
