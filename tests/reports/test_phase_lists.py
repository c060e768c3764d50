"""Where phases stand, shown and listed: planned beside actual days, what holds the open ones, overrides."""

from __future__ import annotations

from tests.fulfilling import run_through
from tests.support import Cli

A, A1, A11 = "330304-A", "330304-A1", "330304-A1-1"


def test_a_list_has_every_phase_of_every_owing_unit_with_planned_days(filled: Cli) -> None:
    rows = filled.rows("phase", "list", A1)
    assert [(row["unit"], row["phase"]) for row in rows[:3]] == [(A1, "study"), (A1, "analysis"), (A1, "improvement")]
    assert len(rows) == 9
    assert (rows[0]["planned_from"], rows[0]["planned_to"]) == ("2005-01-01", "2005-02-14")
    assert {row["state"] for row in rows} == {"not_opened"}
    # The district itself owes nothing: it is no row.
    assert "330304" not in {row["unit"] for row in filled.rows("phase", "list")}


def test_a_phase_is_shown_as_it_stood_on_a_day(filled: Cli) -> None:
    run_through(filled, [A11], ["2005-01-05", "2005-02-14"])
    filled.ok("phase", "reopen", A11, "study", "--on", "2005-03-01", "--reason", "补课")

    def first(*options: str) -> tuple[object, ...]:
        row = filled.rows("phase", "list", A11, "--phase", "study", *options)[0]
        return row["state"], row["opened_on"], row["signed_off_on"], row["closed_on"], row["days"]

    assert first("--as-of", "2005-01-04") == ("not_opened", None, None, None, None)
    assert first("--as-of", "2005-01-15") == ("open", "2005-01-05", None, None, 10)
    assert first("--as-of", "2005-02-20") == ("closed", "2005-01-05", "2005-02-14", "2005-02-14", 40)
    # Reopened it is open again, the sign-off no longer counts, the reason stands beside it.
    assert first() == ("open", "2005-01-05", None, None, 85)
    assert filled.rows("phase", "list", A11, "--phase", "study")[0]["reason"] == "补课"


def test_show_tells_what_holds_the_open_phases_and_what_happened(filled: Cli) -> None:
    filled.ok("phase", "open", A11, "study", "--on", "2005-01-05")
    shown = filled.json("phase", "show", A11)
    assert {each["phase"] for each in shown["missing"]} == {"study"}
    codes = [each["code"] for each in shown["missing"]]
    assert codes == ["milestone", "milestone", "members_uncovered", "sign_off_missing"]
    assert [(each["event"], each["on"]) for each in shown["events"]] == [("open", "2005-01-05")]
    text = filled.ok("phase", "show", A11)
    assert "M104 集中学习培训" in text
    assert "What is missing" in text
    # 下落不明 are people whom nobody can find.
    assert "欠缺" in (chinese := filled.ok("phase", "show", A11, lang="zh"))
    assert "下落不明" not in chinese
    assert "owes nothing" in filled.ok("phase", "show", "330304") + filled("phase", "show", "330304").err


def test_an_empty_file_has_no_phases(cli: Cli) -> None:
    assert cli.rows("phase", "list") == []


def test_a_shifted_unit_carries_its_planned_days_along(filled: Cli) -> None:
    filled.ok("unit", "edit", A11, "--starts-on", "2005-03-01", "--shift-reason", "换届")
    row = filled.rows("phase", "list", A11)[0]
    assert (row["planned_from"], row["planned_to"]) == ("2005-03-01", "2005-04-14")
