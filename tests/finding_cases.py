"""For every code one small story: a file in which it does not appear, what brings it about, what mends it.

An action is the words of a command, or a statement that runs inside an operation; in a statement `[A1]` is the key of the
unit 330304-A1, `[P000003]` that of the member.
"""

from __future__ import annotations

import re
from contextlib import closing
from typing import NamedTuple

from advedu.nouns.model import Author
from advedu.storage import connection
from advedu.storage.history import operation
from tests.support import TODAY, Cli

Action = tuple[str, ...] | str
A, A1, A11, A12, A2, B, B1, B2 = (f"330304-{name}" for name in ("A", "A1", "A1-1", "A1-2", "A2", "B", "B1", "B2"))
_KEY = re.compile(r"\[([\w-]+)\]")


class Case(NamedTuple):
    """A story. `unit` and `member` are whose finding it is; no `mend`: it never goes away."""

    code: str
    unit: str | None
    before: tuple[Action, ...]
    cause: tuple[Action, ...]
    mend: tuple[Action, ...]
    member: str | None = None
    day: str = TODAY


def act(cli: Cli, *actions: Action) -> None:
    """Do what a story tells."""
    for action in actions:
        if isinstance(action, str):
            statement(cli, action)
        else:
            cli.ok(*action)


def statement(cli: Cli, text: str) -> None:
    """Run a statement inside an operation of its own."""
    with closing(connection.connect(cli.db)) as file, operation(file, Author("test", "test", "test"), TODAY):
        file.execute(_KEY.sub(_key, text))


def _key(match: re.Match[str]) -> str:
    name = match[1]
    if re.fullmatch(r"P\d{6}", name):
        return f"(SELECT id FROM member WHERE code = '{name}')"
    return f"(SELECT id FROM unit WHERE code = '330304-{name}')"


def mark(unit: str, milestone: str, day: str, *more: str) -> Action:
    return ("milestone", "mark", unit, milestone, "--on", day, *more)


def unmark(unit: str, milestone: str) -> Action:
    return ("milestone", "unmark", unit, milestone)


def event(unit: str, phase: str, what: str, day: str, reason: str = "", missing: str = "") -> str:
    overridden = 1 if missing else 0
    return (
        "INSERT INTO phase_event (unit_id, phase_id, event, happened_on, overridden, missing, reason, entered_on) VALUES"
        f" ([{unit}], (SELECT id FROM phase WHERE code = '{phase}'), '{what}', '{day}', {overridden},"
        f" nullif('{missing}', ''), nullif('{reason}', ''), '{day}')"
    )


def sheet(number: int, day: str, satisfied: int, dissatisfied: int, method: str = "sample", unit: str = "A1-1") -> str:
    valid = satisfied + dissatisfied
    return (
        "INSERT INTO survey (unit_id, round, method, held_on, issued, returned, valid, satisfied, dissatisfied, entered_on)"
        f" VALUES ([{unit}], {number}, '{method}', '{day}', 100, 100, {valid}, {satisfied}, {dissatisfied}, '{day}')"
    )


def remedy(number: int, deadline: str, done_on: str = "") -> str:
    return (
        "INSERT INTO remedial (unit_id, round, plan, deadline, done_on, entered_on)"
        f" VALUES ([A1-1], {number}, '补课方案', '{deadline}', nullif('{done_on}', ''), '{TODAY}')"
    )


def problem(unit: str = "A1-1", text: str = "服务意识不强") -> str:
    return (
        "INSERT INTO rectification (unit_id, problem, source, found_on, measure, owner, deadline, measures_on, measures_circle,"
        " done_on, results_on, results_circle, entered_on, measures_entered_on, done_entered_on, results_entered_on)"
        f" VALUES ([{unit}], '{text}', 'own', '2005-03-01', '培训', '郑重', '2005-03-31', '2005-03-10', '全体党员',"
        " '2005-03-20', '2005-03-21', '全体党员', '2005-03-01', '2005-03-10', '2005-03-20', '2005-03-21')"
    )


def post(name: str, from_on: str, to_on: str) -> str:
    return (
        "INSERT INTO post (unit_id, role, name, from_on, to_on, entered_on)"
        f" VALUES ([A1], 'chief', '{name}', {from_on}, {to_on}, '2005-02-01')"
    )


def opinion(unit: str, channel: str) -> Action:
    return (
        "opinion",
        "add",
        unit,
        "--received-on",
        "2005-03-25",
        "--channel",
        channel,
        "--addressee",
        "unit",
        "--text",
        "意见",
    )


BASELINE = "INSERT INTO baseline (set_on, units, members, entered_on) VALUES ('2005-01-31', 6, 12, '2005-01-31')"
NINE = tuple(("nine", "tick", "P000002", f"N{n}", "--on", "2005-03-01") for n in range(1, 10))
BODY = ("body", "add", A1, "--role")
MEETING = (
    mark(A1, "M101", "2005-01-10", "--head", "吴敏"),
    mark(A1, "M102", "2005-01-12"),
    mark(A1, "M103", "2005-01-20", "--reporter", "吴 敏"),
)
SESSION = ("--held-on", "2005-03-25", "--topic", "党章", "--hours", "3")

STANDING = (
    Case("unit_without_batch", B, (), (("unit", "edit", B, "--batch", ""),), (("unit", "edit", B, "--batch", "2"),)),
    Case(
        "member_without_unit",
        B2,
        (),
        (("unit", "close", B2, "--on", "2005-03-01", "--reason", "并入"),),
        (("member", "transfer", "P000011", B1, "--on", "2005-03-01"),),
        member="P000011",
    ),
    Case(
        "members_without_start",
        "330304",
        (),
        (("member", "transfer", "P000004", "330304", "--on", "2005-03-30"),),
        (("member", "transfer", "P000004", A11, "--on", "2005-03-31"),),
    ),
    Case("ledger_unset", None, (BASELINE,), ("DELETE FROM baseline",), (BASELINE,)),
    Case(
        "ledger_differs",
        None,
        # Who left after that day makes no difference.
        (BASELINE, ("member", "leave", "P000004", "--on", "2005-03-01", "--reason", "去世")),
        ("UPDATE baseline SET members = 13",),
        ("UPDATE baseline SET members = 12",),
    ),
    Case(
        "declared_differs",
        A1,
        # Five with all below it, one in itself: both are right.
        (("unit", "edit", A1, "--declared-members", "1"), ("unit", "edit", A1, "--declared-members", "5")),
        (("unit", "edit", A1, "--declared-members", "4"),),
        (("unit", "edit", A1, "--declared-members", "5"),),
    ),
    Case(
        "branch_without_members",
        "330304-B3",
        (),
        (("unit", "add", "330304-B3", "--name", "新支部", "--kind", "党支部", "--parent", B),),
        (("member", "transfer", "P000012", "330304-B3", "--on", "2005-03-31"),),
    ),
    Case(
        "member_missing",
        B1,
        ("UPDATE member SET missing_since = '2005-04-01' WHERE code = 'P000010'",),
        ("UPDATE member SET missing_since = '2005-03-31' WHERE code = 'P000010'",),
        ("UPDATE member SET missing_since = NULL WHERE code = 'P000010'",),
        member="P000010",
    ),
    Case(
        "shift_without_reason",
        A11,
        # The batch's own first day is no shift.
        (("unit", "edit", A11, "--starts-on", "2005-01-01"),),
        (("unit", "edit", A11, "--starts-on", "2005-01-11"),),
        (("unit", "edit", A11, "--shift-reason", "人员未到齐"),),
    ),
    Case(
        "start_outside_batch",
        A11,
        (("unit", "edit", A11, "--starts-on", "2005-06-30", "--shift-reason", "缓办"),),
        (("unit", "edit", A11, "--starts-on", "2005-07-01"),),
        (("unit", "edit", A11, "--batch", "2"),),
    ),
    Case(
        "sector_not_in_batch",
        A11,
        (("unit", "edit", A11, "--sector", "government"),),
        (("unit", "edit", A11, "--sector", "rural"),),
        (("unit", "edit", A11, "--batch", "3"),),
    ),
    Case(
        "sector_missing",
        A11,
        (("unit", "edit", A12, "--sector", "government"), ("unit", "edit", A11, "--sector", "government")),
        (("unit", "edit", A11, "--sector", ""),),
        (("unit", "edit", A11, "--sector", "government"),),
    ),
)

LEADING = (
    Case("meeting_before_body", A1, MEETING, (mark(A1, "M101", "2005-01-21"),), (mark(A1, "M101", "2005-01-20"),)),
    Case("meeting_before_plan", A1, MEETING, (unmark(A1, "M102"),), (mark(A1, "M102", "2005-01-12"),)),
    Case(
        "reporter_not_chief",
        A1,
        MEETING,
        (mark(A1, "M103", "2005-01-20", "--reporter", "郑重"),),
        # 郑重 was the chief then, and 吴敏 is now.
        (
            (
                "post",
                "add",
                A1,
                "--role",
                "chief",
                "--name",
                "郑重",
                "--from-on",
                "2004-01-01",
                "--to-on",
                "2005-02-01",
            ),
            ("post", "add", A1, "--role", "chief", "--name", "吴敏", "--from-on", "2005-02-01"),
        ),
    ),
    Case(
        "reporter_missing",
        A1,
        MEETING,
        (unmark(A1, "M103"), mark(A1, "M103", "2005-01-20")),
        (mark(A1, "M103", "2005-01-20", "--reporter", "吴敏"),),
    ),
    Case(
        "meeting_late",
        A1,
        (mark(A1, "M103", "2005-01-31"),),
        (mark(A1, "M103", "2005-02-01"),),
        (mark(A1, "M103", "2005-01-31"),),
    ),
    Case(
        "body_head_not_chief",
        A1,
        (*MEETING, (*BODY, "head", "--name", "吴　敏")),
        # A new chief, and the old head goes on.
        (("post", "add", A1, "--role", "chief", "--name", "郑重", "--from-on", "2005-03-01"),),
        (("body", "edit", "1", "--to-on", "2005-03-01"), (*BODY, "head", "--name", "郑重", "--from-on", "2005-03-01")),
    ),
    Case(
        "head_missing",
        A1,
        MEETING,
        (unmark(A1, "M101"), mark(A1, "M101", "2005-01-10")),
        ((*BODY, "head", "--name", "吴敏"),),
    ),
    Case(
        "body_without_staff",
        A1,
        ((*BODY, "staff", "--name", "郑重"), (*BODY, "head", "--name", "吴敏")),
        (("body", "remove", "1"),),
        ((*BODY, "staff", "--name", "王小明"),),
    ),
    Case(
        "body_none",
        A1,
        MEETING,
        (("body", "add", A2, "--role", "head", "--name", "冯卫"),),
        ((*BODY, "head", "--name", "吴敏"),),
    ),
    Case(
        "chief_unknown",
        A2,
        (("unit", "edit", A2, "--chief", "冯卫"),),
        (("unit", "edit", A2, "--chief", ""),),
        (("post", "add", A2, "--role", "chief", "--name", "冯卫", "--from-on", "2005-03-01"),),
    ),
    Case(
        "chiefs_overlap",
        A1,
        (
            post("吴敏", "NULL", "'2005-02-01'"),
            post("郑重", "'2005-02-01'", "NULL"),
        ),
        ("UPDATE post SET to_on = NULL WHERE number = 1",),
        (("post", "edit", "1", "--to-on", "2005-02-01"),),
    ),
    Case(
        "chief_away_long",
        A1,
        (("absence", "add", A1, "--name", "吴敏", "--from-on", "2005-03-01", "--to-on", "2005-03-07"),),
        (("absence", "edit", "1", "--to-on", ""),),
        (("absence", "edit", "1", "--to-on", "2005-03-07"),),
    ),
    Case(
        "chief_away_unapproved",
        A1,
        (
            ("absence", "add", A1, "--name", "吴敏", "--from-on", "2005-03-01", "--approved-by", "周正"),
            # Before the campaign nobody had to ask.
            ("absence", "add", A1, "--name", "吴敏", "--from-on", "2004-12-01", "--to-on", "2004-12-31"),
        ),
        (("absence", "edit", "1", "--approved-by", ""),),
        (("absence", "edit", "1", "--approved-by", "周正"),),
    ),
    Case(
        "leaders_incomplete",
        A1,
        NINE,
        (("nine", "untick", "P000002", "N9"),),
        (NINE[-1],),
        day="2005-05-16",
    ),
)

DOING = (
    Case(
        "milestone_overdue",
        A11,
        (mark(A11, "M103", "2005-01-31"),),
        (unmark(A11, "M103"),),
        (mark(A11, "M103", "2005-01-31"),),
        day="2005-02-01",
    ),
    Case(
        "zero_report",
        A11,
        (mark(A11, "M103", "2005-03-31"),),
        (unmark(A11, "M103"),),
        (mark(A11, "M104", "2005-03-31"),),
    ),
    Case(
        "own_milestone_late",
        A11,
        (("own-milestone", "add", A11, "--title", "读书会", "--planned-on", "2005-03-31"),),
        (("own-milestone", "edit", "1", "--planned-on", "2005-03-30"),),
        (("own-milestone", "edit", "1", "--done-on", "2005-03-31"),),
    ),
    Case(
        "evidence_missing",
        A11,
        (mark(A11, "M103", "2005-03-31"),),
        ("UPDATE milestone SET evidence = 1 WHERE code = 'M103'",),
        (mark(A11, "M103", "2005-03-31", "--evidence", "签到表"),),
    ),
    Case(
        "late_entry",
        A11,
        (mark(A11, "M104", "2005-03-24"),),
        (mark(A11, "M104", "2005-03-23"),),
        (mark(A11, "M104", "2005-03-24"),),
    ),
    Case(
        "members_uncovered",
        A11,
        (("task", "mark", "P000003", "P000004", "T1", "--on", "2005-02-14"),),
        (("task", "unmark", "P000004", "T1"),),
        (("task", "exempt", "P000004", "T1", "--reason", "病重", "--on", "2005-02-14"),),
        day="2005-02-14",
    ),
    Case(
        "session_missed",
        A11,
        (("session", "add", A11, *SESSION),),
        ("INSERT INTO study_absence (session, member_id, entered_on) VALUES (1, [P000004], '2005-03-25')",),
        ("UPDATE study_absence SET made_up_on = '2005-03-31', mode = '送学上门', made_up_entered_on = '2005-03-31'",),
        member="P000004",
    ),
    Case("session_none", A11, (), (("session", "add", A12, *SESSION),), (("session", "add", A11, *SESSION),)),
    Case(
        "phase_out_of_order",
        A1,
        (
            event("A1", "study", "open", "2005-01-05"),
            event("A1", "study", "close", "2005-02-20"),
            event("A1", "analysis", "open", "2005-02-21"),
        ),
        ("UPDATE phase_event SET happened_on = '2005-02-19', event = 'sign_off' WHERE event = 'close'",),
        ("UPDATE phase_event SET happened_on = '2005-02-20', event = 'close' WHERE event = 'sign_off'",),
    ),
    Case(
        "phase_overridden",
        A1,
        (event("A1", "study", "open", "2005-01-05"),),
        (event("A1", "study", "close", "2005-02-20", "时间紧", "M104"),),
        (),
    ),
    Case(
        "phase_short",
        A1,
        (event("A1", "study", "open", "2005-01-01"), event("A1", "study", "close", "2005-01-30")),
        ("UPDATE phase_event SET happened_on = '2005-01-29' WHERE event = 'close'",),
        (event("A1", "study", "reopen", "2005-01-30", "走过场"),),
    ),
    Case(
        "phase_long",
        A1,
        (event("A1", "study", "open", "2005-01-01"), event("A1", "study", "close", "2005-03-01")),
        ("UPDATE phase_event SET happened_on = '2005-03-02' WHERE event = 'close'",),
        ("UPDATE phase_event SET happened_on = '2005-03-01' WHERE event = 'close'",),
    ),
    Case(
        "phase_overdue",
        A1,
        (),
        # Somebody in the file keeps phases; on the day before the tolerance is not used up yet.
        (event("A2", "study", "open", "2005-01-05"),),
        (event("A1", "study", "open", "2005-01-05"), event("A1", "study", "close", "2005-03-02")),
        day="2005-03-02",
    ),
    Case(
        "gate_broken",
        A11,
        (event("A1-1", "study", "open", "2005-01-05"),),
        (event("A1-1", "study", "close", "2005-02-20"),),
        (event("A1-1", "study", "reopen", "2005-02-21", "未完成"),),
    ),
    Case(
        "sign_off_missing",
        A1,
        (event("A1", "study", "open", "2005-01-05"),),
        (event("A1", "study", "close", "2005-02-20"),),
        (
            event("A1", "study", "reopen", "2005-02-21", "未经审核"),
            event("A1", "study", "sign_off", "2005-02-22"),
            event("A1", "study", "close", "2005-02-22"),
        ),
    ),
)

IMPROVING = (
    Case("opinions_none", A11, (mark(A11, "M201", "2005-03-31"),), (opinion(A12, "forum"),), (opinion(A11, "forum"),)),
    Case(
        "opinions_one_channel",
        A11,
        (mark(A11, "M201", "2005-03-31"), opinion(A11, "forum"), opinion(A11, "visit")),
        (("opinion", "remove", "2"),),
        (opinion(A11, "box"),),
    ),
    Case("problems_none", A11, (mark(A11, "M202", "2005-03-31"),), (problem("A1-2"),), (problem(),)),
    Case(
        "rectification_incomplete",
        A11,
        (problem(),),
        ("UPDATE rectification SET owner = NULL, deadline = NULL",),
        (("rectification", "edit", "1", "--owner", "郑重", "--deadline", "2005-03-31"),),
    ),
    Case(
        "rectification_late",
        A11,
        (problem(), "UPDATE rectification SET done_on = NULL, results_on = NULL, results_circle = NULL"),
        (("rectification", "edit", "1", "--deadline", "2005-03-30"),),
        (("rectification", "edit", "1", "--done-on", "2005-03-31"),),
    ),
    Case(
        "measures_unpublished",
        A11,
        (problem(), mark(A11, "M302", "2005-03-31")),
        ("UPDATE rectification SET measures_on = NULL, measures_circle = NULL",),
        (("rectification", "edit", "1", "--measures-on", "2005-03-31", "--measures-circle", "全体党员"),),
    ),
    Case(
        "results_unpublished",
        A11,
        (problem(), mark(A11, "M303", "2005-03-31")),
        ("UPDATE rectification SET results_on = NULL, results_circle = NULL",),
        (("rectification", "edit", "1", "--dropped-on", "2005-03-31", "--drop-reason", "重复"),),
    ),
    Case(
        "circle_missing",
        A11,
        (problem(),),
        ("UPDATE rectification SET results_circle = NULL",),
        (("rectification", "edit", "1", "--results-circle", "全体党员"),),
    ),
    Case(
        "regulation_none",
        A11,
        (mark(A11, "M304", "2005-03-31"),),
        (("regulation", "add", A12, "--title", "学习制度", "--adopted-on", "2005-03-31"),),
        (("regulation", "add", A11, "--title", "学习制度", "--adopted-on", "2005-03-31"),),
    ),
    # Half is no majority.
    Case(
        "survey_failed",
        A11,
        (sheet(1, "2005-03-01", 50, 50),),
        (sheet(2, "2005-03-10", 49, 51),),
        (sheet(3, "2005-03-20", 60, 40),),
    ),
    Case(
        "survey_no_result",
        A11,
        (sheet(1, "2005-03-01", 50, 50),),
        (sheet(2, "2005-03-10", 0, 0),),
        (sheet(3, "2005-03-20", 60, 40),),
    ),
    Case(
        "remedy_missing",
        A11,
        (sheet(1, "2005-03-01", 50, 50),),
        (sheet(2, "2005-03-10", 49, 51),),
        (remedy(2, "2005-04-09"),),
    ),
    Case(
        "remedy_late",
        A11,
        (sheet(1, "2005-03-01", 49, 51), remedy(1, "2005-03-31")),
        ("UPDATE remedial SET deadline = '2005-03-30'",),
        ("UPDATE remedial SET done_on = '2005-03-31', done_entered_on = '2005-03-31'",),
    ),
    Case(
        "round_without_remedy",
        A11,
        (sheet(1, "2005-03-01", 49, 51), remedy(1, "2005-03-31", "2005-03-11")),
        (sheet(2, "2005-03-10", 60, 40),),
        ("UPDATE remedial SET done_on = '2005-03-10'",),
    ),
    Case(
        "survey_one_method",
        A11,
        (sheet(1, "2005-03-01", 60, 40), sheet(1, "2005-03-01", 60, 40, "representatives")),
        ("DELETE FROM survey WHERE method = 'sample'",),
        (sheet(1, "2005-03-01", 60, 40),),
    ),
    Case(
        "summary_before_survey",
        A11,
        (sheet(1, "2005-03-30", 60, 40), mark(A11, "M306", "2005-03-31")),
        ("DELETE FROM survey",),
        (sheet(1, "2005-03-31", 60, 40),),
    ),
)
# A team that looks after A1 with all below it, headed as it must be.
TEAM = (
    ("team", "add", "--code", "D01", "--name", "第一督导组", "--kind", "supervision"),
    ("cadre", "add", "--team", "D01", "--role", "head", "--name", "张平", "--rank", "副科级"),
)
COVERED = (*TEAM, ("team", "cover", "D01", "330304", "--on", "2005-01-01"))
VISIT = ("visit", "add", A11, "--team", "D01", "--visited-on")
ADVICE = ("suggestion", "add", "--visit", "1", "--text", "补记学习笔记", "--deadline")
INSPECTION = ("team", "add", "--code", "X01", "--name", "景山街道巡回检查组", "--kind", "inspection", "--sender", B)
ORGAN = ("unit", "edit", A11, "--sector", "government")
POINT = ("contact-point", "add", A11, "--member", "P000001", "--from-on")
LEADS = tuple(("nine", "tick", "P000002", f"L{n}", "--on", "2005-03-01") for n in range(1, 5))
BULLETIN = ("bulletin", "add", A1, "--title")
PROPOSAL = ("commendation", "propose", A11, "--member", "P000003", "--honour", "优秀共产党员", "--on")
TASKS = tuple(("task", "mark", "P000003", task, "--on", "2005-03-01") for task in ("T1", "T2", "T3"))


def gone_out(title: str, day: str, issue: int, running: int) -> Action:
    return (
        *(*BULLETIN, title, "--drafted-on", day, "--issued-on", day),
        *("--issue", str(issue), "--running", str(running)),
    )


SUPERVISING = (
    # The batch of the street has not begun.
    Case(
        "team_none",
        A11,
        COVERED,
        (("coverage", "remove", "1"),),
        (("team", "cover", "D01", A1, "--on", "2005-03-31"),),
    ),
    Case(
        "team_head_unqualified",
        None,
        TEAM,
        (("cadre", "edit", "1", "--rank", "科员"),),
        (("cadre", "add", "--team", "D01", "--role", "head", "--name", "李强", "--rank", "正科级"),),
    ),
    Case(
        "never_visited",
        A11,
        (*COVERED, (*VISIT, "2005-01-20")),
        (("visit", "remove", "1"),),
        ((*VISIT, "2005-03-31"),),
    ),
    Case(
        "not_visited",
        A11,
        (*COVERED, (*VISIT, "2005-03-01")),
        (("visit", "remove", "1"), (*VISIT, "2005-02-28")),
        ((*VISIT, "2005-03-31"),),
    ),
    Case(
        "inspection_none",
        None,
        (*TEAM, INSPECTION),
        (("team", "remove", "2"),),
        (INSPECTION,),
        day="2005-07-01",
    ),
    Case(
        "suggestion_late",
        A11,
        (*TEAM, (*VISIT, "2005-03-01"), (*ADVICE, "2005-03-31")),
        (("suggestion", "edit", "1", "--deadline", "2005-03-30"),),
        (("suggestion", "done", "1", "--on", "2005-03-31"),),
    ),
    Case(
        "suggestion_unverified",
        A11,
        (*TEAM, (*VISIT, "2005-02-01"), (*ADVICE, "2005-03-01"), ("suggestion", "done", "1", "--on", "2005-03-01")),
        (("suggestion", "edit", "1", "--done-on", "2005-02-28"),),
        (("suggestion", "verify", "1", "--by", "张平", "--on", "2005-03-31"),),
    ),
    Case(
        "contact_unregistered",
        A,
        ((*POINT, "2005-02-01"), ("nine", "tick", "P000001", "N5", "--on", "2005-02-01")),
        (("contact-point", "remove", "1"),),
        (("nine", "untick", "P000001", "N5"),),
        member="P000001",
    ),
    Case(
        "contact_not_in_organ",
        A,
        (("member", "edit", "P000001", "--district-body", "区委"), ORGAN, (*POINT, "2005-02-01")),
        (("unit", "edit", A11, "--sector", "rural"),),
        (ORGAN,),
        member="P000001",
    ),
    Case("leads_incomplete", A1, LEADS, (("nine", "untick", "P000002", "L4"),), (LEADS[-1],), day="2005-05-16"),
    Case(
        "bulletin_gap",
        A1,
        (gone_out("一", "2005-02-01", 1, 1), gone_out("二", "2005-02-08", 2, 2)),
        (gone_out("四", "2005-02-22", 4, 4),),
        (gone_out("三", "2005-02-15", 3, 3),),
    ),
    Case(
        "model_untold",
        A11,
        (("model", "add", A11, "--deeds", "扎根山区", "--found-on", "2005-03-01"),),
        (("model", "edit", "1", "--found-on", "2005-02-28"),),
        ((*BULLETIN, "典型", "--drafted-on", "2005-03-31"), ("model", "edit", "1", "--bulletin", "1")),
    ),
    Case(
        "commendation_overridden",
        A11,
        (),
        ((*PROPOSAL, "2005-03-20", "--override", "--reason", "事迹突出"),),
        (),
        member="P000003",
    ),
    Case(
        "commendation_unfinished",
        A11,
        (*TASKS, (*PROPOSAL, "2005-03-20")),
        (("task", "unmark", "P000003", "T3"),),
        (("commendation", "remove", "1"),),
        member="P000003",
    ),
    Case(
        "award_late",
        A11,
        (
            *TASKS,
            (*PROPOSAL, "2005-03-20"),
            "UPDATE commendation SET awarded_on = '2006-06-30', awarded_entered_on = '2006-06-30'",
        ),
        ("UPDATE commendation SET awarded_on = '2006-07-01'",),
        ("UPDATE commendation SET awarded_on = NULL, awarded_entered_on = NULL",),
        member="P000003",
        day="2006-07-01",
    ),
    Case(
        "training_open",
        A11,
        (
            (
                "training",
                "add",
                "--member",
                "P000003",
                "--reason",
                "考核末位",
                "--from-on",
                "2005-03-01",
                "--to-on",
                "2005-03-31",
            ),
        ),
        (("training", "edit", "1", "--to-on", "2005-03-30"),),
        (("training", "done", "1", "--on", "2005-03-31"),),
        member="P000003",
    ),
    Case(
        "call_due",
        A11,
        (("chase", "log", A11, "--said", "下月开会", "--again-on", "2005-04-01", "--on", "2005-03-20"),),
        (("call", "edit", "1", "--again-on", "2005-03-31"),),
        (("chase", "log", A11, "--said", "已开会", "--on", "2005-03-31"),),
    ),
)
CASES = (*STANDING, *LEADING, *DOING, *IMPROVING, *SUPERVISING)
