"""Bulletins, models to learn from, publicity (R12, D14–D16)."""

from __future__ import annotations

from advedu.i18n import N_
from advedu.nouns.declaration import UNIT, Field, Register, Values, Wrong
from advedu.values.kinds import Word


def _numbered(values: Values) -> None:
    given = [name for name in ("issued_on", "issue", "running") if values.get(name) is not None]
    if given and len(given) < 3:  # noqa: PLR2004 (the three go together)
        why = N_("a bulletin that went out has its day, its issue and its running number; a draft has none of them")
        missing = next(name for name in ("issued_on", "issue", "running") if name not in given)
        raise Wrong(missing, "required_missing", why)


BULLETIN = Register(
    noun="bulletin",
    title=N_("Bulletins: drafts, and what went out, numbered without gaps"),
    one=N_("bulletin"),
    fields=(
        UNIT._replace(headings=("编发单位", "编发办公室", *UNIT.headings), title=N_("Issuer")),
        Field(
            "kind",
            N_("Kind"),
            ("类型", "类别", "刊物"),
            "word",
            required=True,
            key=True,
            words={
                "bulletin": Word(N_("bulletin"), ("简报",)),
                "report": Word(N_("special report"), ("专报",)),
            },
            default="bulletin",
        ),
        Field("title", N_("Headline"), ("标题", "题目"), required=True, key=True),
        Field("drafted_on", N_("Drafted on"), ("起草日期", "拟稿日期"), "past_day", required=True, key=True),
        Field(
            "issued_on", N_("Issued on"), ("编发日期", "印发日期", "发出日期"), "past_day", entered="issued_entered_on"
        ),
        Field("issue", N_("Issue"), ("期数", "期号", "第几期"), "number"),
        Field("running", N_("Running number"), ("总期数", "总期号", "总第几期"), "number"),
        Field("sources", N_("Units it tells of"), ("来源单位", "供稿单位", "涉及单位"), "units"),
    ),
    dated="drafted_on",
    labels=("title",),
    check=_numbered,
    open=lambda values: values["issued_on"] is None,
)
MODEL = Register(
    noun="model",
    title=N_("Models: units and persons to learn from"),
    one=N_("model"),
    fields=(
        UNIT,
        Field("member", N_("Member"), ("党员", "姓名", "典型人物"), "member", key=True),
        Field("deeds", N_("Deeds"), ("主要事迹", "事迹", "先进事迹", "典型经验"), required=True, key=True),
        Field("found_on", N_("Discovered on"), ("发现日期", "推荐日期", "确定日期"), "past_day", required=True),
        Field("bulletin", N_("Bulletin"), ("来源简报", "刊发简报"), "bulletin", anywhere=True),
    ),
    dated="found_on",
)
PUBLICITY = Register(
    noun="publicity",
    title=N_("Publicity: what went out by newspaper, radio, book, internet"),
    one=N_("item of publicity"),
    fields=(
        UNIT,
        Field(
            "channel",
            N_("Medium"),
            ("宣传渠道", "媒体", "渠道", "宣传方式"),
            "word",
            required=True,
            key=True,
            words={
                "newspaper": Word(N_("newspaper"), ("报刊", "报纸", "报")),
                "radio": Word(N_("radio"), ("广播", "广播电台")),
                "television": Word(N_("television"), ("电视",)),
                "book": Word(N_("book"), ("图书", "读本", "书籍")),
                "internet": Word(N_("internet"), ("互联网", "网站", "网络")),
                "board": Word(N_("board"), ("宣传栏", "黑板报", "橱窗", "横幅")),
                "other": Word(N_("other"), ("其他", "其它")),
            },
        ),
        Field(
            "published_on", N_("Published on"), ("刊播日期", "发布日期", "日期"), "past_day", required=True, key=True
        ),
        Field("title", N_("Headline"), ("标题", "题目", "内容"), key=True, default=""),
        Field("count", N_("Count"), ("篇数", "条数", "数量"), "number", default=1),
    ),
    dated="published_on",
)
REGISTERS = (BULLETIN, MODEL, PUBLICITY)
