"""`advedu phase …` as a clerk calls it: refusals whole and in one line, nothing written, overrides that stay."""

from __future__ import annotations

import json

import pytest

from tests.fulfilling import fulfil, milestones, run_through, tasks
from tests.support import Cli, assert_one_line, kept, process

A, A1, A11, A12, A2 = "330304-A", "330304-A1", "330304-A1-1", "330304-A1-2", "330304-A2"
B = "330304-B"
BRANCHES = (A11, A12)
OPENED, CLOSED = "2005-01-05", "2005-02-14"


@pytest.fixture
@kept
def opened(filled: Cli) -> Cli:
    """The small district; all units below A are in their first phase."""
    filled.ok("phase", "open", A, "study", "--subtree", "--on", OPENED)
    return filled


def missing(document: dict[str, object]) -> dict[str, list[str]]:
    """The codes of what holds each unit."""
    held = document["held"]
    assert isinstance(held, list)
    return {each["unit"]: [one["code"] for one in each["missing"]] for each in held}


# ── refusals ──


def test_a_refused_closing_lists_everything_in_one_line_and_writes_nothing(opened: Cli) -> None:
    opened.ok("milestone", "mark", A11, "M103", "--on", "2005-01-20")
    before = opened.everything()
    refused = opened.refused("phase", "close", A11, "study", "--on", CLOSED)
    for words in (
        "M104 集中学习培训 is not reached",
        "2 members not covered: P000003 郑重 (T1), P000004 王小明 (T1)",
        "not signed off by 330304-A1 区教育局党委",
    ):
        assert words in refused
    assert "M103" not in refused
    assert "--override" in refused
    assert opened.everything() == before


def test_a_refused_closing_of_several_units_names_each_and_writes_nothing(opened: Cli) -> None:
    fulfil(opened, [A12], "study", CLOSED)
    opened.ok("phase", "sign-off", A12, "study", "--on", CLOSED)
    before = opened.everything()
    refused = opened.refused("phase", "close", A11, A12, A1, "study", "--on", CLOSED)
    assert A11 in refused
    assert A1 in refused
    assert opened.everything() == before


def test_the_same_call_as_a_process_has_the_same_exit_codes(opened: Cli) -> None:
    def called(*argv: str) -> tuple[int, str, str]:
        answer = process("--db", opened.db, "--user", "x", *argv)
        return answer.returncode, answer.stdout.decode(), answer.stderr.decode()

    code, out, err = called("phase", "close", A11, "study", "--on", CLOSED)
    assert (code, out) == (1, "")
    assert_one_line(err)
    assert called("phase", "close", A11, "study", "--on", CLOSED, "--override")[0] == 2
    assert called("phase", "close", A11, "study", "--on", "2005-02-30")[0] == 2
    assert called("phase", "close", A11, "study", "--on", CLOSED, "--override", "--reason", "换届")[0] == 0


def test_what_is_wrong_with_a_call_is_said(opened: Cli) -> None:
    assert "study 学习动员 is under way" in opened.refused("phase", "open", A11, "study")
    assert "study 学习动员 is not closed" in opened.refused("phase", "open", A11, "analysis")
    assert "not begun" in opened.refused("phase", "close", A11, "analysis")
    assert "has no phases" in opened.refused("phase", "open", "330304", "study")
    assert "2005-01-05" in opened.refused("phase", "sign-off", A11, "study", "--on", "2005-01-04")
    assert "2005-03-31" in opened.refused("phase", "close", A11, "study", "--on", "2005-04-01")
    opened.refused("phase", "open", A11, "nonsense")


def test_an_override_carries_a_reason_and_a_reopening_too(opened: Cli) -> None:
    close = ("phase", "close", A11, "study", "--on", CLOSED)
    assert "--reason" in opened.refused(*close, "--override", code=2)
    assert "--reason" in opened.refused(*close, "--override", "--reason", "  ", code=2)
    assert "--override" in opened.refused(*close, "--reason", "换届", code=2)
    opened.ok(*close, "--override", "--reason", "换届")
    assert "--reason" in opened.refused("phase", "reopen", A11, "study", code=2)
    opened.ok("phase", "reopen", A11, "study", "--reason", "补课")
    # What was overridden stays on record, also after the reopening.
    shown = opened.json("phase", "show", A11)
    assert [event["event"] for event in shown["events"]] == ["open", "close", "reopen"]
    assert [event["reason"] for event in shown["events"]] == [None, "换届", "补课"]
    assert shown["events"][1]["overridden"] is True
    assert "M103" in shown["events"][1]["missing"]


# ── who holds whom ──


def test_the_subtree_closes_what_may_be_closed_and_lists_the_rest(opened: Cli) -> None:
    units = [A, A1, A11, A12, A2]
    milestones(opened, units, "study", CLOSED, but=["M104"])
    opened.ok("milestone", "mark", A12, "M104", "--on", CLOSED)
    opened.ok("milestone", "mark", A2, "M104", "--on", CLOSED)
    tasks(opened, units, "study", CLOSED)
    opened.ok("phase", "sign-off", A, "study", "--subtree", "--on", CLOSED)
    answer = opened.json("phase", "close", A, "study", "--subtree", "--on", CLOSED)
    assert missing(answer) == {A11: ["milestone"], A1: ["milestone", "below_open"], A: ["milestone", "below_open"]}
    states = {row["unit"]: row["state"] for row in opened.rows("phase", "list", A, "--phase", "study")}
    assert states == {A: "open", A1: "open", A11: "open", A12: "closed", A2: "closed"}
    # Once that is done the same call closes the rest, those below first.
    for unit in (A, A1, A11):
        opened.ok("milestone", "mark", unit, "M104", "--on", CLOSED)
    assert missing(opened.json("phase", "close", A, "study", "--subtree", "--on", CLOSED)) == {}
    assert {row["state"] for row in opened.rows("phase", "list", A, "--phase", "study")} == {"closed"}


def test_units_below_of_another_batch_do_not_hold(filled: Cli) -> None:
    filled.ok("unit", "edit", A12, "--batch", "3")
    run_through(filled, [A11, A1], [OPENED, CLOSED])
    states = {row["unit"]: row["state"] for row in filled.rows("phase", "list", A1, "--phase", "study")}
    assert states == {A1: "closed", A11: "closed", A12: "not_opened"}
    filled.refused("unit", "edit", A12, "--batch", "")


def test_the_nearest_unit_above_that_is_no_grouping_signs_off(filled: Cli) -> None:
    filled.ok("unit", "add", "330304-G", "--name", "乡镇", "--kind", "分组", "--parent", "330304")
    filled.ok("unit", "move", B, "330304-G", "--on", "2005-01-02")
    filled.ok("phase", "open", B, "study", "--on", OPENED)
    assert "not signed off by 330304 瓯海区委" in filled.refused("phase", "close", B, "study", "--on", CLOSED)
    filled.ok("phase", "sign-off", B, "study", "--on", CLOSED)
    assert filled.json("phase", "show", B)["events"][-1]["by"] == "330304 瓯海区委"


def test_nobody_signs_off_for_the_unit_at_the_top(cli: Cli) -> None:
    cli.imported("units", "编码,名称,上级编码,类型,批次\nR,甲党委,,党委,1\n")
    cli.ok("phase", "open", "R", "study", "--on", OPENED)
    assert "could sign off" in cli.refused("phase", "sign-off", "R", "study", "--on", CLOSED)
    milestones(cli, ["R"], "study", CLOSED)
    cli.ok("phase", "close", "R", "study", "--on", CLOSED)


# ── the last phase ──


def test_the_least_days_are_counted_from_the_first_opening(filled: Cli) -> None:
    run_through(filled, [A11], ["2005-01-10", "2005-02-14", "2005-02-15", "2005-03-10"])
    filled.ok("phase", "open", A11, "improvement", "--on", "2005-03-11")
    fulfil(filled, [A11], "improvement", "2005-03-20")
    filled.ok("phase", "sign-off", A11, "improvement", "--on", "2005-03-20")
    # 10 January to 22 March: 21 + 28 + 22 days.
    refused = filled.refused("phase", "close", A11, "improvement", "--on", "2005-03-22")
    assert "71 of 90 days" in refused
    filled.ok("pin", "2005-04-30")
    filled.refused("phase", "close", A11, "improvement", "--on", "2005-04-09")
    filled.ok("phase", "close", A11, "improvement", "--on", "2005-04-10")


# ── overrides stay visible ──


def test_an_override_is_told_for_the_unit_and_all_above_from_its_day_on(opened: Cli) -> None:
    opened.ok("phase", "close", A11, "study", "--on", CLOSED, "--override", "--reason", "换届")
    for report in ("status", "overdue"):
        for unit in (A11, A1, A, "330304"):
            text = opened(report, unit).out + opened(report, unit).err
            assert "Overridden: 1 times" in text, (report, unit)
            assert f"{A11} 教育局机关党支部" in text
        for unit, on in ((A12, CLOSED), (B, CLOSED), ("330304", "2005-02-13")):
            answer = opened(report, unit, "--as-of", on)
            assert "verridden" not in answer.out + answer.err, (report, unit, on)
    assert [row["unit"] for row in opened.rows("phase", "list", "--overridden")] == [A11]
    assert opened.rows("phase", "list", "--overridden", "--as-of", "2005-02-13") == []


def test_an_override_of_what_is_fulfilled_is_none(opened: Cli) -> None:
    fulfil(opened, [A11], "study", CLOSED)
    opened.ok("phase", "sign-off", A11, "study", "--on", CLOSED)
    opened.ok("phase", "close", A11, "study", "--on", CLOSED, "--override", "--reason", "以防万一")
    assert opened.rows("phase", "list", "--overridden") == []


# ── the same in other ways ──


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_codes_and_keys_are_the_same_in_both_languages(opened: Cli, lang: str) -> None:
    answer = opened("phase", "close", A, "study", "--subtree", "--on", CLOSED, "--format", "json", lang=lang)
    assert answer.code == 0
    found = missing(json.loads(answer.out))
    assert set(found) == {A, A1, A11, A12, A2}
    assert found[A11] == ["milestone", "milestone", "members_uncovered", "sign_off_missing"]
    refused = opened("phase", "close", A11, "study", "--on", CLOSED, lang=lang)
    assert refused.code == 1
    assert_one_line(refused.err)
    for word in ("M103", "M104", "P000003", A1):
        assert word in refused.err


@pytest.mark.parametrize(
    "argv",
    [
        ("open", A11, "analysis", "--override", "--reason", "x"),
        ("sign-off", A11, "study"),
        ("close", A11, "study", "--override", "--reason", "x"),
        ("close", A, "study", "--subtree"),
    ],
)
def test_a_dry_run_writes_nothing(opened: Cli, argv: tuple[str, ...]) -> None:
    before = opened.everything()
    opened.ok("phase", *argv, "--on", CLOSED, "--dry-run")
    assert opened.everything() == before
