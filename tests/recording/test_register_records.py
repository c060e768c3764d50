"""Rules about records of the registers, through the commands that write them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import TODAY, Cli, kept

A, A1, A11, B = "330304-A", "330304-A1", "330304-A1-1", "330304-B"


def refused(cli: Cli, *argv: str, code: int = 1) -> str:
    before = cli.everything()
    message = cli.refused(*argv, code=code)
    assert cli.everything() == before
    return message


def posts(cli: Cli, unit: str = A1) -> list[tuple[Any, ...]]:
    return cli.query(
        "SELECT p.name, p.from_on, p.to_on FROM post p JOIN unit u ON u.id = p.unit_id"
        " WHERE u.code = ? ORDER BY coalesce(from_on, ''), number",
        unit,
    )


def chief(cli: Cli, unit: str = A1, *options: str) -> str | None:
    found: str | None = cli.json("unit", "show", unit, *options)["chief"]
    return found


# ── posts ──


def test_a_hand_over_leaves_earlier_days_as_they_were(filled: Cli) -> None:
    filled.ok("post", "hand-over", A1, "李新", "--on", "2005-03-01", "--title", "书记")
    assert posts(filled) == [("吴敏", None, "2005-03-01"), ("李新", "2005-03-01", None)]
    assert [chief(filled, A1, "--as-of", day) for day in ("2005-02-28", "2005-03-01", TODAY)] == [
        "吴敏",
        "李新",
        "李新",
    ]
    assert filled.query("SELECT chief FROM unit WHERE code = ?", A1) == [("李新",)]
    filled.ok("undo")
    assert posts(filled) == []
    assert chief(filled) == "吴敏"


def test_where_nobody_was_known_the_chief_begins_then(filled: Cli) -> None:
    filled.ok("post", "hand-over", "330304-B1", "李新", "--on", "2005-03-01")
    assert posts(filled, "330304-B1") == [("李新", "2005-03-01", None)]
    assert chief(filled, "330304-B1", "--as-of", "2005-02-28") is None


def test_a_hand_over_comes_after_the_posts_there_are(filled: Cli) -> None:
    filled.ok("post", "hand-over", A1, "李新", "--on", "2005-03-01")
    for day in ("2005-02-10", "2005-03-01"):
        assert "李新" in refused(filled, "post", "hand-over", A1, "赵新", "--on", day)
    assert "李新" in refused(filled, "post", "hand-over", A1, "李新", "--on", "2005-02-10")
    filled.ok("post", "hand-over", A1, "赵新", "--on", "2005-03-02")
    assert posts(filled)[1:] == [("李新", "2005-03-01", "2005-03-02"), ("赵新", "2005-03-02", None)]


def test_the_same_name_again_changes_nothing_but_the_title(filled: Cli) -> None:
    assert "Nothing to change" in filled.ok("post", "hand-over", A1, "吴敏", "--on", "2005-03-01")
    filled.ok("post", "hand-over", A1, "吴敏", "--on", "2005-03-01", "--title", "局长")
    assert filled.query("SELECT name, title, from_on FROM post") == [("吴敏", "局长", None)]
    filled.ok("post", "hand-over", A1, "李新", "--on", "2005-03-10")
    assert "Nothing to change" in filled.ok("post", "hand-over", A1, "李新", "--on", "2005-03-20")
    # Somebody may come back.
    filled.ok("post", "hand-over", A1, "吴敏", "--on", "2005-03-25")
    assert posts(filled) == [
        ("吴敏", None, "2005-03-10"),
        ("李新", "2005-03-10", "2005-03-25"),
        ("吴敏", "2005-03-25", None),
    ]


def test_a_hand_over_is_never_in_the_future_or_of_a_closed_unit(filled: Cli) -> None:
    refused(filled, "post", "hand-over", A1, "李新", "--on", "2005-04-01")
    refused(filled, "post", "hand-over", A1, " ", code=2)
    filled.ok("unit", "close", A11, "--on", "2005-03-01")
    refused(filled, "post", "hand-over", A11, "李新", "--on", "2005-03-02")


def test_an_earlier_chief_put_on_record_later_ends_where_the_next_begins(filled: Cli) -> None:
    filled.ok("post", "hand-over", A1, "李新", "--on", "2005-03-01")
    filled.ok("post", "add", A1, "--role", "chief", "--name", "王新", "--from-on", "2005-02-01")
    assert posts(filled) == [
        ("吴敏", None, "2005-02-01"),
        ("王新", "2005-02-01", "2005-03-01"),
        ("李新", "2005-03-01", None),
    ]
    assert chief(filled) == "李新"


def test_the_chief_of_a_unit_with_posts_is_not_typed_over(filled: Cli) -> None:
    filled.ok("unit", "edit", A1, "--chief", "吴新")
    filled.ok("post", "hand-over", A1, "李新", "--on", "2005-03-01")
    assert "post hand-over" in refused(filled, "unit", "edit", A1, "--chief", "赵新")
    refused(filled, "unit", "edit", A1, "--chief", "")
    filled.ok("unit", "edit", A1, "--chief", "李新", "--phone", "0577-1")


def test_a_post_taken_back_gives_the_unit_its_chief_of_today(filled: Cli) -> None:
    filled.ok("post", "add", A1, "--role", "chief", "--name", "吴敏")
    filled.ok(
        "post", "add", A1, "--role", "chief", "--name", "李新", "--from-on", "2005-03-01", "--to-on", "2005-03-31"
    )
    filled.ok("post", "edit", "1", "--to-on", "")
    filled.ok("post", "remove", "2")
    assert (posts(filled), chief(filled)) == ([("吴敏", None, None)], "吴敏")


# ── study ──


@pytest.fixture
@kept
def held(filled: Cli) -> Cli:
    filled.ok("session", "add", A1, "--held-on", "2005-02-10", "--topic", "党章")
    return filled


def test_only_members_of_the_day_can_have_missed_a_session(held: Cli) -> None:
    held.ok("session", "absent", "1", "P000002", "P000003", "李秀英")
    # A name that two bear within the unit asks.
    refused(held, "session", "absent", "1", "王小明")
    assert "2005-02-10" in refused(held, "session", "absent", "1", "P000008")
    held.ok("member", "transfer", "P000008", A11, "--on", "2005-02-20")
    refused(held, "session", "absent", "1", "P000008")
    held.ok("member", "transfer", "P000004", B, "--on", "2005-02-20")
    held.ok("session", "absent", "1", "P000004")


def test_absent_again_changes_the_reason_alone(held: Cli) -> None:
    held.ok("session", "absent", "1", "P000003", "--reason", "病")
    assert "Nothing to change" in held.ok("session", "absent", "1", "P000003")
    held.ok("session", "absent", "1", "P000003", "--reason", "出差")
    assert held.query("SELECT reason FROM study_absence") == [("出差",)]


def test_a_session_is_made_good_after_it_was_held_by_who_missed_it(held: Cli) -> None:
    held.ok("session", "absent", "1", "P000003")
    assert "session absent" in refused(held, "session", "make-up", "1", "P000002")
    assert "P000003" in refused(held, "session", "make-up", "1", "P000003", "--on", "2005-02-09")
    held.ok("session", "make-up", "1", "P000003", "--on", "2005-02-20", "--mode", "送学上门")
    assert held.query("SELECT made_up_on, mode, made_up_entered_on FROM study_absence") == [
        ("2005-02-20", "送学上门", TODAY)
    ]
    assert held.json("session", "show", "1")["open"] == 0
    assert held.json("session", "show", "1", "--as-of", "2005-02-15")["open"] == 1


def test_studying_is_not_done_while_a_missed_session_is_open(held: Cli) -> None:
    held.ok("task", "mark", "P000003", "T1", "--on", "2005-02-12")
    held.ok("session", "absent", "1", "P000003")
    shown = held.json("member", "show", "P000003")
    assert (shown["tasks"][0]["done_on"], shown["tasks"][0]["open_missed"]) == (None, 1)
    assert [each["session"] for each in shown["missed_sessions"]] == [1]
    held.ok("session", "make-up", "1", "P000003", "--on", "2005-02-20")
    assert held.json("member", "show", "P000003")["tasks"][0]["done_on"] == "2005-02-12"
    early = held.json("member", "show", "P000003", "--as-of", "2005-02-15")["tasks"][0]
    assert (early["done_on"], early["open_missed"]) == (None, 1)


def test_a_session_with_records_on_it_stays(held: Cli) -> None:
    held.ok("session", "absent", "1", "P000003")
    assert "missed" in refused(held, "session", "remove", "1")
    held.ok("missed", "remove", "1")
    held.ok("session", "remove", "1")


def test_what_happened_before_a_unit_closed_can_still_be_recorded(held: Cli) -> None:
    held.ok("unit", "close", A1, "--on", "2005-03-15")
    held.ok("session", "absent", "1", "P000002")
    refused(held, "session", "add", A1, "--held-on", "2005-03-15", "--topic", "x")


# ── opinions and rectification ──


@pytest.fixture
@kept
def problem(filled: Cli) -> Cli:
    filled.ok(
        "rectification", "add", A1, "--problem", "文山会海", "--found-on", "2005-02-20", "--deadline", "2005-03-10"
    )
    return filled


def test_opinions_are_merged_into_problems_of_their_unit(problem: Cli) -> None:
    for unit in (A1, A1, B):
        text = f"意见{problem.query('SELECT count(*) FROM opinion')[0][0]}"
        problem.ok(
            "opinion",
            "add",
            unit,
            "--received-on",
            "2005-02-10",
            "--channel",
            "座谈会",
            "--addressee",
            "班子",
            "--text",
            text,
        )
    problem.ok("opinion", "merge", "1", "2", "--into", "1")
    assert "景山街道党委" in refused(problem, "opinion", "merge", "3", "--into", "1")
    refused(problem, "opinion", "edit", "3", "--rectification", "1")
    refused(problem, "opinion", "merge", "1", "--into", "9")
    summary = problem.json("opinion", "summary")
    assert summary["total"] == {"opinions": 3, "items": 3, "counted": 0, "merged": 2, "unmerged": 1}


def test_counts_and_items_add_up(problem: Cli) -> None:
    for channel, text, count in (("forum", "多下基层", 1), ("forum", "", 30), ("box", "", 5)):
        problem.ok(
            *("opinion", "add", A1, "--received-on", "2005-02-10", "--channel", channel, "--addressee", "unit"),
            *("--text", text, "--count", str(count)),
        )
    summary = problem.json("opinion", "summary", A)
    by_channel = [row for row in summary["rows"] if row["by"] == "channel"]
    assert [(row["value"], row["opinions"], row["items"], row["counted"]) for row in by_channel] == [
        ("forum", 31, 1, 30),
        ("box", 5, 0, 5),
    ]
    assert summary["total"]["opinions"] == 36
    assert problem.json("opinion", "summary", B)["rows"] == []
    assert problem.json("opinion", "summary", "--as-of", "2005-02-09")["total"]["opinions"] == 0


def test_an_item_goes_its_way_step_by_step(problem: Cli) -> None:
    publish = ("rectification", "publish", "1")
    refused(problem, *publish, "--circle", "全体", code=2)
    refused(problem, *publish, "--measures", "--results", "--circle", "全体", code=2)
    refused(problem, *publish, "--measures", code=2)
    assert "rectification item 1" in refused(problem, *publish, "--results", "--circle", "全体")
    problem.ok(*publish, "--measures", "--circle", "全体", "--on", "2005-03-01")
    refused(problem, "rectification", "done", "1", "--on", "2005-02-19")
    problem.ok("rectification", "done", "1", "--on", "2005-03-20")
    refused(problem, *publish, "--results", "--circle", "全体", "--on", "2005-03-19")
    problem.ok(*publish, "--results", "--circle", "全体", "--on", "2005-03-21")
    # A measure and an owner are still missing.
    assert [row["number"] for row in problem.rows("rectification", "list", "--open")] == [1]
    problem.ok("rectification", "edit", "1", "--measure", "少开会", "--owner", "吴敏")
    assert problem.rows("rectification", "list", "--open") == []


def test_lists_narrow_down_as_of_a_day(problem: Cli) -> None:
    def numbers(*options: str) -> list[int]:
        return [row["number"] for row in problem.rows("rectification", "list", *options)]

    problem.ok("rectification", "publish", "1", "--measures", "--circle", "全体", "--on", "2005-03-01")
    problem.ok("rectification", "done", "1", "--on", "2005-03-20")
    problem.ok("rectification", "publish", "1", "--results", "--circle", "全体", "--on", "2005-03-21")
    assert numbers("--as-of", "2005-02-19") == []
    assert [numbers("--late", "--as-of", day) for day in ("2005-03-10", "2005-03-11", "2005-03-20")] == [[], [1], []]
    assert [numbers("--unpublished", "--as-of", day) for day in ("2005-03-20", "2005-03-21")] == [[1], []]
    assert numbers("--late", "--unpublished") == []


def test_a_dropped_item_owes_nothing_from_that_day_on(problem: Cli) -> None:
    refused(problem, "rectification", "drop", "1", code=2)
    refused(problem, "rectification", "drop", "1", "--reason", " ", code=2)
    problem.ok("rectification", "drop", "1", "--reason", "并入另一项", "--on", "2005-03-15")
    assert problem.rows("rectification", "list", "--open", "--late", "--unpublished") == []
    assert len(problem.rows("rectification", "list", "--open", "--as-of", "2005-03-14")) == 1
    summary = problem.json("rectification", "summary")
    assert (summary["total"]["items"], summary["total"]["dropped"], summary["total"]["open"]) == (1, 1, 0)


def test_results_are_said_to_be_public_only_when_they_are(problem: Cli) -> None:
    mark = ("milestone", "mark", A1, "M303", "--on")
    assert "number 1" in refused(problem, *mark, "2005-03-20")
    # Before the item was found nothing was owed.
    problem.ok(*mark, "2005-02-19")
    problem.ok("milestone", "unmark", A1, "M303")
    problem.ok("rectification", "drop", "1", "--reason", "并入另一项", "--on", "2005-03-15")
    problem.ok(*mark, "2005-03-15")
    refused(problem, *mark, "2005-03-14")
    problem.ok("milestone", "mark", A, "M303", "--on", "2005-03-20")


# ── surveys ──


def add_sheet(cli: Cli, round_: int, day: str, satisfied: int, dissatisfied: int, method: str = "sample") -> None:
    total = str(satisfied + dissatisfied)
    cli.ok(
        *("survey", "add", A1, "--round", str(round_), "--method", method, "--held-on", day, "--issued", total),
        *("--returned", total, "--valid", total, "--satisfied", str(satisfied), "--dissatisfied", str(dissatisfied)),
    )


def test_a_sheet_whose_classes_do_not_add_up_is_refused_with_the_difference(filled: Cli) -> None:
    words = ("--classes", "党员 2865、群众 10000", "--issued", "13000", "--returned", "12874", "--valid", "12874")
    message = refused(
        filled, "survey", "add", A1, "--round", "1", "--method", "sample", "--held-on", "2005-03-01",
        "--satisfied", "12874", "--dissatisfied", "0", *words,
    )  # fmt: skip
    assert "classes sum to 12865, 9 short of 12874" in message


def test_a_failed_round_demands_remedial_work_and_a_further_round(filled: Cli) -> None:
    add_sheet(filled, 1, "2005-03-01", 4, 5)
    add_sheet(filled, 1, "2005-03-02", 9, 0, "representatives")
    document = filled.json("survey", "result", A)
    assert [(row["method"], row["verdict"], row["round_verdict"]) for row in document["rows"]] == [
        ("representatives", "passed", "failed"),
        ("sample", "failed", "failed"),
    ]
    assert document["rows"][1]["satisfaction"] == 44.4
    assert (document["rounds"][0]["verdict"], document["rounds"][0]["remedy"]) == ("failed", "missing")
    refused(filled, "survey", "remedy", A1, "--round", "1", code=2)
    refused(filled, "survey", "remedy", A1, "--round", "2", "--plan", "x")
    refused(filled, "survey", "remedy", A1, "--round", "1", "--plan", "x", "--on", "2005-03-05", code=2)
    refused(filled, "survey", "remedy", A1, "--round", "1", "--done", "--on", "2005-03-01")
    filled.ok("survey", "remedy", A1, "--round", "1", "--plan", "再下基层")
    assert filled.query("SELECT deadline, done_on FROM remedial") == [("2005-04-01", None)]
    filled.ok("survey", "remedy", A1, "--round", "1", "--deadline", "2005-03-20")
    assert filled.json("survey", "result")["rounds"][0]["remedy"] == "late"
    filled.ok("survey", "remedy", A1, "--round", "1", "--done", "--on", "2005-03-25")
    assert filled.query("SELECT plan, deadline, done_on, done_entered_on FROM remedial") == [
        ("再下基层", "2005-03-20", "2005-03-25", TODAY)
    ]
    add_sheet(filled, 2, "2005-03-30", 9, 0)
    assert [each["verdict"] for each in filled.json("survey", "result")["rounds"]] == ["failed", "passed"]
    assert "did not fail" in filled("survey", "remedy", A1, "--round", "2", "--plan", "x").err


def test_a_district_sets_its_own_rule(filled: Cli) -> None:
    add_sheet(filled, 1, "2005-03-01", 7, 3)
    refused(filled, "campaign", "rule", "survey_least_percent", "101", code=2)
    refused(filled, "campaign", "rule", "survey_grades", "4", code=2)
    filled.ok("campaign", "rule", "survey_least_percent", "80")
    assert "Nothing to change" in filled.ok("campaign", "rule", "survey_least_percent", "80")
    (row,) = filled.rows("survey", "result")
    assert (row["verdict"], row["other_verdict"]) == ("failed", "passed")
    assert row["rule"] == "survey_least_percent=80 survey_grades=3"
    assert filled.rows("campaign", "rule", "survey_least_percent")[0]["value"] == 80
    assert (
        next(r for r in filled.json("campaign", "show")["rules"] if r["code"] == "survey_least_percent")["value"] == 80
    )
    assert "at least 80%" in filled.ok("survey", "result")
    filled.ok("undo")
    assert filled.rows("survey", "result")[0]["verdict"] == "passed"


# ── days of entry ──


def test_a_day_is_entered_when_it_changes_and_a_note_when_it_may(filled: Cli) -> None:
    def entered() -> list[tuple[Any, ...]]:
        return filled.query("SELECT entered_on FROM milestone_done UNION ALL SELECT entered_on FROM task_done")

    filled.ok("milestone", "mark", A1, "M103", "--on", "2005-01-20")
    filled.ok("task", "mark", "P000003", "T1", "--on", "2005-02-01")
    filled.ok("pin", "2005-04-20")
    filled.ok("milestone", "mark", A1, "M103", "--on", "2005-01-20", "--note", "好")
    filled.ok("task", "mark", "P000003", "T1", "--on", "2005-02-01", "--mode", "电话")
    assert entered() == [(TODAY,), (TODAY,)]
    filled.ok("milestone", "mark", A1, "M103", "--on", "2005-01-21")
    assert entered() == [("2005-04-20",), (TODAY,)]


def test_each_day_of_an_item_has_its_own_day_of_entry(problem: Cli) -> None:
    def entered() -> tuple[Any, ...]:
        columns = "entered_on, measures_entered_on, done_entered_on"
        return problem.query(f"SELECT {columns} FROM rectification")[0]

    problem.ok("rectification", "publish", "1", "--measures", "--circle", "全体", "--on", "2005-03-01")
    problem.ok("pin", "2005-04-20")
    problem.ok("rectification", "done", "1", "--on", "2005-03-20")
    problem.ok("rectification", "edit", "1", "--owner", "吴敏")
    assert entered() == (TODAY, TODAY, "2005-04-20")
    problem.ok("rectification", "edit", "1", "--done-on", "")
    assert entered() == (TODAY, TODAY, None)
