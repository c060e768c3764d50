"""Rules about what was done: milestones, tasks, nine ones, exemptions."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import TODAY, Cli

NOTHING = "Nothing to change"
A, A1, A11, A2, B1, ROOT = "330304-A", "330304-A1", "330304-A1-1", "330304-A2", "330304-B1", "330304"


def unchanged(cli: Cli, *argv: str) -> None:
    before = cli.everything()
    assert NOTHING in cli.ok(*argv)
    document = cli.json(*argv)
    assert (document["operation"], document["changed"], document["rows"]) == (None, 0, [])
    assert cli.everything() == before


def refused(cli: Cli, *argv: str, code: int = 1) -> str:
    before = cli.everything()
    message = cli.refused(*argv, code=code)
    assert cli.everything() == before
    return message


def milestone(cli: Cli, unit: str, code: str, *options: str) -> dict[str, Any]:
    plan = cli.json("unit", "show", unit, *options)["milestones"]
    return next(row for row in plan if row["milestone"] == code)


def task(cli: Cli, member: str, code: str) -> dict[str, Any]:
    return next(row for row in cli.json("member", "show", member)["tasks"] if row["task"] == code)


# ── milestones ──


def test_a_milestone_is_marked_by_code_or_name_for_several_units(filled: Cli) -> None:
    filled.ok("milestone", "mark", A, "区教育局党委", "召开动员部署大会", "--on", "2005年1月20日", "--reporter", "周正")
    for unit in (A, A1):
        found = milestone(filled, unit, "M103")
        assert (found["done_on"], found["reporter"], found["state"]) == ("2005-01-20", "周正", "on_time")
    assert filled.query("SELECT DISTINCT entered_on FROM milestone_done") == [(TODAY,)]


def test_marking_again_is_nothing_to_change(filled: Cli) -> None:
    argv = ("milestone", "mark", A, "M101", "--on", "2005-01-10", "--head", "周正")
    filled.ok(*argv)
    unchanged(filled, *argv)
    unchanged(filled, *argv[:-2])


def test_marking_another_day_changes_the_day_and_keeps_the_rest(filled: Cli) -> None:
    filled.ok("milestone", "mark", A, "M101", "--on", "2005-01-10", "--head", "周正", "--evidence", "文件1号")
    filled.ok("milestone", "mark", A, "M101", "--on", "2005-01-12")
    found = milestone(filled, A, "M101")
    assert (found["done_on"], found["head"], found["evidence"]) == ("2005-01-12", "周正", "文件1号")
    old_new = [(row["old"], row["new"]) for row in filled.rows("log", A) if row["field"] == "done_on"]
    assert old_new == [("2005-01-10", "2005-01-12"), (None, "2005-01-10")]


def test_without_a_day_it_is_the_files_day(filled: Cli) -> None:
    filled.ok("milestone", "mark", A, "M101")
    assert milestone(filled, A, "M101")["done_on"] == TODAY


def test_a_day_in_the_future_is_refused(filled: Cli) -> None:
    assert "future" in refused(filled, "milestone", "mark", A, "M101", "--on", "2005-04-01")


@pytest.mark.parametrize("day", ["2005-02-30", "yesterday", "2005-13-01", "", "1985.1"])
def test_what_is_no_day_is_a_wrong_call(filled: Cli, day: str) -> None:
    refused(filled, "milestone", "mark", A, "M101", "--on", day, code=2)


@pytest.mark.parametrize(("unit", "code"), [(B1, "M101"), (A11, "M102"), (ROOT, "M103"), (ROOT, "M104")])
def test_a_milestone_that_does_not_apply_is_refused(filled: Cli, unit: str, code: str) -> None:
    assert "does not apply" in refused(filled, "milestone", "mark", unit, code)
    assert "does not apply" in refused(filled, "milestone", "exempt", unit, code, "--reason", "x")


def test_the_survey_is_never_marked_by_a_date(filled: Cli) -> None:
    refused(filled, "milestone", "mark", A, "M305")


def test_nothing_is_marked_from_the_closing_day_on(filled: Cli) -> None:
    filled.ok("unit", "close", B1, "--on", "2005-03-01")
    refused(filled, "milestone", "mark", B1, "M103", "--on", "2005-03-01")
    filled.ok("milestone", "mark", B1, "M103", "--on", "2005-02-28")


def test_a_mark_is_taken_back_and_history_keeps_it(filled: Cli) -> None:
    filled.ok("milestone", "mark", A, "M101", "--on", "2005-01-10")
    filled.ok("milestone", "unmark", A, "M101")
    assert milestone(filled, A, "M101")["done_on"] is None
    assert (filled.rows("log", A)[0]["old"], filled.rows("log", A)[0]["new"]) == ("2005-01-10", None)
    unchanged(filled, "milestone", "unmark", A, "M101")


def test_a_later_mark_does_not_exist_yet(filled: Cli) -> None:
    filled.ok("milestone", "mark", A, "M101", "--on", "2005-01-10")
    assert milestone(filled, A, "M101", "--as-of", "2005-01-09")["done_on"] is None
    assert milestone(filled, A, "M101", "--as-of", "2005-01-10")["done_on"] == "2005-01-10"


def test_one_word_alone_is_a_wrong_call(filled: Cli) -> None:
    for argv in (("milestone", "mark"), ("milestone", "unmark"), ("milestone", "exempt"), ("task", "mark")):
        refused(filled, *argv, "M101", code=2)


def test_a_misspelt_milestone_gets_a_suggestion(filled: Cli) -> None:
    assert "M103 召开动员部署大会" in refused(filled, "milestone", "mark", A, "召开动员布署大会")


# ── exemptions ──


def test_an_exemption_carries_its_reason(filled: Cli) -> None:
    refused(filled, "milestone", "exempt", A, "M104", code=2)
    refused(filled, "milestone", "exempt", A, "M104", "--reason", "  ", code=2)
    refused(filled, "task", "exempt", "P000001", "T1", code=2)


def test_an_exempt_milestone_is_not_expected_from_that_day_on(filled: Cli) -> None:
    def expected(day: str) -> int:
        total: int = filled.json("status", A, "--as-of", day)["total"]["milestones_expected"]
        return total

    before = expected(TODAY)
    argv = ("milestone", "exempt", A, "M104", "--on", "2005-02-01", "--reason", "已提前完成")
    filled.ok(*argv)
    assert [expected(day) for day in ("2005-01-31", "2005-02-01")] == [before, before - 1]
    unchanged(filled, *argv)
    filled.ok("milestone", "exempt", A, "M104", "--lift")
    assert expected(TODAY) == before
    unchanged(filled, "milestone", "exempt", A, "M104", "--lift")


def test_an_exempt_task_is_not_due(filled: Cli) -> None:
    argv = ("task", "exempt", "P000006", "集中学习", "--on", "2005-02-01", "--reason", "长期卧床")
    filled.ok(*argv)
    unchanged(filled, *argv)
    found = task(filled, "P000006", "T1")
    assert (found["state"], found["exempt_reason"]) == ("exempt", "长期卧床")
    filled.ok("task", "exempt", "P000006", "T1", "--lift")
    assert task(filled, "P000006", "T1")["state"] == "overdue"
    unchanged(filled, "task", "exempt", "P000006", "T1", "--lift")


# ── tasks ──


def test_tasks_are_marked_for_several_members(filled: Cli) -> None:
    argv = ("task", "mark", "P000003", "P000006", "T1", "--on", "2005-02-01", "--mode", "送学上门")
    filled.ok(*argv)
    for member in ("P000003", "P000006"):
        found = task(filled, member, "T1")
        assert (found["done_on"], found["mode"], found["state"]) == ("2005-02-01", "送学上门", "on_time")
    unchanged(filled, *argv)
    filled.ok("task", "mark", "P000003", "T1", "--on", "2005-02-20")
    assert task(filled, "P000003", "T1")["state"] == "done_late"
    filled.ok("task", "unmark", "P000003", "T1")
    unchanged(filled, "task", "unmark", "P000003", "T1")


def test_a_member_by_name_within_a_unit(filled: Cli) -> None:
    refused(filled, "task", "mark", "王小明", "T1")
    filled.ok("task", "mark", "王小明", "T1", "--unit", A11)
    assert task(filled, "P000004", "T1")["done_on"] == TODAY
    assert task(filled, "P000005", "T1")["done_on"] is None


# ── nine ones ──


def test_an_item_is_fulfilled_from_its_earliest_day(filled: Cli) -> None:
    for day in ("2005-03-10", "2005-02-10", "2005-03-20"):
        filled.ok("nine", "tick", "P000001", "N1", "--on", day, "--evidence", "记录")
    unchanged(filled, "nine", "tick", "P000001", "N1", "--on", "2005-02-10")

    def first(day: str) -> str | None:
        rows = filled.rows("nine", "status", "--as-of", day)
        found: str | None = next(row["N1"] for row in rows if row["member"] == "P000001")
        return found

    assert [first(day) for day in ("2005-02-09", "2005-02-10", TODAY)] == [None, "2005-02-10", "2005-02-10"]
    filled.ok("nine", "untick", "P000001", "N1", "--on", "2005-02-10")
    assert first(TODAY) == "2005-03-10"
    filled.ok("nine", "untick", "P000001", "N1")
    assert first(TODAY) is None
    unchanged(filled, "nine", "untick", "P000001", "N1")
    unchanged(filled, "nine", "untick", "P000001", "N1", "--on", "2005-02-10")


def test_who_is_no_leader_owes_no_item(filled: Cli) -> None:
    message = refused(filled, "nine", "tick", "P000003", "N1")
    assert "advedu member edit P000003 --leader" in message
    filled.ok("member", "edit", "P000003", "--leader")
    filled.ok("nine", "tick", "P000003", "N1")


def test_the_four_leads_are_recorded_and_not_counted(filled: Cli) -> None:
    filled.ok("nine", "tick", "P000001", "L1", "--on", "2005-02-10")
    total = filled.json("status")["total"]
    assert (total["leaders"], total["nine_ones_expected"], total["nine_ones_done"]) == (4, 36, 0)
    (row,) = filled.rows("nine", "show", "P000001", "L1")
    assert row["done_on"] == "2005-02-10"


# ── dry runs ──


@pytest.mark.parametrize(
    "argv",
    [
        ("milestone", "mark", A, "M101"),
        ("milestone", "exempt", A, "M101", "--reason", "x"),
        ("task", "mark", "P000001", "T1"),
        ("task", "exempt", "P000001", "T1", "--reason", "x"),
        ("nine", "tick", "P000001", "N1"),
    ],
)
def test_a_dry_run_shows_what_would_change_and_writes_nothing(filled: Cli, argv: tuple[str, ...]) -> None:
    before = filled.everything()
    document = filled.json(*argv, "--dry-run")
    assert filled.everything() == before
    assert (document["operation"], document["dry_run"]) == (None, True)
    changed = filled.json(*argv)
    assert [row | {"operation": None} for row in changed["rows"]] == document["rows"] != []
    words = {"milestone": "unmark", "task": "unmark", "nine": "untick"}
    if argv[1] in ("mark", "tick"):
        undo = (argv[0], words[argv[0]], *argv[2:])
        filled.json(*undo, "--dry-run")
        assert filled.json(*undo)["changed"] > 0
