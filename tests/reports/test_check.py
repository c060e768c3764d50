"""What is wrong: every code comes and goes, levels and exit codes, subtrees, languages, any district on any day."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import strategies as st

from advedu.rules.findings import CATALOGUE
from tests.finding_cases import A11, CASES, MEETING, TODAY, Case, act, event, mark, problem, sheet
from tests.independent import count
from tests.independent.count import CAMPAIGNS
from tests.independent.districts import as_of_days, districts
from tests.spread import spread
from tests.support import Cli
from tests.test_figures import CHECKS, entered

KEYS = ["level", "code", "unit", "unit_name", "member", "member_name", "message", "action"]


def findings(cli: Cli, *words: str, lang: str = "en") -> list[dict[str, Any]]:
    """What `check` says; its exit code goes with it."""
    answer = cli("check", *words, "--format", "json", lang=lang)
    rows: list[dict[str, Any]] = json.loads(answer.out)["rows"]
    assert answer.code == (4 if any(row["level"] == "error" for row in rows) else 0), answer.err
    return rows


def found(cli: Cli, case: Case) -> list[dict[str, Any]]:
    rows = findings(cli, "--code", case.code, "--as-of", case.day)
    return [row for row in rows if (row["unit"], row["member"]) == (case.unit, case.member)]


@pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])
def test_every_code_comes_and_goes(filled: Cli, case: Case) -> None:
    act(filled, *case.before)
    assert found(filled, case) == []
    act(filled, *case.cause)
    rows = found(filled, case)
    assert len(rows) == 1, findings(filled, "--code", case.code, "--as-of", case.day)
    assert list(rows[0]) == KEYS
    assert rows[0]["level"] == CATALOGUE[case.code].level
    assert "{" not in rows[0]["message"] + rows[0]["action"]
    # The same under the others, and in Chinese.
    everything = findings(filled, "--as-of", case.day)
    assert rows[0] in everything
    chinese = [row for row in findings(filled, "--as-of", case.day, lang="zh") if row["code"] == case.code]
    assert len(chinese) == len([row for row in everything if row["code"] == case.code])
    assert all(row["message"] not in {each["message"] for each in everything} for row in chinese)
    for lang in ("en", "zh"):
        assert case.code in filled("check", "--as-of", case.day, lang=lang).out
    if case.mend:
        act(filled, *case.mend)
        assert found(filled, case) == []


def test_an_override_never_disappears(filled: Cli) -> None:
    act(
        filled,
        event("A1", "study", "open", "2005-01-05"),
        event("A1", "study", "close", "2005-02-20", "时间紧", "M104"),
        event("A1", "study", "reopen", "2005-02-21", "补课"),
        ("unit", "close", "330304-A1", "--on", "2005-03-30", "--reason", "撤销"),
    )
    rows = findings(filled, "--code", "phase_overridden")
    assert [(row["unit"], "时间紧" in row["message"], "M104" in row["message"]) for row in rows] == [
        ("330304-A1", True, True)
    ]
    # It had not happened yet.
    assert findings(filled, "--code", "phase_overridden", "--as-of", "2005-02-19") == []


# ── the list ──


def test_the_gravest_come_first_then_code_then_unit(filled: Cli) -> None:
    act(filled, ("unit", "edit", "330304-B", "--batch", ""), *MEETING, mark("330304-A1", "M101", "2005-01-21"))
    rows = findings(filled)
    order = list(CATALOGUE)
    keys = [(order.index(row["code"]), row["unit"] or "", row["member"] or "") for row in rows]
    assert keys == sorted(keys)
    assert rows[0]["level"] == "error"
    document = filled.json("check", code=4)
    assert (document["format_version"], document["as_of"], document["unit"]) == (1, TODAY, "330304")
    assert document["errors"] == sum(row["level"] == "error" for row in rows)
    assert document["errors"] + document["warnings"] + document["infos"] == len(rows)


def test_levels_and_codes(filled: Cli) -> None:
    act(filled, ("unit", "edit", "330304-B", "--batch", ""))
    everything = findings(filled)
    for level, kept in {"error": 1, "warning": 2, "info": 3}.items():
        levels = ["error", "warning", "info"][:kept]
        assert findings(filled, "--level", level) == [row for row in everything if row["level"] in levels]
    few = findings(filled, "--code", "zero_report,ledger_unset", "--code", "chief_unknown")
    assert {row["code"] for row in few} == {"zero_report", "ledger_unset", "chief_unknown"}
    # A filter decides what is found, the exit code too.
    assert filled("check", "--code", "zero_report").code == 0
    assert filled("check", "--code", "unit_without_batch").code == 4


def test_summary(filled: Cli) -> None:
    rows = findings(filled)
    document = filled.json("check", "--summary")
    assert {row["code"]: row["count"] for row in document["rows"]} == {
        code: sum(row["code"] == code for row in rows) for code in {row["code"] for row in rows}
    }
    out = filled.ok("check", "--summary")
    assert "zero_report" in out
    assert "Errors: 0, warnings: " in out


def test_nothing_found(cli: Cli) -> None:
    cli.ok("unit", "add", "330304", "--name", "瓯海区委", "--kind", "区委")
    act(cli, "INSERT INTO baseline (set_on, units, members, entered_on) VALUES ('2005-01-01', 0, 0, '2005-01-01')")
    assert "Nothing was found." in cli.ok("check")
    assert "没有发现问题" in cli.ok("check", lang="zh")


def test_an_empty_file(cli: Cli) -> None:
    answer = cli("check", "--format", "json")
    assert answer.code == 0
    assert json.loads(answer.out)["rows"] == []
    assert "no units in this file yet" in answer.err


def test_a_code_that_does_not_exist(filled: Cli) -> None:
    assert "zero_report" in filled.refused("check", "--code", "zero_reports", code=2)
    assert "--explain" in filled.refused("check", "--explain", "xyz", code=2)


# ── what it means ──


def test_explain_needs_no_file(bare: Cli) -> None:
    rows = bare.rows("check", "--explain")
    assert [row["code"] for row in rows] == list(CATALOGUE)
    [row] = bare.rows("check", "--explain", "reporter_not_chief")
    assert row["demands"] == "D24"
    assert row["original"] == "主要负责同志要亲自作动员报告"
    assert row["level"] == "error"
    assert row["command"].startswith("advedu ")
    assert "{" not in "".join(str(value) for each in rows for value in each.values())


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_explain_on_a_screen(bare: Cli, lang: str) -> None:
    out = bare.ok("check", "--explain", lang=lang)
    for code in CATALOGUE:
        assert code in out
    assert "主要负责同志要亲自作动员报告" in out
    errors = bare.ok("check", "--explain", "--level", "error", lang=lang)
    assert "survey_failed" in errors
    assert "zero_report" not in errors


# ── the day and the subtree ──


def test_before_everything_nothing_was_done(filled: Cli) -> None:
    act(
        filled,
        *MEETING,
        mark("330304-A1", "M103", "2005-02-20", "--reporter", "郑重"),
        sheet(1, "2005-03-01", 10, 90),
        event("A1", "study", "open", "2005-01-05"),
        event("A1", "study", "close", "2005-01-06", "时间紧", "M104"),
        event("A2", "analysis", "open", "2005-01-07"),
        problem(),
        "UPDATE rectification SET owner = NULL, results_circle = NULL",
        ("absence", "add", "330304-A1", "--name", "吴敏", "--from-on", "2005-02-01"),
        ("body", "add", "330304-A1", "--role", "head", "--name", "郑重", "--from-on", "2005-01-10"),
    )
    now = {row["code"] for row in findings(filled)}
    assert now >= {
        "meeting_late",
        "reporter_not_chief",
        "survey_failed",
        "phase_out_of_order",
        "late_entry",
        "chief_away_long",
    }
    before = {row["code"] for row in findings(filled, "--as-of", "2004-12-31")}
    assert before == {"chief_unknown", "ledger_unset"}


def test_chiefs_are_those_of_the_day(filled: Cli) -> None:
    """The posts decide who was the chief on the day of the meeting, also when they were entered later."""
    act(filled, mark("330304-A1", "M103", "2005-01-20", "--reporter", "吴敏"))
    act(filled, ("post", "add", "330304-A1", "--role", "chief", "--name", "郑重", "--from-on", "2005-01-20"))
    [row] = findings(filled, "--code", "reporter_not_chief")
    assert "郑重" in row["message"]
    act(filled, ("post", "edit", "1", "--from-on", "2005-01-21"), ("post", "edit", "2", "--to-on", "2005-01-21"))
    assert findings(filled, "--code", "reporter_not_chief") == []


def test_late_entries_are_one_per_unit_and_table(filled: Cli) -> None:
    act(filled, mark(A11, "M103", "2005-03-01"), mark(A11, "M104", "2005-03-11"), mark(A11, "M201", "2005-03-30"))
    act(filled, ("task", "mark", "P000003", "P000004", "T1", "--on", "2005-02-14"))
    rows = findings(filled, "--code", "late_entry")
    assert [row["unit"] for row in rows] == [A11, A11]
    assert any(
        "milestones entered late: 2; worst M103" in row["message"] and "30 days later" in row["message"] for row in rows
    )


@spread(30, 5, CHECKS, district=districts(), data=st.data())
def test_any_district_on_any_day(district: Any, data: st.DataObject) -> None:
    days = data.draw(st.lists(st.sampled_from(as_of_days(district)), min_size=1, max_size=3, unique=True))
    unit = data.draw(st.sampled_from([unit.code for unit in district.units]))
    with entered(district, chinese=True, wide=False) as program:
        for day in days:
            words = ["--as-of", day.isoformat()]
            rows = check(program, words)
            late = count.overdue(district, CAMPAIGNS[district.campaign], None, day)
            overdue = [row["unit"] for row in rows if row["code"] == "milestone_overdue"]
            assert overdue == sorted({code for code, *_ in late})
            total = count.status(district, CAMPAIGNS[district.campaign], as_of=day)["total"]
            uncovered = [row for row in rows if row["code"] == "members_uncovered"]
            missing = sum(int(row["message"].split("done: ")[1].split(" of ")[0]) for row in uncovered)
            # Those of closed units are listed one by one as members without a unit.
            assert missing <= total["members_due"] - total["members_covered"]
            assert bool(total["units_at_zero"]) >= any(row["code"] == "zero_report" for row in rows)
            # What is said of the whole file is not said of a part.
            below = count.Day(district, CAMPAIGNS[district.campaign], day).subtree(unit)
            whole = [None] if unit == district.units[0].code else []
            assert check(program, [unit, *words]) == [row for row in rows if row["unit"] in [*below, *whole]]


def check(program: Any, words: list[str]) -> list[dict[str, Any]]:
    from tests.independent.program import run

    code, out, err = run([*program.options, "check", *words, "--format", "json"])
    assert code in (0, 4), err
    rows: list[dict[str, Any]] = json.loads(out)["rows"]
    return rows
