"""Satisfaction surveys and the remedial work after a failed round (R10, D39–D41)."""

from __future__ import annotations

import re

from advedu.i18n import N_
from advedu.nouns.declaration import UNIT, Field, Register, Values, Wrong
from advedu.values.kinds import Word

GRADES = ("satisfied", "fairly", "basically", "dissatisfied")
_CLASS = re.compile(r"\s*(?P<name>[^\d=：:]+?)\s*[=：:]?\s*(?P<count>\d+)\s*(?:人|份|张)?\s*")


def classes(text: str) -> dict[str, int]:
    """Return the respondents by class: “党员 40、群众 60” → {"党员": 40, "群众": 60}.

    Raises:
        Wrong: with the part that is none.
    """
    found: dict[str, int] = {}
    for part in re.split(r"[、,，;；\n]+", text.strip()):
        match = _CLASS.fullmatch(part)
        if match is None or match["name"] in found:
            why = N_("classes are written like 党员 40、群众 60; this part is not: {part}")
            raise Wrong("classes", "value_invalid", why, part=part)
        found[match["name"]] = int(match["count"])
    return found


def _same(field: str, said: int, counted: int, why: str) -> None:
    if said != counted:
        raise Wrong(field, "sum_mismatch", why, said=said, counted=counted, less=abs(said - counted))


def balances(values: Values) -> None:
    """Refuse a sheet that does not add up (R10).

    issued = returned + unreturned; returned = valid + invalid; grades + blanks = valid; classes sum to the returned.

    Raises:
        Wrong: sum_mismatch, with the difference.
    """
    n = {name: values.get(name) or 0 for name in ("issued", "returned", "valid", "blank", *GRADES)}
    if n["returned"] > n["issued"]:
        why = N_("more were returned ({more}) than issued ({fewer})")
        raise Wrong("returned", "sum_mismatch", why, more=n["returned"], fewer=n["issued"])
    if n["valid"] > n["returned"]:
        why = N_("more are valid ({more}) than were returned ({fewer})")
        raise Wrong("valid", "sum_mismatch", why, more=n["valid"], fewer=n["returned"])
    if values.get("unreturned") is not None:
        why = N_("issued is {said}, but returned and unreturned make {counted}: {less} apart")
        _same("unreturned", n["issued"], n["returned"] + values["unreturned"], why)
    if values.get("invalid") is not None:
        why = N_("returned is {said}, but valid and invalid make {counted}: {less} apart")
        _same("invalid", n["returned"], n["valid"] + values["invalid"], why)
    why = N_("valid is {said}, but grades and blanks make {counted}: {less} apart")
    _same("valid", n["valid"], n["blank"] + sum(n[grade] for grade in GRADES), why)
    if values.get("classes"):
        counted = sum(classes(values["classes"]).values())
        if counted != n["returned"]:
            short = N_("classes sum to {counted}, {less} short of {said}")
            over = N_("classes sum to {counted}, {less} more than {said}")
            _same("classes", n["returned"], counted, short if counted < n["returned"] else over)


def _count(name: str, title: str, *headings: str, required: bool = False, stored: bool = True) -> Field:
    default = None if required or not stored else 0
    return Field(name, title, headings, "count", required=required, stored=stored, default=default)


SURVEY = Register(
    noun="survey",
    title=N_("Satisfaction surveys: rounds, sheets, results, and remedial work"),
    one=N_("survey sheet"),
    fields=(
        UNIT,
        Field("round", N_("Round"), ("轮次", "测评轮次", "次数"), "number", required=True, key=True),
        Field(
            "method",
            N_("Method"),
            ("方式", "测评方式"),
            "word",
            required=True,
            key=True,
            words={
                "representatives": Word(N_("by representatives"), ("群众代表评议", "代表评议", "群众代表")),
                "sample": Word(N_("random sample"), ("随机抽查", "群众随机抽查", "抽查", "随机抽样")),
            },
        ),
        Field("held_on", N_("Held on"), ("日期", "测评日期", "测评时间"), "past_day", required=True),
        _count("issued", N_("Issued"), "发出", "发放", "发出份数", "发放份数", "发出票数", required=True),
        _count("returned", N_("Returned"), "收回", "收回份数", "回收", "收回票数", required=True),
        _count("unreturned", N_("Unreturned"), "未收回", "未收回份数", stored=False),
        _count("valid", N_("Valid"), "有效", "有效票", "有效份数", "有效票数", required=True),
        _count("invalid", N_("Invalid"), "无效", "无效票", "无效份数", "废票", stored=False),
        _count("satisfied", N_("Satisfied"), "满意", "满意票", required=True),
        _count("fairly", N_("Fairly satisfied"), "比较满意", "较满意"),
        _count("basically", N_("Basically satisfied"), "基本满意"),
        _count("dissatisfied", N_("Dissatisfied"), "不满意", "不满意票", required=True),
        _count("blank", N_("Blank"), "未填", "弃权", "空白"),
        Field("classes", N_("Respondents by class"), ("分类人数", "群众类别", "参评人员分类")),
    ),
    dated="held_on",
    check=balances,
    hidden=("returned", "fairly", "basically", "blank", "classes"),
)
REMEDIAL = Register(
    noun="remedial",
    title=N_("Remedial work after a failed survey round: plan, deadline, done"),
    one=N_("remedial work"),
    fields=(
        UNIT,
        Field("round", N_("Round"), ("轮次", "测评轮次"), "number", required=True, key=True),
        Field("plan", N_("Plan"), ("补课方案", "补课措施", "整改方案")),
        Field("deadline", N_("Deadline"), ("补课期限", "完成期限", "期限"), "day"),
        Field("done_on", N_("Done on"), ("补课完成日期", "完成日期"), "past_day", entered="done_entered_on"),
    ),
    dated="",
    open=lambda values: values["done_on"] is None,
)
REGISTERS = (SURVEY, REMEDIAL)
