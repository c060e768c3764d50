"""A whole row of every register's sheet, and what such rows refer to."""

from __future__ import annotations

from tests.support import Cli, csv_text, kept

A, A1, A11, B = "330304-A", "330304-A1", "330304-A1-1", "330304-B"
# A whole row of every kind, and a change of it that is no part of its key.
SAMPLES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "posts": (
        {"unit": A1, "role": "副职", "name": "李新", "title": "副局长", "from_on": "2005-01-05", "to_on": "2005-03-01"},
        {"title": "局长"},
    ),
    "bodies": (
        {"unit": A1, "role": "副组长", "name": "李新", "post": "副局长", "from_on": "2005-01-05", "to_on": "2005-03-01"},
        {"post": "局长"},
    ),
    "absences": (
        {"unit": A1, "name": "吴敏", "from_on": "2005-03-01", "to_on": "2005-04-09", "reason": "考察", "approved_by": "周正"},
        {"reason": "学习"},
    ),
    "sessions": (
        {"unit": "区教育局党委", "held_on": "2005年2月1日", "topic": "党章", "hours": "2.5学时"},
        {"hours": "3"},
    ),
    "missed-sessions": (
        {"unit": A11, "session": "2005-02-05", "member": "王小明", "reason": "病", "made_up_on": "2005-02-10", "mode": "送学上门"},
        {"mode": "电话"},
    ),
    "own-milestones": (
        {"unit": A1, "title": "红歌会", "planned_on": "2005-05-01", "done_on": "2005-03-01", "note": "好"},
        {"note": "很好"},
    ),
    "opinions": (
        {"unit": A1, "received_on": "2005-02-10", "channel": "座谈会", "addressee": "领导班子", "text": "多下基层", "count": "2条", "rectification": "文山会海"},
        {"count": "3"},
    ),
    "rectifications": (
        {
            "unit": A1, "problem": "作风不实", "source": "群众意见", "found_on": "2005-02-20", "measure": "下基层", "owner": "吴敏",
            "deadline": "2005-03-20", "measures_on": "2005-03-01", "measures_circle": "全体党员", "done_on": "2005-03-10",
            "results_on": "2005-03-12", "results_circle": "干部群众", "dropped_on": "2005-03-15", "drop_reason": "并入另一项",
        },
        {"measure": "每周下基层"},
    ),
    "regulations": ({"unit": A1, "title": "学习制度", "adopted_on": "2005-03-03"}, {"adopted_on": "2005-03-04"}),
    "surveys": (
        {
            "unit": A1, "round": "第二轮", "method": "随机抽查", "held_on": "2005-03-20", "issued": "100", "returned": "90",
            "unreturned": "10", "valid": "85", "invalid": "5", "satisfied": "60", "fairly": "10", "basically": "5",
            "dissatisfied": "8", "blank": "2", "classes": "党员 40、群众 50",
        },
        {"held_on": "2005-03-21"},
    ),
    "remedials": (
        {"unit": A1, "round": "1", "plan": "再下基层", "deadline": "2005-04-01", "done_on": "2005-03-20"},
        {"plan": "每周下基层"},
    ),
    "teams": (
        {"code": "X9", "name": "第九督导组", "kind": "巡回检查组", "batch": "第一批", "sender": A, "phone": "0577-88510009"},
        {"phone": "0577-88510010"},
    ),
    "cadres": (
        {"team": "D1", "role": "组长", "name": "李新", "rank": "正科级", "home": "区委办", "phone": "0577-88510011", "from_on": "2005-01-10", "to_on": "2005-06-30"},
        {"home": "区府办"},
    ),
    "coverage": ({"team": "D1", "unit": B, "from_on": "2005-01-10", "to_on": "2005-06-30"}, {"to_on": "2005-07-31"}),
    "visits": (
        {"unit": A1, "team": "D1", "visited_on": "2005-03-01", "who": "李新", "how": "听、查、看", "looked_at": "台账"},
        {"looked_at": "台账和公示栏"},
    ),
    "suggestions": (
        {
            "unit": A1, "visit": "2005-02-15", "kind": "问题", "text": "笔记不全", "owner": "吴敏", "deadline": "2005-04-01",
            "done_on": "2005-03-10", "verified_on": "2005-03-12", "verified_by": "李新",
        },
        {"owner": "郑重"},
    ),
    "contact-points": (
        {"unit": B, "member": "周正", "from_on": "2005-02-01", "to_on": "2005-06-30"}, {"to_on": "2005-07-31"},
    ),
    "contact-visits": (
        {"unit": A1, "contact_point": "1", "visited_on": "2005-03-01", "what": "座谈"}, {},
    ),
    "calls": (
        {"unit": A1, "called_on": "2005-03-01", "said": "月底前补报", "again_on": "2005-04-01", "who": "郑重"}, {"who": "吴敏"},
    ),
    "bulletins": (
        {
            "unit": A1, "kind": "简报", "title": "学习动态", "drafted_on": "2005-03-01", "issued_on": "2005-03-02",
            "issue": "2", "running": "2", "sources": "330304-A1-1、330304-A1-2",
        },
        {"sources": "330304-A1-1"},
    ),
    "models": (
        {"unit": A1, "member": "郑重", "deeds": "扎根基层", "found_on": "2005-03-01", "bulletin": "学习开班"},
        {"found_on": "2005-03-02"},
    ),
    "publicity": (
        {"unit": A1, "channel": "报刊", "published_on": "2005-03-01", "title": "学习动态", "count": "2"}, {"count": "3"},
    ),
    "commendations": (
        {
            "unit": A11, "member": "郑重", "honour": "优秀共产党员", "proposed_on": "2005-03-01", "awarded_on": "2005-03-20",
            "overridden": "是", "missing": "T1", "reason": "援外",
        },
        {"awarded_on": "2005-03-21"},
    ),
    "trainings": (
        {"unit": A11, "member": "郑重", "reason": "末位", "from_on": "2005-03-01", "to_on": "2005-03-20", "done_on": "2005-03-19"},
        {"reason": "测评末位"},
    ),
}  # fmt: skip


@kept
def prepare(filled: Cli) -> None:
    """Record what the samples refer to."""
    filled.imported("sessions", [["单位", "日期", "主题"], [A1, "2005-02-05", "实事求是"]])
    filled.imported("rectifications", [["单位", "问题", "查找日期"], [A1, "文山会海", "2005-02-01"]])
    filled.ok(
        *f"survey add {A1} --round 1 --method sample --held-on 2005-03-01 --issued 9 --returned 9 --valid 9".split(),
        *["--satisfied", "1", "--dissatisfied", "8"],
    )
    filled.imported("teams", [["组号", "名称"], ["D1", "第一督导组"]])
    filled.imported("visits", [["单位", "督导组", "督导日期"], [A1, "D1", "2005-02-15"]])
    filled.imported("contact-points", [["联系点", "领导", "建立日期"], [A1, "吴敏", "2005-02-01"]])
    bulletin = [A1, "学习开班", "2005-02-01", "2005-02-02", "1", "1"]
    filled.imported("bulletins", [["单位", "标题", "起草日期", "编发日期", "期数", "总期数"], bulletin])


@kept
def record(filled: Cli) -> None:
    """Record what the samples refer to, and one record of every register."""
    prepare(filled)
    for kind, (row, _) in SAMPLES.items():
        filled.imported(kind, csv_text([list(row), list(row.values())]))
